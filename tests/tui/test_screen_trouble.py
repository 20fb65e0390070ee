"""What hasty readers, and what happens beside them, must not do to the screen."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from piloting import opened, settled, shown, ten, told
from screen_fakes import FakeLibrary, article, named, person
from textual.command import CommandPalette

from store.article import State
from store.changes import Change
from store.errors import ArticleNotFound, LibraryError
from store.library import Library
from tui.app import ReaderApp
from tui.config import Config
from tui.screens.dialogs import Choice
from tui.screens.handing import HandingScreen
from tui.screens.main import MainScreen
from tui.widgets.bars import Footer
from tui.widgets.entities_pane import EntitiesPane


def footer(screen: MainScreen) -> list[str]:
    return [word for _, word in screen.query_one(Footer).hints]


async def test_what_is_typed_before_the_panes_stand_is_not_lost() -> None:
    app = ReaderApp(FakeLibrary([named(), article(1)]))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        screen.furnished = False
        await pilot.press("/", *"le thu")
        assert not screen.filter_bar.has_focus
        screen.furnished = True
        await pilot.press("enter")
        assert screen.filter_bar.value == "le thu"
        await settled(pilot, lambda: len(screen.rows or ()) == 1)


async def test_keys_pressed_fast_leave_one_message() -> None:
    async with opened(ten()) as (pilot, _screen, _library):
        await pilot.press("s", "m", "s", "m")
        await settled(pilot, lambda: "unread" in told(pilot))
        assert len(pilot.app._notifications) == 1


async def test_the_message_leaves_the_status_line_in_sight() -> None:
    app = ReaderApp(FakeLibrary(ten()))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("s")
        await settled(pilot, lambda: any("starred" in line for line in shown(pilot)))
        assert "10/10 · All" in shown(pilot)[-2]
        assert shown(pilot)[-2].endswith("%")


async def test_the_footer_of_an_empty_list_offers_only_what_does_something() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        assert "star" in footer(screen)
        await pilot.press("/", *"zzz", "enter")
        await settled(pilot, lambda: footer(screen) == ["filter", "import", "quit", "help"])
        await pilot.press("escape")
        await settled(pilot, lambda: "star" in footer(screen))


async def test_undo_takes_back_the_star_not_the_read_mark_that_came_by_itself() -> None:
    async with opened([article(1)]) as (pilot, screen, library):
        ident = article(1).id
        await pilot.press("s", "enter")
        screen._mark_read(ident)
        assert library.article(ident).state.read
        await pilot.press("u")
        await settled(pilot, lambda: told(pilot) == "Undone: “Hội nghị tổng kết” starred")
        assert library.article(ident).state.read
        await pilot.press("u")
        await settled(pilot, lambda: library.article(ident).state == State())


async def test_undo_goes_on_behind_an_article_that_was_deleted_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened(ten()) as (pilot, screen, library):
        first, second = (row.id for row in (screen.rows or ())[:2])
        await pilot.press("s", "j", "s")
        change = library.change

        def purged(ids: Sequence[str], what: Change, *rest: Any) -> Change:
            if second in ids:
                raise ArticleNotFound("not_found", id=second, matches=(), path="nowhere")
            return change(ids, what, *rest)

        monkeypatch.setattr(library, "change", purged)
        await pilot.press("u")
        await settled(pilot, lambda: second in told(pilot))
        await pilot.press("u")
        await settled(pilot, lambda: not library.article(first).state.starred)


async def test_a_library_that_goes_away_is_told_once_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> bool:
        raise LibraryError("no_library", path="chỗ/nào")

    async with opened(ten()) as (pilot, screen, library):
        there = library.refresh
        monkeypatch.setattr(library, "refresh", gone)
        pilot.app._look_again()  # type: ignore[attr-defined]
        await settled(pilot, lambda: told(pilot) == "chỗ/nào: there is no library here")
        pilot.app.clear_notifications()
        await pilot.app._look_again().wait()  # type: ignore[attr-defined]
        await pilot.pause()
        assert told(pilot) == ""
        monkeypatch.setattr(library, "refresh", there)
        asked = len(library.asked)
        pilot.app._look_again()  # type: ignore[attr-defined]
        await settled(pilot, lambda: len(library.asked) > asked)
        assert len(screen.rows or ()) == 10


def test_a_deleted_folder_is_an_error_of_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    with Library.open(folder) as library:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        with pytest.raises(LibraryError) as caught:
            library.refresh()
        assert caught.value.code == "no_library"


async def test_the_palette_says_in_vietnamese_that_it_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.commands._", lambda words: f"~{words}")
    async with opened(ten()) as (pilot, _screen, _library):
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        await pilot.press(*"qqqq")
        await settled(pilot, lambda: any("~No command" in line for line in shown(pilot)))


async def test_a_long_name_goes_on_indented() -> None:
    entity = person("Viện Công nghệ thông tin", (0, 0), roles=("Phó Viện trưởng " * 5,))
    async with opened([replace(named(), entities=(entity,))], (40, 20)) as (pilot, screen, _library):
        await pilot.press("enter", "tab")
        await settled(pilot, lambda: screen.query_one(EntitiesPane).has_focus)
        await settled(pilot, lambda: shown(pilot)[1].startswith(" Viện"))
        assert [line[:4] for line in shown(pilot)[2:5]] == ["   P", "   P", "   P"]


async def test_export_under_a_plain_name_when_the_configuration_says_so(tmp_path: Path) -> None:
    async with opened([article(1)], config=Config(export_folder=tmp_path, export_ascii=True)) as (
        pilot,
        _screen,
        _library,
    ):
        await pilot.press("e")
        await settled(pilot, lambda: bool(list(tmp_path.iterdir())))
        assert [path.name for path in tmp_path.iterdir()] == ["2023-12-02-hoi-nghi-tong-ket.md"]


async def test_ctrl_c_ends_the_command_and_not_bandoc(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with opened([article(1)]) as (pilot, screen, _library):
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        before = signal.getsignal(signal.SIGINT)
        assert isinstance(screen, HandingScreen)
        screen._in_terminal(["sh", "-c", f"kill -INT {os.getpid()}"])
        assert signal.getsignal(signal.SIGINT) is before
        await pilot.press("s")
        await settled(pilot, lambda: "starred" in told(pilot))


@pytest.mark.parametrize("editor", ["vi '", "/không/có"])
async def test_an_editor_that_cannot_be_started_is_told(editor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", editor)
    async with opened([article(1)]) as (pilot, _screen, _library):
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        await pilot.press("E")
        await settled(pilot, lambda: told(pilot).startswith(editor))


async def test_the_footer_of_an_empty_library_does_not_offer_to_filter() -> None:
    async with opened() as (pilot, screen, _library):
        await settled(pilot, lambda: footer(screen) == ["import", "quit", "help"])


async def test_enter_pressed_twice_in_a_dialog_leaves_it_once() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("S")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        choice = pilot.app.screen
        choice.dismiss("title")
        choice.dismiss("source")
        await settled(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot, lambda: screen.sort == "title")


async def test_d_held_down_trashes_and_brings_nothing_back() -> None:
    async with opened(ten()) as (pilot, screen, library):
        assert screen.current_id
        screen.action_trash()
        screen.action_trash()
        await settled(pilot, lambda: len(screen.rows or ()) == 9)
        assert sum(one.state.removed is not None for one in library.articles.values()) == 1
        await pilot.press("u")
        await settled(pilot, lambda: len(screen.rows or ()) == 10)


async def test_undo_goes_back_through_the_same_change_made_twice() -> None:
    async with opened([article(1)]) as (pilot, _screen, library):
        ident = article(1).id
        await pilot.press("s", "s", "s", "u", "u")
        assert library.article(ident).state.starred
        await pilot.press("u")
        assert library.article(ident).state == State()


async def test_enter_pressed_twice_in_the_palette_leaves_it_once() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        palette = pilot.app.screen
        palette.dismiss()
        palette.dismiss()
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_a_page_key_before_the_names_are_laid_out_does_nothing() -> None:
    async with opened([named()]) as (_pilot, screen, _library):
        pane = screen.query_one(EntitiesPane)
        pane._fill()
        assert pane.highlighted is not None
        pane.action_page_up()
        pane.action_page_down()
