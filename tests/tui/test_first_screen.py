"""The first frame is the list as it will stand, and what is typed over it counts."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from piloting import settled
from screen_fakes import article
from textual import events
from textual.pilot import Pilot

from benchmarks.terminal import Terminal, reader
from store.changes import Change
from store.index.row import Row
from store.index.top import Top, top
from store.library import Library
from store.query import ALL
from tui.app import ReaderApp
from tui.screens.first import Beginning, beginning
from tui.screens.main import MainScreen
from tui.session import Kept
from tui.widgets.article_list import ArticleList


def lines_of(app: ReaderApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in line).rstrip() for line in strips]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    texts = [f"Lời của bài {n}, không giống bài nào. " * n for n in range(1, 41)]
    with Library.open(folder) as library:
        library.add((article(n, f"Bài số {n}", text), None) for n, text in enumerate(texts, 1))
        ids = library.select(ALL).ids()
        library.change(ids[1:2], Change(read=True))
        library.change(ids[2:3], Change(removed=True))
        library.change(ids[3:4], Change(starred=True))
    return folder


@asynccontextmanager
async def started(
    folder: Path,
    first: Callable[[ReaderApp], None],
    *,
    size: tuple[int, int] = (80, 24),
    session: Path | None = None,
) -> AsyncIterator[tuple[Pilot[None], MainScreen]]:
    """The app over a library; `first` is called when the first frame stands."""
    opened: list[Library] = []

    def open_library() -> Library:
        first(app)
        opened.append(Library.open(folder))
        return opened[-1]

    app = ReaderApp(open_library, top=top(folder, size[1]), session=session)
    try:
        async with app.run_test(size=size) as pilot:
            await settled(pilot, lambda: app.main is not None and app.main.furnished)
            assert app.main is not None
            yield pilot, app.main
    finally:
        for one in opened:
            one.close()


@pytest.mark.parametrize("size", [(80, 16), (60, 12)])
async def test_the_first_frame_is_the_list_as_it_stands(folder: Path, size: tuple[int, int]) -> None:
    frames: list[list[str]] = []
    async with started(folder, lambda app: frames.append(lines_of(app)), size=size) as (pilot, _screen):
        (*rows, status, keys), said = frames[0], re.compile(r"\s39/39 · All\s+1/39( · 0%)?")
        await settled(pilot, lambda: said.fullmatch(lines_of(pilot.app)[-2]) is not None)  # type: ignore[arg-type]
        assert [*rows, keys] == [*lines_of(pilot.app)[:-2], lines_of(pilot.app)[-1]]  # type: ignore[arg-type]
    assert re.fullmatch(r"• Bài số \d+ .*", frames[0][0])
    assert said.fullmatch(status)


async def test_keys_typed_over_it_mean_what_they_mean_later(folder: Path) -> None:
    def type_ahead(app: ReaderApp) -> None:
        for key in ("j", "G", "k", "s"):
            app.post_message(events.Key(key, key))

    async with started(folder, type_ahead) as (pilot, screen):
        await settled(pilot, lambda: screen.listing.cursor == 37)
        await settled(pilot, lambda: screen.listing.row is not None and screen.listing.row.starred)


async def test_what_the_index_lacked_is_listed_when_the_screen_stands(folder: Path) -> None:
    def import_beside(_app: ReaderApp) -> None:
        with Library.open(folder) as other:
            other.add([(article(77, "Tin mới nhất", "Mới.", published="2023-12-30"), None)])

    async with started(folder, import_beside) as (pilot, screen):
        await settled(pilot, lambda: "Tin mới nhất" in lines_of(pilot.app)[0])  # type: ignore[arg-type]
        assert len(screen.listing) == 40


async def test_the_article_read_last_is_under_the_cursor_from_the_first_frame(
    folder: Path, tmp_path: Path
) -> None:
    session = tmp_path / "session.json"
    async with started(folder, lambda _: None, session=session) as (pilot, screen):
        await pilot.press(*"jjj")
        await settled(pilot, lambda: screen.listing.cursor == 3)
        chosen = screen.listing.row
        pilot.app.remember()  # type: ignore[attr-defined]
    cursors: list[int] = []

    def look(app: ReaderApp) -> None:
        cursors.append(app.screen.query_one(ArticleList).cursor)

    async with started(folder, look, session=session) as (pilot, screen):
        await settled(pilot, lambda: screen.listing.row is not None and screen.listing.row == chosen)
    assert cursors == [3]


def test_a_session_with_a_filter_or_far_down_the_list_begins_with_the_main_screen(tmp_path: Path) -> None:
    found = Top((Row("a1", "A"), Row("b2", "B")), 9, 9)
    kept = Kept(tmp_path / "session")
    assert beginning(found, kept, anew=False) == Beginning(found, 0)
    kept.set("article", "b2")
    assert beginning(found, kept, anew=False) == Beginning(found, 1)
    for name, value in (("filter", "a"), ("view", "unread"), ("sort", "title"), ("grouping", "day")):
        kept.set(name, value)
        assert beginning(found, kept, anew=False) is None
        assert beginning(found, kept, anew=True) == Beginning(found, 0)
        kept.set(name, {"view": "all", "sort": "date"}.get(name, ""))
    kept.set("article", "c3")
    assert beginning(found, kept, anew=False) is None
    assert beginning(None, kept, anew=True) is None


def test_a_library_that_cannot_be_opened_ends_the_screen_and_says_why(folder: Path, tmp_path: Path) -> None:
    path = folder / "articles-0000.json"
    path.write_bytes(re.sub(rb'"format":1,(?=[^{}]*\}\}\}$)', b'"format":9,', path.read_bytes()))
    program = [sys.executable, "-c", "from tui.cli import main; main()", "--library", str(folder)]
    with Terminal(program, reader(tmp_path), (250, 24)) as screen:
        screen.until("newer bandoc (format 9")
        assert screen.process.wait(30) == 4
