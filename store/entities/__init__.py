"""Entities of an article: people, organisations, places, dates, documents, events and quantities.

Rules and word lists, no model: each entity's `why` names the rule that found it. What counts is laid
down in the annotation guidelines. Two passes: `scan` reads every text from left to right and notes
what it finds, `linking` joins the forms of one name and looks again for what the first pass could
not judge alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.article import Article, EntityType

__all__ = ["entity_key", "extract"]


def extract(article: Article) -> Article:
    """The article with `entities` and `abbreviations` filled; everything else is as it was.

    Never raises on any text. Entities stand in the order of their first mention, mentions in reading
    order (the title, then the blocks); the text of each mention is the entity's name, an alias, or an office
    that stands alone and that nobody else in the article holds.
    """
    from store.entities.extraction import extract_article  # the word lists load on first use

    return extract_article(article)


def entity_key(type: EntityType, name: str) -> str:
    """The key that joins what bears this name over articles: "person:", the name folded, and so on.

    The same that `extract` gives, as far as a name by itself can tell (an abbreviation that an article
    defines, or a day without its year, is known there only). Two spellings of one name have one key.
    """
    from store.entities.keys import key_of

    return key_of(type, name)
