"""The corrections an index reflects, and which articles a change of them concerns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from store.corrections import Correction, from_json, to_json


def set_rules(connection: sqlite3.Connection, rules: Iterable[Correction]) -> None:
    """Note which corrections the index reflects."""
    told = json.dumps([to_json(rule) for rule in rules], ensure_ascii=False)
    connection.execute("DELETE FROM corrections")
    connection.execute("INSERT INTO corrections VALUES (?)", [told])


def rules_in(connection: sqlite3.Connection) -> tuple[Correction, ...]:
    """The corrections that the index reflects. Raises sqlite3.DatabaseError when they are no such thing."""
    found = connection.execute("SELECT rules FROM corrections").fetchone()
    try:
        return tuple(map(from_json, json.loads(found[0]))) if found else ()
    except Exception as error:
        raise sqlite3.DatabaseError(f"corrections: {error}") from error


def make_due(connection: sqlite3.Connection, rules: Iterable[Correction]) -> None:
    """Note the articles that rules may change when they come or go: they are to be put anew.

    For a rule of one article that one; else every article that names the rule's entity now, or did before
    a rule changed it (`corrected` keeps the keys of all rules that changed something in an article).
    """
    rules = list(rules)
    ids = json.dumps([rule.article for rule in rules if rule.article is not None])
    keys = json.dumps([rule.key for rule in rules if rule.article is None])
    sql = """INSERT OR IGNORE INTO due
             SELECT row FROM articles WHERE id IN (SELECT value FROM json_each(?)) OR row IN (
                 SELECT row FROM corrected WHERE key IN (SELECT value FROM json_each(?)) UNION
                 SELECT row FROM named JOIN entities ON number = entity
                 WHERE key IN (SELECT value FROM json_each(?)))"""
    connection.execute(sql, [ids, keys, keys])


def due(connection: sqlite3.Connection, most: int) -> dict[int, list[str]]:
    """The first of the articles that are to be put anew, at most so many: ids by volume, in import order."""
    sql = "SELECT volume, id FROM due JOIN articles USING (row) ORDER BY row LIMIT ?"
    found: dict[int, list[str]] = {}
    for number, article_id in connection.execute(sql, [most]):
        found.setdefault(number, []).append(article_id)
    return found


def how_many_due(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM due").fetchone()[0])


def done(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Note that articles are no longer to be put anew."""
    sql = "DELETE FROM due WHERE row IN (SELECT row FROM articles JOIN json_each(?) ON articles.id = value)"
    connection.execute(sql, [json.dumps(list(ids))])
