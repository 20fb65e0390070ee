"""A caret in laid-out text, and what is selected between it and its anchor.

Pure: no widget. The caret stands before a letter or behind the last one of a line; a letter is a character
with the marks behind it. Places are characters of the text, not cells, so they hold when the width changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from tui.cells import cells
from tui.layout import FACTS, Layout, Line, Part, Place


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the caret stands, where the selection began (None: nothing is selected), and the column in
    cells that it keeps to while it moves up and down."""

    at: Place
    anchor: Place | None = None
    column: int | None = None

    @property
    def span(self) -> tuple[Place, Place] | None:
        """The selection from its first character to the one behind its last."""
        if self.anchor is None or self.anchor == self.at:
            return None
        first, last = sorted((self.anchor, self.at), key=_order)
        return first, last

    def within(self, part: int) -> tuple[int, int] | None:
        """What is selected of a part as `[start:end]`, which may end behind the part's end."""
        if (span := self.span) is None or not span[0].part <= part <= span[1].part:
            return None
        start = span[0].offset if part == span[0].part else 0
        return start, span[1].offset if part == span[1].part else _ALL


_ALL = 1 << 60


def _order(place: Place) -> tuple[int, int]:
    return place.part, place.offset


# -- letters and words ----------------------------------------------------------------------------


@cache
def _may_be_mark() -> re.Pattern[str]:
    """Made ready on first use: 5 ms for so wide a range."""
    return re.compile("[\u0300-\u1dff\u20d0-\U0010ffff]")


def _is_mark(char: str) -> bool:
    if char == "\u200d":  # what joins two emoji is drawn by nobody: no place for a caret
        return True
    return bool(_may_be_mark().match(char)) and unicodedata.category(char)[0] == "M"


def _in_word(char: str) -> bool:
    return char.isalnum() or _is_mark(char)


def next_letter(text: str, offset: int) -> int:
    """The offset behind the letter that begins at `offset`, at most the length of the text.

    >>> next_letter("e\\u0301a", 0)
    2
    """
    offset += 1
    while offset < len(text) and _is_mark(text[offset]):
        offset += 1
    return min(offset, len(text))


def previous_letter(text: str, offset: int) -> int:
    """Where the letter before `offset` begins, at least 0."""
    offset -= 1
    while offset > 0 and _is_mark(text[offset]):
        offset -= 1
    return max(offset, 0)


# -- lines ----------------------------------------------------------------------------------------


def _is_text(layout: Layout, line: int) -> bool:
    part = layout.lines[line].part
    return part >= 0 and bool(layout.parts[part].text)


def _next_line(layout: Layout, line: int, step: int) -> int | None:
    """The next line with text in a direction."""
    line += step
    while 0 <= line < len(layout):
        if _is_text(layout, line):
            return line
        line += step
    return None


def _last(layout: Layout, line: int) -> int:
    """The last place of a line: behind its last letter, or before it where the next line goes on without
    a blank (behind it would be the beginning of that line)."""
    at = layout.lines[line]
    after = layout.lines[line + 1] if line + 1 < len(layout) else None
    if after is not None and after.part == at.part and after.start == at.end > at.start:
        return previous_letter(layout.parts[at.part].text, at.end)
    return at.end


def column_of(layout: Layout, place: Place) -> int:
    """The cell of a line, its prefix counted, before which a caret stands."""
    number = layout.line_of(place)
    line = layout.lines[number]
    text = layout.parts[line.part].text
    return cells(layout.prefix(number)) + cells(text[line.start : min(place.offset, line.end)])


def place_near(layout: Layout, line: int, column: int) -> Place:
    """The letter at a cell of a line with text, or the end of the line that is nearer to it."""
    at, last = layout.lines[line], _last(layout, line)
    text = layout.parts[at.part].text
    offset, used = at.start, cells(layout.prefix(line))
    while offset < last:
        after = next_letter(text, offset)
        used += cells(text[offset:after])
        if column < used:
            break
        offset = after
    return Place(at.part, offset)


def start(layout: Layout, line: int) -> Place | None:
    """Where a caret begins: at the first text from a line on; None in a text without any."""
    first = _next_line(layout, line - 1, 1)
    if first is None:
        first = _next_line(layout, len(layout), -1)
    return None if first is None else Place(layout.lines[first].part, layout.lines[first].start)


# -- motions --------------------------------------------------------------------------------------


def _right(layout: Layout, at: Place) -> Place:
    number = layout.line_of(at)
    line = layout.lines[number]
    if at.offset < line.end:
        return Place(at.part, next_letter(layout.parts[at.part].text, at.offset))
    after = _next_line(layout, number, 1)
    return at if after is None else _first_of(layout.lines[after])


def _left(layout: Layout, at: Place) -> Place:
    number = layout.line_of(at)
    line = layout.lines[number]
    if at.offset > line.start:
        offset = previous_letter(layout.parts[at.part].text, min(at.offset, line.end + 1))
        return Place(at.part, max(offset, line.start))
    before = _next_line(layout, number, -1)
    return at if before is None else Place(layout.lines[before].part, _last(layout, before))


def _first_of(line: Line) -> Place:
    return Place(line.part, line.start)


def _word(layout: Layout, at: Place) -> Place:
    """The next word's beginning; behind the last word, the end."""
    text, offset = layout.parts[at.part].text, at.offset
    while offset < len(text) and _in_word(text[offset]):
        offset += 1
    while True:
        while offset < len(text) and not _in_word(text[offset]):
            offset += 1
        if offset < len(text):
            return Place(at.part, offset)
        part = next((n for n in range(at.part + 1, len(layout.parts)) if layout.parts[n].text), None)
        if part is None:
            return _bottom(layout, at)
        at, offset, text = Place(part, 0), 0, layout.parts[part].text


def _back_word(layout: Layout, at: Place) -> Place:
    """The beginning of this word, or of the one before it."""
    text, offset = layout.parts[at.part].text, at.offset
    while True:
        while offset > 0 and not _in_word(text[offset - 1]):
            offset -= 1
        if offset > 0:
            while offset > 0 and _in_word(text[offset - 1]):
                offset -= 1
            return Place(at.part, offset)
        part = next((n for n in range(at.part - 1, -1, -1) if layout.parts[n].text), None)
        if part is None:
            return _top(layout, at)
        text = layout.parts[part].text
        at, offset = Place(part, len(text)), len(text)


def _home(layout: Layout, at: Place) -> Place:
    return _first_of(layout.lines[layout.line_of(at)])


def _end(layout: Layout, at: Place) -> Place:
    return Place(at.part, _last(layout, layout.line_of(at)))


def _top(layout: Layout, at: Place) -> Place:
    first = _next_line(layout, -1, 1)
    return at if first is None else _first_of(layout.lines[first])


def _bottom(layout: Layout, at: Place) -> Place:
    last = _next_line(layout, len(layout), -1)
    return at if last is None else Place(layout.lines[last].part, _last(layout, last))


MOTIONS: dict[str, Callable[[Layout, Place], Place]] = {
    "right": _right,
    "left": _left,
    "word": _word,
    "back_word": _back_word,
    "home": _home,
    "end": _end,
    "top": _top,
    "bottom": _bottom,
}


def move(layout: Layout, caret: Caret, motion: str) -> Caret:
    """The caret after one of `MOTIONS`. What is selected grows or shrinks with it."""
    return Caret(MOTIONS[motion](layout, caret.at), caret.anchor)


def move_lines(layout: Layout, caret: Caret, lines: int) -> Caret:
    """The caret so many lines with text further down (or up), in the column it came from."""
    column = column_of(layout, caret.at) if caret.column is None else caret.column
    step = 1 if lines > 0 else -1
    number = layout.line_of(caret.at)
    for _ in range(abs(lines)):
        after = _next_line(layout, number, step)
        if after is None:
            break
        number = after
    return Caret(place_near(layout, number, column), caret.anchor, column)


# -- what is copied -------------------------------------------------------------------------------


def selected_spans(parts: Sequence[Part], caret: Caret) -> list[tuple[int, int, int]]:
    """What is selected as `(part, start, end)`."""
    if (span := caret.span) is None:
        return []
    numbers = range(span[0].part, span[1].part + 1)
    inside = [(number, *within) for number in numbers if (within := caret.within(number))]
    return [(number, start, min(end, len(parts[number].text))) for number, start, end in inside]


def selected_text(parts: Sequence[Part], caret: Caret) -> str:
    """What is selected as it was written: no line ends of the screen, an empty line between blocks."""
    if (span := caret.span) is None:
        return ""
    pieces = []
    for number in range(span[0].part, span[1].part + 1):
        within = caret.within(number)
        part = parts[number]
        text = part.text[slice(*within)] if within else ""
        if part.block == FACTS:
            text = text.replace("\u00a0", " ")  # set so that no line begins with a dot
        pieces.append(text.strip())
    return "\n\n".join(piece for piece in pieces if piece)


def count_letters(text: str) -> int:
    """How many letters a text has, blanks counted, line ends not.

    >>> count_letters("e\\u0301 a")
    3
    """
    marks = filter(_is_mark, set(text)) if _may_be_mark().search(text) else ()
    return len(text) - text.count("\n") - sum(map(text.count, marks))
