"""The card of a name at the foot of the text, in which its mentions stay in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from store.article import Entity
from store.errors import BandocError
from store.index.answers import Cancelled
from store.query import parse
from tui.content import join
from tui.entity_card import card_lines
from tui.i18n import _
from tui.keys import bindings, hints
from tui.screens.dialogs import Once
from tui.screens.finding import entity_filter
from tui.widgets.bars import Footer

if TYPE_CHECKING:
    from tui.app import ReaderApp
    from tui.screens.main import MainScreen


class EntityCard(Once[str | None], ModalScreen[str | None]):
    """Shows the name that is chosen on the main screen, and leads on from it. Gives what is to be done with
    that name: "filter", "page", "correct", or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("card")]

    @dataclass
    class Counted(Message):
        """How many articles name an entity."""

        key: str
        articles: int

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}

    @property
    def reader(self) -> ReaderApp:
        return cast("ReaderApp", self.app)

    @property
    def main(self) -> MainScreen:
        """The screen with the text."""
        assert self.reader.main is not None
        return self.reader.main

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="card-text", markup=False)
            if not self.main.query_one(Footer).display:  # nothing but the text: no other one says the keys
                footer = Footer()
                footer.hints = tuple(hints("card"))
                yield footer

    def on_mount(self) -> None:
        self._place()
        # The line of what was found may go away with the same key, and the text come down a line.
        self.main.screen_layout_refresh_signal.subscribe(self, lambda _: self._place(), immediate=True)
        self.show()

    def on_resize(self) -> None:
        self._place()

    def _place(self) -> None:
        """Under the text, as wide as it."""
        region = self.main.reading.region
        card = self.query_one("#card")
        card.styles.margin = (0, 0, max(0, self.app.size.height - region.bottom), region.x)
        card.styles.width = max(24, region.width)

    # -- what it says

    def show(self) -> None:
        """The name that is chosen now."""
        view, entity = self.main.reading, self.main.chosen_entity
        if view.article is None or entity is None:
            self.dismiss(None)
            return
        lines = card_lines(view.article, entity, view.mention_number, self._counts.get(entity.key))
        self.query_one("#card-text", Static).update(Content("\n").join(join(line) for line in lines))
        if entity.key not in self._counts:
            self._count(entity)
        self.call_after_refresh(self._clear)

    def _clear(self) -> None:
        """Moves the text so far that the card hides no mention that it speaks of."""
        view = self.main.reading
        view.keep_clear(view.region.bottom - self.query_one("#card").region.y)

    @work(thread=True, group="card")
    def _count(self, entity: Entity) -> None:
        worker = get_current_worker()
        try:
            found = self.reader.library.select(parse(entity_filter(entity)), lambda: worker.is_cancelled)
        except (BandocError, Cancelled):
            return  # a name that no filter can say
        if not worker.is_cancelled:
            self.post_message(self.Counted(entity.key, len(found)))

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self._counts[event.key] = event.articles
        self.show()

    # -- keys

    def action_walk(self, step: int) -> None:
        self.main.reading.walk(step)
        self.show()

    def action_step(self, step: int) -> None:
        if found := self.main.reading.name_beside(step):
            self.main.choose_mention(*found)
            self.show()

    def action_help(self) -> None:
        from tui.screens.help import help_page

        self.app.push_screen(help_page("card"))

    def action_copy(self) -> None:
        if entity := self.main.chosen_entity:
            self.app.copy_to_clipboard(entity.name)
            self.reader.tell(_("Copied."))
