"""A line that completes what is typed in it, and the small list of what may be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import cells
from tui.completing import Offer, taken
from tui.content import fit, strip
from tui.figures import number
from tui.i18n import N_
from tui.widgets.bars import Bar

NARROWEST, WIDEST = 16, 50
"""Cells of the list of completions."""


class CompletingBar(Bar):
    """Tab or → takes a completion, Enter the line as it is typed.

    Letters are letters whatever is offered: an input method may send any of them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", N_("Take the completion"), show=False),
        Binding("right", "take_or_right", N_("Take the completion, or go to the right"), show=False),
        Binding("up", "up", N_("The completion above"), show=False),
        Binding("down", "down", N_("The completion below"), show=False),
        Binding("escape", "leave", show=False),
    ]

    offers: var[tuple[Offer, ...]] = var(())
    pointed: var[int] = var(0)
    """Which of the offers is to be taken."""

    @dataclass
    class Offered(Message):
        """Other completions are offered, or another one of them is pointed at."""

        bar: CompletingBar

    def __init__(self, *, id: str, placeholder: str) -> None:
        super().__init__(id=id, placeholder=placeholder)
        self._offered_for: tuple[str, int] = ("", 0)

    def cell_of(self, place: int) -> int:
        """The cell, counted from the left end of the bar, of a place in the text."""
        return max(0, cells(self.value[:place]) - self.scroll_offset.x)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offers completions of what stands before the cursor now."""
        self._offered_for = self.value, self.cursor_position
        self.set_reactive(CompletingBar.pointed, 0)
        self.offers = tuple(offers)
        self.post_message(self.Offered(self))

    def watch_pointed(self) -> None:
        self.post_message(self.Offered(self))

    def take(self, place: int) -> None:
        """Puts an offer into the text, unless it was made for another one."""
        if self._offered_for == (self.value, self.cursor_position) and place < len(self.offers):
            text, cursor = taken(self.value, self.cursor_position, self.offers[place])
            self.offer(())
            self.value = text
            self.cursor_position = cursor

    def on_blur(self) -> None:
        self.offer(())

    def action_take(self) -> None:
        if not self.offers:
            raise SkipAction
        self.take(self.pointed)

    def action_take_or_right(self) -> None:
        if self.offers and self.cursor_at_end:
            self.take(self.pointed)
        else:
            self.action_cursor_right()

    def action_up(self) -> None:
        self.pointed = max(0, self.pointed - 1)

    async def action_down(self) -> None:
        self.pointed = max(0, min(self.pointed + 1, len(self.offers) - 1))

    def action_leave(self) -> None:
        if self.offers:
            self.offer(())
        else:
            super().action_leave()


class Suggestions(Widget):
    """Draws completions under the bar. It never has the focus: keys are the bar's."""

    DEFAULT_CSS = "Suggestions { position: absolute; display: none; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"suggestion--pointed", "suggestion--dim"}

    offers: reactive[tuple[Offer, ...]] = reactive(())
    pointed: reactive[int] = reactive(0)

    @dataclass
    class Clicked(Message):
        """A completion was clicked."""

        place: int

    def show(self, offers: tuple[Offer, ...], pointed: int, at: Offset, room: Size) -> None:
        """Shows offers from a cell of the screen on, as far as there is room; nothing if there are none."""
        self.display = bool(offers) and room.height > 0
        self.offers, self.pointed = offers, pointed
        if self.display:
            widest = max(cells(offer.name) + len(_count(offer)) for offer in offers) + 3
            wide = min(max(widest, NARROWEST), WIDEST, room.width)
            self.styles.width, self.styles.height = wide, min(len(offers), room.height)
            self.styles.offset = (max(0, min(at.x, room.width - wide)), at.y)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(event.y + self._first))

    @property
    def _first(self) -> int:
        """The offer in the first line: the one pointed at is always in sight."""
        return max(0, self.pointed - self.size.height + 1)

    def render_line(self, y: int) -> Strip:
        place, width, base = y + self._first, self.size.width, self.rich_style
        if place >= len(self.offers):
            return Strip.blank(width, base)
        offer = self.offers[place]
        if place == self.pointed:
            base += self.get_component_rich_style("suggestion--pointed", partial=True)
        count = _count(offer)
        name = fit(offer.name, width - len(count) - 3)
        gap = " " * (width - cells(name) - len(count) - 2)
        dim = base + self.get_component_rich_style("suggestion--dim", partial=True)
        return strip([Segment(f" {name}{gap}", base), Segment(f"{count} ", dim)], width, base)


def _count(offer: Offer) -> str:
    return "" if offer.articles is None else number(offer.articles)
