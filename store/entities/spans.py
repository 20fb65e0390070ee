"""Texts as words with offsets, and what a rule finds in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, chain

from store.article import EntityType
from store.text import Remembered, mark_fold

_FOLDED = Remembered(mark_fold)
fold_name = _FOLDED.__getitem__
"""`mark_fold`, remembered: for words and names, which come again and again."""

_LOWER = "".join(chr(c) for c in [*range(0x61, 0x250), *range(0x1E00, 0x1F00)] if chr(c).islower())
# A hyphen joins when a small letter follows (Jong-un, In-đô-nê-xi-a), an apostrophe always (H'Hen).
_WORD = re.compile(rf"[^\W\d_][^\W_]*(?:(?:['’](?=[^\W\d_])|-(?=[{_LOWER}]))[^\W_]+)*|\d+(?:[.,]\d+)*|[^\s]")
_CUT = re.compile(f"({_WORD.pattern})")
_ENDS = frozenset('.!?…:“"‘*•–-')


BY_ANOTHER_NAME = "other name in a bracket"
"""Why a find is somebody named before: "Cao Thị Hường (tên thật …)"."""


def pairs(listed: str) -> frozenset[tuple[str, ...]]:
    """Words of two syllables with commas between them, each as its syllables."""
    return frozenset(tuple(word.split()) for word in listed.split(","))


def words(text: str) -> list[str]:
    """The words, numbers and signs of a text."""
    return _WORD.findall(text)


@dataclass(slots=True)
class Found:
    """One place in the text where a rule saw an entity. Offsets are code points of its text.

    `key` joins forms of one name before linking; `short` is the name without its head noun;
    `weak` finds count only if linking ties them to something else.
    """

    type: EntityType
    block: int
    start: int
    end: int
    text: str
    why: str
    key: str = ""
    short: str | None = None
    roles: list[str] = field(default_factory=list)
    value: str | None = None
    supplied: bool = False
    weak: bool = False
    tag: str = ""


def _cut(raw: str) -> list[str]:
    """What lies before a word, the word, what lies before the next, … : all of the text with a space before
    it, up to its last word."""
    pieces = raw.split()
    if " ".join(pieces) == raw:  # no word goes over a space: pieces can be cut one by one
        return [*chain.from_iterable(map(_PIECES.__getitem__, pieces))]
    return _CUT.split(" " + raw)[:-1]


_PIECES = Remembered(lambda piece: _CUT.split(" " + piece)[:-1])


class Text:
    """One block or the title, cut into words. Lists run in parallel; `low` is folded (marks kept)."""

    __slots__ = ("block", "cap", "end", "low", "n", "raw", "shouted", "start", "taken", "word")

    def __init__(self, block: int, raw: str) -> None:
        self.block = block
        self.raw = raw
        parts = _cut(raw)
        edges = list(accumulate(map(len, parts), initial=-1))
        self.start = edges[1::2]
        self.end = edges[2::2]
        self.word = parts[1::2]
        self.low = [*map(fold_name, self.word)]
        self.cap = [word[0].isupper() for word in self.word]
        self.n = len(self.word)
        self.taken = bytearray(self.n)
        self.shouted = False
        if 4 * sum(self.cap[:60]) > min(self.n, 60):
            spelt = [word for word in self.word[:60] if word.isalpha()]
            self.shouted = len(spelt) > 3 and sum(map(str.isupper, spelt)) > 0.7 * len(spelt)

    def slice(self, i: int, j: int) -> str:
        """The text of the words from `i` to before `j`."""
        return self.raw[self.start[i] : self.end[j - 1]]

    def bracket(self, i: int) -> int:
        """The end of a bracket at word `i` that holds an abbreviation only ("(GD&ĐT)"), or 0."""
        if i + 2 >= self.n or self.word[i] != "(" or not self.cap[i + 1]:
            return 0
        j = i + 1
        if sum(map(str.isupper, self.word[j])) > 1:  # "(HoSE)" too
            j += 1
        while j < self.n and j - i < 8 and (self.word[j].isupper() or self.word[j] in "&-–+./"):
            j += 1
        closed = j < self.n and self.word[j] == ")" and self.end[j - 1] - self.start[i + 1] > 1
        return j + 1 if closed else 0

    def opens(self, i: int) -> bool:
        """Whether word `i` opens a sentence, a quotation or an item: its capital says little."""
        return i == 0 or self.word[i - 1] in _ENDS

    def found(self, type: EntityType, i: int, j: int, why: str, **more: object) -> Found:
        """A find that runs from word `i` to before word `j`."""
        return Found(type, self.block, self.start[i], self.end[j - 1], self.slice(i, j), why, **more)  # type: ignore[arg-type]
