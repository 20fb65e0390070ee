"""The words behind the head of an organisation: how far its field or its own name goes."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.places import gazetteer
from store.entities.spans import Text, pairs

# Words that are verbs at least as often: behind a head they need a body or a capital after them.
_VERBS = frozenset(
    "tổ kiểm bảo quản chỉ nghiên đầu sản phát thiết tuyên xây hữu mở đối dự việc giáo điều cứu tìm".split()
)
_MOST = 16
_OFFICES = ("sở", "bộ", "cục", "vụ", "ban", "phòng")
_ON = ("thuộc", "đóng", "đang", "đã", "sẽ", "vừa")  # behind a number that ends a name
_BLOCS = ("eu", "asean", "apec", "brics", "opec", "nato")  # "Hội đồng Kinh doanh EU - ASEAN"
_UNITS = frozenset(
    "năm tháng ngày tuần tỷ tỉ triệu nghìn người lần % dự công căn tỉnh trận bàn điểm xe suất giải".split()
)


def fields_end(
    t: Text,
    j: int,
    lex: Lexicon,
    kind: str,
    *,
    before_name: bool,
    long_head: bool = False,
    company: bool = False,
) -> int:
    """Where the words behind a head stop being part of the name. A `company` has a name of its own
    behind its fields."""
    low, cap, n, first = t.low, t.cap, t.n, j
    named = not company
    own_name = False
    stop_at = min(n, j + _MOST)
    while j < stop_at:
        if (j > first or long_head) and cap[j] and parent_begins(t, j, lex):
            break
        hit = lex.org_words.match(low, j)
        if own_name and not cap[j] and not (hit and cap[hit[0] : hit[0] + 1] == [True]):
            break  # "Công ty Lô Giang khai thác cát"
        if hit and (
            cap[j]
            or (hit[1] and (j > first or long_head))
            or (j == first and _field_may_be_small(t, j, hit[0], lex, kind))
        ):
            place = gazetteer(t, j, lex) if cap[j] else None
            if not (place and place[0] >= hit[0]) and not (
                hit[0] - j == 1 and compound(t, hit[0], kind, lex)
            ):
                j = hit[0]
                continue
        word = low[j]
        if cap[j] and t.word[j][0].isalpha():
            if not named:
                if own := _own_name(t, j, lex, before_name=before_name):
                    j, named, own_name = own, True, True
                    if (
                        before_name
                        and j < n
                        and low[j] in lex.surnames
                        and vietnamese(t, j, lex, trusted=True)
                    ):
                        break
                    continue
                if field := _small_field(t, j, lex):
                    j = field
                    continue
                named = True
            if long_head and before_name and kind == "board" and j == first and vietnamese(t, j, lex):
                break
            office = kind == "board" and before_name and j == first and low[j - 1] in _OFFICES
            if office and vietnamese(t, j, lex) - j > 2:
                break  # "Chánh Thanh tra Sở Lê Văn An"
            if _something_else(t, j, first, lex, before_name=before_name, kind=kind) or (
                j > first and low[j - 1] == "ương"
            ):
                break
            j += 1
            proper = j - 2 >= first and cap[j - 2]  # "Đông Phú thu hoạch": two capitals are a proper name
            if j < n and not proper and compound(t, j, kind, lex):
                j += 1
            if kind == "board":
                j = _bridge(t, j, lex)
            continue
        if word in ("-", "–") and j + 1 < n and cap[j + 1] and low[j - 1] == "việt" and cap[j - 1]:
            j += 2  # "Trường Mầm non Việt - Bun"
            continue
        if word in ("và", "&", "-", "–") and j > first and j + 1 < n and cap[j + 1]:
            blocs = word in "-–" and low[j - 1] in _BLOCS and low[j + 1] in _BLOCS
            if word == "&" or blocs or _glued(t, j) or _letters(t, j, lex) or _goes_on(t, j + 1, lex):
                j += 1
                continue
            break
        if word in ("and", "of", "for", "the") and j > first and j + 1 < n and cap[j + 1]:
            j += 1  # "Plant and Soil"
            continue
        end = _number(t, j, first, kind)
        if end:
            j = end
            continue
        if word == "số" and j + 1 < n and t.word[j + 1].isdigit():
            j += 1
            continue
        block = word == "khối" and kind == "board" and j > first and cap[j + 1 : j + 2] == [True]
        if block and lex.org_words.match(low, j + 1):
            j += 1  # "Vụ Thanh tra khối Kinh tế ngành"
            continue
        task = lex.org_words.match(low, j + 1) if word == "về" and kind == "board" else None
        if task and task[0] - j > 2 + (not cap[j + 1]):
            j = task[0]  # "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng"
            continue
        if (
            kind == "firm"
            and hit
            and hit[0] < n
            and cap[hit[0]]
            and first < j
            and (lex.org_words.match(low, j - 1) or lex.org_words.match(low, max(first, j - 2)))
            and not _something_else(t, hit[0], first, lex, before_name=before_name, kind=kind)
        ):
            j = hit[0]  # no proper name so far: "Công ty TNHH Xây dựng thủy lợi Ninh Cơ"
            continue
        if not named and j > first and not cap[j] and _LEGAL.intersection(low[max(0, first - 4) : j]):
            field = _small_field(t, j - 1, lex)  # "Công ty TNHH Nước giải khát Sông Hương"
            if field:
                j = field
                continue
        break
    while j > first and t.low[j - 1] in ("và", "&", "-", "–"):
        j -= 1
    return j


_SHORT_PLACES = ("TP", "Tp", "TX", "TT", "Q", "H", "P")


def parent_begins(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether the town or the office that a body belongs to begins at the capital `j`: "… Công an
    TP.Vinh", "… Điều tra Công an tỉnh"."""
    if t.word[j] in _SHORT_PLACES:
        return bool(lex.place_heads.match(t.low, j)) or t.word[j] in ("TP", "TX")
    head = lex.org_heads.match(t.low, j)
    if not head or head[1] != "party" or head[0] >= t.n or t.low[j - 1] in ("và", "&", "-", "–"):
        return False
    return t.low[head[0]] in _LOCAL or bool(gazetteer(t, head[0], lex))


_LOCAL = frozenset("tỉnh tp thành huyện quận xã phường thị".split())


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def _number(t: Text, j: int, first: int, kind: str) -> int:
    """The end of a number that belongs to a name at `j` ("Bệnh viện 108", "Rào Trăng 3"), or 0."""
    if t.word[j] in ROMAN and t.low[j - 1] in ("vực", "vùng", "số", "miền", "ương"):
        return j + 1  # "Cảng vụ Hàng hải khu vực II"
    if not t.word[j].isdigit() or len(t.word[j]) > 4:
        return 0
    ends = j + 1 == t.n or t.word[j + 1] in ".,;:)(" or t.cap[j + 1] or t.low[j + 1] in _ON
    before = t.low[j - 1]
    if j == first:
        fits = kind != "firm" or ends or before in ("viện", "học", "thpt", "thcs", "non")
    elif before in ("số", "ương", "đội", "khu", "vùng", "vực") or (
        ends and (kind == "board" or t.word[j - 1].isupper())
    ):
        fits = True
    else:
        fits = (
            kind == "firm"
            and (len(t.word[j]) == 1 or (ends and not t.cap[j - 1]))
            and (t.cap[j - 1] or ends)
            and (ends or t.low[j + 1] not in _UNITS)
        )
    if not fits:
        return 0
    if j + 2 < t.n and t.word[j + 1] == "/" and t.word[j + 2].isdigit():  # "Trường Tiểu học 19/5"
        return j + 3
    return j + 1


_LEGAL = frozenset("tnhh cp phần htx mtv".split())


def _own_name(t: Text, j: int, lex: Lexicon, *, before_name: bool) -> int:
    """The end of a company's own name at `j`, where its fields end: it looks like a person or opens
    with a place often enough ("Công ty CP Khoáng sản Lô Giang"). 0 if it is a place or another body."""
    k = j
    while k < t.n and t.cap[k] and t.word[k][0].isalpha() and k - j < 5:
        if k > j and (lex.roles.match(t.low, k) or lex.org_heads.match(t.low, k)):
            break
        if k > j and (place := gazetteer(t, k, lex)) and not place[1].ambiguous:
            break
        k += 1
    known = gazetteer(t, j, lex)
    if (known and known[0] >= k) or k - j < 2 or lex.org_heads.match(t.low, j) or lex.roles.match(t.low, j):
        return 0
    if before_name:
        splits = [
            split
            for split in range(j + 1, k - 1)
            if t.low[split] in lex.surnames
            and (k - j > 3 or not syllable(t.word[j]))  # "Phan Châu Trinh" is one name
            and vietnamese(t, split, lex, trusted=True) == k
        ]
        if splits:  # a person's name has three syllables more often than two or four
            return min(splits, key=lambda split: (abs(k - split - 3), split))
    return k


def _small_field(t: Text, j: int, lex: Lexicon) -> int:
    """Where the capital comes that goes on with a company's name behind a field that goes on in small
    letters: "HTX *Đá mỹ nghệ* An Bình"; or 0."""
    k = j + 1
    while k < t.n and k - j < 4 and not t.cap[k] and t.word[k].isalpha() and t.low[k] not in lex.stop:
        if lex.verbs.match(t.low, k):
            return 0
        k += 1
    goes_on = k - j > 1 and k < t.n and t.cap[k] and syllable(t.word[j]) and not t.word[j].isupper()
    return k if goes_on and not lex.org_heads.match(t.low, k) and not lex.roles.match(t.low, k) else 0


def before_letters(t: Text, j: int, lex: Lexicon) -> int:
    """The end of small words at `j` that lead to an abbreviation in brackets, or 0: "Trung tâm Giám sát
    *mạng lưới điện* (GSMĐ)"."""
    k = j
    while k < t.n and k - j < 7 and not t.cap[k] and t.word[k].isalpha():
        if t.low[k] in lex.stop or lex.verbs.match(t.low, k):
            return 0
        k += 1
    return k if k > j and k < t.n and t.bracket(k) else 0


def _bridge(t: Text, j: int, lex: Lexicon) -> int:
    """Past small words inside a name, when a capital of the name follows: "Chống độc *quyền* Liên bang"."""
    k = j
    while k < t.n and k - j < 3 and not t.cap[k] and t.word[k].isalpha() and t.low[k] not in lex.stop:
        k += 1
    if t.low[k - 1] in _LOCAL:
        return j  # "BTS … tỉnh Đắk Lắk"
    if k == j or k >= t.n or not t.cap[k] or not syllable(t.word[k - 1]):
        return j
    return k if lex.org_words.match(t.low, k) else j


def _field_may_be_small(t: Text, j: int, end: int, lex: Lexicon, kind: str) -> bool:
    """Small letters straight behind the head: a field ("Sở y tế"), unless it reads as a verb."""
    if t.low[j] not in _VERBS:
        return kind == "firm" or end - j >= 2 or t.low[j] in ("y", "luật")
    nxt = end < t.n and t.cap[end] and (lex.org_heads.match(t.low, end) or t.low[end] == "trung")
    return bool(nxt) and t.low[j] in ("tổ", "tuyên", "kiểm", "quản", "chỉ")


def _something_else(t: Text, j: int, first: int, lex: Lexicon, *, before_name: bool, kind: str) -> bool:
    """Whether the capital at `j` opens a place, a body, an office or a person instead."""
    place = gazetteer(t, j, lex)
    if (
        place
        and (place[1].rank != "district" or not place[1].ambiguous)
        and not (j == first and place[1].ambiguous)
        and not (j > first and _given_name(t, j, place[0]) and place[1].ambiguous)
    ):
        return True
    if j > first or before_name:
        head = lex.org_heads.match(t.low, j)
        if (
            head
            and (head[0] - j > 1 or head[1] in ("party", "board") or t.low[j] == "ctcp")
            and (j > first or t.cap[j + 1 : j + 2] != [True])
        ):
            return True
    if j > first:
        role = lex.roles.match(t.low, j)
        if role and (role[0] - j > 1 or t.low[j] in ("gs", "ts", "pgs", "ths", "bs", "hlv")):
            return True
        if t.low[j] in lex.foreign and not syllable(t.word[j]) and t.cap[j + 1 : j + 2] == [True]:
            return True  # "đảng Dân chủ Joe Biden"
        abroad = t.cap[j + 1 : j + 2] == [True] and not (syllable(t.word[j]) or syllable(t.word[j + 1]))
        if abroad and kind == "board" and before_name and not t.cap[j - 1]:
            return True  # "Hội đồng Nhân quyền Liên hợp quốc Omar Petersen"
        if t.low[j] in lex.surnames:
            # behind small letters the field is complete: even a family name that is a word counts
            weak = t.low[j] in lex.weak_surnames
            if weak and kind == "firm":
                return False
            end = vietnamese(t, j, lex, trusted=not t.cap[j - 1] and t.low[j - 1] not in ("và", "&", "-"))
            end = end if not weak or end - j >= 3 else 0
            if end and (before_name or (end - j >= 3 and t.cap[j - 1])):
                return True
    return False


def _given_name(t: Text, j: int, end: int) -> bool:
    """Whether a country of one syllable ends a name: "Bệnh viện Tâm Anh", "Phòng khám Hoàn Mỹ"."""
    return end - j == 1 and t.word[j - 1].istitle() and syllable(t.word[j - 1])


def compound(t: Text, j: int, kind: str, lex: Lexicon) -> bool:
    """Whether the small word at `j` ends a two-syllable word whose first syllable has the capital."""
    if j >= t.n:
        return False
    word = t.low[j]
    if (
        t.cap[j]
        or not t.word[j].isalpha()
        or (
            word in lex.stop
            and not (_and_more(t, j + 1) or (word == "sáng" and t.cap[j + 1 : j + 2] == [True]))
        )
        or not syllable(t.word[j])
        or not syllable(t.word[j - 1])
    ):
        return False
    if kind == "firm" and t.cap[j + 1 : j + 2] != [True] and not _and_more(t, j + 1):
        return False
    place = gazetteer(t, j - 1, lex)
    if kind == "firm" and place and place[0] == j:
        return False  # "Đại học Huế đăng (kết quả)"
    return not lex.verbs.match(t.low, j) and len(t.word[j - 1]) > 1 and not t.word[j - 1].isupper()


def _letters(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether "và" at `j` joins two abbreviations that are no bodies: "Đội PCCC và CNCH"."""
    both = t.word[j - 1].isupper() and t.word[j + 1].isupper() and not t.shouted
    return both and min(len(t.word[j - 1]), len(t.word[j + 1])) > 1 and not _body_or_head(t, j + 1, lex)


def _body_or_head(t: Text, j: int, lex: Lexicon) -> bool:
    return bool(lex.org_heads.match(t.low, j) or lex.orgs.match(t.low, j))


def _and_more(t: Text, j: int) -> bool:
    """Whether "và" and a capital follow: "Ngân hàng Tái thiết và Phát triển"."""
    return t.low[j : j + 1] in (["và"], ["&"]) and t.cap[j + 1 : j + 2] == [True]


def _glued(t: Text, j: int) -> bool:
    """Whether the hyphen at `j` joins two abbreviations to one: "Sở TN-MT", "Sở LĐ-TB-XH"."""
    return (
        t.start[j] == t.end[j - 1]
        and t.start[j + 1] == t.end[j]
        and t.word[j - 1].isupper()
        and t.word[j + 1].isupper()
        and len(t.word[j - 1]) + len(t.word[j + 1]) < 9
        and not t.shouted
    )


_PAPERS = pairs("đề án,kế hoạch,nghị quyết,chỉ thị,kết luận,quy định,quyết định")


def _goes_on(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether the name goes on behind "và" or a dash at the capital `j`."""
    head = lex.org_heads.match(t.low, j)
    if t.low[j : j + 2] == ["doanh", "nghiệp"] and t.cap[j + 2 : j + 3] == [False]:
        return t.word[j + 2].isalpha() and t.low[j + 2] != "tư"  # "… và Doanh nghiệp công nghệ"
    if head and (
        head[0] - j > 1 or head[1] == "party" or t.low[j] in ("bộ", "sở", "ban", "đh", "bv", "cục", "vụ")
    ):
        return False
    if gazetteer(t, j, lex) or (t.low[j], *t.low[j + 1 : j + 2]) in _PAPERS:
        return False
    if lex.org_words.match(t.low, j):
        return True
    # "… và Điều tra tài nguyên": a capital and a word in small letters are no person and no place
    after = j + 1
    small = after < t.n and not t.cap[after] and t.word[after].isalpha() and syllable(t.word[j])
    small = small and not t.cap[j - 2]  # behind small letters: "Quy hoạch và …", not "Minh Long và …"
    return (
        small
        and not head
        and t.low[after] not in lex.stop
        and not lex.roles.match(t.low, j)
        and not lex.titles.match(t.low, j)
        and not lex.verbs.match(t.low, after)
    )


def name_goes_on(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether a single capital at `j`, behind the place in a firm's name, is its last word."""
    return (
        j < t.n
        and t.cap[j]
        and syllable(t.word[j])
        and (j + 1 == t.n or not t.cap[j + 1])
        and not t.word[j].isupper()
        and not lex.roles.match(t.low, j)
        and not lex.org_heads.match(t.low, j)
        and not lex.titles.match(t.low, j)
        and t.low[j] not in lex.surnames
    )
