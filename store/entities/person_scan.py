"""People in the first pass: the name an office or a title announces, the offices behind a name."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import initials, name_after_title, syllable, vietnamese
from store.entities.org_fields import compound
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import PlaceAt, gazetteer
from store.entities.roles import Office, chain, past_age, past_bracket, past_filler
from store.entities.spans import Found, Text


class PersonScan:
    """The part of a scan that reads people, and how it notes what is found."""

    def __init__(self, text: Text, lex: Lexicon) -> None:
        self.t = text
        self.lex = lex
        self.found: list[Found] = []

    def _offices(self, i: int, offices: list[Office]) -> int:
        """Offices and the name behind them; 0 if this is no office after all."""
        t, lex = self.t, self.lex
        if len(offices) > 1 and i and t.low[i - 1] == "với" and self._words(offices[0]).lower() in _ASKING:
            offices = offices[1:]  # "trao đổi với phóng viên, Chủ tịch …": not his office
        j = offices[-1].end
        k = j
        title = lex.titles.match(t.low, j) if j < t.n else None
        if title and (title[0] < t.n):
            k = title[0]
        if k < t.n and t.word[k] == ":" and k + 1 < t.n and t.cap[k + 1]:
            k += 1
        if (
            (offices[-1].inside or j - i > 1)
            and t.word[j : j + 1] == [","]
            and (title := lex.titles.match(t.low, j + 1))
            and title[0] - j < 4
        ):
            k = title[0]  # "Giám đốc Sở Y tế, ông …"
        if k == j:
            k = j = past_filler(t, j, lex)
        end = self._name_end(k)
        if end and (k == j or title or t.word[k - 1] == ":"):
            self._inside(offices)
            roles = [self._words(o) for o in offices if self._is_office(o)]
            self._person(k, end, roles, "office before a name")
            if i and t.low[i - 1] in _SEVERAL and len(offices) == 1:
                end = self._same_office(end, roles)
            return self._after_name(end)
        if offices[0].inside or t.cap[i] or offices[0].end - i > 1:
            self._inside(offices)
            return offices[-1].end if any(o.inside for o in offices) else 0
        return 0

    def _same_office(self, end: int, roles: list[str]) -> int:
        """ "hai tiền vệ A và B", "các nghệ sĩ A, B, C": further names of one office."""
        t = self.t
        while end + 1 < t.n and (t.word[end] == "," or t.low[end] == "và"):
            more = self._name_end(end + 1)
            if more - end < 3:
                break
            self._person(end + 1, more, list(roles), "further name of one office")
            end = more
        return end

    def _is_office(self, office: Office) -> bool:
        return " ".join(self.t.low[office.start : office.end]) not in _NO_OFFICE

    def _words(self, office: Office) -> str:
        return " ".join(self.t.slice(office.start, office.end).rstrip(".").split())

    def _name_end(self, k: int) -> int:
        t, lex = self.t, self.lex
        if k >= t.n or t.taken[k] or not t.cap[k] or t.shouted:
            return 0
        end = vietnamese(t, k, lex, trusted=True)
        if end:
            return end
        place = gazetteer(t, k, lex)
        if place and not (
            place[1].ambiguous and place[0] < t.n and t.cap[place[0]] and syllable(t.word[place[0]])
        ):
            return 0
        if organisation_at(t, k, lex) and not initials(t, k):
            return 0
        if lex.titles.match(t.low, k) or lex.roles.match(t.low, k):
            return 0
        end = name_after_title(t, k, lex)
        if end == k + 1 and syllable(t.word[k]) and end < t.n and compound(t, end, "board", lex):
            return 0  # "Tư lệnh Quân khu": a word with a capital, no name
        return end

    def _titled(self, k: int) -> int:
        """A name behind ông, bà, đồng chí …; offices may stand between."""
        t, lex = self.t, self.lex
        if k >= t.n:
            return 0
        if t.word[k] == ":" and k + 1 < t.n:
            k += 1
        if t.low[k] == "nguyên" or lex.roles.match(t.low, k):
            offices = chain(t, k, lex)
            return self._offices(k, offices) if offices else 0
        second = lex.titles.match(t.low, k)
        if second and second[0] < t.n:
            k = second[0]
        if not t.cap[k] or t.taken[k] or t.shouted:
            return 0
        place = gazetteer(t, k, lex)
        if place and place[0] - k > 1 and not vietnamese(t, k, lex):
            return 0
        if (
            (lex.org_heads.match(t.low, k) or lex.orgs.match(t.low, k))
            and organisation_at(t, k, lex)
            and not vietnamese(t, k, lex)
        ):
            return 0
        end = name_after_title(t, k, lex)
        if not end or (t.low[k - 1] == "tượng" and end - k < 3 and len(t.word[k]) == 1):
            return 0
        self._person(k, end, [], "name after a form of address", title=t.low[k - 1])
        return self._after_name(end)

    def _after_name(self, end: int) -> int:
        """Offices behind a name: ", office, office", "(office)", "- office", "là office"; and further
        names of an enumeration ("ông A, B và C" is left to the capital rule)."""
        t, lex = self.t, self.lex
        n = t.n
        if end >= n:
            return end
        k = past_bracket(t, end, lex)
        if k >= n:
            return end
        sign = t.word[k]
        if sign in (",", "(", "-", "–", "—") or (
            t.low[k] in ("là", "làm") or (t.low[k] in ("hiện", "nguyên"))
        ):
            k += 1 if t.low[k] != "nguyên" else 0
            while (
                k < n
                and t.low[k]
                in ("hiện", "là", "đang", "đồng", "chí", "hiện nay", "giữ", "chức", "vụ", "người")
                and k - end < 5
                and not lex.roles.match(t.low, k)
            ):
                k += 1
            k = past_age(t, k)
            offices = chain(t, k, lex, named=True) if k < n else []
            if offices:
                last = offices[-1].end
                follows = self._name_end(last) if last < n else 0
                if follows - last > 1:  # the offices are the next person's
                    return end
                self._give(offices)
                return last
        return self._appointed(end)

    def _appointed(self, end: int) -> int:
        """ "X được bầu giữ chức Y": the office a sentence gives to the name before it."""
        t, lex = self.t, self.lex
        for k in range(end, min(end + 12, t.n - 1)):
            if t.word[k] in ".;:!?" or t.low[k] in ("ông", "bà") or (t.cap[k] and vietnamese(t, k, lex)):
                break
            if (
                t.word[k] in ("giữ", "làm", "chức", "vụ")
                and lex.roles.match(t.low, k + 1)
                and t.low[k + 1] not in ("chức",)
            ):
                if t.low[k] == "làm" and k - end > 6:
                    break
                offices = chain(t, k + 1, lex)
                if offices and not self._name_end(offices[-1].end):
                    self._give(offices)
                    return offices[-1].end
                break
        return end

    def _give(self, offices: list[Office]) -> None:
        person = self.found[-1]
        self._inside(offices)
        person.roles.extend(self._words(o) for o in offices if self._is_office(o))

    def _inside(self, offices: list[Office]) -> None:
        for office in offices:
            for thing in office.inside:
                if isinstance(thing, OrgAt):
                    self._org(thing)
                else:
                    self._place(thing)

    def _person(self, i: int, end: int, roles: list[str], why: str, title: str = "") -> None:
        self.found.append(self.t.found("person", i, end, why, roles=roles, tag=title))

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


_SEVERAL = frozenset("hai các ba bốn năm những đôi cặp cùng".split())
_ASKING = frozenset(("phóng viên", "nhà báo", "báo chí"))
_NO_OFFICE = frozenset(("chiến sĩ", "cán bộ", "sinh viên", "học sinh", "thầy"))
