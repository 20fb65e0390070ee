"""The outline of a page: where its headline stands, where its text begins and where it ends.

A page is a head (menu, clock, breadcrumb), a headline, perhaps a stamp and counters, the text, perhaps a
byline, and the rest. Each line speaks for running text or against it (`Line.prose`); the text is the
stretch that has most for it, and the headline the line before it that has most for being one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from store.cleaning.captions import CAPTION, find_credit, weigh
from store.cleaning.lines import UPPER, Line, is_bullet
from store.cleaning.names import heads_author, read_byline
from store.cleaning.sites import masthead, site_name
from store.cleaning.sources import read_dateline, read_source_line
from store.text import Remembered

_AFTER_THE_END = 0.35  # what prose is worth once a text was followed by the line that ends one
_BOX_LINES = 8
_BOX_COST = -0.6  # what a few strange lines inside a text take away at most
_SHORT_SENTENCE = 60  # letters
_A_TEXT = 1.5  # prose that makes a text
_WORD = re.compile(r"\w+")
_WORDS = Remembered(_WORD.findall, 1 << 14)
_BEGINNING = 6000  # letters
_NAMES = re.compile(rf"[{UPPER}]\w* [{UPPER}]\w*")


@dataclass(frozen=True, slots=True)
class Outline:
    """Indexes into the lines: `title` (None: the page has no headline), `first` and `last` of the text;
    `first > last` when there is none."""

    title: int | None
    first: int
    last: int
    why: str


def outline(lines: Sequence[Line]) -> Outline:
    """The outline of a page of at least one line."""
    first, last = _core(lines)
    title, why = _title(lines, first, last)
    if title is not None:
        first = title + 1
    last = _end(lines, first, max(last, first - 1))
    return Outline(title, first, last, why)


def _core(lines: Sequence[Line]) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of `prose` (Kadane), prose after an end counting less."""
    best = -1.0
    span = (0, -1)
    total, start, worth = 0.0, 0, 1.0
    gap, size, over = (
        0.0,
        0,
        False,
    )  # the lines since the last prose: their sum, number, and an end among them
    for index, line in enumerate(lines):
        ends = line.furniture in ("end", "footer")
        if ends and total >= _A_TEXT:
            worth = max(worth * _AFTER_THE_END, 0.1)
        if line.prose <= 0:
            gap, size, over = gap + line.prose, size + 1, over or ends
            continue
        if size:
            # A few strange lines inside a text (a box of links, buttons) do not end it; a menu does.
            total += gap if over or size > _BOX_LINES else max(gap, _BOX_COST)
            gap, size, over = 0.0, 0, False
        if total <= 0:
            total, start = 0.0, index
        total += line.prose * worth
        if total > best:
            best, span = total, (start, index)
    if best < 0.2:
        return 0, len(lines) - 1
    return _extended(lines, *span)


def _extended(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Take in what lies close: a lead cut off by a few links above, short sentences under short headings
    below."""
    for index in range(first - 1, max(first - _BOX_LINES, 0) - 1, -1):
        line = lines[index]
        if line.prose >= 0.5:
            first = index
        elif line.furniture in ("end", "footer") or (line.furniture is None and line.words > 4):
            break
    while (step := _next_sentence(lines, last)) is not None or (step := _resumed(lines, last)) is not None:
        last = step
    return first, last


def _next_sentence(lines: Sequence[Line], last: int) -> int | None:
    """The next line of running text, if nothing but short headings stands between."""
    for index in range(last + 1, min(last + 4, len(lines))):
        line = lines[index]
        if line.prose > 0:
            near = index == last + 1 or (lines[index - 1].words <= 8 and len(line.text) < 2 * _SHORT_SENTENCE)
            return index if near or (index == last + 2 and lines[index - 1].words <= 8) else None
        if line.furniture not in (None, "section") or _is_sign_off(line, 2.0):
            return None  # a section's name may be a heading: "Hà Nội" in a forecast
    return None


def _resumed(lines: Sequence[Line], last: int) -> int | None:
    """The last line of a text that goes on behind a list of other headlines: two lines of running text
    side by side and a byline under them show that the list only interrupted it, or the names they share."""
    index = last + 1
    if index >= len(lines) or lines[index].furniture not in ("end", "box") or _is_sign_off(lines[last]):
        return None
    while index < len(lines) and index - last <= _BOX_LINES + 2 and lines[index].prose <= 0:
        if _is_sign_off(lines[index], 2.0) or lines[index].furniture == "footer":
            return None
        index += 1
    begin = index
    while index < len(lines) and lines[index].prose >= 0.4:
        index += 1
    if index - begin >= 2 and index < len(lines) and _is_sign_off(lines[index]):
        return index - 1
    return _told_on(lines, last, begin)


def _told_on(lines: Sequence[Line], last: int, begin: int) -> int | None:
    """The last line of three paragraphs or more behind a list, most of which name somebody or something
    that the text before the list names."""
    known = {name for line in lines[max(last - 30, 0) : last + 1] for name in _NAMES.findall(line.text)}
    paragraphs = []
    for index in range(begin, len(lines)):
        if lines[index].furniture in ("end", "footer", "box") or _is_sign_off(lines[index], 2.0):
            break
        if lines[index].prose >= 0.9:
            paragraphs.append(index)
    kin = sum(not known.isdisjoint(_NAMES.findall(lines[index].text)) for index in paragraphs)
    return paragraphs[-1] if len(paragraphs) >= 3 and kin * 2 > len(paragraphs) else None


def _title(lines: Sequence[Line], first: int, last: int) -> tuple[int | None, str]:
    region = lines[first : last + 1]
    mass = sum(max(line.prose, 0.0) for line in region) or 1.0
    copies: dict[str, int] = {}
    for line in lines[: last + 1]:
        if line.is_short:
            copies[line.folded] = copies.get(line.folded, 0) + 1
    before = 0.0
    prose_ahead = next((i for i in range(first, last + 1) if lines[i].prose >= 0.4), first)
    upto = min(last, prose_ahead + 12) + 1
    weights = [_headline(line) for line in lines[:upto]]
    words = {
        index: [word for word in _WORD.findall(lines[index].folded) if len(word) > 1]
        for index, weight in enumerate(weights)
        if weight is not None
    }
    vocabulary, pairs = _returning(
        region,
        set(chain.from_iterable(words.values())),
        {pair for mine in words.values() for pair in pairwise(mine)},
    )
    best, chosen, why = 0.0, None, ""
    for index, weight in enumerate(weights):
        line = lines[index]
        if weight is not None:
            beside = {lines[other].folded for other in (index - 1, index + 1) if 0 <= other < len(lines)}
            # The words of a line that is itself of the text have to stand in another line, too.
            told = index >= first and _is_text(line)
            known = _share(words[index], vocabulary, 2 if told else 1)
            side_by_side = 0.0 if told else _share_of_pairs(words[index], pairs)
            # The words under a picture, from its label and its text.
            doubled = line.folded in beside and weigh(line.text) >= CAPTION
            total = weight + 2.5 * known + 0.8 * side_by_side
            total += 0.7 * (not doubled and copies.get(line.folded, 0) > 1) - doubled
            total -= 6.0 * before / mass + 1.0 * (before > 0.9)
            total += _beside(lines, index, prose_ahead) - 1.5 * _is_kicker(lines, index, prose_ahead)
            # A banner, with a menu between it and the headline: "SỨC KHỎE CỘNG ĐỒNG".
            total -= 1.5 * (index < 2 and line.words <= 6 and line.text.isupper() and prose_ahead - index > 4)
            if total > best:
                best, chosen = total, index
                why = "its words return in the text" if known >= 0.6 else "the headline before the text"
        if index >= first:
            before += max(line.prose, 0.0)
    if (
        chosen
        and (upper := chosen - 1) in words
        and _goes_before(lines, upper, weights[upper])
        and _share(words[upper], vocabulary, 1) >= 0.6
    ):
        return upper, "the upper line of the headline"
    return chosen, why


def _goes_before(lines: Sequence[Line], upper: int, weight: float | None) -> bool:
    """Whether a line could be the upper one of a headline of two, which both begin with a capital: straight
    above, headline-like itself, with nothing but furniture or a blank line before it."""
    line, below = lines[upper], lines[upper + 1]
    if below.after_blank or weight is None or weight < 0.9 or line.stamps or below.stamps:
        return False
    if not 4 <= line.words <= 22 or line.furniture or line.folded in below.folded or below.words > 16:
        return False
    if line.words > 14 and line.words <= below.words:
        return False
    return (
        upper == 0 or line.after_blank or lines[upper - 1].furniture is not None or lines[upper - 1].is_stamp
    )


def _headline(line: Line) -> float | None:
    """How much a line looks like a headline by itself; None if it can't be one."""
    if line.furniture is not None and line.furniture != "promo":
        return None
    text = line.text
    words = line.words
    if words > 40 or len(text) > 260:
        return None
    weight = 0.8
    if line.furniture == "promo":
        weight -= 1.5
    if words <= 3:
        weight -= 1.2 if words > 1 else 2.0
    elif words > 30:
        weight -= 1.2
    elif words >= 6:
        weight += 0.5
    if line.stamps:
        rest = len(text) - sum(stamp.end - stamp.start for stamp in line.stamps)
        if rest < 20:
            return None
    if text.endswith((".", ";", ",")):
        weight -= 1.3 if line.prose < 0.6 else 2.0
    elif text.endswith(":"):
        weight -= 1.6
    if is_bullet(text) or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘[("):
        weight -= 1.2
    if (caption := weigh(text)) >= CAPTION:
        weight -= 2.5 if caption >= CAPTION + 0.7 else 0.4
    if site_name(text) or masthead(text):
        weight -= 2.5
    if read_dateline(text):
        weight -= 2.0
    if words <= 14 and (byline := read_byline(text)) and byline.weight >= (2 if words <= 6 else 3):
        weight -= 2.0
    return weight


def _is_text(line: Line) -> bool:
    return line.prose >= 0.4 or not line.is_headlike


def _returning(
    region: Sequence[Line], words: set[str], pairs: set[tuple[str, str]]
) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """What of these returns in the text's beginning: words, each with the number of lines that have it, and
    pairs of words that stand side by side in a long line."""
    vocabulary: dict[str, int] = {}
    found: set[tuple[str, str]] = set()
    size, long = 0, 0  # letters of the lines so far, and of the long ones
    for line in region:
        if _is_text(line):
            said = [*chain.from_iterable(map(_WORDS.__getitem__, line.folded[:1500].split()))]
            if size <= _BEGINNING:
                for word in words.intersection(said):
                    vocabulary[word] = vocabulary.get(word, 0) + 1
                size += len(line.text)
            if line.words > 14:
                found.update(pairs.intersection(pairwise(said)))
                long += len(line.text)
                if long > _BEGINNING:
                    break
    return vocabulary, found


def _share_of_pairs(words: list[str], found: set[tuple[str, str]]) -> float:
    pairs = list(pairwise(words))
    return sum(pair in found for pair in pairs) / len(pairs) if pairs else 0.0


def _share(words: list[str], vocabulary: dict[str, int], least: int) -> float:
    return sum(vocabulary.get(word, 0) >= least for word in words) / len(words) if words else 0.0


def _beside(lines: Sequence[Line], index: int, prose_ahead: int) -> float:
    """What the lines around a line say for its being the headline: a stamp near it, no others like it."""
    above = lines[index - 1] if index > 0 else None
    below = lines[index + 1] if index + 1 < len(lines) else None
    stamped = below is not None and index + 2 < prose_ahead and lines[index + 2].is_stamp
    if below and stamped and (below.words <= 3 or _names_author(below)):
        below = lines[index + 2]  # headline, author or a button, stamp
    others = lines[index + 1 : min(prose_ahead, index + 13)]
    weight = -0.15 * sum(other.furniture is None and other.prose <= 0 for other in others)
    if above and below and not (lines[index].after_blank or below.after_blank):
        weight -= 0.4 * (not above.stamps and not below.stamps)
    if lines[index].stamps:
        return weight + 1.0
    return weight + 0.9 * bool(below and below.is_stamp) + 0.4 * bool(above and above.is_stamp)


def _names_author(line: Line) -> bool:
    byline = read_byline(line.text) if line.furniture is None and line.words <= 10 else None
    return byline is not None and byline.author is not None and byline.weight >= 2


def _is_kicker(lines: Sequence[Line], index: int, prose_ahead: int) -> bool:
    """Whether a few words are the last step of a breadcrumb of a line each: sections straight above them,
    and a stamp and a headline, with nothing else but buttons, between them and the text."""
    line = lines[index]
    if line.words > 4 or line.after_blank or index < 2 or not 2 < prose_ahead - index <= 13:
        return False
    above = lines[index - 2 : index]
    if any(other.furniture not in ("section", "control") for other in above) or above[1].after_blank:
        return False
    rest = [o for o in lines[index + 1 : prose_ahead] if o.furniture is None or o.is_stamp]
    heads = [o for o in rest if not o.is_stamp]
    if not rest or not rest[0].is_stamp or len(heads) != 1:
        return False
    return heads[0].after_blank and heads[0].words >= 6 and (_headline(heads[0]) or 0.0) >= 1.2


def _end(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of the article: a byline or a source line inside the stretch cuts off what follows it
    when little does; one that comes shortly after it belongs to it."""
    mass = sum(max(line.prose, 0.0) for line in lines[first : last + 1])
    after = 0.0
    for index in range(last, first + 1, -1):
        line = lines[index]
        follower = lines[index + 1] if index + 1 < len(lines) else None
        closed = follower is None or follower.furniture is not None
        if index - first >= 2 and after <= 0.25 * mass and _is_sign_off(line, 1.0 if closed else 2.0):
            return _last_of_signs(lines, index)
        after += max(line.prose, 0.0)
        if after > 0.25 * mass:
            break
    strangers = 0
    for index in range(last + 1, min(len(lines), last + 13)):
        line = lines[index]
        if line.furniture in ("end", "footer", "box"):
            break
        if line.furniture == "promo":  # an invitation may stand between the text and its author
            if index > last + 1:
                break
            continue
        if _is_sign_off(line, 0.4 if index == last + 1 else 1.0):
            return _last_of_signs(lines, index)
        if heads_author(line.folded) and index + 1 < len(lines) and _is_sign_off(lines[index + 1], 0.4):
            return index + 1
        if line.furniture is None and not find_credit(line.text) and weigh(line.text) < CAPTION:
            strangers += 1
            if strangers > 5:
                break
    # Captions and credits straight after the text are its own.
    while (
        last + 1 < len(lines)
        and (find_credit(lines[last + 1].text) or weigh(lines[last + 1].text) >= CAPTION)
        and lines[last + 1].furniture is None
    ):
        last += 1
    return last


def _last_of_signs(lines: Sequence[Line], index: int) -> int:
    """A byline may be followed by a source line, a credit or the other way round."""
    while (
        index + 1 < len(lines)
        and lines[index + 1].furniture is None
        and (_is_sign_off(lines[index + 1]) or find_credit(lines[index + 1].text))
    ):
        index += 1
    return index


def _is_sign_off(line: Line, least: float = 1.0) -> bool:
    if line.furniture is not None or line.words > 14:
        return False
    if read_source_line(line.text):
        return True
    if line.is_stamp:  # "LAN CHI - QUỐC BẢO | 07/04/2021 08:15"
        byline = read_byline(line.text[: line.stamps[0].start].strip(" ,|-–—•·("))
        return byline is not None and byline.weight >= max(least, 2.0)
    byline = read_byline(line.text)
    return byline is not None and byline.weight >= least
