"""What becomes of each part of a page: a block, a fact, or dropped with a reason. Nothing vanishes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from store.article import Block, BlockKind, Dropped, Fact
from store.cleaning.lines import Line


@dataclass(slots=True)
class Pieces:
    """Collects the parts of a page in its order. Spans count in `Line.text`; they are stored in the line."""

    blocks: list[Block] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def drop(self, line: Line, why: str, start: int = 0, end: int | None = None) -> None:
        """Leave out `line.text[start:end]`, white space at its ends apart."""
        for number, begin, stop, words in line.places(*_within(line.text, start, end)):
            self.dropped.append(Dropped(number, begin, stop, words, why))

    def fact(self, name: str, line: Line, why: str, start: int = 0, end: int | None = None) -> str:
        """State a fact with the words of `line.text[start:end]`; the first statement stands."""
        start, stop = _within(line.text, start, end)
        stated = line.text[start:stop]
        if not stated or name in self.facts:
            self.drop(line, f"another {name}", start, stop)
            return stated
        (number, begin, close, _), *more = line.places(start, stop)
        whole = begin == 0 and stop == len(line.text) and not line.parts
        self.facts[name] = Fact(number, why, begin, None if whole else close)
        self.values[name] = collapse(stated)
        for number, begin, close, words in more:
            self.dropped.append(Dropped(number, begin, close, words, f"the {name} goes on"))
        return stated

    def block(self, kind: BlockKind, text: str, line: Line, credit: str | None = None) -> None:
        """Keep `text` as a block; white space is collapsed."""
        if text := collapse(text):
            self.blocks.append(Block(kind, text, line.number, credit and collapse(credit)))

    def credit_last(self, credit: str) -> None:
        """Give the last block, a caption, its credit."""
        self.blocks[-1] = replace(self.blocks[-1], credit=collapse(credit))

    def drop_around(self, line: Line, why: str, *kept: tuple[int, int]) -> None:
        """Leave out what lies between and beside the kept spans of a line."""
        at = 0
        for start, end in sorted(kept):
            self.drop(line, why, at, start)
            at = max(at, end)
        self.drop(line, why, at)


def collapse(text: str) -> str:
    return " ".join(text.split())


def _within(text: str, start: int, end: int | None) -> tuple[int, int]:
    """The span without white space at its ends; empty spans stay empty."""
    part = text[start:end]
    stripped = part.strip()
    begin = start + len(part) - len(part.lstrip()) if stripped else start
    return begin, begin + len(stripped)
