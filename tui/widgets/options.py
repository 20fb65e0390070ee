"""A list of options that survives keys pressed fast."""

from __future__ import annotations

from contextlib import suppress

from textual.widgets import OptionList


class Options(OptionList):
    """Textual's list, where a page key pressed before new options were laid out does nothing (it fails)."""

    def action_page_down(self) -> None:
        """Moves the cursor down a page."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        """Moves the cursor up a page."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call]
