"""The part of the main screen that lists: filter, views, sort, and the article under the cursor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import getters, on, work
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from store.article import Article
from store.errors import BandocError, QueryError
from store.index.index import Cancelled
from store.index.rows import Grouping, Rows
from store.query import ALL, Query, parse
from store.query_words import Sort
from tui.list_words import VIEWS, heading
from tui.widgets.article_list import ArticleList, Heading
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import Bar

if TYPE_CHECKING:
    from tui.app import ReaderApp

FOLLOW = 0.12
"""Seconds after which the reading view follows the list's cursor."""


class ListingScreen(Screen[None], inherit_bindings=False):
    """Keeps the list answering the filter. Selections run in a thread; only the latest counts."""

    article: var[Article | None] = var(None, always_update=True)
    shown_query: var[Query] = var(ALL)
    """What the rows on the screen answer."""
    typed: var[Query] = var(ALL)
    view_name: var[str] = var("all")
    sort: var[Sort] = var("date")
    grouping: var[Grouping | None] = var(None)
    """What the rows stand in groups by."""
    pane: var[str] = var("list")

    listing = getters.query_one("#list", ArticleList)
    reading = getters.query_one("#view", ArticleView)
    filter_bar = getters.query_one("#filter", Bar)

    over_first = False
    """Whether the first screen has painted the list."""
    furnished = False
    """Whether all panes and bars are mounted; the list is filled before."""
    _furnishing = False
    apart = False
    """Whether the articles listed hold the words nowhere side by side."""
    rows: Rows | None = None
    typed_text = ""
    """The text of `typed`, as it was typed."""
    resumed = ""
    """The article that the first list begins at; "" for its top."""
    _wanted: Query = ALL
    _wanted_groups: Grouping | None = None
    _ask_again = False
    _asking = False
    _shown_groups: Grouping | None = None
    _follow: Timer | None = None

    @dataclass
    class Selected(Message):
        """A selection came back from its thread; `rows` is None when it failed."""

        query: Query
        grouping: Grouping | None
        rows: Rows | None
        error: BandocError | None = None

    def __init__(self) -> None:
        super().__init__()
        self.answered = asyncio.Event()
        """Whether the rows on the screen answer what is asked, or what was asked failed."""
        self.answered.set()

    @property
    def reader(self) -> ReaderApp:
        """The app, which owns the library."""
        return cast("ReaderApp", self.app)

    # -- what is asked

    @on(Bar.Changed, "#filter")
    def _filter_typed(self, event: Bar.Changed) -> None:
        try:
            self.typed = parse(event.value, typing=True)
        except QueryError as problem:
            self.point_at(problem)
        else:
            self.typed_text = event.value.strip()
            self.query_one("#filter-error", Static).display = False
            self.select()

    def filter_is_whole(self) -> bool:
        """Whether what was typed is a filter as it stands. While typing, an unfinished end is passed over;
        who is done typing is told of it."""
        try:
            parse(self.filter_bar.value)
        except QueryError as problem:
            self.point_at(problem)
            return False
        return True

    def point_at(self, problem: QueryError) -> None:
        """Says under the bar what is wrong with the filter, and where; the last good list stays."""
        position = min(int(problem.fields["position"]), len(self.filter_bar.value))
        where = " " * (self.filter_bar.content_region.x + position) + "▲ "
        error = self.query_one("#filter-error", Static)
        error.update(self.reader.plain_error(problem, where))
        error.display = True

    def select(self) -> None:
        """Asks for the rows of the present filter, view and order."""
        view = VIEWS[self.view_name]
        query = self.typed & view
        self._wanted = query if query.sort != "date" else query.with_sort(self.sort)
        self._wanted_groups = self.grouping
        if (self._wanted, self._wanted_groups) != (self.shown_query, self._shown_groups):
            self.answered.clear()
        if not self._furnishing:
            # The first list, in this thread: it then stands in the first frame. The way through a
            # worker and back took 20 ms of the time to the first paint.
            self._show_selection(self._selection(self._wanted, self.grouping))
        elif self._asking:
            self._ask_again = True  # one selection at a time: keys must not pile threads up
        else:
            self._asking, self._ask_again = True, False
            self._run_selection(self._wanted, self.grouping)

    @work(thread=True, group="select")
    def _run_selection(self, query: Query, grouping: Grouping | None) -> None:
        self.post_message(self._selection(query, grouping))

    def _selection(self, query: Query, grouping: Grouping | None) -> Selected:
        rows, problem = None, None
        try:
            rows = self.reader.library.select(
                query, lambda: query != self._wanted, self.unfolded_ids(), grouping
            )
            rows[:1]  # the first page is read here, not while drawing
        except Cancelled:
            pass
        except BandocError as error:
            problem = error
        return self.Selected(query, grouping, rows, problem)

    def unfolded_ids(self) -> frozenset[str] | None:
        """The articles whose stories take more than a row; None if each article has a row of its own."""
        return None

    @on(Selected)
    def _show_selection(self, event: Selected) -> None:
        self._asking = False
        if not self._furnishing:
            self._furnishing = True
            # What is painted first: the list, unless it stands on the terminal already.
            (self.call_later if self.over_first else self.call_after_refresh)(self.furnish)
        if self._ask_again:
            self.select()
        if (event.query, event.grouping) != (self._wanted, self._wanted_groups):
            return  # a later filter is on its way
        if event.rows is not None:
            same = event.query == self.shown_query
            self.shown_query, self._shown_groups = event.query, event.grouping
            self.show_rows(event.rows, same=same)
        elif event.error:
            self.reader.complain(event.error)
        else:
            return  # given up for another filter before the same was asked again
        self.answered.set()

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Puts rows on the screen; the article that was selected stays so if it is still listed."""
        before, cursor = self.listing.row, self.listing.cursor
        place = rows.place(before.id) if before else None
        if place is None:
            place = min(cursor, len(rows) - 1) if same else 0
        if self.rows is None and self.resumed:
            place = rows.place(self.resumed) or 0
        self.rows = rows
        self._headings = [Heading(group.start, heading(group, self._wanted_groups)) for group in rows.groups]
        self.listing.message = "" if len(rows) else self.no_rows_message(rows)
        self.listing.asked = rows.query
        if not self.furnished:
            self._put_rows(place)
            self.say_where()
            return
        self.reading.asked = rows.query
        if self.apart != (rows.apart and len(rows) > 0):
            self.apart = not self.apart
            self.show_panes()
        self._put_rows(max(0, place))
        if not len(rows):
            self.show_article(None)
        self.say_where()

    def _put_rows(self, cursor: int) -> None:
        if self.rows is not None:
            of_sources = self._wanted_groups == "source"
            self.listing.set_rows(self.rows, cursor, self._headings, of_sources=of_sources)

    def no_rows_message(self, rows: Rows) -> str:
        """What an empty list says, and what to press; the main screen knows it."""
        return ""

    async def furnish(self) -> None:
        """Mounts what is not there yet; the main screen knows what that is."""

    def say_where(self) -> None:
        """Brings the status line up to date; the main screen knows it all."""

    def show_panes(self) -> None:
        """Shows the panes and lines that have room; the main screen knows which."""

    # -- the article under the cursor

    @on(ArticleList.Moved)
    def _moved(self, event: ArticleList.Moved) -> None:
        event.stop()
        if self._follow is not None:
            self._follow.stop()
        if not self.furnished:
            return
        article_id = event.id
        if self.article is None:
            self.show_article(article_id)
        elif self.article.id != article_id:
            self._follow = self.set_timer(FOLLOW, lambda: self.show_article(article_id))

    @on(ArticleList.Opened)
    def _opened(self, event: ArticleList.Opened) -> None:
        self.show_article(event.id)
        self.pane = "view"

    def follow_now(self) -> None:
        """Shows the article under the cursor, if that was yet to come."""
        if self._follow is not None:
            self.show_article(self.listing.row.id if self.listing.row else None)

    def show_article(self, article_id: str | None) -> None:
        """Puts an article in the reading view (again, if it is there and has changed)."""
        if self._follow is not None:
            self._follow.stop()
            self._follow = None
        try:
            self.article = self.reader.library.article(article_id) if article_id else None
        except BandocError as error:
            self.article = None
            self.reader.complain(error)

    @property
    def current_id(self) -> str | None:
        """The article that keys act on: the list's when the list has the focus, else the one shown."""
        if self.pane != "list" and self.article is not None:
            return self.article.id
        return self.listing.row.id if self.listing.row else None

    # -- keys

    def action_view(self, name: str) -> None:
        self.view_name = name
        self.select()
