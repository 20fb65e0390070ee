"""Selected rows: seen without colour, counted, kept through filters, changed together and undone at once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from piloting import PATIENCE, opened, settled, shown, ten, told
from screen_fakes import FakeLibrary, article, named
from textual.pilot import Pilot

from store.article import Article, State
from store.changes import UNWATCHED, Change, Stopped, Watch
from store.errors import ExportError
from store.library import Library
from store.query import ALL, parse
from tui.app import ReaderApp
from tui.config import Config
from tui.screens.dialogs import Confirm
from tui.screens.main import MainScreen
from tui.screens.pages import Page
from tui.widgets.article_list import ArticleList


def ids(*numbers: int) -> set[str]:
    return {f"{number:013x}" for number in numbers}


def starred(library: FakeLibrary) -> set[str]:
    return {one.id for one in library.articles.values() if one.state.starred}


async def test_space_selects_goes_down_and_shows_it() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("space", "space", "j", "space")
        lines = shown(pilot)
        assert [line[:2] for line in lines[:5]] == ["•▌", "•▌", "• ", "•▌", "• "]
        assert lines[-2].startswith(" 3 selected · 10/10")
        assert screen.listing.cursor == 4
        await pilot.press("k", "space")
        assert shown(pilot)[3].startswith("•")
        assert shown(pilot)[-2].startswith(" 2 selected")


async def test_escape_first_drops_the_selection_then_the_filter() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("slash", *"bai", "enter", "space", "escape")
        await settled(pilot, lambda: not screen.picked)
        assert "selected" not in shown(pilot)[-2]
        assert not any("▌" in line for line in shown(pilot))
        assert screen.filter_bar.value == "bai"
        await pilot.press("escape")
        await settled(pilot, lambda: screen.filter_bar.value == "")


async def test_a_selection_outlives_the_filter_and_tells_what_is_out_of_sight() -> None:
    articles = [article(1, "Gió một"), article(2, "Gió hai"), article(3, "Lúa")]
    async with opened(articles) as (pilot, screen, library):
        await pilot.press("slash", *"gio", "enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        await pilot.press("percent_sign")
        await settled(pilot, lambda: "2 selected · " in shown(pilot)[-2])
        await pilot.press("slash", "home", "delete", "delete", "delete", *"lua", "enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert "2 selected, 2 of them out of sight" in shown(pilot)[-2]
        await pilot.press("space")
        assert "3 selected, 2 of them out of sight" in shown(pilot)[-2]
        await pilot.press("s")
        await settled(pilot, lambda: starred(library) == ids(1, 2, 3))


async def test_all_listed_twice_is_none_of_them() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("V")
        await settled(pilot, lambda: len(screen.picked) == 10)
        await pilot.press("V")
        await settled(pilot, lambda: not screen.picked)


async def test_marks_go_to_all_selected_and_are_undone_at_once() -> None:
    articles = [article(3, "Một", state=State(starred=True)), article(2, "Hai"), article(1, "Ba")]
    async with opened(articles) as (pilot, _screen, library):
        await pilot.press("space", "space", "asterisk")
        await settled(pilot, lambda: starred(library) == ids(3, 2))
        assert told(pilot) == "1 article starred"
        await pilot.press("s")
        await settled(pilot, lambda: not starred(library))
        assert told(pilot) == "2 articles unstarred"
        await pilot.press("u")
        await settled(pilot, lambda: starred(library) == ids(3, 2))
        assert told(pilot) == "Undone: 2 articles unstarred"
        await pilot.press("u")
        await settled(pilot, lambda: starred(library) == ids(3))
        await pilot.press("m")
        await settled(pilot, lambda: told(pilot) == "2 articles marked read")
        assert not library.article(f"{1:013x}").state.read


async def test_in_the_text_keys_mean_the_article_that_is_read() -> None:
    async with opened([named(), article(1, "Khác")]) as (pilot, screen, library):
        await pilot.press("space", "enter")
        await settled(pilot, lambda: screen.pane == "view")
        await pilot.press("s")
        await settled(pilot, lambda: starred(library) == ids(1))


async def test_the_trash_takes_all_selected_and_gives_them_back() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("space", "space", "D")
        await settled(pilot, lambda: len(screen.rows or ()) == 8)
        assert told(pilot) == "2 articles moved to the trash"
        assert not screen.picked
        await pilot.press("u")
        await settled(pilot, lambda: len(screen.rows or ()) == 10)


async def test_many_are_exported_and_counted(tmp_path: Path) -> None:
    async with opened(ten(), (160, 24), config=Config(export_folder=tmp_path)) as (pilot, screen, _library):
        await pilot.press("space", "space", "e")
        await settled(pilot, lambda: told(pilot) == f"2 articles exported to {tmp_path}")
        assert len(list(tmp_path.iterdir())) == 2
        await pilot.press("space", "e")
        await settled(pilot, lambda: told(pilot) == f"1 article exported to {tmp_path}, 2 exported already")
        assert len(screen.picked) == 3


async def test_what_could_not_be_exported_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store import export

    write = export.export_article

    def refuse(one: Article, folder: Path, **options: object) -> export.Exported:
        if one.title == "Bài số 9":
            raise ExportError("export_failed", path="chỗ/chín.md", reason="no room")
        return write(one, folder, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "export_article", refuse)
    async with opened(ten(), (160, 24), config=Config(export_folder=tmp_path)) as (pilot, _screen, _library):
        await pilot.press("space", "space", "e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        await settled(pilot, lambda: any("chỗ/chín.md: can't be written: no room" in s for s in shown(pilot)))
        assert "1 article exported to" in shown(pilot)[0]
        assert "1 failed" in shown(pilot)[0]


async def test_a_large_export_asks_and_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.sending.ASK_FROM", 5)
    async with opened(ten(), (160, 24), config=Config(export_folder=tmp_path)) as (pilot, _screen, _library):
        await pilot.press("V", "e")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert isinstance(pilot.app.screen, Confirm)
        assert pilot.app.screen.question == f"Export 10 articles to {tmp_path}?"
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert not list(tmp_path.iterdir())
        await pilot.press("e", "enter")
        await settled(pilot, lambda: len(list(tmp_path.iterdir())) == 10)


async def test_a_change_of_many_leaves_the_screen_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    go = threading.Event()
    monkeypatch.setattr("tui.writing.AT_ONCE", 5)
    async with opened(ten()) as (pilot, screen, library):
        change = library.change

        def slow(which: list[str], what: Change, watch: Watch = UNWATCHED) -> Change:
            go.wait(PATIENCE)
            return change(which, what, watch)

        monkeypatch.setattr(library, "change", slow)
        await pilot.press("V", "s")
        await settled(pilot, lambda: "Changing 10 articles…" in shown(pilot)[-2])
        await pilot.press("j", "m")
        assert screen.listing.cursor == 1
        assert told(pilot) == "One moment: the last change is still being written."
        go.set()
        await settled(pilot, lambda: len(starred(library)) == 10)
        await settled(pilot, lambda: "Changing" not in shown(pilot)[-2])
        assert isinstance(pilot.app, ReaderApp)
        await pilot.press("u")
        await settled(pilot, lambda: not starred(library))


async def test_escape_stops_a_change_of_many_and_undo_can_be_stopped_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.writing.AT_ONCE", 5)
    async with opened(ten()) as (pilot, screen, library):
        change = library.change

        def endless(which: list[str], what: Change, watch: Watch = UNWATCHED) -> Change:
            watch.progress(3, 10)
            while not watch.stopped():
                time.sleep(0.01)
            watch.progress(0, 10)
            raise Stopped

        await pilot.press("V", "s")
        await settled(pilot, lambda: len(starred(library)) == 10)
        monkeypatch.setattr(library, "change", endless)
        for key in ("m", "u"):
            await pilot.press(key)
            await settled(pilot, lambda: "Changing… 3/10 (Esc takes it back)" in shown(pilot)[-2])
            await pilot.press("escape")
            await settled(pilot, lambda: told(pilot) == "Stopped: nothing was changed.")
            await settled(pilot, lambda: "10 selected · 10/10" in shown(pilot)[-2])
        monkeypatch.setattr(library, "change", change)
        await pilot.press("u")
        await settled(pilot, lambda: not starred(library))
        assert len(screen.picked) == 10
        await pilot.press("escape")
        assert not screen.picked


async def test_a_click_on_the_sign_or_with_ctrl_selects_a_row() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.click("#list", offset=(5, 2), control=True)
        await settled(pilot, lambda: len(screen.picked) == 1)
        await pilot.click("#list", offset=(0, 3))
        await settled(pilot, lambda: len(screen.picked) == 2)
        assert screen.listing.cursor == 0
        assert [line[:2] for line in shown(pilot)[1:5]] == ["• ", "•▌", "•▌", "• "]


async def test_selecting_draws_one_row_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = ArticleList.render_line

    def render_line(self: ArticleList, y: int) -> object:
        drawn.append(y)
        return draw(self, y)

    async with opened(ten()) as (pilot, screen, _library):
        monkeypatch.setattr(ArticleList, "render_line", render_line)
        await pilot.press("space")
        await settled(pilot, lambda: bool(screen.picked))
        await pilot.pause()
        assert set(drawn) == {0, 1}


@asynccontextmanager
async def over_real_library(
    folder: Path, out: Path
) -> AsyncIterator[tuple[Pilot[None], MainScreen, Library]]:
    """The app over a real library of ten articles, when the list is filled."""
    with Library.open(folder) as library:
        library.add([(one, None) for one in ten()])
        app = ReaderApp(library, config=Config(export_folder=out))
        async with app.run_test(size=(100, 24)) as pilot:
            screen = app.screen
            assert isinstance(screen, MainScreen)
            await settled(pilot, lambda: screen.furnished and len(screen.rows or ()) == 10)
            yield pilot, screen, library


async def test_what_was_deleted_for_good_meanwhile_stops_nothing(tmp_path: Path) -> None:
    async with over_real_library(tmp_path / "library", tmp_path / "out") as (pilot, screen, library):
        await pilot.press("space", "space", "space")
        await settled(pilot, lambda: len(screen.picked) == 3)
        gone, left, last = (row.id for row in (screen.rows or ())[:3])
        library.purge([gone])
        await pilot.press("s")
        await settled(pilot, lambda: told(pilot) == "2 articles starred")
        await pilot.press("e")
        await settled(pilot, lambda: told(pilot).endswith(", 1 no longer in the library"))
        assert len(list((tmp_path / "out").iterdir())) == 2
        library.purge([last])
        await pilot.press("u")
        await settled(pilot, lambda: told(pilot) == "Undone: 2 articles starred")
        assert not library.article(left).state.starred


@pytest.mark.parametrize("first", [0, 3, 9])
def test_ids_come_in_the_order_of_the_rows_however_many(tmp_path: Path, first: int) -> None:
    with Library.open(tmp_path) as library:
        library.add([(one, None) for one in ten()])
        library.purge([library.select(ALL)[4].id])
        rows = library.select(parse(f"bài, NOT title:{first}") if first else ALL)
        assert rows.ids() == [row.id for row in rows]
        few = library.select(parse("title:3"))
        assert few.ids() == [row.id for row in few]
