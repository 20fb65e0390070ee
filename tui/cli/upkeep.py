"""doctor: the library's health."""

from __future__ import annotations

import platform
from pathlib import Path

import click

import store
from store.errors import LibraryError
from tui import locations
from tui.cli import DONE, LIBRARY_FAILED, SOME_FAILED, output
from tui.cli.root import Session, Verb, session
from tui.cli.waiting import progress_bar
from tui.i18n import _, current, ngettext
from tui.wording import advice, say

_HARMLESS = frozenset({"set_aside", "changed_outside", "index_differs", "restored", "damaged_backup"})


@click.command(
    "doctor",
    cls=Verb,
    short_help=_("Check the library."),
    help=_(
        "Look at every byte of the library, change nothing that is sound, and say what is wrong and what"
        " to do. Ends with 0 when all is well, 3 when something is damaged, 4 when it can't be opened."
    ),
    examples="""
        bandoc doctor
        bandoc doctor --repair
        bandoc --library old/ doctor
    """,
)
@click.option(
    "--repair",
    is_flag=True,
    help=_(
        "Make lost articles anew from their pages, set aside what is damaged beyond its backup."
        " Deletes nothing."
    ),
)
@session
def doctor(here: Session, *, repair: bool) -> int:
    from store.library import Library

    folder = locations.library_folder(here.folder, here.config)
    _tell("bandoc", f"{store.__version__} (Python {platform.python_version()}, {platform.system()})")
    _tell(_("language"), current())
    _tell(_("configuration"), f"{locations.config_file()}")
    _tell(_("library"), f"{folder}")
    here.settings_problems()
    try:
        failed = _repair(here, folder) if repair else False
        # Reading only: looking must not make a library where there is none, nor mend while it looks.
        with Library.open(folder, read_only=True) as library:
            counts = library.counts()
            found = library.check()
    except LibraryError as error:
        here.complain(say(error))
        return LIBRARY_FAILED
    # What opening found out about a file says more than that it is damaged.
    named: set[str] = set()
    for problem in tuple(found):
        if problem.path in named and problem.code in {"damaged_file", "damaged"}:
            found.remove(problem)
        elif problem.code in {"damaged", "restored", "barred"}:
            named.add(problem.path)
    told = _("{total} ({unread} unread, {starred} starred), {removed} in the trash")
    _tell(_("articles"), told.format(**{name: getattr(counts, name) for name in counts.__slots__}))
    for problem in found:
        output.emit(f"! {say(problem)}\n")
        if what := advice(problem):
            output.emit(f"  → {what}\n")
    if not found:
        output.emit(_("All is well.") + "\n")
    return SOME_FAILED if failed or any(problem.code not in _HARMLESS for problem in found) else DONE


def _repair(here: Session, folder: Path) -> bool:
    """Mends what can be mended and says what was done; gives whether something could not be."""
    from store.library import Library

    if not folder.is_dir():
        return False  # opening to write would make one
    with Library.open(folder) as library:
        for problem in library.problems:
            here.complain(say(problem))
        with progress_bar(_("repairing")) as show:
            repaired = library.repair(show)
    for name in repaired.aside:
        _tell(_("set aside"), name)
    for error in repaired.failed:
        here.complain(say(error))
    made = len(repaired.articles)
    if made:
        told = ngettext("{n} article made anew", "{n} articles made anew", made).format(n=made)
    else:
        told = _("nothing was to be done") if not repaired.aside else _("no article was lost with a page")
    _tell(_("repaired"), told)
    return bool(repaired.failed)


def _tell(name: str, value: str) -> None:
    output.emit(f"{name}: {output.cell(value)}\n")


COMMANDS = {"doctor": doctor}
