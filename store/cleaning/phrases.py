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
    """`phrases`: folded words → class. `openings`: folded beginnings of lines, by class; "form" is sure."""

    phrases: dict[str, str]
    firsts: frozenset[str]  # their first words
    openings: dict[str, tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    phrases: dict[str, str] = {}
    openings: dict[str, list[str]] = {"footer": [], "promo": [], "form": []}
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
    firsts = frozenset(phrase.partition(" ")[0] for phrase in phrases)
    return Vocabulary(phrases, firsts, {name: tuple(words) for name, words in openings.items()})


def tokens(folded: str) -> list[str]:
    """The words of a folded line, punctuation off; "a+" and "a-" stay."""
    words = (word.strip(_EDGES) for word in _WORDS.findall(folded))
    return [
        word.strip("-+") or word if word not in ("a-", "a+") else word for word in words if word.strip("-")
    ]


_SIGNS = tuple(":©®>►▶»")
_INVITES = re.compile(
    r"(?<!\w)(?:gui|xem them|xem tai|theo doi|dang ky|tai ve|tai app|tai ung dung|bam vao|nhan vao|click"
    r"|lien he|dat mua|dat bao|truy cap|don doc|don xem|chia se|nhap noi dung|nhap ma)(?!\w)"
)


def _opening(folded: str, known: Vocabulary) -> str | None:
    """The class of what a line begins with. A sentence may begin with the same words: then a sign, or an
    invitation to do something, has to show that it is none."""
    for kind, beginnings in known.openings.items():
        if not folded.startswith(beginnings):
            continue
        if kind == "form":  # no sentence of an article begins so
            return "control"
        words = max((b for b in beginnings if folded.startswith(b)), key=len)
        if words.rstrip().endswith(_SIGNS):
            return kind
        after = folded[len(words) :].lstrip()
        if after[:1] in (":", "|", "-", "–", "©", "") or after[:1].isdigit():
            return kind
        if kind == "footer" and not folded.endswith((".", ";", ",", "…")) and len(folded) <= 120:
            return kind
        if kind == "promo" and _INVITES.search(folded):
            return kind
    return None


def opening(folded: str) -> str | None:
    """The class, "footer" or "promo", of what a line begins with, or None."""
    return _opening(folded, vocabulary())


def furniture(folded: str) -> str | None:
    """The class of a short line that consists of nothing but furniture: "end", "box", "control",
    "section", "counter", "number", "sign"; or that begins as a "footer" or "promo" does. Else None."""
    known = vocabulary()
    if (
        (head := _WORDS.search(folded))
        and (first := head[0].strip(_EDGES + "-+"))
        and first.isalpha()
        and first not in known.firsts
    ):
        return _opening(folded, known)  # most lines: no phrase begins so
    words = tokens(folded)
    if not words:
        return "sign"
    if len(words) <= LONGEST and known.phrases.get(" ".join(words)) in ("box", "end"):
        return known.phrases[" ".join(words)]  # "Xem thêm:" with nothing after it heads a list
    if kind := _opening(folded, known):
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
