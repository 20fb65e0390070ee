"""What an article says in the fields of the filter language: where their words are looked for.

An entity goes by its names and its key, by every form in which the article writes it, and by these with the
form of address before them: "Nguyễn Thị Hà", "Hà", "bà Hà". What is no form of a name is the office alone
that stands for its holder: it would lead from one holder to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from store.query_words import ENTITY_FIELDS
from store.text import fold, mark_fold

if TYPE_CHECKING:
    from store.article import Article, Entity

_TIMEZONE = timezone(timedelta(hours=7))
_WORDS = "ông|bà|anh|chị|em|cô|chú|bác|cậu|cụ|cháu|bé|thầy|đồng chí"
_ADDRESS = re.compile(rf"(?<!\w)(?:{_WORDS}) \Z", re.IGNORECASE)
_LONGEST = len("đồng chí ") + 1


def segments(article: Article, field: str) -> list[str]:
    """The texts of an article in which the words of a field must stand side by side."""
    if field == "body":
        return [block.text for block in article.blocks]
    if field in ENTITY_FIELDS:
        names: dict[str, None] = {}  # a set that keeps its order
        for entity in article.entities:
            if entity.type == ENTITY_FIELDS[field]:
                names |= dict.fromkeys(_forms(article, entity))
        return list(names)
    if field == "role":
        return list(dict.fromkeys(role for entity in article.entities for role in entity.roles))
    if field == "tag":
        return list(article.state.tags)
    if field == "note":
        return list(article.state.remarks)
    value = {"title": article.title, "source": article.source, "author": article.author}[field]
    return [value] if value else []


def _forms(article: Article, entity: Entity) -> Iterator[str]:
    known = {entity.name, *entity.aliases}
    yield from filter(None, (entity.name, *entity.aliases, entity.value, entity.key.partition(":")[2]))
    for mention in entity.mentions:
        text = article.title if mention.block < 0 else article.blocks[mention.block].text
        form = text[mention.start : mention.end]
        if form not in known and mark_fold(form) in map(mark_fold, entity.roles):
            continue
        yield form
        before = text[max(0, mention.start - _LONGEST) : mention.start]
        if entity.type == "person" and (address := _ADDRESS.search(before)):
            yield f"{address[0].lower()}{form}"


def without_address(typed: str) -> str:
    """The beginning of a name without a form of address before it, marks or not.

    >>> without_address("ba Ha"), without_address("Hà")
    ('Ha', 'Hà')
    """
    for words in _WORDS.split("|"):
        if fold(typed).startswith(f"{fold(words)} "):
            return typed[len(words) + 1 :].lstrip()
    return typed


def moment(published: str | None) -> str:
    """What articles are dated and sorted by: local time in +07:00 ("" if there is none).

    A date without a time is a prefix of that day's times, so it stands after them, newest first.
    """
    if not published:
        return ""
    try:
        if len(published) <= len("2023-12-29"):
            return date.fromisoformat(published).isoformat()
        time = datetime.fromisoformat(published)
        if time.tzinfo is not None:
            time = time.astimezone(_TIMEZONE)
        return time.replace(tzinfo=None).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


def has_headline(article: Article) -> bool:
    """Whether the title is one of the page, not made of the text's first words."""
    fact = article.facts.get("title")
    return bool(article.title) and (fact is None or fact.line is not None)
