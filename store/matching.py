"""Words, and where they stand: the one rule of comparison that index, filter and highlighting share.

A *word* is a run of letters and digits. It has a `marked` form (lower case, one tone placement,
kí = ký, TPHCM = TP HCM) and a `plain` form (that without marks, đ → d), of equal length. A wanted
word typed with a mark is compared in the marked form, one typed without in the plain form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

from store.text import Remembered, fold, has_marks, lower, mark_fold

BREAK = "\ue000"
"""Stands around each block (name, role …) of a stream, as a word that nobody can type."""

# Marks that NFC could not join belong to the word and say nothing; `_` parts words.
_WORD = re.compile("(?:[^\\W_]+[\u0300-\u036f]*)+")
_STRAY = re.compile("[\u0300-\u036f]+")

# Spellings that differ by school, not in meaning: i or y at the end of an open syllable (Decision
# 240/QĐ of 1984 against common use), and abbreviations written with and without a stop.
_TO_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_WITH_Y = {onset + i: onset + y for onset in ("h", "k", "l", "m", "qu", "s", "t") for i, y in _TO_Y.items()}
_GLUED = {"tphcm": ("tp", "hcm"), "tphn": ("tp", "hn")}
_VOWELS = frozenset("aăâeêioôơuưy")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# A word that is still being typed may go on to a form where the tone stands elsewhere: hòa, hoàn.
_MOVED = {mark_fold(a + b): a + b for a, ends in (("o", "àáảãạèéẻẽẹ"), ("u", "ỳýỷỹỵ")) for b in ends}


class Word(NamedTuple):
    """A word of a text; `[start:end]` is where it stands in the original spelling."""

    marked: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text with their places. Offsets are exact whatever the text's normal form."""
    for match in _WORD.finditer(mark_fold(text)):
        word = _STRAY.sub("", match[0])
        start, end = match.span()
        if word in _GLUED:
            middle = start + len(_GLUED[word][0])
            yield Word(_GLUED[word][0], start, middle)
            yield Word(_GLUED[word][1], middle, end)
        else:
            yield Word(_one_spelling(word), start, end)


def typed_words(text: str) -> list[str]:
    """The words of a filter, as typed but NFC and without stray marks."""
    return [_STRAY.sub("", match[0]) for match in _WORD.finditer(unicodedata.normalize("NFC", text))]


def stream(segments: Iterable[str]) -> str:
    """All segments as one string of marked words between single spaces, `BREAK` around each segment.

    Fed to the full-text tables, and kept for `Run.found_in`: the same words as `words` gives.
    """
    parts = (" ".join(filter(None, map(_MARKED.__getitem__, segment.split()))) for segment in segments)
    joined = f" {BREAK} ".join(filter(None, parts))
    return f" {BREAK} {joined} {BREAK} " if joined else ""


class Stream(NamedTuple):
    """A stream, and as it is told to the full-text tables of marked and of plain words."""

    marked: str
    indexed: str
    indexed_plain: str


def indexed_stream(segments: Iterable[str]) -> Stream:
    """The three forms of a stream, made in one go."""
    words = [_BREAKS]
    for segment in segments:
        if found := [*filter(None, map(_FORMS.__getitem__, segment.split()))]:
            words += found
            words.append(_BREAKS)
    if len(words) == 1:
        return Stream("", "", "")
    return Stream(*(f" {' '.join(form)} " for form in zip(*words, strict=True)))


# What words begin with by two letters, each as one sign that no word has: a letter of it is enough for a
# prefix index of one letter to tell th from tr, and such an index costs a sixth of the text, one of two
# letters a fourth more than that.
_ONSETS = {onset: chr(0x86 + place) for place, onset in enumerate("ch kh ng nh ph qu th tr".split())}
# Every word begins with this letter in the full-text tables, BREAK does not: it is then too short for their
# prefix indexes, of this letter and one more, where a gap would take its room a second time.
_LETTER = "w"


def with_gaps(held: str, gap: int) -> str:
    """A stream of blocks as the full-text tables hold it, with `gap` times BREAK between them and none around
    them: nobody asks for whole blocks."""
    return held[2:-2].replace(f" {BREAK} ", f" {BREAK}" * gap + " ")


def indexed_word(word: str) -> str:
    """A word, marked or folded, as the full-text tables hold it."""
    return word if word == BREAK else _LETTER + _ONSETS.get(word[:2], word[:2]) + word[2:]


def indexed_starts(start: str) -> list[str]:
    """How the words that begin so begin in the full-text tables: t as t, th or tr."""
    others = (_LETTER + sign for onset, sign in _ONSETS.items() if onset[0] == start)
    return [indexed_word(start), *others]


def _marked_words(piece: str) -> str:
    """The marked forms of the words in a piece of text without spaces, between single spaces."""
    return " ".join(word.marked for word in words(piece))


_MARKED = Remembered(_marked_words)


def _forms(piece: str) -> tuple[str, str, str] | None:
    """The words in a piece of text without spaces, in the forms of a `Stream`; None if there are none."""
    words = _marked_words(piece).split()
    plain = map(indexed_word, map(fold, words))
    if not words:
        return None
    # The same words stand in many pieces ("Của", "của,"): kept once they lie closer together.
    return intern(" ".join(words)), intern(" ".join(map(indexed_word, words))), intern(" ".join(plain))


_FORMS = Remembered(_forms)
_BREAKS = (BREAK, BREAK, BREAK)


def _one_spelling(word: str) -> str:
    return _WITH_Y.get(word, word)


class Forms(NamedTuple):
    """What a word may be equal to, and what it may start with."""

    equals: tuple[str, ...]
    starts: tuple[str, ...] = ()

    def match(self, word: str) -> bool:
        return word in self.equals or (bool(self.starts) and word.startswith(self.starts))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word looked for. `marked` are the forms as typed; `strict`: marks were typed, so they count."""

    plain: Forms
    marked: Forms
    strict: bool

    def match(self, marked: str, plain: str) -> bool:
        """Whether a word of a text, given in both forms, is this one."""
        return self.marked.match(marked) if self.strict else self.plain.match(plain)


def _wanted(word: str, open_end: bool) -> Wanted:
    plain, marked = fold(word), mark_fold(word)
    if not open_end:
        return Wanted(Forms((_one_spelling(plain),)), Forms((_one_spelling(marked),)), has_marks(word))
    # Its tone may still be to come (tiê, then tiếng: input methods put it last), or move on to
    # another vowel (hòa, then hoàn).
    moved = word[:-2] + _MOVED.get(marked[-2:], word[-2:])
    starts = dict.fromkeys([marked, lower(moved), *(_toned(marked) if has_marks(word) else ())])
    return Wanted(_open(plain, [plain]), _open(marked, [*starts]), has_marks(word))


def _open(word: str, starts: list[str]) -> Forms:
    other = _one_spelling(word)
    return Forms((other,) if other != word else (), tuple(starts))


def _toned(word: str) -> Iterator[str]:
    """An unfinished word that has no tone yet, with each tone on each vowel."""
    if any(tone in unicodedata.normalize("NFD", word) for tone in _TONES):
        return
    for place, letter in enumerate(word):
        if letter in _VOWELS:
            for tone in _TONES:
                yield unicodedata.normalize("NFC", word[:place] + letter + tone + word[place + 1 :])


@dataclass(frozen=True, slots=True)
class Run:
    """Words wanted side by side."""

    wanted: tuple[Wanted, ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the run stands in one block of text, left to right, without overlaps."""
        found: list[tuple[int, int]] = []
        have = list(words(text))
        plain = [fold(word.marked) for word in have]
        size, at = len(self.wanted), 0
        while at + size <= len(have):
            if self._stands_at(have, plain, at):
                found.append((have[at].start, have[at + size - 1].end))
                at += size
            else:
                at += 1
        return found

    def is_whole(self, text: str) -> bool:
        """Whether the text consists of this run and nothing else."""
        have = list(words(text))
        return len(have) == len(self.wanted) and self._stands_at(
            have, [fold(word.marked) for word in have], 0
        )

    def _stands_at(self, have: Sequence[Word], plain: Sequence[str], at: int) -> bool:
        return all(
            wanted.match(have[place].marked, plain[place]) for place, wanted in enumerate(self.wanted, at)
        )

    @property
    def whole(self) -> Run:
        """The run as all of a segment, in what `stream` made."""
        return Run((_EDGE, *self.wanted, _EDGE))

    def found_in(self, marked_stream: str) -> bool:
        """Whether the run stands in what `stream` made."""
        return _pattern(self).search(marked_stream) is not None


def near_spans(runs: Sequence[Run], distance: int, text: str) -> list[tuple[int, int]]:
    """Where runs stand near each other, with at most `distance` other words between the first and the last
    of them: the places of the runs, not of what is between. Empty when they nowhere do."""
    have = list(words(text))
    plain = [fold(word.marked) for word in have]
    found: set[tuple[int, int]] = set()
    for window in _windows(runs, distance, have, plain):
        found.update(
            (have[at].start, have[at + len(run.wanted) - 1].end) for run, at in zip(runs, window, strict=True)
        )
    return sorted(found)


def near_in(runs: Sequence[Run], distance: int, marked_stream: str) -> bool:
    """The same, in what `stream` made."""
    for segment in marked_stream.split(BREAK):
        places = [_starts(run, segment) for run in runs]
        if not all(places):
            continue
        latest: dict[int, int] = {}
        sizes = [len(run.wanted) for run in runs]
        # Places are letters; of words, as many as there are spaces before.
        for start, here in sorted((start, n) for n, starts in enumerate(places) for start in starts):
            latest[here] = segment.count(" ", 0, start)
            if len(latest) == len(runs):
                end = max(first + sizes[number] for number, first in latest.items())
                if end - min(latest.values()) - sum(sizes) <= distance:
                    return True
    return False


def _starts(run: Run, segment: str) -> list[int]:
    """Where a run stands, overlaps too: the place of the space before each."""
    found, pattern = list[int](), _pattern(run)
    match = pattern.search(segment)
    while match is not None:
        found.append(match.start())
        match = pattern.search(segment, match.start() + 1)
    return found


def _windows(
    runs: Sequence[Run], distance: int, have: Sequence[Word], plain: Sequence[str]
) -> Iterator[tuple[int, ...]]:
    """The places of all runs, wherever they stand near enough: for each place the nearest before it."""
    latest: dict[int, int] = {}
    sizes = [len(run.wanted) for run in runs]
    for at in range(len(have)):
        here = [
            number
            for number, run in enumerate(runs)
            if at + sizes[number] <= len(have) and run._stands_at(have, plain, at)
        ]
        latest.update(dict.fromkeys(here, at))
        if here and len(latest) == len(runs):
            first = min(latest.values())
            end = max(start + sizes[number] for number, start in latest.items())
            if end - first - sum(sizes) <= distance:
                yield tuple(latest[number] for number in range(len(runs)))


_EDGE = Wanted(Forms((BREAK,)), Forms((BREAK,)), strict=False)


@lru_cache(maxsize=64)
def _pattern(run: Run) -> re.Pattern[str]:
    """Finds a run in a stream. Folding a whole article to look at one place takes ten times as long."""
    parts = []
    for wanted in run.wanted:
        equals, starts = wanted.marked if wanted.strict else wanted.plain
        spell = re.escape if wanted.strict else _any_marks
        forms = [spell(form) for form in equals] + [f"{spell(form)}[^ {BREAK}]*" for form in starts]
        parts.append(forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})")
    return re.compile(f" {' '.join(parts)} ")


def _any_marks(plain: str) -> str:
    return "".join(
        f"[{letter}{_spellings()[letter]}]" if letter in _spellings() else letter for letter in plain
    )


@cache
def _spellings() -> dict[str, str]:
    """For each plain letter, the letters of a stream that fold to it."""
    found: dict[str, str] = {}
    for letter in map(chr, range(0x80, 0x2000)):
        plain = fold(letter)
        if letter.isalnum() and plain != letter and lower(letter) == letter:
            found[plain] = found.get(plain, "") + letter
    return found


@lru_cache(maxsize=256)
def run_of(typed: tuple[str, ...], prefix: frozenset[int] = frozenset()) -> Run:
    """The run for words as typed; `prefix` holds the places of those that are prefixes."""
    wanted: list[Wanted] = []
    for place, word in enumerate(typed):
        small = lower(word)
        known = [first for glue, (first, _) in _GLUED.items() if _glue_typed(small, glue, place in prefix)]
        if known:
            wanted.append(_wanted(known[0], False))
            wanted.append(_wanted(small[len(known[0]) :], place in prefix))
        else:
            wanted.append(_wanted(word, place in prefix))
    return Run(tuple(wanted))


def _glue_typed(word: str, glue: str, prefix: bool) -> bool:
    """Whether a word is TPHCM, or the beginning of it that can't be TP alone."""
    return word == glue or (prefix and len(word) > len(_GLUED[glue][0]) and glue.startswith(word))
