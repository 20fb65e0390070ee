"""A program on a pseudo-terminal, and what its screen says: enough of a terminal to see when it changes."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping

ROWS, COLUMNS = 36, 120

_PARTS = re.compile(
    "\x1b\\[([0-9;?<>=]*)[ -/]*([@-~])"  # CSI
    "|\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\)"  # OSC, DCS …
    "|\x1b[ -/]*[0-~]|[\x00-\x1a\x1c-\x1f]|[^\x00-\x1f]+",
    re.DOTALL,
)
_UNFINISHED = re.compile("\x1b(?:\\[[0-9;?<>= -/]*|[\\]PX^_][^\x07\x1b]*)?\\Z")


class Terminal:
    """Runs a command on a terminal of 120x36. Styles are not looked at: a blinking cursor is no change."""

    def __init__(self, command: list[str], environment: Mapping[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "BANDOC_LANG": "en", **(environment or {})}
        environment.pop("NO_COLOR", None)
        self._lines = [[" "] * COLUMNS for _ in range(ROWS)]
        self._at = [0, 0]
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join("".join(line) for line in self._lines)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def until(self, marker: str, seconds: float = 60) -> float:
        """Waits for a text on the screen; the moment it came, by `time.perf_counter`."""
        end = time.monotonic() + seconds
        while marker not in self.text:
            if time.monotonic() > end or not self._read(end - time.monotonic()):
                raise TimeoutError(f"no {marker!r} on the screen:\n{self.text}")
        return time.perf_counter()

    def settle(self, quiet: float = 0.7, seconds: float = 60) -> float:
        """Waits until nothing has changed for `quiet` seconds; the moment of the last change."""
        last, before = time.perf_counter(), self.text
        end = last + seconds
        while time.perf_counter() < min(last + quiet, end):
            if self._read(0.05) and self.text != before:
                last, before = time.perf_counter(), self.text
        return last

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        self._take(self._rest + self._decoder.decode(os.read(self._master, 1 << 16)))
        return True

    def _take(self, data: str) -> None:
        cut = _UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else ""
        for part in _PARTS.finditer(data[: cut.start()] if cut else data):
            line, column = self._at
            if part[2]:
                self._command(part[2], part[1])
            elif part[0] == "\n":
                self._at[0] = min(line + 1, ROWS - 1)
            elif part[0] == "\r":
                self._at[1] = 0
            elif part[0] >= " ":
                for place, letter in enumerate(part[0][: COLUMNS - column], column):
                    self._lines[line][place] = letter
                self._at[1] = min(column + len(part[0]), COLUMNS - 1)

    def _command(self, name: str, text: str) -> None:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        if name in "Hf":
            line, column = [*numbers, 1, 1][:2] if numbers else (1, 1)
            self._at = [min(line, ROWS) - 1, min(column, COLUMNS) - 1]
        elif name == "J":
            self._lines = [[" "] * COLUMNS for _ in range(ROWS)]
        elif name == "K":
            line, column = self._at
            self._lines[line][column:] = [" "] * (COLUMNS - column)
