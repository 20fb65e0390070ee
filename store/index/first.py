"""The first few answers to a query, without finding them all: for `--limit 20`, for the top of a list."""

from __future__ import annotations

import sqlite3
from array import array

from store.index.full_text import expression
from store.index.row import NEWEST
from store.index.selection import numbers
from store.query import Query, Words
from store.query_words import TEXT_FIELDS

_MANY = 5000
"""Articles that hold some words; of more, the first few are soon met among the newest."""
_MET = 2000
"""Articles that are looked at for them."""


def first(connection: sqlite3.Connection, query: Query, most: int) -> array[int]:
    """The rows that answer a query, in its order: at most so many, the first."""
    found = None
    if query.sort == "date" and isinstance(query.root, Words) and query.root.field is None:
        found = _met(connection, query.root, most)
    return array("q", found) if found is not None else numbers(connection, query)[:most]


def _met(connection: sqlite3.Connection, words: Words, most: int) -> list[int] | None:
    """The first of the articles that hold words, found by going through the newest. None where the words are
    too rare for that, or the newest don't hold them: to find all and put them in order is quicker then."""
    if (asked := expression(connection, words.run, TEXT_FIELDS)) is None:
        return None
    table, phrases = asked
    sample = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
    if connection.execute(sample, [phrases, _MANY]).fetchone()[0] < _MANY:
        return None
    holds = f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?"
    sql = f"""SELECT row, ifnull(text, row) FROM articles INDEXED BY newest WHERE NOT removed
              ORDER BY {NEWEST} LIMIT ?"""
    found: list[int] = []
    for row, text in connection.execute(sql, [_MET]):
        if connection.execute(holds, [phrases, text]).fetchone():
            found.append(row)
            if len(found) == most:
                return found
    return None
