"""The first pass: every text once, from left to right."""

from __future__ import annotations

from store.entities.lexicon import BODY, OFFICE, PLACE, TITLE, Lexicon
from store.entities.lists import (
    LIVES,
    abroad_in_a_row,
    address,
    examples,
    first_of_countries,
    further_places,
    house_number,
)
from store.entities.names import foreign, highland, initials, syllable, vietnamese
from store.entities.org_abroad import firm_at
from store.entities.org_evidence import source_of_figures, told_by_context
from store.entities.organisations import organisation_at
from store.entities.person_scan import PersonScan
from store.entities.places import (
    alone_is_place,
    bare_country_stands,
    gazetteer,
    in_a_building,
    place_at,
)
from store.entities.role_chains import chain
from store.entities.spans import Text, pairs

_NO_PERSON_BEFORE = frozenset(
    "niệm tưởng cách đức gương lăng giải đường phố trường quỹ cúp bảo cung thương hiệu nhạc ngõ cầu "
    "tượng chuyên rạp chợ chùa đền đình giải xưởng thpt thcs hẻm phà bến tàu".split()
)
_NO_PERSON_BEFORE_PAIRS = pairs(  # what is called after people, or has a name like theirs
    "công viên,giải thưởng,học bổng,sân khấu,chợ đêm,du lịch,thiên văn,bảo tàng,đại lộ,thư viện,học viện,"
    "nhà hát,vận động,cuộc thi,hội chứng,tên lửa,quảng trường,bệnh viện,bãi biển,khu phố,đường hầm,"
    "đô thị,dân cư,chung cư,khách sạn,nhà hàng,siêu thị,thẩm mỹ,phòng khám,nhà xuất,bảo tồn,di tích,"
    "khu mộ,nhà thờ,tuyến đường,dòng họ,giáo xứ,giáo họ,giáo phận,giáo hạt"
)
_OPENERS = frozenset(
    "ngay ngoài sau trước hiện cùng bên còn trên dưới riêng tuy mới nếu đó đây cả tuyến đặc tính thời "
    "nguồn cũng đồng tiếp hai bởi trận phía xem khách mỗi nhóm giá người".split()
)


_LEADS_IN = frozenset(
    "theo tại của cùng với trong khi trên sau trước từ còn riêng như do vì để nếu nhờ".split()
)
_TOWARDS = ("ở", "tại", "sang", "khơi", "cảng")


class Scan(PersonScan):
    """Notes what one text names. Every word is looked at a bounded number of times."""

    def __init__(self, text: Text, lex: Lexicon) -> None:
        super().__init__(text, lex)
        self.runs: list[tuple[int, int]] = []  # capitals that no rule could judge
        self.theo: list[tuple[int, int]] = []  # of these, the ones behind "theo": sources

    def run(self) -> None:
        t = self.t
        cap, seconds, taken = t.cap, self.lex.seconds, t.taken
        done = 0
        low = t.low
        for i in [i for i in range(t.n) if cap[i] or low[i] in seconds]:
            if i < done or taken[i]:
                continue
            if not cap[i] and (second := seconds[t.low[i]]) and second.isdisjoint(t.low[i + 1 : i + 2]):
                continue
            # a word in small letters opens something only if a capital or a number follows soon
            if cap[i] or True in cap[i + 1 : i + 9] or any(map(str.isdigit, t.word[i + 1 : i + 4])):
                done = self._at(i)

    # -- one position --------------------------------------------------------------------------

    def _at(self, i: int) -> int:
        t, lex = self.t, self.lex
        low = t.low
        if i and low[i - 1] == "như" and t.cap[i] and (named := examples(t, i, lex)):
            for example in named:
                self._place(example)
            return named[-1].end
        opens = (lex.opens if t.cap[i] else lex.opens_small).get(low[i], 0)
        if not opens:
            return self._capitals(i)
        town = gazetteer(t, i, lex) if opens & TITLE and t.cap[i] else None
        if town and town[0] - i > 1 and lex.titles.match(low, i) and not vietnamese(t, i, lex):  # Bà Rịa
            place = place_at(t, i, lex)
            if place:
                self._place(place)
                return place.end
        offices = chain(t, i, lex) if opens & OFFICE else None
        if offices and not (t.cap[i] and vietnamese(t, i, lex)):
            end = self._offices(i, offices)
            if end:
                return end
        title = lex.titles.match(low, i) if opens & TITLE else None
        if title and not (t.cap[i] and title[0] - i == 1 and not t.opens(i)):  # "…, Anh Đức sút": a name
            end = self._titled(title[0])
            if end:
                return end
        if t.word[i] == "TP" and not (i + 1 < t.n and (t.cap[i + 1] or t.word[i + 1] == ".")):
            self.found.append(t.found("place", i, i + 1, "bare TP", weak=True, key="tp"))
            return i + 1
        if low[i] == "đoàn" and t.cap[i] and vietnamese(t, i, lex) - i >= 3 and not _troupe(t, i, lex):
            return self._capitals(i)
        org = organisation_at(t, i, lex) if opens & BODY else None
        place = place_at(t, i, lex) if opens & PLACE else None
        sure = place and place.why == "gazetteer" and place.sure and org and org.why != "known name"
        firm = firm_at(t, i, lex) if place and t.cap[i] and not org else 0
        if place and firm > place.end:  # "Bulgaria Air"
            self.found.append(t.found("organization", i, firm, "name that ends like a firm's"))
            return firm
        if org and not (place and place.end >= org.end and (sure or not t.cap[i])):  # "Hội An"
            self._org(org)
            return org.end
        if place and place.name == i and in_a_building(t, i):
            return place.end
        if place and (
            place.sure or bare_country_stands(t, place.start, place.end) or first_of_countries(t, place, lex)
        ):
            self._place(place)
            further = further_places(t, i, place, lex)
            for other in further:
                self._place(other)
            return further[-1].end if further else place.end
        if t.cap[i]:
            head = lex.org_heads.match(low, i)
            if head and head[0] - i > 1 and not t.cap[head[0] - 1]:
                return head[0]  # "Đoàn Thanh niên phường": nobody in particular, and no person
            return self._capitals(i)
        return i + 1

    def _capitals(self, i: int) -> int:
        """Capitals that open nothing known: a person's full name, or a run for the second pass."""
        t, lex = self.t, self.lex
        if t.shouted or not t.word[i][0].isalpha():
            return i + 1
        before = t.low[i - 1] if i else ""
        if t.opens(i) and t.low[i] in _LEADS_IN:
            return i + 1  # "Theo | Kantar Media"
        if t.low[i + 1 : i + 3] == ["công", "an"] and t.word[i][-2:].isdigit() and len(t.word[i]) < 5:
            parent = organisation_at(t, i + 1, lex)  # "PC03 Công an TP.HCM"
            if parent and not parent.neutral:
                self._org(parent._replace(start=i, head_end=0))
                return parent.end
        firm = firm_at(t, i, lex)
        if firm:
            self.found.append(t.found("organization", i, firm, "name that ends like a firm's"))
            return firm
        if before in LIVES and (home := address(t, i, lex)):
            self._place(home)
            return home.end
        if before.isdigit() and (end := house_number(t, i, lex)):
            self.found.append(
                t.found("place", i, end, "street of an address", key=t.slice(i, end), tag="head")
            )
            return end
        end = vietnamese(t, i, lex)
        if end and t.slice(i, end) == "Hồ Chí Minh":
            return end
        bearer = (
            before in _NO_PERSON_BEFORE or (t.low[i - 2] if i > 1 else "", before) in _NO_PERSON_BEFORE_PAIRS
        )
        end = end or _one_name(t, i, lex)
        if end and not bearer:
            person = self._person(i, end, [], "family name and given name")
            return self._after_name(person, end)
        short = initials(t, i)
        if short and short - i >= 2:
            if short - i >= 5 or (t.word[short - 1].isalpha() and len(t.word[short - 1]) > 1):
                self.runs.append((i, short))
            return short
        end = highland(t, i)
        if end:
            person = self._person(i, end, [], "name of a highland people")
            return self._after_name(person, end)
        end = foreign(t, i, lex)
        if end and not bearer:
            person = self._person(i, end, [], "known foreign name")
            return self._after_name(person, end)
        if t.opens(i) and (t.low[i] in lex.stop or t.low[i] in _OPENERS):
            return i + 1
        j = i + 1
        while j < t.n and t.cap[j] and t.word[j][0].isalpha() and j - i < 5 and not t.taken[j]:
            if lex.org_heads.match(t.low, j) or (t.low[j] in lex.surnames and vietnamese(t, j, lex)):
                break
            if (
                lex.orgs.match(t.low, j)
                or gazetteer(t, j, lex)
                or (t.low[j] in lex.foreign and not syllable(t.word[j]) and t.cap[j + 1 : j + 2] == [True])
            ):
                break
            j += 1
        if told_by_context(t, i, j, lex):
            why, name = "body by what it does", t.slice(i, j)
            self.found.append(t.found("organization", i, j, why, short=name, tag="bare"))
            return j
        if source_of_figures(t, i, j, lex):
            self.theo.append((i, j))
        if before == "theo" and all(not syllable(word) for word in t.word[i:j]) and len(t.word[i]) > 2:
            self.theo.append((i, j))
        if before in _TOWARDS and not t.opens(i) and alone_is_place(t, i, j, lex):
            why = "capitals behind ở or tại"
            self.found.append(t.found("place", i, j, why, key=t.slice(i, j), tag="head"))
            for other in abroad_in_a_row(t, j, lex):
                self._place(other)
                j = other.end
            return j
        self.runs.append((i, j))
        return j


def _one_name(t: Text, i: int, lex: Lexicon) -> int:
    """The end of a stage name of three at `i` whose last two alone would be a whole name: "Ngọc Diệp Anh"; or
    0."""
    if (
        t.low[i] not in _FIRST
        or vietnamese(t, i + 1, lex) != i + 3
        or (i and t.cap[i - 1] and not t.opens(i))
    ):
        return 0
    given = t.low[i + 2] in lex.given and t.low[i - 1 : i] not in (["xã"], ["phường"], ["thôn"])
    return i + 3 if given and (i + 3 == t.n or not t.cap[i + 3]) else 0


_FIRST = frozenset("ngọc bích thanh minh kim thùy bảo quỳnh khánh phương mỹ diễm tuyết hoài gia nhật".split())


def _troupe(t: Text, i: int, lex: Lexicon) -> bool:
    """Whether "đoàn" stands before a place: "Đoàn Việt Nam", "Đoàn Chèo Hải Phòng"."""
    return bool(gazetteer(t, i + 1, lex) or gazetteer(t, i + 2, lex))
