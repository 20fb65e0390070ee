"""Long text in two columns, drawn by lines: the raw page with its reasons, help, reports."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.content import paint, strip
from tui.layout import cells, wrap
from tui.widgets.line_view import LineView


class Entry(NamedTuple):
    """One entry: what stands on the left, the text beside it, its kind ("", "head", "dim"), a number."""

    left: str
    text: str
    kind: str = ""
    number: str = ""


class Drawn(NamedTuple):
    """A line: of which entry, and which part of its left side and of its text."""

    entry: int
    left: tuple[int, int]
    text: tuple[int, int]
    first: bool


class TableView(LineView, can_focus=True):
    """Shows entries; the right column wraps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("g,home", "go(0)", show=False),
        Binding("G,end", "go(1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("ctrl+d", "page(0.5)", show=False),
        Binding("ctrl+u", "page(-0.5)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--left", "table--head", "table--dim"}

    def __init__(self, entries: Sequence[Entry], widest: int = 24) -> None:
        super().__init__()
        self.entries = entries
        rows = [entry for entry in entries if entry.kind != "head"]
        self._left = min(widest, max((cells(entry.left) for entry in rows), default=0))
        self._number = max((cells(entry.number) for entry in rows), default=0)
        self._drawn: list[Drawn] = []

    def on_resize(self) -> None:
        gutter = self._number + 1 if self._number else 0
        room = max(8, self.room - gutter - self._left - 4)
        self._drawn = []
        for number, entry in enumerate(self.entries):
            left, text = wrap(entry.left, self._left), wrap(entry.text, room)
            lines = zip_longest(left, text, fillvalue=(0, 0))
            self._drawn += [Drawn(number, one, two, not at) for at, (one, two) in enumerate(lines)]
        self.set_height(len(self._drawn))
        self.refresh()

    def action_move(self, lines: int) -> None:
        self.show_line(self.scroll_offset.y + lines)

    def action_page(self, pages: float) -> None:
        self.action_move(self.page_height(pages))

    def action_go(self, end: int) -> None:
        self.show_line(len(self._drawn) * end)

    def render_line(self, y: int) -> Strip:
        base = self.base
        at = y + self.scroll_offset.y
        if at >= len(self._drawn):
            return Strip.blank(self.room, base)
        drawn = self._drawn[at]
        entry = self.entries[drawn.entry]
        style = base + self.style_of(f"table--{entry.kind}") if entry.kind else base
        text = paint(entry.text, *drawn.text, (), style)
        if entry.kind == "head":
            return strip([Segment(" ", base), *text], self.room, base)
        left = entry.left[slice(*drawn.left)]
        number = f"{entry.number if drawn.first else '':>{self._number}} " if self._number else ""
        before = f" {number}{left}{' ' * (self._left - cells(left))}  "
        return strip([Segment(before, base + self.style_of("table--left")), *text], self.room, base)
