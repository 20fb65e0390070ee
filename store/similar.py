"""Articles that say the same: sketches that find them, how much two share, and where they differ.

A text is the set of its shingles, five words side by side. What two texts share is the share of shingles
they have in common (Jaccard; Broder 1997). A sketch is the smallest few of their hashes: two texts that share
most of their shingles have most of those, too, so looking up a sketch finds every likely twin.

All of it works on what `matching.stream` makes of the blocks of a text, capitals and tone placement settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from store.matching import BREAK, stream

SHINGLE = 5
"""Words of a shingle. Of the samples and generated articles, two that were written apart share below 0.05."""
SKETCH = 8
"""Hashes by which an article is found. Two texts that share 0.7 have none in common in one case of 10,000."""
SAME = 0.5
"""From here on two texts are one story printed twice: half of what either says stands in both."""
WHOLE = 0.9
"""A text of which this much stands in a longer one is its beginning, or an excerpt,"""
PART = 3
"""if that is at most so many times as long: a round-up of ten notices is no story of ten."""
SAMPLE = 48
"""Hashes by which two articles are compared: what they share is known to seven parts in a hundred."""
LEAST = 12
"""Shingles a text needs to be compared: two notices of a line or two may agree by form alone."""


def shingles(words: str) -> frozenset[int]:
    """The hashes of the shingles of a stream; none goes over the end of a block."""
    return frozenset(chain.from_iterable(map(_of_segment, words.split(BREAK))))


def _of_segment(segment: str) -> Iterable[int]:
    words = segment.encode().split()
    return map(crc32, map(b" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))


class Sample(NamedTuple):
    """The number of a text's shingles, and the smallest SAMPLE of their hashes."""

    size: int
    marks: tuple[int, ...]

    @property
    def sketch(self) -> tuple[int, ...]:
        """The smallest hashes, at most SKETCH of them; none of a text too short to be compared."""
        return self.marks[:SKETCH] if self.size >= LEAST else ()


def sample(marks: frozenset[int]) -> Sample:
    # As hashes are spread evenly, of a long text a few of those below this bound are needed.
    bound = (2 * SAMPLE << 32) // max(2 * SAMPLE, len(marks))
    smallest = sorted([mark for mark in marks if mark < bound])
    if len(smallest) < SAMPLE:
        smallest = sorted(marks)
    return Sample(len(marks), tuple(smallest[:SAMPLE]))


def likeness(one: Sample, other: Sample) -> float:
    """What two texts share, from 0 to 1, as their samples tell it. A text that stands whole in a longer one
    is as like as SAME at least: papers cut the end of what an agency sent."""
    # Below the largest hash of the denser sample both are known whole.
    bounds = [each.marks[-1] for each in (one, other) if each.size > len(each.marks)]
    bound = min(bounds, default=1 << 32)
    short, long = sorted((one, other), key=lambda each: each.size)
    of_short, of_long = ({mark for mark in each.marks if mark <= bound} for each in (short, long))
    common = len(of_short & of_long)
    if not common:
        return 0.0
    shared = common / len(of_short | of_long)
    whole = common >= WHOLE * len(of_short) and long.size <= PART * short.size
    return max(shared, SAME) if whole else shared


def differing(blocks: Sequence[str], others: Iterable[str]) -> list[int]:
    """The blocks of a text, by number, that stand in none of the other texts (streams): at least half of
    what they say, or all of a block of less than five words, is said there nowhere."""
    known: set[int] = set()
    segments: set[str] = set()
    for other in others:
        known |= shingles(other)
        segments.update(segment.strip() for segment in other.split(BREAK))
    found = []
    for number, block in enumerate(blocks):
        words = stream([block]).replace(BREAK, "").strip()
        if words and words not in segments:
            mine = shingles(words)
            if 2 * len(mine & known) <= len(mine):
                found.append(number)
    return found
