"""Saved searches: filters with a name, kept in library.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from store.errors import QueryError
from store.query import parse
from store.text import fold, one_line

LONGEST = 60
"""Letters of a name."""


@dataclass(frozen=True, slots=True)
class Search:
    """A filter as it was typed, and what the reader calls it."""

    name: str
    query: str


def to_json(search: Search) -> dict[str, Any]:
    """The search as plain JSON values."""
    return asdict(search)


def from_json(data: Mapping[str, Any]) -> Search:
    """The search that `to_json` wrote, checked; unknown keys are ignored. Raises QueryError."""
    return checked(Search(str(data.get("name") or ""), str(data.get("query") or "")))


def checked(search: Search) -> Search:
    """The search on one line each. Raises QueryError: a name is `expected` where it is empty or too long;
    else as `parse` does."""
    name, query = one_line(search.name).removeprefix("@").strip(), one_line(search.query)
    if not fold(name) or len(name) > LONGEST:
        raise QueryError("bad_query", position=0, expected="name")
    parse(query)
    return Search(name, query)


def after(
    there: Mapping[int, Search], changes: Mapping[int, Search | None]
) -> tuple[dict[int, Search | None], dict[int, Search | None]]:
    """What changes come to, and what takes them back, by number. The number 0 is that of a new one; it takes
    the place of one that goes by the same name. Raises QueryError."""
    done: dict[int, Search | None] = {}
    for number, search in changes.items():
        new = checked(search) if search else None
        if new and not number:
            same = (known for known, other in there.items() if fold(other.name) == fold(new.name))
            done[next(same, max(there, default=0) + 1)] = new
        else:
            done[number] = new
    done = {number: search for number, search in done.items() if there.get(number) != search}
    return done, {number: there.get(number) for number in done}
