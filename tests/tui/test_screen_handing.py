"""The link, the editor and the pipe, as the reader sees them."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from piloting import opened, settled, shown, ten, told
from screen_fakes import article
from textual.pilot import Pilot
from textual.widgets import Input

from tui.history import History
from tui.screens.dialogs import Confirm
from tui.screens.piping import CommandPrompt

LINK = "https://example.org/a?b=$(touch gone)"


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def screen_name(pilot: Pilot[None]) -> str:
    return type(pilot.app.screen).__name__


# -- the link


async def test_a_link_goes_to_the_browser_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", str(script(tmp_path, "fire", f'printf %s "$1" > {tmp_path}/seen')))
    async with opened([article(1, url=LINK)]) as (pilot, _screen, _library):
        await pilot.press("o")
        await settled(pilot, lambda: "Opening https://example.org" in told(pilot))
        await settled(pilot, lambda: (tmp_path / "seen").exists() and (tmp_path / "seen").read_text() == LINK)
    assert not (tmp_path / "gone").exists()


async def test_a_browser_that_fails_is_told_and_the_link_can_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(script(tmp_path, "fire", "exit 3")))
    async with opened([article(1, url=LINK)]) as (pilot, _screen, _library):
        await pilot.press("o")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert any("could not open it. Copy the link?" in line for line in shown(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.clipboard == LINK)


async def test_where_no_browser_is_the_link_can_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.outside.browser", lambda _: None)
    async with opened([article(1, url=LINK)]) as (pilot, _screen, _library):
        await pilot.press("ctrl+o")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape")
        await settled(pilot, lambda: screen_name(pilot) == "MainScreen")
        assert not pilot.app.clipboard


@pytest.mark.parametrize("url", [None, "file:///etc/passwd", "javascript:alert(1)"])
async def test_what_is_no_web_address_is_not_opened(monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    monkeypatch.setattr("tui.outside.browser", lambda _: pytest.fail("asked for"))
    async with opened([article(1, url=url)]) as (pilot, _screen, _library):
        await pilot.press("o")
        await settled(pilot, lambda: told(pilot) == "This article has no link.")


# -- the editor


async def test_the_editor_shows_a_file_that_cannot_be_changed_by_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv(
        "VISUAL", str(script(tmp_path, "ed", f'ls -l "$2" > {seen}; cat "$2" >> {seen}')) + " -R"
    )
    async with opened([article(1, "Bài một")]) as (pilot, _screen, _library):
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        await pilot.press("E")
        await settled(pilot, seen.exists)
        assert not told(pilot)
    first, *text = seen.read_text(encoding="utf-8").split("\n")
    assert first.startswith("-r--------")
    assert text[0] == "---"
    assert "# Bài một" in text
    assert not Path(first.split(" ", 8)[-1]).exists()


async def test_what_was_changed_in_the_editor_all_the_same_is_told_not_to_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(script(tmp_path, "ed", 'chmod u+w "$1"; echo x >> "$1"')))
    async with opened([article(1)]) as (pilot, _screen, _library):
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        await pilot.press("f4")
        await settled(pilot, lambda: "not kept; e exports" in told(pilot))


async def test_an_editor_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    async with opened([article(1)]) as (pilot, _screen, _library):
        monkeypatch.setattr(type(pilot.app), "suspend", lambda _: nullcontext())
        await pilot.press("E")
        await settled(pilot, lambda: told(pilot) == "false ended with exit code 1.")


# -- the pipe


async def piped(pilot: Pilot[None], line: str) -> None:
    await pilot.press("vertical_line")
    await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPrompt))
    pilot.app.screen.query_one(Input).value = line
    await pilot.press("enter")


async def test_what_a_command_says_is_shown_and_never_obeyed() -> None:
    async with opened([article(1, "Bài một")]) as (pilot, screen, _library):
        await piped(pilot, "grep '^#'; printf '[b]x[/b] \\033[31mred\\033]0;t\\007'")
        await settled(pilot, lambda: shown(pilot)[-1].startswith(" Done"))
        text = shown(pilot)
        assert text[0].startswith(" | grep '^#'")
        assert text[1].strip() == "# Bài một"
        assert text[2].strip() == "[b]x[/b] red"
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_a_command_that_says_nothing_leaves_no_page() -> None:
    async with opened([article(1)]) as (pilot, screen, _library):
        await piped(pilot, "cat > /dev/null")
        await settled(pilot, lambda: told(pilot) == "Done: cat > /dev/null")
        assert pilot.app.screen is screen


async def test_the_exit_code_is_told() -> None:
    async with opened([article(1)]) as (pilot, _screen, _library):
        await piped(pilot, "no-such-command")
        await settled(pilot, lambda: "Ended with exit code 127" in shown(pilot)[-1])
        assert "not found" in shown(pilot)[1]


async def test_a_command_without_end_is_stopped_and_the_page_then_left() -> None:
    async with opened([article(1)]) as (pilot, screen, _library):
        await piped(pilot, "echo begun; sleep 60")
        await settled(pilot, lambda: "begun" in shown(pilot)[1])
        assert "Running" in shown(pilot)[-1]
        await pilot.press("escape")
        await settled(pilot, lambda: shown(pilot)[-1].startswith(" Stopped"))
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)


async def test_earlier_commands_come_back(tmp_path: Path) -> None:
    History(tmp_path / "commands").add("wc -w")
    async with opened(ten(), history=tmp_path / "filters") as (pilot, _screen, _library):
        await piped(pilot, "cat > /dev/null")
        await settled(pilot, lambda: screen_name(pilot) == "MainScreen")
        await pilot.press("vertical_line", "x", "up", "up")
        assert pilot.app.screen.query_one(Input).value == "wc -w"
        await pilot.press("up", "down")
        assert pilot.app.screen.query_one(Input).value == "cat > /dev/null"
        await pilot.press("down")
        assert pilot.app.screen.query_one(Input).value == "x"
        await pilot.press("escape")
    assert list(History(tmp_path / "commands").entries) == ["wc -w", "cat > /dev/null"]


async def test_a_whole_article_reaches_the_command(tmp_path: Path) -> None:
    long = article(1, "Dài", *["Câu dài. " * 400] * 50)
    async with opened([long]) as (pilot, _screen, _library):
        await piped(pilot, f"cat > {tmp_path}/all.md")
        await settled(pilot, lambda: told(pilot).startswith("Done"))
    text = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert text.count("Câu dài.") == 50 * 400
    assert json.loads(text.split("\n")[1].partition(": ")[2]) == long.id
    assert os.path.getsize(tmp_path / "all.md") > 100_000
