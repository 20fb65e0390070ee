"""A Query as SQL over the index: conditions on rows, every value a bound parameter.

Full-text expressions are made of words only (letters and digits, in quotes) and of our own signs, so
nothing a reader types can be syntax; AND, OR and NOT are SQL's, over row numbers, never FTS5's.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from math import prod

from store.index.packing import Packing
from store.matching import Forms, Run, Wanted, initial_bit, marked_index, near_in
from store.query import Age, And, Dated, Has, Id, Is, Near, Node, Not, Or, Query, Same, Words, leaves
from store.query_words import ENTITY_FIELDS, INDEXED_FIELDS, NAME_FIELDS, TEXT_FIELDS

NEWEST = "moment DESC, row"  # undated last
_ORDERS: dict[str, str] = {
    "title": f"title_key, {NEWEST}",
    "-title": f"title_key DESC, {NEWEST}",
    "source": f"source_key = '', source_key, {NEWEST}",
    "-source": f"source_key = '', source_key DESC, {NEWEST}",
    "-date": "moment = '', moment, row",
}

SAME_STORY = """
    WITH asked (story) AS (SELECT coalesce((SELECT story FROM stories AS s WHERE s.row = a.row), a.row)
                           FROM articles AS a WHERE id >= ? AND id < ?)
    SELECT story FROM asked UNION SELECT row FROM stories WHERE story IN (SELECT story FROM asked)"""
"""The rows that tell the same as the articles with an id between the two parameters, themselves included."""

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


class Ranks:
    """The places of all articles in orders, kept while articles stay the same: sorting a hundred thousand by
    title takes half a second, and an index of titles a tenth of the text."""

    def __init__(self) -> None:
        self._version = -1
        self._newest: array[int] = array("q")
        self._others: dict[str, dict[int, int]] = {}

    def newest(self, connection: sqlite3.Connection) -> array[int]:
        """All rows, newest first."""
        (version,) = connection.execute("SELECT changes FROM contents").fetchone()
        if self._version != version:
            sql = f"SELECT row FROM articles INDEXED BY newest ORDER BY {NEWEST}"
            self._newest, self._others = array("q", _list(connection, sql)), {}
            self._version = version
        return self._newest

    def of(self, connection: sqlite3.Connection, sort: str) -> dict[int, int]:
        """For each row its place in another order."""
        self.newest(connection)
        if sort not in self._others:
            rows = _list(connection, f"SELECT row FROM articles ORDER BY {_ORDERS[sort]}")
            self._others = {sort: {row: place for place, row in enumerate(rows)}}
        return self._others[sort]


def numbers(connection: sqlite3.Connection, query: Query, ranks: Ranks) -> array[int]:
    """The rows that answer a query, in its order.

    Relevance: words in the headline before words in an entity's name before all else, then newest first.
    (FTS5's bm25 needs the sizes of columns, a tenth more of index, and ranks long articles low.)
    """
    rows = _newest(connection, query, ranks)
    sort = query.sort
    if sort.endswith("unread"):
        read = set(_list(connection, "SELECT row FROM articles INDEXED BY newest WHERE read"))
        rows.sort(key=read.__contains__, reverse=sort != "unread")
    elif sort.endswith("added"):
        rows.sort(reverse=sort == "added")
    elif sort.endswith("relevance"):
        scores = _scores(connection, query)
        rows.sort(key=lambda row: scores.get(row, 0), reverse=sort == "relevance")
    elif sort in _ORDERS and rows:
        rows.sort(key=ranks.of(connection, sort).__getitem__)
    return array("q", rows)


def _newest(connection: sqlite3.Connection, query: Query, ranks: Ranks) -> list[int]:
    """The rows that answer a query, newest first."""
    where, values = condition(connection, query)
    words = None if query.wants_removed else ONLY_WORDS.fullmatch(where)
    if words is None:
        # All that most queries ask about is in this index, and a twentieth of what is in the table.
        sql = f"SELECT row FROM articles INDEXED BY newest WHERE {where} ORDER BY {NEWEST}"
        return _list(connection, sql, values)
    # SQLite takes five times as long to put what FTS5 found in order as FTS5 to find it.
    found = set(_list(connection, words[1], values))
    found.difference_update(_list(connection, "SELECT row FROM articles INDEXED BY newest WHERE removed"))
    return [row for row in ranks.newest(connection) if row in found]


ONLY_WORDS = re.compile(r"NOT removed AND row IN \((SELECT rowid AS row FROM (\w+) WHERE \2 MATCH \?)\)")


def _list(connection: sqlite3.Connection, sql: str, values: Sequence[str] = ()) -> list[int]:
    """The column `row` of an answer, in its order: as JSON in half the time that single rows take."""
    told = connection.execute(f"SELECT json_group_array(row) FROM ({sql})", values).fetchone()[0]
    found: list[int] = json.loads(told)
    return found


def _scores(connection: sqlite3.Connection, query: Query) -> Counter[int]:
    """What rows have above others for relevance."""
    compiler, scores = _Compiler(connection), Counter[int]()
    for node, negated in leaves(query.root):
        if isinstance(node, Words) and node.field is None and not negated:
            for fields, points in ((("title",), 2), (tuple(ENTITY_FIELDS), 1)):
                where, values = compiler.run(node.run, fields)
                for (row,) in connection.execute(f"SELECT row FROM articles WHERE {where}", values):
                    scores[row] += points
    return scores


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
            case Same(start):
                return f"row IN ({SAME_STORY})", [start, start + "g"]
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
        """Articles that hold all the runs near each other, then their words compared: FTS5 counts over the
        end of a block."""
        runs = node.runs
        phrases = [_phrases(run.wanted, lambda wanted: wanted.plain) for run in runs]
        if all(len(choices) == 1 for choices in phrases):
            between = node.distance + sum(len(run.wanted) for run in runs)
            plain = f"NEAR({' '.join(choice for (choice,) in phrases)}, {between})"
        else:
            plain = " AND ".join(f"({' OR '.join(choices)})" for choices in phrases)
        sql, values = _match("fts_plain", TEXT_FIELDS, plain)
        rows = [row for (row,) in self.connection.execute(f"SELECT row FROM articles WHERE {sql}", values)]
        return _rows(self.checked(lambda text: near_in(runs, node.distance, text), TEXT_FIELDS, rows))

    def run(self, run: Run, fields: Sequence[str]) -> tuple[str, list[str]]:
        """Words with and words without marks may stand in one run.

        If none has marks, the run is looked for folded. Else in all spellings that there are of the words
        without marks, if they are few. Else folded, each stretch of it that has marks also as it is: where
        that may say more than was asked, the words of the candidates are compared.
        """
        if tuple(fields) == TEXT_FIELDS and (bit := initial_bit(run)):
            return f"(initials & {bit}) <> 0", []
        names = "_names" if fields[0] in NAME_FIELDS else ""
        plain, marked = f"fts_plain{names}", f"fts_marked{names}"
        if _is_phrase(run):
            if not any(wanted.strict for wanted in run.wanted):
                return _match(plain, fields, _expression(run.wanted, lambda wanted: wanted.plain))
            spelt = self.spelt(run)
            if spelt:
                return _match(marked, fields, " OR ".join(spelt))
        where, values = _match(plain, fields, _expression(run.wanted, lambda wanted: wanted.plain))
        doubts: list[str] | None = []
        for stretch in _strict_stretches(run.wanted):
            more, found = _match(marked, fields, _expression(stretch, lambda wanted: wanted.marked))
            where += f" AND {more}"
            values += found
            others = self.others(stretch)
            doubts = None if doubts is None or others is None else doubts + others
        sql = f"SELECT row FROM articles WHERE {where}"
        rows = [row for (row,) in self.connection.execute(sql, values)]
        if not _is_phrase(run) or doubts is None:
            return _rows(self.checked(run.found_in, fields, rows))
        # Where no stretch stands in another spelling, it stands as typed where the run stands.
        doubtful = set[int]()
        if doubts:
            more, found = _match(marked, fields, " OR ".join(doubts))
            doubtful = {row for (row,) in self.connection.execute(f"{sql} AND {more}", [*values, *found])}
        certain = [row for row in rows if row not in doubtful]
        return _rows([*certain, *self.checked(run.found_in, fields, doubtful)])

    def spelt(self, run: Run) -> list[str]:
        """The run as phrases of marked words, one for each way in which words without marks are spelt in the
        library. Empty when they are too many.
        """
        return _spelt(
            [wanted.marked if wanted.strict else self.spellings(wanted.plain) for wanted in run.wanted]
        )

    def others(self, stretch: Sequence[Wanted]) -> list[str] | None:
        """A stretch of words with marks as phrases in all other spellings; None when they can't be told."""
        if any(wanted.marked.starts for wanted in stretch):
            return None
        phrases = _spelt([self.spellings(wanted.plain) for wanted in stretch])
        typed = _spelt([wanted.marked for wanted in stretch])
        return [phrase for phrase in phrases if phrase not in typed] if phrases else None

    def spellings(self, plain: Forms) -> Forms:
        """The marked forms that fold to these."""
        equals, starts = dict.fromkeys(plain.equals), dict.fromkeys(plain.starts)
        for word in plain.equals:
            sql = "SELECT marked FROM spellings WHERE plain = ?"
            equals |= dict.fromkeys(marked for (marked,) in self.connection.execute(sql, [word]))
        for start in plain.starts:
            sql = "SELECT DISTINCT substr(marked, 1, ?) FROM spellings WHERE plain >= ? AND plain < ?"
            found = self.connection.execute(sql, [len(start), start, start + "\U0010ffff"])
            starts |= dict.fromkeys(marked for (marked,) in found)
        return Forms(tuple(equals), tuple(starts))

    def checked(self, holds: Callable[[str], bool], fields: Sequence[str], rows: Iterable[int]) -> list[int]:
        """Those of the rows of which the words of one of the fields pass."""
        places = [INDEXED_FIELDS.index(field) for field in fields]
        packing = Packing(self.connection)
        sql = "SELECT row, words FROM words WHERE row IN (SELECT value FROM json_each(?))"
        passed = []
        for row, packed in self.connection.execute(sql, [json.dumps(list(rows))]):
            streams = packing.unpack(packed)
            if any(holds(streams[place]) for place in places):
                passed.append(row)
        return passed


_MOST_SPELLINGS = 200


def _rows(rows: Iterable[int]) -> tuple[str, list[str]]:
    return "row IN (SELECT value FROM json_each(?))", [json.dumps(list(rows))]


def _match(table: str, fields: Sequence[str], expression: str) -> tuple[str, list[str]]:
    """The condition that a full-text table finds something in some of its columns. To name all of them would
    take twice the time: where the words stand would be looked at."""
    everywhere = tuple(fields) in (TEXT_FIELDS, NAME_FIELDS)
    columns = "" if everywhere else f"{{{' '.join(fields)}}} : "
    words = marked_index(expression) if "marked" in table else expression
    return f"row IN (SELECT rowid AS row FROM {table} WHERE {table} MATCH ?)", [f"{columns}({words})"]


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
    parts: list[Sequence[Wanted]] = []
    begin = 0
    for place, word in enumerate(wanted):
        if forms(word).starts or place == len(wanted) - 1:
            parts.append(wanted[begin : place + 1])
            begin = place + 1
    return " AND ".join(f"({' OR '.join(_phrases(part, forms))})" for part in parts)


def _phrases(wanted: Sequence[Wanted], forms: Callable[[Wanted], Forms]) -> list[str]:
    """Words, of which only the last may be open, as FTS5 phrases: what may be there."""
    return _spelt([forms(word) for word in wanted])


def _spelt(forms: Sequence[Forms]) -> list[str]:
    """Phrases for all ways to take one form of each word; none if they are too many."""
    *closed, last = forms
    if prod(len(form.equals) for form in closed) * len(last.equals + last.starts) > _MOST_SPELLINGS:
        return []
    return [
        f'"{" ".join([*before, end])}"{sign}'
        for before in product(*(form.equals for form in closed))
        for ends, sign in ((last.equals, ""), (last.starts, " *"))
        for end in ends
    ]
