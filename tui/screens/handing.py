"""The part of the main screen that hands an article to other programs: browser, editor, commands."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from textual import work

from tui import outside
from tui.content import plain
from tui.i18n import _
from tui.keys import named
from tui.quoting import article_link
from tui.screens.sending import SendingScreen

_LONG = 10.0
"""Seconds after which a browser that has not ended has surely begun."""


class HandingScreen(SendingScreen, inherit_bindings=False):
    """Starts other programs. None of them sees a shell but what the reader typed."""

    # -- the link

    def action_link(self) -> None:
        if not (article := self.current()):
            return
        link = article_link(article)
        if not link:
            self.reader.tell(_("This article has no link."))
            return
        found = outside.browser(link)
        if found is None:
            self._offer_link(link, _("There is no browser here. Copy the link?"))
        elif found.in_terminal:
            self._in_terminal(found.command)
        else:
            self.reader.tell(_("Opening {link}").format(link=link))
            self._browse(link, found.command)

    @work(thread=True, group="browser")
    def _browse(self, link: str, command: list[str]) -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            code = process.wait(_LONG)
        except subprocess.TimeoutExpired:
            return
        except OSError:
            code = 127
        if code:
            words = _("{command} could not open it. Copy the link?").format(command=command[0])
            self.call_later(self._offer_link, link, words)

    def _offer_link(self, link: str, question: str) -> None:
        from tui.screens.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._copy(link)

        self.app.push_screen(Confirm(question, [plain(link)]), answered)

    # -- the editor

    def action_editor(self) -> None:
        from store.export import file_name, to_markdown

        if not (article := self.current()):
            return
        program = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        try:
            command = outside.editor()
            with tempfile.TemporaryDirectory(prefix="bandoc-") as folder:
                path = Path(folder) / file_name(article)
                text = to_markdown(article, notes_heading=_("Notes")).encode()
                path.write_bytes(text)
                path.chmod(0o400)  # the editor says that it is to be read
                self._in_terminal([*command, str(path)])
                changed = not path.exists() or path.read_bytes() != text
        except (OSError, ValueError) as error:  # no room for the file; a quote without its twin
            self.reader.tell(_("{command}: {reason}").format(command=program, reason=error), "error")
            return
        if changed:
            words = _("What you changed in the editor is not kept; {key} exports to a file of your own.")
            self.reader.tell(words.format(key=named("article.export")), "warning")

    def _in_terminal(self, command: list[str]) -> None:
        """Runs a program in the terminal until it ends; what fails is told."""
        try:
            with self.app.suspend():
                code = outside.in_foreground(command)
        except OSError as error:
            words = _("{command}: {reason}").format(command=command[0], reason=error.strerror)
            self.reader.tell(words, "error")
        else:
            if code:
                words = _("{command} ended with exit code {code}.").format(command=command[0], code=code)
                self.reader.tell(words, "warning")

    # -- a command

    def action_pipe(self) -> None:
        from tui.screens.piping import CommandPrompt, PipePage

        if not (article := self.current()):
            return

        def answered(line: str | None) -> None:
            from store.export import to_markdown

            if not line or not line.strip():
                return
            self.reader.commands.add(line)
            try:
                piped = outside.Piped(line, to_markdown(article, notes_heading=_("Notes")))
            except OSError as error:
                self.reader.tell(_("{command}: {reason}").format(command=line, reason=error), "error")
                return
            self.app.push_screen(PipePage(line, piped))

        self.app.push_screen(CommandPrompt(self.reader.commands), answered)
