"""Where a text comes from: the dateline before it, the "Theo …" after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from store.text import fold

_OPENING = re.compile(
    r"(?:(?P<where>[A-ZĐ][\w. ]{1,24}?)(?:,\s\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)?\s?)?"
    r"[(\[](?P<inside>[^()\[\]\n]{1,40})[)\]]\s?(?P<dash>[-–—:]*)\s?"
)
_BARE = re.compile(
    r"(?P<code>[A-ZĐ][\w&+.]{0,14}(?:\s(?:News|Online|trí|Việt))?|Báo(?:\s[A-ZĐ]\w{1,7}){1,4})"
    r"\s?(?P<dash>[-–—|])\s?(?=[\w\"“'‘(\[])"
)
_DATELINE_SIGN = re.compile(r"[(\[–—|-]")
# How a news text begins behind its dateline, and a sentence doesn't behind a dash.
_BEGINS = re.compile(
    r"(?:Sáng|Trưa|Chiều|Tối|Đêm|Rạng sáng|Khuya|Ngày|Hôm|Theo|Tại|Trong|Vừa|Mới|Sau|Trước|Nhằm|Thực hiện|Từ"
    r"|Đến|Với|Để|Do|Trên|Nhân|Tiếp tục|Thời gian|Liên quan|Những|Các|Vào)\b"
)
_UNKNOWN = re.compile(r"[A-ZĐ]{3,6}|Báo .+")
_ONLINE = re.compile(r"[A-ZĐ&]{2,8}(?:O|ĐT|NET|VN)|[\w-]+\.(?:vn|com|net|VN)")
_DATE = re.compile(r"[\s,]*(?:ngày\s)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?$")
_NAMED = re.compile(
    r"(?i)(?:báo|tạp chí|đài|thông tấn xã|cổng thông tin|cổng ttđt|trang tin|trang thông tin|hãng(?: tin)?"
    r"|kênh|nguồn|ttxvn|vov|vtv|vtc|bnews|vietnam\+|vietnamplus|tờ)(?!\w)"
)
_DOMAIN = re.compile(r"(?i)(?:www\.)?[\w-]{2,30}(?:\.[\w-]{2,20}){0,2}\.(?:vn|com|net|org|info)(?:\.vn)?")
_TAIL = re.compile(r"\s?[(\[](?P<inside>[^()\[\]\n]{2,40})[)\]]\s?[./]{0,3}$")
_PERSONS = re.compile(
    r"(?i)(?:ông|bà|anh|chị|đồng chí|đ/c|bác sĩ|luật sư|gs|pgs|ts|đại diện|lãnh đạo)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text[:end]` stands before the text; `[name_start:name_end]` is the code, `source` what it means."""

    end: int
    name_start: int
    name_end: int
    source: str | None


@cache
def papers() -> dict[str, str]:
    """Codes as printed, casefolded → names."""
    rows = (Path(__file__).parent / "papers.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {code.casefold(): name for code, name in pairs}


def named(code: str) -> str:
    """The name behind a code; one that is not known stays as printed."""
    code = " ".join(code.split())
    return papers().get(code.casefold()) or papers().get(code.removesuffix(" Online").casefold(), code)


def is_source(text: str) -> bool:
    """Whether a few words name a paper, an agency or a site."""
    text = text.strip(" .*")
    if text.casefold() in papers() or _DOMAIN.fullmatch(text):
        return True
    if _NAMED.match(text) and len(text.split()) <= 8:
        return True
    head, slash, tail = text.partition("/")
    return bool(slash) and (is_source(head) or is_source(tail))


def read_dateline(text: str, spelled_out: Callable[[str], str | None] | None = None) -> Dateline | None:
    """The dateline at the beginning of a paragraph: "(CT)- ", "HNP - ", "Hà Nội (TTXVN 29/12) - ".

    `spelled_out` gives the name that a code stands for on this page, if the page says it.
    """
    head = text[:90]
    if not _DATELINE_SIGN.search(head):
        return None
    if match := _OPENING.match(head):
        start, end = match.span("inside")
        inside = match["inside"]
        if dated := _DATE.search(inside):
            end = start + dated.start()
        code = text[start:end].strip()
        known = is_source(code)
        wordy = len(code.split()) > 5 or not code[:1].isupper()
        if code and (known or (match["dash"] and not wordy)) and (not match["where"] or known):
            after = text[match.end() :].lstrip()
            if known or after[:1].isupper() or after[:1] in "“\"'‘0123456789" or not after:
                return Dateline(match.end(), start, end, named(code))
        return None
    match = _BARE.match(head)
    if match is None or (
        match.start("dash") == match.end("code") and match["code"].casefold() not in papers()
    ):
        return None
    code = match["code"]
    name: str | None = named(code)
    if name != code or _ONLINE.fullmatch(code) or code.casefold() in papers():
        return Dateline(match.end(), *match.span("code"), name)
    if spelled_out and (name := spelled_out(code)):
        return Dateline(match.end(), *match.span("code"), name)
    if _UNKNOWN.fullmatch(code) and _BEGINS.match(text, match.end()) and code not in text[match.end() :]:
        return Dateline(match.end(), *match.span("code"), code)
    return None


def read_tail(text: str) -> tuple[int, int, int] | None:
    """An agency in brackets that ends a paragraph: (start of the cut, start and end of the name)."""
    match = _TAIL.search(text, max(0, len(text) - 60))
    if match is None:
        return None
    start, end = match.span("inside")
    for label in ("Theo ", "Nguồn: ", "Nguồn ", "theo "):
        if text.startswith(label, start):
            start += len(label)
    inside = text[start:end]
    if not is_source(inside) or _PERSONS.match(inside):
        return None
    return match.start(), start, end


def read_source_line(text: str) -> tuple[int, int] | None:
    """The name in a line of its own: "Theo Báo Hải Phòng", "Nguồn: TTXVN", "(Theo Reuters)"."""
    if text.startswith("(") and text.rstrip(" .").endswith(")") and is_source(text.strip(" ().")):
        return 1, text.rindex(")")
    match = re.match(r"(?i)[\s(\[*]*(?:theo|nguồn(?:\stin)?|source|via)\s?:?\s*", text)
    if match is None or match.end() == len(text):
        return None
    start, end = match.end(), len(text)
    if address := re.search(r"\s?[:(\-–]?\s?(?:https?://|www\.)", text[start:]):
        end = start + address.start()
    while end > start and text[end - 1] in " )].*:":
        end -= 1
    name = text[start:end]
    if not name or len(name) > 70 or len(name.split()) > 9 or _PERSONS.match(name):
        return None
    if is_source(name):
        return start, end
    if "," in name or (text.rstrip().endswith((".", ":", ";")) and not text.lstrip().startswith(("(", "["))):
        return None
    labelled = fold(text).lstrip(" ([*").startswith(("nguon", "source"))
    if labelled or (name[:1].isupper() and len(name.split()) <= 5):
        return start, end
    return None
