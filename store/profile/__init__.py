"""One entity across articles: its offices over time, whom it is named with, who else bears the name.

A profile is made from the index alone. The sentences are read from the articles, and only those that
someone looks at: see `sentences`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from store.article import TITLE, Article, EntityType, Mention
from store.errors import ArticleNotFound
from store.index.entities import Company, Naming, base_key, companions
from store.index.rows import Facet
from store.profile.careers import RoleAt, timeline
from store.profile.namesakes import Reason, tell_apart
from store.sentences import sentence
from store.text import fold

COMPANIONS = 30
"""Of each type, in a profile."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity, or one of several people of one name.

    `spellings` are its other names, the most used first; `articles` name it, oldest first, undated last;
    `companions` are named with it, by type, the most often first (`count` in articles).

    If plainly different people bear the name, `people` has one profile for each, `reasons` say how one can
    tell, and `untold` are the articles of which one can't; `roles` are then empty.
    """

    type: EntityType
    key: str
    name: str
    spellings: tuple[str, ...]
    articles: tuple[Naming, ...]
    roles: tuple[RoleAt, ...]
    companions: tuple[Facet, ...]
    people: tuple[Profile, ...] = ()
    reasons: tuple[Reason, ...] = ()
    untold: tuple[Naming, ...] = ()


class Said(NamedTuple):
    """A sentence that names an entity: where it stands, and where in it the name is.

    `mention` is in the article; `text[start:end]` is the name.
    """

    mention: Mention
    text: str
    start: int
    end: int


def profile(key: str, found: Sequence[Naming], company: Company) -> Profile | None:
    """The profile from what the index found."""
    if not found:
        return None
    apart = tell_apart(found, company) if key.startswith("person:") else None
    if apart is None:
        return _of_one(key, found, company)
    people = tuple(_of_one(key, articles, company) for articles in apart.people)
    whole = replace(_of_one(key, found, company), roles=())
    return replace(whole, people=people, reasons=apart.reasons, untold=apart.untold)


def _of_one(key: str, found: Sequence[Naming], company: Company) -> Profile:
    type = cast(EntityType, key.partition(":")[0])
    names = Counter(naming.name for naming in found).most_common()
    rows = {naming.row for naming in found}
    return Profile(
        type=type,
        key=base_key(key),
        name=names[0][0],
        spellings=tuple(name for name, _ in names[1:]),
        articles=tuple(found),
        roles=timeline(found) if type == "person" else (),
        companions=companions(company, rows, base_key(key), COMPANIONS),
    )


# -- sentences -----------------------------------------------------------------------------------


def sentences(
    article: Callable[[str], Article], wanted: Iterable[tuple[Naming, tuple[str, ...]]]
) -> Iterator[tuple[Naming, tuple[str, ...], Said | None]]:
    """Each naming, with the offices that its sentence should tell, and the sentence.

    In the order of import, so that each volume is read once; `article` is `Library.article`. An article
    that is gone is passed over.
    """
    for naming, offices in sorted(wanted, key=lambda item: item[0].row):
        try:
            found = article(naming.id)
        except ArticleNotFound:
            continue
        yield naming, offices, said_of(found, naming.key, offices)


def said_of(article: Article, key: str, offices: Sequence[str] = ()) -> Said | None:
    """The sentence that names an entity in one of these offices; else the first of the text that names it,
    else the title. None when the article doesn't name it (any more)."""
    mentions = [m for entity in article.entities if entity.key == key for m in entity.mentions]
    if not mentions:
        return None
    told = [fold(office) for office in offices]
    best: tuple[int, Mention] | None = None
    for mention in mentions:
        text = _text(article, mention)
        start, end = sentence(text, mention.start, mention.end)
        folded = fold(text[start:end])
        weight = sum(len(told) - place for place, office in enumerate(told) if office in folded)
        rank = 2 * weight + (mention.block != TITLE)
        if best is None or rank > best[0]:
            best = (rank, mention)
    assert best is not None
    mention = best[1]
    text = _text(article, mention)
    start, end = sentence(text, mention.start, mention.end)
    return Said(mention, text[start:end], mention.start - start, mention.end - start)


def _text(article: Article, mention: Mention) -> str:
    return article.title if mention.block == TITLE else article.blocks[mention.block].text
