"""What a document's name says: its kind, number, code, year and issuer."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.article import TITLE, Article, Entity
from store.entities.lexicon import lexicon
from store.entities.organisations import organisation_at
from store.entities.role_chains import chain
from store.entities.spans import Text


class DocumentParts(NamedTuple):
    """Parts of a document; None where neither the name nor the words behind it tell.

    `number` is without the code ("21", of a party meeting "4"); `code` as written ("NQ/TW"); `issuer`
    in full ("Chính phủ", "Ban Chấp hành Trung ương khóa XII").
    """

    kind: str
    number: str | None = None
    code: str | None = None
    year: int | None = None
    issuer: str | None = None


# What stands in a code for the office that issued the document; the longest that ends it counts.
_ISSUERS = {
    "TW": "Trung ương Đảng",
    "TƯ": "Trung ương Đảng",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "CTN": "Chủ tịch nước",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "QH": "Quốc hội",
    "UBND": "UBND",
    "HĐND": "HĐND",
    "TU": "Tỉnh ủy, Thành ủy",
    "HU": "Huyện ủy",
    "QU": "Quận ủy",
    "ĐU": "Đảng ủy",
    "NHNN": "Ngân hàng Nhà nước",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "TTCP": "Thanh tra Chính phủ",
    "KTNN": "Kiểm toán Nhà nước",
    "BYT": "Bộ Y tế",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTC": "Bộ Tài chính",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "BNV": "Bộ Nội vụ",
    "BNG": "Bộ Ngoại giao",
    "BTP": "Bộ Tư pháp",
    "BCT": "Bộ Công Thương",
    "BXD": "Bộ Xây dựng",
    "BGTVT": "Bộ Giao thông vận tải",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
}
_NUMBERED = re.compile(
    r"^(?P<kind>[^\W\d]+(?: [^\W\d]+){0,7}?)(?: số ?:?)? (?P<number>\d{1,5}[a-z]?)"
    r"(?P<rest>(?: ?[-/–] ?[\w&.]+)*)"
)
_MEETING = re.compile(
    r"^(?:NQ ?-?(?:TW|TƯ)|Nghị quyết (?:Hội nghị )?(?:Trung ương|TW|TƯ)) ?(?P<number>\d{1,2})"
    r"(?:\s*\(?[Kk]h(?:óa|oá) (?P<course>[XVI]+|\d{1,2}))?"
)
_CONGRESS = re.compile(r"^(?P<kind>Nghị quyết) (?P<issuer>(?:Đại hội|Hội nghị) .+)$")
_LAW = re.compile(r"^(?P<kind>Bộ luật|Luật|Hiến pháp)(?: .*?)?(?:(?:19|20)\d\d)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:,?\s*ngày\s+[\d/.\-]+(?: tháng \d+ năm \d{4})?,?\s*)?(?:của|do)\s+"
)
_DAY = re.compile(r"\s*,?\s*(?:ban hành\s+)?ngày\s+\d{1,2}(?:[/.\-]| tháng )\d{1,2}(?:[/.\-]| năm )(\d{4})")
_LOOK_AHEAD = 120
_LOOKED_AT = 10  # mentions


def document_parts(name: str, after: str = "") -> DocumentParts:
    """The parts of the document called `name`; `after` are the words behind it in an article ("ngày
    3/2/2018 của Bộ Chính trị …"), which may tell the year and the issuer better than the code does.

    >>> document_parts("Nghị định số 24/2012/NĐ-CP")
    DocumentParts(kind='Nghị định', number='24', code='NĐ-CP', year=2012, issuer='Chính phủ')
    >>> document_parts("NQTW4 khóa XII").issuer
    'Ban Chấp hành Trung ương khóa XII'
    """
    name = " ".join(name.split())
    after = after[:_LOOK_AHEAD]
    parts = _of_name(name)
    dated = _DAY.match(after)
    year = parts.year or (int(dated[1]) if dated else None)
    return parts._replace(year=year, issuer=_named_issuer(after) or parts.issuer)


def parts_in(article: Article, entity: Entity) -> DocumentParts:
    """The parts of a document of an article: what its name says, with what its first mentions add."""
    parts = document_parts(entity.name)
    for mention in entity.mentions[:_LOOKED_AT]:
        text = article.title if mention.block == TITLE else article.blocks[mention.block].text
        more = document_parts(article.text_of(mention), text[mention.end : mention.end + _LOOK_AHEAD])
        told = _named_issuer(text[mention.end : mention.end + _LOOK_AHEAD])
        parts = parts._replace(
            number=parts.number or more.number,
            code=parts.code or more.code,
            year=parts.year or more.year,
            issuer=parts.issuer or more.issuer,
        )
        if told:
            return parts._replace(issuer=told)
    return parts


def _of_name(name: str) -> DocumentParts:
    if m := _MEETING.match(name):
        course = f" khóa {_roman(m['course'])}" if m["course"] else ""
        return DocumentParts("Nghị quyết", m["number"], issuer=f"Ban Chấp hành Trung ương{course}")
    if m := _CONGRESS.match(name):
        return DocumentParts("Nghị quyết", issuer=m["issuer"])
    years = _YEAR.findall(name)
    if (m := _LAW.match(name)) and " số " not in name:
        kind = m["kind"][0].upper() + m["kind"][1:]
        return DocumentParts(kind, year=int(years[-1]) if years else None, issuer="Quốc hội")
    if m := _NUMBERED.match(name):
        marks = [mark for mark in re.split(r" ?[/–] ?", m["rest"].lstrip(" -/–")) if mark]
        year = next((int(mark) for mark in marks if _YEAR.fullmatch(mark)), None)
        code = re.sub(r"\s+", "", "/".join(mark for mark in marks if not _YEAR.fullmatch(mark))) or None
        kind = "Luật" if m["kind"].startswith("Luật") else m["kind"]
        kind = "Bộ luật" if kind.startswith("Bộ luật") else kind
        return DocumentParts(kind[0].upper() + kind[1:], m["number"], code, year, _issuer(code))
    kind = " ".join(name.split()[:2])
    return DocumentParts(kind, year=int(years[-1]) if years else None)


def _roman(course: str) -> str:
    """A course in Roman digits, as the party counts them: "12" is "XII"."""
    if not course.isdigit() or not 0 < int(course) < 40:
        return course
    tens, ones = divmod(int(course), 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _issuer(code: str | None) -> str | None:
    """Whom a code names: the last of its parts that is known ("UBND-VX": the people's committee)."""
    for mark in reversed(re.split(r"[-/.&]", code or "")):
        letters = re.sub(r"\d+$", "", mark)
        if letters in _ISSUERS:
            return _ISSUERS[letters]
    return None


def _named_issuer(after: str) -> str | None:
    """The office or body behind "của" or "do"."""
    m = _OF.match(after)
    if not m:
        return None
    t, lex = Text(0, after[m.end() :]), lexicon()
    if not t.n or not t.cap[0]:
        return None
    offices = chain(t, 0, lex)
    if offices:
        return t.slice(offices[0].start, offices[0].end)
    body = organisation_at(t, 0, lex)
    return t.slice(body.start, body.end) if body else None
