"""How wide text is on a terminal, and where it breaks into lines. Pure."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

BLANKS = " \t\n"
MINIMUM_WIDTH = 2
"""One wide character must fit."""

# Letters and signs that fill one cell each; a part made of these alone is wrapped by counting.
_OTHER = re.compile("[^\x20-\x7e\xa0-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]")


def cells(text: str) -> int:
    """The width of a text in cells; a tab is drawn as one."""
    return len(text) if not _OTHER.search(text) else sum(map(width_of, text))


def width_of(char: str) -> int:
    """The same of one character."""
    return 1 if char == "\t" else get_character_cell_size(char)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of a text as `(start, end)` offsets, none wider than `width` cells.

    Lines break at blanks, beside wide characters (Chinese, Japanese), at `\\n`, and inside a word only
    when the word alone is wider than a line. A text without a visible character gives one empty line.
    """
    width = max(width, MINIMUM_WIDTH)
    lines: list[tuple[int, int]] = []
    split = _wrap_wide if _OTHER.search(text.replace("\n", "")) else _wrap_narrow
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        first, last = start, stop
        while first < last and text[first] in BLANKS:
            first += 1
        while last > first and text[last - 1] in BLANKS:
            last -= 1
        if first < last:
            split(text, first, last, width, lines)
        start = stop + 1
    return lines or [(0, 0)]


def _wrap_narrow(text: str, start: int, stop: int, width: int, lines: list[tuple[int, int]]) -> None:
    while stop - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            lines.append((start, start + width))
            start += width
        else:
            end = cut
            while text[end - 1] == " ":
                end -= 1
            lines.append((start, end))
            start = cut
        while text[start] == " ":  # stops before `stop`: the last character is no blank
            start += 1
    lines.append((start, stop))


def _wrap_wide(text: str, start: int, stop: int, width: int, lines: list[tuple[int, int]]) -> None:
    used = 0  # cells from `start` to `index`
    can_break = start  # the last place in this line where the next may begin
    index = start
    while index < stop:
        char = text[index]
        size = width_of(char)
        blank = char in BLANKS
        if size == 2 or (index > start and text[index - 1] in BLANKS and not blank):
            can_break = index
        if used + size > width and not blank:
            cut = can_break if can_break > start else index
            end = cut
            while text[end - 1] in BLANKS:
                end -= 1
            lines.append((start, end))
            start = can_break = index = cut
            used = 0
            continue
        used += size
        index += 1
        if size == 2 and not (index < stop and width_of(text[index]) == 0):
            can_break = index
    lines.append((start, stop))
