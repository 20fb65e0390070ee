"""The scroll bar of the widgets that draw line by line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Self, cast

from rich.segment import Segment
from textual.geometry import Region, Size
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

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)  # its own size says nothing

    _state: object = None
    """What it was last asked to show."""
    _drawn: object = None
    """What `_cells` show."""

    def __init__(self, lines: Callable[[], Sequence[int]]) -> None:
        self._lines = lines
        self._cells: list[Segment] = []
        super().__init__(vertical=True, name="vertical")
        self.renderer = TickBar.over(lines)  # type: ignore[misc,assignment]

    @property
    def state(self) -> object:
        """What it shows, but for its height."""
        shown = self.window_virtual_size, self.window_size, self.position, self._lines()
        return *shown, self.mouse_over, self.grabbed

    def notify_style_update(self) -> None:
        self._state = self._drawn = None
        super().notify_style_update()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draws it again, if it shows anything else. (Textual asks at each layout, whatever came of it.)"""
        if self.is_mounted and not (regions or layout or recompose):
            if (state := self.state) == self._state:
                return self
            self._state = state
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def line_keys(self, lines: range) -> Sequence[Hashable]:
        wanted = self.size.height, self.state
        if wanted != self._drawn:
            self._cells = cast(TickBar, self.render()).cells(self.size.height)
            self._drawn = wanted
        return self._cells[lines.start : lines.stop]

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        text, style, _ = self._cells[y]
        return Strip([Segment(text, base + style if style else base)], self.thickness)
