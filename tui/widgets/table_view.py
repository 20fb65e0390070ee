"""Long text in two columns, drawn by lines: the raw page with its reasons, help, reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.content import fit, paint, strip
from tui.layout import cells, wrap
from tui.widgets.line_view import LineView


class Entry(NamedTuple):
    """One entry: what stands on the left, the text beside it, and its kind ("", "head", "dim")."""

    left: str
    text: str
    kind: str = ""


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
        self._left = min(widest, max((cells(e.left) for e in entries if e.kind != "head"), default=0))
        self._lines: list[tuple[int, int, int, bool]] = []

    def on_resize(self) -> None:
        room = max(8, self.room - self._left - 4)
        self._lines = []
        for number, entry in enumerate(self.entries):
            spans = wrap(entry.text, room)
            self._lines += [(number, start, end, not at) for at, (start, end) in enumerate(spans)]
        self.set_height(len(self._lines))
        self.refresh()

    def action_move(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def action_page(self, pages: float) -> None:
        self.action_move(self.page_height(pages))

    def action_go(self, end: int) -> None:
        self.scroll_to(y=len(self._lines) * end, animate=False)

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(self.room, base)
        at, start, end, first = self._lines[number]
        entry = self.entries[at]
        style = base + self.style_of(f"table--{entry.kind}") if entry.kind else base
        if entry.kind == "head":
            return strip([Segment(f" {entry.text[start:end]}", style)], self.room, base)
        left = fit(entry.left, self._left) if first else ""
        return strip(
            [
                Segment(f" {left}{' ' * (self._left - cells(left))}  ", base + self.style_of("table--left")),
                *paint(entry.text, start, end, (), style),
            ],
            self.room,
            base,
        )
