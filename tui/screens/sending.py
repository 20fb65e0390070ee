"""The part of the main screen that hands an article on, and shows the page behind it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path

from store.article import Article
from store.errors import BandocError
from tui.i18n import _
from tui.screens.marking import MarkingScreen
from tui.widgets.article_view import facts_line


class SendingScreen(MarkingScreen, inherit_bindings=False):
    """What leaves the screen, and what shows the page behind the article."""

    def action_export(self) -> None:
        from store.export import export_article

        if not (article := self.current()):
            return
        try:
            done = export_article(
                article, self.reader.export_folder, ascii=self.reader.export_ascii, notes_heading=_("Notes")
            )
        except BandocError as error:
            self.reader.complain(error)
            return
        said = _("Already exported: {path}") if done.already else _("Exported: {path}")
        self.reader.tell(said.format(path=done.path))

    def action_copy(self) -> None:
        if article := self.current():
            lines = [article.title, facts_line(article), article_link(article) or ""]
            self.app.copy_to_clipboard("\n".join(line for line in lines if line))
            self.reader.tell(_("Copied title, facts and link."))

    def action_link(self) -> None:
        if article := self.current():
            if link := article_link(article):
                self.app.open_url(link)
                self.reader.tell(_("Opening {link}").format(link=link))
            else:
                self.reader.tell(_("This article has no link."))

    def action_raw(self) -> None:
        from tui.screens.pages import raw_page

        if not (article := self.current()):
            return
        try:
            page = self.reader.library.page(article.id)
        except BandocError as error:
            self.reader.complain(error)
            return
        if page is None:
            self.reader.tell(_("This article came without a page."))
        else:
            self.app.push_screen(raw_page(article, page))

    def action_editor(self) -> None:
        from store.export import file_name, to_markdown

        if not (article := self.current()):
            return
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        try:
            command = shlex.split(editor)
            with tempfile.TemporaryDirectory(prefix="bandoc-") as folder:
                path = Path(folder) / file_name(article)
                path.write_text(to_markdown(article, notes_heading=_("Notes")), encoding="utf-8")
                self._run([*command, str(path)])
        except (OSError, ValueError) as error:  # no room for the file; a quote without its twin
            self.reader.tell(_("{command}: {reason}").format(command=editor, reason=error), "error")

    def action_pipe(self) -> None:
        from tui.screens.dialogs import Prompt

        if not (article := self.current()):
            return

        def answered(line: str | None) -> None:
            from store.export import to_markdown

            if line and line.strip():
                text = to_markdown(article, notes_heading=_("Notes"))
                self._run(["/bin/sh", "-c", line], text)

        self.app.push_screen(Prompt(_("Pipe the article to a command")), answered)

    def _run(self, command: list[str], text: str | None = None) -> None:
        """Runs a program in the terminal; after a pipe its output stays until Enter is pressed.

        Ctrl-C ends the program, not bandoc. It is handled, not ignored: a program inherits what is ignored.
        """
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            with self.app.suspend():
                subprocess.run(command, input=text and text.encode(), check=False)
                if text is not None:
                    input(_("Enter goes back to bandoc. "))
        except (OSError, EOFError) as error:
            self.reader.tell(_("{command}: {reason}").format(command=command[0], reason=error), "error")
        finally:
            signal.signal(signal.SIGINT, before)


def article_link(article: Article) -> str | None:
    """The article's web address, if it has one that a browser may be given."""
    links = [article.url, *(origin.url for origin in article.origins)]
    return next((link for link in links if link and link.startswith(("https://", "http://"))), None)
