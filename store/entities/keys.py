"""The key of a name that stands by itself, as a person types it."""

from __future__ import annotations

from functools import lru_cache

from store.article import Article, Block, EntityType
from store.entities.extraction import extract_article
from store.entities.grouping import body_key
from store.entities.lexicon import lexicon
from store.entities.people import person_key
from store.entities.spans import fold_name


@lru_cache(maxsize=4096)
def key_of(type: EntityType, name: str) -> str:
    """See `store.entities.entity_key`."""
    match type:
        case "person":
            own = person_key(name)
        case "organization":
            own = body_key(name, {}, lexicon())
        case _:
            own = _as_extracted(type, name)
    return f"{type}:{own or ' '.join(fold_name(name).split())}"


def _as_extracted(type: EntityType, name: str) -> str:
    """What extraction makes of the name when it is all that a text says; "" if that is something else."""
    article = extract_article(Article("", "", blocks=(Block("paragraph", name),)))
    for entity in article.entities:
        if entity.type == type and (entity.mentions[0].start, entity.mentions[0].end) == (0, len(name)):
            return entity.key.partition(":")[2].partition("#")[0]
    return ""
