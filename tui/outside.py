"""Programs that bandoc hands something to: the reader's editor."""

from __future__ import annotations

import os
import shlex


def editor() -> list[str]:
    """The reader's editor with its arguments: VISUAL, else EDITOR, else vi. Raises ValueError for a quote
    without its twin."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "") or ["vi"]
