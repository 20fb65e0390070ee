"""A Query as a set of articles, and a set in an order: what lists, counts and facets are made of.

Each condition of a query is a set of its own, kept while articles stay the same (see `View`), so that the
next key, the facets and the months of the same list find it ready.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from datetime import date

from store.index.full_text import FullText
from store.index.row import NEWEST
from store.index.view import View, column, view
from store.query import Age, And, Dated, Has, Id, Is, Near, Node, Not, Or, Query, Same, Words, leaves
from store.query_words import ENTITY_FIELDS, TEXT_FIELDS

_ORDERS: dict[str, str] = {
    "title": f"title_key, {NEWEST}",
    "-title": f"title_key DESC, {NEWEST}",
    "source": f"source_key = '', source_key, {NEWEST}",
    "-source": f"source_key = '', source_key DESC, {NEWEST}",
    "-date": "moment = '', moment, row",
}

SAME_STORY = """
    WITH asked (story) AS (SELECT coalesce((SELECT story FROM stories AS s WHERE s.row = a.row), a.row)
                           FROM articles AS a WHERE id >= ? AND id < ?)
    SELECT story FROM asked UNION SELECT row FROM stories WHERE story IN (SELECT story FROM asked)"""
"""The rows that tell the same as the articles with an id between the two parameters, themselves included."""

_STATES = {
    "read": "INDEXED BY newest WHERE read",
    "starred": "INDEXED BY newest WHERE starred",
    "removed": "INDEXED BY in_trash WHERE removed",
    "noted": "WHERE notes <> '[]'",
    "tagged": "WHERE tags <> '[]'",
}
_PARTS = {
    "title": "WHERE headline",
    "source": "WHERE coalesce(source, '') <> ''",
    "author": "WHERE coalesce(author, '') <> ''",
    "tag": "WHERE tags <> '[]'",
    "note": "WHERE notes <> '[]'",
    "highlight": "WHERE highlights",
}
_MOST_SCORED = 80  # runs of words: a byte holds what an article has of them for relevance


def in_order(connection: sqlite3.Connection, sort: str) -> Sequence[int]:
    """All rows in the order of a sort that has no index of its own, or newest first."""
    now = view(connection)
    return now.ordered(connection, _ORDERS[sort]) if sort in _ORDERS else now.rows


def numbers(connection: sqlite3.Connection, query: Query) -> array[int]:
    """The rows that answer a query, in its order.

    Relevance: words in the headline before words in an entity's name before all else, then newest first.
    (FTS5's bm25 needs the sizes of columns, a tenth more of index, and ranks long articles low.)
    """
    finder = Finder(connection)
    found = finder.answers(query)
    sort = query.sort
    if sort.endswith("unread"):
        read = finder.node(Is("read"))
        parts = (found & ~read, found & read) if sort == "unread" else (found & read, found & ~read)
        return finder.view.rows_in(parts[0]) + finder.view.rows_in(parts[1])
    if sort in _ORDERS:
        return finder.view.sorted_by(connection, _ORDERS[sort], found)
    rows = finder.view.rows_in(found)
    if sort.endswith("added"):
        return array("q", sorted(rows, reverse=sort == "added"))
    if sort.endswith("relevance"):
        scores = finder.scores(query)
        return array("q", sorted(rows, key=scores.__getitem__, reverse=sort == "relevance"))
    return rows


def size(connection: sqlite3.Connection) -> int:
    """How many articles stand outside the trash."""
    return Finder(connection).answers(Query()).bit_count()


def answers(connection: sqlite3.Connection, query: Query) -> tuple[View, int]:
    """The articles that answer a query, as a set in a view of all."""
    finder = Finder(connection)
    return finder.view, finder.answers(query)


class Finder:
    """Finds the articles that queries ask for, in one state of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.view: View = view(connection)
        (self._states,) = connection.execute("SELECT states FROM contents").fetchone()
        self._full_text = FullText(connection, self.view.still_there)

    def answers(self, query: Query) -> int:
        """The articles that answer a query: those in the trash only if it asks for them."""
        found = self.view.everything if query.root is None else self.node(query.root)
        return found if query.wants_removed else found & ~self.node(Is("removed"))

    def node(self, node: Node) -> int:
        match node:
            case Not(part):
                return self.view.everything ^ self.node(part)
            case And(parts):
                found = self.view.everything
                for part in parts:
                    found = found and found & self.node(part)
                return found
            case Or(parts):
                found = 0
                for part in parts:
                    found |= self.node(part)
                return found
            case Is("unread"):
                return self.view.everything ^ self.node(Is("read"))
            case Is() | Words(field="tag" | "note") | Has("tag" | "note" | "highlight"):
                return self.view.kept((self._states, node), lambda: self._leaf(node))
            case Age(newer=newer):  # another one each day
                return self._between(node.bound, None) if newer else self._between(None, node.bound)
            case _:
                return self.view.kept(node, lambda: self._leaf(node))

    def scores(self, query: Query) -> dict[int, int]:
        """What rows have above others for relevance."""
        runs = [
            node.run
            for node, negated in leaves(query.root)
            if isinstance(node, Words) and node.field is None and not negated
        ]
        # Sets have a byte for each article: they can be added.
        points = 0
        for run in runs[:_MOST_SCORED]:
            points += 2 * self._texts(self._full_text.run(run, ("title",)))
            points += self._texts(self._full_text.run(run, tuple(ENTITY_FIELDS)))
        return dict(zip(self.view.rows, self.view.flags(points), strict=True))

    def _leaf(self, node: Node) -> int:
        match node:
            case Is(state):
                return self._rows(f"FROM articles {_STATES[state]}")
            case Has("date"):
                return self._between(None, None)
            case Has(part):
                return self._rows(f"FROM articles {_PARTS[part]}")
            case Near():
                return self._texts(self._full_text.near(node.runs, node.distance))
            case Id(start):
                return self._rows("FROM articles WHERE id >= ? AND id < ?", start, start + "g")
            case Same(start):
                return self._rows(f"FROM (SELECT story AS row FROM ({SAME_STORY}))", start, start + "g")
            case Dated(_, first, last):
                past = None if last == date.max else date.fromordinal(last.toordinal() + 1)
                return self._between(None if first == date.min else first, past)
            case Words(field="tag" | "note"):
                return self._by_hand(node)
            case Words():
                fields = (node.field,) if node.field else TEXT_FIELDS
                return self._texts(self._full_text.run(node.run.whole if node.whole else node.run, fields))
            case _:
                raise TypeError(node)

    def _texts(self, found: Iterable[int]) -> int:
        return self.view.set_of_texts(found)

    def _rows(self, source: str, *values: object) -> int:
        return self.view.set_of(column(self.connection, "row", source, values))

    def _between(self, first: date | None, past: date | None) -> int:
        """The articles dated from one day to before another."""
        sql = "SELECT count(*) FROM articles INDEXED BY newest WHERE moment >= ?"
        (end,) = self.connection.execute(sql, [first.isoformat() if first else "0"]).fetchone()
        start = self.connection.execute(sql, [past.isoformat()]).fetchone()[0] if past else 0
        return self.view.stretch(start, end)

    def _by_hand(self, node: Words) -> int:
        """Tags and notes change with a key press: they are compared here, each distinct list once."""
        name = "tags" if node.field == "tag" else "notes"
        found = [
            text
            for (text,) in self.connection.execute(
                f"SELECT DISTINCT {name} FROM articles WHERE {name} <> '[]'"
            )
            if any(node.run.is_whole(t) if node.whole else node.run.spans(t) for t in json.loads(text))
        ]
        return self._rows(
            f"FROM articles WHERE {name} <> '[]' AND {name} IN (SELECT value FROM json_each(?))",
            json.dumps(found, ensure_ascii=False),
        )
