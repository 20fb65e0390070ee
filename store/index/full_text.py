"""The full-text tables as they are asked: words side by side, or near each other, as numbers of texts.

Full-text expressions are made of words only (letters and digits, in quotes) and of our own signs, so
nothing a reader types can be syntax; AND, OR and NOT of a filter are set operations, never FTS5's.

Most that is asked FTS5 can say exactly, in a table of plain or of marked words. What it can't is compared
where the words stand (`Places`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import prod

from store.index.places import Places
from store.index.view import column
from store.matching import Forms, Run, Wanted, indexed_starts, indexed_word
from store.query_words import NAME_FIELDS, TEXT_FIELDS
from store.text import fold

_MOST_SPELLINGS = 200
_MOST_NEAR = 16
_FEW_ENDS = 12
"""Words that an open word may be: what they make of a phrase is found sooner than that of a prefix, for which
FTS5 joins the places of all of them, and that for each phrase that ends with it."""


class FullText:
    """What the full-text tables hold. `some` gives those texts, of all that FTS5 found, that are still there:
    only these need a second look."""

    def __init__(self, connection: sqlite3.Connection, some: Callable[[Iterable[int]], set[int]]) -> None:
        self.connection = connection
        self.some = some

    def run(self, run: Run, fields: Sequence[str]) -> list[int]:
        """Texts that hold words side by side, with and without marks in one run.

        If none has marks, the run is looked for folded. Else in all spellings that there are of the words
        without marks, if they are few. Else folded, each stretch of it that has marks also as it is: where
        that may say more than was asked, the places of the words are compared.
        """
        plain, marked = _tables(fields)
        if asked := expression(self.connection, run, fields):
            return self._matching(*asked)
        found = set(self.match(plain, fields, _expression(run.wanted, _plain)))
        doubts: list[str] | None = []
        for stretch in _strict_stretches(run.wanted):
            found.intersection_update(self.match(marked, fields, _expression(stretch, _marked)))
            others = self._others(stretch)
            doubts = None if doubts is None or others is None else doubts + others
        if not _is_phrase(run) or doubts is None:
            doubtful = found
        else:
            # Where no stretch stands in another spelling, it stands as typed where the run stands.
            doubtful = found & set(self.match(marked, fields, " OR ".join(doubts))) if doubts else set()
        certain = found - doubtful
        doubtful = self.some(doubtful)
        return [*certain, *Places(self.connection, fields, doubtful).of_run(run)]

    def near(self, runs: Sequence[Run], distance: int) -> list[int]:
        """Texts that hold runs in one block, with at most `distance` other words between the first and the
        last of them. FTS5 counts over the end of a block: what does not stand side by side is looked at."""
        strict = all(wanted.strict for run in runs for wanted in run.wanted)
        table = _tables(TEXT_FIELDS)[strict]
        forms = _marked if strict else _plain
        choices = [_phrases(run.wanted, forms) if _is_phrase(run) else [] for run in runs]
        if not all(choices) or prod(map(len, choices)) > _MOST_NEAR:
            found = set(self.run(runs[0], TEXT_FIELDS)).intersection(
                *(self.run(run, TEXT_FIELDS) for run in runs[1:])
            )
            return [*Places(self.connection, TEXT_FIELDS, self.some(found)).near(runs, distance)]
        # More than two runs: FTS5 counts to the last of them from each, its own words too.
        between = distance if len(runs) == 2 else distance + sum(len(run.wanted) for run in runs)
        ways = [" ".join(way) for way in product(*choices)]

        def within(most: int) -> set[int]:
            return set(self.match(table, TEXT_FIELDS, " OR ".join(f"NEAR({way}, {most})" for way in ways)))

        found, certain = within(between), set[int]()
        if len(runs) == 2 and (strict or not any(wanted.strict for run in runs for wanted in run.wanted)):
            certain = within(0)  # nothing is between them, no end of a block either
        doubtful = Places(self.connection, TEXT_FIELDS, self.some(found - certain))
        return [*certain, *doubtful.near(runs, distance)]

    def match(self, table: str, fields: Sequence[str], phrases: str) -> list[int]:
        """What a full-text table finds in some of its columns."""
        return self._matching(table, _in_columns(fields, phrases))

    def _matching(self, table: str, asked: str) -> list[int]:
        return column(self.connection, "rowid", f"FROM {table} WHERE {table} MATCH ?", [asked])

    def _others(self, stretch: Sequence[Wanted]) -> list[str] | None:
        """A stretch of words with marks as phrases in all other spellings; None when they can't be told."""
        if any(wanted.marked.starts for wanted in stretch):
            return None
        phrases = _ways([_spellings(self.connection, wanted.plain) for wanted in stretch])
        typed = _ways([wanted.marked for wanted in stretch])
        return [phrase for phrase in phrases if phrase not in typed] if phrases else None


def expression(connection: sqlite3.Connection, run: Run, fields: Sequence[str]) -> tuple[str, str] | None:
    """A table, and what is asked of it to find just the texts that hold a run; None where that can't be
    said."""
    if not _is_phrase(run):
        return None
    plain, marked = _tables(fields)
    strict = any(wanted.strict for wanted in run.wanted)
    if strict:
        forms = [word.marked if word.strict else _spellings(connection, word.plain) for word in run.wanted]
    else:
        forms = [word.plain for word in run.wanted]
    most = _FEW_ENDS if len(forms) > 1 else 2 * _FEW_ENDS
    forms[-1] = _closed(connection, run.wanted[-1], forms[-1], most, marked=strict)
    phrases = _ways(forms)
    return (marked if strict else plain, _in_columns(fields, " OR ".join(phrases))) if phrases else None


def _closed(connection: sqlite3.Connection, word: Wanted, forms: Forms, most: int, *, marked: bool) -> Forms:
    """The same forms of a word; if it is open, all words that it may be instead, where these are few."""
    starts = word.marked.starts if word.strict else word.plain.starts
    if not starts or len(starts[0]) < 2:  # a letter has a prefix index of its own, and many words
        return forms
    most = max(most, len(forms.starts) * _FEW_ENDS // 2)
    form, typed = ("marked" if marked else "plain"), ("marked" if word.strict else "plain")
    sql = f"""SELECT DISTINCT {form} FROM words
              WHERE plain >= ? AND plain < ? AND {typed} >= ? AND {typed} < ?
              LIMIT {most + 1}"""
    found = set(forms.equals)
    for start in starts:
        past, plain = start + "\U0010ffff", fold(start)
        words = connection.execute(sql, [plain, plain + "\U0010ffff", start, past]).fetchall()
        found.update(word for (word,) in words)
        if len(found) > most:
            return forms
    return Forms(tuple(sorted(found))) if found else forms


def _in_columns(fields: Sequence[str], phrases: str) -> str:
    """Phrases in some columns of a table. To name all of them would take twice the time: where the words
    stand would be looked at."""
    everywhere = tuple(fields) in (TEXT_FIELDS, NAME_FIELDS)
    return phrases if everywhere else f"{{{' '.join(fields)}}} : ({phrases})"


def _spellings(connection: sqlite3.Connection, plain: Forms) -> Forms:
    """The marked forms that fold to these."""
    equals, starts = dict.fromkeys(plain.equals), dict.fromkeys(plain.starts)
    for word in plain.equals:
        sql = "SELECT marked FROM words WHERE plain = ?"
        equals |= dict.fromkeys(marked for (marked,) in connection.execute(sql, [word]))
    for start in plain.starts:
        sql = "SELECT DISTINCT substr(marked, 1, ?) FROM words WHERE plain >= ? AND plain < ?"
        found = connection.execute(sql, [len(start), start, start + "\U0010ffff"])
        starts |= dict.fromkeys(marked for (marked,) in found)
    return Forms(tuple(equals), tuple(starts))


def _plain(wanted: Wanted) -> Forms:
    return wanted.plain


def _marked(wanted: Wanted) -> Forms:
    return wanted.marked


def _tables(fields: Sequence[str]) -> tuple[str, str]:
    """The tables of plain and of marked words."""
    names = "_names" if fields[0] in NAME_FIELDS else ""
    return f"fts_plain{names}", f"fts_marked{names}"


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
    return _ways([forms(word) for word in wanted])


def _ways(forms: Sequence[Forms]) -> list[str]:
    """Phrases for all ways to take one form of each word; none if they are too many."""
    *closed, last = forms
    if prod(len(form.equals) for form in closed) * len(last.equals + last.starts) > _MOST_SPELLINGS:
        return []
    ends = [f'{indexed_word(word)}"' for word in last.equals]
    ends += dict.fromkeys(f'{begun}" *' for start in last.starts for begun in indexed_starts(start))
    return [
        '"' + " ".join([*map(indexed_word, before), end])
        for before in product(*(form.equals for form in closed))
        for end in ends
    ]
