"""The index of an open library follows its files.

When it falls behind (a kill between the two, another process, a full disk, someone deleted it) their
numbers tell, and it is brought up to date from them: a part of a volume at a time, so that a key press need
not wait long, and what was done stays when it is cut off.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import TypeVar

from store.article import Article, State
from store.errors import LibraryError, LibraryLocked
from store.index.index import PARTLY, Index, IndexDamaged
from store.lock import Lock
from store.rulebook import Rulebook
from store.storage import Problem
from store.tails import LIBRARY
from store.volumes import VOLUME, Volumes

_GLANCE = 0.1  # seconds that `refresh` may wait for the lock: it is called from the screen's own thread
_PART = 100  # articles indexed at a time: some tenths of a second that a key press may wait
_BREATH = 0.01  # seconds between two parts, so that others who wait get their turn
_LITTLE = 300_000  # bytes of articles that are indexed in a second, while someone waits
_SIZE = 3000  # bytes of an article, about
_INDEX_FAILS = (LibraryError, sqlite3.Error, OSError)
_INDEX_BROKEN = (IndexDamaged, sqlite3.Error, OSError)

Seqs = tuple[int, int]
T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Is told how many articles are done, of about how many."""


class Follower:
    """Keeps an index up with volumes and corrections. `lock` None: of a library opened read-only.

    `news` says that something was found that another process wrote. What is found wrong goes to `report`.
    With `put_off` an index that is much behind, or damaged, stays so until `catch_up` is called.
    """

    put_off = False

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
        self._correcting = False  # whether a thread of this process has the index reflect corrections

    def begin(self, catch_up: Progress | bool) -> None:
        """What is to be done when a library is opened; nothing of it is news."""
        self.put_off = catch_up is False
        with suppress(LibraryLocked):  # someone writes: `refresh` gets what is missing, and tells
            if not self._puts_off():
                self.catch_up(None if isinstance(catch_up, bool) else catch_up)
                self.news = False

    def ask(self, question: Callable[[Index], T]) -> T:
        """The answer of the index; of a new one, if this one turns out to be damaged."""
        try:
            return question(self.index)
        except IndexDamaged:
            self._renew_index()
            return question(self.index)

    def touching(self, *numbers: int) -> Touched:
        """For who is about to write volumes: the index must know what came before. The volumes are the truth:
        an index that can't follow is behind, and that shows in its numbers."""
        ready = set[int]()
        with suppress(*_INDEX_FAILS):
            for number in numbers:
                self._heal(number)
                ready.add(number)
        return Touched(self, ready)

    def tell(self, number: int, how: Callable[[Index, Seqs], None] | None) -> None:
        """Note that a volume was written, and tell the index if that can follow."""
        seqs = self._seen[number] = self._volumes.seqs(number)
        if how is not None:
            with suppress(*_INDEX_FAILS):
                how(self.index, seqs)

    def tell_rules(self, index: Index, _: Seqs) -> None:
        self._rulebook.follow(index)

    def refresh(self) -> bool:
        """Look whether another process wrote, and follow. True if there is something new since the last
        look. Quick when there is nothing; while another process writes, the next look will tell."""
        try:
            seen = dict(self._seen)  # another thread may be writing
            left = (
                self._volumes.journal.is_left()
            )  # by a process that was killed, if it still is under the lock
            if (left or seen != self._volumes.all_seqs() or self.index.stale(seen)) and not self._puts_off():
                with self._lock.within(_GLANCE) if self._lock else self._turn:
                    self.catch_up()
        except LibraryLocked:
            return False
        except IndexDamaged:
            self._renew_index()
            self.news = True
        news, self.news = self.news, False
        return news

    def behind(self) -> bool:
        """Whether more is to be indexed than one would wait for. What somebody is about to index who
        just wrote it doesn't count."""
        if self._correcting or not self._much_is_stale():
            return False
        try:
            with self._lock.within(_GLANCE) if self._lock else self._turn:
                return self._much_is_stale()
        except LibraryLocked:
            return False

    def _much_is_stale(self) -> bool:
        present = self._volumes.all_seqs()
        seqs = self.ask(lambda index: index.seqs())
        if self.index.read_only and seqs != present:
            seqs = {}
        stale = (number for number, now in present.items() if seqs.get(number, (0, 0))[0] != now[0])
        due = self.ask(lambda index: index.due(0))[1]
        return sum(map(self._volumes.size, stale)) + _SIZE * due > _LITTLE

    def _puts_off(self) -> bool:
        return self.put_off and self._much_is_stale()

    def catch_up(self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        """Bring the index up to date with every volume. Once `cancelled`, what was done stays."""
        try:
            self._follow(progress or (lambda *_: None), cancelled or (lambda: False))
        except IndexDamaged:
            self._renew_index()

    def _follow(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
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
        stale = [number for number, now in present.items() if seqs.get(number) != now]
        if LIBRARY in stale:
            self._correct(progress, cancelled)
        for number in present.keys() - set(stale):
            self._saw(number, present[number])
        for place, number in enumerate(stale):
            before, total = VOLUME * (len(present) - len(stale) + place - 1), VOLUME * (len(present) - 1)
            for done in self._healing(number):
                if cancelled():
                    return
                progress(max(0, before) + done, total)
                time.sleep(_BREATH)

    def correct(self, progress: Progress) -> None:
        """Have the index reflect corrections that concern many articles, some at a time, so that others get
        the lock in between. What is not done (another one writes for long) is made up for later."""
        self._correcting = True
        try:
            with suppress(*_INDEX_FAILS):
                self._correct(progress, lambda: False)
        finally:
            self._correcting = False

    def _correct(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        with self._turn:
            self._rulebook.follow(self.index)
            total = left = self.index.due(0)[1]
        while left and not cancelled():
            with self._turn:
                left = self._rulebook.go_on(self.index)
            total = max(total, left)
            progress(total - left, total)
            time.sleep(_BREATH)

    def _heal(self, number: int) -> None:
        """Bring the index up to date with one volume, or with the corrections."""
        for _ in self._healing(number):
            pass

    def _healing(self, number: int) -> Iterator[int]:
        """The same in parts; gives how many articles are done, and others the lock."""
        with self._turn:
            self._rulebook.follow(self.index)
            have = self.index.seqs().get(number)
            if number == LIBRARY or have == self._volumes.seqs(number):
                return self._saw(number, self._volumes.seqs(number))
            # Read first: a damaged file gives way to its backup then, which has another number.
            articles = self._volumes.articles(number)
            seqs = self._volumes.seqs(number)
            if have is not None and have[0] == seqs[0]:
                self.index.set_states(number, seqs[1], {article.id: article.state for article in articles})
                return self._saw(number, seqs)
        for start in range(0, len(articles), _PART):
            with self._turn:
                if self._volumes.seqs(number) != seqs:
                    return None  # another one wrote: the next look will tell
                if self.index.seqs().get(number) == seqs:
                    break  # or brought it up to date
                self.index.add(number, *PARTLY, articles[start : start + _PART])
            yield start + _PART
        with self._turn:
            if self._volumes.seqs(number) == seqs != (0, 0):
                self.index.complete(number, *seqs, {article.id for article in articles})
            self._saw(number, self._volumes.seqs(number))

    def _saw(self, number: int, seqs: Seqs) -> None:
        self.news |= self._seen.get(number, (0, 0)) != seqs
        self._seen[number] = seqs

    def _renew_index(self) -> None:
        """Begin a new index in the place of a damaged one, or else a temporary one."""
        with self._turn:
            try:
                self.index.reset()
                self._refill()
            except _INDEX_BROKEN:
                self.index.close()
                self.index = Index.open(None)
                self._refill()

    def _refill(self) -> None:
        if not self._puts_off():
            self._follow(lambda *_: None, lambda: False)


def _set_states(number: int, states: Mapping[str, State], index: Index, seqs: Seqs) -> None:
    index.set_states(number, seqs[1], states)


class Touched:
    """Tells the index what was written; of the volumes that it was not `ready` for it learns later."""

    def __init__(self, follower: Follower, ready: Collection[int]) -> None:
        self._follower = follower
        self._ready = ready

    def _tell(self, number: int, how: Callable[[Index, Seqs], None]) -> None:
        self._follower.tell(number, how if number in self._ready else None)

    def library(self) -> None:
        """library.json, with its corrections."""
        self._tell(LIBRARY, self._follower.tell_rules)

    def states(self, by_volume: Mapping[int, Mapping[str, State]]) -> None:
        """Reading states, by volume."""
        for number, states in by_volume.items():
            self._tell(number, partial(_set_states, number, states))

    def articles(self, number: int, put: Iterable[Article] = (), drop: Iterable[str] = ()) -> None:
        """Articles of a volume, new or not, and the ids of those that are no more."""

        def how(index: Index, seqs: Seqs) -> None:
            if drop:
                index.drop(drop)
            index.add(number, *seqs, put)

        self._tell(number, how)
