"""The filter bar as it is typed in: completions, earlier filters, and no key lost."""

from __future__ import annotations

import re
import threading
import unicodedata
from pathlib import Path

import pytest
from piloting import PATIENCE, opened, settled, shown, ten
from screen_fakes import FakeLibrary, named

from store.index.known_names import Known
from tui.app import ReaderApp
from tui.history import History
from tui.screens.main import MainScreen
from tui.widgets.chips import ChipLine
from tui.widgets.completing_bar import Suggestions
from tui.widgets.filter_bar import FilterBar


def offered(screen: MainScreen) -> list[str]:
    return [offer.name for offer in screen.query_one(FilterBar).offers]


async def test_tab_takes_the_field_and_then_the_name() -> None:
    async with opened([*ten(), named()], (80, 24)) as (pilot, screen, _):
        await pilot.press("/", *"ngu")
        await settled(pilot, lambda: offered(screen) == ["người:", "nguồn:"])
        await pilot.press("tab")
        assert screen.filter_bar.value == "người:"
        await settled(pilot, lambda: offered(screen) == ["Lê Thu", "Trần Nam"])
        await settled(pilot, lambda: any(re.search(r"Lê Thu +1 ", line + " ") for line in shown(pilot)))
        await pilot.press("down", "right")
        assert screen.filter_bar.value == 'người:"Trần Nam"'
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert not screen.query_one(Suggestions).display


async def test_enter_applies_the_filter_as_typed_whatever_is_offered() -> None:
    async with opened([*ten(), named()]) as (pilot, screen, _):
        await pilot.press("/", *"person:le")
        await settled(pilot, lambda: bool(offered(screen)))
        await pilot.press("enter")
        assert screen.filter_bar.value == "person:le"
        assert screen.pane == "list"
        await settled(pilot, lambda: not screen.query_one(Suggestions).display)


async def test_tab_without_an_offer_goes_to_the_next_pane() -> None:
    async with opened(ten(), (120, 36)) as (pilot, screen, _):
        await pilot.press("/", *"hội nghị")
        await pilot.press("tab")
        assert screen.pane == "view"


async def test_escape_closes_the_list_before_it_takes_the_filter() -> None:
    async with opened(ten()) as (pilot, screen, _):
        await pilot.press("/", *"is:")
        await settled(pilot, lambda: "unread" in offered(screen))
        await pilot.press("escape")
        assert screen.filter_bar.value == "is:"
        await pilot.press("escape")
        assert screen.filter_bar.value == ""


async def test_letters_of_an_input_method_stay_letters_under_the_list() -> None:
    async with opened(ten()) as (pilot, screen, _):
        # Telex: "nguw" becomes "ngư" by a Backspace and a new letter.
        await pilot.press("/", *"ngu", "backspace", "ư")
        assert screen.filter_bar.value == "ngư"
        await pilot.press("ơ", "backspace", "ờ", "i", *" dan")
        assert screen.filter_bar.value == "người dan"


async def test_marks_that_come_after_their_letter_are_composed() -> None:
    async with opened(ten()) as (pilot, screen, _):
        await pilot.press("/")
        bar = screen.filter_bar
        for char in unicodedata.normalize("NFD", "hội nghị"):
            bar.insert_text_at_cursor(char)
        assert bar.value == "hội nghị"
        assert bar.cursor_position == len("hội nghị")


async def test_names_that_come_late_are_dropped_and_the_bar_never_waits() -> None:
    asked: list[str] = []
    gate = threading.Event()

    class Slow(FakeLibrary):
        def names(self, field: str, typed: str, limit: int = 8, cancelled: object = None) -> list[Known]:
            asked.append(typed)
            gate.wait(PATIENCE)
            return [Known(f"{typed} trả lời", 1)]

    app = ReaderApp(Slow(ten()))  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        await pilot.press("/", *"tag:abc")
        assert screen.filter_bar.value == "tag:abc"
        assert offered(screen) == []
        gate.set()
        await settled(pilot, lambda: offered(screen) == ["abc trả lời"])
        assert len(asked) == 2  # the first, and the last


async def test_earlier_filters_come_back_with_the_arrow(tmp_path: Path) -> None:
    History(tmp_path / "filters").add("is:starred")
    async with opened(ten(), history=tmp_path / "filters") as (pilot, screen, _):
        await pilot.press("/", *"báo", "enter")
        await pilot.press("/", "x", "up")
        assert screen.filter_bar.value == "báo"
        await pilot.press("up", "up")
        assert screen.filter_bar.value == "is:starred"
        assert offered(screen) == []
        await pilot.press("down", "down")
        assert screen.filter_bar.value == "báox"
        assert screen.filter_bar.has_focus
    assert History(tmp_path / "filters").entries == ["is:starred", "báo"]


# -- history -----------------------------------------------------------------------------------------


def test_a_filter_used_again_is_the_last_one(tmp_path: Path) -> None:
    history = History(tmp_path / "deep" / "filters")
    for used in ("a", "b", "a", "  ", "c\nd"):
        history.add(used)
    assert History(tmp_path / "deep" / "filters").entries == ["b", "a", "c d"]
    assert (tmp_path / "deep" / "filters").stat().st_mode & 0o777 == 0o600


def test_two_sessions_keep_what_both_used(tmp_path: Path) -> None:
    one, other = History(tmp_path / "filters"), History(tmp_path / "filters")
    assert one.entries == other.entries == []
    one.add("a")
    other.add("b")
    assert History(tmp_path / "filters").entries == ["a", "b"]


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    history = History(tmp_path / "filters")
    for number in range(210):
        history.add(str(number))
    assert history.entries[0] == "10"
    assert len(History(tmp_path / "filters").entries) == 200


@pytest.mark.parametrize("trouble", ["folder", "bytes"])
def test_a_history_that_cannot_be_read_is_none(tmp_path: Path, trouble: str) -> None:
    path = tmp_path / "filters"
    if trouble == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"\xff\x00\n\n")
    history = History(path)
    assert len(history.entries) <= 1
    history.add("a")
    assert history.entries[-1] == "a"


# -- chips -------------------------------------------------------------------------------------------


def chips(screen: MainScreen) -> tuple[str, ...]:
    line = screen.query_one(ChipLine)
    return line.labels if line.display else ()


async def test_each_part_that_filters_is_a_chip_that_a_key_takes_away() -> None:
    async with opened(ten()) as (pilot, screen, _):
        assert chips(screen) == ()
        await pilot.press("/", *"bài, is:unread", "enter")
        await settled(pilot, lambda: chips(screen) == ("bài", "is:unread"))
        assert shown(pilot)[0].split() == ["bài", "×", "is:unread", "×"]
        await pilot.press("2")
        await settled(pilot, lambda: chips(screen) == ("Unread", "bài", "is:unread"))
        await pilot.press("0", "up", "enter")
        await settled(pilot, lambda: chips(screen) == ("Unread", "is:unread"))
        await pilot.press("0", "enter")
        await settled(pilot, lambda: chips(screen) == ("Unread",))
        await pilot.press("0")
        await settled(pilot, lambda: chips(screen) == ())
        await pilot.press("0")
        assert screen.view_name == "all"


async def test_a_click_takes_a_chip_away_and_typing_hides_them() -> None:
    async with opened(ten()) as (pilot, screen, _):
        await pilot.press("/", *"bài, is:unread")
        assert chips(screen) == ()
        await pilot.press("enter")
        await settled(pilot, lambda: chips(screen) == ("bài", "is:unread"))
        await pilot.click(ChipLine, offset=(5, 0))
        await settled(pilot, lambda: chips(screen) == ("is:unread",))
