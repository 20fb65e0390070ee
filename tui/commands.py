"""The palette: every action of the key table once, found with or without marks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from store.text import fold, one_line
from tui.content import join
from tui.i18n import _
from tui.keys import KEYS, Key, key_names
from tui.screens.dialogs import Once


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
    """Offers the actions that the present screen and pane have."""

    def _keys(self) -> Iterator[Key]:
        here = getattr(self.screen, "pane", "")
        return (key for key in KEYS if key.where in ("screen", here) and key.id != "palette")

    def _line(self, key: Key) -> Content:
        return join(_(key.label), (f"  {' '.join(key_names(key))}", "$text-muted"))

    async def _run(self, key: Key) -> None:
        node: Any = self.screen if key.where == "screen" else self.screen.query_one(f"#{key.where}")
        await self.app.run_action(key.action, default_namespace=node)

    async def discover(self) -> Hits:
        for key in self._keys():
            yield DiscoveryHit(self._line(key), partial(self._run, key), text=_(key.label))

    async def search(self, query: str) -> Hits:
        for key in self._keys():
            if (value := score(query, _(key.label))) > 0:
                yield Hit(value, self._line(key), partial(self._run, key), text=_(key.label))


class Palette(Once[None], CommandPalette):
    """Textual's palette; that nothing was found is said in the reader's language."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def say() -> None:
            if search_value:
                nothing = Option(join(_("No command of this name.")), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(nothing)
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)
