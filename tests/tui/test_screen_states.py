"""What the screen says when there is little to show: empty, no match, read-only, damaged, the first time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from piloting import opened, settled, shown, ten
from screen_fakes import FakeLibrary, article

from store.importing import Source, import_paths
from store.library import Library
from store.storage import Problem
from tui.app import ReaderApp
from tui.screens.lacking import unmarked


def has(*words: str) -> Callable[[list[str]], bool]:
    return lambda lines: all(any(word in line for line in lines) for word in words)


async def test_an_empty_library_says_what_to_press() -> None:
    async with opened() as (pilot, _screen, _library):
        assert has("The library is empty.", "i imports files", "Enter open · Space page on")(shown(pilot))


async def test_no_match_tells_what_was_asked_and_the_ways_out() -> None:
    async with opened([article(1, "Trương Thị An nói")]) as (pilot, screen, _library):
        await pilot.press("slash", *"trường thi", "enter")
        await settled(pilot, lambda: has("Nothing matches: trường thi", "Esc takes the filter")(shown(pilot)))
        await settled(pilot, lambda: has("Enter: 1 article without the marks")(shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert screen.filter_bar.value == "truong thi"


async def test_no_match_in_a_view_tells_of_all_articles() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("3", "slash", *"bai", "enter")
        await settled(pilot, lambda: has("1: 10 among all articles")(shown(pilot)))
        await pilot.press("1")
        await settled(pilot, lambda: len(screen.rows or ()) == 10)


def test_operators_stay_when_marks_go() -> None:
    assert unmarked('Đà AND "Nẵng" OR huế, người:Ô') == 'Da AND "Nang" OR hue, nguoi:O'


async def test_reading_only_is_said_in_the_status_line() -> None:
    library = FakeLibrary(ten())
    library.read_only = True
    app = ReaderApp(library)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: has("10/10 · All · read-only")(shown(pilot)))


async def test_what_is_found_damaged_later_is_told_once() -> None:
    async with opened(ten()) as (pilot, _screen, library):
        library.problems = [Problem("damaged", "/x/state-0000.json", {})]
        pilot.app._look_again()  # type: ignore[attr-defined]
        await settled(pilot, lambda: has("! /x/state-0000.json: is damaged")(shown(pilot)))
        await pilot.press("escape")
        pilot.app._look_again()  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        assert not has("! /x/state")(shown(pilot))


async def test_the_first_keys_are_shown_once(tmp_path: Path) -> None:
    history = tmp_path / "state" / "filters"
    async with opened(ten(), history=history) as (pilot, _screen, _library):
        await settled(pilot, lambda: has("Enter open · Space page on · / filter")(shown(pilot)))
        await pilot.press("escape")
        assert not has("Space page on ·")(shown(pilot))
    async with opened(ten(), history=history) as (pilot, _screen, _library):
        await pilot.pause(0.05)
        assert not has("Space page on ·")(shown(pilot))


async def test_lost_raw_pages_are_told_as_lost(tmp_path: Path) -> None:
    text = "Khai mạc hội chợ sách\n\nSáng 5/3, hội chợ khai mạc tại công viên.\n"
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [Source("", data=text.encode())])
    (tmp_path / "library" / "pages-0000.json").write_bytes(b"{")
    with Library.open(tmp_path / "library") as library:
        app = ReaderApp(library)
        async with app.run_test(size=(120, 24), notifications=True) as pilot:
            await settled(pilot, lambda: has("Khai mạc hội chợ sách")(shown(pilot)))
            await pilot.press("r")
            await settled(pilot, lambda: has("its raw pages can't be shown")(shown(pilot)))
