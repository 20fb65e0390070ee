"""Help for what has the focus: made from what is bound, with the keys that count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from tui.i18n import N_, _
from tui.keys import groups, key_name, key_names, keys_that_count
from tui.screens.pages import NarrowPage
from tui.widgets.filter_bar import FilterBar
from tui.widgets.table_view import Entry

LED = frozenset({"enter", "up", "down", "pageup", "pagedown", "tab", "shift+tab"})
"""Keys of Textual's widgets that lead to what the dialog does with them, and describes."""

ARROWS = frozenset({"up", "down", "left", "right"})

FILTERS = (
    ("tong ket", N_("these words side by side, with any marks")),
    ("bão, sông Lam", N_("both; with marks only these")),
    ('"sạt lở"  nông th*', N_("exactly; words that begin so")),
    (N_("person:  org:  place:  doc:"), N_("who or what is named")),
    (N_("source:  author:  title:  tag:"), N_("facts of the article")),
    (N_("date:2023-12  date:2022..2023"), N_("a month; from one year to the next")),
    (N_("newer:7d  older:1y"), N_("of the last seven days; older than a year")),
    (N_("is:unread  is:starred  has:note"), N_("states; what an article has")),
    (N_("-place:Hà Nội  NOT is:read"), N_("without")),
    ("lũ OR ngập", N_("either")),
)


def help_page(focus: str) -> NarrowPage[None]:
    """The keys for what has the focus in the main screen, or for the page of an entity, from the table of
    keys."""
    entries: list[Entry] = []
    for group, keys in groups(focus):
        entries += [Entry("", "", "head")] * bool(entries)
        entries.append(Entry("", _(group), "head"))
        entries += [Entry("  ".join(key_names(key)), _(key.label)) for key in keys if key_names(key)]
    return NarrowPage(_("Keys"), entries)


def help_here(screen: Screen[Any]) -> NarrowPage[None]:
    """The keys that count in a dialog, a page or a line to type in: what is bound there and described."""
    entries = [Entry("", _("Keys here"), "head"), *_bound(screen)]
    if isinstance(screen.focused, FilterBar):
        entries += [Entry("", "", "head"), Entry("", _("What a filter may say"), "head")]
        entries += [Entry(_(example), _(words)) for example, words in FILTERS]
    if isinstance(screen.focused, Input):
        entries += [Entry("", "", "head"), Entry("", _("In the line"), "head"), *_editing()]
    return NarrowPage(_("Keys"), entries)


def _bound(screen: Screen[Any]) -> Iterator[Entry]:
    for _node, binding, names in described(screen):
        yield Entry("  ".join(map(key_name, names)), _(binding.description))


def described(screen: Screen[Any]) -> Iterator[tuple[DOMNode, Binding, list[str]]]:
    """What is bound and described by what has the focus, then by what it lies in, up to the screen: by whom,
    what, and its keys in Textual's names; a key only where it is bound first."""
    from tui.screens.main import MainScreen

    nodes: list[DOMNode] = list(screen.focused.ancestors_with_self) if screen.focused else [screen]
    typing = isinstance(screen.focused, Input)
    if typing and isinstance(screen, MainScreen):
        nodes = nodes[:1]  # its other keys are those of the panes, and letters are letters here
    taken: set[str] = set()
    for node in nodes:
        for kind in type(node).__mro__:
            for binding in kind.__dict__.get("BINDINGS", ()):
                if not isinstance(binding, Binding):
                    continue
                if not kind.__module__.startswith("tui."):  # Textual's own, such as those that edit a line
                    taken.update(set(map(str.strip, binding.key.split(","))) - LED)
                    continue
                names = [name for name in keys_that_count(binding.id, binding.key) if name not in taken]
                taken.update(names)
                names = [
                    name for name in names if not (typing and len(key_name(name)) == 1 and name not in ARROWS)
                ]
                if binding.description and names:
                    yield node, binding, names
        if node is screen:
            return


def _editing() -> list[Entry]:
    return [
        Entry("Ctrl-←  Ctrl-→", _("A word to the left, to the right")),
        Entry("Home  End", _("Beginning, end of the line")),
        Entry("Ctrl-W  Ctrl-U  Ctrl-K", _("Take away a word, all before, all behind")),
    ]
