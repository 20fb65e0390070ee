"""Which lines of a text are the words under its pictures, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.cleaning.captions import CAPTION, LONGEST, doubled, find_credit, glued, weigh
from store.cleaning.lines import Line, is_bullet
from store.cleaning.outline import Outline
from store.cleaning.pictures import capital_credit, numbered_captions, only_credit

# What sub-headings open with and pictures don't show, folded.
_TOPIC = re.compile(
    r"(?:gia|noi lo|niem|can|khong|vi sao|lam gi|lam sao|de|giai phap|thach thuc|co hoi|ap luc"
    r"|bai toan|ky vong|day manh|tang|nang cao|phat huy|kho|thieu|bao ton|xay dung|huong|dau tu|hieu qua"
    r"|ket qua|vuong|go|thao go"
    r"|quy dinh|thi truong|nguon|nguy co|nhieu|them|chu dong|doi moi|siet|manh tay|tiep tuc|han che) "
)


class CaptionLines:
    """Weighs the lines of one article. `first_text` and `last_text` are the indexes of the first and the
    last line of running text; the first is beyond the outline where there is none."""

    def __init__(self, lines: Sequence[Line], shape: Outline) -> None:
        self.lines = lines
        self.shape = shape
        span = range(shape.first, shape.last + 1)
        self.numbered = numbered_captions(lines, span)
        texts = [i for i in span if lines[i].prose > 0 and not self.reads_as_one(i)]
        told = [i for i in texts if lines[i].prose >= 0.4 and not (lines[i].asks and i < texts[-1])]
        self.first_text = told[0] if told else shape.last + 1
        self.last_text = texts[-1] if texts else shape.last
        self.lone = self._lone_line(texts)
        paragraphs = [lines[i] for i in texts if lines[i].prose >= 0.6]
        self.spaced = sum(line.after_blank for line in paragraphs) * 5 >= 4 * len(paragraphs) > 8
        sizes = sorted(line.words for line in paragraphs)
        self.usual = sizes[len(sizes) // 2] if sizes else 0  # words of a paragraph
        heads = [lines[i] for i in span if lines[i].is_headlike and lines[i].prose < 0.2]
        loud = [line.text for line in heads if line.text.isupper() and line.words >= 3]
        self.shouted = sum(not capital_credit(text, 2.0) for text in loud) >= 2
        short = [lines[i].text for i in span if lines[i].is_short]
        self.sure = any(find_credit(text) or doubled(text) is not None for text in short)

    def reads_as_one(self, index: int) -> bool:
        """Whether a line is a caption by its own words."""
        line = self.lines[index]
        if index in self.numbered:
            return True
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
        if len(short) != 1 or not 5 <= self.lines[short[0]].words <= 14:
            return None
        if _TOPIC.match(self.lines[short[0]].folded):
            return None
        return short[0]

    def weight(self, index: int, line: Line, copied: bool) -> float:
        """How much a line looks like a caption, by its words and by what stands around it."""
        text = line.text
        if index in self.numbered or doubled(text) is not None:
            return 5.0
        weight = weigh(text)
        if len(text) > LONGEST:
            return weight
        if copied:
            weight += 3.5
        if index == self.lone:
            weight += CAPTION
        after = self.lines[index + 1] if index < self.shape.last else None
        if (
            after is not None
            and not only_credit(text)
            and (only_credit(after.text) or self._signed(index + 1))
        ):
            weight += 3.0
        if index < self.first_text and weight > 0.5:
            weight += 0.8
        elif line.words <= 20 and weight > 0 and self.beside_one(index):
            weight += 0.7
        if line.words > 8 and (cut := glued(text)) is not None:
            lesser, greater = sorted((weigh(text[:cut]), weigh(text[cut:])))
            if lesser >= 1.5 or (greater >= CAPTION and lesser > 0):
                weight = max(weight, lesser + 1.5, CAPTION)
        weight += self._under_pictures(index, line)
        if self.spaced and weight >= 0.8 and line.words * 3 <= self.usual and _is_brief(line):
            weight += 1.8  # alone between long paragraphs
        if self.shouted and self.first_text < index < self.last_text:
            # Where sub-headings are in capitals, a short line that isn't is none.
            weight += CAPTION * (line.is_headlike and line.words >= 5 and not text.isupper())
        if self.sure and weight < 4 and index > self.first_text and line.words <= 9 and line.prose < 0:
            weight -= 1.0 * (not self.beside_one(index) and not any(c.isupper() for c in text[1:]))
        return weight

    def _under_pictures(self, index: int, line: Line) -> float:
        """What speaks for a line that stands close to another short one, or to a caption, in a text whose
        paragraphs have blank lines between them: so stand the words of two pictures side by side."""
        if not self.spaced or index <= self.first_text or index >= self.last_text or not _is_brief(line):
            return 0.0
        near = [self.lines[index - 1]] * (not line.after_blank)
        near += [self.lines[index + 1]] * (not self.lines[index + 1].after_blank)
        if len(near) != 1:
            return 0.0
        if weigh(near[0].text) >= CAPTION:
            return CAPTION
        if not (_is_brief(near[0]) and line.text.endswith(".") and near[0].text.endswith(".")):
            return 0.0  # headlines have no full stop
        return (
            2.0 if any(char.isdigit() for char in line.text + near[0].text) else CAPTION
        )  # tables have digits

    def _signed(self, index: int) -> bool:
        line = self.lines[index]
        signed = index < self.last_text and line.furniture is None
        return signed and capital_credit(line.text, 1.0 + self.shouted)

    def beside_one(self, index: int) -> bool:
        """Whether a caption stands on the line just above or below, no blank between."""
        line = self.lines[index]
        above = not line.after_blank and index > self.shape.first and self.reads_as_one(index - 1)
        below = index < self.shape.last and not self.lines[index + 1].after_blank
        return above or (below and self.reads_as_one(index + 1))


def _is_brief(line: Line) -> bool:
    """One short sentence in which nobody speaks, or a part of one."""
    return (
        line.furniture is None
        and 4 <= line.words <= 25
        and not is_bullet(line.text)
        and not any(sign in line.text[:-1] for sign in (". ", "?", "!", ": ", ";", "“", '"'))
        and line.text[0].isupper()
    )
