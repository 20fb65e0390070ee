"""The part of the main screen that is about the trash: into it, back from it, and out of it for good."""

from __future__ import annotations

from collections.abc import Collection

from store.changes import UNWATCHED
from store.index.rows import Rows
from store.query import parse
from tui.figures import number
from tui.i18n import N_, _, ngettext
from tui.keys import named
from tui.screens import steps
from tui.screens.annotating import AnnotatingScreen
from tui.writing import changing

REMOVED = parse("is:removed")


class TrashingScreen(AnnotatingScreen, inherit_bindings=False):
    """What is in the trash comes back with the key that brought it there; only from there is it purged."""

    _trashed = ""
    """The article that went to the trash, or came back, as long as the list doesn't show it."""

    def action_trash(self) -> None:
        if self._trashed and self._trashed == self.current_id:
            return  # the list hasn't answered yet: D again means the next article, not this one back
        article = self.toggle(lambda state: state.removed is not None, steps.TRASH, steps.RESTORE)
        if article is not None:
            self._trashed = article.id
            self.select()

    def show_rows(self, rows: Rows, *, same: bool) -> None:
        """Also: from here on D may mean the same article again."""
        self._trashed = ""
        super().show_rows(rows, same=same)

    def action_purge(self) -> None:
        from tui.screens.dialogs import Confirm

        ids = self.picked_ids() or {self.current_id or ""}
        ids.intersection_update(self.reader.library.select(REMOVED).ids())
        if not ids:
            words = _("Only what is in the trash can be deleted for good: {key} shows it.")
            self.reader.tell(words.format(key=named("view.trash")))
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._purge(ids)

        question = ngettext(
            "Delete {count} article for good, with its page, notes and tags? Nothing brings it back.",
            "Delete {count} articles for good, with their pages, notes and tags? Nothing brings them back.",
            len(ids),
        )
        self.app.push_screen(Confirm(question.format(count=number(len(ids)))), answered)

    def _purge(self, ids: Collection[str]) -> None:
        reader, slow = self.reader, changing(len(ids))
        watch = reader.watching(N_("Deleting… {done}/{total} ({back} stops)")) if slow else UNWATCHED

        def written(count: int) -> None:
            words = ngettext("{count} article deleted for good", "{count} articles deleted for good", count)
            reader.tell(words.format(count=number(count)))
            self.unpick()
            self.select()

        reader.write(lambda: reader.library.purge(ids, watch), written, slow)
