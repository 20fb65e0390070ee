"""Several files of a library written as one: after a kill all of them are new, or none is.

What is to be written stands beside the files as drafts, synced. Then the journal is written, which names the
drafts by their seals: from that moment on the change is made. To rename the drafts is all that is left, and
if this process dies over it, whoever takes the lock next goes on. A journal cut off in the writing is none,
and its drafts count for nothing. One file alone needs no journal: its rename is the moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from store.disk import replace_with_link, sync_folder, write_new
from store.errors import LibraryError, LibraryTooNew
from store.sealing import Damage, seal, unseal
from store.tails import JOURNAL, NAME, TAIL, read_tail, sealed_as

_KIND = "files"

Backup = Literal["before", "same", "leave"]
"""What becomes of the backup of a file that is written: what the file was before, the same as the new file,
or what it is."""


def draft_of(path: Path) -> Path:
    """Where what a file is to become is written."""
    return path.with_name(path.name + ".tmp")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is written but for its name. `seal` tells its bytes from those of any other version."""

    path: Path
    seal: str
    backup: Backup

    @classmethod
    def write(cls, path: Path, data: bytes, backup: Backup) -> Draft:
        """The draft of a file, on the disk. Raises OSError; nothing is left then."""
        try:
            write_new(draft_of(path), data)
        except BaseException:
            with suppress(OSError):
                draft_of(path).unlink(missing_ok=True)
            raise
        return cls(path, sealed_as(data[-TAIL:]) or "", backup)

    def is_written(self) -> bool:
        return _seal_of(draft_of(self.path)) == self.seal

    def is_published(self) -> bool:
        return _seal_of(self.path) == self.seal

    def publish(self) -> None:
        """Make it the file. Raises OSError."""
        if self.backup == "before":
            replace_with_link(self.path, _backup_of(self.path))
        os.replace(draft_of(self.path), self.path)
        self.tidy()

    def tidy(self) -> None:
        """What is left to do once it is the file. Raises OSError."""
        if self.backup == "same":
            replace_with_link(self.path, _backup_of(self.path))

    def finish(self) -> None:
        """`publish`, from wherever that was cut off. Raises OSError."""
        if self.is_written():
            self.publish()
        elif self.is_published():
            self.tidy()

    def discard(self) -> None:
        with suppress(OSError):
            draft_of(self.path).unlink(missing_ok=True)


Settle = Callable[[bool], None]
"""Is told whether a draft became the file."""


class Journal:
    """The writes of one folder. For use under the lock, but for `is_left`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL
        self._gathered: dict[Path, tuple[Draft, Settle]] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is put inside, each file once, becomes the files at the end: all of it or, if anything is
        raised, nothing.

        Raises OSError. When that comes after the journal was written, the change is made all the same, and
        the next who takes the lock has it done.
        """
        assert self._gathered is None
        gathered: dict[Path, tuple[Draft, Settle]] = {}
        self._gathered = gathered
        try:
            yield
            self._gathered = None
            self._publish([draft for draft, _ in gathered.values()])
        except BaseException:
            if not self.path.exists():
                for draft, _ in gathered.values():
                    draft.discard()
            for _, settle in gathered.values():
                settle(False)
            raise
        finally:
            self._gathered = None
        for _, settle in gathered.values():
            settle(True)

    def put(self, draft: Draft, settle: Settle) -> None:
        """Have a draft become the file: with all others of `together`, or else now. Raises OSError."""
        if self._gathered is not None:
            assert draft.path not in self._gathered, "a file is written once"
            self._gathered[draft.path] = draft, settle
            return
        with _settled(draft, settle):
            self._publish([draft])

    def keep_no_backup(self, path: Path) -> bool:
        """Have the backup of a file that is being written become the same as the file; False when it is not
        being written."""
        if self._gathered is None or path not in self._gathered:
            return False
        draft, settle = self._gathered[path]
        self._gathered[path] = replace(draft, backup="same"), settle
        return True

    def _publish(self, drafts: list[Draft]) -> None:
        several = len(drafts) > 1 or any(draft.backup == "same" for draft in drafts)
        if several:
            told = {str(n): _to_json(draft) for n, draft in enumerate(drafts, 1)}
            try:
                write_new(self.path, seal({_KIND: told}, _KIND, 1))
                sync_folder(self.path.parent)
            except BaseException:
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)
                raise
        for draft in drafts:
            draft.publish()
        if drafts:
            sync_folder(self.path.parent)
        if several:
            self.path.unlink()

    # -- after a kill ------------------------------------------------------------------------

    def is_left(self) -> bool:
        """Whether there is a journal: of somebody who is at work, or who was killed."""
        return self.path.exists()

    def finish(self) -> None:
        """Finish what a dead process began. Raises LibraryError `cannot_write`, LibraryTooNew."""
        if self._gathered is not None or not self.path.exists():
            return
        try:
            drafts = self._read()
            begun = any(draft.is_published() for draft in drafts)
            # A journal that the disk kept without all of its drafts was never acknowledged.
            go_on = begun or all(draft.is_written() for draft in drafts)
            for draft in drafts:
                draft.finish() if go_on else draft.discard()
            sync_folder(self.path.parent)
            self.path.unlink()
        except OSError as error:
            raise LibraryError("cannot_write", path=str(self.path), reason=error.strerror) from error

    def _read(self) -> list[Draft]:
        """The drafts of the journal; none of one that was cut off, and was never valid."""
        try:
            told = unseal(self.path.read_bytes(), _KIND).tables[_KIND]
        except Damage:
            return []
        except LibraryTooNew as error:
            raise LibraryTooNew(error.code, path=str(self.path), **error.fields) from None
        drafts = [_from_json(self.path.parent, one) for one in told.values()]
        return [draft for draft in drafts if draft is not None]

    def sweep(self) -> None:
        """Remove drafts that never became files. Raises OSError."""
        for path in self.path.parent.glob("*.tmp"):
            if NAME.fullmatch(path.name.removesuffix(".tmp")) or path.name.startswith("library.json"):
                path.unlink(missing_ok=True)


@contextmanager
def _settled(draft: Draft, settle: Settle) -> Iterator[None]:
    try:
        yield
    except BaseException:
        draft.discard()
        settle(False)
        raise
    settle(True)


def _backup_of(path: Path) -> Path:
    return path.with_name(path.name + ".bak")


def _seal_of(path: Path) -> str | None:
    try:
        return sealed_as(read_tail(path)[1])
    except FileNotFoundError:
        return None


def _to_json(draft: Draft) -> dict[str, Any]:
    return {"name": draft.path.name, "seal": draft.seal, "backup": draft.backup}


def _from_json(folder: Path, told: Mapping[str, Any]) -> Draft | None:
    """The draft that `_to_json` wrote, if it is of a file of ours."""
    name, backup = str(told["name"]), told["backup"]
    match = NAME.fullmatch(name)
    ours = name == "library.json" or (match is not None and not match[3])
    return Draft(folder / name, str(told["seal"]), backup) if ours and backup in get_args(Backup) else None
