"""Events and quantities, by a few clear patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.entities.spans import Found

_ORDINAL = r"(?:[XVI]+|\d{1,3})"
_COURSE = r"(?:\s*\(?khóa\s+(?:[XVI]+|\d{1,2})\)?)"
_DIGITS = re.compile(r"\d+")
_EVENTS = re.compile(
    rf"(?P<meeting>(?<!\w)(?:Đại hội|Hội nghị|Kỳ họp|Phiên họp|Lễ hội|Liên "
    rf"hoan)\s+[^.,;:()“”\"\n]{{0,60}}?(?:lần )?thứ\s+{_ORDINAL}(?!\w)(?:\s+(?:của Đảng|Ban Chấp hành "
    rf"Trung ương(?: Đảng)?{_COURSE}?))?"
    rf"|(?<!\w)Hội nghị (?:Trung ương|TW) \d{{1,2}}(?:\s?,\s?\d{{1,2}})*{_COURSE}?|(?<!\w)Đại hội "
    rf"[XVI]{{2,}}(?!\w)(?:\s+của Đảng)?)"
    # with its name in quotation marks, or in capitals: "Cuộc vận động “…”", "Chiến dịch Mùa hè xanh"
    r"|(?P<campaign>(?<!\w)(?:Chiến dịch|Cuộc vận động|Phong trào|phong trào|cuộc vận động|chiến dịch|Lễ hội"
    r"|Festival|Tuần lễ)\s(?P<name>[“\"][^“”\"\n]{3,90}[”\"]|[A-ZĐÀ-Ỹ][^\W\d_]+(?:\s[^\W\d_]+){0,4}?"
    r"(?=[.,;:)”\"]|\s(?:năm|lần|do|của|tại|ở|được|đã|sẽ|là|có|với|và|\d)|$)))"
    r"|(?P<sport>(?<!\w)(?:SEA Games|Sea Games|World Cup|Asian Cup|AFF Cup|ASEAN Cup|Olympic|Paralympic"
    r"|ASIAD|Asiad|Copa America|Euro|EURO|(?:AFC )?Champions League(?: Elite| Two)?|AFC Cup|Europa League"
    r"|Premier League|Ngoại hạng Anh|La Liga|Serie A|Bundesliga|Ligue 1|V-League|V\.League|V League"
    r"|Wimbledon|Roland Garros|US Open|Australian Open|Ballon d'Or)"
    r"(?:\s+(?:nữ|Tokyo|Paris|Rio|Qatar|Bắc Kinh|London|Los Angeles))?(?:\s+(?:\d{4}|\d{1,2})(?!\d"
    r"|[/.,\-]\d))?)(?!\w)"
    r"|(?P<disease>(?<!\w)(?:Covid-19|COVID-19|SARS-CoV-2|Covid))(?!\w)"
    r"|(?P<storm>(?<!\w)(?:[Ss]iêu b|[Bb])ão (?:số \d{1,2}|[A-Z][a-z]+))(?!\w)"
)
_EVENT_STARTS = re.compile(  # each branch begins with a plain letter: the search can skip by first letters
    r"Chiến dịch|Cuộc vận|Phong trào|phong trào|cuộc vận|chiến dịch|Festival|Tuần lễ"
    r"|Đại hội|Hội nghị|Kỳ họp|Phiên họp|Lễ hội|Liên hoan|SEA G|Sea G|World Cup|Asian Cup|AFF Cup|ASEAN "
    r"Cup|Olympic|Paralympic|ASIAD|Asiad"
    r"|Copa A|Euro|EURO|AFC C|Champions L|Premier L|Ngoại hạng|La Liga|Serie A|Bundesliga|Ligue 1|V-L|V\.L|V "
    r"L|Wimbledon|Roland|US Open"
    r"|Australian O|Ballon|C[oO][vV]|SARS|Siêu bão|siêu bão|Bão |bão "
)
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|\d+\.\d+"
_QUANTITIES = re.compile(
    rf"(?<![\w.,/\-])(?:{_NUMBER})(?:\s?%|\s?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+(?:tỷ"
    rf"|tỉ))?\s?)?(?:(?:đồng(?! chí| bào| đội)|USD|EUR|euro|bảng Anh|yên|nhân dân tệ|m2|m³|km2|km|kg|ha"
    rf"|tấn|lít|mm|°C|độ C|MW|GW|kWh)(?!\w))"
    r"|\s(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)(?:\s+(?:người|lượt|khách)(?!\w))?|\s(?:người|cán bộ|học sinh"
    r"|hộ dân|hộ|trường hợp)(?!\w))"
)


def find_events(block: int, text: str) -> Iterator[Found]:
    """Congresses, campaigns, festivals, sport events, epidemics and storms. The tag "open" leaves what they
    name to be read."""
    for candidate in _EVENT_STARTS.finditer(text):
        m = _EVENTS.match(text, candidate.start())
        if not m:
            continue
        rule = m.lastgroup or ""
        if m["name"] and m["name"][0].islower():  # "phong trào ấy"
            continue
        yield Found(
            "event",
            block,
            m.start(),
            m.end(),
            m[0],
            f"event: {rule}",
            tag="open" if rule in ("meeting", "campaign") else "",
        )


def find_quantities(block: int, text: str) -> Iterator[Found]:
    """Shares, sums of money and measures."""
    end = 0
    for candidate in _DIGITS.finditer(text):
        if candidate.start() < end or not (m := _QUANTITIES.match(text, candidate.start())):
            continue
        end = m.end()
        yield Found("quantity", block, m.start(), m.end(), m[0], "number and unit", value=amount(m[0]))


_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?=$|,)")
_PARTS = re.compile(r"([\d.,]+)\s*(.*)", re.DOTALL)


def amount(text: str) -> str | None:
    """A number with its unit in a form for machines: digits, a decimal point, a space, the unit.

    >>> amount("3,5 tỷ đồng")
    '3500000000 đồng'
    >>> amount("12.500 m2"), amount("7,2%")
    ('12500 m2', '7.2 %')
    """
    m = _PARTS.fullmatch(text)
    if not m:
        return None
    number, unit = m[1], m[2].split()
    if _THOUSANDS.match(number):
        number = number.replace(".", "")
    whole, _, rest = number.replace(",", ".").partition(".")
    while unit and unit[0] in _SCALES:
        power = _SCALES[unit.pop(0)]
        whole, rest = whole + rest[:power].ljust(power, "0"), rest[power:]
    rest = rest.rstrip("0")
    digits = (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")
    return " ".join([digits, *unit])
