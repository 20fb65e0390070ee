"""The top of a library's list, as its index has it: what a screen shows before anything else is there.

Newest first, one line for each story, nothing filtered. Only some rows of the index are read, whatever the
number of articles, and of the library nothing: whether the index reflects it is found out when the library is
opened, and the whole list then takes the place of its top.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from store.index.row import NEWEST, Row, read_rows
from store.index.schema import has_format


class Top(NamedTuple):
    """The first `rows` of so many `lines`, in which so many `articles` stand: all outside the trash."""

    rows: tuple[Row, ...]
    lines: int
    articles: int


def top(folder: Path, most: int) -> Top | None:
    """The first lines of the list of the library in a folder. None where there is no index of this format, or
    nothing in it, or where the folder can't be written: then the library has to be opened first."""
    path = folder / "index.sqlite"
    if not path.exists() or not os.access(folder, os.W_OK | os.X_OK):
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)) as index:
            if not has_format(index):
                return None
            index.execute("BEGIN")
            lines, articles = index.execute(_COUNTS).fetchone()
            first = _first(index, most)
            found = read_rows(index, list(first))
    except sqlite3.Error:
        return None
    rows = tuple(replace(found[row], more=more, folded=more > 0) for row, more in first.items())
    return Top(rows, lines, articles) if rows else None


def _first(index: sqlite3.Connection, most: int) -> dict[int, int]:
    """The first rows, each with the number of others that stand in its line."""
    found: dict[int, int] = {}
    stories = set()
    for row, story, of_several in index.execute(_NEWEST):
        if len(found) == most:
            break
        if not of_several:
            found[row] = 0
        elif story not in stories:
            stories.add(story)
            found[row] = index.execute(_TELLING, [story, story]).fetchone()[0] - 1
    return found


_NEWEST = f"""
    SELECT row, ifnull(stories.story, row),
           stories.story OR EXISTS (SELECT 1 FROM stories AS later WHERE later.story = articles.row)
    FROM articles INDEXED BY newest LEFT JOIN stories USING (row) WHERE NOT removed ORDER BY {NEWEST}"""
"""Each row, its story, and whether that has others."""

_TELLING = """SELECT count(*) FROM articles
              WHERE row IN (SELECT ? UNION SELECT row FROM stories WHERE story = ?) AND NOT removed"""
"""How many articles outside the trash tell a story."""

_COUNTS = """
    WITH outside (count) AS (SELECT (SELECT count(*) FROM articles INDEXED BY newest)
                                  - (SELECT count(*) FROM articles INDEXED BY in_trash WHERE removed)),
         telling (row, story) AS (SELECT row, story FROM stories
                                  UNION ALL SELECT DISTINCT story, story FROM stories)
    SELECT outside.count - (SELECT count(*) - count(DISTINCT story) FROM telling
                            WHERE row NOT IN (SELECT row FROM articles INDEXED BY in_trash WHERE removed)),
           outside.count FROM outside"""
"""Lines and articles. To count the articles outside the trash one by one takes 6 ms at 100,000."""
