"""The real program in a real terminal: tmux for what a person sees, a bare pty for how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from screen_fakes import article, named

from benchmarks import terminal as terminal_driver
from store.library import Library

PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]
PATIENCE = 60.0


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    with Library.open(folder) as made:
        others = [article(n, f"Bài số {n}", "Mở đầu.", "Thân bài.") for n in range(10, 40)]
        made.add([(one, None) for one in (named(), *others)])
    return folder


class Tmux(terminal_driver.Tmux):
    """bandoc in a tmux of its own; waiting gives the lines of the screen."""

    def __init__(self, library: Path, width: int, height: int, *, in_shell: bool = False) -> None:
        program = [*PROGRAM, "--lang", "en", "--library", str(library)]
        self.command = shlex.join(["env", "-u", "COLUMNS", "-u", "LINES", *program])
        inside = ["sh", "-i"] if in_shell else program
        state = library.parent / "state"
        state.mkdir(exist_ok=True)
        (state / "welcomed").touch()  # the note for the first time has been read
        # Started beside the library: what a test exports lands there.
        super().__init__(inside, {"BANDOC_STATE": str(state)}, (width, height), library.parent)

    def shown(self, done: terminal_driver.Until) -> list[str]:
        self.until(done, PATIENCE)
        return self.lines


@pytest.fixture
def terminal(library: Path) -> Iterator[Callable[..., Tmux]]:
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    opened: list[Tmux] = []

    def open_terminal(width: int, height: int, **options: bool) -> Tmux:
        opened.append(Tmux(library, width, height, **options))
        return opened[-1]

    yield open_terminal
    for one in opened:
        subprocess.run(["tmux", "-L", one.socket, "kill-server"], capture_output=True, check=False)


def test_a_session_in_80_by_24(terminal: Callable[..., Tmux]) -> None:
    tmux = terminal(80, 24)
    lines = tmux.shown("31/31 · All")
    assert lines[0].split()[1:4] == ["Bài", "số", "27"]
    tmux.press("/", *"le thu")
    tmux.shown(" 1/31 · All")
    tmux.press("Enter", "Enter")
    lines = tmux.shown("Báo Thử · 08/12/2023 08:30 (stated) · An Bình · 1 min")
    assert lines[0] == "  Lê Thu ở Huế"
    tmux.press("n")
    tmux.shown("1/3")
    tmux.press("Tab")
    tmux.shown("People (2)")
    tmux.press("Escape")
    tmux.shown(lambda lines: lines[0] == "  Lê Thu ở Huế")
    tmux.press("G", "g", "Escape", "Escape")
    tmux.shown("31/31 · All")
    tmux.press("s")
    tmux.shown(lambda lines: any(line.startswith("★") for line in lines))
    tmux.press("u")
    tmux.shown(lambda lines: not any(line.startswith("★") for line in lines))
    tmux.press("D")
    tmux.shown("30/30 · All")
    tmux.press("BSpace")
    tmux.shown("31/31 · All")
    tmux.press("?")
    tmux.shown("Open the article")
    tmux.press("Escape")  # an Escape with a letter right behind it would be Alt and that letter
    tmux.shown("31/31 · All")
    tmux.press(":")
    tmux.shown("Search for commands…")
    tmux.press(*"raw")
    tmux.shown("The raw page, each line with its reason")
    tmux.press("Escape")
    tmux.shown(lambda lines: not any("each line with its reason" in line for line in lines))
    tmux.press("q")
    tmux.shown(lambda lines: not any("31/31" in line for line in lines))


def test_rows_are_selected_starred_and_exported(terminal: Callable[..., Tmux], library: Path) -> None:
    tmux = terminal(120, 24)
    tmux.shown("31/31 · All")
    tmux.press("Space", "Space", "Space")
    lines = tmux.shown("3 selected · 31/31")
    assert [line[1] for line in lines[0:8:2]] == ["▌", "▌", "▌", " "]
    tmux.press("s")
    tmux.shown("3 articles starred")
    tmux.press("e")
    tmux.shown("3 articles exported to")
    assert len(list(library.parent.glob("*.md"))) == 3
    tmux.press("Escape")
    lines = tmux.shown(lambda lines: not any("3 selected" in line for line in lines))
    assert [line[:2] for line in lines[0:8:2]] == ["★ ", "★ ", "★ ", "• "]
    tmux.press("u")
    tmux.shown("Undone: 3 articles starred")


def test_selected_text_reaches_the_clipboard(terminal: Callable[..., Tmux]) -> None:
    tmux = terminal(80, 24)
    tmux.tmux("set-option", "-s", "set-clipboard", "on")
    tmux.shown("31/31 · All")
    tmux.press("/", *"le thu")
    tmux.shown(" 1/31 · All")
    tmux.press("Enter", "Enter")
    tmux.shown(lambda lines: lines[0] == "  Lê Thu ở Huế")
    tmux.press("v", "Space", "S-Right", "C-Right", "End", "y")
    tmux.shown("Copied 12 letters.")
    assert tmux.tmux("show-buffer") == "Lê Thu ở Huế"


def test_two_panes_in_120_by_36_and_a_storm_of_sizes(terminal: Callable[..., Tmux]) -> None:
    tmux = terminal(120, 36)
    tmux.shown("31/31 · All")
    tmux.shown("▕")
    tmux.shown(lambda lines: "Thân bài." in "\n".join(lines))
    for width, height in [(30, 8), (200, 60), (80, 24), (41, 10), (160, 40)] * 3:
        tmux.tmux("resize-window", "-x", str(width), "-y", str(height))
    tmux.shown(lambda lines: "31/31 · All" in "\n".join(lines) and len(lines) >= 40)
    tmux.tmux("resize-window", "-x", "30", "-y", "8")
    tmux.shown("This terminal is too small")
    tmux.tmux("resize-window", "-x", "80", "-y", "24")
    tmux.shown("31/31 · All")


def test_suspended_and_brought_back_it_draws_again(terminal: Callable[..., Tmux]) -> None:
    tmux = terminal(80, 24, in_shell=True)
    tmux.tmux("send-keys", "-l", tmux.command)
    tmux.press("Enter")
    tmux.shown("31/31 · All")
    tmux.press("C-z")
    tmux.shown(lambda lines: not any("31/31" in line for line in lines))
    tmux.tmux("send-keys", "-l", "fg")
    tmux.press("Enter")
    tmux.shown("31/31 · All")
    tmux.press("Q")
    tmux.shown(lambda lines: not any("31/31" in line for line in lines))


class Pty:
    """bandoc on a pty, without anything between."""

    def __init__(self, library: Path, *arguments: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover  (the child)
            # COLUMNS and LINES would stand for whatever size the terminal has.
            os.environ["TERM"] = "xterm-256color"
            command = [*PROGRAM, "--lang", "en", "--library", str(library), *arguments]
            os.execvp("env", ["env", "-u", "COLUMNS", "-u", "LINES", *command])
        self.before = termios.tcgetattr(self.fd)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.written = b""

    def read(self) -> bool:
        """Reads what there is; False when the other end is closed."""
        if select.select([self.fd], [], [], 0.05)[0]:
            try:
                self.written += os.read(self.fd, 65536)
            except OSError:
                return False
        return True

    def until_shown(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.written:
            assert time.monotonic() < end, self.written[-2000:]
            self.read()

    def exit_code(self) -> int:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read()
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.read()
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("still running")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(library: Path, number: signal.Signals) -> None:
    terminal = Pty(library)
    terminal.until_shown("31/31")
    os.kill(terminal.pid, number)
    assert terminal.exit_code() == 128 + number
    local_modes = termios.tcgetattr(terminal.fd)[3]
    assert local_modes & termios.ICANON
    assert local_modes & termios.ECHO
    written = terminal.written
    assert written.rfind(b"\x1b[?1049l") > written.rfind(b"\x1b[?1049h")
    assert written.rfind(b"\x1b[?25h") > written.rfind(b"\x1b[?25l")
    os.close(terminal.fd)


def test_a_closed_terminal_ends_it(library: Path) -> None:
    terminal = Pty(library)
    terminal.until_shown("31/31")
    os.close(terminal.fd)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(terminal.pid, os.WNOHANG)
        if done:
            assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGHUP
            return
        time.sleep(0.05)
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    raise AssertionError("still running")


@pytest.mark.parametrize("setting", [{"TERM": "dumb"}, {}])
def test_without_a_terminal_it_says_so(library: Path, setting: dict[str, str]) -> None:
    code = (
        "import sys, pathlib, store.library, tui.app;"
        "tui.app.ReaderApp(store.library.Library.open(pathlib.Path(sys.argv[1]))).run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(library)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, **setting},
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs a terminal" in done.stderr


def test_no_color_writes_no_color(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Pty(library)
    terminal.until_shown("31/31")
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.exit_code()
    os.close(terminal.fd)
    assert b"\x1b[38;" not in terminal.written
    assert b";38;" not in terminal.written
    assert b"48;5;" not in terminal.written
    assert b"48;2;" not in terminal.written
