"""The part of the main screen that shows what is told several times: one row for each story."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import on, work
from textual.message import Message
from textual.reactive import var
from textual.worker import get_current_worker

from store.errors import BandocError
from store.index.row import Row
from store.index.rows import Twins
from tui.i18n import _
from tui.screens.ordering import OrderingScreen
from tui.widgets.article_list import ArticleList

MOST_TWINS = 20
"""Articles that one is set against; each may stand in a volume of its own."""


class FoldingScreen(OrderingScreen, inherit_bindings=False):
    """Keeps which stories are unfolded, and who else tells what is read."""

    @dataclass
    class ReadTwins(Message):
        """What the other articles say that tell the same as one."""

        id: str
        texts: tuple[str, ...]

    twins: var[Twins] = var(Twins())
    folds = True

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: frozenset[str] = frozenset()

    def unfolded_ids(self) -> frozenset[str] | None:
        return self._unfolded if self.folds else None

    def action_fold_all(self) -> None:
        self.folds = not self.folds
        self._unfolded = frozenset()
        self.select()
        self.reader.tell(_("One row for each story.") if self.folds else _("One row for each article."))

    @on(ArticleList.Folded)
    def _fold(self) -> None:
        first = self._first_row()
        if first is None:
            self.reader.tell(_("No other article here tells the same."))
            return
        if first.folded:
            self._unfolded |= {first.id}
        else:
            self._unfolded -= self._story_ids(first)
        self.select()

    def _first_row(self) -> Row | None:
        """The first row of the story under the cursor; None for an article that is alone."""
        place = self.listing.cursor
        while (row := self.listing.row_at(place)) is not None and row.below:
            place -= 1
        return row if row is not None and row.more else None

    def _story_ids(self, first: Row) -> set[str]:
        place = self.rows.place(first.id) if self.rows is not None else None
        rows = [self.listing.row_at((place or 0) + more) for more in range(first.more + 1)]
        return {row.id for row in rows if row is not None}

    def show_article(self, article_id: str | None) -> None:
        """Also: finds who else tells it."""
        try:
            self.twins = self.reader.library.twins(article_id) if article_id else Twins()
        except BandocError:
            self.twins = Twins()  # what is wrong with the library is told when the article is read
        super().show_article(article_id)
        if article_id and self.twins.rows:
            self._read_twins(article_id, [row.id for row in self.twins.rows])

    @work(thread=True, exclusive=True, group="twins")
    def _read_twins(self, article_id: str, others: list[str]) -> None:
        worker = get_current_worker()
        try:
            texts = self.reader.library.texts(others[:MOST_TWINS])
        except BandocError:
            return  # as above
        if not worker.is_cancelled:
            self.post_message(self.ReadTwins(article_id, texts))

    @on(ReadTwins)
    def _set_against_twins(self, event: ReadTwins) -> None:
        if event.id == self.current_id:
            self.twins = replace(self.twins, texts=event.texts)
            self.reading.watch_article()
