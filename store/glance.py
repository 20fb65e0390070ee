"""A library of which only the index is opened, for what the index alone can answer.

To open a library takes as long as all the rest of `bandoc list`: its files, corrections and rules are made
ready to be read and written. An index that reflects every file, as their last bytes tell, needs none of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.errors import LibraryError
from store.index.answers import Answers, IndexDamaged
from store.questions import Questions
from store.tails import LIBRARY, Tails, cut_off, read_tail, sealed_seq

if TYPE_CHECKING:
    from store.library import Library

T = TypeVar("T")


class Glance(Questions):
    """The answers of an index; those of the library that `otherwise` opens, if the index turns out to be
    damaged."""

    def __init__(self, index: Answers, otherwise: Callable[[], Library]) -> None:
        self._index = index
        self._otherwise = otherwise
        self._library: Library | None = None

    def _ask(self, question: Callable[[Answers], T]) -> T:
        if self._library is None:
            try:
                return question(self._index)
            except IndexDamaged:
                self._index.close()
                self._library = self._otherwise()
        return self._library._ask(question)

    def close(self) -> None:
        """Let go of the index; the library that was opened is for its opener to close."""
        self._index.close()


def glance(folder: Path, otherwise: Callable[[], Library]) -> Glance | None:
    """The library in a folder, for questions; None where its index is not up to date, or the folder not to be
    written: then open the library, which heals what there is to heal, or says what is wrong."""
    path = folder / "index.sqlite"
    if not path.exists() or not os.access(folder, os.W_OK | os.X_OK) or cut_off(folder):
        return None
    index = Answers(path)
    try:
        index.check()
        if index.seqs() == _last_writes(folder):
            return Glance(index, otherwise)
    except (OSError, sqlite3.Error, LibraryError):
        pass
    index.close()
    return None


def _last_writes(folder: Path) -> dict[int, tuple[int | None, int | None]]:
    seqs = Tails(folder).seqs()
    seqs[LIBRARY] = sealed_seq(read_tail(folder / "library.json")[1]), 0
    return seqs
