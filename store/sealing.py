"""The bytes of one library file: a TinyDB database, compact, with a last table that seals it.

    {"state":{"1234":{"read":true}},"_meta":{"1":{"format":1,"kind":"state","seq":12,"crc":"89abcdef"}}}

`crc` is the CRC-32 (8 hex digits) of every byte that stands before its value, so a change anywhere
shows, in the seal too. `seq` grows with every write and is read from the last bytes alone.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from store.errors import LibraryTooNew
from store.tails import FORMAT, SEAL, TAIL, later_format

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]

META = "_meta"

Tables = dict[str, dict[str, Any]]
Check = Callable[[int, Mapping[str, Any]], None]


class Damage(Exception):
    """Bytes that are no file of ours: the argument says why, in one word."""


class Content(NamedTuple):
    """What a file holds: its tables without the seal, its `seq`, and the number of the last sealed
    write (the same, unless stock TinyDB wrote since)."""

    tables: Tables
    seq: int
    last: int


def dumps(value: Any) -> bytes:
    """Compact JSON in UTF-8, the same bytes with and without orjson."""
    try:
        if orjson is not None:
            return orjson.dumps(value)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except (UnicodeEncodeError, TypeError):
        # A file name that is not UTF-8 brings lone surrogates, which UTF-8 can't hold.
        return json.dumps(_encodable(value), ensure_ascii=False, separators=(",", ":")).encode()


def loads(data: bytes) -> Any:
    """The value of JSON bytes; ValueError when they are none."""
    try:
        return orjson.loads(data) if orjson is not None else json.loads(data.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list():
            return [_encodable(item) for item in value]
        case dict():
            return {_encodable(key): _encodable(item) for key, item in value.items()}
    return value


def seal(tables: Mapping[str, Any], kind: str, seq: int) -> bytes:
    """The bytes of a file."""
    body = dumps(tables)[:-1] + (b"," if tables else b"")
    head = body + f'"{META}":{{"1":{{"format":{FORMAT},"kind":"{kind}","seq":{seq},"crc":"'.encode()
    return b'%b%08x"}}}' % (head, zlib.crc32(head))


def unseal(data: bytes, kind: str, check: Check | None = None) -> Content:
    """What `seal` wrote. Raises Damage, or LibraryTooNew (without its path) on a later format.

    A file that stock TinyDB wrote has no valid seal, but is told by its spaces: it is taken when
    `check` finds nothing wrong with its documents; its `seq` is negative, another for other bytes.
    """
    tail = data[-TAIL:]
    if (later := later_format(tail)) is not None:
        raise LibraryTooNew("too_new", format=later, known=FORMAT)
    if not data.strip():
        raise Damage("empty")
    match = SEAL.search(tail)
    if match and int(match[4], 16) == zlib.crc32(data[: -len(b'89abcdef"}}}')]):
        if match[2] != kind.encode():
            raise Damage("kind")
        tables = loads(data)
        del tables[META]
        return Content(tables, int(match[3]), int(match[3]))
    return _from_outside(data, kind, check)


def _from_outside(data: bytes, kind: str, check: Check | None) -> Content:
    try:
        tables = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise Damage("damaged" if data.rstrip().endswith(b"}") else "torn") from None
    if json.dumps(tables).encode() != data:
        raise Damage("crc")
    try:
        if META not in tables and kind not in tables:
            raise Damage("kind")
        meta = tables.pop(META, {"1": {}})["1"]
        if meta.get("format", FORMAT) > FORMAT:
            raise LibraryTooNew("too_new", format=meta["format"], known=FORMAT)
        if meta.get("kind", kind) != kind:
            raise Damage("kind")
        last = int(meta.get("seq", 0))
        for table in tables.values():
            for key, document in table.items():
                if str(int(key)) != key or not isinstance(document, dict):
                    raise Damage("not_tinydb")
        for key, document in tables.get(kind, {}).items():
            if check is not None:
                check(int(key), document)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damage("not_tinydb") from None
    return Content(tables, -2 - zlib.crc32(data), last)
