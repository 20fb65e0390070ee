"""RawPage → Article: which line is title, stamp, byline, dateline, text, caption or none of it, and why.

Nothing vanishes: blocks (text and credit), facts and dropped parts cover every non-blank character.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.article import MAX_ARTICLE_BLOCKS, MAX_ARTICLE_BYTES, Article, Block, Fact, Origin, RawPage
from store.cleaning import stamps
from store.cleaning.body import Body
from store.cleaning.lines import Line, read_lines
from store.cleaning.names import read_byline
from store.cleaning.outline import Outline, outline
from store.cleaning.pieces import Pieces, collapse
from store.cleaning.sites import Site, find_site, read_suffix, site_suffix, state_site
from store.errors import LoadError
from store.text import language_of

__all__ = ["clean"]

_LEAD_WORDS = 80
_LEAD_LEAST = 8
_TITLE_WORDS = 16
_SAMPLE = 600  # letters that tell the language


def clean(page: RawPage) -> Article:
    """The article on a page: id "", no entities, one origin without a time of import.

    Raises LoadError `no_text` for a page without a letter, `too_large` for an article beyond the caps.
    """
    lines = read_lines(page.text)
    if not any(char.isalnum() for char in page.text):
        raise LoadError("no_text", path=page.path)
    shape = outline(lines)
    site = find_site(lines, shape)
    pieces = Pieces()
    _head(lines, shape, site, pieces)
    Body(lines, shape, pieces).read()
    _above(lines, shape, pieces)
    for line in lines[shape.last + 1 :]:
        pieces.drop(line, "after the article")
    _date(lines, shape, pieces)
    state_site(site, lines, shape, pieces)
    return _article(page, lines, pieces)


def _head(lines: list[Line], shape: Outline, site: Site | None, pieces: Pieces) -> None:
    if shape.title is None:
        return
    line = lines[shape.title]
    start, stop = 0, len(line.text)
    for stamp in line.stamps:  # a stamp at an end of the title's line is not of the title
        if stamp.end >= stop - 1 and stamp.start > 0:
            stop = stamp.start
        elif stamp.start <= 1:
            start = stamp.end
    stop = start + len(line.text[start:stop].rstrip(" |-–—"))
    words = line.text[start:stop]
    if suffix := read_suffix(words) or site_suffix(words, site):
        stop = start + suffix[0]
    pieces.fact("title", line, shape.why, start, stop)
    pieces.drop(line, "beside the title", 0, start)
    pieces.drop(line, "beside the title", stop)


def _above(lines: list[Line], shape: Outline, pieces: Pieces) -> None:
    """The lines above everything: the one between a stamp and the headline, or above such a stamp, may name
    the author, unless the text speaks of that person."""
    end = shape.first if shape.title is None else shape.title
    for index, line in enumerate(lines[:end]):
        below = shape.title == index + 1 and index > 0 and lines[index - 1].is_stamp
        above = shape.title == index + 2 and lines[index + 1].is_stamp and not lines[index + 1].after_blank
        if (below or above) and "author" not in pieces.facts:
            byline = read_byline(line.text) if line.furniture is None else None
            least = 2.0 if below else 1.0  # straight above a stamp a name needs no family name
            if (
                byline
                and byline.author
                and byline.weight >= least
                and not _spoken_of(byline.author, line, pieces)
            ):
                pieces.fact("author", line, "name beside the stamp", *byline.author)
                pieces.drop_around(line, "around the byline", byline.author)
                continue
        pieces.drop(line, "above the title" if shape.title is not None else "above the text")


def _spoken_of(name: tuple[int, int], line: Line, pieces: Pieces) -> bool:
    words = collapse(line.text[slice(*name)]).casefold()
    return any(words in block.text.casefold() for block in pieces.blocks)


def _date(lines: list[Line], shape: Outline, pieces: Pieces) -> None:
    texts = [block.text for block in pieces.blocks if block.kind in ("paragraph", "quote", "list")]
    told = stamps.told_day(texts)
    found = stamps.choose(lines, shape.title, shape.first, shape.last, told)
    if found is not None and found.index is not None:
        line = lines[found.index]
        number, start, end, _ = next(line.places(found.start, found.end))
        pieces.facts["published"] = Fact(number, found.why, start, end)
        pieces.values["published"] = found.value
        pieces.values["basis"] = "stated"
        return
    title = pieces.values.get("title", "")
    if inferred := stamps.infer(told, _clock(lines, shape), [title, *texts]):
        pieces.facts["published"] = Fact(None, inferred.why)
        pieces.values["published"] = inferred.value
        pieces.values["basis"] = "inferred"


def _clock(lines: list[Line], shape: Outline) -> date | None:
    """The day of the page's clock: no publication date, but the text is no later."""
    top = shape.first if shape.title is None else shape.title
    return next((stamp.day for line in lines[:top] for stamp in line.stamps), None)


def _article(page: RawPage, lines: list[Line], pieces: Pieces) -> Article:
    blocks = _with_lead(pieces)
    size = sum(len(block.text.encode()) for block in blocks)
    if size > MAX_ARTICLE_BYTES or len(blocks) > MAX_ARTICLE_BLOCKS:
        raise LoadError("too_large", path=page.path, size=size, limit=MAX_ARTICLE_BYTES)
    values, facts = pieces.values, dict(pieces.facts)
    title = values.get("title")
    if title is None:
        words = (blocks[0] if blocks else lines[0]).text.split()
        title = " ".join(words[:_TITLE_WORDS])[:200] + ("…" if len(words) > _TITLE_WORDS else "")
        facts["title"] = Fact(None, "no headline on the page: the first words of the text")
    basis = values.get("basis", "unknown")
    return Article(
        id="",
        title=title,
        published=values.get("published"),
        published_basis="stated" if basis == "stated" else "inferred" if basis == "inferred" else "unknown",
        source=values.get("source"),
        author=values.get("author"),
        url=page.url,
        language=language_of("\n".join([title, *(block.text for block in blocks[:20])])[:_SAMPLE]),
        lead=blocks[0].text if blocks and blocks[0].kind == "lead" else None,
        blocks=tuple(blocks),
        facts=facts,
        dropped=tuple(sorted(pieces.dropped, key=lambda part: (part.line, part.start))),
        origins=(Origin(page.path, page.url, page.text_sha256, page.encoding, ""),),
    )


def _with_lead(pieces: Pieces) -> list[Block]:
    """The blocks, the first paragraph marked as the lead if it is one, and then put before the captions and
    headings above it: with a dateline, or short, and with at least two paragraphs after it."""
    blocks = pieces.blocks
    at = next((i for i, block in enumerate(blocks) if block.kind not in ("caption", "heading")), None)
    if at is None or blocks[at].kind != "paragraph":
        return blocks
    lead = blocks[at]
    words = lead.text.count(" ") + 1
    dated = any(part.why == "dateline" and part.line == lead.line for part in pieces.dropped)
    followers = sum(block.kind in ("paragraph", "quote", "list") for block in blocks[at + 1 :])
    if dated or (_LEAD_LEAST <= words <= _LEAD_WORDS and followers >= 2):
        return [replace(lead, kind="lead"), *blocks[:at], *blocks[at + 1 :]]
    return blocks
