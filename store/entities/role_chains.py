"""Offices side by side: joined by commas and dashes, closed by a comma, a bracket or a name."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import NAMED_AFTER, foreign, syllable, vietnamese
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import PlaceAt, gazetteer, place_at
from store.entities.role_clauses import CLAUSE, CLAUSE_PAIRS, goes_on, in_an_office, says
from store.entities.roles import DEGREES, MOST, Office, acronym, calling_end, next_in_a_list, office_at
from store.entities.spans import Text


def chain(t: Text, i: int, lex: Lexicon, *, named: bool = False) -> list[Office]:
    """Offices joined by commas, dashes or "kiêm" from word `i` on; behind a name (`named`) each runs to
    its comma, and words of work that open no office before a name do ("đại diện", "chủ vườn …")."""
    offices: list[Office] = []
    n = t.n
    while i < n and len(offices) < 8:
        office = office_at(t, i, lex, named=named)
        if office and named:
            office = _to_the_comma(t, office, lex)
        elif named and not office:
            office = _called(t, i, lex)
        if not office:
            unit = organisation_at(t, i, lex) if offices and _in_a_unit(t, offices[-1]) else None
            end = (t.bracket(unit.end) or unit.end) if unit else 0
            if unit and t.low[end - 1] in NAMED_AFTER and (bearer := vietnamese(t, end, lex)):
                end = bearer  # "Trường THPT Chuyên Lê Hồng Phong"
            if unit and end + 1 < n and t.word[end].isdigit():
                end += 1  # "Bệnh viện Nhi đồng 2"
            if unit and end < n and t.cap[end] and (town := place_at(t, end, lex)):
                end = town.end
            if not unit or not _unit_ends(t, end, named):
                break
            office = with_bracket(t, Office(i, end, (unit,)), lex)  # "Trưởng bộ môn A, Viện B"
            office = _to_the_comma(t, office, lex) if named else office
        if named and (end := t.bracket(office.end)):
            office = Office(office.start, end, office.inside)  # "… An ninh và Hợp tác châu Âu (OSCE)"
        if named:
            office = _up_to_the_town(t, office, lex)
        offices.append(office)
        i = office.end
        if i < n and (t.word[i] == "," or t.low[i] == "kiêm"):
            i += 1
            if t.low[i : i + 2] == ["đồng", "chí"]:
                i += 2
            elif named and (t.low[i : i + 1] in (["hiện"], ["nay"]) or t.low[i : i + 2] == ["đồng", "thời"]):
                i = past_link(t, i, lex)
        elif (
            i + 1 < n
            and t.word[i] in "-–"
            and (calling_end(t, i + 1, lex) or _unit_goes_on(t, i, office, lex))
        ):
            i += 1  # "… Tỉnh ủy - Giám đốc Công an tỉnh", "Họa sĩ - nhà điêu khắc"
        elif i < n and (t.low[i] in DEGREES or lex.roles.match(t.low, i)):
            continue
        else:
            break
    return offices


_LEVELS = ("thôn ấp bản buôn khóm làng xóm dân", "xã phường trấn", "huyện quận", "tỉnh")
_LEVEL = {noun: level for level, nouns in enumerate(_LEVELS) for noun in nouns.split()}


def _up_to_the_town(t: Text, office: Office, lex: Lexicon) -> Office:
    """An office in a hamlet with the higher places behind commas: "Trưởng thôn A, xã B, huyện C"."""
    level = max((_LEVEL.get(low, -1) for low in t.low[office.start : office.end]), default=-1)
    while 0 <= level < 3 and office.end + 2 < t.n and t.word[office.end] == ",":
        k = office.end + 1
        noun = k + (t.low[k] == "thị")
        higher = _LEVEL.get(t.low[noun], -1)
        place = place_at(t, k, lex) if higher > level else None
        if not place or place.name == place.start or t.low[place.end : place.end + 1] == ["và"]:
            break
        office = Office(office.start, place.end, (*office.inside, place))
        level = higher
    return office


def _unit_goes_on(t: Text, i: int, office: Office, lex: Lexicon) -> bool:
    """Whether the body of a unit stands behind a dash: "Trưởng khoa Nội – Bệnh viện B, …"."""
    unit = organisation_at(t, i + 1, lex) if t.cap[i + 1] and _in_a_unit(t, office) else None
    return bool(unit and _unit_ends(t, unit.end, named=True))


def _unit_ends(t: Text, end: int, named: bool) -> bool:
    """Whether a body behind a comma ends so that it belongs to the office before the comma."""
    if end >= t.n:
        return named
    if named:
        goes_on = t.low[end] in CLAUSE and t.low[end] != "và"
        return t.word[end] in ",.;()-–" or t.low[end] in ("thuộc", "làm") or goes_on or says(t, end)
    return t.word[end] == "," and t.low[end + 1 : end + 2] != [] and t.low[end + 1] in DEGREES | {"ông", "bà"}


_WORK = frozenset(
    pair.strip()
    for pair in (
        "đảng viên,giọng ca,"
        "công nhân,đại diện,phụ trách,lái xe,tiểu thương,thương lái,thương nhân,cha đẻ,thủ khoa,"
        "người đứng,người sáng,người phụ,người điều,người khởi,người quản,người đồng,người dẫn,"
        "chủ quán,chủ tiệm,chủ nhà,chủ cửa,chủ cơ,chủ vựa,chủ vườn,chủ xưởng,chủ khách,chủ hàng,chủ một,"
        "chủ doanh,chủ đại,chủ tài,chủ tàu,chủ lò,chủ xe,chủ hiệu,chủ chuỗi,chủ thương,chủ kênh,"
        "thợ may,thợ rèn,thợ mộc,thợ điện,thợ hồ,thợ xây,thợ sửa,thợ chụp,thợ cắt,thợ lặn"
    ).split(",")
)


def _called(t: Text, i: int, lex: Lexicon) -> Office | None:
    """Work or standing that only a comma or a bracket behind a name makes an office."""
    if i + 2 >= t.n:
        return None
    pair = f"{t.low[i]} {t.low[i + 1]}"
    good_farmer = pair == "nông dân" and t.low[i + 2] in ("giỏi", "sản", "tiêu", "xuất")
    if good_farmer or pair in _WORK or (pair == "người có" and t.low[i + 2] == "uy"):
        whole = _to_the_comma(t, Office(i, i + 2, ()), lex)
        if whole.end == i + 2 and t.word[i + 2] not in ",)":
            return None
        return whole if whole.end > i + 2 or pair not in ("đại diện", "phụ trách", "chủ một") else None
    return None


def _in_a_unit(t: Text, office: Office) -> bool:
    """Whether an office is in a part of a body, so that the body itself may follow behind a comma."""
    return not _UNITS.isdisjoint(t.low[office.start : office.start + 4])


_UNITS = frozenset("vụ cục khoa môn phòng viên sĩ nhóm đội tòa tổ".split())


def with_bracket(t: Text, office: Office, lex: Lexicon) -> Office:
    """An office with the body in a bracket behind it: "Vụ trưởng Vụ A (Bộ B)"."""
    j = office.end
    if j < t.n and t.word[j] == "(" and t.cap[j + 1 : j + 2] == [True]:
        body = organisation_at(t, j + 1, lex) or place_at(t, j + 1, lex)
        if body and t.word[body.end : body.end + 1] == [")"]:
            return Office(office.start, body.end + 1, (*office.inside, body))
        if shut := _letters(t, j) or (lex.org_heads.match(t.low, j + 1) and _shut(t, j)):
            return Office(office.start, shut, office.inside)  # "(Bộ Tổng Tham mưu)", "(PC06 và PC08)"
        if office.inside and t.word[j + 2 : j + 3] == [")"] and t.cap[j + 1] and not syllable(t.word[j + 1]):
            return Office(office.start, j + 3, office.inside)  # "Hiệp hội Rau quả Việt Nam (Vinafruit)"
    return office


def _letters(t: Text, j: int) -> int:
    """The end of a bracket at `j` that holds two abbreviations: "(PCCC và CNCH)"; or 0."""
    both = t.low[j + 2 : j + 3] == ["và"] and t.word[j + 4 : j + 5] == [")"]
    return j + 5 if both and acronym(t, j + 1) and acronym(t, j + 3) else 0


def _shut(t: Text, j: int) -> int:
    """The end of a short bracket at `j` without a clause or a list in it, or 0."""
    for k in range(j + 1, min(j + 9, t.n)):
        if t.word[k] == ")":
            return k + 1
        if (
            t.word[k] in ",;.:("
            or t.word[k].isdigit()
            or says(t, k)
            or t.low[k] in ("bị", "được", "có", "là")
        ):
            break
    return 0


def _to_the_comma(t: Text, office: Office, lex: Lexicon) -> Office:
    """An office behind a name with what stands before the next comma: "giáo viên dạy ở trường Tân Phú".

    Only if no verb of a clause is among it: then the comma does not close the office.
    """
    j = office.end
    bracketed = with_bracket(t, office, lex)
    if bracketed.end > j:
        return bracketed
    few = MOST
    named = office.inside and office.inside[-1].why != "abbreviation"  # "chủ nhiệm HTX dệt thổ cẩm …"
    if named and j < t.n and not t.cap[j] and not goes_on(t, j):
        few = 2  # its body is named: small letters are rather the clause
    inside: list[OrgAt | PlaceAt] = []
    shop = t.low[office.start] in ("chủ", "thợ", "công")
    since = office.end
    while j < t.n and (t.word[j] not in ",;.()" or (fields := _listed_fields(t, j, lex))):
        if t.word[j] == ",":
            j = since = fields
            continue
        if says(t, j) or (shop and t.low[j] in ("ở", "tại")):  # "chủ quán nước (ở thôn …)"
            break
        if (j - since > few and t.low[j - 1] != "số") or not in_an_office(t, j):
            break
        thing = organisation_at(t, j, lex, before_name=True) or place_at(t, j, lex)
        if t.low[j] == "đoàn" and vietnamese(t, j, lex) - j > 2:
            return office  # "TS Đoàn Nhật Minh"
        if thing:
            inside.append(thing)
            j = thing.end
        elif (name := vietnamese(t, j, lex)) and _bears_names(t, j - 1):
            if j == office.end and office.inside and office.inside[-1].end == j:
                whole = office.inside[-1]._replace(end=name)
                office = office._replace(inside=(*office.inside[:-1], whole))
            j = name  # "Hiệu trưởng trường chuyên Nguyễn Huệ"
        elif name or " ".join(t.low[j : j + 2]) in CLAUSE_PAIRS:
            return office
        elif j == office.end and t.low[office.start] in _ARTS and next_in_a_list(t, office, lex) - j > 0:
            return office  # "…, nữ diễn viên | Thúy Ngân"
        elif foreign(t, j, lex) or (
            _alien(t, j) and (t.low[office.start] in _ARTS or _behind_land(office, j))
        ):
            return office  # "…, diễn viên Thái Lan | Pimchanok Suwan": the next one's calling
        elif acronym(t, j):
            inside.append(OrgAt(j, j + 1, 0, True, "abbreviation"))
            j += 1
        else:
            j += 1
    if j == office.end or j >= t.n:
        return office
    closed = t.word[j] in ",;()-–—" or says(t, j) or (shop and t.low[j] in ("ở", "tại"))
    if t.word[j] == "." and t.cap[j - 1] and j - office.end < 6:
        closed = True  # "…, Trưởng khoa Khoa học máy tính UIT."; else before the stop stands a clause's verb
    if t.word[j] == "." and " ".join(t.low[office.end - 2 : office.end]) in _WITH_OBJECT:
        closed = j - office.end < 3  # "Trưởng Phòng Quản lý đê điều."
    if t.word[j] == "." and office.start and t.low[office.start - 1] == "là" and not office.inside:
        closed = j - office.end < 4  # "…, đồng thời là thành viên tổ phản biện đề."
    return with_bracket(t, Office(office.start, j, (*office.inside, *inside)), lex) if closed else office


_WITH_OBJECT = frozenset(("quản lý", "phát triển", "bảo vệ", "kiểm soát", "khai thác"))
_BEARERS = frozenset(
    "chuyên trường thpt thcs viện đường phố quỹ xưởng xã phường thôn ấp bản buôn quận giải cầu chợ đền "
    "chùa đình lăng rạp hẻm ngõ phà bến".split()
)
_OTHER_NOUNS = frozenset("môi thị công hiện quan lập nhân thành".split())


def _bears_names(t: Text, j: int) -> bool:
    """Whether word `j` is a noun of what is called after people: a street, a school."""
    school = t.low[j] in ("thpt", "thcs", "trường", "chuyên")
    return t.low[j] in _BEARERS and t.low[j - 1] not in _OTHER_NOUNS and (school or not t.cap[j])


def _behind_land(office: Office, j: int) -> bool:
    """Whether the office ends at `j` in a country: "…, Tổng thống Nam Phi | Cyril …"."""
    land = office.inside[-1] if office.inside else None
    return isinstance(land, PlaceAt) and land.end == j and land.rank == "world"


_ARTS = frozenset(
    "diễn ca nhà nhạc đạo họa nghệ rapper mc cầu tiền hậu trung thủ hlv bác luật nữ nam võ tay kình giáo gs "
    "ts pgs".split()
)


def _listed_fields(t: Text, j: int, lex: Lexicon) -> int:
    """The end of the fields of a body behind a comma at `j`: "Ủy ban Khoa học, Công nghệ và Môi trường";
    or 0 if none are listed."""
    while (
        t.word[j] == "," and t.cap[j + 1 : j + 2] == [True] and (field := lex.org_words.match(t.low, j + 1))
    ):
        begin, j = j, field[0]
        if "và" in t.low[begin:j] or j + 1 >= t.n:
            return j
        if t.low[j] == "và":
            last = lex.org_words.match(t.low, j + 1) if t.cap[j + 1] else None
            return last[0] if last else 0
    return 0


def bridge(t: Text, j: int, lex: Lexicon) -> tuple[int, int]:
    """Behind an office whose last words no list knows ("tay vợt nữ số một Việt Nam Vũ …"): (where these
    words end, where the name or the next office begins); (0, 0) if a clause stands between."""
    k = j
    while k < min(j + 18, t.n):
        if t.word[k] == "," and (fields := _listed_fields(t, k, lex)):
            k = fields
            continue
        if t.word[k] == "(" and (bracket := t.bracket(k)):
            k = bracket
            continue
        if t.word[k] == ",":
            title = lex.titles.match(t.low, k + 1)
            about = t.cap[k - 1] or t.word[k - 1] == ")" or "về" in t.low[j:k] or t.low[k - 1] == "này"
            if title and k > j and about and t.cap[title[0] : title[0] + 1] == [True]:
                return k, title[0]  # "Giám đốc quốc gia của A tại Việt Nam, ông …"
            return (k, k + 1) if k > j and k + 1 < t.n and office_at(t, k + 1, lex) else (0, 0)
        if t.low[k] == "là" and k > j and t.cap[k - 1]:
            return k, k + 1  # "trưởng đoàn đàm phán Armenia là Phó Thủ tướng …"
        if (other := lex.roles.match(t.low, k)) and (k == j or other[0] - k > 1):
            return 0, 0  # another office begins
        end = k + 1
        if t.cap[k]:
            land = gazetteer(t, k, lex)
            if land and vietnamese(t, k, lex) > land[0]:
                land = None  # "Vũ Quang | Duy" is no district
            end = land[0] if land else end
            owned = k == j or t.low[k - 1] in ("của", "tại", "thuộc", "ở")
            if not land and not owned and (vietnamese(t, k, lex) or foreign(t, k, lex) or _alien(t, k)):
                clash = t.low[k - 1] == "và" or (_bears_names(t, k - 1) and syllable(t.word[k]))
                return (0, 0) if clash else (k, k)
        else:
            noun = in_an_office(t, k) or t.low[k] == "về"
            noun = noun or (t.low[k] == "này" and t.word[k + 1 : k + 2] == [","])  # "lãnh đạo đảng này, ông"
            noun = noun or (
                t.low[k] == "và" and ("về" in t.low[j:k] or t.low[k + 1 : k + 3] == ["các", "khu"])
            )
            if not noun or lex.titles.match(t.low, k) or " ".join(t.low[k : k + 2]) in CLAUSE_PAIRS:
                return 0, 0
        if t.taken[k]:
            return 0, 0
        k = end
    return 0, 0


def _alien(t: Text, k: int) -> bool:
    """Whether two or three capitals at `k` are a name from abroad: not all of them Vietnamese syllables."""
    j = k
    while j < t.n and t.cap[j] and t.word[j].isalpha() and t.word[j][1:].islower():
        j += 1
    return 2 <= j - k <= 3 and (j >= t.n or not t.cap[j]) and not syllable(t.word[j - 1])


# -- what stands between a name and its office ------------------------------------------------

_FILLERS = frozenset(
    ("trẻ", "trụ cột", "kỳ cựu", "nổi tiếng", "nhập tịch", "dày dạn", "lão làng", "gạo cội", "hàng đầu")
)


def past_filler(t: Text, j: int, lex: Lexicon) -> int:
    """Behind "tiền đạo người Brazil", "cầu thủ trẻ", "phụ công 19 tuổi": where the name may begin."""
    if t.low[j + 1 : j + 2] == ["tuổi"] and t.cap[j + 2 : j + 3] == [True]:
        return j + 2
    if t.low[j : j + 1] in (["người"], ["gốc"]) and (land := gazetteer(t, j + 1, lex)):
        return land[0]
    for size in (2, 1):
        if " ".join(t.low[j : j + size]) in _FILLERS and t.cap[j + size : j + size + 1] == [True]:
            return j + size
    return j


_LINKS = frozenset(
    "hiện là đang đồng chí nay giữ chức vụ danh người khi đó lúc ấy bấy giờ vốn từng cũng thời điểm "
    "này một".split()
)


def past_link(t: Text, k: int, lex: Lexicon) -> int:
    """Behind "hiện là", "khi đó là", "người từng giữ chức", "đồng chí": where the office begins."""
    j = k
    while j < t.n and t.low[j] in _LINKS and j - k < 6 and not calling_end(t, j, lex):
        j += 1
    if t.low[j - 1 : j] == ["người"] and _called(t, j - 1, lex):
        j -= 1
    if t.low[k : k + 1] in (["khi"], ["lúc"], ["thời"]) and t.low[j - 1] not in ("là", "chức", "vụ", "giữ"):
        return k  # "khi Chủ tịch huyện đến …": another clause
    return j


def widened(t: Text, office: Office, end: int, lex: Lexicon) -> Office:
    """The office to before word `end`, with the bodies and places its last words name."""
    inside: list[OrgAt | PlaceAt] = []
    j = office.end
    while j < end:
        thing = organisation_at(t, j, lex, before_name=True) or place_at(t, j, lex, before_name=True)
        if thing and thing.end <= end:
            inside.append(thing)
            j = thing.end
        else:
            j += 1
    return Office(office.start, end, (*office.inside, *inside))


_AGE = frozenset(("tuổi", "sn", "sinh"))


def past_age(t: Text, k: int) -> int:
    """ "(41 tuổi, nguyên giám đốc …)", "(SN 1990, kế toán)": where what follows the age begins."""
    for j in range(k, min(k + 4, t.n - 1)):
        if t.word[j] == "," and not _AGE.isdisjoint(t.low[k:j]):
            return j + 1
    return k


def past_bracket(t: Text, k: int, lex: Lexicon) -> int:
    """Behind a bracket without an office: "X (bút danh Y), …", "X (58 tuổi), …"; else `k`."""
    if t.word[k] != "(":
        return k
    inside = past_age(t, k + 1)
    for j in range(k + 2, min(k + 24, t.n - 1)):
        if t.word[j] == ")":
            return k if t.word[j + 1] not in ",-–—" or chain(t, inside, lex) else j + 1
    return k
