"""The files of a library: volumes of 500 articles, their pages and their reading state apart.

    articles-0000.json   what cleaning and extraction found
    pages-0000.json      the decoded source text of the same articles (zlib, base85)
    state-0000.json      their reading state, where it differs from the default
    library.json         corrections, saved searches

Each is a TinyDB database (see `store.storage`) of documents (see `store.documents`). Files are read when
asked for, and a few of them kept.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from threading import Lock as ThreadLock
from typing import Literal, cast

from store.article import Article, RawPage, State
from store.article_json import content_to_json, state_from_json
from store.corrections import Correction
from store.corrections import from_json as correction_from_json
from store.corrections import to_json as correction_to_json
from store.documents import CHECKS, article_id, article_in, doc_id, page_document, page_in, state_document
from store.errors import CorrectionError, LibraryError, LibraryLocked, LibraryTooNew, LoadError, QueryError
from store.journal import Journal
from store.lock import Lock
from store.searches import Search
from store.searches import from_json as search_from_json
from store.searches import to_json as search_to_json
from store.storage import Problem, SealedDB, SealedStorage, SealedTable
from store.tails import FORMAT, LIBRARY, NAME, Tails, later_format

Kind = Literal["articles", "pages", "state"]
KINDS: tuple[Kind, ...] = ("articles", "pages", "state")
VOLUME = 500
"""Articles in a volume."""

_FULL_BYTES = 32_000_000  # a volume of very long articles is closed early: each write rewrites all of it
_KEPT: dict[str, int] = {"articles": 4, "pages": 1, "state": 16}  # parsed files in memory


def made_ready(folder: Path, read_only: bool) -> bool:
    """Make the folder of a library where there is none; whether it can only be read.

    Raises LibraryError `no_library`, `not_a_folder` or `cannot_open`.
    """
    try:
        if not read_only:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not folder.is_dir():
            raise LibraryError("not_a_folder" if folder.exists() else "no_library", path=str(folder))
    except FileExistsError:
        raise LibraryError("not_a_folder", path=str(folder)) from None
    except OSError as error:
        raise LibraryError("cannot_open", path=str(folder), reason=error.strerror) from error
    return read_only or not os.access(folder, os.W_OK | os.X_OK)


class Volumes:
    """The volumes of one folder. `lock` None: nothing is written. What is found wrong goes to `report`.

    Reading is safe from any thread; writers hold the lock.
    """

    def __init__(self, folder: Path, lock: Lock | None, report: Callable[[Problem], None]) -> None:
        self.folder = folder
        self.journal = Journal(folder)
        self._lock = lock
        if lock is not None:
            lock.at_first = self.journal.finish
        self._report = report
        self._tails = Tails(folder)
        self._guard = ThreadLock()
        self._files: dict[Path, SealedDB] = {}
        self._recent: dict[str, OrderedDict[Path, None]] = {kind: OrderedDict() for kind in KINDS}

    # -- the folder --------------------------------------------------------------------------

    def numbers(self, kind: Kind = "articles") -> list[int]:
        """The numbers of all volumes, rising; or those of which there are pages, or states."""
        matches = map(NAME.fullmatch, self._names())
        return sorted({int(match[2]) for match in matches if match and match[1] == kind})

    def _names(self) -> list[str]:
        """What is in the folder. Raises LibraryError `no_library` or `cannot_open` when it is gone."""
        with self._looking():
            return os.listdir(self.folder)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, NotADirectoryError):
            raise LibraryError("no_library", path=str(self.folder)) from None
        except OSError as error:
            raise LibraryError("cannot_open", path=str(self.folder), reason=error.strerror) from error

    def paths(self) -> list[Path]:
        """Every file of ours, backups apart, in the order of names."""
        found = {self.folder / name.removesuffix(".bak") for name in self._names() if NAME.fullmatch(name)}
        return sorted(found) + [path for path in [self._library] if path.exists()]

    def number_of(self, path: Path) -> int:
        """The volume that one of `paths` belongs to; LIBRARY for library.json."""
        match = NAME.fullmatch(path.name)
        return int(match[2]) if match else LIBRARY

    def was_damaged(self, number: int) -> bool:
        """Whether a volume's articles are damaged beyond their backup, or were set aside once."""
        path = self._path("articles", number)
        self.storage_of(path).read()
        return self.storage_of(path).damaged or any(self.folder.glob(f"{path.name}*.corrupt-*"))

    def refuse_later_formats(self) -> None:
        """Raises LibraryTooNew when a newer bandoc wrote any file. Nothing is changed."""
        with self._looking():
            tails = self._tails.look(*KINDS)
        found = {name: later for name, tail in tails.items() if (later := later_format(tail))}
        if later := self.storage_of(self._library).later_format():
            found[self._library.name] = later
        for name, later in found.items():
            raise LibraryTooNew("too_new", path=str(self.folder / name), format=later, known=FORMAT)

    def seqs(self, number: int) -> tuple[int, int]:
        """The numbers of the last writes of a volume's articles and state; of library.json its own and 0."""
        if number == LIBRARY:
            return self.storage_of(self._library).seq(), 0
        return self._storage("articles", number).seq(), self._storage("state", number).seq()

    def size(self, number: int) -> int:
        """Bytes of a volume's articles, as it was last seen."""
        return 0 if number == LIBRARY else self._storage("articles", number).size()

    def all_seqs(self) -> dict[int, tuple[int, int]]:
        """`seqs` of library.json, under LIBRARY, and of every volume."""
        with self._looking():
            told = self._tails.seqs()
        with self._guard:  # of an open file more may be known than its last bytes tell
            opened = {self.number_of(path) for path in self._files}
        found = {LIBRARY: self.seqs(LIBRARY)}
        for number, (articles, state) in told.items():
            if number in opened or articles is None or state is None:
                found[number] = self.seqs(number)
            else:
                found[number] = articles, state
        return found

    def storage_of(self, path: Path) -> SealedStorage:
        """The storage of one of `paths`."""
        return cast(SealedStorage, self._db(path).storage)

    # -- reading -----------------------------------------------------------------------------

    def articles(self, number: int) -> list[Article]:
        """The articles of a volume with their state, in import order. A document that is no article,
        though its file is sound, is reported and left out."""
        states = self._table("state", number)
        articles = []
        for document in self._table("articles", number):
            try:
                articles.append(article_in(document.doc_id, document, states.get(doc_id=document.doc_id)))
            except (LoadError, TypeError, ValueError, KeyError) as error:
                path = str(self._path("articles", number))
                fields = {"id": article_id(document.doc_id), "reason": str(error)}
                self._report(Problem("bad_article", path, fields))
        return articles

    def article(self, number: int, id: str) -> Article | None:
        """One article with its state."""
        key = doc_id(id)
        document = self._table("articles", number).get(doc_id=key)
        state = self._table("state", number).get(doc_id=key)
        return article_in(key, document, state) if document is not None else None

    def state(self, number: int, id: str) -> State:
        """The reading state of an article."""
        document = self._table("state", number).get(doc_id=doc_id(id))
        return state_from_json(document) if document else State()

    def states(self, number: int, ids: Collection[str]) -> dict[str, State]:
        """The reading states of some articles of a volume."""
        table = self._table("state", number)
        keys = map(doc_id, ids)
        # One by one each is a look at the file.
        found = (
            ((key, table.get(doc_id=key)) for key in keys)
            if len(ids) < 8
            else ((document.doc_id, document) for document in table)
        )
        known = {article_id(key): state_from_json(document) for key, document in found if document}
        return {id: known.get(id) or State() for id in ids}

    def ids(self, number: int, kind: Kind = "articles") -> list[str]:
        """The ids of a volume's articles, or of those whose page or state it holds, in their order."""
        return [article_id(document.doc_id) for document in self._table(kind, number)]

    def page(self, number: int, id: str) -> RawPage | None:
        """The page an article was made of; None for one that came without."""
        document = self._table("pages", number).get(doc_id=doc_id(id))
        return page_in(document) if document else None

    def lost_pages(self, number: int) -> LibraryError | None:
        """Why a volume may lack a page that an article had: LibraryError `damaged`, `barred` (field `reason`)
        or `pages_aside`. None where nothing was ever wrong with its pages."""
        path = self._path("pages", number)
        storage = self.storage_of(path)
        storage.read()
        if storage.barred:
            return LibraryError("barred", path=str(path), reason=storage.why_barred)
        if storage.damaged:
            return LibraryError("damaged", path=str(path))
        aside = next(iter(sorted(self.folder.glob(f"{path.name}*.corrupt-*"))), None)
        return LibraryError("pages_aside", path=str(aside)) if aside else None

    # -- writing: each call is one write per file ---------------------------------------------

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside is written at the end, all of it or nothing; until then reading gives what
        was there before. Each file once. For use under the lock. Raises LibraryError `cannot_write`."""
        try:
            with self.journal.together():
                yield
        except OSError as error:
            raise LibraryError("cannot_write", path=str(self.folder), reason=error.strerror) from error

    def rooms(self) -> Iterator[tuple[int, int]]:
        """The volumes that take new articles, one after the other, and for how many each has room."""
        numbers = self.numbers()
        # The number of a volume that was lost is not given again: its pages and states are still there.
        number = max((*numbers, *self.numbers("pages"), *self.numbers("state")), default=-1)
        room = VOLUME - len(self._table("articles", number)) if number in numbers else 0
        for kind in KINDS if room else ():
            storage = self._storage(kind, number)
            storage.read()
            if storage.damaged or storage.barred or storage.size() > _FULL_BYTES:
                room = 0
        if room > 0:
            yield number, room
        for further in count(number + 1):
            yield further, VOLUME

    def put_articles(self, number: int, articles: Iterable[Article]) -> None:
        documents = {doc_id(article.id): content_to_json(article) for article in articles}
        self._table("articles", number).put(documents)

    def put_pages(self, number: int, pages: Mapping[str, RawPage]) -> None:
        documents = {doc_id(id): page_document(page) for id, page in pages.items()}
        if documents:
            self._table("pages", number).put(documents)

    def put_states(self, number: int, states: Mapping[str, State]) -> None:
        """Set reading states; a default one takes no room, and if nothing changes nothing is written."""
        before = self.states(number, states)
        changed = {doc_id(id): state_document(state) for id, state in states.items() if before[id] != state}
        documents = {key: document for key, document in changed.items() if document}
        if changed:
            self._table("state", number).put(documents, drop=changed.keys() - documents.keys())

    def drop(self, number: int, ids: Iterable[str]) -> None:
        """Take articles out, their pages and state, and the backups that still hold them. A state that was
        left without its article goes too."""
        keys = {doc_id(id) for id in ids}
        there = {document.doc_id for document in self._table("articles", number)} - keys
        kinds: tuple[Kind, ...] = ("pages", "articles", "state")
        for kind in kinds:
            table = self._table(kind, number)
            if kind == "state":
                keys |= {document.doc_id for document in table} - there
            if any(table.contains(doc_id=key) for key in keys):
                table.put({}, drop=keys)
                self._storage(kind, number).overwrite_backup()

    # -- library.json ------------------------------------------------------------------------

    @property
    def _library(self) -> Path:
        return self.folder / "library.json"

    def begin(self) -> None:
        """Write library.json, if there is none; clear away what a process that was killed left."""
        if self.journal.is_left() or any(name.endswith(".tmp") for name in self._names()):
            with suppress(LibraryLocked, OSError), self._lock or nullcontext():
                self.journal.sweep()
        if self.storage_of(self._library).read() is None:
            self.storage_of(self._library).write({"corrections": {}, "searches": {}})

    def corrections(self) -> dict[int, Correction]:
        """The corrections by their number in the file. One that is not understood is reported and left
        out."""
        found: dict[int, Correction] = {}
        for document in self._db(self._library).table("corrections"):
            try:
                found[document.doc_id] = correction_from_json(document)
            except CorrectionError as error:
                fields = {"number": document.doc_id, "reason": str(error)}
                self._report(Problem("strange_correction", str(self._library), fields))
        return found

    def put_corrections(self, add: Iterable[Correction], drop: Iterable[Correction]) -> None:
        """Add corrections and take others (with the same `made`) out, in one write."""
        table = cast(SealedTable, self._db(self._library).table("corrections"))
        gone = {(rule, rule.made) for rule in drop}
        numbers = [number for number, rule in self.corrections().items() if (rule, rule.made) in gone]
        free = max((document.doc_id for document in table), default=0) + 1
        table.put({number: correction_to_json(rule) for number, rule in enumerate(add, free)}, drop=numbers)

    def searches(self) -> dict[int, Search]:
        """The saved searches by their number in the file, in its order. One that is not understood is left
        out, and stays in the file: a newer bandoc may have written it."""
        found: dict[int, Search] = {}
        for document in self._db(self._library).table("searches"):
            with suppress(QueryError):
                found[document.doc_id] = search_from_json(document)
        return dict(sorted(found.items()))

    def put_searches(self, changes: Mapping[int, Search | None]) -> None:
        """Set saved searches, or take out those that are None, in one write."""
        table = cast(SealedTable, self._db(self._library).table("searches"))
        put = {number: search_to_json(search) for number, search in changes.items() if search}
        table.put(put, drop=[number for number in changes if number not in put])

    def overwrite_library_backup(self) -> None:
        """Make the backup of library.json the same as the file: for what must not stay behind in it."""
        self.storage_of(self._library).overwrite_backup()

    # -- files -------------------------------------------------------------------------------

    def _path(self, kind: Kind, number: int) -> Path:
        return self.folder / f"{kind}-{number:04d}.json"

    def _storage(self, kind: Kind, number: int) -> SealedStorage:
        return self.storage_of(self._path(kind, number))

    def _table(self, kind: Kind, number: int) -> SealedTable:
        path = self._path(kind, number)
        with self._guard:
            recent = self._recent[kind]
            recent[path] = None
            recent.move_to_end(path)
            oldest = recent.popitem(last=False)[0] if len(recent) > _KEPT[kind] else None
        if oldest is not None:
            self.storage_of(oldest).release()
        return cast(SealedTable, self._db(path).table(kind))

    def _db(self, path: Path) -> SealedDB:
        with self._guard:
            if path not in self._files:
                kind = path.name.partition("-")[0].removesuffix(".json")
                check = CHECKS.get(kind)
                self._files[path] = SealedDB(
                    path, kind, lock=self._lock, check=check, report=self._report, journal=self.journal
                )
            return self._files[path]
