"""From an article's blocks to lines of a given width, and from a place in the text to its line and back.

Pure: no widget, no style. Offsets count code points of a part's text, widths and columns count terminal
cells. A blank at which a line breaks (and blanks at the ends of a part) stands on no line; every other
character stands on exactly one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.article import TITLE, Article
from store.text import clean, fold, has_marks, mark_fold, one_line
from tui.cells import cells, width_of, wrap

# -- an article as parts ------------------------------------------------------------------------------

FACTS = -2
"""The `block` of the facts line: source, date, author, minutes."""


class Part(NamedTuple):
    """A piece of text set as a paragraph of its own. `block` is the article's block number, `TITLE`,
    `FACTS`, or None for furniture (rules, credits) that nothing refers to."""

    kind: str
    text: str
    block: int | None = None


class Shape(NamedTuple):
    """What stands before the first and the other lines of a part: how its kind shows without colour."""

    first: str
    rest: str


SHAPES: dict[str, Shape] = {
    "heading": Shape("▌ ", "▌ "),
    "quote": Shape("│ ", "│ "),
    "list": Shape("• ", "  "),
    "item": Shape("", "  "),
    "caption": Shape("    ▫ ", "      "),
    "credit": Shape("      ", "      "),
    "note": Shape("✎ ", "  "),
    "twins": Shape("= ", "  "),
}
_NONE = Shape("", "")
_OWN_SIGN = re.compile(r"[-–—•*+●▪]|(?:\d{1,3}|[a-zđ]|[IVX]{1,4})[.)]\s")
_CLOSE = {
    ("title", "facts"),
    ("facts", "rule"),
    ("facts", "twins"),
    ("twins", "rule"),
    ("caption", "credit"),
    ("list", "list"),
    ("item", "item"),
    ("note", "note"),
}


def parts_of(article: Article, facts: str, credit: str = "{credit}") -> list[Part]:
    """The parts of an article: title, facts line, a rule, then its blocks.

    `credit` is the wording of a caption's credit line, with `{credit}` for the name.
    """
    parts = [Part("title", article.title, TITLE), Part("facts", facts, FACTS), Part("rule", "")]
    for number, block in enumerate(article.blocks):
        # A list item that brings its own bullet or number needs no other.
        kind = "item" if block.kind == "list" and _OWN_SIGN.match(block.text) else block.kind
        parts.append(Part(kind, block.text, number))
        if block.credit:
            parts.append(Part("credit", credit.format(credit=one_line(block.credit))))
    return parts


# -- lines --------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """One line on the screen: `parts[part].text[start:end]` behind a prefix. Part -1 is a blank line."""

    part: int
    start: int
    end: int
    first: bool


BLANK = Line(-1, 0, 0, False)


@dataclass(frozen=True, slots=True)
class Place:
    """A character of the text: an offset in a part."""

    part: int
    offset: int


class Layout:
    """Parts wrapped to one width. Lines and parts count from 0."""

    def __init__(self, parts: Sequence[Part], width: int) -> None:
        self.parts = parts
        self.width = width
        self.lines: list[Line] = []
        self._first: list[int] = []
        self._part_of = {part.block: at for at, part in enumerate(parts) if part.block is not None}
        before = ""
        for number, part in enumerate(parts):
            if before and (before, part.kind) not in _CLOSE:
                self.lines.append(BLANK)
            before = part.kind
            self._first.append(len(self.lines))
            room = width - cells(shape_of(part.kind).first)
            first = True
            for start, end in wrap(part.text, room):
                self.lines.append(Line(number, start, end, first))
                first = False

    def __len__(self) -> int:
        return len(self.lines)

    def prefix(self, line: int) -> str:
        """What stands before the text of a line."""
        at = self.lines[line]
        if at.part < 0:
            return ""
        shape = shape_of(self.parts[at.part].kind)
        return shape.first if at.first else shape.rest

    def part_of(self, block: int) -> int | None:
        """The part that shows a block of the article (or `TITLE`, `FACTS`)."""
        return self._part_of.get(block)

    def first_line(self, part: int) -> int:
        """The first line of a part; behind the last part, the number of lines."""
        return self._first[part] if part < len(self._first) else len(self.lines)

    def line_of(self, place: Place) -> int:
        """The line on which a character stands; a blank at a break counts with the line before it."""
        first, after = self.first_line(place.part), self.first_line(place.part + 1)
        return max(first, bisect_right(self.lines, place.offset, first, after, key=_line_start) - 1)

    def place_of(self, line: int) -> Place:
        """The first character of a line; a blank line stands for the part after it."""
        at = self.lines[line]
        if at.part < 0:
            at = self.lines[line + 1]
        return Place(at.part, at.start)

    def place_at(self, line: int, column: int) -> Place | None:
        """The character drawn at a cell of a line; None beside the text."""
        if not 0 <= line < len(self.lines):
            return None
        at = self.lines[line]
        column -= cells(self.prefix(line))
        if at.part < 0 or column < 0:
            return None
        text = self.parts[at.part].text
        used = 0
        for offset in range(at.start, at.end):
            used += width_of(text[offset])
            if column < used:
                return Place(at.part, offset)
        return None


def shape_of(kind: str) -> Shape:
    """The prefixes of a kind of part."""
    return SHAPES.get(kind, _NONE)


def _line_start(line: Line) -> int:
    return line.start if line.part >= 0 else _NEVER


_NEVER = 1 << 60  # the blank line after a part sorts behind all its offsets


class Found(NamedTuple):
    """A passage: `[start:end]` of a part."""

    part: int
    start: int
    end: int


def find(parts: Iterable[Part], needle: str) -> list[Found]:
    """Where a text stands in the parts, in reading order, without overlaps.

    Typed without marks it finds any marks (`hoi nghi` finds `Hội nghị`); typed with marks, only those.
    Case and the amount of white space never matter, nor where lines wrap.
    """
    needle = " ".join(clean(needle).split())
    if not needle:
        return []
    same = mark_fold if has_marks(needle) else fold
    pattern = re.compile(r"\s+".join(map(re.escape, same(needle).split())))
    return [
        Found(number, match.start(), match.end())
        for number, part in enumerate(parts)
        if part.block is not None and part.block != FACTS
        for match in pattern.finditer(same(part.text))
    ]
