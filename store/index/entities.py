"""One entity over the library: what the index knows of it, across the articles that name it.

The same entity may stand under several keys: a person who is the second of the name in an article ("#2"),
and a document that some articles cite with its code and some without.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.article import ENTITY_TYPES, EntityType
from store.collation import sort_key
from store.index.rows import Facet
from store.index.selection import answers
from store.index.traits import Traits
from store.query import Query
from store.text import fold, has_marks, mark_fold, one_line

COMPANY: tuple[EntityType, ...] = ("person", "organization", "place", "document")
"""What an entity is named with, as far as it is counted."""

_TYPE_NAMES: dict[str, EntityType] = {name: name for name in ENTITY_TYPES} | {
    "org": "organization",
    "doc": "document",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """An article that names an entity: the article, the key and name it has there, how often it is
    mentioned, and what is said of it. `row` rises in the order of import."""

    row: int
    id: str
    title: str
    published: str | None
    source: str | None
    key: str
    name: str
    mentions: int
    roles: tuple[str, ...]
    traits: Traits


@dataclass(frozen=True, slots=True)
class Company:
    """What some articles name: by number, the entity (its `count` is in all articles of the library)."""

    entities: dict[int, Facet]
    of: dict[int, frozenset[int]]
    """For each row the numbers of the entities."""


def find(
    connection: sqlite3.Connection, text: str, type: EntityType | None, query: Query, limit: int
) -> list[Facet]:
    """The entities a reader may mean by a name or a key, those of most articles first.

    Whole names that are so written; if there are none, names that hold these words side by side. A word
    without marks matches any marks. For documents any way to write them will do.
    """
    kind, colon, rest = text.partition(":")
    named = _TYPE_NAMES.get(kind.strip().casefold()) if colon else None
    if named is not None and (type is None or type == named):
        type, text = named, rest
    wanted = one_line(text)
    folded = fold(wanted).partition("#")[0].strip()
    if not folded:
        return []
    like = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    part = "' ' || folded || ' ' LIKE ? ESCAPE '\\'"
    for which, value in (("folded = ?", folded), (part, f"% {like} %")):
        sql = f"""SELECT type, key, name, (SELECT count(*) FROM named WHERE entity = number) AS n
                  FROM entities WHERE {which} AND type = ifnull(?, type)
                  ORDER BY n DESC LIMIT {_CANDIDATES}"""
        found = connection.execute(sql, [value, type])
        keys = dict.fromkeys((t, base_key(key)) for t, key, name, _ in found if _written(wanted, name))
        if value == folded:
            keys |= dict.fromkeys(_by_key(connection, wanted, type))
        if counted := _counted(connection, list(keys)[: 2 * limit], query):
            return counted[:limit]
    return []


def _written(wanted: str, name: str) -> bool:
    """Whether a name holds words so written: those typed with marks must have them."""
    typed, have = wanted.split(), name.split()
    return any(
        all(
            mark_fold(word) == mark_fold(other) if has_marks(word) else fold(word) == fold(other)
            for word, other in zip(typed, have[start:], strict=False)
        )
        for start in range(len(have) - len(typed) + 1)
    )


def _by_key(
    connection: sqlite3.Connection, wanted: str, type: EntityType | None
) -> list[tuple[EntityType, str]]:
    """Entities whose key is what was typed, or the documents it spells."""
    from store.entities.documents import find_documents

    found: list[tuple[EntityType, str]] = [
        (kind, f"{kind}:{mark_fold(wanted)}") for kind in ((type,) if type else ENTITY_TYPES)
    ]
    if type in (None, "document"):
        for document in find_documents(0, wanted[:1].upper() + wanted[1:]):
            found += [("document", key) for key in _spelt(connection, f"document:{document.key}")]
        if not has_marks(wanted):
            found += [("document", key) for key in _unmarked(connection, wanted)]
    return [(kind, base_key(key)) for kind, key in found]


def _unmarked(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The keys of documents whose kind and number are typed without marks: "chi thi 05"."""
    typed = _NUMBER.sub(r"\1", fold(wanted))
    sql = """SELECT DISTINCT key FROM entities WHERE type = 'document'
             AND folded >= ? AND folded < ? || '~'"""
    first = " ".join(typed.split()[:2])
    keys = [key for (key,) in connection.execute(sql, [first, first])]
    return [key for key in keys if f"document:{typed}" in (fold(key), fold(document_tag(key)))]


def base_key(key: str) -> str:
    """A person's key without the number that tells namesakes of one article apart.

    (Of other types the number tells things apart: "Bắc Bộ" and "vịnh Bắc Bộ".)
    """
    return re.sub(r"#\d+$", "", key) if key.startswith("person:") else key


def document_tag(key: str) -> str:
    """What spellings of one document share: its kind and number without code, or its title.

    >>> document_tag("document:chỉ thị 5-ct/tw"), document_tag("document:luật đất đai 2013")
    ('document:chỉ thị 5', 'document:luật đất đai')
    """
    return _CODE.sub("", key)


_CODE = re.compile(r"(?<=\d)[-/].*$| khóa \d.*$| (?:19|20)\d\d$")
_NUMBER = re.compile(r"\b(?:so\s*:?\s*)?0*(\d)")
_CANDIDATES = 400  # names looked at: a syllable that half the library bears needs no more


def _with_tag(connection: sqlite3.Connection, tag: str) -> list[str]:
    """The keys of all documents of one tag, the longest first."""
    sql = "SELECT DISTINCT key FROM entities WHERE type = 'document' AND key >= ? AND key < ? || '~'"
    keys = {base_key(key) for (key,) in connection.execute(sql, [tag, tag]) if document_tag(key) == tag}
    return sorted(keys, key=lambda key: (-len(key), key))


def _spelt(connection: sqlite3.Connection, key: str) -> list[str]:
    """The documents that a key may mean: itself, and without a code all of that kind and number."""
    tag = document_tag(key)
    return [known for known in _with_tag(connection, tag) if key in (known, tag)]


def family(connection: sqlite3.Connection, type: str, key: str) -> list[str]:
    """All keys under which an entity stands, the fullest first.

    A document cited without its code is the one with it, if the library knows just one such.
    """
    keys = [base_key(key)]
    if type == "document":
        same = _with_tag(connection, document_tag(keys[0]))
        if len(same) == 2 and same[1] == document_tag(keys[0]):
            keys = same
    if type == "person":
        sql = "SELECT DISTINCT key FROM entities WHERE type = ? AND key >= ? || '#' AND key < ? || '$'"
        keys += [k for (k,) in connection.execute(sql, [type, *keys, *keys])]
    return keys


def _full_key(connection: sqlite3.Connection, key: str) -> str:
    return family(connection, "document", key)[0] if document_tag(key) == key else key


def _counted(
    connection: sqlite3.Connection, keys: Iterable[tuple[EntityType, str]], query: Query
) -> list[Facet]:
    """These entities with the number of articles of a query that name them; without those that none does."""
    counted: dict[str, Facet] = {}
    view, members = answers(connection, query)
    holds = view.holds(members)
    sql = """SELECT name, row FROM entities JOIN named ON entity = number
             WHERE type = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY number"""
    for type, key in keys:
        family_keys = family(connection, type, key)
        if family_keys[0] not in counted:
            found = connection.execute(sql, [type, json.dumps(family_keys)])
            of_names = [(name, row) for name, row in found if holds(row)]
            if of_names:
                ((name, _),) = Counter(name for name, _ in of_names).most_common(1)
                articles = len({row for _, row in of_names})
                counted[family_keys[0]] = Facet(type, family_keys[0], name, articles)
    return sorted(counted.values(), key=lambda facet: (-facet.count, facet.type, facet.key))


def namings(connection: sqlite3.Connection, key: str, query: Query) -> list[Naming]:
    """The articles of a query that name an entity, oldest first, undated last. An article that names two
    of one name gives two."""
    view, members = answers(connection, query)
    holds = view.holds(members)
    sql = """SELECT row, a.id, a.title, a.published, a.source, key, name, mentions, roles, traits
             FROM entities JOIN named ON entity = number JOIN articles AS a USING (row)
             WHERE type = ? AND key IN (SELECT value FROM json_each(?))
             ORDER BY moment = '', moment, row, key"""
    type = key.partition(":")[0]
    found = connection.execute(sql, [type, json.dumps(family(connection, type, key))])
    return [
        Naming(*(*plain, tuple(json.loads(roles or "[]")), Traits(*json.loads(told or "[]"))))
        for *plain, roles, told in found
        if holds(plain[0])
    ]


def company(connection: sqlite3.Connection, rows: Sequence[int]) -> Company:
    """What these articles name."""
    of: dict[int, list[int]] = {row: [] for row in rows}
    sql = """SELECT row, entity FROM named JOIN entities ON number = entity
             WHERE row IN (SELECT value FROM json_each(?)) AND type IN (SELECT value FROM json_each(?))"""
    for row, number in connection.execute(sql, [json.dumps(list(of)), json.dumps(COMPANY)]):
        of[row].append(number)
    numbers = {number for members in of.values() for number in members}
    sql = """SELECT number, type, key, name, (SELECT count(*) FROM named WHERE entity = number)
             FROM entities WHERE number IN (SELECT value FROM json_each(?))"""
    known = {
        number: Facet(type, _full_key(connection, key) if type == "document" else key, name, count)
        for number, type, key, name, count in connection.execute(sql, [json.dumps(list(numbers))]).fetchall()
    }
    return Company(known, {row: frozenset(members) for row, members in of.items()})


def companions(found: Company, rows: Iterable[int], without: str, limit: int) -> tuple[Facet, ...]:
    """The entities that these articles name but for one, by type, those of most articles first, at most
    `limit` of each."""
    counts = Counter(number for row in rows for number in found.of[row])
    merged: dict[tuple[EntityType, str], Counter[str]] = {}
    for number, count in counts.items():
        facet = found.entities[number]
        if base_key(facet.key) == without:
            continue
        merged.setdefault((facet.type, facet.key), Counter())[facet.name] += count
    by_count = [
        Facet(type, key, names.most_common(1)[0][0], names.total()) for (type, key), names in merged.items()
    ]
    by_count.sort(key=lambda facet: (COMPANY.index(facet.type), -facet.count, facet.key))
    taken: Counter[EntityType] = Counter()
    kept = []
    for facet in by_count:
        taken[facet.type] += 1
        if taken[facet.type] <= limit:
            kept.append(facet)
    kept.sort(key=lambda facet: (COMPANY.index(facet.type), -facet.count, sort_key(facet.name)))
    return tuple(kept)
