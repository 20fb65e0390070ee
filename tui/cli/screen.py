"""`bandoc [PATH|-]…`: import what is given and open the screen."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.index.top import Top, top
from tui import locations
from tui.cli import WRONG_USAGE, output
from tui.cli.root import Session, Verb, completes, query_of_the_screen, session
from tui.i18n import _
from tui.panes import LEAST_COLUMNS, LEAST_ROWS
from tui.session import session_file

if TYPE_CHECKING:
    from store.library import Library


def open_screen(here: Session, paths: Sequence[str]) -> int:
    """Runs the screen on the terminal; gives its exit code. Without a terminal: a hint and exit code 2.

    It begins with the filter that was asked for; else with the last one, or none if something is imported.
    """
    piped = "-" in paths
    terminal = output.is_terminal(sys.stdout) and (piped or output.is_terminal(sys.stdin))
    if not terminal or (piped and not os.path.exists("/dev/tty")):
        here.complain(
            _("the screen needs a terminal; without one: bandoc import PATH, bandoc list, bandoc show ID")
        )
        return WRONG_USAGE
    # Nothing of what start-up makes becomes garbage: a tenth of the time to the first paint went into
    # looking for it. The screen puts the collector back to work.
    gc.disable()
    library = here.library(catch_up=piped) if piped or here.query else None
    query = here.query
    if query:
        from tui.cli.choosing import parse, spelled_out

        query = spelled_out(here, query)
        parse(here, query)
    if library is not None and piped:
        from tui.cli.moving import import_and_tell

        import_and_tell(here, library, ["-"])
        _take_back_terminal()
    # The screen has its own way to end on signals.
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)

    opened: list[Library] = []

    def open_library() -> Library:
        from store.library import Library  # 120 million instructions, an eighth of Textual's

        opened.append(Library.open(here.place, catch_up=False))
        return opened[-1]

    from tui.app import ReaderApp

    app = ReaderApp(
        library or open_library,
        config=here.config,
        import_paths=[path for path in paths if path != "-"],
        history=locations.state_folder() / "filters",
        session=session_file(locations.state_folder(), here.place),
        query=query if query is not None or not paths else "",
        top=_top(here.place) if library is None else None,
    )
    try:
        app.run()
    finally:  # while the screen stands, no line can be written below it
        for one in opened:
            here.take(one)
    return app.return_code or 0


def _top(library: Path) -> Top | None:
    """The lines of the list that fit on the terminal; None on one that is too small for a list."""
    columns, rows = os.get_terminal_size()
    return top(library, rows) if columns >= LEAST_COLUMNS and rows >= LEAST_ROWS else None


def _take_back_terminal() -> None:
    """What was piped in is read: from here on standard input is the keyboard."""
    try:
        keyboard = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise click.UsageError(_("the screen needs a terminal")) from error
    os.dup2(keyboard, 0)
    os.close(keyboard)


@click.command("open", cls=Verb, params=[query_of_the_screen()])
@click.argument("paths", nargs=-1, shell_complete=completes("files"))
@session
def command(here: Session, paths: tuple[str, ...]) -> int:
    """Import what is given and open the screen."""
    return open_screen(here, paths)
