"""The palette: whatever can be done, once, found with or without marks, what was used last in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from store.errors import BandocError
from store.searches import Search
from store.text import fold, one_line
from tui.config import READ_RULES, THEMES, ReadRule
from tui.content import join
from tui.i18n import N_, _
from tui.keys import KEYS, Key, also_bound, key_name, key_names, named
from tui.list_words import SORT_NAMES
from tui.panes import PANES
from tui.screens.dialogs import Once
from tui.screens.help import described
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from tui.app import ReaderApp

PALETTE = "app.command_palette"

REMEMBERED = 12
"""Commands used last that stand in front."""

PANE_NAMES = {"list": N_("in the list"), "view": N_("in the text"), "entities": N_("among the names")}
ELSEWHERE = {
    "select": ("view.select", N_("· while selecting text ({key})")),
    "card": ("view.card", N_("· on the card of a name ({key})")),
    "entity": ("entities.page", N_("· on the page of a name ({key})")),
}
"""Places that are not there all the time: the action that leads there, and the words for where it is."""

WITHOUT_ARTICLE = frozenset(
    {
        "step.back", "find.start", "searches.save", "filter.drop", "date.choose", "view.all", "view.unread",
        "view.starred", "view.trash", "view.choose", "list.sort", "list.group", "list.fold_all", "undo",
        "theme", "import", "import.report", "suspend", "quit", "quit.now", "help",
    }
)  # fmt: skip
"""What does something where nothing is listed and nothing read."""

RULE_NAMES: dict[ReadRule, str] = {
    "seconds": N_("after two seconds, or at the end"),
    "end": N_("at the end only"),
    "never": N_("never by itself"),
}


class Command(NamedTuple):
    """Something that can be done: its id, what it is called, what else is said of it (the pane it belongs to,
    what is set now), its keys, and how it is done. `also`: other words that find it."""

    id: str
    label: str
    run: Callable[[], object]
    more: str = ""
    keys: str = ""
    also: str = ""

    @property
    def line(self) -> Content:
        """As it is listed."""
        more = (f" {self.more}", "dim") if self.more else ""
        return join(self.label, more, (f"  {self.keys}", "$text-accent"))


def commands(screen: MainScreen) -> Iterator[Command]:
    """All that can be done on the main screen: the actions of the table of keys, those of the place in use
    first; then saved searches, orders, themes and settings. New kinds of commands are yielded here.

    What belongs to a place that is not there now (the selection of text, the card and the page of a name) is
    listed at the end, and leads there. Left out is the palette itself, and what needs an article where there
    is none.
    """
    here = "select" if screen.pane == "view" and screen.reading.caret else screen.pane
    something = screen.article is not None or screen.listing.row is not None
    for where in (here, "screen", *(pane for pane in PANES if pane != here)):
        for key in _keys_of(where):
            if something or key.id in WITHOUT_ARTICLE:
                yield _of_key(screen, key, "" if where in (here, "screen") else _(PANE_NAMES[where]))
    yield from _searches(screen)
    for sort, name in SORT_NAMES.items():
        now = _("(now)") if sort == screen.sort else ""
        yield Command(f"sort {sort}", f"{_('Sort')}: {_(name)}", partial(_sort, screen, sort), now)
    yield from _settings(screen.reader)
    names = screen.article is not None and bool(screen.article.entities)
    for where, (way, words) in ELSEWHERE.items():
        if where != here and something and (names or where == "select"):
            leads = _of_key(screen, next(key for key in KEYS if key.id == way), "")
            for key in _keys_of(where):
                yield leads._replace(
                    id=key.id,
                    label=_(key.label),
                    more=_(words).format(key=named(way)),
                    keys=" ".join(key_names(key)),
                    also=f"{key.label} {key.id}",
                )


def _keys_of(where: str) -> Iterator[Key]:
    return (key for key in KEYS if key.where == where and key.action != PALETTE)


def _of_key(screen: MainScreen, key: Key, more: str) -> Command:
    async def run() -> None:
        if key.where in PANES:
            if screen.pane != key.where:
                screen.pane = key.where
            elif screen.reading.caret:  # the keys of the text are those of the selection as long as it lasts
                screen.reading.action_leave_selection()
        place = "view" if key.where == "select" else key.where
        node: Any = screen if place == "screen" else screen.query_one(f"#{place}")
        await screen.app.run_action(key.action, default_namespace=node)

    return Command(key.id, _(key.label), run, more, " ".join(key_names(key)), f"{key.label} {key.id}")


def commands_here(screen: Screen[Any]) -> Iterator[Command]:
    """What can be done on a page or on the card of a name: what is bound there and described, first by the
    page itself; and settings."""
    for node, binding, names in sorted(described(screen), key=lambda found: found[0] is not screen):
        if binding.action not in (PALETTE, "app.help_here"):
            run = partial(screen.app.run_action, binding.action, default_namespace=node)
            label, keys = binding.description, " ".join(map(key_name, names))
            yield Command(binding.id or binding.action, _(label), run, "", keys, label)
    yield from _settings(cast("ReaderApp", screen.app))


def _searches(screen: MainScreen) -> Iterator[Command]:
    searches: list[Search] = []
    with suppress(BandocError):
        searches = list(screen.reader.library.searches().values())
    for search in searches:
        label = _("Saved search: {name}").format(name=search.name)
        yield Command(f"search {search.name}", label, partial(screen.show_search, search), search.query)


def _sort(screen: MainScreen, sort: Any) -> None:
    screen.sort = sort
    screen.select()


def _settings(reader: ReaderApp) -> Iterator[Command]:
    """Themes, and when an article counts as read; what is chosen is kept in the configuration."""
    for name in THEMES:
        if name in reader.available_themes:
            now = _("(now)") if name == reader.theme else ""
            yield Command(f"theme {name}", f"{_('Theme')}: {name}", partial(reader.wear, name), now)
    for rule, words in RULE_NAMES.items():
        now = _("(now)") if rule == reader.config.read_rule else ""
        label = _("Counts as read: {rule}").format(rule=_(words))
        yield Command(f"read {rule}", label, partial(_set_rule, reader, rule), now)


def _set_rule(reader: ReaderApp, rule: ReadRule) -> None:
    assert rule in READ_RULES
    reader.config = replace(reader.config, read_rule=rule)
    reader.keep_setting("read.rule", rule)


def score(typed: str, label: str) -> float:
    """How well a label answers: every typed word must begin a word of it, in order; 0 if not.

    >>> score("da doc", "Đã đọc") > 0
    True
    """
    words = fold(label).split()
    at = 0
    places = []
    for wanted in fold(one_line(typed)).split():
        while at < len(words) and not words[at].startswith(wanted):
            at += 1
        if at == len(words):
            return 0.5 if fold(one_line(typed)) in fold(label) else 0.0
        places.append(at)
        at += 1
    if not places:
        return 0.0
    gaps = sum(b - a - 1 for a, b in pairwise(places))
    return 1.0 / (1 + 0.1 * places[0] + 0.2 * gaps)


class Actions(Provider):
    """Offers the commands of the screen below."""

    @property
    def _reader(self) -> ReaderApp:
        return cast("ReaderApp", self.app)

    def _all(self) -> list[Command]:
        screen = self.screen
        return list(commands(screen) if isinstance(screen, MainScreen) else commands_here(screen))

    def _used(self) -> list[str]:
        """Ids of the commands used last, the last one in front."""
        return [id for id in self._reader.kept.get("commands", list[Any]()) if isinstance(id, str)]

    async def _run(self, command: Command) -> None:
        used = [command.id, *(id for id in self._used() if id != command.id)][:REMEMBERED]
        self._reader.kept.set("commands", used)
        done = command.run()
        if hasattr(done, "__await__"):
            await done

    async def discover(self) -> Hits:
        used = self._used()
        found = self._all()
        places = {id: place for place, id in enumerate(used)}
        found.sort(key=lambda command: places.get(command.id, len(places)))
        for command in found:
            yield DiscoveryHit(command.line, partial(self._run, command), text=command.label)

    async def search(self, query: str) -> Hits:
        used = self._used()
        for command in self._all():
            value = max(score(query, command.label), 0.4 * score(query, command.also))
            if value > 0:
                if command.id in used:  # of two that answer as well, what was used
                    value += 0.05 * (1 - used.index(command.id) / REMEMBERED)
                yield Hit(min(value, 2.0), command.line, partial(self._run, command), text=command.label)


class Palette(Once[None], CommandPalette):
    """Textual's palette; that nothing was found is said in the reader's language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", N_("Line down"), show=False),
        Binding("up", "command_list('cursor_up')", N_("Line up"), show=False),
        Binding("pagedown", "command_list('page_down')", N_("Page down"), show=False),
        Binding("pageup", "command_list('page_up')", N_("Page up"), show=False),
        Binding("escape", "escape", N_("Give up"), show=False),
        also_bound("help", "app.help_here"),
    ]

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def say() -> None:
            if search_value:
                nothing = Option(join(_("No command of this name.")), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)
