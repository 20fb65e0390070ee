"""What keys make of the text of a filter: the parts it has, and parts that come and go. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import QueryError
from store.query import And, Not, Or, Query, joined
from store.query_places import Part, field_of, parts, without
from tui.cells import cells


def parts_of(text: str) -> list[Part]:
    """The parts of a filter; none of one that makes no sense."""
    try:
        return parts(text)
    except QueryError:
        return []


def added(text: str, part: str) -> str:
    """The filter narrowed by one more part; what says the opposite goes."""
    opposite = part[1:] if part.startswith("-") else f"-{part}"
    text = dropped(text, opposite)
    if any(known.text == part for known in parts_of(text)):
        return text
    before = text.strip().rstrip(",").strip()
    return f"{before}, {part}" if before else part


def dropped(text: str, part: str) -> str:
    """The filter without a part, if it has it, be it one of several that are joined by OR."""
    wanted = next((new.node for new in parts_of(part)), None)
    for known in parts_of(text):
        if known.text == part:
            return without(text, known)
        if isinstance(known.node, Or) and wanted in known.node.parts:
            rest = joined(Or, (node for node in known.node.parts if node != wanted))
            written = f"({Query(rest)})" if isinstance(rest, Or) else str(Query(rest))
            return f"{text[: known.start]}{written}{text[known.end :]}"
    return text


def toggled(text: str, part: str) -> str:
    """The filter with the part if it was without, and the other way round."""
    rest = dropped(text, part)
    return rest if rest != text else added(text, part)


def either(text: str, part: str) -> str:
    """The filter widened: what it asks of the field of `part` so far, or this. Without such, `added`."""
    field = next((field_of(new.node) for new in parts_of(part)), None)
    if field is None:
        return added(text, part)
    for known in reversed(parts_of(text)):
        if field_of(known.node) == field and not isinstance(known.node, Not | And):
            if part in known.text:
                return text
            inner = known.text
            if isinstance(known.node, Or) and inner.startswith("(") and inner.endswith(")"):
                inner = inner[1:-1]
            return f"{text[: known.start]}({inner} OR {part}){text[known.end :]}"
    return added(text, part)


SHORTEST = 8
"""Cells to which a chip may shrink."""


def fitted_chips(labels: Sequence[str], width: int) -> tuple[list[int], int]:
    """How many cells each of the first labels gets in a line, each with three around it; and how many do not
    fit, for which a sign of four cells is kept.

    >>> fitted_chips(["tổng kết", "chưa đọc"], 30)
    ([8, 8], 0)
    >>> fitted_chips(["một phần rất dài của bộ lọc", "chưa đọc"], 30)
    ([16, 8], 0)
    """
    wanted = [cells(label) for label in labels]
    shown = len(wanted)
    while shown > 1 and sum(min(SHORTEST, cell) + 4 for cell in wanted[:shown]) > _room(width, shown, wanted):
        shown -= 1
    given = wanted[:shown]
    while given and (over := sum(cell + 4 for cell in given) - _room(width, shown, wanted)) > 0:
        longest = max(given)
        second = max((cell for cell in given if cell < longest), default=0)
        many = given.count(longest)
        least = max(second, longest - -(-over // many), 1)
        given = [least if cell == longest else cell for cell in given]
        if least == 1:
            break
    return given, len(wanted) - shown


def _room(width: int, shown: int, wanted: Sequence[int]) -> int:
    return width - (4 if shown < len(wanted) else 0)
