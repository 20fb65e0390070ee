"""The part of the main screen that highlights passages and notes on them."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from store.article import Article, Highlight
from store.changes import Change
from store.highlighting import Passage, is_marked, mark, touching, trimmed, unmark
from store.query import parse
from tui.i18n import _
from tui.keys import named
from tui.screens.relating import RelatingScreen
from tui.widgets.article_view import ArticleView

KEPT = parse("has:highlight OR has:note")
"""The articles in which something is highlighted or noted."""


class HighlightingScreen(RelatingScreen, inherit_bindings=False):
    """Every mark and every note is a change of the reading state, which `u` takes back."""

    @on(ArticleView.Marked)
    def _marked(self, event: ArticleView.Marked) -> None:
        article = self.reading.article
        if article is None:
            return
        passages = trimmed(article, event.passages)
        if not passages or not (event.selected or touching(article, passages)):
            words = _("Only the text itself can be highlighted.")
            first = _("Select something first: {key} begins.").format(key=named("select.start"))
            self.reader.tell(words if event.selected else first)
        elif event.noted:
            self._note_on(article, passages)
        elif not event.selected or is_marked(article, passages):
            # Without a selection the whole mark is meant; of a selection only what is selected.
            marks = [] if event.selected else touching(article, passages)
            whole = [(one.block, one.start, one.end) for one in marks] or passages
            self._mark(article, unmark(article, whole), _("highlight in “{title}” removed"))
        else:
            self._mark(article, mark(article, passages), _("highlight in “{title}”"))

    def _mark(self, article: Article, change: Change, words: str) -> None:
        said = words.format(title=article.title)
        if self.change([article.id], change, said):
            self.reading.action_leave_selection()
            self.reader.tell(said[:1].upper() + said[1:])

    def _note_on(
        self, article: Article, passages: list[Passage], then: Callable[[], None] = lambda: None
    ) -> None:
        from tui.screens.dialogs import Prompt

        marks = touching(article, passages)
        before = " ".join(one.note for one in marks if one.note)

        def answered(line: str | None) -> None:
            if line is not None and (line.strip() or before):
                change = mark(article, passages, line)
                self._mark(article, change, _("note on a passage of “{title}”"))
                then()

        self.app.push_screen(Prompt(_("Note on this passage"), before), answered)

    def note_on(self, article: Article, one: Highlight, then: Callable[[], None]) -> None:
        """Asks for the note on a highlight; `then` when it is written."""
        self._note_on(article, [(one.block, one.start, one.end)], then)

    # -- all of them

    def action_highlights(self) -> None:
        from tui.screens.highlights import HighlightsPage

        article = self.current() if self.pane != "list" else None
        self.app.push_screen(HighlightsPage(article, self.shown_query & KEPT), self._go_to_passage)

    def _go_to_passage(self, found: tuple[str, Highlight | None] | None) -> None:
        if found is None:
            return
        article_id, one = found
        self.go_to(article_id)
        # Where the text was not in sight it is laid out first.
        self.call_after_refresh(self.reading.show_passage, one)
