"""Saved searches on the screen and in the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from piloting import opened, settled, shown, ten
from screen_fakes import article

from store.errors import QueryError
from store.library import Library
from store.searches import Search


async def test_a_filter_is_saved_listed_chosen_renamed_removed_and_brought_back() -> None:
    async with opened(ten()) as (pilot, screen, library):

        def asks(*lines: str) -> bool:
            text = " ".join(" ".join(shown(pilot)).split())
            return all(line in text for line in lines)

        await pilot.press("2", "/", *"bài", "enter", "quotation_mark")
        await settled(pilot, lambda: asks("bài, is:unread"))
        await pilot.press(*"moi", "enter")
        assert library.saved == {1: Search("moi", "bài, is:unread")}
        await pilot.press("escape", "escape", "4")
        await settled(pilot, lambda: asks("All 10", "Starred 0", "moi (bài, is:unread) 10"))
        await pilot.press("end", "enter")
        await settled(pilot, lambda: screen.filter_bar.value == "bài, is:unread")
        await pilot.press("4")
        await settled(pilot, lambda: asks("All 10"))
        await pilot.press("f2")
        await settled(pilot, lambda: asks("The right name"))
        await pilot.press("2", "enter")
        assert library.saved == {1: Search("moi2", "bài, is:unread")}
        await pilot.press("4")
        await settled(pilot, lambda: asks("moi2"))
        await pilot.press("delete")
        await settled(pilot, lambda: library.saved == {})
        await pilot.press("u")
        await settled(pilot, lambda: library.saved == {1: Search("moi2", "bài, is:unread")})


def test_saved_searches_stay_with_the_library(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add([(article(1), None)])
        assert library.change_searches({0: Search(" Bão\n lũ ", "bao OR lu")}) == {1: None}
        library.change_searches({0: Search("Mai", "person:Mai")})
        back = library.change_searches({0: Search("bao lu", "lũ")})  # the same name, without marks
        assert back == {1: Search("Bão lũ", "bao OR lu")}
    with Library.open(tmp_path / "library") as library:
        assert library.searches() == {1: Search("bao lu", "lũ"), 2: Search("Mai", "person:Mai")}
        library.change_searches(back)
        undo = library.change_searches({2: None})
        assert library.searches() == {1: Search("Bão lũ", "bao OR lu")}
        library.change_searches(undo)
        assert library.searches()[2] == Search("Mai", "person:Mai")
        assert not library.check()
        assert library.corrections() == ()


@pytest.mark.parametrize(
    "search", [Search("", "a"), Search("x" * 61, "a"), Search("a", "(b"), Search("@", "a")]
)
def test_what_is_no_search_is_not_saved(tmp_path: Path, search: Search) -> None:
    with Library.open(tmp_path / "library") as library:
        with pytest.raises(QueryError):
            library.change_searches({0: search})
        assert library.searches() == {}
