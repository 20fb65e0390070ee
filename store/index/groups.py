"""The lines of a list: in groups by day or source, with one line for each story.

Groups come before everything else in the order, and the query's order holds inside each. Which rows
begin one is found from numbers alone: no row is read for it.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Collection
from itertools import chain, repeat

from store.index.rows import Folding, Group, Grouping
from store.index.selection import in_order
from store.index.stories import Stories
from store.query import Query, Same, leaves


def lined_up(
    connection: sqlite3.Connection,
    query: Query,
    rows: array[int],
    kept: tuple[Stories, Groups],
    *,
    unfolded: Collection[str] | None,
    grouping: Grouping | None,
) -> tuple[array[int], Folding | None, tuple[Group, ...]]:
    """The rows that answer a query, in its order, as the lines of a list; which of them stand for others; and
    the groups they are in. `unfolded` as in `Stories.fold`, None for a line for each article, and where
    `same:` asks for one story."""
    stories, groups = kept
    names: list[str] = []
    group_of: dict[int, int] = {}
    if grouping is not None:
        turned = query.sort == f"-{_SORTS[grouping]}"
        names, group_of = groups.of(connection, grouping, turned=turned)
        rows = array("q", sorted(rows, key=group_of.__getitem__))
    folding = None
    if unfolded is not None and not any(isinstance(node, Same) for node, _ in leaves(query.root)):
        rows, folding = stories.fold(connection, rows, unfolded)
    return rows, folding, _starts(names, group_of, rows, folding) if grouping is not None else ()


_SORTS: dict[Grouping, str] = {"day": "date", "source": "source"}
_COUNTS: dict[Grouping, str] = {
    "day": """SELECT substr(moment, 1, 10) AS day, count(*) FROM articles INDEXED BY newest
              GROUP BY day ORDER BY day DESC""",
    # Bare columns come from the row of max(): the spelling that most articles have.
    "source": """SELECT iif(source_key = '', '', source), sum(n), max(n) FROM (
                     SELECT source_key, source, count(*) AS n FROM articles GROUP BY source_key, source)
                 GROUP BY source_key ORDER BY source_key = '', source_key""",
}


class Groups:
    """What group each article is in, kept while articles stay the same."""

    def __init__(self) -> None:
        self._kept: tuple[object, tuple[list[str], dict[int, int]]] = None, ([], {})

    def of(
        self, connection: sqlite3.Connection, grouping: Grouping, *, turned: bool
    ) -> tuple[list[str], dict[int, int]]:
        """The names of all groups in their order ("" for what has no date or source, always the last), and
        for each row of the index the number of its own. `turned`: oldest day or last source first."""
        asked = grouping, turned, connection.execute("SELECT changes FROM contents").fetchone()
        if self._kept[0] != asked:
            self._kept = asked, _groups(connection, grouping, turned)
        return self._kept[1]


def _groups(
    connection: sqlite3.Connection, grouping: Grouping, turned: bool
) -> tuple[list[str], dict[int, int]]:
    rows = in_order(connection, _SORTS[grouping])
    counts = [(name or "", count) for name, count, *_ in connection.execute(_COUNTS[grouping])]
    names = [name for name, _ in counts]
    named = len(names) - (bool(names) and not names[-1])
    order = [*(reversed(range(named)) if turned else range(named)), *range(named, len(names))]
    # `order` is its own inverse: the number of a group there is also its place.
    numbers = chain.from_iterable(repeat(order[at], count) for at, (_, count) in enumerate(counts))
    return [names[at] for at in order], dict(zip(rows, numbers, strict=True))


def _starts(
    names: list[str], group_of: dict[int, int], lines: array[int], folding: Folding | None
) -> tuple[Group, ...]:
    """Where the groups begin among lines that are in their order."""
    found = array("q", map(group_of.__getitem__, lines))
    if folding is not None and folding.unfolded:
        below = {row for first in folding.unfolded for row in folding.others[first]}
        for place, row in enumerate(lines):
            if row in below:  # stands with the first of its story, whatever its own day
                found[place] = found[place - 1]
    groups, start = [], 0
    while start < len(found):
        end = bisect_right(found, found[start], start)
        groups.append(Group(names[found[start]], start, end - start))
        start = end
    return tuple(groups)
