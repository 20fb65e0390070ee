"""Names for files, made of what an article says: such that every file system takes them."""

from __future__ import annotations

import re
import unicodedata

from store.text import fold

_STEM_BYTES = 180
"""Room for the stem in UTF-8. File systems give a name 255 bytes; a counter, the suffix and, on disks
that keep letters decomposed, every mark must fit as well."""

# Windows device names, with or without an extension; `¹²³` count as digits there.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)", re.I)
_BETWEEN_CLAUSES = re.compile(r"\s*[/\\:|]+\s+|\s+[/\\:|]+")
_INSIDE_WORDS = re.compile(r"[/\\:|]+")
_FORBIDDEN = re.compile(r'[<>"?*]')


def stem(text: str, instead: str, ascii: bool = False) -> str:
    """The name of a file, without an ending, made of a text; of `instead` if nothing is left of it.

    Vietnamese letters stay; with `ascii` it is a slug of a-z, 0-9 and hyphens. Never empty, never with a
    separator, a leading dot or dash, a trailing dot or space.
    """
    made = (_slug(text) or _slug(instead)) if ascii else (_safe(text) or _safe(instead))
    made = made or "article"
    return ("_" if _RESERVED.match(made + ".") else "") + made


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return _cut(re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-"), "-").strip("-")


def _safe(text: str) -> str:
    text = _INSIDE_WORDS.sub("-", _BETWEEN_CLAUSES.sub(" - ", text))
    text = _FORBIDDEN.sub("", text)
    # Unassigned and private code points are refused by APFS; control and format ones by good sense.
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    text = " ".join(text.split()).lstrip(".-~ ")
    return _cut(text, " ").rstrip(". -")


def _cut(text: str, joint: str) -> str:
    """At most `_STEM_BYTES` of UTF-8, cut between words if one of them ends in the last third."""
    if len(text.encode()) <= _STEM_BYTES:
        return text
    short = text.encode()[:_STEM_BYTES].decode(errors="ignore")
    at = short.rfind(joint)
    if at >= len(short) * 2 // 3:
        return short[:at]
    # Between letters then, but not between a letter and its combining mark.
    end = len(short)
    while end and unicodedata.combining(text[end]):
        end -= 1
    return short[:end]
