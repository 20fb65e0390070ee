"""What the line-drawing widgets share."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.cells import cells, wrap
from tui.content import fit, strip
from tui.widgets.line_bar import LineBar


class LineView(ScrollView):
    """A scroll view that draws line by line, or a message in its middle when it has none."""

    DEFAULT_CSS = "LineView { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }"

    message: reactive[str] = reactive("")

    _base: Style | None = None
    _room: int | None = None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._added: dict[str, Style] = {}

    @property
    def base(self) -> Style:
        """The style beneath a line; looked up once for all the lines of a draw."""
        return self._base or self.rich_style

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base, self._room = self.rich_style, self.room
        try:
            return super().render_lines(crop)
        finally:
            self._base = self._room = None

    def on_focus(self, event: events.Focus) -> None:
        """What a widget does by itself, but for drawing all of it again."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """The same."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Nothing in the style sheet asks whether one of these widgets has the focus. (Textual would look up
        all of its styles again.)"""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = LineBar(self.tick_lines)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Also: what is laid out anew is drawn in the same frame, and so is its bar."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed and self._vertical_scrollbar is not None:
            self._vertical_scrollbar._repaint_required = False
        return changed

    def tick_lines(self) -> Sequence[int]:
        """The lines that have a tick in the scroll bar."""
        return ()

    @property
    def room(self) -> int:
        """Cells that a line can fill (the scroll bar stands beside them)."""
        return self.scrollable_content_region.width if self._room is None else self._room

    def style_of(self, component: str) -> Style:
        """What one of the widget's component classes adds to the style beneath. (Textual keeps it until the
        next change of anything.)"""
        if (style := self._added.get(component)) is None:
            style = self._added[component] = self.get_component_rich_style(component, partial=True)
        return style

    def notify_style_update(self) -> None:
        self._added.clear()
        super().notify_style_update()

    def set_height(self, lines: int) -> None:
        """Tells the scroll bar how many lines there are."""
        self.virtual_size = Size(0, lines)

    def show_line(self, line: float) -> None:
        """Puts a line at the top, or as near to it as the end allows."""
        # `force`: the scroll bar that new lines need may not be there before the next layout.
        self.scroll_to(y=line, animate=False, force=True)

    def page_height(self, pages: float) -> int:
        """How far a page (or a part of one) goes: two lines of a full page stay in sight."""
        height = self.scrollable_content_region.height
        lines = max(1, height - 2) if abs(pages) == 1 else max(1, round(height * abs(pages)))
        return lines if pages > 0 else -lines

    def message_line(self, y: int) -> Strip:
        """A line of the message, in the middle of the widget."""
        width, height = self.scrollable_content_region.size
        base = self.base
        lines = wrap(self.message, max(2, min(width - 4, 60)))
        at = y - max(0, (height - len(lines)) // 2 - 1)
        if not self.message or not 0 <= at < len(lines):
            return Strip.blank(width, base)
        start, end = lines[at]
        text = fit(self.message[start:end], width)
        return strip([Segment(" " * max(0, (width - cells(text)) // 2) + text, base)], width, base)
