"""People in the first pass: the name an office or a title announces, the offices behind a name."""

from __future__ import annotations

from store.entities.lexicon import PLACE
from store.entities.names import THINGS, initials, lone, name_after_title, syllable, vietnamese
from store.entities.notes import Notes
from store.entities.org_fields import compound
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import gazetteer, place_at
from store.entities.role_chains import (
    bridge,
    chain,
    past_age,
    past_bracket,
    past_filler,
    past_link,
    widened,
    with_bracket,
)
from store.entities.roles import Office
from store.entities.spans import BY_ANOTHER_NAME, Found


class PersonScan(Notes):
    """The part of a scan that reads people."""

    def _offices(self, i: int, offices: list[Office]) -> int:
        """Offices and the name behind them; 0 if this is no office after all."""
        t, lex = self.t, self.lex
        if (
            len(offices) > 1
            and i
            and t.low[i - 1] == "với"
            and self._words(offices[0]).lower().startswith(_ASKING)
        ):
            offices = offices[1:]  # "trao đổi với phóng viên, Chủ tịch …": not his office
        if len(offices) > 1 and i and t.low[i - 1] == "mặt" and t.low[i] == "thường":
            offices = offices[1:]  # "thay mặt Thường trực Tỉnh ủy, Phó Bí thư …"
        if len(offices) > 1 and i > 1 and t.low[i - 1] == "của" and t.low[i - 2] in _BEHALF:
            offices = offices[1:]  # "thừa ủy quyền của Chủ tịch UBND tỉnh, Giám đốc Sở …"
        if i and t.low[i - 1] == "diện" and self._words(offices[0]).lower() in _OWNERS:
            return 0  # "đại diện nhà đầu tư, ông …"
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
        if t.word[j] == ":" and j + 1 < t.n and t.cap[j + 1]:
            return j + 1, True
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

    def _name_end(self, k: int, office: Office | None = None) -> int:
        """The end of the name at `k`, or 0; behind an `office` syllables must be ones of names."""
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
        if office and office.end == k and syllable(t.word[k]) and t.low[k] not in lex.surnames:
            if end == k + 1 and t.low[k] not in lex.given:
                return 0  # "Giám đốc Khối phân tích"
            if end > k + 1 and any(t.cap[office.start + 1 : k]) and all(map(syllable, t.word[k:end])):
                return 0  # "chiến sĩ của Tiểu đoàn Bộ binh Tây Đô": the body goes on
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
        if end == k + 1 and "gồm" in t.low[k - 2 : k]:
            return 0  # "gồm: Mảnh đất …"
        if not end or (t.low[k - 1] == "tượng" and end - k < 3 and len(t.word[k]) == 1):
            return 0
        person = self._person(k, end, [], "name after a form of address", title=t.low[k - 1])
        return self._after_name(person, end)

    def _after_name(self, person: Found, end: int) -> int:
        """Offices behind a name: ", office, office", "(office)", "- office", "là office"; and the one a
        sentence gives: "X được bầu giữ chức Y"."""
        return self._appointed(person, self._behind(person, end))

    def _behind(self, person: Found, end: int) -> int:
        t, lex = self.t, self.lex
        n = t.n
        if end >= n:
            return end
        if t.word[end] in '“"' and '"' in (
            shut := [word.replace("”", '"') for word in t.word[end + 1 : end + 5]]
        ):
            end += shut.index('"') + 2  # a nickname in quotation marks
            if end >= n:
                return end
        k = past_bracket(t, end, lex)
        if k > end:
            self._other_name(person, end + 1, k - 1)
        elif t.word[end : end + 1] == ["("]:
            self._other_name(person, end + 1, end + 9)
        if k >= n:
            return end
        opens = t.word[k]
        if k == end and t.cap[k] and (glued := self._glued(k)):
            self._inside(glued)
            self._give(person, glued)
            return glued[-1].end
        if not (
            opens in (",", "(", "-", "–", "—")
            or t.low[k] in ("là", "làm", "hiện", "nguyên")
            or (t.low[k] in ("từng", "vốn", "nay", "cũng", "vẫn") and t.low[k + 1 : k + 2] == ["là"])
            or t.low[k : k + 3] == ["tiếp", "tục", "là"]
        ):
            return end
        k += 2 * (t.low[k] == "tiếp")
        k += t.low[k] != "nguyên"
        k = past_age(t, past_link(t, k, lex))
        offices = chain(t, k, lex, named=True) if k < n else []
        if not offices:
            return end
        last = offices[-1].end
        follows = self._name_end(last) if last < n else 0
        if not follows and person.roles and last < n and not t.cap[last] and bridge(t, last, lex)[1]:
            return end  # words no list knows lead to the next person's name
        if follows - last > 1:
            firm = organisation_at(t, offices[-1].inside[-1].start, lex) if offices[-1].inside else None
            if person.roles or not firm or firm.end != follows:
                return end  # the last office is the next person's
            last = follows  # "…, Giám đốc Công ty CP Khoáng sản Lô Giang": the firm's name
            offices[-1] = Office(offices[-1].start, last, (*offices[-1].inside[:-1], firm))
        if opens == "(":
            if t.low[last : last + 1] == ["là"]:
                return end  # "A (Chủ nhiệm là bà B)"
            last = self._close(offices)
        self._aside(end, k)
        self._inside(offices)
        for one in self._given_it(person) if t.low[k - 1] in ("làm", "là") else [person]:
            self._give(one, offices)
        return last

    def _other_name(self, person: Found, i: int, j: int) -> None:
        """Note the name in a bracket behind a name: "(tên thật Cao Thị Hường, 41 tuổi)"."""
        t = self.t
        for k in range(i, min(j, i + 4, t.n - 2)):
            if t.low[k] not in _KNOWN_AS:
                break
            begin = k + 1 + (t.word[k + 1] in ':“"')
            end = self._name_end(begin)
            if end:
                other = self._person(begin, end, [], BY_ANOTHER_NAME)
                other.key = person.text
                t.taken[begin:end] = b"\1" * (end - begin)
                break

    def _glued(self, k: int) -> list[Office]:
        """Offices right behind a name, the comma forgotten: "ông A Giám đốc Công ty B"."""
        t = self.t
        head = self.lex.roles.match(t.low, k)
        if not head or head[0] - k < 2:
            return []
        offices = chain(t, k, self.lex, named=True)
        if not offices or offices[-1].end - k < 4 or self._name_end(offices[-1].end):
            return []
        return offices

    def _close(self, offices: list[Office]) -> int:
        """The end of offices in a bracket: what stands before it closes belongs to the last of them."""
        t, last = self.t, offices[-1]
        for j in range(last.end, min(last.end + 12, t.n - 1)):
            if t.word[j] == ")":
                offices[-1] = widened(t, last, j, self.lex)
                return j + 1
            if t.word[j] in ".;:" or t.low[j] == "là":
                break
            if t.word[j] == "," and not place_at(t, j + 1, self.lex):
                break
        return last.end

    def _appointed(self, person: Found, end: int) -> int:
        """ "X được bầu giữ chức Y": the office a sentence gives to the name before it."""
        t, lex = self.t, self.lex
        by = "do" in t.raw[max(0, person.start - 25) : person.start].split()[-3:]
        for k in range(end, min(end + 30, t.n - 1)):
            if t.word[k] in ".;:!?" or t.low[k] in ("ông", "bà") or (t.cap[k] and vietnamese(t, k, lex)):
                break
            if t.low[k] == "chức" and t.word[k + 1] in ("vụ", "danh"):
                continue  # not "vụ trưởng"
            if t.low[k] == "từ" and (former := chain(t, k + 1, lex)) and former[-1].inside:
                if self._name_end(former[-1].end):
                    break
                self._inside(former)
                self._give(person, former)  # "điều động bà A từ Phó Giám đốc B sang làm …"
            if t.low[k] in _GIVES and lex.roles.match(t.low, k + 1):
                if (t.low[k] == "làm" and k - end > 6 and not by and t.low[k - 1] != "sang") or t.low[
                    k + 1 : k + 3
                ] == ["chủ", "tọa"]:
                    break
                offices = chain(t, k + 1, lex)
                if offices and not self._name_end(offices[-1].end):
                    self._inside(offices)
                    for one in self._given_it(person):
                        self._give(one, offices)
                    return offices[-1].end
                break
        return end

    def _joined(self, one: Found, other: Found) -> bool:
        raw = self.t.raw
        before = raw[max(0, one.start - 2) : one.start].rstrip()
        return raw[one.end : other.start].split() == ["và"] and not before.endswith(",")

    def _given_it(self, person: Found) -> list[Found]:
        """Who gets an office behind `person`: in "A thay B giữ chức" A, in "các ông A, B làm" both."""
        several = [person]
        for other in reversed(self.found):
            if other.type != "person" or other.start >= person.start:
                continue
            between = self.t.raw[other.end : several[-1].start].split()
            if several == [person] and between[:1] == ["thay"] and len(between) < 5:
                return [other]
            if between not in ([","], ["và"]) or other.roles:
                break
            several.append(other)
        if len(several) == 2 and not several[1].roles and self._joined(several[1], person):
            return several  # "A và B là đội phó"
        plural = self.t.raw[max(0, several[-1].start - 14) : several[-1].start].split()
        return several if "các" in plural else [person]

    def _aside(self, i: int, end: int) -> None:
        """Note the places between a name and its office: "(SN 1990, trú xã …), kế toán"."""
        t, lex = self.t, self.lex
        while i < end:
            opens = (lex.opens if t.cap[i] else lex.opens_small).get(t.low[i], 0)
            place = place_at(t, i, lex) if opens & PLACE else None
            if place and place.sure and place.end <= end:
                self._place(place)
            i = place.end if place else i + 1


_KNOWN_AS = frozenset("tên thật tức khai sinh nghệ danh bút biệt pháp thế thường gọi còn là hiệu".split())
_OWNERS = frozenset(("nhà đầu tư", "chủ đầu tư", "doanh nghiệp", "chủ doanh nghiệp"))
_OFFICERS = frozenset("giám ceo cto cfo coo founder lập phòng hđqt".split())
_GIVES = frozenset("giữ làm chức vụ danh ghế trí vị nhiệm bầu cử phong hàm".split())
_BEHALF = frozenset("quyền nhiệm kiến".split())
_SEVERAL = frozenset("chồng hai các ba bốn năm những đôi cặp cùng".split())
_ASKING = ("phóng viên", "nhà báo", "báo chí")
