"""The index of an open library follows its files.

When it falls behind (a kill between the two, another process, a full disk, someone deleted it) their
numbers tell, and it is brought up to date from them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TypeVar

from store.errors import LibraryError, LibraryLocked
from store.index import Index, IndexDamaged
from store.lock import Lock
from store.rulebook import Rulebook
from store.storage import Problem
from store.volumes import LIBRARY, Volumes

_GLANCE = 0.1  # seconds that `refresh` may wait for the lock: it is called from the screen's own thread
_INDEX_FAILS = (LibraryError, sqlite3.Error, OSError)
_INDEX_BROKEN = (IndexDamaged, sqlite3.Error, OSError)

Seqs = tuple[int, int]
T = TypeVar("T")


class Follower:
    """Keeps an index up with volumes and corrections. `lock` None: of a library opened read-only.

    `news` says that something was found that another process wrote. What is found wrong goes to `report`.
    """

    def __init__(
        self,
        volumes: Volumes,
        rulebook: Rulebook,
        index: Index,
        lock: Lock | None,
        report: Callable[[Problem], None],
    ) -> None:
        self.index = index
        self.news = False
        self._volumes = volumes
        self._rulebook = rulebook
        self._lock = lock
        self._report = report
        # Held by whoever brings the index up to date.
        self._turn: AbstractContextManager[object] = lock or threading.RLock()
        self._seen: dict[int, Seqs] = {}

    def ask(self, question: Callable[[Index], T]) -> T:
        """The answer of the index; of a new one, if this one turns out to be damaged."""
        try:
            return question(self.index)
        except IndexDamaged:
            self._renew_index()
            return question(self.index)

    @contextmanager
    def touching(self, number: int) -> Iterator[Callable[[Callable[[Index, Seqs], None]], None]]:
        """Write one volume and tell the index, which must know what came before. The volume is the truth:
        an index that can't follow is behind, and that shows in its numbers."""
        behind = True
        with suppress(*_INDEX_FAILS):
            self._heal(number)
            behind = False

        def tell(how: Callable[[Index, Seqs], None]) -> None:
            seqs = self._seen[number] = self._volumes.seqs(number)
            if not behind:
                with suppress(*_INDEX_FAILS):
                    how(self.index, seqs)

        yield tell

    def refresh(self) -> bool:
        """Look whether another process wrote, and follow. True if there is something new since the last
        look. Quick when there is nothing; while another process writes, the next look will tell."""
        try:
            seen = dict(self._seen)  # another thread may be writing
            if seen != self._volumes.all_seqs() or self.index.stale(seen):
                with self._lock.within(_GLANCE) if self._lock else self._turn:
                    self.catch_up()
        except LibraryLocked:
            return False
        except IndexDamaged:
            self._renew_index()
            self.news = True
        news, self.news = self.news, False
        return news

    def catch_up(self) -> None:
        try:
            self._follow()
        except IndexDamaged:
            self._renew_index()

    def _follow(self) -> None:
        """Bring the index up to date with every volume, taking the lock for one at a time."""
        seqs = self.index.seqs()
        present = self._volumes.all_seqs()
        if self.index.read_only and seqs != present:
            self.index.close()
            self.index = Index.open(None)
            seqs = {}
        for number in seqs.keys() - present.keys():
            self.index.drop_volume(number)
            if number in self._volumes.numbers("pages"):
                path = self._volumes.folder / f"articles-{number:04d}.json"
                self._report(Problem("missing", str(path)))
            self._seen.pop(number, None)
            self.news = True
        for number, now in present.items():
            if seqs.get(number) != now:
                with self._turn:
                    self._heal(number)
            else:
                self._saw(number, now)

    def _heal(self, number: int) -> None:
        """Bring the index up to date with one volume, or with the corrections."""
        self._rulebook.follow(self.index)
        have = self.index.seqs().get(number)
        if number != LIBRARY and have != self._volumes.seqs(number):
            # Read first: a damaged file gives way to its backup then, which has another number.
            articles = self._volumes.articles(number)
            seqs = self._volumes.seqs(number)
            if have is not None and have[0] == seqs[0]:
                self.index.set_states(number, seqs[1], {article.id: article.state for article in articles})
            elif seqs != (0, 0):
                self.index.replace_volume(number, *seqs, articles)
        self._saw(number, self._volumes.seqs(number))

    def _saw(self, number: int, seqs: tuple[int, int]) -> None:
        self.news |= self._seen.get(number, (0, 0)) != seqs
        self._seen[number] = seqs

    def _renew_index(self) -> None:
        """Begin a new index in the place of a damaged one, or else a temporary one."""
        with self._turn:
            try:
                self.index.reset()
                self._follow()
            except _INDEX_BROKEN:
                self.index.close()
                self.index = Index.open(None)
                self._follow()
