"""reclean: clean the kept pages with today's rules; show what changes, ask, write."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from store.text import one_line
from tui import wording
from tui.cli import DONE, NOTHING_FOUND, SOME_FAILED, WRONG_USAGE, output
from tui.cli.choosing import dry_run_option, parse, select
from tui.cli.root import Session, Verb, session
from tui.cli.waiting import progress_bar, stopped_by_signal
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from store.article import Block, Entity
    from store.library import Library
    from store.recleaning import Difference, Passed, Prepared

Line = tuple[str, str]
"""Text and its style on a terminal."""

_FACTS = {
    "title": N_("title"),
    "published": N_("date"),
    "published_basis": N_("basis of the date"),
    "source": N_("source"),
    "author": N_("author"),
    "language": N_("language"),
}
_KINDS = {
    "lead": N_("lead"),
    "paragraph": N_("paragraph"),
    "heading": N_("heading"),
    "quote": N_("quotation"),
    "list": N_("list item"),
    "caption": N_("caption"),
}
_TYPES = {
    "person": N_("person"),
    "organization": N_("organisation"),
    "place": N_("place"),
    "date": N_("day"),
    "document": N_("document"),
    "event": N_("event"),
    "quantity": N_("quantity"),
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


@click.command(
    "reclean",
    cls=Verb,
    short_help=_("Clean the kept pages with today's rules."),
    help=_(
        "Clean the kept pages anew with today's rules. Shows what changes in each article, then asks before"
        " it writes. Stars, tags and notes stay; highlights and the place of reading move with their words."
        " Without a filter: all articles outside the trash."
    ),
    examples="""
        bandoc reclean --dry-run
        bandoc reclean source:Báo Cần Thơ, date:2017
        bandoc reclean --yes
        bandoc reclean --dry-run --format jsonl > changes.jsonl
    """,
)
@click.argument("words", nargs=-1, metavar=_("[FILTER]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "tsv", "jsonl"]),
    help=_("How changes are shown: text (on a terminal), tsv (piped), jsonl."),
)
@click.option("--yes", "-y", is_flag=True, help=_("Don't ask."))
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), metavar="N", help=_("Worker processes (default: by itself).")
)
@dry_run_option
@session
def reclean(
    here: Session, *, words: tuple[str, ...], form: str | None, yes: bool, jobs: int | None, dry_run: bool
) -> int:
    from store.recleaning import prepare

    asked = parse(here, " ".join(words))
    library = here.library()
    rows = select(library, asked)
    if rows is None:
        here.complain(_("nothing found"))
        return NOTHING_FOUND
    with progress_bar(_("cleaning")) as show:
        prepared = prepare(library, rows.ids(), jobs=jobs, progress=show)
    with prepared:
        _show(prepared, form or ("text" if output.is_terminal(sys.stdout) else "tsv"))
        here.say(_summary(prepared))
        failed = SOME_FAILED if any(passed.error.code != "no_page" for passed in prepared.passed) else DONE
        if dry_run or not prepared.changed:
            return failed
        if not yes:
            if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
                here.complain(_("nothing written: nobody here to ask; say --yes to write, --dry-run to look"))
                return WRONG_USAGE
            question = ngettext("Write {n} article anew?", "Write {n} articles anew?", prepared.changed)
            if not click.confirm(question.format(n=prepared.changed), err=True):
                here.say(_("nothing written"))
                return NOTHING_FOUND
        return _write(here, library, prepared) or failed


def _write(here: Session, library: Library, prepared: Prepared) -> int:
    with stopped_by_signal() as stopped, progress_bar(_("writing")) as show:
        written = prepared.write(library, progress=show, cancelled=lambda: bool(stopped))
    said = ngettext("{n} article written anew", "{n} articles written anew", written).format(n=written)
    if stopped:
        here.say(_("stopped: ") + said + _("; the others are as they were: reclean goes on with them"))
        return 128 + stopped[0]
    if rest := prepared.changed - written:
        more = ngettext(
            "; {n} left alone: it was changed or deleted meanwhile",
            "; {n} left alone: they were changed or deleted meanwhile",
            rest,
        )
        said += more.format(n=rest)
    here.say(said)
    return DONE


def _summary(prepared: Prepared) -> str:
    """What would change, in one line."""
    same = prepared.total - prepared.changed - len(prepared.passed)
    counts = prepared.counts
    named = [(counts[name], _(label)) for name, label in _FACTS.items() if counts[name]]
    for name, label in (("lines", _("text")), ("entities", _("entities")), ("details", _("only details"))):
        if counts[name]:
            named.append((counts[name], label))
    parts = ngettext("{n} article changes", "{n} articles change", prepared.changed).format(
        n=prepared.changed
    )
    if named:
        parts += " (" + ", ".join(f"{label}: {number}" for number, label in named) + ")"
    parts += ", " + _("{n} stay the same").format(n=same)
    if prepared.passed:
        parts += ", " + _("{n} passed over").format(n=len(prepared.passed))
    return parts


# -- showing -------------------------------------------------------------------------------------


def _show(prepared: Prepared, form: str) -> None:
    if form == "jsonl":
        output.emit_json(_values(prepared), form)
    elif form == "tsv":
        for found in prepared.differences():
            output.emit_lines(_rows(found))
        output.emit_lines((one.id, "passed", None, one.error.code) for one in prepared.passed)
    elif output.is_terminal(sys.stdout):
        from rich.text import Text

        output.page(Text(text, style=style) for text, style in _lines(prepared))
    else:
        for text, _style in _lines(prepared):
            output.emit(text + "\n")
    _traces(prepared.passed)


def _values(prepared: Prepared) -> Iterator[dict[str, Any]]:
    for found in prepared.differences():
        yield found.to_json()
    for one in prepared.passed:
        yield {"id": one.id, "title": one.title, "passed": one.error.code}


def _traces(passed: Iterable[Passed]) -> None:
    if os.environ.get("BANDOC_DEBUG") == "1":
        for one in passed:
            if trace := one.error.fields.get("trace"):
                print(trace, file=sys.stderr)


def _rows(found: Difference) -> Iterator[tuple[object, ...]]:
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
    for words in found.lost:
        yield found.id, "highlight", words, None
    if found.details:
        yield found.id, "details", None, ",".join(found.details)


def _lines(prepared: Prepared) -> Iterator[Line]:
    for found in prepared.differences():
        yield f"{found.id}  {one_line(found.title)}", "bold"
        for text, style in _of_article(found):
            yield f"  {one_line(text)}", style
    for one in prepared.passed:
        yield f"{one.id}  {one_line(one.title)}", "bold"
        yield f"  {wording.reason(one.error)}", "dim"


def _of_article(found: Difference) -> Iterator[Line]:
    for name, (old, new) in found.facts.items():
        yield f"{_(_FACTS[name])}: {old or '—'} → {new or '—'}", ""
    for one, other in found.lines:
        yield from _line(one, other)
    for before, after in found.entities:
        yield from _of_entity(before, after)
    for words in found.lost:
        yield (
            _("! a highlight loses its words and becomes a note: {words}").format(words=_cut(words)),
            "yellow",
        )
    if found.details and not (found.facts or found.lines or found.entities):
        yield _("only details: ") + ", ".join(_(_DETAILS[name]) for name in found.details), "dim"


def _line(old: Block | None, new: Block | None) -> Iterator[Line]:
    if old and new and old.kind != new.kind:
        yield f"{_(_KINDS[old.kind])} → {_(_KINDS[new.kind])}: {_cut(new.text)}", ""
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
            yield f"{sign} {_entity(only, _(_TYPES[only.type]))}", style
        return
    label = _(_TYPES[new.type])
    if old.type != new.type or old.name != new.name:
        yield (
            f"{_(_TYPES[old.type])}: {old.name} → {'' if old.type == new.type else label + ': '}{new.name}",
            "",
        )
    if old.roles != new.roles:
        yield f"{label}: {new.name}: {'; '.join(old.roles) or '—'} → {'; '.join(new.roles) or '—'}", ""
    if (old.value, old.value_basis) != (new.value, new.value_basis):
        yield f"{label}: {new.name}: {_value(old)} → {_value(new)}", ""


def _value(entity: Entity) -> str:
    return "—" if entity.value is None else entity.value + (" ≈" if entity.value_basis == "supplied" else "")


def _entity(entity: Entity, type: str) -> str:
    roles = f" ({'; '.join(entity.roles)})" if entity.roles else ""
    return f"{type}: {entity.name}{roles}" + (f" = {entity.value}" if entity.value else "")


COMMANDS = {"reclean": reclean}
