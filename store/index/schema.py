"""The tables of the index.

Everything in them is derived: a change of any rule that fills a column (`store.index.columns`,
`store.matching.stream`, `store.text.fold`, `store.collation.sort_key`) needs a new FORMAT, which makes every
index start anew.
"""

from __future__ import annotations

import sqlite3

from store.query_words import NAME_FIELDS, TEXT_FIELDS

APPLICATION = 0x62616E64  # "band": what `file` and we know the file by
FORMAT = 15

# Full text: a table for the words of the text and one for names, each in both forms, so that words without
# a field need no columns compared. They are contentless: they hold the numbers of texts only. What was told
# to them can't be taken back without the old words, which would cost a third of the text: an article with new
# words gets a text of another number, and the old one is nobody's (see `View`). A prefix index makes `th*`
# fast, and `can b*`; each costs a sixth of the text, see `matching.indexed`. Names are few.
SCHEMA = f"""
CREATE TABLE volumes (number INTEGER PRIMARY KEY, articles_seq INTEGER NOT NULL, state_seq INTEGER NOT NULL);
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, volume INTEGER NOT NULL,
    title TEXT NOT NULL, published TEXT, published_basis TEXT NOT NULL, source TEXT, author TEXT,
    snippet TEXT NOT NULL, minutes INTEGER NOT NULL, headline INTEGER NOT NULL,
    moment TEXT NOT NULL, title_key TEXT NOT NULL, source_key TEXT NOT NULL,
    text INTEGER, words INTEGER NOT NULL,
    read INTEGER NOT NULL, starred INTEGER NOT NULL, removed INTEGER NOT NULL,
    tags TEXT NOT NULL, notes TEXT NOT NULL, highlights INTEGER NOT NULL
);
CREATE INDEX newest ON articles (moment DESC, row, removed, read, starred);
CREATE INDEX moved ON articles (text) WHERE text IS NOT NULL;
CREATE INDEX tagged ON articles (tags) WHERE tags <> '[]';
CREATE INDEX noted ON articles (notes) WHERE notes <> '[]';
CREATE INDEX highlighted ON articles (row) WHERE highlights;
CREATE INDEX by_volume ON articles (volume);
CREATE INDEX in_trash ON articles (row) WHERE removed;
CREATE TABLE bodies (
    text INTEGER PRIMARY KEY, shingles INTEGER NOT NULL, sample BLOB NOT NULL, blocks BLOB NOT NULL
);
CREATE TABLE contents (changes INTEGER NOT NULL, states INTEGER NOT NULL, nobodys INTEGER NOT NULL);
INSERT INTO contents VALUES (0, 0, 0);
CREATE TABLE words (plain TEXT NOT NULL, marked TEXT NOT NULL, PRIMARY KEY (plain, marked)) WITHOUT ROWID;
CREATE TABLE origins (mark ANY NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (mark, row)) WITHOUT ROWID;
CREATE INDEX origins_of ON origins (row);
CREATE TABLE entities (
    number INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
    folded TEXT NOT NULL, name_key TEXT NOT NULL, UNIQUE (type, key, name)
);
CREATE INDEX entities_folded ON entities (folded);
CREATE TABLE aliases (
    entity INTEGER NOT NULL, alias TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (entity, alias)
) WITHOUT ROWID;
CREATE TABLE named (
    row INTEGER NOT NULL, entity INTEGER NOT NULL, mentions INTEGER NOT NULL, roles TEXT NOT NULL,
    traits TEXT NOT NULL, PRIMARY KEY (row, entity)
) WITHOUT ROWID;
CREATE INDEX named_in ON named (entity);
CREATE TABLE corrections (rules TEXT NOT NULL);
CREATE TABLE corrected (row INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (row, key)) WITHOUT ROWID;
CREATE INDEX corrected_in ON corrected (key);
CREATE TABLE due (row INTEGER PRIMARY KEY);
CREATE TABLE stories (row INTEGER PRIMARY KEY, story INTEGER NOT NULL);
CREATE INDEX stories_of ON stories (story);
CREATE TABLE sketches (mark INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (mark, row)) WITHOUT ROWID;
CREATE VIRTUAL TABLE fts_plain USING fts5
    ({", ".join(TEXT_FIELDS)}, content='', columnsize=0, tokenize='ascii', prefix='2');
CREATE VIRTUAL TABLE fts_marked USING fts5
    ({", ".join(TEXT_FIELDS)}, content='', columnsize=0, tokenize='ascii', prefix='2');
CREATE VIRTUAL TABLE fts_plain_names USING fts5
    ({", ".join(NAME_FIELDS)}, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE fts_marked_names USING fts5
    ({", ".join(NAME_FIELDS)}, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE fts_plain_at USING fts5vocab (fts_plain, instance);
CREATE VIRTUAL TABLE fts_marked_at USING fts5vocab (fts_marked, instance);
CREATE VIRTUAL TABLE fts_plain_names_at USING fts5vocab (fts_plain_names, instance);
CREATE VIRTUAL TABLE fts_marked_names_at USING fts5vocab (fts_marked_names, instance);
"""

FULL_TEXT: dict[str, tuple[str, ...]] = {
    "fts_plain": TEXT_FIELDS,
    "fts_marked": TEXT_FIELDS,
    "fts_plain_names": NAME_FIELDS,
    "fts_marked_names": NAME_FIELDS,
}
"""The full-text tables with their columns."""

GAPS = {"fts_plain": 11, "fts_marked": 21}
"""Between two blocks the tables of texts hold so many BREAK, as if they were words: what FTS5 finds with
fewer words between stands in one block. That is as far as `near(…)` reaches by itself, and twice as far with
marks. Ten more cost a fortieth of the text in each table."""

_TABLES = (
    "volumes", "articles", "bodies", "words", "origins", "entities", "aliases", "named", "corrections",
    "corrected", "due", "contents", "stories", "sketches",
)  # fmt: skip


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, in one transaction: two processes may try at once.

    After an error the connection is of no use.
    """
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def has_format(connection: sqlite3.Connection) -> bool:
    """Whether the database says that it is an index of this format. Raises sqlite3 errors."""
    told = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return told == [APPLICATION, FORMAT]


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the database is an index of this format with all its tables. Raises sqlite3 errors."""
    if not has_format(connection):
        return False
    for table in _TABLES:
        connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
    for table in FULL_TEXT:
        connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1").fetchone()
    return True


def is_worn(connection: sqlite3.Connection) -> bool:
    """Whether so many texts are nobody's, a fifth of all, that an index made anew would be worth it."""
    sql = "SELECT 4 * nobodys > (SELECT count(*) FROM articles) AND nobodys > ? FROM contents"
    return bool(connection.execute(sql, [_FEW]).fetchone()[0])


_FEW = 50  # texts, of which nobody notices
