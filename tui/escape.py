"""Esc and a key typed right behind it, told apart from Alt with that key.

A terminal sends the same for both: the escape character, then the key. Textual waits a tenth of a second for
what may follow an Esc, and takes what does for Alt: over a slow line, or typed in a breath, `Esc j` is one
key that does nothing, of `Esc /` the Esc is lost. Where nothing answers to Alt with that key, it was Esc.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key

ALT = "alt+"


WORDS = {"f": "ctrl+right", "b": "ctrl+left"}
"""Behind an escape character: what some terminals send for Alt with an arrow, to go by words."""


class Parser(XTermParser):
    """Textual's, which says Alt behind an escape character whatever the key, not only with letters."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if sequence in ANSI_SEQUENCES_KEYS and len(sequence) == 2 and sequence[1].isprintable():
            sequence, alt = sequence[1], True
        for event in super()._sequence_to_key_events(sequence, alt):
            lost = alt and not event.key.startswith(ALT)
            yield Key(ALT + event.key, event.character or sequence) if lost else event


def use() -> None:
    """Has the driver read keys so. Textual asks for no parser: its own is put aside by name."""
    from textual.drivers import linux_driver

    linux_driver.XTermParser = Parser  # type: ignore[attr-defined]


def is_both(event: Key) -> bool:
    """Whether this may be Alt with a key, or Esc and then the key. A terminal that tells one from the other
    gives no character with Alt."""
    return event.key.startswith(ALT) and event.character is not None


def apart(event: Key, bound: Collection[str], typing: bool) -> list[Key]:
    """Esc and the key behind it, in place of an Alt that nothing of what is `bound` answers to; `typing`: in
    a line to type in, where Alt with an arrow goes by words."""
    name = event.key.removeprefix(ALT)
    if event.key in bound or event.character is None:
        return [event]
    if typing and name in WORDS:
        return [Key(WORDS[name], None)]
    if name.startswith("shift+") and event.character.isupper():
        name = event.character
    return [Key("escape", "\x1b"), Key(name, event.character)]
