"""The part of the main screen that arranges: which panes there are and how wide, and how it was left."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from textual import events
from textual.reactive import var

from store.article import Article, Position
from store.errors import BandocError, QueryError
from store.query import parse
from store.query_words import SORTS
from tui.config import NARROWEST, WIDEST
from tui.entity_groups import ORDER_NAMES
from tui.list_words import GROUP_NAMES, VIEWS
from tui.panes import PANES, SIDE_LEAST, TEXT_LEAST, Layout, layout_of, pane_widths, visible_panes
from tui.screens.telling import TellingScreen
from tui.widgets.article_view import COLUMN
from tui.widgets.entities_pane import EntitiesPane


class ArrangingScreen(TellingScreen, inherit_bindings=False):
    """Panes, their widths, and the session."""

    marks: var[bool] = var(True)
    column: var[int] = var(COLUMN)
    zen: var[bool] = var(False)

    _shares: dict[Layout, dict[str, int]]
    """The shares that the reader gave to panes, in per cent of the width."""
    _dragged = ""

    # -- how it was left

    def restore(self) -> None:
        """Takes up the last session, before the first list is asked for."""
        kept, config = self.reader.kept, self.reader.config
        # The column of the last session counts until the configuration says another one.
        self.column = config.reading_width or COLUMN
        if kept.get("reading.width", 0) == self.column:
            self.column = kept.get("column", self.column, range(NARROWEST, WIDEST + 1))
        self.marks = kept.get("marks", True)
        self.set_reactive(ArrangingScreen.names_order, kept.get("names.order", "count", ORDER_NAMES))
        self.set_reactive(ArrangingScreen.sort, kept.get("sort", "date", SORTS))
        kept_groups = kept.get("grouping", "")
        self.grouping = next((name for name in GROUP_NAMES if name == kept_groups), None)
        self._shares = {"one": {}, "two": {}, "three": {}}
        for layout, shares in self._shares.items():
            found: dict[str, object] = kept.get(f"panes.{layout}", {})
            shares |= {
                pane: share for pane, share in found.items() if isinstance(share, int) and 0 < share < 100
            }
        if self.reader.first_filter is None:
            self.set_reactive(ArrangingScreen.view_name, kept.get("view", "all", VIEWS))
            self.resumed = kept.get("article", "")
        first = self.reader.first_filter
        self.typed_text = kept.get("filter", "") if first is None else first
        with suppress(QueryError):
            self.set_reactive(ArrangingScreen.typed, parse(self.typed_text, typing=True))

    def resume(self) -> None:
        """Shows the article that was read last where it was read, when all panes stand."""
        last = None
        with suppress(BandocError):  # it may be gone
            last = self.reader.library.article(self.resumed) if self.resumed else None
        if self.rows is None or last is None:
            return
        self.article = self._as_left(last)
        # It may have left the list since, read among the unread: it is still what one was reading.
        listed = self.listing.row is not None and self.listing.row.id == last.id
        pane = self.reader.kept.get("pane", "list", PANES)
        self.pane = pane if listed or pane != "list" else "view"

    def _as_left(self, article: Article) -> Article:
        """The article with the place of reading that the screen had: at its end, too, of which the library
        keeps none."""
        place = self.reader.kept.get("place", list[Any]())
        if len(place) != 2 or not all(isinstance(number, int) for number in place):
            return article
        return replace(article, state=replace(article.state, position=Position(*place)))

    def remember(self) -> None:
        """Keeps how the screen is now."""
        if not self.furnished or not self.query("#list"):  # not yet, or no more
            return
        kept = self.reader.kept
        kept.set("article", self.current_id or "")
        kept.set("pane", self.pane)
        read = self.article is not None and self.article.id == self.current_id and self.reading.room
        place = self.reading.position if read else None
        kept.set("place", [place.block, place.offset] if place else [])
        kept.set("filter", self.typed_text)
        kept.set("view", self.view_name)
        kept.set("sort", self.sort)
        kept.set("grouping", self.grouping or "")
        kept.set("names.order", self.names_order)
        kept.set("marks", self.marks)
        kept.set("column", self.column)
        kept.set("reading.width", self.reader.config.reading_width or COLUMN)
        for layout, shares in self._shares.items():
            kept.set(f"panes.{layout}", dict(shares))

    # -- panes

    @property
    def panes_shown(self) -> set[str]:
        """The panes that have room."""
        of_all = self.furnished and self.query_one(EntitiesPane).scope == "list"
        return visible_panes(self.app.size.width, self.pane, self.zen, of_all=of_all)

    def size_panes(self) -> None:
        """Gives the panes beside the text their widths."""
        columns = self._columns()
        self.set_class(self.panes_shown == {"list", "entities"}, "-list-and-names")
        for pane in ("list", "entities"):
            self.query_one(f"#{pane}").styles.width = columns.get(pane, "1fr")

    def _columns(self) -> dict[str, int]:
        width = self.app.size.width
        return pane_widths(width, self._shares[layout_of(width)], self.panes_shown)

    def action_border(self, step: int) -> None:
        """Moves the border beside the pane with the focus, by per cent of the width, to the right."""
        columns = self._columns()
        if columns:
            pane = self.pane if self.pane in columns else next(iter(columns))
            step = round(self.app.size.width * step / 100)
            self._set_width(pane, columns[pane] + (step if pane == "list" else -step))

    def _set_width(self, pane: str, wanted: int) -> None:
        width, columns = self.app.size.width, self._columns()
        most = width - TEXT_LEAST - sum(columns.values()) + columns[pane]
        wanted = max(SIDE_LEAST, min(wanted, most))
        self._shares[layout_of(width)][pane] = round(100 * wanted / width)
        self.size_panes()

    def _border_at(self, x: int) -> str | None:
        """The pane beside the text whose border stands in this column of the screen."""
        for pane in self._columns():
            region = self.query_one(f"#{pane}").region
            if x == (region.right - 1 if pane == "list" else region.x):
                return pane
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button == 1 and self.furnished and (pane := self._border_at(event.screen_x)):
            self._dragged = pane
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged in self._columns():
            x = event.screen_x
            self._set_width(self._dragged, x + 1 if self._dragged == "list" else self.app.size.width - x)

    def on_mouse_up(self) -> None:
        if self._dragged:
            self._dragged = ""
            self.release_mouse()
