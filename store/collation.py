"""The order of Vietnamese words: one key for titles, sources and names, wherever they are sorted.

The order is that of Unicode CLDR (collation of `vi`): the letters of the whole text first, a ă â b c d đ e ê
… o ô ơ … u ư …, and only where these are the same the tones, ngang huyền hỏi ngã sắc nặng, the first
syllable's first. Dictionaries on paper compare syllable by syllable instead; we follow CLDR because what
is sorted here are names, whose bearers should stand together whatever the tones: Hà before Hạ, but both
between Giang and Hai.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# A sign above z behind its letter: "ă" stands behind all that begins with "a", before "b".
_LETTERS = {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{"}


class _Letters(dict[int, str]):
    """The sign of the alphabet for each letter, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).lower())
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        # Marks of other languages count for nothing: "ü" stands with "u".
        self[code] = _LETTERS.get(bare) or "".join(part for part in parts if not unicodedata.combining(part))
        return self[code]


class _Tones(dict[int, str]):
    """The place of each letter's tone among the tones; "" for none."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = next((_TONES[part] for part in parts if part in _TONES), "")
        return self[code]


_letters, _tones = _Letters(), _Tones()


def sort_key(text: str) -> str:
    """A string that sorts as its text does in Vietnamese; "" where there is no letter and no digit.

    Case and signs count for nothing, numbers by their value (Quận 2 before Quận 10).

    >>> sorted(["Đà", "ăn", "Dũng", "Ân", "an", "Dung", "Dùng"], key=sort_key)
    ['an', 'ăn', 'Ân', 'Dung', 'Dùng', 'Dũng', 'Đà']
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words:
        return ""
    letters = _DIGITS.sub(_number, " ".join(words).translate(_letters))
    return letters + "\t" + "".join(word.translate(_tones)[:1] or "0" for word in words)


def _number(match: re.Match[str]) -> str:
    """Digits behind their number, so that 9 stands before 10."""
    digits = match[0].lstrip("0") or "0"
    return chr(ord("0") + min(len(digits), 40)) + digits
