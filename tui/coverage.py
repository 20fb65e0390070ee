"""The strip of articles per month, and its steps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BARS = "▁▂▃▄▅▆▇█"


class Column(NamedTuple):
    """One cell of the strip: its first and last month ("2023-12"), and the articles of both and between."""

    first: str
    last: str
    articles: int


def months_between(first: str, last: str) -> list[str]:
    """All months from one to another.

    >>> months_between("2023-11", "2024-01")
    ['2023-11', '2023-12', '2024-01']
    """
    year, month = int(first[:4]), int(first[5:7])
    found = []
    while (now := f"{year:04}-{month:02}") <= last:
        found.append(now)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def columns(counts: Mapping[str, int], width: int) -> list[Column]:
    """The months as at most `width` columns, each of as many months as it takes; no column for one month."""
    if len(counts) < 2 or width < 2:
        return []
    months = months_between(min(counts), max(counts))
    each = -(-len(months) // width)
    return [
        Column(part[0], part[-1], sum(counts.get(month, 0) for month in part))
        for part in (months[start : start + each] for start in range(0, len(months), each))
    ]


def bar(count: int, most: int) -> str:
    """A sign as high as its count; a blank for none.

    >>> bar(0, 9), bar(1, 90), bar(90, 90)
    (' ', '▁', '█')
    """
    return BARS[max(0, -(-count * len(BARS) // most) - 1)] if count else " "


def stepped(counts: Mapping[str, int], at: str | None, step: int) -> str | None:
    """The next month with articles in a direction; from nowhere (None) the newest, or the oldest; None at
    the end. `at` may be a year or a day, too."""
    months = sorted(counts)
    if at is None:
        return (months[-1] if step < 0 else months[0]) if months else None
    if step < 0:
        return next((month for month in reversed(months) if month < at[: len(month)]), None)
    return next((month for month in months if month > at and not month.startswith(at)), None)
