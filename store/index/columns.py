"""What the tables of the index hold of an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from store.article import Article, Entity, State
from store.collation import sort_key
from store.index.schema import FULL_TEXT, GAPS
from store.matching import BREAK, Stream, indexed_stream, with_gaps
from store.query_words import ENTITY_FIELDS, INDEXED_FIELDS
from store.segments import has_headline, moment, segments
from store.text import fold, one_line, reading_minutes

SNIPPET = 160
"""Letters of an article's text that a list may show."""


def content_columns(article: Article) -> dict[str, Any]:
    """The columns of `articles` that import and cleaning decide."""
    texts = [block.text for block in article.blocks]
    # The text itself, not the caption or the sub-heading that happens to stand above it.
    said = [block.text for block in article.blocks if block.kind not in ("caption", "heading")]
    first = next((text for text in said + texts if text), "")
    return {
        "title": article.title,
        "published": article.published,
        "published_basis": article.published_basis,
        "source": article.source,
        "author": article.author,
        "snippet": one_line(first[: 2 * SNIPPET])[:SNIPPET],
        "minutes": reading_minutes(texts),
        "headline": int(has_headline(article)),
        "moment": moment(article.published),
        "title_key": sort_key(article.title),
        "source_key": sort_key(article.source or ""),
    }


def state_columns(state: State) -> dict[str, Any]:
    """The columns of `articles` that a reader's keys decide."""
    return {
        "read": int(state.read),
        "starred": int(state.starred),
        "removed": int(state.removed is not None),
        "tags": as_list(state.tags),
        "notes": as_list(state.remarks),
        "highlights": int(bool(state.highlights)),
    }


as_list = json.JSONEncoder(ensure_ascii=False).encode
"""A list or a tuple as the index holds it: JSON."""


def streams(article: Article, fields: Sequence[str] = INDEXED_FIELDS) -> list[Stream]:
    """The words of an article, a stream for each field."""
    return [indexed_stream(segments(article, field)) for field in fields]


def told(table: str, streams: Sequence[Stream]) -> list[str]:
    """What a full-text table is told of an article's streams, one string for each of its columns."""
    own = [(field, streams[INDEXED_FIELDS.index(field)]) for field in FULL_TEXT[table]]
    held = [(field, stream.indexed_plain if "plain" in table else stream.indexed) for field, stream in own]
    return [with_gaps(words, GAPS[table]) if field in ("body", "title") else words for field, words in held]


def vocabulary(streams: Iterable[Stream]) -> set[str]:
    """Each word once."""
    found = {BREAK}
    for stream in streams:
        found.update(stream.marked.split())
    return found - {BREAK}


def other_names(entity: Entity) -> Iterator[tuple[str, str]]:
    """The aliases of an entity that its name does not hold word for word, each also folded: what completion
    could not find by the name."""
    if entity.type in ENTITY_FIELDS.values():
        name = f" {fold(one_line(entity.name))} "
        for alias in map(one_line, entity.aliases):
            if f" {fold(alias)} " not in name:
                yield alias, fold(alias)


def marks_of(article: Article) -> set[str | bytes]:
    """What an article is known by when it comes again: SHA-256 of its texts, and its addresses."""
    marks = {article.url, *(origin.url for origin in article.origins)}
    return {short(mark) for mark in (*marks, *(origin.text_sha256 for origin in article.origins)) if mark}


def short(mark: str) -> str | bytes:
    """What an article is known by, as the index holds it: an SHA-256 in half the room."""
    return bytes.fromhex(mark) if _SHA256.fullmatch(mark) else mark


_SHA256 = re.compile("[0-9a-f]{64}")
