"""The part of the main screen that selects rows: what keys in the list then act on."""

from __future__ import annotations

from collections.abc import Collection

from textual import on

from store.changes import Change
from store.index.rows import Grouping, Rows
from store.query import Query
from tui.figures import number
from tui.i18n import _, ngettext
from tui.screens.folding import FoldingScreen
from tui.screens.listing import ListingScreen
from tui.screens.steps import Step
from tui.widgets.article_list import ArticleList
from tui.writing import changing


class SelectingScreen(FoldingScreen, inherit_bindings=False):
    """Keeps the ids of the selected rows. They outlive the filter: that is how to select by query."""

    _unlisted = 0
    """How many selected articles the present list does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.picked: set[str] = set()

    def picked_ids(self) -> set[str]:
        """The articles that a key acts on instead of one; none unless the list has the focus."""
        return set(self.picked) if self.pane == "list" else set()

    def picked_words(self) -> str:
        """What the status line says of the selection."""
        if not self.picked:
            return ""
        words = ngettext("{count} selected", "{count} selected", len(self.picked))
        if self._unlisted:
            words = ngettext(
                "{count} selected, {hidden} of them out of sight",
                "{count} selected, {hidden} of them out of sight",
                len(self.picked),
            )
        return words.format(count=number(len(self.picked)), hidden=number(self._unlisted))

    def on_mount(self) -> None:
        self.watch(self.listing, "toggled", self._pick, init=False)

    def _pick(self, article_id: str) -> None:
        self.picked ^= {article_id}
        self.listing.redraw(article_id)
        self._show_picked()

    @on(ArticleList.AllPicked)
    def _pick_all(self) -> None:
        listed = self.rows.ids() if self.rows is not None else []
        if self.picked.issuperset(listed):
            self.picked.difference_update(listed)
        else:
            self.picked.update(listed)
        self._count_unlisted()
        self.listing.refresh()
        self._show_picked()

    def unpick(self) -> None:
        """Selects nothing."""
        self.picked.clear()
        self._unlisted = 0
        self.listing.refresh()
        self._show_picked()

    def _show_picked(self) -> None:
        self.listing.picked = self.picked
        self.say_where()

    def _count_unlisted(self) -> None:
        listed = self.rows.ids() if self.rows is not None and self.picked else []
        self._unlisted = len(self.picked.difference(listed))

    def _selection(self, query: Query, grouping: Grouping | None) -> ListingScreen.Selected:
        event = super()._selection(query, grouping)
        if self.picked and event.rows is not None:
            event.rows.ids()  # they are counted when the rows are shown: read here, off the screen's thread
        return event

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: counts what is selected and not among these rows."""
        super().show_rows(rows, same=same)
        if self.picked:
            self._count_unlisted()
            self.say_where()

    # -- changing many

    def change_all(self, ids: Collection[str], *steps: Step) -> None:
        """Changes many articles, which is one change to undo: takes the first of the steps that changes
        anything. (To star articles that all have their star is to take it from them.)"""

        def write() -> tuple[Step, Change] | None:
            for step in steps:
                inverse = self.reader.change_those_left(ids, step.change)
                if inverse.ids:
                    return step, inverse
            return None

        def written(done: tuple[Step, Change] | None) -> None:
            if done is None:
                self.reader.tell(_("Nothing to change."))
                return
            step, inverse = done
            words = step.many(len(inverse.ids))
            self.reader.done(words, inverse)
            self.touched(inverse.ids)
            self.reader.tell(words)
            if step.change.removed is not None:
                self.unpick()
                self.select()

        self.reader.write(write, written, changing(len(ids)))

    def touched(self, ids: tuple[str, ...]) -> None:
        """Shows what a change made of articles; the marking screen knows how."""
