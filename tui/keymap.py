"""Keys by the reader's choice: what the configuration says of them, checked against the table of keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui.i18n import _
from tui.keys import KEYS, NAMES, Key, key_name

ACTIONS: dict[str, Key] = {key.id: key for key in KEYS}

WAYS_OUT = ("quit", "quit.now", "step.back", "help", "palette", "select.leave", "entity.leave", "card.leave")
"""Actions that can't be left without a key: else one could not leave, or not find out how."""

_BY_NAME = {shown.casefold(): name for name, shown in NAMES.items() if len(shown) > 1}
_BY_SIGN = {shown: name for name, shown in NAMES.items() if len(shown) == 1}
_MODIFIERS = ("ctrl", "shift", "alt")
_CLAIMED = "ctrl+c"
"""Always leaves the program, whatever the configuration says."""


def textual_key(written: str) -> str | None:
    """A key as people write it (`Ctrl-f`, `PgDn`, `?`), or as Textual does, in Textual's name; None if there
    is no such key.

    >>> textual_key("Ctrl-f"), textual_key("?"), textual_key("F3"), textual_key("Hyper-x")
    ('ctrl+f', 'question_mark', 'f3', None)
    """
    *modifiers, last = re.split(r"(?<=[^-+])[-+](?=.)", written)
    modifiers = [modifier.casefold() for modifier in modifiers]
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) < len(modifiers):
        return None
    if len(last) == 1:
        # A letter with Ctrl is the same with Shift or without; a sign is its name.
        name = _BY_SIGN.get(last) or (last.lower() if modifiers else last if last.isalnum() else "")
    else:
        folded = last.casefold()
        name = _BY_NAME.get(folded) or (
            folded if folded in NAMES or re.fullmatch(r"f([1-9]|1\d|2[0-4])", folded) else ""
        )
    if not name or (modifiers == ["shift"] and len(name) == 1):
        return None
    return "+".join([*sorted(modifiers, key=_MODIFIERS.index), name])


def keymap(wanted: Mapping[str, Any], complain: Callable[[str, str], None]) -> dict[str, str]:
    """The keys of the actions that have other ones than in the table: id → Textual's names, with commas.

    `wanted` maps ids to a list of keys, or to a string with blanks between them. What is wrong is told as
    `complain(id, what)`, and that action keeps its keys.
    """
    taken: dict[str, str] = {}
    for id, value in wanted.items():
        if id not in ACTIONS:
            complain(id, _("{id} is no action of bandoc").format(id=id))
            continue
        try:
            taken[id] = ",".join(_keys(id, value))
        except ValueError as error:
            complain(id, str(error))
    while clash := _clash(taken):
        id, words = clash
        complain(id, words)
        del taken[id]  # its own keys come back, and may be in the way of another
    return taken


def _keys(id: str, value: Any) -> list[str]:
    written = value.split() if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
        raise ValueError(_("{id}: keys stand in quotes, or in a list").format(id=id))
    found = []
    for one in written:
        name = textual_key(one)
        if name is None:
            raise ValueError(_("{id}: there is no key {key}").format(id=id, key=one))
        if name == _CLAIMED and id != "quit.now":
            raise ValueError(_("{id}: {key} always quits").format(id=id, key=key_name(name)))
        found.append(name)
    if not found and id in WAYS_OUT:
        raise ValueError(_("{id} needs a key: it is a way out").format(id=id))
    return list(dict.fromkeys(found))


def _together(one: Key, other: Key) -> bool:
    """Whether both actions answer in the same place. Pages of their own have the keys they want."""
    if one.where == other.where:
        return True
    return "screen" in (one.where, other.where) and not {"select", "entity"} & {one.where, other.where}


def _clash(taken: Mapping[str, str]) -> tuple[str, str] | None:
    """An action that was given the key of another one, and the words for it."""
    owners: dict[str, list[Key]] = {}
    for key in KEYS:
        for name in filter(None, taken.get(key.id, key.keys).split(",")):
            owners.setdefault(name, []).append(key)
    for name, keys in owners.items():
        for id in (key.id for key in reversed(keys) if key.id in taken):
            for other in keys:
                if other.id != id and _together(ACTIONS[id], other) and name not in _own(id, other):
                    words = _("{id}: {key} belongs to {other} ({label})").format(
                        id=id, key=key_name(name), other=other.id, label=_(other.label)
                    )
                    return id, words
    return None


def _own(id: str, other: Key) -> set[str]:
    """Keys that two actions share in the table itself: what the widget does goes first there."""
    return set(ACTIONS[id].keys.split(",")) & set(other.keys.split(","))


def written(id: str, keymap: Mapping[str, str]) -> Sequence[str]:
    """The keys of an action, as people write them."""
    return [key_name(name) for name in keymap.get(id, ACTIONS[id].keys).split(",") if name]
