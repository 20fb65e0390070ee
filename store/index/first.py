"""The first few answers to a query, without finding them all: for `--limit 20`, for the top of a list."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence

from store.index.selection import NEWEST, ONLY_WORDS, Ranks, condition, numbers
from store.query import Query

_MANY = 5000
"""Articles that hold some words; of more, the first few are soon met among the newest."""
_MET = 2000
"""Articles that are looked at for them."""


def first(connection: sqlite3.Connection, query: Query, most: int, ranks: Ranks) -> array[int]:
    """The rows that answer a query, in its order: at most so many, the first."""
    if query.sort != "date":
        return numbers(connection, query, ranks)[:most]
    where, values = condition(connection, query)
    words = ONLY_WORDS.fullmatch(where)
    found = _met(connection, words[2], values, most) if words else None
    if found is None:
        sql = f"SELECT row FROM articles INDEXED BY newest WHERE {where} ORDER BY {NEWEST} LIMIT ?"
        found = [row for (row,) in connection.execute(sql, [*values, most])]
    return array("q", found)


def _met(connection: sqlite3.Connection, table: str, words: Sequence[str], most: int) -> list[int] | None:
    """The first of the articles that hold words, found by going through the newest. None where the words are
    too rare for that, or the newest don't hold them: to find all and put them in order is quicker then."""
    sample = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
    if connection.execute(sample, [*words, _MANY]).fetchone()[0] < _MANY:
        return None
    holds = f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?"
    sql = f"SELECT row FROM articles INDEXED BY newest WHERE NOT removed ORDER BY {NEWEST} LIMIT ?"
    found: list[int] = []
    for (row,) in connection.execute(sql, [_MET]):
        if connection.execute(holds, [*words, row]).fetchone():
            found.append(row)
            if len(found) == most:
                return found
    return None
