"""What is written into the tables of the index, inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias

from store.article import Article, RawPage
from store.collation import sort_key
from store.correcting import Rules
from store.index.columns import (
    content_columns,
    marks_of,
    spellings,
    state_columns,
    streams,
    text_initials,
    told,
)
from store.index.packing import Packing
from store.index.schema import FULL_TEXT
from store.index.stories import BODY, assign, withdraw
from store.text import fold, one_line


def ids_in(connection: sqlite3.Connection, volume: int) -> set[str]:
    """The ids of the articles of a volume."""
    found = connection.execute("SELECT id FROM articles WHERE volume = ?", [volume])
    return {article_id for (article_id,) in found}


def set_seqs(connection: sqlite3.Connection, number: int, articles_seq: int, state_seq: int) -> None:
    """Note which state of a volume the index reflects."""
    connection.execute("REPLACE INTO volumes VALUES (?, ?, ?)", [number, articles_seq, state_seq])


_Named: TypeAlias = tuple[str, str, str]  # type, key, name


def put(
    connection: sqlite3.Connection,
    volume: int,
    articles: Iterable[Article],
    rules: Rules,
    page: Callable[[int, str], RawPage | None],
) -> set[str]:
    """Write articles, new or not, as `rules` correct them; gives their ids. One that is there keeps its
    place in import order. `page` gives a page by volume and id."""
    from store.index.traits import traits  # its patterns are for writing alone

    ids: set[str] = set()
    packing = Packing(connection)
    spelt: set[str] = set()
    entity_numbers: dict[_Named, int] = {}
    for found in articles:
        article, keys = rules.apply(found, partial(page, volume))
        ids.add(article.id)
        packing.learn()
        words = streams(article)
        spelt |= spellings(words)
        columns = {"id": article.id, "volume": volume, "initials": text_initials(words)}
        columns |= content_columns(article) | state_columns(article.state)
        row, is_new = _put_row(connection, columns)
        _put_words(connection, packing, row, words, is_new=is_new)
        if not is_new:
            for table in ("origins", "named", "corrected"):
                connection.execute(f"DELETE FROM {table} WHERE row = ?", [row])
        if keys:
            connection.executemany("INSERT INTO corrected VALUES (?, ?)", [(row, key) for key in keys])
        connection.executemany(
            "INSERT INTO origins VALUES (?, ?)", [(mark, row) for mark in marks_of(article)]
        )
        entities = {entity.key: entity for entity in article.entities}.values()
        connection.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?, ?)",
            [
                (
                    row,
                    _entity(connection, (e.type, e.key, e.name), entity_numbers),
                    len(e.mentions),
                    _list(e.roles) if e.roles else "",
                    _list(told_of) if any(told_of := traits(article, e)) else "",
                )
                for e in entities
            ],
        )
    connection.execute("UPDATE contents SET changes = changes + 1")
    connection.executemany(
        "INSERT OR IGNORE INTO spellings VALUES (?, ?)", [(fold(word), word) for word in spelt]
    )
    return ids


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _put_row(connection: sqlite3.Connection, columns: Mapping[str, Any]) -> tuple[int, bool]:
    """Write a row of `articles`; gives its number, and whether it is new.

    Not ON CONFLICT DO UPDATE: SQLite opens a savepoint for that, at which FTS5 writes out all it has
    gathered. It would do so for each article: an import took twice as long, for a larger index.
    """
    values = list(columns.values())
    found = connection.execute("SELECT row FROM articles WHERE id = ?", [columns["id"]]).fetchone()
    if found:
        sets = ", ".join(f"{name} = ?" for name in columns)
        connection.execute(f"UPDATE articles SET {sets} WHERE row = ?", [*values, found[0]])
        return int(found[0]), False
    marks = ", ".join("?" * len(columns))
    cursor = connection.execute(f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks})", values)
    return cursor.lastrowid or 0, True


def _entity(connection: sqlite3.Connection, entity: _Named, known: dict[_Named, int]) -> int:
    """The number of an entity under one name; `known` spares the asking."""
    if entity not in known:
        sql = "SELECT number FROM entities WHERE type = ? AND key = ? AND name = ?"
        found = connection.execute(sql, entity).fetchone()
        insert = "INSERT INTO entities (type, key, name, folded, name_key) VALUES (?, ?, ?, ?, ?)"
        values = [*entity, fold(one_line(entity[2])), sort_key(entity[2])]
        known[entity] = found[0] if found else connection.execute(insert, values).lastrowid or 0
    return known[entity]


def _put_words(
    connection: sqlite3.Connection, packing: Packing, row: int, new: list[str] | None, *, is_new: bool = False
) -> None:
    """Make the words of a row `new` (None: it goes). A contentless table must be told the old ones."""
    old = None
    if not is_new:
        found = connection.execute("SELECT words FROM words WHERE row = ?", [row]).fetchone()
        old = packing.unpack(found[0]) if found else None
        if old == new:
            return
        connection.execute("DELETE FROM words WHERE row = ?", [row])
        if old is not None:
            withdraw(connection, packing, row, old[BODY])
    for table, fields in FULL_TEXT.items():
        columns, marks = ", ".join(fields), ", ".join("?" * len(fields))
        if old is not None:
            connection.execute(
                f"INSERT INTO {table} ({table}, rowid, {columns}) VALUES ('delete', ?, {marks})",
                [row, *told(table, old)],
            )
        if new is not None:
            connection.execute(
                f"INSERT INTO {table} (rowid, {columns}) VALUES (?, {marks})", [row, *told(table, new)]
            )
    if new is not None:
        connection.execute("INSERT INTO words VALUES (?, ?)", [row, packing.pack(new)])
        assign(connection, packing, row, new[BODY])


def drop(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take articles out; an unknown id is passed over."""
    packing = Packing(connection)
    connection.execute("UPDATE contents SET changes = changes + 1")
    for article_id in ids:
        found = connection.execute("SELECT row FROM articles WHERE id = ?", [article_id]).fetchone()
        if found:
            _put_words(connection, packing, found[0], None)
            for table in ("articles", "origins", "named", "corrected"):
                connection.execute(f"DELETE FROM {table} WHERE row = ?", found)
