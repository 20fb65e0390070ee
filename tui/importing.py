"""The part of the app that imports: asks what, tells how far it is, and keeps the reports of this session."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from store.errors import BandocError
from tui.figures import number
from tui.history import History
from tui.i18n import _
from tui.keys import named
from tui.pace import Pace, bar, time_left
from tui.writing import WritingApp

if TYPE_CHECKING:
    from store.importing import Progress, Report, Source
    from tui.import_report import Record

TELL_EVERY = 0.1
"""Seconds between two looks at how far an import is: telling costs it time."""

BAR = 12
"""Cells of the bar."""


class ImportingApp(WritingApp, inherit_bindings=False):
    """Imports in a thread, one import at a time; the screen can be used meanwhile.

    `history` is the file of earlier filters; that of earlier paths lies beside it.
    """

    _signal: int | None = None
    """The signal that ends the program, once it has come."""

    def __init__(self, history: Path | None = None) -> None:
        super().__init__()
        self.imports = History(history.with_name("imports") if history else None)
        self.records: list[Record] = []
        """What became of the imports of this session, the last one at the end."""
        self._progress: Progress | None = None

    # -- asking

    def ask_import(self, pasted: str = "", path: str = "") -> None:
        """Asks what to import, beginning with what was pasted or with a path; while an import runs, whether
        to stop it."""
        from tui.screens.dialogs import Confirm
        from tui.screens.import_dialog import ImportDialog

        def answered(sources: Sequence[str | Source] | None) -> None:
            if sources:
                self.start_import(sources)

        def stop(yes: bool | None) -> None:
            if yes and self.is_busy("import"):
                self.workers.cancel_group(self, "import")
                self.say_busy("import", _("Stopping the import; what was read is written…"))

        if not self.is_busy("import"):
            self.push_screen(ImportDialog(self.imports, pasted, path), answered)
        elif (at := self._progress) is not None:
            question = _("Stop the import at {done} of {total} files? What is in stays.")
            self.push_screen(Confirm(question.format(done=number(at.done), total=number(at.total))), stop)
        else:
            self.push_screen(Confirm(_("An import is running. Stop it?")), stop)

    # -- doing

    def start_import(self, sources: Sequence[str | Source]) -> None:
        """Imports files, folders and texts in the background."""
        self._progress = None
        self.say_busy("import", _("Importing: looking for files…"))
        self._import(tuple(sources))

    @work(thread=True, group="import")
    def _import(self, sources: tuple[str | Source, ...]) -> None:
        from store.importing import import_paths

        worker = get_current_worker()
        pace, told = Pace(time.monotonic()), 0.0

        def stopped() -> bool:
            return worker.is_cancelled or self._signal is not None

        def progress(at: Progress) -> None:
            nonlocal told
            self._progress = at
            now = time.monotonic()
            if not stopped() and (now - told > TELL_EVERY or at.done == at.total):
                told = now
                self.call_from_thread(self._tell_progress, at, pace.left(at.done, at.total, now))

        report, error = None, None
        try:
            report = import_paths(self.library, sources, progress=progress, cancelled=stopped)
        except BandocError as problem:
            error = problem
        if self._signal is None:
            self.call_from_thread(self._imported, report, error)

    def _tell_progress(self, at: Progress, left: float | None) -> None:
        words = [f"{bar(at.done, at.total, BAR)} {number(at.done)}/{number(at.total)}"]
        words += [time_left(left)] if left is not None and at.done < at.total else []
        words += [_("{key} stops").format(key=named("import"))]
        self.say_busy("import", _("Importing") + " " + " · ".join(words))

    def _imported(self, report: Report | None, error: BandocError | None) -> None:
        from tui.import_report import Record, summary

        self.say_busy("import", "")
        if error is not None:
            self.complain(error)
        if report is not None:
            at = self._progress
            self.records.append(Record(report, unread=at.total - at.done if at and report.cancelled else 0))
            words = summary(self.records[-1])
            if report.failed or report.untitled or report.cancelled:
                words += " · " + _("{key} says more").format(key=named("import.report"))
            self.tell(words, "warning" if report.failed else "information")
        self._reload()

    def _reload(self) -> None:
        """Lists anew, and shows the article anew that is shown."""
        if (main := self.main) is not None:
            main.select()
            if main.article is not None:
                main.show_article(main.article.id)

    # -- reports

    def show_report(self, place: int = -1) -> None:
        """The report of an import of this session, the last one if no other is asked for."""
        if not self.records:
            self.tell(_("Nothing was imported since bandoc was started."))
            return
        from tui.screens.import_page import ImportPage, Lead

        def led(lead: Lead | None) -> None:
            if lead is None:
                return
            if lead.report is not None:
                self.show_report(lead.report)
            elif lead.path:
                self.ask_import(path=lead.path)
            elif (main := self.main) is not None:
                main.go_to(lead.article)

        self.clear_notifications()
        self.push_screen(ImportPage(self.records, place % len(self.records)), led)
