"""All articles of an index in one order, newest first, and sets of them: what answers are made of.

A set is an int with one byte for each article, 1 for those in it, the newest lowest. AND, OR and NOT of sets
of a hundred thousand take some microseconds, and so does counting; a period is a stretch of bytes.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import compress

from store.index.connections import Connection
from store.index.row import NEWEST

_KEPT = 80  # sets of a tenth of a megabyte at 100,000 articles


class View:
    """The articles while none comes, changes or goes: what is worked out once is kept for the next key."""

    def __init__(self, connection: sqlite3.Connection, version: int) -> None:
        self.version = version
        # Lists, not arrays: an array makes an int of each number that is taken from it. The ints of a list
        # should lie in memory as they are asked for, or twice the time goes into waiting for them.
        self.rows = rows = column(connection, "row", f"FROM articles INDEXED BY newest ORDER BY {NEWEST}")
        """Newest first."""
        self.everything = _ones(len(rows))
        (last,) = connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence").fetchone()
        places = array("l", [len(rows)]) * (last + 1)
        for place, row in enumerate(rows):
            places[row] = place
        self._places = places.tolist()
        self._by_text = self._places
        moved = connection.execute("SELECT text, row FROM articles WHERE text IS NOT NULL").fetchall()
        if moved:
            self._by_text = self._places[:]
            for _, row in moved:
                self._by_text[row] = len(rows)
            for text, row in moved:
                self._by_text[text] = self._places[row]
        self._sets: dict[Hashable, int] = {}
        self._days: list[tuple[str, int]] | None = None
        self._ordered: tuple[str, array[int]] = ("", array("q"))

    def __len__(self) -> int:
        return len(self.rows)

    def set_of(self, rows: Iterable[int]) -> int:
        return self._set(self._places, rows)

    def set_of_texts(self, texts: Iterable[int]) -> int:
        """The same by the numbers of texts; those that are no article's any more are passed over."""
        return self._set(self._by_text, texts)

    def _set(self, places: Sequence[int], numbers: Iterable[int]) -> int:
        flags = bytearray(len(self) + 1)  # the last one is of none
        for place in map(places.__getitem__, numbers):
            flags[place] = 1
        return int.from_bytes(memoryview(flags)[:-1], "little")

    def stretch(self, start: int, end: int) -> int:
        """The articles from one place to before another."""
        return _ones(max(0, end - start)) << 8 * start

    def kept(self, key: Hashable, find: Callable[[], int]) -> int:
        """The set that was found under a key before."""
        found = self._sets.get(key)
        if found is None:
            found = find()
            self._sets = dict(list(self._sets.items())[1 - _KEPT :]) | {key: found}
        return found

    def flags(self, members: int) -> bytes:
        return members.to_bytes(len(self), "little")

    def rows_in(self, members: int) -> array[int]:
        """The rows of a set, newest first."""
        return array("q", list(compress(self.rows, self.flags(members))))

    def holds(self, members: int) -> Callable[[int], int]:
        """What tells of a row whether it is in a set."""
        flags, places = self.flags(members) + b"\0", self._places
        return lambda row: flags[places[row]]

    def rows_of_texts(self, texts: Iterable[int]) -> list[int]:
        """The rows whose texts these are."""
        return [self.rows[place] for place in map(self._by_text.__getitem__, texts) if place < len(self)]

    def still_there(self, texts: Iterable[int]) -> set[int]:
        """Those of the texts that are an article's."""
        return {text for text in texts if self._by_text[text] < len(self)}

    def days(self, connection: sqlite3.Connection) -> list[tuple[str, int]]:
        """The days of publication, the last one first, with the number of their articles: those of a day
        stand side by side, from the newest article on."""
        if self._days is None:
            self._days = connection.execute(
                """SELECT substr(moment, 1, 10) AS day, count(*) FROM articles INDEXED BY newest
                   WHERE moment > '' GROUP BY day ORDER BY day DESC"""
            ).fetchall()
        return self._days

    def ordered(self, connection: sqlite3.Connection, order: str) -> array[int]:
        """All rows in another order: sorting a hundred thousand by title takes half a second, and an index of
        titles a tenth of the text. Only the last order that was asked for is kept."""
        known, rows = self._ordered
        if known != order:
            rows = array("q", column(connection, "row", f"FROM articles ORDER BY {order}"))
            self._ordered = order, rows
        return rows

    def sorted_by(self, connection: sqlite3.Connection, order: str, members: int) -> array[int]:
        """The rows of a set in another order."""
        flags = self.flags(members)
        rows = self.ordered(connection, order)
        return array("q", (row for row in rows if flags[self._places[row]]))


def view(connection: sqlite3.Connection) -> View:
    """The view of the present state: kept with the connections of an index as long as articles stay the
    same."""
    (version,) = connection.execute("SELECT changes FROM contents").fetchone()
    kept = connection.kept if isinstance(connection, Connection) else {}
    found = kept.get("view")
    if not isinstance(found, View) or found.version != version:
        kept["view"] = found = View(connection, version)
    return found


def column(
    connection: sqlite3.Connection, name: str, source: str, values: Sequence[object] = ()
) -> list[int]:
    """One column of numbers, in the order of its source: as JSON in half the time that single rows take."""
    sql = f"SELECT json_group_array({name}) FROM (SELECT {name} {source})"
    found: list[int] = json.loads(connection.execute(sql, values).fetchone()[0])
    return found


def _ones(count: int) -> int:
    return int.from_bytes(b"\1" * count, "little")
