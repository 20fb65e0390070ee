"""Full-screen pages that are read and closed: help, reports of imports and exports, the raw page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from store.errors import BandocError
from store.text import fold, has_marks, mark_fold, one_line
from tui.content import plain
from tui.i18n import N_, _
from tui.keys import also_bound
from tui.screens.dialogs import Once
from tui.widgets.bars import Bar
from tui.widgets.table_view import Entry, PickTable, TableView
from tui.wording import say

T = TypeVar("T")


class Page(Once[T], Screen[T], Generic[T]):
    """A heading, entries to scroll, and a line that says how to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+q", "close", N_("Close"), show=False),
        also_bound("help", "app.help_here"),
        also_bound("palette", "app.command_palette"),
    ]

    def __init__(self, heading: str, entries: Sequence[Entry], widest: int = 24) -> None:
        super().__init__()
        self.heading = heading
        self.entries = entries
        self.widest = widest
        self.foot = _("Esc closes")

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading, "bold"), classes="page-heading")
        yield self.make_table()
        yield Static(plain(self.foot), classes="page-foot")

    def make_table(self) -> TableView:
        """The table of the entries."""
        return TableView(self.entries, self.widest)

    @property
    def table(self) -> TableView:
        """The entries as they are drawn."""
        return self.query_one(TableView)

    def action_close(self) -> None:
        self.dismiss()


def narrowed(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries in which every typed word, with or without marks, begins one, under their headings;
    those whose heading has them all, too."""
    words = [
        (mark_fold, _beginning(mark_fold(word))) if has_marks(word) else (fold, _beginning(fold(word)))
        for word in one_line(typed).split()
    ]

    def holds(entry: Entry) -> bool:
        text = f"{entry.left} {entry.text}"
        return all(word.search(folded(text)) for folded, word in words)

    found: list[Entry] = []
    heading: Entry | None = None
    for entry in entries:
        if entry.kind == "head":
            heading = entry if entry.text else heading
        elif holds(entry) or (heading and holds(heading)):
            if heading is not None and heading not in found:
                found += [Entry("", "", "head")] * bool(found) + [heading]
            found.append(entry)
    return found


def _beginning(word: str) -> re.Pattern[str]:
    return re.compile((r"(?<!\w)" if word[0].isalnum() else "") + re.escape(word))


class NarrowBar(Bar):
    """The line that narrows a page. Keys that are no letters are the page's; so are `q` and `?` before
    anything is typed, and `/` there does nothing: one types at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", N_("Line down"), show=False),
        Binding("up", "screen.move(-1)", N_("Line up"), show=False),
        Binding("pagedown", "screen.page(1)", N_("Page down"), show=False),
        Binding("pageup", "screen.page(-1)", N_("Page up"), show=False),
        Binding("ctrl+home", "screen.go(0)", N_("Beginning"), show=False),
        Binding("ctrl+end", "screen.go(1)", N_("End"), show=False),
        Binding("enter", "screen.accept", show=False),
    ]

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and event.character in ("q", "?", "/"):
            event.prevent_default().stop()
            if event.character != "/":
                await self.screen.run_action("close")
        else:
            await super()._on_key(event)


class NarrowPage(Page[T], Generic[T]):
    """A page whose entries are narrowed by typing. With `picks` one of them has the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", N_("All entries again; close"), show=False),
    ]

    picks = False

    def __init__(self, heading: str, entries: Sequence[Entry], widest: int = 24) -> None:
        super().__init__(heading, entries, widest)
        self.foot = _("Type to narrow · Esc closes")

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading, "bold"), classes="page-heading")
        yield NarrowBar(id="narrow", placeholder=_("Type to narrow"))
        table = self.make_table()
        table.can_focus = False
        yield table
        yield Static(plain(self.foot), classes="page-foot")

    def make_table(self) -> TableView:
        return PickTable(self.entries, self.widest) if self.picks else super().make_table()

    @property
    def needle(self) -> str:
        """What was typed."""
        return self.query_one(NarrowBar).value

    def show(self, entries: Sequence[Entry], needle: str = "") -> None:
        """Shows other entries, narrowed by `needle`."""
        self.entries = entries
        with self.prevent(Bar.Changed):
            self.query_one(NarrowBar).value = needle
        self._narrow()

    @on(Bar.Changed, "#narrow")
    def _narrow(self) -> None:
        found = narrowed(self.entries, self.needle) if self.needle.strip() else list(self.entries)
        self.table.set_entries(found or [Entry("", _("Nothing here has these words. Esc shows all."), "dim")])
        self.table.action_go(0)
        if isinstance(self.table, PickTable):
            self.table.cursor = next((n for n, entry in enumerate(self.table.entries) if entry.ref), 0)

    @on(Bar.Left)
    def action_step_back(self) -> None:
        if self.needle:
            self.query_one(NarrowBar).value = ""
        else:
            self.action_close()

    def action_move(self, lines: int) -> None:
        self.table.action_move(lines)

    def action_page(self, pages: float) -> None:
        self.table.action_page(pages)

    def action_go(self, end: int) -> None:
        self.table.action_go(end)

    def action_accept(self) -> None:
        """Enter: nothing, where nothing can be opened."""


def export_page(heading: str, failed: Sequence[BandocError]) -> Page[None]:
    """What an export of many could not write, each with its reason."""
    reasons = dict.fromkeys(map(say, failed))  # a folder that can't be written is named once
    return NarrowPage(heading, [Entry("", _("Failed"), "head"), *(Entry("", reason) for reason in reasons)])
