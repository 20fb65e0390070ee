"""Choosing a theme: the one under the cursor is shown at once."""

from __future__ import annotations

from textual.widgets import OptionList

from tui.config import THEMES
from tui.i18n import N_, _
from tui.screens.dialogs import Choice

_WORDS = {
    "textual-dark": N_("dark (usual)"),
    "textual-light": N_("light"),
    "paper": N_("paper: light and warm"),
    "high-contrast": N_("high contrast"),
    "mono": N_("no colours"),
}


class ThemeChoice(Choice):
    """Asks for a theme; until it is answered the screen wears the one under the cursor."""

    def __init__(self, present: str) -> None:
        names = [*_WORDS, *(name for name in THEMES if name not in _WORDS)]
        super().__init__(
            _("Theme"), [(name, _(_WORDS[name]) if name in _WORDS else name) for name in names], present
        )

    @property
    def hint(self) -> str:
        return _("Enter keeps it, Esc goes back")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id:
            self.app.theme = event.option.id
