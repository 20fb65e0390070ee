"""A page as plain text → RawPage."""

from __future__ import annotations

from hashlib import sha256

from store.article import RawPage
from store.loaders.decode import decode
from store.text import clean


def make_page(text: str, path: str | None = None, url: str | None = None, encoding: str = "utf-8") -> RawPage:
    """A page of `text`, cleaned (NFC, no control characters), with the digest that tells it apart."""
    text = clean(text)
    return RawPage(text, sha256(text.encode()).hexdigest(), path, url, encoding)


def read_page(data: bytes, path: str | None = None) -> RawPage:
    """The page that `data` holds. Raises LoadError `empty_file` or `binary`."""
    text, encoding = decode(data, path)
    return make_page(text, path, None, encoding)
