"""Where words stand in some texts: for what FTS5 can't say itself.

The index of the full-text tables holds the place of every word, and `fts5vocab` tells them word by word.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from store.index.schema import FULL_TEXT
from store.matching import Run, Wanted, indexed_starts, indexed_word

_Places: TypeAlias = dict[int, set[int]]
"""For each text where something stands: the number of the column, then that of the word in it."""
_COLUMN = 1 << 32


class Places:
    """The places of words in some fields of some texts."""

    def __init__(self, connection: sqlite3.Connection, fields: Sequence[str], texts: Collection[int]) -> None:
        self._connection = connection
        self._texts = json.dumps(list(texts))
        self._any = bool(texts)
        self._columns = {field: place * _COLUMN for place, field in enumerate(fields)}
        self._tables = [table for table, columns in FULL_TEXT.items() if fields[0] in columns]

    def of_run(self, run: Run) -> list[int]:
        """The texts in which a run stands."""
        return [text for text, places in self._run(run).items() if places]

    def near(self, runs: Sequence[Run], distance: int) -> list[int]:
        """The texts in which runs stand in one block, with at most `distance` other words between."""
        if not self._any:
            return []
        found = [self._run(run) for run in runs]
        sizes = [len(run.wanted) for run in runs]
        breaks = self._breaks()
        return [
            text
            for text in set(found[0]).intersection(*found[1:])
            if _is_near([each[text] for each in found], sizes, distance, breaks.get(text, array("I")))
        ]

    def _run(self, run: Run) -> _Places:
        found = self._word(run.wanted[0]) if self._any else {}
        for size, wanted in enumerate(run.wanted[1:], 1):
            behind = self._word(wanted) if found else {}
            together = {
                text: {place for place in found[text] if place + size in behind[text]}
                for text in found.keys() & behind.keys()
            }
            found = {text: places for text, places in together.items() if places}
        return found

    def _word(self, wanted: Wanted) -> _Places:
        plain, marked = self._tables
        table, forms = (marked, wanted.marked) if wanted.strict else (plain, wanted.plain)
        found: _Places = {}
        for word in forms.equals:
            self._gather(found, table, "= ?", [indexed_word(word)])
        for begun in {begun for start in forms.starts for begun in indexed_starts(start)}:
            self._gather(found, table, ">= ? AND term < ?", [begun, begun + "\U0010ffff"])
        return found

    def _gather(self, found: _Places, table: str, which: str, words: Iterable[str]) -> None:
        sql = f"""SELECT doc, col, offset FROM {table}_at
                  WHERE term {which} AND doc IN (SELECT value FROM json_each(?))"""
        for text, field, place in self._connection.execute(sql, [*words, self._texts]):
            if field in self._columns:
                found.setdefault(text, set()).add(self._columns[field] + place)

    def _breaks(self) -> dict[int, array[int]]:
        """Where blocks begin in the bodies of the texts."""
        sql = "SELECT text, blocks FROM bodies WHERE text IN (SELECT value FROM json_each(?))"
        return {text: array("I", blocks) for text, blocks in self._connection.execute(sql, [self._texts])}


def _is_near(found: Sequence[set[int]], sizes: Sequence[int], distance: int, breaks: array[int]) -> bool:
    """Whether runs that begin at these places stand near enough, somewhere in one block."""
    latest: dict[int, int] = {}
    block = -1
    for place, number in sorted((place, number) for number, places in enumerate(found) for place in places):
        # Only the body has several blocks; it is the column of number 0.
        here = bisect_right(breaks, place) if place < _COLUMN else -(place // _COLUMN) - 1
        if here != block:
            block, latest = here, {}
        latest[number] = place
        if len(latest) == len(found):
            end = max(start + sizes[run] for run, start in latest.items())
            if end - min(latest.values()) - sum(sizes) <= distance:
                return True
    return False
