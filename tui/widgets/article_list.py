"""The list: draws the rows in sight, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from store.query import ALL, Query, moment
from tui.content import Span, fit, paint, strip
from tui.keys import bindings
from tui.layout import cells
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from store.index.rows import Row


def day(published: str | None) -> str:
    """dd/mm/yyyy of an ISO date or time, in +07:00; "" without one.

    >>> day("2023-12-29T19:17:16+07:00")
    '29/12/2023'
    """
    when = moment(published)
    return f"{when[8:10]}/{when[5:7]}/{when[:4]}" if when else ""


def sign(row: Row) -> str:
    """The one cell that says most about a row: in the trash, starred, unread, noted, or nothing.

    (Of a selected row the list shows `PICKED` instead.)
    """
    if row.removed:
        return "×"
    if row.starred:
        return "★"
    if not row.read:
        return "•"
    return "+" if row.noted else " "


SIGN = 2
"""Cells of a row's sign and the blank behind it: a click there selects the row."""

BELOW = "└ "
"""Stands before the titles of an unfolded story, but for the first."""

PICKED = "✓"
"""The sign of a selected row."""


class ArticleList(LineView, can_focus=True):
    """Rows of articles with a cursor. Rows are asked for when they come into sight, never all."""

    BINDINGS = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--cursor",
        "list--unread",
        "list--dim",
        "list--sign",
        "list--picked",
        "list--hit",
    }

    cursor: var[int] = var(0)  # a `reactive` would draw all rows again
    tall: reactive[bool] = reactive(False)
    """Two lines a row: title and date, then source and the beginning."""
    asked: var[Query] = var(ALL)
    """What the rows answer: its words are lit."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        id: str

    @dataclass
    class Opened(Message):
        """A row was opened with Enter or a second click."""

        id: str

    @dataclass
    class Picked(Message):
        """A row was selected, or no longer is."""

        id: str

    class AllPicked(Message):
        """All rows were selected, or no longer are."""

    class Folded(Message):
        """The story under the cursor is to be unfolded, or folded."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picked: AbstractSet[str] = frozenset()
        """The ids of the selected rows. Whoever changes it calls `redraw`, or `refresh` for many."""
        self._rows: Sequence[Row] = ()
        self._changed: dict[str, Row] = {}

    # -- values from the screen

    def set_rows(self, rows: Sequence[Row], cursor: int) -> None:
        """Shows other rows, with the cursor on one of them."""
        self._rows = rows
        self._changed = {}
        self.set_height(len(rows) * self.row_height)
        self.set_reactive(ArticleList.cursor, -1)  # another row even at the same place
        self.cursor = cursor
        self.refresh()

    def patch(self, row: Row) -> None:
        """Draws one row again after a mark on it changed."""
        self._changed[row.id] = row
        self.redraw(row.id)

    def redraw(self, article_id: str) -> None:
        """Draws one row again, if it is in sight."""
        first = self.scroll_offset.y // self.row_height
        last = first + self.scrollable_content_region.height // self.row_height + 1
        for index in range(first, min(last + 1, len(self._rows))):
            if self._rows[index].id == article_id:
                self.refresh_lines(index * self.row_height, self.row_height)

    @property
    def row_height(self) -> int:
        return 2 if self.tall else 1

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
                self.refresh_lines(index * self.row_height, self.row_height)
        self.bring_into_sight()
        if (row := self.row) is not None:
            self.post_message(self.Moved(row.id))

    def bring_into_sight(self) -> None:
        """Scrolls as little as it takes to show the cursor's row."""
        top, height = self.cursor * self.row_height, self.scrollable_content_region.height
        if height < 1:
            return
        if top < self.scroll_offset.y:
            self.show_line(top)
        elif top + self.row_height > self.scroll_offset.y + height:
            self.show_line(top + self.row_height - height)

    def watch_tall(self) -> None:
        self.set_height(len(self._rows) * self.row_height)
        self.bring_into_sight()
        self.refresh()

    def watch_asked(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self.call_after_refresh(self.bring_into_sight)

    def action_move(self, rows: int) -> None:
        self.cursor = max(0, self.cursor + rows)

    def action_page(self, pages: float) -> None:
        self.cursor = max(0, self.cursor + int(self.page_height(pages) / self.row_height))

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self._rows) - 1

    def action_open(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Opened(row.id))

    def action_pick(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Picked(row.id))
            self.action_move(1)

    def action_pick_all(self) -> None:
        if len(self._rows):
            self.post_message(self.AllPicked())

    def action_fold(self) -> None:
        self.post_message(self.Folded())

    def on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // self.row_height
        if (row := self.row_at(index)) is None:
            return
        if event.ctrl or event.x < SIGN:
            self.post_message(self.Picked(row.id))
            return
        again = index == self.cursor and event.chain > 1
        self.cursor = index
        if again:
            self.action_open()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        if not self._rows:
            return self.message_line(y)
        index, second = divmod(y + self.scroll_offset.y, self.row_height)
        row = self.row_at(index)
        base = self.base
        if row is None:
            return Strip.blank(self.room, base)
        if index == self.cursor:
            base += self.style_of("list--cursor")
        segments = self._second(row, base) if second else self._first(row, base)
        return strip(segments, self.room, base)

    def _first(self, row: Row, base: Style) -> list[Segment]:
        date = day(row.published) or "—"
        more = f"{'+' if row.folded else '−'}{row.more} " if row.more else ""
        below = BELOW if row.below else ""
        room = max(4, self.room - SIGN - cells(below + more + date) - 2)
        # What tells those apart that tell the same is the paper; of two lines the second one names it.
        named = row.below and row.source and not self.tall
        title = fit(f"{row.source} · {row.title}" if named else row.title, room)
        hit = self.style_of("list--hit")
        hits = [(start, end, hit) for start, end in self.asked.hits(title, "title")]
        strong = base if row.read else base + self.style_of("list--unread")
        return [
            self._sign(row, base),
            *([Segment(below, base + self.style_of("list--dim"))] if below else []),
            *paint(title, 0, len(title), hits, strong),
            Segment(" " * (room - cells(title) + 1) + more, base),
            Segment(f"{date} ", base + self.style_of("list--dim")),
        ]

    def _sign(self, row: Row, base: Style) -> Segment:
        if row.id in self.picked:
            return Segment(f"{PICKED} ", base + self.style_of("list--picked"))
        return Segment(f"{sign(row)} ", base + self.style_of("list--sign"))

    def _second(self, row: Row, base: Style) -> list[Segment]:
        dim = base + self.style_of("list--dim")
        hit = self.style_of("list--hit")
        segments = [Segment("  ", base)]
        room = self.room - 3
        tags = " ".join(f"#{tag}" for tag in row.tags)
        for field, value in (("source", row.source), ("tag", tags), ("body", row.snippet)):
            if value and room > 8:
                text = fit(value, room)
                hits: list[Span] = [(start, end, hit) for start, end in self.asked.hits(text, field)]
                if len(segments) > 1:
                    segments.append(Segment(" · ", dim))
                segments += paint(text, 0, len(text), hits, dim)
                room -= cells(text) + 3
        return segments
