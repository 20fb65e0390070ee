"""Importing on the screen: the dialog, what is pasted, how far it is, stopping it, and its report."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from piloting import opened, settled, shown, told
from screen_fakes import FakeLibrary, article
from textual import events
from textual.pilot import Pilot

from store import importing
from store.article import RawPage
from store.errors import LoadError
from store.importing import Progress, Report, Source
from store.library import Library
from tui import clipboard
from tui.import_report import entries, rows_of_file
from tui.import_report import told as lines_of
from tui.pace import Pace, bar, time_left
from tui.screens.import_dialog import ImportDialog
from tui.screens.pages import narrowed
from tui.widgets.table_view import Entry

PAGE = "Khai mạc hội chợ sách\n\nSáng 5/3, hội chợ sách khai mạc tại công viên.\n\nHội chợ có 40 gian.\n"


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[str | Source]:
    """What is asked for is noted and gives one article, one failure."""
    asked: list[str | Source] = []

    def fake(library: FakeLibrary, sources: Sequence[str | Source], **_: object) -> Report:
        asked.extend(sources)
        number = len(library.articles) + 1
        library.articles[f"{number:013x}"] = article(number, f"Mới nhập {number}")
        failed = (LoadError("empty_file", path="/tmp/hỏng.txt"),)
        return Report(
            new=(f"{number:013x}",), failed=failed, skipped=(LoadError("other_kind", path="x.pdf"),)
        )

    monkeypatch.setattr(importing, "import_paths", fake)
    return asked


async def asking(pilot: Pilot[None]) -> ImportDialog:
    await settled(pilot, lambda: isinstance(pilot.app.screen, ImportDialog))
    assert isinstance(pilot.app.screen, ImportDialog)
    await settled(pilot, lambda: pilot.app.screen.focused is not None)
    return pilot.app.screen


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_path_is_completed_and_imported(
    tmp_path: Path, imported: list[str | Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Trang báo").mkdir()
    (tmp_path / "Trang báo" / "a.txt").write_text("x")
    async with opened(history=tmp_path / "state" / "filters") as (pilot, screen, _library):
        await pilot.press("insert")
        dialog = await asking(pilot)
        await pilot.press(*"trang", "tab")
        assert dialog.bar.value == "Trang báo/"
        await pilot.press("tab")
        assert dialog.bar.value == "Trang báo/a.txt"
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert imported == ["Trang báo/a.txt"]
        assert told(pilot) == "1 new article, 1 failed, 1 skipped · I says more"
        await pilot.press("insert")
        dialog = await asking(pilot)
        await pilot.press("up")
        assert dialog.bar.value == "Trang báo/a.txt"
        await pilot.press("down")
        assert dialog.bar.value == ""


async def test_a_name_is_chosen_with_the_arrows(
    tmp_path: Path, imported: list[str | Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("bài 1.txt", "bài 2.txt"):
        (tmp_path / name).write_text("x")
    async with opened() as (pilot, screen, _library):
        await pilot.press("i")
        dialog = await asking(pilot)
        await pilot.press("b", "tab")
        assert dialog.bar.value == "bài "
        await pilot.press("down", "down", "enter")
        assert dialog.bar.value == "bài 2.txt"
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
    assert imported == ["bài 2.txt"]


async def test_a_path_that_is_none_is_said_and_stays(imported: list[str | Source]) -> None:
    async with opened() as (pilot, _screen, _library):
        await pilot.press("i")
        dialog = await asking(pilot)
        await pilot.press(*"/none/x", "enter")
        assert any("There is no such file or folder." in line for line in shown(pilot))
        assert dialog.bar.value == "/none/x"
        await pilot.press("escape")
        await settled(pilot, lambda: not isinstance(pilot.app.screen, ImportDialog))
    assert imported == []


async def test_a_page_pasted_over_the_list_is_imported_as_text(imported: list[str | Source]) -> None:
    async with opened() as (pilot, screen, _library):
        await paste(pilot, PAGE)
        await asking(pilot)
        lines = "\n".join(shown(pilot))
        assert "Pasted: the text of a page, 3 lines" in lines
        assert "Khai mạc hội chợ sách" in lines
        await pilot.press("escape")  # leaves it, the dialog stays
        assert "Pasted" not in "\n".join(shown(pilot))
        await paste(pilot, PAGE)
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
    assert imported == [Source("", data=PAGE.encode())]


async def test_pasted_paths_are_told_from_text(
    tmp_path: Path, imported: list[str | Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a b.txt", "c.txt"):
        (tmp_path / name).write_text("x")
    async with opened() as (pilot, screen, _library):
        await pilot.press("i")
        dialog = await asking(pilot)
        await paste(pilot, "a b.txt\n")
        assert dialog.bar.value == "a b.txt"
        await paste(pilot, "a b.txt\nc.txt\n")
        assert any("Pasted: 2 paths" in line for line in shown(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
    assert imported == ["a b.txt", "c.txt"]


async def test_ctrl_v_asks_the_program_for_the_clipboard(
    tmp_path: Path, imported: list[str | Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "program", lambda: None)
    async with opened() as (pilot, _screen, _library):
        await pilot.press("i")
        await asking(pilot)
        await pilot.press("ctrl+v")
        assert any("Nothing here reads the clipboard" in line for line in shown(pilot))
        monkeypatch.setattr(clipboard, "program", lambda: ("printf", PAGE))
        await pilot.press("ctrl+v")
        await settled(pilot, lambda: any("Pasted: the text" in line for line in shown(pilot)))


async def test_the_screen_is_used_while_it_runs_and_stopping_keeps_what_is_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    going = threading.Event()

    def fake(library: FakeLibrary, sources: object, *, progress, cancelled) -> Report:  # type: ignore[no-untyped-def]
        progress(Progress(250, 1000, 250, 0, 0, "x"))
        while not cancelled():
            going.wait(0.01)
        library.articles[f"{9:013x}"] = article(9, "Đã vào")
        return Report(new=(f"{9:013x}",), cancelled=True)

    monkeypatch.setattr(importing, "import_paths", fake)
    async with opened([article(1), article(2, "Hai")], import_paths=["x"]) as (pilot, screen, _library):
        await settled(pilot, lambda: any("███░░░░░░░░░ 250/1,000" in line for line in shown(pilot)))
        await pilot.press("j")
        assert screen.listing.cursor == 1
        await pilot.press("insert")
        await settled(
            pilot, lambda: any("Stop the import at 250 of 1,000 files?" in line for line in shown(pilot))
        )
        await pilot.press("enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 3)
        assert told(pilot) == "1 new article, stopped, 750 files not looked at · I says more"


async def test_the_report_leads_to_articles_and_to_what_failed(imported: list[str | Source]) -> None:
    async with opened(import_paths=["x"]) as (pilot, screen, _library):
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        await pilot.press("dollar_sign")
        await settled(pilot, lambda: any("is empty" in line for line in shown(pilot)))
        text = "\n".join(shown(pilot))
        for words in ("Failed (1)", "/tmp/hỏng.txt: is empty", "Added (1)", "Mới nhập 1", "Skipped (1)"):
            assert words in text
        await pilot.press(*"moi nh")
        assert "hỏng" not in "\n".join(shown(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: screen.pane == "view")
        assert screen.article is not None
        assert screen.article.title == "Mới nhập 1"
        await pilot.press("I")  # it comes back as it was left
        await settled(pilot, lambda: any("moi nh" in line for line in shown(pilot)))
        await pilot.press("escape", *"hong", "enter")
        dialog = await asking(pilot)
        assert dialog.bar.value == "/tmp/hỏng.txt"


async def test_every_report_of_the_session_comes_back(
    tmp_path: Path, imported: list[str | Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(import_paths=["x"]) as (pilot, screen, _library):
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        pilot.app.start_import(["y"])  # type: ignore[attr-defined]
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        await pilot.press("I")
        await settled(pilot, lambda: any("Mới nhập 2" in line for line in shown(pilot)))
        assert shown(pilot)[0].startswith(" Import 2/2")
        await pilot.press("ctrl+pageup")
        await settled(pilot, lambda: any("Mới nhập 1" in line for line in shown(pilot)))
        await pilot.press("ctrl+e")
        await settled(pilot, lambda: "Exported" in told(pilot))
        (path,) = tmp_path.glob("*.tsv")
        assert "Failed\t\t\t/tmp/hỏng.txt\tis empty\n" in path.read_text("utf-8")
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_without_an_import_there_is_no_report() -> None:
    async with opened() as (pilot, screen, _library):
        await pilot.press("I")
        assert pilot.app.screen is screen
        assert told(pilot) == "Nothing was imported since bandoc was started."


async def test_f1_in_the_dialog_tells_its_keys() -> None:
    async with opened() as (pilot, _screen, _library):
        await pilot.press("i")
        dialog = await asking(pilot)
        await pilot.press("f1")
        await settled(pilot, lambda: any("Complete the path" in line for line in shown(pilot)))
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is dialog)


async def test_f1_in_the_filter_bar_tells_its_keys_and_what_a_filter_may_say() -> None:
    async with opened([article(1)]) as (pilot, screen, _library):
        await pilot.press("slash", "f1")
        await settled(pilot, lambda: any("What a filter may say" in line for line in shown(pilot)))
        text = "\n".join(shown(pilot))
        assert "Take the completion" in text
        assert "Mark all listed as read" not in text  # Ctrl-a is the beginning of the line here
        await pilot.press(*"either")
        await settled(pilot, lambda: not any("Take the completion" in line for line in shown(pilot)))
        assert any("lũ OR ngập" in line for line in shown(pilot))
        await pilot.press("escape", "escape")
        await settled(pilot, lambda: pilot.app.screen is screen)


@pytest.mark.parametrize(
    ("keys", "words"),
    [(["S"], "Choose it"), (["r"], "Take this line in or out"), (["colon"], "Give up"), (["bar"], "Accept")],
)
async def test_f1_tells_the_keys_of_a_dialog_a_page_and_the_palette(keys: list[str], words: str) -> None:
    one = article(1)
    async with opened([one]) as (pilot, screen, library):
        library.pages[one.id] = RawPage("Hội nghị tổng kết\n\n\nSáng 16/1", "0" * 64, "x.txt", None, "utf-8")
        await pilot.press(*(["vertical_line"] if keys == ["bar"] else keys))
        await settled(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press("f1")
        await settled(pilot, lambda: any(words in line for line in shown(pilot)))


# -- without a screen


def test_a_text_is_imported_and_what_lacks_something_is_told(tmp_path: Path) -> None:
    (tmp_path / "rỗng.txt").write_text("")
    with Library.open(tmp_path / "library") as library:
        report = importing.import_paths(
            library, [Source("", data=PAGE.encode()), tmp_path / "rỗng.txt", Source("", data=b"\0\1\2")]
        )
        lines = lines_of(library, report)
    assert [(line.section, line.title or line.path) for line in lines] == [
        ("Failed", str(tmp_path / "rỗng.txt")),
        ("Failed", "pasted text"),
        ("Without a date", "Khai mạc hội chợ sách"),
        ("Added", "Khai mạc hội chợ sách"),
    ]
    assert [entry.text for entry in entries(lines, {"Failed": 2, "Without a date": 1, "Added": 1})] == [
        "Failed (2)",
        f"{tmp_path / 'rỗng.txt'}: is empty",
        "pasted text: is empty",
        "",
        "Without a date (1)",
        "Khai mạc hội chợ sách",
        "",
        "Added (1)",
        "Khai mạc hội chợ sách",
    ]
    assert all(row.count("\t") == 4 for row in rows_of_file(lines))


def test_a_page_narrows_by_beginnings_of_words_under_their_headings() -> None:
    page = [
        Entry("", "Đi lại", "head"),
        Entry("j  ↓", "Dòng dưới"),
        Entry("k  ↑", "Dòng trên"),
        Entry("", "", "head"),
        Entry("", "Xuất", "head"),
        Entry("e", "Xuất Markdown"),
    ]
    assert [entry.text for entry in narrowed(page, "tren")] == ["Đi lại", "Dòng trên"]
    assert [entry.text for entry in narrowed(page, "trên dòng")] == ["Đi lại", "Dòng trên"]
    assert [entry.text for entry in narrowed(page, "ren")] == []
    assert [entry.text for entry in narrowed(page, "tiên")] == []
    assert [entry.text for entry in narrowed(page, "di")] == ["Đi lại", "Dòng dưới", "Dòng trên"]
    assert [entry.text for entry in narrowed(page, "↑")] == ["Đi lại", "Dòng trên"]
    assert [entry.text for entry in narrowed(page, "x")] == ["Xuất", "Xuất Markdown"]
    assert narrowed(page, "(") == []


def test_the_time_left_follows_the_pace() -> None:
    pace = Pace(100.0)
    assert pace.left(1, 100, 100.5) is None
    assert pace.left(0, 100, 102.0) is None
    assert pace.left(10, 100, 110.0) == pytest.approx(90)
    for second in range(111, 140):  # ten times as fast now
        left = pace.left(10 + (second - 110) * 3, 100, float(second))
    assert left is not None
    assert left < 3


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "a few seconds left"),
        (7, "about 5 s left"),
        (52, "about 50 s left"),
        (56, "about 1 minute left"),
        (290, "about 5 minutes left"),
        (7300, "about 2 hours left"),
    ],
)
def test_a_guess_is_no_more_exact_than_it_is(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_the_bar_has_its_width_whatever_is_told() -> None:
    assert [bar(done, 8, 2) for done in (0, 1, 4, 8)] == ["░░", "▎░", "█░", "██"]
    assert {len(bar(done, total, 7)) for done in range(-2, 40) for total in (0, 1, 13, 37)} == {7}


def test_the_clipboard_is_read_by_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert clipboard.program() is None
    for name in ("wl-paste", "xclip"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'chữ'\n")
        (tmp_path / name).chmod(0o755)
    command = clipboard.program()
    assert command is not None
    assert command[0] == "xclip"
    assert clipboard.read(command) == "chữ\n"
    with pytest.raises(OSError, match="exit 3"):
        clipboard.read(("/bin/sh", "-c", "exit 3"))


async def test_who_begins_with_a_folder_is_shown_the_first_keys(
    imported: list[str | Source], tmp_path: Path
) -> None:
    async with opened(import_paths=["x"], history=tmp_path / "filters") as (pilot, _screen, _library):
        await settled(pilot, lambda: any("Space page on" in line for line in shown(pilot)))
        assert (tmp_path / "welcomed").exists()
