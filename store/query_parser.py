"""Reads the filter language.

    query = part {"," part}                comma: AND, binds loosest
    part  = all {OR all}
    all   = term {[AND] term}
    term  = [NOT | -] (words | "phrase" | field:value | near(words, n) | no-part | (query))

`words` is the longest run of bare words; the value of a field runs to the next comma, operator,
field, quote or parenthesis (that of a field of VALUE_FIELDS is one word). AND, OR, NOT are
operators in capitals only; `-` only at the start of a term, `,` only where it does not stand between
digits, `:` only after a known field. `x*` is a prefix; in quotes a star is nothing. Signs without a
letter or a digit say nothing and are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple, NoReturn

from store.errors import QueryError
from store.matching import typed_words
from store.query import (
    Age,
    And,
    Dated,
    Has,
    Id,
    Is,
    Near,
    Node,
    Not,
    Or,
    Query,
    Same,
    Words,
    joined,
    plain_word,
)
from store.query_words import (
    FIELD_NAMES,
    LACKS,
    NEAR_NAMES,
    PART_NAMES,
    SORT_NAMES,
    SORTS,
    STATE_NAMES,
    VALUE_FIELDS,
    Sort,
    known,
)
from store.text import lower

MAX_LENGTH = 4000
MAX_DEPTH = 30
MAX_TERMS = 200
"""More of anything is refused: SQLite bounds the depth of an expression, and nobody types that."""

NEAR = 10
"""Words between, where `near(…)` says nothing."""
MAX_NEAR = 1000

_LEXEME = re.compile(
    r"""\s*(?:
      (?P<quote>["“”]) (?P<quoted>[^"“”]*) (?P<end>["“”])?
    | (?P<mark>[(),])
    | (?P<minus>-) (?=[\w("“”])
    | (?P<field>[^\W\d_]+) :
    | (?P<near>[^\W\d_]+) \(
    | (?P<chunk>(?:(?<=\d),(?=\d)|[^\s(),"“”])+)
    )""",
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """A piece of a filter: `text[start:end]` as it is typed. `text` of a field is its English name."""

    kind: str  # "quoted", "field", "near", "lacks", "word", "AND", "OR", "NOT", "(", ")", ",", "end"
    text: str
    start: int
    end: int


def read_query(text: str, typing: bool) -> Query:
    """See `store.query.parse`."""
    return Reader(unicodedata.normalize("NFC", text), typing).query()


def lexemes(text: str, typing: bool) -> list[Lexeme]:
    """The pieces of a filter, an "end" last. Raises QueryError for a quote that is not closed, unless one is
    `typing`."""
    found: list[Lexeme] = []
    at, after_field = 0, False
    end = len(text.rstrip())
    while at < end:
        match = _LEXEME.match(text, at)
        assert match is not None  # every character but a space is in one of the groups
        kind = match.lastgroup or ""
        name = known(FIELD_NAMES, match["field"] or "") or ""
        if match["quote"]:
            if not match["end"] and not typing:
                _refuse("closing_quote", match.start("quote"))
            # What stands behind a quote not closed yet is words still being typed.
            kind, value, start = "quoted" if match["end"] else "word", match["quoted"], match.start("quote")
        elif kind == "mark":
            kind = value = match["mark"]
            start = match.start("mark")
        elif kind == "minus" and not after_field:
            kind, value, start = "NOT", "-", match.start("minus")
        elif name and not after_field:
            kind, value, start = "field", name, match.start("field")
        elif kind == "near" and not after_field and known(NEAR_NAMES, match["near"]):
            kind, value, start = "near", match["near"], match.start("near")
        else:
            if kind != "chunk":  # a colon after no known field, a minus in a value: letters like others
                match = _CHUNK.match(text, at)
                assert match is not None
            value, start = match["chunk"], match.start("chunk")
            kind = value if value in {"AND", "OR", "NOT"} else "word"
            if not after_field and (lacks := known(LACKS, value)):
                kind, value = "lacks", lacks.removeprefix("no-")
        at = match.end()
        after_field = kind == "field"
        found.append(Lexeme(kind, value, start, at))
    return [*found, Lexeme("end", "", len(text), len(text))]


_CHUNK = re.compile(r"""\s*(?P<chunk>(?:(?<=\d),(?=\d)|[^\s(),"“”])+)""")


def _refuse(expected: str, position: int) -> NoReturn:
    raise QueryError("bad_query", position=position, expected=expected)


class Reader:
    """One reading: a cursor over the lexemes. Parts that say nothing are None."""

    def __init__(self, text: str, typing: bool) -> None:
        if len(text) > MAX_LENGTH:
            _refuse("shorter_query", MAX_LENGTH)
        self.text = text
        self.typing = typing
        self.lexemes = lexemes(text, typing)
        self.place = 0
        self.sort: Sort = "date"
        self.terms = 0

    @property
    def next(self) -> Lexeme:
        return self.lexemes[self.place]

    def take(self) -> Lexeme:
        self.place += 1
        return self.lexemes[self.place - 1]

    def query(self) -> Query:
        root = self.parts(0)
        if self.next.kind != "end":
            _refuse("no_closing_parenthesis", self.next.start)
        return Query(root, self.sort)

    def parts(self, depth: int) -> Node | None:
        found: list[Node] = []
        while True:
            if self.next.kind == ",":
                self.take()
            elif self.next.kind in {")", "end"}:
                return joined(And, found)
            elif (part := self.any(depth)) is not None:
                found.append(part)

    def any(self, depth: int) -> Node | None:
        found = [self.all(depth)]
        while self.next.kind == "OR":
            self.take()
            found.append(self.all(depth))
        return joined(Or, [part for part in found if part is not None])

    def all(self, depth: int) -> Node | None:
        found = [self.term(depth)]
        while self.next.kind not in {"OR", ",", ")", "end"}:
            if self.next.kind == "AND":
                self.take()
            found.append(self.term(depth))
        return joined(And, [part for part in found if part is not None])

    def term(self, depth: int) -> Node | None:
        self.terms += 1
        if depth > MAX_DEPTH or self.terms > MAX_TERMS:
            _refuse("shorter_query", self.next.start)
        lexeme = self.next
        if lexeme.kind == "word":
            return self.words(None)
        if lexeme.kind in {"AND", "OR", ",", ")"}:
            _refuse("term", lexeme.start)
        if lexeme.kind == "end":
            self.unfinished("term", lexeme.start)
            return None
        self.take()
        if lexeme.kind == "NOT":
            part = self.term(depth + 1)
            return None if part is None else Not(part)
        if lexeme.kind == "quoted":
            return self.phrase(None, lexeme)
        if lexeme.kind == "field":
            return self.field(lexeme)
        if lexeme.kind == "near":
            return self.near(lexeme)
        if lexeme.kind == "lacks":
            return Not(Has(lexeme.text))
        inner = self.parts(depth + 1)
        if self.next.kind == ")":
            self.take()
        elif not self.typing:
            _refuse("closing_parenthesis", self.next.start)
        return inner

    def unfinished(self, expected: str, position: int) -> None:
        if not self.typing:
            _refuse(expected, position)

    def field(self, name: Lexeme) -> Node | None:
        if self.next.kind not in {"word", "quoted"}:
            if self.next.kind != "end" or not self.typing:
                _refuse("value", self.next.start)
            return None
        if name.text in VALUE_FIELDS:
            return self.single(name.text, self.take())
        part = self.phrase(name.text, self.take()) if self.next.kind == "quoted" else self.words(name.text)
        if part is None:
            self.unfinished("value", name.end)
        return part

    def single(self, name: str, value: Lexeme) -> Node | None:
        try:
            if name == "sort":
                self.sort = _sort(value.text)
                return None
            return _SINGLE[name](value.text)
        except ValueError:
            if self.typing and value.end == len(self.text):
                return None
            _refuse(_EXPECTED.get(name, name), value.start)

    def near(self, opening: Lexeme) -> Node | None:
        """`near(a "b c", 10)`: a number behind a comma is the distance."""
        found: list[Words] = []
        distance = NEAR
        after_comma = False
        while self.next.kind not in {")", "end"}:
            lexeme = self.take()
            if lexeme.kind == "," or (lexeme.kind == "word" and not typed_words(lexeme.text)):
                after_comma = True
                continue
            if after_comma and lexeme.text.isdecimal() and self.next.kind in {")", "end"}:
                if (distance := int(lexeme.text)) > MAX_NEAR:
                    _refuse("distance", lexeme.start)
                break
            after_comma = False
            if lexeme.kind == "quoted":
                part = self.phrase(None, lexeme)
            elif lexeme.kind == "word":
                self.place -= 1
                part = self.words(None, one=True)
                if part is not None and len(part.typed) > 1:  # "35-KL": side by side
                    part = Words(None, part.typed, quoted=True)
            else:
                _refuse("near", lexeme.start)
            if part is not None and part not in found:
                found.append(part)
        if self.next.kind == ")":
            self.take()
        else:
            self.unfinished("closing_parenthesis", self.next.start)
        if len(found) < 2:
            self.unfinished("near", opening.end)
            return None
        return Near(tuple(found), distance)

    def phrase(self, field: str | None, quoted: Lexeme) -> Words | None:
        typed = tuple(typed_words(quoted.text))
        return Words(field, typed, quoted=True) if typed else None

    def words(self, field: str | None, *, one: bool = False) -> Words | None:
        typed: list[str] = []
        prefix: set[int] = set()
        while self.next.kind == "word" and not (one and typed):
            lexeme = self.take()
            for piece in _STARRED.findall(lexeme.text):
                typed += map(plain_word, typed_words(piece))
                if piece.endswith("*") and typed_words(piece):
                    prefix.add(len(typed) - 1)
            if self.typing and lexeme.end == len(self.text) and typed_words(self.text[-1]):
                prefix.add(len(typed) - 1)
        return Words(field, tuple(typed), frozenset(prefix)) if typed else None


_STARRED = re.compile(r"[^*]+\*?")


def _named(names: Mapping[str, str], value: str) -> str:
    if (name := known(names, value)) is None:
        raise ValueError(value)
    return name


def _sort(value: str) -> Sort:
    name = _named(SORT_NAMES, value)
    return next(sort for sort in SORTS if sort == name)


def _id(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{1,13}", lower(value)):
        raise ValueError(value)
    return lower(value)


def _date(value: str) -> Dated:
    from store.dates import period

    text = " ".join(value.split())
    return Dated(text, *period(text))


def _age(value: str, newer: bool) -> Age:
    from store.dates import ago

    text = lower(value)
    ago(text)
    return Age(text, newer)


_SINGLE: dict[str, Callable[[str], Node]] = {
    "is": lambda value: Is(_named(STATE_NAMES, value)),
    "has": lambda value: Has(_named(PART_NAMES, value)),
    "id": lambda value: Id(_id(value)),
    "same": lambda value: Same(_id(value)),
    "date": _date,
    "newer": lambda value: _age(value, True),
    "older": lambda value: _age(value, False),
}
_EXPECTED = {"is": "state", "has": "part", "date": "period", "newer": "age", "older": "age", "same": "id"}
