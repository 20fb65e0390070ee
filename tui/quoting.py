"""What is copied of an article: its facts, a quotation with its source."""

from __future__ import annotations

from store.article import Article
from tui.figures import day
from tui.parts import facts_line


def article_link(article: Article) -> str | None:
    """The article's web address, if it has one that a browser may be given."""
    links = [article.url, *(origin.url for origin in article.origins)]
    return next((link for link in links if link and link.startswith(("https://", "http://"))), None)


def about(article: Article) -> str:
    """Title, facts and link, a line each."""
    lines = (article.title, facts_line(article), article_link(article))
    return "\n".join(line for line in lines if line)


def quotation(article: Article, passage: str) -> str:
    """A passage in quotation marks, and below where it is from."""
    source = (article.title, article.author, article.source, day(article.published), article_link(article))
    return f"“{passage.strip()}”\n— {', '.join(part for part in source if part)}"
