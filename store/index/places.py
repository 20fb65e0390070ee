"""Where words stand in some texts: for what FTS5 can't say itself.

The index of the full-text tables holds the place of every word, and `fts5vocab` tells them word by word. A
place is one number: that of the text, then that of the column, then that of the word in it.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from store.index.schema import FULL_TEXT, GAPS
from store.index.words import spelt
from store.matching import Run, Wanted, indexed_starts, indexed_word

_WORD = 21  # bits: an article has at most a million letters, and gaps between its blocks
_TEXT = _WORD + 4  # a table has at most nine columns
_RUNS = 16  # bits: more runs than one can type


class Places:
    """The places of words in some fields of some texts: all of them in the table of marked words, or all in
    that of plain ones, where the gaps between blocks are others."""

    def __init__(
        self, connection: sqlite3.Connection, fields: Sequence[str], texts: Collection[int], *, marked: bool
    ) -> None:
        self._connection = connection
        self._texts = json.dumps(list(texts))
        self._any = bool(texts)
        columns = " ".join(f"WHEN '{field}' THEN {place << _WORD}" for place, field in enumerate(fields))
        self._place = f"(doc << {_TEXT}) + (CASE col {columns} END) + offset"
        self._fields = ", ".join(f"'{field}'" for field in fields)
        self._marked = marked
        self._table = [table for table, columns in FULL_TEXT.items() if fields[0] in columns][marked]

    def of_run(self, run: Run) -> set[int]:
        """The texts in which a run stands."""
        return {place >> _TEXT for place in self._run(run)}

    def near(self, runs: Sequence[Run], distance: int) -> set[int]:
        """The texts in which runs stand in one block, with at most `distance` other words between. The fields
        are those of a text, its body first."""
        if not self._any:
            return set()
        sizes = [len(run.wanted) for run in runs]
        events = [place << _RUNS | number for number, run in enumerate(runs) for place in self._run(run)]
        events.sort()
        windows = _pairs(events, sizes, distance) if len(runs) == 2 else _windows(events, sizes, distance)
        blocks, gap = self._blocks(), GAPS[self._table]
        found = set[int]()
        for first, last in windows:
            text = first >> _TEXT
            if text not in found and not _is_broken(blocks.get(text), gap, first, last):
                found.add(text)
        return found

    def _run(self, run: Run) -> set[int]:
        found = self._word(run.wanted[0]) if self._any else set()
        for size, wanted in enumerate(run.wanted[1:], 1):
            if found:
                found.intersection_update([place - size for place in self._word(wanted)])
        return found

    def _word(self, wanted: Wanted) -> set[int]:
        forms = spelt(self._connection, wanted, marked=self._marked)
        found = set[int]()
        for word in forms.equals:
            found.update(self._places("= ?", indexed_word(word)))
        for begun in {begun for start in forms.starts for begun in indexed_starts(start)}:
            found.update(self._places(">= ? AND term < ?", begun, begun + "\U0010ffff"))
        return found

    def _places(self, which: str, *words: str) -> list[int]:
        sql = f"""SELECT json_group_array({self._place}) FROM {self._table}_at WHERE term {which}
                  AND col IN ({self._fields}) AND doc IN (SELECT value FROM json_each(?))"""
        found: list[int] = json.loads(self._connection.execute(sql, [*words, self._texts]).fetchone()[0])
        return found

    def _blocks(self) -> dict[int, bytes]:
        """How many words the blocks have in the bodies of the texts (see `keep_body`)."""
        sql = "SELECT text, blocks FROM bodies WHERE text IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(sql, [self._texts]).fetchall())


def _pairs(events: Sequence[int], sizes: Sequence[int], distance: int) -> list[tuple[int, int]]:
    """The first and the last place of the first of two runs and the next of the other, where that is near."""
    # What is nearest stands side by side among all events.
    most = [size + distance for size in sizes]
    other = (1 << _RUNS) - 1
    return [
        (one >> _RUNS, next >> _RUNS)
        for one, next in pairwise(events)
        if (one ^ next) & other and (next >> _RUNS) - (one >> _RUNS) <= most[one & other]
    ]


def _windows(events: Sequence[int], sizes: Sequence[int], distance: int) -> list[tuple[int, int]]:
    """The first and the last place of runs, wherever all stand near enough: of each the nearest before."""
    found = []
    latest: dict[int, int] = {}
    for event in events:
        place = event >> _RUNS
        if latest and place >> _WORD != next(iter(latest.values())) >> _WORD:
            latest = {}
        latest[event & ((1 << _RUNS) - 1)] = place
        if len(latest) == len(sizes):
            end = max(start + sizes[run] for run, start in latest.items())
            first = min(latest.values())
            if end - first - sum(sizes) <= distance:
                found.append((first, place))
    return found


def _is_broken(blocks: bytes | None, gap: int, first: int, last: int) -> bool:
    """Whether a block begins between two places of a column. Only the body, the first column, has several."""
    if blocks is None or (first >> _WORD) & ((1 << _TEXT - _WORD) - 1):
        return False
    words = map(ord, blocks.decode("utf-8", "surrogatepass"))
    starts, inside = list(accumulate(count + gap for count in words)), (1 << _WORD) - 1
    return bisect_right(starts, first & inside) != bisect_right(starts, last & inside)
