"""The scroll bar with ticks: where they stand, and that the bar can still be grabbed there."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from tui.tick_bar import TICK, TickBar

STYLE = Style.parse("bright_white on black")


def cells(lines: list[int], height: int = 10, **bar: float) -> list[Segment]:
    console = Console(width=1, height=height, force_terminal=False)
    given = {"virtual_size": 100, "window_size": 10, "position": 0.0} | bar
    made = TickBar.over(lambda: lines)(style=STYLE, thickness=1, **given)
    (drawn,) = made.__rich_console__(console, console.options.update(height=height))
    assert isinstance(drawn, Segments)
    return list(drawn.segments)


@pytest.mark.parametrize(
    ("lines", "ticks"),
    [([], []), ([0], [0]), ([99], [9]), ([0, 1, 9, 10, 55], [0, 1, 5]), ([250], []), ([95, 5], [0, 9])],
)
def test_a_tick_stands_at_its_part_of_the_text(lines: list[int], ticks: list[int]) -> None:
    drawn = cells(lines)
    assert len(drawn) == 10
    assert [n for n, cell in enumerate(drawn) if cell.text == TICK] == ticks


def test_the_bar_can_be_grabbed_under_a_tick() -> None:
    plain, ticked = cells([]), cells([0, 99])
    assert [cell.style.meta for cell in ticked if cell.style] == [
        cell.style.meta for cell in plain if cell.style
    ]
    assert ticked[0].style is not None
    assert not ticked[0].style.reverse  # what is drawn in reverse would hide the sign in its own colour


def test_a_text_longer_than_its_last_page_keeps_the_bar_in_its_place() -> None:
    assert len(cells([50], position=97.0)) == 10
