"""How the list is arranged and walked: groups, order, views, the trash, what reading marks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from piloting import opened, settled, shown, ten, told
from screen_fakes import article, named
from textual.pilot import Pilot

from store.article import Article, State
from store.index.rows import Group
from store.library import Library
from store.query import parse
from store.query_places import without_sort
from tui.app import ReaderApp
from tui.config import Config, ReadRule
from tui.list_words import SORT_NAMES, heading, sort_choices, turned
from tui.screens.dialogs import Confirm
from tui.screens.main import MainScreen
from tui.widgets.article_list import ArticleList


@asynccontextmanager
async def over(
    folder: Path, articles: list[Article], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], MainScreen, Library]]:
    """The app over a real library, when the list is filled."""
    with Library.open(folder / "library") as library:
        library.add([(one, None) for one in articles])
        app = ReaderApp(library)
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, MainScreen)
            await settled(pilot, lambda: screen.furnished and len(screen.rows or ()) > 0)
            yield pilot, screen, library


def papers() -> list[Article]:
    """Four articles: two of one day, one without a date, one without a source."""
    days = ["2023-12-29T08:00:00+07:00", "2023-12-29", None, "2023-12-01"]
    sources = ["Báo A", "Báo B", "Báo A", None]
    return [
        replace(article(n, f"Bài {n}", f"Chữ {n}."), published=day, source=source)
        for n, (day, source) in enumerate(zip(days, sources, strict=True), 1)
    ]


# -- groups


async def test_the_list_in_groups_by_day_by_source_and_in_none(tmp_path: Path) -> None:
    async with over(tmp_path, papers()) as (pilot, screen, _library):
        lines = screen.listing

        def drawn() -> list[str]:
            return [" ".join(lines.render_line(y).text.split("─")[0].split()) for y in range(7)]

        await pilot.press("T")
        await settled(pilot, lambda: screen.grouping == "day" and drawn()[0].startswith("Friday"))
        assert drawn() == [
            "Friday 29/12/2023 · 2",
            "• Bài 1 Báo A 29/12/2023",
            "• Bài 2 Báo B 29/12/2023",
            "Friday 01/12/2023 · 1",
            "• Bài 4 01/12/2023",
            "Without a date · 1",
            "• Bài 3 Báo A —",
        ]
        await pilot.press("comma")
        await settled(pilot, lambda: drawn()[0].startswith("Báo A"))
        assert drawn() == [
            "Báo A · 2",
            "• Bài 1 29/12/2023",
            "• Bài 3 —",
            "Báo B · 1",
            "• Bài 2 29/12/2023",
            "Without a source · 1",
            "• Bài 4 01/12/2023",
        ]
        assert lines.row is not None
        assert lines.row.title == "Bài 1"
        await pilot.press("j", "j")
        assert lines.row.title == "Bài 2"  # headings are passed over
        await pilot.click("#list", offset=(5, 3))
        assert lines.row.title == "Bài 2"
        await pilot.click("#list", offset=(5, 2))
        assert lines.row.title == "Bài 3"
        await pilot.press("T")
        await settled(pilot, lambda: screen.grouping is None and drawn()[2] == "• Bài 4 01/12/2023")
        assert lines.row.title == "Bài 3"


async def test_the_heading_of_what_is_at_the_top_never_scrolls_away(tmp_path: Path) -> None:
    one_paper = [article(n, f"Bài {n:02}", f"Chữ {n}.", source="Báo A") for n in range(20)]
    async with over(tmp_path, one_paper, (80, 12)) as (pilot, screen, _library):
        await pilot.press("T", "T", "G")
        await settled(pilot, lambda: screen.listing.cursor == 19 and screen.listing.scroll_offset.y > 1)
        assert screen.listing.render_line(0).text.startswith(" Báo A · 20 ─")
        await pilot.click("#list", offset=(5, 0))
        assert screen.listing.cursor == 19
        for _ in range(19):
            await pilot.press("k")
            at = screen.listing.place_of_cursor().y
            assert at > screen.listing.region.y
            assert screen.listing.row is not None
            assert screen.listing.row.title in shown(pilot)[at]


async def test_the_heading_comes_into_sight_with_the_first_row_of_its_group(tmp_path: Path) -> None:
    days = [replace(one, published=f"2023-12-{1 + n:02}") for n, one in enumerate(ten())]
    async with over(tmp_path, days, (80, 12)) as (pilot, screen, _library):
        await pilot.press("T", "G")
        await settled(pilot, lambda: screen.listing.cursor == 9)
        await pilot.press("k", "k", "k", "k", "k", "k")
        first = screen.listing.render_line(0).text
        assert "·" in first
        assert screen.listing.render_line(1).text.endswith("07/12/2023 ")


@pytest.mark.parametrize(
    ("group", "by", "words"),
    [
        (Group("2026-06-18", 0, 3), "day", "Thursday 18/06/2026 · 3"),
        (Group("", 0, 1), "day", "Without a date · 1"),
        (Group("", 0, 1), "source", "Without a source · 1"),
        (Group("[b] Báo", 0, 2), "source", "[b] Báo · 2"),
    ],
)
def test_headings(group: Group, by: str, words: str) -> None:
    assert heading(group, by) == words  # type: ignore[arg-type]


# -- order


@pytest.mark.parametrize("sort", SORT_NAMES)
def test_of_each_two_orders_the_menu_offers_one_and_of_the_present_the_other(sort: str) -> None:
    choices = dict(sort_choices(sort))  # type: ignore[arg-type]
    assert len(choices) == 6
    assert [value for value, words in choices.items() if words.startswith("●")] == [turned(sort)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("sort:title", ""),
        ("bão, sort:-title, is:unread", "bão, is:unread"),
        ("bão xếp:tiêuđề", "bão"),
        ("sort:title lũ sort:added", "lũ"),
        ("sort:", ""),
        ("bão", "bão"),
    ],
)
def test_a_filter_without_its_order(text: str, left: str) -> None:
    assert without_sort(text) == left


# -- from article to article


async def test_next_and_previous_article_stay_in_the_filter_and_in_the_text() -> None:
    articles = [article(n, f"Gió {n}" if n % 2 else f"Lúa {n}") for n in range(1, 7)]
    async with opened(articles) as (pilot, screen, _library):
        await pilot.press("slash", *"gio", "enter", "enter")
        await settled(pilot, lambda: screen.focused is screen.reading)
        titles = []
        for key in ("J", "underscore", "J", "K", "circumflex_accent", "K"):
            await pilot.press(key)
            assert screen.focused is screen.reading
            titles.append(screen.article.title if screen.article else "")
            if (key, titles[-1]) == ("J", "Gió 1"):
                assert told(pilot) == "This is the last article of the list."
        assert titles == ["Gió 3", "Gió 1", "Gió 1", "Gió 3", "Gió 5", "Gió 5"]
        assert told(pilot) == "This is the first one."


async def test_the_next_unread_is_found_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.ordering.NEAR", 2)
    unread = {1, 9}
    articles = [article(n, f"Bài {n}", state=State(read=n not in unread)) for n in range(1, 11)]
    async with opened(articles) as (pilot, screen, _library):
        await pilot.press("right_square_bracket")
        assert screen.listing.cursor == 1
        await pilot.press("right_square_bracket")
        assert screen.listing.cursor == 9
        await pilot.press("right_square_bracket")
        assert told(pilot) == "No more unread articles here."
        await pilot.press("left_square_bracket")
        assert screen.listing.cursor == 1


# -- what reading marks


@pytest.mark.parametrize(("rule", "read"), [("end", True), ("never", False), ("seconds", True)])
async def test_the_end_of_an_article_is_reading_unless_told_otherwise(rule: ReadRule, read: bool) -> None:
    async with opened([named()], config=Config(read_rule=rule)) as (pilot, _screen, library):
        await pilot.press("enter", "G")
        await pilot.pause(0.1)
        assert library.article(named().id).state.read is read


async def test_the_wheel_marks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.marking.READ_AFTER", 0.1)
    articles = [article(12, "Dài", *["Chữ " * 200] * 3, published="2024-01-01"), *ten()]
    async with opened(articles, (120, 12)) as (pilot, screen, library):
        await settled(pilot, lambda: screen.article is not None)
        for pane in (screen.reading, screen.listing):
            for _ in range(30):
                pane._on_mouse_scroll_down(_wheel(pane))
            await pilot.pause(0.2)
        await settled(pilot, lambda: screen.listing.scroll_offset.y > 0)
        assert screen.reading.scroll_offset.y == screen.reading.max_scroll_y > 0
        assert not any(library.article(one.id).state.read for one in articles)


def _wheel(pane: object) -> object:
    from textual.events import MouseScrollDown

    return MouseScrollDown(pane, 1, 1, 0, 1, 0, False, False, False)  # type: ignore[arg-type]


async def test_a_mark_draws_one_row_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = ArticleList.render_line

    def render_line(self: ArticleList, y: int) -> object:
        drawn.append(y)
        return draw(self, y)

    async with opened(ten()) as (pilot, screen, library):
        await pilot.press("j", "j")
        await settled(pilot, lambda: screen.article is not None and screen.listing.cursor == 2)
        monkeypatch.setattr(ArticleList, "render_line", render_line)
        for key in ("s", "m", "s"):
            drawn.clear()
            await pilot.press(key)
            await pilot.pause()
            assert drawn == [2], key
        assert library.article(screen.listing.row.id).state.read  # type: ignore[union-attr]


# -- views, the trash


async def test_the_trash_gives_back_and_deletes_for_good(tmp_path: Path) -> None:
    async with over(tmp_path, papers()) as (pilot, screen, library):
        await pilot.press("X")
        assert told(pilot) == "Only what is in the trash can be deleted for good: 5 shows it."
        await pilot.press("space", "space", "space", "D")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        await pilot.press("5")
        await settled(pilot, lambda: len(screen.rows or ()) == 3)
        assert "3/1 · Trash" in shown(pilot)[-2]
        assert "D restore  X delete for good" in shown(pilot)[-1]
        await pilot.press("delete")
        await settled(pilot, lambda: library.counts().removed == 2)
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        await pilot.press("percent_sign", "X")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "Delete 2 articles for good" in "\n".join(shown(pilot))
        await pilot.press("escape")
        assert library.counts().removed == 2
        await pilot.press("shift+delete")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("enter")
        await settled(pilot, lambda: library.counts().removed == 0)
        await settled(pilot, lambda: "The trash is empty." in "\n".join(shown(pilot)))
        assert told(pilot) == "2 articles deleted for good"
        await pilot.press("1")
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        await pilot.press("u")  # the one brought back goes to the trash again
        await settled(pilot, lambda: library.counts().removed == 1)


async def test_a_saved_search_in_use_is_named_and_keeps_its_order() -> None:
    articles = [*ten(), article(11, "Đã đọc", state=State(read=True))]
    async with opened(articles) as (pilot, _screen, library):
        await pilot.press("2", "S")
        await settled(pilot, lambda: any("● Newest first" in line for line in shown(pilot)))
        await pilot.press("j", "j", "enter", "slash", *"bai", "enter")
        await settled(pilot, lambda: "10/11 · Unread · By title" in shown(pilot)[-2])
        await pilot.press("w")
        await settled(pilot, lambda: any("is:unread, sort:title" in line for line in shown(pilot)))
        await pilot.press(*"moi", "enter")
        await settled(pilot, lambda: "10/11 · “moi” · By title" in shown(pilot)[-2])
        await pilot.press("1")
        await settled(pilot, lambda: "10/11 · All" in shown(pilot)[-2])
        await pilot.press("4", "end", "enter")
        await settled(pilot, lambda: "10/11 · “moi” · By title" in shown(pilot)[-2])
        assert parse(library.saved[1].query) == parse("bai, is:unread, sort:title")
