"""import and export: articles in, articles out."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.article_json import to_json
from store.errors import ExportError
from store.text import one_line
from tui import locations
from tui.cli import DONE, NOTHING_FOUND, SOME_FAILED, WRONG_USAGE, output
from tui.cli.choosing import articles, choose, dry_run_option, ids_argument, query_option
from tui.cli.root import Session, Verb, completes, session
from tui.cli.waiting import progress_bar, stopped_by_signal
from tui.i18n import _
from tui.wording import reason, say

if TYPE_CHECKING:
    from store.importing import Progress, Report
    from store.library import Library


@click.command(
    "import",
    cls=Verb,
    short_help=_("Import files and folders."),
    help=_(
        "Import files and folders: page dumps as plain text, and bandoc's own JSON. - is standard input."
        " What is known already is neither added nor changed. Inside folders hidden files, links and other"
        " kinds of files are passed over; a file that is named itself is always tried."
    ),
    examples="""
        bandoc import page.txt news/
        pdftotext article.pdf - | bandoc import -
        bandoc import --dry-run ~/Downloads
        bandoc import news/ --format ids | bandoc show -
    """,
)
@click.argument("paths", nargs=-1, required=True, metavar=_("PATH…"), shell_complete=completes("files"))
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), metavar="N", help=_("Worker processes (default: by itself).")
)
@click.option("--format", "form", type=click.Choice(["ids"]), help=_("ids: print the ids of new articles."))
@dry_run_option
@session
def import_(
    here: Session, *, paths: tuple[str, ...], jobs: int | None, form: str | None, dry_run: bool
) -> int:
    if dry_run:
        return _preview(here, paths)
    if "-" in paths and output.is_terminal(sys.stdin):
        here.say(_("Type or paste an article; end with Ctrl-D."))
    report, number = import_and_tell(here, here.library(), paths, jobs=jobs)
    if form == "ids":
        output.emit_ids(report.new)
    if number is not None:
        return 128 + number
    if report.failed:
        return SOME_FAILED
    return DONE if report.new or report.known or report.removed else NOTHING_FOUND


def _preview(here: Session, paths: Sequence[str]) -> int:
    from store.importing import SKIPPED, Source, find

    count = 0
    for found in find(paths, locations.library_folder(here.folder, here.config)):
        if isinstance(found, Source):
            output.emit(one_line(found.path) + "\n")
            count += 1
        elif found.code not in SKIPPED or found.code == "link_skipped":
            here.complain(say(found))
    return DONE if count else NOTHING_FOUND


def import_and_tell(
    here: Session, library: Library, paths: Sequence[str], *, jobs: int | None = None
) -> tuple[Report, int | None]:
    """Imports and says on stderr what became of it; gives also the number of the signal that stopped it."""
    from store.importing import import_paths

    # A read from a terminal or a pipe that never ends is not to be waited for: Ctrl-C ends it at once.
    stopping = nullcontext(list[int]()) if "-" in paths else stopped_by_signal()
    with stopping as stopped, progress_bar(_("importing")) as show:

        def progress(step: Progress) -> None:
            show(step.done, step.total)

        report = import_paths(library, paths, progress=progress, jobs=jobs, cancelled=lambda: bool(stopped))
    for failure in report.failed:
        here.complain(say(failure))
        if os.environ.get("BANDOC_DEBUG") == "1" and "trace" in failure.fields:
            print(failure.fields["trace"], file=sys.stderr)
    for untitled in report.untitled:
        here.complain(say(untitled))
    for skipped in report.skipped:
        if skipped.code == "link_skipped":
            here.complain(say(skipped))
    if report.removed:
        here.say(
            _("{n} of them are in the trash and stay there (bandoc restore)").format(n=len(report.removed))
        )
    here.say(_summary(report))
    return report, stopped[0] if stopped else None


def _summary(report: Report) -> str:
    """What became of the inputs, in one line."""
    skipped = _("{n} skipped").format(n=len(report.skipped))
    if report.skipped:
        reasons = Counter(map(reason, report.skipped)).most_common()
        skipped += " (" + "; ".join(f"{n} × {why}" for why, n in reasons) + ")"
    parts = [
        _("{n} added").format(n=len(report.new)),
        _("{n} known").format(n=len(report.known)),
        skipped,
        _("{n} failed").format(n=len(report.failed)),
    ]
    return (_("stopped: ") if report.cancelled else "") + ", ".join(parts)


@click.command(
    "export",
    cls=Verb,
    short_help=_("Write articles to files."),
    help=_(
        "Write articles to files, one each, named by date and title. Never over a file: one with the same"
        " bytes counts as exported already, beside another one the new name gets a number. Prints the paths."
    ),
    examples="""
        bandoc export 3f9c
        bandoc export --query 'tong ket, date:2023' --output ~/notes
        bandoc export 3f9c --output - | glow -
        bandoc list is:starred --format ids | bandoc export - --ascii
        bandoc export --query '' --format json --output backup/
    """,
)
@ids_argument
@query_option
@click.option(
    "--output",
    "-o",
    "target",
    metavar=_("DIR|-"),
    shell_complete=completes("folders"),
    help=_("The folder (else export.folder of the configuration, else here); - is standard output."),
)
@click.option(
    "--format", "form", type=click.Choice(["md", "json", "txt"]), default="md", help=_("md, json or txt.")
)
@click.option(
    "--template",
    metavar=_("FILE"),
    help=_("The form of a Markdown export (else export.template of the configuration)."),
)
@click.option("--ascii/--no-ascii", default=None, help=_("File names of a-z, 0-9 and hyphens only."))
@dry_run_option
@session
def export(
    here: Session,
    *,
    ids: tuple[str, ...],
    query: str | None,
    target: str | None,
    form: str,
    template: str | None,
    ascii: bool | None,
    dry_run: bool,
) -> int:
    from store.export import export_article, file_name, load_template, render

    library = here.library()
    chosen = choose(here, library, ids, query)
    if not chosen:
        return NOTHING_FOUND
    found = articles(library, chosen)
    shape_file = Path(template).expanduser() if template else here.config.export_template
    shape = load_template(shape_file) if shape_file and form == "md" else None
    if target == "-":
        if form == "json" and len(chosen) > 1:
            output.emit_json(map(to_json, found), form)
            return DONE
        for number, article in enumerate(found):
            text = render(article, form, notes_heading=_("Notes"), template=shape)
            output.emit(("\n" if number else "") + text)
        return DONE
    folder = Path(target).expanduser() if target else locations.export_folder(here.config)
    if target == "":
        here.complain(_("--output needs a folder, or -"))
        return WRONG_USAGE
    short = here.config.export_ascii if ascii is None else ascii
    failed = already = 0
    for article in found:
        if dry_run:
            path = Path(os.path.abspath(folder)) / file_name(article, short, f".{form}")
        else:
            try:
                exported = export_article(
                    article, folder, form=form, ascii=short, notes_heading=_("Notes"), template=shape
                )
            except ExportError as error:
                here.complain(say(error))
                failed += 1
                continue
            path, already = exported.path, already + exported.already
        output.emit(one_line(str(path)) + "\n")
    if already:
        here.say(_("{n} already exported").format(n=already))
    if failed > 1:
        here.say(_("{n} not exported").format(n=failed))
    return SOME_FAILED if failed else DONE


COMMANDS = {"import": import_, "export": export}
