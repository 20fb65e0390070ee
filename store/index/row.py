"""A row of a list, and how it is read from the index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.article import Basis

NEWEST = "moment DESC, row"
"""The order of a list; undated last."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `minutes` of silent reading; `snippet` is the beginning of the text.

    Where a list has one line for each story: `more` articles tell the same as this first one, and stand in
    its line (`folded`) or below it; those are `below`."""

    id: str
    title: str
    published: str | None = None
    published_basis: Basis = "unknown"
    source: str | None = None
    author: str | None = None
    snippet: str = ""
    read: bool = False
    starred: bool = False
    removed: bool = False
    noted: bool = False
    tags: tuple[str, ...] = ()
    minutes: int = 0
    more: int = 0
    folded: bool = False
    below: bool = False


_COLUMNS = """row, id, title, published, published_basis, source, author, snippet, read, starred,
              removed, notes <> '[]', tags, minutes"""


def read_rows(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Row]:
    """The rows of these numbers; one that is no more is left out. Raises sqlite3 errors."""
    sql = f"SELECT {_COLUMNS} FROM articles WHERE row IN (SELECT value FROM json_each(?))"
    found = connection.execute(sql, [json.dumps(list(numbers))])
    return {number: _row(columns) for number, *columns in found}


def _row(columns: Sequence[Any]) -> Row:
    texts, states, (tags, minutes) = columns[:7], columns[7:11], columns[11:]
    return Row(*texts, *map(bool, states), tuple(json.loads(tags)) if tags != "[]" else (), minutes)  # type: ignore[call-arg]
