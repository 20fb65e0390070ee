"""A screen is found as it was left: filter, article, focus, order, widths; whatever the file holds."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piloting import opened, settled, shown, ten
from screen_fakes import article, named

from tui.config import Config
from tui.panes import SIDE_LEAST, TEXT_LEAST, pane_widths, visible_panes
from tui.session import Kept, session_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "sessions" / "one.json"


# -- the file


def test_what_is_kept_comes_back(file: Path) -> None:
    kept = Kept(file)
    kept.set("filter", "tổng kết")
    kept.set("column", 80)
    kept.save()
    again = Kept(file)
    assert again.get("filter", "") == "tổng kết"
    assert again.get("column", 76) == 80
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == [file.name]


def test_a_value_of_another_type_or_none_of_those_allowed_counts_as_nothing(file: Path) -> None:
    kept = Kept(file)
    for value in ("80", 80.0, True, None, [80]):
        kept.set("column", value)
        assert kept.get("column", 76) == 76
    kept.set("sort", "colour")
    assert kept.get("sort", "date", ("date", "title")) == "date"
    kept.set("view", ["all"])
    assert kept.get("view", "all", {"all": 1}) == "all"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[1]", b'{"format": "1"}', b"{", b"[" * 9999, b"null"]
)
def test_a_damaged_file_counts_as_nothing_and_is_written_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    kept = Kept(file)
    assert kept.get("filter", "") == ""
    kept.set("filter", "a")
    kept.save()
    assert Kept(file).get("filter", "") == "a"


def test_the_file_of_a_newer_bandoc_is_neither_read_nor_lost(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text('{"format": 2, "filter": "x"}')
    kept = Kept(file)
    assert kept.get("filter", "") == ""
    kept.set("filter", "a")
    kept.save()
    assert json.loads(file.read_text())["filter"] == "x"


def test_what_did_not_change_is_not_written(file: Path) -> None:
    kept = Kept(file)
    kept.set("panes", {"list": 40})
    kept.save()
    before = file.stat().st_ino
    kept.set("panes", {"list": 40})
    kept.save()
    assert file.stat().st_ino == before


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    kept = Kept(tmp_path / "state" / "one.json")
    kept.set("filter", "a")
    kept.save()


def test_each_library_has_a_session_of_its_own_whatever_its_path(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    one, other = tmp_path / "a", tmp_path / "b"
    assert session_file(tmp_path, one) == session_file(tmp_path, tmp_path / "link")
    assert session_file(tmp_path, one) != session_file(tmp_path, other)


# -- the widths of panes


@given(
    st.integers(100, 400),
    st.dictionaries(st.sampled_from(["list", "entities"]), st.integers(1, 99)),
    st.sampled_from(["list", "view", "entities"]),
)
@settings(max_examples=200, deadline=None)
def test_no_pane_is_squeezed_out(width: int, shares: dict[str, int], pane: str) -> None:
    shown_panes = visible_panes(width, pane, False)
    columns = pane_widths(width, shares, shown_panes)
    assert set(columns) == shown_panes - {"view"}
    assert all(wide >= SIDE_LEAST for wide in columns.values())
    assert width - sum(columns.values()) >= TEXT_LEAST


def test_usual_widths() -> None:
    assert pane_widths(80, {}, {"list"}) == {}
    assert pane_widths(120, {}, {"list", "view"}) == {"list": 48}
    assert pane_widths(149, {}, {"view", "entities"}) == {"entities": 59}
    assert pane_widths(200, {}, {"list", "view", "entities"}) == {"list": 52, "entities": 36}


async def test_keys_move_the_border_beside_the_focus() -> None:
    async with opened([named()], (200, 24)) as (pilot, screen, _library):
        text = screen.reading.size.width
        await pilot.press("L", "ctrl+right")
        assert screen.listing.outer_size.width == 64
        await pilot.press("tab", "tab", "H")
        assert screen.query_one("#entities").outer_size.width == 42
        assert screen.reading.size.width == text - 18
        await pilot.press(*["ctrl+right"] * 20)
        assert screen.query_one("#entities").outer_size.width == SIDE_LEAST


async def test_with_one_pane_there_is_no_border_to_move() -> None:
    async with opened([named()], (80, 24)) as (pilot, screen, _library):
        await pilot.press("L", "H", "H")
        assert screen.listing.outer_size.width == 80


async def test_a_border_can_be_dragged() -> None:
    async with opened([named()], (200, 24)) as (pilot, screen, _library):
        await pilot.mouse_down(offset=(51, 5))
        await pilot.hover(offset=(70, 5))
        await pilot.mouse_up(offset=(70, 5))
        assert screen.listing.outer_size.width == 72  # 71 as per cent of 200
        await pilot.hover(offset=(90, 5))
        assert screen.listing.outer_size.width == 72


# -- the screen


async def test_the_screen_is_found_as_it_was_left(file: Path) -> None:
    articles = [*ten(), article(20, "Hội nghị tổng kết", "Một.", *["Dài. " * 40] * 9)]
    async with opened(articles, (200, 24), session=file) as (pilot, screen, _library):
        await pilot.press("S", "j", "j", "enter")  # by title
        await pilot.press("slash", *"bai so", "enter")
        await settled(pilot, lambda: screen.rows is not None and len(screen.rows) == 10)
        await pilot.press("j", "j", "j", "L", "greater_than_sign", "R", "enter")
        await settled(pilot, lambda: screen.pane == "view")
        article_id, order = screen.current_id, screen.sort
        pilot.app.exit()
    async with opened(articles, (200, 24), session=file) as (pilot, screen, library):
        await settled(pilot, lambda: screen.pane == "view")
        assert [str(query.sort) for query in library.asked] == [order]
        assert screen.current_id == article_id
        assert screen.listing.row is not None
        assert screen.listing.row.id == article_id
        assert screen.filter_bar.value == "bai so"
        assert screen.sort == order != "date"
        assert (screen.column, screen.marks) == (80, False)
        assert screen.listing.outer_size.width == 58
        await pilot.press("escape", "escape")
        await settled(pilot, lambda: screen.rows is not None and len(screen.rows) == 11)


async def test_an_article_that_left_the_list_since_is_still_the_one_being_read(file: Path) -> None:
    kept = Kept(file)
    for name, value in (("article", article(3).id), ("pane", "view"), ("filter", "is:starred")):
        kept.set(name, value)
    kept.save()
    one = article(4)
    starred = article(4, state=one.state.__class__(starred=True))
    async with opened([article(3, "Đang đọc"), starred], (120, 24), session=file) as (
        pilot,
        screen,
        _library,
    ):
        await settled(pilot, lambda: screen.pane == "view")
        await pilot.pause(0.2)
        assert screen.current_id == article(3).id
        assert any("Đang đọc" in line for line in shown(pilot))


async def test_an_article_that_is_gone_leaves_the_focus_on_the_list(file: Path) -> None:
    kept = Kept(file)
    for name, value in (("article", "f" * 13), ("pane", "view")):
        kept.set(name, value)
    kept.save()
    async with opened(ten(), (80, 24), session=file) as (pilot, screen, _library):
        await pilot.pause(0.1)
        assert screen.pane == "list"
        assert screen.listing.cursor == 0


async def test_a_filter_of_the_command_line_wins(file: Path) -> None:
    kept = Kept(file)
    for name, value in (("filter", "khac"), ("view", "starred"), ("article", article(3).id)):
        kept.set(name, value)
    kept.save()
    async with opened(ten(), (80, 24), session=file, query="bai so 7") as (_pilot, screen, _library):
        assert (screen.filter_bar.value, screen.view_name) == ("bai so 7", "all")
        assert screen.rows is not None
        assert len(screen.rows) == 1
    async with opened(ten(), (80, 24), session=file, query="") as (_pilot, screen, _library):
        assert screen.rows is not None
        assert len(screen.rows) == 10
        assert screen.listing.cursor == 0


async def test_another_width_in_the_configuration_wins_over_the_last_session(file: Path) -> None:
    async with opened(ten(), session=file, config=Config(reading_width=80)) as (pilot, screen, _library):
        await pilot.press("greater_than_sign")
        assert screen.column == 84
        pilot.app.exit()
    async with opened(ten(), session=file, config=Config(reading_width=80)) as (_pilot, screen, _library):
        assert screen.column == 84
    async with opened(ten(), session=file, config=Config(reading_width=100)) as (_pilot, screen, _library):
        assert screen.column == 100
