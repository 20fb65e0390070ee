"""One entity across articles, over the main screen: each line leads to its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from store.article import Mention
from store.errors import BandocError
from store.index.index import Cancelled
from store.profile import Profile, Said, sentences
from tui.content import plain
from tui.entity_lines import Line, lines
from tui.figures import day
from tui.i18n import _
from tui.keys import hints
from tui.screens.dialogs import Once
from tui.widgets.bars import Footer
from tui.widgets.entity_view import EntityView, Target, target_of

if TYPE_CHECKING:
    from tui.app import ReaderApp

COMPANIONS = 12
"""Of each type on the page."""
AT_ONCE = 8
"""Sentences that are read before they are shown."""


class Lead(NamedTuple):
    """Where a line leads: an article, and where in it the entity of this key is named (None: anywhere)."""

    article: str
    key: str
    mention: Mention | None


class Narrow(NamedTuple):
    """The library shall be filtered by this entity."""

    profile: Profile


class EntityPage(Once[Lead | Narrow | None], Screen[Lead | Narrow | None]):
    """Reads the profile and then the sentences in threads; the newest question is the one that counts."""

    _reading = False
    profile: Profile | None = None

    @dataclass
    class Loaded(Message):
        """The profile was read; None if nothing names the entity (any more), or it failed."""

        profile: Profile | None
        error: BandocError | None = None

    @dataclass
    class Told(Message):
        """Sentences were read; `done`: no more are on their way."""

        said: Mapping[Target, Said | None]
        done: bool = False

    def __init__(self, key: str, name: str, article: str = "") -> None:
        """`article` is the id of the one it is opened from: of several of one name, its person is shown."""
        super().__init__()
        self.key = key
        self.entity_name = name
        self.article = article

    @property
    def reader(self) -> ReaderApp:
        return cast("ReaderApp", self.app)

    @property
    def view(self) -> EntityView:
        return self.query_one(EntityView)

    def compose(self) -> ComposeResult:
        yield Static(plain(self.entity_name, "bold"), classes="page-heading")
        yield EntityView()
        footer = Footer()
        footer.hints = tuple(hints("entity"))
        yield footer

    def on_mount(self) -> None:
        self.view.message = _("Loading…")
        self._load()

    # -- reading

    @work(thread=True, group="profile")
    def _load(self) -> None:
        worker = get_current_worker()
        try:
            found = self.reader.library.profile(self.key, cancelled=lambda: worker.is_cancelled)
        except Cancelled:
            return
        except BandocError as error:
            self.post_message(self.Loaded(None, error))
        else:
            self.post_message(self.Loaded(found))

    @on(Loaded)
    def _show(self, event: Loaded) -> None:
        if event.error is not None:
            self.reader.complain(event.error)
        if event.profile is None:
            self.view.message = _("No article names this any more.")
            return
        self.profile = event.profile
        # The heading says the name already.
        shown = list(lines(event.profile, day, companions=COMPANIONS))[1:]
        self.view.show(shown, self._start(event.profile, shown))

    def _start(self, profile: Profile, shown: list[Line]) -> int:
        """Where the one begins whom the article names; 0 for the only one, and where it isn't told."""
        titles = [number for number, line in enumerate(shown) if line.kind == "title"]
        whose = (
            titles[number]
            for number, person in enumerate(profile.people)
            if number
            and any((naming.id, naming.key) == (self.article, self.key) for naming in person.articles)
        )
        return next(whose, 0)

    @on(EntityView.Looked)
    def _look(self) -> None:
        if not self._reading and (wanted := self.view.wanted()):
            self._reading = True
            self._read(wanted)

    @work(thread=True, group="sentences")
    def _read(self, wanted: list[Line]) -> None:
        worker = get_current_worker()
        missing = {target_of(line): None for line in wanted}
        told: dict[Target, Said | None] = {}
        asked = [(line.target, line.offices) for line in wanted if line.target]
        try:
            for naming, offices, said in sentences(self.reader.library.article, asked):
                if worker.is_cancelled:
                    return
                target = (naming.id, naming.key, offices)
                told[target] = said
                missing.pop(target, None)
                if len(told) >= AT_ONCE:
                    self.post_message(self.Told(told))
                    told = {}
        except BandocError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self.reader.complain, error)
        # What is gone meanwhile is not asked for again.
        rest = {target: None for target in missing if target is not None}
        self.post_message(self.Told({**rest, **told}, done=True))

    @on(Told)
    def _tell(self, event: Told) -> None:
        self._reading = self._reading and not event.done
        if event.said:
            self.view.tell(event.said)

    # -- leaving

    @on(EntityView.Opened)
    def _opened(self, event: EntityView.Opened) -> None:
        line = event.line
        if line.target is not None:
            said = self.view.said_of(line)
            self.dismiss(Lead(line.target.id, line.target.key, said.mention if said else None))
        elif line.key:
            self.app.push_screen(EntityPage(line.key, line.text), self._came_back)

    def _came_back(self, result: Lead | Narrow | None) -> None:
        if result is not None:
            self.dismiss(result)

    @on(EntityView.Filtered)
    def _filtered(self) -> None:
        if self.profile is not None:
            self.dismiss(Narrow(self.profile))

    @on(EntityView.Left)
    def _left_page(self) -> None:
        self.dismiss(None)

    @on(EntityView.Helped)
    def _help(self) -> None:
        from tui.screens.help import help_page

        self.app.push_screen(help_page("entity"))
