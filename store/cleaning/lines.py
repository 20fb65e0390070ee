"""The lines of a page and what can be said of one without looking at the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from store.cleaning.phrases import furniture, opening
from store.dates import Stamp, find_stamps
from store.text import fold

_WRAPPED = (30, 120)  # letters of a line that may have been broken by its width
SHORT = 220  # letters; a longer line is no stamp, button, byline or headline
UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Vietnamese capitals, for the inside of a character class: "À-Ỹ" would hold small letters, too."""
LOWER = "a-zà-öø-ýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_SENTENCE_END = tuple('.!?…:;"”»')
_BULLET = re.compile(r"(?:[-–+•*●○■□▪◦✓✔]|\d{1,2}[.)]|[a-z][.)]|[IVX]{1,4}[.)])\s?(?=\S)")
_MEDIA = re.compile(r"(?i)\S+\.(?:mp4|mp3|m4v|webm|flv|avi|mov|jpe?g|png|gif|webp|pdf|docx?)\b")
_LINK = re.compile(r"(?i)(?:https?://|www\.)\S+$|[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_PLAYER = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?\s?/\s?-?\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_FALLBACK = re.compile(  # what stands on a page in place of its player, folded
    r"(?:trinh duyet(?: web)? cua (?:ban|quy vi)|your browser)"
    r" (?:(?:hien )?(?:khong|chua) ho tro|does ?n[o']t support)"
    r" (?:(?:phat|the|dinh dang|playing) )*(?:html5? )?(?:video|audio|html5?|iframe|am thanh|flash)"
    r"|(?:video|audio|clip|ban ghi|noi dung)(?: nay)? (?:hien )?(?:khong|chua) the"
    r" (?:phat|tai|hien thi|xem)(?!\w)"
)
_LINK_NUMBER = re.compile(r"\[\d{1,3}\](?=\S)")  # as lynx prints before each link
_MENU = re.compile(r"\s*(?:[|¦•·»›>▾▼▸❯]|\]\s*\[|\s/(?=\s)|\s{2,})\s*")
_BAR = re.compile(r"[|¦•·»›>▾▼▸❯]|\]\s*\[|\s/\s|\s{2}")
_PATH = re.compile(r"\s*(?:>>?|»|›|❯)\s*")  # between the steps of a breadcrumb; in prose there is none
_DIGIT = re.compile(r"\d")
_AGO = re.compile(r"\d{1,3} (?:giay|phut|gio|ngay|tuan|thang|nam) truoc|(?:mot|vua) (?:gio|xong)")


_Raw: TypeAlias = tuple[int, int, str]
"""A line as it stands on the page: its number, the white space before it, its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a joined one: `size` letters from `start` of line `number`, from `at` in the text."""

    number: int
    start: int
    at: int
    size: int


@dataclass(slots=True)
class Line:
    """One non-blank line, white space around it off: `text` begins at `start` of line `number` (from 1).
    Lines that were broken inside a sentence are joined to one, with its `parts`."""

    number: int
    start: int
    text: str
    folded: str
    after_blank: bool
    stamps: list[Stamp]
    furniture: str | None
    words: int
    prose: float
    parts: tuple[Part, ...] = ()
    buttons: int = 0  # letters behind the last stamp that say what buttons and counters say

    def places(self, start: int, end: int) -> Iterator[tuple[int, int, int, str]]:
        """Where `text[start:end]` stands on the page: (line number, start, end, words) for each line."""
        if not self.parts and start < end:
            yield self.number, self.start + start, self.start + end, self.text[start:end]
        for part in self.parts:
            begin, stop = max(start, part.at), min(end, part.at + part.size)
            if begin < stop:
                shift = part.start - part.at
                yield part.number, begin + shift, stop + shift, self.text[begin:stop]

    @property
    def ends_sentence(self) -> bool:
        return self.text.endswith(_SENTENCE_END)

    @property
    def is_short(self) -> bool:
        return len(self.text) <= SHORT

    @property
    def is_stamp(self) -> bool:
        """A line with a date and little else: a name, a section, a counter."""
        covered = sum(stamp.end - stamp.start for stamp in self.stamps)
        rest = len(self.text) - covered - self.buttons
        return (
            covered > 0
            and rest <= (60 if self.buttons else 45)
            and not (self.ends_sentence and covered * 2 < rest + covered)
        )

    @property
    def asks(self) -> bool:
        """A line that is one question or cry, as headlines may be, too."""
        text = self.text
        return self.words <= 18 and text.endswith(("?", "!")) and ". " not in text and not _BULLET.match(text)

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
    """The non-blank lines of a page, those broken inside a sentence joined again."""
    runs: list[list[_Raw]] = [[]]  # of lines without a blank one between
    for number, raw in enumerate(text.split("\n"), 1):
        if stripped := raw.strip():
            runs[-1].append((number, len(raw) - len(raw.lstrip()), stripped))
        elif runs[-1]:
            runs.append([])
    width = _page_width(runs)
    lines: list[Line] = []
    for run in runs:
        if run:
            _read_run(run, width, lines)
    return lines


def _page_width(runs: Sequence[Sequence[_Raw]]) -> int:
    """The width at which all lines of a page were cut, 0 if they weren't: then nearly every line of a
    paragraph but its last has no room for the first word of the next."""
    longest = max((len(text) for run in runs for _, _, text in run), default=0)
    if longest > _WRAPPED[1]:
        return 0
    pairs = [
        (last, following)
        for run in runs
        for (_, _, last), (_, _, following) in pairwise(run)
        if len(last) >= _WRAPPED[0]
    ]
    full = sum(_is_full(last, following, longest) for last, following in pairs)
    return longest if full >= 8 and full * 10 >= len(pairs) * 7 else 0


def _is_full(last: str, following: str, width: int) -> bool:
    return len(last) + 1 + len(following.partition(" ")[0]) > width - 3


def _read_run(run: list[_Raw], page_width: int, lines: list[Line]) -> None:
    """Add the lines of a run. Where two in five begin in lower case, it is a paragraph cut by its width."""
    following = sum(text[0].islower() and _is_words(text) for _, _, text in run[1:])
    width = 0
    if len(run) > 2 and following * 5 >= (len(run) - 1) * 2:
        width = max(len(text) for _, _, text in run)
    group: list[Part] = []
    texts: list[str] = []
    for number, start, text in run:
        at = 0
        if texts and _goes_on(texts[-1], text, width, page_width, len(run) == 2):
            at = group[-1].at + group[-1].size + 1
        elif texts:
            lines.append(_line(group, texts, group[0].number == run[0][0]))
            group, texts = [], []
        group.append(Part(number, start, at, len(text)))
        texts.append(text)
    lines.append(_line(group, texts, group[0].number == run[0][0]))


def _goes_on(last: str, following: str, width: int, page_width: int, alone: bool) -> bool:
    """Whether a line continues the one before, which ends in mid-sentence: it begins in lower case, or
    the lines of its paragraph are cut at `width` and that one is about as long. Where the whole page is
    cut, every full line goes on, whatever it ends with. `alone`: nothing else stands close to the two."""
    if _BULLET.match(following) or len(last) > _WRAPPED[1]:
        return False
    if page_width and _is_full(last, following, page_width):
        return True
    if alone and last.endswith(":") and len(following) <= _WRAPPED[1] and following[0].isupper():
        return last[0].isupper()  # "NSND Lan Chi:" over what she says: a headline
    if len(last) < _WRAPPED[0]:
        return False
    if last.endswith(_SENTENCE_END):
        return False
    if following[0].islower():
        return _is_words(following)
    return 0 < width <= _WRAPPED[1] and len(last) * 10 >= width * 8


def _is_words(text: str) -> bool:
    """Several words, not a button ("aA") or an address, which begin in lower case by themselves."""
    first, _, rest = text.partition(" ")
    return bool(rest) and "@" not in first


def _line(group: list[Part], texts: list[str], after_blank: bool) -> Line:
    first = group[0]
    text = texts[0] if len(texts) == 1 else " ".join(texts)
    short = len(text) <= SHORT
    folded = fold(text)
    stamps = find_stamps(text) if short and _DIGIT.search(text) else []
    parts = tuple(group) if len(group) > 1 else ()
    line = Line(
        first.number, first.start, text, folded, after_blank, stamps, None, text.count(" ") + 1, 0.0, parts
    )
    if stamps and len(text) - stamps[-1].end > 2:
        behind = fold(text[stamps[-1].end :])
        line.buttons = len(behind) if furniture(behind) not in (None, "sign", "number") else 0
    line.furniture = _furniture(line, short)
    line.prose = _prose(line)
    return line


def _furniture(line: Line, short: bool) -> str | None:
    if not short:
        kind = opening(line.folded[:80])
        return kind if kind is not None and _is_footer(line) else None
    if line.stamps:
        rest = line.text
        for stamp in reversed(line.stamps):
            rest = rest[: stamp.start] + " " + rest[stamp.end :]
        if not any(char.isalpha() for char in rest):
            return "stamp"
        if len(rest.split()) <= 5 and furniture(fold(rest).strip()) is not None:
            return "stamp"
    if line.words <= 10 and ":" in line.text and _PLAYER.search(line.text):
        return "media"
    if line.words <= 16 and _FALLBACK.match(line.folded):
        return "media"
    folded = _LINK_NUMBER.sub("", line.folded) if "]" in line.text else line.folded
    kind = furniture(folded)
    if kind is not None:
        return kind
    if line.words <= 6 and "." in line.text and _MEDIA.search(line.text):
        return "media"
    if len(line.text) == 1:
        return "sign"
    if line.words == 1 and _LINK.match(line.text):
        return "media"
    if line.words <= 6 and _AGO.search(line.folded):
        return "ago"
    return "section" if _is_menu(line) else None


def _is_menu(line: Line) -> bool:
    """Short labels in a row: names of sections ("Trang nhất • Thời sự • Văn hóa"), most of which are known,
    or simply many of them; steps of a breadcrumb ("Kinh tế > Nông nghiệp")."""
    text = line.text
    if line.words > 40 or not _BAR.search(text) or text.endswith((".", ";", ",")):
        return False
    steps = [step for step in _PATH.split(text) if step]
    if len(steps) >= 2 and line.words <= 16 and not text.startswith(">>"):
        return all(step.count(" ") <= 5 and step[0].isupper() for step in steps)
    parts = [part.strip("[] ") for part in _MENU.split(line.folded)]
    parts = [part for part in parts if part]
    strange = [part for part in parts if furniture(part) is None]
    if len(parts) < 3 or any(part.count(" ") > 4 for part in strange):
        return False
    if len(strange) * 2 <= len(parts):
        return True
    worded = sum(not any(char.isdigit() for char in part) for part in parts)
    return len(parts) >= 5 and worded * 3 >= len(parts) * 2 and line.words <= 4 * len(parts)


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


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a table: a name and cells with figures, far apart: "Gia Lai    113.700"."""
    first, *cells = _CELLS.split(text)
    figures = sum(cell.lstrip("+-–±≈~<>")[:1].isdigit() for cell in cells)
    return len(cells) >= 2 and first[:1].isalpha() and len(first) <= 60 and figures * 2 > len(cells)


_CELLS = re.compile(r"\s{2,}|\t+|\s\|\s")
