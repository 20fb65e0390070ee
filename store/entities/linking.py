"""The second pass: the forms of one name become one entity; what stood open is judged again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from store.article import TITLE, Entity, EntityType, Mention
from store.entities.grouping import (
    Group,
    group_bodies,
    group_by_key,
    group_dates,
    group_documents,
    group_places,
)
from store.entities.lexicon import Lexicon
from store.entities.localities import supply_places
from store.entities.names import syllable
from store.entities.people import group_people, join_offices
from store.entities.pronouns import MEN, WOMEN, Told
from store.entities.scan import Scan
from store.entities.spans import Found, fold_name
from store.entities.teams import is_match_report, is_medal_report, teams
from store.text import mark_fold


def link(
    found: Sequence[Found],
    scans: Sequence[Scan],
    abbreviations: Mapping[str, str],
    lex: Lexicon,
    source: str | None = None,
) -> tuple[Entity, ...]:
    """The entities of an article in the order of their first mention."""
    of: dict[EntityType, list[Found]] = {}
    for find in found:
        of.setdefault(find.type, []).append(find)
    known = {word for find in of.get("person", []) for word in find.text.split()}
    for scan in scans:
        for i, j in scan.theo:
            if known.isdisjoint(scan.t.word[i:j]):
                of.setdefault("organization", []).append(
                    scan.t.found("organization", i, j, "source behind “theo”")
                )
    _places_after_all(of)
    _firms_after_all(of)
    bodies = group_bodies(of.get("organization", []), scans, abbreviations, lex)
    places = group_places(of.get("place", []), bodies)
    sport = is_match_report(scans)
    medals = is_medal_report(scans)
    if sport or medals:
        teams(places, bodies, scans, medals=medals)
    supply_places(bodies, places, source, lex)
    people = group_people(of.get("person", []), scans, [*bodies, *places], lex, sport=sport)
    groups = [
        *people,
        *bodies,
        *places,
        *group_dates(of.get("date", [])),
        *group_documents(of.get("document", [])),
        *group_by_key(of.get("event", [])),
        *group_by_key(of.get("quantity", [])),
    ]
    _shouted(groups, scans)
    _give_told([told for scan in scans for told in scan.told], people)
    for group in people:
        group.offices = join_offices(group.finds)
    _by_office(people, scans)
    return tuple(_entities(groups))


def _by_office(people: Sequence[Group], scans: Sequence[Scan]) -> None:
    """Offices that stand alone, and that one person of the article holds, are that person: "Trưởng Ban Tổ
    chức Trung ương nhấn mạnh …". Only those that name their body: a "giám đốc" may be anybody's."""
    holders: dict[str, set[int]] = {}
    for number, group in enumerate(people):
        for office in group.offices:
            holders.setdefault(fold_name(office), set()).add(number)
    for scan in scans:
        for i, j in scan.alone:
            start, end = scan.t.start[i], scan.t.end[j - 1]
            held = holders.get(fold_name(scan.t.raw[start:end]), set())
            if len(held) == 1:
                people[min(held)].by_office.append((scan.t.block, start, end))


def _give_told(told: Sequence[Told], people: Sequence[Group]) -> None:
    """Give the offices to the one person named before them in their paragraph, or, where it names nobody
    before, to the one person the headline names; to nobody where more come into question."""
    named = sorted(
        ((find.block, find.start, number) for number, group in enumerate(people) for find in group.finds)
    )
    in_title = {number for block, _, number in named if block == TITLE}
    for one in told:
        before = {number for block, start, number in named if block == one.block and start < one.start}
        whose = before or in_title
        if len(whose) != 1:
            continue
        group = people[min(whose)]
        other = WOMEN if one.pronoun in MEN else MEN if one.pronoun in WOMEN else ()
        if any(find.tag in other for find in group.finds):
            continue
        _last_before(group, one).roles.extend(one.offices)


def _last_before(group: Group, told: Told) -> Found:
    """The last mention before the offices, in the headline or the text."""
    return max(
        (find for find in group.finds if (find.block, find.start) < (told.block, told.start)),
        key=lambda find: (find.block, find.start),
    )


def _places_after_all(of: dict[EntityType, list[Found]]) -> None:
    """Move bare "names" that the article elsewhere writes with a noun of place: "xã Thạch Ngàn"."""
    nouns = {fold_name(f.short): f for f in of.get("place", []) if f.short}
    further = {fold_name(f.text): f for f in of.get("place", []) if f.why == "further name under one noun"}
    nouns = further | nouns
    people = of.get("person", [])
    bare: list[Found] = []
    sure: set[str] = set()
    for find in people:
        if find.why in _BARE or find.tag in ("dân", "gồm") or _of_a_commune(find):
            bare.append(find)
        else:
            sure.add(fold_name(find.text))
    for find in bare:
        key = fold_name(find.text)
        if key in nouns and key not in sure:
            find.type, find.roles, find.why = "place", [], "known place without its noun"
            find.key, find.tag = nouns[key].key, nouns[key].tag
    moved = [find for find in people if find.type == "place"]
    if moved:
        of["place"] += moved
        of["person"] = [find for find in people if find.type == "person"]


def _firms_after_all(of: dict[EntityType, list[Found]]) -> None:
    """Move one foreign word behind the office of a firm's head that the article elsewhere names as the firm:
    "hãng Quibla", "CEO Quibla nói"."""
    named = [find.text.split() for find in of.get("organization", [])]
    firms = {parts[1] for parts in named if len(parts) == 2 and not syllable(parts[1])}
    people = of.get("person", [])
    for find in people if firms else []:
        if find.text in firms and find.roles and fold_name(find.roles[-1]) in _FIRMS_HEADS:
            find.type, find.roles, find.why = "organization", [], "known name without its noun"
            of["organization"].append(find)
    of["person"] = [find for find in people if find.type == "person"]


_FIRMS_HEADS = frozenset("ceo,cto,cfo,coo,founder,giám đốc,tổng giám đốc,chủ tịch".split(","))


def _of_a_commune(find: Found) -> bool:
    """Whether the office before a name ends in a noun of place: it may go on over the "name"."""
    return bool(find.roles) and find.roles[-1].split()[-1] in ("xã", "phường", "huyện", "quận", "bản", "thôn")


_BARE = ("family name and given name", "name of a highland people")


def _shouted(groups: Sequence[Group], scans: Sequence[Scan]) -> None:
    """In texts all in capitals the rules for capitals say nothing: look for names known from elsewhere."""
    for scan in scans:
        if not scan.t.shouted:
            continue
        folded = mark_fold(scan.t.raw)
        for group in groups[:200]:
            if group.type not in ("person", "organization", "place"):
                continue
            if any(find.block == scan.t.block for find in group.finds):
                continue
            wanted = fold_name(group.name())
            at = folded.find(wanted) if len(wanted) > 4 else -1
            end = at + len(wanted)
            if at >= 0 and not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum():
                why = "known name in capitals"
                group.finds.append(Found(group.type, scan.t.block, at, end, scan.t.raw[at:end], why))


def _position(find: Found) -> tuple[int, int, int]:
    return find.block, find.start, find.end


def _places(group: Group) -> Iterable[tuple[int, int, int]]:
    named = dict.fromkeys([_position(find) for find in group.finds])
    if not group.by_office:
        return named
    taken = sorted(named)
    starts = [at[:2] for at in taken]
    free = []
    for block, start, end in group.by_office:
        before = bisect_left(starts, (block, end))  # names don't overlap: the last one before decides
        if not before or taken[before - 1][0] != block or taken[before - 1][2] <= start:
            free.append((block, start, end))
    return sorted([*taken, *dict.fromkeys(free)])


def _entities(groups: Iterable[Group]) -> Iterable[Entity]:
    taken: dict[str, int] = {}
    for group in groups:
        if len(group.finds) > 1:
            group.finds.sort(key=_position)
    for group in sorted(groups, key=lambda g: _position(g.finds[0])):
        name = group.name()
        key = f"{group.type}:{group.key or fold_name(name)}"
        count = taken[key] = taken.get(key, 0) + 1
        finds = group.finds
        forms = dict.fromkeys([f.text for f in finds])
        forms.update(dict.fromkeys(group.more_names()))
        forms.pop(name, None)
        value = None
        for find in finds:
            if find.value and (value is None or value.supplied > find.supplied):
                value = find
        basis = None if value is None else "supplied" if value.supplied else "stated"
        yield Entity(
            type=group.type,
            key=key if count == 1 else f"{key}#{count}",
            name=name,
            roles=group.offices,
            aliases=tuple(forms),
            value=value.value if value else None,
            value_basis=basis,  # type: ignore[arg-type]
            why=next((f.why for f in finds if f.text == name), finds[0].why),
            # sorted already: a place found twice stands side by side
            mentions=tuple([Mention(*at) for at in _places(group)]),
        )
