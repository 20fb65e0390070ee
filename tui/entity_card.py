"""What the card of a name says, line by line. Pure."""

from __future__ import annotations

from store.article import Article, Entity
from tui.entity_types import type_word
from tui.figures import number, period
from tui.i18n import _, ngettext
from tui.reasons import worded

SHOWN = 6
"""Of other forms of a name, and of offices, so many stand on the card."""


def card_lines(article: Article, entity: Entity, at: int, articles: int | None) -> list[tuple[str, str]]:
    """`(text, style)` of each line; `at` is the mention that one is at, from 1 (0: none), `articles` how many
    of the library name it (None: not counted yet)."""
    lines = [(entity.name, "bold"), (type_word(entity.type) + _value(entity), "$text-muted")]
    lines += [(role, "") for role in entity.roles[:SHOWN]]
    others = [alias for alias in entity.aliases if alias != entity.name]
    if others:
        lines.append((_("also written: {names}").format(names=", ".join(others[:SHOWN])), ""))
    lines += [(f"{short} = {full}", "") for short, full in meanings(article, entity)]
    count = len(entity.mentions)
    here = ngettext("{count} mention here", "{count} mentions here", count).format(count=number(count))
    if at:
        here = _("mention {at} of {count} here").format(at=at, count=number(count))
    if articles is not None:
        words = ngettext("{n} article names it", "{n} articles name it", articles).format(n=number(articles))
        here = f"{here} · {words}"
    lines.append((here, "$text-muted"))
    if entity.why:
        lines.append((_("Why: {reason}").format(reason=worded(entity.why)), "$text-muted"))
    return lines


def _value(entity: Entity) -> str:
    """A day, a number or a full name, where it is another than the name."""
    if not entity.value or entity.value == entity.name:
        return ""
    supplied = f" ({_('supplied')})" if entity.value_basis == "supplied" else ""
    return f" · {period(entity.value)}{supplied}"


def meanings(article: Article, entity: Entity) -> list[tuple[str, str]]:
    """The abbreviations in an entity's name, forms and offices, with what the article says they stand for."""
    said = " ".join((entity.name, *entity.aliases, *entity.roles, *map(article.text_of, entity.mentions)))
    words = set(said.replace("(", " ").replace(")", " ").replace(",", " ").replace("-", " ").split())
    return [(short, full) for short, full in article.abbreviations.items() if short in words]
