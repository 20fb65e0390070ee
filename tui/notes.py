"""An article's notes while they are edited. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.article import Note
from store.changes import Change
from store.text import clean


class Notes:
    """The texts of some notes, and of one more that may be written: the last. `place` is the one in hand."""

    def __init__(self, notes: Sequence[Note] = ()) -> None:
        self.notes = tuple(notes)
        self.texts = [*(note.text for note in self.notes), ""]
        self.place = max(0, len(self.notes) - 1)

    @property
    def text(self) -> str:
        """That of the note in hand."""
        return self.texts[self.place]

    @text.setter
    def text(self, text: str) -> None:
        self.texts[self.place] = text

    @property
    def note(self) -> Note | None:
        """The note in hand as it was; None for a new one."""
        return self.notes[self.place] if self.place < len(self.notes) else None

    def turn(self, step: int) -> None:
        """Takes another one in hand, round the end."""
        self.place = (self.place + step) % len(self.texts)

    def change(self, now: str) -> Change:
        """What was written, as a change: an emptied note goes, a new one is made `now` (UTC), an old one
        keeps its time."""
        pairs = [(note, tidy(text)) for note, text in zip(self.notes, self.texts, strict=False)]
        changed = [(note, text) for note, text in pairs if text != note.text]
        new = tidy(self.texts[-1])
        return Change(
            add_notes=(
                *(Note(text, note.made) for note, text in changed if text),
                *((Note(new, now),) if new else ()),
            ),
            drop_notes=tuple(note for note, _ in changed),
        )


def tidy(text: str) -> str:
    """A note without blanks at the ends of its lines, and without empty lines around it.

    >>> tidy(" \\nmột  \\n\\nhai\\n")
    'một\\n\\nhai'
    """
    lines = [line.rstrip() for line in clean(text).split("\n")]
    return "\n".join(lines).strip("\n").rstrip()
