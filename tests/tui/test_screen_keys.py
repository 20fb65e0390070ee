"""The table of keys: complete, without clashes, documented, and all of it answered by something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.commands import score
from tui.keys import KEYS, Key, bindings, groups, hints, key_name, key_names
from tui.screens.entity_card import EntityCard
from tui.screens.main import MainScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import fitted
from tui.widgets.entities_pane import EntitiesPane
from tui.widgets.entity_view import EntityView

OWNERS = {
    "screen": MainScreen,
    "list": ArticleList,
    "view": ArticleView,
    "select": ArticleView,
    "entities": EntitiesPane,
    "entity": EntityView,
    "card": EntityCard,
}
PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_each_key_is_documented(key: Key) -> None:
    names = " ".join("`" + name.replace("|", "\\|") + "`" for name in key_names(key))
    assert f"| {names} | {key.label} | {key.id} |" in PAGE.read_text(encoding="utf-8")


def test_the_page_documents_nothing_else() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(KEYS)


def test_ids_are_unique() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)


def test_no_key_does_two_things_in_one_place() -> None:
    for where in OWNERS:
        names = [name for key in KEYS if key.where == where for name in key.keys.split(",")]
        assert len(names) == len(set(names)), where


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_a_letter_has_a_twin_that_is_none(key: Key) -> None:
    assert any(len(name) > 1 or not name.isalpha() for name in key.keys.split(","))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_something_answers(key: Key) -> None:
    name = key.action.partition("(")[0]
    if name.startswith("app."):
        from tui.app import ReaderApp

        assert hasattr(ReaderApp, f"action_{name[4:]}")
    else:
        assert hasattr(OWNERS[key.where], f"action_{name}")


def test_help_shows_every_key_of_the_focus_once() -> None:
    shown = [key.id for _, keys in groups("view") for key in keys]
    assert sorted(shown) == sorted(key.id for key in KEYS if key.where in ("view", "screen"))


def test_bindings_carry_their_ids() -> None:
    assert {binding.id for binding in bindings("list")} == {key.id for key in KEYS if key.where == "list"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("ctrl+f", "Ctrl-f"), ("question_mark", "?"), ("f3", "F3"), ("G", "G"), ("shift+tab", "Shift-Tab")],
)
def test_names_of_keys(key: str, wanted: str) -> None:
    assert key_name(key) == wanted


def test_the_footer_fits_and_never_loses_help() -> None:
    for focus in ("list", "picked", "view", "select", "card", "entities", "entity", "filter", "find"):
        for width in range(20, 121):
            shown = fitted(hints(focus), width)
            assert sum(len(key) + len(word) + 3 for key, word in shown) <= max(width, 35)
            assert shown[-1] == hints(focus)[-1]


@pytest.mark.parametrize(
    ("typed", "label", "found"),
    [
        ("da doc", "Đã đọc hay chưa", True),
        ("doc", "Đã đọc hay chưa", True),
        ("đã", "Đã đọc", True),
        ("exp", "Export as Markdown", True),
        ("port", "Export as Markdown", True),
        ("xyz", "Export as Markdown", False),
        ("", "Export", False),
    ],
)
def test_the_palette_matches_without_marks(typed: str, label: str, found: bool) -> None:
    assert (score(typed, label) > 0) is found


def test_a_better_match_scores_more() -> None:
    assert score("mark", "Mark all listed as read") > score("mark", "Entity marks in the text")
