"""One-line widgets: the footer and the status line, and the two that take what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.color import TRANSPARENT
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import cells
from tui.content import fit, strip
from tui.i18n import N_
from tui.widgets.composed import ComposedInput


def fitted(hints: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The hints that fit in `width` cells, each as ` key word `; help, the last one, always has its place.

    >>> fitted([("s", "star"), ("e", "export"), ("?", "help")], 18)
    [('s', 'star'), ('?', 'help')]
    """
    if not hints:
        return []
    *others, last = hints
    room = width - _width(last)
    shown = []
    for hint in others:
        room -= _width(hint)
        if room < 0:
            break
        shown.append(hint)
    return [*shown, last]


def _width(hint: tuple[str, str]) -> int:
    return cells(hint[0]) + cells(hint[1]) + 3


class Footer(Widget):
    """What the keys do now, as many as fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key"}
    hints: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        key_style = base + self.get_component_rich_style("footer--key", partial=True)
        segments = []
        for key, word in fitted(self.hints, self.size.width):
            segments += [Segment(f" {key}", key_style), Segment(f" {word} ", base)]
        return strip(segments, self.size.width, base)


class StatusLine(Widget):
    """What is listed on the left, where one is on the right; the left gives way."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.size.width
        right = fit(self.right, width - 2)
        left = fit(self.left, width - cells(right) - 4)
        gap = max(1, width - cells(left) - cells(right) - 2)
        return strip([Segment(f" {left}{' ' * gap}{right} ", base)], width, base)


class Bar(ComposedInput):
    """A line to type in. Enter leaves it as it is, Esc is the screen's business."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "submit", N_("Keep it, and go back to what was searched"), show=False),
        Binding("escape", "leave", N_("Take it away"), show=False),
    ]

    @dataclass
    class Left(Message):
        """Esc was pressed in the bar."""

        bar: Bar

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # what is typed moves no other widget

    def __init__(self, *, id: str, placeholder: str) -> None:
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self.watch_has_focus(False)

    def watch_has_focus(self, has_focus: bool) -> None:
        """All that the style sheet says of such a line with the focus is a tint. (To look up its styles again
        took a third of the time of `/`.)"""
        self.styles.background_tint = None if has_focus else TRANSPARENT
        self.notify_style_update()

    def action_leave(self) -> None:
        self.post_message(self.Left(self))
