"""When a page was published: which of its stamps belongs to the article, else the day its text tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.cleaning.lines import Line
from store.dates import Day, Stamp, find_days

_EVENT = re.compile(
    r"(?i)(?:sáng|trưa|chiều|tối|đêm|ngày|hôm nay|hôm qua|khuya|rạng sáng|sớm)[\s,(]{1,3}(?:ngày\s)?$"
    r"|\(\s?(?:ngày\s)?$"
)
_LIFE = re.compile(
    r"(?i)(?:sinh|mất|qua đời|từ trần|thành lập|kỷ niệm|từ|đến|trước|sau|ký|ban hành|hiệu lực|số \S+|[/-]\S+)"
    r"(?: vào)?(?: ngày)?\s$"
)
_STEP = re.compile(r"\w\s?(?:>{1,2}|»|›|❯|→)\s?\w")
_LONG_AGO = re.compile(r"(?i)(?:từ|sinh|sn|hồi|trước|khóa|nhiệm kỳ|giai đoạn|cuối|đầu|tới|đến)(?: năm)?\s$")
_LAW = re.compile(r"(?:[Ll]uật|[Hh]iến pháp|[Pp]háp lệnh)[^.;]*\s$")  # its year, not the news'
_YEAR = re.compile(r"(?<!\d)(?<!\d{4}-)(?<!\d{4} - )(20\d\d|19[5-9]\d)(?![\d/-])")


@dataclass(frozen=True, slots=True)
class Published:
    """`value` is ISO. A stated one has its line (an index of the lines) and span in the line's text."""

    value: str
    why: str
    index: int | None = None
    start: int = 0
    end: int = 0


def choose(
    lines: Sequence[Line], title: int | None, first: int, last: int, told: Day | None
) -> Published | None:
    """The stamp that is the publication date, or None.

    `title`, `first`, `last` are indexes of the headline and of the body's first and last line; `told` is
    the day the text's beginning names. A full weekday date above everything is the page's clock, unless
    the text's own day agrees with it.
    """
    best: tuple[float, int] | None = None
    chosen: Published | None = None
    order = 0
    everything = [
        (index, stamp)
        for index, line in enumerate(lines)
        for stamp in line.stamps
        if _is_stamp_line(line, index, title)
    ]
    days = sorted({stamp.value for _, stamp in everything})
    strange = (i for i, line in enumerate(lines) if line.prose <= -0.5 and line.furniture is None)
    menu = next(strange, len(lines))
    for index, stamp in everything:
        weight, why = _weigh(index, stamp, title=title, first=first, last=last, menu=menu)
        agreement = _agreement(stamp.day, told)
        above = title is not None and index < title
        if above and stamp.weekday and _is_clock(lines, index, title or 0):
            agreement, weight = min(agreement, 0.0), weight - 0.5
        if title == index + 1 and stamp.weekday and stamp.timed and _ends_breadcrumb(lines, index):
            weight, agreement = weight + 1.0, max(agreement, 0.0)
        weight += agreement - 0.8 * (agreement < 0 and stamp.weekday and above)
        weight += 0.4 * stamp.timed - 0.3 * stamp.updated
        if stamp.weekday and days[0] < stamp.value:
            weight -= 0.4
        order -= 1
        if weight > 0 and (best is None or (weight, order) > best):
            best = (weight, order)
            chosen = Published(stamp.value, why, index, stamp.start, stamp.end)
    return chosen


def _is_stamp_line(line: Line, index: int, title: int | None) -> bool:
    if index == title:
        return True
    covered = sum(stamp.end - stamp.start for stamp in line.stamps)
    rest = len(line.text) - covered - line.buttons
    return bool(
        rest <= 60
        and (rest <= 30 or line.buttons or line.text.count("|") > 0 or covered * 2 > rest)
        and not (rest > 20 and line.ends_sentence)
    )


def _weigh(
    index: int, stamp: Stamp, *, title: int | None, first: int, last: int, menu: int
) -> tuple[float, str]:
    if title is None:
        top = index <= first and index <= 3
        return (1.0 - 2.0 * stamp.weekday if top else 0.2 if index > last else 0.5), "the stamp of the page"
    if index == title:
        return 3.0, "stamp on the line of the title"
    if index > title:
        if index <= first or index - title <= 3:
            return (3.0 if index - title <= 3 else 2.5), "stamp under the title"
        if index <= last:
            return 1.5 if index - title <= 6 else 0.6, "stamp inside the article"
        return (1.0 if index - last <= 4 else -0.5), "stamp under the article"
    near = title - index
    weight = 1.5 if near == 1 else 1.0 if near <= 3 else -0.3
    why = "stamp above the title"
    top = menu >= index
    if index == 0:
        weight -= 1.0
    if stamp.weekday:  # a clock, unless it stands between a breadcrumb and the title, with a time
        between = near == 1 and index > 0 and stamp.timed
        weight -= 1.2 if between or not (top or index <= 2) else 2.0
    return weight, why


def _ends_breadcrumb(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above a stamp is the path to the article: what stands under it is the article's."""
    return index > 0 and lines[index - 1].words <= 14 and _STEP.search(lines[index - 1].text) is not None


def _is_clock(lines: Sequence[Line], index: int, title: int) -> bool:
    """A page clock, whatever day it shows: menu or breadcrumb stand between it and the headline."""
    between = lines[index + 1 : min(title, index + 40)]
    return any(line.furniture in ("section", "control", "footer", None) for line in between)


def _agreement(day: date, told: Day | None) -> float:
    """Whether a stamp fits the day of which the text begins to tell: the same day or the few after it."""
    if told is None:
        return 0.0
    late = [
        (day - event).days
        for year in ((told.year,) if told.year else (day.year, day.year - 1))
        if (event := _on(told, year))
    ]
    if any(0 <= gap <= 3 for gap in late):
        return 2.0
    return 0.3 if any(0 <= gap <= 10 for gap in late) else -0.4


def told_day(paragraphs: Sequence[str]) -> Day | None:
    """The day of the event that the beginning of a text names ("Sáng 28-3, …"), or None."""
    for text in paragraphs[:2]:
        head = text[:500]
        for day in find_days(head):
            before = head[max(0, day.start - 24) : day.start]
            if _LIFE.search(before):
                continue
            if _EVENT.search(before[-14:]) or (day.start == 0 and head[day.end : day.end + 1] == ","):
                return day
    return None


def infer(told: Day | None, clock: date | None, texts: Sequence[str]) -> Published | None:
    """A day told by the text, with its year from the context: the page's clock, else the text's years."""
    if told is None:
        return None
    if told.year:
        day = _on(told, told.year)
        return Published(day.isoformat(), "the day the text tells of") if day else None
    if clock is not None:
        for year in (clock.year, clock.year - 1):
            if (day := _on(told, year)) and day <= clock:
                return Published(day.isoformat(), "the day the text tells of, its year from the page's clock")
    counts: dict[int, int] = {}
    for near in (texts[:3], texts[3:]):  # the headline and the beginning tell it, else what follows
        for text in near:
            for match in _YEAR.finditer(text):
                before = text[max(0, match.start() - 80) : match.start()]
                if not _LONG_AGO.search(before[-16:]) and not _LAW.search(before):
                    counts[int(match[1])] = counts.get(int(match[1]), 0) + 1
        if counts:
            break
    else:
        return None
    common = sorted(counts, key=lambda year: (-counts[year], -year))[:2]
    year = common[0]
    if len(common) == 2 and abs(common[0] - common[1]) == 1:
        # A text between two years looks back at its end and forward at its beginning.
        year = min(common) if told.month >= 7 else max(common)
    day = _on(told, year)
    return Published(day.isoformat(), "the day the text tells of, its year from the text") if day else None


def _on(told: Day, year: int | None) -> date | None:
    try:
        return date(year or 0, told.month, told.day)
    except ValueError:
        return None
