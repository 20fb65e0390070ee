"""Articles taken out for good: text, page, state, corrections, and the backups that hold them.

What is to go is written down first, in `purge.json`; then it goes, a few volumes at a time, so that nobody
waits long for the lock. When that is cut off by a kill, the next to open the library or to write in it does
the rest: articles that nobody can bring back are not left half of what was meant.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from store.changes import UNWATCHED, Watch
from store.disk import sync_folder, write_new
from store.errors import LibraryError, LibraryLocked
from store.following import Follower
from store.lock import Lock
from store.rulebook import Rulebook
from store.sealing import Damage, seal, unseal
from store.tails import LIBRARY, PURGE
from store.volumes import Volumes

_KIND = "purge"
_STEP = 1.0  # seconds that the lock is held, but for the last volume's
_BREATH = 0.02  # seconds between two steps, so that others who wait get their turn


class Purge:
    """What is being purged in a library. `left` is cheap to ask."""

    def __init__(self, volumes: Volumes, follower: Follower, rulebook: Rulebook, lock: Lock) -> None:
        self.path = volumes.folder / PURGE
        self._at_work = Lock(volumes.folder / "purge.lock")  # held by who is about it, from step to step
        self._volumes = volumes
        self._follower = follower
        self._rulebook = rulebook
        self._lock = lock

    def begin(self, volumes: Mapping[int, Sequence[str]], watch: Watch) -> int:
        """Purge articles, whose whole ids come by volume. Gives how many; fewer when `watch` has it stopped.
        Raises LibraryError; what was to be purged after that stays."""
        with self._at_work:
            try:
                told = {str(number): {"ids": ids} for number, ids in volumes.items()}
                try:
                    write_new(self.path, seal({_KIND: told}, _KIND, 1))
                    sync_folder(self.path.parent)
                except OSError as error:
                    raise LibraryError("cannot_write", path=str(self.path), reason=error.strerror) from error
                return self._go_on(volumes, watch)
            finally:
                self._done()

    def left(self) -> bool:
        """Whether somebody is at work, or was killed over it."""
        return self.path.exists()

    def finish(self) -> None:
        """Do what a dead process left to do. Raises LibraryError when that can't be done now."""
        with suppress(LibraryLocked), self._at_work.within(0):
            try:
                tables = unseal(self.path.read_bytes(), _KIND).tables
            except FileNotFoundError:
                return
            except Damage:  # cut off before anything was purged
                tables = {_KIND: {}}
            except OSError as error:
                raise LibraryError("cannot_read", path=str(self.path), reason=error.strerror) from error
            self._go_on({int(number): told["ids"] for number, told in tables[_KIND].items()}, UNWATCHED)
            self._done()

    def _done(self) -> None:
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
            self._at_work.path.unlink(missing_ok=True)

    def _go_on(self, volumes: Mapping[int, Sequence[str]], watch: Watch) -> int:
        total, count = sum(map(len, volumes.values())), 0
        gone = set[str]()
        rest = list(volumes.items())
        while rest and not watch.stopped():
            with self._lock:
                until = time.monotonic() + _STEP
                while rest and time.monotonic() < until and not (gone and watch.stopped()):
                    number, ids = rest.pop(0)
                    self._purge(number, ids)
                    gone.update(ids)
                    count += len(ids)
                    watch.progress(count, total)
            time.sleep(_BREATH if rest else 0)
        self._forget_corrections(gone)
        return count

    def _purge(self, number: int, ids: Sequence[str]) -> None:
        touched = self._follower.touching(number)
        with self._volumes.together():
            self._volumes.drop(number, ids)
        touched.articles(number, drop=ids)

    def _forget_corrections(self, gone: set[str]) -> None:
        with self._lock:
            done = self._rulebook.revise((), [r for r in self._rulebook.rules.all if r.article in gone])
            if done:
                touched = self._follower.touching(LIBRARY)
                with self._volumes.together():
                    self._rulebook.write(done)
                    self._volumes.overwrite_library_backup()
                touched.library()
