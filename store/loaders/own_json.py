"""Articles as bandoc itself writes them: one object, a list, or one object on each line (JSONL)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from store.article import MAX_ARTICLE_BLOCKS, MAX_ARTICLE_BYTES, Article
from store.article_json import from_json
from store.dates import parse_date
from store.errors import LoadError
from store.text import clean


def parse_json(data: bytes, path: str | None, line: int | None = None) -> Any:
    """The value of one JSON text in UTF-8. Raises LoadError `bad_json` (fields: line, reason)."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        at: int | None = line or error.lineno
        reason = f"{error.msg} (column {error.colno})"
    except (ValueError, RecursionError) as error:  # not UTF-8, digits without end, brackets without end
        at, reason = line, str(error).split(":")[0]
    raise LoadError("bad_json", path=path, line=at, reason=reason)


def article_from(data: Any, path: str | None, line: int | None = None) -> Article:
    """One article from its JSON value. Raises LoadError `bad_article` or `too_large` (fields: path, line)."""
    where: dict[str, Any] = {"path": path} if line is None else {"path": path, "line": line}
    if not (isinstance(data, Mapping) and "title" in data and "blocks" in data):
        raise LoadError("bad_article", **where, field="(article)", reason="no article of bandoc")
    try:
        article = from_json(_cleaned(dict(data)))
    except LoadError as error:
        raise LoadError(error.code, **where | error.fields) from None
    article = replace(article, published=_day(article.published, where))
    size = sum(len(block.text.encode()) for block in article.blocks)
    if size > MAX_ARTICLE_BYTES or len(article.blocks) > MAX_ARTICLE_BLOCKS:
        raise LoadError("too_large", **where, size=size, limit=MAX_ARTICLE_BYTES)
    return article


_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?\+07:00)?")


def _day(published: str | None, where: Mapping[str, Any]) -> str | None:
    """`published` as bandoc keeps it: its own comes back as it is, another program's form is read."""
    if published is None or _ISO.fullmatch(published):
        return published
    read = parse_date(published)
    if read is None:
        raise LoadError("bad_article", **where, field="published", reason="no date")
    return read


def articles_in(values: Iterable[Any], path: str | None) -> Iterator[Article | LoadError]:
    """The articles of a list; in place of one that is none, the LoadError that says why."""
    for number, value in enumerate(values, 1):
        try:
            yield article_from(value, path)
        except LoadError as error:
            yield LoadError(error.code, **error.fields | {"item": number})


def articles_on(lines: Iterable[tuple[int, bytes | None]], path: str | None) -> Iterator[Article | LoadError]:
    """The articles of a JSONL file, line by line: (number, bytes), bytes None for a line over the cap."""
    for number, line in lines:
        if line is None:
            yield LoadError("too_large", path=path, line=number)
        elif line.strip():
            try:
                yield article_from(parse_json(line, path, number), path, number)
            except LoadError as error:
                yield error


def _cleaned(data: dict[str, Any]) -> dict[str, Any]:
    """`store.text.clean` over every string. What bandoc wrote comes back as it is; where a block or the
    title of someone else's file changes, offsets into it would lie, so they go."""
    result: dict[str, Any] = _clean_value(data)
    if result.get("blocks") != data.get("blocks") or result["title"] != data["title"]:
        result |= {"entities": [], "highlights": [], "position": None}
    return result


def _clean_value(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        text = clean(value)
        return text if key == "text" else text.replace("\n", " ")
    if isinstance(value, list):
        return [_clean_value(item, key) for item in value]
    if isinstance(value, dict):
        return {clean(str(name)): _clean_value(item, name) for name, item in value.items()}
    return value
