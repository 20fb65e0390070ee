"""The part of the main screen that counts: the names in all articles listed, which narrow the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from textual import on, work
from textual.message import Message

from store.article import EntityType
from store.errors import BandocError
from store.index.index import Cancelled
from store.index.rows import Facet, FacetOrder, Rows
from store.query import Query, Words, leaves
from store.query_places import apart_from
from store.text import one_line
from tui.entity_groups import FACETS, ORDER_NAMES, PAGE, Name
from tui.i18n import _
from tui.narrowing import either, toggled
from tui.screens.finding import FindingScreen, name_filter
from tui.widgets.entities_pane import EntitiesPane


class Question(NamedTuple):
    """What is to be counted: how many names of each type, in which order, holding which words."""

    query: Query
    limits: tuple[int, ...]
    order: FacetOrder
    words: str


def asked_names(query: Query, kind: EntityType) -> list[tuple[Words, bool]]:
    """The names of a type that a filter asks for, or leaves out (True)."""
    return [
        (node, negated)
        for node, negated in leaves(query.root)
        if isinstance(node, Words) and node.field == FACETS[kind]
    ]


def signs(query: Query, facets: Mapping[EntityType, Sequence[Facet]]) -> dict[str, str]:
    """By their keys the entities that a filter asks for by their whole names ("+"), or leaves out ("-")."""
    return {
        facet.key: "-" if negated else "+"
        for kind, found in facets.items()
        for node, negated in asked_names(query, kind)
        for facet in found
        if node.run.is_whole(facet.name)
    }


class FacetingScreen(FindingScreen, inherit_bindings=False):
    """Counts in a thread, one question at a time; the answer to an older one is dropped."""

    _to_count: Question | None = None
    _counting = False

    @dataclass
    class Counted(Message):
        """The names of all articles that answer a query, by type."""

        of: Question
        facets: Mapping[EntityType, Sequence[Facet]] | None

    def action_scope(self) -> None:
        names = self.query_one(EntitiesPane)
        names.scope = "article" if names.scope == "list" else "list"
        self.pane = "entities"
        self.show_panes()
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
        limits = tuple(names.limits[kind] for kind in FACETS)
        order: FacetOrder = "name" if self.names_order == "name" else "count"
        self._to_count = Question(self.rows.query, limits, order, names.needle)
        names.counting()
        if not self._counting:
            self._counting = True
            self._count(self._to_count)

    @work(thread=True, group="facets")
    def _count(self, of: Question) -> None:
        facets: dict[EntityType, Sequence[Facet]] | None = None
        with suppress(Cancelled, BandocError):  # the list itself tells what is wrong
            facets = {
                kind: self._names_of(of, kind, limit) for kind, limit in zip(FACETS, of.limits, strict=True)
            }
        self.post_message(self.Counted(of, facets))

    def _names_of(self, of: Question, kind: EntityType, limit: int) -> list[Facet]:
        """The names of one type, and those that the filter asks for, be they as rare as they may."""
        query = apart_from(of.query, FACETS[kind])

        def count(limit: int, words: str) -> list[Facet]:
            return self.reader.library.facets(
                query, kind, limit, cancelled=lambda: of != self._to_count, order=of.order, words=words
            )

        found = count(limit, of.words)
        if not of.words:
            for node, _negated in asked_names(of.query, kind):
                if not any(node.run.is_whole(facet.name) for facet in found):
                    rare = count(PAGE, " ".join(node.typed))
                    found += [facet for facet in rare if node.run.is_whole(facet.name)]
        return found

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self._counting = False
        if self._to_count is not None and event.of != self._to_count:
            self._counting = True
            self._count(self._to_count)
        elif event.facets is not None and self.rows is not None:
            query = event.of.query
            self.query_one(EntitiesPane).show_facets(
                event.facets,
                signs(query, event.facets),
                len(self.rows) + self.rows.repeated,
                {kind for kind, field in FACETS.items() if apart_from(query, field) != query},
            )

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
        if name is None and (chosen := self.chosen_entity):
            name = Name(chosen.type, chosen.key, chosen.name, len(chosen.mentions), chosen.roles, chosen)
        if name is None:
            self.ask_for_name()
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
        of_all = self.query_one(EntitiesPane).scope == "list"

        def chosen(order: str | None) -> None:
            if order in ORDER_NAMES and order != self.names_order:
                self.names_order = order
                self._count_first()

        # Where all articles listed are meant, nothing appears before anything else.
        orders = [order for order in ORDER_NAMES if not (of_all and order == "appearance")]
        choices = [(order, _(ORDER_NAMES[order])) for order in orders]
        self.app.push_screen(Choice(_("Sort names"), choices, self.names_order), chosen)

    def search_names(self, needle: str) -> None:
        """Also: names that were not among the first are counted."""
        names = self.query_one(EntitiesPane)
        if one_line(needle) != one_line(names.needle):
            super().search_names(needle)
            self._count_first()

    def _count_first(self) -> None:
        """Counts the first names of each type anew."""
        self.query_one(EntitiesPane).limits.update(dict.fromkeys(FACETS, PAGE))
        self.count_names()
