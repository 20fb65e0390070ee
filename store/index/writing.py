"""What is written into the tables of the index, inside a transaction that the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any, TypeAlias

from store.article import Article, RawPage
from store.collation import sort_key
from store.correcting import Rules
from store.index.columns import (
    as_list,
    content_columns,
    marks_of,
    other_names,
    state_columns,
    streams,
    told,
    vocabulary,
)
from store.index.schema import FULL_TEXT
from store.index.stories import assign, keep_body, withdraw
from store.matching import Stream
from store.query_words import INDEXED_FIELDS, NAME_FIELDS, TEXT_FIELDS
from store.segments import segments
from store.text import fold, one_line


def ids_in(connection: sqlite3.Connection, volume: int) -> set[str]:
    """The ids of the articles of a volume."""
    found = connection.execute("SELECT id FROM articles WHERE volume = ?", [volume])
    return {article_id for (article_id,) in found}


def set_seqs(connection: sqlite3.Connection, number: int, articles_seq: int, state_seq: int) -> None:
    """Note which state of a volume the index reflects."""
    connection.execute("REPLACE INTO volumes VALUES (?, ?, ?)", [number, articles_seq, state_seq])


BODY = INDEXED_FIELDS.index("body")

_Named: TypeAlias = tuple[str, str, str]  # type, key, name


def put(
    connection: sqlite3.Connection,
    volume: int,
    articles: Iterable[Article],
    rules: Rules,
    page: Callable[[int, str], RawPage | None],
    *,
    before: Rules | None = None,
) -> set[str]:
    """Write articles, new or not, as `rules` correct them; gives their ids. One that is there keeps its
    place in import order. `page` gives a page by volume and id. `before`: the rules under which those that
    are there most likely stand; where that is so, and only names change, their text need not be told anew."""
    from store.index.traits import traits  # its patterns are for writing alone

    ids: set[str] = set()
    known: list[Stream] = []
    entity_numbers: dict[_Named, int] = {}
    aliases: set[tuple[int, str, str]] = set()
    for found in articles:
        article, keys = rules.apply(found, partial(page, volume))
        ids.add(article.id)
        words = streams(article)
        columns = {"id": article.id, "volume": volume, "words": digest(words)}
        columns |= content_columns(article) | state_columns(article.state)
        row, old = _put_row(connection, columns)
        if old != columns["words"]:
            was = None
            if before is not None and old is not None:
                was = _other_names(before.apply(found, partial(page, volume))[0], article, words)
            if was is not None and digest(was) == old:
                _put_names(connection, row, was, words)
            else:
                _put_words(connection, row, words, is_new=old is None)
            known += words
        if old is not None:
            for table in ("origins", "named", "corrected"):
                connection.execute(f"DELETE FROM {table} WHERE row = ?", [row])
        if keys:
            connection.executemany("INSERT INTO corrected VALUES (?, ?)", [(row, key) for key in keys])
        connection.executemany(
            "INSERT INTO origins VALUES (?, ?)", [(mark, row) for mark in marks_of(article)]
        )
        entities = {entity.key: entity for entity in article.entities}.values()
        numbers = [_entity(connection, (e.type, e.key, e.name), entity_numbers) for e in entities]
        for number, entity in zip(numbers, entities, strict=True):
            aliases |= {(number, *alias) for alias in other_names(entity)}
        connection.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?, ?)",
            [
                (
                    row,
                    number,
                    len(e.mentions),
                    as_list(e.roles) if e.roles else "",
                    as_list(told_of) if any(told_of := traits(article, e)) else "",
                )
                for number, e in zip(numbers, entities, strict=True)
            ],
        )
    connection.execute("UPDATE contents SET changes = changes + 1")
    connection.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", sorted(aliases))
    connection.executemany(
        "INSERT OR IGNORE INTO words VALUES (?, ?)", [(fold(word), word) for word in vocabulary(known)]
    )
    return ids


def digest(words: Iterable[Stream]) -> int:
    """What tells whether words are the same as before."""
    return int.from_bytes(
        blake2b("\n".join(stream.marked for stream in words).encode(), digest_size=7).digest()
    )


def _put_row(connection: sqlite3.Connection, columns: Mapping[str, Any]) -> tuple[int, int | None]:
    """Write a row of `articles`; gives its number, and the digest of the words it had, None for a new one.

    Not ON CONFLICT DO UPDATE: SQLite opens a savepoint for that, at which FTS5 writes out all it has
    gathered. It would do so for each article: an import took twice as long, for a larger index.
    """
    values = list(columns.values())
    found = connection.execute("SELECT row, words FROM articles WHERE id = ?", [columns["id"]]).fetchone()
    if found:
        sets = ", ".join(f"{name} = ?" for name in columns)
        connection.execute(f"UPDATE articles SET {sets} WHERE row = ?", [*values, found[0]])
        return int(found[0]), int(found[1])
    marks = ", ".join("?" * len(columns))
    cursor = connection.execute(f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks})", values)
    return cursor.lastrowid or 0, None


def _entity(connection: sqlite3.Connection, entity: _Named, known: dict[_Named, int]) -> int:
    """The number of an entity under one name; `known` spares the asking."""
    if entity not in known:
        sql = "SELECT number FROM entities WHERE type = ? AND key = ? AND name = ?"
        found = connection.execute(sql, entity).fetchone()
        insert = "INSERT INTO entities (type, key, name, folded, name_key) VALUES (?, ?, ?, ?, ?)"
        if not found:
            values = [*entity, fold(one_line(entity[2])), sort_key(entity[2])]
            found = (connection.execute(insert, values).lastrowid or 0,)
        known[entity] = found[0]
    return known[entity]


def _put_words(connection: sqlite3.Connection, row: int, words: list[Stream], *, is_new: bool) -> None:
    """Make the words of a row these, as a text of its own number or, where it had one, of a new one."""
    text = row
    if not is_new:
        _give_up_words(connection, row)
        connection.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'articles'")
        (text,) = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'articles'").fetchone()
        connection.execute("UPDATE articles SET text = ? WHERE row = ?", [text, row])
    for table, statement in _TELL.items():
        connection.execute(statement, [text, *told(table, words)])
    keep_body(connection, text, words[BODY].marked)
    assign(connection, row)


def _other_names(was: Article, article: Article, words: list[Stream]) -> list[Stream] | None:
    """The words of an article as it was, if it says the same but for names; `words` are those it has now."""
    if all(segments(was, field) == segments(article, field) for field in TEXT_FIELDS):
        return words[: len(TEXT_FIELDS)] + streams(was, NAME_FIELDS)
    return None


def _put_names(connection: sqlite3.Connection, row: int, was: list[Stream], words: list[Stream]) -> None:
    """Tell the full-text tables other names of a text that is the same: what they were told is taken back by
    telling it again, which must be to the letter."""
    (text,) = connection.execute("SELECT ifnull(text, row) FROM articles WHERE row = ?", [row]).fetchone()
    for table, statement in _TELL.items():
        if (old := told(table, was)) != (new := told(table, words)):
            columns = ", ".join(FULL_TEXT[table])
            take_back = f"INSERT INTO {table} ({table}, rowid, {columns}) VALUES ('delete', ?"
            connection.execute(f"{take_back}{', ?' * len(old)})", [text, *old])
            connection.execute(statement, [text, *new])


_TELL = {
    table: f"INSERT INTO {table} (rowid, {', '.join(fields)}) VALUES (?, {', '.join('?' * len(fields))})"
    for table, fields in FULL_TEXT.items()
}


def _give_up_words(connection: sqlite3.Connection, row: int) -> None:
    """Leave the text of a row to nobody."""
    withdraw(connection, row)
    connection.execute("UPDATE contents SET nobodys = nobodys + 1")


def drop(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take articles out; an unknown id is passed over."""
    connection.execute("UPDATE contents SET changes = changes + 1")
    for article_id in ids:
        found = connection.execute("SELECT row FROM articles WHERE id = ?", [article_id]).fetchone()
        if found:
            _give_up_words(connection, found[0])
            for table in ("articles", "origins", "named", "corrected", "due"):
                connection.execute(f"DELETE FROM {table} WHERE row = ?", found)
