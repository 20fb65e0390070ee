"""The filter language as values: what a filter asks, how it is written, what it means.

`parse` (store/query_parser.py) reads the language; `str(query)` writes it so that it parses back to
an equal value. `Query.matches` is the meaning, by plain scanning; the index must find just the same.

    can bo, is:unread                     side by side, in title, text, source or author; and unread
    person:Trương Thị Mai date:2023-12    an entity by part of a name or alias; a period
    "ban thường vụ" OR NOT (tin* AND org:"Bộ Y tế")
    near(nghị quyết "đất đai", 10) newer:3m no-author sort:-date

A quoted value of person, org, place, doc, source, author, tag or role is the whole name, not a part
of one: `person:"Trương Thị Mai"` is the entity of that name (or alias, or key: `person:"mai#2"`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from store.matching import Run, near_spans, run_of
from store.query_words import ENTITY_FIELDS, TEXT_FIELDS, WHOLE_FIELDS, Sort
from store.segments import has_headline, moment, segments
from store.text import lower

if TYPE_CHECKING:
    from store.article import Article


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side, anywhere (`field` None) or in one field. `prefix`: places of open words."""

    field: str | None
    typed: tuple[str, ...]
    prefix: frozenset[int] = frozenset()
    quoted: bool = False

    @property
    def run(self) -> Run:
        return run_of(self.typed, self.prefix)

    @property
    def whole(self) -> bool:
        """Whether the value must be all of a name."""
        return self.quoted and self.field in WHOLE_FIELDS


@dataclass(frozen=True, slots=True)
class Is:
    """A reading state, one of STATES."""

    state: str


@dataclass(frozen=True, slots=True)
class Has:
    """Whether an article has something, one of PARTS."""

    part: str


@dataclass(frozen=True, slots=True)
class Near:
    """Runs of words in one block, with at most `distance` other words between the first and the last."""

    parts: tuple[Words, ...]
    distance: int

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(part.run for part in self.parts)


@dataclass(frozen=True, slots=True)
class Age:
    """Published within a time before today (`newer`), or before that. `text`: "7d", "3m", "1year"."""

    text: str
    newer: bool

    @property
    def bound(self) -> date:
        """The first day that is new enough, by today's date in +07:00."""
        from store.dates import ago

        return ago(self.text)


@dataclass(frozen=True, slots=True)
class Id:
    """The beginning of an id."""

    start: str


@dataclass(frozen=True, slots=True)
class Same:
    """Tells the same as an article whose id begins so, that one included."""

    start: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published between two days, both included, in +07:00."""

    text: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Not:
    """What does not answer the part."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """What answers all parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What answers one of the parts, or more."""

    parts: tuple[Node, ...]


Node: TypeAlias = Words | Near | Is | Has | Id | Same | Dated | Age | Not | And | Or


NO_STORIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Query:
    """What a filter asks, and in which order the answers come. An immutable, hashable value.

    Articles in the trash answer only a query that says `is:removed` somewhere.
    """

    root: Node | None = None
    sort: Sort = "date"

    def __str__(self) -> str:
        parts = [] if self.root is None else [_write(self.root, 0)]
        if self.sort != "date":
            parts.append(f"sort:{self.sort}")
        return ", ".join(parts)

    def __and__(self, other: Query) -> Query:
        """Both filters at once, in this one's order."""
        roots = [query.root for query in (self, other) if query.root is not None]
        return replace(self, root=joined(And, roots))

    def with_sort(self, sort: Sort) -> Query:
        return replace(self, sort=sort)

    @property
    def wants_removed(self) -> bool:
        return any(node == Is("removed") for node, _ in leaves(self.root))

    @property
    def apart(self) -> Query | None:
        """The same with its words anywhere in the article, not side by side.

        Only for a query whose one run of unquoted words, two or more, is asked for outright (filters
        beside it are kept); else None.
        """
        parts = self.root.parts if isinstance(self.root, And) else (self.root,)
        runs = [node for node, _ in leaves(self.root) if isinstance(node, Words) and node.field is None]
        if len(runs) != 1 or runs[0] not in parts or runs[0].quoted or len(runs[0].typed) < 2:
            return None
        run = runs[0]
        single = [
            Words(None, (word,), frozenset({0}) if place in run.prefix else frozenset())
            for place, word in enumerate(run.typed)
        ]
        rest = [part for part in parts if part is not None and part != run]
        return replace(self, root=joined(And, [*single, *rest]))

    def hits(self, text: str, field: str = "body") -> list[tuple[int, int]]:
        """What to light in `text`, which is the article's `field` ("title", "body", "source", "author").

        Offsets `[start:end]` into `text` as it is spelled, sorted, without overlaps. Entities that are
        asked for are lit in title and body; what is negated is not lit.
        """
        spans: set[tuple[int, int]] = set()
        for node, negated in leaves(self.root):
            if isinstance(node, Words) and not negated and _is_lit(node.field, field):
                spans.update(node.run.spans(text))
            elif isinstance(node, Near) and not negated:
                spans.update(near_spans(node.runs, node.distance, text))
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def matches(self, article: Article, stories: Mapping[str, str] = NO_STORIES) -> bool:
        """Whether an article answers, by reading it: the reference that the index is tested against.
        `stories` gives for the id of an article that of the first one of the library that tells the same."""
        if article.state.removed and not self.wants_removed:
            return False
        return self.root is None or _matches(self.root, article, stories)


ALL = Query()
"""Every article outside the trash, newest first."""


def parse(text: str, *, typing: bool = False) -> Query:
    """The query that `text` writes; the grammar is in store/query_parser.py.

    `typing`: the text is being typed, so its last word is a prefix and what is not finished at its
    end (an operator, a field without its value, a parenthesis) is not asked yet.

    Raises QueryError with `position`, the offset in `text`, and `expected`.
    """
    from store.query_parser import read_query

    return read_query(text, typing)


def joined(kind: type[And] | type[Or], parts: Iterable[Node]) -> Node | None:
    """The parts as one node: none for no part, the part itself for one, like ones spliced in."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def leaves(node: Node | None, negated: bool = False) -> Iterator[tuple[Node, bool]]:
    """The parts that ask something, and whether they stand under an odd number of NOTs."""
    if isinstance(node, Not):
        yield from leaves(node.part, not negated)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part, negated)
    elif node is not None:
        yield node, negated


def _is_lit(asked: str | None, field: str) -> bool:
    return asked in {None, field} or (asked in ENTITY_FIELDS and field in {"title", "body"})


# -- meaning ---------------------------------------------------------------------------------------


_IS: dict[str, Callable[[Article], bool]] = {
    "unread": lambda article: not article.state.read,
    "read": lambda article: article.state.read,
    "starred": lambda article: article.state.starred,
    "removed": lambda article: article.state.removed is not None,
    "noted": lambda article: bool(article.state.remarks),
    "tagged": lambda article: bool(article.state.tags),
}


_HAS: dict[str, Callable[[Article], bool]] = {
    "date": lambda article: bool(moment(article.published)),
    "title": has_headline,
    "source": lambda article: bool(article.source),
    "author": lambda article: bool(article.author),
    "tag": lambda article: bool(article.state.tags),
    "note": lambda article: bool(article.state.remarks),
    "highlight": lambda article: bool(article.state.highlights),
}


def _matches(node: Node, article: Article, stories: Mapping[str, str]) -> bool:
    match node:
        case Words(field=field, run=run, whole=whole):
            texts = [text for name in ([field] if field else TEXT_FIELDS) for text in segments(article, name)]
            return any(run.is_whole(text) if whole else run.spans(text) for text in texts)
        case Is(state):
            return _IS[state](article)
        case Near(distance=distance):
            texts = [text for name in TEXT_FIELDS for text in segments(article, name)]
            return any(near_spans(node.runs, distance, text) for text in texts)
        case Has(part):
            return _HAS[part](article)
        case Age(newer=newer):
            day = moment(article.published)[:10]
            return bool(day) and (date.fromisoformat(day) >= node.bound) == newer
        case Id(start):
            return article.id.startswith(start)
        case Same(start):
            first = stories.get(article.id, article.id)
            told = {article.id, *(id for id, other in stories.items() if other == first)}
            return any(id.startswith(start) for id in told)
        case Dated(_, first, last):
            day = moment(article.published)[:10]
            return bool(day) and first <= date.fromisoformat(day) <= last
        case Not(part):
            return not _matches(part, article, stories)
        case And(parts):
            return all(_matches(part, article, stories) for part in parts)
        case Or(parts):
            return any(_matches(part, article, stories) for part in parts)


# -- writing ---------------------------------------------------------------------------------------

_OPERATORS = {"AND", "OR", "NOT"}


def _write(node: Node, level: int) -> str:
    """`level`: 0 where a comma may stand, 1 where OR may, 2 where AND may, 3 where one term must."""
    match node:
        case And(parts) if level in {0, 2}:
            return (" AND " if level else ", ").join(_write(part, level + 1) for part in parts)
        case Or(parts) if level <= 1:
            return " OR ".join(_write(part, 2) for part in parts)
        case And() if level == 1:
            return _write(node, 2)
        case And() | Or():
            return f"({_write(node, 0)})"
        case Not(part):
            return f"NOT {_write(part, 3)}"
        case Is(state):
            return f"is:{state}"
        case Has(part):
            return f"has:{part}"
        case Near(parts, distance):
            return f"near({' '.join(_write(part, 3) for part in parts)}, {distance})"
        case Age(text, newer):
            return f"{'newer' if newer else 'older'}:{_value(text)}"
        case Id(start):
            return f"id:{start}"
        case Same(start):
            return f"same:{start}"
        case Dated(text):
            return f"date:{_value(text)}"
        case Words(field, typed, prefix, quoted):
            text = " ".join(word + "*" * (place in prefix) for place, word in enumerate(typed))
            return (f"{field}:" if field else "") + (f'"{text}"' if quoted else text)


def _value(text: str) -> str:
    return f'"{text}"' if set(text) & set(" ,()") else text


def plain_word(word: str) -> str:
    """A word as it may stand unquoted: one that looks like an operator is no operator in lower case."""
    return lower(word) if word in _OPERATORS else word
