"""The part of the main screen that says where one is: status line, footer, and the notice at the top."""

from __future__ import annotations

from typing import cast

from textual import on
from textual.widgets import Static

from store.query import Query
from store.text import one_line
from tui.caret import count_letters
from tui.content import plain
from tui.i18n import _, ngettext
from tui.keys import hints, named
from tui.list_words import SORT_NAMES, VIEW_NAMES
from tui.screens.naming import NamingScreen
from tui.status_words import listed_words, place_words
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import Bar, Footer, StatusLine
from tui.widgets.completing_bar import CompletingBar
from tui.widgets.entities_pane import EntitiesPane
from tui.widgets.filter_bar import FilterBar


class TellingScreen(NamingScreen, inherit_bindings=False):
    """What the bars say."""

    _percent: ArticleView.Progress | None = None
    _welcoming = False
    """Whether the notice at the top tells the first keys."""
    _keys_said: tuple[str, set[str] | None] = ("", None)
    """What the footer shows the keys of."""
    _found = ""
    """What stands beside the words that are looked for."""

    def keys_of(self, focus: str) -> str:
        """Which keys count where the focus is: others in the trash, and while rows or text are selected."""
        if self.carded:
            return "card"
        if focus == "list" and self.view_name == "trash":
            return "trash"
        if focus == "list" and self.picked:
            return "picked"
        if focus == "entities" and self.furnished and self.query_one(EntitiesPane).scope == "list":
            return "facets"
        if focus == "find" and self.searching:
            return "search"
        if focus == "filter" and self.query_one(FilterBar).offers:
            return "offers"
        if focus == "view" and (caret := self.reading.caret):
            return "begun" if caret.anchor else "select"
        return focus

    def say_keys(self, focus: str) -> None:
        """Shows in the footer what the keys do now."""
        focus, only = self.keys_of(focus), cast("set[str] | None", None)
        if self.rows is not None and not len(self.rows):  # without an article, only what does something
            only = {"step.back", "import", "quit", "help"}
            only |= {"find.start"} if self.rows.total or self.typed_text else set()
            only |= {"undo"} if self.reader.can_undo else set()
        if (said := (focus, only)) != self._keys_said:
            self._keys_said = said
            self.query_one(Footer).hints = tuple(hints(focus, only))

    @on(CompletingBar.Offered)
    def _completing(self, event: CompletingBar.Offered) -> None:
        if event.bar.has_focus:
            self.say_keys(event.bar.id or "")

    @on(ArticleView.CaretMoved)
    def _caret_moved(self) -> None:
        self.say_where()

    def on_mount(self) -> None:
        """Where one is changes with every key: a message would come one frame later."""
        self.watch(self.listing, "cursor", self.say_where, init=False)

    def say_progress(self, progress: ArticleView.Progress | None) -> None:
        """Says how far the text is read; the main screen watches it."""
        self._percent = progress
        self.say_where()

    def say_where(self) -> None:
        self.say_keys((self.focused.id if self.focused else None) or self.pane)
        status = self.query_one(StatusLine)
        words = (
            self._text_words() or self._search_words(),
            self.picked_words(),
            self.reader.busy or self._filter_words(),
        )
        status.left = " · ".join(word for word in words if word)
        said = []
        stops = f"{self._percent.at}/{self._percent.of}" if self._percent else ""
        found = stops if self.furnished and self.reading.needle and self.finding else ""
        if self.furnished and found != self._found:
            self._found = found
            self.query_one("#find-count", Static).update(found)  # lays the screen out anew
        if self._percent and self._percent.of and not found:
            said.append(stops)
        if self.rows is not None and len(self.rows):
            said.append(place_words(self.listing.cursor, len(self.rows)))
        if self._percent and self.article:
            said.append(f"{self._percent.percent}%")
        status.right = " · ".join(said)

    def _text_words(self) -> str:
        caret = self.reading.caret if self.furnished else None
        if caret is None:
            return ""
        count = count_letters(self.reading.selected)
        if caret.anchor is None:
            return _("Select text: {key} begins").format(key=named("select.start"))
        return ngettext("{count} letter selected", "{count} letters selected", count).format(count=count)

    def _search_words(self) -> str:
        names = self.query_one(EntitiesPane) if self.furnished and self.pane == "entities" else None
        if names is None or not names.needle or isinstance(self.focused, Bar):
            return ""
        words = _("Names with “{words}”; {back} shows all")
        return words.format(words=one_line(names.needle), back=named("step.back"))

    def _filter_words(self) -> str:
        if self.rows is None:
            return _("Loading…")
        name = self.search_name
        view = _("“{name}”").format(name=name) if name else _(VIEW_NAMES[self.view_name])
        words = [*listed_words(len(self.rows), self.rows.repeated, self.rows.total), view]
        if self.reader.library.read_only:
            words.append(_("read-only"))
        query: Query = self.shown_query
        if query.sort != "date":
            words.append(_(SORT_NAMES[query.sort]))
        return " · ".join(word for word in words if word)

    def welcome(self, words: str) -> None:
        """Shows the first keys."""
        self.show_notice(words)
        self._welcoming = True

    def was_read(self) -> None:
        """Takes the first keys away: one of them was used."""
        if self._welcoming:
            self._welcoming = False
            self.query_one("#notice").display = False

    def show_notice(self, words: str) -> None:
        """Shows a line at the top until Esc takes it away; one that warns begins with a `!`."""
        self._welcoming = False
        notice = self.query_one("#notice", Static)
        notice.update(plain(words))
        notice.set_class(words.startswith("!"), "-warns")
        notice.display = True
