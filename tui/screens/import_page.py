"""The report of an import: what is new, known, failed, skipped; what lacks a date or a headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import work
from textual.binding import Binding, BindingType

from store.errors import BandocError
from store.text import one_line
from tui.i18n import N_, _
from tui.import_report import FAILED, SKIPPED, Record, Told, entries, rows_of_file, summary, told
from tui.locations import export_folder
from tui.screens.pages import NarrowPage
from tui.widgets.table_view import Entry, PickTable

if TYPE_CHECKING:
    from tui.app import ReaderApp


class Lead(NamedTuple):
    """Where a report leads: to an article, to a path that is to be tried again, or to another report."""

    article: str = ""
    path: str = ""
    report: int | None = None


class ImportPage(NarrowPage[Lead]):
    """One report; its lines come from the index, in a thread."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "copy", N_("Copy the line"), show=False),
        Binding("ctrl+e", "export", N_("Write the report to a file"), show=False, priority=True),
        Binding("ctrl+pageup", "other(-1)", N_("The report before"), show=False),
        Binding("ctrl+pagedown", "other(1)", N_("The next report"), show=False),
    ]

    picks = True

    def __init__(self, records: Sequence[Record], place: int) -> None:
        self.record = records[place]
        self.records, self.place = records, place
        self.told: list[Told] = []
        which = f" {place + 1}/{len(records)}" if len(records) > 1 else ""
        when = f"{self.record.ended:%H:%M}"
        heading = f"{_('Import')}{which} · {when} · {summary(self.record)}"
        super().__init__(heading, [Entry("", _("Loading…"), "dim")], widest=10)
        self.foot = _("Type to narrow · Enter opens · Ctrl-y copies · Ctrl-e writes a file · Esc closes")
        if len(records) > 1:
            self.foot += " · " + _("Ctrl-PgUp PgDn other reports")

    @property
    def table(self) -> PickTable:
        return self.query_one(PickTable)

    @property
    def reader(self) -> ReaderApp:
        """The app, which owns the library."""
        return cast("ReaderApp", self.app)

    def on_mount(self) -> None:
        self._load()

    @work(thread=True)
    def _load(self) -> None:
        try:
            lines = told(self.reader.library, self.record.report)
        except BandocError as error:
            self.app.call_from_thread(self.reader.complain, error)
        else:
            self.app.call_from_thread(self._show, lines)

    def _show(self, lines: list[Told]) -> None:
        self.told = lines
        found = entries(lines, Counter(line.section for line in lines))
        self.show(found or [Entry("", _("Nothing was found to import."))], self.record.needle)
        if self.record.cursor:
            self.table.cursor = self.record.cursor

    def action_move(self, lines: int) -> None:
        before = self.table.cursor
        super().action_move(lines)
        while (entry := self.table.entry) and entry.kind == "head" and self.table.cursor not in (0, before):
            before = self.table.cursor
            super().action_move(1 if lines > 0 else -1)

    # -- leaving

    def leave(self, lead: Lead | None = None) -> None:
        """Closes the page, which comes back as it is now."""
        self.record.needle, self.record.cursor = self.needle, self.table.cursor
        self.dismiss(lead)

    def action_close(self) -> None:
        self.leave()

    def action_accept(self) -> None:
        if (line := self._line()) is None:
            return
        if line.id:
            self.leave(Lead(article=line.id))
        elif line.section in (FAILED, SKIPPED) and "/" in line.path:
            self.leave(Lead(path=line.path))

    def _line(self) -> Told | None:
        ref = self.table.entry.ref if self.table.entry else ""
        if not ref:
            return None
        return next((line for line in self.told if ref in (line.id, f"{line.path}\n{line.section}")), None)

    def action_other(self, step: int) -> None:
        if 0 <= self.place + step < len(self.records):
            self.leave(Lead(report=self.place + step))

    # -- taking it along

    def action_copy(self) -> None:
        if (line := self._line()) is not None:
            words = (line.title or line.path, line.date, line.source, line.reason, line.id)
            self.app.copy_to_clipboard(" · ".join(filter(None, words)))
            self.reader.tell(_("Copied this line."))

    def action_export(self) -> None:
        folder = Path(export_folder(self.reader.config)).absolute()
        name = f"bandoc-{one_line(_('import'))}-{self.record.ended:%Y-%m-%d-%H%M%S}.tsv"
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.writelines(rows_of_file(self.told))
        except FileExistsError:
            self.reader.tell(_("Already exported: {path}").format(path=path))
        except OSError as error:
            words = _("{path} can't be written: {reason}").format(path=path, reason=error.strerror)
            self.reader.tell(words, "error")
        else:
            self.reader.tell(_("Exported: {path}").format(path=path))
