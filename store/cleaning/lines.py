"""The lines of a page and what can be said of one without looking at the others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.cleaning.phrases import furniture
from store.dates import Stamp, find_stamps
from store.text import fold

SHORT = 220  # letters; a longer line is no stamp, button, byline or headline
_SENTENCE_END = tuple('.!?…:;"”»')
_BULLET = re.compile(r"(?:[-–+•*●○■□▪◦✓✔]|\d{1,2}[.)]|[a-z][.)]|[IVX]{1,4}[.)])\s?(?=\S)")
_MEDIA = re.compile(r"(?i)\S+\.(?:mp4|mp3|m4v|webm|flv|avi|mov|jpe?g|png|gif|webp|pdf|docx?)\b")
_LINK = re.compile(r"(?i)(?:https?://|www\.)\S+$")
_AGO = re.compile(r"\d{1,3} (?:giay|phut|gio|ngay|tuan|thang|nam) truoc|(?:mot|vua) (?:gio|xong)")


@dataclass(slots=True)
class Line:
    """One non-blank line. `text` is `raw[start:end]`, white space around it off; `number` counts from 1."""

    number: int
    raw: str
    start: int
    end: int
    text: str
    folded: str
    after_blank: bool
    stamps: list[Stamp]
    furniture: str | None
    words: int
    prose: float

    @property
    def ends_sentence(self) -> bool:
        return self.text.endswith(_SENTENCE_END)

    @property
    def is_short(self) -> bool:
        return len(self.text) <= SHORT

    @property
    def is_headlike(self) -> bool:
        """A line that could be a headline: short, no sentence's end, no furniture."""
        return (
            self.furniture is None
            and 2 <= self.words <= 34
            and self.is_short
            and not self.text.endswith((".", ";", ",", ":", "…"))
        )


def read_lines(text: str) -> list[Line]:
    """The non-blank lines of a page."""
    lines: list[Line] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if not stripped:
            blank = True
            continue
        start = len(raw) - len(raw.lstrip())
        lines.append(_line(number, raw, start, stripped, blank))
        blank = False
    return lines


def _line(number: int, raw: str, start: int, text: str, after_blank: bool) -> Line:
    short = len(text) <= SHORT
    folded = fold(text if short else text[:80])
    stamps = find_stamps(text) if short and any(char.isdigit() for char in text) else []
    words = text.count(" ") + 1
    line = Line(number, raw, start, start + len(text), text, folded, after_blank, stamps, None, words, 0.0)
    line.furniture = _furniture(line, short)
    line.prose = _prose(line)
    return line


def _furniture(line: Line, short: bool) -> str | None:
    if not short:
        kind = furniture(line.folded)
        return kind if kind in ("footer", "promo") and _is_footer(line) else None
    if line.stamps:
        rest = line.text
        for stamp in reversed(line.stamps):
            rest = rest[: stamp.start] + " " + rest[stamp.end :]
        if not any(char.isalpha() for char in rest):
            return "stamp"
        if len(rest.split()) <= 5 and furniture(fold(rest).strip()) is not None:
            return "stamp"
    kind = furniture(line.folded)
    if kind is not None:
        return kind
    if _MEDIA.search(line.text) and line.words <= 6:
        return "media"
    if _LINK.match(line.text):
        return "media"
    if line.words <= 6 and _AGO.search(line.folded):
        return "ago"
    return None


def _is_footer(line: Line) -> bool:
    """A long line that opens as a footer does, and isn't a sentence that merely begins with the word."""
    return any(sign in line.text for sign in ("©", "®", "@", ":", "số ")) and len(line.text) < 1500


_WEIGHTS = {
    "end": -4.0, "footer": -4.0, "box": -1.5, "control": -1.5, "section": -1.2, "promo": -1.0,
    "counter": -0.4, "number": -0.5, "sign": -0.3, "stamp": -0.4, "media": -0.3, "ago": -0.8,
}  # fmt: skip


def _prose(line: Line) -> float:
    """How much a line speaks for running text (about 1 for 150 letters of it), or against."""
    if line.furniture is not None:
        return _WEIGHTS[line.furniture]
    size = len(line.text)
    if size >= 80 and line.words >= 14:
        if line.ends_sentence or ". " in line.text:
            return min(size, 600) / 150
        if size > 260 or line.words > 50:
            return 0.8
        return 0.5 if line.words >= 34 else -0.3
    if line.words >= 4 and (line.ends_sentence or _BULLET.match(line.text)):
        return 0.4 if size >= 45 else 0.2
    return -0.5 if line.words > 3 else -0.7


def is_bullet(text: str) -> bool:
    return _BULLET.match(text) is not None
