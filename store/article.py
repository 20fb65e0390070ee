"""The article and its parts: frozen values.

Offsets count code points of NFC text; line numbers count the lines of the decoded page from 1.
Their JSON form is in `store.article_json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Literal, TypeVar, get_args

BlockKind = Literal["lead", "paragraph", "heading", "quote", "list", "caption"]
EntityType = Literal["person", "organization", "place", "date", "document", "event", "quantity"]
Basis = Literal["stated", "inferred", "unknown"]

BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
BASES: tuple[Basis, ...] = get_args(Basis)

MAX_ARTICLE_BYTES = 1_000_000
MAX_ARTICLE_BLOCKS = 20_000
"""What one article may hold: text in UTF-8, and blocks. More is refused, never cut."""

TITLE = -1
"""The `block` of a mention that stands in the title."""

T = TypeVar("T")


def _packs(cls: type[T]) -> type[T]:
    """Makes a dataclass quick to pickle. By itself it looks up its fields for every value; an article is
    a hundred values, and goes from one process to another."""
    names = tuple(each.name for each in fields(cls))  # type: ignore[arg-type]
    read = attrgetter(*names)

    def state(value: T) -> tuple[Any, ...]:
        return read(value)

    def restore(value: T, state: tuple[Any, ...]) -> None:
        for name, part in zip(names, state, strict=True):
            object.__setattr__(value, name, part)

    cls.__getstate__ = state  # type: ignore[method-assign, assignment]
    cls.__setstate__ = restore  # type: ignore[attr-defined]
    return cls


@_packs
@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, quote, list item or caption. `line` is where it stands on the page."""

    kind: BlockKind
    text: str
    line: int | None = None
    credit: str | None = None


@_packs
@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity is named: `block` counts from 0, `TITLE` is the title; text is `[start:end]`."""

    block: int
    start: int
    end: int


@_packs
@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something an article names.

    `key` joins the same entity over articles; `name` is the fullest form the article writes.
    `value` is an ISO date, an ISO interval `a/b`, a document number, an amount with its unit, or the
    full name of a body that the article writes without its town or province; `value_basis` says
    whether the text states all of it ("stated") or a part came from the context ("supplied"). `why`
    names the rule that found it.
    """

    type: EntityType
    key: str
    name: str
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    value: str | None = None
    value_basis: Literal["stated", "supplied"] | None = None
    why: str = ""
    mentions: tuple[Mention, ...] = ()


@_packs
@dataclass(frozen=True, slots=True)
class Fact:
    """Where on the page a fact (title, published, source, author) was read, and why there.

    `line` is None for a fact that no line states (a source known from the file, a date inferred from
    the text). `[start:end]` is the part of that line; `end` None means the whole line.
    """

    line: int | None
    why: str
    start: int = 0
    end: int | None = None


@_packs
@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a page's line that is not the article's text, and why."""

    line: int
    start: int
    end: int
    text: str
    why: str


@_packs
@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from. `imported` is UTC, ISO 8601 with a `Z`."""

    path: str | None
    url: str | None
    text_sha256: str
    encoding: str
    imported: str


@dataclass(frozen=True, slots=True)
class Note:
    """A reader's note. `made` is UTC, ISO 8601 with a `Z`."""

    text: str
    made: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage: `[start:end]` of a block or of the headline (`TITLE`), and 32 letters at each end to
    find it again by; with what the reader noted on it."""

    block: int
    start: int
    end: int
    head: str = ""
    tail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stopped: an offset in a block."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class State:
    """What a reader did with an article. `removed` is the UTC time it went to the trash."""

    read: bool = False
    starred: bool = False
    removed: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    position: Position | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that the reader noted, on the article and on passages of it."""
        on_passages = (mark.note for mark in self.highlights if mark.note)
        return (*(note.text for note in self.notes), *on_passages)


@_packs
@dataclass(frozen=True, slots=True)
class RawPage:
    """A decoded page, before anything was judged: NFC text without control characters, lines ended
    by `\\n`. `text_sha256` is of `text` in UTF-8; `path` is where it was read, as the user gave it."""

    text: str
    text_sha256: str
    path: str | None = None
    url: str | None = None
    encoding: str = "utf-8"

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


@_packs
@dataclass(frozen=True, slots=True)
class Article:
    """A news article: what cleaning and extraction found, where it came from, and its reading state.

    `id` is 13 hex digits ("" until a library gave one). `published` is an ISO date, or date and time
    with +07:00, with the page's own precision.
    """

    id: str
    title: str
    published: str | None = None
    published_basis: Basis = "unknown"
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    lead: str | None = None
    blocks: tuple[Block, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    entities: tuple[Entity, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    state: State = State()

    def text_of(self, mention: Mention) -> str:
        """The words of a mention, as the article writes them."""
        return self.text_at(mention.block)[mention.start : mention.end]

    def text_at(self, block: int) -> str:
        """The text of a block, or of the headline (`TITLE`); "" where there is no such block."""
        if block == TITLE:
            return self.title
        return self.blocks[block].text if 0 <= block < len(self.blocks) else ""

    def passage(self, mark: Highlight) -> str:
        """What is marked; "" where the text has no such place."""
        return self.text_at(mark.block)[max(0, mark.start) : max(0, mark.end)]
