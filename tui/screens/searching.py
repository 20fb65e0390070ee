"""The part of the main screen that keeps searches: views and saved filters, each with its count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList

from store.errors import BandocError
from store.index.rows import Grouping
from store.query import Query, parse
from store.searches import Search
from tui.content import counted
from tui.figures import number as written
from tui.i18n import N_, _
from tui.list_words import VIEW_NAMES, VIEWS
from tui.screens.dating import DatingScreen
from tui.screens.dialogs import Choice, Prompt, dialog_room
from tui.screens.listing import ListingScreen


class Views(Choice):
    """All views and saved searches. Of a saved one, F2 and Delete give back what is to be done with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,r", "change('rename')", N_("Rename the saved search"), show=False),
        Binding("delete,D", "change('remove')", N_("Remove the saved search"), show=False),
    ]

    @property
    def hint(self) -> str:
        return _("Enter chooses, F2 renames, Delete removes a saved one")

    def action_change(self, what: str) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option is not None and (option.id or "").isdecimal():
            self.dismiss(f"{what} {option.id}")


class SearchingScreen(DatingScreen, inherit_bindings=False):
    """Counts views and searches in a thread when they are asked for."""

    _names: Mapping[str, str] = MappingProxyType({})
    """The names of the saved searches, by what they ask."""

    @dataclass
    class ViewsCounted(Message):
        """How many articles each view (by name) and saved search (by number) has; None for one that fails."""

        searches: Mapping[int, Search]
        counts: Mapping[str, int | None]

    def action_views(self) -> None:
        self._count_views()

    @work(thread=True, group="views", exclusive=True)
    def _count_views(self) -> None:
        library = self.reader.library
        searches = library.searches()
        asked: dict[str, Callable[[], int]] = {
            name: partial(lambda query: len(library.select(query)), query) for name, query in VIEWS.items()
        }
        asked |= {
            str(number): partial(lambda text: len(library.select(parse(text))), search.query)
            for number, search in searches.items()
        }
        counts: dict[str, int | None] = {}
        for name, count in asked.items():
            try:
                counts[name] = count()
            except BandocError:
                counts[name] = None
        self.post_message(self.ViewsCounted(searches, counts))

    @on(ViewsCounted)
    def _show_views(self, event: ViewsCounted) -> None:
        names = {name: _(words) for name, words in VIEW_NAMES.items()}
        names |= {
            str(number): f"{search.name}  ({search.query})" for number, search in event.searches.items()
        }
        rows = [(words, _count(event.counts[name])) for name, words in names.items()]
        choices = list(zip(names, counted(rows, dialog_room(self.app.size.width)), strict=True))

        def chosen(what: str | None) -> None:
            verb, _blank, number = (what or "").rpartition(" ")
            if what in VIEWS:
                self.action_view(what)
            elif verb == "rename":
                self._rename_search(int(number), event.searches[int(number)])
            elif verb == "remove":
                gone = event.searches[int(number)]
                words = _("Saved search “{name}” removed").format(name=gone.name)
                self._change_searches({int(number): None}, words)
            elif what is not None:
                self.show_search(event.searches[int(what)])

        self.app.push_screen(Views(_("Views"), choices, self._present(event.searches)), chosen)

    def show_search(self, search: Search) -> None:
        """Lists what a saved search finds."""
        self.action_view("all")
        self.filter_bar.value = search.query
        self.pane = "list"

    def _present(self, searches: Mapping[int, Search]) -> str:
        text = self.asked_text
        return next((str(n) for n, search in searches.items() if search.query == text), self.view_name)

    @property
    def asked_text(self) -> str:
        """What the list is asked for now, by filter, view and order, as it would be saved."""
        ordered = self.sort != "date" and self.typed.sort == "date"
        asked = (self.typed_text.rstrip(" ,"), str(VIEWS[self.view_name]), f"sort:{self.sort}" * ordered)
        return ", ".join(part for part in asked if part)

    def _selection(self, query: Query, grouping: Grouping | None) -> ListingScreen.Selected:
        event = super()._selection(query, grouping)
        if self.asked_text:  # read here, off the screen's thread
            with suppress(BandocError):
                self._names = {one.query: one.name for one in self.reader.library.searches().values()}
        return event

    @property
    def search_name(self) -> str:
        """The name of the saved search that the list answers; "" if it answers none."""
        return self._names.get(self.asked_text, "")

    def action_save_search(self) -> None:
        query = self.asked_text
        if not query:
            self.reader.tell(_("Nothing filters the list."))
            return

        def answered(name: str | None) -> None:
            if name and name.strip():
                words = _("Saved search “{name}” kept").format(name=name.strip())
                self._change_searches({0: Search(name, query)}, words)

        self.app.push_screen(Prompt(_("Save this filter under the name"), "", query), answered)

    def _rename_search(self, number: int, search: Search) -> None:
        def answered(name: str | None) -> None:
            if name and name.strip() and name.strip() != search.name:
                words = _("“{name}” renamed to “{to}”").format(name=search.name, to=name.strip())
                self._change_searches({number: Search(name, search.query)}, words)

        self.app.push_screen(Prompt(_("The right name"), search.name), answered)

    def _change_searches(self, changes: Mapping[int, Search | None], words: str) -> None:
        self.reader.change_searches(changes, words)
        self.select()  # the one in use may have another name now


def _count(articles: int | None) -> str:
    return "?" if articles is None else written(articles)
