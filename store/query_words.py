"""The words of the filter language: names of fields, states and orders, in English and Vietnamese.

Every name may be typed in any case and, the Vietnamese ones, without marks; `str(query)` writes the English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from store.text import fold, lower, mark_fold

Sort = Literal[
    "date", "-date", "added", "-added", "title", "-title",
    "source", "-source", "relevance", "-relevance", "unread", "-unread",
]  # fmt: skip
SORTS: tuple[Sort, ...] = get_args(Sort)
"""date is newest first (undated last), added is the last import first, unread is unread first, relevance
is what the headline or an entity is called before what the text says; `-` is the other way round."""

ENTITY_FIELDS = {"person": "person", "org": "organization", "place": "place", "doc": "document"}
"""Fields that look for an entity, and its type."""

TEXT_FIELDS = ("body", "title", "source", "author")
"""Where words without a field are looked for. FTS5 stores the first column cheapest: the body."""

NAME_FIELDS = (*ENTITY_FIELDS, "role")
INDEXED_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS)
WORD_FIELDS = (*INDEXED_FIELDS, "tag", "note")
WHOLE_FIELDS = frozenset({"source", "author", "tag", "role", *ENTITY_FIELDS})
VALUE_FIELDS = ("id", "same", "date", "newer", "older", "is", "has", "sort")
"""Fields whose value is one word of its own kind."""

STATES = ("unread", "read", "starred", "removed", "noted", "tagged")
PARTS = ("date", "title", "source", "author", "tag", "note", "highlight")
"""What an article may have (`has:`) or lack (`no-…`). `title`: a headline of its own."""

VIETNAMESE_FIELDS = {
    "person": "người", "org": "tổchức", "place": "nơi", "doc": "vănbản", "date": "ngày", "source": "nguồn",
    "title": "tiêuđề", "author": "tácgiả", "tag": "nhãn", "note": "ghichú", "role": "vaitrò",
    "body": "nộidung", "id": "mã", "is": "là", "has": "có", "sort": "xếp", "newer": "mớihơn",
    "older": "cũhơn", "same": "giống",
}  # fmt: skip
_STATES = {
    "unread": "chưađọc", "read": "đãđọc", "starred": "gắnsao", "removed": "đãxóa", "noted": "cóghichú",
    "tagged": "cónhãn",
}  # fmt: skip
_PARTS = {
    "date": "ngày", "title": "tiêuđề", "source": "nguồn", "author": "tácgiả", "tag": "nhãn", "note": "ghichú",
    "highlight": "đánhdấu",
}  # fmt: skip
_SORTS = {
    "date": "ngày", "added": "mớinhập", "title": "tiêuđề", "source": "nguồn", "relevance": "liênquan",
    "unread": "chưađọc",
}  # fmt: skip


def _names(english: Iterable[str], vietnamese: Mapping[str, str]) -> dict[str, str]:
    """Every form a name may be typed in → the English name."""
    found = {name: name for name in english}
    for name, word in vietnamese.items():
        found |= {fold(word): name, mark_fold(word): name}
    return found


FIELD_NAMES = _names((*WORD_FIELDS, *VALUE_FIELDS), VIETNAMESE_FIELDS)
STATE_NAMES = _names(STATES, _STATES)
PART_NAMES = _names(PARTS, _PARTS)
SORT_NAMES = _names(SORTS, _SORTS | {f"-{name}": f"-{word}" for name, word in _SORTS.items()})
NEAR_NAMES = _names(["near"], {"near": "gần"})
LACKS = _names(
    [f"no-{name}" for name in PARTS], {f"no-{name}": f"không-{word}" for name, word in _PARTS.items()}
)
"""`no-date`, `không-ngày` and so on → `no-date`."""


CHOICES: dict[str, dict[str, str]] = {
    "is": _STATES,
    "has": _PARTS,
    "sort": _SORTS | {f"-{name}": f"-{word}" for name, word in _SORTS.items()},
}
"""The values of fields that have few: English, Vietnamese."""


def known(names: Mapping[str, str], typed: str) -> str | None:
    """The English name of what was typed, or None."""
    return names.get(mark_fold(lower(typed)))
