"""The part of the main screen that exports and copies, and shows the page behind an article."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from store.article import Article
from store.errors import BandocError
from tui.caret import count_letters
from tui.figures import number
from tui.i18n import _, ngettext
from tui.locations import export_folder
from tui.quoting import quotation
from tui.screens.resuming import ResumingScreen
from tui.widgets.article_view import ArticleView
from tui.writing import in_library

if TYPE_CHECKING:
    from store.export import Exported

ASK_FROM = 50
"""An export of more articles than these asks first: `u` can't take files back."""

TELL_EVERY = 0.2
"""Seconds between two words on how far an export is."""


@dataclass
class Outcome:
    """What became of an export: numbers of articles, and what failed."""

    folder: str
    new: int = 0
    already: int = 0
    gone: int = 0
    failed: list[BandocError] = field(default_factory=list)

    def line(self) -> str:
        """All of it in one line."""
        said = ngettext(
            "{count} article exported to {folder}", "{count} articles exported to {folder}", self.new
        )
        parts = [said.format(count=number(self.new), folder=self.folder)]
        if self.already:
            parts.append(_("{count} exported already").format(count=number(self.already)))
        if self.gone:
            parts.append(_("{count} no longer in the library").format(count=number(self.gone)))
        if self.failed:
            parts.append(_("{count} failed").format(count=number(len(self.failed))))
        return ", ".join(parts)


class SendingScreen(ResumingScreen, inherit_bindings=False):
    """What leaves the screen, and what shows the page behind the article."""

    def action_export(self) -> None:
        if ids := self.picked_ids():
            self.export_all(ids)
            return
        if not (article := self.current()):
            return
        try:
            done = self._export(article)
        except BandocError as error:
            self.reader.complain(error)
            return
        said = _("Already exported: {path}") if done.already else _("Exported: {path}")
        self.reader.tell(said.format(path=done.path))

    def _export(self, article: Article) -> Exported:
        """Writes an article where and how the reader has set it. Raises ExportError."""
        from store.export import export_article, load_template

        config = self.reader.config
        template = load_template(config.export_template) if config.export_template else None
        return export_article(
            article,
            export_folder(config),
            ascii=config.export_ascii,
            notes_heading=_("Notes"),
            template=template,
        )

    # -- many

    def export_all(self, ids: Collection[str]) -> None:
        """Exports articles in the background, into the folder that one would go to."""
        from tui.screens.dialogs import Confirm

        folder = os.path.abspath(export_folder(self.reader.config))

        def start(yes: bool | None) -> None:
            if yes:
                self._export_all(set(ids))

        def stop(yes: bool | None) -> None:
            if yes:
                self.workers.cancel_group(self, "export")

        if self.reader.is_busy("export"):
            self.app.push_screen(Confirm(_("An export is running. Stop it?")), stop)
        elif len(ids) > ASK_FROM:
            question = ngettext(
                "Export {count} article to {folder}?", "Export {count} articles to {folder}?", len(ids)
            )
            self.app.push_screen(Confirm(question.format(count=number(len(ids)), folder=folder)), start)
        else:
            start(True)

    @work(thread=True, group="export")
    def _export_all(self, ids: set[str]) -> None:
        worker, reader = get_current_worker(), self.reader
        outcome = Outcome(os.path.abspath(export_folder(reader.config)))
        told = 0.0
        try:
            present = in_library(reader.library, ids)
            outcome.gone = len(ids) - len(present)
            for number, article_id in enumerate(present):
                if worker.is_cancelled:
                    break
                if time.monotonic() > told + TELL_EVERY:
                    told = time.monotonic()
                    words = _("Exporting… {done}/{total}").format(done=number, total=len(present))
                    self.call_later(reader.say_busy, "export", words)
                try:
                    article = reader.library.article(article_id)
                    done = self._export(article)
                except BandocError as error:
                    outcome.failed.append(error)
                else:
                    outcome.new += not done.already
                    outcome.already += done.already
        except BandocError as error:
            outcome.failed.append(error)
        self.call_later(self._exported, outcome)

    def _exported(self, outcome: Outcome) -> None:
        from tui.screens.pages import export_page

        self.reader.say_busy("export", "")
        self.reader.tell(outcome.line(), "warning" if outcome.failed else "information")
        if outcome.failed:
            self.app.push_screen(export_page(outcome.line(), outcome.failed))

    # -- one

    @on(ArticleView.Copied)
    def _copied(self, event: ArticleView.Copied) -> None:
        self._copy(event.text)

    @on(ArticleView.Quoted)
    def _quoted(self, event: ArticleView.Quoted) -> None:
        if article := self.reading.article:
            self.app.copy_to_clipboard(quotation(article, event.text))
            self.reader.tell(_("Copied with its source."))

    def name_at_hand(self) -> str:
        """The name that the reader has chosen; "" if none."""
        return ""

    def action_copy(self) -> None:
        from tui.screens.copying import CopyMenu

        if article := self.current():
            self.app.push_screen(CopyMenu(article, self.name_at_hand(), self.pane), self._copy)

    def _copy(self, text: str | None) -> None:
        if text:
            self.app.copy_to_clipboard(text)
            count = count_letters(text)
            words = ngettext("Copied {count} letter.", "Copied {count} letters.", count)
            self.reader.tell(words.format(count=number(count)))

    def action_raw(self) -> None:
        from tui.screens.raw import RawView

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
            self.app.push_screen(RawView(article, page, self._line_in_sight(article)))

    def _line_in_sight(self, article: Article) -> int:
        """The line of the page that stands at the top of the reading view; in the list, its headline's."""
        place = self.reading.place if self.pane == "view" else None
        block = self.reading.parts[place.part].block if place else None
        if block is not None and 0 <= block < len(article.blocks) and (line := article.blocks[block].line):
            return line
        headline = article.facts.get("title")
        return (headline and headline.line) or 1
