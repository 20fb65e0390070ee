"""What stands on the terminal first: the top of the list, and the bars below it.

It looks as the main screen does before its other panes stand, and takes no keys: they wait for that screen,
which comes as soon as this one is painted. So nothing is imported for it but what draws these few lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast, overload

from textual.app import ComposeResult
from textual.screen import Screen

from store.index.row import Row
from tui.i18n import _
from tui.keys import hints
from tui.panes import BREAKPOINTS, TWO_PANES
from tui.status_words import listed_words, place_words
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import Footer, StatusLine
from tui.widgets.panes import Panes

if TYPE_CHECKING:
    from store.index.top import Top
    from tui.app import ReaderApp
    from tui.session import Kept


class Beginning(NamedTuple):
    """The top of the list, and the row in it that the cursor is on."""

    top: Top
    cursor: int


def beginning(top: Top | None, kept: Kept, *, anew: bool) -> Beginning | None:
    """How the screen begins if the last session left it with the whole list (or if it begins `anew`) and the
    cursor at the top of it. None: the main screen has to find out what to list."""
    if top is None:
        return None
    if anew:
        return Beginning(top, 0)
    plain = {"filter": "", "view": "all", "sort": "date", "grouping": ""}
    article = kept.get("article", "")
    places = [place for place, row in enumerate(top.rows) if row.id == article] if article else [0]
    if not places or any(kept.get(name, usual) != usual for name, usual in plain.items()):
        return None
    return Beginning(top, places[0])


class _Lines(Sequence[Row]):
    """All lines of the list, of which only the first are known."""

    def __init__(self, top: Top) -> None:
        self._top = top

    def __len__(self) -> int:
        return self._top.lines

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return self._top.rows[place]
        return self._top.rows[place] if place < len(self._top.rows) else _UNKNOWN


_UNKNOWN = Row("", "", read=True)


class FirstScreen(Screen[None], inherit_bindings=False):
    """The top of the list."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "#list"

    def __init__(self, begins: Beginning) -> None:
        super().__init__()
        self._begins = begins

    def compose(self) -> ComposeResult:
        with Panes(id="panes"):
            yield ArticleList(id="list")
        yield StatusLine(id="status")
        yield Footer(id="footer")

    def on_mount(self) -> None:
        top, cursor = self._begins
        listing = self.query_one(ArticleList)
        listing.tall = self.app.size.width >= TWO_PANES
        listing.set_rows(_Lines(top), cursor)
        status = self.query_one(StatusLine)
        status.left = " · ".join([*listed_words(top.lines, top.articles - top.lines, top.articles), _("All")])
        status.right = place_words(cursor, top.lines)
        self.query_one(Footer).hints = tuple(hints("list"))
        # By the app, and not by this screen, which goes then.
        self.call_after_refresh(self.app.call_later, cast("ReaderApp", self.app).take_over)
