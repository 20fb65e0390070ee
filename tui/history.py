"""The filters a reader has used, kept between sessions: one a line, the last one at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from store.text import one_line

KEPT = 200


class History:
    """Filters in the order of their last use. `path` None: they are forgotten at the end.

    What can't be read or written is no history: nobody is kept from reading by it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._entries: list[str] | None = None

    @property
    def entries(self) -> Sequence[str]:
        """The oldest first. Read when first asked for."""
        if self._entries is None:
            self._entries = self._read()
        return self._entries

    def _read(self) -> list[str]:
        if self._path is None:
            return []
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return list(dict.fromkeys(line for raw in text.split("\n") if (line := one_line(raw))))[-KEPT:]

    def add(self, used: str) -> None:
        """Remembers a filter as the last one. What another session added meanwhile stays."""
        used = one_line(used)
        if not used:
            return
        before = self._read() if self._path else list(self.entries)
        self._entries = [*(entry for entry in before if entry != used), used][-KEPT:]
        if self._path is None:
            return
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_text("\n".join(self._entries) + "\n", encoding="utf-8")
            os.replace(draft, self._path)
        except OSError:
            draft.unlink(missing_ok=True)
