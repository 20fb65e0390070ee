"""The part of the main screen that changes articles: star, read, tags, notes, trash, and undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from textual import on
from textual.timer import Timer

from store.article import Article, Note
from store.changes import Change
from store.errors import BandocError
from store.rows import Rows
from store.text import one_line
from tui.i18n import _, ngettext
from tui.screens.listing import ListingScreen
from tui.widgets.article_view import ArticleView

READ_AFTER = 2.0
"""Seconds with the focus in an article after which it is read."""


class MarkingScreen(ListingScreen, inherit_bindings=False):
    """Every change goes through `change`, so every change can be undone."""

    _reading_timer: Timer | None = None
    _trashed = ""
    """The article that went to the trash, or came back, as long as the list doesn't show it."""
    _kept_unread = ""
    """The article that was marked unread by hand, or by undo: it isn't marked read by itself again."""

    def change(self, ids: list[str], change: Change, words: str, *, by_hand: bool = True) -> bool:
        """Changes articles and shows it; `words` say what was done, for undo."""
        if not ids or not self.reader.change(ids, change, words, by_hand=by_hand):
            return False
        self.touched(tuple(ids))
        return True

    def touched(self, ids: tuple[str, ...]) -> None:
        """Shows what a change made of articles: their rows again, without asking for the list again."""
        if len(ids) > 20:
            if self.rows is not None:
                self.rows.fresh()
                self.listing.set_rows(self.rows, self.listing.cursor)
        else:
            for article_id in ids:
                self._patch(article_id)
        if self.article is not None and self.article.id in ids:
            self.show_article(self.article.id)

    def _patch(self, article_id: str) -> None:
        place = self.rows.place(article_id) if self.rows is not None else None
        row = self.listing.row_at(place) if place is not None else None
        if row is None:
            return
        try:
            state = self.reader.library.article(article_id).state
        except BandocError as error:
            self.reader.complain(error)
            return
        self.listing.patch(
            replace(
                row,
                read=state.read,
                starred=state.starred,
                removed=state.removed is not None,
                noted=bool(state.notes),
                tags=state.tags,
            )
        )

    def current(self) -> Article | None:
        """The article that keys act on, whole."""
        article_id = self.current_id
        if article_id is None:
            return None
        if self.article is not None and self.article.id == article_id:
            return self.article
        self.show_article(article_id)
        return self.article

    # -- read

    def watch_article(self) -> None:
        self.start_reading()

    def start_reading(self) -> None:
        """Starts the two seconds after which the article in the focused view is read."""
        if self._reading_timer is not None:
            self._reading_timer.stop()
            self._reading_timer = None
        if self.article and self.article.id != self._kept_unread:
            self._kept_unread = ""
        if self.pane == "view" and self.article and not self.article.state.read:
            article_id = self.article.id
            self._reading_timer = self.set_timer(READ_AFTER, lambda: self._mark_read(article_id))

    @on(ArticleView.Ended)
    def _ended(self, event: ArticleView.Ended) -> None:
        self._mark_read(event.id)

    def _mark_read(self, article_id: str) -> None:
        article = self.article
        if (
            article is not None
            and article.id == article_id != self._kept_unread
            and not (article.state.read or self.reader.library.read_only)
        ):
            words = _("“{title}” marked read").format(title=article.title)
            self.change([article_id], Change(read=True), words, by_hand=False)

    def action_read(self) -> None:
        if article := self.current():
            if article.state.read:
                self._kept_unread = article.id
                words = _("“{title}” marked unread")
            else:
                words = _("“{title}” marked read")
            words = words.format(title=article.title)
            if self.change([article.id], Change(read=not article.state.read), words):
                self.reader.tell(words)

    def action_read_all(self) -> None:
        from tui.screens.dialogs import Confirm

        ids = self.rows.ids() if self.rows is not None else []
        if not ids:
            return
        question = ngettext(
            "Mark {count} listed article as read?", "Mark {count} listed articles as read?", len(ids)
        ).format(count=len(ids))

        def answered(yes: bool | None) -> None:
            words = ngettext("{count} article marked read", "{count} articles marked read", len(ids))
            words = words.format(count=len(ids))
            if yes and self.change(ids, Change(read=True), words):
                self.reader.tell(words)

        self.app.push_screen(Confirm(question), answered)

    # -- star, trash

    def action_star(self) -> None:
        if article := self.current():
            words = _("“{title}” unstarred") if article.state.starred else _("“{title}” starred")
            words = words.format(title=article.title)
            if self.change([article.id], Change(starred=not article.state.starred), words):
                self.reader.tell(words)

    def action_trash(self) -> None:
        if self._trashed and self._trashed == self.current_id:
            return  # the list hasn't answered yet: D again means the next article, not this one back
        if article := self.current():
            removed = article.state.removed is not None
            words = _("“{title}” taken back from the trash") if removed else _("“{title}” moved to the trash")
            words = words.format(title=article.title)
            if self.change([article.id], Change(removed=not removed), words):
                self.reader.tell(words)
                self._trashed = article.id
                self.select()

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: from here on D may mean the same article again."""
        self._trashed = ""
        super().show_rows(rows, same=same)

    # -- tags, notes

    def action_tag(self) -> None:
        from tui.screens.dialogs import Prompt

        if not (article := self.current()):
            return
        before = article.state.tags

        def answered(line: str | None) -> None:
            if line is None:
                return
            tags = tuple(dict.fromkeys(one_line(tag).lstrip("#") for tag in line.replace(",", " ").split()))
            change = Change(
                add_tags=tuple(tag for tag in tags if tag and tag not in before),
                drop_tags=tuple(tag for tag in before if tag not in tags),
            )
            if change.add_tags or change.drop_tags:
                self.change([article.id], change, _("tags of “{title}”").format(title=article.title))

        value = " ".join(before) + " " * bool(before)
        self.app.push_screen(Prompt(_("Tags"), value, _("Separated by spaces; Esc gives up")), answered)

    def action_note(self) -> None:
        from tui.screens.dialogs import Prompt

        if not (article := self.current()):
            return

        def answered(line: str | None) -> None:
            if line and (text := one_line(line)):
                made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                words = _("note on “{title}”").format(title=article.title)
                self.change([article.id], Change(add_notes=(Note(text, made),)), words)

        self.app.push_screen(Prompt(_("Note on this article")), answered)

    # -- undo

    def action_undo(self) -> None:
        undone = self.reader.undo()
        if undone is None:
            return
        words, ids = undone
        if self.article is not None and self.article.id in ids:
            self._kept_unread = self.article.id
        self.touched(tuple(ids))
        self.select()  # what was in the trash may be back
        self.reader.tell(_("Undone: {change}").format(change=words))
