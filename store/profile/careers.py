"""Offices over time: which articles speak of the same office, and where one gives way to another.

An article names someone with any number of offices, rarely with all of them, and an article about an
appointment names the old one and the new one. So offices are followed one by one: two are held together
if the older is still named some time after the newer began; else the newer one took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol

from store.profile.offices import folded, is_former, is_seat, same_office

LAG = 30
"""Days for which papers go on writing an office that was given up."""


class Sighting(Protocol):
    """What is asked of an article that names someone."""

    @property
    def id(self) -> str: ...
    @property
    def published(self) -> str | None: ...
    @property
    def roles(self) -> tuple[str, ...]: ...


class Joined(NamedTuple):
    """Offices that were first named beside the others later: on which date, in which article."""

    offices: tuple[str, ...]
    first: str | None
    article: str


@dataclass(frozen=True, slots=True)
class RoleAt:
    """Offices that consecutive articles agree on.

    `offices` in their fullest form; `first` and `last` are the ISO dates of the first and the last article
    that say so (None: undated articles, which stand apart); `articles` are their ids, oldest first, `said`
    what the first of them says, `joined` the others of the offices, seats apart; `change` marks what took
    another's place; `former` is "nguyên …".
    """

    offices: tuple[str, ...]
    first: str | None
    last: str | None
    articles: tuple[str, ...]
    said: tuple[str, ...]
    change: bool = False
    former: bool = False
    joined: tuple[Joined, ...] = ()

    @property
    def role(self) -> str:
        """The offices that were there from the first article on, and seats, as one text."""
        later = {office for joined in self.joined for office in joined.offices}
        return ", ".join(office for office in self.offices if office not in later)


def days(published: str | None) -> int | None:
    """The day of a date as a number; None for what is no date."""
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None


def timeline(sightings: Iterable[Sighting]) -> tuple[RoleAt, ...]:
    """The offices of one person: dated ones in order with their changes, then those of undated articles.

    Articles without an office, and of seats alone, break nothing.
    """
    told = [one for one in sightings if one.roles]
    dated = [(day, one) for one in told if (day := days(one.published)) is not None]
    dated.sort(key=lambda item: item[1].published or "")
    followed = _Followed([(day, _current(one.roles)) for day, one in dated])
    spans: list[_Span] = []
    for day, one in dated:
        now = _current(one.roles)
        if not spans:
            spans.append(_Span(one, now or list(one.roles), former=not now))
        elif spans[-1].takes(now, followed):
            spans[-1].put(one, now or list(one.roles))
        elif len(spans) > 1 and day <= spans[-1].day + LAG and spans[-2].says(now):
            spans[-1].put(one, [])  # some papers haven't heard of the change yet
        else:
            held = [] if spans[-1].former else spans[-1].offices
            new = [office for office in now if not any(same_office(office, old) for old in held)] or now
            beside = [
                office
                for office in now
                if office not in new
                and (is_seat(office) or any(followed.together(office, n) for n in new if not is_seat(n)))
            ]
            spans.append(_Span(one, [*new, *beside] or list(one.roles), former=not now, change=True))
    return (
        *(span.role_at() for span in spans),
        *_undated([one for one in told if days(one.published) is None]),
    )


def _current(offices: Sequence[str]) -> list[str]:
    return [office for office in offices if not is_former(office)]


class _Seen(NamedTuple):
    office: str
    first: int
    last: int


class _Followed:
    """When each office is first and last named, and which are named in one article in which order."""

    def __init__(self, articles: Sequence[tuple[int, list[str]]]) -> None:
        self._seen: list[_Seen] = []
        self._known: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], bool] = {}
        for day, offices in articles:
            numbers = [self._number(office, day) for office in offices]
            for place, one in enumerate(numbers):
                for other in numbers[place + 1 :]:
                    self._pairs.setdefault((one, other), True)

    def _number(self, office: str, day: int | None = None) -> int:
        spelt = folded(office)
        if spelt not in self._known:
            for number, seen in enumerate(self._seen):
                if same_office(seen.office, office):
                    self._known[spelt] = number
                    break
            else:
                self._known[spelt] = len(self._seen)
                self._seen.append(_Seen(office, day or 0, day or 0))
        number = self._known[spelt]
        if day is not None:
            seen = self._seen[number]
            fullest = max(seen.office, office, key=len)
            self._seen[number] = _Seen(fullest, min(seen.first, day), max(seen.last, day))
        return number

    def together(self, one: str, other: str) -> bool:
        """Whether two offices are held at once: named in one article, and neither took the other's place."""
        a, b = self._number(one), self._number(other)
        if a == b:
            return True
        if (a, b) not in self._pairs and (b, a) not in self._pairs:
            return False
        old, new = sorted((a, b), key=lambda number: (self._seen[number].first, self._seen[number].last))
        if self._seen[old].first == self._seen[new].first:
            return True  # never seen without each other at first: a list of offices
        if self._seen[old].last > self._seen[new].first + LAG:
            return True
        # A list of offices ends with the one that matters; a report of an appointment ends with the new one.
        return (old, new) not in self._pairs


class _Span:
    def __init__(
        self, one: Sighting, offices: list[str], *, former: bool = False, change: bool = False
    ) -> None:
        self.offices: list[str] = []
        self.former = former
        self.day = days(one.published) or 0
        self._change = change
        self._said = tuple(offices)
        self._articles: list[Sighting] = []
        self._since: list[Sighting] = []  # of each office, the first article that says it
        self.put(one, offices)

    def says(self, offices: list[str]) -> bool:
        """Whether all these are offices of this span, or less of them."""
        return bool(offices) and all(any(same_office(o, held) for held in self.offices) for o in offices)

    def takes(self, now: list[str], followed: _Followed) -> bool:
        """Whether an article with these present offices goes on with this span."""
        if self.former or not now:
            return self.former and not now
        if all(map(is_seat, self.offices)):
            return True
        held = [office for office in self.offices if not is_seat(office)]
        return all(
            is_seat(office) or any(same_office(office, h) or followed.together(office, h) for h in held)
            for office in now
        )

    def put(self, one: Sighting, offices: list[str]) -> None:
        self._articles.append(one)
        for office in offices:
            for place, held in enumerate(self.offices):
                if same_office(office, held):
                    self.offices[place] = max(held, office, key=len)
                    break
            else:
                self.offices.append(office)
                self._since.append(one)

    def role_at(self) -> RoleAt:
        first, last = self._articles[0], self._articles[-1]
        later: dict[str, Joined] = {}
        for office, since in zip(self.offices, self._since, strict=True):
            if since is not first and not is_seat(office):
                before = later[since.id].offices if since.id in later else ()
                later[since.id] = Joined((*before, office), since.published, since.id)
        return RoleAt(
            offices=tuple(self.offices),
            first=first.published,
            last=last.published,
            articles=tuple(one.id for one in self._articles),
            said=self._said,
            change=self._change,
            former=self.former,
            joined=tuple(sorted(later.values(), key=lambda joined: joined.first or "")),
        )


def _undated(articles: Sequence[Sighting]) -> list[RoleAt]:
    found: list[RoleAt] = []
    for one in articles:
        for place, known in enumerate(found):
            if all(any(same_office(office, held) for held in known.offices) for office in one.roles):
                found[place] = replace(known, articles=(*known.articles, one.id))
                break
        else:
            former = not _current(one.roles)
            found.append(RoleAt(one.roles, None, None, (one.id,), one.roles, former=former))
    return found
