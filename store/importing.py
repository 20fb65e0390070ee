"""Files and folders → library, for the command line and the screen alike.

Each input is loaded, cleaned and searched for entities, in worker processes when there are many;
articles reach the library in batches and in the order of the paths, however many workers there are.
An input that fails is reported and the rest goes on.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store import workers
from store.article import Article, RawPage
from store.errors import LoadError

if TYPE_CHECKING:
    from store.library import Library

SUFFIXES = frozenset({"", ".txt", ".text", ".json", ".jsonl"})
"""What is tried inside a folder. A file that is named itself is always tried."""

BATCH = 125
"""Articles handed to the library at once, as many as it writes under one holding of its lock. While it
writes nobody takes the workers' results: after some tens they wait, so longer batches cost time."""

_BATCH_LETTERS = 16_000_000
_MANY = 50
_STREAMED_BYTES = 8_000_000

Item = tuple[Article, RawPage | None]
Prepared = Item | RawPage | LoadError
"""What was made of an input. A page alone is one whose text the library held when the import began."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: files done of all, articles so far, the file that was done last."""

    done: int
    total: int
    new: int
    known: int
    failed: int
    path: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the inputs: ids of articles, and the inputs that gave none, each with its reason.

    `removed` were known and lie in the trash, where they stay. `skipped` are files that a folder held
    beside articles: links, other kinds of files, JSON that is not bandoc's. `untitled` are pages taken
    in under their first words, because they have no headline.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[LoadError, ...] = ()
    failed: tuple[LoadError, ...] = ()
    untitled: tuple[LoadError, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import; `walked` when it was found in a folder, not named itself. With `data` it is no file:
    that is what it holds, such as a pasted text, and `path` may be empty."""

    path: str
    walked: bool = False
    data: bytes | None = None


def import_paths(
    library: Library,
    paths: Sequence[Path | str | Source],
    *,
    progress: Callable[[Progress], None] | None = None,
    jobs: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Report:
    """Imports files, folders, "-" (standard input) and what a `Source` holds. What is known already is
    neither added nor changed.

    `progress` is called after each file; `cancelled` is asked after each article, and what was done until
    then stays. `jobs` is the number of worker processes (default: one per processor, none for a few files).
    Raises LibraryError when the library can't be written; never for an input.
    """
    sources: list[Source] = []
    done = _Done(library)
    for found in find(paths, library.folder):
        if isinstance(found, Source):
            sources.append(found)
        else:
            done.take(found)
    if jobs is None:
        jobs = min(workers.processors(), 8) if len(sources) > _MANY else 1
    stop = cancelled or (lambda: False)
    stopped = False
    known = frozenset(library.known()) if len(sources) > _MANY else frozenset()
    with closing(_prepared(sources, jobs, known)) as results:
        for number, (source, items) in enumerate(results, 1):
            for item in items:
                if stopped := stop():
                    break
                done.take(item)
            if progress is not None:
                told = len(done.new), len(done.known), len(done.failed)
                progress(Progress(number, len(sources), *told, _shown(source.path)))
            if stopped := stopped or stop():
                break
    done.write()
    return Report(
        new=tuple(done.new),
        known=tuple(done.known),
        removed=tuple(done.removed),
        skipped=tuple(done.skipped),
        failed=tuple(done.failed),
        untitled=tuple(done.untitled),
        cancelled=stopped,
    )


class _Done:
    """What came of an import so far, and the batch that is not written yet."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._batch: list[Item] = []
        self._seen: list[RawPage] = []
        self._letters = 0
        self.new: list[str] = []
        self.known: list[str] = []
        self.removed: list[str] = []
        self.skipped: list[LoadError] = []
        self.failed: list[LoadError] = []
        self.untitled: list[LoadError] = []

    def take(self, item: Prepared) -> None:
        if isinstance(item, LoadError):
            (self.skipped if item.code in SKIPPED else self.failed).append(item)
        elif isinstance(item, RawPage):
            self._seen.append(item)
            if len(self._seen) >= BATCH:
                self.write()
        else:
            self._take(item)

    def _take(self, item: Item) -> None:
        self._batch.append(item)
        article, page = item
        title = article.facts.get("title")
        if page is not None and title is not None and title.line is None:
            self.untitled.append(LoadError("no_headline", path=page.path))
        self._letters += len(page.text) if page else sum(len(block.text) for block in article.blocks)
        if len(self._batch) >= BATCH or self._letters >= _BATCH_LETTERS:
            self.write()

    def write(self) -> None:
        self._look_again()
        if not self._batch:
            return
        added = self._library.add(self._batch)
        self._batch, self._letters = [], 0
        self.new += added.new
        self.known += added.known
        self.removed += added.removed

    def _look_again(self) -> None:
        """Pages that were known when the import began: most still are, and nothing is to be done. What
        was purged meanwhile is prepared after all."""
        pages, self._seen = self._seen, []
        found = self._library.known({page.text_sha256 for page in pages}) if pages else {}
        for id, removed in dict.fromkeys(found[p.text_sha256] for p in pages if p.text_sha256 in found):
            (self.removed if removed else self.known).append(id)
        for page in pages:
            if page.text_sha256 not in found:
                self.take(_finished(page, page.path or ""))


# -- finding files -------------------------------------------------------------------------------

SKIPPED = frozenset({"link_skipped", "other_kind", "foreign_json", "own_library"})
"""Codes of what a folder holds beside articles: no failure, and named only in the summary."""


def find(paths: Sequence[Path | str | Source], library: Path | None = None) -> Iterator[Source | LoadError]:
    """The files to import, folders walked in the order of names; what can't or shouldn't be is an error.

    Hidden files are passed over. Links are followed where they are named, never inside a folder, so a
    walk ends. The library's own folder is left alone.
    """
    for given in paths:
        if isinstance(given, Source):
            yield given
            continue
        path = os.fspath(given)
        if path == "-":
            yield Source(path)
            continue
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError):
            is_folder = False  # the loader says what is wrong with it
        if is_folder:
            yield from _walk(path, library)
        else:
            yield Source(path)


def _walk(folder: str, library: Path | None) -> Iterator[Source | LoadError]:
    waiting = [folder]  # a stack, not recursion: folders may be nested deeper than Python
    while waiting:
        path = waiting.pop()
        if library is not None and _same(path, library):
            yield LoadError("own_library", path=_shown(path))
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            yield LoadError("unreadable", path=_shown(path), reason=error.strerror or str(error))
            continue
        folders: list[str] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield LoadError("link_skipped", path=_shown(entry.path))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:
                yield Source(entry.path, walked=True)
            else:
                yield LoadError("other_kind", path=_shown(entry.path))
        waiting += reversed(folders)


def _same(path: str, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


# -- from a file to articles ---------------------------------------------------------------------


def _prepared(
    sources: Sequence[Source], jobs: int, known: frozenset[str]
) -> Generator[tuple[Source, Iterable[Prepared]], None, None]:
    """Each source with what is in it, in order. `known`: SHA-256 of the texts that need no preparing."""
    if jobs < 2:
        for source in sources:
            yield source, _items(source, known)
        return
    for source, items in workers.run(partial(_prepare, known=known), sources, jobs, _lost):
        yield source, _items(source, known) if items is None else items


def _prepare(source: Source, known: frozenset[str]) -> list[Prepared] | None:
    """All of a source's items, in a worker. None for what only its parent can read, or should not hold
    in memory: standard input, and long lists."""
    try:
        if source.data is not None:
            return list(_items(source, known))
        if source.path == "-" or os.stat(source.path).st_size > _STREAMED_BYTES:
            return None
    except (OSError, ValueError):
        pass  # the loader says why
    return list(_items(source, known))


def _lost(source: Source, reason: str) -> list[Prepared] | None:
    return [LoadError(reason, path=_shown(source.path))]


def _items(source: Source, known: frozenset[str]) -> Iterator[Prepared]:
    """What one source holds: articles ready for the library, and what is wrong with others. Never raises
    for the input's sake, a bug in a rule included: it costs one article, not the import."""
    from store import loaders

    path = _shown(source.path)
    is_json = source.walked and source.path.lower().endswith((".json", ".jsonl"))
    try:
        stream = sys.stdin.buffer if source.path == "-" else Path(source.path)
        for loaded in loaders.load(stream if source.data is None else source.data, path):
            if is_json and _is_foreign(loaded, source):
                yield LoadError("foreign_json", path=path)
                return
            # A known text under a new address is the library's to judge.
            if isinstance(loaded, RawPage) and loaded.text_sha256 in known and not loaded.url:
                yield loaded
            else:
                yield _finished(loaded, path)
    except LoadError as error:
        foreign = is_json and _is_foreign(error, source)
        yield LoadError("foreign_json", path=path) if foreign else error
    except Exception as error:
        yield _bug(error, path)


def _finished(loaded: RawPage | Article | LoadError, path: str) -> Item | LoadError:
    from store import cleaning, entities

    if isinstance(loaded, LoadError):
        return loaded
    if isinstance(loaded, Article):
        return loaded, None
    try:
        return entities.extract(cleaning.clean(loaded)), loaded
    except LoadError as error:
        return error
    except Exception as error:
        return _bug(error, path)


def _is_foreign(loaded: RawPage | Article | LoadError, source: Source) -> bool:
    """Whether JSON found in a folder is something else's: settings, data, gold answers beside samples.

    Articles that bandoc wrote have an id and origins; what lacks them is imported only when named.
    """
    if isinstance(loaded, Article):
        return not (loaded.id and loaded.origins)
    if isinstance(loaded, LoadError):
        return loaded.code == "bad_article" and "line" not in loaded.fields and not _claims(source)
    return True


def _claims(source: Source) -> bool:
    """Whether a JSON file says it is an article of ours: then what is wrong with it is worth a line."""
    try:
        data = json.loads(Path(source.path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "id" in data and "origins" in data


def _bug(error: Exception, path: str) -> LoadError:
    trace = "".join(traceback.format_exception(error))
    return LoadError("internal", path=path, reason=f"{type(error).__name__}: {error}", trace=trace)


def _shown(path: str) -> str:
    """A path as text that can be stored and printed: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
