"""The names that an index knows for a field, by how they begin: what completion offers."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from store.query_words import ENTITY_FIELDS
from store.segments import without_address
from store.text import fold, has_marks, mark_fold, one_line


@dataclass(frozen=True, slots=True)
class Known:
    """A name and the number of articles that have it. `alias`: what begins as typed, if that is not the name
    but what stands for it in some articles."""

    name: str
    count: int
    alias: str = ""


def known_names(connection: sqlite3.Connection, field: str, typed: str, limit: int) -> list[Known]:
    """The names of a field (person, org, place, doc, source, author, tag) in which words begin as typed,
    those of most articles first; of as many, first those that begin so themselves. Behind them, of person,
    org, place and doc, names that are so written by an alias, or without the form of address before them
    ("bà Hà"). A word typed without marks matches any."""
    wanted = one_line(typed)
    if field in ENTITY_FIELDS:
        found = _entities(connection, ENTITY_FIELDS[field], wanted)
    elif field == "tag":
        found = Counter()
        sql = "SELECT tags, count(*) FROM articles WHERE tags <> '[]' AND NOT removed GROUP BY tags"
        for tags, count in connection.execute(sql):
            found.update(dict.fromkeys(json.loads(tags), count))
    elif field in {"source", "author"}:
        sql = f"SELECT {field}, count(*) FROM articles WHERE {field} <> '' AND NOT removed GROUP BY {field}"
        found = Counter(dict(connection.execute(sql).fetchall()))
    else:
        return []
    begun = fold(wanted)
    matching = [Known(name, count) for name, count in found.items() if _answers(name, wanted)]
    matching.sort(key=lambda one: (-one.count, not fold(one.name).startswith(begun), one.name))
    if field in ENTITY_FIELDS and len(matching) < limit:
        listed = {one.name for one in matching}
        others = _by_alias(connection, ENTITY_FIELDS[field], wanted)
        matching += [one for one in others if one.name not in listed]
        if not matching and field == "person" and (name := without_address(wanted)) != wanted:
            return known_names(connection, field, name, limit)
    return matching[:limit]


def tags_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """The tags of articles, each with how many of these have it."""
    found = Counter[str]()
    sql = """SELECT tags, count(*) FROM articles WHERE id IN (SELECT value FROM json_each(?))
             AND tags <> '[]' GROUP BY tags"""
    for tags, count in connection.execute(sql, [json.dumps(ids)]):
        for tag in json.loads(tags):
            found[tag] += count
    return dict(found)


def _entities(connection: sqlite3.Connection, type: str, wanted: str) -> Counter[str]:
    # An entity goes by the name that most of its articles use: SQLite takes the bare column from that row.
    sql = """SELECT name, sum(n), max(n) FROM (
                 SELECT key, name, count(*) AS n FROM entities JOIN named ON entity = number
                 WHERE type = ? AND ' ' || folded LIKE ? ESCAPE '\\' GROUP BY number)
             GROUP BY key ORDER BY sum(n) DESC LIMIT ?"""
    found = Counter[str]()
    for name, count, _ in connection.execute(sql, [type, _like(wanted), _CANDIDATES]):
        found[name] += count
    return found


def _by_alias(connection: sqlite3.Connection, type: str, wanted: str) -> list[Known]:
    sql = """SELECT name, count(DISTINCT row), alias FROM aliases JOIN entities ON number = aliases.entity
             JOIN named ON named.entity = number
             WHERE type = ? AND ' ' || aliases.folded LIKE ? ESCAPE '\\'
             GROUP BY name, alias ORDER BY count(DISTINCT row) DESC, name, alias LIMIT ?"""
    found: dict[str, Known] = {}
    for name, count, alias in connection.execute(sql, [type, _like(wanted), _CANDIDATES]):
        if _answers(alias, wanted):
            found.setdefault(name, Known(name, count, alias))
    return list(found.values())


def _like(wanted: str) -> str:
    """What LIKE finds the beginnings of words with, in what is folded."""
    like = fold(wanted).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"% {like}%"


_CANDIDATES = 200  # of which those without the marks that were typed fall out


def _answers(name: str, wanted: str) -> bool:
    """Whether the words typed stand side by side in a name, the last one as the beginning of one."""
    *whole, last = wanted.split() or [""]
    words = name.split()
    for start in range(len(words) - len(whole)):
        ends = start + len(whole)
        if all(_same(one, other) for one, other in zip(whole, words[start:ends], strict=True)) and (
            mark_fold(words[ends]).startswith(mark_fold(last))
            if has_marks(last)
            else fold(words[ends]).startswith(fold(last))
        ):
            return True
    return False


def _same(typed: str, word: str) -> bool:
    return mark_fold(typed) == mark_fold(word) if has_marks(typed) else fold(typed) == fold(word)
