"""The part of the main screen that finds: the two bars, the names, and the walk through what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.reactive import var

from store.article import Entity, EntityType
from tui.entity_groups import FACETS, Order
from tui.i18n import _
from tui.keys import named
from tui.layout import Place
from tui.panes import TWO_PANES
from tui.screens.filtering import FilteringScreen
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import Bar
from tui.widgets.entities_pane import USUAL, EntitiesPane

if TYPE_CHECKING:
    from store.profile import Profile
    from tui.screens.entity_page import Lead, Narrow


def entity_filter(entity: Entity | Profile) -> str:
    """The filter that finds an entity's articles: by its whole name, or by its words."""
    return name_filter(entity.type, entity.key, entity.name)


def name_filter(type: EntityType, key: str, name: str) -> str:
    """The same, of an entity known by these."""
    name = name.replace('"', " ").strip()
    if (field := FACETS.get(type)) is None:
        return f'"{name}"'
    key = key.partition(":")[2]
    return f'{field}:"{key if "#" in key else name}"'


def profile_filter(profile: Profile) -> str:
    """The filter that finds an entity's articles, a document's under whatever name they cite it."""
    if profile.type != "document" or not profile.spellings:
        return entity_filter(profile)
    names = (name.replace('"', " ").strip() for name in (profile.name, *profile.spellings[:7]))
    return "(" + " OR ".join(f'doc:"{name}"' for name in names) + ")"


class FindingScreen(FilteringScreen, inherit_bindings=False):
    """Finding in the list and in the text, and the names of an article."""

    types: var[frozenset[str]] = var(USUAL)
    chosen: var[str] = var("")
    names_order: var[Order] = var("count")
    finding = False
    searching = False
    """Whether the line below is for names, not for the words of the article."""
    _found_from: Place | None = None

    def action_find(self) -> None:
        if self.pane == "list":
            self.was_read()
            self.query_one("#filter-row").display = True
            self.set_focus(self.filter_bar)
            return
        line = self.query_one("#find", Bar)
        self.searching = self.pane == "entities"
        names = _("A part of the name")
        line.placeholder = names if self.searching else _("Words of this article, with or without marks")
        line.value = self.query_one(EntitiesPane).needle if self.searching else self.reading.needle
        line.cursor_position = len(line.value)
        self.query_one("#find-row").display = True
        self.set_focus(line)
        if not self.searching:
            self.finding = True
            self._found_from = self.reading.place

    @on(Bar.Changed, "#find")
    def _find_typed(self, event: Bar.Changed) -> None:
        if self.searching:
            self.search_names(event.value)
            return
        self.reading.needle = event.value
        if event.value and event.input.has_focus:
            # Each letter looks again from where the search began, not from where the last one led.
            self.reading.show_from(self._found_from)
            self.reading.walk(1, near=True)

    @on(Bar.Submitted)
    def _bar_submitted(self, event: Bar.Submitted) -> None:
        if event.input.id == "find":
            self._leave_find(keep=bool(event.value))
        elif event.input.id == "filter" and self.filter_is_whole():
            self.pane = "list"
            self.set_focus(self.listing)

    @on(Bar.Left)
    def _bar_left(self, event: Bar.Left) -> None:
        if event.bar.id == "find":
            self._leave_find(keep=False)
        elif event.bar.id == "filter":
            event.bar.value = ""
            self.pane = "list"
            self.set_focus(self.listing)

    def _leave_find(self, *, keep: bool) -> None:
        """Goes back to what was searched, which keeps what was found or not."""
        if self.searching:
            if not keep:
                self.search_names("")
            self.query_one("#find-row").display = self.finding
            self.set_focus(self.query_one(EntitiesPane))
        else:
            self._close_find(keep=keep)
            self.set_focus(self.reading)
        self.say_where()

    def search_names(self, needle: str) -> None:
        """Leaves the names that hold what is typed."""
        self.query_one(EntitiesPane).needle = needle
        self.say_where()

    def _close_find(self, *, keep: bool) -> None:
        self.query_one("#find-row").display = keep
        if not keep:
            self.finding = self.searching = False
            self.query_one("#find", Bar).value = ""
            self.reading.needle = ""

    def action_hit(self, step: int) -> None:
        if not self.reading.walk(step, near=True):
            self.reader.tell(_("Nothing to go to: find, choose a name or filter first."))

    def was_read(self) -> None:
        """One of the keys was used that a first start tells; the telling screen knows what that means."""

    # -- names

    def action_more_types(self) -> None:
        if self.pane == "entities" and self.query_one(EntitiesPane).scope == "list":
            words = _("Events and quantities are those of one article: {key} shows its names.")
            self.reader.tell(words.format(key=named("entities.scope")))
            return
        self.types = USUAL if self.types != USUAL else USUAL | {"event", "quantity"}

    def choose_entity(self, key: str) -> None:
        """Marks an entity in the text and goes to its next mention."""
        if self.finding:
            self._close_find(keep=False)
        again = self.chosen == key
        self.chosen = key
        self.reading.walk(1, near=not again)
        if self.app.size.width < TWO_PANES:
            self.pane = "view"

    @on(EntitiesPane.Across)
    def _across(self, event: EntitiesPane.Across) -> None:
        from tui.screens.entity_page import EntityPage

        here = self.article.id if self.article else ""
        self.app.push_screen(EntityPage(event.name.key, event.name.name, here), self._led)

    def _led(self, result: Lead | Narrow | None) -> None:
        """Goes where a line of an entity's page leads."""
        from tui.screens.entity_page import Narrow

        if result is None:
            return
        if isinstance(result, Narrow):
            self.add_to_filter(profile_filter(result.profile))
            return
        if self.finding:
            self._close_find(keep=False)
        place = self.rows.place(result.article) if self.rows is not None else None
        if place is not None:
            self.listing.cursor = place
        self.show_article(result.article)
        self.chosen = result.key
        self.pane = "view"
        # Where the text was not in sight it is laid out first.
        self.call_after_refresh(self._show_lead, result)

    def _show_lead(self, lead: Lead) -> None:
        if lead.mention is not None:
            self.reading.show_mention(lead.mention)
        else:
            self.reading.walk(1)

    @property
    def chosen_entity(self) -> Entity | None:
        """The entity that is chosen in the text."""
        entities = self.article.entities if self.article else ()
        return next((entity for entity in entities if entity.key == self.chosen), None)

    def action_filter_entity(self) -> None:
        entity = self.query_one(EntitiesPane).entity if self.pane == "entities" else None
        entity = entity or self.chosen_entity
        if entity is None:
            self.ask_for_name()
            return
        self.add_to_filter(entity_filter(entity))

    def ask_for_name(self) -> None:
        """Says how a name is chosen."""
        words = _("Choose a name first: {pane} to the names, {choose} on one.")
        self.reader.tell(words.format(pane=named("pane.next"), choose=named("entities.walk")))

    def name_at_hand(self) -> str:
        if self.pane == "entities" and (name := self.query_one(EntitiesPane).pointed):
            return name.name
        return self.chosen_entity.name if self.chosen_entity else ""

    @on(ArticleView.PastEnd)
    def _past_end(self) -> None:
        self.action_unread(1)

    def watch_article(self) -> None:
        super().watch_article()
        keys = {entity.key for entity in self.article.entities} if self.article else set()
        if self.chosen not in keys:
            self.chosen = ""
