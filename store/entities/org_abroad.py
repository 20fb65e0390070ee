"""Firms and bodies of other countries: names that say so themselves, names behind a country, what a body of
the United Nations is for."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import firm_abroad, syllable, vietnamese
from store.entities.org_fields import fields_end
from store.entities.places import gazetteer
from store.entities.spans import Text

_WORLDWIDE = frozenset("hợp lhq tế giới".split())  # of "Liên hợp quốc", "quốc tế", "Thế giới"


def firm_at(t: Text, i: int, lex: Lexicon) -> int:
    """The end of a firm's name from abroad with its country: "Mirae Asset Việt Nam"; or 0."""
    end = firm_abroad(t, i)
    country = gazetteer(t, end, lex) if 0 < end < t.n else None
    return country[0] if country and country[1].canonical == "Việt Nam" else end


def name_behind_country(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether a country and behind it a name stand at `j`; a firm may begin with the country as well."""
    country = gazetteer(t, j, lex) if j < t.n else None
    if not country or country[1].rank != "world" or country[0] >= t.n or not t.cap[country[0]]:
        return False
    end = country[0]
    named = bool(lex.orgs.match(t.low, end)) or (t.word[end].isalpha() and not syllable(t.word[end]))
    return named and not firm_abroad(t, j)


def task_end(t: Text, i: int, end: int, lex: Lexicon) -> int:
    """The end of the field in capitals behind "về": "Văn phòng … về Ma túy và Tội phạm"; or 0."""
    j = end + 1
    if not t.cap[j]:
        if _WORLDWIDE.isdisjoint(t.low[i:end]):
            return 0
        for k in range(j, min(j + 10, t.n)):
            if t.word[k] == "(" and k - j > 1 and t.bracket(k):
                return k  # "Văn phòng … về chống ma túy và tội phạm (UNODC)"
            if not (t.word[k].isalpha() or t.word[k] == ","):
                break
        return 0
    if t.taken[j] or gazetteer(t, j, lex) or vietnamese(t, j, lex):
        return 0
    if lex.org_heads.match(t.low, j) or lex.orgs.match(t.low, j) or lex.roles.match(t.low, j):
        return 0
    end = fields_end(t, j, lex, "board", before_name=False)
    return end if end - j > 1 else 0


_NO_LIST = frozenset("của trong tại cho với đã sẽ được từ để".split())


def as_far_as_country(t: Text, j: int, lex: Lexicon) -> int:
    """The end of "… các quốc gia Đông Nam Á", "… phát triển điện ảnh Việt Nam" behind a body's name so
    far, or 0: small words up to a country or a part of the world."""
    every = j < t.n and t.low[j] == "các"
    k = j + every
    while k < t.n and k - j < 7 and not t.cap[k] and t.word[k].isalpha():
        if lex.verbs.match(t.low, k) or t.low[k] in (_NO_LIST if every else lex.stop):
            return 0
        place = gazetteer(t, k, lex)
        if place:
            return place[0] if every and place[1].rank in ("world", "region") else 0
        k += 1
    place = gazetteer(t, k, lex) if k < t.n and k - j > 1 else None
    if not place or place[1].rank not in ("world", "region"):
        return 0
    return place[0] if every or place[1].canonical == "Việt Nam" else 0
