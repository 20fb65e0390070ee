"""The part of the main screen that writes tags and notes, in a line or a few beside the article."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from store.errors import BandocError, LibraryReadOnly
from store.index.known_names import Known
from tui.figures import number
from tui.i18n import _, ngettext
from tui.notes import Notes
from tui.screens import steps
from tui.screens.marking import MarkingScreen
from tui.screens.steps import Step
from tui.tagging import line_of, offers, shared, tag_change
from tui.widgets.bars import Bar

if TYPE_CHECKING:
    from tui.widgets.in_place import InPlace, NoteArea

MOST_TAGS = 2000
"""Tags that are known when one is typed; nobody uses more."""


class AnnotatingScreen(MarkingScreen, inherit_bindings=False):
    """One editor at a time. What is written is one change, on one article or on all that are selected."""

    editor: InPlace | None = None
    """The line or panel that is open."""
    _ids: tuple[str, ...] = ()
    """What it is about: the selected articles, or the current one."""
    _before: Sequence[str] = ()
    _notes: Notes | None = None
    _drafts: dict[tuple[str, ...], Notes]
    """Notes that were given up, by what they were about: another `a` brings them back."""
    _tags: Sequence[Known] = ()

    def __init__(self) -> None:
        super().__init__()
        self._drafts = {}

    @dataclass
    class TagsKnown(Message):
        """The library's tags came back from their thread."""

        tags: list[Known]

    # -- the editor

    def _begin(self) -> bool:
        """Whether something can be written, and what it is about."""
        if self.reader.library.read_only:
            self.reader.complain(LibraryReadOnly("read_only", path=str(self.reader.library.folder)))
            return False
        picked = self.picked_ids()
        article = None if picked else self.current()
        self._ids = tuple(sorted(picked)) if picked else (article.id,) if article else ()
        return bool(self._ids) and self.editor is None

    async def _open(self, editor: InPlace, inside: Input | NoteArea) -> None:
        self.editor = editor
        self.app.clear_notifications()  # it may stand where they do
        await self.mount(editor)
        self._place_editor()
        inside.focus()

    def _place_editor(self) -> None:
        if self.editor is not None:
            pane = self.query_one(f"#{self.pane}")
            anchor = self.listing.place_of_cursor() if self.pane == "list" else _foot(pane.region)
            self.editor.stand_by(anchor, self.app.size)

    def on_resize(self) -> None:
        self.call_after_refresh(self._place_editor)

    def close_editor(self) -> None:
        """Puts the editor away; what was typed is not kept."""
        editor, self.editor = self.editor, None
        if editor is not None:
            if self.focused is not None and editor in self.focused.ancestors:
                self.set_focus(self.query_one(f"#{self.pane}"))
            editor.remove()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self.editor is not None and self.editor not in event.widget.ancestors:
            self._give_up()

    def _give_up(self) -> None:
        if self._notes is not None and self.editor is not None:
            self._take_text()
            self._drafts[self._ids] = self._notes
        self.close_editor()

    def _do(self, step: Step) -> None:
        if len(self._ids) > 1 or self.picked_ids():
            self.change_all(self._ids, step)
        else:
            with suppress(BandocError):
                title = self.reader.library.article(self._ids[0]).title
                if self.change(list(self._ids), step.change, step.words(title)):
                    self.reader.tell(step.words(title))

    # -- tags

    async def action_tag(self) -> None:
        from tui.widgets.in_place import TagLine

        if not self._begin():
            return
        count, hint = len(self._ids), _("A comma between tags")
        try:
            counts = self.reader.library.tags(self._ids)
        except BandocError as error:
            self.reader.complain(error)
            return
        self._before, some = shared(counts, count)
        if some:
            said = ", ".join(f"{tag} {number(have)}/{number(count)}" for tag, have in some.items())
            hint = _("On some: {tags} (-tag takes it away)").format(tags=said)
        heading = _("Tags")
        if count > 1:
            heading = ngettext("Tags for {count} article", "Tags for {count} articles", count)
        line = TagLine(heading.format(count=number(count)), hint, line_of(self._before))
        self._notes = None
        self._tags = [Known(tag, number) for tag, number in some.items()]
        await self._open(line, line.bar)
        line.bar.cursor_position = len(line.bar.value)
        self._know_tags()

    @work(thread=True, group="tags", exclusive=True)
    def _know_tags(self) -> None:
        with suppress(BandocError):
            self.post_message(self.TagsKnown(self.reader.library.names("tag", "", MOST_TAGS)))

    @on(TagsKnown)
    def _tags_known(self, event: TagsKnown) -> None:
        first = {one.name for one in self._tags}
        self._tags = [*self._tags, *(one for one in event.tags if one.name not in first)]
        self._offer_tags()

    @on(Bar.Changed, "#tags")
    def _offer_tags(self) -> None:
        from tui.widgets.in_place import TagLine

        if isinstance(self.editor, TagLine):
            bar = self.editor.bar
            bar.offer(offers(bar.value[: bar.cursor_position], bar.value, self._tags))

    @on(Bar.Submitted, "#tags")
    def _tags_typed(self, event: Bar.Submitted) -> None:
        change = tag_change(event.value, self._before)
        self.close_editor()
        if change.add_tags or change.drop_tags:
            self._do(steps.tagging(change))

    @on(Bar.Left)
    def _tags_left(self, event: Bar.Left) -> None:
        if event.bar.id == "tags":
            self._give_up()

    # -- notes

    async def action_note(self) -> None:
        from tui.widgets.in_place import NotePanel

        if not self._begin():
            return
        several = len(self._ids) > 1
        article = None if several else self.current()
        self._notes = Notes(article.state.notes if article else ())
        draft = self._drafts.pop(self._ids, None)
        if draft is not None and draft.notes == self._notes.notes:
            self._notes = draft
        hint = _("Tab: another note; an empty one goes") if self._notes.notes else ""
        panel = NotePanel(self._note_heading(), hint, self._notes.text)
        await self._open(panel, panel.area)
        panel.area.move_cursor(panel.area.document.end)

    def _note_heading(self) -> str:
        count = len(self._ids)
        if self._notes is None or count > 1:
            return ngettext("Note on {count} article", "Note on {count} articles", count).format(
                count=number(count)
            )
        if self._notes.note is None:
            return _("A new note")
        return _("Note {number} of {count}").format(
            number=self._notes.place + 1, count=number(len(self._notes.notes))
        )

    def _take_text(self) -> None:
        from tui.widgets.in_place import NotePanel

        if self._notes is not None and isinstance(self.editor, NotePanel):
            self._notes.text = self.editor.area.text

    def on_note_area_other(self, event: NoteArea.Other) -> None:
        """Takes another note in hand."""
        from tui.widgets.in_place import NotePanel

        self._take_text()
        if self._notes is not None and isinstance(self.editor, NotePanel):
            self._notes.turn(event.step)
            self.editor.show(self._note_heading(), self._notes.text)

    def on_note_area_kept(self) -> None:
        """Writes what was typed."""
        self._take_text()
        notes = self._notes
        self.close_editor()
        if notes is not None:
            change = notes.change(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
            if change.add_notes or change.drop_notes:
                self._do(steps.noting(change))

    def on_note_area_left(self) -> None:
        """Closes the panel; the next one about the same has what was typed."""
        self._give_up()


def _foot(region: Region) -> Region:
    """The lower edge of a pane: what stands beside it stands over its last lines."""
    return Region(region.x, region.bottom, region.width, 0)
