"""What the status line says of a list. Pure."""

from __future__ import annotations

from tui.figures import number
from tui.i18n import ngettext
from tui.keys import named


def listed_words(lines: int, folded: int, total: int) -> list[str]:
    """How many articles are listed, of how many, and how many of them stand in the line of another one."""
    words = [f"{number(lines + folded)}/{number(total)}"]
    if folded:
        # The key that unfolds them is named here: the footer has no room for it.
        said = ngettext("{count} folded ({key})", "{count} folded ({key})", folded)
        words.append(said.format(count=number(folded), key=named("list.fold")))
    return words


def place_words(cursor: int, lines: int) -> str:
    """Which line the cursor is on, counted from 0, of how many."""
    return f"{number(cursor + 1)}/{number(lines)}"
