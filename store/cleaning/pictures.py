"""Putting a line that is a caption into pieces: its words, its credit, what it says twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from store.cleaning.captions import LONGEST, doubled, find_credit, glued, weak_credit
from store.cleaning.lines import Line
from store.cleaning.names import read_byline
from store.cleaning.pieces import Pieces, collapse
from store.text import fold

_NUMBERED = re.compile(r"(?:[ẢA]nh |Hình )?(\d{1,2})[.):/]\s?(?=[^\W\d])")


def numbered_captions(lines: Sequence[Line], span: Iterable[int]) -> frozenset[int]:
    """The indexes of the captions of a photo story: lines that count up from 1, at least two of which end
    with a credit. Headings and steps count up, too, but a picture's credit doesn't end them."""
    found: list[int] = []
    credits = 0
    for index in span:
        line = lines[index]
        match = _NUMBERED.match(line.text)
        if match is None:
            continue
        credit = find_credit(line.text) is not None
        if int(match[1]) != len(found) + 1 or not (credit or (line.prose > 0 and line.ends_sentence)):
            return frozenset()
        if len(line.text) > LONGEST:
            return frozenset()
        found.append(index)
        credits += credit
    return frozenset(found) if len(found) >= 3 and credits >= 2 else frozenset()


def only_credit(text: str) -> bool:
    """Whether a line holds nothing but a picture's credit: "Ảnh: Minh Hà", "(Ảnh: TTXVN)"."""
    credit = find_credit(text) if len(text) <= 90 else None
    return credit is not None and not text[: credit.start].strip(" (-–")


def capital_credit(text: str, least: float = 1.0) -> bool:
    """Whether a line is a name in capitals, as some papers sign pictures on a line of their own. From
    `least` 2 on it must begin with a family name: other papers put sub-headings in capitals."""
    if len(text) > 40 or not text.isupper():
        return False
    byline = read_byline(text)
    return byline is not None and byline.author is not None and byline.weight >= least


def put_caption(line: Line, pieces: Pieces) -> None:
    """A line with a caption, two glued ones, one twice, or the credit of the caption before it."""
    text = line.text
    if only_credit(text):
        return _put_credit(line, pieces)
    end = len(text)
    if (second := doubled(text)) is not None:
        end = second
        if find_credit(text[:second]) is None and find_credit(text[second:]) is not None:
            pieces.drop(line, "caption repeated", 0, second)
            return _put_one(line, pieces, second, len(text))
    elif (cut := glued(text)) is not None:
        _put_one(line, pieces, 0, cut)
        return _put_one(line, pieces, cut, len(text))
    _put_one(line, pieces, 0, end)
    pieces.drop(line, "caption repeated", end)


def put_second_copy(line: Line, pieces: Pieces) -> None:
    """The same caption on a line of its own: only a credit that the first lacks is new."""
    credit = find_credit(line.text)
    if credit and pieces.blocks[-1].credit is None:
        pieces.drop(line, "caption repeated", 0, credit.start)
        _credit_last(line, pieces, credit.start, credit.who_start, credit.who_end)
    else:
        pieces.drop(line, "caption repeated")


def put_capital_credit(line: Line, pieces: Pieces) -> None:
    """A photographer's name in capitals under a caption."""
    _credit_last(line, pieces, 0, 0, len(line.text))


def _put_credit(line: Line, pieces: Pieces) -> None:
    credit = find_credit(line.text)
    last = pieces.blocks[-1] if pieces.blocks else None
    if credit and last and last.kind == "caption":
        who = collapse(line.text[credit.who_start : credit.who_end])
        if last.credit is None:
            return _credit_last(line, pieces, credit.start, credit.who_start, credit.who_end)
        if fold(last.credit) == fold(who):
            return pieces.drop(line, "credit repeated")
    pieces.drop(line, "a picture credit")


def _credit_last(line: Line, pieces: Pieces, start: int, who_start: int, who_end: int) -> None:
    pieces.drop(line, "credit label", start, who_start)
    pieces.credit_last(line.text[who_start:who_end])
    pieces.drop(line, "credit label", who_end)


def _put_one(line: Line, pieces: Pieces, start: int, end: int) -> None:
    text = line.text[start:end]
    credit = find_credit(text) or weak_credit(text)
    if credit is None or not text[: credit.start].strip():
        return pieces.block("caption", text, line)
    pieces.block("caption", text[: credit.start], line)
    at = start + credit.start
    pieces.drop(line, "credit label", at, start + credit.who_start)
    pieces.credit_last(line.text[start + credit.who_start : start + credit.who_end])
    pieces.drop(line, "credit label", start + credit.who_end, end)
