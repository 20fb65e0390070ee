"""The part of the main screen that keeps where reading stopped, by character."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.timer import Timer

from store.article import Position
from store.changes import Change
from store.errors import BandocError
from tui.screens.trashing import TrashingScreen
from tui.widgets.article_view import ArticleView

KEEP_AFTER = 1.0
"""Seconds of standing still after which the place is written: what a kill may cost."""


class ResumingScreen(TrashingScreen, inherit_bindings=False):
    """Writes the place when one stands still, goes to another article, or leaves."""

    _keeping: Timer | None = None
    _where: tuple[str, Position | None] | None = None
    """The article in the reading view, and where in it one is."""
    _kept: tuple[str, Position | None] | None = None
    """What the library has of that."""

    @on(ArticleView.Progress)
    def _moved_on(self, event: ArticleView.Progress) -> None:
        event.stop()
        self._look_where()
        if self._where != self._kept:
            if self._keeping is not None:
                self._keeping.stop()
            self._keeping = self.set_timer(KEEP_AFTER, self.keep_place)

    def _look_where(self) -> None:
        view = self.reading
        if (article := view.article) is None or not view.room:
            return
        if self._kept is None or self._kept[0] != article.id:
            self._kept = (article.id, article.state.position)
        # Who has read to the end begins anew the next time.
        self._where = (article.id, None if view.at_end else view.position)

    def keep_place(self) -> None:
        """Writes where one is, if that is news. Nobody is kept from reading by what can't be written."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        if self._where is None or self._where == self._kept or self.reader.library.read_only:
            return
        if self.is_running and self.reader.is_busy("write"):  # nothing is drawn while one waits for it
            self._keeping = self.set_timer(KEEP_AFTER, self.keep_place)
            return
        article_id, position = self._where
        self._kept = self._where
        with suppress(BandocError):
            self.reader.library.change([article_id], Change(position=position, no_position=position is None))

    def show_article(self, article_id: str | None) -> None:
        """Also: keeps where one was in the article before."""
        if self.furnished and article_id != (self.article and self.article.id):
            self._look_where()
            self.keep_place()
        super().show_article(article_id)

    def on_unmount(self) -> None:
        self.keep_place()
