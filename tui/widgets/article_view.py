"""The reading view: an article in a centred column, with its names, hits and finds marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from store.article import TITLE, Article, Entity, Mention
from store.index.rows import Twins
from store.query import ALL, Query
from tui.caret import Caret
from tui.content import Span, paint, strip
from tui.keys import bindings
from tui.layout import FACTS, Found, Layout, Line, Part, Place, find
from tui.parts import ONLY_HERE, article_parts, only_here
from tui.widgets.text_selection import SelectableText

COLUMN = 76
"""Cells of running text; `<` and `>` change it."""


class ArticleView(SelectableText, can_focus=True):
    """Draws one article. Walks through finds, else mentions of the chosen entity, else hits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("view"), *bindings("select")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "view--title", "view--facts", "view--twins", "view--rule", "view--lead", "view--heading",
        "view--quote", "view--caption", "view--credit", "view--entity", "view--chosen", "view--hit",
        "view--found", "view--current", "view--note", "view--sign",
    }  # fmt: skip

    twins: var[Twins] = var(Twins())
    """Who else tells the article that comes next; it is set first."""
    article: var[Article | None] = var(None, always_update=True)
    asked: var[Query] = var(ALL)
    """The filter that led here: its words are lit."""
    types: reactive[frozenset[str]] = reactive(frozenset[str])
    chosen: reactive[str] = reactive("")
    marks: reactive[bool] = reactive(True)
    differences: var[bool] = var(True)
    """Whether what only this one of several alike says is marked in the margin."""
    column: reactive[int] = reactive(COLUMN)
    needle: reactive[str] = reactive("")

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

    @dataclass
    class EntityClicked(Message):
        """A name in the text was clicked."""

        key: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hits: dict[int, list[tuple[int, int]]] = {}
        self._mentions: dict[int, list[tuple[int, int, Entity]]] = {}
        self._stops: list[Found] | None = None
        self._stop = -1
        self._shown = ""
        self._only_here: frozenset[int] = frozenset()

    # -- values from the screen

    def watch_article(self) -> None:
        """Another article, or the same one changed: then the place is kept."""
        article = self.article
        same = article is not None and article.id == self._shown
        place = self.place if same else None
        texts = self.twins.texts if self.differences else ()
        self._only_here = only_here(article, texts) if article else frozenset()
        parts = article_parts(article, self.twins.rows, marked=bool(self._only_here)) if article else []
        if not same or parts != self.parts:
            self.action_leave_selection()  # its places would be others
        self._shown = article.id if article else ""
        self.parts = parts
        self._index_mentions()
        self._lay_out(place, same=same)

    def _index_mentions(self) -> None:
        self._mentions = {}
        for entity in self.article.entities if self.article else ():
            for mention in entity.mentions:
                self._mentions.setdefault(mention.block, []).append((mention.start, mention.end, entity))

    def _lay_out(self, place: Place | None, *, same: bool = True) -> None:
        """Lays the text out; of the same article the stop that was reached is kept."""
        stop = self._stop if same else -1
        self.layout_ = Layout(self.parts, min(self.column, max(2, self.room - 4)))
        self.set_height(len(self.layout_))
        self._restyle(stops=True)
        if 0 <= stop < len(self._stops or ()):
            self._stop = stop
            self._tell()
        self.show_from(place)

    def _restyle(self, *, stops: bool = False) -> None:
        self._strips.clear()
        if stops:
            self._stop = -1
            self._hits.clear()
            self._stops = self._find_stops() if self.needle or self.chosen else None
        self.refresh()
        self._tell()

    def watch_differences(self) -> None:
        self.watch_article()

    def action_differences(self) -> None:
        self.differences = not self.differences

    def watch_column(self) -> None:
        self._lay_out(self.place)

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

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        if self.layout_.width != min(self.column, max(2, self.room - 4)):
            self._lay_out(self.place)
            if self._stop >= 0 and self._stops:
                self.show_place(Place(*self._stops[self._stop][:2]))
        self._strips.clear()

    @property
    def place(self) -> Place | None:
        """The first character in sight."""
        top = self.scroll_offset.y
        return self.layout_.place_of(top) if 0 < top < len(self.layout_) else None

    # -- moving

    def action_move(self, lines: int) -> None:
        self._scroll(lines)

    def action_page(self, pages: float) -> None:
        self._scroll(self.page_height(pages))

    def action_page_on(self) -> None:
        at_end = self.scroll_offset.y >= self.max_scroll_y
        self._scroll(self.page_height(1))
        if at_end:
            self.post_message(self.PastEnd())

    def action_top(self) -> None:
        self.show_line(0)

    def action_bottom(self) -> None:
        self._scroll(len(self.layout_))

    def _scroll(self, lines: int) -> None:
        self.show_line(self.scroll_offset.y + lines)
        if lines > 0 and self.article and self.scroll_target_y >= self.max_scroll_y:
            self.post_message(self.Ended(self.article.id))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def _tell(self) -> None:
        if self.is_mounted:
            percent = round(100 * self.scroll_y / self.max_scroll_y) if self.max_scroll_y else 100
            self.post_message(self.Progress(percent, self._stop + 1, len(self._stops or ())))

    def action_select_text(self) -> None:
        """Begins to select at the stop in sight, else at the first text in sight."""
        place = Place(*self._stops[self._stop][:2]) if self._stops and self._stop >= 0 else None
        if place is not None and not self._in_sight(self.layout_.line_of(place)):
            place = None
        self.select_from(place)

    def _in_sight(self, line: int) -> bool:
        top = self.scroll_offset.y
        return top <= line < top + self.scrollable_content_region.height

    def show_from(self, place: Place | None) -> None:
        """Puts a character's line at the top; None is the beginning."""
        self.show_line(self.layout_.line_of(place) if place else 0)

    # -- stops: finds, mentions, hits

    def walk(self, step: int, *, near: bool = False) -> bool:
        """Goes to the next (1) or previous (-1) stop, round the end; False when there is none.

        The first step goes to the first stop at or after what is in sight (`near`), else to the first.
        """
        if self._stops is None:
            self._stops = self._find_stops()
        if not self._stops:
            self._tell()
            return False
        if self._stop < 0:
            self._stop = self._nearest() if near else (0 if step > 0 else len(self._stops) - 1)
        else:
            self._stop = (self._stop + step) % len(self._stops)
        self._strips.clear()
        place = Place(*self._stops[self._stop][:2])
        self.show_place(place)
        if self.caret:
            self.set_caret(Caret(place, self.caret.anchor))
        self._tell()
        return True

    def show_mention(self, mention: Mention) -> None:
        """Goes to one mention of the chosen entity."""
        part = self.layout_.part_of(mention.block)
        stops = self._stops or []
        self._stop = next((n for n, at in enumerate(stops) if at[:2] == (part, mention.start)), -1)
        self._strips.clear()
        if part is not None:
            self.show_place(Place(part, mention.start))
        self._tell()

    def _find_stops(self) -> list[Found]:
        if self.needle:
            return find(self.parts, self.needle)
        if self.chosen:
            found = [
                Found(part, start, end)
                for block, mentions in self._mentions.items()
                for start, end, entity in mentions
                if entity.key == self.chosen and (part := self.layout_.part_of(block)) is not None
            ]
            return sorted(found)
        return [
            Found(number, start, end)
            for number, part in enumerate(self.parts)
            for start, end in self.hits(number)
        ]

    def hits(self, number: int) -> list[tuple[int, int]]:
        """Where the filter's words stand in a part."""
        if (found := self._hits.get(number)) is None:
            found = self._hits[number] = self._look_for_hits(self.parts[number])
        return found

    def _look_for_hits(self, part: Part) -> list[tuple[int, int]]:
        if part.block == FACTS and self.article:
            found = []
            for field, value in (("source", self.article.source), ("author", self.article.author)):
                if value and (at := part.text.find(value)) >= 0:
                    found += [(at + start, at + end) for start, end in self.asked.hits(value, field)]
            return found
        if part.block is None:
            return []
        return self.asked.hits(part.text, "title" if part.block == TITLE else "body")

    def _nearest(self) -> int:
        top = self.layout_.place_of(self.scroll_offset.y) if self.scroll_offset.y else Place(0, 0)
        at = (top.part, top.offset)
        return next((n for n, stop in enumerate(self._stops or ()) if (stop.part, stop.start) >= at), 0)

    def show_place(self, place: Place) -> None:
        """Scrolls until a character stands well in sight, a third down if it was out of it."""
        line, height = self.layout_.line_of(place), self.scrollable_content_region.height
        if not self.scroll_offset.y + 1 <= line < self.scroll_offset.y + height - 1:
            self.show_line(max(0, line - height // 3))
        self.refresh()

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        if self.caret:
            return
        place = self.layout_.place_at(event.y + self.scroll_offset.y, event.x - self.margin_left)
        if place is None or (block := self.parts[place.part].block) is None:
            return
        for start, end, entity in self._mentions.get(block, ()):
            if start <= place.offset < end:
                self.post_message(self.EntityClicked(entity.key))
                return

    # -- drawing

    def render_line(self, y: int) -> Strip:
        if not self.parts:
            return self.message_line(y)
        number = y + self.scroll_offset.y
        if (drawn := self._strips.get(number)) is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            drawn = self._strips[number] = self._draw(number)
        return drawn

    def _draw(self, number: int) -> Strip:
        base = self.base
        if number >= len(self.layout_) or (line := self.layout_.lines[number]).part < 0:
            return Strip.blank(self.room, base)
        part = self.parts[line.part]
        style = (
            base if part.kind in ("paragraph", "list", "item") else base + self.style_of(f"view--{part.kind}")
        )
        left = self.margin_left
        margin = Segment(" " * left, base)
        if part.block in self._only_here and left > 1:
            margin = Segment(f"{ONLY_HERE} ".rjust(left), base + self.style_of("view--sign"))
        if part.kind == "rule":
            return strip([margin, Segment("─" * self.layout_.width, style)], self.room, base)
        prefix = Segment(self.layout_.prefix(number), style)
        spans = [*self._spans(line, part), *self.caret_spans(number)]
        text = paint(part.text, line.start, line.end, spans, style)
        if self.caret_behind(number):
            text.append(Segment(" ", style + self.style_of("view--caret")))
        return strip([margin, prefix, *text], self.room, base)

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
        if 0 <= self._stop < len(stops) and stops[self._stop].part == line.part:
            _, start, end = stops[self._stop]
            spans.append((start, end, self.style_of("view--current")))
        return spans


def touching(spans: Sequence[tuple[int, ...]], start: tuple[int, ...]) -> int:
    """The first of some sorted spans without overlaps that may reach a place: the last that begins before it.

    >>> touching([(0, 2), (5, 9), (12, 14)], (7,))
    1
    """
    return max(0, bisect_left(spans, start) - 1)
