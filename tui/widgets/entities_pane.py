"""Names grouped by type and counted: those of one article, or of all articles listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.article import ENTITY_TYPES, Article, Entity, EntityType
from store.index.rows import Facet
from store.text import one_line
from tui.cells import cells, wrap
from tui.content import join, plain
from tui.entity_groups import FACETS, PAGE, Group, Name, Order, arranged, of_article, of_facets
from tui.entity_types import TYPE_NAMES
from tui.figures import number
from tui.i18n import _, ngettext
from tui.keys import bindings
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


class EntitiesPane(Options):
    """Enter on a name walks through its mentions, or takes it into the filter: the screen listens for
    `Selected`. A folded group is its heading alone, on which Enter unfolds it."""

    # An OptionList narrower than its borders fails.
    DEFAULT_CSS = "EntitiesPane { min-width: 12; }"
    BINDINGS = bindings("entities")

    article: var[Article | None] = var(None, always_update=True)
    types: var[frozenset[str]] = var(USUAL)
    scope: var[Literal["article", "list"]] = var("article")
    order: var[Order] = var("count")
    needle: var[str] = var("")

    @dataclass
    class Selected(Message):
        """A name was chosen with Enter or a click."""

        name: Name

    @dataclass
    class Across(Message):
        """The page of an entity is asked for."""

        name: Name

    @dataclass
    class More(Message):
        """The cursor came to the end of the names of a type that were counted."""

        type: EntityType

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.limits: dict[EntityType, int] = dict.fromkeys(FACETS, PAGE)
        self._names: dict[str, Name] = {}
        self._facets: Mapping[EntityType, Sequence[Facet]] = {}
        self._signs: Mapping[str, str] = {}
        self._apart: Collection[EntityType] = ()
        self._listed = 0
        self._counting = False
        self._folded: set[EntityType] = set()
        self._room = 0
        self._behind = False
        """Whether the names are still those of the article before."""

    # -- values from the screen

    def on_resize(self) -> None:
        if self._room != self.scrollable_content_region.width:
            self._fill()

    def watch_article(self) -> None:
        if self.scope == "article" and self.display:
            self._fill()
        elif self.scope == "article":  # out of sight: the text comes first
            self._behind = True
            self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        """Fills the pane, if that was put off. No key may find the names of the article before."""
        if self._behind:
            self._fill()

    def on_focus(self) -> None:
        self._catch_up()

    def watch_types(self) -> None:
        self._fill()

    def watch_scope(self) -> None:
        self._fill()

    def watch_order(self) -> None:
        self._fill()

    def watch_needle(self) -> None:
        self._fill()

    def counting(self) -> None:
        """Says that what is shown is about to be counted anew."""
        if not self._counting:
            self._counting = True
            if self.scope == "list" and self.option_count:  # the rest stays: hundreds of names take a while
                self.replace_option_prompt_at_index(0, plain(_("Counting…"), "$text-muted"))
            else:
                self._fill()

    def show_facets(
        self,
        facets: Mapping[EntityType, Sequence[Facet]],
        signs: Mapping[str, str],
        listed: int,
        apart: Collection[EntityType] = (),
    ) -> None:
        """Shows what was counted over the articles listed; `signs`: "+" or "-" by the keys of entities that
        the filter asks for or leaves out; `apart`: the types that were counted without their own parts of
        the filter."""
        self._facets, self._signs, self._listed, self._counting = facets, signs, listed, False
        self._apart = apart
        self._fill()

    @property
    def pointed(self) -> Name | None:
        """The name under the cursor."""
        self._catch_up()
        option = self.highlighted_option
        return self._names.get(option.id or "") if option else None

    @property
    def entity(self) -> Entity | None:
        """The entity of the article under the cursor."""
        return self.pointed.entity if self.pointed else None

    def choose(self, key: str) -> None:
        """Puts the cursor on an entity, if it is listed."""
        for index, option in enumerate(self.options):
            if (name := self._names.get(option.id or "")) and name.key == key:
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

    # -- keys

    def action_across(self) -> None:
        """Asks for the page of the entity under the cursor."""
        if (name := self.pointed) is not None:
            self.post_message(self.Across(name))

    def action_fold(self) -> None:
        """Folds the group under the cursor to its heading, or unfolds it."""
        option = self.highlighted_option
        name = self._names.get(option.id or "") if option else None
        kind = name.type if name else _type_of(option)
        if kind is not None:
            self._folded ^= {kind}
            self._fill()
            place = next((n for n, o in enumerate(self.options) if o.id == f"g:{kind}"), None)
            if place is None:
                place = next(
                    (n for n, o in enumerate(self.options) if o.id in self._names
                     and self._names[o.id or ""].type == kind), None)  # fmt: skip
            self.highlighted = place

    @on(OptionList.OptionSelected)
    def _option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if name := self._names.get(event.option.id or ""):
            self.post_message(self.Selected(name))
        elif _type_of(event.option) is not None:
            self.action_fold()

    @on(OptionList.OptionHighlighted)
    def _option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        option = event.option
        if option.id and option.id.startswith("m:") and not self._counting:
            kind = next(kind for kind in FACETS if option.id == f"m:{kind}")
            self.limits[kind] += PAGE
            self.post_message(self.More(kind))

    # -- drawing

    def _groups(self) -> list[Group]:
        if self.scope == "list":
            return of_facets(self._facets, self.limits)
        return of_article(self.article.entities if self.article else (), self.types)

    def _fill(self) -> None:
        self._behind = False
        before, place = self.pointed, self.highlighted
        self.clear_options()
        self._names = {}
        self._room = self.scrollable_content_region.width
        options: list[Option | None] = []
        if self.scope == "list":
            said = ngettext("In the {n} article listed", "In the {n} articles listed", self._listed)
            words = _("Counting…") if self._counting else said.format(n=number(self._listed))
            options += [Option(plain(words, "$text-muted"), disabled=True)]
        signs = self._signs if self.scope == "list" else {}
        for group in arranged(self._groups(), self.order, self.needle, signs):
            if options:
                options.append(None)
            options += self._group(group)
        if not self._names and not self._folded and not self._counting:
            none = _("No names in this article.") if self.article else _("No article.")
            nothing = _("No such name.") if self.needle else none
            if self.scope == "article" or self.needle:
                options.append(Option(plain(nothing, "$text-muted"), disabled=True))
        self.add_options(options)
        self.highlighted = next((n for n, o in enumerate(self.options) if not o.disabled), None)
        if before is not None and before.key in {name.key for name in self._names.values()}:
            self.choose(before.key)
        elif place is not None and self.scope == "list" and before is None:
            open_ = [n for n, o in enumerate(self.options) if not o.disabled and n <= place]
            self.highlighted = open_[-1] if open_ else self.highlighted

    def _group(self, group: Group) -> list[Option]:
        kind, style = group.type, TYPE_STYLES[group.type]
        count = f"{number(len(group.names))}{'+' if group.more else ''}"
        folded = kind in self._folded and not self.needle
        heading = f"{'▸ ' if folded else ''}{_(TYPE_NAMES[kind])} ({count})"
        if folded:
            return [Option(plain(heading, f"bold {style}"), id=f"g:{kind}")]
        # Who is asked for must not hide who else could be: the reader is told so.
        apart = _("not filtered by this group") if self.scope == "list" and kind in self._apart else ""
        words = join((heading, f"bold {style}"), (f" · {apart}" if apart else "", "$text-muted"))
        options = [Option(words, disabled=True)]
        for name in group.names:
            id = f"e{len(self._names)}"
            self._names[id] = name
            sign = self._signs.get(name.key, " ") if self.scope == "list" else ""
            options.append(Option(_label(name, self._room, sign, self.scope == "list"), id=id))
        if group.more:
            options.append(Option(plain(_("  more…"), "$text-muted"), id=f"m:{kind}"))
        return options


def _type_of(option: Option | None) -> EntityType | None:
    """The group whose heading an option is."""
    id = (option.id if option else "") or ""
    return next((kind for kind in ENTITY_TYPES if id == f"g:{kind}"), None)


def _label(name: Name, room: int, sign: str, always: bool) -> Content:
    """The name and its count; what does not fit in `room` cells, and the offices, stand indented below."""
    count = f" {number(name.count)}" if always or name.count > 1 else ""
    role = "\n  " + _hanging(", ".join(name.roles), room - 2) if name.roles else ""
    text = _hanging(name.name, room - cells(count) - 2 * bool(sign))
    before = f"{'−' if sign == '-' else sign} " if sign else ""
    style = TYPE_STYLES[name.type] if sign in {"", " "} else f"bold {TYPE_STYLES[name.type]}"
    return join((before, "bold"), (text, style), (count, "$text-muted"), (role, "$text-muted"))


def _hanging(text: str, room: int) -> str:
    """A text with line ends where it would wrap, its other lines indented by two."""
    if cells(text) <= room or room < 8:
        return text
    text = one_line(text)
    return "\n  ".join(text[start:end] for start, end in wrap(text, room - 2))
