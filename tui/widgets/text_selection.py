"""Selecting text in a view of laid-out parts, with keys or by dragging the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message

from tui import caret as carets
from tui.caret import Caret
from tui.content import Span
from tui.keys import KEYS
from tui.layout import Layout, Part, Place
from tui.widgets.kept_lines import KeptLines
from tui.widgets.line_view import LineView

_ACTIONS = {
    where: {key.action.partition("(")[0] for key in KEYS if key.where == where}
    for where in ("view", "select")
}


class SelectableText(LineView, KeptLines):
    """Shows `parts` as `layout_`. While there is a caret, the keys of "select" are bound, not the view's."""

    ALLOW_SELECT = False  # Textual's own selection copies lines as they are drawn
    COMPONENT_CLASSES: ClassVar[set[str]] = {"view--selected", "view--caret"}

    @dataclass
    class CaretMoved(Message):
        """The selection began, changed or ended."""

    @dataclass
    class Copied(Message):
        """The selected text is to be copied."""

        text: str

    @dataclass
    class Marked(Message):
        """What is selected, or the highlight at the caret, is to be highlighted, or no longer; or noted on.

        `passages` are `(block, start, end)`; `selected`: there is a selection.
        """

        passages: list[tuple[int, int, int]]
        selected: bool
        noted: bool

    @dataclass
    class Quoted(Message):
        """The selected text is to be copied with its source."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.parts: Sequence[Part] = ()
        self.layout_ = Layout((), 2)
        self.caret: Caret | None = None
        self._pressed: Place | None = None
        self._dragged = False

    @property
    def margin_left(self) -> int:
        """Cells before the column."""
        return max(0, (self.room - self.layout_.width) // 2)

    @property
    def selected(self) -> str:
        """The selected text."""
        return carets.selected_text(self.parts, self.caret) if self.caret else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in _ACTIONS["view" if self.caret else "select"]

    # -- the caret

    def set_caret(self, caret: Caret | None) -> None:
        """Moves the caret, or ends the selection; draws the lines between again and brings it into sight."""
        both = [one for one in (self.caret, caret) if one]
        if not both:
            return
        places = [one.at for one in both]
        if len({one.anchor for one in both}) > 1 or caret is None:
            places += [one.anchor for one in both if one.anchor]
        self.caret = caret
        lines = [self.layout_.line_of(place) for place in places]
        self.forget_lines(lambda line: line in range(min(lines), max(lines) + 1))
        self.refresh_lines(min(lines), max(lines) - min(lines) + 1)
        if caret is not None:
            self._into_sight(self.layout_.line_of(caret.at))
        self.post_message(self.CaretMoved())

    def _into_sight(self, line: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if line < top:
            self.show_line(line)
        elif line >= top + height:
            self.show_line(line - height + 1)

    def select_from(self, place: Place | None) -> None:
        """Begins with the caret at a place, else at the first text in sight."""
        place = place or carets.start(self.layout_, self.scroll_offset.y)
        if place is not None:
            self.set_caret(Caret(place))

    def action_caret(self, motion: str) -> None:
        if self.caret:
            self.set_caret(carets.move(self.layout_, self.caret, motion))

    def action_caret_lines(self, lines: int) -> None:
        if self.caret:
            self.set_caret(carets.move_lines(self.layout_, self.caret, lines))

    def action_caret_page(self, pages: float) -> None:
        self.action_caret_lines(self.page_height(pages))

    def action_extend(self, motion: str) -> None:
        self._drop_anchor()
        self.action_caret(motion)

    def action_extend_lines(self, lines: int) -> None:
        self._drop_anchor()
        self.action_caret_lines(lines)

    def _drop_anchor(self) -> None:
        if self.caret and self.caret.anchor is None:
            self.caret = Caret(self.caret.at, self.caret.at, self.caret.column)

    def action_anchor(self) -> None:
        if self.caret:
            self.set_caret(Caret(self.caret.at, None if self.caret.anchor else self.caret.at))

    def action_copy_selection(self) -> None:
        if text := self.selected:
            self.post_message(self.Copied(text))
            self.set_caret(None)

    def action_copy_quote(self) -> None:
        if text := self.selected:
            self.post_message(self.Quoted(text))
            self.set_caret(None)

    def action_highlight(self) -> None:
        self._mark(noted=False)

    def action_annotate(self) -> None:
        self._mark(noted=True)

    def _mark(self, *, noted: bool) -> None:
        if caret := self.caret:
            at = caret.at
            spans = carets.selected_spans(self.parts, caret) or [(at.part, at.offset, at.offset + 1)]
            blocks = [(self.parts[part].block, start, end) for part, start, end in spans]
            passages = [(block, start, end) for block, start, end in blocks if block is not None]
            self.post_message(self.Marked(passages, caret.span is not None, noted))

    def action_leave_selection(self) -> None:
        self.set_caret(None)

    # -- mouse

    def _pointed(self, event: events.MouseEvent) -> Place | None:
        """The letter nearest to the pointer, in lines with text only."""
        line = max(0, min(event.y + self.scroll_offset.y, len(self.layout_) - 1))
        first = carets.start(self.layout_, line)
        if first is None:
            return None
        return carets.place_near(self.layout_, self.layout_.line_of(first), event.x - self.margin_left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button == 1 and self.parts:
            self._pressed, self._dragged = self._pointed(event), False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        if event.button != 1:  # let go outside of the terminal
            self._pressed = None
            return
        place = self._pointed(event)
        if place is None or (place == self._pressed and not self._dragged):
            return
        self.capture_mouse()
        self._dragged = True
        # The letters under both ends belong to the selection.
        first, last = self._pressed, place
        if (first.part, first.offset) > (last.part, last.offset):
            self.set_caret(Caret(last, self._behind(first)))
        else:
            self.set_caret(Caret(self._behind(last), first))

    def _behind(self, place: Place) -> Place:
        text = self.parts[place.part].text
        if place.offset >= self.layout_.lines[self.layout_.line_of(place)].end:
            return place
        return Place(place.part, carets.next_letter(text, place.offset))

    def on_mouse_up(self) -> None:
        if self.caret and self._pressed and not self._dragged:
            self.set_caret(Caret(self._pressed))
        self._pressed = None
        self.release_mouse()

    # -- drawing

    def caret_spans(self, number: int) -> list[Span]:
        """What is selected of a line and where the caret stands in it; the caret behind its last letter has
        a cell of its own (`caret_behind`)."""
        caret, line = self.caret, self.layout_.lines[number]
        if caret is None:
            return []
        spans: list[Span] = []
        if within := caret.within(line.part):
            spans.append((*within, self.style_of("view--selected")))
        if self._caret_line(caret, number):
            at = caret.at.offset
            spans.append((at, at + 1, self.style_of("view--caret")))
        return spans

    def caret_behind(self, number: int) -> bool:
        """Whether the caret stands behind the last letter of a line."""
        caret, line = self.caret, self.layout_.lines[number]
        return caret is not None and self._caret_line(caret, number) and caret.at.offset >= line.end

    def _caret_line(self, caret: Caret, number: int) -> bool:
        return caret.at.part == self.layout_.lines[number].part and self.layout_.line_of(caret.at) == number
