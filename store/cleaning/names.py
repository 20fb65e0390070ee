"""Bylines: is a short line the name of who wrote it, and which part of it is the name.

Authors are given as written, without the words around them ("Tin, ảnh:", "(tổng hợp)", "/Vietnam+");
a photographer is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from store.cleaning.sources import is_source
from store.text import fold, is_syllable

_SURNAMES = frozenset(
    """nguyễn trần lê phạm vũ võ hoàng huỳnh đinh bùi phan đặng đỗ cao trương dương hồ ngô đoàn mai trịnh lý
    đào hà lương lưu vương chu phí phùng lô tô lại lâm vi tăng tạ thái tôn tống đàm kiều quách diệp lữ nghiêm
    nông triệu giang hứa la đậu khuất doãn danh thạch lò mạc ninh văn trang thu minh thanh ngọc quang kim
    hải""".split()
)
# Two-syllable names of places look like names of persons; folded.
_PLACES = frozenset(
    " ".join(words.split())
    for words in """ha noi, viet nam, da nang, can tho, hai phong, ho chi minh, sai gon, nghe an, ha tinh,
    thanh hoa, quang ninh, bac giang, bac ninh, hai duong, hung yen, nam dinh, thai binh, ninh binh, lam dong,
    dong nai, binh duong, long an, tien giang, ben tre, vinh long, an giang, kien giang, ca mau, bac lieu,
    soc trang, tra vinh, hau giang, dong thap, tay ninh, binh phuoc, dak lak, gia lai, kon tum, phu yen,
    binh dinh, quang ngai, quang nam, quang tri, quang binh, lao cai, yen bai, son la, lai chau, dien bien,
    hoa binh, phu tho, vinh phuc, thai nguyen, lang son, cao bang, bac kan, ha giang, tuyen quang, ha nam,
    khanh hoa, ninh thuan, binh thuan, vung tau, trung quoc, thai lan, nhat ban, han quoc, bo dao nha,
    tay ban nha, hoa ky, trung uong, quoc hoi, chinh phu, tong hop, tay nguyen, nam bo, bac bo, trung bo,
    tay bac, dong bac, viet bac, mien bac, mien trung, mien nam, mien tay, mien dong, dong nam bo,
    tay nam bo, bac trung bo, nam trung bo, phu quoc, truong sa, hoang sa, bien dong, con dao, trung dong,
    dong nam a""".split(",")
)
_WORK = (
    r"(?:tin|bài(?:\sviết)?|ảnh|hình|clip|video|nội dung|thực hiện|tác giả|người viết|phóng viên"
    r"|phóng sự|bút ký|tùy bút|ký sự|ghi chép|trình bày|đồ họa|pv|ctv|cộng tác viên|bởi|by)"
)
_LABEL = re.compile(
    rf"(?i)(?:{_WORK}(?:\s?(?:,|và|&|\+|/|-)\s?|\s)){{0,5}}{_WORK}"
    r"(?:\s?:|\scủa\s"
    r"|(?:(?<=\bpv)|(?<=\bctv)|(?<=phóng viên)|(?<=cộng tác viên)|(?<=\bby)|(?<=tác giả))\s)\s?"
)
_PICTURE = re.compile(r"(?i)[\s;,.\-–|/(]*(?:ảnh|hình|clip|video|đồ họa|photo)\s?:.{0,80}$")
_WRAPPER = re.compile(
    r"(?i)[\s,\-–/|]*\(?\s?(?<![\w.])(?:tổng hợp(?:\s.{0,30})?|t/h|th|t\.h|lược (?:dịch|thuật|ghi)|biên dịch"
    r"|dịch|ghi|st|sưu tầm|thực hiện|trình bày|biên tập|lược trích|thuật|(?:lược )?dịch từ .{0,40})\s?\)?\.?$"
)
_BRACKET = re.compile(r"\s?[(\[](?P<inside>[^()\[\]]{2,60})[)\]]\.?$")
_THEO = re.compile(r"[\s(\[,\-–]*(?<![A-ZĐ])[Tt]heo:?\s+(?=[A-ZĐ0-9\"“])")
_SPLIT = re.compile(r"\s?(?:[-–—,;/|&+]|\svà\s)\s?")
_INITIALS = re.compile(r"(?:[A-ZĐ][a-zA-Z]?\.){1,4}[A-ZĐ]{0,2}\.?|[A-ZĐ]{1,4}")
_HIGHLAND = re.compile(r"[HYK]['’](?=[A-ZĐ])")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info)(?:\.vn)?(?:/\S{0,40})?", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|Bs|KS|LS|NSND|NSƯT|CN|DS|CKI{1,2}"
    r"|Luật sư|Bác sĩ|Nhà báo|Nhà văn|Tiến sĩ|Thạc sĩ)[.\s-]{1,2}){1,4}(?=[A-ZĐ])"
)
_DESKS = frozenset(
    """pv, p.v, p.v., nhom pv, nhom p.v, nhom phong vien, phong vien, bbt, ban bien tap, ctv, nhom ctv,
    pv - ctv""".replace("\n    ", " ").split(", ")
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Spans in the line's text: `author` and `source`, either of them None. `weight`: from 1 it is one at
    the end of an article, from 2 anywhere."""

    author: tuple[int, int] | None
    source: tuple[int, int] | None
    weight: float


def read_byline(text: str) -> Byline | None:
    """The byline that a short line is, or None."""
    if not 1 < len(text) <= 110 or text.endswith(("!", "?", ":", ";", ",", "…")):
        return None
    return _read(text)


@lru_cache(maxsize=1024)  # the outline asks before the body does
def _read(text: str) -> Byline | None:
    start, end = 0, len(text)
    weight = 0.0
    source: tuple[int, int] | None = None
    if label := _LABEL.match(text):
        if fold(label[0]).strip(" :").startswith(("anh", "hinh", "clip", "video")) and not re.search(
            r"(?i)bài|tin|viết", label[0]
        ):
            return None
        start, weight = label.end(), 2.0
    if picture := _PICTURE.search(text, start):
        if picture.start() == start:
            return None
        end, weight = picture.start(), weight + 1.0
    if theo := _THEO.search(text, start, end):
        source = (theo.end(), end)
        end = theo.start()
        weight += 1.0
    elif (bracket := _BRACKET.search(text, start, end)) and bracket.start() > start:
        inside = bracket["inside"]
        if is_source(inside) or _DOMAIN.fullmatch(inside):
            source, weight = bracket.span("inside"), weight + 1.0
            end = bracket.start()
        elif _WRAPPER.search(text, bracket.start(), end):
            end, weight = bracket.start(), weight + 1.0
        elif len(inside.split()) <= 5:
            end = bracket.start()
            weight += 1.0 if "@" in inside else 0.5 if inside.startswith("từ ") else -0.5
    if (wrapper := _WRAPPER.search(text, start, end)) and wrapper.start() > start:
        end, weight = wrapper.start(), weight + 1.0
    names: list[tuple[int, int]] = []
    for begin, stop in _parts(text, start, end):
        part = text[begin:stop]
        value = _name_weight(part)
        if (is_source(part) or _DOMAIN.fullmatch(part)) and value < 2:
            source = (source[0] if source and source[0] < begin and names else begin, stop)
            weight += 0.5 if names else 0
        elif value > 0:
            names.append((begin, stop))
            weight += value if len(names) == 1 else 0.3
        elif names and len(part.split()) <= 2 and part[:1].isupper() and not is_syllable(part):
            source = (source[0] if source and source[0] < begin else begin, stop)  # "…/Bnews/…"
        else:
            return None
    if source is not None:
        source = _trimmed(text, source)
    if not names:
        if source is None or (text[: source[0]].strip(" ([") and not theo):
            return None
        return Byline(None, source, weight + 1.0)
    return Byline((names[0][0], names[-1][1]), source, weight)


def heads_author(folded: str) -> bool:
    """Whether a folded line heads a box about the author: "Tác giả", "Về tác giả:"."""
    return folded.strip(" :") in ("tac gia", "ve tac gia", "tac gia bai viet", "nguoi viet")


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = []
    at = start
    for match in _SPLIT.finditer(text, start, end):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, end))
    return [span for begin, stop in parts if (span := _trimmed(text, (begin, stop)))[0] < span[1]]


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    begin, stop = span
    while begin < stop and text[begin] in ' \t\u00a0(["“*':
        begin += 1
    while stop > begin and text[stop - 1] in ' \t\u00a0)]"”*':
        stop -= 1
    if stop - begin > 4 and text[stop - 1] == ".":
        last = text[begin:stop].rsplit(maxsplit=1)[-1]
        stop -= not _INITIALS.fullmatch(last)
    return begin, stop


@cache
def _syllable(word: str) -> bool:
    return is_syllable(word)


def _name_weight(part: str) -> float:
    """How much a part looks like a person's name: 0 no, 2 with a surname and the usual length."""
    folded = fold(part)
    if folded in _DESKS:
        return 2.0
    if folded in _PLACES:
        return 0.0
    words = (_DEGREE.sub("", part, count=1) or part).split()
    if not 1 <= len(words) <= 5:
        return 0.0
    if len(words) == 1 and _INITIALS.fullmatch(part):
        return 1.0 if len(part) > 1 else 0.0
    initials = 0
    for word in words:
        if _INITIALS.fullmatch(word) and (word.endswith(".") or len(word) == 1):
            initials += 1
            continue
        # "Hoàng", "HOÀNG", "H.Lan", "Krông"
        first, _, core = word.rpartition(".")
        initials += 0 < len(first) < 3 and first[0].isupper() and not first[1:].isupper()  # no "TP.Vinh"
        if _HIGHLAND.match(core):
            core = core[2:]  # "H'Linh", "Y'Thương"
        if not core[:1].isupper() or not core.isalpha() or not (core.isupper() or core[1:].islower()):
            return 0.0
        if not _syllable(core):
            return 0.4 if len(words) in (2, 3) and all(w[:1].isupper() for w in words) else 0.0
    if len(words) == 1:
        return 1.0 if initials else 0.4
    surname = words[0].lower() in _SURNAMES
    return 1.0 + surname * (1.0 if len(words) <= 4 else 0.3) + (0.3 if initials else 0.0)
