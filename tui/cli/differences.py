"""What changes in an article, as lines for a person and as rows for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.text import one_line
from tui.entity_types import type_word
from tui.figures import day_and_time, period
from tui.i18n import N_, _

if TYPE_CHECKING:
    from store.article import Block, Entity
    from store.recleaning import Difference

Line = tuple[str, str]
"""Text and its style on a terminal."""

FACTS = {
    "title": N_("title"),
    "published": N_("date"),
    "published_basis": N_("basis of the date"),
    "source": N_("source"),
    "author": N_("author"),
    "language": N_("language"),
}
KINDS = {
    "lead": N_("lead"),
    "paragraph": N_("paragraph"),
    "heading": N_("heading"),
    "quote": N_("quotation"),
    "list": N_("list item"),
    "caption": N_("caption"),
}
_DETAILS = {
    "lead": N_("the lead"),
    "blocks": N_("order and places of the lines"),
    "facts": N_("where the facts stand"),
    "dropped": N_("reasons of what is left out"),
    "entities": N_("mentions"),
    "abbreviations": N_("abbreviations"),
}
_GONE, _COME = "red", "green"
_LONG = 160  # letters of a line that are shown
_AROUND = 24  # letters shown on either side of what changed in a line


def rows(found: Difference) -> Iterator[tuple[object, ...]]:
    """id, what changes, before, after."""
    for name, (old, new) in found.facts.items():
        yield found.id, name, old, new
    for one, other in found.lines:
        yield found.id, "line", one and f"{one.kind}: {one.text}", other and f"{other.kind}: {other.text}"
    for before, after in found.entities:
        yield (
            found.id,
            "entity",
            before and _entity(before, before.type),
            after and _entity(after, after.type),
        )
    if found.details:
        yield found.id, "details", None, ",".join(found.details)
    for name in found.held:
        yield found.id, "held", name, name
    for key in found.loose:
        yield found.id, "correction", key, None
    for words in found.lost:
        yield found.id, "highlight", words, None


def drawn(found: Difference) -> Iterator[Line]:
    """The lines that show a person what changes in an article."""
    for name, (old, new) in found.facts.items():
        held = _(" (your correction stays)") if name in found.held else ""
        shown = map(day_and_time, (old, new)) if name == "published" else (old, new)
        yield f"{_(FACTS[name])}: {' → '.join(value or '—' for value in shown)}{held}", ""
    for one, other in found.lines:
        yield from _line(one, other)
    for before, after in found.entities:
        yield from _of_entity(before, after)
    for key in found.loose:
        yield _("! a correction no longer finds what it corrects: {key}").format(key=key), "yellow"
    for words in found.lost:
        yield (
            _("! a highlight loses its words and becomes a note: {words}").format(words=_cut(words)),
            "yellow",
        )
    if found.details and not (found.facts or found.lines or found.entities):
        yield _("only details: ") + ", ".join(_(_DETAILS[name]) for name in found.details), "dim"


def _line(old: Block | None, new: Block | None) -> Iterator[Line]:
    if old and new and old.kind != new.kind:
        yield f"{_(KINDS[old.kind])} → {_(KINDS[new.kind])}: {_cut(new.text)}", ""
        if old.text == new.text:
            return
    gone, come = _apart(old.text if old else "", new.text if new else "")
    if old:
        yield f"- {gone}", _GONE
    if new:
        yield f"+ {come}", _COME
    if old and new and old.credit != new.credit:
        yield _("credit: ") + f"{old.credit or '—'} → {new.credit or '—'}", ""


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two forms of a line, without the ends that are the same."""
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    same = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    start, same = max(0, start - _AROUND), max(0, same - _AROUND)
    if not (old and new):
        start = same = 0

    def part(text: str) -> str:
        return _cut(("…" if start else "") + text[start : len(text) - same]) + ("…" if same else "")

    return part(old), part(new)


def _cut(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _of_entity(old: Entity | None, new: Entity | None) -> Iterator[Line]:
    if old is None or new is None:
        only = old or new
        if only is not None:
            sign, style = ("-", _GONE) if new is None else ("+", _COME)
            yield f"{sign} {_entity(only, type_word(only.type))}", style
        return
    label = type_word(new.type)
    if old.type != new.type or old.name != new.name:
        yield (
            f"{type_word(old.type)}: {old.name} → {'' if old.type == new.type else label + ': '}{new.name}",
            "",
        )
    if old.roles != new.roles:
        yield f"{label}: {new.name}: {'; '.join(old.roles) or '—'} → {'; '.join(new.roles) or '—'}", ""
    if (old.value, old.value_basis) != (new.value, new.value_basis):
        yield f"{label}: {new.name}: {_value(old)} → {_value(new)}", ""


def _value(entity: Entity) -> str:
    return (
        "—"
        if entity.value is None
        else period(entity.value) + (" ≈" if entity.value_basis == "supplied" else "")
    )


def _entity(entity: Entity, type: str) -> str:
    roles = f" ({'; '.join(entity.roles)})" if entity.roles else ""
    return f"{type}: {entity.name}{roles}" + (f" = {entity.value}" if entity.value else "")
