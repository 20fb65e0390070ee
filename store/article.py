"""The article and its parts: frozen values, and their JSON form.

Offsets count code points of NFC text; line numbers count the lines of the decoded page from 1.
The JSON form (`to_json`) is what `bandoc show ID --format json` prints and what volumes hold;
`from_json(to_json(article)) == article` for every article.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args

from store.errors import LoadError

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


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, quote, list item or caption. `line` is where it stands on the page."""

    kind: BlockKind
    text: str
    line: int | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity is named: `block` counts from 0, `TITLE` is the title; text is `[start:end]`."""

    block: int
    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a page's line that is not the article's text, and why."""

    line: int
    start: int
    end: int
    text: str
    why: str


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
    """A marked passage: `[start:end]` of a block, and 32 letters at each end to find it again by; with what
    the reader noted on it."""

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
        text = self.title if mention.block == TITLE else self.blocks[mention.block].text
        return text[mention.start : mention.end]

    def passage(self, mark: Highlight) -> str:
        """What is marked; "" where the text has no such place."""
        inside = 0 <= mark.block < len(self.blocks)
        return self.blocks[mark.block].text[max(0, mark.start) : max(0, mark.end)] if inside else ""


STATE_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(State))
"""The keys of an article's JSON that belong to its reading state; `state_to_json` gives these."""


def to_json(article: Article) -> dict[str, Any]:
    """The article as plain JSON values, reading state beside the rest."""
    return content_to_json(article) | state_to_json(article.state)


def content_to_json(article: Article) -> dict[str, Any]:
    """Everything but the reading state."""
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "published_basis": article.published_basis,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "lead": article.lead,
        "blocks": [_block_to_json(block) for block in article.blocks],
        "facts": {name: _fact_to_json(fact) for name, fact in article.facts.items()},
        "dropped": [_plain(part) for part in article.dropped],
        "entities": [_entity_to_json(entity) for entity in article.entities],
        "abbreviations": dict(article.abbreviations),
        "origins": [_plain(origin) for origin in article.origins],
    }


def state_to_json(state: State) -> dict[str, Any]:
    """The reading state as plain JSON values."""
    return {
        "read": state.read,
        "starred": state.starred,
        "removed": state.removed,
        "tags": list(state.tags),
        "notes": [_plain(note) for note in state.notes],
        "highlights": [_plain(mark) for mark in state.highlights],
        "position": state.position and _plain(state.position),
    }


def from_json(data: Mapping[str, Any]) -> Article:
    """The article that `to_json` wrote. Unknown keys are ignored, missing ones take their default.

    Raises LoadError `bad_article` with the field at fault when a value has the wrong shape.
    """
    if not isinstance(data, Mapping):
        raise LoadError("bad_article", field="(article)", reason="not an object")
    where = "(article)"

    def read(name: str, kinds: tuple[type, ...], default: Any = None) -> Any:
        nonlocal where
        where = name
        value = data.get(name, default)
        if not isinstance(value, kinds):
            raise TypeError(f"{type(value).__name__} where {kinds[0].__name__} is expected")
        return value

    text_or_null = (str, type(None))
    try:
        article = Article(
            id=read("id", (str,), ""),
            title=read("title", (str,)),
            published=read("published", text_or_null),
            published_basis=_one_of(read("published_basis", (str,), "unknown"), BASES),
            source=read("source", text_or_null),
            author=read("author", text_or_null),
            url=read("url", text_or_null),
            language=read("language", text_or_null),
            lead=read("lead", text_or_null),
            blocks=tuple(_block_from_json(block) for block in read("blocks", (list,), [])),
            facts={name: _build(Fact, fact) for name, fact in read("facts", (dict,), {}).items()},
            dropped=tuple(_build(Dropped, part) for part in read("dropped", (list,), [])),
            entities=tuple(_entity_from_json(entity) for entity in read("entities", (list,), [])),
            abbreviations=read("abbreviations", (dict,), {}),
            origins=tuple(_build(Origin, origin) for origin in read("origins", (list,), [])),
        )
        where = "abbreviations"
        _strings(article.abbreviations.values())
        where = "(state)"
        state = state_from_json(data)
        where = "mentions"
        for entity in article.entities:
            for mention in entity.mentions:
                if not 0 <= mention.start < mention.end <= len(_mentioned_text(article, mention)):
                    raise ValueError("a mention outside its block")
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise LoadError("bad_article", field=where, reason=str(error)) from None
    return replace(article, state=state)


def state_from_json(data: Mapping[str, Any]) -> State:
    """The reading state in an article's JSON, or in a record of a state volume.

    Raises TypeError, ValueError or KeyError on a value of the wrong shape.
    """
    position = data.get("position")
    removed = data.get("removed")
    tags = data.get("tags", [])
    if not isinstance(removed, str | None) or not isinstance(tags, list):
        raise TypeError("removed is a time or null, tags are a list of strings")
    return State(
        read=bool(data.get("read", False)),
        starred=bool(data.get("starred", False)),
        removed=removed,
        tags=_strings(tags),
        notes=tuple(_build(Note, note) for note in data.get("notes", [])),
        highlights=tuple(_build(Highlight, mark) for mark in data.get("highlights", [])),
        position=_build(Position, position) if position is not None else None,
    )


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass of plain values as a dict, in the order of its fields."""
    return {name: getattr(value, name) for name in _shape(cast(Hashable, type(value)))[0]}


def _block_to_json(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": block.kind, "text": block.text}
    if block.credit is not None:
        data["credit"] = block.credit
    data["line"] = block.line
    return data


def _fact_to_json(fact: Fact) -> dict[str, Any]:
    data: dict[str, Any] = {"line": fact.line, "why": fact.why}
    if fact.start or fact.end is not None:
        data |= {"start": fact.start, "end": fact.end}
    return data


def _entity_to_json(entity: Entity) -> dict[str, Any]:
    return _plain(entity) | {
        "roles": list(entity.roles),
        "aliases": list(entity.aliases),
        "mentions": [{"block": m.block, "start": m.start, "end": m.end} for m in entity.mentions],
    }


def _block_from_json(data: Mapping[str, Any]) -> Block:
    block = _build(Block, data)
    _one_of(block.kind, BLOCK_KINDS)
    return block


def _entity_from_json(data: Mapping[str, Any]) -> Entity:
    entity = _build(
        Entity,
        dict(data)
        | {
            "roles": _strings(data.get("roles", ())),
            "aliases": _strings(data.get("aliases", ())),
            "mentions": tuple(map(_mention_from_json, data.get("mentions", ()))),
        },
    )
    _one_of(entity.type, ENTITY_TYPES)
    return entity


def _mention_from_json(data: Mapping[str, Any]) -> Mention:
    block, start, end = data.get("block"), data.get("start"), data.get("end")
    if type(block) is type(start) is type(end) is int and max(block, start, end) < _MAX_INT:
        return Mention(block, start, end)  # thousands of them in a long article
    return _build(Mention, data)  # tells what is wrong


def _strings(values: Iterable[Any]) -> tuple[str, ...]:
    strings = tuple(values)
    if not all(isinstance(value, str) for value in strings):
        raise TypeError("a string is expected")
    return strings


def _mentioned_text(article: Article, mention: Mention) -> str:
    if mention.block == TITLE:
        return article.title
    if mention.block < 0:
        raise ValueError("a mention outside its block")
    return article.blocks[mention.block].text


T = TypeVar("T")

_MAX_INT = 2**53  # not every JSON reader holds more


def _build(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass from the keys it knows; values are checked against the plain types it declares."""
    checks, required = _shape(cast(Hashable, kind))
    values = {name: data[name] for name in checks if name in data}
    for name, value in values.items():
        allowed = checks[name]
        if allowed and not isinstance(value, allowed):
            raise TypeError(f"{kind.__name__}.{name}: {type(value).__name__}")
        if isinstance(value, int) and abs(value) >= _MAX_INT:
            raise ValueError(f"{kind.__name__}.{name}: no line and no offset")
    if missing := required - values.keys():
        raise KeyError(f"{kind.__name__}.{min(missing)} is missing")
    return kind(**values)


@cache
def _shape(kind: Hashable) -> tuple[dict[str, tuple[type, ...]], frozenset[str]]:
    """The plain types each field takes (empty: not checked here), and the fields without a default."""
    plain = {"str": (str,), "int": (int,), "str | None": (str, type(None)), "int | None": (int, type(None))}
    declared = fields(cast(type, kind))
    return (
        {f.name: plain.get(str(f.type), ()) for f in declared},
        frozenset(f.name for f in declared if f.default is MISSING and f.default_factory is MISSING),
    )


def _one_of(value: Any, allowed: tuple[T, ...]) -> T:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, allowed))}")
    return value  # type: ignore[no-any-return]
