"""Which town or province a body without its place belongs to: "Ban Tổ chức Thành ủy" in the news of Hải
Phòng is that city's. The name stays as it is written; the full one becomes value and key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from store.entities.grouping import CENTRAL, Group, body_key, noun_of
from store.entities.lexicon import Lexicon
from store.entities.spans import fold_name, words

_ENDS_IN = re.compile(
    r"(?<!\w)(?P<committee>tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn)$"
    r"|(?<!\w)(?P<noun>tỉnh|thành phố|tp|thị xã|huyện|quận|phường|xã)$"
)
_NAMED = re.compile(r"(?<!\w)(tỉnh|thành phố|tp|thị xã|huyện|quận|phường|xã)\.? ?(\S.*)$")
_LAST_WORDS = frozenset("ủy uỷ đoàn tỉnh phố tp xã huyện quận phường".split())
_NOUNS = {"thành": "thành phố", "tp": "thành phố", "thị": "thị xã"}
_ENOUGH = 3  # how often a province is named at least, when no source says whose paper this is


def supply_places(bodies: Sequence[Group], places: Sequence[Group], source: str | None, lex: Lexicon) -> None:
    """Give each body that lacks its place the one that is clear from source and text, in place."""
    lacking = [(body, noun) for body in bodies if (noun := _lacks(body, lex))]
    if not lacking:
        return
    province = _province(bodies, places, source, lex)
    units = _units(bodies, places)
    for body, noun in lacking:
        name = body.name()
        if noun == "sở":
            home = province
        elif noun == "tỉnh":
            home = province if province and fold_name(province) not in CENTRAL else None
        elif noun == "thành phố" and province and fold_name(province) in CENTRAL:
            home = province
        else:
            named = units.get(noun, {})
            home = next(iter(named.values())) if len(named) == 1 else None
        if home:
            full = f"{name} {home}"
            body.key = body_key(full, {}, lex)
            for find in body.finds:
                find.value, find.supplied = full, True


def _lacks(body: Group, lex: Lexicon) -> str:
    """The noun of the place that a body's name leaves open ("tỉnh", "thành phố"; "sở": a province), or ""."""
    written = body.finds[0].text.split()
    if written[-1].lower() not in _LAST_WORDS and written[0] not in ("Sở", "sở"):
        return ""  # most bodies: looked at no further
    name = fold_name(body.name())
    match = _ENDS_IN.search(name)
    if match:
        noun = match["committee"] or match["noun"]
        return _NOUNS.get(noun, noun)
    parts = words(name)
    if parts[:1] != ["sở"] or parts[1:3] == ["giao", "dịch"]:
        return ""
    return "" if any(lex.places.match(parts, i) for i in range(1, len(parts))) else "sở"


def _province(
    bodies: Sequence[Group], places: Sequence[Group], source: str | None, lex: Lexicon
) -> str | None:
    """The province or central city that an article is from: its source names it, or the text does
    at least twice as often as any other."""
    for name in _provinces_in(source or "", lex):
        return name
    votes: Counter[str] = Counter()
    for place in places:
        if place.finds[0].tag == "province":
            votes[place.finds[0].key] += len(place.finds)
    for body in bodies:
        for name in _provinces_in(body.name(), lex):
            votes[name] += 2
    (first, most), (_, next_most) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _ENOUGH and most >= 2 * next_most else None


def _provinces_in(text: str, lex: Lexicon) -> list[str]:
    parts = words(fold_name(text))
    hits = [hit for i in range(len(parts)) if (hit := lex.places.match(parts, i))]
    return [place.canonical for _, place in hits if place.rank == "province"]


def _units(bodies: Sequence[Group], places: Sequence[Group]) -> Mapping[str, dict[str, str]]:
    """The towns and districts an article names with their noun: noun → folded name → name."""
    units: dict[str, dict[str, str]] = {}
    for place in places:
        for find in place.finds:
            if find.short and (noun := noun_of(find)):
                units.setdefault(noun, {})[fold_name(find.short)] = find.short
    for body in bodies:
        text = body.name()
        if match := _NAMED.search(fold_name(text)):
            name = text[match.start(2) :]  # folding keeps offsets
            if name[:1].isupper():
                units.setdefault(_NOUNS.get(match[1], match[1]), {})[fold_name(name)] = name
    return units
