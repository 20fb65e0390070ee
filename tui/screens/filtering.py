"""The part of the main screen that filters: the bar, what it offers, and earlier filters."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from textual import on, work
from textual.geometry import Offset, Size
from textual.message import Message

from store.errors import BandocError
from store.index.index import Cancelled
from store.index.known_names import Known
from store.index.rows import Rows
from store.query_places import Part, Stem, without
from tui.completing import MOST, Offer, asked, at_once, named
from tui.i18n import _
from tui.list_words import VIEW_NAMES
from tui.narrowing import added, parts_of
from tui.screens.handing import HandingScreen
from tui.widgets.bars import Bar
from tui.widgets.chips import ChipLine
from tui.widgets.completing_bar import CompletingBar, Suggestions
from tui.widgets.filter_bar import FilterBar


class FilteringScreen(HandingScreen, inherit_bindings=False):
    """Completes what is typed. Names come from the index, in a thread; late ones are dropped."""

    _head: str | None = None
    """The text to be completed now."""
    _known: Mapping[Stem, list[Offer]] = MappingProxyType({})
    """What is offered for it."""
    _offering: CompletingBar | None = None
    _naming = False
    _name_again = False

    @dataclass
    class Named(Message):
        """The names for a text came back from their thread."""

        head: str
        stem: Stem
        names: list[Known]

    @on(Bar.Changed, "#filter")
    def _complete(self) -> None:
        bar = self.query_one(FilterBar)
        self._head = bar.head if bar.has_focus else None
        found = asked(self._head) if self._head else []
        self._known = {stem: at_once(stem) for stem in found}
        to_name = [stem for stem in found if stem.field and not self._known[stem]]
        # Until its names come, those offered for the same name as it was shorter stay in sight.
        if not to_name or not bar.offers or bar.offers[0].start != to_name[0].start:
            self._offer()
        if to_name:
            self._ask_names()

    def _offer(self) -> None:
        offers = [offer for found in self._known.values() for offer in found]
        self.query_one(FilterBar).offer(offers[:MOST])

    def _ask_names(self) -> None:
        if self._naming:
            self._name_again = True  # one question at a time: keys must not pile threads up
            return
        self._name_again = False
        head = self._head
        stem = next((stem for stem in asked(head or "") if stem.field), None)
        if head is not None and stem is not None:
            self._naming = True
            self._find_names(head, stem)

    @work(thread=True, group="names")
    def _find_names(self, head: str, stem: Stem) -> None:
        names: list[Known] = []
        with suppress(Cancelled, BandocError):  # the filter itself will tell what is wrong
            names = self.reader.library.names(
                stem.field, stem.typed, MOST, cancelled=lambda: head != self._head
            )
        self.post_message(self.Named(head, stem, names))

    @on(Named)
    def _names_found(self, event: Named) -> None:
        self._naming = False
        if event.head == self._head and event.stem in self._known:
            self._known = {**self._known, event.stem: named(event.stem, event.names)}
            self._offer()
        if self._name_again:
            self._ask_names()

    @on(CompletingBar.Offered)
    def _offered(self, event: CompletingBar.Offered) -> None:
        self._offering = event.bar
        if event.bar.content_region:
            self._show_offers()
        else:  # it has not been laid out yet, so that nobody knows where below it is
            self.call_after_refresh(self._show_offers)

    def _show_offers(self) -> None:
        if (bar := self._offering) is None:
            return
        line = bar.content_region
        start = bar.offers[0].start if bar.offers else 0
        below = line.bottom + (self.editor is not None)  # where a hint stands right below
        room, top = self.app.size.height - below - 2, below
        if room < len(bar.offers) and line.y > room:
            room = min(line.y, len(bar.offers))
            top = line.y - room
        at = Offset(line.x - 1 + bar.cell_of(start), top)
        self.query_one(Suggestions).show(bar.offers, bar.pointed, at, Size(self.app.size.width, room))

    @on(Suggestions.Clicked)
    def _suggestion_clicked(self, event: Suggestions.Clicked) -> None:
        if self._offering is not None:
            self._offering.take(event.place)

    # -- what filters now

    def parts(self) -> list[tuple[str, Part | None]]:
        """The parts of what filters the list, each with its words; None stands for the view."""
        view = [(_(VIEW_NAMES[self.view_name]), None)] if self.view_name != "all" else []
        return [*view, *((part.text, part) for part in parts_of(self.typed_text))]

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: the chips."""
        super().show_rows(rows, same=same)
        if self.furnished:
            self.query_one(ChipLine).labels = tuple(words for words, _part in self.parts())
            self.show_panes()

    def show_panes(self) -> None:
        """Shows what has room; the main screen knows what that is."""

    @on(ChipLine.Clicked)
    def _chip_clicked(self, event: ChipLine.Clicked) -> None:
        self.drop_part(event.place)

    def drop_part(self, place: int) -> None:
        """Takes one of the parts away."""
        part = self.parts()[place][1]
        if part is None:
            self.action_view("all")
        else:
            self.filter_bar.value = without(self.typed_text, part)

    def action_drop_part(self) -> None:
        from tui.screens.dialogs import Choice

        def chosen(place: str | None) -> None:
            if place is not None and int(place) < len(self.parts()):
                self.drop_part(int(place))

        parts = self.parts()
        if len(parts) > 1:
            choices = [(str(place), words) for place, (words, _part) in enumerate(parts)]
            self.app.push_screen(Choice(_("Take away from the filter:"), choices, choices[-1][0]), chosen)
        elif parts:
            self.drop_part(0)
        else:
            self.reader.tell(_("Nothing filters the list."))

    def add_to_filter(self, part: str) -> None:
        """Narrows the filter by one more part."""
        self.filter_bar.value = added(self.filter_bar.value, part)
        self.filter_bar.cursor_position = len(self.filter_bar.value)
        self.pane = "list"

    # -- earlier filters

    @on(Bar.Submitted, "#filter")
    def _filter_used(self, event: Bar.Submitted) -> None:
        self.reader.history.add(event.value)
