"""What stands behind a person's name: offices beside it, in brackets, given by the sentence."""

from __future__ import annotations

from store.entities.lexicon import PLACE
from store.entities.names import THINGS, initials, name_after_title, syllable, vietnamese
from store.entities.notes import Notes
from store.entities.org_fields import compound
from store.entities.organisations import organisation_at
from store.entities.places import gazetteer, place_at
from store.entities.role_chains import bridge, chain, past_age, past_bracket, past_link, widened
from store.entities.roles import Office, next_in_a_list
from store.entities.spans import BY_ANOTHER_NAME, Found


class BehindNames(Notes):
    """The part of a scan that reads a name and what its person is called behind it."""

    def _name_end(self, k: int, office: Office | None = None) -> int:
        """The end of the name at `k`, or 0; behind an `office` syllables must be ones of names."""
        t, lex = self.t, self.lex
        if k >= t.n or t.taken[k] or not t.cap[k] or t.shouted:
            return 0
        end = vietnamese(t, k, lex, trusted=True)
        if end - k > 2 and t.low[k] == "đoàn" and gazetteer(t, k + 2, lex):
            return 0  # "nghệ sĩ Đoàn Chèo Hải Phòng"
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
        if end == k + 1 and t.low[k] in THINGS:
            return 0  # "TBT Corp"
        if end == k + 1 and syllable(t.word[k]) and end < t.n and compound(t, end, "board", lex):
            return 0  # "Tư lệnh Quân khu": a word with a capital, no name
        if office and office.end == k and syllable(t.word[k]) and t.low[k] not in lex.surnames:
            if end == k + 1 and t.low[k] not in lex.given:
                return 0  # "Giám đốc Khối phân tích"
            if end > k + 1 and any(t.cap[office.start + 1 : k]) and all(map(syllable, t.word[k:end])):
                return 0  # "chiến sĩ của Tiểu đoàn Bộ binh Tây Đô": the body goes on
        return end

    def _after_name(self, person: Found, end: int) -> int:
        """Offices behind a name: ", office, office", "(office)", "- office", "là office"; and the one a
        sentence gives: "X được bầu giữ chức Y"."""
        return self._appointed(person, self._behind(person, end))

    def _behind(self, person: Found, end: int) -> int:
        t, lex = self.t, self.lex
        n = t.n
        if end >= n:
            return end
        if t.word[end] == "." and len(t.word[end - 1]) == 1 and t.word[end + 1 : end + 2] in ([","], ["("]):
            end += 1  # "cô L.T.H., giáo viên …"
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
        both = t.low[k : k + 1] == ["đều"] or t.low[k : k + 2] == ["cùng", "là"]
        k += both
        k = past_age(t, past_link(t, k, lex))
        offices = chain(t, k, lex, named=True) if k < n else []
        if not offices:
            return end
        last = offices[-1].end
        follows = self._name_end(last) if last < n else 0
        if not follows and person.roles and last < n and not t.cap[last] and bridge(t, last, lex)[1]:
            return end  # words no list knows lead to the next person's name
        if follows - last > 1 or (follows and next_in_a_list(t, offices[-1], lex)):
            firm = organisation_at(t, offices[-1].inside[-1].start, lex) if offices[-1].inside else None
            if person.roles or not firm or firm.end != follows:
                return end  # the last office is the next person's
            last = follows  # "…, Giám đốc Công ty CP Khoáng sản Lô Giang": the firm's name
            offices[-1] = Office(offices[-1].start, last, (*offices[-1].inside[:-1], firm))
        if opens == "(":
            if t.low[last : last + 1] == ["là"]:
                return end  # "A (Chủ nhiệm là bà B)"
            last = self._close(offices)
        elif t.low[last : last + 1] == ["là"] and (
            lex.titles.match(t.low, last + 1) or vietnamese(t, last + 1, lex)
        ):
            return end  # "A, trọng tài bàn là ông B"
        self._aside(end, k)
        self._inside(offices)
        for one in self._given_it(person) if both or t.low[k - 1] in ("làm", "là") else [person]:
            self._give(one, offices)
        return last

    def _other_name(self, person: Found, i: int, j: int) -> None:
        """Note the name in a bracket behind a name: "(tên thật Cao Thị Hường, 41 tuổi)"."""
        t = self.t
        for k in range(i, min(j, i + 4, t.n - 2)):
            if t.low[k] not in _KNOWN_AS or (t.cap[k] and t.cap[k + 1]):
                break  # "(Nghệ An)" is no "nghệ danh"
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

    def _appointed(self, person: Found, end: int, more: int = 2) -> int:
        """ "X được bầu giữ chức Y": the office a sentence gives to the name before it."""
        t, lex = self.t, self.lex
        by = "do" in t.raw[max(0, person.start - 25) : person.start].split()[-3:]
        for k in range(end, min(end + 30, t.n - 1)):
            if t.word[k] in ".;:!?" or t.low[k] in ("ông", "bà") or (t.cap[k] and vietnamese(t, k, lex)):
                break
            if t.low[k] == "chức" and t.word[k + 1] in ("vụ", "danh"):
                continue  # not "vụ trưởng"
            if t.low[k : k + 2] == ["nay", "là"] and (now := chain(t, k + 2, lex, named=True)):
                if not self._name_end(now[-1].end):
                    self._inside(now)
                    self._give(person, now)  # "bà A, từ Phó Giám đốc B, nay là …"
                break
            if t.low[k] == "từ" and (former := chain(t, k + 1, lex)) and former[-1].inside:
                if self._name_end(former[-1].end):
                    break
                self._inside(former)
                self._give(person, former)  # "điều động bà A từ Phó Giám đốc B sang làm …"
            if t.low[k] == "ghế" and t.low[k - 1] not in _TAKES:
                break  # "đổi lại là ghế Bộ trưởng …"
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
                    # "thôi giữ chức A để nhận nhiệm vụ B"
                    return self._appointed(person, offices[-1].end, more - 1) if more else offices[-1].end
                break
        return end

    def _joined(self, one: Found, other: Found) -> bool:
        raw = self.t.raw
        before = raw[max(0, one.start - 2) : one.start].rstrip()
        between = raw[one.end : other.start].split()
        return between[:1] == ["và"] and between[1:] in ([], ["ông"], ["bà"]) and not before.endswith(",")

    def _given_it(self, person: Found) -> list[Found]:
        """Who gets an office behind `person`: in "A thay B giữ chức" A, in "các ông A, B làm" both."""
        several = [person]
        for other in reversed(self.found):
            if other.type != "person" or other.start >= person.start:
                continue
            between = self.t.raw[other.end : several[-1].start].split()
            if several == [person] and between[:1] == ["thay"] and len(between) < 5:
                return [other]
            if between not in ([","], ["và"], ["và", "ông"], ["và", "bà"]) or other.roles:
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
_GIVES = frozenset("giữ làm chức vụ danh ghế trí vị nhiệm bầu cử phong hàm".split())
_TAKES = frozenset("giữ ngồi nắm nhận vào trúng giành đảm kế lên tranh chiếc".split())
