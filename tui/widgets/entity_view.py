"""The lines of one entity across articles, with a cursor on those that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.profile import Said
from store.text import one_line
from tui.cells import cells, wrap
from tui.content import fit, paint, strip
from tui.entity_lines import Line
from tui.keys import bindings
from tui.widgets.line_view import LineView

MARGIN = 13
"""Cells before the text of what has a date: the mark of a change, the date."""
SIGNS = {"change": "►", "joined": "+"}
SENTENCE_LINES = 5
"""Lines that the sentence of an office may fill."""

Target = tuple[str, str, tuple[str, ...]]
"""An article's id, the entity's key in it, the offices that the sentence should tell."""


def target_of(line: Line) -> Target | None:
    """Which sentence a line shows."""
    return (line.target.id, line.target.key, line.offices) if line.target else None


class Drawn(NamedTuple):
    """A line of the screen: of which line it is a part, what stands left, the text and its parts in other
    styles: from `dim` on it is less, `[name[0]:name[1]]` is the entity's name, `said` a sentence."""

    line: int
    left: str
    text: str
    dim: int
    name: tuple[int, int] = (0, 0)
    said: bool = False


def around(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A text cut to `width` cells such that `[start:end]` is in it, and where that is then.

    >>> around("Một hai ba bốn năm sáu bảy", 15, 18, 14)
    ('…bốn năm sáu…', 5, 8)
    """
    if cells(text) <= width:
        return text, start, end
    first = 0
    if cells(text[:end]) > width - 1:
        first = max(0, start - max(0, (width - cells(text[start:end])) // 3))
        first = text.find(" ", max(0, first - 1), start) + 1 or start
    before = "…" if first else ""
    shown = fit(before + text[first:], width)
    move = len(before) - first
    return shown, min(start + move, len(shown)), min(end + move, len(shown))


def lay(number: int, line: Line, said: Said | None, width: int) -> Iterator[Drawn]:
    """The lines of the screen that one line takes in `width` cells."""
    text = one_line(line.text)
    if line.target is None:
        indent = "  " if line.kind == "companion" else ""
        whole = f"{text}  {line.more}" if line.more else text
        for start, end in wrap(whole, max(8, width - len(indent))):
            yield Drawn(number, indent, whole[start:end], max(0, len(text) - start))
        return
    margin = MARGIN if width >= 2 * MARGIN else 2
    room = max(8, width - margin)
    left = f"{SIGNS.get(line.kind, ' ')} {line.left:10} "[:margin]
    if line.kind == "article":
        yield Drawn(number, left, fit(text, room), room)
        shown, *name = around(*_flat(said), room) if said else ("…", 0, 0)
        yield Drawn(number, " " * margin, shown, 0, (name[0], name[1]), True)
        return
    whole = f"{text}  {one_line(line.more)}" if line.more else text
    for place, (start, end) in enumerate(wrap(whole, room)):
        yield Drawn(number, " " * margin if place else left, whole[start:end], max(0, len(text) - start))
    if said is None:
        yield Drawn(number, " " * margin, "…", 0, said=True)
        return
    sentence, *name = _flat(said)
    quoted = f"{sentence}  — {one_line(line.target.title)}"
    rows = wrap(quoted, room)
    for place, (start, end) in enumerate(rows[:SENTENCE_LINES]):
        shown = quoted[start:end]
        if place == SENTENCE_LINES - 1 and len(rows) > SENTENCE_LINES:
            shown = fit(shown, room - 1).removesuffix("…") + "…"
        at = (max(0, name[0] - start), min(len(shown), max(0, name[1] - start)))
        yield Drawn(number, " " * margin, shown, max(0, len(sentence) - start), at, True)


def _flat(said: Said) -> tuple[str, int, int]:
    """A sentence on one line, with the place of the name in it."""
    before, name = one_line(said.text[: said.start]), one_line(said.text[said.start : said.end])
    start = len(before) + (1 if before and said.text[said.start - 1 : said.start].isspace() else 0)
    return one_line(said.text), start, start + len(name)


class EntityView(LineView, can_focus=True):
    """Draws lines; sentences come later, those in sight first. The screen listens to its messages."""

    BINDINGS = bindings("entity")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entity--cursor", "entity--title", "entity--head", "entity--dim", "entity--said", "entity--name",
        "entity--role",
    }  # fmt: skip

    @dataclass
    class Opened(Message):
        """A line was opened with Enter or a second click."""

        line: Line

    class Filtered(Message):
        """The library shall be filtered by this entity."""

    class Left(Message):
        """The reader goes back."""

    class Helped(Message):
        """The reader asks what the keys do."""

    class Looked(Message):
        """Other lines are in sight: see `wanted`."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.cursor = -1
        self._said: dict[Target, Said | None] = {}
        self._drawn: list[Drawn] = []
        self._first: list[int] = []  # of each line, where it begins on the screen
        self._width = 0

    # -- values from the screen

    def show(self, lines: Sequence[Line], start: int = 0) -> None:
        """Shows these lines, the cursor on the first from `start` on that leads somewhere."""
        self.lines = lines
        self.message = ""
        self.cursor = next((n for n, line in enumerate(lines) if n >= start and _leads(line)), -1)
        self._lay_out()
        if start:
            self.show_line(self._first[start])

    def tell(self, said: Mapping[Target, Said | None]) -> None:
        """Sentences that were read; the line at the top stays where it is."""
        self._said.update(said)
        top = self._drawn[self.scroll_offset.y] if self.scroll_offset.y < len(self._drawn) else None
        offset = self.scroll_offset.y - self._first[top.line] if top else 0
        self._lay_out()
        if top and self.scroll_offset.y:
            self.show_line(self._first[top.line] + offset)

    def wanted(self) -> list[Line]:
        """The lines whose sentences are missing: offices, and what is in sight."""
        top = self.scroll_offset.y
        seen = {drawn.line for drawn in self._drawn[top : top + 2 * max(1, self.size.height)]}
        return [
            line
            for number, line in enumerate(self.lines)
            if line.target
            and target_of(line) not in self._said
            and (line.kind != "article" or number in seen)
        ]

    def said_of(self, line: Line) -> Said | None:
        """The sentence of a line, if it was read."""
        target = target_of(line)
        return self._said.get(target) if target else None

    def _lay_out(self) -> None:
        self._width = self.room
        self._drawn, self._first = [], []
        for number, line in enumerate(self.lines):
            self._first.append(len(self._drawn))
            self._drawn += lay(number, line, self.said_of(line), max(16, self.room - 2))
        self.set_height(len(self._drawn))
        self.refresh()
        self.post_message(self.Looked())

    def on_resize(self) -> None:
        if self._width != self.room:
            self._lay_out()
            self._show_cursor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_mounted:
            self.post_message(self.Looked())

    # -- moving

    def action_move(self, step: int) -> None:
        number = self.cursor + step
        while 0 <= number < len(self.lines) and not _leads(self.lines[number]):
            number += step
        if 0 <= number < len(self.lines):
            self.cursor = number
            self._show_cursor()
        else:  # what stands before the first and behind the last
            self.show_line(self.scroll_offset.y + step)

    def action_page(self, pages: float) -> None:
        if self.cursor < 0:
            self.show_line(self.scroll_offset.y + self.page_height(pages))
            return
        wanted = self._first[self.cursor] + self.page_height(pages)
        leading = [number for number, line in enumerate(self.lines) if _leads(line)]
        self.cursor = min(leading, key=lambda number: abs(self._first[number] - wanted))
        self.show_line(self.scroll_offset.y + self.page_height(pages))
        self._show_cursor()

    def action_top(self) -> None:
        self.cursor = next((number for number, line in enumerate(self.lines) if _leads(line)), -1)
        self.show_line(0)
        self.refresh()

    def action_bottom(self) -> None:
        leading = (number for number in reversed(range(len(self.lines))) if _leads(self.lines[number]))
        self.cursor = next(leading, -1)
        self.show_line(len(self._drawn))
        self.refresh()

    def _show_cursor(self) -> None:
        self.refresh()
        if self.cursor < 0 or not self._first:
            return
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = self._first[self.cursor]
        last = self._first[self.cursor + 1] if self.cursor + 1 < len(self._first) else len(self._drawn)
        if not any(map(_leads, self.lines[: self.cursor])):
            first = 0 if last <= height else first  # the headings above the first one too
        if first < top:
            self.show_line(first)
        elif last > top + height:
            self.show_line(min(first, last - height))

    # -- what is asked

    def action_open(self) -> None:
        if 0 <= self.cursor < len(self.lines):
            self.post_message(self.Opened(self.lines[self.cursor]))

    def action_filter(self) -> None:
        self.post_message(self.Filtered())

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_help(self) -> None:
        self.post_message(self.Helped())

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        if at < len(self._drawn) and _leads(self.lines[number := self._drawn[at].line]):
            if number == self.cursor:
                self.action_open()
            self.cursor = number
            self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        if not self.lines:
            return self.message_line(y)
        base, at = self.base, y + self.scroll_offset.y
        if at >= len(self._drawn):
            return Strip.blank(self.room, base)
        drawn = self._drawn[at]
        line = self.lines[drawn.line]
        here = drawn.line == self.cursor
        under = base + self.style_of("entity--cursor") if here else base
        text = under + self._style(line.kind, said=drawn.said)
        spans = [(drawn.dim, len(drawn.text), Style() if here else self.style_of("entity--dim"))]
        spans.append((*drawn.name, self.style_of("entity--name")))
        left = Segment(f" {drawn.left}", under)
        return strip([left, *paint(drawn.text, 0, len(drawn.text), spans, text)], self.room, under)

    def _style(self, kind: str, *, said: bool) -> Style:
        if said:
            return self.style_of("entity--said")
        if kind in {"title", "head"}:
            return self.style_of(f"entity--{kind}")
        if kind in {"role", "change", "joined"}:
            return self.style_of("entity--role")
        return self.style_of("entity--dim") if kind == "note" else Style()


def _leads(line: Line) -> bool:
    return line.target is not None or bool(line.key)
