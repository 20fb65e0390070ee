"""Stories in the index: articles that tell the same, whoever printed them.

The first article that tells a story stands for it: its sketch can be looked up, and the later ones are
compared with it alone, so that a chain of small changes does not join what has nothing in common. A row
without an entry in `stories` is a story of its own, or the first of one.

What is written stands inside a transaction that the caller holds.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection
from itertools import filterfalse

from store.index.rows import Folding
from store.index.selection import SAME_STORY
from store.matching import BREAK
from store.similar import SAME, Sample, likeness, sample, shingles

_COMMON = 64
"""So many stories with one shingle share a set phrase ("Mời bạn đọc xem thêm …"): it tells nothing."""
_COMPARED = 8
"""Stories that a text is compared with at most, those first that share most of its sketch: one shingle that
no other story has, or two."""


def keep_body(connection: sqlite3.Connection, text: int, body: str) -> None:
    """Keep of a body, given as a stream, a sample of its shingles, and how many words its blocks have: as
    characters, most of which take one byte."""
    of_body = sample(shingles(body))
    blocks = "".join(chr(block.count(" ") - 1) for block in body.split(BREAK)[1:-1])
    told = blocks.encode("utf-8", "surrogatepass")
    values = [text, of_body.size, array("I", of_body.marks).tobytes(), told]
    connection.execute("INSERT INTO bodies VALUES (?, ?, ?, ?)", values)


def _sample_of(connection: sqlite3.Connection, row: int) -> Sample:
    sql = """SELECT shingles, sample FROM articles JOIN bodies ON bodies.text = ifnull(articles.text, row)
             WHERE row = ?"""
    found = connection.execute(sql, [row]).fetchone()
    return Sample(found[0], tuple(array("I", found[1]))) if found else Sample(0, ())


def assign(connection: sqlite3.Connection, row: int) -> None:
    """Find the story of a row that is in none."""
    own = _sample_of(connection, row)
    shared = Counter[int]()
    for mark in own.sketch:
        sql = "SELECT row FROM sketches WHERE mark = ? LIMIT ?"
        near = connection.execute(sql, [mark, _COMMON]).fetchall()
        if len(near) < _COMMON:
            shared.update(dict.fromkeys((other for (other,) in near), 2 if len(near) == 1 else 1))
    best, first = 0.0, None
    likely = sorted((other for other in shared if shared[other] > 1), key=lambda o: (-shared[o], o))
    for other in likely[:_COMPARED]:
        like = likeness(own, _sample_of(connection, other))
        if like >= SAME and like > best:
            best, first = like, other
    if first is not None:
        connection.execute("INSERT INTO stories VALUES (?, ?)", [row, first])
    else:
        connection.executemany("INSERT INTO sketches VALUES (?, ?)", [(mark, row) for mark in own.sketch])


def withdraw(connection: sqlite3.Connection, row: int) -> None:
    """Take a row out of its story, and forget its body. If it was the first, those that followed find their
    stories anew."""
    later = connection.execute("SELECT row FROM stories WHERE story = ? ORDER BY row", [row]).fetchall()
    connection.execute("DELETE FROM stories WHERE row = ? OR story = ?", [row, row])
    marks = _sample_of(connection, row).sketch
    connection.executemany("DELETE FROM sketches WHERE mark = ? AND row = ?", [(mark, row) for mark in marks])
    connection.execute(
        "DELETE FROM bodies WHERE text = (SELECT ifnull(text, row) FROM articles WHERE row = ?)", [row]
    )
    for (other,) in later:
        assign(connection, other)


# -- asking ----------------------------------------------------------------------------------------


def told_again(connection: sqlite3.Connection, article_id: str) -> list[int]:
    """The rows outside the trash that tell the same as an article, but for its own, oldest first."""
    sql = f"""SELECT row FROM articles WHERE row IN ({SAME_STORY}) AND NOT removed AND id <> ?
              ORDER BY moment = '', moment, row"""
    asked = [article_id, article_id + "g", article_id]
    return [row for (row,) in connection.execute(sql, asked)]


class Stories:
    """The stories of all rows that share one, kept while articles stay the same."""

    def __init__(self) -> None:
        self._kept: tuple[int, dict[int, int]] = (-1, {})

    def of(self, connection: sqlite3.Connection) -> dict[int, int]:
        """For each row of a story of several its first row."""
        (version,) = connection.execute("SELECT changes FROM contents").fetchone()
        if self._kept[0] != version:
            later = dict(connection.execute("SELECT row, story FROM stories"))
            self._kept = version, later | {story: story for story in later.values()}
        return self._kept[1]

    def fold(
        self, connection: sqlite3.Connection, rows: array[int], unfolded: Collection[str]
    ) -> tuple[array[int], Folding]:
        """The rows of a list with one line for each story, and what stands in it. The story of an article of
        which the id is `unfolded` takes a line for each, one below the other."""
        story_of = self.of(connection)
        firsts: dict[int, int] = {}
        others: dict[int, list[int]] = {}
        for row in filter(story_of.__contains__, rows):
            if (first := firsts.setdefault(story_of[row], row)) != row:
                others.setdefault(first, []).append(row)
        if not others:
            return rows, Folding()
        sql = "SELECT row FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        found = connection.execute(sql, [json.dumps(list(unfolded))])
        opened = {firsts[story_of[row]] for (row,) in found if story_of.get(row) in firsts} & others.keys()
        hidden = {row for members in others.values() for row in members}
        lines = array("q", filterfalse(hidden.__contains__, rows))
        if opened:
            shown = (one for line in lines for one in (line, *(others[line] if line in opened else ())))
            lines = array("q", shown)
        return lines, Folding(others, opened)
