"""The part of the main screen that is about time: articles per month, and the way from a year to a day."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from store.errors import BandocError
from store.index.index import Cancelled
from store.index.rows import Rows
from store.query import Dated, Query
from store.query_places import apart_from, field_of, without
from tui.content import counted
from tui.coverage import stepped
from tui.figures import number
from tui.i18n import _
from tui.narrowing import added, parts_of
from tui.screens.faceting import FacetingScreen
from tui.widgets.coverage_strip import CoverageStrip, month_name

ROOM = (60, 20)
"""Columns and lines from which the strip is shown."""


class DatingScreen(FacetingScreen, inherit_bindings=False):
    """Counts by month in a thread, over what the filter asks but for its dates."""

    _months_of: Query | None = None
    _counting_months = False

    @dataclass
    class Months(Message):
        """The articles per month of a query."""

        of: Query
        counts: Mapping[str, int] | None

    @dataclass
    class Periods(Message):
        """The articles of the years, or of the parts of a period, from which one is to be chosen."""

        within: str
        counts: Mapping[str, int]

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: the strip."""
        super().show_rows(rows, same=same)
        if not self.furnished:
            return
        self.query_one(CoverageStrip).period = self.period or ""
        self._months_of = apart_from(rows.query, "date")
        if not self._counting_months:
            self._counting_months = True
            self._count_months(self._months_of)

    @work(thread=True, group="months")
    def _count_months(self, of: Query) -> None:
        counts = None
        with suppress(Cancelled, BandocError):
            counts = self.reader.library.periods(of, "*", cancelled=lambda: of != self._months_of)
        self.post_message(self.Months(of, counts))

    @on(Months)
    def _months_counted(self, event: Months) -> None:
        self._counting_months = False
        if self._months_of is not None and event.of != self._months_of:
            self._counting_months = True
            self._count_months(self._months_of)
        elif event.counts is not None:
            self.query_one(CoverageStrip).counts = event.counts
            self.show_panes()

    @property
    def strip_shown(self) -> bool:
        """Whether the strip says anything, and has room."""
        size = self.app.size
        several = len(self.query_one(CoverageStrip).counts) > 1
        return several and size.width >= ROOM[0] and size.height >= ROOM[1]

    # -- the period that the list is narrowed to

    @property
    def period(self) -> str | None:
        """The year, month or day that the filter asks for, if it asks for just one."""
        nodes = [part.node for part in parts_of(self.typed_text) if field_of(part.node) == "date"]
        if len(nodes) != 1 or not isinstance(nodes[0], Dated):
            return None
        first, last = nodes[0].first.isoformat(), nodes[0].last.isoformat()
        for size in (10, 7, 4):
            if first[:size] == last[:size]:
                return first[:size]
        return None

    def narrow_to(self, period: str | None) -> None:
        """Narrows the list to a period in the place of all dates the filter had."""
        text = self.filter_bar.value
        for part in reversed(parts_of(text)):
            if field_of(part.node) == "date":
                text = without(text, part)
        self.filter_bar.value = added(text, f"date:{period}") if period else text
        self.filter_bar.cursor_position = len(self.filter_bar.value)

    @on(CoverageStrip.Clicked)
    def _month_clicked(self, event: CoverageStrip.Clicked) -> None:
        self.narrow_to(None if event.month == self.period else event.month)

    def action_month(self, step: int) -> None:
        month = stepped(self.query_one(CoverageStrip).counts, self.period, step)
        if month is None:
            self.reader.tell(_("No articles beyond."))
        else:
            self.narrow_to(month)

    def action_dates(self) -> None:
        self._ask_periods("")

    @work(thread=True, group="periods", exclusive=True)
    def _ask_periods(self, within: str) -> None:
        if self.rows is not None:
            with suppress(Cancelled, BandocError):
                of = apart_from(self.rows.query, "date")
                self.post_message(self.Periods(within, self.reader.library.periods(of, within)))

    @on(Periods)
    def _choose_period(self, event: Periods) -> None:
        from tui.screens.dialogs import Choice, dialog_room

        if not event.counts:
            self.reader.tell(_("No dated articles here."))
            return

        def chosen(period: str | None) -> None:
            if period is not None:
                self.narrow_to(period or None)
                if period != event.within and len(period) < len("2023-12-01"):
                    self._ask_periods(period)

        whole = (
            _("All of {period}").format(period=month_name(event.within)) if event.within else _("All dates")
        )
        # All dates are all articles, those without a date too: no count is told.
        rows = {event.within: (whole, number(sum(event.counts.values())) if event.within else "")}
        rows |= {one: (month_name(one), number(n)) for one, n in reversed(list(event.counts.items()))}
        choices = list(zip(rows, counted(list(rows.values()), dialog_room(self.app.size.width)), strict=True))
        self.app.push_screen(Choice(_("Dates"), choices, choices[1][0]), chosen)
