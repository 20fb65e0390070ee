"""People in the first pass: the name an office or a title announces."""

from __future__ import annotations

from store.entities.behind_names import BehindNames
from store.entities.names import THINGS, firm_abroad, lone, name_after_title, syllable, vietnamese
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import PlaceAt, gazetteer
from store.entities.pronouns import PRONOUNS, Told, offices_told
from store.entities.role_chains import (
    bridge,
    chain,
    past_filler,
    widened,
    with_bracket,
)
from store.entities.roles import DEGREES, Office
from store.entities.spans import Text


class PersonScan(BehindNames):
    """The part of a scan that reads people."""

    def _offices(self, i: int, offices: list[Office]) -> int:
        """Offices and the name behind them; 0 if this is no office after all."""
        t, lex = self.t, self.lex
        if (
            len(offices) > 1
            and i
            and t.low[i - 1] in ("với", "lời", "cùng")
            and self._words(offices[0]).lower().startswith(_ASKING)
        ):
            offices = offices[1:]  # "trao đổi với phóng viên, Chủ tịch …": not his office
        if len(offices) > 1 and i and t.low[i - 1] == "mặt" and t.low[i] == "thường":
            offices = offices[1:]  # "thay mặt Thường trực Tỉnh ủy, Phó Bí thư …"
        if len(offices) > 1 and i > 1 and t.low[i - 1] == "của" and t.low[i - 2] in _BEHALF:
            offices = offices[1:]  # "thừa ủy quyền của Chủ tịch UBND tỉnh, Giám đốc Sở …"
        others = _of_another_country(t, offices)
        if others:
            self._inside(offices[:others])
            offices = offices[others:]
        if i and t.low[i - 1] == "diện" and self._words(offices[0]).lower() in _OWNERS:
            return 0  # "đại diện nhà đầu tư, ông …"
        if end := self._one_each(i, offices):
            return end
        j = offices[-1].end
        k, announced = self._to_the_name(i, j, offices)
        end = self._name_end(k, offices[-1])
        if end and k == j and t.low[k] in THINGS and end - k > 2:
            offices[-1] = widened(t, offices[-1], k + 1, lex)  # "Chủ tịch Bulgaria Air Kamen Tsvetkov"
            k = j = k + 1
        if end == k + 1 and k == j and self._is_firm(offices[-1], k):
            offices[-1] = Office(
                offices[-1].start, end, (*offices[-1].inside, OrgAt(k, end, 0, False, "body of an office"))
            )
            j = end
            k = j + (t.word[j : j + 1] in (["-"], ["–"]))
            end, announced = self._name_end(k), True
        full = vietnamese(t, end, lex) or (end and lone(t, end)) if end and not announced else 0
        if full and not syllable(t.word[k]):
            if end == k + 1 and _OFFICERS.isdisjoint(t.low[offices[-1].start : k]):
                end = full  # "Đạo diễn Victor Vũ …"
            else:
                body = OrgAt(k, end, 0, False, "body of an office")  # "Nhà sáng lập Saola Voice Thạch …"
                offices[-1] = Office(offices[-1].start, end, (*offices[-1].inside, body))
                k, end, announced = end, full, True
        if not end and not announced:
            end, k, announced = self._bridged(offices)
        if end and (k == j or announced):
            self._inside(offices)
            roles = [self._words(o) for o in offices if self._is_office(o)]
            person = self._person(k, end, list(roles), "office before a name")
            after = self._after_name(person, end)
            if self._of_several(i, k):
                after = self._same_office(after, roles)
            return after
        if offices[0].inside or t.cap[i] or offices[0].end - i > 1:
            self._inside(offices)
            self.alone += [(o.start, o.end) for o in offices if o.inside]
            return offices[-1].end if any(o.inside for o in offices) else 0
        return 0

    def _is_firm(self, office: Office, k: int) -> bool:
        """Whether one foreign word behind an office is its firm, not a name: "CEO Looma, …"."""
        t = self.t
        if _OFFICERS.isdisjoint(t.low[office.start : office.end]) or office.inside or syllable(t.word[k]):
            return False
        if t.low[k] in self.lex.foreign or "-" in t.word[k]:
            return False
        return k + 1 >= t.n or t.word[k + 1] in ",.;()-–" or t.cap[k + 1]

    def _bridged(self, offices: list[Office]) -> tuple[int, int, bool]:
        """(end, begin, True) of a name behind words that no list knows, which the last office gets."""
        t, lex = self.t, self.lex
        if len(offices) > 1 and offices[-1].end - offices[-1].start == 1:
            return 0, 0, False
        close, k = bridge(t, offices[-1].end, lex)
        if not k:
            return 0, 0, False
        more = chain(t, k, lex) if k == close + 1 else []
        if more:
            k = self._to_the_name(more[0].start, more[-1].end, more)[0]
        end = self._name_end(k, more[-1] if more else None)
        if end:
            offices[-1:] = [widened(t, offices[-1], close, lex), *more]
        return end, k, bool(end)

    def _to_the_name(self, i: int, j: int, offices: list[Office]) -> tuple[int, bool]:
        """(where the name begins behind offices that end at `j`, whether something announces it)."""
        t, lex = self.t, self.lex
        if j >= t.n:
            return j, False
        title = lex.titles.match(t.low, j)
        if title and title[0] < t.n:
            return title[0] + (t.word[title[0]] == ":"), True
        if t.word[j] == ":" and j + 1 < t.n:
            announced = None if t.cap[j + 1] else lex.titles.match(t.low, j + 1)
            if t.cap[j + 1] or announced:
                return announced[0] if announced else j + 1, True  # "Cán bộ phụ trách: ông …"
        large = bool(offices[-1].inside) or j - i > 1
        given = i > 0 and t.low[i - 1] in ("chức", "vụ", "danh")
        if (
            t.word[j] == ","
            and large
            and not given
            and (title := lex.titles.match(t.low, j + 1))
            and title[0] - j < 4
        ):
            return title[0], True  # "Giám đốc Sở Y tế, ông …"
        handed = given and t.low[j] in ("cho", "với", "đối")
        j += handed and t.low[j] == "đối"
        if (t.low[j] == "là" and large) or handed:  # "Chủ tọa phiên tòa là thẩm phán …", "là ông …"
            more = chain(t, j + 1, lex) if j + 1 < t.n else []
            if more and self._name_end(more[-1].end) - more[-1].end > 1:
                offices += more
                return more[-1].end, True
            title = lex.titles.match(t.low, j + 1)
            k = title[0] if title else j + 1
            if k < t.n and (title or vietnamese(t, k, lex) - k > 1):
                return k, True
        bracketed = with_bracket(t, offices[-1], lex)
        if bracketed.end > j and vietnamese(t, bracketed.end, lex):
            offices[-1] = bracketed  # "Vụ trưởng Vụ A (Bộ B) Nguyễn …"
            return bracketed.end, True
        k = past_filler(t, j, lex)
        return k, k > j

    def _of_several(self, i: int, k: int) -> bool:
        """Whether the office at `i` is several people's: "hai tiền vệ …", "các đồng chí Phó Chủ tịch: …"."""
        t = self.t
        if t.word[k - 1] == ":" or (i and t.low[i - 1] in _SEVERAL):
            return True
        return i > 2 and t.low[i - 2 : i] == ["đồng", "chí"] and t.low[i - 3] == "các"

    def _one_each(self, i: int, offices: list[Office]) -> int:
        """ "ba Phó Giám đốc gồm BSCKII A và ThS B", "hai trợ lý là các ông A, B": each has the office and
        the degree or rank of his own; 0 if no such list follows."""
        t, lex = self.t, self.lex
        if not i or t.low[i - 1] not in _COUNTED or self._words(offices[-1]).lower() in _CLASSES:
            return 0
        k = offices[-1].end
        while k < t.n and t.low[k] in ("sẽ", "bao", "đều") and k - offices[-1].end < 2:
            k += 1
        if t.low[k : k + 1] not in (["gồm"], ["là"]):
            return 0
        roles = [self._words(office) for office in offices if self._is_office(office)]
        done, k = 0, k + 1 + (t.word[k + 1 : k + 2] == [":"])
        while k < t.n:
            title = lex.titles.match(t.low, k)
            k = title[0] if title else k
            own = chain(t, k, lex) if k < t.n else []
            if not all(_DEGREES.intersection((t.low[o.start], t.low[o.end - 1])) for o in own):
                break
            k = own[-1].end if own else k
            end = self._name_end(k)
            if not end or (end - k == 1 and not title):
                break
            if not done:
                self._inside(offices)
            person = self._person(k, end, [*roles, *map(self._words, own)], "one of several in an office")
            later = chain(t, end + 1, lex, named=True) if t.word[end : end + 1] == [","] else []
            listed = later and t.word[later[-1].end : later[-1].end + 1] == [";"]
            done = self._behind(person, end) if listed or t.word[end : end + 1] == ["("] else end
            if done >= t.n or not (t.word[done] in ",;" or t.low[done] == "và"):
                break
            k = done + 1
        return done

    def _same_office(self, end: int, roles: list[str]) -> int:
        """ "hai tiền vệ A và B", "các nghệ sĩ A, B, C": further names of one office."""
        t = self.t
        while end + 1 < t.n and (t.word[end] in ",;-–" or t.low[end] == "và"):
            more = self._name_end(end + 1)
            if more - end < 3:
                break
            person = self._person(end + 1, more, list(roles), "further name of one office")
            end = self._after_name(person, more)
        return end

    def _told(self, k: int) -> int:
        """Offices that a sentence gives to "ông", "bà" before word `k`; 0 if it gives none."""
        t = self.t
        pronoun = t.low[k - 1]
        offices = offices_told(t, k - 1, k, self.lex) if pronoun in PRONOUNS else []
        roles = [self._words(office) for office in offices if self._is_office(office)]
        if not roles or self._name_end(offices[-1].end):
            return 0
        self._inside(offices)
        self.told.append(Told(t.block, t.start[k - 1], pronoun, roles))
        return offices[-1].end

    def _titled(self, k: int) -> int:
        """A name behind ông, bà, đồng chí …; offices may stand between."""
        t, lex = self.t, self.lex
        if k >= t.n:
            return 0
        reader = k > 0 and t.low[k - 1] in ("đọc", "giả")
        if t.word[k] == ":" and k + 1 < t.n:
            if reader:
                return 0  # "Hộp thư bạn đọc: …"
            k += 1
        if t.low[k] == "nguyên" or lex.roles.match(t.low, k):
            offices = chain(t, k, lex)
            return self._offices(k, offices) if offices else 0
        second = lex.titles.match(t.low, k)
        if second and second[0] < t.n:
            k = second[0]
        if not t.cap[k]:
            return self._told(k)
        if t.taken[k] or t.shouted:
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
        if t.low[k - 1] == "gồm" and firm_abroad(t, k):
            return 0  # "các nhà đầu tư gồm Lumen Capital"
        end = name_after_title(t, k, lex)
        if "gồm" in t.low[k - 2 : k] and (end == k + 1 or t.word[end : end + 1] == ["/"]):
            return 0  # "gồm: Mảnh đất …", "gồm Nordhav Marine A/S"
        if reader and end == k + 1:
            return 0  # "khán giả Thủ đô"
        if not end or (t.low[k - 1] == "tượng" and end - k < 3 and len(t.word[k]) == 1):
            return 0
        person = self._person(k, end, [], "name after a form of address", title=t.low[k - 1])
        return self._after_name(person, end)


def _of_another_country(t: Text, offices: list[Office]) -> int:
    """How many offices before the last belong to heads of another country: "(gặp) Tổng thống Ai Cập, Thủ
    tướng Ethiopia X"."""
    for k in range(len(offices) - 1, 0, -1):
        before, last = offices[k - 1], offices[k]
        of_state = {t.low[before.start], t.low[last.start]} <= _OF_STATE
        if of_state and (lands := _lands(before)) and _lands(last) and lands.isdisjoint(_lands(last)):
            return k
    return 0


def _lands(office: Office) -> set[str | None]:
    return {p.canonical for p in office.inside if isinstance(p, PlaceAt) and p.rank == "world"}


_OF_STATE = frozenset("tổng thủ ngoại bộ quốc chủ nữ phó thứ".split())
_OWNERS = frozenset(("nhà đầu tư", "chủ đầu tư", "doanh nghiệp", "chủ doanh nghiệp"))
_OFFICERS = frozenset("giám ceo cto cfo coo founder lập phòng hđqt".split())
_COUNTED = frozenset("hai ba bốn năm sáu bảy các những".split())
_CLASSES = frozenset(("đại biểu", "thành viên", "cán bộ", "ứng viên", "lãnh đạo", "chiến sĩ", "cử tri"))
_DEGREES = DEGREES | frozenset("tướng tá úy tiến thạc giáo bác".split())
_BEHALF = frozenset("quyền nhiệm kiến".split())
_SEVERAL = frozenset("chồng hai các ba bốn năm những đôi cặp cùng".split())
_ASKING = ("phóng viên", "nhà báo", "báo chí")
