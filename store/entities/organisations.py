"""Organisations: a head (Ban, Sở, Công ty …), the field or name behind it, its parent and its place."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon
from store.entities.names import firm_abroad, syllable, vietnamese
from store.entities.org_abroad import as_far_as_country, firm_at, name_behind_country, task_end
from store.entities.org_fields import (
    ROMAN,
    before_letters,
    compound,
    fields_end,
    name_goes_on,
    parent_begins,
)
from store.entities.org_shapes import GENERIC_PLACE, alien, alone, band, generic_end, run, written_so
from store.entities.org_tasks import small_words_end
from store.entities.places import alone_is_place, gazetteer, place_at
from store.entities.spans import Text, pairs

_SMALL_PLACES = ("thành", "thị", "đặc", "công", "nước", "châu", "cửa")
_COUNTS_WITH_PARENT = (
    "ban thường vụ", "ban chấp hành", "ban thường trực", "ủy ban kiểm tra", "ubkt", "văn phòng", "btv", "bch",
)  # fmt: skip


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
    if known and not written_so(t, i, known[1].written):
        known = None
    head = lex.org_heads.match(low, i)
    best: OrgAt | None = None
    if cap[i] and not head and (firm := firm_at(t, i, lex)):
        return OrgAt(i, firm, 0, False, "name that ends like a firm's")
    if known:
        end = known[0]
        tail, placed = _tail(t, end, lex, "known", before_name=before_name, depth=depth)
        neutral = known[1].neutral and not placed
        best = OrgAt(i, tail, end if tail > end and not known[1].neutral else 0, neutral, "known name")
    if head:
        built = _build(t, i, *head, lex, before_name=before_name, depth=depth, small=small)
        if built and (best is None or built.end > best.end):
            if best and best.end < t.n and cap[best.end] and not syllable(t.word[best.end]):
                return best  # "Ủy ban châu Âu Marek Dvorsky": a person follows
            best = built
    if best and not cap[i] and not best.bare and not small:
        return None
    if (
        best
        and best.end + 1 < t.n
        and low[best.end] == "về"
        and (end := task_end(t, best.start, best.end, lex))
    ):
        return best._replace(end=end, head_end=best.head_end or best.end)
    return best


def parent_of_unit(t: Text, org: OrgAt, lex: Lexicon) -> OrgAt:
    """In an office, the hospital or the police of a unit in small letters: "Trưởng *khoa Nhi* Bệnh viện
    X"; any other body as it is."""
    k = org.head_end
    if t.cap[org.start] or t.low[org.start] not in _SMALL_UNITS or not k or k >= t.n or not t.cap[k]:
        return org
    parent = organisation_at(t, k, lex, before_name=True)
    return parent if parent and parent.end >= org.end and not parent.neutral else org


_SMALL_UNITS = frozenset("phòng khoa ban bộ".split())


def _build(
    t: Text, i: int, j: int, kind: str, lex: Lexicon, *, before_name: bool, depth: int, small: bool
) -> OrgAt | None:
    n = t.n
    head_end = j
    if t.low[i:j] == ["nhóm"] and not band(t, j, lex):
        return None
    if i and t.low[i - 1] in ("lúa", "gạo", "giống", "nếp"):
        return None  # "lúa Đài Thơm 8"
    j = t.bracket(j) or j  # "Hợp tác xã (HTX) Tân Phú"
    if (not t.cap[i] and not small) or (kind == "lower" and t.opens(i) and j < n and t.cap[j]):
        # a head in small letters counts if a name follows it at once
        if kind == "party" and t.low[i] == "công" and j < n and t.low[j] in GENERIC_PLACE | {"thành"}:
            place = place_at(t, j, lex, before_name=before_name)
            return (
                OrgAt(i, place.end, 0, False, "head and locality", i) if place and place.end > j + 1 else None
            )
        if t.low[i : i + 2] == ["liên", "danh"] and lex.org_heads.match(t.low, j):
            return None
        if t.low[j : j + 1] == ["việt"] and t.cap[j + 1 : j + 2] != [True]:
            return None  # "startup Việt" is any Vietnamese one
        if j >= n or not t.cap[j] or (j - i == 1 and t.low[i] in _NEVER_SMALL) or kind == "party":
            return None
        if i and (t.low[i - 1], t.low[i]) in _OTHER_WORDS:
            return None
        if kind == "board" and t.low[i] not in _SMALL_BOARDS:
            return None
        if firm := firm_abroad(t, j):
            return OrgAt(i, firm, 0, False, "noun and name", j)
        if (
            t.low[i] == "kênh"
            and syllable(t.word[j])
            and not (t.word[j].isupper() or lex.orgs.match(t.low, j))
        ):
            return None  # "Kênh Rạch Giá - Hà Tiên" is a canal
        country = gazetteer(t, j, lex)
        if country and country[1].rank == "world" and t.low[i] in _COMMON_NOUNS:
            return None  # "một tập đoàn Singapore"
        end = _proper(t, j, lex, before_name)
        if end:
            end, _ = _tail(t, end, lex, "firm", before_name=before_name, depth=depth)
        return OrgAt(i, end, 0, False, "noun and name", j) if end else None
    if kind in ("lower", "firm") and t.low[i] in _COMMON_NOUNS and name_behind_country(t, j, lex):
        return None  # "hãng tin Anh BBC": the name comes behind the country
    if kind in ("lower", "firm") and j < n and t.cap[j] and (firm := firm_abroad(t, j)):
        tail, _ = _tail(t, firm, lex, "firm", before_name=before_name, depth=depth, first=i)
        return OrgAt(i, tail, firm if tail > firm else 0, False, "head and name")
    if kind == "lower":
        kind = "firm"
    if kind == "party":
        return _party(t, i, j, head_end, lex, before_name=before_name, depth=depth)
    if t.low[i:j] == ["tổ", "chức"] and t.low[j : j + 2] == ["xây", "dựng"]:
        return None  # "(ngành) Tổ chức xây dựng Đảng" is a line of work
    inner = lex.org_heads.match(t.low, j) if depth < 2 and j - i > 1 and j < n and t.cap[j] else None
    if inner and inner[0] - j > 1 and kind == "board":
        own = organisation_at(t, j, lex, before_name=before_name, depth=depth + 1)
        if own and not own.neutral:  # "Ban Quản lý Vườn quốc gia …", "Chi nhánh Văn phòng …"
            seat = place_at(t, own.end + 1, lex) if t.low[own.end : own.end + 1] == ["tại"] else None
            if seat and t.low[i] == "phân":
                return OrgAt(i, seat.end, own.end, False, "head, body and seat")  # "Phân hiệu … tại Gia Lai"
            return OrgAt(i, own.end, 0, False, "head and body")
    school = t.low[i] in _SCHOOLS and j < n and vietnamese(t, j, lex) > j
    company = kind == "firm" and (t.low[i] in _COMPANIES or school)
    fields = fields_end(t, j, lex, kind, before_name=before_name, long_head=j - i > 1, company=company)
    if fields < n and not t.cap[fields] and (fields > j or (j - i > 2 and t.cap[j - 2])):
        first = j if fields > j else j - 2  # "Văn phòng Điều phối" is a head by itself
        fields = small_words_end(t, first, fields, lex, before_name=before_name)
    if t.low[i] in _UNIONS and (end := as_far_as_country(t, fields, lex)):
        return OrgAt(i, end, 0, False, "head, field and country")
    tail, placed = _tail(t, fields, lex, kind, before_name=before_name, depth=depth, first=i)
    if t.low[i] == "đoàn" and fields > j and True not in t.cap[j:tail] and not t.word[tail - 1].isdigit():
        return None  # "Đoàn thanh tra", "Đoàn công tác"
    if fields == j:
        if kind == "board" and not placed and j - i > 1 and t.low[i] == "ban" and t.cap[j - 2]:
            return OrgAt(i, j, 0, True, "head alone")
        if not placed or (
            kind == "board"
            and not (t.low[i] == "vụ" and t.low[j] in ("châu", "đông", "trung", "tây"))  # "Vụ Châu Á"
            and t.low[i] not in ("đoàn", "đội", "hội", "viện", "đại", "tổng")
            and j - i < 2
        ):
            return None
        if placed == 2 and (kind == "firm" or j - i < 2):
            return None  # "Đoàn phường"
        return OrgAt(i, tail, 0, False, "head and place")
    if kind == "board" and not before_name and (end := before_letters(t, tail, lex)):
        return OrgAt(i, end, tail, False, "head and field before its abbreviation")
    if t.low[i:j] == ["lực", "lượng"] and True not in t.cap[j:tail]:
        return None  # "lực lượng cứu hộ" is nobody in particular
    return OrgAt(
        i,
        tail,
        fields if tail > fields else 0,
        False,
        "head and field" if kind == "board" else "head and name",
    )


_COMPANIES = frozenset("công cty ctcp tập hợp htx doanh dntn xí liên".split())
_SCHOOLS = frozenset("trường đh đại học bệnh bv thpt thcs".split())
_UNIONS = frozenset("hội hiệp liên viện mạng quỹ tổng".split())
_OTHER_WORDS = pairs(  # "dự báo CPI" is no paper
    "dự báo,cảnh báo,thông báo,tình báo,khai báo,giáo khoa,bách khoa,nha khoa,đa khoa,"
    "nhập viện,xuất viện,chuyển viện,vào viện,lâu đài,võ đài,khán đài,thủ khoa,á khoa,y khoa,"
    "sản khoa,chuyên khoa,phụ khoa,tượng đài"
)
_COMMON_NOUNS = frozenset(
    "doanh tờ đài kênh công tập ngân hãng quỹ tổ lực phong bệnh trường báo nhà sàn mạng ứng nền".split()
)
_NEVER_SMALL = frozenset("ban bộ sở phòng đoàn đội tổ trường hội cục vụ cơ".split())
_SMALL_BOARDS = frozenset("trung viện hiệp quỹ khoa liên nhà hợp xí bảo đại".split())


_STATIONS = (
    "hải quan",
    "trạm csgt",
    "trạm y tế",
    "điện lực",
    "bưu điện",
    "hạt kiểm lâm",
    "đội csgt",
    "kho bạc",
)


def _party(
    t: Text, i: int, j: int, head_end: int, lex: Lexicon, *, before_name: bool, depth: int
) -> OrgAt | None:
    n = t.n
    end = j
    # "TAND cấp cao", "Đảng ủy Khối …", "Hội Nông dân Việt Nam", "Cảnh sát biển": a field may stand between
    parent = end < n and t.cap[end] and parent_begins(t, end, lex)
    if end < n and t.cap[end] and not (parent or generic_end(t, end) or vietnamese(t, end, lex)):
        field = lex.org_words.match(t.low, end) or t.low[end] in ("khối", "các")
        field = field or (t.low[i:end] == ["hội", "đồng"] and compound(t, end + 1, "board", lex))
        end = (
            fields_end(t, j, lex, "board", before_name=before_name)
            if field and not gazetteer(t, end, lex)
            else j
        )
    if end + 1 < n and t.low[end] == "số" and t.word[end + 1].isdigit():
        end += 2  # "Đội CSGT số 2"
    else:  # "TAND khu vực 3", "Chi cục Kiểm lâm vùng I"
        k = end + (t.low[end : end + 1] == ["vùng"] or 2 * (t.low[end : end + 2] == ["khu", "vực"]))
        if k < n and t.low[k - 1] in ("vực", "vùng") and (t.word[k].isdigit() or t.word[k] in ROMAN):
            end = k + 1
    tail, placed = _tail(t, end, lex, "party", before_name=before_name, depth=depth, first=i)
    head = " ".join(t.low[i:head_end])
    town = run(t, j) if head in _STATIONS and not placed and end == j else j
    if town - j == 2 and alone_is_place(t, j, town, lex) and not vietnamese(t, j, lex):
        return OrgAt(i, town, 0, False, "head and town")  # "Hải quan Bằng Tường"
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
    if known and written_so(t, j, known[1].written):
        end = known[0]  # "công ty Hoàng Anh Gia Lai Agrico"
        return end + (end - j > 1 and alien(t, end) and t.cap[end + 1 : end + 2] != [True])
    if hit:
        return hit[0]
    return fields_end(t, j, lex, "firm", before_name=before_name)


def _tail(
    t: Text, j: int, lex: Lexicon, kind: str, *, before_name: bool, depth: int, first: int = 0
) -> tuple[int, int]:
    """(end, what): the parents and localities behind a name that begins at `first`; what is 0 none,
    1 a place, 2 only a locality without name or a parent that has none."""
    n, placed = t.n, 0
    for _ in range(4):
        k = j
        if j >= n:
            break
        bracket = t.bracket(k)
        if bracket:
            k = bracket
            if k >= n:
                break
        if t.low[k] in ("-", "–") and k + 1 < n and t.cap[k + 1]:
            parent = lex.org_heads.match(t.low, k + 1)
            town = gazetteer(t, k + 1, lex)
            if town and kind == "firm" and t.low[first] in _SCHOOLS and t.start[k] > t.end[k - 1]:
                j, placed = town[0], 1  # "Trường THPT chuyên Quốc học - Huế"
                break
            joint = t.low[first - 1 : first] == ["danh"] or t.word[first - 1 : first] == t.word[k : k + 1]
            if joint and "danh" in t.low[max(0, first - 20) : first]:
                break  # "liên danh Công ty A - Công ty B - Công ty C": each is one
            police = t.low[k + 1 : k + 3] == ["công", "an"] and t.low[first] in ("cơ", "phòng", "đội", "lực")
            if not parent or not (kind == "firm" or police):
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
            side = t.low[k + 2] in ("nam", "bắc", "đông", "tây") and k + 3 < n  # "Chi nhánh Nam Nghệ An"
            place = place_at(t, k + 2, lex, before_name=before_name) or (
                place_at(t, k + 3, lex, before_name=before_name) if side else None
            )
            if place:
                j, placed = place.end, 1
            break
        if t.low[k] == "cơ" and t.low[k : k + 2] == ["cơ", "sở"] and k + 2 < n and kind == "firm":
            if t.word[k + 2].isdigit() or t.word[k + 2] in ROMAN:
                j, placed = k + 3, 1  # "Bệnh viện Bạch Mai cơ sở 2"
            break
        if (
            t.low[k : k + 3] == ["của", "quốc", "hội"]
            and k > 2
            and {"ủy", "đồng"}.intersection(t.low[max(0, k - 8) : k])
        ):
            j, placed = k + 3, 1  # "Ủy ban Đối ngoại của Quốc hội"
            break
        if t.cap[k] or t.low[k] in GENERIC_PLACE or t.low[k] in _SMALL_PLACES:
            place = place_at(t, k, lex, before_name=before_name)
            if place and (
                place.sure
                or place.name > place.start
                or (place.rank == "world" and (not before_name or alien(t, place.end)))
                or alone(t, place.end)
            ):
                own = kind == "firm" and t.cap[place.start]  # "Công ty may Sông Hồng"
                if t.low[place.start] in ("sông", "đường", "hồ", "biển", "núi") and not own:
                    break
                j, placed = place.end, 1
                pair = t.word[j : j + 1] in (["-"], ["–"]) and j + 1 < n
                if pair and _FRIENDS.intersection(t.low[max(0, place.start - 4) : place.start]):
                    partner = gazetteer(t, j + 1, lex)
                    if partner and partner[1].rank == "world":
                        j = partner[0]  # "Hội Hữu nghị Việt Nam - Chile"
                        break
                if place.canonical == "Việt Nam" and kind == "firm":
                    continue
                if kind == "firm" and not before_name and t.low[first] in _SCHOOLS and alien(t, j):
                    j = run(t, j)  # "Trường Quốc tế Pháp Marie Dupont"
                elif kind == "firm" and j < n and (more := gazetteer(t, j, lex)) and not more[1].ambiguous:
                    j = more[0]  # "CLB Tràng An Ninh Bình"
                elif kind == "firm" and name_goes_on(t, j, lex):
                    j += 1  # "Công ty CP Đô thị Long Biên Xanh"
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
        generic = generic_end(t, k)
        if generic and kind in ("board", "party"):
            j, placed = generic, max(placed, 2) if placed != 1 else 1
        break
    return j, placed


# Nouns of bodies that two countries keep together; two teams or two governments do not.
_FRIENDS = frozenset("nghị viện trường giáo non học thpt thcs tâm thác hữu hội".split())
