"""Whose page it is: what banner, footer and the end of the headline's line say of the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from store.article import Fact
from store.cleaning.phrases import furniture
from store.cleaning.pieces import Pieces, collapse
from store.cleaning.sources import is_source, papers
from store.text import fold

if TYPE_CHECKING:
    from store.cleaning.lines import Line
    from store.cleaning.outline import Outline

_SUFFIX = re.compile(r"\s+[-–—|]\s+(?P<site>[^|–—\n]{2,50})$")
_OWNER = re.compile(
    r"(?:©|®|[Bb]ản quyền|BẢN QUYỀN|[Cc]opyright|[Tt]òa soạn|[Cc]ơ quan ngôn luận)[^.\n]{0,60}?"
    r"(?P<name>(?:Báo|BÁO|Tạp chí|Đài|Cổng|Trang tin|Trang thông tin)"
    r"(?:\s(?:[A-ZĐ][\w&]*|và|điện tử|thông tin|nhân dân|đại|-)){1,8})"
)
_RIGHTS = re.compile(
    r"(?:©|®|\([Cc]\)|[Bb]ản quyền(?: thuộc)?(?: về)?|[Cc]opyright)[\s©:]*"
    r"(?:by |\d{4}(?:\s?[-–]\s?\d{4})?[\s,.:-]*){0,3}"
    r"(?P<name>[^\W\d_][\w&+]*(?: [\w&+]+){0,7})(?=\s?(?:[.,;|–—(]|-\s|$))"
)
_ORGAN = re.compile(
    r"(?P<name>[^\W\d_][\w&]*(?: [\w&-]+){0,7}?)\s?(?:[-–—|.:,]\s?)"
    r"(?:Cơ quan (?:của|[Nn]gôn luận|[Tt]rung ương)|Tiếng nói của|Diễn đàn của)"
)
_NAMED_AS = re.compile(  # "Ghi rõ nguồn “X” khi phát hành lại …"
    r"[Gg]hi rõ (?:là )?nguồn:?\s[\"“'‘]?(?P<name>(?!Website|Trang này|Báo khi)[A-ZĐ][^\"”'’\n,.;]{3,60}?)"
    r"(?=[\"”'’]|\s(?:khi|nếu)\s)"
)
_PORTAL = re.compile(r"(?:cong|trang) (?:thong )?tin dien tu")
_PORTAL_OF = re.compile(
    r"(?:xa|phuong|dac khu|huyen|quan|thi xa|thi tran|thanh pho|tp|tinh|so|bo|uy ban|ban|cuc|tong cuc|hoi"
    r"|lien doan|dang bo|cong an|vien|truong|benh vien|chinh phu)\s"
)
_ADDRESS = re.compile(r"(?<![\w@.])(?:www\.)?([a-z][a-z0-9-]{3,28})\.(?:com\.vn|net\.vn|vn|com|net)(?!\w)")
_MENU = re.compile(r"\s{2,}|\s?[|›»•·*/]\s?")
_KIND = re.compile(
    r"(?:bao|tap chi|thoi bao|tuan bao|cong thong tin|dai)(?: dien tu)? |(?: dien tu| online)$"
)
_SITE = re.compile(
    r"(?:Báo|BÁO|Tạp chí|TẠP CHÍ|Đài Phát thanh|ĐÀI PHÁT THANH|Đài PT|Cổng [tT]hông tin(?: điện tử)?"
    r"|CỔNG THÔNG TIN(?: ĐIỆN TỬ)?|Trang (?:thông )?tin điện tử|TRANG (?:THÔNG )?TIN ĐIỆN TỬ)"
    r"(?:\s[\w&.-]+){1,8}|[\w-]{2,24}\.vn"
)
_MOST = 30  # candidates, each of which is looked for in all lines
_LEAST = 3  # words of a name that no list knows and that stands twice: "Hà Nội" stands anywhere


@dataclass(frozen=True, slots=True)
class Site:
    """The name of a site, and where a line says it: `[start:end]` of its text."""

    name: str
    line: Line
    start: int
    end: int
    why: str


def read_suffix(title: str) -> tuple[int, int, int] | None:
    """The site's name after a headline ("… - Báo X", "… | VOV.VN"): start of the cut, start and end of
    the name."""
    suffix = _suffix(title)
    return suffix if suffix and is_source(title[suffix[1] : suffix[2]]) else None


def site_suffix(title: str, site: Site | None) -> tuple[int, int, int] | None:
    """The same for the site of this page, shortened perhaps: all words behind the dash are of its name."""
    suffix = _suffix(title) if site is not None else None
    if suffix is None or site is None:
        return None
    words = fold(title[suffix[1] : suffix[2]]).split()
    return suffix if len(words) >= 2 and set(words) <= set(fold(site.name).split()) else None


def _suffix(title: str) -> tuple[int, int, int] | None:
    match = _SUFFIX.search(title, max(0, len(title) - 60))
    if match is None or len(title[: match.start()].split()) < 3:
        return None
    start = match.start("site")
    return match.start(), start, start + len(match["site"].strip())


@cache
def _mastheads() -> dict[str, str]:
    """Names of papers as a banner may print them, folded and without their kind → the name."""
    return {_bare(name): name for name in papers().values() if len(_bare(name)) >= 6}


def _bare(name: str) -> str:
    return " ".join(_KIND.sub("", fold(name).replace("&", " va ")).split())


def masthead(text: str) -> str | None:
    """The paper whose banner a line is: its name alone, or before "Cơ quan của …"; None if it is none."""
    if not 5 <= len(text) <= 160:
        return None
    if match := _ORGAN.match(text):
        return _mastheads().get(_bare(match["name"]), match["name"])
    # "Văn hóa" is a section, too: a banner is in capitals, or says that it is a paper.
    loud = text.isupper() or text.startswith(("Báo ", "Tạp chí ", "Thời báo "))
    if len(text) > 60 or not (loud or any(char.isupper() for char in text[1:].split(" ", maxsplit=1)[0])):
        return None
    return None if furniture(fold(text)) and "&" not in text else _mastheads().get(_bare(text))


def site_name(text: str) -> tuple[int, int] | None:
    """Where a line of the page's furniture says whose page it is; None if it doesn't plainly."""
    if len(text) > 400:
        return None
    if match := _OWNER.search(text) or _NAMED_AS.search(text):
        return match.span("name")
    if (
        len(text) <= 60
        and (match := _SITE.fullmatch(text))
        and not text.startswith(("Báo cáo", "Báo in", "Báo lỗi", "Báo giấy", "Báo vi"))
        and not fold(text).endswith("thong tin dien tu")  # a kind, no name
    ):
        return match.span()
    return None


def find_site(lines: Sequence[Line], shape: Outline) -> Site | None:
    """The site, by the first that says it: a name known for a paper or plainly one, a known banner, a name
    that no list knows in two places outside of the article."""
    top = shape.first if shape.title is None else shape.title
    outside = [*lines[:top], *lines[shape.last + 1 :]]
    heads = [*lines[: top + 1], *lines[shape.last + 1 :]]
    for line in heads:
        suffix = read_suffix(line.text) if line.is_short else None
        if span := suffix[1:] if suffix else site_name(line.text):
            return Site(collapse(line.text[slice(*span)]), line, *span, "the site names itself")
    for index, line in enumerate(outside):
        # A name alone is a banner only on top.
        if (index < min(top, 2) or "ơ quan" in line.text) and (name := masthead(line.text)):
            return Site(name, line, 0, len(line.text), "the banner of the page")
    if site := _first_step(lines[: min(top, 8)]):
        return site
    if site := _two_lines(lines[: min(top, 5)]) or _with_its_address(lines[: min(top, 2)], outside):
        return site
    said = [f" {_bare(line.text)} " for line in heads if line.is_short]
    for line, start, end in islice(_candidates(heads, lines[: min(top, 2)]), _MOST):
        words = _bare(line.text[start:end])
        if words.count(" ") + 1 < _LEAST or furniture(words):
            continue
        if sum(f" {words} " in other for other in said) >= 2:
            return Site(collapse(line.text[start:end]), line, start, end, "the site names itself")
    return _over_a_menu(lines[: min(top, 3)])


def _first_step(banner: Sequence[Line]) -> Site | None:
    """The paper that a breadcrumb above the headline begins with: "Thanh Niên > Du lịch > Khám phá"."""
    for line in banner:
        first, *steps = re.split(r"\s+(?:>>?|»|›|❯)\s+", line.text)
        if (
            steps
            and line.words <= 16
            and not furniture(fold(first))
            and (name := _mastheads().get(_bare(first)))
        ):
            return Site(name, line, 0, len(first), "the banner of the page")
    return None


def _two_lines(banner: Sequence[Line]) -> Site | None:
    """A portal whose banner says what it is in one line and whose in the next, or in the one before."""
    for index, line in enumerate(banner):
        if _PORTAL.fullmatch(fold(line.text).strip()):
            for other in [*banner[index + 1 : index + 2], *banner[max(0, index - 1) : index]]:
                if other.words <= 12 and _PORTAL_OF.match(fold(other.text)):
                    name = collapse(f"{line.text} {other.text}")
                    return Site(name, other, 0, len(other.text), "the banner of the page")
    return None


def _with_its_address(banner: Sequence[Line], outside: Sequence[Line]) -> Site | None:
    """The line on top whose letters are the page's address: "Thể thao & Đời sống", "thethaodoisong.vn"."""
    tops = {
        re.sub(r"\W", "", _bare(line.text)).replace("va", ""): line for line in banner if 1 < line.words < 8
    }
    for line in outside if tops else []:
        for address in _ADDRESS.findall(line.text) if len(line.text) <= 400 else []:
            letters = address.replace("-", "").replace("va", "").removeprefix("bao").removeprefix("tapchi")
            if len(letters) > 5 and (top := tops.get(letters)):
                return Site(collapse(top.text), top, 0, len(top.text), "the banner of the page")
    return None


def _over_a_menu(banner: Sequence[Line]) -> Site | None:
    """A name in capitals alone on top, with the menu in one line under it; a section's is none."""
    for line, under in pairwise(banner):
        numbered = any(map(str.isdigit, line.text))  # "SỐ HÓA 24": a section has no number
        section = furniture(fold(line.text)) and not numbered
        if line.stamps or section or not 2 <= line.words <= 7 or not line.text.isupper():
            continue
        if len(_MENU.split(line.text)) == 1 and len(_MENU.split(under.text)) >= 4 and not under.stamps:
            return Site(collapse(line.text), line, 0, len(line.text), "the banner of the page")
    return None


def _candidates(lines: Sequence[Line], banners: Sequence[Line]) -> Iterator[tuple[Line, int, int]]:
    """Where a name of a site may stand: at the end of a headline, behind ©, alone on top."""
    for line in lines:
        if line.is_short and (suffix := _suffix(line.text)):
            yield line, suffix[1], suffix[2]
    for line in lines:
        if len(line.text) <= 400 and (match := _RIGHTS.search(line.text)):
            yield line, *match.span("name")
    for line in banners:
        if line.words <= 8 and not line.stamps:
            yield line, 0, len(line.text)


def spelled_out(code: str, lines: Sequence[Line], shape: Outline) -> str | None:
    """The name outside of the article of which a code in a dateline is the initials: PLCL, "Pháp luật và
    Công lý"."""
    wanted = fold(code).removesuffix("o") if code.endswith("O") and len(code) > 3 else fold(code)
    if not 3 <= len(wanted) <= 7 or not wanted.isalpha() or not code.isupper():
        return None
    top = shape.first if shape.title is None else shape.title
    names = (
        name
        for line in [*lines[: top + 1], *lines[shape.last + 1 :]]
        if line.is_short and (name := _spelled_in(wanted, re.findall(r"[^\W\d_]+", line.text)))
    )
    return min(names, key=str.isupper, default=None)  # rather as it is written than as it is shouted


def _spelled_in(wanted: str, words: Sequence[str]) -> str | None:
    for begin, first in enumerate(words):
        if fold(first)[0] != wanted[0]:
            continue
        for end in range(begin + 2, min(begin + 10, len(words)) + 1):
            name = words[begin:end]
            without = [word for word in name if word.casefold() != "và"]
            if wanted in (_initials(name), _initials(without)) and name[-1] != "và":
                kind = words[begin - 1 : begin] if begin and words[begin - 1] in ("Báo", "BÁO") else []
                return " ".join([*kind, *name])
    return None


def _initials(words: Sequence[str]) -> str:
    return "".join(fold(word)[0] for word in words)


def state_site(site: Site | None, lines: Sequence[Line], shape: Outline, pieces: Pieces) -> None:
    """The site as the source, where the article states none; the name of a code that the page spells out."""
    stated = pieces.values.get("source")
    if stated is None and site is not None:
        number, start, end, _ = next(site.line.places(site.start, site.end))
        pieces.facts["source"] = Fact(number, site.why, start, end)
        pieces.values["source"] = site.name
    elif stated and stated.isupper() and " " not in stated and not is_source(stated):
        pieces.values["source"] = spelled_out(stated, lines, shape) or stated
