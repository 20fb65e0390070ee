"""One TinyDB file that survives kills, full disks and torn writes.

Written: draft, fsync, the current file becomes the backup, rename, fsync of the folder. Read: the file;
if it is damaged its backup, and the damaged one is set aside under a name of its own, never deleted.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.disk import replace_with_link, set_aside, sync_folder
from store.errors import LibraryError, LibraryReadOnly, LibraryTooNew
from store.journal import Backup, Draft, Journal
from store.lock import Lock
from store.sealing import META, Check, Content, Damage, Tables, seal, unseal
from store.tails import Stamp, later_format, read_tail, read_whole, sealed_seq

DAMAGED = -1
"""The `seq` of a file that is damaged together with its backup, or that can't be read."""

_BARRED = frozenset({errno.EACCES, errno.EPERM, errno.EIO})
"""What keeps a single file from being read, for as long as nobody mends it."""

_SETTLES = 1.0  # seconds: a damaged file younger than this may still be in the making


@dataclass(frozen=True)
class Problem:
    """Something wrong with a library that does not keep it from opening. `code` is worded above."""

    code: str
    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)


class _Barred(LibraryError):
    """The file can't be read, though it is there."""


class Held(NamedTuple):
    """What is known of a file: its content (tables None: not parsed), and of which version that is.
    `spoilt`: the content is the backup's, and the file itself still stands there damaged. `barred`: why the
    file, which may be sound, can't be read; the content is the backup's."""

    tables: Tables | None
    seq: int
    last: int
    stamp: Stamp | None
    spoilt: bool = False
    barred: str = ""


class SealedStorage(Storage):
    """The TinyDB storage of one sealed file and its backup, `<name>.bak`.

    `kind` names the table that makes the file what it is; `check` judges documents that stock TinyDB
    wrote; `lock` None means that nothing may be written. What was found wrong goes to `report`. What is
    written while the `journal` gathers becomes the file with all the rest (see `Journal.together`).
    `read` gives a top level of its own, its tables are shared and must not be changed.
    """

    def __init__(
        self,
        path: Path,
        kind: str,
        *,
        lock: Lock | None,
        check: Check | None = None,
        report: Callable[[Problem], None] = lambda problem: None,
        journal: Journal | None = None,
    ) -> None:
        self.path = path
        self.kind = kind
        self.lock = lock
        self.journal = journal
        self.backup = path.with_name(path.name + ".bak")
        self._check = check
        self._report = report
        self._held: Held | None = None  # replaced as a whole: threads read while another one writes
        self._coming: Content | None = None  # what is written, and not the file yet

    # -- reading -----------------------------------------------------------------------------

    def read(self) -> Tables | None:
        """The tables as the file has them now; None when it does not exist yet."""
        held = self._current()
        return dict(held.tables or {}) if held.tables or held.seq else None

    def seq(self) -> int:
        """The number of the last write: 0 without a file, negative for what stock TinyDB wrote."""
        held = self._held
        if held is not None and not held.barred and self._look() == held.stamp:
            return held.seq
        with suppress(_Barred):
            tail = self._read_tail()
            if tail is not None and (seq := sealed_seq(tail[1])) is not None:
                self._held = Held(None, seq, seq, tail[0])
                return seq
        return self._load().seq

    def later_format(self) -> int | None:
        """The format of a file that a newer bandoc wrote, from its last bytes alone."""
        with suppress(_Barred):
            if (tail := self._read_tail()) is None:
                return None
            later = later_format(tail[1])
            if later is None and self._held is None and (seq := sealed_seq(tail[1])) is not None:
                self._held = Held(None, seq, seq, tail[0])  # `seq` need not read it again
            return later
        return None

    @property
    def damaged(self) -> bool:
        """Whether the file and its backup are damaged. Only sure after a `read`."""
        return self._held is not None and self._held.seq == DAMAGED and not self._held.barred

    @property
    def barred(self) -> bool:
        """Whether the file can't be read, for its permissions or a bad disk; its backup is shown, and nothing
        is written. Only sure after a `read`."""
        return self._held is not None and bool(self._held.barred)

    @property
    def why_barred(self) -> str:
        """Why the file can't be read; "" if it can."""
        return self._held.barred if self._held is not None else ""

    def size(self) -> int:
        """Bytes of the file."""
        stamp = self._look()
        return stamp.size if stamp else 0

    def release(self) -> None:
        """Forget the parsed tables, to save memory."""
        if (held := self._held) is not None:
            self._held = held._replace(tables=None)
        if (coming := self._coming) is not None:
            self._coming = coming._replace(tables={})

    def forget(self) -> None:
        """Forget everything: what is in memory may not be what is on the disk."""
        self._held = None

    def confirm(self) -> None:
        """Forget what another process rewrote, even where the clock of the file system is too coarse
        to tell. For use under the lock."""
        with suppress(_Barred):
            tail = self._read_tail()
            if self._held is not None and tail is not None and sealed_seq(tail[1]) == self._held.seq:
                return
        self.forget()

    def verify(self) -> Damage | None:
        """Read every byte of the file again; what is wrong with it."""
        return self._verified(self.path, Damage("missing") if self.backup.exists() else None)

    def verify_backup(self) -> Damage | None:
        """The same of the backup; None also when there is none."""
        return self._verified(self.backup, None)

    def _verified(self, path: Path, missing: Damage | None) -> Damage | None:
        try:
            unseal(path.read_bytes(), self.kind, self._check)
        except FileNotFoundError:
            return missing
        except Damage as damage:
            return damage
        except OSError as error:
            return Damage(error.strerror)
        return None

    def _look(self) -> Stamp | None:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return Stamp.of(found)

    def _read_tail(self) -> tuple[Stamp, bytes] | None:
        return self._told(read_tail)

    def _read_whole(self) -> tuple[Stamp, bytes] | None:
        return self._told(read_whole)

    def _told(self, read: Callable[[Path], tuple[Stamp, bytes]]) -> tuple[Stamp, bytes] | None:
        try:
            return read(self.path)
        except FileNotFoundError:
            return None
        except OSError as error:
            kind = _Barred if error.errno in _BARRED else LibraryError
            raise kind("cannot_read", path=str(self.path), reason=error.strerror) from error

    def _current(self) -> Held:
        held = self._held
        if held is None or held.tables is None or held.barred or self._look() != held.stamp:
            held = self._load()
        return held

    def _load(self) -> Held:
        try:
            whole = self._read_whole()
        except _Barred as error:
            return self._show_backup(error.fields["reason"])
        if whole is None and not self.backup.exists():
            return self._keep(Content({}, 0, 0), None)
        try:
            return self._take(whole)
        except Damage as damage:
            return self._restore(str(damage), whole and whole[0])

    def _take(self, whole: tuple[Stamp, bytes] | None) -> Held:
        if whole is None:
            raise Damage("missing")
        content = self._unseal(self.path, whole[1])
        if content.seq < 0:
            self._report(Problem("changed_outside", str(self.path)))
        return self._keep(content, whole[0])

    def _unseal(self, path: Path, data: bytes) -> Content:
        try:
            return unseal(data, self.kind, self._check)
        except LibraryTooNew as error:
            raise LibraryTooNew(error.code, path=str(path), **error.fields) from None

    def _keep(self, content: Content, stamp: Stamp | None, *, spoilt: bool = False) -> Held:
        self._held = held = Held(*content, stamp, spoilt)
        return held

    def _show_backup(self, reason: str) -> Held:
        """The backup in the place of a file that can't be read: it may be sound, so it is left alone."""
        stamp, held = self._look(), self._held
        if held is not None and held.barred and held.tables is not None and held.stamp == stamp:
            return held
        tables: Tables = {}
        with suppress(Damage, OSError):
            tables = self._unseal(self.backup, self.backup.read_bytes()).tables
        self._report(Problem("barred", str(self.path), {"reason": reason}))
        self._held = held = Held(tables, DAMAGED, 0, stamp, barred=reason)
        return held

    def _restore(self, reason: str, stamp: Stamp | None) -> Held:
        """Take the backup; set the damaged file aside if the folder can be written."""
        fields: dict[str, Any] = {"backup": str(self.backup), "reason": reason}
        try:
            backup = self._unseal(self.backup, self.backup.read_bytes())
        except (Damage, OSError) as worse:
            fields["backup_reason"] = "missing" if isinstance(worse, FileNotFoundError) else str(worse)
            self._report(Problem("damaged", str(self.path), fields))
            return self._keep(Content({}, DAMAGED, 0), stamp)
        # The file lost was one write after its backup: skip its number, which an index may know.
        content = Content(backup.tables, backup.last + 2, backup.last + 2)
        spoilt = True
        if self.lock is not None:
            try:
                with self.lock:
                    whole = self._settled()
                    try:
                        return self._take(whole)  # another process was quicker, or the file is whole now
                    except Damage:
                        fields["aside"] = set_aside(self.path)
                        data = seal(content.tables, self.kind, content.seq)
                        Draft.write(self.path, data, "leave").publish()
                        sync_folder(self.path.parent)
                        stamp, spoilt = self._look(), False
            except (LibraryError, OSError):
                pass  # the backup serves all the same; the next write sets the damaged file aside
        self._report(Problem("restored", str(self.path), fields))
        return self._keep(content, stamp, spoilt=spoilt)

    def _settled(self) -> tuple[Stamp, bytes] | None:
        """The whole file, once nobody has touched it for a moment: stock TinyDB writes in place."""
        whole = self._read_whole()
        for _ in range(20):
            if whole is None or not 0 <= time.time() - whole[0].mtime / 1e9 < _SETTLES:
                break
            time.sleep(0.05)
            before, whole = whole, self._read_whole()
            if whole == before:
                break
        return whole

    def give_up(self) -> tuple[str, ...]:
        """Set aside a file that is damaged together with its backup, both under names of their own: the next
        write begins anew. Gives these names; none when one of the two is sound, or neither is there.

        Raises LibraryReadOnly, or LibraryError `cannot_write`.
        """
        if self.lock is None:
            raise LibraryReadOnly("read_only", path=str(self.path))
        with self.lock:
            self.forget()
            self.read()
            if not self.damaged:
                return ()
            try:
                names = [name for path in (self.path, self.backup) if (name := set_aside(path))]
                for path in (self.path, self.backup):
                    path.unlink(missing_ok=True)  # it has its other name now
                sync_folder(self.path.parent)
            except OSError as error:
                raise LibraryError("cannot_write", path=str(self.path), reason=error.strerror) from error
            finally:
                self.forget()
            return tuple(names)

    # -- writing -----------------------------------------------------------------------------

    def write(self, data: Mapping[str, Any]) -> None:
        """Write the tables; when this returns they are on the disk.

        Raises LibraryReadOnly, or LibraryError `cannot_write`. Then the file is as it was or, if only the
        last step failed, complete and new, and what was in memory is forgotten.
        """
        if self.lock is None:
            raise LibraryReadOnly("read_only", path=str(self.path))
        with self.lock:
            try:
                held = self._current()
                if held.barred:
                    raise LibraryReadOnly("barred", path=str(self.path), reason=held.barred)
                if held.seq == DAMAGED:
                    raise LibraryReadOnly("damaged", path=str(self.path), backup=str(self.backup))
                tables = {name: table for name, table in data.items() if name != META}
                content = Content(tables, held.last + 1, held.last + 1)
                if held.spoilt:
                    set_aside(self.path)
                self._put(content, "leave" if held.spoilt else "before")
            except OSError as error:
                self.forget()
                raise LibraryError("cannot_write", path=str(self.path), reason=error.strerror) from error
            except BaseException:
                self.forget()
                raise

    def overwrite_backup(self) -> None:
        """Make the backup the same as the file: for what must not stay behind in it."""
        if not (self.journal and self.journal.keep_no_backup(self.path)):
            replace_with_link(self.path, self.backup)
            sync_folder(self.path.parent)

    def _put(self, content: Content, backup: Backup) -> None:
        journal = self.journal or Journal(self.path.parent)
        self._coming = content
        data = seal(content.tables, self.kind, content.seq)
        journal.put(Draft.write(self.path, data, backup), self._settle)

    def _settle(self, done: bool) -> None:
        """Keep what was written; or forget it, where that failed."""
        content, self._coming = self._coming, None
        if done and content is not None:
            self._held = Held(content.tables or None, content.seq, content.last, self._look())
        else:
            self.forget()


class SealedTable(Table):
    """A table of a sealed file: each change is one read, one write, under the lock."""

    def put(self, documents: Mapping[int, Mapping[str, Any]], drop: Iterable[int] = ()) -> None:
        """Set some documents whole and take others out, in one write."""

        def update(table: dict[int, Mapping[str, Any]]) -> None:
            for doc_id in drop:
                table.pop(doc_id, None)
            table.update(documents)

        self._update_table(update)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        storage = cast(SealedStorage, self.storage)
        with storage.lock or nullcontext():
            try:
                storage.confirm()
                super()._update_table(updater)
            except BaseException:
                storage.forget()  # TinyDB changes documents in place
                raise


class SealedDB(TinyDB):
    """A TinyDB database in a sealed file; takes what `SealedStorage` takes."""

    table_class = SealedTable
    default_storage_class = SealedStorage  # type: ignore[assignment]
