"""One writer at a time: an flock on `library.lock`, held for a single write.

The kernel lets go of it when its process dies, so there is nothing to clean up after a kill. The
file's text, "pid host time", serves the message for those who wait and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryError, LibraryLocked

PATIENCE = 5.0
"""Seconds a writer waits for another one before it gives up."""

_POLL = 0.01
_MESSAGE = 127  # bytes


class Lock:
    """A lock between processes and between threads; a thread may take it again while it holds it.

    `with lock:` raises LibraryLocked `locked` (fields `path`, `pid`, `host`, `since`) after `patience`
    seconds, LibraryError `cannot_lock` where the file system knows no locks. `at_first` is what whoever gets
    it does before all else; what that raises lets go of it again.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self.patience = patience
        self.at_first: Callable[[], None] = lambda: None
        self._threads = threading.RLock()
        self._depth = 0
        self._fd = -1

    def __enter__(self) -> Lock:
        self._enter(self.patience)
        return self

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """The same with a patience of its own."""
        self._enter(seconds)
        with ExitStack() as leaving:
            leaving.push(self.__exit__)
            yield

    def _enter(self, patience: float) -> None:
        if not self._threads.acquire(timeout=patience):
            raise self._locked()
        try:
            if self._depth == 0:
                self._fd = self._acquire(patience)
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        if self._depth == 1:
            try:
                self.at_first()
            except BaseException:
                self.__exit__()
                raise

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        try:
            if self._depth == 0:
                fd, self._fd = self._fd, -1
                # Closing alone would not do: a child forked meanwhile shares the lock until it ends.
                fcntl.flock(fd, fcntl.LOCK_UN)
                with suppress(OSError):
                    os.close(fd)
        finally:
            self._threads.release()

    def _acquire(self, patience: float) -> int:
        until = time.monotonic() + patience
        while True:
            try:
                fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise LibraryError("cannot_lock", path=str(self.path), reason=error.strerror) from error
            try:
                if self._take(fd, until):
                    return fd
            except BaseException:
                os.close(fd)
                raise
            os.close(fd)

    def _take(self, fd: int, until: float) -> bool:
        """Lock an open file; False when it is no longer the one at our path (someone deleted it)."""
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise self._locked() from None
                time.sleep(_POLL)
            except OSError as error:
                raise LibraryError("cannot_lock", path=str(self.path), reason=error.strerror) from error
        try:
            if not os.path.samestat(os.fstat(fd), os.stat(self.path)):
                return False
        except FileNotFoundError:
            return False
        with suppress(OSError):  # a full disk takes no message; the lock itself needs no space
            message = f"{os.getpid()} {os.uname().nodename[:64]} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            # Of one length, so that it covers the last one: truncating a file takes as long as a write.
            os.pwrite(fd, f"{message:<{_MESSAGE}}\n".encode(), 0)
        return True

    def _locked(self) -> LibraryLocked:
        words: list[str] = []
        with suppress(OSError):
            words = self.path.read_text("utf-8", "replace").split()
        pid, host, since = [*words, "", "", ""][:3]
        return LibraryLocked(
            "locked", path=str(self.path), pid=int(pid) if pid.isdecimal() else None, host=host, since=since
        )
