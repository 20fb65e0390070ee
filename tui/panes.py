"""Which panes a screen shows, and how wide. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

PANES = ("list", "view", "entities")
TWO_PANES = 100
THREE_PANES = 150
"""Columns from which on two panes, and three, stand side by side."""
LEAST_COLUMNS, LEAST_ROWS = 40, 10
"""Below these nothing is shown but that it is too small."""
BREAKPOINTS = [(0, "-tiny"), (LEAST_COLUMNS, "-narrow"), (TWO_PANES, "-two"), (THREE_PANES, "-three")]
"""Classes of a screen by its columns, as Textual wants them."""
SIDE_LEAST, TEXT_LEAST = 24, 40
"""Columns that a pane beside the text, and the text, keep at least."""

Layout = Literal["one", "two", "three"]


def layout_of(width: int) -> Layout:
    """How many panes a screen of so many columns shows."""
    return "one" if width < TWO_PANES else "two" if width < THREE_PANES else "three"


def visible_panes(width: int, pane: str, zen: bool, *, of_all: bool = False) -> set[str]:
    """Which panes a screen of this width shows, `pane` having the focus (or had it last); `of_all`: the names
    are those of all that is listed.

    One below 100 columns, the list and the text from 100, all three from 150. The one in use is always
    among them. Names that narrow the list stand beside the list.
    """
    if zen:
        return {"view"}
    match layout_of(width):
        case "one":
            return {pane}
        case "two":
            if pane == "entities":
                return {"list" if of_all else "view", "entities"}
            return {"list", "view"}
        case _:
            return set(PANES)


def pane_widths(width: int, shares: Mapping[str, int], shown: Collection[str]) -> dict[str, int]:
    """The columns of the panes beside the text, those that have a `share` (in per cent of the width) as the
    reader wants them. The text keeps its least, and so does each of them."""
    sides = [pane for pane in ("list", "entities") if pane in shown and "view" in shown]
    usual = {"list": 52, "entities": 36} if len(sides) > 1 else dict.fromkeys(sides, min(60, width * 2 // 5))
    room = width - TEXT_LEAST - SIDE_LEAST * (len(sides) - 1)
    columns: dict[str, int] = {}
    for pane in sides:
        wanted = round(width * shares[pane] / 100) if pane in shares else usual[pane]
        columns[pane] = max(SIDE_LEAST, min(wanted, room))
        room -= columns[pane] - SIDE_LEAST
    return columns
