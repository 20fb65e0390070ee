"""The reading view: an article in a centred column, with its names, hits and finds marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from store.article import Highlight, Mention, Position
from store.index.rows import Twins
from tui.content import Span, paint, strip
from tui.keys import bindings
from tui.layout import Layout, Line, Part, Place
from tui.parts import ONLY_HERE, article_parts, only_here
from tui.positions import place_at, position_of
from tui.widgets.walked_text import WalkedText


class Kept(NamedTuple):
    """Where one is in a text that is laid out anew: in blocks, and in parts if these are the same."""

    position: Position | None
    place: Place | None = None


MARKED = "┃"
"""Stands in the margin beside what the reader highlighted."""

COLUMN = 76
"""Cells of running text; `<` and `>` change it."""


class ArticleView(WalkedText, can_focus=True):
    """Draws one article. Walks through finds, else mentions of the chosen entity, else hits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("view"), *bindings("select")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "view--title", "view--facts", "view--twins", "view--rule", "view--lead", "view--heading",
        "view--quote", "view--caption", "view--credit", "view--entity", "view--chosen", "view--hit",
        "view--found", "view--current", "view--note", "view--sign", "view--mark",
    }  # fmt: skip

    twins: var[Twins] = var(Twins())
    """Who else tells the article that comes next; it is set first."""
    marks: reactive[bool] = reactive(True)
    differences: var[bool] = var(True)
    """Whether what only this one of several alike says is marked in the margin."""
    column: reactive[int] = reactive(COLUMN)
    progress: var[WalkedText.Progress | None] = var(None, always_update=True)
    """What `Progress` said last: who watches it hears of it before the next frame."""

    @dataclass
    class EntityClicked(Message):
        """A name in the text was clicked."""

        key: str
        mention: Mention

    class CardAsked(Message):
        """The card of a name in the text is to be shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = ""
        self._only_here: frozenset[int] = frozenset()

    # -- values from the screen

    def watch_article(self) -> None:
        """Another article, at where reading it stopped; or the same one changed: then the place is kept."""
        article = self.article
        same = article is not None and article.id == self._shown
        texts = self.twins.texts if self.differences else ()
        self._only_here = only_here(article, texts) if article else frozenset()
        parts = article_parts(article, self.twins.rows, marked=bool(self._only_here)) if article else []
        if not same or parts != self.parts:
            self.action_leave_selection()  # its places would be others
        kept = Kept(self.position, self.place if parts == self.parts else None)
        if not same:
            kept = Kept(article.state.position if article else None)
        self._shown = article.id if article else ""
        unmoved = same and parts == self.parts and self.layout_.width == self._width
        self.parts = parts
        self.index_mentions()
        if unmoved:  # its reading state changed
            self._restyle(stops=True, at=self._stop)
        else:
            self._lay_out(kept, same=same)

    @property
    def _width(self) -> int:
        """Cells of the column. The text is out of sight only where one pane fills the screen: it is laid out
        for that, so that it need not be done again when it comes."""
        room = self.room or self.app.size.width - self.styles.scrollbar_size_vertical
        return min(self.column, max(2, room - 4))

    def _lay_out(self, kept: Kept, *, same: bool = True) -> None:
        """Lays the text out; of the same article the stop that was reached is kept."""
        stop = self._stop if same else -1
        layout = Layout(self.parts, self._width)
        self.set_layout(layout, kept.place or place_at(layout, kept.position))
        self._restyle(stops=True, at=stop)

    @property
    def position(self) -> Position | None:
        """The first character in sight, as it is kept in the library; None at the beginning of the text."""
        return position_of(self.layout_, self.place)

    def _restyle(self, *, stops: bool = False, at: int = -1) -> None:
        self.forget_lines()
        if stops:
            self.look_for_stops()
            self._stop = at if at < len(self._stops or ()) else -1
        self.refresh()
        self.tell_progress()

    def watch_differences(self) -> None:
        self.watch_article()

    def action_differences(self) -> None:
        self.differences = not self.differences

    def watch_column(self) -> None:
        self._lay_out(Kept(None, self.place))

    def watch_asked(self) -> None:
        self._restyle(stops=True)

    def watch_chosen(self) -> None:
        self._restyle(stops=True)

    def watch_needle(self) -> None:
        self._restyle(stops=True)

    def watch_types(self) -> None:
        self._restyle()

    def watch_marks(self) -> None:
        self._restyle()

    def on_resize(self) -> None:
        if self.layout_.width != self._width:
            stop = self.stop if self.stop_in_sight else None
            self._lay_out(Kept(None, self.place))
            if stop:
                self.show_place(Place(*stop[:2]))
        self.tell_progress()

    # -- moving

    def ended(self) -> None:
        if self.article:
            self.post_message(self.Ended(self.article.id))

    def tell_progress(self) -> None:
        if self.is_mounted:
            self.progress = self.Progress(self.percent, self._stop + 1, len(self._stops or ()))
            self.post_message(self.progress)

    def action_card(self) -> None:
        if self.article:
            self.post_message(self.CardAsked())

    def action_select_text(self) -> None:
        """Begins to select at the stop in sight, else at the first text in sight."""
        self.select_from(Place(*self.stop[:2]) if self.stop and self.stop_in_sight else None)

    def show_passage(self, mark: Highlight | None) -> None:
        """Goes to a highlight; None: to the end, where the notes on the article stand."""
        place = place_at(self.layout_, Position(mark.block, mark.start)) if mark else None
        if place is not None:
            self.show_place(place)
        else:
            self.action_bottom()

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        if self.caret:
            return
        place = self.layout_.place_at(event.y + self.scroll_offset.y, event.x - self.margin_left)
        if place is None or (block := self.parts[place.part].block) is None:
            return
        for start, end, entity in self._mentions.get(block, ()):
            if start <= place.offset < end:
                self.post_message(self.EntityClicked(entity.key, Mention(block, start, end)))
                return

    # -- drawing

    def line_keys(self, lines: range) -> Sequence[Hashable]:
        if not self.parts:
            return [(y, self.message, self.size.height) for y in lines]
        top = self.scroll_offset.y
        return range(lines.start + top, lines.stop + top)

    def render_line(self, y: int) -> Strip:
        if not self.parts:
            return self.message_line(y)
        number = y + self.scroll_offset.y
        base = self.base
        if number >= len(self.layout_) or (line := self.layout_.lines[number]).part < 0:
            return Strip.blank(self.room, base)
        part = self.parts[line.part]
        style = (
            base if part.kind in ("paragraph", "list", "item") else base + self.style_of(f"view--{part.kind}")
        )
        left = self.margin_left
        spans = [*self._mark_spans(line, part), *self._spans(line, part), *self.caret_spans(number)]
        signs = ONLY_HERE * (part.block in self._only_here) + MARKED * bool(self._mark_spans(line, part))
        margin = Segment(" " * left, base)
        if signs and left > 1:
            margin = Segment(f"{signs[1 - left :]} ".rjust(left), base + self.style_of("view--sign"))
        if part.kind == "rule":
            return strip([margin, Segment("─" * self.layout_.width, style)], self.room, base)
        prefix = Segment(self.layout_.prefix(number), style)
        text = paint(part.text, line.start, line.end, spans, style)
        if self.caret_behind(number):
            text.append(Segment(" ", style + self.style_of("view--caret")))
        return strip([margin, prefix, *text], self.room, base)

    def _mark_spans(self, line: Line, part: Part) -> list[Span]:
        """What the reader highlighted on a line."""
        style = self.style_of("view--mark")
        marks = self.article.state.highlights if self.article and part.block is not None else ()
        return [
            (mark.start, mark.end, style)
            for mark in marks
            if mark.block == part.block and mark.start < line.end and line.start < mark.end
        ]

    def _spans(self, line: Line, part: Part) -> list[Span]:
        spans: list[Span] = []
        entity_style, chosen_style = self.style_of("view--entity"), self.style_of("view--chosen")
        for start, end, entity in self._mentions.get(part.block, ()) if part.block is not None else ():
            if entity.key == self.chosen:
                spans.append((start, end, chosen_style))
            elif self.marks and entity.type in self.types:
                spans.append((start, end, entity_style))
        hit = self.style_of("view--hit")
        hits = self.hits(line.part)
        for start, end in hits[touching(hits, (line.start,)) :]:
            if start >= line.end:
                break
            spans.append((start, end, hit))
        return spans + self._stop_spans(line)

    def _stop_spans(self, line: Line) -> list[Span]:
        spans: list[Span] = []
        stops = self._stops or []
        if self.needle:
            found = self.style_of("view--found")
            for part, start, end in stops[touching(stops, (line.part, line.start)) :]:
                if (part, start) >= (line.part, line.end):
                    break
                if part == line.part:
                    spans.append((start, end, found))
        if self.stop and self.stop.part == line.part:
            spans.append((self.stop.start, self.stop.end, self.style_of("view--current")))
        return spans


def touching(spans: Sequence[tuple[int, ...]], start: tuple[int, ...]) -> int:
    """The first of some sorted spans without overlaps that may reach a place: the last that begins before it.

    >>> touching([(0, 2), (5, 9), (12, 14)], (7,))
    1
    """
    return max(0, bisect_left(spans, start) - 1)
