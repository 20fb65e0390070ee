"""Where in the text of a filter things stand: what may be completed, and the parts that can be taken away."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from store.query import Age, And, Dated, Node, Query, Words, joined, leaves
from store.query_parser import Lexeme, Reader, lexemes
from store.query_words import (
    CHOICES,
    VALUE_FIELDS,
    VIETNAMESE_FIELDS,
    WHOLE_FIELDS,
    WORD_FIELDS,
)
from store.text import fold, lower, mark_fold

SHORTEST = 2
"""Letters of a bare word from which it may be the beginning of a field."""


class Stem(NamedTuple):
    """What is being typed at the end of a text: from `start` on, the beginning of a value of `field`, or of
    the name of a field (`field` is then ""). `vietnamese`: so is the field's name, as far as it is typed."""

    field: str
    typed: str
    start: int
    vietnamese: bool = False


class Part(NamedTuple):
    """`text[start:end]` of a filter, one of the parts that all must hold, and what it asks."""

    text: str
    start: int
    end: int
    node: Node


def stems(text: str) -> list[Stem]:
    """What the end of `text` may be the beginning of; the value of a field first. `text` is in NFC."""
    *found, _end = lexemes(text, typing=True)
    if not found:
        return []
    first = len(found)
    while first and found[first - 1].kind == "word":
        first -= 1
    said = found[first:]
    field = found[first - 1] if first and found[first - 1].kind == "field" else None
    stems = []
    if field is not None and (field.text in WHOLE_FIELDS or field.text in CHOICES):
        start = said[0].start if said else len(text)
        inside = start + (text[start : start + 1] in _QUOTES)
        if field.text in WHOLE_FIELDS or (len(said) < 2 and not text[inside:].endswith((" ", "\u00a0"))):
            name = text[field.start : field.end].strip(" :\t")
            stems.append(Stem(field.text, text[inside:].strip(), start, _is_vietnamese(name, field.text)))
    last = said[-1] if said else None
    # Not in the midst of words: most of their beginnings are those of some field, too.
    near = first > 0 and found[first - 1].kind == "near"
    alone = (len(said) == 1 and not near) if field is None else len(said) > 1
    if last and last.end == len(text) and alone and _may_be_name(text, last):
        stems.append(Stem("", last.text, last.start))
    return stems


_QUOTES = ('"', "“", "”")


def _may_be_name(text: str, word: Lexeme) -> bool:
    return text[word.start] not in _QUOTES and len(word.text) >= SHORTEST and word.text.isalpha()


def _is_vietnamese(typed: str, field: str) -> bool:
    return lower(typed) != field


def field_names(typed: str, vietnamese: bool = False) -> list[str]:
    """The names of fields that begin so (without marks if typed without), as they are spelled; the English
    ones first, or the Vietnamese."""
    begun = mark_fold(lower(typed))
    english = [name for name in (*WORD_FIELDS, *VALUE_FIELDS) if name.startswith(begun)]
    spelled = [name for name in VIETNAMESE_FIELDS.values() if _begins(name, begun)]
    return [*spelled, *english] if vietnamese else [*english, *spelled]


def choices(stem: Stem) -> list[str]:
    """The values of `is:`, `has:` or `sort:` that begin so: those in the language of the field's name, and
    once something is typed those of the other one too."""
    words: Mapping[str, str] = CHOICES[stem.field]
    begun = mark_fold(lower(stem.typed))
    vietnamese = [word for word in words.values() if _begins(word, begun)]
    english = [word for word in words if _begins(word, begun)]
    both = [vietnamese, english] if stem.vietnamese else [english, vietnamese]
    return both[0] + (both[1] if begun.lstrip("-") else [])


def _begins(word: str, begun: str) -> bool:
    return fold(word).startswith(begun) or mark_fold(word).startswith(begun)


# -- parts ------------------------------------------------------------------------------------------


def parts(text: str) -> list[Part]:
    """The parts that all must hold, in their order: what stands between commas and ANDs outside of
    parentheses; parts with OR between them are one. What is not finished at the end is none.

    Raises QueryError.
    """
    return _Parts(unicodedata.normalize("NFC", text), typing=True).found()


def without(text: str, part: Part) -> str:
    """The filter without one of its parts."""
    return _cut(text, part.start, part.end)


def without_sort(text: str) -> str:
    """The filter without the order it asks for.

    >>> without_sort("bão, sort:-title, is:unread")
    'bão, is:unread'
    """
    found = lexemes(text, typing=True)
    places = [at for at, lexeme in enumerate(found) if lexeme.kind == "field" and lexeme.text == "sort"]
    for at in reversed(places):
        text = _cut(text, found[at].start, found[at + (found[at + 1].kind in {"word", "quoted"})].end)
    return text


def _cut(text: str, start: int, end: int) -> str:
    before = text[:start].rstrip().removesuffix("AND").rstrip(" ,")
    behind = text[end:].lstrip(" ,").removeprefix("AND ").lstrip()
    return f"{before}, {behind}" if before and behind else before or behind


class _Parts(Reader):
    """Notes where the outermost terms stand."""

    _terms: list[tuple[int, int, Node]]

    def found(self) -> list[Part]:
        self._terms = []
        self.query()
        return [
            Part(self.text[start:end], start, end, node)
            for first, last, node in self._terms
            for start, end in [(self.lexemes[first].start, self.lexemes[last - 1].end)]
        ]

    def any(self, depth: int) -> Node | None:
        first, before = self.place, len(self._terms)
        node = super().any(depth)
        if (
            depth == 0
            and node is not None
            and any(lexeme.kind == "OR" for lexeme in self._outer(first, self.place))
        ):
            self._terms[before:] = [(first, self.place, node)]
        return node

    def _outer(self, first: int, last: int) -> list[Lexeme]:
        """The lexemes between two places that stand in no parentheses."""
        depth, found = 0, []
        for lexeme in self.lexemes[first:last]:
            depth += (lexeme.kind in {"(", "near"}) - (lexeme.kind == ")")
            if not depth:
                found.append(lexeme)
        return found

    def term(self, depth: int) -> Node | None:
        first = self.place
        node = super().term(depth)
        if depth == 0 and node is not None:
            self._terms.append((first, self.place, node))
        return node


# -- facets -----------------------------------------------------------------------------------------


def field_of(node: Node) -> str | None:
    """The one field that a part is about ("date" for times); None for words, states and mixtures."""
    fields = {_field(leaf) for leaf, _ in leaves(node)}
    return fields.pop() if len(fields) == 1 else None


def _field(leaf: Node) -> str | None:
    if isinstance(leaf, Dated | Age):
        return "date"
    return leaf.field if isinstance(leaf, Words) else None


def apart_from(query: Query, field: str) -> Query:
    """The query without the parts that are about a field: what that field's own counts are made over."""
    nodes = query.root.parts if isinstance(query.root, And) else (query.root,)
    kept = [node for node in nodes if node is not None and field_of(node) != field]
    return Query(joined(And, kept), query.sort)
