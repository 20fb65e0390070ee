"""An article as it is set: its facts in one line, its blocks, and the reader's notes."""

from __future__ import annotations

from collections.abc import Sequence

from store.article import Article
from store.index.row import Row
from store.similar import differing
from store.text import reading_minutes
from tui.figures import day_and_time, reading_time
from tui.i18n import _
from tui.layout import Part, parts_of
from tui.story_words import twins_line

ONLY_HERE = "+"
"""Stands in the margin beside what no other article says that tells the same."""

WHOLE = 36
"""Letters of a fact that stands on one line; a longer one (a line of authors) may be broken."""


def facts_line(article: Article) -> str:
    """Source · date and its basis · author · minutes · tags, what there is of them."""
    date = day_and_time(article.published)
    if not date:
        date = _("undated")
    elif article.published_basis == "inferred":
        date = _("{date} (inferred)").format(date=date)
    elif article.published_basis == "stated":
        date = _("{date} (stated)").format(date=date)
    minutes = reading_minutes([block.text for block in article.blocks])
    parts = [
        article.source,
        date,
        article.author,
        reading_time(minutes) if minutes else "",
        " ".join(f"#{tag}" for tag in article.state.tags),
    ]
    return " · ".join(part for part in parts if part)


def only_here(article: Article, texts: Sequence[str]) -> frozenset[int]:
    """The blocks that none of the texts has which tell the same; captions are not compared."""
    blocks = ["" if block.kind == "caption" else block.text for block in article.blocks]
    return frozenset(differing(blocks, texts) if texts else ())


def _whole(fact: str) -> str:
    return fact.replace(" ", "\u00a0") if len(fact) <= WHOLE else fact


def _behind(parts: Sequence[Part], block: int) -> int:
    """The place behind a block and its credit."""
    place = next((number for number, part in enumerate(parts, 1) if part.block == block), len(parts))
    return place + (place < len(parts) and parts[place].kind == "credit")


def article_parts(article: Article, twins: Sequence[Row] = (), *, marked: bool = False) -> list[Part]:
    """The article as it is set, with who else tells the same (`marked`: and what the signs in the margin
    mean), and the reader's notes: those on a passage behind its block, those on the article at the end."""
    # A line breaks behind a dot, not in a name, a date or "3 min".
    facts = "\u00a0· ".join(map(_whole, facts_line(article).split(" · ")))
    parts = parts_of(article, facts, _("Photo: {credit}"))
    if twins:
        line = twins_line(article, twins) + (f"\u00a0· {ONLY_HERE} " + _("only here") if marked else "")
        parts.insert(2, Part("twins", line))
    for mark in reversed(article.state.highlights):
        if mark.note:
            parts.insert(_behind(parts, mark.block), Part("note", mark.note))
    if article.state.notes:
        parts.append(Part("rule", ""))
        parts += [Part("note", note.text) for note in article.state.notes]
    return parts
