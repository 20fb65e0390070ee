"""The lines between headline and end: paragraph, heading, caption, byline, or not of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from store.article import BlockKind
from store.cleaning.captions import CAPTION, LONGEST, doubled, find_credit, glued, weak_credit, weigh
from store.cleaning.lines import SHORT, Line, is_bullet
from store.cleaning.names import Byline, read_byline
from store.cleaning.outline import Outline
from store.cleaning.pieces import Pieces, collapse
from store.cleaning.sources import is_source, named, read_dateline, read_source_line, read_tail
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
_INLINE = re.compile(r"(?<=[.!?…”\"])\s?(?P<name>[A-ZĐÀ-Ỹ][^.!?:;\n]{2,60})$")


class Body:
    """Judges the lines of one article in order and puts them into `pieces`."""

    def __init__(self, lines: Sequence[Line], shape: Outline, pieces: Pieces) -> None:
        self.lines = lines
        self.shape = shape
        self.pieces = pieces
        span = range(shape.first, shape.last + 1)
        texts = [i for i in span if lines[i].prose > 0 and not self._reads_as_caption(i)]
        self.first_text = next((i for i in texts if lines[i].prose >= 0.4), shape.last + 1)
        self.last_text = texts[-1] if texts else shape.last
        self.title = lines[shape.title].folded if shape.title is not None else ""
        self.elsewhere = self._teasers()
        self.lone = self._lone_line(texts)
        self.seen: dict[str, int] = {}
        self.in_box = False
        self._pairs: set[str] | None = None

    def _reads_as_caption(self, index: int) -> bool:
        line = self.lines[index]
        return len(line.text) <= LONGEST and (weigh(line.text) >= CAPTION or doubled(line.text) is not None)

    def _lone_line(self, texts: list[int]) -> int | None:
        """The only short line in the middle of a short text. Such a text has no headings: it is the words
        under its picture."""
        if not 2 <= len(texts) <= 7:
            return None
        short = [
            i
            for i in range(self.first_text + 1, self.last_text)
            if self.lines[i].is_headlike and self.lines[i].prose <= 0 and not is_bullet(self.lines[i].text)
        ]
        if len(short) != 1 or not 5 <= self.lines[short[0]].words <= 16:
            return None
        return short[0]

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
            self.in_box = self.in_box or line.furniture in ("box", "end")
            if line.furniture == "stamp" or line.stamps:
                self._stamp(line)
            else:
                pieces.drop(line, _WHY[line.furniture or "sign"])
            return
        if self.title and line.folded == self.title:
            return pieces.drop(line, "title repeated")
        key = fold(collapse(text)).rstrip(" .")
        if index in self.elsewhere:
            return pieces.drop(line, "a teaser of another article")
        copy_of = self._near_copy(index, key)
        if not copy_of and key in self.seen and line.prose >= 0.4 and len(text) >= 40:
            return pieces.drop(line, "repeated")
        self.seen.setdefault(key, index)
        if copy_of and pieces.blocks and pieces.blocks[-1].kind == "caption":
            return self._second_copy(line)
        if line.is_stamp:
            return self._stamp(line)
        if self._sign_off(index, line):
            return
        if self._caption(index, line, copy_of) >= CAPTION:
            return self._put_caption(line)
        if self.in_box and line.is_headlike:
            return pieces.drop(line, "related headline")
        self.in_box = self.in_box and line.prose < 0.4
        if (reason := self._stray(index, line)) is not None:
            if self._beside_caption(index):
                return self._put_caption(line)
            return pieces.drop(line, reason)
        self._put_text(index, line)

    def _is_furniture(self, index: int, line: Line) -> bool:
        kind = line.furniture
        if kind is None:
            return False
        if kind == "number":
            return len(line.text) <= 6 or index < self.first_text
        if kind == "section" and self.first_text < index < self.last_text:  # a heading says such words too
            around = self.lines[max(index - 1, 0) : index + 2]
            return sum(other.furniture is not None for other in around) > 1
        return True

    def _stamp(self, line: Line) -> None:
        """A line that is a stamp, perhaps with the author's name before it."""
        spans = [(stamp.start, stamp.end) for stamp in line.stamps]
        at = 0
        for start, end in [*spans, (len(line.text), len(line.text))]:
            rest = line.text[at:start]
            byline = read_byline(rest.strip(" ,|-–—•·")) if "author" not in self.pieces.facts else None
            if byline is not None and byline.author and byline.weight >= 2:
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
                    twin = fold(collapse(near.text)).rstrip(" .")
                    if twin.startswith(key) or key.startswith(twin):
                        return len(twin) >= 15
        return False

    # -- bylines ---------------------------------------------------------------------------------

    def _sign_off(self, index: int, line: Line) -> bool:
        if line.words > 16:
            return False
        at_end = index > self.last_text
        on_top = index <= self.first_text and index - self.shape.first <= 4
        if not (at_end or on_top):
            return False
        labelled = line.folded.lstrip("([ ").startswith("nguon")
        if (at_end or labelled) and (span := read_source_line(line.text)):
            byline = read_byline(line.text)
            if byline is None or byline.author is None:
                self._source(line, *span, why="the source line")
                return True
        byline = read_byline(line.text)
        beside = (
            on_top
            and line.words > 1
            and any(other.stamps for other in self.lines[max(index - 1, 0) : index + 2] if other is not line)
        )
        least = 0.4 if index == self.last_text + 1 else 1.0 if at_end or beside else 2.0
        if byline is None or byline.weight < least:
            return False
        if on_top and not at_end and byline.author is None:
            return False
        self._byline(line, byline, "the byline after the text" if at_end else "the byline under the title")
        return True

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

    def _caption(self, index: int, line: Line, copied: bool) -> float:
        """How much a line looks like a caption, by its words and by what stands around it."""
        text = line.text
        if doubled(text) is not None:
            return 5.0
        weight = weigh(text)
        if len(text) > LONGEST:
            return weight
        if copied:
            weight += 3.5
        if index == self.lone:
            weight += CAPTION
        after = self.lines[index + 1] if index < self.shape.last else None
        if after is not None and _only_credit(after.text) and not _only_credit(text):
            weight += 3.0
        if index < self.first_text and weight > 0.5:
            weight += 0.8
        elif line.words <= 20 and weight > 0 and self._beside_caption(index):
            weight += 0.7
        if line.words > 8 and (cut := glued(text)) is not None:
            lesser = min(weigh(text[:cut]), weigh(text[cut:]))
            if lesser >= 1.5:
                weight = max(weight, lesser + 1.5)
        return weight

    def _second_copy(self, line: Line) -> None:
        credit = find_credit(line.text)
        if credit and self.pieces.blocks[-1].credit is None:
            self.pieces.drop(line, "caption repeated", 0, credit.start)
            self._credit(line, credit.start, credit.who_start, credit.who_end)
        else:
            self.pieces.drop(line, "caption repeated")

    def _credit(self, line: Line, start: int, who_start: int, who_end: int) -> None:
        self.pieces.drop(line, "credit label", start, who_start)
        self.pieces.credit_last(line.text[who_start:who_end])
        self.pieces.drop(line, "credit label", who_end)

    def _put_caption(self, line: Line) -> None:
        text = line.text
        pieces = self.pieces
        if _only_credit(text):
            credit = find_credit(text)
            last = pieces.blocks[-1] if pieces.blocks else None
            if credit and last and last.kind == "caption":
                who = collapse(text[credit.who_start : credit.who_end])
                if last.credit is None:
                    return self._credit(line, credit.start, credit.who_start, credit.who_end)
                if fold(last.credit) == fold(who):
                    return pieces.drop(line, "credit repeated")
            return pieces.drop(line, "a picture credit")
        end = len(text)
        if (second := doubled(text)) is not None:
            end = second
            if find_credit(text[:second]) is None and find_credit(text[second:]) is not None:
                pieces.drop(line, "caption repeated", 0, second)
                return self._put_one_caption(line, second, len(text))
        if second is None and (cut := glued(text)) is not None:
            self._put_one_caption(line, 0, cut)
            return self._put_one_caption(line, cut, len(text))
        self._put_one_caption(line, 0, end)
        pieces.drop(line, "caption repeated", end)

    def _put_one_caption(self, line: Line, start: int, end: int) -> None:
        text = line.text[start:end]
        credit = find_credit(text) or weak_credit(text)
        if credit is None or not text[: credit.start].strip():
            return self.pieces.block("caption", text, line)
        self.pieces.block("caption", text[: credit.start], line)
        at = start + credit.start
        self.pieces.drop(line, "credit label", at, start + credit.who_start)
        self.pieces.credit_last(line.text[start + credit.who_start : start + credit.who_end])
        self.pieces.drop(line, "credit label", start + credit.who_end, end)

    # -- text ------------------------------------------------------------------------------------

    def _stray(self, index: int, line: Line) -> str | None:
        """Why a short line is none of the article's, or None."""
        if not line.is_headlike or line.prose >= 0.2:
            return None
        if index < self.first_text and line.words <= 4:
            return "a label under the title"
        run = self._headlike_run(index)
        if run >= 2 and line.words >= 7 and self._kinship(line) < 0.5:
            return "one of several headlines"
        if run == 1 and line.words >= 9 and self.first_text < index and self._kinship(line) < 0.2:
            return "a headline of something else"
        if index > self.last_text and line.words >= 6 and self._kinship(line) < 0.3:
            return "a headline after the text"
        return None

    def _beside_caption(self, index: int) -> bool:
        """Whether a caption stands on the line just above or below, no blank between."""
        line = self.lines[index]
        above = not line.after_blank and index > self.shape.first and self._reads_as_caption(index - 1)
        below = index < self.shape.last and not self.lines[index + 1].after_blank
        return above or (below and self._reads_as_caption(index + 1))

    def _headlike_run(self, index: int) -> int:
        def counts(i: int) -> bool:
            other = self.lines[i]
            return other.is_headlike and other.prose < 0.2 and other.words >= 7

        begin = end = index
        while begin > self.shape.first and counts(begin - 1) and index - begin < 8:
            begin -= 1
        while end < self.shape.last and counts(end + 1) and end - index < 8:
            end += 1
        return end - begin + 1

    def _kinship(self, line: Line) -> float:
        """The share of a line's pairs of words that the text has too."""
        if self._pairs is None:
            self._pairs = set(_pairs(self.title))
            for other in self.lines[self.shape.first : self.shape.last + 1]:
                if other.prose >= 0.4:
                    self._pairs.update(_pairs(other.text))
        mine = _pairs(line.text)
        return sum(pair in self._pairs for pair in mine) / len(mine) if mine else 0.0

    def _put_text(self, index: int, line: Line) -> None:
        text, start, end = line.text, 0, len(line.text)
        pieces = self.pieces
        if not any(block.kind not in ("caption", "heading") for block in pieces.blocks) and (
            dateline := read_dateline(text)
        ):
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

    def _signs(self, index: int) -> bool:
        line = self.lines[index]
        byline = read_byline(line.text) if line.furniture is None else None
        return byline is not None and byline.author is not None and byline.weight >= 1

    def _kind(self, index: int, line: Line) -> BlockKind:
        text = line.text
        if is_bullet(text) and len(text) <= SHORT:
            return "heading" if text[0].isalnum() and not line.ends_sentence else "list"
        if text[0] in '“"' and text[-1] in '”"' and len(text) > 60 and text.count("”") <= 1:
            return "quote"
        if line.furniture == "section":
            return "heading"
        if line.is_headlike and line.words <= 25 and index != self.last_text:
            asks = line.words <= 16 and text.endswith("?")
            if line.prose < 0.2 or (
                asks and index + 1 < len(self.lines) and self.lines[index + 1].prose >= 0.6
            ):
                return "heading"
        return "paragraph"


def _only_credit(text: str) -> bool:
    credit = find_credit(text) if len(text) <= 90 else None
    return credit is not None and not text[: credit.start].strip(" (-–")


def _pairs(text: str) -> set[str]:
    words = re.findall(r"\w+", fold(text))
    return {f"{one} {two}" for one, two in pairwise(words)}
