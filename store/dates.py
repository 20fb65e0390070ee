"""Dates as pages write them, and periods as filters write them. Everything is in +07:00.

Vietnamese forms are read by strict day-month-year patterns of our own; python-dateutil gets only what
is plainly ISO or spells an English month (it reads `GMT+7` as UTC-7, `12/13/2023` as 13 December and
`12:30` as today). Nothing is ever filled in from the clock.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from store.text import fold

TIMEZONE: Final = timezone(timedelta(hours=7))
"""Vietnam has had one offset and no summer time since 1975."""

_MONTH_NAMES = (
    "một|giêng", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười",
    "mười một", "mười hai|chạp",
)  # fmt: skip
_VIETNAMESE_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split("|")
}
_ENGLISH_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number}
_MONTH_WORD = "|".join(sorted(_VIETNAMESE_MONTHS, key=len, reverse=True))
_MONTH = rf"(?:0?[1-9](?!\d)|1[0-2]|{_MONTH_WORD})"
_ENGLISH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_CORE = re.compile(
    r"(?<![\d/.,])(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)"
    r"|(?P<d2>\d\d?)\s?(?P<s2>[-/.])\s?(?P<m2>\d\d?)\s?(?P=s2)\s?(?P<y2>\d{4}|\d\d)"
    rf"|(?P<d3>\d\d?)\s{{1,2}}tháng\s{{1,2}}(?P<m3>{_MONTH})[\s,]{{1,3}}(?:năm\s{{1,2}})?(?P<y3>\d{{4}})"
    rf"|(?P<d5>\d\d?)(?:st|nd|rd|th)?[\s-](?P<m5>{_ENGLISH})[.,]?[\s-]{{1,2}}(?P<y5>\d{{4}})"
    r")(?!\d|[/.,-]\d)"
    rf"|(?<!\w)tháng\s{{1,2}}(?P<m4>{_MONTH})\s{{1,2}}(?P<d4>\d\d?),?\s{{1,2}}(?P<y4>\d{{4}})(?!\d)"
    rf"|(?<!\w)(?P<m6>{_ENGLISH})\.?\s(?P<d6>\d\d?)(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y6>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_FORMS = (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "m3", "d3"), ("y4", "m4", "d4"),
          ("y5", "m5", "d5"), ("y6", "m6", "d6"))  # fmt: skip

_CLOCK = (
    r"(?P<h>[01]?\d|2[0-4])\s?(?::|h|g|giờ)\s?(?P<min>[0-5]\d)(?:\s?phút|[’'])?(?::(?P<sec>[0-5]\d)(?:\.\d{1,9})?)?"
    r"(?:\s?(?P<half>am|pm|sa|ch|a\.m\.?|p\.m\.?)(?!\w))?"
)
_ZONE = (
    r"(?:(?:gmt|utc|ict)\s?(?P<zone>[+-]\s?\d{1,2}(?::?\d\d)?)?|(?P<offset>[+-]\d\d:?\d\d)|(?P<utc>z))(?!\w)"
)
_WEEKDAY = (
    r"(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s?nhật|cn|t[2-7]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_LABEL = (
    r"(?:(?:ngày\s)?(?:cập\s?nhật|đăng|xuất\s?bản|phát\s?hành|đăng\s?tải|gửi)"
    r"(?:\s(?:lần\scuối|cuối|mới\snhất|ngày|lúc|vào|bởi))*"
    r"|thời\sgian|(?:last\s)?updated|published|posted)(?:\s(?:lúc|on|at|by))?"
)
_GLUE = r"[\s,;:|•·–—\-/\[\]()]"
_RIGHT = re.compile(
    rf"{_GLUE}{{0,5}}(?:t(?=\d))?(?:(?:lúc|hồi|vào|at)\s)?(?P<clock>{_CLOCK})(?!\d)", re.IGNORECASE
)
_RIGHT_ZONE = re.compile(rf"{_GLUE}{{0,3}}?(?P<gmt>{_ZONE})(?!\d)", re.IGNORECASE)
_LEFT = re.compile(
    rf"(?:(?P<clock>(?<![\d:]){_CLOCK})|(?P<gmt>{_ZONE})|(?<!\w)(?P<weekday>{_WEEKDAY})"
    rf"|(?<!\w)(?P<label>{_LABEL})|(?<!\w)(?P<word>ngày|lúc|on|date|hôm\snay)){_GLUE}{{0,6}}$",
    re.IGNORECASE,
)
_REACH = 40  # letters to the left of a day that one part of its stamp can take


@dataclass(frozen=True, slots=True)
class Stamp:
    """A full date in a line, with all that belongs to it: weekday, time of day, zone, "Cập nhật".

    `value` is ISO, with +07:00 when there is a time of day; `line[start:end]` is all of it.
    """

    value: str
    start: int
    end: int
    weekday: bool = False
    zone: bool = False
    updated: bool = False

    @property
    def day(self) -> date:
        return date.fromisoformat(self.value[:10])

    @property
    def timed(self) -> bool:
        return "T" in self.value


@dataclass(frozen=True, slots=True)
class Day:
    """A day in running text; `year` is None when the text leaves it out."""

    day: int
    month: int
    year: int | None
    start: int
    end: int


def find_stamps(line: str) -> list[Stamp]:
    """Every full date (day, month, year) in a line, in order, each with its time if it has one.

    A two-digit year counts only beside a weekday or a time of day. Days that no calendar has are none.
    """
    found: list[Stamp] = []
    for match in _CORE.finditer(line):
        day, short = _day(match)
        if day is None:
            continue
        stamp = _grow(line, match, day, found[-1].end if found else 0)
        if short and not (stamp.timed or stamp.weekday):
            continue
        found.append(stamp)
    return found


def _day(match: re.Match[str]) -> tuple[date | None, bool]:
    """The day of a match of `_CORE`, and whether its year has two digits."""
    year, month, day = next((match[y], match[m], match[d]) for y, m, d in _FORMS if match[y] is not None)
    return _valid(_year(year), _month(month), int(day)), len(year) == 2


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 70 else 1900)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.lower()
    return _VIETNAMESE_MONTHS.get(text) or _ENGLISH_MONTHS[text[:3]]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _grow(line: str, match: re.Match[str], day: date, floor: int) -> Stamp:
    """Take in what stands around a day: to the right a time and a zone, to the left those, a weekday
    and a label, each at most once."""
    start, end = match.span()
    clock: time | None = None
    offset: timedelta | None = None
    weekday = zone = updated = False
    seen: set[str] = set()
    if part := _RIGHT.match(line, end):
        seen.add("clock")
        clock, end = _clock(part), part.end()
    if part := _RIGHT_ZONE.match(line, end):
        seen.add("gmt")
        zone, offset, end = True, _offset(part), part.end()
    for _ in range(6):
        head = line[max(floor, start - _REACH) : start]
        part = _LEFT.search(head)
        if part is None or (kind := _kind(part)) in seen or (kind == "gmt" and "clock" in seen):
            break
        seen.add(kind)
        start -= len(head) - part.start()
        if kind == "clock":
            clock = _clock(part)
        elif kind == "gmt":
            zone, offset = True, _offset(part)
        elif kind == "weekday":
            weekday = True
        elif kind == "label":
            updated = part["label"].lower().replace("ngày ", "").startswith(("cập", "last", "updated"))
    start, end = _brackets(line, start, end, floor)
    return Stamp(_iso(day, clock, offset), start, end, weekday, zone, updated)


def _kind(part: re.Match[str]) -> str:
    groups = part.groupdict()
    return next(name for name in ("clock", "gmt", "weekday", "label", "word") if groups.get(name))


def _clock(part: re.Match[str]) -> time | None:
    hour, minute, second = int(part["h"]), int(part["min"]), int(part["sec"] or 0)
    half = (part["half"] or "").lower()[:1]
    if half in ("p", "c") and hour < 12:  # chiều, tối
        hour += 12
    elif half in ("a", "s") and hour == 12:
        hour = 0
    if hour > 23:
        return None
    return time(hour, minute, second)


def _offset(part: re.Match[str]) -> timedelta | None:
    """The offset of a zone; None where only a name such as GMT stands, which pages write for +07:00."""
    if part["utc"]:
        return timedelta(0)
    text = (part["zone"] or part["offset"] or "").replace(" ", "").replace(":", "")
    if not text:
        return None
    digits = text[1:]
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1) if hours < 15 else None


def _iso(day: date, clock: time | None, offset: timedelta | None) -> str:
    if clock is None:
        return day.isoformat()
    moment = datetime.combine(day, clock, timezone(offset) if offset is not None else TIMEZONE)
    try:
        moment = moment.astimezone(TIMEZONE)
    except OverflowError:
        return day.isoformat()
    return moment.isoformat()


def _brackets(line: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """Take in a pair of brackets that closes around the stamp, or what one side left open."""
    while end < len(line) and line[end] in ")]" and line.count("([", start, end) == 0:
        end += 1
        break
    if end > start and line[end - 1] in ")]" and start > floor and line[start - 1] in "([":
        start -= 1
    return start, end


_SOME_DAY = re.compile(
    r"(?<![\d/.,-])(?P<d>\d\d?)(?:\s?(?P<s>[-/])\s?(?P<m>\d\d?)(?:\s?(?P=s)\s?(?P<y>\d{4}))?"
    rf"|\s{{1,2}}tháng\s{{1,2}}(?P<mw>{_MONTH})(?:[\s,]{{1,3}}(?:năm\s{{1,2}})?(?P<yw>\d{{4}}))?)(?![\d%]|[/-]\d)",
    re.IGNORECASE,
)


def find_days(text: str) -> list[Day]:
    """Days as running text writes them: "29/12", "28-3", "23 tháng 12 năm 2022". Scores and fractions
    look the same: whoever asks judges by the words around."""
    days = []
    for match in _SOME_DAY.finditer(text):
        month = _month(match["m"] or match["mw"])
        year = match["y"] or match["yw"]
        if _valid(int(year) if year else 2000, month, int(match["d"])):
            days.append(Day(int(match["d"]), month, int(year) if year else None, *match.span()))
    return days


# -- one date ------------------------------------------------------------------------------------

_FOR_DATEUTIL = re.compile(rf"^\d{{4}}-\d\d|^\d{{8}}T\d{{4}}|(?<![a-z]){_ENGLISH}(?![a-z])", re.IGNORECASE)
_SAYS_ALL = (datetime(2001, 1, 1), datetime(2003, 3, 3))


def parse_date(text: str) -> str | None:
    """One date or date and time, as a page, a feed or a person writes it → ISO, or None.

    A time of day comes out in +07:00, and is taken to be in it unless the text says otherwise.
    """
    text = " ".join(text.split())[:200]
    if stamps := find_stamps(text):
        return stamps[0].value
    if not _FOR_DATEUTIL.search(text):
        return None
    from dateutil import parser as dateutil_parser

    text = re.sub(r"(?i)\b(?:gmt|utc)\s?(?=[+-]\d)", "", text)  # or dateutil turns the sign round
    try:
        first, second = (dateutil_parser.parse(text, default=default) for default in _SAYS_ALL)
    except (ValueError, OverflowError, TypeError):
        return None
    if first.date() != second.date():  # a part of the day came from the default
        return None
    if first.time() == time() and not re.search(r"\d:\d\d|T\d\d", text):
        return first.date().isoformat()
    moment = first if first.tzinfo else first.replace(tzinfo=TIMEZONE)
    try:
        return moment.astimezone(TIMEZONE).replace(microsecond=0).isoformat()
    except (OverflowError, ValueError):
        return None


def typed_date(text: str) -> str | None:
    """The date that somebody typed → ISO as by `parse_date`; None also where a part was not understood:
    "17/3/2026 21:48x" or "9 giờ 17/3/2026" must not quietly lose what stands beside the date."""
    text = " ".join(text.split())
    if stamps := find_stamps(text):
        beside = text[: stamps[0].start] + text[stamps[0].end :]
        return None if any(char.isalnum() for char in beside) else stamps[0].value
    return parse_date(text)


# -- periods -------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?:năm\s)?(\d{4})")
_YEAR_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)|(?:tháng\s)?(?P<m2>\d\d?)[/-](?P<y2>\d{4})")
A_DAY = timedelta(days=1)
_COMPARED = re.compile(r"(>=|<=|>|<)\s*")


def period(text: str) -> tuple[date, date]:
    """The first and the last day of a period, both inclusive; `date.min` or `date.max` where it is open.

    "2023", "2023-12", "12/2023", "29/12/2023", "2023-12-29", "2022..2023", "..2023", ">=2023-12-26",
    "<2024". Raises ValueError for anything else, and for a period that ends before it begins.
    """
    text = " ".join(text.split()).lower()
    if compared := _COMPARED.match(text):
        first, last = _span(text[compared.end() :])
        sign = compared[1]
        if sign == ">=":
            return first, date.max
        if sign == "<=":
            return date.min, last
        try:
            return (last + A_DAY, date.max) if sign == ">" else (date.min, first - A_DAY)
        except OverflowError:
            raise ValueError(f"no day lies beyond: {text!r}") from None
    begin, dots, end = text.partition("..")
    if not dots:
        return _span(text)
    if not begin.strip() and not end.strip():
        raise ValueError(f"not a period: {text!r}")
    first = _span(begin.strip())[0] if begin.strip() else date.min
    last = _span(end.strip())[1] if end.strip() else date.max
    if first > last:
        raise ValueError(f"a period that ends before it begins: {text!r}")
    return first, last


# Folded → the argument of dateutil's relativedelta.
_UNITS = {
    "d": "days", "day": "days", "days": "days", "ngay": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks", "tuan": "weeks",
    "m": "months", "month": "months", "months": "months", "thang": "months",
    "y": "years", "year": "years", "years": "years", "nam": "years",
}  # fmt: skip
_AGE = re.compile(r"(\d{1,4})\s?([a-z]+)")


def today() -> date:
    """The day it is in +07:00."""
    return datetime.now(TIMEZONE).date()


def ago(text: str) -> date:
    """The day that lies a time before today: "7d", "2 weeks", "3m", "1 năm".

    Raises ValueError for anything else.
    """
    from dateutil.relativedelta import relativedelta

    match = _AGE.fullmatch(fold(text.strip()))
    unit = _UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        raise ValueError(f"not a time: {text!r}")
    length = int(match[1])
    try:
        return today() - relativedelta(**{unit: length})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return date.min


def _span(text: str) -> tuple[date, date]:
    if match := _YEAR.fullmatch(text):
        year = int(match[1])
        if year:
            return date(year, 1, 1), date(year, 12, 31)
    elif match := _YEAR_MONTH.fullmatch(text):
        year, month = int(match["y"] or match["y2"]), int(match["m"] or match["m2"])
        if year and 1 <= month <= 12:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    elif match := _CORE.fullmatch(text):
        day, short = _day(match)
        if day and not short:
            return day, day
    raise ValueError(f"not a period: {text!r}")
