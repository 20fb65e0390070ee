"""The names of one article, grouped by type and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets.option_list import Option

from store.article import ENTITY_TYPES, Article, Entity, EntityType
from store.text import one_line
from tui.content import join, plain
from tui.entity_lines import TYPE_NAMES
from tui.i18n import _
from tui.keys import bindings
from tui.layout import cells, wrap
from tui.widgets.options import Options

TYPE_STYLES: dict[EntityType, str] = {
    "person": "$text-success",
    "organization": "$text-primary",
    "place": "$text-warning",
    "date": "$text-accent",
    "document": "$text-secondary",
    "event": "$text-error",
    "quantity": "$text-muted",
}
USUAL: frozenset[str] = frozenset(ENTITY_TYPES) - {"event", "quantity"}
"""What is shown until a reader asks for more."""


def grouped(entities: Sequence[Entity], types: frozenset[str]) -> list[tuple[EntityType, list[Entity]]]:
    """The entities by type, in the order of the types; the most mentioned first, then as they appear."""
    groups = []
    for kind in ENTITY_TYPES:
        if kind in types and (found := [entity for entity in entities if entity.type == kind]):
            groups.append((kind, sorted(found, key=lambda entity: -len(entity.mentions))))
    return groups


class EntitiesPane(Options):
    """Enter on a name walks through its mentions; the screen listens for `OptionSelected`."""

    # An OptionList narrower than its borders fails.
    DEFAULT_CSS = "EntitiesPane { min-width: 12; }"
    BINDINGS = bindings("entities")

    article: var[Article | None] = var(None, always_update=True)
    types: var[frozenset[str]] = var(USUAL)

    @dataclass
    class Across(Message):
        """The page of an entity is asked for."""

        entity: Entity

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._entities: dict[str, Entity] = {}
        self._room = 0

    def on_resize(self) -> None:
        if self._room != self.scrollable_content_region.width:
            self._fill()

    def watch_article(self) -> None:
        self._fill()

    def watch_types(self) -> None:
        self._fill()

    @property
    def entity(self) -> Entity | None:
        """The one under the cursor."""
        option = self.highlighted_option
        return self._entities.get(option.id or "") if option else None

    def entity_of(self, option: Option) -> Entity | None:
        """The entity that an option shows."""
        return self._entities.get(option.id or "")

    def action_across(self) -> None:
        """Asks for the page of the entity under the cursor."""
        if (entity := self.entity) is not None:
            self.post_message(self.Across(entity))

    def choose(self, key: str) -> None:
        """Puts the cursor on an entity, if it is listed."""
        for index, option in enumerate(self.options):
            if (entity := self._entities.get(option.id or "")) and entity.key == key:
                self.highlighted = index

    def stay(self, article: Article, entity: Entity, place: int | None) -> None:
        """Puts the cursor on what an entity became in a corrected article; on the next name if it is gone."""
        mentions = set(entity.mentions)
        for other in article.entities:
            if not mentions.isdisjoint(other.mentions):
                self.choose(other.key)
                return
        names = [index for index, option in enumerate(self.options) if not option.disabled]
        if names and place is not None:
            self.highlighted = next((index for index in names if index >= place), names[-1])

    def _fill(self) -> None:
        before = self.entity
        self.clear_options()
        self._entities = {}
        self._room = self.scrollable_content_region.width
        options: list[Option | None] = []
        for kind, entities in grouped(self.article.entities if self.article else (), self.types):
            if options:
                options.append(None)
            heading = f"{_(TYPE_NAMES[kind])} ({len(entities)})"
            options.append(Option(plain(heading, f"bold {TYPE_STYLES[kind]}"), disabled=True))
            for entity in entities:
                name = f"e{len(self._entities)}"
                self._entities[name] = entity
                options.append(Option(_label(entity, self._room), id=name))
        if not options:
            options.append(Option(plain(_("No names in this article."), "$text-muted"), disabled=True))
        self.add_options(options)
        self.highlighted = next((n for n, o in enumerate(self.options) if not o.disabled), None)
        if before is not None:
            self.choose(before.key)


def _label(entity: Entity, room: int) -> Content:
    """The name and its count; what does not fit in `room` cells, and the offices, stand indented below."""
    count = f" {len(entity.mentions)}" if len(entity.mentions) > 1 else ""
    role = "\n  " + _hanging(", ".join(entity.roles), room - 2) if entity.roles else ""
    name = _hanging(entity.name, room - cells(count))
    return join((name, TYPE_STYLES[entity.type]), (count, "$text-muted"), (role, "$text-muted"))


def _hanging(text: str, room: int) -> str:
    """A text with line ends where it would wrap, its other lines indented by two."""
    if cells(text) <= room or room < 8:
        return text
    text = one_line(text)
    return "\n  ".join(text[start:end] for start, end in wrap(text, room - 2))
