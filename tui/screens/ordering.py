"""The part of the main screen that orders the list, and steps through it: views, order, groups."""

from __future__ import annotations

from store.errors import BandocError
from store.query_places import without_sort
from store.query_words import SORTS
from tui.i18n import _
from tui.list_words import GROUP_NAMES, VIEWS, next_grouping, sort_choices
from tui.screens.lacking import LackingScreen

NEAR = 200
"""Rows that are looked at one by one before the index is asked."""


class OrderingScreen(LackingScreen, inherit_bindings=False):
    """Changes what the list is asked for, and goes from row to row whatever has the focus."""

    def action_view(self, name: str) -> None:
        self.view_name = name
        self.select()

    def action_sort(self) -> None:
        from tui.screens.dialogs import SortChoice

        def chosen(sort: str | None) -> None:
            if sort in SORTS:
                self.sort = sort
                if (text := without_sort(self.filter_bar.value)) != self.filter_bar.value:
                    self.filter_bar.value = text  # what is chosen last counts; it asks for the rows, too
                else:
                    self.select()

        present = self.shown_query.sort
        choices = sort_choices(present)
        place = next(value for value, words in choices if words.startswith("●"))
        self.app.push_screen(SortChoice(_("Sort"), choices, place), chosen)

    def action_group(self) -> None:
        self.grouping = next_grouping(self.grouping)
        self.select()
        self.reader.tell(_(GROUP_NAMES[self.grouping]) if self.grouping else _("No groups."))

    def action_article(self, step: int) -> None:
        place = self.listing.cursor + step
        if (row := self.listing.row_at(place)) is None:
            words = _("This is the last article of the list.") if step > 0 else _("This is the first one.")
            self.reader.tell(words)
            return
        self.listing.cursor = place
        self.show_article(row.id)

    def action_unread(self, step: int) -> None:
        place = self._next_unread(step)
        if place is None:
            self.reader.tell(_("No more unread articles here."))
            return
        self.listing.cursor = place
        if (row := self.listing.row) is not None:
            self.show_article(row.id)

    def _next_unread(self, step: int) -> int | None:
        """The place of the next unread row: looked for among some rows, then asked of the index."""
        first = self.listing.cursor + step
        for place in range(first, first + NEAR * step, step):
            row = self.listing.row_at(place)
            if row is None or not row.read:
                return None if row is None else place
        if self.rows is None:
            return None
        try:
            unread = self.reader.library.select(self.rows.query & VIEWS["unread"])
        except BandocError as error:
            self.reader.complain(error)
            return None
        return self.rows.next_among(unread, first + NEAR * step, step)
