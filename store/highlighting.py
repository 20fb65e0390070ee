"""Marking passages of an article, as changes of its reading state: letter by letter.

Marks of one block never overlap: what is marked across another mark becomes one with it, and its note goes
along. A passage is `(block, start, end)`, its text `[start:end]` of that block or of the
headline (`TITLE`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.article import Article, Highlight
from store.changes import Change, anchored
from store.text import clean

Passage = tuple[int, int, int]


def trimmed(article: Article, passages: Iterable[Passage]) -> list[Passage]:
    """Those that hold text, without blanks at their ends and nothing outside of their blocks."""
    kept = []
    for block, start, end in passages:
        words = article.text_at(block)[max(0, start) : max(0, end)]
        first = max(0, start) + len(words) - len(words.lstrip())
        if words := words.strip():
            kept.append((block, first, first + len(words)))
    return kept


def touching(article: Article, passages: Iterable[Passage]) -> list[Highlight]:
    """The marks that share a letter with these passages, in the order of the text."""
    wanted = list(passages)
    return [
        mark
        for mark in article.state.highlights
        if any(mark.block == block and mark.start < end and start < mark.end for block, start, end in wanted)
    ]


def is_marked(article: Article, passages: Sequence[Passage]) -> bool:
    """Whether every letter of the passages is marked, blanks at their ends left out; False for no passage."""
    wanted = trimmed(article, passages)
    marks = [(one.block, one.start, one.end) for one in touching(article, wanted)]
    return bool(wanted) and not any(_without(passage, marks) for passage in wanted)


def mark(article: Article, passages: Sequence[Passage], note: str | None = None) -> Change:
    """Marks passages, with a note on the first of them (None: the notes that are there)."""
    drop: list[Highlight] = []
    add: list[Highlight] = []
    for block, start, end in trimmed(article, passages):
        met = touching(article, [(block, start, end)])
        first = min([start, *(one.start for one in met)])
        last = max([end, *(one.end for one in met)])
        told = "\n".join(one.note for one in met if one.note) if note is None or add else clean(note).strip()
        drop += met
        add.append(anchored(article.text_at(block), block, first, last, told))
    same = set(drop) & set(add)
    return Change(
        add_highlights=tuple(one for one in add if one not in same),
        drop_highlights=tuple(one for one in drop if one not in same),
    )


def unmark(article: Article, passages: Sequence[Passage]) -> Change:
    """Takes the mark from passages; what is left of a mark keeps its note, in its first piece."""
    cut = trimmed(article, passages)
    drop = touching(article, cut)
    add: list[Highlight] = []
    for one in drop:
        left = trimmed(article, _without((one.block, one.start, one.end), cut))
        text = article.text_at(one.block)
        add += [anchored(text, *piece, one.note if not number else "") for number, piece in enumerate(left)]
    return Change(add_highlights=tuple(add), drop_highlights=tuple(drop))


def _without(passage: Passage, others: Iterable[Passage]) -> list[Passage]:
    """What of a passage none of the others holds."""
    left = [passage]
    for block, start, end in others:
        left = [
            (at, first, last)
            for at, begin, stop in left
            for first, last in (
                ((begin, min(stop, start)), (max(begin, end), stop)) if at == block else ((begin, stop),)
            )
            if first < last
        ]
    return left
