"""A library of articles: the one thing above the store that the screen and the command line use.

The volumes hold everything; the index answers questions and follows the volumes. Corrections by hand are
kept beside them and applied to what is read from them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.adding import Added, Incoming, plan, renewal, utc_now
from store.article import Article, RawPage, State
from store.changes import UNWATCHED, Change, Watch, change_states
from store.corrections import Correcting, Correction
from store.errors import ArticleNotFound, LibraryError, LibraryReadOnly
from store.following import Follower, Progress
from store.index.index import Index
from store.lock import Lock
from store.matching import stream
from store.purging import Purge
from store.questions import Questions
from store.rulebook import Rulebook
from store.searches import Search, after
from store.storage import Problem
from store.tails import LIBRARY
from store.volumes import Volumes, made_ready

if TYPE_CHECKING:
    from store.repairing import Repaired

__all__ = ["Added", "Change", "Library", "Problem"]

BATCH = 125
"""Articles written under one holding of the lock: some tenths of a second that a key press may wait."""
_BREATH = 0.02  # seconds between two batches, so that others who wait for the lock get it

T = TypeVar("T")


class Library(Questions):
    """An open library. Reading is safe from any thread, and so is writing: one write at a time.

    `problems` tells what was found wrong with its files; none of it keeps the rest from being used.
    """

    def __init__(self, folder: Path, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self.problems: list[Problem] = []
        self._lock = Lock(folder / "library.lock")
        self._volumes = Volumes(folder, None if read_only else self._lock, self._report)
        self._volumes.refuse_later_formats()
        if not read_only:
            self._volumes.begin()
        self._rulebook = Rulebook(self._volumes)
        index = Index.open(folder / "index.sqlite", read_only=read_only)
        self._follower = Follower(
            self._volumes, self._rulebook, index, None if read_only else self._lock, self._report
        )
        self._purge = Purge(self._volumes, self._follower, self._rulebook, self._lock)
        self._added = 0.0  # when the last batch was done, by the monotonic clock

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, catch_up: Progress | bool = True) -> Library:
        """The library in a folder; a new one where there is none. A folder that can't be written is
        opened read-only. `catch_up`: what is told how far the index is that has to be brought up to date;
        False leaves one that is much behind as it is, see `behind`.

        Raises LibraryTooNew `too_new`, LibraryError `no_library`, `not_a_folder` or `cannot_open`,
        LibraryLocked `locked`. Damaged files don't keep a library from opening: see `problems`.
        """
        read_only = made_ready(folder, read_only)
        try:
            library = cls(folder, read_only)
        except OSError as error:
            raise LibraryError("cannot_open", path=str(folder), reason=error.strerror) from error
        try:
            library._follower.begin(catch_up)
            if library._purge.left() and not read_only:
                with suppress(LibraryError):  # the next who writes tries again
                    library._purge.finish()
        except BaseException:
            library.close()
            raise
        return library

    def behind(self) -> bool:
        """Whether the index lacks more than one would wait for; then `catch_up`, and lists grow meanwhile."""
        return self._follower.behind()

    def catch_up(self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        """Index what is not; cut off, it goes on from there the next time. Raises LibraryError `locked`."""
        self._follower.catch_up(progress, cancelled)

    def close(self) -> None:
        """Let go of the index. What was acknowledged is on the disk already."""
        self._follower.index.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading -----------------------------------------------------------------------------

    def _ask(self, question: Callable[[Index], T]) -> T:
        return self._follower.ask(question)

    def __len__(self) -> int:
        """The number of articles outside the trash."""
        return self.counts().total

    def known(self, texts: Iterable[str] | None = None) -> dict[str, tuple[str, bool]]:
        """Of these SHA-256 of pages (None: of all) those that `add` knows: the article's id, and whether it
        is in the trash. None in a library opened read-only, where `add` refuses."""
        if not self.read_only:
            self._follower.catch_up()
        return {} if self.read_only else self._follower.ask(lambda index: index.texts(texts))

    def article(self, id_prefix: str) -> Article:
        """The article with this id or unambiguous beginning of one, corrected. Raises ArticleNotFound
        `not_found`, or `ambiguous` with the `matches` (at most ten)."""
        return self._find(id_prefix, self._rulebook.article)

    def texts(self, ids: Iterable[str]) -> tuple[str, ...]:
        """What the bodies of articles say, as streams (see `matching.stream`): to set one against others. An
        article that is gone is passed over."""
        found = []
        for id in ids:
            with suppress(ArticleNotFound):
                found.append(stream(block.text for block in self.article(id).blocks))
        return tuple(found)

    def page(self, id_prefix: str) -> RawPage | None:
        """The page an article was made of; None for one that came without. Raises ArticleNotFound, and
        LibraryError (see `Volumes.lost_pages`) where it can't be told."""
        return self._find(id_prefix, lambda number, id: (self._page(number, id),))[0]

    def _page(self, number: int, id: str) -> RawPage | None:
        page = self._volumes.page(number, id)
        if page is None and (lost := self._volumes.lost_pages(number)):
            raise lost
        return page

    def kept(self, id_prefix: str) -> tuple[Article, RawPage | None]:
        """An article as its volume holds it, without corrections, and the page it was made of. Raises as
        `page` does."""

        def read(number: int, id: str) -> tuple[Article, RawPage | None] | None:
            article = self._volumes.article(number, id)
            return (article, self._page(number, id)) if article else None

        return self._find(id_prefix, read)

    def corrected(self, article: Article) -> tuple[Article, frozenset[str]]:
        """An article of the library, in any version, as the corrections make it; and the keys of the entities
        they changed."""
        return self._rulebook.rules.apply(article, self.page)

    def corrections(self) -> tuple[Correction, ...]:
        """All corrections by hand, in the order in which they apply."""
        return self._rulebook.rules.all

    def searches(self) -> dict[int, Search]:
        """The saved searches by their numbers, in the order in which they were first saved."""
        return self._volumes.searches()

    def change_searches(self, changes: Mapping[int, Search | None]) -> dict[int, Search | None]:
        """Set saved searches by their numbers (0: a new one), or remove those that are None. Gives what takes
        it back. Raises QueryError before anything is written (see `searches.checked`), LibraryError."""
        with self._writing():
            self._follower.catch_up()
            done, back = after(self._volumes.searches(), changes)
            if done:
                touched = self._follower.touching(LIBRARY)
                self._volumes.put_searches(done)
                touched.library()
            return back

    def _find(self, id_prefix: str, read: Callable[[int, str], T | None]) -> T:
        for last in (False, True):
            try:
                number, id = self._place(id_prefix)
                found = read(number, id)
                if found is not None:
                    return found
            except ArticleNotFound:
                if last:
                    raise
            self.refresh()
        raise ArticleNotFound("not_found", path=str(self.folder), id=id_prefix, matches=())

    def _place(self, id_prefix: str) -> tuple[int, str]:
        """The volume and the whole id of an article."""
        prefix = id_prefix.strip().lower()
        number = self._follower.ask(lambda index: index.volume_of(prefix))
        if number is not None:
            return number, prefix
        matches = self._follower.ask(lambda index: index.ids(prefix)) if prefix else []
        if len(matches) == 1 and (number := self._follower.index.volume_of(matches[0])) is not None:
            return number, matches[0]
        code = "ambiguous" if matches else "not_found"
        raise ArticleNotFound(code, path=str(self.folder), id=id_prefix, matches=tuple(matches[:10]))

    # -- writing -----------------------------------------------------------------------------

    def add(self, items: Iterable[tuple[Article, RawPage | None]]) -> Added:
        """Take articles in, with their pages. In batches of 125: when this is cut off, whole batches are
        there and the rest is not.

        An article is known by the SHA-256 of its text, or by its address; known ones keep their reading
        state, those in the trash stay there. A known address with a new page is a new version under
        the old id. Raises LibraryError; what was to be told of earlier batches is lost then, but they are in.
        """
        rest, added = iter(items), Added()
        if not self.read_only:
            self.catch_up()  # not under the lock: others may have to write meanwhile
        while batch := [Incoming.of(article, page, utc_now()) for article, page in islice(rest, BATCH)]:
            time.sleep(max(0.0, self._added + _BREATH - time.monotonic()))
            with self._writing():
                self._follower.catch_up()
                added += self._add(batch)
            self._added = time.monotonic()
        return added

    def _add(self, batch: list[Incoming]) -> Added:
        known = self._follower.ask(lambda index: index.known({mark for item in batch for mark in item.marks}))
        steps = plan(batch, known, self._follower.index.volume_of, self._rulebook.article)
        # Lines are counted on a page: on its new version they are others.
        lines = (rule for rule in self.corrections() if rule.op == "line")
        gone = [rule for rule in lines if rule.article in steps.added.updated]
        self._put(steps.placed(self._volumes.rooms()), self._rulebook.revise((), gone))
        return steps.added

    def renew(self, articles: Iterable[Article]) -> tuple[str, ...]:
        """Put new versions in the place of articles with the same ids, as cleaning their pages again gives
        (not as `article` does: corrections apply to what is put here); gives the ids of those written. One
        that is gone, or has the text of another page by now, is passed over.

        Origins, reading state and corrections stay; highlights and position move with their words. The lock
        is held for one volume at a time. Raises LibraryError; the volumes before are then written.
        """
        by_volume: dict[int, dict[str, Article]] = defaultdict(dict)
        with self._writing():
            self._follower.catch_up()
            for article in articles:
                with suppress(ArticleNotFound):
                    number, id = self._place(article.id)
                    by_volume[number][id] = article
        done, now = list[str](), utc_now()
        for number, members in by_volume.items():
            with self._writing():
                corrected = partial(self._rulebook.corrected, number)
                there = ((self._volumes.article(number, id), article) for id, article in members.items())
                found = [renewal(old, article, now, corrected) for old, article in there if old]
                new = [version for version in found if version]
                self._put({number: new} if new else {})
                done += [item.article.id for item in new]
        return tuple(done)

    def _put(self, items: Mapping[int, Sequence[Incoming]], rules: Correcting | None = None) -> None:
        """Write articles, new or not, into their volumes, and corrections; all of it or nothing."""
        touched = self._follower.touching(*([LIBRARY] if rules else ()), *items)
        with self._volumes.together():
            if rules:
                self._rulebook.write(rules)
            for number, members in items.items():
                self._volumes.put_pages(number, {item.article.id: item.page for item in members if item.page})
                self._volumes.put_states(number, {item.article.id: item.article.state for item in members})
                self._volumes.put_articles(number, [item.article for item in members])
        if rules:
            touched.library()
        for number, members in items.items():
            touched.articles(number, [item.article for item in members])

    def change(self, ids: Iterable[str], change: Change, watch: Watch = UNWATCHED) -> Change:
        """Change the reading state of articles, of all or of none. Gives the inverse, which knows its ids:
        `change(inverse.ids, inverse)` takes back what was touched and nothing else.

        Raises ArticleNotFound before anything is written; LibraryError when a volume can't be written,
        Stopped when `watch` says so: then nothing was changed.
        """
        changed: dict[int, Mapping[str, State]] = {}

        def write(number: int, states: Mapping[str, State]) -> None:
            self._volumes.put_states(number, states)
            changed[number] = states

        with self._writing():
            volumes = self._by_volume(ids)
            touched = self._follower.touching(*volumes)
            with self._volumes.together():
                read = self._volumes.states
                inverse = change_states(volumes, change, utc_now(), read, write, watch=watch)
            touched.states(changed)
        return inverse

    def correct(
        self,
        add: Iterable[Correction] = (),
        drop: Iterable[Correction] = (),
        progress: Progress = lambda done, of: None,
    ) -> Correcting:
        """Add corrections and drop others. `correct(it.dropped, it.added)` takes back what it gives. What
        concerns many articles is shown in lists bit by bit: `progress` gets (done, of how many).

        Raises CorrectionError before anything is written (see `corrections.checked`), LibraryError when
        library.json can't be written. See `corrections.revise` for what takes the place of what.
        """
        if not self.read_only:
            self.catch_up()  # not under the lock: others may have to write meanwhile
        with self._writing():
            self._follower.catch_up()
            done = self._rulebook.revise(add, drop)
            if not done:
                return done
            moved = self._rulebook.moved(done, self._follower.index.volumes_of)
            touched = self._follower.touching(LIBRARY, *moved)
            with self._volumes.together():
                self._rulebook.write(done)
                for number, states in moved.items():
                    self._volumes.put_states(number, states)
            touched.library()
            touched.states(moved)
        self._follower.correct(progress)
        return done

    def preview(
        self, add: Iterable[Correction] = (), drop: Iterable[Correction] = ()
    ) -> Callable[[str], Article]:
        """What `correct` would make of articles: a function that gives one as `article` does. Raises
        CorrectionError."""
        rules = self._rulebook.after(self._rulebook.revise(add, drop))
        read = partial(self._rulebook.article, rules=rules)
        return lambda id_prefix: self._find(id_prefix, read)

    def purge(self, ids: Iterable[str], watch: Watch = UNWATCHED) -> int:
        """Take articles out for good: text, page, state, corrections, and the backups that hold them. Gives
        how many; fewer when `watch` has it stopped. The lock is held for a few volumes at a time; when this
        is cut off by a kill, the next to open or to write the library goes on."""
        with self._writing():
            volumes = self._by_volume(ids)
        return self._purge.begin(volumes, watch) if volumes else 0

    def _by_volume(self, ids: Iterable[str]) -> dict[int, list[str]]:
        """Ids by volume, whole, each once."""
        found: dict[int, dict[str, None]] = defaultdict(dict)
        asked = list(dict.fromkeys(ids))
        known = self._follower.ask(lambda index: index.volumes_of(asked))
        for id in asked:
            number, whole = (known[id], id) if id in known else self._find(id, lambda *place: place)
            found[number][whole] = None
        return {number: list(found[number]) for number in sorted(found)}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise LibraryReadOnly("read_only", path=str(self.folder))
        if self._purge.left():
            self._purge.finish()
        with self._lock:
            yield

    def refresh(self) -> bool:
        """Look whether another process wrote, and follow. True if there is something new since the last
        look. Quick when there is nothing; while another process writes, the next look will tell."""
        return self._follower.refresh()

    # -- health ------------------------------------------------------------------------------

    def check(self) -> list[Problem]:
        """Read every byte of every file. What is wrong, and what was while this library was open."""
        from store.health import examine

        found = examine(self._volumes, self._follower.index)
        return [*(problem for problem in self.problems if problem not in found), *found]

    def repair(self, progress: Progress | None = None) -> Repaired:
        """Set aside what is damaged beyond its backup, and make the articles lost with it anew from their
        pages: same ids, same reading state. `progress` gets (done, of how many). Raises LibraryError."""
        from store.repairing import repair

        with self._writing():
            self._follower.catch_up()
        repaired = repair(self._volumes, self._lock, self._rulebook, progress)
        self._follower.catch_up()
        return repaired

    def _report(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)
