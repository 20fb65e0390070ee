"""Which articles a verb is about: ids, ids from standard input, or a filter."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from store.errors import QueryError
from store.text import fold, one_line
from tui.cli.root import Session, completes
from tui.i18n import _

if TYPE_CHECKING:
    from store.article import Article
    from store.index.rows import Rows
    from store.library import Library
    from store.query import Query
    from store.questions import Questions


def ids_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """ID…, any unambiguous beginning of one; `-` reads ids from standard input."""
    return click.argument("ids", nargs=-1, metavar=_("[ID]…"))(command)


def query_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--query",
        "-q",
        metavar=_("FILTER"),
        shell_complete=completes("words_of_filter"),
        help=_("The articles that a filter finds."),
    )(command)


def dry_run_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--dry-run", "-n", is_flag=True, help=_("Only show what would be done."))(command)


def parse(here: Session, text: str, sort: str | None = None) -> Query:
    """A filter as it was typed; `@name` at its beginning is a saved search. One that can't be understood is
    shown with its place marked."""
    from store import query
    from store.query_words import SORTS

    text = spelled_out(here, text)
    try:
        asked = query.parse(text)
    except QueryError as error:
        shown = one_line(text)
        place = len(one_line(text[: error.fields.get("position", 0)] + "x")) - 1
        print(f"  {shown}\n  {' ' * min(place, len(shown))}^", file=sys.stderr)
        raise
    if sort is None:
        return asked
    order = next(order for order in SORTS if order == sort)
    return asked.with_sort(order)


def spelled_out(here: Session, text: str) -> str:
    """A filter with its own words in the place of the saved search that it may begin with."""
    if not text.lstrip().startswith("@"):
        return text
    name, comma, more = text.lstrip()[1:].partition(",")
    searches = here.library(catch_up=False).searches().values()
    for search in searches:
        if fold(search.name) == fold(one_line(name)):
            return f"({search.query}){comma}{more}"
    names = ", ".join(f"@{search.name}" for search in searches) or "—"
    words = _("no saved search is called {name}; there are: {names}")
    raise click.UsageError(words.format(name=one_line(name), names=names))


def select(library: Questions, asked: Query, unfolded: Collection[str] | None = None) -> Rows | None:
    """What answers to the letter: words that only stand apart are no answer outside of a terminal's list.
    `unfolded` as in `Library.select`."""
    rows = library.select(asked, None, unfolded)
    return None if rows.apart or not len(rows) else rows


def first(library: Questions, asked: Query, most: int) -> Rows | None:
    """The same of the first few, found in a fraction of the time."""
    rows = library.first(asked, most)
    return None if rows.apart or not len(rows) else rows


def choose(
    here: Session, library: Library, ids: Sequence[str], query: str | None, *, within: str = ""
) -> list[str]:
    """The ids of the chosen articles, in the order given. Raises ArticleNotFound for an id that is none.

    `within` is a filter that a query is narrowed by ("is:removed" for what is in the trash).
    """
    if not ids and query is None:
        raise click.UsageError(_("which articles? Name their ids, or use --query."))
    chosen: dict[str, None] = {}
    for name in ids:
        for prefix in _ids_on_stdin() if name == "-" else [name]:
            chosen[library.article(prefix).id] = None
    if query is not None:
        asked = parse(here, query)
        if within:
            asked &= parse(here, within)
        rows = select(library, asked)
        chosen |= dict.fromkeys(rows.ids() if rows is not None else ())
    if not chosen:
        here.complain(_("nothing found"))
    return list(chosen)


_AT_ONCE = 5000


def articles(library: Library, ids: Sequence[str]) -> Iterator[Article]:
    """The articles in the order of the ids.

    A volume is parsed as a whole and only a few are kept, so a long list is read in the order of import,
    a part at a time: one by one, 600 articles by date out of 6,000 took 8 s, so 0.8 s.
    """
    from store.query import ALL

    ranks: dict[str, int] = {}
    if len(ids) > 10:
        ranks = {id: rank for rank, id in enumerate(library.select(ALL.with_sort("added")).ids())}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        read = {id: library.article(id) for id in sorted(part, key=lambda id: ranks.get(id, 0))}
        yield from (read[id] for id in part)


def _ids_on_stdin() -> list[str]:
    """The first word of each line, so that the output of `bandoc list` will do."""
    return [line.split()[0] for line in sys.stdin if line.strip()]
