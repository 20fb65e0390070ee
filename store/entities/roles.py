"""Offices: where one begins, where it ends, and the bodies and places named inside it."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.org_fields import compound
from store.entities.organisations import OrgAt, organisation_at
from store.entities.places import PlaceAt, bare_country_stands, gazetteer, place_at
from store.entities.spans import Text

_PREFIXES = frozenset("nguyên quyền cựu tân phó đương".split())
_DEGREES = frozenset(
    "gs pgs ts ths bs ngưt ngnd ttnd ttưt tskh bscki bsckii bsck1 bsck2 ck1 ck2 cki ckii ks kts ls nsnd "
    "nsưt gvc dr".split()
)
_HAMLETS = frozenset("thôn ấp bản buôn khóm làng xóm phố".split())
_MOST = 14


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
    head = lex.roles.match(low, j)
    if not head:
        return None
    j = head[0]
    # GS.TS, PGS, TS - BS
    while j + 1 < n and low[j - 1] in _DEGREES and t.word[j] in ".,-–" and low[j + 1] in _DEGREES:
        j += 2
    if low[j - 1] in _DEGREES:
        while j < n and low[j] in _DEGREES:
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
    stop_at = min(n, j + _MOST)
    while j < stop_at:
        if t.cap[j]:
            if vietnamese(t, j, lex) and not place_at(t, j, lex, before_name=True):
                break
            org = organisation_at(t, j, lex, before_name=True)
            place = place_at(t, j, lex, before_name=True)
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
            if _acronym(t, j):
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
        bracket = t.bracket(j) if inside else 0
        if bracket:
            j = bracket
            continue
        word = lex.role_words.match(low, j)
        if word:
            j = word[0]
            continue
        if low[j] in ("kiêm", "và") and lex.roles.match(low, j + 1):
            j = lex.roles.match(low, j + 1)[0]  # type: ignore[index]
            continue
        org = organisation_at(t, j, lex, before_name=True)
        if org:
            inside.append(org)
            j = org.end
            continue
        place = place_at(t, j, lex, before_name=True)
        if place:
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
        ):
            j += 2 if low[j] == "thành" else 1
            continue
        field = lex.org_words.match(low, j)
        if field and field[0] - j > 1 and low[j] not in ("tổ", "kiểm", "quản", "chỉ", "đầu", "phát"):
            j = field[0]
            continue
        break
    j = min(j, n)  # "Chủ tịch UBND thành": the text ends inside a word
    while j > head[0] and low[j - 1] in ("thuộc", "tại", "của", "kiêm", "và"):
        j -= 1
    return Office(i, j, tuple(inside))


def _acronym(t: Text, j: int) -> bool:
    word = t.word[j]
    return len(word) > 1 and word.isupper() and word.isalnum() and not t.shouted


def _country(t: Text, place: PlaceAt, lex: Lexicon) -> bool:
    """Whether an ambiguous one-word place behind an office is one: not in "ca sĩ Mỹ Tâm"."""
    j = place.end
    if j < t.n and t.cap[j] and syllable(t.word[j]) and not vietnamese(t, j, lex, trusted=True):
        return False
    return place.rank == "world" or bare_country_stands(t, place.start, place.end)


def chain(t: Text, i: int, lex: Lexicon, *, named: bool = False) -> list[Office]:
    """Offices joined by commas or "kiêm" from word `i` on; behind a name (`named`) each runs to its comma."""
    offices: list[Office] = []
    n = t.n
    while i < n and len(offices) < 8:
        office = office_at(t, i, lex, named=named)
        if not office:
            unit = organisation_at(t, i, lex) if named and offices and _in_a_unit(t, offices[-1]) else None
            if not unit or (unit.end < n and t.word[unit.end] not in ",.;()" and t.low[unit.end] != "thuộc"):
                break
            office = _with_bracket(t, Office(i, unit.end, (unit,)), lex)  # "Trưởng bộ môn A, Viện B"
        offices.append(_to_the_comma(t, office, lex) if named else office)
        office = offices[-1]
        i = office.end
        if i < n and (t.word[i] == "," or t.low[i] == "kiêm"):
            i += 1
            if i < n and t.low[i] in ("đồng",) and i + 1 < n and t.low[i + 1] == "chí":
                i += 2
        elif i < n and (t.low[i] in _DEGREES or lex.roles.match(t.low, i)):
            continue
        else:
            break
    return offices


def _in_a_unit(t: Text, office: Office) -> bool:
    """Whether an office is in a part of a body, so that the body itself may follow behind a comma."""
    unit = t.low[office.start : office.start + 4]
    return not {"vụ", "khoa", "môn", "phòng", "viên", "sĩ", "nhóm"}.isdisjoint(unit)


def _with_bracket(t: Text, office: Office, lex: Lexicon) -> Office:
    """An office with the body in a bracket behind it: "Vụ trưởng Vụ A (Bộ B)"."""
    j = office.end
    if j < t.n and t.word[j] == "(":
        body = organisation_at(t, j + 1, lex) if t.cap[j + 1 : j + 2] == [True] else None
        if body and t.word[body.end : body.end + 1] == [")"]:
            return Office(office.start, body.end + 1, (*office.inside, body))
    return office


def _to_the_comma(t: Text, office: Office, lex: Lexicon) -> Office:
    """An office behind a name with what stands before the next comma: "giáo viên dạy ở trường Tân Phú".

    Only if no verb of a clause is among it: then the comma does not close the office.
    """
    j = office.end
    bracketed = _with_bracket(t, office, lex)
    if bracketed.end > j:
        return bracketed
    if office.inside and j < t.n and not t.cap[j] and t.low[j] not in ("thuộc", "của", "phụ", "tại", "ở"):
        return office  # its body is named: small letters are rather the clause
    inside: list[OrgAt | PlaceAt] = []
    while j < t.n and t.word[j] not in ",;.()":
        if j - office.end > _MOST or t.low[j] in _CLAUSE or not t.word[j][0].isalnum():
            return office
        thing = organisation_at(t, j, lex) or place_at(t, j, lex)
        if thing:
            inside.append(thing)
            j = thing.end
        elif vietnamese(t, j, lex) or " ".join(t.low[j : j + 2]) in _CLAUSE_PAIRS:
            return office
        elif _acronym(t, j):
            inside.append(OrgAt(j, j + 1, 0, True, "abbreviation"))
            j += 1
        else:
            j += 1
    closed = j < t.n and t.word[j] != "." and j > office.end  # before a full stop stands the clause's verb
    return Office(office.start, j, (*office.inside, *inside)) if closed else office


_CLAUSE_PAIRS = frozenset(
    pair.strip()
    for pair in (
        "báo cáo,đề nghị,đề xuất,chủ trì,kết luận,kiến nghị,thông tin,giải thích,phát biểu,chỉ đạo,kiểm tra,"
        "giao cho,gửi lời,gửi thư,gửi điện,tuyên bố,tiết lộ,khai mạc,khai nhận,hướng dẫn,cảnh báo,tin rằng,"
        "tin tưởng,ứng cử,cung cấp,lập công,lập cú,kêu gọi,động viên,tiếp tục,tiếp đón,tiếp xúc,cứu sống,"
        "cứu người,biểu diễn,biểu dương,sinh năm,sinh ngày,tự hào,tự tay,bắt tay,bắt đầu,thông báo,"
        "quyết định,lưu ý,thừa nhận,giao lưu,giao nhiệm,giải trình,giải bày,phát động,phát hiện,chỉ ra,"
        "tuyên dương,tại hội,tại buổi,tại lễ,tại phiên,tại cuộc,tại chương,tại sự,tại trụ,tại kỳ,tại đại,"
        "tại ngày,ở buổi,tại điểm,tại hiện"
    ).split(",")
)
_CLAUSE = frozenset(
    "đã đang sẽ vừa bị được có là cho nói kể bảo hỏi trao dự tham thăm yêu ký đánh đến cùng huy tặng "
    "chúc gặp đọc thì mà khi vì với như cũng mở nhận từ phải không muốn mong cần nhấn khẳng bày "
    "chia tâm trả lo mang đưa vào ra lên xuống lại nhờ xin đi tới ngồi đứng nhìn thấy nghĩ hy mừng khóc "
    "cười hát sút ghi thắng thua và rồi nhưng sau trước trong lúc nếu do bởi còn bộc viết hứa nêu gợi để qua "
    "hiện ngay này đó nay theo về cảm ơn lấy giúp chuyền khuyên làm hay giữ nhằm rằng cả đều mới luôn vẫn "
    "chưa chẳng trú ngụ quê".split()
)


# -- what stands between a name and its office ------------------------------------------------

_FILLERS = frozenset(
    ("trẻ", "trụ cột", "kỳ cựu", "nổi tiếng", "nhập tịch", "dày dạn", "lão làng", "gạo cội", "hàng đầu")
)


def past_filler(t: Text, j: int, lex: Lexicon) -> int:
    """Behind "tiền đạo người Brazil", "cầu thủ trẻ": where the name may begin."""
    if t.low[j : j + 1] in (["người"], ["gốc"]) and (land := gazetteer(t, j + 1, lex)):
        return land[0]
    for size in (2, 1):
        if " ".join(t.low[j : j + size]) in _FILLERS and t.cap[j + size : j + size + 1] == [True]:
            return j + size
    return j


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
    for j in range(k + 2, min(k + 9, t.n - 1)):
        if t.word[j] == ")":
            return k if t.word[j + 1] != "," or chain(t, inside, lex) else j + 1
    return k
