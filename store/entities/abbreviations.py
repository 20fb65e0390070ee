"""Abbreviations that an article defines: "Ban Thường vụ (BTV)", "cán bộ (CB)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BRACKET = re.compile(r"\(([A-ZĐƯÂÊÔƠ][A-ZĐƯÂÊÔƠa-z0-9&\-]{1,11})\)")
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_BACK = 160


def find_abbreviations(texts: Sequence[str]) -> dict[str, str]:
    """Short form → the words it stands for, as first defined.

    A bracket counts if its letters are the initials of the words right before it, in order; words may
    be skipped at the start only ("và", "của" inside may be).
    """
    known: dict[str, str] = {}
    for text in texts:
        for match in _BRACKET.finditer(text):
            short = match[1]
            if short in known or sum(map(str.isupper, short)) < 2:
                continue
            window = text[max(0, match.start() - _LOOK_BACK) : match.start()]
            cut = max(window.rfind(sign) for sign in ".;:!?()“”\n") + 1
            words = [(m.start() + cut, m[0]) for m in _WORD.finditer(window[cut:])]
            start = _begins(words, short)
            if start is not None:
                known[short] = " ".join(window[start:].split())
    return known


def _begins(words: list[tuple[int, str]], short: str) -> int | None:
    """Where the words begin whose initials spell `short`, from the right; None if they don't."""
    letters = [c.lower() for c in short if c.isalpha()]
    position = len(letters) - 1
    skipped = 0
    for start, word in reversed(words):
        initial = word[0].lower()
        if initial == letters[position]:
            position -= 1
            if position < 0:
                return start
        elif word in ("và", "của", "các", "về", "phần", "thành", "viên"):
            skipped += 1
        else:
            return None
        if skipped > 3:
            return None
    return None
