"""Long text in two columns, drawn by lines: the raw page with its reasons, help, reports."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.strip import Strip

from tui.cells import cells, wrap
from tui.content import paint, strip
from tui.i18n import N_
from tui.widgets.line_view import LineView


class Entry(NamedTuple):
    """One entry: what stands on the left, the text beside it, its kind ("", "head", "dim"), a number, and
    what it refers to."""

    left: str
    text: str
    kind: str = ""
    number: str = ""
    ref: str = ""


class Drawn(NamedTuple):
    """A line: of which entry, and which part of its left side and of its text."""

    entry: int
    left: tuple[int, int]
    text: tuple[int, int]
    first: bool


class TableView(LineView, can_focus=True):
    """Shows entries; the right column wraps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Line down"), show=False),
        Binding("k,up", "move(-1)", N_("Line up"), show=False),
        Binding("g,home", "go(0)", N_("Beginning"), show=False),
        Binding("G,end", "go(1)", N_("End"), show=False),
        Binding("space,pagedown", "page(1)", N_("Page down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--left", "table--head", "table--dim"}

    def __init__(self, entries: Sequence[Entry], widest: int = 24) -> None:
        super().__init__()
        self._drawn: list[Drawn] = []
        self._widest = widest
        self.entries = entries
        self._left = 0
        self._measure()

    def _measure(self) -> None:
        entries = self.entries
        rows = [entry for entry in entries if entry.kind != "head"]
        self._longest = min(self._widest, max((cells(entry.left) for entry in rows), default=0))
        self._number = max((cells(entry.number) for entry in rows), default=0)

    def on_resize(self) -> None:
        self.lay_out()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Shows other entries."""
        self.entries = entries
        self._measure()
        self.lay_out()

    def lay_out(self) -> None:
        """Wraps the entries to the present width."""
        self._left = min(
            self._longest, max(8, self.room * 2 // 5)
        )  # in a narrow window the text needs room too
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

    def style_of_entry(self, entry: int) -> Style:
        """What an entry adds to the style beneath it."""
        return Style()

    def render_line(self, y: int) -> Strip:
        if not self.entries:
            return self.message_line(y)
        base = self.base
        at = y + self.scroll_offset.y
        if at >= len(self._drawn):
            return Strip.blank(self.room, base)
        drawn = self._drawn[at]
        base += self.style_of_entry(drawn.entry)
        entry = self.entries[drawn.entry]
        style = base + self.style_of(f"table--{entry.kind}") if entry.kind else base
        text = paint(entry.text, *drawn.text, (), style)
        if entry.kind == "head":
            return strip([Segment(" ", base), *text], self.room, base)
        left = entry.left[slice(*drawn.left)]
        number = f"{entry.number if drawn.first else '':>{self._number}} " if self._number else ""
        before = f" {number}{left}{' ' * (self._left - cells(left))}  "
        return strip([Segment(before, base + self.style_of("table--left")), *text], self.room, base)


class PickTable(TableView):
    """Entries with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--cursor"}

    cursor: var[int] = var(0)

    def __init__(self, entries: Sequence[Entry], widest: int = 24, cursor: int = 0) -> None:
        super().__init__(entries, widest)
        self.set_reactive(PickTable.cursor, cursor)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._into_sight)

    @property
    def entry(self) -> Entry | None:
        """The one under the cursor."""
        return self.entries[self.cursor] if self.entries else None

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Shows other entries; the cursor stays where it is."""
        super().set_entries(entries)
        self.cursor = self.cursor

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.entries) - 1))

    def _lines_of(self, entry: int) -> tuple[int, int]:
        """The first line of an entry, and the one behind its last."""
        first = bisect_left(self._drawn, entry, key=lambda drawn: drawn.entry)
        return first, bisect_left(self._drawn, entry + 1, key=lambda drawn: drawn.entry)

    def watch_cursor(self, old: int, new: int) -> None:
        for entry in (old, new):
            first, last = self._lines_of(entry)
            self.refresh_lines(first, last - first)
        self._into_sight()

    def _into_sight(self) -> None:
        first, last = self._lines_of(self.cursor)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if last - first > height:  # shown in parts
            if not first - height < top < last:
                self.show_line(first)
        elif first < top:
            self.show_line(first)
        elif last > top + height:
            self.show_line(last - height)

    def action_move(self, lines: int) -> None:
        first, last = self._lines_of(self.cursor)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if last > top + height if lines > 0 else first < top:
            self.show_line(top + lines)  # the rest of a long entry first
        else:
            self.cursor += lines

    def action_page(self, pages: float) -> None:
        if self._drawn:
            top, step = self.scroll_offset.y, self.page_height(pages)
            line = max(self._lines_of(self.cursor)[0], top) + step
            self.show_line(top + step)
            self.cursor = self._drawn[max(0, min(line, len(self._drawn) - 1))].entry

    def action_go(self, end: int) -> None:
        self.cursor = len(self.entries) * end

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line < len(self._drawn):
            self.cursor = self._drawn[line].entry

    def style_of_entry(self, entry: int) -> Style:
        return self.style_of("table--cursor") if entry == self.cursor else Style()
