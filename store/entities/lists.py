"""Places in a row: further names under one noun, neighbours of a known place, the parts of an address."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.places import PlaceAt, gazetteer
from store.entities.spans import Text

_MANY = frozenset("các hai ba bốn năm sáu bảy nhiều những tuyến trục cả".split())
_TOWARDS = frozenset("ở tại từ đến tới qua về ngụ trú quê như gồm là và với sang tỉnh thành".split())
LIVES = frozenset("ngụ trú quê".split())
"""Behind these words a name in capitals is a place, whatever else it might be."""


def further_places(t: Text, i: int, place: PlaceAt, lex: Lexicon) -> list[PlaceAt]:
    """The places that a list goes on with behind `place`, which was read from word `i` on."""
    if not (place.end < t.n and (t.word[place.end] == "," or t.low[place.end] == "và")):
        return []
    many = t.low[i] == "các" or bool(_MANY.intersection(t.low[max(0, i - 3) : i]))
    if many and place.name > i:
        return _under_one_noun(t, place, lex)
    if place.rank in ("province", "district", "world") and i and t.low[i - 1] in _TOWARDS:
        return _neighbours(t, place, lex)
    return []


def first_of_countries(t: Text, place: PlaceAt, lex: Lexicon) -> bool:
    """Whether a country whose name is a common word opens a sentence and a list: "Đức, Italia và …"."""
    if place.rank != "world" or t.word[place.end : place.end + 1] != [","]:
        return False
    other = gazetteer(t, place.end + 1, lex)
    return bool(other and other[1].rank == "world" and not other[1].ambiguous)


def _under_one_noun(t: Text, place: PlaceAt, lex: Lexicon) -> list[PlaceAt]:
    """ "các huyện A, B và C": whatever its capitals say, each is a place."""
    more: list[PlaceAt] = []
    end = place.end
    while end + 1 < t.n and t.low[end] in (",", "và") and t.cap[end + 1] and t.word[end + 1].isalpha():
        j = end + 1
        if lex.org_heads.match(t.low, j) or lex.roles.match(t.low, j):
            break
        hit = gazetteer(t, j, lex)
        end = hit[0] if hit else _capitals(t, j, 4)
        canonical, rank = (hit[1].canonical, hit[1].rank) if hit else (None, "head")
        more.append(PlaceAt(j, end, j, canonical, rank, "further name under one noun"))
    return more


def _neighbours(t: Text, place: PlaceAt, lex: Lexicon) -> list[PlaceAt]:
    """ "ở A, B và C" when A is known: unknown names of two syllables beside it, up to the first item
    that may be something else."""
    more: list[PlaceAt] = []
    waiting: list[PlaceAt] = []
    end = place.end
    while end + 1 < t.n and (t.word[end] == "," or t.low[end] == "và") and t.cap[end + 1]:
        j = end + 1
        hit = gazetteer(t, j, lex)
        if hit:
            if hit[1].ambiguous and not (place.rank == hit[1].rank == "province"):
                return more
            end = hit[0]
            more += [*waiting, PlaceAt(j, end, j, hit[1].canonical, hit[1].rank, "gazetteer")]
            waiting = []
            continue
        end = _capitals(t, j, 3)
        if not _may_be_place(t, j, end, lex, abroad=place.rank == "world"):
            return more
        waiting.append(PlaceAt(j, end, j, None, "head", "name beside a known place"))
        last = t.low[j - 1] == "và"
        closed = end == t.n or t.word[end] in ".;)(" or t.low[end] in ("đã", "đang", "sẽ", "bị", "có", "để")
        if last and closed:
            return more + waiting
    return more


def abroad_in_a_row(t: Text, end: int, lex: Lexicon) -> list[PlaceAt]:
    """The names from abroad that a list goes on with behind one at `end`, which stood behind "ở" or
    "tại", if "và" closes it: "ở Basel, Lugano *và Lausanne*"."""
    more: list[PlaceAt] = []
    while end + 1 < t.n and (t.word[end] == "," or t.low[end] == "và") and t.cap[end + 1] and len(more) < 9:
        j, closes = end + 1, t.low[end] == "và"
        hit = gazetteer(t, j, lex)
        end = hit[0] if hit else _capitals(t, j, 3)
        known = lex.orgs.match(t.low, j) or lex.org_heads.match(t.low, j) or t.low[j] in lex.foreign
        plain = all(word[1:].islower() and not syllable(word) for word in t.word[j:end])
        if not hit and (known or not plain or end - j > 2):
            return []
        canonical, rank = (hit[1].canonical, hit[1].rank) if hit else (None, "head")
        more.append(PlaceAt(j, end, j, canonical, rank, "name beside one behind ở or tại"))
        if closes:
            return more
    return []


def _capitals(t: Text, j: int, most: int) -> int:
    k = j + 1
    while k < t.n and t.cap[k] and k - j < most and t.word[k].isalpha():
        k += 1
    return k


def _may_be_place(t: Text, j: int, end: int, lex: Lexicon, *, abroad: bool) -> bool:
    """Whether the capitals [j:end) look like a place and like nothing else that is known."""
    if end - j != 2 or (end < t.n and t.cap[end]) or not all(map(syllable, t.word[j:end])):
        return abroad and _town_abroad(t, j, end, lex)
    if any(word.isupper() for word in t.word[j:end]) or vietnamese(t, j, lex):
        return False
    known = (lex.org_heads, lex.orgs, lex.roles, lex.titles)
    return not any(phrases.match(t.low, j) for phrases in known)


def _town_abroad(t: Text, j: int, end: int, lex: Lexicon) -> bool:
    """Whether one or two words that are not Vietnamese may be a town, beside one that is known."""
    plain = all(word[1:].islower() and not syllable(word) for word in t.word[j:end])
    known = (lex.org_heads, lex.orgs, lex.roles, lex.titles)
    alone = end == t.n or not (t.cap[end] or lex.verbs.match(t.low, end))
    return (
        end - j < 3
        and plain
        and alone
        and t.low[j] not in lex.foreign
        and not any(p.match(t.low, j) for p in known)
    )


def address(t: Text, i: int, lex: Lexicon) -> PlaceAt | None:
    """The village or commune at `i` behind "ngụ", "trú" or "quê": "ngụ Hùng Sơn, Hiệp Hòa"."""
    end = _capitals(t, i, 4)
    if end - i < 2 or not all(map(syllable, t.word[i:end])) or lex.org_heads.match(t.low, i):
        return None
    return PlaceAt(i, end, i, None, "head", "name behind “ngụ” or “quê”")


_KINDS = frozenset("tỉnh huyện xã thôn phường quận buôn ấp xóm đường phố đảo nước".split())
_STREETS = frozenset(("đường", "phố"))
_SEVERAL = _MANY | {"từng", "vài", "số", "tuyến", "con", "hàng"}


def examples(t: Text, i: int, lex: Lexicon) -> list[PlaceAt]:
    """The places that "như" gives as examples of several of a kind, from word `i` on: "từng thôn như Choản
    Thèn, Lao Chải", "các tuyến đường như Nguyễn Trãi, Trường Chinh"; not "cán bộ xã như Nguyễn Văn A"."""
    for k in range(i - 2, max(0, i - 6), -1):
        if t.word[k] in ",.;:)":
            return []
        if t.low[k] in _KINDS and t.low[k - 1] in _SEVERAL:
            break
    else:
        return []
    street = t.low[k] in _STREETS
    named: list[PlaceAt] = []
    j = i
    while j < t.n and t.cap[j] and t.word[j].isalpha() and len(named) < 12:
        known = lex.roles.match(t.low, j) or lex.titles.match(t.low, j) or lex.orgs.match(t.low, j)
        if known or (not street and lex.org_heads.match(t.low, j)):
            break
        hit = gazetteer(t, j, lex)
        end = hit[0] if hit else _capitals(t, j, 4)
        canonical, rank = (hit[1].canonical, hit[1].rank) if hit else (None, "head")
        named.append(PlaceAt(j, end, j, canonical, rank, "example behind “như”"))
        j = end + 1
        if end >= t.n or not (t.word[end] == "," or t.low[end] == "và"):
            break
    return named


def house_number(t: Text, i: int, lex: Lexicon) -> int:
    """The end of the street whose house number stands before word `i`: "số 5 Trần Thánh Tông", "61 Trần
    Thúc Nhẫn, TP Huế"; or 0."""
    k = i - 1
    while k > 1 and t.word[k - 1] == "/" and t.word[k - 2].isdigit():
        k -= 2  # "36/5"
    before = t.low[k - 1] if k else ""
    end = _capitals(t, i, 4)
    for part in range(i, end):
        if part > i and (lex.org_heads.match(t.low, part) or lex.roles.match(t.low, part)):
            end = part
            break
    if end - i < 2 or not all(map(syllable, t.word[i:end])) or t.word[i].isupper():
        return 0
    if before in ("số", "nhà", "ngõ", "hẻm", "kiệt", "ngách"):
        return end
    place = gazetteer(t, i, lex)
    opens = k == 0 or t.word[k - 1] in ",.;:(-–" or before in ("tại", "ở", "về", "chỉ")
    if (
        not opens
        or (place and place[1].rank != "district")
        or t.word[end : end + 1] != [","]
        or end + 1 >= t.n
    ):
        return 0
    seat = lex.place_heads.match(t.low, end + 1) or gazetteer(t, end + 1, lex)
    return end if seat and not lex.orgs.match(t.low, i) else 0
