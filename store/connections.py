"""A connection to the index for each thread, and their end."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_BUSY_SECONDS = 5.0


class Connections:
    """Connections to one database file, in WAL mode unless it is only read. They can be used again after
    `close`."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        self._generation = 0

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            self._generation += 1
            self._let_go(lambda _: True)

    def get(self) -> sqlite3.Connection:
        """The connection of this thread. Raises sqlite3 errors."""
        if getattr(self._local, "generation", None) != self._generation:
            connection = self._connect()
            with self._guard:
                self._let_go(lambda thread: not thread.is_alive())
                self._open.append((threading.current_thread(), connection))
                self._local.generation = self._generation
            self._local.connection = connection
        connection = self._local.connection
        assert isinstance(connection, sqlite3.Connection)
        return connection

    def _let_go(self, which: Callable[[threading.Thread], bool]) -> None:
        """Close the connections of some threads; the guard is held."""
        for thread, connection in self._open:
            if which(thread):
                with suppress(sqlite3.Error):
                    connection.close()
        self._open = [(thread, kept) for thread, kept in self._open if not which(thread)]

    def _connect(self) -> sqlite3.Connection:
        # close() ends every thread's connection, hence no check of threads.
        target = f"{self.path.absolute().as_uri()}?mode={'ro' if self.read_only else 'rwc'}"
        connection = sqlite3.connect(
            target, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        if self.read_only:
            try:
                connection.execute("SELECT 1 FROM sqlite_master")
            except sqlite3.OperationalError:
                # A folder that can't be written has no room for the shared memory that WAL needs.
                connection.close()
                connection = sqlite3.connect(
                    target + "&immutable=1", uri=True, isolation_level=None, check_same_thread=False
                )
        else:
            connection.execute("PRAGMA page_size = 8192")  # rows of 1 KB: less room is left over
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -4000")
        return connection
