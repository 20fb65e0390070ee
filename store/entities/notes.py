"""What the first pass notes: people with their offices, bodies, places."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.organisations import OrgAt, parent_of_unit
from store.entities.places import PlaceAt
from store.entities.pronouns import Told
from store.entities.roles import Office
from store.entities.spans import Found, Text


class Notes:
    """The finds of one text."""

    def __init__(self, text: Text, lex: Lexicon) -> None:
        self.t = text
        self.lex = lex
        self.found: list[Found] = []
        self.alone: list[tuple[int, int]] = []  # offices with nobody's name beside them
        self.told: list[Told] = []  # offices of a pronoun

    def _is_office(self, office: Office) -> bool:
        return " ".join(self.t.low[office.start : office.end]) not in _NO_OFFICE

    def _words(self, office: Office) -> str:
        return " ".join(self.t.slice(office.start, office.end).rstrip(".-–— ").split())

    def _give(self, person: Found, offices: list[Office]) -> None:
        person.roles.extend(self._words(o) for o in offices if self._is_office(o))

    def _inside(self, offices: list[Office]) -> None:
        for office in offices:
            for thing in office.inside:
                if isinstance(thing, OrgAt):
                    self._org(parent_of_unit(self.t, thing, self.lex))
                else:
                    self._place(thing)

    def _person(self, i: int, end: int, roles: list[str], why: str, title: str = "") -> Found:
        person = self.t.found("person", i, end, why, roles=roles, tag=title)
        self.found.append(person)
        return person

    def _org(self, org: OrgAt) -> None:
        t = self.t
        short = None
        if org.head_end:
            short = t.slice(org.start, org.head_end)
        elif org.bare:
            short = t.slice(org.bare, org.end)
        if org.bare and t.low[org.start] in ("báo", "tờ", "kênh", "hãng", "nhật", "tạp", "đài"):
            found = t.found("organization", org.bare, org.end, org.why)
        else:
            found = t.found("organization", org.start, org.end, org.why, short=short, weak=org.neutral)
            found.tag = "head" if org.head_end else ("bare" if org.bare else "")
        self.found.append(found)

    def _place(self, place: PlaceAt) -> None:
        t = self.t
        key = place.canonical or t.slice(place.name, place.end)
        found = t.found("place", place.start, place.end, place.why, key=key, tag=place.rank)
        if place.name > place.start:
            found.short = t.slice(place.name, place.end)
        self.found.append(found)


_NO_OFFICE = frozenset(("chiến sĩ", "cán bộ", "sinh viên", "học sinh", "thầy"))
