"""How the screen was left, so that it can be found so again: plain values by name, in one small file for
each library."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

FORMAT = 1
LARGEST = 100_000
"""Bytes; a larger file was not written by bandoc."""

T = TypeVar("T")


def session_file(folder: Path, library: Path) -> Path:
    """Where the session of a library is kept, in the folder for states."""
    named = hashlib.sha256(os.fsencode(os.path.realpath(library))).hexdigest()[:16]
    return folder / "sessions" / f"{named}.json"


class Kept:
    """Values that outlive the process. `path` None: they don't.

    What can't be read, is damaged or of a newer bandoc counts as nothing; a newer file is not written over.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values = self._read()
        self._saved = dict(self._values)

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            with open(self._path, "rb") as file:
                found = json.loads(file.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict) or not isinstance(form := found.pop("format", None), int):
            return {}
        if form > FORMAT:
            self._path = None
            return {}
        return found

    def get(self, name: str, default: T, allowed: Container[T] | None = None) -> T:
        """The value kept under a name; the default if there is none of its type, or none of those allowed."""
        value = self._values.get(name, default)
        if type(value) is not type(default) or (allowed is not None and value not in allowed):
            return default
        return value

    def set(self, name: str, value: object) -> None:
        """Keeps a value that JSON can hold; `save` writes it."""
        self._values[name] = value

    def save(self) -> None:
        """Writes what has changed. Nobody is kept from reading by a disk that is full."""
        if self._path is None or self._values == self._saved:
            return
        text = json.dumps({"format": FORMAT, **self._values}, ensure_ascii=False, indent=1)
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_text(text + "\n", encoding="utf-8", errors="replace")
            os.replace(draft, self._path)
        except (OSError, ValueError):
            with suppress(OSError):
                draft.unlink()
            return
        self._saved = json.loads(text)
        del self._saved["format"]
