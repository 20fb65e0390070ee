"""The main screen: three panes, the bars around them, and the way from one to the other."""

from __future__ import annotations

import gc
from contextlib import ExitStack

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.config import NARROWEST, WIDEST
from tui.content import plain
from tui.i18n import _
from tui.keys import bindings, hints
from tui.panes import BREAKPOINTS, LEAST_ROWS, PANES, TWO_PANES
from tui.screens.arranging import ArrangingScreen
from tui.screens.finding import FindingScreen
from tui.screens.folding import FoldingScreen
from tui.screens.listing import ListingScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import Bar, Footer, StatusLine
from tui.widgets.chips import ChipLine
from tui.widgets.completing_bar import Suggestions
from tui.widgets.coverage_strip import CoverageStrip
from tui.widgets.entities_pane import EntitiesPane
from tui.widgets.filter_bar import FilterBar
from tui.widgets.line_view import LineView
from tui.widgets.panes import Panes


class MainScreen(ArrangingScreen, inherit_bindings=False):
    """Puts values into the widgets and answers their messages. `over_first`: the first screen has painted the
    list, and what is on the terminal stays until all of this one stands."""

    BINDINGS = bindings("screen")
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (LEAST_ROWS, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "#list"
    BLANK = True  # the bars and panes cover it
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # else a new focus would draw all again

    def __init__(self, *, over_first: bool = False) -> None:
        super().__init__()
        self.over_first = over_first
        self._unpainted = ExitStack()

    def compose(self) -> ComposeResult:
        """What the first paint shows; `furnish` brings the rest once the list is filled."""
        with Panes(id="panes"):
            yield ArticleList(id="list")
        yield StatusLine(id="status")
        footer = Footer(id="footer")
        footer.hints = tuple(hints("list"))
        yield footer

    def on_mount(self) -> None:
        self.watch(self, "focused", self._focus_moved, init=False)
        if self.over_first:
            self._unpainted.enter_context(self.app.batch_update())
        self.restore()
        self.listing.message = _("Loading…")
        self.listing.tall = self.app.size.width >= TWO_PANES
        self.select()

    async def furnish(self) -> None:
        """Mounts the other panes and bars."""
        small = Static(plain(_("This terminal is too small: 40×10 at least.")), id="too-small")
        apart = _("Nowhere side by side; these articles hold all the words:")
        view = ArticleView(id="view").data_bind(
            twins=FoldingScreen.twins,
            article=ListingScreen.article,
            types=FindingScreen.types,
            chosen=FindingScreen.chosen,
            marks=MainScreen.marks,
            column=MainScreen.column,
        )
        view.message = _("No article.")
        names = EntitiesPane(id="entities").data_bind(
            article=ListingScreen.article, types=FindingScreen.types, order=FindingScreen.names_order
        )
        asking = _("Words, person:… place:… source:… date:… is:unread")
        words = FilterBar(id="filter", placeholder=asking, history=self.reader.history)
        words.set_reactive(FilterBar.value, self.typed_text)  # no Changed: the list answers it already
        needle = Bar(id="find", placeholder=_("Words of this article, with or without marks"))
        with self.app.batch_update():
            await self.mount_all(
                [
                    Static(id="notice", markup=False),
                    Horizontal(Static(plain(_("Filter")), classes="bar-name"), words, id="filter-row"),
                    Static(id="filter-error", markup=False),
                    ChipLine(id="chips"),
                    CoverageStrip(id="coverage"),
                    Static(plain(apart), id="apart"),
                ],
                before="#panes",
            )
            await self.query_one("#panes").mount(view, names)
            self.watch(view, "progress", self.say_progress, init=False)
            count = Static(id="find-count", markup=False)
            find_row = Horizontal(Static(plain(_("Find")), classes="bar-name"), needle, count, id="find-row")
            await self.mount(find_row, before="#status")
            await self.mount(small, Suggestions(id="suggestions"))
            words.cursor_position = len(words.value)
            self.furnished = True
            self.show_panes()
        if self.rows is not None:
            with self.listing.prevent(*[ArticleList.Moved] * bool(self.resumed)):
                self.show_rows(self.rows, same=True)
        self.resume()
        self._unpainted.close()
        self.check_idle()  # else nothing would tell that it may be painted now
        self.reader.start()
        gc.freeze()  # what is there now stays: no later collection looks through it
        gc.enable()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing = isinstance(self.focused, Bar) or self.editor is not None
        return self.furnished and not (action == "find" and typing)  # then / is a letter

    # -- panes

    def show_panes(self) -> None:
        """Shows the panes that have room."""
        if not self.furnished:
            return
        shown = self.panes_shown
        for pane in PANES:
            self.query_one(f"#{pane}").display = pane in shown
        self.size_panes()
        self.listing.tall = self.app.size.width >= TWO_PANES
        for name in ("#status", "#footer"):
            self.query_one(name).display = not self.zen
        wrong = self.query_one("#filter-error").display
        row = self.query_one("#filter-row")
        row.display = (self.focused is self.filter_bar or wrong) and not self.zen
        # Over the text alone they would cost lines of reading and say nothing of it.
        self.query_one("#coverage").display = self.strip_shown and "list" in shown
        self.query_one("#apart").display = self.apart and "list" in shown
        chips = self.query_one(ChipLine)
        chips.display = bool(chips.labels) and not row.display and shown != {"view"}

    def on_resize(self) -> None:
        self.show_panes()

    def watch_pane(self) -> None:
        if self.furnished:
            if self.pane != "list":
                self.was_read()
                self.follow_now()
            pane = self.query_one(f"#{self.pane}")
            if self.focused is pane or not pane.display:
                self.show_panes()
            self.set_focus(pane)  # which shows them, too
            self.start_reading()
            self.call_after_refresh(self.reader.remember)  # a kill does not cost where one was

    def _focus_moved(self, before: Widget | None, now: Widget | None) -> None:
        """At once, not when the widgets have heard of it: what this changes stands in the same frame."""
        for widget in (before, now):
            if isinstance(widget, LineView):
                widget.has_focus = widget is now
        if self.focused is not None and self.furnished:
            if (name := self.focused.id or "") in PANES:
                self.pane = name
            self.say_keys(name)
            self.show_panes()

    def action_pane(self, step: int) -> None:
        if not self.zen:
            self.pane = PANES[(PANES.index(self.pane) + step) % len(PANES)]

    def action_zen(self) -> None:
        self.zen = not self.zen
        self.pane = "view"
        self.show_panes()

    def action_marks(self) -> None:
        self.marks = not self.marks

    def action_column(self, cells: int) -> None:
        self.column = max(NARROWEST, min(WIDEST, self.column + cells))

    # -- one step back

    def action_back(self) -> None:
        self._step_back()

    def action_quit_or_back(self) -> None:
        if not self._step_back():
            self.app.exit()

    def _step_back(self) -> bool:
        """Takes back what came last: a change of many that is being written, find, selected text, mention,
        zen, pane, selected rows, filter, view, notice; a search among the names. False at the top."""
        if self.reader.stop_writing():
            pass
        elif self.finding:
            self._close_find(keep=False)
        elif self.pane == "view" and self.reading.caret:
            self.reading.action_leave_selection()
        elif self.pane == "view" and self.chosen:
            self.chosen = ""
        elif self.zen:
            self.zen = False
            self.show_panes()
        elif self.pane == "entities" and self.query_one(EntitiesPane).needle:
            self.search_names("")
        elif self.pane != "list":
            article = self.pane == "entities" and self.query_one(EntitiesPane).scope == "article"
            self.pane = "view" if article else "list"
        elif self.picked:
            self.unpick()
        elif self.filter_bar.value:
            self.filter_bar.value = ""
        elif self.view_name != "all":
            self.action_view("all")
        elif self.query_one("#notice").display:
            self.query_one("#notice").display = False
        else:
            return False
        return True

    # -- the rest

    def action_help(self) -> None:
        from tui.screens.help import help_here, help_page

        typing = isinstance(self.focused, Bar)
        self.was_read()
        self.app.push_screen(help_here(self) if typing else help_page(self.keys_of(self.pane)))

    def action_import(self) -> None:
        self.reader.ask_import()

    def action_import_report(self) -> None:
        self.reader.show_report()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted where nothing is typed may be imported."""
        if event.text.strip() and not self.reader.is_busy("import"):
            self.reader.ask_import(event.text)
