"""A command that an article is piped to: its line, with those of earlier times, and what it says."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from store.text import clean
from tui.content import plain
from tui.history import History
from tui.i18n import _
from tui.outside import MOST, Piped
from tui.screens.dialogs import Prompt
from tui.screens.pages import Page
from tui.widgets.table_view import Entry, PickTable


class CommandPrompt(Prompt):
    """Asks for a command; ↑ and ↓ bring back earlier ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", show=False),
        Binding("down", "recall(1)", show=False),
    ]

    def __init__(self, history: History) -> None:
        super().__init__(
            _("Pipe the article to a command"), hint=_("Enter runs it, ↑ earlier ones, Esc gives up")
        )
        self.history = history
        self._place = 0
        self._draft = ""

    def action_recall(self, step: int) -> None:
        line, entries = self.query_one(Input), self.history.entries
        if not self._place:
            self._draft = line.value
        self._place = max(-len(entries), min(0, self._place + step))
        line.value = entries[self._place] if self._place else self._draft
        line.cursor_position = len(line.value)


class PipePage(Page[None]):
    """What a command says, as it says it. Esc stops it, and leaves when it has ended."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "stop", show=False)]

    def __init__(self, line: str, piped: Piped) -> None:
        super().__init__(f"| {line}", [])
        self.piped = piped

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading, "bold"), classes="page-heading")
        yield PickTable([], 0)
        yield Static(plain(_("Running… Esc stops it")), classes="page-foot")

    def on_mount(self) -> None:
        self._read()

    def on_unmount(self) -> None:
        self.piped.stop()

    @work(thread=True)
    def _read(self) -> None:
        self.piped.read(lambda: self.call_later(self._show))
        self.call_later(self._ended)

    def _show(self) -> None:
        if self.is_attached:
            text = clean(self.piped.output.decode("utf-8", "replace"))
            lines = text.removesuffix("\n").split("\n") if text else []
            self.query_one(PickTable).set_entries([Entry("", line) for line in lines])

    def _ended(self) -> None:
        if not self.is_attached:
            return
        if not self.piped.output and self.piped.code == 0:
            self.dismiss()
            self.app.notify(str(plain(_("Done: {line}").format(line=self.heading[2:]))), markup=False)
            return
        self._show()
        if self.piped.full:
            words = _("Stopped: more than {most} bytes").format(most=f"{MOST:,}")
        elif self.piped.stopped:
            words = _("Stopped")
        elif self.piped.code:
            words = _("Ended with exit code {code}").format(code=self.piped.code)
        else:
            words = _("Done")
        style = "" if words == _("Done") else "$text-error"
        self.query_one(".page-foot", Static).update(plain(words + " · " + _("Esc closes"), style))

    def action_stop(self) -> None:
        if self.piped.code is None:
            self.piped.stop()
        else:
            self.app.exit()

    def action_close(self) -> None:
        if self.piped.code is None:
            self.piped.stop()
        else:
            self.dismiss()
