"""The index as it is asked: lists, counts, facets, by a connection of its own for each thread.

Nothing is imported here that only writing needs: `bandoc list` opens an index and nothing else.

Each thread has its own connection, in WAL mode: a selection in a worker thread sees one moment of
the index while another thread writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from store.errors import LibraryError
from store.index.connections import Connections
from store.index.first import first
from store.index.groups import Groups, lined_up
from store.index.row import Row, read_rows
from store.index.rows import Counts, Facet, FacetOrder, Grouping, Rows, Twins
from store.index.schema import create, is_ours, is_worn
from store.index.selection import numbers, size
from store.index.stories import Stories, told_again
from store.query import Query

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from store.article import EntityType
    from store.index.entities import Company, Naming
    from store.index.facets import Facets

_STEPS = 2000  # of SQLite's virtual machine between two looks at `cancelled`: some tenths of a millisecond

T = TypeVar("T")


class Cancelled(Exception):
    """A selection was given up because its `cancelled` said so."""


class IndexDamaged(LibraryError):
    """The index can't be read or written; `reset` it and fill it again. Field `path`."""


class Answers:
    """An open index that is asked. All methods may be called from any thread."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._folder = None if path else _temporary_folder()
        self.path = path or Path(self._folder.name if self._folder else "") / "index.sqlite"
        self.read_only = read_only
        self._stories = Stories()
        self._groups = Groups()
        self._facets: Facets | None = None
        self._connections = Connections(self.path, read_only=read_only)

    @classmethod
    def open(cls, path: Path | None, *, read_only: bool = False) -> Self:
        """The index at `path`, or a temporary one for None.

        Never raises: a damaged, half-written or foreign file, or one of another format, is begun anew
        (`seqs()` is then empty); where that can't be written, the index is a temporary one.
        """
        if path is not None:
            index = cls(path, read_only=read_only)
            for attempt in (index.check, index.reset):
                try:
                    attempt()
                    return index
                except (sqlite3.Error, OSError, LibraryError) as error:
                    if read_only or _is_busy(error):  # another process is at work in it: leave it be
                        break
            index.close()
        index = cls(None)
        create(index._connections.get())
        return index

    @property
    def temporary(self) -> bool:
        return self._folder is not None

    def close(self) -> None:
        """Close every thread's connection. The index can be used again; a temporary one is gone."""
        self._connections.close()
        if self._folder:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reset(self) -> None:
        """Begin anew, with nothing in it. Raises OSError or sqlite3 errors if that can't be written."""
        self._connections.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        self.path.touch(mode=0o600)
        self._stories = Stories()
        self._groups = Groups()
        self._facets = None
        create(self._connections.get())

    def check(self) -> None:
        """Raise unless the file is a sound index of this format; where there is no file, make one."""
        if not self.read_only and not self.path.exists():
            self.path.touch(mode=0o600)
        if self.path.stat().st_size and self._is_short():
            raise IndexDamaged("index_damaged", path=str(self.path))
        connection = self._connections.get()
        if not self.read_only and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            create(connection)
        if not is_ours(connection) or (not self.read_only and is_worn(connection)):
            raise IndexDamaged("index_damaged", path=str(self.path))

    def _is_short(self) -> bool:
        """Whether the file ends before its last page, which SQLite notices only when it reads there."""
        wal = Path(f"{self.path}-wal")
        if wal.exists() and wal.stat().st_size:
            return False  # the last pages may still be in the log
        with self.path.open("rb") as file:
            head = file.read(100)
            size = file.seek(0, 2)
        page_size = int.from_bytes(head[16:18], "big")
        pages = int.from_bytes(head[28:32], "big")
        return size < max(1, pages) * (65536 if page_size == 1 else page_size)

    # -- transactions ------------------------------------------------------------------------------

    @contextmanager
    def _reading(self, cancelled: Callable[[], bool] | None = None) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN") as connection:
            if cancelled is not None:
                if cancelled():
                    raise Cancelled
                connection.set_progress_handler(cancelled, _STEPS)
            try:
                yield connection
            except sqlite3.OperationalError as error:
                if str(error) == "interrupted":
                    raise Cancelled from None
                raise
            finally:
                connection.set_progress_handler(None, 0)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            with self._connections.using() as connection:
                connection.execute(begin)
                try:
                    yield connection
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if _is_busy(error):
                raise LibraryError("index_busy", path=str(self.path)) from error
            raise IndexDamaged("index_damaged", path=str(self.path), reason=str(error)) from error

    # -- reading -----------------------------------------------------------------------------------

    def seqs(self) -> dict[int, tuple[int, int]]:
        """For each volume the sequence numbers of its articles and its states that are reflected here."""
        with self._reading() as connection:
            return {number: (a, s) for number, a, s in connection.execute("SELECT * FROM volumes")}

    def stale(self, volumes: Mapping[int, tuple[int, int]]) -> list[int]:
        """The volumes, of those there are with their numbers, that this index does not reflect."""
        have = self.seqs()
        return sorted(number for number, seqs in volumes.items() if have.get(number) != seqs)

    def ids(self, prefix: str = "") -> list[str]:
        """The ids that begin so, in their order."""
        if prefix.strip("0123456789abcdef"):
            return []
        with self._reading() as connection:
            sql = "SELECT id FROM articles WHERE id >= ? AND id < ? ORDER BY id"
            return [article_id for (article_id,) in connection.execute(sql, [prefix, prefix + "g"])]

    def volume_of(self, article_id: str) -> int | None:
        """The number of the volume that holds an article."""
        with self._reading() as connection:
            found = connection.execute("SELECT volume FROM articles WHERE id = ?", [article_id]).fetchone()
            return int(found[0]) if found else None

    def volumes_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Of these whole ids those that are known, each with the number of its volume."""
        with self._reading() as connection:
            sql = "SELECT id, volume FROM articles WHERE id IN (SELECT value FROM json_each(?))"
            return dict(connection.execute(sql, [json.dumps(ids)]).fetchall())

    def counts(self) -> Counts:
        with self._reading() as connection:
            sql = """SELECT total(NOT removed), total(NOT removed AND NOT read),
                            total(NOT removed AND starred), total(removed) FROM articles"""
            return Counts(*map(int, connection.execute(sql).fetchone()))

    def select(
        self,
        query: Query,
        cancelled: Callable[[], bool] | None = None,
        unfolded: Collection[str] | None = None,
        grouping: Grouping | None = None,
    ) -> Rows:
        """The articles that answer, in the query's order; with `grouping` in groups, inside which it holds.

        With `unfolded` a story takes one line, but for the stories of the articles with these ids.

        `cancelled` is asked about every millisecond; when it says yes, Cancelled is raised.
        """
        with self._reading(cancelled) as connection:
            found, total = numbers(connection, query), size(connection)
            apart = False
            if not found and query.apart is not None:
                found = numbers(connection, query.apart)
                apart = bool(found)
            kept = self._stories, self._groups
            lines = lined_up(connection, query, found, kept, unfolded=unfolded, grouping=grouping)
        asked = query.apart if apart and query.apart else query
        found, folding, groups = lines
        read = self._rows, self._ids, self._number
        return Rows(asked, found, *read, total=total, apart=apart, folding=folding, groups=groups)

    def first(self, query: Query, most: int) -> Rows:
        """The same, but at most so many, the first of them; `total` is not counted."""
        with self._reading() as connection:
            found = first(connection, query, most)
            if apart := not found and query.apart is not None:
                query = query.apart or query
                found = first(connection, query, most)
        return Rows(query, found, self._rows, self._ids, self._number, apart=apart and bool(found))

    def look(self, how: Callable[[sqlite3.Connection], T], cancelled: Callable[[], bool] | None = None) -> T:
        """What a reading function of another module finds. `cancelled` as in `select`."""
        with self._reading(cancelled) as connection:
            return how(connection)

    def twins(self, article_id: str) -> Twins:
        """The other articles that tell the same."""
        with self._reading() as connection:
            rows = told_again(connection, article_id)
        found = self._rows(rows)
        return Twins(tuple(found[row] for row in rows if row in found))

    def facets(
        self,
        query: Query,
        type: EntityType,
        limit: int = 100,
        cancelled: Callable[[], bool] | None = None,
        *,
        order: FacetOrder = "count",
        words: str = "",
    ) -> list[Facet]:
        """The entities of one type in the articles that answer: see `Facets.of`."""
        from store.index.facets import Facets  # seldom needed at once

        if self._facets is None:
            self._facets = Facets()
        self.look(self._facets.learn)
        how = partial(self._facets.of, query=query, type=type, limit=limit, order=order, words=words)
        return self.look(how, cancelled)

    def entities(self, name: str, type: EntityType | None, query: Query, limit: int) -> list[Facet]:
        """The entities a name or key may mean, in the articles that answer. See `entity_index.find`."""
        from store.index.entities import find

        return self.look(lambda connection: find(connection, name, type, query, limit))

    def namings(
        self, key: str, query: Query, cancelled: Callable[[], bool] | None = None
    ) -> tuple[list[Naming], Company]:
        """The articles that name an entity, oldest first, and all that they name."""
        from store.index.entities import company, namings

        with self._reading(cancelled) as connection:
            found = namings(connection, key, query)
            return found, company(connection, [naming.row for naming in found])

    # What `Rows` ask for while they are drawn: of a damaged index nothing is left, and the next selection
    # finds that out.

    def _rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        with suppress(IndexDamaged), self._reading() as connection:
            return read_rows(connection, numbers)
        return {}

    def _ids(self, numbers: Sequence[int]) -> list[str]:
        with suppress(IndexDamaged), self._reading() as connection:
            (most,) = connection.execute("SELECT max(row) FROM articles").fetchone()
            if len(numbers) > (most or 0) / 4:
                # Most of the library: one pass over the index of ids takes a third of the time.
                known = dict(connection.execute("SELECT row, id FROM articles"))
                return [known[number] for number in numbers if number in known]
            sql = "SELECT a.id FROM json_each(?) JOIN articles AS a ON row = value ORDER BY json_each.id"
            return [article_id for (article_id,) in connection.execute(sql, [_json(numbers)])]
        return []

    def _number(self, article_id: str) -> int | None:
        with suppress(IndexDamaged), self._reading() as connection:
            found = connection.execute("SELECT row FROM articles WHERE id = ?", [article_id]).fetchone()
            return int(found[0]) if found else None
        return None


def _temporary_folder() -> TemporaryDirectory[str]:
    from tempfile import TemporaryDirectory  # seldom needed

    return TemporaryDirectory(prefix="bandoc-")


def _is_busy(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _json(numbers: Sequence[int]) -> str:
    return json.dumps(list(numbers))
