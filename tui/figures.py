"""Dates, times and numbers as people read them, in either language. Pure.

Machine formats (TSV, JSON, files) never go through here: they keep ISO dates and plain digits.
"""

from __future__ import annotations

from store.segments import moment
from tui.i18n import current, ngettext


def day(published: str | None) -> str:
    """dd/mm/yyyy of an ISO date or time, in +07:00; "" without one.

    >>> day("2023-12-29T19:17:16+07:00")
    '29/12/2023'
    """
    when = moment(published)
    return f"{when[8:10]}/{when[5:7]}/{when[:4]}" if when else ""


def day_and_time(published: str | None) -> str:
    """The same with the time, if there is one.

    >>> day_and_time("2023-12-29T12:17:16+00:00"), day_and_time("2023-12-29")
    ('29/12/2023 19:17', '29/12/2023')
    """
    return f"{day(published)} {moment(published)[11:16]}".strip()


def period(value: str) -> str:
    """The value of an entity: a day, month, year or a span of them; anything else as it is.

    >>> period("2023-12"), period("2022/2023-01-31"), period("05-CT/TW")
    ('12/2023', '2022 – 31/01/2023', '05-CT/TW')
    """
    parts = value.split("/")
    if not 1 <= len(parts) <= 2 or not all(map(_is_period, parts)):
        return value
    return " – ".join("/".join(reversed(part.split("-"))) for part in parts)


def _is_period(part: str) -> bool:
    fields = part.split("-")
    return [len(field) for field in fields] in ([4], [4, 2], [4, 2, 2]) and part.replace("-", "").isdecimal()


def number(value: int) -> str:
    """A whole number, its thousands apart: "1,234", in Vietnamese "1.234".

    >>> number(1234567)
    '1,234,567'
    """
    written = f"{value:,}"
    return written.replace(",", ".") if current() == "vi" else written


def reading_time(minutes: int) -> str:
    """How long reading takes: minutes, from an hour on hours and minutes.

    >>> reading_time(12), reading_time(65), reading_time(120)
    ('12 min', '1 h 5 min', '2 h')
    """
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("{count} h", "{count} h", hours).format(count=hours))
    if rest or not hours:
        said.append(ngettext("{count} min", "{count} min", rest).format(count=rest))
    return " ".join(said)
