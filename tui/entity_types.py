"""The types of entities in words: how they are shown, and how they may be typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.text import fold
from tui.i18n import N_, _, current

if TYPE_CHECKING:
    from store.article import EntityType

TYPE_NAMES: Mapping[EntityType, str] = {
    "person": N_("People"),
    "organization": N_("Organisations"),
    "place": N_("Places"),
    "date": N_("Dates"),
    "document": N_("Documents"),
    "event": N_("Events"),
    "quantity": N_("Quantities"),
}
"""Of a group of them."""
TYPE_WORDS: Mapping[EntityType, str] = {
    "person": N_("person"),
    "organization": N_("organisation"),
    "place": N_("place"),
    "date": N_("date"),
    "document": N_("document"),
    "event": N_("event"),
    "quantity": N_("quantity"),
}
"""Of one entity."""

_TYPED: dict[str, EntityType] = {
    "org": "organization", "organisation": "organization", "doc": "document",
    "nguoi": "person", "tochuc": "organization", "coquan": "organization", "noi": "place",
    "diadanh": "place", "ngay": "date", "ngaythang": "date", "vanban": "document", "sukien": "event",
    "solieu": "quantity",
}  # fmt: skip
_TYPED |= {name: name for name in TYPE_NAMES}
_VIETNAMESE: Mapping[EntityType, str] = {
    "person": "người", "organization": "tổ chức", "place": "nơi", "date": "ngày", "document": "văn bản",
    "event": "sự kiện", "quantity": "số liệu",
}  # fmt: skip


def type_word(type: EntityType) -> str:
    """One word for the type of an entity, in the reader's language."""
    return _(TYPE_WORDS[type])


def type_of(typed: str) -> EntityType | None:
    """The type that a word names, English or Vietnamese, with marks or without; None for none.

    >>> type_of("Tổ chức"), type_of("org"), type_of("vanban"), type_of("x")
    ('organization', 'organization', 'document', None)
    """
    return _TYPED.get("".join(fold(typed).split()))


def types_to_type() -> str:
    """All types as they may be typed, for a message."""
    vietnamese = current() == "vi"
    return ", ".join(f"{name} ({_VIETNAMESE[name]})" if vietnamese else name for name in TYPE_NAMES)
