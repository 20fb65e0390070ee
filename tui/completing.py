"""What the filter bar offers to complete, and what taking an offer makes of the text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.errors import QueryError
from store.index.known_names import Known
from store.query_places import Stem, choices, field_names, stems
from store.query_words import CHOICES
from tui.i18n import current

MOST = 8
"""Offers at a time."""


class Offer(NamedTuple):
    """`text` in the place of everything from `start` to the cursor; `name` is what is shown, with the number
    of articles if that is known."""

    name: str
    text: str
    start: int
    articles: int | None = None


def asked(text: str) -> list[Stem]:
    """What may be completed at the end of a text; nothing in one that makes no sense."""
    try:
        return stems(text)
    except QueryError:
        return []


def at_once(stem: Stem) -> list[Offer]:
    """The offers that need no index: values of is:, has: and sort:, names of fields."""
    if not stem.field:
        found = field_names(stem.typed, current() == "vi")
        return [Offer(f"{name}:", f"{name}:", stem.start) for name in found][:MOST]
    if stem.field not in CHOICES:
        return []
    found = choices(stem)
    return [Offer(name, name, stem.start) for name in found] if found != [stem.typed] else []


def named(stem: Stem, names: Sequence[Known]) -> list[Offer]:
    """The offers for names that the library knows. A whole name stands in quotes."""
    return [
        Offer(
            f"{known.alias} → {known.name}" if known.alias else known.name,
            '"' + known.name.replace('"', " ").strip() + '"',
            stem.start,
            known.count,
        )
        for known in names
    ]


def taken(text: str, cursor: int, offer: Offer) -> tuple[str, int]:
    """The text with an offer in it, and where the cursor then stands."""
    before = text[: offer.start] + offer.text
    return before + text[cursor:], len(before)
