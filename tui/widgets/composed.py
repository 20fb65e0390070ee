"""A line to type in, where a letter and its marks are one, however they arrive.

Some input methods, and text copied on macOS, send a letter and its marks one after the other (NFD). What is
typed is composed (NFC) as it comes; marks that no letter takes stay beside theirs when the cursor moves.
"""

from __future__ import annotations

import unicodedata

from textual.widgets import Input


def composed(before: str, text: str) -> str:
    """What stands before the cursor and what is put behind it, as whole letters."""
    return unicodedata.normalize("NFC", before + text)


def _joined(text: str, place: int) -> bool:
    """Whether a place is inside of a letter: between it and a mark of its."""
    return 0 < place < len(text) and unicodedata.combining(text[place]) != 0


class ComposedInput(Input):
    """A line whose value is composed and whose cursor moves by letters."""

    def replace(self, text: str, start: int, end: int) -> None:
        """As in Input; a letter and the marks that come after it are one letter."""
        start, end = sorted((max(0, start), max(0, end)))
        before = composed(self.value[:start], text)
        self.value = before + self.value[end:]
        self.cursor_position = len(before)

    def action_cursor_left(self, select: bool = False) -> None:
        """Moves the cursor a letter to the left."""
        super().action_cursor_left(select)
        while _joined(self.value, self.cursor_position):
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Moves the cursor a letter to the right."""
        super().action_cursor_right(select)
        while _joined(self.value, self.cursor_position):
            super().action_cursor_right(select)

    def action_delete_left(self) -> None:
        """Deletes the letter before the cursor with all its marks."""
        start = self.cursor_position - 1
        while _joined(self.value, start):
            start -= 1
        if self.selection.is_empty:
            self.delete(start, self.cursor_position)
        else:
            super().action_delete_left()

    def action_delete_right(self) -> None:
        """Deletes the letter behind the cursor with all its marks."""
        end = self.cursor_position + 1
        while _joined(self.value, end):
            end += 1
        if self.selection.is_empty:
            self.delete(self.cursor_position, end)
        else:
            super().action_delete_right()
