"""Offices: where one begins, where it ends, and the bodies and places named inside it."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon
from store.entities.names import GREAT, NAMED_AFTER, highland, name_after_title, syllable, vietnamese
from store.entities.org_fields import compound
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import PlaceAt, bare_country_stands, place_at
from store.entities.spans import Text

_PREFIXES = frozenset("nguyên quyền cựu tân phó đương cố".split())
DEGREES = frozenset(
    "gs pgs ts ths bs ngưt ngnd ttnd ttưt tskh bscki bsckii bsck1 bsck2 ck1 ck2 cki ckii ks kts ls nsnd "
    "nsưt gvc dr dscki dsckii dsck1 dsck2".split()
)
_HAMLETS = frozenset("thôn ấp bản buôn khóm làng xóm phố".split())
MOST = 14


class Office(NamedTuple):
    """One office at words [start:end) with what it names inside. `rank` is a degree or calling."""

    start: int
    end: int
    inside: tuple[OrgAt | PlaceAt, ...]


def office_at(t: Text, i: int, lex: Lexicon, *, named: bool = False) -> Office | None:
    """The office that begins at word `i`: its head, the words and bodies behind it.

    `named`: it stands behind its person's name, so no name follows it.
    """
    low, n = t.low, t.n
    j = i
    while j < n and low[j] in _PREFIXES and j - i < 2 and not lex.roles.match(low, j):
        j += 2 if low[j] == "đương" else 1
        if j >= n:
            return None
    head_end = calling_end(t, j, lex)
    if not head_end:
        return None
    j = head_end
    if low[j : j + 1] == ["quán"]:
        return None  # "Tổng Lãnh sự quán", "Đại sứ quán": the house, not its head
    if low[j - 1] == "thầy" and j == i + 1:
        return Office(i, j, ())  # "thầy Hiệu trưởng …"
    # GS.TS, PGS, TS - BS
    while j + 1 < n and low[j - 1] in DEGREES and t.word[j] in ".,-–" and low[j + 1] in DEGREES:
        j += 2
    if low[j - 1] in DEGREES:
        while j < n and low[j] in DEGREES:
            j += 1
        if j < n and t.word[j] == "." and j + 1 < n and t.cap[j + 1]:
            j += 1
        return Office(i, j, ())
    inside: list[OrgAt | PlaceAt] = []
    if low[j - 1] in _HAMLETS and j < n and (t.word[j].isdigit() or (named and t.cap[j])):
        hamlet = place_at(t, j - 1, lex)  # "Trưởng thôn 4"
        if hamlet:
            inside.append(hamlet)
            j = hamlet.end
    elif low[j - 1] in _HAMLETS and j < n and t.cap[j] and not named and (end := _hamlet_end(t, j, lex)):
        inside.append(PlaceAt(j - 1, end, j, None, "head", "noun and name before a person"))
        j = end
    if (
        low[j - 1] in ("ban", "đoàn", "khoa", "phòng", "công")
        and j < n
        and (t.cap[j] or t.cap[j - 1])
        and low[j] != low[j - 1]
        and low[j - 2] != "văn"
        and not vietnamese(t, j, lex)
    ):
        own = organisation_at(t, j - 1, lex, before_name=True, small=True)  # "Trưởng ban Tổ chức Tỉnh ủy"
        if own and own.end > j:
            inside.append(own)
            j = own.end
    stop_at = min(n, j + MOST)
    while j < stop_at:
        if t.cap[j]:
            if _parent_alone(t, j, lex):
                j += 1  # "Chánh Thanh tra Sở | Giáp Văn …"
                break
            if t.word[j] == "Y" and highland(t, j):
                break  # "Thượng úy | Y Khoa Êban": not the field "y khoa"
            if vietnamese(t, j, lex) and not place_at(t, j, lex, before_name=True):
                break
            org = _before_a_name(t, organisation_at(t, j, lex, before_name=True), lex)
            place = place_at(t, j, lex, before_name=True)
            place = _before_an_alien(t, place) if place and not named else place
            if place and (not org or place.end >= org.end) and (place.sure or _country(t, place, lex)):
                inside.append(place)
                j = place.end
                continue
            if org:
                inside.append(org)
                j = org.end
                continue
            word = lex.role_words.match(low, j) or (
                lex.roles.match(low, j) if low[j - 1] in ("kiêm", "và", "của") else None
            )
            if word:
                j = word[0]
                continue
            if low[j] == "đảng" or (low[j] == "trung" and j + 1 < n and low[j + 1] == "ương"):
                j += 1 if low[j] == "đảng" else 2
                continue
            field = lex.org_words.match(low, j)
            if field and field[0] - j > 1:
                j = field[0]
                continue
            if t.word[j] == "T" and t.word[j + 1 : j + 3] in ([".", "Ư"], [".", "W"]):
                j += 3  # "BCH T.Ư Hội …"
                continue
            if acronym(t, j):
                more = 1  # "VN Pharma" is one name, in "ISRO Sreedhara Somanath" a person follows
                if (
                    j + 1 < n
                    and t.cap[j + 1]
                    and not syllable(t.word[j + 1])
                    and low[j + 1] not in lex.foreign
                ):
                    more += not (j + 2 < n and t.cap[j + 2])
                inside.append(OrgAt(j, j + more, 0, True, "abbreviation"))
                j += more
                continue
            if j + 1 < n and compound(t, j + 1, "board", lex) and low[j] not in lex.surnames:
                j += 2  # "Tư lệnh Quân khu"
                continue
            break
        bracket = t.bracket(j) if j > head_end else 0
        if bracket:
            j = bracket
            continue
        if t.word[j].isdigit():
            end = _number_end(t, j)
            if end:
                j = end
                continue
        word = lex.role_words.match(low, j)
        if word:
            j = word[0]
            continue
        if low[j : j + 2] == ["và", "kiêm"]:
            j += 1
        if low[j] in ("kiêm", "và") and (second := lex.roles.match(low, j + 1)):
            if low[j] == "và" and (low[second[0] - 1] in _RANKS or vietnamese(t, second[0], lex)):
                break  # "Chính trị viên và Thượng tá …": another person
            j = second[0]
            continue
        org = _before_a_name(t, organisation_at(t, j, lex, before_name=True), lex)
        if org:
            inside.append(org)
            j = org.end
            continue
        place = place_at(t, j, lex, before_name=True)
        if place:
            place = place if named else _before_an_alien(t, place)
            inside.append(place)
            j = place.end
            continue
        if low[j] in (
            "tỉnh",
            "huyện",
            "xã",
            "phường",
            "quận",
            "thành",
            "đội",
            "khoa",
            "phòng",
            "ban",
            "nhóm",
            "bản",
            "thôn",
            "ấp",
        ):
            j += 2 if low[j] == "thành" else 1
            continue
        field = lex.org_words.match(low, j)
        if field and field[0] - j > 1 and low[j] not in ("tổ", "kiểm", "quản", "chỉ", "đầu", "phát"):
            j = field[0]
            continue
        break
    j = min(j, n)  # "Chủ tịch UBND thành": the text ends inside a word
    while j > head_end and low[j - 1] in ("thuộc", "tại", "của", "kiêm", "và"):
        j -= 1
    return Office(i, j, tuple(inside))


_KINDS = frozenset("trưởng phó viên sĩ sỹ sư thủ gia".split())
_NO_CALLINGS = frozenset(
    pair.strip()
    for pair in (
        "tăng trưởng,hiện trưởng,tham gia,quốc gia,tăng gia,công viên,tuân thủ,bảo thủ,phòng thủ,"
        "cố thủ,nguyên thủ,hầu thủ,đối thủ,địch thủ,thành viên,hội viên,đoàn viên,đảng viên,động viên,"
        "khuôn viên,thủ phó,ứng phó,đối phó,tu sĩ,liệt sĩ,liệt sỹ,đại gia,tang gia,hoàng gia"
    ).split(",")
)


_PARENTS = frozenset("sở bộ cục vụ".split())


def _parent_alone(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether the noun of a body without a field stands before a name: such bodies are called after
    nobody."""
    return (
        t.low[j] in _PARENTS
        and vietnamese(t, j + 1, lex) - j > 3
        and not lex.org_words.match(t.low, j + 1)
        and not organisation_at(t, j + 1, lex)
    )


def _before_a_name(t: Text, org: OrgAt | None, lex: Lexicon) -> OrgAt | None:
    """The body without the beginning of a name it ends in ("Tập đoàn FPT | Nguyễn Văn Khoa"); None if no
    capital is left ("đội tuyển | Nguyễn Trọng Hiền")."""
    if org and org.end < t.n and t.cap[org.end]:
        for k in range(org.start + 2, org.end - 1):
            if t.low[k] in lex.surnames and vietnamese(t, k, lex) > org.end:
                return org._replace(end=k, head_end=min(org.head_end, k))
    if org and (org.end >= t.n or not t.cap[org.end]) and (cut := _ends_in_a_name(t, org, lex)):
        return org._replace(end=cut, head_end=min(org.head_end, cut))
    if org and not t.cap[org.start] and org.bare and vietnamese(t, org.bare, lex) == org.end > org.bare + 2:
        return None if t.low[org.bare - 1] in ("tuyển", "đội") else org
    return org


def _ends_in_a_name(t: Text, org: OrgAt, lex: Lexicon) -> int:
    """Where a name begins that the end of a body ran into behind its own words, or 0."""
    head = lex.org_heads.match(t.low, org.start)
    for k in range(org.start + 3, org.end - 1):
        if not t.cap[k] or t.word[k - 1].isupper() or t.low[k - 1] in NAMED_AFTER:
            continue
        if t.low[k] in GREAT and org.end - k > 2 and vietnamese(t, k, lex) >= org.end:
            return k
        alien = org.end - k < 4 and not any(map(syllable, t.word[k : org.end]))
        if alien and head and k > head[0] and not t.cap[k - 1] and all(t.cap[k : org.end]):
            return k  # "nghị sĩ đảng Lao động | Jess Pemberton"
    return 0


def _before_an_alien(t: Text, place: PlaceAt) -> PlaceAt:
    """A place of one word without the foreign name its capitals run into: "bang Oregon | Gavin Norwood"."""
    foreign = place.end - place.name == 3 and not any(map(syllable, t.word[place.name : place.end]))
    if foreign and place.rank == "head" and (place.end >= t.n or not t.cap[place.end]):
        return place._replace(end=place.name + 1)
    return place


def calling_end(t: Text, j: int, lex: Lexicon) -> int:
    """The end of the head of an office at `j`, or 0: from the list, or a word that ends as such words do
    ("hạt trưởng", "quay phim viên", "xạ thủ")."""
    head = lex.roles.match(t.low, j)
    if head:
        return 0 if t.low[j - 1 : j + 1] == ["cờ", "vua"] else head[0]
    if t.word[j] == "CT" and t.low[j + 1 : j + 2] and t.low[j + 1] in _CHAIRED:
        return j + 1
    if j + 1 < t.n and t.low[j + 1] in _KINDS and not t.cap[j + 1] and t.word[j].isalpha():
        if t.low[j] in _COUNTS or f"{t.low[j]} {t.low[j + 1]}" in _NO_CALLINGS:
            return 0
        return j + 2
    long = t.low[j + 2 : j + 3] == ["viên"] and not t.cap[j + 2] and t.word[j].isalpha()
    if long and f"{t.low[j + 1]} viên" not in _NO_CALLINGS | _STAFF and t.low[j] not in _COUNTS:
        return j + 3  # "đăng kiểm viên"
    return 0


_CHAIRED = frozenset("ubnd hđnd hđqt hđtv hđt ubmttq ubmt mttq hội".split())
_STAFF = frozenset(("nhân viên", "giáo viên", "sinh viên", "học viên", "diễn viên", "ủy viên"))
_COUNTS = frozenset("các những một hai ba bốn năm sáu bảy tám chín mười mỗi từng nhiều của và là có".split())


_RANKS = frozenset("tướng tá úy sĩ sỹ".split()) | DEGREES


def _number_end(t: Text, j: int) -> int:
    """The end of a number that belongs to an office ("khu vực 3", "phường Bảo Lộc 1"), or 0."""
    closed = j + 1 >= t.n or t.cap[j + 1] or t.word[j + 1] in ",;.()-–:" or t.low[j + 1] in ("nhiệm", "khóa")
    return j + 1 if len(t.word[j]) < 3 and closed else 0


def _hamlet_end(t: Text, j: int, lex: Lexicon) -> int:
    """Where a hamlet's name ends and a person's begins: "Trưởng bản Na Cọ | Vàng Chứ Lầu"; or 0."""
    if vietnamese(t, j, lex):
        return 0
    for k in (j + 1, j + 2, j + 3):
        if k >= t.n or not t.cap[k]:
            return 0
        if k > j + 1 and vietnamese(t, k, lex, trusted=True) - k > 1:
            return k
    return 0


def acronym(t: Text, j: int) -> bool:
    word = t.word[j]
    return len(word) > 1 and word.isupper() and word.isalnum() and not t.shouted


def _country(t: Text, place: PlaceAt, lex: Lexicon) -> bool:
    """Whether an ambiguous one-word place behind an office is one: not in "ca sĩ Mỹ Tâm"."""
    j = place.end
    if j < t.n and t.cap[j] and syllable(t.word[j]) and not vietnamese(t, j, lex, trusted=True):
        return False
    return place.rank == "world" or bare_country_stands(t, place.start, place.end)


def next_in_a_list(t: Text, office: Office, lex: Lexicon) -> int:
    """The end of the name right behind an artist's calling, the next one's in a list: "…, nữ diễn viên | Thúy
    Ngân", "…, rapper | Karik, …"; or 0."""
    j = office.end
    end = name_after_title(t, j, lex) if j < t.n else 0
    stage = t.low[office.start] in _ON_STAGE and not acronym(t, j) and not lex.orgs.match(t.low, j)
    listed = stage and end == j + 1 and (t.word[end : end + 1] == [","] or t.low[end : end + 1] == ["và"])
    return end if end - j > 1 or listed else 0


_ON_STAGE = frozenset("ca nhạc rapper mc diễn nghệ đạo danh người".split())
