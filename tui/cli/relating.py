"""related: what is about the same."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.root import Session, Verb, session
from tui.figures import day
from tui.i18n import _


@click.command(
    "related",
    cls=Verb,
    short_help=_("What is about the same."),
    help=_(
        "The articles that share most with one: people, bodies, documents and places that few articles name,"
        " and words of its headline. Those that tell the same story are left out: bandoc list same:ID."
    ),
    examples="""
        bandoc related 3f9c
        bandoc related 3f9c --limit 3 --format jsonl
        bandoc related 3f9c --format ids | bandoc show -
    """,
)
@click.argument("article", metavar=_("ID"))
@click.option(
    "--limit", type=click.IntRange(min=0), default=10, metavar="N", help=_("At most N articles (default 10).")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "ids", "json", "jsonl"]),
    help=_("table (on a terminal), tsv (piped), ids, json or jsonl."),
)
@session
def related(here: Session, *, article: str, limit: int, form: str | None) -> int:
    library = here.library()
    found = library.related(library.article(article).id, limit)
    form = form or ("table" if output.is_terminal(sys.stdout) else "tsv")
    if form == "ids":
        output.emit_ids(one.id for one in found)
    elif form in {"json", "jsonl"}:
        output.emit_json(map(asdict, found), form)
    elif form == "tsv":
        output.emit_lines(
            (one.id, one.published, one.source, one.title, "; ".join(one.names), "; ".join(one.words))
            for one in found
        )
    elif found:
        columns = [(_("ID"), 13), (_("Date"), 10), (_("Title"), None), (_("In common"), 36)]
        shown = len(columns) if output.width() >= 100 else len(columns) - 1
        cells = (
            [
                (one.id, "dim"),
                (day(one.published), ""),
                (one.title, ""),
                (", ".join((*one.names, *one.words)), "dim"),
            ][:shown]
            for one in found
        )
        output.draw_table(columns[:shown], cells)
    if not found:
        here.say(_("Nothing found."))
    return DONE if found else NOTHING_FOUND


COMMANDS = {"related": related}
