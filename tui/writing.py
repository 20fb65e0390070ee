"""The part of the app that changes the library: what is written, how it is told, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from textual import work
from textual.content import Content

from store.errors import ArticleNotFound, BandocError
from tui.content import join
from tui.figures import number
from tui.i18n import N_, _, ngettext
from tui.key_order import KeyByKeyApp
from tui.keys import named
from tui.wording import say

# What is changed is imported when it is: 40 million instructions of a start, 5 in 100 of Textual's.
if TYPE_CHECKING:
    from store.changes import Change, Watch
    from store.corrections import Correcting, Correction
    from store.library import Library
    from store.searches import Search
    from tui.screens.main import MainScreen

AT_ONCE = 500
"""A change of more articles than these is written in a thread: it takes 0.1 ms for each."""

T = TypeVar("T")


def in_library(library: Library, ids: Collection[str]) -> list[str]:
    """Those of the articles that the library still holds, in the order of import: read in any other
    order, each of them may cost parsing a volume."""
    from store.query import parse

    everything = parse("is:removed OR NOT is:removed").with_sort("added")
    return [article_id for article_id in library.select(everything).ids() if article_id in ids]


def changing(count: int, most: int | None = None) -> str:
    """What the status line says while so many articles are written; "" for so few (at `most`) that it is
    done at once."""
    if count <= (AT_ONCE if most is None else most):
        return ""
    words = ngettext("Changing {count} article…", "Changing {count} articles…", count)
    return words.format(count=number(count))


class Done(NamedTuple):
    """A change that can be undone: what it was, which articles show it, what takes it back, whether the
    reader asked for it, and what the status line says while it is taken back ("": that is quick)."""

    words: str
    ids: tuple[str, ...]
    take_back: Callable[[], object]
    by_hand: bool
    slow: str


class WritingApp(KeyByKeyApp, inherit_bindings=False):
    """Keeps the undo stack, and what runs in the background."""

    library: Library
    """Open when the main screen stands."""
    _main: MainScreen | None = None

    def __init__(self) -> None:
        super().__init__()
        self._done: list[Done] = []
        self._stop = Event()
        self._watched = False
        """Whether what is being written can be stopped."""
        self._jobs: dict[str, str] = {}
        """What runs in the background, and what the status line says of it."""

    @property
    def main(self) -> MainScreen | None:
        """The main screen, whatever stands over it."""
        return self._main if self._main in self.screen_stack else None

    # -- changes

    def change(self, ids: Sequence[str], change: Change, words: str, *, by_hand: bool = True) -> bool:
        """Changes articles; `words` say what was done when it is undone. False if it could not be.

        What was not done `by_hand` (an article counts as read after a while) is undone after all the rest:
        nobody who takes back the star they gave means the mark that came by itself since.
        """
        if self._is_writing(by_hand):
            return False
        try:
            inverse = self.library.change(ids, change)
        except BandocError as error:
            self.complain(error)
            return False
        self.done(words, inverse, by_hand=by_hand)
        return True

    def done(self, words: str, inverse: Change, *, by_hand: bool = True) -> None:
        """Remembers a change for undo by its inverse."""
        ids = inverse.ids
        back = partial(self.change_those_left, ids, inverse)
        self._done.append(Done(words, ids, back, by_hand, changing(len(ids))))

    def correct(
        self, rules: Sequence[Correction], words: str, article_id: str, then: Callable[[], None], slow: str
    ) -> None:
        """Keeps corrections, then calls what shows them in the article they were made in; `slow` as in
        `write`."""

        def progress(done: int, of: int) -> None:
            if slow:
                said = _("Correcting… {done}/{total}").format(done=number(done), total=number(of))
                self.call_later(self.say_busy, "write", said)

        def written(done: Correcting) -> None:
            if not done:
                self.tell(_("Nothing to change."))
                return
            back = partial(self.library.correct, done.dropped, done.added, progress)
            self._done.append(Done(words, (article_id,), back, True, slow))
            then()

        self.write(lambda: self.library.correct(rules, progress=progress), written, slow)

    def change_searches(self, changes: Mapping[int, Search | None], words: str) -> None:
        """Keeps, renames or removes saved searches, and says so."""

        def written(back: Mapping[int, Search | None]) -> None:
            if back:
                take_back = partial(self.library.change_searches, back)
                self._done.append(Done(words, (), take_back, True, ""))
                self.tell(words)

        self.write(lambda: self.library.change_searches(changes), written, "")

    def change_those_left(self, ids: Collection[str], change: Change) -> Change:
        """Changes the articles, without those that were deleted for good since they were chosen.

        Raises ArticleNotFound if none is left, Stopped.
        """
        from store.changes import UNWATCHED

        words = N_("Changing… {done}/{total} ({back} takes it back)")
        watch = self.watching(words) if changing(len(ids)) else UNWATCHED
        try:
            return self.library.change(ids, change, watch)
        except ArticleNotFound:
            left = in_library(self.library, set(ids))
            if not left:
                raise
            return self.library.change(left, change, watch)

    def write(self, job: Callable[[], T], then: Callable[[T], None], slow: str) -> None:
        """Does what writes, then what shows it. What is `slow` is done in a thread, and this is what the
        status line says meanwhile.

        What fails is told. While a thread writes, nothing else is written by hand.
        """
        if self._is_writing():
            return
        if slow:
            self.say_busy("write", slow)
            self._write(job, then)
        else:
            self._written(job, then)()

    def _is_writing(self, by_hand: bool = True) -> bool:
        """Whether a thread writes. Waiting for it here would let nothing be drawn for seconds."""
        writing = self.is_busy("write")
        if writing and by_hand:
            self.tell(_("One moment: the last change is still being written."), "warning")
        return writing

    def watching(self, words: str) -> Watch:
        """How a change in the thread is followed, in these words (for the catalogue), and stopped."""

        from store.changes import Watch

        def progress(done: int, of: int) -> None:
            said = _("Taking it back… {done}/{total}") if self._stop.is_set() else _(words)
            said = said.format(done=number(done), total=number(of), back=named("step.back"))
            self.call_later(self.say_busy, "write", said)

        self._stop.clear()
        self._watched = True
        return Watch(progress, self._stop.is_set)

    def stop_writing(self) -> bool:
        """Has a change that is being written stopped and taken back; False if there is none, or none that
        can be."""
        if not (self._watched and self.is_busy("write")):
            return False
        self._stop.set()
        return True

    @work(thread=True, group="write")
    def _write(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        show = self._written(job, then)

        def end() -> None:
            self._watched = False
            self.say_busy("write", "")
            show()

        self.call_later(end)

    def _written(self, job: Callable[[], T], then: Callable[[T], None]) -> Callable[[], None]:
        from store.changes import Stopped

        try:
            return partial(then, job())
        except BandocError as error:
            return partial(self.complain, error)
        except Stopped:
            return partial(self.tell, _("Stopped: nothing was changed."))

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    def undo(self, then: Callable[[Done], None]) -> None:
        """Takes the last change back, then calls what shows it."""
        if not self._done:
            self.tell(_("Nothing to undo."))
            return
        places = range(len(self._done) - 1, -1, -1)
        place = next((place for place in places if self._done[place].by_hand), places[0])
        last = self._done[place]

        def take_back() -> Done:
            try:
                last.take_back()
            except ArticleNotFound:  # deleted for good meanwhile: the steps before can still be undone
                self._done.remove(last)
                raise
            self._done.remove(last)
            return last

        self.write(take_back, then, last.slow)

    # -- what runs in the background

    @property
    def busy(self) -> str:
        """What the status line says while something runs in the background."""
        return " · ".join(self._jobs.values())

    def is_busy(self, job: str) -> bool:
        """Whether a job runs in the background."""
        return job in self._jobs

    def say_busy(self, job: str, words: str) -> None:
        """Says how far a job in the background is; "" when it has ended."""
        self._jobs = {name: said for name, said in {**self._jobs, job: words}.items() if said}
        if (main := self.main) is not None:
            main.say_where()

    # -- words

    def on_notify(self) -> None:
        """One message at a time: keys pressed fast must not pile them up over the text."""
        self.clear_notifications()

    def tell(self, words: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A passing message. Article titles may be in it: it is never markup."""
        self.notify(
            str(join(words)), severity=severity, timeout=4 if severity == "information" else 8, markup=False
        )

    def complain(self, error: BandocError) -> None:
        """An error of the store, in words."""
        self.tell(say(error), "error")

    def plain_error(self, error: BandocError, before: str = "") -> Content:
        """An error as a line of content."""
        return join(before, (say(error), "$text-error"))
