"""The words that the index knows: how what is typed may be spelt there, and how it may go on."""

from __future__ import annotations

import sqlite3

from store.matching import Forms, Wanted
from store.text import fold

_FEW = 12
"""Words that an open word may be: what they make of a phrase is found sooner than that of a prefix, for which
FTS5 joins the places of all of them, and that for each phrase that ends with it."""


def spelt(connection: sqlite3.Connection, word: Wanted, *, marked: bool) -> Forms:
    """A word as it may stand in the tables of marked words, or in those of plain ones."""
    if not marked:
        return word.plain
    if word.strict:
        return word.marked
    equals, starts = dict.fromkeys(word.plain.equals), dict.fromkeys(word.plain.starts)
    for plain in word.plain.equals:
        sql = "SELECT marked FROM words WHERE plain = ?"
        equals |= dict.fromkeys(marked for (marked,) in connection.execute(sql, [plain]))
    for start in word.plain.starts:
        sql = "SELECT DISTINCT substr(marked, 1, ?) FROM words WHERE plain >= ? AND plain < ?"
        found = connection.execute(sql, [len(start), start, _past(start)])
        starts |= dict.fromkeys(marked for (marked,) in found)
    return Forms(tuple(equals), tuple(starts))


def closed(connection: sqlite3.Connection, word: Wanted, forms: Forms, *, marked: bool, alone: bool) -> Forms:
    """The forms of a word that `spelt` gave; if it is open, all words that it may be instead, where these
    are few. `alone`: it stands in no phrase."""
    starts = word.marked.starts if word.strict else word.plain.starts
    if not starts or len(starts[0]) < 2:  # a letter has a prefix index of its own, and many words
        return forms
    most = max(_FEW * (1 + alone), _FEW * len(forms.starts) // 2)
    form, typed = ("marked" if marked else "plain"), ("marked" if word.strict else "plain")
    sql = f"""SELECT DISTINCT {form} FROM words
              WHERE plain >= ? AND plain < ? AND {typed} >= ? AND {typed} < ?
              LIMIT {most + 1}"""
    found = set(forms.equals)
    for start in starts:
        plain = fold(start)
        words = connection.execute(sql, [plain, _past(plain), start, _past(start)]).fetchall()
        found.update(known for (known,) in words)
        if len(found) > most:
            return forms
    return Forms(tuple(sorted(found))) if found else forms


def _past(start: str) -> str:
    """What comes behind everything that begins so."""
    return start + "\U0010ffff"
