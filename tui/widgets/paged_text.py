"""Moving through laid-out text: by lines and by pages, and where one is, by character."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from tui.layout import Layout, Place
from tui.paging import next_page, page_before
from tui.widgets.text_selection import SelectableText


class PagedText(SelectableText):
    """Keeps the character at the top through resizes, and pages so that the next one begins with what was
    not shown whole."""

    @dataclass
    class Progress(Message):
        """How far the text is read, in per cent, and at which stop of how many."""

        percent: int
        at: int
        of: int

    @dataclass
    class Ended(Message):
        """A key brought the end of the article into sight."""

        id: str

    class PastEnd(Message):
        """Space was pressed at the end."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._at: Place | None = None
        """The character that was put at the top, as long as its line stands there."""
        self._lowest = 0
        """The line that may be at the top although the end of the text is then above the last line."""
        self._came_from: dict[int, int] = {}
        """Pages that were left by a page on: the first line of the next → theirs."""

    def set_layout(self, layout: Layout, place: Place | None) -> None:
        """Shows laid-out text with this character at the top."""
        self.layout_ = layout
        self._came_from.clear()
        self._lowest = 0
        self.set_height(len(layout))
        self.show_from(place)

    # -- where one is

    @property
    def max_scroll_y(self) -> int:
        """The end of the text stands at the foot, or higher on a page that was reached by paging on."""
        return max(super().max_scroll_y, self._lowest)

    @property
    def page_lines(self) -> int:
        """The lines that are in sight at a time."""
        return self.scrollable_content_region.height

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y + self.page_lines >= len(self.layout_)

    @property
    def place(self) -> Place | None:
        """The first character in sight; None at the beginning."""
        top = self.scroll_offset.y
        if not 0 < top < len(self.layout_):
            return None
        if self._at is not None and self.layout_.line_of(self._at) == top:
            return self._at
        return self.layout_.place_of(top)

    def show_from(self, place: Place | None) -> None:
        """Puts a character's line at the top; None is the beginning."""
        self._at = place
        line = self.layout_.line_of(place) if place else 0
        self._lowest = line
        self.show_line(line)

    def show_raised(self, line: int) -> None:
        """Puts a line at the top, even where the end of the text is then above the last line in sight."""
        self._lowest = max(self._lowest, line)
        self.show_line(line)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.tell_progress()

    @property
    def percent(self) -> int:
        """How much of the text has come into sight, in per cent; 0 at its beginning, 100 where its end is."""
        top, room = self.scroll_offset.y, len(self.layout_) - self.page_lines
        return 100 if self.at_end else min(99, round(100 * top / room))

    def tell_progress(self) -> None:
        """Posts `Progress`."""

    # -- moving

    def _go(self, line: int) -> None:
        """A key leads to a line."""
        forward = line > self.scroll_offset.y
        self.show_line(line)
        if forward and self.at_end:
            self.ended()

    def ended(self) -> None:
        """Called when a key brought the end into sight."""

    def action_move(self, lines: int) -> None:
        self._go(self.scroll_offset.y + lines)

    def action_page(self, pages: float) -> None:
        if abs(pages) != 1:
            self._go(self.scroll_offset.y + self.page_height(pages))
        elif pages > 0:
            self._page_on()
        else:
            top = self.scroll_offset.y
            before = self._came_from.pop(top, None)
            self._go(page_before(self.layout_, top, self.page_lines) if before is None else before)

    def _page_on(self) -> None:
        top = self.scroll_offset.y
        after = next_page(self.layout_, top, self.page_lines)
        if after != top:
            self._lowest = max(self._lowest, after)
            self._came_from[after] = top
        self.show_line(after)
        if self.at_end:
            self.ended()

    def action_page_on(self) -> None:
        was_at_end = self.at_end
        self._page_on()
        if was_at_end:
            self.post_message(self.PastEnd())

    def action_top(self) -> None:
        self._go(0)

    def action_bottom(self) -> None:
        self._lowest = 0
        self._go(len(self.layout_))
