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


def concerned(connection: sqlite3.Connection, rules: Iterable[Correction]) -> dict[int, list[str]]:
    """The articles that rules may change when they come or go: ids by volume, in import order.

    For a rule of one article that one; else every article that names the rule's entity now, or did before
    a rule changed it (`corrected` keeps the keys of all rules that changed something in an article).
    """
    rules = list(rules)
    ids = json.dumps([rule.article for rule in rules if rule.article is not None])
    keys = json.dumps([rule.key for rule in rules if rule.article is None])
    sql = """SELECT volume, id FROM articles WHERE id IN (SELECT value FROM json_each(?)) OR row IN (
                 SELECT row FROM corrected WHERE key IN (SELECT value FROM json_each(?)) UNION
                 SELECT row FROM named JOIN entities ON number = entity
                 WHERE key IN (SELECT value FROM json_each(?)))
             ORDER BY row"""
    found: dict[int, list[str]] = {}
    for number, article_id in connection.execute(sql, [ids, keys, keys]):
        found.setdefault(number, []).append(article_id)
    return found
