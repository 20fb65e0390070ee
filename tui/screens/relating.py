"""The part of the main screen that leads to what is about the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from store.errors import BandocError
from store.text import one_line
from tui.content import join
from tui.figures import day
from tui.i18n import _
from tui.screens.correcting import CorrectingScreen

if TYPE_CHECKING:
    from store.index.related import Related

REASONS = 5
"""Of what two articles have in common, so much is said."""


def related_words(one: Related) -> Content:
    """An article, and below what it has in common with another."""
    common = ", ".join((*one.names, *one.words)[:REASONS])
    facts = " · ".join(part for part in (day(one.published), one.source, common) if part)
    return join((one_line(one.title), "bold"), ("\n" + one_line(facts), "$text-muted"))


class RelatingScreen(CorrectingScreen, inherit_bindings=False):
    """Looks for related articles in a thread; only those of the present article are shown."""

    @dataclass
    class FoundRelated(Message):
        """What is related to an article."""

        id: str
        found: list[Related]

    def action_related(self) -> None:
        if self.current_id is not None:
            self._look_for_related(self.current_id)

    @work(thread=True, exclusive=True, group="related")
    def _look_for_related(self, article_id: str) -> None:
        worker = get_current_worker()
        try:
            found = self.reader.library.related(article_id)
        except BandocError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self.reader.complain, error)
        else:
            if not worker.is_cancelled:
                self.post_message(self.FoundRelated(article_id, found))

    @on(FoundRelated)
    def _show_related(self, event: FoundRelated) -> None:
        from tui.screens.dialogs import Choice

        if event.id != self.current_id or self.app.screen is not self:
            return
        if not event.found:
            self.reader.tell(_("Nothing here is about the same."))
            return
        choices = [(one.id, related_words(one)) for one in event.found]
        self.app.push_screen(Choice(_("About the same"), choices, event.found[0].id), self.go_to)

    def go_to(self, article_id: str | None) -> None:
        """Opens an article to read; the list goes there if it lists it."""
        if article_id is None:
            return
        if self.finding:
            self._close_find(keep=False)
        place = self.rows.place(article_id) if self.rows is not None else None
        if place is not None:
            self.listing.cursor = place
        self.show_article(article_id)
        self.pane = "view"
