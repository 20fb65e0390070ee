"""Organisations: a head (Ban, Sở, Công ty …), the field or name behind it, its parent and its place."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.places import gazetteer, place_at
from store.entities.spans import Text

_GENERIC_PLACE = frozenset("tỉnh tp quận huyện xã phường".split())
# Words that are verbs at least as often: behind a head they need a body or a capital after them.
_VERBS = frozenset(
    "tổ kiểm bảo quản chỉ nghiên đầu sản phát thiết tuyên xây hữu mở đối dự việc giáo điều cứu tìm".split()
)
_COUNTS_WITH_PARENT = ("ban thường vụ", "ban chấp hành", "ban thường trực")
_MOST = 16
_UNITS = frozenset(
    "năm tháng ngày tuần tỷ tỉ triệu nghìn người lần % dự công căn tỉnh trận bàn điểm xe suất giải".split()
)


class OrgAt(NamedTuple):
    """An organisation at words [start:end). `head_end` ends the shorter complete form (0: none);
    `neutral` ones lack the locality or parent that makes them somebody."""

    start: int
    end: int
    head_end: int
    neutral: bool
    why: str
    bare: int = 0  # where the name without a head in small letters begins


def organisation_at(
    t: Text, i: int, lex: Lexicon, *, before_name: bool = False, depth: int = 0, small: bool = False
) -> OrgAt | None:
    """The organisation that begins at word `i`, to its full extent, or None.

    `before_name`: a person's name may follow at once; `small`: the head counts in small letters too.
    """
    low, cap = t.low, t.cap
    known = lex.orgs.match(low, i)
    if known and not _written_so(t, i, known[1].written):
        known = None
    head = lex.org_heads.match(low, i)
    best: OrgAt | None = None
    if known:
        end = known[0]
        tail, placed = _tail(t, end, lex, "known", before_name=before_name, depth=depth)
        neutral = known[1].neutral and not placed
        best = OrgAt(i, tail, end if tail > end and not known[1].neutral else 0, neutral, "known name")
    if head:
        built = _build(t, i, *head, lex, before_name=before_name, depth=depth, small=small)
        if built and (best is None or built.end > best.end):
            best = built
    if best and not cap[i] and not best.bare and not small:
        return None
    return best


def _written_so(t: Text, i: int, written: tuple[str, ...]) -> bool:
    if not t.cap[i] and written[0][0].isupper():
        return False
    for k, word in enumerate(written, i):
        if word.isupper() and len(word) > 1 and not t.word[k].isupper():
            return False
    last = written[-1]
    alien = len(written) > 1 and last[0].isupper() and last.isalpha() and not syllable(last)
    return not alien or t.cap[i + len(written) - 1]


def _build(
    t: Text, i: int, j: int, kind: str, lex: Lexicon, *, before_name: bool, depth: int, small: bool
) -> OrgAt | None:
    n = t.n
    if (not t.cap[i] and not small) or (kind == "lower" and t.opens(i) and j < n and t.cap[j]):
        # a head in small letters counts if a name follows it at once
        if kind == "party" and t.low[i] == "công" and j < n and t.low[j] in _GENERIC_PLACE | {"thành"}:
            place = place_at(t, j, lex, before_name=before_name)
            return (
                OrgAt(i, place.end, 0, False, "head and locality", i) if place and place.end > j + 1 else None
            )
        if j >= n or not t.cap[j] or (j - i == 1 and t.low[i] in _NEVER_SMALL) or kind == "party":
            return None
        if i and (t.low[i - 1], t.low[i]) in _OTHER_WORDS:
            return None
        if kind == "board" and t.low[i] not in _SMALL_BOARDS:
            return None
        end = _proper(t, j, lex, before_name)
        if end:
            end, _ = _tail(t, end, lex, "firm", before_name=before_name, depth=depth)
        return OrgAt(i, end, 0, False, "noun and name", j) if end else None
    if kind == "lower":
        kind = "firm"
    if kind == "party":
        return _party(t, i, j, lex, before_name=before_name, depth=depth)
    if t.low[i:j] == ["tổ", "chức"] and t.low[j : j + 2] == ["xây", "dựng"]:
        return None  # "(ngành) Tổ chức xây dựng Đảng" is a line of work
    fields = _fields(t, j, lex, kind, before_name=before_name, long_head=j - i > 1)
    tail, placed = _tail(t, fields, lex, kind, before_name=before_name, depth=depth)
    if fields == j:
        if kind == "board" and not placed and j - i > 1 and t.low[i] == "ban" and t.cap[j - 2]:
            return OrgAt(i, j, 0, True, "head alone")
        if not placed or (
            kind == "board" and t.low[i] not in ("đoàn", "đội", "hội", "viện", "đại", "tổng") and j - i < 2
        ):
            return None
        if kind == "firm" and placed == 2:
            return None
        return OrgAt(i, tail, 0, False, "head and place")
    return OrgAt(
        i,
        tail,
        fields if tail > fields else 0,
        False,
        "head and field" if kind == "board" else "head and name",
    )


_OTHER_WORDS = frozenset(  # "dự báo CPI" is no paper
    tuple(pair.split())
    for pair in (
        "dự báo,cảnh báo,thông báo,tình báo,khai báo,giáo khoa,bách khoa,nha khoa,đa khoa,"
        "nhập viện,xuất viện,chuyển viện,vào viện,lâu đài,võ đài,khán đài,thủ khoa,á khoa,y khoa,"
        "sản khoa,chuyên khoa,phụ khoa,tượng đài"
    ).split(",")
)
_NEVER_SMALL = frozenset("ban bộ sở phòng đoàn đội tổ trường hội cục vụ cơ".split())
_SMALL_BOARDS = frozenset("trung viện hiệp quỹ khoa liên nhà hợp xí bảo đại".split())


def _party(t: Text, i: int, j: int, lex: Lexicon, *, before_name: bool, depth: int) -> OrgAt | None:
    n = t.n
    end = j
    # "TAND cấp cao", "Đảng ủy Khối …", "Hội Nông dân Việt Nam", "Cảnh sát biển": a field may stand between
    if end < n and t.cap[end] and not _generic_end(t, end) and not vietnamese(t, end, lex):
        field = lex.org_words.match(t.low, end) or t.low[end] in ("khối", "các")
        end = (
            _fields(t, j, lex, "board", before_name=before_name)
            if field and not gazetteer(t, end, lex)
            else j
        )
    tail, placed = _tail(t, end, lex, "party", before_name=before_name, depth=depth)
    head = " ".join(t.low[i:j])
    if end > j:
        return OrgAt(i, tail, end if tail > end else 0, False, "head and field")
    if placed == 2 and head not in _COUNTS_WITH_PARENT:
        placed = 0
        neutral = True
    else:
        neutral = not placed
    if head in ("cảnh sát", "hải quan", "hội đồng", "văn phòng", "thanh tra", "đoàn thanh niên") and neutral:
        return None
    return OrgAt(i, tail, 0, neutral, "head and locality" if placed else "head alone")


def _proper(t: Text, j: int, lex: Lexicon, before_name: bool) -> int:
    """The end of a proper name behind a head in small letters, or 0."""
    hit = gazetteer(t, j, lex)
    known = lex.orgs.match(t.low, j)
    if known and _written_so(t, j, known[1].written):
        return known[0]
    if hit:
        return hit[0]
    return _fields(t, j, lex, "firm", before_name=before_name)


def _fields(t: Text, j: int, lex: Lexicon, kind: str, *, before_name: bool, long_head: bool = False) -> int:
    """Where the words behind a head stop being part of the name."""
    low, cap, n, first = t.low, t.cap, t.n, j
    stop_at = min(n, j + _MOST)
    while j < stop_at:
        hit = lex.org_words.match(low, j)
        if hit and (
            cap[j]
            or (hit[1] and (j > first or long_head))
            or (j == first and _field_may_be_small(t, j, hit[0], lex, kind))
        ):
            place = gazetteer(t, j, lex) if cap[j] else None
            if not (place and place[0] >= hit[0]):
                j = hit[0]
                continue
        word = low[j]
        if cap[j] and t.word[j][0].isalpha():
            if long_head and before_name and kind == "board" and j == first and vietnamese(t, j, lex):
                break
            if _something_else(t, j, first, lex, before_name) or (j > first and low[j - 1] == "ương"):
                break
            j += 1
            if j < n and compound(t, j, kind, lex):
                j += 1
            if kind == "board":
                j = _bridge(t, j, lex)
            continue
        if word in ("và", "&", "-", "–") and j > first and j + 1 < n and cap[j + 1]:
            if word == "&" or _goes_on(t, j + 1, lex):
                j += 1
                continue
            break
        end = _number(t, j, first, kind)
        if end:
            j = end
            continue
        if word == "số" and j + 1 < n and t.word[j + 1].isdigit():
            j += 1
            continue
        break
    while j > first and t.low[j - 1] in ("và", "&", "-", "–"):
        j -= 1
    return j


def _number(t: Text, j: int, first: int, kind: str) -> int:
    """The end of a number that belongs to a name at `j` ("Bệnh viện 108", "Rào Trăng 3"), or 0."""
    if not t.word[j].isdigit() or len(t.word[j]) > 4:
        return 0
    ends = j + 1 == t.n or t.word[j + 1] in ".,;:)" or t.cap[j + 1]
    before = t.low[j - 1]
    if j == first:
        fits = kind != "firm" or ends or before in ("viện", "học", "thpt", "thcs", "non")
    elif before in ("số", "ương", "đội", "khu", "vùng"):
        fits = True
    else:
        fits = (
            kind == "firm" and len(t.word[j]) == 1 and t.cap[j - 1] and (ends or t.low[j + 1] not in _UNITS)
        )
    if not fits:
        return 0
    if j + 2 < t.n and t.word[j + 1] == "/" and t.word[j + 2].isdigit():  # "Trường Tiểu học 19/5"
        return j + 3
    return j + 1


def _bridge(t: Text, j: int, lex: Lexicon) -> int:
    """Past small words inside a name, when a capital of the name follows: "Chống độc *quyền* Liên bang"."""
    k = j
    while k < t.n and k - j < 3 and not t.cap[k] and t.word[k].isalpha() and t.low[k] not in lex.stop:
        k += 1
    if k == j or k >= t.n or not t.cap[k] or not syllable(t.word[k - 1]):
        return j
    return k if lex.org_words.match(t.low, k) else j


def _field_may_be_small(t: Text, j: int, end: int, lex: Lexicon, kind: str) -> bool:
    """Small letters straight behind the head: a field ("Sở y tế"), unless it reads as a verb."""
    if t.low[j] not in _VERBS:
        return kind == "firm" or end - j >= 2 or t.low[j] in ("y", "luật")
    nxt = end < t.n and t.cap[end] and (lex.org_heads.match(t.low, end) or t.low[end] == "trung")
    return bool(nxt) and t.low[j] in ("tổ", "tuyên", "kiểm", "quản", "chỉ")


def _something_else(t: Text, j: int, first: int, lex: Lexicon, before_name: bool) -> bool:
    """Whether the capital at `j` opens a place, a body, an office or a person instead."""
    place = gazetteer(t, j, lex)
    if (
        place
        and (place[1].rank != "district" or not place[1].ambiguous)
        and not (j == first and place[1].ambiguous)
    ):
        return True
    if j > first or before_name:
        head = lex.org_heads.match(t.low, j)
        if (
            head
            and (head[0] - j > 1 or head[1] in ("party", "board"))
            and (j > first or t.cap[j + 1 : j + 2] != [True])
        ):
            return True
    if j > first:
        role = lex.roles.match(t.low, j)
        if role and (role[0] - j > 1 or t.low[j] in ("gs", "ts", "pgs", "ths", "bs", "hlv")):
            return True
        if t.low[j] in lex.foreign and not syllable(t.word[j]) and t.cap[j + 1 : j + 2] == [True]:
            return True  # "đảng Dân chủ Joe Biden"
        if t.low[j] in lex.surnames and t.low[j] not in lex.weak_surnames:
            end = vietnamese(t, j, lex)
            if end and (before_name or (end - j >= 3 and t.cap[j - 1])):
                return True
    return False


def compound(t: Text, j: int, kind: str, lex: Lexicon) -> bool:
    """Whether the small word at `j` ends a two-syllable word whose first syllable has the capital."""
    word, before = t.low[j], t.low[j - 1]
    if (
        t.cap[j]
        or not t.word[j].isalpha()
        or word in lex.stop
        or not syllable(t.word[j])
        or not syllable(t.word[j - 1])
    ):
        return False
    if kind == "firm" and (before in lex.given or before in lex.surnames) and t.cap[j + 1 : j + 2] != [True]:
        return False
    return not lex.verbs.match(t.low, j) and len(t.word[j - 1]) > 1 and not t.word[j - 1].isupper()


def _goes_on(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether the name goes on behind "và" or a dash at the capital `j`."""
    head = lex.org_heads.match(t.low, j)
    if head and (
        head[0] - j > 1 or head[1] == "party" or t.low[j] in ("bộ", "sở", "ban", "đh", "bv", "cục", "vụ")
    ):
        return False
    return bool(lex.org_words.match(t.low, j)) and not gazetteer(t, j, lex)


def _tail(t: Text, j: int, lex: Lexicon, kind: str, *, before_name: bool, depth: int) -> tuple[int, int]:
    """(end, what): parents and localities behind a name; what is 0 none, 1 a place, 2 only a
    locality without name or a parent that has none."""
    n, placed = t.n, 0
    for _ in range(4):
        k = j
        if j >= n:
            break
        bracket = (
            k + 2 < n
            and t.word[k] == "("
            and t.word[k + 2] == ")"
            and t.word[k + 1].isupper()
            and len(t.word[k + 1]) > 1
        )
        if bracket:
            k += 3
            if k >= n:
                break
        if t.low[k] in ("-", "–") and k + 1 < n and t.cap[k + 1] and kind == "firm":
            parent = lex.org_heads.match(t.low, k + 1)
            if not parent:
                break
            k += 1
        if t.low[k] == "trung" and k + 1 < n and t.low[k + 1] == "ương" and (t.cap[k] or kind == "board"):
            j = k + 2
            if j < n and t.word[j].isdigit() and len(t.word[j]) < 3:
                j += 1
            placed = 1
            continue
        if t.low[k] == "tại" and t.low[k - 1] in ("cao", "quán", "diện") and k + 1 < n:
            place = place_at(t, k + 1, lex, before_name=before_name)
            if place:
                j, placed = place.end, 1
            break
        if t.low[k] == "chi" and k + 1 < n and t.low[k + 1] == "nhánh" and k + 2 < n:
            place = place_at(t, k + 2, lex, before_name=before_name)
            if place:
                j, placed = place.end, 1
            break
        if t.cap[k] or t.low[k] in _GENERIC_PLACE or t.low[k] in ("thành", "thị", "đặc", "công", "nước"):
            place = place_at(t, k, lex, before_name=before_name)
            if place and (
                place.sure
                or place.name > place.start
                or (place.rank == "world" and not before_name)
                or _alone(t, place.end)
            ):
                if t.low[place.start] in ("sông", "đường", "hồ", "biển", "núi"):
                    break
                j, placed = place.end, 1
                if place.canonical == "Việt Nam" and kind == "firm":
                    continue
                if t.low[j : j + 1] == ["tại"] and "quán" in t.low[max(0, place.start - 2) : place.start]:
                    host = place_at(t, j + 1, lex, before_name=before_name) if j + 1 < n else None
                    j = host.end if host else j  # "Đại sứ quán A tại B"
                break
            if t.cap[k] and depth < 3:
                parent_at = organisation_at(t, k, lex, before_name=before_name, depth=depth + 1)
                if parent_at and not parent_at.bare and t.low[k] not in ("báo", "đài", "hãng", "đội"):
                    j = parent_at.end
                    placed = 2 if parent_at.neutral else 1
                    break
        generic = _generic_end(t, k)
        if generic and kind in ("board", "party"):
            j, placed = generic, max(placed, 2) if placed != 1 else 1
        break
    return j, placed


def _alone(t: Text, end: int) -> bool:
    return end >= t.n or not t.cap[end] or not t.word[end].isalpha()


def _generic_end(t: Text, k: int) -> int:
    if t.low[k] in _GENERIC_PLACE and (k + 1 >= t.n or t.word[k + 1] != "."):
        return k + 1
    if t.low[k] in ("thành", "thị") and k + 1 < t.n and t.low[k + 1] in ("phố", "xã"):
        return k + 2
    return 0
