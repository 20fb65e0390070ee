"""Reads the filter language.

    query = part {"," part}                comma: AND, binds loosest
    part  = all {OR all}
    all   = term {[AND] term}
    term  = [NOT | -] (words | "phrase" | field:value | (query))

`words` is the longest run of bare words; the value of a field runs to the next comma, operator,
field, quote or parenthesis (that of `is`, `id`, `date` and `sort` is one word). AND, OR, NOT are
operators in capitals only; `-` only at the start of a term, `,` only where it does not stand between
digits, `:` only after a known field. `x*` is a prefix; in quotes a star is nothing. Signs without a
letter or a digit say nothing and are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from store.errors import QueryError
from store.matching import typed_words
from store.query import (
    FIELDS,
    SORTS,
    STATES,
    And,
    Dated,
    Id,
    Is,
    Node,
    Not,
    Or,
    Query,
    Sort,
    Words,
    joined,
    plain_word,
)  # fmt: skip
from store.text import fold, lower, mark_fold

MAX_LENGTH = 4000
MAX_DEPTH = 30
MAX_TERMS = 200
"""More of anything is refused: SQLite bounds the depth of an expression, and nobody types that."""

_VIETNAMESE = {
    "người": "person", "tổchức": "org", "nơi": "place", "vănbản": "doc", "ngày": "date", "nguồn": "source",
    "tiêuđề": "title", "tácgiả": "author", "nhãn": "tag", "ghichú": "note", "vaitrò": "role",
    "nộidung": "body",
}  # fmt: skip
_NAMES = {name: name for name in (*FIELDS, "sort")}
_NAMES |= {form: name for word, name in _VIETNAMESE.items() for form in (fold(word), mark_fold(word))}

_LEXEME = re.compile(
    r"""\s*(?:
      (?P<quote>["“”]) (?P<quoted>[^"“”]*) (?P<end>["“”])?
    | (?P<mark>[(),])
    | (?P<minus>-) (?=[\w("“”])
    | (?P<field>[^\W\d_]+) :
    | (?P<chunk>(?:(?<=\d),(?=\d)|[^\s(),"“”])+)
    )""",
    re.VERBOSE,
)


class _Lexeme(NamedTuple):
    kind: str  # "quoted", "field", "word", "AND", "OR", "NOT", "(", ")", ",", "end"
    text: str
    start: int
    end: int


def read_query(text: str, typing: bool) -> Query:
    """See `store.query.parse`."""
    return _Reader(unicodedata.normalize("NFC", text), typing).query()


def _lexemes(text: str, typing: bool) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    at, after_field = 0, False
    end = len(text.rstrip())
    while at < end:
        match = _LEXEME.match(text, at)
        assert match is not None  # every character but a space is in one of the groups
        kind = match.lastgroup or ""
        name = _NAMES.get(lower(match["field"] or ""), "")
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
        else:
            if kind != "chunk":  # a colon after no known field, a minus in a value: letters like others
                match = _CHUNK.match(text, at)
                assert match is not None
            value, start = match["chunk"], match.start("chunk")
            kind = value if value in {"AND", "OR", "NOT"} else "word"
        at = match.end()
        after_field = kind == "field"
        found.append(_Lexeme(kind, value, start, at))
    return [*found, _Lexeme("end", "", len(text), len(text))]


_CHUNK = re.compile(r"""\s*(?P<chunk>(?:(?<=\d),(?=\d)|[^\s(),"“”])+)""")


def _refuse(expected: str, position: int) -> NoReturn:
    raise QueryError("bad_query", position=position, expected=expected)


class _Reader:
    """One reading: a cursor over the lexemes. Parts that say nothing are None."""

    def __init__(self, text: str, typing: bool) -> None:
        if len(text) > MAX_LENGTH:
            _refuse("shorter_query", MAX_LENGTH)
        self.text = text
        self.typing = typing
        self.lexemes = _lexemes(text, typing)
        self.place = 0
        self.sort: Sort = "date"
        self.terms = 0

    @property
    def next(self) -> _Lexeme:
        return self.lexemes[self.place]

    def take(self) -> _Lexeme:
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
        inner = self.parts(depth + 1)
        if self.next.kind == ")":
            self.take()
        elif not self.typing:
            _refuse("closing_parenthesis", self.next.start)
        return inner

    def unfinished(self, expected: str, position: int) -> None:
        if not self.typing:
            _refuse(expected, position)

    def field(self, name: _Lexeme) -> Node | None:
        if self.next.kind not in {"word", "quoted"}:
            if self.next.kind != "end" or not self.typing:
                _refuse("value", self.next.start)
            return None
        if name.text in _SINGLE or name.text == "sort":
            return self.single(name.text, self.take())
        part = self.phrase(name.text, self.take()) if self.next.kind == "quoted" else self.words(name.text)
        if part is None:
            self.unfinished("value", name.end)
        return part

    def single(self, name: str, value: _Lexeme) -> Node | None:
        try:
            if name == "sort":
                self.sort = _sort(value.text)
                return None
            return _SINGLE[name](value.text)
        except ValueError:
            if self.typing and value.end == len(self.text):
                return None
            _refuse({"is": "state", "id": "id", "date": "period"}.get(name, "sort"), value.start)

    def phrase(self, field: str | None, quoted: _Lexeme) -> Words | None:
        typed = tuple(typed_words(quoted.text))
        return Words(field, typed, quoted=True) if typed else None

    def words(self, field: str | None) -> Words | None:
        typed: list[str] = []
        prefix: set[int] = set()
        while self.next.kind == "word":
            lexeme = self.take()
            for piece in _STARRED.findall(lexeme.text):
                typed += map(plain_word, typed_words(piece))
                if piece.endswith("*") and typed_words(piece):
                    prefix.add(len(typed) - 1)
            if self.typing and lexeme.end == len(self.text) and typed_words(self.text[-1]):
                prefix.add(len(typed) - 1)
        return Words(field, tuple(typed), frozenset(prefix)) if typed else None


_STARRED = re.compile(r"[^*]+\*?")


def _is(value: str) -> Is:
    if lower(value) not in STATES:
        raise ValueError(value)
    return Is(lower(value))


def _sort(value: str) -> Sort:
    for sort in SORTS:
        if sort == lower(value):
            return sort
    raise ValueError(value)


def _id(value: str) -> Id:
    if not re.fullmatch("[0-9a-f]{1,13}", lower(value)):
        raise ValueError(value)
    return Id(lower(value))


def _date(value: str) -> Dated:
    from store.dates import period

    text = " ".join(value.split())
    return Dated(text, *period(text))


_SINGLE: dict[str, Callable[[str], Node]] = {"is": _is, "id": _id, "date": _date}
