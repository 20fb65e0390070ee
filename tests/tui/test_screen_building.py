"""The screen over a library whose index is being built."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from store import following as following_module
from store.article import Article, Block
from store.library import Library
from tui.app import ReaderApp
from tui.widgets.bars import StatusLine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(
            (Article("", f"Tiêu đề số {n}", blocks=(Block("paragraph", f"Đoạn {n}"),)), None)
            for n in range(9)
        )
    (folder / "index.sqlite").unlink()
    monkeypatch.setattr(following_module, "_LITTLE", 0)
    monkeypatch.setattr(following_module, "_PART", 3)
    return folder


async def test_the_list_fills_while_the_index_is_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(following_module, "time", SimpleNamespace(sleep=lambda _: gate.wait(20)))
    with Library.open(folder, catch_up=False) as library:
        app = ReaderApp(library)
        async with app.run_test(size=(120, 30)) as pilot:
            while not app.main or not app.main.furnished:
                await pilot.pause(0.05)
            main = app.main
            assert "index" in main.listing.message
            while "3/" not in main.query_one(StatusLine).left:
                await pilot.pause(0.05)
            app._reload()
            while main.listing.row is None:
                await pilot.pause(0.05)
            assert len(main.rows or ()) == 3
            await pilot.press("s")
            assert app.library.article(main.listing.row.id).state.starred, "keys are answered meanwhile"
            gate.set()
            while len(main.rows or ()) < 9:
                await pilot.pause(0.05)
            assert not app.busy


async def test_leaving_while_the_index_is_built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_module, "_BREATH", 0.2)
    with Library.open(folder, catch_up=False) as library:
        app = ReaderApp(library)
        async with app.run_test(size=(100, 30)) as pilot:
            while not app.building:
                await pilot.pause(0.02)
            await pilot.press("Q")
        assert len(library) < 9
    with Library.open(folder) as library:
        assert len(library) == 9


async def test_an_index_that_is_damaged_under_the_screen_is_built_again(folder: Path) -> None:
    with Library.open(folder) as library:
        library._follower.put_off = True
        app = ReaderApp(library)
        async with app.run_test(size=(100, 30)) as pilot:
            while not app.main or len(app.main.rows or ()) < 9:
                await pilot.pause(0.05)
            library._follower.index._connections.get().execute("DROP TABLE articles")
            await pilot.press("2")
            await pilot.press("1")
            app._look_again()
            while len(app.main.rows or ()) < 9 or app.busy:
                await pilot.pause(0.05)
