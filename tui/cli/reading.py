"""show, entities: what is in the library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from store.article import Article, EntityType
from store.article_json import to_json
from store.errors import LibraryError
from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.choosing import articles, choose, ids_argument, parse, query_option
from tui.cli.naming import type_option
from tui.cli.root import Session, Verb, session
from tui.entity_types import type_word
from tui.figures import day_and_time, number, period
from tui.i18n import _
from tui.story_words import twins_line
from tui.wording import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from store.index.row import Row
    from store.library import Library

_SHOWN_TYPES = ("person", "organization", "place", "document", "date")


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


COMMANDS = {"show": show, "entities": entities}
