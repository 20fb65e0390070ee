"""The names of all that is listed: counted, searched, folded, and taken into the filter."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from piloting import opened, settled, shown, told
from screen_fakes import FakeLibrary, article, person

from store.article import Article
from store.index.rows import Facet
from store.query import Query, parse
from tui.app import ReaderApp
from tui.entity_groups import answers, arranged, of_facets
from tui.screens.faceting import signs
from tui.screens.main import MainScreen
from tui.widgets.entities_pane import USUAL, EntitiesPane


def naming() -> list[Article]:
    """Five articles: Mai in three of them, Nam in two, Huế in one."""
    mai, nam = person("Lê Mai", (0, 0)), person("Đỗ Nam", (0, 0))
    hue = replace(person("Huế", (0, 0)), type="place", key="place:huế")
    each = [(mai,), (mai, nam), (mai, hue), (nam,), ()]
    return [article(n, f"Bài {n}", "Lời đầu.", entities=names) for n, names in enumerate(each, 1)]


def lines(screen: MainScreen) -> list[str]:
    return [str(option.prompt) for option in screen.query_one(EntitiesPane).options]


async def test_the_names_of_all_listed_narrow_the_list_one_after_the_other() -> None:
    async with opened(naming(), (160, 40)) as (pilot, screen, _):
        await pilot.press("at")
        await settled(pilot, lambda: "  Lê Mai 3" in lines(screen))
        assert lines(screen) == [
            "In the 5 articles listed", "People (2)", "  Lê Mai 3", "  Đỗ Nam 2", "Places (1)", "  Huế 1",
        ]  # fmt: skip
        assert any("without it" in line for line in shown(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 3 and "+ Lê Mai 3" in lines(screen))
        assert screen.filter_bar.value == 'person:"Lê Mai"'
        assert screen.pane == "entities"
        # People are counted as without the people asked for, places with them.
        assert "  Đỗ Nam 2" in lines(screen)
        await pilot.press("j", "minus")
        await settled(pilot, lambda: len(screen.rows or ()) == 2 and "− Đỗ Nam 2" in lines(screen))
        assert screen.filter_bar.value == 'person:"Lê Mai", -person:"Đỗ Nam"'
        await pilot.press("minus", "O")
        await settled(pilot, lambda: len(screen.rows or ()) == 4)
        assert screen.filter_bar.value == '(person:"Lê Mai" OR person:"Đỗ Nam")'
        await pilot.press("B")
        assert "No names in this article." in lines(screen) or "Lê Mai" in lines(screen)[1]


async def test_groups_fold_and_names_are_searched_without_marks() -> None:
    async with opened(naming(), (160, 40)) as (pilot, screen, _):
        await pilot.press("at")
        await settled(pilot, lambda: "  Lê Mai 3" in lines(screen))
        await pilot.press("c")
        assert lines(screen)[1:] == ["▸ People (2)", "Places (1)", "  Huế 1"]
        await pilot.press("enter")
        assert "  Lê Mai 3" in lines(screen)
        await pilot.press("slash", *"do n")
        await settled(pilot, lambda: lines(screen)[1:] == ["People (1)", "  Đỗ Nam 2"])
        await pilot.press("enter")
        assert screen.query_one(EntitiesPane).has_focus
        await pilot.press("escape")
        await settled(pilot, lambda: "  Huế 1" in lines(screen))
        assert screen.pane == "entities"


async def test_late_counts_are_dropped_and_the_pane_says_that_it_counts() -> None:
    gate = threading.Event()
    asked: list[Query] = []

    class Slow(FakeLibrary):
        def facets(self, query: Query, type: str, *more: Any, **named: Any) -> list[Facet]:
            asked.append(query)
            gate.wait(5)
            return super().facets(query, type, *more, **named)

    app = ReaderApp(Slow(naming()))  # type: ignore[arg-type]
    async with app.run_test(size=(160, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        await pilot.press("B")
        assert lines(screen) == ["Counting…"]
        screen.filter_bar.value = "place:hue"
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        gate.set()
        await settled(pilot, lambda: "In the 1 article listed" in lines(screen))
        assert lines(screen)[1:] == [
            "People (1)",
            "  Lê Mai 1",
            "Places (1) · not filtered by this group",
            "+ Huế 1",
        ]


async def test_names_are_sorted_and_come_a_hundred_at_a_time() -> None:
    many = [article(n, f"Bài {n}", "Lời.", entities=(person(f"Tên {n:03}", (0, 0)),)) for n in range(1, 151)]
    async with opened(many, (160, 40)) as (pilot, screen, _):
        await pilot.press("B")
        await settled(pilot, lambda: "People (100+)" in lines(screen))
        await pilot.press("end")
        await settled(pilot, lambda: "People (150)" in lines(screen))
        await pilot.press("slash", *"ten 1")
        await settled(pilot, lambda: "People (51)" in lines(screen))  # all are searched, not only the first
        assert [line for line in shown(pilot) if "to these names" in line]
        await pilot.press("escape", "S", "down", "enter")
        assert screen.query_one(EntitiesPane).order == "name"
        await settled(pilot, lambda: lines(screen)[1:3] == ["People (100+)", "  Tên 001 1"])


async def test_by_name_begins_with_the_first_of_all_and_the_chosen_stay_on_top() -> None:
    common = [article(n, f"Bài {n}", "Lời.", entities=(person("Mai", (0, 0)),)) for n in (1, 2)]
    rare = [article(n + 9, "Bài", "Lời.", entities=(person(f"An {n:03}", (0, 0)),)) for n in range(120)]
    async with opened([*common, *rare], (120, 40)) as (pilot, screen, _):
        await pilot.press("l", "l", "B", "S", "down", "down", "down", "enter")
        await settled(pilot, lambda: lines(screen)[1:3] == ["People (100+)", "  An 000 1"])
        assert "  Mai 2" not in lines(screen)
        await pilot.press("slash", *"mai", "enter", "enter", "escape")
        await settled(pilot, lambda: lines(screen)[2:4] == ["+ Mai 2", "  An 000 1"])
        assert screen.filter_bar.value == 'person:"Mai"'
        # Two panes: what narrows the list stands beside the list.
        assert screen.listing.display
        assert not screen.reading.display
        await pilot.press("escape")
        assert screen.pane == "list"
        await pilot.press("l")
        assert screen.reading.display


async def test_events_and_quantities_are_no_matter_of_the_whole_list() -> None:
    async with opened(naming(), (160, 40)) as (pilot, screen, _):
        await pilot.press("at", "f2")
        assert screen.types == USUAL
        assert told(pilot).startswith("Events and quantities are those of one article")


def test_a_name_is_signed_when_the_filter_asks_for_it_and_no_other() -> None:
    names = [Facet("person", f"person:{name}", name, 1) for name in ("Lê Mai", "Mai", "Đỗ Nam")]
    assert signs(parse("person:mai, -person:Đỗ Nam"), {"person": names}) == {
        "person:Mai": "+",
        "person:Đỗ Nam": "-",
    }
    assert signs(parse("place:mai, mai"), {"person": names}) == {}


def test_names_sort_as_in_a_dictionary() -> None:
    names = ["Đạt", "Dũng", "An", "Ân"]
    facets = {"person": [Facet("person", f"person:{name}", name, 1) for name in names]}
    groups = arranged(of_facets(facets, {"person": 9}), "name")  # type: ignore[arg-type]
    assert [name.name for name in groups[0].names] == ["An", "Ân", "Dũng", "Đạt"]


def test_every_word_searched_begins_one_of_the_name() -> None:
    assert answers("Trương Thị Mai", "mai TRU")
    assert not answers("Trương Thị Mai", "mai nam")
