"""What a reader can correct, as rules of the store, and the words for what was done.

Pure: no widget. The screen asks, makes rules here, and gives them to `Library.correct`.
"""

from __future__ import annotations

from collections.abc import Mapping

from store.article import BLOCK_KINDS, Article, Entity, RawPage
from store.correcting import merge_target
from store.corrections import FACT_OPS, JUNK, Correction, checked
from store.errors import CorrectionError
from store.segments import moment
from store.text import mark_fold, one_line
from tui.i18n import N_, _
from tui.wording import say

FACT_NAMES = {
    "title": N_("Title"),
    "published": N_("Date"),
    "author": N_("Author"),
    "source": N_("Source"),
}
"""The facts in the order of the form."""

KIND_NAMES = {
    "paragraph": N_("paragraph"),
    "heading": N_("heading"),
    "caption": N_("caption"),
    "quote": N_("quote"),
    "list": N_("list"),
    "lead": N_("lead"),
    JUNK: N_("left out"),
}
"""What a line of the page may become."""

assert set(KIND_NAMES) == {*BLOCK_KINDS, JUNK}


# -- facts ----------------------------------------------------------------------------------------


def fact_values(article: Article) -> dict[str, str]:
    """The facts as they are typed: the date as day/month/year, with its time if it has one."""
    when = moment(article.published)
    date = f"{when[8:10]}/{when[5:7]}/{when[:4]} {when[11:16]}".strip() if when else ""
    values = {
        "title": article.title,
        "published": date,
        "author": article.author or "",
        "source": article.source or "",
    }
    return {name: one_line(values[name]) for name in FACT_NAMES}


def fact_rules(article: Article, values: Mapping[str, str]) -> list[Correction]:
    """The rules for the facts that were typed differently; an empty one takes a fact away."""
    before = fact_values(article)
    return [
        Correction(op, "", values[op].strip() or None, article.id)
        for op in FACT_OPS
        if values[op].strip() != before[op]
    ]


def complaint(rule: Correction) -> str:
    """What is wrong with a rule; "" if nothing is."""
    try:
        checked(rule)
    except CorrectionError as error:
        return say(error)
    return ""


# -- entities -------------------------------------------------------------------------------------


def forms(article: Article, entity: Entity) -> dict[str, int]:
    """The forms under which an article names an entity, as first written, and how often each."""
    found: dict[str, tuple[str, int]] = {}
    for mention in sorted(entity.mentions, key=lambda m: (m.block, m.start)):
        text = one_line(article.text_of(mention))
        first, count = found.get(mark_fold(text), (text, 0))
        found[mark_fold(text)] = first, count + 1
    return dict(found.values())


def merging(entity: Entity, into: Entity, article: str | None) -> Correction:
    """The rule that joins an entity to another one."""
    return Correction("merge", entity.key, merge_target(into), article)


def namesake(entity: Entity, number: int, article: str) -> Correction:
    """The rule by which the entity of an article is another one of its name."""
    return Correction("split", entity.key, f"#{number}", article)


# -- lines of the page ------------------------------------------------------------------------------


def line_kind(article: Article, line: int) -> str | None:
    """What a line of the page is now: a kind of block, or junk; None for a line that is only facts, or
    blank."""
    for block in article.blocks:
        if block.line == line:
            return block.kind
    return JUNK if any(part.line == line for part in article.dropped) else None


def owner(article: Article, page: RawPage, line: int) -> int:
    """The line that a block goes by, for one of its further lines."""
    while line > 1 and line_kind(article, line) is None and page.lines[line - 1].strip():
        if any(fact.line == line for fact in article.facts.values()):
            break
        line -= 1
    return line


# -- words ------------------------------------------------------------------------------------------


def said(words: str, everywhere: bool) -> str:
    """What was done, and whether in the whole library."""
    return _("{done}, in the whole library").format(done=words) if everywhere else words
