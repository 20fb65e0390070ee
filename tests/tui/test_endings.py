"""However it ends or is resized: the library is whole, the terminal as it was, the screen right."""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest
from piloting import opened, settled, shown, ten
from screen_fakes import article, named
from test_terminal import PROGRAM, Pty
from textual.screen import Screen

from store.library import Library
from store.query import ALL
from tui.session import Kept


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    with Library.open(folder) as made:
        made.add([(article(n, f"Bài số {n}", "Mở đầu.", "Thân bài."), None) for n in range(10, 40)])
    return folder


def pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = (
            f"Trang chủ\nHội nghị số {number} bàn việc chung\n29/12/2023 19:17\n"
            + f"Câu {number} rất dài. " * 40
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def doctor(library: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "--lang", "en", "--library", str(library), "doctor"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def whole(library: Path) -> int:
    """How many articles there are, in a library that is sound."""
    found = doctor(library)
    assert found.returncode == 0, found.stdout
    with Library.open(library) as one:
        assert not [problem for problem in one.problems if problem.code == "damaged"]
        rows = one.select(ALL)
        for article_id in list(rows.ids())[:20]:
            assert one.article(article_id).blocks
        return len(rows)


def resize(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


# -- sizes

SIZES = [(1, 1), (1, 40), (200, 1), (3, 2), (39, 9), (80, 24), (120, 36), (250, 70)]


def test_two_hundred_sizes_in_a_second_down_to_one_cell(library: Path) -> None:
    terminal = Pty(library)
    terminal.until_shown("30/30")
    sizes = random.Random(7)
    for _ in range(200):
        resize(terminal.fd, *sizes.choice(SIZES))
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.read()
        time.sleep(0.003)
    resize(terminal.fd, 100, 30)
    last, quiet = time.monotonic() + 30, time.monotonic() + 0.5
    while time.monotonic() < quiet:  # what is drawn yet of the sizes before
        if terminal.written:
            assert time.monotonic() < last, terminal.written[-2000:]
            terminal.written, quiet = b"", time.monotonic() + 0.5
        terminal.read()
    resize(terminal.fd, 120, 36)
    terminal.until_shown("\x1b[36;1H")  # the last of its lines
    os.write(terminal.fd, b"Q")
    assert terminal.exit_code() == 0
    os.close(terminal.fd)


async def test_after_a_storm_of_sizes_the_screen_is_that_of_a_new_one() -> None:
    articles = [named(), *ten()]
    async with opened(articles, (120, 36)) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.article is not None)
        wanted = shown(pilot)
    async with opened(articles, (80, 24)) as (pilot, screen, _library):
        sizes = random.Random(3)
        for _ in range(40):
            await pilot.resize_terminal(
                sizes.choice((1, 2, 30, 80, 120, 200)), sizes.choice((1, 3, 9, 24, 60))
            )
        await pilot.resize_terminal(120, 36)
        await settled(pilot, lambda: shown(pilot) == wanted)


@pytest.mark.parametrize("keys", [[], ["enter"], ["question_mark"], ["S"], ["i"], ["r"], ["W"], ["slash"]])
async def test_in_a_few_cells_nothing_is_laid_out_over_and_over(
    keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = 0
    lay_out = Screen._refresh_layout

    def counted(screen: Screen[None], *arguments: object, **options: object) -> None:
        nonlocal laid_out
        laid_out += 1
        lay_out(screen, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    async with opened([named(), *ten()], (120, 36)) as (pilot, _screen, _library):
        await pilot.press(*keys)
        for size in ((3, 2), (1, 1), (2, 8), (8, 2), (5, 3)):
            await pilot.resize_terminal(*size)
            for _ in range(40):
                before = laid_out
                await asyncio.sleep(0.05)  # three times as long as one laying out takes
                if laid_out == before:
                    break
            else:
                raise AssertionError(size)


# -- signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_midst_of_an_import(tmp_path: Path, library: Path, number: signal.Signals) -> None:
    folder = pages(tmp_path / "pages", 600)
    terminal = Pty(library, str(folder))
    before = terminal.before
    terminal.until_shown("Importing")
    time.sleep(0.5)
    os.kill(terminal.pid, number)
    assert terminal.exit_code() == 128 + number
    assert termios.tcgetattr(terminal.fd) == before
    assert terminal.written.rfind(b"\x1b[?1049l") > terminal.written.rfind(b"\x1b[?1049h")
    os.close(terminal.fd)
    assert whole(library) >= 30


def test_killed_in_the_midst_of_an_import(tmp_path: Path, library: Path) -> None:
    folder = pages(tmp_path / "pages", 600)
    terminal = Pty(library, str(folder))
    terminal.until_shown("Importing")
    time.sleep(1.0)
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    os.close(terminal.fd)
    assert whole(library) >= 30
    again = subprocess.run(
        [*PROGRAM, "--library", str(library), "import", str(folder)], capture_output=True, check=False
    )
    assert again.returncode == 0
    assert whole(library) == 630


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.4])
def test_killed_in_the_midst_of_marking(library: Path, delay: float) -> None:
    terminal = Pty(library)
    terminal.until_shown("30/30")
    os.write(terminal.fd, b"sj" * 25)
    end = time.monotonic() + delay
    while time.monotonic() < end:
        terminal.read()
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    os.close(terminal.fd)
    assert whole(library) == 30


def test_suspended_and_then_asked_to_end(library: Path) -> None:
    terminal = Pty(library)
    terminal.until_shown("30/30")
    os.write(terminal.fd, b"\x1a")
    end = time.monotonic() + 10
    while time.monotonic() < end and os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED) == (0, 0):
        terminal.read()
    assert termios.tcgetattr(terminal.fd)[3] & termios.ICANON  # the shell's turn
    os.kill(terminal.pid, signal.SIGTERM)
    os.kill(terminal.pid, signal.SIGCONT)
    assert terminal.exit_code() == 128 + signal.SIGTERM
    assert termios.tcgetattr(terminal.fd) == terminal.before
    os.close(terminal.fd)


def test_a_terminal_that_goes_away_without_a_word_ends_it(library: Path) -> None:
    ours, its = os.openpty()
    resize(its, 80, 24)
    command = [*PROGRAM, "--lang", "en", "--library", str(library)]
    # A session of its own that no terminal controls: nobody sends SIGHUP there.
    program = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, start_new_session=True)
    os.close(its)
    written, last = b"", time.monotonic() + 30
    while b"30/30" not in written:
        assert time.monotonic() < last, written[-2000:]
        written += os.read(ours, 65536)
    os.close(ours)
    try:
        assert program.wait(30) == 128 + signal.SIGHUP
    finally:
        program.kill()
    assert whole(library) == 30


# -- how it was left


async def test_a_kill_loses_little_of_how_it_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.REMEMBER", 0.05)
    file = tmp_path / "session.json"
    async with opened(ten(), session=file) as (pilot, screen, _library):
        await pilot.press("2", "j", "j")
        await settled(pilot, lambda: Kept(file).get("article", "") == screen.current_id)
        assert Kept(file).get("view", "") == "unread"


def test_the_session_is_found_again_by_the_real_program(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANDOC_STATE", str(tmp_path / "state"))
    for number, keys in ((signal.SIGTERM, b"2jjj"), (signal.SIGHUP, b"")):
        terminal = Pty(library)
        terminal.until_shown("4/30" if not keys else "30/30")
        os.write(terminal.fd, keys)
        if keys:
            terminal.until_shown("4/30")
        os.kill(terminal.pid, number)
        assert terminal.exit_code() == 128 + number
        os.close(terminal.fd)
