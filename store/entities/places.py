"""Places: the gazetteer, and nouns (tỉnh, huyện, đường …) with the capitals or the number behind them."""

from __future__ import annotations

from typing import NamedTuple

from store.entities.lexicon import Lexicon, Place
from store.entities.names import syllable, vietnamese
from store.entities.spans import Text, pairs

_NUMBERED = frozenset("quận phường xã q p quốc lộ ql tỉnh lộ đường thôn ấp khu khóm xóm".split())
_BEFORE_COUNTRY = frozenset(
    "nước tại ở từ đến tới của với giữa và sang về vào người phía gia nhập quân đội chính phủ tổng "
    "thống thủ tướng bang"
    " tiền hàng thị trường cho do bởi là mà các theo khi rằng như trong chống đánh qua ngoài cùng hay "
    "hoặc đồng bào quốc hội".split()
)


_NEED_SMALL = frozenset("kinh bến mũi bãi hang thác đầm phá hạt".split())  # with a capital: a name's syllable
_MANY = frozenset("các hai ba bốn năm những nhiều số".split())


_BEFORE_CAVES = frozenset(
    "thăm vào trong ở tại đến tới là và từ qua của phá hang ghé , - –".split()
)  # not "vận động"
_PAPERS = frozenset("biên văn phiên cơ kịch nguyên xuất tư căn tài bài ấn nhạc".split())


_HAMLETS = ("thôn", "bản", "làng", "buôn", "ấp", "xóm", "khu", "vùng")
_SIDES = ("nam", "bắc", "đông", "tây")
_PEOPLES = frozenset("chăm khmer mông thái tày nùng dao mường việt êđê bahnar hoa kinh".split())


class PlaceAt(NamedTuple):
    """A place at words [start:end); `name` begins where the name without its noun does."""

    start: int
    end: int
    name: int
    canonical: str | None
    rank: str
    why: str
    sure: bool = True


def gazetteer(t: Text, i: int, lex: Lexicon) -> tuple[int, Place] | None:
    """The longest known place written at `i` with the capitals it needs."""
    hit = lex.places.match(t.low, i)
    if not hit:
        return None
    end, place = hit
    for k, needed in enumerate(place.capitals, i):
        if needed and not t.cap[k]:
            return None
    if end - i == 1 and (t.low[i], *t.low[end : end + 1]) in _COMMON_WORDS and not t.cap[end]:
        return None
    if end - i == 1 and place.ambiguous and _opens_a_name(t, end, lex):
        return None
    return end, place


def _opens_a_name(t: Text, end: int, lex: Lexicon) -> bool:
    """Whether the capital behind a word like "Mỹ" makes it the first syllable of a name: "Mỹ Thuận"."""
    if end >= t.n or not t.cap[end] or not t.word[end].istitle() or t.start[end] - t.end[end - 1] != 1:
        return False
    if not syllable(t.word[end]) or t.low[end] in lex.surnames:
        return False
    known = (lex.places, lex.roles, lex.org_heads, lex.orgs, lex.titles, lex.place_heads)
    return not any(phrases.match(t.low, end) for phrases in known)


_COMMON_WORDS = pairs(  # of two syllables, with a capital: "các Anh hùng", "Mỹ thuật" are no countries
    "anh hùng,anh em,anh chị,anh đào,mỹ thuật,mỹ phẩm,mỹ nhân,đức tin,đức tính,"
    "ý kiến,ý nghĩa,ý thức,ý tưởng,pháp luật,pháp lý,pháp lệnh,pháp chế,pháp nhân,nhật ký,nhật báo"
)


def place_at(t: Text, i: int, lex: Lexicon, *, before_name: bool = False) -> PlaceAt | None:
    """The place that begins at word `i`. `before_name`: a person's name may follow it at once."""
    n = t.n
    head = lex.place_heads.match(t.low, i)
    known = gazetteer(t, i, lex)
    if known:
        end, place = known
        person = vietnamese(t, i, lex) if place.rank in ("district", "region") else 0
        if person > end and not _surname_splits(t, end, lex):
            return None
        if place.rank == "district" and _one_more(t, end, lex):
            return None
        return PlaceAt(i, end, i, place.canonical, place.rank, "gazetteer", not place.ambiguous)
    if not head:
        part = gazetteer(t, i + 1, lex) if t.low[i] in _SIDES and t.cap[i : i + 2] == [True, True] else None
        if part and part[1].rank in ("world", "region") and not part[1].ambiguous:
            return PlaceAt(i, part[0], i, None, part[1].rank, "side and gazetteer")  # "Nam Kavkaz"
        return None
    j, kind = head
    if j >= n:
        return None
    word = t.low[i]
    if i and (
        (t.word[j - 1] == "." and len(word) == 1 and t.word[i - 1].isdigit())
        or (word == "bản" and t.low[i - 1] in _PAPERS)
        or (word == "ngõ" and t.low[i - 1] == "cửa")
        or (word == "động" and j - i == 1 and t.low[i - 1] not in _BEFORE_CAVES)
    ):
        return None  # "đến 1h. Theo …", "biên bản Quốc hội"
    if word in ("đường", "phố") and t.word[j].isdigit() and t.word[j + 1 : j + 2] in (["/"], ["-"]):
        if j + 2 < n and t.word[j + 2].isdigit() and int(t.word[j]) < 32 and len(t.word[j + 2]) < 3:
            return PlaceAt(i, j + 3, i, None, "head", "street named after a day")  # "đường 30/4"
        return None
    if t.word[j].isdigit() and (
        word in _NUMBERED or t.low[j - 1] in ("lộ", "số", "quận", "phường", "ql", "đai")
    ):
        if (
            (word in ("đường", "khu") and j - i == 1)
            or len(t.word[j]) > 3
            or (word in ("quận", "phường", "xã") and t.start[j] - t.end[j - 1] > 1)
        ):
            return None
        end = j + 1
        if end < n and len(t.word[end]) == 1 and t.cap[end] and t.start[end] == t.end[end - 1]:
            end += 1
        if end < n and t.low[end] in ("%", "tỷ", "triệu", "đồng", "km"):
            return None
        return PlaceAt(i, end, i, None, "head", "noun and number")
    if word == "đường" and t.low[j] == "số" and j + 1 < n and t.word[j + 1].isdigit():
        return PlaceAt(i, j + 2, i, None, "head", "noun and number")
    if not t.cap[j]:
        return None
    body = lex.org_heads.match(t.low, j)
    if body and body[0] - j > 1:
        return None  # "rừng ven biển Đại học Busan"
    if word in ("làng", "bản", "buôn", "xóm") and t.low[j] in _PEOPLES and t.cap[j + 1 : j + 2] != [True]:
        return None  # "làng Chăm" is any village of theirs
    inner = gazetteer(t, j, lex)
    if inner and kind != "road":
        end, place = inner
        follows = _name_end(t, j, lex, before_name)
        local = place.rank == "district" or word not in ("tỉnh", "thành", "tp", "nước", "thủ", "vùng", "khu")
        if local and follows > end and not vietnamese(t, end, lex):  # "huyện Điện Biên Đông"
            end, place = follows, Place(t.slice(j, follows), "head", (), False)
        start = j if kind == "free" or (i and t.low[i - 1] in _MANY and place.rank == "province") else i
        return PlaceAt(start, end, j, place.canonical, place.rank, "noun and gazetteer")
    if t.low[j] == "đoàn" or (t.shouted and word in _HAMLETS):
        return None  # capitals that say nothing; "Tỉnh Đoàn Đắk Lắk" is a body
    if kind == "free":
        known_shape = t.word[j][1:].islower() or "'" in t.word[j]
        if word != "vùng" or len(t.word[j]) < 4 or not known_shape or syllable(t.word[j]):
            return None
        if t.low[j] in _NO_PLACE or t.cap[j + 1 : j + 2] == [True]:
            return None
        return PlaceAt(j, j + 1, j, None, "head", "name behind “vùng”")  # "vùng O'Higgins"
    if t.cap[i] and (word == "châu" or (word == "hồ" and not t.opens(i))):
        return None  # family names as well
    middle = t.low[j + 1 : j + 2] and t.low[j + 1] in _MIDDLE
    person = vietnamese(t, j, lex, trusted=bool(middle)) if before_name and kind == "part" else 0
    if person and person < t.n and t.cap[person] and syllable(t.word[person]):
        person = 0  # "xã Trà My Nguyễn …": the name is the next one
    if person and t.low[j] in lex.weak_surnames and word != "tỉnh" and t.low[j + 1] not in _MIDDLE:
        person = 0 if t.word[person : person + 1] in ([","], [")"]) else person  # "UBND phường An Lạc Tây,"
    if person and (person - j >= 3 or word in ("tỉnh", "thành")):
        return None  # "Chủ tịch UBND tỉnh Phan Ngọc Thọ"
    if word in _NEED_SMALL and t.cap[i]:
        return None
    if word == "đỉnh" and (not syllable(t.word[j]) or t.low[i - 1] == "lên"):
        return None  # "lên đỉnh bảng", "đỉnh Premier League"
    if word == "kênh" and (t.word[j].isupper() or lex.orgs.match(t.low, j)):
        return None  # a television channel, no canal
    end = _name_end(t, j, lex, before_name)
    if not end or (t.word[j - 1] == "." and end - j < 2):  # "… của TP. Các đồng chí"
        return None
    if t.low[j - 1] in ("tốc", "kênh"):
        end = _route_end(t, end, lex)
    if word in ("phường", "xã") and t.word[end : end + 1] in (["-"], ["–"]) and t.start[end] > t.end[end - 1]:
        town = gazetteer(t, end + 1, lex) if end + 1 < n else None
        if town and town[1].rank == "district":
            end = town[0]  # "phường Xuân Hương - Đà Lạt"
    return PlaceAt(i, end, j, None, "head", "noun and name")


def _route_end(t: Text, end: int, lex: Lexicon) -> int:
    """Past the further ends of a road or canal: "cao tốc Trung Lương - Mỹ Thuận"."""
    for _ in range(3):
        if t.word[end : end + 1] not in (["-"], ["–"]) or t.cap[end + 1 : end + 2] != [True]:
            break
        place = gazetteer(t, end + 1, lex)
        end = max(place[0] if place else 0, _name_end(t, end + 1, lex, False)) or end
    return end


def _one_more(t: Text, end: int, lex: Lexicon) -> bool:
    """Whether a single capital follows that makes a longer name of a district's: "Duyên Hải Xanh"."""
    if end >= t.n or not t.cap[end] or not syllable(t.word[end]) or t.word[end].isupper():
        return False
    known = (lex.roles, lex.org_heads, lex.titles, lex.orgs, lex.place_heads)
    alone = t.cap[end + 1 : end + 2] != [True] and t.low[end] not in lex.surnames
    return alone and not gazetteer(t, end, lex) and not any(phrases.match(t.low, end) for phrases in known)


def _surname_splits(t: Text, end: int, lex: Lexicon) -> bool:
    return end + 1 < t.n and t.cap[end] and t.low[end] in lex.surnames and bool(vietnamese(t, end, lex))


def _name_end(t: Text, j: int, lex: Lexicon, before_name: bool) -> int:
    """The end of the run of capitals that names a place; a person's name behind it is left out."""
    n = t.n
    if j >= n or not t.cap[j] or not t.word[j][0].isalpha():
        return 0
    k = j + 1
    while k < n and t.cap[k] and k - j < 8 and t.word[k][0].isalpha():
        head = lex.org_heads.match(t.low, k)
        if head and head[1] != "lower" and not (syllable_name(t, k, lex) or _alone(t, k, head[0], lex)):
            break
        k += 1
    for split in range(j + 1, k - 1):
        if t.low[split] not in lex.surnames:
            continue
        if before_name and k - j > 4 and split - j > 1 and k - split < 5:
            return split  # no commune has five syllables: a name follows
        middle = t.low[split + 1] in _MIDDLE and k - split >= 3
        if (split == j + 1 or t.low[split] in lex.weak_surnames) and not middle:
            continue
        rest = vietnamese(t, split, lex, trusted=middle)
        if rest == k and (before_name or rest - split >= 3):
            return split
    return _numbered(t, min(k, j + 4), t.low[j - 1] in ("phường", "xã"))


_MIDDLE = frozenset("thị văn bá quốc đình hữu đức trọng công xuân kim thái minh quang ngọc thanh duy".split())


def _numbered(t: Text, k: int, commune: bool) -> int:
    """The end of a name with the number that ends it: "Gia Tân 1", "đường Hoàng Diệu 2"; many
    communes of 2025 are numbered, so that there fewer words may follow that the number counts."""
    if k >= t.n or not t.word[k].isdigit() or len(t.word[k]) > 1 or t.start[k] - t.end[k - 1] != 1:
        return k
    ends = k + 1 == t.n or t.word[k + 1] in ",.;:)" or t.cap[k + 1] or t.low[k + 1] in ("và", "đã", "bị")
    ends = ends or (commune and t.word[k + 1].isalpha() and t.low[k + 1] not in _COUNTED)
    return k + 1 if ends and t.word[k + 1 : k + 2] != ["/"] else k


_COUNTED = frozenset(
    "năm tháng ngày tuần giờ phút tỷ tỉ triệu nghìn người lần dự căn trận vụ hộ ca em học cán đảng thôn ấp "
    "bản khu con điểm xe suất giải trường trẻ nạn ngôi cơ công tổ nhà chiếc đồng m km ha mét cây".split()
)


def _alone(t: Text, k: int, end: int, lex: Lexicon) -> bool:
    """Whether a head of one word opens nothing: "phường Ngã Tư Sở"."""
    return (
        end - k == 1
        and not t.word[k].isupper()
        and (end >= t.n or not (t.cap[end] or lex.org_words.match(t.low, end) or t.low[end] in _LOCAL))
    )


_LOCAL = frozenset("tỉnh tp thành huyện quận xã phường thị".split())


def syllable_name(t: Text, k: int, lex: Lexicon) -> bool:
    """Whether word `k` rather goes on as a name than opens a body ("xã Hội Sơn")."""
    return k + 1 < t.n and t.cap[k + 1] and syllable(t.word[k]) and t.low[k] in lex.given


def bare_country_stands(t: Text, i: int, end: int) -> bool:
    """Whether an ambiguous one-word place at `i` ("Anh", "Mỹ", "Đức") is meant as one."""
    if i and t.cap[i - 1] and t.word[i - 1].isalpha() and t.start[i] - t.end[i - 1] == 1 and not t.opens(i):
        return False
    if end < t.n and t.cap[end] and t.word[end].isalpha() and t.start[end] - t.end[end - 1] == 1:
        return False
    if end - i > 1:  # "Xuân Trường", "Lê Chân": persons as well
        return i > 0 and t.low[i - 1] in ("ở", "tại", "từ", "đến", "tới", "về", "quê", "ngụ", "trú", "của")
    if t.opens(i):
        return t.low[i] in ("mỹ", "nga", "nhật", "bỉ", "huế") and not (
            i and t.word[i - 1] in ("–", "-") and i < 2
        )
    return (
        t.low[i - 1] in _BEFORE_COUNTRY
        or t.low[i] in ("mỹ", "nga", "huế", "nhật", "đức", "bỉ")
        or t.word[i - 1] in ",(-"
    )


def in_a_building(t: Text, i: int) -> bool:
    """Whether a place at `i` names a building only: "sân bay Nội Bài", "cầu Cần Thơ"."""
    before = t.low[max(0, i - 2) : i]
    return bool(before) and (
        tuple(before) in _BUILDINGS
        or (before[-1] in _BUILDING and before[0] not in ("yêu", "nhu", "toàn", "bóng", "địa"))
    )


_BUILDING = frozenset("cầu chợ chùa đền cảng sân hầm ga kcn đình".split())
_BUILDINGS = pairs(
    "quảng trường,sân bay,khách sạn,nghĩa trang,bến xe,công viên,công nghiệp,"
    "đô thị,thủy điện,nhà máy,nhà ga,nhà thờ,thi đấu"
)


def alone_is_place(t: Text, i: int, j: int, lex: Lexicon) -> bool:
    """Whether unknown capitals [i:j) behind "ở" or "tại" name a place: no brand, no half-foreign run."""
    alien = [not syllable(word) for word in t.word[i:j]]
    return not (
        any(word.isupper() or low in _NO_PLACE for word, low in zip(t.word[i:j], t.low[i:j], strict=True))
        or (j < t.n and not t.cap[j] and (t.low[j - 1], t.low[j]) in _OFFICE_WORDS)
        or ((field := lex.org_words.match(t.low, j - 1)) and field[0] > j)  # "tại Cung Quy hoạch"
        or j - i > 3
        or (not all(alien) and (any(alien) or j - i < 2))
    )


_NO_PLACE = frozenset(
    "nasdaq nyse vincom aeon lotte bigc expo world cup premier champions google facebook "
    "covid internet km".split()
)
_OFFICE_WORDS = frozenset((("chủ", "tịch"), ("thủ", "tướng"), ("tổng", "thống")))  # "Phủ Chủ tịch"
