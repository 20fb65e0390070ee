"""The word lists, read once on first use. Lines that start with `#` are comments."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from store.entities.spans import words
from store.text import mark_fold

_FOLDER = Path(__file__).parent

V = TypeVar("V")


def lines(name: str) -> list[str]:
    """The entries of one word list."""
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _commas(name: str) -> list[str]:
    return [item.strip() for line in lines(name) for item in line.split(",")]


def _set(name: str) -> frozenset[str]:
    return frozenset(word for line in lines(name) for word in words(mark_fold(line)))


_END = ""  # no word is empty: under it a trie node keeps the value of the phrase that ends there


class Phrases(Generic[V]):
    """Phrases with a value, found at a position of a list of folded words: the longest one wins.

    A trie of dictionaries walked word by word: one look-up when no phrase starts there, else one for
    each further word.
    """

    def __init__(self, items: Iterable[tuple[str, V]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in items:  # of two entries alike the later one counts
            node = self._root
            for word in map(mark_fold, words(phrase)):
                node = node.setdefault(word, {})
            node[_END] = value
        self._get = self._root.get

    def firsts(self) -> Iterable[str]:
        """The words that phrases begin with."""
        return self._root.keys()

    def seconds(self, first: str) -> Iterable[str]:
        """The second words of the phrases that begin with `first`; "" stands for a phrase of one word."""
        return list(self._root.get(first, ()))

    def match(self, low: list[str], i: int) -> tuple[int, V] | None:
        """(end, value) of the longest phrase at `i`, or None."""
        try:
            node = self._get(low[i])
        except IndexError:
            return None
        if node is None:
            return None
        best: tuple[int, V] | None = None
        try:
            while node is not None:
                i += 1
                if _END in node:
                    best = i, node[_END]
                node = node.get(low[i])
        except IndexError:  # the text ends inside a phrase
            pass
        return best


class Place(NamedTuple):
    """A gazetteer entry: the canonical name, its rank and which of its words need a capital."""

    canonical: str
    rank: str  # "province", "world", "district", "region"
    capitals: tuple[bool, ...]
    ambiguous: bool


class Org(NamedTuple):
    """A known organisation: how it is written, what it stands for, whether it is neutral alone."""

    written: tuple[str, ...]
    full: str
    neutral: bool


class Lexicon(NamedTuple):
    places: Phrases[Place]
    place_heads: Phrases[str]
    org_heads: Phrases[str]
    org_words: Phrases[bool]
    orgs: Phrases[Org]
    roles: Phrases[bool]
    role_words: Phrases[bool]
    titles: Phrases[bool]
    verbs: Phrases[bool]
    surnames: frozenset[str]
    weak_surnames: frozenset[str]
    given: frozenset[str]
    foreign: frozenset[str]
    stop: frozenset[str]
    abbreviations: dict[str, str]
    opens: dict[str, int]
    """What a word with a capital may open: a sum of OFFICE, TITLE, BODY and PLACE."""
    opens_small: dict[str, int]
    """The same for words in small letters; the others are passed over."""
    seconds: dict[str, frozenset[str]]
    """Of these words: what must follow so that they open something; empty if anything may."""


OFFICE, TITLE, BODY, PLACE = 1, 2, 4, 8
_PREFIXES = "nguyên quyền cựu tân phó đương cố".split()
# Of the many words that bodies begin with, the ones that do so in small letters.
_SMALL_HEADS = "công nhà trung hiệp viện quỹ khoa liên hợp xí bảo đại".split()
_SMALL_PLACES = "đồng duyên miền châu vịnh".split()


def _places() -> Iterable[tuple[str, Place]]:
    ambiguous = {mark_fold(name) for name in _commas("ambiguous")}

    def entry(written: str, canonical: str, rank: str) -> tuple[str, Place]:
        # "Nam Bộ" is written "Nam bộ" as well
        capitals = tuple(word[0].isupper() and (word != "Bộ" or rank != "region") for word in words(written))
        return written, Place(canonical, rank, capitals, mark_fold(written) in ambiguous)

    for file, rank in (("provinces", "province"), ("world", "world")):
        for line in lines(file):
            names = [name.strip() for name in line.split("\t")]
            for name in names:
                yield entry(name, names[0], rank)
    for file, rank in (("districts", "district"), ("regions", "region")):
        for name in _commas(file):
            yield entry(name, name, rank)


def _orgs() -> Iterable[tuple[str, Org]]:
    for line in lines("orgs"):
        name, _, full = line.partition("\t")
        neutral = name.endswith("!")
        name = name.rstrip("!")
        yield name, Org(tuple(words(name)), full or name, neutral)


@cache
def lexicon() -> Lexicon:
    """Every word list, parsed. About 20 ms the first time."""
    heads = [line.split("\t") for line in lines("org_heads")]
    orgs = list(_orgs())
    places, titles = Phrases(_places()), Phrases((line, True) for line in lines("titles"))
    roles = Phrases((line, True) for line in lines("roles"))
    place_heads = Phrases((line.split("\t")[0], line.split("\t")[1]) for line in lines("place_heads"))
    org_heads = Phrases((head, kind) for head, kind in reversed(heads))
    known = Phrases(orgs)
    opens: dict[str, int] = {}
    for flag, firsts in (
        (OFFICE, [*roles.firsts(), *_PREFIXES]),
        (TITLE, titles.firsts()),
        (BODY, [*org_heads.firsts(), *known.firsts()]),
        (PLACE, [*place_heads.firsts(), *places.firsts()]),
    ):
        for word in firsts:
            opens[word] = opens.get(word, 0) | flag
    small = {mark_fold(words(head)[0]) for head, kind in heads if kind == "lower"}.union(_SMALL_HEADS)
    small.update(_PREFIXES, titles.firsts(), roles.firsts(), place_heads.firsts(), _SMALL_PLACES)

    def seconds(word: str) -> frozenset[str]:
        after = {second for phrases in all_openers for second in phrases.seconds(word)}
        return frozenset() if "" in after or word in _PREFIXES else frozenset(after)

    all_openers: tuple[Phrases[Any], ...] = (roles, titles, org_heads, known, place_heads, places)
    return Lexicon(
        places=places,
        place_heads=place_heads,
        # of a head that stands in the list twice the first line counts
        org_heads=org_heads,
        org_words=Phrases((line.lstrip("*"), line.startswith("*")) for line in lines("org_words")),
        orgs=known,
        roles=roles,
        role_words=Phrases((line, True) for line in lines("role_words")),
        titles=titles,
        verbs=Phrases((line, True) for line in lines("verbs")),
        surnames=_set("surnames"),
        weak_surnames=_set("weak_surnames"),
        given=_set("given"),
        foreign=_set("foreign_names"),
        stop=_set("stopwords"),
        abbreviations={
            mark_fold(name): org.full for name, org in orgs if name.isupper() and org.full != name
        },
        opens=opens,
        seconds={word: seconds(word) for word in opens if word in small},
        opens_small={word: flags for word, flags in opens.items() if word in small},
    )
