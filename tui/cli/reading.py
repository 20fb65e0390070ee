"""list, show, entities: what is in the library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from store.article import Article, EntityType, to_json
from store.errors import LibraryError
from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.choosing import articles, choose, ids_argument, parse, query_option, select
from tui.cli.naming import type_option
from tui.cli.root import Session, Verb, completes, session
from tui.entity_types import type_word
from tui.figures import day, day_and_time, number, period
from tui.i18n import _, ngettext
from tui.story_words import twins_line
from tui.wording import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from store.index.rows import Row, Rows
    from store.library import Library

_SORTS = (
    "date", "-date", "added", "-added", "title", "-title",
    "source", "-source", "relevance", "-relevance", "unread", "-unread",
)  # fmt: skip
_SHOWN_TYPES = ("person", "organization", "place", "document", "date")


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
    library = here.library()
    form = form or ("table" if output.is_terminal(sys.stdout) else "tsv")
    # Only people are shown what stands apart: a program asked for these words side by side.
    shows_apart = form == "table" and output.is_terminal(sys.stdout) and not count
    unfolded = () if group else None
    rows = library.select(asked, None, unfolded) if shows_apart else select(library, asked, unfolded)
    found = 0 if rows is None else len(rows)
    if count:
        output.emit(f"{found if limit is None else min(found, limit)}\n")
        return DONE if found else NOTHING_FOUND
    if rows is None or not found:
        if form in {"json", "jsonl"}:
            output.emit_json([], form)
        _say_why_nothing(here, library)
        return NOTHING_FOUND
    _write_rows(library, rows, len(rows) if limit is None else min(limit, len(rows)), form, group)
    return DONE


def _write_rows(library: Library, rows: Rows, number: int, form: str, group: bool) -> None:
    match form:
        case "ids":
            output.emit_ids(rows.ids()[:number])
        case "json" | "jsonl":
            output.emit_json(map(to_json, articles(library, rows.ids()[:number])), form)
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


def _say_why_nothing(here: Session, library: Library) -> None:
    if not library.problems and len(library) == 0 and library.counts().removed == 0:
        here.say(_("The library in {folder} is empty: bandoc import PATH").format(folder=library.folder))
    else:
        here.say(_("Nothing found."))


@click.command(
    "show",
    cls=Verb,
    short_help=_("Read articles."),
    help=_("Show articles: to read on a terminal (through a pager), else as plain text."),
    examples="""
        bandoc show 3f9c
        bandoc show 3f9c --format md > article.md
        bandoc show 3f9c --format json | jq .entities
        bandoc show 3f9c --raw
        bandoc list tong ket --format ids | bandoc show -
    """,
)
@ids_argument
@query_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "jsonl"]),
    help=_("text (default), md, json, jsonl."),
)
@click.option("--raw", is_flag=True, help=_("The page as it was imported, nothing taken out."))
@session
def show(here: Session, ids: tuple[str, ...], query: str | None, form: str | None, raw: bool) -> int:
    library = here.library()
    chosen = choose(here, library, ids, query)
    if not chosen:
        return NOTHING_FOUND
    if raw:
        return _show_raw(here, library, chosen)
    found = articles(library, chosen)
    if form in {"json", "jsonl"}:
        if form == "json" and len(chosen) == 1:  # one article is an object, as everywhere
            form = "jsonl"
        output.emit_json(map(to_json, found), form)
    elif form is None and output.is_terminal(sys.stdout):
        output.page(part for article in found for part in _drawn(article, library.twins(article.id).rows))
    else:
        from store.export import render

        for number, article in enumerate(found):
            text = render(article, "md" if form == "md" else "txt", notes_heading=_("Notes"))
            output.emit(("\n" if number else "") + text)
    return DONE


def _show_raw(here: Session, library: Library, ids: Iterable[str]) -> int:
    code = NOTHING_FOUND
    for id in ids:
        try:
            page = library.page(id)
        except LibraryError as error:
            here.complain(say(error))
            continue
        if page is None:
            here.complain(_("{id} came without a page").format(id=id))
        else:
            output.emit(page.text if page.text.endswith("\n") else page.text + "\n")
            code = DONE
    return code


def _drawn(article: Article, twins: Sequence[Row]) -> Iterator[RenderableType]:
    """An article for reading: the headline, what is known about it, who else tells it, its text."""
    from rich.padding import Padding
    from rich.text import Text

    from store.text import clean, one_line, unjoined

    yield Text(unjoined(one_line(article.title)), style="bold")
    date = ("≈ " if article.published_basis == "inferred" else "") + day_and_time(article.published)
    facts = (one_line(fact) for fact in (article.source, date, article.author, article.id) if fact)
    yield Text(" · ".join(filter(None, facts)), style="dim")
    if twins:
        yield Text(twins_line(article, twins), style="dim")
    for block in article.blocks:
        text = unjoined(clean(block.text)).strip() + (f" ({one_line(block.credit)})" if block.credit else "")
        style = {"lead": "bold", "heading": "bold", "caption": "italic dim"}.get(block.kind, "")
        drawn = Text(("• " if block.kind == "list" else "") + text, style=style)
        indent = 2 if block.kind in {"quote", "caption", "list"} else 0
        yield Padding(drawn, (1, 0, 0, indent))
    for mark in article.state.highlights:
        yield Padding(Text(f"┃ {clean(article.passage(mark))}"), (1, 0, 0, 0))
        if mark.note:
            yield Text(f"✎ {clean(mark.note)}", style="italic")
    for note in article.state.notes:
        yield Padding(Text(f"✎ {clean(note.text)}", style="italic"), (1, 0, 0, 0))
    yield Text("")


@click.command(
    "entities",
    cls=Verb,
    short_help=_("Who and what articles name."),
    help=_(
        "Who and what articles name: people, organisations, places, documents, dates. For ids, with roles and"
        " number of mentions; for a filter, or all, with the number of articles."
    ),
    examples="""
        bandoc entities 3f9c
        bandoc entities --query 'tong ket' --type person
        bandoc entities --type place --limit 20 --format tsv
        bandoc entities --corrections --format jsonl > corrections.jsonl
    """,
)
@ids_argument
@query_option
@type_option
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help=_("At most N of each type (default 100).")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json", "jsonl"]),
    help=_("table (on a terminal), tsv (piped), json or jsonl."),
)
@click.option("--corrections", is_flag=True, help=_("The corrections by hand, in the order they apply."))
@session
def entities(
    here: Session,
    *,
    ids: tuple[str, ...],
    query: str | None,
    kind: EntityType | None,
    limit: int | None,
    form: str | None,
    corrections: bool,
) -> int:
    library = here.library()
    form = form or ("table" if output.is_terminal(sys.stdout) else "tsv")
    if corrections:
        from tui.cli.corrections import show_corrections

        chosen = choose(here, library, ids, query) if ids or query is not None else None
        return show_corrections(here, library, chosen, kind, form)
    kinds = cast(tuple[EntityType, ...], (kind,) if kind else _SHOWN_TYPES)
    most = 100 if limit is None else limit
    if ids:
        if not (chosen := choose(here, library, ids, query)):
            return NOTHING_FOUND
        found = articles(library, chosen)
        values = [value for article in found for value in _of_article(article, kinds, most)]
        columns = [(_("Type"), 12), (_("Name"), None), (_("Roles"), 24), (_("Value"), 23), (_("Mentions"), 8)]
        keys: tuple[str, ...] = ("type", "name", "roles", "value", "mentions")
    else:
        asked = parse(here, query or "")
        facets = (facet for one in kinds for facet in library.facets(asked, one, most))
        values = [{"type": f.type, "key": f.key, "name": f.name, "articles": f.count} for f in facets]
        columns = [(_("Type"), 12), (_("Name"), None), (_("Articles"), 8)]
        keys = ("type", "name", "articles")
    if form in {"json", "jsonl"}:
        output.emit_json(values, form)
    elif form == "tsv":
        output.emit_lines([_joined(value[key]) for key in keys] for value in values)
    else:
        output.draw_table(columns, ([(_shown(key, value[key]), "") for key in keys] for value in values))
    if not values:
        here.say(_("Nothing found."))
    return DONE if values else NOTHING_FOUND


def _of_article(article: Article, kinds: Iterable[str], most: int) -> Iterator[dict[str, Any]]:
    from store.entities.document_parts import parts_in  # with the word lists: only for this command

    for kind in kinds:
        for entity in [entity for entity in article.entities if entity.type == kind][:most]:
            yield {
                "article": article.id,
                "type": entity.type,
                "key": entity.key,
                "name": entity.name,
                "roles": list(entity.roles),
                "value": entity.value,
                "mentions": len(entity.mentions),
            } | ({"document": parts_in(article, entity)._asdict()} if kind == "document" else {})


def _shown(key: str, value: Any) -> str:
    """A value as people read it."""
    match key, value:
        case "type", _:
            return type_word(value)
        case "value", str():
            return period(value)
        case _, int():
            return number(value)
        case _:
            return _joined(value)


def _joined(value: object) -> str:
    return "; ".join(value) if isinstance(value, list) else output.cell(value)


COMMANDS = {"list": list_, "show": show, "entities": entities}
