"""One tree of errors. A `code` says what happened and `fields` with what; the interface words it.

`str(error)` is for logs and tests: code and fields, never shown to a reader as it is.
"""

from __future__ import annotations

from typing import Any


class BandocError(Exception):
    """Base of everything bandoc raises on purpose.

    `code` is a stable identifier such as `"empty_file"`; `fields` holds the values its wording needs
    (paths as `str`, sizes in bytes, positions as offsets in code points).
    """

    def __init__(self, code: str, **fields: Any) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code, fields)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.fields.items())])

    def __reduce__(self) -> tuple[Any, ...]:  # worker processes send errors home
        return _rebuild, (type(self), self.code, self.fields)


def _rebuild(kind: type[BandocError], code: str, fields: dict[str, Any]) -> BandocError:
    return kind(code, **fields)


class LoadError(BandocError):
    """One input could not be read; `path` is always among the fields. The others go on."""


class QueryError(BandocError):
    """A filter that does not parse; fields `position` (offset in the query) and `expected`."""


class LibraryError(BandocError):
    """The library can't do what was asked; `path` is among the fields."""


class LibraryLocked(LibraryError):
    """Another process is writing; fields `pid`, `host`, `since`."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer bandoc; fields `format`, `known`. Nothing was changed."""


class LibraryReadOnly(LibraryError):
    """The folder, or the volume concerned, can't be written."""


class ArticleNotFound(LibraryError):
    """No article has this id, or several share the prefix; fields `id`, `matches`."""


class CorrectionError(BandocError):
    """A correction by hand that makes no sense; fields `op`, `key`, `to`."""


class ExportError(BandocError):
    """An article could not be exported; `path` is among the fields."""
