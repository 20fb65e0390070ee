"""How many articles of a query each day, month or year has."""

from __future__ import annotations

import sqlite3

from store.index.selection import condition
from store.query import Query


def periods(connection: sqlite3.Connection, query: Query, within: str) -> dict[str, int]:
    """The counts of the years ("2023"), of the months of a year ("2023-12") or of the days of a month, as
    `within` is "", a year or a month, in +07:00, the first one first. `within` "*": of all months. What has
    no article, or an article has no date, is not there."""
    where, values = condition(connection, query)
    size, low = (7, "") if within == "*" else ({0: 4, 4: 7, 7: 10}[len(within)], within)
    sql = f"""SELECT substr(moment, 1, {size}) AS period, count(*) FROM articles
              WHERE {where} AND moment > ? AND moment < ? GROUP BY period ORDER BY period"""
    return dict(connection.execute(sql, [*values, low, low + "~"]).fetchall())
