"""How many articles of a query each day, month or year has."""

from __future__ import annotations

import sqlite3

from store.index.selection import answers
from store.query import Query


def periods(connection: sqlite3.Connection, query: Query, within: str) -> dict[str, int]:
    """The counts of the years ("2023"), of the months of a year ("2023-12") or of the days of a month, as
    `within` is "", a year or a month, in +07:00, the first one first. `within` "*": of all months. What has
    no article, or an article has no date, is not there."""
    view, members = answers(connection, query)
    size, begins = (7, "") if within == "*" else ({0: 4, 4: 7, 7: 10}[len(within)], within)
    flags, start = view.flags(members), 0
    counts: dict[str, int] = {}
    for day, count in view.days(connection):
        if day.startswith(begins) and (found := flags.count(1, start, start + count)):
            counts[day[:size]] = counts.get(day[:size], 0) + found
        start += count
    return dict(reversed(counts.items()))
