"""How many articles of a query name each entity, counted for all entities at once.

To count by type and name in SQL takes seconds at 100,000 articles, for each time names are gathered and
sorted. So the sums over all articles and the order of the names are kept while articles stay the same, the
articles of a query are counted by the numbers of entities alone, and where most articles answer, those that
do not are counted and taken off the sums.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice
from operator import sub
from threading import Lock
from typing import NamedTuple

from store.article import EntityType
from store.index.entities import document_tag, family
from store.index.rows import Facet, FacetOrder
from store.index.selection import answers
from store.query import Query
from store.text import fold, one_line

_COUNTED = "SELECT entity AS number, count(*) AS n FROM named"


class _Counted(NamedTuple):
    """Some articles, as a set, and by number how many of them name an entity. Of an entity with several
    numbers, for several spellings, all stand at the one they use most; `at` says which that is."""

    articles: int
    counts: array[int]
    at: dict[int, int]


class _Spellings(NamedTuple):
    """The numbers of one entity: those of its own key, and of other keys of the same document."""

    own: list[int]
    others: list[int]
    key: str


class Facets:
    """Counts, with what is kept of the articles for as long as they stay the same."""

    def __init__(self) -> None:
        self._lock = Lock()  # what is kept belongs together
        self._version = -1
        self._sums: array[int] = array("l")  # by number, the articles that name it, the trash included
        self._spellings: list[_Spellings] = []
        self._by_name: dict[str, list[int]] = {}  # the numbers of each type, in the order of their names
        self._last = _Counted(-1, array("l"), {})

    def of(
        self,
        connection: sqlite3.Connection,
        query: Query,
        type: EntityType,
        limit: int,
        *,
        order: FacetOrder = "count",
        words: str = "",
    ) -> list[Facet]:
        """The entities of one type in the articles of a query; with `words` those in whose names each of
        them begins a word, marks or not.

        Documents cited with and without their code are one, where there is no doubt which.
        """
        with self._lock:
            self._count(connection, query)
            _, counts, at = self._last
            numbers: Iterable[int] = self._by_name.get(type, ())
            keys = {number: group.key for group in self._spellings for number in group.others}
        if wanted := fold(one_line(words)).split():
            found = _named_so(connection, type, wanted)
            found.update(at[number] for number in found & at.keys())
            numbers = filter(found.__contains__, numbers)
        named = filter(counts.__getitem__, numbers)
        # Equal counts stay in the order of the names.
        best = nlargest(limit, named, counts.__getitem__) if order == "count" else list(islice(named, limit))
        sql = "SELECT number, key, name FROM entities WHERE number IN (SELECT value FROM json_each(?))"
        told = {number: (key, name) for number, key, name in connection.execute(sql, [json.dumps(best)])}
        return [
            Facet(type, keys.get(number, told[number][0]), told[number][1], counts[number]) for number in best
        ]

    def learn(self, connection: sqlite3.Connection) -> None:
        """Looks at all articles, if they have changed. Not to be given up for another query: that one would
        have to begin again."""
        (version,) = connection.execute("SELECT changes FROM contents").fetchone()
        with self._lock:
            if version == self._version:
                return
            (size,) = connection.execute("SELECT ifnull(max(number), 0) + 1 FROM entities").fetchone()
            self._sums = _summed(connection, size, f"{_COUNTED} GROUP BY entity")
            self._spellings = _spellings(connection)
            sql = """SELECT type, json_group_array(number)
                     FROM (SELECT type, number FROM entities ORDER BY name_key, key, number) GROUP BY type"""
            self._by_name = {type: json.loads(told) for type, told in connection.execute(sql)}
            self._last = _Counted(-1, array("l"), {})
            self._version = version

    def _count(self, connection: sqlite3.Connection, query: Query) -> None:
        view, articles = answers(connection, query)
        if articles == self._last.articles:
            return
        most = 2 * articles.bit_count() > len(view)
        some = json.dumps(view.rows_in(view.everything ^ articles if most else articles).tolist())
        sql = f"{_COUNTED} WHERE row IN (SELECT value FROM json_each(?)) GROUP BY entity"
        counts = _summed(connection, len(self._sums), sql, some)
        if most:
            counts = array("l", map(sub, self._sums, counts))
        at: dict[int, int] = {}
        for own, others, _key in self._spellings:
            numbers = (*own, *others)
            most_used = max(own, key=counts.__getitem__)
            if not counts[most_used]:  # these articles cite a document by its other key alone
                most_used = max(numbers, key=counts.__getitem__)
            total = sum(counts[number] for number in numbers)
            for number in numbers:
                counts[number], at[number] = 0, most_used
            counts[most_used] = total
        self._last = _Counted(articles, counts, at)


def _summed(connection: sqlite3.Connection, size: int, sql: str, *values: str) -> array[int]:
    """Numbers and their counts as an array of a size. (A hundred thousand rows one by one would make work for
    the collector of garbage, and the screen would stand still.)"""
    sql = f"SELECT json_group_array(number), json_group_array(n) FROM ({sql})"
    counts = array("l", [0]) * size
    numbers, sums = map(json.loads, connection.execute(sql, values).fetchone())
    for number, count in zip(numbers, sums, strict=True):
        counts[number] = count
    return counts


def _spellings(connection: sqlite3.Connection) -> list[_Spellings]:
    """The entities that stand under several numbers."""
    sql = "SELECT key, json_group_array(number) FROM entities GROUP BY type, key HAVING count(*) > 1"
    several = {key: _Spellings(json.loads(told), [], key) for key, told in connection.execute(sql)}
    documents = dict(
        connection.execute("SELECT key, min(number) FROM entities WHERE type = 'document' GROUP BY key")
    )
    for key, number in documents.items():
        if document_tag(key) == key and (full := family(connection, "document", key)[0]) != key:
            short = several.pop(key, _Spellings([number], [], key))
            several.setdefault(full, _Spellings([documents[full]], [], full)).others.extend(short.own)
    return list(several.values())


def _named_so(connection: sqlite3.Connection, type: EntityType, words: Sequence[str]) -> set[int]:
    """The numbers of the entities in whose names each of the folded words begins a word."""
    # By `+type` one pass over the table: the index of types would lead to every row by itself.
    sql = "SELECT json_group_array(number) FROM entities WHERE +type = ?"
    sql += " AND instr(' ' || folded, ?)" * len(words)
    asked = [type, *(f" {word}" for word in words)]
    return set(json.loads(connection.execute(sql, asked).fetchone()[0]))
