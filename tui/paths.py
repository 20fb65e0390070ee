"""Paths as a reader types or pastes them, and as the disk has them; completed as a shell does. No widget."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from store.text import fold, has_marks, mark_fold, one_line

MOST = 200
"""Names offered of one folder."""


class Offered(NamedTuple):
    """Names that go on from what is typed, whole paths as they would be typed; `more` were left out."""

    paths: Sequence[str]
    more: int = 0


class Paths:
    """Completes paths and remembers which of them are called otherwise on the disk: names may hold line ends,
    escape sequences, letters in pieces or bytes that are no text, and none of these can be typed or shown."""

    def __init__(self) -> None:
        self._real: dict[str, str] = {}
        self._listed: tuple[str, list[tuple[str, str, bool]]] = ("", [])

    def real(self, typed: str) -> str:
        """The path on the disk: `~` is the home folder; blanks around it are left off unless there is such a
        path."""
        for path in dict.fromkeys((typed, typed.strip())):
            if os.path.lexists(found := self._on_disk(path)):
                return found
        return self._on_disk(typed.strip())

    def _on_disk(self, typed: str) -> str:
        begun = max((shown for shown in self._real if _begins(typed, shown)), key=len, default="")
        return os.path.expanduser(self._real.get(begun, "") + typed[len(begun) :])

    def offers(self, typed: str) -> Offered:
        """What may be meant by the end of a path; hidden names only behind a dot, folders with a `/`."""
        stem = typed.rpartition("/")[2]
        folder = typed[: len(typed) - len(stem)]
        if stem == ".." or (not folder and stem.startswith("~") and os.path.isdir(self._on_disk(stem))):
            return Offered([f"{typed}/"])
        alike: Callable[[str], str] = mark_fold if has_marks(stem) else fold
        begun = alike(stem)
        found = [
            folder + shown + "/" * is_folder
            for shown, _name, is_folder in self._names(folder)
            if alike(shown).startswith(begun) and (stem or not shown.startswith("."))
            if stem.startswith(".") or not shown.startswith(".")
        ]
        found[:0] = [f"{typed}/"] * (stem == ".")
        return Offered(found[:MOST], max(0, len(found) - MOST))

    def completed(self, typed: str) -> str:
        """What is typed with all that the offers have in common; as it is if that is no more."""
        offered = self.offers(typed)
        if offered.more:
            return typed
        letters = takewhile(lambda column: len(set(column)) == 1, zip(*offered.paths, strict=False))
        common = "".join(column[0] for column in letters)
        return common if fold(common).startswith(fold(typed)) else typed

    def _names(self, folder: str) -> list[tuple[str, str, bool]]:
        """What a folder holds, as (shown, name, whether it is a folder), in the order of the alphabet."""
        at = self._on_disk(folder) or "."
        if self._listed[0] != at:
            self._listed = at, self._read(at, folder)
        return self._listed[1]

    def _read(self, at: str, folder: str) -> list[tuple[str, str, bool]]:
        try:
            with os.scandir(at) as entries:
                names = [(entry.name, _is_folder(entry)) for entry in entries]
        except (OSError, ValueError):
            return []
        taken = {name for name, _ in names}
        found = []
        for name, is_folder in names:
            shown = one_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
            if shown != name or name.startswith("~"):
                if shown.startswith(".") and not name.startswith("."):
                    shown = "?" + shown  # nobody would look for it behind a dot
                while not shown or shown in {".", ".."} or (shown != name and shown in taken):
                    shown += "?"
                taken.add(shown)
                self._real[folder + shown + "/" * is_folder] = os.path.join(at, name) + "/" * is_folder
            found.append((shown, name, is_folder))
        return sorted(found, key=lambda one: (fold(one[0]), one[0]))


def _begins(typed: str, shown: str) -> bool:
    return typed.startswith(shown) if shown.endswith("/") else typed == shown


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def pasted_paths(text: str) -> list[str]:
    """The paths that a pasted text consists of: one a line, or several on a line as a shell would take them;
    `file:` addresses too. None at all if any part of it is no file or folder that is there."""
    found: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if (path := _there(line)) is not None:
            found.append(path)
            continue
        try:
            words = [_there(word) for word in shlex.split(line)] if len(line) < 100_000 else [None]
        except ValueError:  # a quote that is not closed
            return []
        if not words or None in words:
            return []
        found += [word for word in words if word is not None]
    return found


def _there(word: str) -> str | None:
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    path = os.path.expanduser(word)
    return path if len(path) < 4096 and "\0" not in path and os.path.lexists(path) else None
