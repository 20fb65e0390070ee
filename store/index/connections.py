"""A connection to the index for each thread, and their end."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_BUSY_SECONDS = 5.0
_PATIENCE = 5.0  # seconds that `close` waits for other threads to end what they are asking


class Connection(sqlite3.Connection):
    """One that brings along what is kept in memory of its database: the same for all threads."""

    kept: dict[str, object]


@dataclass(slots=True, eq=False)
class _Held:
    """A thread's connection. `uses`: how deep the thread is in it now."""

    thread: threading.Thread
    connection: Connection
    uses: int = 0


class Connections:
    """Connections to one database file, in WAL mode unless it is only read. They can be used again after
    `close`."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._open: list[_Held] = []
        self._guard = threading.Condition()
        self._generation = 0
        self._kept: dict[str, object] = {}

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """Close the connections of all threads. What another thread is asking is waited for, five seconds at
        most: a connection that is closed under a running statement takes the process with it."""
        mine = threading.current_thread()
        with self._guard:
            self._generation += 1
            self._kept = {}
            old, self._open = self._open, []
            self._guard.wait_for(
                lambda: not any(held.uses for held in old if held.thread is not mine), _PATIENCE
            )
            _end(held for held in old if not held.uses or held.thread is mine)  # the rest end by themselves

    def get(self) -> Connection:
        """The connection of this thread. Raises sqlite3 errors."""
        return self._mine().connection

    @contextmanager
    def using(self) -> Iterator[Connection]:
        """The same, which no other thread closes meanwhile."""
        with self._guard:
            held = self._mine()
            held.uses += 1
        try:
            yield held.connection
        finally:
            with self._guard:
                held.uses -= 1
                if not held.uses:
                    if held not in self._open:  # closed meanwhile
                        _end([held])
                    self._guard.notify_all()

    def _mine(self) -> _Held:
        if getattr(self._local, "generation", None) != self._generation:
            held = _Held(threading.current_thread(), self._connect())
            with self._guard:
                _end(other for other in self._open if not other.thread.is_alive())
                self._open = [other for other in self._open if other.thread.is_alive()]
                self._open.append(held)
                self._local.generation = self._generation
            self._local.held = held
        held = self._local.held
        assert isinstance(held, _Held)
        return held

    def _connect(self) -> Connection:
        # close() ends every thread's connection, hence no check of threads.
        target = f"{self.path.absolute().as_uri()}?mode={'ro' if self.read_only else 'rwc'}"
        connection = self._opened(target)
        if self.read_only:
            try:
                connection.execute("SELECT 1 FROM sqlite_master")
            except sqlite3.OperationalError:
                # A folder that can't be written has no room for the shared memory that WAL needs.
                connection.close()
                connection = self._opened(target + "&immutable=1")
        else:
            connection.execute("PRAGMA page_size = 8192")  # rows of 1 KB: less room is left over
            _to_wal(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -4000")
        return connection

    def _opened(self, target: str) -> Connection:
        connection = sqlite3.connect(
            target,
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=Connection,
        )
        assert isinstance(connection, Connection)
        connection.kept = self._kept
        return connection


def _end(held: Iterable[_Held]) -> None:
    for each in held:
        with suppress(sqlite3.Error):
            each.connection.close()


def _to_wal(connection: sqlite3.Connection) -> None:
    """The one statement that doesn't wait for another connection by itself."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
