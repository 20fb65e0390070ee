"""The full-text tables as they are asked: words side by side, or near each other, as numbers of texts.

Full-text expressions are made of words only (letters and digits, in quotes) and of our own signs, so
nothing a reader types can be syntax; AND, OR and NOT of a filter are set operations, never FTS5's.

Most that is asked FTS5 can say exactly, in a table of plain or of marked words. What it can't is compared
where the words stand (`Places`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from store.index.places import Places
from store.index.schema import GAPS
from store.index.view import column
from store.index.words import closed, spelt
from store.matching import Forms, Run, Wanted, indexed_starts, indexed_word
from store.query_words import NAME_FIELDS, TEXT_FIELDS

_MOST_SPELLINGS = 600
"""Phrases that FTS5 is asked for at once: 216 of them take 66 ms for `ngoi lơ` at 100,000 articles, where to
compare the places of its words took 320."""
_MOST_NEAR = 16


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
        strict = any(wanted.strict for wanted in run.wanted)
        return [*certain, *Places(self.connection, fields, doubtful, marked=strict).of_run(run)]

    def near(self, runs: Sequence[Run], distance: int) -> list[int]:
        """Texts that hold runs in one block, with at most `distance` other words between the first and the
        last of them.

        FTS5 counts over the ends of blocks, but does not find what is nearer than the gaps that stand there:
        what only a greater distance finds is looked at, and of more than two runs what it counts otherwise.
        """
        marked = any(wanted.strict for run in runs for wanted in run.wanted)
        table = _tables(TEXT_FIELDS)[marked]
        ways = self._ways_near(runs, marked=marked)
        inside = GAPS[table] - 1 if ways else -1
        if not ways:  # folded, words may say more than was asked
            table, ways = _tables(TEXT_FIELDS)[0], self._ways_near(runs, marked=False)

        def within(most: int) -> list[int]:
            return self.match(table, TEXT_FIELDS, " OR ".join(f"NEAR({way}, {most})" for way in ways))

        certain = within(min(distance, inside)) if inside >= 0 else []
        if distance <= inside and len(runs) == 2:
            return certain
        if ways:
            # Of more than two runs FTS5 counts to the last of them from each, the words of others too.
            others = sum(len(run.wanted) for run in runs) if len(runs) > 2 else 0
            found = set(within(distance + others)).difference(certain)
        else:
            found = set.intersection(*(set(self.run(run, TEXT_FIELDS)) for run in runs))
        places = Places(self.connection, TEXT_FIELDS, self.some(found), marked=marked)
        return [*certain, *places.near(runs, distance)]

    def _ways_near(self, runs: Sequence[Run], *, marked: bool) -> list[str]:
        """Runs as FTS5's phrases to be near each other, in each spelling; none if they are too many."""
        if not all(map(_is_phrase, runs)):
            return []
        choices = [
            _ways([spelt(self.connection, wanted, marked=marked) for wanted in run.wanted]) for run in runs
        ]
        return [" ".join(way) for way in product(*choices)] if prod(map(len, choices)) <= _MOST_NEAR else []

    def match(self, table: str, fields: Sequence[str], phrases: str) -> list[int]:
        """What a full-text table finds in some of its columns."""
        return self._matching(table, _in_columns(fields, phrases))

    def _matching(self, table: str, asked: str) -> list[int]:
        return column(self.connection, "rowid", f"FROM {table} WHERE {table} MATCH ?", [asked])

    def _others(self, stretch: Sequence[Wanted]) -> list[str] | None:
        """A stretch of words with marks as phrases in all other spellings; None when they can't be told."""
        if any(wanted.marked.starts for wanted in stretch):
            return None
        folded = [replace(wanted, strict=False) for wanted in stretch]
        phrases = _ways([spelt(self.connection, wanted, marked=True) for wanted in folded])
        typed = _ways([wanted.marked for wanted in stretch])
        return [phrase for phrase in phrases if phrase not in typed] if phrases else None


def expression(connection: sqlite3.Connection, run: Run, fields: Sequence[str]) -> tuple[str, str] | None:
    """A table, and what is asked of it to find just the texts that hold a run; None where that can't be
    said."""
    if not _is_phrase(run):
        return None
    plain, marked = _tables(fields)
    strict = any(wanted.strict for wanted in run.wanted)
    forms = [spelt(connection, wanted, marked=strict) for wanted in run.wanted]
    open_, last = forms, run.wanted[-1]
    forms = [*open_[:-1], closed(connection, last, open_[-1], marked=strict, alone=len(open_) == 1)]
    phrases = _ways(forms) or _ways(open_)
    return (marked if strict else plain, _in_columns(fields, " OR ".join(phrases))) if phrases else None


def _in_columns(fields: Sequence[str], phrases: str) -> str:
    """Phrases in some columns of a table. To name all of them would take twice the time: where the words
    stand would be looked at."""
    everywhere = tuple(fields) in (TEXT_FIELDS, NAME_FIELDS)
    return phrases if everywhere else f"{{{' '.join(fields)}}} : ({phrases})"


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
