"""What one can walk through in an article: what was found, a name's mentions, the filter's words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textual.reactive import reactive, var

from store.article import TITLE, Article, Entity, Mention
from store.query import ALL, Query
from tui.caret import Caret
from tui.layout import FACTS, Found, Part, Place, find
from tui.widgets.paged_text import PagedText


class WalkedText(PagedText):
    """Walks through finds, else the chosen name's mentions, else hits; the scroll bar ticks each."""

    article: var[Article | None] = var(None, always_update=True)
    asked: var[Query] = var(ALL)
    """The filter that led here: its words are lit."""
    types: reactive[frozenset[str]] = reactive(frozenset[str])
    chosen: reactive[str] = reactive("")
    needle: reactive[str] = reactive("")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hits: dict[int, list[tuple[int, int]]] = {}
        self._mentions: dict[int, list[tuple[int, int, Entity]]] = {}
        """By block: where names stand, in the order of the text."""
        self._stops: list[Found] | None = None
        self._stop = -1
        self._ticks: list[int] | None = None

    def tick_lines(self) -> Sequence[int]:
        """The lines of the text on which there is a stop; looked up once, for the bar is drawn often."""
        if self._ticks is None:
            places = (Place(part, start) for part, start, _ in self._stops or ())
            self._ticks = list(dict.fromkeys(map(self.layout_.line_of, places)))
        return self._ticks

    def index_mentions(self) -> None:
        """Notes where the names of the article stand."""
        self._mentions = {}
        for entity in self.article.entities if self.article else ():
            for mention in entity.mentions:
                self._mentions.setdefault(mention.block, []).append((mention.start, mention.end, entity))

    # -- stops

    @property
    def stop(self) -> Found | None:
        """The stop that was reached last."""
        return self._stops[self._stop] if self._stops and self._stop >= 0 else None

    @property
    def stop_in_sight(self) -> bool:
        """Whether the stop that was reached last is in sight."""
        return self.stop is not None and self.in_sight(Place(*self.stop[:2]))

    def look_for_stops(self) -> None:
        """Looks for them anew; none is reached."""
        self._stop = -1
        self._hits.clear()
        self._stops = self._find_stops() if self.needle or self.chosen else None
        self._show_ticks()

    def _show_ticks(self) -> None:
        self._ticks = None
        if self.is_mounted:
            self.vertical_scrollbar.refresh()

    def walk(self, step: int, *, near: bool = False) -> bool:
        """Goes to the next (1) or previous (-1) stop, round the end; False when there is none.

        The first step goes to the first stop at or after what is in sight (`near`), else to the first.
        """
        if self._stops is None:
            self._stops = self._find_stops()
            self._show_ticks()
        if not self._stops:
            self.tell_progress()
            return False
        before = self.stop
        if self._stop < 0:
            self._stop = self._nearest() if near else (0 if step > 0 else len(self._stops) - 1)
        else:
            self._stop = (self._stop + step) % len(self._stops)
        self._draw_stops(before, self.stop)
        place = Place(*self._stops[self._stop][:2])
        self.show_place(place)
        if self.caret:
            self.set_caret(Caret(place, self.caret.anchor))
        self.tell_progress()
        return True

    def _draw_stops(self, *stops: Found | None) -> None:
        """Draws the lines of stops again."""
        for stop in filter(None, stops):
            first, last = (self.layout_.line_of(Place(stop.part, at)) for at in (stop.start, stop.end))
            self.forget_lines(range(first, last + 1).__contains__)
            self.refresh_lines(first, last - first + 1)

    def show_mention(self, mention: Mention) -> None:
        """Goes to one mention of the chosen entity; the text moves only if it is out of sight."""
        part = self.layout_.part_of(mention.block)
        stops = self._stops or []
        self._stop = next((n for n, at in enumerate(stops) if at[:2] == (part, mention.start)), -1)
        self.forget_lines()
        if part is not None and not self.in_sight(place := Place(part, mention.start)):
            self.show_place(place)
        self.refresh()
        self.tell_progress()

    # -- names

    def _names(self) -> list[tuple[Found, Entity]]:
        """Every name of the types shown, in the order of the text."""
        found = [
            (Found(part, start, end), entity)
            for block, mentions in self._mentions.items()
            if (part := self.layout_.part_of(block)) is not None
            for start, end, entity in mentions
            if entity.type in self.types or entity.key == self.chosen
        ]
        return sorted(found, key=lambda one: one[0])

    def name_at_hand(self) -> tuple[str, Mention] | None:
        """The name where one is, its key and the mention: at the stop in sight, else the first in sight, else
        the next. None in a text without names."""
        names = self._names()
        if not names:
            return None
        if self.stop and self.stop_in_sight:
            here = (self.stop.part, self.stop.start)
        else:
            top = self.layout_.place_of(self.scroll_offset.y)
            here = (top.part, top.offset)
        place = next((n for n, (at, _) in enumerate(names) if (at.part, at.end) > here), 0)
        return self._mention(names[place])

    def name_beside(self, step: int) -> tuple[str, Mention] | None:
        """The next name in the text (1), or the one before (-1), round the end."""
        names = self._names()
        if not names or self.stop is None:
            return self.name_at_hand()
        starts = [at[:2] for at, _ in names]
        here = self.stop[:2]
        place = bisect_right(starts, here) if step > 0 else bisect_left(starts, here) - 1
        return self._mention(names[place % len(names)])

    def _mention(self, name: tuple[Found, Entity]) -> tuple[str, Mention]:
        (part, start, end), entity = name
        block = self.parts[part].block
        assert block is not None
        return entity.key, Mention(block, start, end)

    @property
    def mention_number(self) -> int:
        """Which mention of the chosen name one is at, from 1; 0 at none."""
        return self._stop + 1 if self.chosen and not self.needle else 0

    def keep_clear(self, lines: int) -> None:
        """Moves the text if the stop stands in the last so many lines of what is in sight."""
        if self.stop is None:
            return
        line, room = self.layout_.line_of(Place(*self.stop[:2])), max(1, self.page_lines - lines)
        if line >= self.scroll_offset.y + room:
            self.show_raised(max(0, line - room // 3))

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
                if value and (at := part.text.replace("\u00a0", " ").find(value)) >= 0:
                    found += [(at + start, at + end) for start, end in self.asked.hits(value, field)]
            return found
        if part.block is None:
            return []
        return self.asked.hits(part.text, "title" if part.block == TITLE else "body")

    def _nearest(self) -> int:
        top = self.layout_.place_of(self.scroll_offset.y) if self.scroll_offset.y else Place(0, 0)
        return bisect_left(self._stops or [], Found(top.part, top.offset, 0)) % len(self._stops or [0])

    # -- sight

    def in_sight(self, place: Place) -> bool:
        """Whether a character is in sight."""
        top = self.scroll_offset.y
        return top <= self.layout_.line_of(place) < top + self.page_lines

    def show_place(self, place: Place) -> None:
        """Scrolls until a character stands well in sight, a third down if it was out of it."""
        line, height = self.layout_.line_of(place), self.page_lines
        if not self.scroll_offset.y + 1 <= line < self.scroll_offset.y + height - 1:
            self.show_line(max(0, line - height // 3))
