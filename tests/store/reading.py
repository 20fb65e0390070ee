"""Entities read from some paragraphs, and what reading cost."""

from __future__ import annotations

import sys
from collections.abc import Callable

from store.article import Article, Block, Entity
from store.entities import extract


def read(
    *paragraphs: str, title: str = "Tin", published: str | None = "2024-03-01", source: str | None = None
) -> Article:
    """An article of these paragraphs, its entities found."""
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    return extract(Article("", title, published=published, source=source, blocks=blocks))


def named(article: Article | str, kind: str) -> list[str]:
    """The names of one type in an article, or in a text of one paragraph."""
    found = read(article) if isinstance(article, str) else article
    return [entity.name for entity in found.entities if entity.type == kind]


def entity(article: Article, name: str) -> Entity:
    return next(found for found in article.entities if found.name == name)


def lines_run(call: Callable[[], object]) -> int:
    """Lines of Python that run for a call: unlike seconds, the same on every machine."""
    count = 0

    def trace(frame: object, event: str, arg: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
