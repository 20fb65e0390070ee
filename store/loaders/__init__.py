"""Bytes → RawPage or Article: what one file, stream or standard input holds, told by its content.

`load` is the way in. Text in any encoding that Vietnamese pages come in becomes one RawPage; JSON of
bandoc's own becomes Articles, JSONL as a stream.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from store.article import Article, RawPage
from store.errors import LoadError
from store.loaders.own_json import article_from, articles_in, articles_on, parse_json
from store.loaders.page_text import make_page, read_page

__all__ = ["MAX_LIST", "MAX_PAGE", "load", "make_page", "read_page"]

MAX_PAGE = 8 * 1024 * 1024
"""Bytes of one page, or of one line of JSONL; more is refused, never cut."""
MAX_LIST = 64 * 1024 * 1024
"""Bytes of one JSON text: it has to be parsed as a whole. A larger library is exported as JSONL."""

_HEAD = 64 * 1024
_BOM = b"\xef\xbb\xbf"


def load(
    source: Path | str | bytes | IO[bytes], name: str | None = None
) -> Iterator[RawPage | Article | LoadError]:
    """What `source` (a path, bytes or a binary stream) holds, one item after the other.

    `name` stands for the path in origins and errors. A source that can't be read at all raises
    LoadError: `not_found`, `unreadable`, `not_a_file`, `empty_file`, `binary`, `too_large`, `bad_json`,
    `bad_article`; its field `path` is the name. One bad record among others does not end the rest: its
    LoadError (with `line` in JSONL, `item` in a list) comes in its place, as a value.
    """
    if isinstance(source, bytes):
        yield from _items(BytesIO(source), name)
    elif isinstance(source, Path | str):
        path = name if name is not None else str(source)
        with _opened(Path(source), path) as stream:
            yield from _items(stream, path)
    else:
        yield from _items(source, name)


def _opened(path: Path, name: str) -> IO[bytes]:
    """A regular file, opened without ever waiting for a pipe's other end. Links are followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (FileNotFoundError, NotADirectoryError):
        raise LoadError("not_found", path=name) from None
    except (OSError, ValueError) as error:
        if not _is_plain(path):
            raise LoadError("not_a_file", path=name) from None
        raise LoadError("unreadable", path=name, reason=getattr(error, "strerror", str(error))) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise LoadError("not_a_file", path=name)
    return os.fdopen(descriptor, "rb", buffering=0)  # what is read is as long as it can be


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return True  # can't be told: then it is unreadable


def _items(stream: IO[bytes], path: str | None) -> Iterator[RawPage | Article | LoadError]:
    head = _read(stream, _HEAD, path)
    start = head.removeprefix(_BOM).lstrip()
    inner = start[1:].lstrip()[:1]
    if start.startswith(b"{") and inner in (b'"', b"}"):
        if _is_jsonl(head, path):
            yield from articles_on(_lines(stream, head, path), path)
        else:
            yield article_from(parse_json(_whole(stream, head, MAX_LIST, path), path), path)
    elif start.startswith(b"[") and inner in (b"{", b"]"):
        yield from articles_in(parse_json(_whole(stream, head, MAX_LIST, path), path), path)
    else:
        yield read_page(_whole(stream, head, MAX_PAGE, path), path)


def _is_jsonl(head: bytes, path: str | None) -> bool:
    """Whether each line is a JSON text of its own: the first says so, or the name."""
    first, end, rest = head.lstrip().partition(b"\n")
    if not end:
        return len(head) >= _HEAD  # one line longer than the head is a record; a short one is all there is
    try:
        parse_json(first, path)
    except LoadError:
        return bool(path) and str(path).endswith(".jsonl")
    return bool(rest.strip())


def _read(stream: IO[bytes], size: int, path: str | None) -> bytes:
    """Up to `size` bytes, however little a pipe gives at a time."""
    parts: list[bytes] = []
    while size > 0:
        try:
            part = stream.read(size)
        except OSError as error:
            raise LoadError("unreadable", path=path, reason=error.strerror) from None
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _whole(stream: IO[bytes], head: bytes, limit: int, path: str | None) -> bytes:
    """All that a stream holds, which begins with this head."""
    if len(head) < _HEAD:
        return head
    rest = _read(stream, limit + 1 - len(head), path)
    if len(head) + len(rest) > limit:
        raise LoadError("too_large", path=path, limit=limit)
    return head + rest


def _lines(stream: IO[bytes], head: bytes, path: str | None) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers; None for one over the cap, which is passed over."""
    number, pending, skipping = 0, head, False
    while True:
        *whole, pending = pending.split(b"\n")
        for line in whole:
            number += 1
            yield number, None if skipping or len(line) > MAX_PAGE else line
            skipping = False
        if len(pending) > MAX_PAGE:
            pending, skipping = b"", True
        more = _read(stream, _HEAD * 16, path)
        if not more:
            break
        pending += more
    if pending or skipping:
        yield number + 1, None if skipping else pending
