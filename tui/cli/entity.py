"""entity: one person, body, place or document across articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from store.article import EntityType
from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.choosing import parse
from tui.cli.naming import type_option
from tui.cli.root import Session, Verb, completes, session
from tui.entity_types import type_word
from tui.figures import day, number
from tui.i18n import _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from store.index.entities import Naming
    from store.index.rows import Facet
    from store.library import Library
    from store.profile import Profile, Said
    from tui.entity_lines import Line

SHOWN = 20
"""Articles, and companions of each type, on a terminal unless `--limit` says otherwise."""

_Sentences = dict[tuple[str, str, tuple[str, ...]], "Said | None"]
"""By the article's id, the entity's key in it, and the offices that are told."""


@click.command(
    "entity",
    cls=Verb,
    short_help=_("One person, body, place or document across articles."),
    help=_(
        "One entity across articles: offices over time with the sentence that tells each, whom it is named"
        " with, its articles; a document is cited by these. A name without marks matches any marks; a key"
        " as `bandoc entities --format json` gives it will do. If several entities may be meant, they are"
        " listed. People of one name who plainly are not one stand apart, with the reason."
    ),
    examples="""
        bandoc entity Trương Thị Mai
        bandoc entity truong thi mai --query 'date:2018..2021'
        bandoc entity 'Chỉ thị 05' --format tsv
        bandoc entity ha noi --type place --limit 5
        bandoc entity 'person:trương thị mai' --format json | jq .roles
    """,
)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar=_("NAME…"),
    shell_complete=completes("names", "person", "org", "place", "doc"),
)
@type_option
@click.option(
    "--query",
    "-q",
    metavar=_("FILTER"),
    shell_complete=completes("words_of_filter"),
    help=_("Only across the articles that a filter finds."),
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=_("At most N articles and companions (default: 20 on a terminal, else all)."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json", "jsonl"]),
    help=_("table (on a terminal), tsv (piped; a line for each article), json or jsonl."),
)
@session
def entity(
    here: Session,
    *,
    words: tuple[str, ...],
    kind: EntityType | None,
    query: str | None,
    limit: int | None,
    form: str | None,
) -> int:
    asked = parse(here, query or "")
    library = here.library()
    form = form or ("table" if output.is_terminal(sys.stdout) else "tsv")
    found = library.entities(" ".join(words), kind, asked)
    profile = library.profile(found[0].key, asked) if len(found) == 1 else None
    if profile is None and len(found) < 2:
        if form == "json":
            output.emit_json([], form)
        here.say(_("Nothing found."))
        return NOTHING_FOUND
    if profile is None:
        _write_several(here, found[:limit], form)
    elif form == "table":
        _draw(library, profile, SHOWN if limit is None else limit)
    elif form == "tsv":
        _write_lines(library, profile, limit)
    else:
        output.emit_json([_to_json(library, profile, limit)], "jsonl")
    return DONE


def _write_several(here: Session, found: Sequence[Facet], form: str) -> None:
    here.say(_("Several may be meant; name one by its key, or use --type:"))
    if form in {"json", "jsonl"}:
        output.emit_json(map(_facet, found), form)
        return
    if form == "tsv":
        output.emit_lines((facet.type, facet.name, facet.count, facet.key) for facet in found)
    else:
        rows = [(type_word(facet.type), facet.name, number(facet.count), facet.key) for facet in found]
        columns = [(_("Type"), 12), (_("Name"), 28), (_("Articles"), 8), (_("Key"), None)]
        output.draw_table(columns, ([(text, "") for text in row] for row in rows))


def _facet(facet: Facet) -> dict[str, Any]:
    return {"type": facet.type, "key": facet.key, "name": facet.name, "articles": facet.count}


def _read(library: Library, wanted: Iterable[tuple[Naming, tuple[str, ...]]]) -> _Sentences:
    from store.profile import sentences

    return {
        (naming.id, naming.key, offices): said for naming, offices, said in sentences(library.article, wanted)
    }


# -- on a terminal -------------------------------------------------------------------------------


def _draw(library: Library, profile: Profile, most: int) -> None:
    from tui.entity_lines import lines

    drawn = list(lines(profile, day, most, most))
    said = _read(library, [(line.target, line.offices) for line in drawn if line.target])
    parts = (part for line in drawn for part in _drawn(line, said))
    if output.is_terminal(sys.stdout):
        output.page(parts)
    else:  # asked for, into a pipe: without colour
        output.console().print(*parts, sep="\n")


def _drawn(line: Line, said: _Sentences) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    from store.text import one_line

    text, more = one_line(line.text), one_line(line.more)
    if line.kind in {"title", "head", "note", ""}:
        yield Text(text, style={"title": "bold underline", "head": "bold", "note": "dim"}.get(line.kind, ""))
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    if line.target is None:
        grid.add_column()
        grid.add_row("", Text.assemble(text, (f"  {more}", "dim")))
        yield grid
        return
    grid.add_column(width=10, style="dim")
    grid.add_column()
    if line.kind == "article":
        grid.add_row("", line.left, Text.assemble(text, (f"  {line.target.id}", "dim")))
    else:
        mark = Text({"change": "►", "joined": "+"}.get(line.kind, ""), style="bold")
        grid.add_row(mark, line.left, Text.assemble((text, "bold"), (f"  {more}", "dim")))
    sentence = said.get((line.target.id, line.target.key, line.offices))
    if sentence is not None:
        quoted = Text(one_line(sentence.text), style="italic")
        if line.kind != "article":
            quoted.append(f"  — {one_line(line.target.title)}  {line.target.id}", style="dim not italic")
        grid.add_row("", "", quoted)
    yield grid


# -- for programs --------------------------------------------------------------------------------


def _write_lines(library: Library, profile: Profile, limit: int | None) -> None:
    """Date, id, who of several ("" where it isn't told), offices, title, sentence; oldest first."""
    whose = {
        naming: str(number)
        for number, person in enumerate(profile.people or (profile,), 1)
        for naming in person.articles
    }
    shown = profile.articles[:limit]
    said = _read(library, [(naming, naming.roles) for naming in shown])
    output.emit_lines(
        (
            naming.published,
            naming.id,
            whose.get(naming, ""),
            "; ".join(naming.roles),
            naming.title,
            _text(said.get((naming.id, naming.key, naming.roles))),
        )
        for naming in shown
    )


def _text(said: Said | None) -> str | None:
    return said.text if said is not None else None


def _to_json(library: Library, profile: Profile, limit: int | None) -> dict[str, Any]:
    from tui.entity_lines import because

    people = profile.people or (profile,)
    shown = profile.articles[:limit]
    namings = {naming.id: naming for naming in profile.articles}
    wanted = [(naming, naming.roles) for naming in shown]
    for role in (role for person in people for role in person.roles):
        wanted.append((namings[role.articles[0]], role.said))
        wanted += [(namings[joined.article], joined.offices) for joined in role.joined]
    said = _read(library, wanted)

    def told(naming: Naming, offices: tuple[str, ...]) -> str | None:
        return _text(said.get((naming.id, naming.key, offices)))

    def one(profile: Profile) -> dict[str, Any]:
        return {
            "roles": [
                {
                    "role": role.role,
                    "first": role.first,
                    "last": role.last,
                    "change": role.change,
                    "former": role.former,
                    "sentence": told(namings[role.articles[0]], role.said),
                    "articles": list(role.articles),
                    "joined": [
                        {
                            "role": ", ".join(joined.offices),
                            "first": joined.first,
                            "article": joined.article,
                            "sentence": told(namings[joined.article], joined.offices),
                        }
                        for joined in role.joined
                    ],
                }
                for role in profile.roles
            ],
            "companions": [_facet(facet) for facet in profile.companions[:limit]],
        }

    data: dict[str, Any] = {"type": profile.type, "key": profile.key, "name": profile.name}
    data["spellings"] = list(profile.spellings)
    data |= one(profile)
    data["articles"] = [
        {
            "id": naming.id,
            "published": naming.published,
            "title": naming.title,
            "source": naming.source,
            "name": naming.name,
            "roles": list(naming.roles),
            "mentions": naming.mentions,
            "sentence": told(naming, naming.roles),
        }
        for naming in shown
    ]
    data["people"] = [
        {"articles": [naming.id for naming in person.articles]} | one(person) for person in profile.people
    ]
    data["reasons"] = [
        {"code": reason.code, "one": reason.one, "other": reason.other, "words": because(reason)}
        for reason in profile.reasons
    ]
    data["untold"] = [naming.id for naming in profile.untold]
    return data


COMMANDS = {"entity": entity}
