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
from tui.cli.differences import FACTS, Line, drawn, rows
from tui.cli.root import Session, Verb, completes, session
from tui.cli.waiting import progress_bar, stopped_by_signal
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.library import Library
    from store.recleaning import Passed, Prepared


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
@click.argument("words", nargs=-1, metavar=_("[FILTER]…"), shell_complete=completes("words_of_filter"))
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
    whole = False
    try:
        with stopped_by_signal() as stopped, progress_bar(_("writing")) as show:
            prepared.write(library, progress=show, cancelled=lambda: bool(stopped))
        whole = not stopped
    finally:  # an error too must not leave open what was done
        n = prepared.written
        said = ngettext("{n} article written anew", "{n} articles written anew", n).format(n=n)
        if not whole:
            here.say(_("stopped: ") + said + _("; the others are as they were: reclean goes on with them"))
    if stopped:
        return 128 + stopped[0]
    if rest := prepared.changed - prepared.written:
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
    named = [(counts[name], _(label)) for name, label in FACTS.items() if counts[name]]
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
            output.emit_lines(rows(found))
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


def _lines(prepared: Prepared) -> Iterator[Line]:
    for found in prepared.differences():
        if found.only_details:
            continue  # thousands, after an update that words a reason anew; they are counted at the end
        yield f"{found.id}  {one_line(found.title)}", "bold"
        for text, style in drawn(found):
            yield f"  {one_line(text)}", style
    for one in prepared.passed:
        yield f"{one.id}  {one_line(one.title)}", "bold"
        yield f"  {wording.reason(one.error)}", "dim"


COMMANDS = {"reclean": reclean}
