"""People of one name: whether articles plainly speak of different ones, which, and by what one can tell.

Conservative: who changes the office, the province or the trade over the years is one person. Two people
are seen only where one could not be both, and where no companion joins them. First what belongs together
becomes a *career*; then careers that exclude each other are given to different people; the rest goes to
whom it has most in common with, or stays untold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple

from store.index.entities import Company, Naming, base_key
from store.profile.careers import days
from store.profile.offices import is_former, is_national, is_seat, localities, trade
from store.text import fold

OVERLAP = 60
"""Days that two offices must run side by side: papers write old offices for a while."""
BORN = 3
"""Years by which ages may differ in articles about one person."""
NEAR = 365
"""Days within which a trade excludes another."""

_CAREERS = 200  # compared with each other; what is beyond is placed by what it has in common

ReasonCode = Literal["hand", "article", "born", "sex", "trade", "place", "accused"]


class Reason(NamedTuple):
    """Why two people: `one` and `other` are years, names of places, sexes ("m", "f"), or trades (see
    offices.TRADES; "accused"). For "article", one article names both: its id is `one`; "hand" is a
    correction."""

    code: ReasonCode
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two or more people with their articles, the most named first; the reasons; what is not told apart."""

    people: tuple[tuple[Naming, ...], ...]
    reasons: tuple[Reason, ...]
    untold: tuple[Naming, ...]


_EXCLUDE = {frozenset(pair) for pair in (("sport", "office"), ("sport", "arts"), ("work", "office"),
                                         ("learner", "office"), ("work", "arts"))}  # fmt: skip
_PUBLIC = {"sport", "arts", "office"}


@dataclass(eq=False)
class _Career:
    """Articles that belong together, and what they tell."""

    namings: list[Naming] = field(default_factory=list)
    born: list[int] = field(default_factory=list)
    sexes: set[str] = field(default_factory=set)
    accused: list[int] = field(default_factory=list)
    trades: dict[str, list[int]] = field(default_factory=dict)
    places: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    """(level, name) of an office's locality → the days on which it was named."""
    company: set[int] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    """Folded names of the places and bodies that the articles name."""
    sources: set[str] = field(default_factory=set)

    @property
    def plain(self) -> bool:
        """Whether nothing but a sex is told."""
        return not (self.trades or self.places or self.born or self.accused)

    def take(self, other: _Career) -> None:
        self.namings += other.namings
        self.born += other.born
        self.sexes |= other.sexes
        self.accused += other.accused
        for name, found in other.trades.items():
            self.trades.setdefault(name, []).extend(found)
        for place, found in other.places.items():
            self.places.setdefault(place, []).extend(found)
        self.company |= other.company
        self.around |= other.around
        self.sources |= other.sources


def tell_apart(namings: Sequence[Naming], company: Company) -> Apart | None:
    """The people these articles speak of; None when they may all be one."""
    rows = Counter(naming.row for naming in namings)
    by_hand: dict[str, list[Naming]] = {}
    others: list[Naming] = []
    for naming in namings:
        # A second of the name in an article that has no first: only a correction says that.
        if "#" in naming.key and rows[naming.row] == 1:
            by_hand.setdefault(naming.key, []).append(naming)
        else:
            others.append(naming)
    apart = _by_what_is_told(others, company) if others else None
    people = apart.people if apart else (tuple(others),) if others else ()
    people += tuple(map(tuple, by_hand.values()))
    if not by_hand or len(people) < 2:
        return apart
    reasons, untold = (apart.reasons, apart.untold) if apart else ((), ())
    return Apart(people, (Reason("hand"), *reasons), untold)


def _by_what_is_told(namings: Sequence[Naming], company: Company) -> Apart | None:
    rows = Counter(naming.row for naming in namings)
    careers = _careers(namings, company)
    seeds: list[_Career] = []
    rest: list[_Career] = []
    by_sex: dict[str, _Career] = {}
    for career in careers:
        if not career.plain or any(rows[naming.row] > 1 for naming in career.namings):
            seeds.append(career)
        elif len(career.sexes) == 1:  # of the others, men and women are people too
            by_sex.setdefault(min(career.sexes), _Career()).take(career)
        else:
            rest.append(career)
    seeds += by_sex.values()
    seeds.sort(key=lambda career: (-len(career.namings), career.namings[0].row))
    rest += seeds[_CAREERS:]
    conflicts = {
        (a, b): reason
        for (a, one), (b, other) in combinations(enumerate(seeds[:_CAREERS]), 2)
        if (reason := _conflict(one, other))
    }
    if not conflicts:
        return None
    people, placed = _people(seeds, conflicts)
    rest += [career for number, career in enumerate(seeds[:_CAREERS]) if number not in placed]
    whose = [(career, _best(career, people)) for career in rest]
    for career, person in whose:
        if person is not None:
            person.take(career)
    untold = [naming for career, person in whose if person is None for naming in career.namings]
    people.sort(key=lambda person: (-len(person.namings), person.namings[0].row))
    place = {naming: number for number, naming in enumerate(namings)}

    def ordered(members: Iterable[Naming]) -> tuple[Naming, ...]:
        return tuple(sorted(members, key=place.__getitem__))

    between = (reason for (a, b), reason in conflicts.items() if a in placed and b in placed)
    reasons = tuple(dict.fromkeys(between))
    return Apart(tuple(ordered(person.namings) for person in people), reasons, ordered(untold))


def _people(
    seeds: Sequence[_Career], conflicts: Mapping[tuple[int, int], Reason]
) -> tuple[list[_Career], set[int]]:
    """Careers given to people so that no two of one person exclude each other; the numbers of those given.

    What excludes nobody, or may as well be one as the other, is left: it is placed by what it has in common.
    """
    given: set[int] = set()
    groups: list[list[int]] = []
    numbers = sorted({number for pair in conflicts for number in pair})  # the largest first

    def free(number: int) -> list[list[int]]:
        return [
            group for group in groups if not any((min(number, m), max(number, m)) in conflicts for m in group)
        ]

    for number in numbers:  # those who exclude each other one and all are as many people
        if not free(number):
            groups.append([number])
            given.add(number)
    for number in numbers:
        if number in given:
            continue
        choice = free(number)
        scores = [_common(seeds[number], _joined([seeds[m] for m in group])) for group in choice]
        if not choice:
            groups.append([number])
        elif len(choice) == 1 or _is_clear(scores):
            choice[scores.index(max(scores))].append(number)
        else:
            continue
        given.add(number)
    return [_joined([seeds[number] for number in group]) for group in groups], given


def _is_clear(scores: Sequence[float]) -> bool:
    """Whether one of two or more is clearly the highest."""
    *_, second, first = sorted(scores)
    return first >= 1 and first >= 1.5 * second


def _joined(careers: Iterable[_Career]) -> _Career:
    joined = _Career()
    for career in careers:
        joined.take(career)
    return joined


def _best(career: _Career, people: Sequence[_Career]) -> _Career | None:
    """The person whom a career has clearly the most in common with."""
    possible = [person for person in people if not _conflict(career, person)]
    scores = [_common(career, person) for person in possible]
    if len(possible) > 1 and not _is_clear(scores):
        return None
    return possible[scores.index(max(scores))] if possible else None


def _common(one: _Career, other: _Career) -> float:
    """What two careers have in common: localities and trades of offices, companions, places, papers."""
    return (
        3 * len(one.places.keys() & other.places.keys())
        + 2 * len(one.trades.keys() & other.trades.keys())
        + len(one.company & other.company)
        + 2 * bool(one.accused and other.accused)
        + 0.5 * bool(one.sources & other.sources)
    )


# -- careers -------------------------------------------------------------------------------------


@dataclass
class _Beside:
    """Whom and what the articles name: the numbers of bodies and places, of what counts as company, of whom
    mostly these articles name."""

    of: Mapping[int, frozenset[int]]
    spots: dict[int, str]
    company: frozenset[int]
    theirs: frozenset[int]

    @classmethod
    def made(cls, namings: Sequence[Naming], company: Company) -> _Beside:
        rows = {naming.row for naming in namings}
        own = Counter(number for row in rows for number in company.of[row])
        themselves = base_key(namings[0].key) if namings else ""
        others = {n: facet for n, facet in company.entities.items() if base_key(facet.key) != themselves}
        return cls(
            of=company.of,
            spots={n: fold(f.name) for n, f in others.items() if f.type in ("place", "organization")},
            company=frozenset(n for n, facet in others.items() if facet.type != "document"),
            theirs=frozenset(
                n
                for n, facet in others.items()
                if facet.type in ("person", "organization") and 1 < own[n] >= facet.count / 2
            ),
        )


def _careers(namings: Sequence[Naming], company: Company) -> list[_Career]:
    """What surely belongs together: one office, one companion of theirs, one year of birth at one place."""
    rows = Counter(naming.row for naming in namings)
    beside = _Beside.made(namings, company)
    group_of = list(range(len(namings)))
    groups = {number: [number] for number in group_of}
    articles = {number: {naming.row} for number, naming in enumerate(namings)}
    ties: dict[object, list[int]] = {}
    for number, naming in enumerate(namings):
        for tie in _ties(naming, beside, twice=rows[naming.row] > 1):
            for other in ties.setdefault(tie, []):
                small, large = group_of[number], group_of[other]
                if len(groups[small]) > len(groups[large]):
                    small, large = large, small
                if small == large:
                    break
                # An article that names two of this name keeps them apart, whatever ties them.
                if articles[small].isdisjoint(articles[large]):
                    for member in groups[small]:
                        group_of[member] = large
                    groups[large] += groups.pop(small)
                    articles[large] |= articles.pop(small)
                    break
            else:
                ties[tie].append(number)
    return [_joined(_career(namings[number], beside) for number in members) for members in groups.values()]


def _ties(naming: Naming, beside: _Beside, *, twice: bool) -> Iterable[object]:
    for office in naming.roles:
        if localities(office) or is_national(office):
            yield " ".join(fold(office).split()).removeprefix("nguyen ").removeprefix("cuu ")
    here = beside.of[naming.row]
    if naming.traits.born is not None:  # at one place, in one matter: years alone are too common
        yield from ((naming.traits.born, number) for number in here if number in beside.spots)
    if not twice:
        yield from here & beside.theirs


def _career(naming: Naming, beside: _Beside) -> _Career:
    found = _Career([naming], sexes={naming.traits.sex} - {""})
    day = days(naming.published)
    when = [] if day is None else [day]
    if naming.traits.born is not None:
        found.born.append(naming.traits.born)
    if naming.traits.accused and when:
        found.accused += when
    for office in naming.roles:
        former = is_former(office)
        if (name := trade(office)) is not None:
            found.trades.setdefault(name, []).extend([] if former else when)
        # A firm may lie anywhere, and a member of parliament stand for a province that is not theirs.
        for place in localities(office) if name == "office" and not is_seat(office) else ():
            found.places.setdefault(place, []).extend([] if former else when)
    here = beside.of[naming.row]
    found.company |= here & beside.company
    found.around.update(beside.spots[number] for number in here if number in beside.spots)
    if naming.source:
        found.sources.add(naming.source)
    return found


# -- what excludes what --------------------------------------------------------------------------


def _conflict(one: _Career, other: _Career) -> Reason | None:
    """Why two careers can't be one person's; None if they can."""
    both = {naming.row for naming in one.namings} & {naming.row for naming in other.namings}
    if both:
        article = next(naming.id for naming in one.namings if naming.row in both)
        return Reason("article", article)
    if one.born and other.born and _gap(one.born, other.born) > BORN:
        return Reason("born", str(min(one.born)), str(min(other.born)))
    if len(one.sexes) == len(other.sexes) == 1 and one.sexes != other.sexes:
        return Reason("sex", *one.sexes, *other.sexes)
    return _trades_conflict(one, other) or _places_conflict(one, other) or _accused(one, other)


def _gap(one: Sequence[int], other: Sequence[int]) -> int:
    return max(0, min(other) - max(one), min(one) - max(other))


def _trades_conflict(one: _Career, other: _Career) -> Reason | None:
    if one.trades.keys() & other.trades.keys():
        return None
    for name, when in one.trades.items():
        for further, then in other.trades.items():
            if frozenset((name, further)) in _EXCLUDE and when and then and _gap(when, then) <= NEAR:
                return Reason("trade", name, further)
    return None


def _places_conflict(one: _Career, other: _Career) -> Reason | None:
    if one.places.keys() & other.places.keys():
        return None
    for (level, name), when in one.places.items():
        for (further, there), then in other.places.items():
            if level == further and when and then and _side_by_side(when, then):
                return Reason("place", name, there)
    return None


def _side_by_side(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether each was named well after the other had begun."""
    return min(one) + OVERLAP <= max(other) and min(other) + OVERLAP <= max(one)


def _accused(one: _Career, other: _Career) -> Reason | None:
    """An accused without any office, and someone whose office the papers would have told."""
    if other.accused and not one.accused:
        one, other = other, one
    if not one.accused or other.accused or one.trades or one.places:
        return None
    trades = [name for name in other.trades if name in _PUBLIC]
    if not trades:
        return None
    seen = [day for name in trades for day in other.trades[name]]
    later = bool(seen) and max(seen) > max(one.accused) + OVERLAP
    elsewhere = bool(other.places and one.around) and not any(
        fold(name) in around for _, name in other.places for around in one.around
    )
    apart = later or elsewhere or "office" not in trades
    return Reason("accused", "accused", trades[0]) if apart else None
