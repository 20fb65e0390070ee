"""The filter bar: a line that completes, with a history."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.history import History
from tui.i18n import N_
from tui.widgets.completing_bar import CompletingBar


class FilterBar(CompletingBar):
    """Where nothing is offered ↑ goes back to earlier filters, and ↓ to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up", N_("The completion above; earlier filters"), show=False),
        Binding("down", "down", N_("The completion below; to the list"), show=False),
        Binding("enter", "submit", N_("To the list, which keeps the filter"), show=False),
        Binding("escape", "leave", N_("Close the completions; take the filter away"), show=False),
    ]

    def __init__(self, *, id: str, placeholder: str, history: History) -> None:
        super().__init__(id=id, placeholder=placeholder)
        self.history = history
        self._place: int | None = None  # in the history
        self._draft = ""
        self._recalled: str | None = None

    @property
    def head(self) -> str | None:
        """The text before the cursor, if it is being typed and may be completed."""
        return None if self.value == self._recalled else self.value[: self.cursor_position]

    def on_blur(self) -> None:
        self._place = None

    def action_up(self) -> None:
        if self.offers and self.pointed:
            super().action_up()
        else:
            self._recall(-1)

    async def action_down(self) -> None:
        if self.offers:
            await super().action_down()
        elif self._place is not None and self.value == self._recalled:
            self._recall(1)
        else:
            await self.action_submit()

    def _recall(self, step: int) -> None:
        """Shows an earlier or later filter; behind the last one what was typed."""
        if self._place is None or self.value != self._recalled:
            self._draft = self.value
            self._entries = [entry for entry in self.history.entries if entry != self.value]
            self._place = len(self._entries)
        place = self._place + step
        if 0 <= place <= len(self._entries):
            self._place = place
            text = self._entries[place] if place < len(self._entries) else self._draft
            self.offer(())
            self._recalled = self.value = text
            self.cursor_position = len(text)
