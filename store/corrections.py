"""Corrections by hand: what one is, which are sound, and how a list of them grows and shrinks.

A correction is one rule `{op, key, to, article}`, kept apart from the articles and applied whenever one is
read (`store.correcting`), so it holds for what is imported later and outlives a cleaning with better rules.

    op                          key                    to
    hide                        entity key             None
    rename                      entity key             the new name; joins an entity of that name
    retype                      entity key             another type
    merge                       entity key             "person:Trương Thị Mai": type and name, "#2" allowed
    split                       entity key             one of its forms, or "#2": a namesake
    title                       ""                     the title
    published, source, author   ""                     the value, or None: there is none
    line                        number of a page's     a kind of block, or "junk"
                                line, from 1

The first five are for one article or, with `article` None, for all; the others are for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

from store.article import BLOCK_KINDS, ENTITY_TYPES, EntityType
from store.errors import CorrectionError
from store.text import one_line

EntityOp = Literal["hide", "rename", "retype", "merge", "split"]
FactOp = Literal["title", "published", "source", "author"]
Op = Literal[EntityOp, FactOp, "line"]

ENTITY_OPS: Final[tuple[EntityOp, ...]] = get_args(EntityOp)
FACT_OPS: Final[tuple[FactOp, ...]] = get_args(FactOp)
JUNK: Final = "junk"
"""What a line becomes that is taken out."""

_ID = re.compile(r"[0-9a-f]{13}")
_KEY = re.compile(rf"(?:{'|'.join(ENTITY_TYPES)}):.+", re.DOTALL)
_TARGET = re.compile(rf"({'|'.join(ENTITY_TYPES)}):\s*(.+?)\s*(#[1-9]\d{{0,3}})?", re.DOTALL)
_NAMESAKE = re.compile(r"#[1-9]\d{0,3}")
_LINE = re.compile(r"[1-9]\d{0,6}")
_MADE = "%Y-%m-%dT%H:%M:%S.%fZ"
_CALL = len("2026-11-22T04:12:00.123")  # of `made`, what the rules of one call have in common
_LONGEST = 1000  # letters of a name, a title or a key
_REMEMBERED = 8  # rules that one took the place of, each of the next


@dataclass(frozen=True, slots=True)
class Correction:
    """One rule. `made` (UTC, ISO 8601 with microseconds and a `Z`; "": not kept yet) gives the order in
    which rules apply. Rules of one call share a millisecond. `before` is the rule that it took the place of,
    for the day it is taken back. Neither counts when two are compared."""

    op: Op
    key: str
    to: str | None
    article: str | None = None
    made: str = field(default="", compare=False)
    before: Correction | None = field(default=None, compare=False)

    @property
    def place(self) -> tuple[Op, str, str | None] | None:
        """What only one rule can hold at a time (a fact or a line of an article); None for entities."""
        return None if self.op in ENTITY_OPS else (self.op, self.key, self.article)


@dataclass(frozen=True, slots=True)
class Correcting:
    """What became of the corrections of a library: `library.correct(it.dropped, it.added)` takes it back."""

    added: tuple[Correction, ...] = ()
    dropped: tuple[Correction, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)


def to_json(correction: Correction) -> dict[str, Any]:
    """The rule as plain JSON values; `before` only if there is one."""
    data = asdict(replace(correction, before=None))
    before = correction.before
    return {name: data[name] for name in _DEFAULTS} | ({"before": to_json(before)} if before else {})


def from_json(data: Mapping[str, Any]) -> Correction:
    """The rule that `to_json` wrote, checked; unknown keys are ignored. Raises CorrectionError."""
    if not isinstance(data, Mapping):
        raise CorrectionError("bad_correction", reason="not an object")
    values = {name: data.get(name, default) for name, default in _DEFAULTS.items()}
    before = None
    with suppress(CorrectionError):  # it is for one's convenience: the rule itself is sound
        before = from_json(data["before"]) if data.get("before") else None
    return _remembering(checked(Correction(**values)), before)


_DEFAULTS: dict[str, Any] = {"op": "", "key": "", "to": None, "article": None, "made": ""}


def _remembering(rule: Correction, before: Correction | None, depth: int = _REMEMBERED) -> Correction:
    """The rule with what it took the place of, and that with what stood before it, as many as are kept."""
    if before is not None:
        before = _remembering(before, before.before, depth - 1) if depth else None
    return replace(rule, before=before)


def stood_before(rules: Sequence[Correction]) -> tuple[Correction, ...]:
    """The rules that hold again when these are taken back."""
    found: dict[Correction, None] = {}
    for rule in rules:
        before = rule.before
        while before is not None and before in rules:
            before = before.before
        if before is not None:
            found[before] = None
    return tuple(found)


def target(to: str | None) -> tuple[EntityType, str, str] | None:
    """The `to` of a merge as (type, name, "#2" or ""); None when it is none.

    >>> target("person:Trương Thị Mai#2")
    ('person', 'Trương Thị Mai', '#2')
    """
    match = _TARGET.fullmatch(to or "")
    return (match[1], match[2], match[3] or "") if match else None  # type: ignore[return-value]


def is_namesake(to: str | None) -> bool:
    """Whether the `to` of a split is a number of namesakes ("#2") and no form of a name."""
    return bool(_NAMESAKE.fullmatch(to or ""))


def checked(rule: Correction) -> Correction:
    """The rule in its normal form: names on one line, dates as ISO.

    Raises CorrectionError `bad_correction` (a rule of no sense), `no_such_type`, `no_such_kind`,
    `no_date`, `needs_value`, `needs_article`; fields `op`, `key`, `to`.
    """
    fields = {"op": rule.op, "key": rule.key, "to": rule.to}
    plain = all(isinstance(value, str) for value in (rule.op, rule.key, rule.made))
    if not plain or not isinstance(rule.to, str | None) or not isinstance(rule.article, str | None):
        raise CorrectionError("bad_correction", **fields)
    to = one_line(rule.to)[:_LONGEST] if rule.to is not None else None
    if rule.op not in get_args(Op) or not _ID.fullmatch(rule.article or "0" * 13):
        raise CorrectionError("bad_correction", **fields)
    if rule.op in ENTITY_OPS:
        if not _KEY.fullmatch(rule.key) or len(rule.key) > _LONGEST:
            raise CorrectionError("bad_correction", **fields)
    elif rule.article is None:
        raise CorrectionError("needs_article", **fields)
    match rule.op:
        case "hide":
            to = None
        case "retype":
            if to not in ENTITY_TYPES:
                raise CorrectionError("no_such_type", **fields)
        case "merge":
            if target(to) is None:
                raise CorrectionError("bad_correction", **fields)
        case "rename" | "split" | "title":
            if not to:
                raise CorrectionError("needs_value", **fields)
        case "published":
            from store.dates import typed_date  # its patterns take 5 ms to make ready

            to = typed_date(to) if to else None
            if to is None and rule.to:
                raise CorrectionError("no_date", **fields)
        case "source" | "author":
            to = to or None
        case "line":
            if not _LINE.fullmatch(rule.key):
                raise CorrectionError("bad_correction", **fields)
            if to != JUNK and to not in BLOCK_KINDS:
                raise CorrectionError("no_such_kind", **fields)
    key = "" if rule.op in FACT_OPS else rule.key
    return replace(rule, key=key, to=to, made=_moment(rule.made))


def _moment(made: str) -> str:
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return ""
    plain = moment.tzinfo is not None and 1970 < moment.year < 9000
    return moment.astimezone(UTC).strftime(_MADE) if plain else ""


def in_order(rules: Iterable[Correction]) -> list[Correction]:
    """Rules in the order in which they apply."""
    return sorted(rules, key=lambda rule: rule.made)


def last_made(rules: Sequence[Correction]) -> tuple[Correction, ...]:
    """Of rules in their order, those of the last call that made any."""
    return tuple(rule for rule in rules if rule.made[:_CALL] == rules[-1].made[:_CALL])


def revise(
    there: Sequence[Correction],
    add: Iterable[Correction],
    drop: Iterable[Correction],
    now: datetime | None = None,
) -> Correcting:
    """What adding and dropping come to, given the rules that are there, in their order.

    A fact or a line has one rule: the new one takes the place of the old. A rule without `made` is the
    last word, even if an equal one stood before others; one with it (read back, or put back) keeps its
    place, and gives way to a later one. What is there already is not added. Raises CorrectionError.
    """
    gone = set(drop)
    kept = {rule: rule for rule in in_order(there) if rule not in gone}
    places = {rule.place: rule for rule in kept if rule.place}
    latest = next(reversed(kept), None)
    made = _after(there[-1].made if there else "", now or datetime.now(UTC))
    added: list[Correction] = []
    for rule_to_add in add:
        new = checked(rule_to_add)
        old = places.get(new.place) if new.place else kept.get(new)
        if new.made:
            if old and (old == new or old.made > new.made):
                continue
        elif old == new and (new.place or latest == new):
            continue
        else:
            if latest and made.strftime(_MADE) <= latest.made:
                made = datetime.fromisoformat(latest.made) + timedelta(microseconds=1)
            new = replace(new, made=made.strftime(_MADE))
        if old:
            new = _remembering(new, old)
            del kept[old]
        kept[new] = new
        if new.place:
            places[new.place] = new
        if latest is None or new.made >= latest.made:
            latest = new
        added.append(new)
    before = {(rule, rule.made) for rule in there}
    after = {(rule, rule.made) for rule in kept.values()}
    return Correcting(
        tuple(rule for rule in added if (rule, rule.made) in after - before),
        tuple(rule for rule in there if (rule, rule.made) not in after),
    )


def _after(latest: str, now: datetime) -> datetime:
    """Now, in whole milliseconds, or the next one after the latest rule where the clock went back."""
    if latest:
        last = datetime.fromisoformat(latest)
        now = max(now, last.replace(microsecond=last.microsecond // 1000 * 1000) + timedelta(milliseconds=1))
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
