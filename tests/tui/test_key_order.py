"""Keys that come faster than the screen answers mean what they mean one by one."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from piloting import opened, settled, shown
from screen_fakes import FakeLibrary, article, person
from textual import events
from textual.pilot import Pilot

from store.article import Article
from store.index.rows import Rows
from store.query import Query
from tui.app import ReaderApp
from tui.screens.main import MainScreen
from tui.widgets.entities_pane import EntitiesPane

KEYS = {"Enter": ("enter", "\r"), "Space": ("space", " "), "Esc": ("escape", None), "/": ("slash", "/")}


def burst(pilot: Pilot[None], *keys: str) -> None:
    """All of the keys at once, as a terminal hands on what was typed ahead."""
    for key in keys:
        pilot.app.post_message(events.Key(*KEYS.get(key, (key, key))))


async def test_a_filter_typed_in_a_breath_left_and_its_second_article_opened() -> None:
    async with opened(article(n, f"Bài số {n}", "Đầu.", "Lời dài. " * 400) for n in range(1, 30)) as (
        pilot,
        screen,
        _library,
    ):
        burst(pilot, "/", *"bai", "Enter", "j", "Enter", "j")
        await settled(pilot, lambda: screen.pane == "view" and screen.reading.scroll_offset.y > 0)
        assert screen.filter_bar.value == "bai"
        assert screen.listing.cursor == 1
        assert screen.article is not None
        assert screen.article.id == screen.listing.row_at(1).id
        assert not screen.picked


async def test_a_question_answered_before_it_is_seen() -> None:
    async with opened(article(n) for n in range(1, 4)) as (pilot, screen, library):
        burst(pilot, "A", "Enter", "j")
        await settled(pilot, lambda: all(one.state.read for one in library.articles.values()))
        await settled(pilot, lambda: screen.listing.cursor == 1)
        burst(pilot, "u", "G", "s")
        await settled(pilot, lambda: not any(one.state.read for one in library.articles.values()))
        await settled(pilot, lambda: any(one.state.starred for one in library.articles.values()))


async def test_letters_behind_the_key_that_opens_a_line_are_typed_there() -> None:
    async with opened([article()]) as (pilot, screen, _library):
        burst(pilot, "Enter", "/", *"hoi nghi", "Enter", "n")
        await settled(pilot, lambda: screen.reading.needle == "hoi nghi" and screen.pane == "view")
        await settled(pilot, lambda: any(line.endswith(" 2/3") for line in shown(pilot)))


async def test_names_out_of_sight_are_those_of_the_article_that_a_key_has_just_brought() -> None:
    names_of = [replace(article(n), entities=(person(f"Người {n}", (0, 0)),)) for n in (1, 2)]
    async with opened(names_of) as (pilot, screen, _library):
        names = screen.query_one(EntitiesPane)
        await settled(pilot, lambda: names.option_count > 0)
        first = names.pointed
        other = next(one for one in names_of if first and one.entities[0].name != first.name)
        screen.show_article(other.id)
        assert names.entity == other.entities[0]


class Slow(FakeLibrary):
    """A library that finds nothing before it may."""

    gate = threading.Event()

    def select(self, query: Query, *more: object) -> Rows:
        self.gate.wait(20)
        return super().select(query, *more)


@asynccontextmanager
async def opened_slow(articles: list[Article]) -> AsyncIterator[tuple[Pilot[None], MainScreen, Slow]]:
    """The screen over such a library, which has listed all and from now on waits for its gate."""
    library = Slow(articles)
    library.gate.set()
    app = ReaderApp(library)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        library.gate.clear()
        yield pilot, screen, library


async def test_keys_behind_a_filter_mean_what_it_finds_however_long_that_takes() -> None:
    articles = [article(n, f"Bài {'chẵn' if n % 2 == 0 else 'lẻ'} {n}") for n in range(1, 12)]
    async with opened_slow(articles) as (pilot, screen, library):
        burst(pilot, "/", *"chan", "Enter", "j", "s")
        await settled(pilot, lambda: screen.pane == "list" and screen.filter_bar.value == "chan")
        for _turn in range(20):
            await pilot.pause()
        assert screen.listing.cursor == 0
        library.gate.set()
        await settled(pilot, lambda: any(one.state.starred for one in library.articles.values()))
        second = screen.listing.row_at(1)
        assert "chẵn" in second.title
        assert [one.id for one in library.articles.values() if one.state.starred] == [second.id]


async def test_a_search_that_takes_for_ever_does_not_keep_the_keys_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.key_order.PATIENCE", 0.05)
    async with opened_slow([article(n) for n in range(1, 4)]) as (pilot, screen, library):
        burst(pilot, "/", *"hoi", "Enter", "j", "j", "/")
        await settled(pilot, lambda: screen.filter_bar.has_focus and screen.listing.cursor == 2)
        library.gate.set()
