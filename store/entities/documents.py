"""Documents: a kind with a number and a code, party resolutions named by meeting, laws by title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from store.entities.lexicon import lines
from store.entities.spans import Found
from store.text import mark_fold

_KINDS = (
    "ghị quyết liên tịch|ghị quyết|ghị định|hỉ thị|ết luận|uyết định|hông tư liên tịch|hông tư|uy định"
    "|ế hoạch"
    "|hương trình hành động|ông văn|ướng dẫn|hông báo|ông điện|ờ trình|háp lệnh|ắc lệnh|uy chế|hông tri"
    "|ông lệnh|ăn bản|hứng thư|iên bản ghi nhớ"
)
_DEEDS = (
    r"(?:kết luận|truy nã|khởi tố(?: vụ án| bị can)?(?: hình sự)?|phê duyệt|phê chuẩn"
    r"|xử phạt(?: vi phạm hành chính)?|thu hồi(?: đất)?|cưỡng chế|bổ nhiệm|kỷ luật"
    r"|thanh tra|đình chỉ|thi hành án|giám đốc thẩm|chỉ định|trưng cầu(?: giám định)?|giám định|điều tra)"
)
_CODE = r"(?:\s?[-/–]\s?(?:\d{4}(?!\d)|[A-ZĐ][A-Za-zĐđƯư&]*\d{0,2}(?:\.[IVX]{1,4}(?!\w))?))"
_COURSE = (
    r"(?:\s*\(?\s*(?:khóa|khoá|Khóa)\s+(?:[XVI]+|\d{1,2})(?:\s*,\s*(?:[XVI]+|\d{1,2})(?![\w/]))*(?:\s*\))?)"
)

# In small letters behind "Luật": a clause about the law, not the end of its title.
_NO_TITLE = (
    r"(?:chưa|được|đã|đang|sẽ|bị|có|quy|là|này|ra|cho|khi|trong|để|với|theo|tại|từ|của|nêu|yêu|đến|do"
    r"|vừa|mới|còn|không|phải|cũng|sửa|mà|thì|cần|nên|ban|bởi|hiện|sắp|các|những|nước|vẫn|cấm|chỉ|chính)\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    laws = "|".join(sorted(map(re.escape, lines("laws")), key=len, reverse=True))
    return re.compile(
        # numbered: only the kinds with a capital may go without "số" and without a code
        rf"(?P<kind>(?<!\w)[NCKQTHPSVBncqkthpsvb](?:{_KINDS}))(?:\s+{_DEEDS}(?=\s+số\s))?\s+(?P<so>số\s*:?\s*)?(?P<number>\d{{1,5}}[a-z]?(?P<code>{_CODE}{{0,7}}))(?![\w%]|[.,]\d)"
        rf"|(?P<short>(?<!\w)NQ\s?-?(?:TW|TƯ)\s?\d{{1,2}}(?!\d|/){_COURSE}?)"
        rf"|(?P<party>(?<!\w)Nghị quyết\s+(?:Hội nghị\s+)?(?:Trung ương|TW"
        rf"|TƯ)\s+\d{{1,2}}(?:\s?,\s?\d{{1,2}}(?!\d|/))*(?!\d|/){_COURSE}?)"
        rf"|(?P<meeting>(?<!\w)Nghị quyết Hội nghị (?:lần thứ )?[\w\s]{{1,20}}?Ban Chấp hành Trung "
        rf"ương(?: Đảng)?{_COURSE})"
        r"|(?P<congress>(?<!\w)Nghị quyết Đại hội (?:[^.,;:()\n]{0,70}?lần thứ (?:[XVI]+|\d{1,2})"
        r"|[XVI]+)(?: của Đảng)?)(?!\w)"
        rf"|(?P<law>(?<!\w)(?:(?:Bộ l|bộ l|L)uật\s+"
        rf"(?:(?:{laws}|[A-ZĐ]{{3,8}})\s+số\s+(?P<lawno2>\d+/\d{{4}}/QH\d+)|{laws}"
        rf"|(?!sư )[A-ZĐ][^.;:()\n“”\"]{{2,60}}?(?=\s+(?:năm\s+)?(?:19|20)\d\d)"
        rf"|[A-ZĐ]\w+(?: (?!{_NO_TITLE})[^\W\d_A-ZĐ]+){{2,5}}(?=[,.;)]))"
        r"|Công ước Liên [Hh]ợp quốc về Luật [Bb]iển|UNCLOS"
        r"|Hiến pháp|Luật số\s+(?P<lawno>\d+/\d{4}/QH\d+))(?:\s*\(sửa đổi(?:, bổ sung)?\))?(?:\s+(?:sửa "
        r"đổi\s+)?(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d))?)(?!\w)"
    )


_CANDIDATE = re.compile(
    rf"[NCKQTHPSVncqkthpsvBbLU](?:{_KINDS}|Q(?=[ \-T])|ộ luật|uật|iến pháp|ông ước L|NCLOS)"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:năm|điểm|bước|ngày(?!\s+\d)|tháng|tuần|nội|tỷ|tỉ|triệu|nhiệm|việc|đồng|người|cán|nhóm|giải|dự|trường"
    r"|lần|%|ha|km|căn|m2|xã|huyện|tỉnh|đơn|chỉ tiêu|doanh)"
)
_SPELT = (("luật bhxh", "luật bảo hiểm xã hội"), ("luật bhyt", "luật bảo hiểm y tế"))
_LAW_ENDS = re.compile(r"(?: số \S+)?(?: (?:19|20)\d\d)?$")
_ROMAN = re.compile(r"(?<!\w)[xvi]+(?!\w)")
_VALUES = {"i": 1, "v": 5, "x": 10}


def arabic(text: str) -> str:
    """Folded text with Roman numbers of I, V and X written in digits.

    >>> arabic("khóa xii")
    'khóa 12'
    """

    def number(match: re.Match[str]) -> str:
        total = 0
        digits = [_VALUES[letter] for letter in match[0]]
        for digit, following in zip(digits, [*digits[1:], 0], strict=True):
            total += -digit if digit < following else digit
        return str(total)

    return _ROMAN.sub(number, text)


def find_documents(block: int, text: str) -> Iterator[Found]:
    """The documents of one text in order. `value` is the number with its code, if there is one.

    `key` is the kind and number, or the title, with Roman numbers in digits and no issuer; `tag` is
    the kind and the number without code, which joins "Chỉ thị 05" to "Chỉ thị số 05-CT/TW".
    """
    pattern = _pattern()
    end = 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < end:
            continue
        m = pattern.match(text, candidate.start())
        if not m:
            continue
        start, end = m.span()
        rule = m.lastgroup if m.lastgroup in ("short", "party", "meeting", "congress") else "law"
        found = Found("document", block, start, end, " ".join(m[0].split()), rule or "")
        if m["kind"]:
            code = m["code"]
            capital = m["kind"][0].isupper()
            if not code and ((not capital and not m["so"]) or _UNIT_AFTER.match(text, end)):
                continue
            if not code and not m["so"] and len(m["number"]) == 4 and m["number"][:2] in ("19", "20"):
                continue
            kind = mark_fold(m["kind"])
            if kind in ("văn bản", "chứng thư", "biên bản ghi nhớ") and not code:
                continue  # any text may be "văn bản số 3"; a letter of an office has its code
            number = re.sub(r"\s+", "", m["number"]).replace("–", "-")
            found.key = f"{kind} {number.lower().lstrip('0')}"
            found.tag = f"{kind} {re.split('[-/]', number)[0].lstrip('0')}"
            found.value, found.why = number, "kind and number" + (" with code" if code else "")
        else:
            folded = arabic(mark_fold(found.text))
            for old, new in (
                ("hội nghị ", ""),
                ("(", ""),
                (")", ""),
                (" tw ", " trung ương "),
                ("năm ", ""),
                *_SPELT,
            ):
                folded = folded.replace(old, new)
            folded = re.sub(r"^nq ?-?t[wư] ?", "nghị quyết trung ương ", folded)
            found.key = " ".join(folded.split())
            course = found.key.split(" khóa ")[0]
            found.tag = course if rule in ("short", "party") else _LAW_ENDS.sub("", found.key)
            found.why = {
                "short": "party resolution, short",
                "party": "party resolution",
                "meeting": "party resolution",
                "congress": "congress resolution",
                "law": "law by title",
            }[rule]
            if m["lawno"] or m["lawno2"]:
                found.value = m["lawno"] or m["lawno2"]
        found.text = text[start:end]
        yield found
