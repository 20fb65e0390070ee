"""Dates, months, years and periods in running text.

A day is written 29/12, 16-1, 3.2 or in words; the first needs something that says it is a day, since
scores (4-0), shares (5/9 quận) and decimals look the same.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from store.entities.spans import Found

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[89]|20)\d\d"
_SEP = r"[/.\-–]"

_PATTERN = re.compile(
    rf"(?<![\d/.,\-–])(?:"
    # 29/12/2023, 3 - 5/2/2024, 3 và 4-5-2019; the words of a full date
    rf"(?:(?P<from>{_DAY})(?P<join>\s?[-–]\s?|,?\s+(?:và|đến|-|–)\s+(?:ngày\s+)?))?"
    rf"(?P<d>{_DAY})(?P<s>{_SEP})(?P<m>{_MONTH})(?:(?P=s)(?P<y>{_YEAR}))?(?![\d%]|[.,/\-–]\d)"
    rf"|(?P<d2>{_DAY})\s+tháng\s+(?P<m2>{_MONTH}|giêng|chạp|tư)(?:\s*(?:năm|,|/|-)\s*(?P<y2>{_YEAR}))?(?!\d)"
    rf"|(?P<m3>{_MONTH})\s?[/\-–.]\s?(?P<y3>{_YEAR})(?![\d%]|[./]\d|/[A-ZĐ])"
    rf"|(?P<y4>{_YEAR})\s?[-–]\s?(?P<y5>{_YEAR})(?!\d|/)"
    rf"|(?P<y7>{_YEAR})(?![\d%/]|[.,\-–]\d|\s?(?:%|người|tỷ|tỉ|triệu|đồng|USD|m2|km|căn|ca |hộ|học sinh"
    rf"|trường hợp|cán bộ|doanh nghiệp|suất))"
    rf")"
    rf"|(?P<period>(?<!\w)(?:(?P<n>\d{{1,2}})\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<yn>{_YEAR}))?"
    rf"|[Qq]uý\s+(?P<q>[1-4]|IV|I{{1,3}})(?!\w)(?:\s?(?:/|-|năm)?\s?(?P<yq>{_YEAR}))?"
    rf"|[Tt]háng\s+(?P<mm>{_MONTH})(?:\s*(?:năm|/|-|,)?\s*(?P<ym>{_YEAR}))?))(?![\d/]|[.,]\d|\s?(?:%|triệu|tuổi|tỷ))"
)
# Where the pattern is tried: far quicker than a search.
_CANDIDATE = re.compile(r"[\dQqTt](?:(?<=\d)\d*|uý\s|háng\s)")
# What stands right before a day and month that have no year.
_BEFORE = re.compile(
    r"(?:ngày|sáng|chiều|tối|trưa|đêm|khuya|rạng sáng|hôm|từ|đến|tới|hết|trước|sau|vào|dịp|lễ|nay|qua"
    r"|mai|mùng"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|CN|T[2-7]|\d{1,2} ?(?:h|giờ|g)\d{0,2}|\d{1,2}:\d\d"
    r"|và|hôm nay|kỷ niệm|khai mạc|diễn ra|ngày \d[\d, ]{0,18}|chốt phiên|phiên|tính đến)"
    r"\s*[,(]?\s*(?:ngày\s+)?$",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"(?:ngày|mùng|sáng|trưa|chiều|tối|đêm|hôm)\s+$", re.IGNORECASE)
_SCORE_BEFORE = re.compile(r"\d\s?[-–]\s?\d+\s*\($")  # "thắng 3-2 (2-1)", "7-6 (7/4)"
_NO_DAY_BEFORE = re.compile(
    r"(?:(?<!\w)(?:đường|phố|nhà|số nhà|hẻm|ngõ|ngách|kiệt|biển số|vòng|tỷ lệ|tỉ lệ|tỷ số|tỉ số|phiên bản"
    r"|công viên|bệnh viện|điểm|cỡ|bản đồ|quốc lộ|tỉnh lộ|hotline|iOS|Android|Windows)|(?<!\w)cầu)\s+$",
    re.IGNORECASE,
)
_OTHER_END = re.compile(  # of a span whose first day has no year: (month, year)
    rf"\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY}[/.\-]({_MONTH})[/.\-]({_YEAR})(?!\d)"
)
_HOUR = r"(\d{1,2})\s?(?:giờ|h|g)(?:\s?(\d{2})(?:\s?phút)?)?(?:\s(?:sáng|trưa|chiều|tối|đêm))?\s(?:ngày\s)?"
_FROM_HOUR = re.compile(rf"(?<!\w)[Tt]ừ\s{_HOUR}$")
_TO_HOUR = re.compile(rf"\s(?:đến|tới)\s{_HOUR}")
_BEFORE_POINT = re.compile(r"(?<!\w)(?:trước|hết|vào|dịp|hôm)\s+$")
_DAY_WORD = re.compile(r"(?:ngày|mùng)\s+$", re.IGNORECASE)
_FRACTION_AFTER = re.compile(
    r"\s*(?:tổng|số|quận|huyện|xã|phường|tỉnh|thành|thôn|ấp|đơn vị|chỉ tiêu|tiêu chí|dân số|diện tích"
    r"|đại biểu"
    r"|người|hộ|cán bộ|môn|trường|câu|bàn|trận|điểm|học sinh|thành viên|phiếu|ủy viên|lãnh thổ|quãng|cơ "
    r"sở|xe)"
)
_HOLIDAYS = {
    (30, 4),
    (1, 5),
    (2, 9),
    (8, 3),
    (20, 10),
    (20, 11),
    (27, 7),
    (22, 12),
    (19, 8),
    (27, 2),
    (21, 6),
    (19, 5),
    (3, 2),
    (26, 3),
    (1, 6),
}
_TERM = re.compile(
    r"(?:nhiệm kỳ|giai đoạn|năm học|mùa giải|niên khóa|khóa|thời kỳ)(?: (?:các )?năm)?\s+$", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"(?:(?P<word>[Nn]ăm(?: học)?\s+)|(?:so với|từ|đến|tới|cuối|đầu|giữa|hè|thu|xuân|đông|SN|sinh|trong"
    r"|tết|World Cup|Olympic|Cup|Games|tháng \d{1,2}|\()\s*)$"
)
_YEARS = re.compile(rf"năm\s+({_YEAR})(?!\d)|\d[/-]({_YEAR})(?!\d)")


class Years:
    """Supplies the year of a date that states none: from publication, else the nearest stated year."""

    def __init__(self, published: str | None, texts: Sequence[str]) -> None:
        try:
            self._published = date.fromisoformat(published[:10]) if published else None
        except ValueError:
            self._published = None
        self._stated: list[list[tuple[int, int]]] = []
        if self._published is None:
            for text in texts:
                self._stated.append([(m.start(), int(m[1] or m[2])) for m in _YEARS.finditer(text)])

    def near(self, index: int, offset: int, month: int, day: int = 1) -> int | None:
        """The year of a day in text `index` (0: the title) at `offset`; None if nothing tells."""
        if self._published is not None:
            year = self._published.year

            def distance(candidate: int) -> int:
                days = (_day(candidate, month, day) - self._published).days  # type: ignore[operator]
                return -days if days <= 0 else days * 3 // 2  # news tells of the past a little more often

            return min((year - 1, year, year + 1), key=distance) if 1 < year < 9998 else year
        here = self._stated[index]
        if here:
            return min(here, key=lambda stated: abs(stated[0] - offset))[1]
        around = sorted((abs(other - index), other) for other, stated in enumerate(self._stated) if stated)[
            :1
        ]
        return self._stated[around[0][1]][0][1] if around else None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:  # 31/4, 29/2: misprints keep their month
        return date(year, month, 28)


def find_dates(block: int, index: int, text: str, years: Years) -> Iterator[Found]:
    """The dates of one text in order. `value` is an ISO date, month, year or interval a/b."""
    end = 0
    last: Found | None = None
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < end:
            continue
        m = _PATTERN.match(text, candidate.start())
        if not m:
            continue
        start, end = m.span()
        found = Found("date", block, start, end, text[start:end], "date")
        before = text[max(0, start - 24) : start]
        kept: Found | None
        if m["d"]:
            kept = _numeric(m, found, (before, text[end : end + 40]), years, index)
        elif m["d2"]:
            kept = _worded(m, found, years, index)
        elif m["m3"]:
            found.value = f"{m['y3']}-{int(m['m3']):02}"
            month = re.search(r"[Tt]háng\s+$", before)
            if month:
                _extend(found, text, start - len(month[0]))
            kept, found.why = found, "month and year"
        elif m["y4"]:
            kept = _years(m, found, text, before)
        elif m["y7"]:
            kept = _year(m, found, text, before)
        else:
            kept = _period(m, found, text, years, index)
        if kept:
            if last:
                _span(last, kept, text)
            last = kept
            yield kept


def _span(first: Found, last: Found, text: str) -> None:
    """ "từ 20 giờ ngày 3/2 đến 4 giờ ngày 4/2": the second day stands for the whole, with its hours."""
    begin = _FROM_HOUR.search(text, max(0, first.start - 30), first.start)
    close = _TO_HOUR.fullmatch(text, first.end, last.start) if begin else None
    days = [find.value or "" for find in (first, last)]
    if not begin or not close or [len(day) for day in days] != [10, 10]:
        return
    hours = [f"{int(m[1]):02}:{m[2] or '00'}" for m in (begin, close)]
    if max(hours) < "24:00" and days[0] <= days[1]:
        last.short, last.key = text[begin.start() : last.end], days[1]
        last.value = "/".join(f"{day}T{hour}" for day, hour in zip(days, hours, strict=True))


def _extend(found: Found, text: str, start: int) -> None:
    found.short = found.text
    found.start, found.text = start, text[start : found.end]


def _numeric(
    m: re.Match[str], found: Found, around: tuple[str, str], years: Years, index: int
) -> Found | None:
    before, after = around
    if _NO_DAY_BEFORE.search(before) or (not m["y"] and _SCORE_BEFORE.search(before)):
        return None  # "đường 3/2", "nhà 12/5": a street or a number of a house
    day, month, sep, year = int(m["d"]), int(m["m"]), m["s"], m["y"]
    told = bool(_BEFORE.search(before))
    first = m["from"]
    if first and not year and m["join"] == sep == "-" and not _PART_OF_DAY.search(before):
        return None  # "từ 4-3-3 sang 3-5-2": a line-up
    if first and not told and not year and m["join"].strip() in ("-", "–"):
        first = None
    if not year:
        pointed = sep == "." and _BEFORE_POINT.search(before)
        if sep in ".–" and not (pointed or _PART_OF_DAY.search(before)):
            return None
        if (day, month) == (24, 7):
            return None
        if sep == "-" and not told and not before.endswith("("):
            return None
        if sep == "/" and not told and not first:
            if _FRACTION_AFTER.match(after) or re.search(
                r"(?:chiếm|hơn|gần|khoảng|đạt|có|được|còn|bằng)\s+$", before
            ):
                return None
            if day <= month and day < 10 and (day, month) not in _HOLIDAYS:
                return None  # 1/3, 2/5: a share unless something says it is a day
        if _FRACTION_AFTER.match(after) and not _DAY_WORD.search(before) and not _BEFORE.search(before):
            return None
    if first and not told and not year and m["join"].strip() in ("-", "–", "") and sep != "/":
        return None
    stated = int(year) if year else None
    if stated is None and (other := _OTHER_END.match(after)):
        stated = int(other[2]) - (month > int(other[1]))  # "từ 28/12 đến 3/1/2024"
    if stated is None:
        stated = years.near(index, found.start, month, day)
    found.supplied = not year
    if stated is not None:
        found.value = _day(stated, month, day).isoformat()
        if first and int(first) < day:
            found.value = f"{_day(stated, month, int(first)).isoformat()}/{found.value}"
    else:
        found.value, found.supplied = None, False
    if first:
        last = found.text[m.start("d") - m.start() :]
        if int(first) < day:
            found.short = last
        else:  # "từ 28 đến 3/2": the first day is of the month before
            found.start, found.text = m.start("d"), last
    if after.lstrip().startswith("âm lịch"):
        found.value, found.supplied = None, False  # the day of the moon's calendar is another
    found.why = "day, month and year" if year else "day and month"
    found.key = f"{day}.{month}" if not found.value else ""
    return found


def _worded(m: re.Match[str], found: Found, years: Years, index: int) -> Found | None:
    month = {"giêng": 1, "tư": 4, "chạp": 12}.get(m["m2"]) or int(m["m2"])
    stated = int(m["y2"]) if m["y2"] else years.near(index, found.start, month, int(m["d2"]))
    found.why = "date in words"
    if stated is not None:
        found.value, found.supplied = _day(stated, month, int(m["d2"])).isoformat(), not m["y2"]
    return found


def _years(m: re.Match[str], found: Found, text: str, before: str) -> Found | None:
    if int(m["y4"]) >= int(m["y5"]):
        return None
    term = _TERM.search(before)
    if term:
        _extend(found, text, found.start - len(term[0]))
    found.value, found.why = f"{m['y4']}/{m['y5']}", "period of years"
    return found


def _year(m: re.Match[str], found: Found, text: str, before: str) -> Found | None:
    stands = _YEAR_BEFORE.search(before)
    if not stands:
        return None
    if stands["word"]:
        word = re.search(r"[Nn]ăm\s+$", before)
        if word:
            _extend(found, text, found.start - len(word[0]))
    found.value, found.why = m["y7"], "year"
    return found


def _period(m: re.Match[str], found: Found, text: str, years: Years, index: int) -> Found | None:
    stated = m["yn"] or m["yq"] or m["ym"]
    if m["n"]:
        count = int(m["n"])
        if not 1 <= count <= 11:
            return None
        first, last = (1, count) if m["half"] == "đầu" else (13 - count, 12)
    elif m["q"]:
        quarter = _ROMAN.get(m["q"].lower()) or int(m["q"])
        first, last = 3 * quarter - 2, 3 * quarter
    else:
        first = last = int(m["mm"])
    year = int(stated) if stated else years.near(index, found.start, first)
    found.supplied = not stated and year is not None
    if year is not None and first == last:
        found.value = f"{year}-{first:02}"
    elif year is not None:
        found.value = f"{year}-{first:02}-01/{year}-{last:02}-{monthrange(year, last)[1]}"
    if m["mm"] and stated:
        found.short = re.sub(r"^[Tt]háng\s+", "", found.text)
    found.why = "period"
    return found
