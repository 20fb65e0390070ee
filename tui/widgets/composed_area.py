"""Several lines to type in, where a letter and its marks are one: see `composed`."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea

from tui.widgets.composed import composed


class ComposedArea(TextArea):
    """Several lines whose text is composed."""

    def edit(self, edit: Edit) -> EditResult:
        """As in TextArea; a mark joins the letter before it."""
        (row, column), end = sorted((edit.from_location, edit.to_location))
        text = composed("", edit.text)
        if column and text and unicodedata.combining(text[0]):
            letter = self.document.get_line(row)[column - 1]
            edit = replace(
                edit, text=composed(letter, text), from_location=(row, column - 1), to_location=end
            )
        elif text != edit.text:
            edit = replace(edit, text=text)
        return super().edit(edit)
