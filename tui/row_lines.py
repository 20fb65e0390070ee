"""Which line of the list shows what: rows of one height, and a heading before each group of them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

HEADING = -1


class Spot(NamedTuple):
    """What a line shows: a part of a row, counted from 0, or the HEADING before it."""

    row: int
    part: int


class RowLines:
    """`rows` rows of `height` lines; those at `starts` (sorted, the first of all among them) begin a group.

    Nothing is walked: asking costs the logarithm of the number of groups, whatever the number of rows.

    >>> lines = RowLines(3, 1, [0, 2])
    >>> [lines.at(line) for line in range(len(lines))] == [(0, -1), (0, 0), (1, 0), (2, -1), (2, 0)]
    True
    """

    def __init__(self, rows: int, height: int, starts: Sequence[int] = ()) -> None:
        self.rows = rows
        self.height = height
        self.starts = starts

    def __len__(self) -> int:
        return self.rows * self.height + len(self.starts)

    def top(self, row: int) -> int:
        """The first line of a row."""
        return row * self.height + bisect_right(self.starts, row)

    def with_heading(self, row: int) -> int:
        """The same with room for the heading of its group, which stands in the first line in sight when its
        own line is not."""
        return self.top(row) - bool(self.starts)

    def group(self, row: int) -> int | None:
        """The group a row belongs to; None where there are none."""
        return bisect_right(self.starts, row) - 1 if self.starts else None

    def at(self, line: int) -> Spot:
        """What stands in a line; a row of number `rows` or more in one that is too far down."""
        if not self.starts:
            return Spot(*divmod(line, self.height))
        group = bisect_right(range(len(self.starts)), line, key=self._heading) - 1
        row = self.starts[group]
        below = line - self._heading(group) - 1
        if below < 0:
            return Spot(row, HEADING)
        down, part = divmod(below, self.height)
        return Spot(row + down, part)

    def paged(self, row: int, lines: int) -> int:
        """The row so many lines further, at least one row further: what a page passes over was in sight."""
        there = self.at(min(max(0, self.top(row) + lines), max(0, len(self) - 1))).row
        return max(there, row + 1) if lines > 0 else min(there, row - 1)

    def _heading(self, group: int) -> int:
        return self.starts[group] * self.height + group
