"""list: what a filter finds. Nothing is imported here that an index alone can do without."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.choosing import articles, first, parse, select
from tui.cli.root import Session, Verb, completes, session
from tui.figures import day
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.index.row import Row
    from store.index.rows import Counts, Rows

_SORTS = (
    "date", "-date", "added", "-added", "title", "-title",
    "source", "-source", "relevance", "-relevance", "unread", "-unread",
)  # fmt: skip


@click.command(
    "list",
    cls=Verb,
    short_help=_("List what a filter finds."),
    help=_(
        "List the articles that a filter finds; without one, all of them, newest first."
        "\n\nWords side by side must stand side by side; typed without marks they match any marks. A comma"
        " parts conditions: is:unread, person:…, org:…, place:…, doc:…, source:…, date:2023-12."
    ),
    examples="""
        bandoc list
        bandoc list tong ket
        bandoc list 'tong ket, is:unread, date:2023'
        bandoc list person:Trương Thị Mai --sort title --limit 10
        bandoc list is:starred --format ids | bandoc export -
        bandoc list --format jsonl > all.jsonl
    """,
)
@click.argument("words", nargs=-1, metavar=_("[FILTER]…"), shell_complete=completes("words_of_filter"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "ids", "json", "jsonl", "md"]),
    help=_("table (on a terminal), tsv (piped), ids, json or jsonl (whole articles), md (a list of titles)."),
)
@click.option("--sort", type=click.Choice(_SORTS), help=_("The order; date is newest first, undated last."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help=_("At most N articles."))
@click.option(
    "--group",
    is_flag=True,
    help=_("One row for each story, with how many more tell it (table, tsv: a last column)."),
)
@click.option("--count", is_flag=True, help=_("Only their number."))
@session
def list_(
    here: Session,
    *,
    words: tuple[str, ...],
    form: str | None,
    sort: str | None,
    limit: int | None,
    group: bool,
    count: bool,
) -> int:
    if group and form not in {None, "table", "tsv"}:
        raise click.UsageError(_("--group is for table and tsv: other formats list every article."))
    asked = parse(here, " ".join(words), sort)
    library = here.questions()
    form = form or ("table" if output.is_terminal(sys.stdout) else "tsv")
    # Only people are shown what stands apart: a program asked for these words side by side.
    shows_apart = form == "table" and output.is_terminal(sys.stdout) and not count
    unfolded = () if group else None
    rows: Rows | None
    if not limit or group or form == "table":
        rows = library.select(asked, None, unfolded) if shows_apart else select(library, asked, unfolded)
    else:
        rows = first(library, asked, limit)
    found = 0 if rows is None else len(rows)
    if count:
        output.emit(f"{found if limit is None else min(found, limit)}\n")
        return DONE if found else NOTHING_FOUND
    if rows is None or not found:
        if form in {"json", "jsonl"}:
            output.emit_json([], form)
        _say_why_nothing(here, library.counts())
        return NOTHING_FOUND
    _write_rows(here, rows, len(rows) if limit is None else min(limit, len(rows)), form, group)
    return DONE


def _write_rows(here: Session, rows: Rows, number: int, form: str, group: bool) -> None:
    match form:
        case "ids":
            output.emit_ids(rows.ids()[:number])
        case "json" | "jsonl":
            from store.article_json import to_json

            output.emit_json(map(to_json, articles(here.library(), rows.ids()[:number])), form)
        case "md":
            from store.export import shown_date, to_markdown_item

            for row in _first(rows, number):
                output.emit(to_markdown_item(row.title, row.source, shown_date(row.published)) + "\n")
        case "tsv":
            output.emit_lines(
                (*_line(row), row.more) if group else _line(row) for row in _first(rows, number)
            )
        case _:
            if rows.apart:
                output.emit(
                    _("These words stand nowhere side by side. Articles that hold all of them:") + "\n"
                )
            columns = [("", 2), (_("ID"), 13), (_("Date"), 10), (_("Title"), None), (_("Source"), 18)]
            grouped = bool(rows.repeated)
            columns[1:1] = [("", 4)] * grouped
            shown = len(columns) if output.width() >= 72 else len(columns) - 1
            cells = (_cells(row, grouped)[:shown] for row in _first(rows, number))
            output.draw_table(columns[:shown], cells)
            if number < len(rows):
                more = len(rows) - number
                output.emit(ngettext("… and {n} more", "… and {n} more", more).format(n=more) + "\n")


def _first(rows: Rows, number: int) -> Iterator[Row]:
    for place in range(number):
        if (row := rows[place]).id:  # else it left the library meanwhile
            yield row


def _line(row: Row) -> tuple[object, ...]:
    states = {"unread": not row.read, "starred": row.starred, "noted": row.noted, "removed": row.removed}
    state = ",".join(name for name, holds in states.items() if holds)
    return row.id, row.published, state, row.source, row.title


def _cells(row: Row, grouped: bool) -> list[tuple[str, str]]:
    sign = ("★" if row.starred else " ") + ("" if row.read else "•")
    tone = "dim" if row.read else ""
    date = day(row.published)
    more = [(f"+{row.more}" if row.more else "", "bold")] * grouped
    return [(sign, "bold"), *more, (row.id, "dim"), (date, tone), (row.title, tone), (row.source or "", tone)]


def _say_why_nothing(here: Session, counts: Counts) -> None:
    if not counts.total and not counts.removed and not here.problems:
        here.say(_("The library in {folder} is empty: bandoc import PATH").format(folder=here.place))
    else:
        here.say(_("Nothing found."))


COMMANDS = {"list": list_}
