"""Short lines inside a text that are none of it: headlines of other articles, labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from store.cleaning.lines import UPPER, Line
from store.cleaning.outline import Outline
from store.text import fold

_WORD = re.compile(r"\w+")
_NAMES = re.compile(rf"(?<=[^\W\d_] )[{UPPER}][^\W\d_]*|\d+")


class Strangers:
    """Tells sub-headings from headlines of something else, by what the article's own text says."""

    def __init__(
        self,
        lines: Sequence[Line],
        shape: Outline,
        first_text: int,
        last_text: int,
        is_caption: Callable[[int], bool],
    ) -> None:
        self.lines = lines
        self.shape = shape
        self.first_text = first_text
        self.last_text = last_text
        self.is_caption = is_caption
        self._pairs: set[str] | None = None
        self._round_up: bool | None = None
        self._words: set[str] = set()

    def why(self, index: int) -> str | None:
        """Why a short line is none of the article's, or None."""
        line = self.lines[index]
        if not _like_a_headline(line):
            return None
        if line.prose >= 0.2:  # "Vì sao …?": a headline only beside others
            alone = self._run(index) < 2 or line.words < 6 or self._kinship(line) >= 0.5
            return None if alone else "one of several headlines"
        if index < self.first_text and line.words <= 4:
            return "a label under the title"
        foreign = 7 <= line.words <= 16 and self._kinship(line) < 0.1 and self._names_others(line)
        if index < self.first_text and foreign:
            return "a headline of something else"
        if line.words < 6:
            return None
        run = self._run(index)
        if run >= 2 and line.words >= 7 and self._kinship(line) < 0.5:
            return "one of several headlines"
        if (
            run == 1
            and line.words >= 9
            and self.first_text < index
            and self._kinship(line) < 0.2
            and (line.words >= 16 or self._names_others(line))
            and not self._is_round_up()
        ):
            return "a headline of something else"
        if index > self.last_text and self._kinship(line) < 0.3:
            return "a headline after the text"
        return None

    def _is_round_up(self) -> bool:
        """Whether headlines stand all over the text, each with a paragraph or two: then they are its own."""
        if self._round_up is None:
            span = range(self.first_text, self.last_text + 1)
            heads = sum(self._counts(i) for i in span)
            texts = sum(self.lines[i].prose >= 0.4 for i in span)
            self._round_up = heads >= 2 and texts <= 2 * heads
        return self._round_up

    def _counts(self, index: int) -> bool:
        """Whether a line could be a headline, a caption being none."""
        line = self.lines[index]
        return _like_a_headline(line) and line.words >= 7 and not self.is_caption(index)

    def teasers(self) -> set[int]:
        """Headlines with the beginnings of other articles, at least two, that close a page without any sign:
        neither they nor their headlines share words side by side with the paragraphs before them."""
        end = self.last_text
        begin = end + 1
        while begin - 2 > self.first_text + 2 and self._is_teaser(begin - 2, begin - 1):
            begin -= 2
        if end + 1 - begin < 4:
            return set()
        before = self.lines[self.first_text : begin]
        if sum(line.prose >= 0.4 for line in before) < 3 or any(line.is_headlike for line in before):
            return set()
        known = {pair for line in before for pair in _pairs(_WORD.findall(line.folded))}
        for line in self.lines[begin : end + 1]:
            mine = _pairs(_WORD.findall(line.folded))
            if sum(pair in known for pair in mine) > 0.15 * len(mine):
                return set()
        return set(range(begin, end + 1))

    def _is_teaser(self, head: int, text: int) -> bool:
        line = self.lines[head]
        return line.is_headlike and line.prose < 0.2 and line.words >= 7 and self.lines[text].prose >= 0.4

    def _run(self, index: int) -> int:
        """How many headlines stand together here, a caption not being one."""
        begin = end = index
        while begin > self.shape.first and index - begin < 8 and self._joins(begin - 1, begin):
            begin -= 1
        while end < self.shape.last and end - index < 8 and self._joins(end + 1, end):
            end += 1
        return end - begin + 1

    def _joins(self, index: int, other: int) -> bool:
        """Whether a line beside one of a run belongs to it. Interviews and pages of questions have blank
        lines between; a question counts only close to another headline."""
        asks = self.lines[index].prose >= 0.2 or self.lines[other].prose >= 0.2
        return self._counts(index) and not (asks and self.lines[max(index, other)].after_blank)

    def _kinship(self, line: Line) -> float:
        """The share of a line's pairs of words that the text has too."""
        known = self._read()
        mine = _pairs(_WORD.findall(line.folded))
        return sum(pair in known for pair in mine) / len(mine) if mine else 0.0

    def _names_others(self, line: Line) -> bool:
        """Whether a line names somebody or a number that the text doesn't: a sub-heading speaks of what
        its text speaks of."""
        self._read()
        return any(fold(name) not in self._words for name in _NAMES.findall(line.text))

    def _read(self) -> set[str]:
        if self._pairs is None:
            self._pairs = set()
            own = [] if self.shape.title is None else [self.lines[self.shape.title]]
            text = self.lines[self.shape.first : self.shape.last + 1]
            own += [other for other in text if other.prose >= 0.4 and not other.asks]
            for other in own:
                words = _WORD.findall(other.folded)
                self._words.update(words)
                self._pairs.update(_pairs(words))
        return self._pairs


def _like_a_headline(line: Line) -> bool:
    """A short line without a sentence's end, but for a question's or a cry's."""
    return line.is_headlike and (line.prose < 0.2 or line.asks)


def _pairs(words: list[str]) -> list[str]:
    return [f"{one} {two}" for one, two in pairwise(words)]
