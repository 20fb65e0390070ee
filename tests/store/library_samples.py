"""Small articles for the tests of the library, and what they share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from store.article import Article, Block, RawPage
from store.index.index import Index

Item = tuple[Article, RawPage | None]


def page(text: str, *, path: str | None = None, url: str | None = None) -> RawPage:
    return RawPage(text, hashlib.sha256(text.encode()).hexdigest(), path, url)


def item(number: int, *, url: str | None = None, words: str = "Nội dung bài thứ") -> Item:
    """An article and its page; other numbers and other words give other texts."""
    title, body = f"Tiêu đề số {number}", f"{words} {number}, Hà Nội hôm nay."
    article = Article("", title, url=url, blocks=(Block("paragraph", body, 2),))
    return article, page(f"{title}\n{body}", path=f"bai-{number}.txt", url=url)


def items(count: int, start: int = 0) -> list[Item]:
    return [item(number) for number in range(start, start + count)]


def fill(index: Index, number: int, articles_seq: int, state_seq: int, articles: Iterable[Article]) -> None:
    """Make articles all there is of a volume in an index."""
    articles = list(articles)
    index.add(number, articles_seq, state_seq, articles)
    index.complete(number, articles_seq, state_seq, {article.id for article in articles})
