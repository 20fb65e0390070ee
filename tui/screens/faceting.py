"""The part of the main screen that counts: the names in all articles listed, which narrow the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from store.article import EntityType
from store.errors import BandocError
from store.index.index import Cancelled
from store.index.rows import Facet, Rows
from store.query import Query
from store.query_places import apart_from
from tui.entity_groups import FACETS, ORDER_NAMES, PAGE, Name
from tui.i18n import _
from tui.narrowing import either, parts_of, toggled
from tui.screens.finding import FindingScreen, name_filter
from tui.widgets.entities_pane import EntitiesPane

ALL_NAMES = 1_000_000
"""More names than any library has: when one is searched, none is left out."""


class FacetingScreen(FindingScreen, inherit_bindings=False):
    """Counts in a thread, one question at a time; the answer to an older one is dropped."""

    _to_count: tuple[Query, tuple[int, ...]] | None = None
    _counting = False

    @dataclass
    class Counted(Message):
        """The names of all articles that answer a query, by type."""

        of: tuple[Query, tuple[int, ...]]
        facets: Mapping[EntityType, Sequence[Facet]] | None

    def action_scope(self) -> None:
        names = self.query_one(EntitiesPane)
        names.scope = "article" if names.scope == "list" else "list"
        self.pane = "entities"
        self.count_names()
        self.say_where()

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: their names are counted, if these are shown."""
        super().show_rows(rows, same=same)
        if self.furnished:
            self.count_names()

    def count_names(self) -> None:
        """Counts the names of what is listed, unless they are not to be seen."""
        names = self.query_one(EntitiesPane)
        if names.scope != "list" or self.rows is None:
            return
        limits = [ALL_NAMES if names.needle else names.limits[kind] for kind in FACETS]
        self._to_count = self.rows.query, tuple(limits)
        names.counting()
        if not self._counting:
            self._counting = True
            self._count(self._to_count)

    @work(thread=True, group="facets")
    def _count(self, of: tuple[Query, tuple[int, ...]]) -> None:
        facets: dict[EntityType, Sequence[Facet]] | None = None
        query, limits = of
        with suppress(Cancelled, BandocError):  # the list itself tells what is wrong
            facets = {
                kind: self.reader.library.facets(
                    apart_from(query, field), kind, limit, cancelled=lambda: of != self._to_count
                )
                for (kind, field), limit in zip(FACETS.items(), limits, strict=True)
            }
        self.post_message(self.Counted(of, facets))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self._counting = False
        if self._to_count is not None and event.of != self._to_count:
            self._counting = True
            self._count(self._to_count)
        elif event.facets is not None and self.rows is not None:
            signs = self._signs(event.facets)
            self.query_one(EntitiesPane).show_facets(event.facets, signs, len(self.rows) + self.rows.repeated)

    def _signs(self, facets: Mapping[EntityType, Sequence[Facet]]) -> dict[str, str]:
        """Which entities the filter asks for, and which it leaves out."""
        said = [part.text for part in parts_of(self.typed_text)]
        if not said:
            return {}
        signs = {}
        for facet in (facet for found in facets.values() for facet in found):
            own = name_filter(facet.type, facet.key, facet.name)
            if f"-{own}" in said:
                signs[facet.key] = "-"
            elif any(own in text and not text.startswith(("-", "NOT ")) for text in said):
                signs[facet.key] = "+"
        return signs

    # -- what the pane asks for

    @on(EntitiesPane.Selected)
    def _name_selected(self, event: EntitiesPane.Selected) -> None:
        if event.name.entity is not None:
            self.choose_entity(event.name.key)
        else:
            self._narrow(event.name, toggled)

    @on(EntitiesPane.More)
    def _more_names(self) -> None:
        self.count_names()

    def _narrow(self, name: Name, how: Callable[[str, str], str]) -> None:
        """Changes the filter by a name. The pane stays, if it is about the whole list: one may go on."""
        self.filter_bar.value = how(self.filter_bar.value, name_filter(name.type, name.key, name.name))
        self.filter_bar.cursor_position = len(self.filter_bar.value)
        if name.entity is not None:
            self.pane = "list"

    def _narrow_by_chosen(self, how: Callable[[str, str], str]) -> None:
        name = self.query_one(EntitiesPane).pointed if self.pane == "entities" else None
        if name is None:
            self.reader.tell(_("Choose a name first: Tab to the names, Enter on one."))
        else:
            self._narrow(name, how)

    def action_exclude_entity(self) -> None:
        self._narrow_by_chosen(lambda text, part: toggled(text, f"-{part}"))

    def action_either_entity(self) -> None:
        self._narrow_by_chosen(either)

    def action_filter_entity(self) -> None:
        name = self.query_one(EntitiesPane).pointed if self.pane == "entities" else None
        if name is not None and name.entity is None:
            self._narrow(name, toggled)
        else:
            super().action_filter_entity()

    def action_sort(self) -> None:
        from tui.screens.dialogs import Choice

        if self.pane != "entities":
            super().action_sort()
            return
        names = self.query_one(EntitiesPane)

        def chosen(order: str | None) -> None:
            if order in ORDER_NAMES:
                names.order = order  # type: ignore[assignment]

        choices = [(order, _(words)) for order, words in ORDER_NAMES.items()]
        self.app.push_screen(Choice(_("Sort"), choices, names.order), chosen)

    def search_names(self, needle: str) -> None:
        """Also: all names are then counted, not only the first."""
        names = self.query_one(EntitiesPane)
        before = names.needle
        super().search_names(needle)
        if bool(before) != bool(needle):
            names.limits.update(dict.fromkeys(FACETS, PAGE))
            self.count_names()
