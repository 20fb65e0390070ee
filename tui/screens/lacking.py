"""The part of the main screen that says why nothing is listed, and what to press then."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from store.errors import BandocError
from store.index.rows import Rows
from store.query import Query, parse
from store.text import fold, one_line
from tui.figures import number
from tui.i18n import _, ngettext
from tui.keys import named
from tui.list_words import VIEWS
from tui.screens.listing import ListingScreen
from tui.widgets.article_list import ArticleList


def unmarked(text: str) -> str:
    """A filter without marks, its capitals kept: AND and OR stay what they are.

    >>> unmarked("Đà Nẵng OR huế")
    'Da Nang OR hue'
    """
    return "".join(
        char if char.isascii() else fold(char).upper() if char.isupper() else fold(char) for char in text
    )


class LackingScreen(ListingScreen, inherit_bindings=False):
    """Where a filter finds nothing, looks in a thread whether the same without marks, or in all articles,
    finds something."""

    @dataclass
    class Elsewhere(Message):
        """How many articles the present filter would have, without its marks and in the view of all."""

        of: Query
        unmarked: int
        everywhere: int

    _without_marks = ""
    """The filter that Enter in the empty list puts in the place of the present one."""

    def no_rows_message(self, rows: Rows) -> str:
        self._without_marks = ""
        library, elsewhere = self.reader.library, self.view_name != "trash"
        if rows.total == 0 and self.reader.busy:
            return self.reader.busy
        if rows.total == 0 and library.problems:
            return _("No article can be shown: see above, and bandoc doctor.")
        if rows.total == 0 and elsewhere and library.counts().removed:
            words = _(
                "All articles are in the trash.\nPress {trash} to see them, {undo} to undo the last change."
            )
            return words.format(trash=named("view.trash"), undo=named("undo"))
        if rows.total == 0 and elsewhere:
            return self._empty_library()
        if self.view_name == "trash" and not self.typed_text:
            return _("The trash is empty.\nPress {key} for all articles.").format(key=named("view.all"))
        if not self.typed_text:
            return _("Nothing here.\nPress {key} for all articles.").format(key=named("view.all"))
        self._look_elsewhere(rows.query, self.typed_text)
        return self._no_match()

    def _empty_library(self) -> str:
        if self.reader.library.read_only:
            return _("The library is empty, and this folder can't be written.")
        lines = [
            _("The library is empty."),
            _("{key} imports files, folders or pasted text. Then:").format(key=named("import")),
            self.reader.first_keys(),
        ]
        return "\n".join(lines)

    def _no_match(self, more: str = "") -> str:
        lines = [
            _("Nothing matches: {filter}").format(filter=one_line(self.typed_text)),
            _("{back} takes the filter away, {part} a part of it.").format(
                back=named("step.back"), part=named("filter.drop")
            ),
            more,
        ]
        return "\n".join(filter(None, lines))

    @work(thread=True, group="elsewhere", exclusive=True)
    def _look_elsewhere(self, of: Query, text: str) -> None:
        def count(query: Query) -> int:
            rows = self.reader.library.select(query)
            return 0 if rows.apart else len(rows)

        plain, everywhere = unmarked(text), 0
        found = 0
        with suppress(BandocError):  # the filter itself tells what is wrong
            if plain != text:
                found = count(parse(plain) & VIEWS[self.view_name])
            if self.view_name != "all":
                everywhere = count(parse(text))
        if not get_current_worker().is_cancelled and (found or everywhere):
            self.post_message(self.Elsewhere(of, found, everywhere))

    @on(Elsewhere)
    def _offer_elsewhere(self, event: Elsewhere) -> None:
        if self.rows is None or len(self.rows) or self.rows.query != event.of:
            return
        said = []
        if event.unmarked:
            self._without_marks = unmarked(self.typed_text)
            words = ngettext("{key}: {n} article without the marks", "{key}: {n} articles without the marks",
                             event.unmarked)  # fmt: skip
            said.append(words.format(key=named("list.open"), n=number(event.unmarked)))
        if event.everywhere:
            words = ngettext(
                "{key}: {n} among all articles", "{key}: {n} among all articles", event.everywhere
            )
            said.append(words.format(key=named("view.all"), n=number(event.everywhere)))
        self.listing.message = self._no_match("\n".join(said))

    @on(ArticleList.NothingOpened)
    def _take_unmarked(self) -> None:
        if self._without_marks:
            self.filter_bar.value = self._without_marks
            self.filter_bar.cursor_position = len(self.filter_bar.value)
