"""Offices that a sentence gives to "ông", "bà", "Giáo sư": whose they are is known from who was named."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon
from store.entities.role_chains import chain
from store.entities.roles import Office
from store.entities.spans import Text

_BETWEEN = frozenset(
    "từng cũng hiện nay vẫn đang còn đồng thời lần lượt được bầu bổ nhiệm cử sau đó đã".split()
)
_IS = frozenset(("là", "làm"))
_HOLDS = frozenset((("giữ", "chức"), ("giữ", "cương"), ("đảm", "nhiệm"), ("đảm", "nhận")))
_STUDIES = (["sinh", "viên"], ["học", "sinh"], ["học", "viên"], ["nghiên", "cứu"])
PRONOUNS = frozenset("ông bà anh chị cô thầy cụ".split())
MEN, WOMEN = ("ông", "anh"), ("bà", "chị", "cô")


class Told(NamedTuple):
    """Offices that the pronoun at offset `start` of a text is said to hold."""

    block: int
    start: int
    pronoun: str
    offices: list[str]


def offices_told(t: Text, i: int, k: int, lex: Lexicon) -> list[Office]:
    """The offices that the pronoun at word `i`, whose clause goes on at `k`, is said to hold."""
    j = k
    while j < t.n and t.low[j] in _BETWEEN and j - k < 5:
        j += 1
    if j + 2 >= t.n or t.cap[j] or t.word[i] == "Anh":  # a country, too
        return []
    if (t.low[j], t.low[j + 1]) in _HOLDS:
        j += 2
        while j < t.n and t.low[j] in ("chức", "vụ", "vị", "trách", "trí") and not lex.roles.match(t.low, j):
            j += 1
    elif t.low[j] in _IS:
        j += 1
    else:
        return []
    if t.low[j : j + 2] in _STUDIES:
        return []
    before = t.word[:i]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2
    return chain(t, j, lex, named=True) if j < t.n and not quoted else []
