"""A page of all that is highlighted and noted: in one article, or in all that are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from store.article import Article, Highlight, Note
from store.changes import Change
from store.errors import ArticleNotFound, BandocError
from store.query import Query
from tui.content import fit, plain
from tui.figures import day
from tui.i18n import N_, _
from tui.keys import also_bound, named
from tui.quoting import quotation
from tui.screens.dialogs import Once
from tui.widgets.article_view import MARKED
from tui.widgets.table_view import Entry, PickTable

if TYPE_CHECKING:
    from tui.app import ReaderApp
    from tui.screens.main import MainScreen

TITLE_CELLS = 60
"""Of a title, beside a passage."""


class Remark(NamedTuple):
    """A highlight of an article, or a note on it."""

    article: Article
    mark: Highlight | None
    note: Note | None = None

    @property
    def passage(self) -> str:
        """What is highlighted."""
        return self.article.passage(self.mark) if self.mark else ""

    @property
    def about(self) -> str:
        """The article, in a few words."""
        return f"{day(self.article.published)} {fit(self.article.title, TITLE_CELLS)}".strip()

    @property
    def words(self) -> str:
        """The passage and what is noted, as they are shown."""
        noted = self.note.text if self.note else self.mark.note if self.mark else ""
        passage = f"{MARKED} {self.passage}" if self.passage else ""
        return "\n".join(part for part in (passage, f"✎ {noted}" if noted else "") if part)


def remarks(article: Article) -> list[Remark]:
    """All that is highlighted and noted in an article: passages in the order of the text, then notes."""
    marks = [Remark(article, mark) for mark in article.state.highlights]
    return marks + [Remark(article, None, note) for note in article.state.notes]


Where = tuple[str, Highlight | None]
"""An article, and a highlight in it."""


class HighlightsPage(Once[Where | None], Screen[Where | None]):
    """Gives where to go: an article, and the highlight in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+q", "dismiss", N_("Close"), show=False),
        Binding("enter", "open", N_("Open it in its article"), show=False),
        also_bound("help", "app.help_here"),
        also_bound("palette", "app.command_palette"),
        also_bound("article.highlights", "dismiss"),
        also_bound("entities.scope", "scope"),
        also_bound("article.note", "annotate"),
        also_bound("article.trash", "remove"),
        also_bound("article.copy", "copy"),
        also_bound("undo", "undo"),
    ]

    @dataclass
    class Loaded(Message):
        """What was found in the articles listed."""

        found: list[Remark]

    def __init__(self, article: Article | None, listed: Query) -> None:
        """`article` None: of all that `listed` finds."""
        super().__init__()
        self.article_id = article.id if article else None
        self.present = article
        self.listed = listed
        self.remarks: list[Remark] = []

    @property
    def reader(self) -> ReaderApp:
        return cast("ReaderApp", self.app)

    @property
    def main(self) -> MainScreen:
        """The screen below, which writes."""
        assert self.reader.main is not None
        return self.reader.main

    @property
    def table(self) -> PickTable:
        return self.query_one(PickTable)

    def compose(self) -> ComposeResult:
        yield Static(classes="page-heading", markup=False)
        yield PickTable([], 28)
        foot = _(
            "Enter goes there · {note} note · {drop} removes · {undo} undoes"
            " · {copy} copies · {scope} scope · Esc"
        )
        foot = foot.format(
            note=named("article.note"),
            drop=named("article.trash"),
            undo=named("undo"),
            copy=named("article.copy"),
            scope=named("entities.scope"),
        )
        yield Static(plain(foot), classes="page-foot")

    def on_mount(self) -> None:
        self.load()

    # -- what is shown

    def load(self) -> None:
        """Reads what there is, again after each change."""
        if self.article_id is None:
            self._say(_("Loading…"))
            self._read()
            return
        try:
            self._show(remarks(self.reader.library.article(self.article_id)))
        except BandocError as error:
            self.reader.complain(error)

    @work(thread=True, exclusive=True, group="highlights")
    def _read(self) -> None:
        worker, library, found = get_current_worker(), self.reader.library, list[Remark]()
        try:
            for article_id in library.select(self.listed).ids():
                if worker.is_cancelled:
                    return
                try:
                    found += remarks(library.article(article_id))
                except ArticleNotFound:  # deleted for good meanwhile
                    continue
        except BandocError as error:
            self.app.call_from_thread(self.reader.complain, error)
        self.post_message(self.Loaded(found))

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        if self.article_id is None:
            self._show(event.found)

    def _show(self, found: list[Remark]) -> None:
        self.remarks = found
        alone = self.article_id is not None
        nothing = _("Nothing here yet: {select} selects text, then {mark} highlights it.")
        nothing = nothing.format(select=named("view.select"), mark=named("select.highlight"))
        self.table.message = "" if found else nothing
        self.table.set_entries([Entry("" if alone else one.about, one.words) for one in found])
        where = _("of this article") if alone else _("of all articles listed")
        self._say(_("Highlights and notes {where} ({count})").format(where=where, count=len(found)))

    def _say(self, words: str) -> None:
        self.query_one(".page-heading", Static).update(plain(words, "bold"))

    # -- keys

    @property
    def _pointed(self) -> Remark | None:
        return self.remarks[self.table.cursor] if self.remarks else None

    def action_open(self) -> None:
        if one := self._pointed:
            self.dismiss((one.article.id, one.mark))

    def action_scope(self) -> None:
        here = self.present.id if self.present else self.main.current_id
        self.article_id = None if self.article_id else here
        self.load()

    def action_remove(self) -> None:
        if one := self._pointed:
            change = Change(drop_highlights=(one.mark,)) if one.mark else Change()
            if one.note:
                change = Change(drop_notes=(one.note,))
            words = _("highlight in “{title}” removed") if one.mark else _("note on “{title}” removed")
            self.main.change([one.article.id], change, words.format(title=one.article.title))
            self.load()

    def action_annotate(self) -> None:
        if (one := self._pointed) and one.mark:
            self.main.note_on(one.article, one.mark, self.load)

    def action_copy(self) -> None:
        if one := self._pointed:
            self.app.copy_to_clipboard(quotation(one.article, one.passage) if one.mark else one.words)
            self.reader.tell(_("Copied."))

    def action_undo(self) -> None:
        self.main.action_undo()
        self.call_later(self.load)
