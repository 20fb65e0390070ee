"""What to import: a file or a folder by its path, completed as in a shell, or what is pasted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.widgets.option_list import Option

from store.importing import Source
from store.text import one_line
from tui import clipboard
from tui.content import join, plain
from tui.figures import number
from tui.history import History
from tui.i18n import N_, _, ngettext
from tui.paths import Paths, pasted_paths
from tui.screens.dialogs import Dialog
from tui.widgets.bars import Bar
from tui.widgets.options import Options

PREVIEW = 4
"""Lines of what was pasted that are shown."""


class PathBar(Bar):
    """The line for a path. What is pasted goes to the dialog as a whole: it may be more than a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "screen.complete", N_("Complete the path; again, choose among the names"), show=False),
        Binding("down", "screen.point(1)", N_("Choose the next name"), show=False),
        Binding(
            "up", "screen.point(-1)", N_("Choose the name before; above the first: earlier paths"), show=False
        ),
        Binding("ctrl+v", "screen.clipboard", N_("Paste what the clipboard holds"), show=False),
        Binding("enter", "submit", N_("Import it; a name that is chosen: into the line"), show=False),
        Binding("escape", "leave", N_("Leave what was pasted; close"), show=False),
    ]

    class Pasted(Message):
        """Something was pasted."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default().stop()
        self.post_message(self.Pasted(event.text))


class ImportDialog(Dialog[Sequence[str | Source]]):
    """Gives paths and texts to import; None when the reader changes their mind."""

    def __init__(self, history: History, pasted: str = "", path: str = "") -> None:
        super().__init__()
        self.history = history
        self.paths = Paths()
        self.taken: Sequence[str | Source] = ()
        """What was pasted and waits for Enter."""
        self._begun = pasted, path
        self._earlier: list[str] | None = None
        self._place = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(_("Import"), "bold"))
            yield Static(plain(_("A file or folder; or paste the text of a page, or paths.")), id="about")
            yield PathBar(id="path", placeholder="~/")
            yield Static(id="said", markup=False)
            yield Options(markup=False, compact=True)
            yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(Options).can_focus = False
        self.say("")
        pasted, path = self._begun
        self.bar.value = path
        self.bar.cursor_position = len(path)
        self._offer()
        if pasted:
            self.take(pasted)

    @property
    def bar(self) -> PathBar:
        """The line to type in."""
        return self.query_one(PathBar)

    def say(self, words: str | Content, style: str = "") -> None:
        """Shows what was pasted, or what is wrong with a path; and what the keys do."""
        said = self.query_one("#said", Static)
        said.update(plain(words, style) if isinstance(words, str) else words)
        said.display = bool(words)
        if self.taken:
            hint = _("Enter imports it, Esc leaves it")
        else:
            hint = _("Enter imports · Tab completes · ↑ earlier · Ctrl-v pastes · Esc")
        self.query_one("#hint", Static).update(plain(hint, "$text-muted"))

    # -- typing a path

    @on(Bar.Changed)
    def _typed(self) -> None:
        self.taken = ()
        self.say("")
        self._offer()

    def _offer(self) -> None:
        options = self.query_one(Options)
        options.clear_options()
        typed = self.bar.value
        offered = self.paths.offers(typed)
        whole = list(offered.paths) == [typed]
        folder = len(typed) - len(typed.rpartition("/")[2])
        options.add_options(Option(join(path[folder:])) for path in offered.paths)
        if offered.more:
            words = ngettext("… and {n} more", "… and {n} more", offered.more).format(n=number(offered.more))
            options.add_option(Option(join((words, "$text-muted")), disabled=True))
        self._offered = list(offered.paths)
        options.highlighted = None
        options.display = bool(offered.paths) and not whole

    def _put(self, text: str) -> None:
        self.bar.value = text
        self.bar.cursor_position = len(text)

    def action_complete(self) -> None:
        """Takes the name that is chosen; else what all have in common, else chooses the first."""
        options = self.query_one(Options)
        if options.highlighted is not None:
            self._put(self._offered[options.highlighted])
        elif (text := self.paths.completed(self.bar.value)) != self.bar.value:
            self._put(text)
        elif len(self._offered) > 1:
            options.highlighted = 0

    def action_point(self, step: int) -> None:
        options = self.query_one(Options)
        at = options.highlighted
        if self._earlier is not None or (step < 0 and at is None):
            self._recall(step)
        elif step < 0 and at == 0:
            options.highlighted = None
        elif self._offered and options.display:
            options.highlighted = 0 if at is None else min(max(at + step, 0), len(self._offered) - 1)

    def _recall(self, step: int) -> None:
        """Shows an earlier path; behind the last one what was typed."""
        if self._earlier is None:
            typed = self.bar.value
            self._earlier = [*(path for path in self.history.entries if path != typed), typed]
            self._place = len(self._earlier) - 1
        self._place = max(0, min(self._place + step, len(self._earlier) - 1))
        with self.prevent(Bar.Changed):
            self._put(self._earlier[self._place])
        self._offer()
        if self._place == len(self._earlier) - 1:
            self._earlier = None

    @on(Bar.Changed)
    def _forget_earlier(self) -> None:
        self._earlier = None

    @on(Bar.Submitted)
    def _submitted(self, event: Bar.Submitted) -> None:
        options = self.query_one(Options)
        if self.taken:
            self.dismiss(self.taken)
        elif options.highlighted is not None:
            self.action_complete()
        elif typed := event.value.strip():
            path = self.paths.real(event.value)
            several = [] if os.path.lexists(path) else pasted_paths(typed)
            if several or os.path.lexists(path):
                if one_line(typed) == typed and (several or path == os.path.expanduser(typed)):
                    self.history.add(typed)
                self.dismiss(several or [path])
            else:
                self.say(_("There is no such file or folder."), "$text-error")

    @on(Options.OptionSelected)
    def _clicked(self, event: Options.OptionSelected) -> None:
        self._put(self._offered[event.option_index])

    # -- pasting

    @on(PathBar.Pasted)
    def _pasted(self, event: PathBar.Pasted) -> None:
        self.take(event.text)

    def take(self, text: str) -> None:
        """Takes what was pasted: paths, if there are files or folders of these names; a single line into the
        line; anything else as the text of a page."""
        paths = pasted_paths(text)
        if len(paths) == 1 and one_line(paths[0]) == paths[0]:
            self._put(paths[0])
        elif not paths and len(text.strip().splitlines()) < 2:
            self.bar.insert_text_at_cursor(one_line(text))
        else:
            self.taken = paths or [Source("", data=text.encode("utf-8", "replace"))]
            self.query_one(Options).display = False
            self.say(_preview_of_paths(paths) if paths else _preview_of_text(text))

    def action_clipboard(self) -> None:
        command = clipboard.program()
        if command is None:
            words = _("Nothing here reads the clipboard ({programs}): paste with your terminal's own key.")
            programs = ", ".join(command[0] for _variable, command in clipboard.PROGRAMS)
            self.say(words.format(programs=programs), "$text-warning")
        else:
            self._read_clipboard(command)

    @work(thread=True, exclusive=True)
    def _read_clipboard(self, command: tuple[str, ...]) -> None:
        try:
            text = clipboard.read(command)
        except OSError as error:
            words = _("{command}: {reason}").format(command=command[0], reason=error)
            self.app.call_from_thread(self.say, words, "$text-error")
        else:
            self.app.call_from_thread(self.take, text)

    @on(Bar.Left)
    def _step_back(self) -> None:
        if self.taken:
            self.taken = ()
            self.say("")
            self._offer()
        else:
            self.dismiss(None)


def _preview_of_paths(paths: Sequence[str]) -> Content:
    words = ngettext("Pasted: {n} path", "Pasted: {n} paths", len(paths)).format(n=number(len(paths)))
    return _preview(words, [one_line(path) for path in paths])


def _preview_of_text(text: str) -> Content:
    lines = [line for line in map(one_line, text.splitlines()) if line]
    words = ngettext(
        "Pasted: the text of a page, {n} line", "Pasted: the text of a page, {n} lines", len(lines)
    )
    return _preview(words.format(n=number(len(lines))), lines)


def _preview(words: str, lines: Sequence[str]) -> Content:
    shown = [line if len(line) < 80 else line[:79] + "…" for line in lines[:PREVIEW]]
    more = ["…"] * (len(lines) > PREVIEW)
    return join((words, "bold"), *((f"\n{line}", "$text-muted") for line in [*shown, *more]))
