"""Keys of every screen and widget, dialogs too: none needs a letter that an input method swallows."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui

ELSEWHERE = {
    "Choice": {"move(1)", "move(-1)"},  # the list inside has ↓ and ↑
}
"""Actions whose key that is no letter is bound by what the screen holds."""


def bound() -> list[type[DOMNode]]:
    """All classes of the program that bind keys."""
    found: set[type[DOMNode]] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__.startswith("tui."):
                found |= {value} if value.__dict__.get("BINDINGS") else set()
    return sorted(found, key=lambda one: one.__name__)


def letters_alone(kind: type[DOMNode]) -> list[str]:
    """The actions of a class that can be reached by letters only."""
    keys: dict[str, list[str]] = {}
    for one in kind.mro():
        for binding in one.__dict__.get("BINDINGS", ()):
            made = binding if isinstance(binding, Binding) else Binding(*binding)
            keys.setdefault(made.action, []).extend(made.key.split(","))
    return [
        action for action, names in keys.items() if all(len(name) == 1 and name.isalpha() for name in names)
    ]


def test_the_search_looks_at_dialogs_and_panes() -> None:
    names = {kind.__name__ for kind in bound()}
    assert {"Choice", "Confirm", "Views", "TableView", "EntitiesPane", "MainScreen", "FilterBar"} <= names


@pytest.mark.parametrize("kind", bound(), ids=lambda kind: kind.__name__)
def test_no_action_needs_a_letter(kind: type[DOMNode]) -> None:
    given = {action for one in kind.mro() for action in ELSEWHERE.get(one.__name__, ())}
    assert set(letters_alone(kind)) <= given


def test_the_search_finds_a_letter_that_stands_alone() -> None:
    class Wrong(DOMNode):
        BINDINGS = [Binding("d,f2", "one"), Binding("w", "two"), Binding("Q", "three"), ("x,f", "four", "")]  # noqa: RUF012

    assert letters_alone(Wrong) == ["two", "three", "four"]
