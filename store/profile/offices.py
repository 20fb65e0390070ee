"""What an office says: whether two are one, whether it was given up, its trade, its locality."""

from __future__ import annotations

import re
from functools import lru_cache

from store.text import fold, mark_fold

_FORMER = ("nguyen ", "cuu ")
# What is held beside an office and says nothing of a change of it: seats, ranks, degrees.
_SEATS = (
    "uy vien bo chinh tri", "bi thu trung uong dang", "uy vien trung uong", "uy vien du khuyet trung uong",
    "uy vien ban chap hanh trung uong", "uy vien ban bi thu", "dai bieu quoc hoi", "dbqh", "dai tuong",
    "thuong tuong", "trung tuong", "thieu tuong", "dai ta", "thuong ta", "trung ta", "thieu ta", "dai uy",
    "thuong uy", "trung uy", "thieu uy", "chuan do doc", "pho do doc", "do doc", "gs", "pgs", "ts", "ths",
    "giao su", "pho giao su", "tien si", "thac si", "anh hung", "nha giao",
)  # fmt: skip


@lru_cache(maxsize=1 << 15)
def same_office(one: str, other: str) -> bool:
    """Whether one of two offices says the same as the other, or less of it.

    >>> same_office("Trưởng Ban Tổ chức Trung ương", "Ủy viên Bộ Chính trị, Trưởng Ban Tổ chức trung ương")
    True
    >>> same_office("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh")
    False
    """
    short, long = sorted((folded(one), folded(other)), key=len)
    return f", {long} ".find(f", {short} ") >= 0 or f", {long},".find(f", {short},") >= 0


def is_former(office: str) -> bool:
    """Whether an office was given up: "nguyên …", "cựu …"."""
    return folded(office).startswith(_FORMER)


@lru_cache(maxsize=4096)
def is_seat(office: str) -> bool:
    """Whether it is a seat, rank or degree that is held beside offices."""
    spelt = folded(office)
    return any(spelt == seat or spelt.startswith(seat + " ") for seat in _SEATS)


_SPELT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("thanh pho", "tp"))
_STANDING = re.compile(r"\b(pho (?:\w+ ){0,2}\w+) thuong truc\b")


@lru_cache(maxsize=4096)
def folded(office: str) -> str:
    """An office in one spelling, to compare."""
    text = " ".join(fold(office).replace(".", " ").split())
    for one, other in _SPELT:
        text = text.replace(one, other)
    return _STANDING.sub(r"\1", text)  # "Phó Bí thư Thường trực" is a Phó Bí thư


# -- trades and localities ------------------------------------------------------------------------

# How an office begins, as `folded` spells it.
TRADES: dict[str, tuple[str, ...]] = {
    "sport": (
        "tien dao", "hau ve", "tien ve", "trung ve", "thu mon", "cau thu", "van dong vien", "vdv", "hlv",
        "huan luyen vien", "tay vot", "ky thu", "vo si", "tuyen thu", "kinh ngu", "trung phong",
    ),
    "arts": (
        "ca si", "nhac si", "dien vien", "nghe si", "nsnd", "nsut", "dao dien", "hoa si", "nguoi mau",
        "hoa hau", "a hau", "nhac cong", "bien dao",
    ),
    "office": (
        "chu tich uy ban", "chu tich hoi dong nhan dan", "chu tich quoc hoi", "chu tich nuoc", "bi thu",
        "bo truong", "thu truong", "thu tuong", "giam doc so", "truong ban to chuc", "truong ban tuyen giao",
        "truong ban dan van", "truong ban noi chinh", "truong ban dan toc", "truong cong an",
        "giam doc cong an", "vien truong", "chanh an", "tham phan", "chanh van phong", "chanh thanh tra",
        "cuc truong", "vu truong", "chi huy truong",
    ),
    "work": ("nghe nhan", "nong dan", "cong nhan", "tai xe", "lai xe", "tieu thuong", "ngu dan", "tho"),
    "learner": ("hoc sinh", "sinh vien", "nu sinh", "nam sinh"),
}  # fmt: skip
"""Trades that are told apart: "office" is a public one."""
_BEFORE_OFFICE = ("nguyen ", "cuu ", "quyen ", "pho ", "nu ", "nam ")
_COMMUNE = ("xã", "phường", "thị trấn")
_DISTRICT = ("huyện", "quận", "thị xã")


@lru_cache(maxsize=4096)
def trade(office: str) -> str | None:
    """One of TRADES; None for an office that tells none, or one that goes with any."""
    spelt = folded(office)
    for _ in range(2):  # "nguyên Phó …"
        for before in _BEFORE_OFFICE:
            spelt = spelt.removeprefix(before)
    for name, beginnings in TRADES.items():
        if any(spelt == start or spelt.startswith(start + " ") for start in beginnings):
            return name
    return None


@lru_cache(maxsize=4096)
def localities(office: str) -> tuple[tuple[int, str], ...]:
    """The localities in an office, with their levels: 0 a province, 1 a district, 2 a commune."""
    from store.entities.lexicon import lexicon
    from store.entities.spans import words

    spelt = words(office)
    low = [mark_fold(word) for word in spelt]
    found: list[tuple[int, str]] = []
    places = lexicon().places
    for i in range(1, len(low)):
        before = low[i - 1]
        two = " ".join(low[max(0, i - 2) : i])
        level = (
            2
            if before in _COMMUNE or two in _COMMUNE
            else 1
            if before in _DISTRICT or two in _DISTRICT
            else 0
        )
        if level:
            end = i
            while end < len(spelt) and spelt[end][:1].isupper():
                end += 1
            if end > i:
                found.append((level, " ".join(spelt[i:end])))
        elif (match := places.match(low, i)) and match[1].rank == "province" and spelt[i][:1].isupper():
            found.append((0, match[1].canonical))
    return tuple(found)


def is_national(office: str) -> bool:
    """Whether there is one such office in the country."""
    spelt = fold(office)
    return any(
        word in spelt for word in ("trung uong", "quoc hoi", "chinh phu", "bo truong", "thu truong bo")
    )
