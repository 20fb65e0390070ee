"""The scroll bar of the widgets that draw line by line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.tick_bar import TickBar
from tui.widgets.kept_lines import KeptLines


class LineBar(ScrollBar, KeptLines):
    """Textual's vertical bar with a tick at each of `lines`, drawn cell by cell.

    Through Textual's own way, a Rich renderable, it took longer at each line that the text moved than all
    of the text.
    """

    def __init__(self, lines: Callable[[], Sequence[int]]) -> None:
        super().__init__(vertical=True, name="vertical")
        self.renderer = TickBar.over(lines)  # type: ignore[misc,assignment]
        self._cells: list[Segment] = []

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # its own size says nothing to other widgets

    def line_keys(self, lines: range) -> Sequence[Hashable]:
        self._cells = cast(TickBar, self.render()).cells(self.size.height)
        return self._cells[lines.start : lines.stop]

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        text, style, _ = self._cells[y]
        return Strip([Segment(text, base + style if style else base)], self.thickness)
