"""Who else tells what an article tells, in words: for the screen and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from store.article import Article
from store.index.row import Row
from store.text import one_line
from tui.figures import day
from tui.i18n import _, ngettext

PAPERS = 8
"""Of those who tell the same, so many are named."""


def twins_line(article: Article, rows: Sequence[Row]) -> str:
    """Who else tells the same, and when."""
    named = [
        f"{one_line(row.source or '') or _('without a source')} {day(row.published)}".strip()
        for row in rows[:PAPERS]
    ]
    line = _("Also in: {papers}").format(papers=", ".join(named))
    if more := len(rows) - PAPERS:
        line += (
            ngettext(" and {count} more", " and {count} more", more).format(count=more) if more > 0 else ""
        )
    return line
