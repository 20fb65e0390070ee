"""A Query as SQL over the index: conditions on rows, every value a bound parameter.

Full-text expressions are made of words only (letters and digits, in quotes) and of our own signs, so
nothing a reader types can be syntax; AND, OR and NOT are SQL's, over row numbers, never FTS5's.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from store.matching import Forms, Run, Wanted, near_in
from store.query import Age, And, Dated, Has, Id, Is, Near, Node, Not, Or, Query, Words, leaves
from store.query_words import ENTITY_FIELDS, INDEXED_FIELDS, TEXT_FIELDS, Sort

_NEWEST = "moment DESC, row"  # undated last
_ORDERS: dict[Sort, str] = {
    "date": _NEWEST,
    "-date": "moment = '', moment, row",
    "title": f"title_key, {_NEWEST}",
    "-title": f"title_key DESC, {_NEWEST}",
    "source": f"source_key = '', source_key, {_NEWEST}",
    "-source": f"source_key = '', source_key DESC, {_NEWEST}",
    "added": "row DESC",
    "-added": "row",
    "unread": f"read, {_NEWEST}",
    "-unread": f"read DESC, {_NEWEST}",
}

_STATES = {
    "unread": "NOT read",
    "read": "read",
    "starred": "starred",
    "removed": "removed",
    "noted": "notes <> '[]'",
    "tagged": "tags <> '[]'",
}
_PARTS = {
    "date": "moment <> ''",
    "title": "headline",
    "source": "coalesce(source, '') <> ''",
    "author": "coalesce(author, '') <> ''",
    "tag": "tags <> '[]'",
    "note": "notes <> '[]'",
    "highlight": "highlights",
}


def condition(connection: sqlite3.Connection, query: Query) -> tuple[str, list[str]]:
    """The WHERE clause for `query` over the table `articles`, and its parameters."""
    sql, values = ("1", []) if query.root is None else _Compiler(connection).node(query.root)
    return (sql if query.wants_removed else f"NOT removed AND {sql}"), values


def order(connection: sqlite3.Connection, query: Query) -> tuple[str, list[str]]:
    """The ORDER BY clause for `query`, and its parameters.

    Relevance: words in the headline before words in an entity's name before all else, then newest first.
    (FTS5's bm25 needs the sizes of columns, a tenth more of index, and ranks long articles low.)
    """
    if query.sort in _ORDERS:
        return _ORDERS[query.sort], []
    compiler = _Compiler(connection)
    scores: list[str] = []
    values: list[str] = []
    for node, negated in leaves(query.root):
        if isinstance(node, Words) and node.field is None and not negated:
            for fields, points in ((("title",), 2), (tuple(ENTITY_FIELDS), 1)):
                sql, found = compiler.run(node.run, fields)
                scores.append(f"{points} * ({sql})")
                values += found
    if not scores:
        return _NEWEST, []
    direction = "ASC" if query.sort.startswith("-") else "DESC"
    return f"{' + '.join(scores)} {direction}, {_NEWEST}", values


class _Compiler:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def node(self, node: Node) -> tuple[str, list[str]]:
        match node:
            case Is(state):
                return _STATES[state], []
            case Has(part):
                return f"({_PARTS[part]})", []
            case Age(newer=newer):
                return f"(moment <> '' AND moment {'>=' if newer else '<'} ?)", [node.bound.isoformat()]
            case Near():
                return self.near(node)
            case Id(start):
                return "(id >= ? AND id < ?)", [start, start + "g"]
            case Dated(_, first, last):
                # "~" stands after every time of the last day; open ends need no bound.
                low = "" if first == date.min else first.isoformat()
                high = "~" if last == date.max else last.isoformat() + "~"
                return "(moment <> '' AND moment >= ? AND moment <= ?)", [low, high]
            case Not(part):
                sql, values = self.node(part)
                return f"NOT {sql}", values
            case And(parts) | Or(parts):
                compiled = [self.node(part) for part in parts]
                sign = " AND " if isinstance(node, And) else " OR "
                return f"({sign.join(sql for sql, _ in compiled)})", [v for _, vs in compiled for v in vs]
            case Words(field="tag" | "note"):
                return self.state_words(node)
            case Words():
                fields = (node.field,) if node.field else TEXT_FIELDS
                return self.run(node.run.whole if node.whole else node.run, fields)

    def state_words(self, node: Words) -> tuple[str, list[str]]:
        """Tags and notes change with a key press: they are compared here, each distinct list once."""
        column = "tags" if node.field == "tag" else "notes"
        found = [
            text
            for (text,) in self.connection.execute(
                f"SELECT DISTINCT {column} FROM articles WHERE {column} <> '[]'"
            )
            if any(node.run.is_whole(t) if node.whole else node.run.spans(t) for t in json.loads(text))
        ]
        return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(found, ensure_ascii=False)]

    def near(self, node: Near) -> tuple[str, list[str]]:
        """Articles that hold all the runs, then their words compared."""
        columns = f"{{{' '.join(TEXT_FIELDS)}}} : "
        runs = node.runs
        plain = " AND ".join(_expression(run.wanted, lambda wanted: wanted.plain) for run in runs)
        found = self.checked(
            lambda stream: near_in(runs, node.distance, stream),
            TEXT_FIELDS,
            _IN_PLAIN,
            [f"{columns}({plain})"],
        )
        return "row IN (SELECT value FROM json_each(?))", [json.dumps(list(found))]

    def run(self, run: Run, fields: Sequence[str]) -> tuple[str, list[str]]:
        """Words with and words without marks may stand in one run, and no FTS5 phrase can say that.

        The run is looked for folded in `fts_plain`; each stretch of it that has marks also in
        `fts_marked`. Where that says more than was asked, the words of each candidate are compared,
        but not of those that hold the run spelled just as typed.
        """
        columns = f"{{{' '.join(fields)}}} : "
        plain = columns + _expression(run.wanted, lambda wanted: wanted.plain)
        if _is_phrase(run):
            if not any(wanted.strict for wanted in run.wanted):
                return _IN_PLAIN, [plain]
            if all(wanted.strict for wanted in run.wanted):
                return _IN_MARKED, [columns + _expression(run.wanted, _marked)]
        where, values = [_IN_PLAIN], [plain]
        for stretch in _strict_stretches(run.wanted):
            where.append(_IN_MARKED)
            values.append(columns + _expression(stretch, _marked))
        certain: list[int] = []
        if _is_phrase(run):
            sql = f"SELECT row FROM articles WHERE {_IN_MARKED}"
            typed = columns + _expression(run.wanted, _marked)
            certain = [row for (row,) in self.connection.execute(sql, [typed])]
        found = [*certain, *self.checked(run.found_in, fields, " AND ".join(where), values, set(certain))]
        return "row IN (SELECT value FROM json_each(?))", [json.dumps(found)]

    def checked(
        self,
        holds: Callable[[str], bool],
        fields: Sequence[str],
        where: str,
        values: list[str],
        known: Collection[int] = (),
    ) -> Iterable[int]:
        """The rows, but for the known ones, of which the words of one of the fields pass."""
        places = [INDEXED_FIELDS.index(field) for field in fields]
        rows = [
            row
            for (row,) in self.connection.execute(f"SELECT row FROM articles WHERE {where}", values)
            if row not in known
        ]
        sql = "SELECT row, words FROM words WHERE row IN (SELECT value FROM json_each(?))"
        for row, packed in self.connection.execute(sql, [json.dumps(rows)]):
            streams = unpack(packed)
            if any(holds(streams[place]) for place in places):
                yield row


def pack(streams: Sequence[str]) -> bytes:
    """The word streams of one article, in the order of INDEXED_FIELDS, for the table `words`."""
    return zlib.compress("\n".join(streams).encode(), 6)


def unpack(packed: bytes) -> list[str]:
    return zlib.decompress(packed).decode().split("\n")


_IN_PLAIN = "row IN (SELECT rowid FROM fts_plain WHERE fts_plain MATCH ?)"
_IN_MARKED = "row IN (SELECT rowid FROM fts_marked WHERE fts_marked MATCH ?)"


def _marked(wanted: Wanted) -> Forms:
    return wanted.marked


def _is_phrase(run: Run) -> bool:
    """Whether FTS5 can say the run as one phrase: only its last word may be open."""
    return not any(wanted.plain.starts for wanted in run.wanted[:-1])


def _strict_stretches(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    stretches: list[list[Wanted]] = [[]]
    for word in wanted:
        if word.strict:
            stretches[-1].append(word)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _expression(wanted: Sequence[Wanted], forms: Callable[[Wanted], Forms]) -> str:
    """The words as FTS5 phrases. A phrase ends at an open word, for only the last may be one."""
    phrases: list[str] = []
    before: list[str] = []
    for place, word in enumerate(wanted):
        equals, starts = forms(word)
        if starts or place == len(wanted) - 1:
            choices = [f'"{" ".join([*before, form])}"' for form in equals]
            choices += [f'"{" ".join([*before, form])}" *' for form in starts]
            phrases.append(f"({' OR '.join(choices)})")
            before = []
        else:
            before.append(equals[0])
    return f"({' AND '.join(phrases)})"
