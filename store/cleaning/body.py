"""The lines between headline and end: paragraph, heading, caption, byline, or not of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.article import BlockKind
from store.cleaning.caption_lines import CaptionLines
from store.cleaning.captions import CAPTION, LONGEST
from store.cleaning.lines import SHORT, UPPER, Line, is_bullet, is_table_row
from store.cleaning.names import Byline, heads_author, read_byline
from store.cleaning.outline import Outline
from store.cleaning.phrases import furniture
from store.cleaning.pictures import (
    capital_credit,
    put_capital_credit,
    put_caption,
    put_second_copy,
)
from store.cleaning.pieces import Pieces, collapse
from store.cleaning.sites import spelled_out
from store.cleaning.sources import is_source, named, read_dateline, read_source_line, read_tail
from store.cleaning.strangers import Strangers
from store.text import fold

_WHY = {
    "end": "heads what follows the article",
    "box": "heads a box of links",
    "control": "a button or a form",
    "section": "a section's name",
    "footer": "about the site",
    "promo": "an invitation",
    "counter": "view counter",
    "number": "a number by itself",
    "sign": "signs only",
    "stamp": "a stamp",
    "media": "a file or a link",
    "ago": "a relative time",
}
_SPEAKER = re.compile(r"(?:PV|P\.V|Phóng viên|Hỏi|Đáp|Trả lời|MC|Nhà báo)(?:\s[^:?]{0,30})?:\s")
# What a paper says about its article, not what the article says.
_NOTE = re.compile(
    r"(?:\(\*\)|\*\s?\(?(?:Chú thích|Ghi chú|Tên (?:một số |các |của )?(?:nhân vật|nhân chứng|người|bị hại))"
    r"|\(?(?:Lời (?:tòa soạn|toà soạn|BBT|Ban biên tập|giới thiệu)|LTS|Tòa soạn|Toà soạn|Ban Biên tập)\s?:"
    r"|\(?Tên (?:một số |các )?nhân vật (?:trong bài )?(?:đã|được))"
)
_INLINE = re.compile(rf"(?<=[.!?…”\"])\s?(?P<name>[{UPPER}][^.!?:;\n]{{2,60}})$")


class Body:
    """Judges the lines of one article in order and puts them into `pieces`."""

    def __init__(self, lines: Sequence[Line], shape: Outline, pieces: Pieces) -> None:
        self.lines = lines
        self.shape = shape
        self.pieces = pieces
        self.pictures = CaptionLines(lines, shape)
        self.first_text, self.last_text = self.pictures.first_text, self.pictures.last_text
        self.strangers = Strangers(lines, shape, self.first_text, self.last_text, self.pictures.reads_as_one)
        self.elsewhere = self._teasers() | self.strangers.teasers()
        title = lines[shape.title].folded if shape.title is not None else ""
        self.titles = {title, fold(pieces.values.get("title", ""))} - {""}
        span = lines[shape.first : shape.last + 1]
        self.long_lines = "\n".join(line.folded for line in span if line.words > 35)
        self.asked = 0
        self.seen: dict[str, int] = {}
        self.in_box = False
        self.box_bullets: bool | None = None
        self.box_spaced = False
        self.has_text = False

    def _teasers(self) -> set[int]:
        """Lines of boxes inside the text that hold a headline and the beginning of another article of the
        same paper, which begins with the same dateline."""
        if self.first_text > self.shape.last:
            return set()
        own = read_dateline(self.lines[self.first_text].text)
        found: set[int] = set()
        for index in range(self.first_text + 2, self.shape.last + 1 if own else 0):
            if self.lines[index - 1].is_headlike and own:
                other = read_dateline(self.lines[index].text)
                if other and other.source == own.source:
                    found |= {index - 1, index}
        return found

    def read(self) -> None:
        for index in range(self.shape.first, self.shape.last + 1):
            self._line(index, self.lines[index])

    # -- one line --------------------------------------------------------------------------------

    def _line(self, index: int, line: Line) -> None:
        pieces = self.pieces
        text = line.text
        if self._is_furniture(index, line):
            if line.furniture in ("box", "end"):
                # One straight under a teaser is that teaser's own button and opens nothing.
                self.in_box, self.box_bullets = index - 1 not in self.elsewhere, None
            if line.furniture == "stamp" or line.stamps:
                self._stamp(index, line)
            else:
                pieces.drop(line, _WHY[line.furniture or "sign"])
            return
        if line.folded in self.titles:
            return pieces.drop(line, "title repeated")
        key = (collapse(line.folded) if "  " in line.folded else line.folded).rstrip(" .")
        if index in self.elsewhere:
            return pieces.drop(line, "a teaser of another article")
        copy_of = self._near_copy(index, key)
        if not copy_of and key in self.seen and line.prose >= 0.4 and len(text) >= 40:
            return pieces.drop(line, "repeated")
        self.seen.setdefault(key, index)
        if copy_of and pieces.blocks and pieces.blocks[-1].kind == "caption":
            return put_second_copy(line, pieces)
        if line.is_stamp:
            return self._stamp(index, line)
        if self._signs_picture(index, line):
            return put_capital_credit(line, pieces)
        if heads_author(line.folded) and index < self.shape.last and self._signs(index + 1):
            return pieces.drop(line, "around the byline")
        if self._sign_off(index, line):
            return
        if self.pictures.weight(index, line, copy_of) >= CAPTION:
            return put_caption(line, pieces)
        if self.in_box and self._in_box(index, line):
            return pieces.drop(line, "related headline")
        self.in_box = self.in_box and line.prose < 0.4
        if self._about_author(index, line):
            return pieces.drop(line, "about the author")
        if self._quoted_from_text(index, line):
            return pieces.drop(line, "repeated")
        if _NOTE.match(text):
            return pieces.drop(line, "an editor's note")
        if (reason := self.strangers.why(index)) is not None:
            if self.pictures.beside_one(index):
                return put_caption(line, pieces)
            return pieces.drop(line, reason)
        self._put_text(index, line)

    def _quoted_from_text(self, index: int, line: Line) -> bool:
        """Whether a short line only says again, between two paragraphs, what a paragraph says."""
        if not (self.first_text < index < self.last_text and 6 <= line.words <= 35) or self.asked > 30:
            return False
        self.asked += 1  # each question reads the whole text
        return line.folded.strip(" .!?\"'“”‘’") in self.long_lines

    def _in_box(self, index: int, line: Line) -> bool:
        """Whether a line is a headline of the box of links that stands above it. A box that began with
        bullets has nothing without, one of lines close together nothing behind a blank one."""
        if not line.is_headlike:
            return False
        bullet = is_bullet(line.text)
        if self.box_bullets is None:
            self.box_bullets, self.box_spaced = bullet, line.after_blank
        elif self.box_bullets != bullet or (line.after_blank and not self.box_spaced):
            self.in_box = False
        return self.in_box

    def _is_furniture(self, index: int, line: Line) -> bool:
        kind = line.furniture
        if kind is None:
            return False
        if kind == "number":
            return len(line.text) <= 6 or index < self.first_text
        if kind in ("section", "number") and self.has_text and is_table_row(line.text):
            return not self.first_text < index < self.last_text
        if kind == "section" and self.first_text < index < self.last_text:  # a heading says such words too
            around = self.lines[max(index - 1, 0) : index + 2]
            return sum(other.furniture is not None for other in around) > 1
        return True

    def _stamp(self, index: int, line: Line) -> None:
        """A line that is a stamp, perhaps with the author's name before it."""
        spans = [(stamp.start, stamp.end) for stamp in line.stamps]
        at = 0
        for start, end in [*spans, (len(line.text), len(line.text))]:
            rest = line.text[at:start]
            byline = read_byline(rest.strip(" ,|-–—•·")) if "author" not in self.pieces.facts else None
            # Straight under the headline a name needs no family name: "HỮU NGHĨA 19/11/2024 18:52".
            least = 1.0 if index - self.shape.first <= 1 and furniture(fold(rest).strip()) is None else 1.5
            if byline is not None and byline.author and byline.weight >= least:
                offset = at + rest.find(rest.strip(" ,|-–—•·"))
                a, b = byline.author
                self.pieces.drop(line, "beside the stamp", at, offset + a)
                self.pieces.fact("author", line, "name beside the stamp", offset + a, offset + b)
                self.pieces.drop(line, "beside the stamp", offset + b, start)
            elif "source" not in self.pieces.facts and (code := rest.strip(" ,|-–—•·()")) and is_source(code):
                offset = at + rest.find(code)
                self.pieces.drop(line, "beside the stamp", at, offset)
                self._name_source(line, offset, offset + len(code), "the paper beside the stamp")
                self.pieces.drop(line, "beside the stamp", offset + len(code), start)
            else:
                self.pieces.drop(line, "beside the stamp", at, start)
            self.pieces.drop(line, "a stamp", start, end)
            at = end

    def _near_copy(self, index: int, key: str) -> bool:
        """Whether one of the lines just before or after says the same, or begins so."""
        if len(key) < 15 or len(key) > LONGEST:
            return False
        for other in (index - 2, index - 1, index + 1, index + 2):
            if self.shape.first <= other <= self.shape.last and other != index:
                near = self.lines[other]
                if near.furniture is None and near.folded[:14] == key[:14]:
                    twin = collapse(near.folded).rstrip(" .")
                    if twin.startswith(key) or key.startswith(twin):
                        return len(twin) >= 15
        return False

    # -- bylines ---------------------------------------------------------------------------------

    def _sign_off(self, index: int, line: Line) -> bool:
        if line.words > 16:
            return False
        at_end = index > self.last_text
        under = index <= self.first_text and self._under_title(index)
        on_top = under or (index <= self.first_text and index - self.shape.first <= 4)
        near = self.lines[max(index - 1, 0) : index + 2]
        dated = any(other.stamps or other.furniture == "ago" for other in near if other is not line)
        on_top = on_top or (index <= self.first_text + 2 and dated)
        if not (at_end or on_top):
            return False
        labelled = line.folded.lstrip("([ ").startswith("nguon")
        if (at_end or labelled) and (span := read_source_line(line.text)):
            byline = read_byline(line.text)
            if byline is None or byline.author is None:
                self._source(line, *span, why="the source line")
                return True
        byline = read_byline(line.text)
        beside = on_top and line.words > 1 and (under or dated)
        least = 0.4 if index == self.last_text + 1 else 1.0 if at_end or beside else 2.0
        if byline is None or byline.weight < least:
            return False
        if on_top and not at_end and byline.author is None:
            return False
        self._byline(line, byline, "the byline after the text" if at_end else "the byline under the title")
        return True

    def _under_title(self, index: int) -> bool:
        """Whether nothing but buttons and stamps stand between the headline and a line, and the text or an
        address after it."""
        if self.shape.title is None or index - self.shape.first > 12 or index >= self.shape.last:
            return False
        if any(line.furniture is None and not line.is_stamp for line in self.lines[self.shape.first : index]):
            return False
        below = self.lines[index + 1 : min(index + 5, self.shape.last + 1)]
        after = next((other for other in below if other.furniture is None or other.is_stamp), below[0])
        return after.prose >= 0.4 or "@" in after.text or after.is_stamp

    def _about_author(self, index: int, line: Line) -> bool:
        """Whether a short line says who the author is that the line above it names."""
        author = self.pieces.facts.get("author")
        under = author is not None and index > 0 and author.line == self.lines[index - 1].number
        return under and index < self.first_text and line.is_headlike and line.words <= 8

    def _byline(self, line: Line, byline: Byline, why: str) -> None:
        kept = []
        if byline.author:
            self.pieces.fact("author", line, why, *byline.author)
            kept.append(byline.author)
        if byline.source:
            self._name_source(line, *byline.source, why="the source beside the byline")
            kept.append(byline.source)
        self.pieces.drop_around(line, "around the byline", *kept)

    def _source(self, line: Line, start: int, end: int, why: str) -> None:
        self._name_source(line, start, end, why)
        self.pieces.drop_around(line, "around the source", (start, end))

    def _name_source(self, line: Line, start: int, end: int, why: str) -> None:
        stated = "source" in self.pieces.facts
        name = self.pieces.fact("source", line, why, start, end)
        if not stated:
            self.pieces.values["source"] = named(name)

    # -- captions --------------------------------------------------------------------------------

    def _signs_picture(self, index: int, line: Line) -> bool:
        """Whether a line is the name in capitals under a caption, not under the whole text."""
        blocks = self.pieces.blocks
        return (
            index < self.last_text
            and bool(blocks)
            and blocks[-1].kind == "caption"
            and blocks[-1].credit is None
            and capital_credit(line.text, 1.0 + self.pictures.shouted)
        )

    # -- text ------------------------------------------------------------------------------------

    def _put_text(self, index: int, line: Line) -> None:
        text, start, end = line.text, 0, len(line.text)
        pieces = self.pieces
        opens = not self.has_text
        self.has_text = self.has_text or line.prose > 0
        if opens and (dateline := read_dateline(text, self._spelled_out)):
            start = dateline.end
            pieces.drop(line, "dateline", 0, start)
            if "source" not in pieces.facts and dateline.source:
                pieces.fact("source", line, "the dateline", dateline.name_start, dateline.name_end)
                pieces.values["source"] = dateline.source
        if index == self.last_text:
            if tail := read_tail(text):
                end = tail[0]
                pieces.block(self._kind(index, line), text[start:end], line)
                self._name_source(line, tail[1], tail[2], "the agency after the text")
                pieces.drop(line, "around the source", tail[0], tail[1])
                pieces.drop(line, "around the source", tail[2])
                return
            if "author" not in pieces.facts and (inline := _INLINE.search(text, max(0, len(text) - 62))):
                byline = read_byline(inline["name"])
                later = any(self._signs(i) for i in range(index + 1, self.shape.last + 1))
                if byline and byline.author and byline.weight >= 2 and not later:
                    at = inline.start("name")
                    pieces.block(self._kind(index, line), text[start:at], line)
                    kept = [(at + byline.author[0], at + byline.author[1])]
                    pieces.fact("author", line, "the name after the last sentence", *kept[0])
                    if byline.source:
                        kept.append((at + byline.source[0], at + byline.source[1]))
                        self._name_source(line, *kept[1], why="the source beside the byline")
                    pieces.drop_around(line, "around the byline", (0, at), *kept)
                    return
        pieces.block(self._kind(index, line), text[start:end], line)

    def _spelled_out(self, code: str) -> str | None:
        return spelled_out(code, self.lines, self.shape)

    def _signs(self, index: int) -> bool:
        line = self.lines[index]
        byline = read_byline(line.text) if line.furniture is None else None
        return byline is not None and byline.author is not None and byline.weight >= 1

    def _kind(self, index: int, line: Line) -> BlockKind:
        text = line.text
        if _SPEAKER.match(text):
            return "paragraph"
        if is_bullet(text) and len(text) <= SHORT and not (text[0] == "*" and line.words > 25):
            in_list = index > 0 and is_bullet(self.lines[index - 1].text)
            asks = text.endswith("?") and not in_list
            named = not line.ends_sentence or (asks and self._answered(index))
            return "heading" if text[0].isalnum() and named else "list"
        if text[0] in '“"' and text[-1] in '”"' and len(text) > 60 and text.count("”") <= 1:
            return "quote"
        if line.is_short and is_table_row(text):
            return "list"
        if line.furniture == "section":
            return "heading"
        if line.is_headlike and line.words <= 25 and index != self.last_text:
            asks = line.words <= 16 and text.endswith("?")
            if line.prose < 0.2 or (asks and self._answered(index)):
                return "heading"
        return "paragraph"

    def _answered(self, index: int) -> bool:
        """Whether running text stands under a line, and not the next of a list."""
        below = self.lines[index + 1 : index + 2]
        return bool(below) and below[0].prose >= 0.6 and not is_bullet(below[0].text)
