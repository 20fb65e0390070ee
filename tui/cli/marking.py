"""star, read, tag, rm, restore: what a reader does with articles."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from store.text import one_line
from tui.cli import DONE, NOTHING_FOUND, WRONG_USAGE, output
from tui.cli.choosing import choose, dry_run_option, ids_argument, query_option
from tui.cli.root import Session, Verb, completes, session
from tui.cli.waiting import late_progress_bar
from tui.figures import number as written
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.changes import Change
    from store.library import Library


def _undo_option(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--undo", is_flag=True, help=text)


def _change(
    here: Session, library: Library, ids: Sequence[str], change: Change, *, dry_run: bool, done: str
) -> int:
    """Changes the chosen articles and says how many were touched."""
    if not ids:
        return NOTHING_FOUND
    if dry_run:
        _preview(library, ids)
        return DONE
    touched = len(library.change(ids, change).ids)
    here.say(f"{done}: " + _count(touched) + _same(len(ids) - touched))
    return DONE


def _count(number: int) -> str:
    return ngettext("{n} article", "{n} articles", number).format(n=written(number))


def _same(number: int) -> str:
    return (
        ngettext(" ({n} was so already)", " ({n} were so already)", number).format(n=written(number))
        if number
        else ""
    )


def _preview(library: Library, ids: Sequence[str]) -> None:
    output.emit_lines((id, library.article(id).title) for id in ids)


@click.command(
    "star",
    cls=Verb,
    short_help=_("Star articles."),
    help=_("Star articles."),
    examples="""
        bandoc star 3f9c 81d0
        bandoc star --undo 3f9c
        bandoc star --query 'person:Trương Thị Mai, date:2023'
    """,
)
@ids_argument
@query_option
@_undo_option(_("Take the star away."))
@dry_run_option
@session
def star(here: Session, *, ids: tuple[str, ...], query: str | None, undo: bool, dry_run: bool) -> int:
    from store.changes import Change

    library = here.library()
    done = _("star taken away") if undo else _("starred")
    return _change(
        here, library, choose(here, library, ids, query), Change(starred=not undo), dry_run=dry_run, done=done
    )


@click.command(
    "read",
    cls=Verb,
    short_help=_("Mark articles as read."),
    help=_("Mark articles as read."),
    examples="""
        bandoc read 3f9c
        bandoc read --undo 3f9c
        bandoc read --query 'date:<2023' --dry-run
    """,
)
@ids_argument
@query_option
@_undo_option(_("Mark as unread."))
@dry_run_option
@session
def read(here: Session, *, ids: tuple[str, ...], query: str | None, undo: bool, dry_run: bool) -> int:
    from store.changes import Change

    library = here.library()
    done = _("marked as unread") if undo else _("marked as read")
    return _change(
        here, library, choose(here, library, ids, query), Change(read=not undo), dry_run=dry_run, done=done
    )


@click.command(
    "tag",
    cls=Verb,
    short_help=_("Put tags on articles."),
    help=_("Put tags (several with commas between) on articles."),
    examples="""
        bandoc tag 'cần đọc lại' 3f9c 81d0
        bandoc tag năm-2023,tổng-kết --query 'tong ket, date:2023'
        bandoc tag --undo 'cần đọc lại' 3f9c
        bandoc list 'tag:cần đọc lại'
    """,
)
@click.argument("tags", metavar=_("TAG[,TAG]…"), shell_complete=completes("names", "tag"))
@ids_argument
@query_option
@_undo_option(_("Take the tags off."))
@dry_run_option
@session
def tag(
    here: Session, *, tags: str, ids: tuple[str, ...], query: str | None, undo: bool, dry_run: bool
) -> int:
    from store.changes import Change

    names = tuple(dict.fromkeys(filter(None, (one_line(name) for name in tags.split(",")))))
    if not names:
        raise click.UsageError(_("a tag needs a name"))
    library = here.library()
    change = Change(drop_tags=names) if undo else Change(add_tags=names)
    done = (_("tag taken off") if undo else _("tagged")) + f" ({', '.join(names)})"
    return _change(here, library, choose(here, library, ids, query), change, dry_run=dry_run, done=done)


@click.command(
    "rm",
    cls=Verb,
    short_help=_("Put articles into the trash."),
    help=_("Put articles into the trash (see them with: bandoc list is:removed), or delete them for good."),
    examples="""
        bandoc rm 3f9c
        bandoc rm --query 'source:Báo Cũ, date:<2015' --dry-run
        bandoc rm --purge --query is:removed
    """,
)
@ids_argument
@query_option
@click.option("--purge", is_flag=True, help=_("Delete for good: text, page, stars, notes. Asks first."))
@click.option("--yes", "-y", is_flag=True, help=_("Don't ask."))
@dry_run_option
@session
def rm(
    here: Session, *, ids: tuple[str, ...], query: str | None, purge: bool, yes: bool, dry_run: bool
) -> int:
    from store.changes import Change, Watch

    library = here.library()
    chosen = choose(here, library, ids, query)
    if not purge or dry_run or not chosen:
        return _change(here, library, chosen, Change(removed=True), dry_run=dry_run, done=_("in the trash"))
    if not yes:
        if "-" in ids or not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)):
            here.complain(_("nobody here to ask: rm --purge needs --yes"))
            return WRONG_USAGE
        question = ngettext("Delete {n} article for good?", "Delete {n} articles for good?", len(chosen))
        if not click.confirm(question.format(n=written(len(chosen))), err=True):
            here.say(_("nothing deleted"))
            return NOTHING_FOUND
    with late_progress_bar(_("deleting")) as show:
        library.purge(chosen, Watch(show))
    here.say(_("deleted for good") + ": " + _count(len(chosen)))
    return DONE


@click.command(
    "restore",
    cls=Verb,
    short_help=_("Take articles out of the trash."),
    help=_("Take articles out of the trash. A filter looks in the trash only."),
    examples="""
        bandoc restore 3f9c
        bandoc restore --query 'tong ket'
    """,
)
@ids_argument
@query_option
@dry_run_option
@session
def restore(here: Session, *, ids: tuple[str, ...], query: str | None, dry_run: bool) -> int:
    from store.changes import Change

    library = here.library()
    chosen = choose(here, library, ids, query, within="is:removed")
    return _change(here, library, chosen, Change(removed=False), dry_run=dry_run, done=_("out of the trash"))


COMMANDS = {"star": star, "read": read, "tag": tag, "rm": rm, "restore": restore}
