"""A program on a terminal, and what its screen says: `Terminal` on a pseudo-terminal of its own, `Tmux` in
tmux, with the same calls. Tests, benchmarks and the scripts of docs/tasks.md drive bandoc by them.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import termios
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from rich.cells import cell_len

COLUMNS, ROWS = 120, 36

KEYS = {
    "Enter": "\r", "Tab": "\t", "Shift-Tab": "\x1b[Z", "Esc": "\x1b", "Space": " ", "Backspace": "\x7f",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D",
    "Home": "\x1b[H", "End": "\x1b[F", "PgUp": "\x1b[5~", "PgDn": "\x1b[6~", "Delete": "\x1b[3~",
    **{f"Ctrl-{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
"""What a terminal sends for a key named as docs/keys.md names it; any other key is the letter itself."""

TMUX_KEYS = {
    "Shift-Tab": "BTab", "Esc": "Escape", "Backspace": "BSpace",
    **{f"Ctrl-{letter}": f"C-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
"""The same keys where tmux has another name for them."""

_PARTS = re.compile(
    "\x1b\\[([0-9;?<>=]*)[ -/]*([@-~])"  # CSI
    "|\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\)"  # OSC, DCS …
    "|\x1b[ -/]*[0-~]|[\x00-\x1a\x1c-\x1f]|[^\x00-\x1f]+",
    re.DOTALL,
)
_UNFINISHED = re.compile("\x1b(?:\\[[0-9;?<>= -/]*|[\\]PX^_][^\x07\x1b]*)?\\Z")


Until = str | Callable[[list[str]], bool]
"""What is waited for: a text on the screen, or its lines being as they should be."""


def reader(folder: Path) -> dict[str, str]:
    """The environment of a reader who has no settings, left no screen behind and has read the first note."""
    (folder / "state").mkdir(parents=True, exist_ok=True)
    (folder / "state" / "welcomed").touch()
    return {"BANDOC_STATE": str(folder / "state"), "BANDOC_CONFIG": str(folder / "config.toml")}


class Screen(ABC):
    """What a program shows on a terminal; the program ends with the block in which it is used."""

    @property
    @abstractmethod
    def lines(self) -> list[str]:
        """The lines of the screen."""

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join(self.lines)

    @abstractmethod
    def close(self) -> None:
        """Kills the program."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Terminal(Screen):
    """Runs a command on a terminal of `size` (columns, rows). Styles are not looked at: a blinking cursor is
    no change."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (COLUMNS, ROWS),
        folder: Path | None = None,
    ) -> None:
        self.columns, self.rows = size
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "BANDOC_LANG": "en", **(environment or {})}
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            environment.pop(name, None)
        self._lines = self._blank(self.rows)
        self._at = [0, 0]
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            cwd=folder,
        )
        os.close(slave)

    def _blank(self, lines: int) -> list[list[str]]:
        return [[" "] * self.columns for _ in range(lines)]

    def close(self) -> None:
        """Kills the program, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen. Of a letter two cells wide, the second cell is empty."""
        return ["".join(line) for line in self._lines]

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def press(self, *names: str) -> None:
        """Presses keys, each by its name or letter."""
        for name in names:
            self.type(KEYS.get(name, name))

    def until(self, marker: Until, seconds: float = 60) -> float:
        """Waits for what the screen shall show; the moment it came, by `time.perf_counter`."""
        end = time.monotonic() + seconds
        while not shows(self.lines, marker):
            if not self.read(0.1) and (time.monotonic() > end or self.process.poll() is not None):
                raise TimeoutError(f"no {marker!r} on the screen:\n{self.text}")
        return time.perf_counter()

    def settle(self, quiet: float = 0.7, seconds: float = 60) -> float:
        """Waits until nothing has changed for `quiet` seconds; the moment of the last change."""
        last, before = time.perf_counter(), self.text
        end = last + seconds
        while time.perf_counter() < min(last + quiet, end):
            if self.read(0.05) and self.text != before:
                last, before = time.perf_counter(), self.text
        return last

    def read(self, seconds: float) -> bool:
        """Takes what the program writes within some seconds; False when that is nothing, or it has ended."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux: the other end is closed
            return False
        self._take(self._rest + self._decoder.decode(data))
        return bool(data)

    def _take(self, data: str) -> None:
        cut = _UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else ""
        for part in _PARTS.finditer(data[: cut.start()] if cut else data):
            if part[2]:
                self._command(part[2], part[1])
            elif part[0] == "\n":
                self._at[0] = min(self._at[0] + 1, self.rows - 1)
            elif part[0] == "\r":
                self._at[1] = 0
            elif part[0] >= " " and part[0][0] != "\x1b":
                self._write(part[0])

    def _write(self, text: str) -> None:
        line, column = self._at
        letters = list(text) if text.isascii() else [cell for letter in text for cell in _cells(letter)]
        letters = letters[: self.columns - column]
        self._lines[line][column : column + len(letters)] = letters
        self._at[1] = min(column + len(letters), self.columns - 1)

    def _command(self, name: str, text: str) -> None:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        line, column = self._at
        if name in "Hf":
            line, column = [*numbers, 1, 1][:2] if numbers else (1, 1)
            self._at = [min(line, self.rows) - 1, min(column, self.columns) - 1]
        elif name == "J":
            self._lines = self._blank(self.rows)
        elif name == "K":
            self._lines[line][column:] = [" "] * (self.columns - column)


def _cells(letter: str) -> tuple[str, ...]:
    return ((), (letter,), (letter, ""))[cell_len(letter)]


def shows(lines: list[str], marker: Until) -> bool:
    """Whether the lines of a screen show what is waited for."""
    return any(marker in line for line in lines) if isinstance(marker, str) else marker(lines)


class Tmux(Screen):
    """The same in a tmux server of its own: a terminal that others have written."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (COLUMNS, ROWS),
        folder: Path | None = None,
    ) -> None:
        self.socket = f"bandoc-{uuid.uuid4().hex}"
        given = {"BANDOC_LANG": "en", **(environment or {})}
        settings = [f"{name}={value}" for name, value in given.items()]
        unset = [word for name in ("NO_COLOR", "COLUMNS", "LINES") for word in ("-u", name)]
        place = ["-c", str(folder)] if folder else []
        wide = ["-x", str(size[0]), "-y", str(size[1])]
        inside = "exec " + shlex.join(["env", *unset, *settings, *command])
        # What a program says that ends at once stays to be read.
        first = ["start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";"]
        self.tmux("-f", os.devnull, *first, "new-session", "-d", *place, *wide, inside)

    def tmux(self, *arguments: str) -> str:
        """Asks the server for something."""
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments], check=True, capture_output=True, text=True, timeout=20
        )
        return done.stdout

    def close(self) -> None:
        """Kills the program, then the server."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(self.tmux("display-message", "-p", "#{pane_pid}")), signal.SIGKILL)
        self.tmux("kill-server")

    @property
    def lines(self) -> list[str]:
        return self.tmux("capture-pane", "-p").split("\n")

    def type(self, keys: str) -> None:
        self.tmux("send-keys", "-l", keys)

    def press(self, *names: str) -> None:
        for name in names:
            self.tmux("send-keys", *(["-l"] if len(name) == 1 else []), TMUX_KEYS.get(name, name))

    def until(self, marker: Until, seconds: float = 60) -> float:
        end = time.monotonic() + seconds
        while not shows(lines := self.lines, marker):
            if time.monotonic() > end:
                raise TimeoutError(f"no {marker!r} on the screen:\n" + "\n".join(lines))
            time.sleep(0.03)
        return time.perf_counter()
