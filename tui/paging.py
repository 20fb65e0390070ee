"""From a page of laid-out text to the next and to the one before. Pure: lines in, lines out.

A page begins with what the one before did not show whole: a short part as a whole, a longer one at the
sentence that was cut. Nothing is skipped, and each step goes on.
"""

from __future__ import annotations

from store.sentences import ends
from tui.layout import Layout, Place

_KEPT_BELOW = {"heading"}
"""Kinds that are no end of a page: what they belong to comes after them."""


def next_page(layout: Layout, top: int, height: int) -> int:
    """The first line of the page after the one of `height` lines that begins at `top`; `top` itself when
    that one shows the end."""
    lines, end = layout.lines, top + max(1, height)
    if end >= len(lines):
        return top
    if lines[end].part < 0:
        end += 1
    if lines[end].first:
        return _with_heading(layout, top, end)
    part = lines[end].part
    first = layout.first_line(part)
    fits = layout.line_of(Place(part, len(layout.parts[part].text))) - first < height
    if fits and (first - top) * 2 >= max(2, height):
        return _with_heading(layout, top, first)
    line = layout.line_of(Place(part, _cut_sentence(layout, part, max(top, first), end)))
    return line if line > top else end


def _with_heading(layout: Layout, top: int, line: int) -> int:
    """The line, or that of the heading right above it if the page has more than that."""
    above = line - 1
    while above > top and layout.lines[above].part < 0:
        above -= 1
    if above > top and layout.parts[layout.lines[above].part].kind in _KEPT_BELOW:
        return max(top + 1, layout.first_line(layout.lines[above].part))
    return line


def _cut_sentence(layout: Layout, part: int, first: int, end: int) -> int:
    """Where the sentence begins that line `end` goes on with; lines from `first` on are looked at. The offset
    of line `end` if a sentence begins with it."""
    begin, stop = layout.lines[first].start, layout.lines[end].start
    found = begin if layout.lines[first].first else -1
    for _, after in ends(layout.parts[part].text, begin, stop):
        if after <= stop:
            found = after
    return found if found >= 0 else begin


def page_before(layout: Layout, top: int, height: int) -> int:
    """The first line of a page after which, or on which, `top` comes: the one that pages on to `top` and
    begins best, at a part or a sentence."""
    first = max(0, top - max(1, height))
    if first == 0:
        return 0
    leading = [line for line in range(first, top) if next_page(layout, line, height) == top]
    return min(leading or [first], key=lambda line: (not _begins(layout, line), line))


def _begins(layout: Layout, line: int) -> bool:
    """Whether a part, or a sentence, begins on a line."""
    at = layout.lines[line]
    if at.part < 0 or at.first:
        return at.first
    return any(
        at.start <= after < at.end for _, after in ends(layout.parts[at.part].text, at.start - 9, at.end)
    )
