"""The part of the main screen that changes articles: star, read, tags, notes, trash, and undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from store.article import Article, State
from store.changes import Change
from store.errors import BandocError
from tui.figures import number
from tui.i18n import _, ngettext
from tui.screens import steps
from tui.screens.selecting import SelectingScreen
from tui.screens.steps import Step
from tui.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from tui.writing import Done


READ_AFTER = 2.0
"""Seconds with the focus in an article after which it is read."""


class MarkingScreen(SelectingScreen, inherit_bindings=False):
    """Every change goes through `change`, so every change can be undone."""

    _reading_timer: Timer | None = None
    _kept_unread = ""
    """The article that was marked unread by hand, or by undo: it isn't marked read by itself again."""

    def change(self, ids: list[str], change: Change, words: str, *, by_hand: bool = True) -> bool:
        """Changes articles and shows it; `words` say what was done, for undo."""
        if not ids or not self.reader.change(ids, change, words, by_hand=by_hand):
            return False
        self.touched(tuple(ids))
        return True

    def touched(self, ids: tuple[str, ...]) -> None:
        """Shows what a change made of articles: their rows again, without asking for the list again."""
        if len(ids) > 20:
            if self.rows is not None:
                self.rows.fresh()
                self.listing.fresh()
        else:
            for article_id in ids:
                self._patch(article_id)
        if self.article is not None and self.article.id in ids:
            self.show_article(self.article.id)

    def _patch(self, article_id: str) -> None:
        place = self.rows.place(article_id) if self.rows is not None else None
        row = self.listing.row_at(place) if place is not None else None
        if row is None:
            return
        try:
            state = self.reader.library.article(article_id).state
        except BandocError as error:
            self.reader.complain(error)
            return
        self.listing.patch(
            replace(
                row,
                read=state.read,
                starred=state.starred,
                removed=state.removed is not None,
                noted=bool(state.remarks),
                tags=state.tags,
            )
        )

    def current(self) -> Article | None:
        """The article that keys act on, whole."""
        article_id = self.current_id
        if article_id is None:
            return None
        if self.article is not None and self.article.id == article_id:
            return self.article
        self.show_article(article_id)
        return self.article

    # -- read

    def watch_article(self) -> None:
        self.start_reading()

    def start_reading(self) -> None:
        """Starts the seconds after which the article in the focused view is read."""
        if self._reading_timer is not None:
            self._reading_timer.stop()
            self._reading_timer = None
        if self.article and self.article.id != self._kept_unread:
            self._kept_unread = ""
        rule, article = self.reader.config.read_rule, self.article
        if rule == "seconds" and self.pane == "view" and article and not article.state.read:
            self._reading_timer = self.set_timer(READ_AFTER, lambda: self._mark_read(article.id))

    @on(ArticleView.Ended)
    def _ended(self, event: ArticleView.Ended) -> None:
        if self.reader.config.read_rule != "never":
            self._mark_read(event.id)

    def _mark_read(self, article_id: str) -> None:
        article = self.article
        if (
            article is not None
            and article.id == article_id != self._kept_unread
            and not (article.state.read or self.reader.library.read_only)
        ):
            words = _("“{title}” marked read").format(title=article.title)
            self.change([article_id], Change(read=True), words, by_hand=False)

    def toggle(self, has: Callable[[State], bool], on: Step, off: Step) -> Article | None:
        """Gives articles a mark, or takes it away: the selected ones, else the current one.

        Gives that one as it was; None when there is none, or could not be changed.
        """
        if ids := self.picked_ids():
            self.change_all(ids, on, off)
        elif article := self.current():
            step = off if has(article.state) else on
            words = step.words(article.title)
            if self.change([article.id], step.change, words):
                self.reader.tell(words)
                return article
        return None

    def action_read(self) -> None:
        article = self.toggle(lambda state: state.read, steps.READ, steps.UNREAD)
        if article is not None and article.state.read:
            self._kept_unread = article.id

    def action_read_all(self) -> None:
        from tui.screens.dialogs import Confirm

        ids = self.rows.ids() if self.rows is not None else []
        if not ids:
            return
        question = ngettext(
            "Mark {count} listed article as read?", "Mark {count} listed articles as read?", len(ids)
        ).format(count=number(len(ids)))

        def answered(yes: bool | None) -> None:
            if yes:
                self.change_all(ids, steps.READ)

        self.app.push_screen(Confirm(question), answered)

    # -- star

    def action_star(self) -> None:
        self.toggle(lambda state: state.starred, steps.STAR, steps.UNSTAR)

    # -- undo

    def action_undo(self) -> None:
        self.reader.undo(self._undone)

    def _undone(self, done: Done) -> None:
        before = self.article
        self.touched(done.ids)
        after = self.article
        if before and after and before.id == after.id and before.state.read and not after.state.read:
            self._kept_unread = after.id
        self.select()  # what was in the trash may be back, a title may be another
        self.reader.tell(_("Undone: {change}").format(change=done.words))
