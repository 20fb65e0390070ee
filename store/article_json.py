"""The JSON form of an article: what `bandoc show ID --format json` prints and what volumes hold.

`from_json(to_json(article)) == article` for every article.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import Any, TypeVar, cast

from store.article import (
    BASES,
    BLOCK_KINDS,
    ENTITY_TYPES,
    TITLE,
    Article,
    Block,
    Dropped,
    Entity,
    Fact,
    Highlight,
    Mention,
    Note,
    Origin,
    Position,
    State,
)
from store.errors import LoadError


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
