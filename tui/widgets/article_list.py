"""The list: draws the rows in sight, whatever their number."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from tui.cells import cells
from tui.content import Span, fit, paint, strip
from tui.figures import day
from tui.keys import bindings
from tui.row_lines import HEADING, RowLines
from tui.widgets.kept_lines import KeptLines
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from store.index.row import Row
    from store.query import Query  # to list everything it is not needed: 70 million instructions of a start


def sign(row: Row) -> str:
    """The one cell that says most about a row: in the trash, starred, unread, noted, or nothing."""
    if row.removed:
        return "×"
    if row.starred:
        return "★"
    if not row.read:
        return "•"
    return "+" if row.noted else " "


SIGN = 2
"""Cells of a row's sign and of the bar behind it: a click there selects the row."""

PICKED = "▌"
"""The bar beside a selected row; its sign stays in sight."""

SOURCE = (72, 14, 90, 20)
"""Rows of one line name the source from 72 columns on, in 14 cells, and from 90 on in 20."""

BELOW = "└ "
"""Stands before the titles of an unfolded story, but for the first."""


class Heading(NamedTuple):
    """What stands above a group of rows, the first of them at `start`."""

    start: int
    words: str


class ArticleList(LineView, KeptLines, can_focus=True):
    """Rows of articles with a cursor. Rows are asked for when they come into sight, never all."""

    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--cursor",
        "list--cursor-away",
        "list--unread",
        "list--dim",
        "list--sign",
        "list--picked",
        "list--hit",
        "list--heading",
    }

    cursor: var[int] = var(0)  # a `reactive` would draw all rows again
    tall: reactive[bool] = reactive(False)
    """Two lines a row: title and date, then source and the beginning."""
    asked: var[Query | None] = var(None)
    """What the rows answer: its words are lit."""

    toggled: var[str] = var("", always_update=True)
    """The article whose row was selected last, or no longer is. Who watches it hears of it before the next
    frame, as of `cursor`; a message would come after it."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        id: str

    @dataclass
    class Opened(Message):
        """A row was opened with Enter or a second click."""

        id: str

    class NothingOpened(Message):
        """Enter was pressed where nothing is listed."""

    class AllPicked(Message):
        """All rows were selected, or no longer are."""

    class Folded(Message):
        """The story under the cursor is to be unfolded, or folded."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picked: AbstractSet[str] = frozenset()
        """The ids of the selected rows. Whoever changes it calls `redraw`, or `refresh` for many."""
        self._rows: Sequence[Row] = ()
        self._headings: Sequence[Heading] = ()
        self._of_sources = False
        self._changed: dict[str, Row] = {}
        self._lines = RowLines(0, 1)

    # -- values from the screen

    def set_rows(
        self, rows: Sequence[Row], cursor: int, headings: Sequence[Heading] = (), *, of_sources: bool = False
    ) -> None:
        """Shows other rows, with the cursor on one of them. `of_sources`: the headings name the sources."""
        self._rows = rows
        self._headings = headings
        self._of_sources = of_sources
        self.fresh()
        self._lay_out()
        self.set_reactive(ArticleList.cursor, -1)  # another row even at the same place
        self.cursor = cursor

    def fresh(self) -> None:
        """Draws the rows again after the marks of many of them changed."""
        self._changed = {}
        self.forget_lines()
        self.refresh()

    def _lay_out(self) -> None:
        starts = [heading.start for heading in self._headings]
        self._lines = RowLines(len(self._rows), 2 if self.tall else 1, starts)
        self.set_height(len(self._lines))

    def patch(self, row: Row) -> None:
        """Draws one row again after a mark on it changed."""
        self._changed[row.id] = row
        self.forget_lines(lambda key: isinstance(key, tuple) and key[0] == row.id)
        self.redraw(row.id)

    def redraw(self, article_id: str) -> None:
        """Draws one row again, if it is in sight."""
        top = self.scroll_offset.y
        first, last = self._lines.at(top).row, self._lines.at(top + self.scrollable_content_region.height).row
        for index in range(first, min(last + 1, len(self._rows))):
            if self._rows[index].id == article_id:
                self._redraw(index)

    def _redraw(self, index: int) -> None:
        self.refresh_lines(self._lines.top(index), self._lines.height)

    def place_of_cursor(self) -> Region:
        """The lines of the row under the cursor, in cells of the screen."""
        top = self._lines.top(max(0, self.cursor)) - self.scroll_offset.y
        line = self.content_region
        return Region(line.x, line.y + top, line.width, self._lines.height)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    def row_at(self, index: int) -> Row | None:
        """A row as it is now; None beyond the rows."""
        if not 0 <= index < len(self._rows):
            return None
        row = self._rows[index]
        return self._changed.get(row.id, row)

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return True  # an empty list is still a widget

    # -- moving

    def validate_cursor(self, cursor: int) -> int:
        return max(-1, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        if new < 0 or new >= len(self._rows):
            return
        for index in (old, new):
            if index >= 0:
                self._redraw(index)
        self.bring_into_sight()
        if (row := self.row) is not None:
            self.post_message(self.Moved(row.id))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Only the row under the cursor looks different."""
        if 0 <= self.cursor < len(self._rows):
            self._redraw(self.cursor)

    def bring_into_sight(self) -> None:
        """Scrolls as little as it takes to show the cursor's row below the heading of its group."""
        height = self.scrollable_content_region.height
        if height < 1 or self.cursor < 0:
            return
        first, end = self._lines.with_heading(self.cursor), self._lines.top(self.cursor) + self._lines.height
        if first < self.scroll_offset.y:
            self.show_line(first)
        elif end > self.scroll_offset.y + height:
            self.show_line(end - height)

    def watch_tall(self) -> None:
        self._lay_out()
        self.bring_into_sight()
        self.forget_lines()
        self.refresh()

    def watch_asked(self) -> None:
        self.forget_lines()
        self.refresh()

    def on_resize(self) -> None:
        self.call_after_refresh(self.bring_into_sight)

    def action_move(self, rows: int) -> None:
        self.cursor = max(0, self.cursor + rows)

    def action_page(self, pages: float) -> None:
        self.cursor = max(0, self._lines.paged(self.cursor, self.page_height(pages)))

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self._rows) - 1

    def action_open(self) -> None:
        row = self.row
        self.post_message(self.Opened(row.id) if row is not None else self.NothingOpened())

    def action_pick(self) -> None:
        if (row := self.row) is not None:
            self.toggled = row.id
            self.action_move(1)

    def action_pick_all(self) -> None:
        if len(self._rows):
            self.post_message(self.AllPicked())

    def action_fold(self) -> None:
        self.post_message(self.Folded())

    def on_click(self, event: events.Click) -> None:
        index, part = self._lines.at(event.y + self.scroll_offset.y)
        if part == HEADING or self._sticks(event.y) or (row := self.row_at(index)) is None:
            return
        if event.ctrl or event.x < SIGN:
            self.toggled = row.id
            return
        again = index == self.cursor and event.chain > 1
        self.cursor = index
        if again:
            self.action_open()

    # -- drawing

    def line_keys(self, lines: range) -> Sequence[Hashable]:
        if not self._rows:
            return [(y, self.message, self.size.height) for y in lines]
        top, cursor, focus = self.scroll_offset.y, self.cursor, self.has_focus
        keys: list[Hashable] = []
        for y in lines:
            index, part = self._lines.at(y + top)
            if part == HEADING or self._sticks(y):
                keys.append((index, HEADING))
            elif (row := self.row_at(index)) is None:
                keys.append(None)
            else:
                keys.append((row.id, index, part, index == cursor and focus + 1, row.id in self.picked))
        return keys

    def render_line(self, y: int) -> Strip:
        if not self._rows:
            return self.message_line(y)
        index, part = self._lines.at(y + self.scroll_offset.y)
        base = self.base
        if part == HEADING or self._sticks(y):
            return self._heading(index)
        row = self.row_at(index)
        if row is None:
            return Strip.blank(self.room, base)
        if index == self.cursor:
            base += self.style_of("list--cursor" if self.has_focus else "list--cursor-away")
        if not self.tall:
            segments = self._only_line(row, base)
        else:
            segments = self._second_line(row, base) if part else self._first_line(row, base)
        return strip([*self._sign(row, base, part), *segments], self.room, base)

    def _sticks(self, y: int) -> bool:
        """Whether this line shows the heading of the group that goes on below it: that never scrolls
        away, unless it would hide all that is left of its group."""
        return y == 0 and bool(self._headings) and self._lines.at(self.scroll_offset.y + 1).part != HEADING

    def _heading(self, row: int) -> Strip:
        words = self._headings[self._lines.group(row) or 0].words
        text = fit(words, max(4, self.room - 4))
        rule = Segment(" " + "─" * (self.room - cells(text) - 3), self.base + self.style_of("list--dim"))
        return strip(
            [Segment(f" {text}", self.base + self.style_of("list--heading")), rule], self.room, self.base
        )

    def _sign(self, row: Row, base: Style, part: int) -> list[Segment]:
        """The sign, and the bar that runs beside a selected row."""
        shown = Segment(" " if part else sign(row), base + self.style_of("list--sign"))
        if row.id in self.picked:
            return [shown, Segment(PICKED, base + self.style_of("list--picked"))]
        return [shown, Segment(" ", base)]

    def _only_line(self, row: Row, base: Style) -> list[Segment]:
        """Title, source and date side by side."""
        dim = base + self.style_of("list--dim")
        date = day(row.published) or "—"
        wide = 0
        if not self._of_sources and self.room >= SOURCE[0]:
            wide = SOURCE[3] if self.room >= SOURCE[2] else SOURCE[1]
        date = f" {date:>10} " if wide else f" {date} "
        source = fit(row.source or "", wide)
        title = self._title(row, base, self.room - SIGN - cells(date) - (wide + 1 if wide else 0))
        if wide:
            hits = self._hits(source, "source")
            gap = Segment(" " * (wide - cells(source)), base)
            title += [Segment(" ", base), *paint(source, 0, len(source), hits, dim), gap]
        return [*title, Segment(date, dim)]

    def _first_line(self, row: Row, base: Style) -> list[Segment]:
        return [*self._title(row, base, self.room - SIGN - 1), Segment(" ", base)]

    def _title(self, row: Row, base: Style, room: int) -> list[Segment]:
        """The title in so many cells, and how many other articles tell the same."""
        more = f" {'+' if row.folded else '−'}{row.more}" if row.more else ""
        below = BELOW if row.below else ""
        room = max(4, room - cells(below + more))
        # What tells those apart that tell the same is the paper, where no column names it.
        named = row.below and row.source and not self.tall and self.room < SOURCE[0]
        title = fit(f"{row.source} · {row.title}" if named else row.title, room)
        hits = self._hits(title, "title")
        strong = base if row.read else base + self.style_of("list--unread")
        return [
            *([Segment(below, base + self.style_of("list--dim"))] if below else []),
            *paint(title, 0, len(title), hits, strong),
            Segment(" " * (room - cells(title)) + more, base),
        ]

    def _second_line(self, row: Row, base: Style) -> list[Segment]:
        """Source, tags and how the text begins; the date in its column."""
        dim = base + self.style_of("list--dim")
        date = f" {day(row.published) or '—'} "
        segments: list[Segment] = []
        room = left = max(0, self.room - SIGN - cells(date))
        tags = " ".join(f"#{tag}" for tag in row.tags)
        source = None if self._of_sources else row.source
        for field, value in (("source", source), ("tag", tags), ("body", row.snippet)):
            if value and left > 8:
                text = fit(value, left)
                hits = self._hits(text, field)
                if segments:
                    segments.append(Segment(" · ", dim))
                segments += paint(text, 0, len(text), hits, dim)
                left -= cells(text) + 3
        used = sum(cells(segment.text) for segment in segments)
        return [*segments, Segment(" " * (room - used) + date, dim)]

    def _hits(self, text: str, field: str) -> list[Span]:
        """Where a field's text holds what was asked for."""
        if self.asked is None:
            return []
        hit = self.style_of("list--hit")
        return [(start, end, hit) for start, end in self.asked.hits(text, field)]
