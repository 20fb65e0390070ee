"""A line or a few to type in, over the screen, beside what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.widgets import Static

from store.text import clean
from tui.content import plain
from tui.widgets.completing_bar import CompletingBar
from tui.widgets.composed_area import ComposedArea


def placed(anchor: Region, height: int, screen: Size) -> int:
    """The line of the screen from which so many lines stand below an anchor, or above it where there is no
    room (the bars keep their two).

    >>> placed(Region(0, 5, 80, 1), 2, Size(80, 24)), placed(Region(0, 20, 80, 1), 2, Size(80, 24))
    (6, 18)
    """
    below = anchor.bottom + height <= screen.height - 2
    return anchor.bottom if below else max(0, anchor.y - height)


class InPlace(Vertical):
    """A heading, what is typed, and a hint. `lines` is its height."""

    lines: ClassVar[int]

    def __init__(self, heading: str, hint: str) -> None:
        super().__init__(classes="in-place")
        self.heading = heading
        self.hint = hint

    def stand_by(self, anchor: Region, screen: Size) -> None:
        """Stands beside a part of the screen."""
        self.styles.width = anchor.width
        self.styles.height = self.lines
        self.styles.offset = Offset(anchor.x, placed(anchor, self.lines, screen))

    def tell(self, hint: str) -> None:
        """Says something else below."""
        self.query_one(".in-place-hint", Static).update(plain(hint))


class TagBar(CompletingBar):
    """Tab never leads away from what is typed."""

    def action_take(self) -> None:
        if self.offers:
            super().action_take()


class TagLine(InPlace):
    """One line for tags."""

    lines = 2

    def __init__(self, heading: str, hint: str, value: str) -> None:
        super().__init__(heading, hint)
        self.bar = TagBar(id="tags", placeholder="")
        self.bar.value = value

    def compose(self) -> ComposeResult:
        yield Horizontal(Static(plain(self.heading), classes="in-place-name"), self.bar)
        yield Static(plain(self.hint), classes="in-place-hint")


class NoteArea(ComposedArea):
    """Enter keeps what is typed, Ctrl-j begins another line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,alt+enter,shift+enter", "newline", show=False),
        Binding("tab", "other(1)", show=False),
        Binding("shift+tab", "other(-1)", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Kept(Message):
        """Enter was pressed."""

    class Left(Message):
        """Esc was pressed."""

    @dataclass
    class Other(Message):
        """Another of the article's notes is asked for."""

        step: int

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default().stop()
            self.post_message(self.Kept())
        else:
            await super()._on_key(event)

    def action_newline(self) -> None:
        self.insert("\n")

    def action_other(self, step: int) -> None:
        self.post_message(self.Other(step))

    def action_leave(self) -> None:
        self.post_message(self.Left())


class NotePanel(InPlace):
    """Some lines for a note; of several notes, one at a time."""

    lines = 7

    def __init__(self, heading: str, hint: str, value: str) -> None:
        super().__init__(heading, hint)
        self.area = NoteArea(clean(value), id="note", compact=True, highlight_cursor_line=False)

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading), classes="in-place-name")
        yield self.area
        yield Static(plain(self.hint), classes="in-place-hint")

    def show(self, heading: str, value: str) -> None:
        """Takes another note."""
        self.query_one(".in-place-name", Static).update(plain(heading))
        self.area.text = clean(value)
        self.area.move_cursor(self.area.document.end)
