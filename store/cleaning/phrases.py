"""The furniture of pages: what menus, buttons, counters, forms and footers say.

The words are in phrases.txt; they match without marks and whatever the punctuation around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from store.text import fold

LONGEST = 7  # words of the longest phrase that is looked up
_EDGES = "\"'“”‘’.,:;|/\\>»«<()[]{}*•·–—_…!?#►▶▸→←↑↓@&=~`^%$"
_WORDS = re.compile(r"[^\s|/>»«<•·,;:()\[\]–—]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`phrases`: folded words → class. `openings`: folded beginnings of lines, by class."""

    phrases: dict[str, str]
    openings: dict[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    phrases: dict[str, str] = {}
    openings: dict[str, list[str]] = {"footer": [], "promo": []}
    kind = ""
    for line in (Path(__file__).parent / "phrases.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            words = fold(line)
            if kind in openings:
                openings[kind].append(words)
            else:
                phrases.setdefault(" ".join(tokens(words)), kind)
    return Vocabulary(phrases, {name: tuple(words) for name, words in openings.items()})


def tokens(folded: str) -> list[str]:
    """The words of a folded line, punctuation off; "a+" and "a-" stay."""
    words = (word.strip(_EDGES) for word in _WORDS.findall(folded))
    return [
        word.strip("-+") or word if word not in ("a-", "a+") else word for word in words if word.strip("-")
    ]


def furniture(folded: str) -> str | None:
    """The class of a short line that consists of nothing but furniture: "end", "box", "control",
    "section", "counter", "number", "sign"; or that begins as a "footer" or "promo" does. Else None."""
    words = tokens(folded)
    if not words:
        return "sign"
    known = vocabulary()
    for kind, beginnings in known.openings.items():
        if folded.startswith(beginnings):
            return kind
    seen: list[str] = []
    numbers = 0
    at = 0
    while at < len(words):
        word = words[at]
        if not any(char.isalpha() for char in word):
            numbers += 1
            at += 1
            continue
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            kind = known.phrases.get(" ".join(words[at : at + size]), "")
            if kind:
                seen.append(kind)
                at += size
                break
        else:
            return None
    if not seen:
        return "number"
    if numbers and seen == ["control"]:
        return "counter"
    return next(kind for kind in ("end", "box", "control", "section") if kind in seen)
