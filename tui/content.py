"""The only place where strings from articles become styled text.

Article text is hostile. Textual reads `[Video]` in a plain string as markup, and keeps neither escape
sequences nor bidi controls from the terminal. So strings become `Content` (never markup) or `Segment`s
here, and `Outgoing` looks at every line that leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip

from store.text import clean, one_line, unjoined
from tui.cells import cells

Span = tuple[int, int, Style]
"""`[start:end]` of a text in a style; later spans lie over earlier ones."""


def plain(text: str, style: str = "") -> Content:
    """Text as it is, on one line, in one style (Textual's names, `$variables` too)."""
    return Content.styled(unjoined(one_line(text)), style)


def join(*parts: str | tuple[str, str]) -> Content:
    """Texts, each with or without a style, one after the other. Line ends are kept."""
    return Content.assemble(*(_shown(p) if isinstance(p, str) else (_shown(p[0]), p[1]) for p in parts))


def _shown(text: str) -> str:
    return unjoined(clean(text))


def fit(text: str, width: int) -> str:
    """The text cut to `width` cells, with `…` where something was cut."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    used = 0
    for at, char in enumerate(text):
        used += cells(char)
        if used > width - 1:
            return text[:at].rstrip() + "…"
    return text


def counted(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Lines of `(words, count)`, the counts one below the other; words that take more than `width` cells
    with theirs are cut.

    >>> counted([("All", "93"), ("Starred", "5")], 60)
    ['All      93', 'Starred   5']
    """
    widest = max((cells(count) for _words, count in rows), default=0)
    room = min(max((cells(words) for words, _count in rows), default=0), max(1, width - widest - 2))
    lines = []
    for words, count in rows:
        shown = fit(one_line(words), room)
        lines.append(f"{shown}{' ' * (room - cells(shown))}  {count.rjust(widest)}")
    return lines


_BLANKS = str.maketrans("\t\n\u00a0", "   ")


def paint(text: str, start: int, end: int, spans: Iterable[Span], base: Style) -> list[Segment]:
    """Segments for `text[start:end]`; spans count from the start of `text`, and may overlap."""
    inside = [(max(s, start), min(e, end), style) for s, e, style in spans if s < end and e > start]
    edges = sorted({start, end, *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    segments = []
    for left, right in pairwise(edges):
        style = base
        for s, e, over in inside:
            if s <= left and e >= right:
                style += over
        segments.append(Segment(text[left:right].translate(_BLANKS), style))
    return segments


def strip(segments: list[Segment], width: int, base: Style) -> Strip:
    """Segments as a line of exactly `width` cells. Joined emoji stand side by side."""
    segments = [
        segment if "\u200d" not in segment.text else Segment(unjoined(segment.text), segment.style)
        for segment in segments
    ]
    return Strip(segments).adjust_cell_length(width, base)


# -- what leaves --------------------------------------------------------------------------------------

# C0, DEL, C1, soft hyphen, bidi controls and isolates, zero-width and invisible format characters,
# variation selectors, tag characters, surrogates: nothing that a terminal may obey or hide.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


class Outgoing(LineFilter):
    """Takes control, bidi and invisible characters, and hyperlinks, from every line that is drawn.

    The last line of defence: it holds even if a string came in uncleaned. Widths stay as they were.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, safe to write to a terminal."""
        return [
            segment if (text := segment.text).isascii() and text.isprintable() else _safe_text(segment)
            for segment in map(_without_link, segments)
        ]


class Chain(LineFilter):
    """Several filters as one: a line is then made anew once, not by each of them."""

    def __init__(self, *filters: LineFilter) -> None:
        super().__init__()
        self.filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """What the filters make of segments, one after the other."""
        for one in self.filters:
            segments = one.apply(segments, background)
        return segments


def _without_link(segment: Segment) -> Segment:
    text, style, control = segment
    return segment if style is None or not style.link else Segment(text, style.update_link(None), control)


def _safe_text(segment: Segment) -> Segment:
    text, style, control = segment
    if not _UNSAFE.search(text):
        return segment
    return Segment(set_cell_size(_UNSAFE.sub("", text), cell_len(text)), style, control)
