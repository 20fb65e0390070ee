"""Articles, pages and reading states as documents of a library's files.

An article's id, read as a hexadecimal number, is its `doc_id` in all three.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store.article import Article, RawPage, State
from store.article_json import from_json, state_from_json, state_to_json
from store.errors import LoadError
from store.sealing import Check

_DEFAULT = state_to_json(State())


def doc_id(article_id: str) -> int:
    """The TinyDB id of an article's documents."""
    return int(article_id, 16)


def article_id(doc_id: int) -> str:
    """The article of a TinyDB id."""
    return f"{doc_id:013x}"


def article_in(doc_id: int, document: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> Article:
    """The article of a document. Raises LoadError on one that is none."""
    article = from_json(document)
    return replace(article, id=article_id(doc_id), state=state_from_json(state) if state else State())


def state_document(state: State) -> dict[str, Any]:
    """The document of a reading state, without what is as it is by default; empty for a state that is."""
    return {name: value for name, value in state_to_json(state).items() if value != _DEFAULT[name]}


def page_document(page: RawPage) -> dict[str, Any]:
    """The document of a page."""
    packed = zlib.compress(page.text.encode("utf-8", "surrogatepass"))
    return {
        "text": base64.b85encode(packed).decode(),
        "text_sha256": page.text_sha256,
        "path": page.path,
        "url": page.url,
        "encoding": page.encoding,
    }


def page_in(document: Mapping[str, Any]) -> RawPage:
    """The page of a document. Raises zlib.error, KeyError or ValueError on one that is none."""
    text = zlib.decompress(base64.b85decode(document["text"])).decode("utf-8", "surrogatepass")
    return RawPage(
        text, document["text_sha256"], document.get("path"), document.get("url"), document["encoding"]
    )


def _check_article(doc_id: int, document: Mapping[str, Any]) -> None:
    try:
        article_in(doc_id, document)
    except LoadError as error:
        raise ValueError(str(error)) from error


def _check_page(doc_id: int, document: Mapping[str, Any]) -> None:
    try:
        page_in(document)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _check_state(doc_id: int, document: Mapping[str, Any]) -> None:
    state_from_json(document)


CHECKS: dict[str, Check] = {"articles": _check_article, "pages": _check_page, "state": _check_state}
"""What tells whether a document is one of its kind; raises ValueError, TypeError or KeyError if not."""
