"""An article as its reader corrected it: rules applied to what cleaning and extraction found.

First the facts and the lines of an article; where its title, date or text changed, its entities are
extracted anew; then the rules for entities. A rule that no longer fits does nothing.
"""

from __future__ import annotations

import heapq
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from store.article import Article, Block, BlockKind, Dropped, Entity, EntityType, Fact, Mention, RawPage
from store.corrections import ENTITY_OPS, FACT_OPS, JUNK, Correction, checked, in_order, is_namesake, target
from store.entities import entity_key, extract
from store.errors import CorrectionError
from store.text import mark_fold

BY_HAND = "corrected by hand"
TAKEN_AWAY = "taken away by hand"
TAKEN_OUT = "taken out by hand"

PageOf = Callable[[str], RawPage | None]
"""Gives the page of an article by its id."""


def apply(article: Article, corrections: Iterable[Correction], page: RawPage | None = None) -> Article:
    """The article with the corrections that concern it. Pure; never raises.

    Its page tells where a line stands that is taken out; without one only lines of a single block are.
    """
    return Rules(corrections).apply(article, lambda _: page)[0]


def merge_target(entity: Entity) -> str:
    """What the `to` of a merge into this entity is: its type and name, or what else has its key."""
    base, sign, number = entity.key.partition("#")
    names = [entity.name, *filter(None, [entity.value])]
    key = base.partition(":")[2]
    name = next((name for name in names if entity_key(entity.type, name) == base), key or entity.name)
    return f"{entity.type}:{name}{sign}{number}"


_Ranked = tuple[int, Correction]
"""A rule and its place in the order."""


class Rules:
    """Corrections made ready to be applied to many articles. Unsound ones are left out."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        sound: list[Correction] = []
        for correction in corrections:
            with suppress(CorrectionError):
                sound.append(checked(correction))
        self.all = tuple(in_order(sound))
        self._everywhere: dict[str, list[_Ranked]] = defaultdict(list)
        self._own: dict[str, list[_Ranked]] = defaultdict(list)
        for rank, rule in enumerate(self.all):
            (self._everywhere[rule.key] if rule.article is None else self._own[rule.article]).append(
                (rank, rule)
            )

    def apply(self, article: Article, page_of: PageOf) -> tuple[Article, frozenset[str]]:
        """The article corrected, and the keys of the entity rules that changed something in it."""
        own = self._own.get(article.id, ())
        if not own and (
            not self._everywhere or self._everywhere.keys().isdisjoint(e.key for e in article.entities)
        ):
            return article, frozenset()
        corrected = _facts_and_lines(article, [rule for _, rule in own if rule.op not in ENTITY_OPS], page_of)
        said = (corrected.title, corrected.published, corrected.blocks)
        if said != (article.title, article.published, article.blocks):
            corrected = extract(corrected)
        about: dict[str, list[_Ranked]] = defaultdict(list)
        for ranked in own:
            if ranked[1].op in ENTITY_OPS:
                about[ranked[1].key].append(ranked)
        entities, touched = _entities(
            corrected, lambda key: [*about.get(key, ()), *self._everywhere.get(key, ())]
        )
        return (replace(corrected, entities=entities) if touched else corrected), touched


# -- facts and lines -----------------------------------------------------------------------------


def _facts_and_lines(article: Article, rules: Sequence[Correction], page_of: PageOf) -> Article:
    for rule in rules:
        if rule.op in FACT_OPS:
            article = _with_fact(article, rule)
    if lines := [rule for rule in rules if rule.op == "line"]:
        page = page_of(article.id)
        for rule in lines:
            article = _with_line(article, int(rule.key), rule.to, page.lines if page else None)
    return article


def _with_fact(article: Article, rule: Correction) -> Article:
    """The fact keeps its place on the page, so that nothing there vanishes."""
    why = BY_HAND if rule.to is not None else TAKEN_AWAY
    before = article.facts.get(rule.op)
    facts = {**article.facts, rule.op: replace(before, why=why) if before else Fact(None, why)}
    match rule.op:
        case "title":
            return replace(article, facts=facts, title=rule.to or article.title)
        case "published":
            return replace(
                article,
                facts=facts,
                published=rule.to,
                published_basis="stated" if rule.to else "unknown",
            )
        case "source":
            return replace(article, facts=facts, source=rule.to)
    return replace(article, facts=facts, author=rule.to)


def _with_line(article: Article, line: int, to: str | None, page: Sequence[str] | None) -> Article:
    if page and (credited := _without_credit(article, line, page)):
        article = credited
        if to == JUNK:
            return article
    line = _first_line(article, line, page)
    there = [at for at, block in enumerate(article.blocks) if block.line == line]
    if to == JUNK:
        return _without_line(article, line, [article.blocks[at] for at in there], page) if there else article
    kind: BlockKind = to  # type: ignore[assignment]  # `checked` saw to it
    blocks = list(article.blocks)
    if there:
        for at in there:
            blocks[at] = replace(blocks[at], kind=kind)
        return _with_blocks(article, blocks, there[0] if kind == "lead" else None)
    parts = [part for part in article.dropped if part.line == line]
    facts = dict(article.facts)
    for name, fact in article.facts.items():  # a fact that another value took over leaves its words free
        if fact.line == line and fact.why in (BY_HAND, TAKEN_AWAY) and page and line <= len(page):
            words = page[line - 1]
            parts.append(Dropped(line, fact.start, len(words), words[fact.start : fact.end], fact.why))
            facts[name] = Fact(None, fact.why)
    covered = _spans([], facts.values(), line)
    text: list[str] = []
    for part in sorted(parts, key=lambda part: part.start):
        for start, end in _gaps(part.start, part.start + len(part.text), covered):
            text += part.text[start - part.start : end - part.start].split()
            covered.append((start, end))
    if not text:
        return article
    above = [at for at, block in enumerate(blocks, 1) if block.line and block.line < line]
    at = above[-1] if above else sum(block.kind == "lead" for block in blocks)
    blocks.insert(at, Block(kind, " ".join(text), line))
    dropped = tuple(part for part in article.dropped if part.line != line)
    return _with_blocks(
        replace(article, facts=facts, dropped=dropped), blocks, at if kind == "lead" else None
    )


def _spans(dropped: Iterable[Dropped], facts: Iterable[Fact], line: int) -> list[tuple[int, int]]:
    """What dropped parts and facts take up of a line."""
    spans = [(part.start, part.end) for part in dropped if part.line == line]
    whole = sys.maxsize
    return spans + [(f.start, whole if f.end is None else f.end) for f in facts if f.line == line]


def _gaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What the spans leave free between two places."""
    for begin, stop in sorted(spans):
        if start < min(begin, end):
            yield start, min(begin, end)
        start = max(start, stop)
    if start < end:
        yield start, end


def _with_blocks(article: Article, blocks: list[Block], lead: int | None = None) -> Article:
    """The article with these blocks. There is one lead at most, and it stands first."""
    if lead is not None:
        chosen = blocks.pop(lead)
        blocks = [replace(block, kind="paragraph") if block.kind == "lead" else block for block in blocks]
        blocks.insert(0, chosen)
    first = blocks[0].text if blocks and blocks[0].kind == "lead" else None
    return replace(article, blocks=tuple(blocks), lead=first)


def _first_line(article: Article, line: int, page: Sequence[str] | None) -> int:
    """The line that a block goes by, for one of the further lines it was cut into on its page."""
    begun = {block.line for block in article.blocks}
    while page and line not in begun and any(_uncovered(article, line, page)):
        line -= 1
    return line


def _without_credit(article: Article, line: int, page: Sequence[str]) -> Article | None:
    """With the credit dropped that a caption above has from this line; None if none has."""
    parts = list(_uncovered(article, line, page))
    credit = " ".join(word for part in parts for word in part.text.split())
    for at in reversed(range(len(article.blocks))):
        block = article.blocks[at]
        if credit and block.credit == credit and block.line and block.line < line:
            blocks = (*article.blocks[:at], replace(block, credit=None), *article.blocks[at + 1 :])
            return replace(article, blocks=blocks, dropped=_sorted([*article.dropped, *parts]))
    return None


def _sorted(parts: Iterable[Dropped]) -> tuple[Dropped, ...]:
    return tuple(sorted(parts, key=lambda part: (part.line, part.start)))


def _without_line(article: Article, line: int, there: Sequence[Block], page: Sequence[str] | None) -> Article:
    """What no fact and no dropped part covers of the lines of these blocks is dropped in their place."""
    parts: list[Dropped] = []
    if page is None:
        text = " ".join(block.text + (f" {block.credit}" if block.credit else "") for block in there)
        parts.append(Dropped(line, 0, len(text), text, TAKEN_OUT))
    else:
        others = {block.line for block in article.blocks}
        number = line
        while found := list(_uncovered(article, number, page)):
            parts += found
            number += 1
            if number in others:
                break
    rest = [block for block in article.blocks if block.line != line]
    return _with_blocks(replace(article, dropped=_sorted([*article.dropped, *parts])), rest)


def _uncovered(article: Article, line: int, page: Sequence[str]) -> Iterator[Dropped]:
    """The parts of a line that only blocks hold."""
    text = page[line - 1] if 1 <= line <= len(page) else ""
    for start, end in _gaps(0, len(text), _spans(article.dropped, article.facts.values(), line)):
        if words := text[start:end].strip():
            begin = text.index(words, start)
            yield Dropped(line, begin, begin + len(words), words, TAKEN_OUT)


# -- entities ------------------------------------------------------------------------------------


_Entities = dict[str, Entity]


def _entities(
    article: Article, rules_of: Callable[[str], list[_Ranked]]
) -> tuple[tuple[Entity, ...], frozenset[str]]:
    """The entities after the rules for them (given by key), and the keys of those that changed something."""
    entities: _Entities = {}
    for entity in article.entities:  # each key once, but for what another program wrote
        entities[entity.key] = _joined(entities[entity.key], entity) if entity.key in entities else entity
    seen = set(entities)
    waiting = [ranked for key in entities for ranked in rules_of(key)]
    heapq.heapify(waiting)
    touched: set[str] = set()
    while waiting:
        rank, rule = heapq.heappop(waiting)
        if rule.key not in entities:
            continue
        entity = entities[rule.key]
        others = {key: other for key, other in entities.items() if key != rule.key}
        if (after := _changed(article, entity, others, rule)) is not None:
            for key in after.keys() - seen:  # a rule made later may be about what this one made
                for later in rules_of(key):
                    if later[0] > rank:
                        heapq.heappush(waiting, later)
            seen |= after.keys()
            entities = after
            touched.add(rule.key)
    if not touched:
        return article.entities, frozenset()
    return tuple(sorted(entities.values(), key=_first_mention)), frozenset(touched)


def _changed(article: Article, entity: Entity, others: _Entities, rule: Correction) -> _Entities | None:
    """All entities after a rule about one of them; None if it changes nothing."""
    to = rule.to or ""
    match rule.op:
        case "hide":
            return others
        case "rename":
            same = mark_fold(to) == mark_fold(entity.name)
            key = entity.key if same else _key(others, entity.type, to)
            new = _named(entity, entity.type, key, to)
            return None if new == entity else _with(others, new)
        case "retype":
            kind: EntityType = to  # type: ignore[assignment]  # `checked` saw to it
            if kind == entity.type:
                return None
            return _with(others, _named(entity, kind, _key(others, kind, entity.name), entity.name))
        case "merge":
            kind, name, number = target(to) or (entity.type, "", "")
            key = _key(others | {entity.key: entity}, kind, name, number)
            if key == entity.key:
                return None
            if key in others:
                return others | {key: _joined(others[key], entity)}
            return _with(others, _named(entity, kind, key, name))
        case _:
            return _split(article, entity, others, to)


def _split(article: Article, entity: Entity, others: _Entities, to: str) -> _Entities | None:
    if is_namesake(to):
        key = entity.key.partition("#")[0] + (to if to != "#1" else "")
        return None if key == entity.key else _with(others, replace(entity, key=key, why=BY_HAND))
    form = mark_fold(to)
    texts = {mention: article.text_of(mention) for mention in entity.mentions}
    gone = tuple(mention for mention, text in texts.items() if mark_fold(text) == form)
    left = tuple(mention for mention in entity.mentions if mention not in gone)
    if not gone or not left:
        return None
    key = _key(others, entity.type, to)
    number = 2
    while key == entity.key or (number > 2 and key in others):
        key, number = f"{entity.key.partition('#')[0]}#{number}", number + 1
    new = Entity(entity.type, key, texts[gone[0]], why=BY_HAND, mentions=gone)
    name = entity.name
    if mark_fold(name) == form:
        name = max((texts[mention] for mention in left), key=len)
    aliases = [alias for alias in entity.aliases if mark_fold(alias) != form]
    rest = replace(entity, name=name, aliases=_names(name, aliases), why=BY_HAND, mentions=left)
    return _with(others | {entity.key: rest}, new)


def _key(entities: _Entities, type: EntityType, name: str, number: str = "") -> str:
    """The key of what bears a name: of an entity that is there, else the one the name would get."""
    key = entity_key(type, name) + (number if number != "#1" else "")
    if key not in entities and not number:
        folded = mark_fold(name)
        for entity in entities.values():
            if entity.type == type and "#" not in entity.key and mark_fold(entity.name) == folded:
                return entity.key
    return key


def _with(others: _Entities, new: Entity) -> _Entities:
    """With a new entity, which takes in the one of its key if there is one."""
    old = others.get(new.key)
    return others | {new.key: _joined(new, old) if old else new}


def _named(entity: Entity, type: EntityType, key: str, name: str) -> Entity:
    """The entity under another type, key and name; its old name becomes an alias."""
    same = type == entity.type
    if same and (key, name) == (entity.key, entity.name):
        return entity
    # The value of a body is its full name; of a day or a document it has nothing to do with the name.
    valued = same and (type != "organization" or key == entity.key)
    return replace(
        entity,
        type=type,
        key=key,
        name=name,
        roles=entity.roles if same else (),
        aliases=_names(name, [entity.name, *entity.aliases]),
        value=entity.value if valued else None,
        value_basis=entity.value_basis if valued else None,
        why=BY_HAND,
    )


def _joined(into: Entity, other: Entity) -> Entity:
    """Two entities as one, which keeps the name, type and key of the first."""
    same = into.type == other.type
    valued = other if into.value is None and same else into
    return replace(
        into,
        roles=tuple(dict.fromkeys([*into.roles, *other.roles])) if same else into.roles,
        aliases=_names(into.name, [*into.aliases, other.name, *other.aliases]),
        value=valued.value,
        value_basis=valued.value_basis,
        why=BY_HAND,
        mentions=_in_order({*into.mentions, *other.mentions}),
    )


def _names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(other for other in dict.fromkeys(others) if other != name)


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in reading order; of one inside another only the outer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.block, m.start, -m.end)):
        if not kept or mention.block != kept[-1].block or mention.end > kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _first_mention(entity: Entity) -> tuple[float, int]:
    """Where an entity is named first; one that is named nowhere comes last."""
    return min(((m.block, m.start) for m in entity.mentions), default=(float("inf"), 0))
