"""An article as it is set: its facts in one line, its blocks, and the reader's notes."""

from __future__ import annotations

from store.article import Article
from store.query import moment
from store.text import reading_minutes
from tui.i18n import _, ngettext
from tui.layout import Part, parts_of
from tui.widgets.article_list import day


def facts_line(article: Article) -> str:
    """Source · date and its basis · author · minutes · tags, what there is of them."""
    when = moment(article.published)
    date = f"{day(article.published)} {when[11:16]}".strip()
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
        ngettext("{count} min", "{count} min", minutes).format(count=minutes) if minutes else "",
        " ".join(f"#{tag}" for tag in article.state.tags),
    ]
    return " · ".join(part for part in parts if part)


def article_parts(article: Article) -> list[Part]:
    """The article as it is set, with the reader's notes at its end."""
    facts = facts_line(article).replace(" · ", "\u00a0· ")  # no line begins with the dot
    parts = parts_of(article, facts, _("Photo: {credit}"))
    if article.state.notes:
        parts.append(Part("rule", ""))
        parts += [Part("note", note.text) for note in article.state.notes]
    return parts
