"""Full-screen pages that are read and closed: help, reports of imports and exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from store.errors import BandocError
from store.importing import Report
from tui.content import plain
from tui.i18n import _, ngettext
from tui.keys import groups, key_names
from tui.screens.dialogs import Once
from tui.widgets.table_view import Entry, TableView
from tui.wording import say


class Page(Once[None], Screen[None]):
    """A heading, entries to scroll, and a line that says how to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+q,enter,f1,f3,r,question_mark", "close", show=False)
    ]

    def __init__(self, heading: str, entries: Sequence[Entry], widest: int = 24) -> None:
        super().__init__()
        self.heading = heading
        self.entries = entries
        self.widest = widest

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading, "bold"), classes="page-heading")
        yield TableView(self.entries, self.widest)
        yield Static(plain(_("Esc closes")), classes="page-foot")

    def action_close(self) -> None:
        self.dismiss()


def help_page(focus: str) -> Page:
    """The keys for what has the focus, from the table of keys."""
    entries: list[Entry] = []
    for group, keys in groups(focus):
        entries += [Entry("", "", "head")] * bool(entries)
        entries.append(Entry("", _(group), "head"))
        entries += [Entry("  ".join(key_names(key)), _(key.label)) for key in keys]
    return Page(_("Keys"), entries)


def report_page(report: Report) -> Page:
    """What became of an import, each input that failed with its reason."""
    entries = [
        Entry(str(count), words)
        for count, words in (
            (len(report.new), _("new")),
            (len(report.known), _("known already")),
            (len(report.removed), _("known, in the trash, left there")),
            (len(report.skipped), _("skipped")),
            (len(report.failed), _("failed")),
            (len(report.untitled), _("without a headline")),
        )
        if count
    ]
    for heading, errors in (
        (_("Failed"), report.failed),
        (_("Without a headline"), report.untitled),
        (_("Skipped"), report.skipped),
    ):
        if errors:
            entries += [Entry("", "", "head"), Entry("", heading, "head")]
            entries += [Entry("", say(error)) for error in errors]
    return Page(_("Import"), entries or [Entry("", _("Nothing was found to import."))])


def export_page(heading: str, failed: Sequence[BandocError]) -> Page:
    """What an export of many could not write, each with its reason."""
    reasons = dict.fromkeys(map(say, failed))  # a folder that can't be written is named once
    return Page(heading, [Entry("", _("Failed"), "head"), *(Entry("", reason) for reason in reasons)])


def report_line(report: Report) -> str:
    """An import in one line."""
    said = [
        ngettext("{count} new article", "{count} new articles", len(report.new)).format(count=len(report.new))
    ]
    if report.known:
        said.append(_("{count} known already").format(count=len(report.known)))
    if report.removed:
        said.append(_("{count} in the trash").format(count=len(report.removed)))
    if report.skipped:
        said.append(_("{count} skipped").format(count=len(report.skipped)))
    if report.failed:
        said.append(_("{count} failed").format(count=len(report.failed)))
    if report.cancelled:
        said.append(_("stopped"))
    return ", ".join(said)
