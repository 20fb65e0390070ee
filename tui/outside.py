"""Programs that bandoc hands something to: the reader's editor, a browser, a command behind a pipe."""

from __future__ import annotations

import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

TEXT_BROWSERS = ("w3m", "lynx", "links", "links2", "elinks", "browsh", "cha")

MOST = 1_000_000
"""Bytes of a command's output that are kept; a command that writes more is stopped."""

_LINGER = 0.2
"""Seconds to wait for more output when the command itself has ended: what it left running in the background
may keep the pipe open for ever, as programs for the clipboard do."""

_MERCY = 1.0
"""Seconds between asking a command to end and ending it."""


def editor() -> list[str]:
    """The reader's editor with its arguments: VISUAL, else EDITOR, else vi. Raises ValueError for a quote
    without its twin."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "") or ["vi"]


class Browser(NamedTuple):
    """How to open a page: the command, and whether it draws in the terminal itself."""

    command: list[str]
    in_terminal: bool


def browser(address: str) -> Browser | None:
    """What opens a web address here: BROWSER if it is set, else the desktop's way if there is a desktop, else
    a browser for the terminal; None if there is none. No shell ever sees the address."""
    for one in os.environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(one)
        except ValueError:
            continue
        if words and shutil.which(words[0]):
            named = [word.replace("%s", address) for word in words]
            command = named if named != words else [*words, address]
            return Browser(command, os.path.basename(words[0]) in TEXT_BROWSERS)
    desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    openers = ["open"] if sys.platform == "darwin" else ["xdg-open", "gio"]
    for name in [*(openers if desktop else []), "wslview"]:
        if shutil.which(name):
            return Browser([name, *(["open"] if name == "gio" else []), address], False)
    found = next(filter(shutil.which, TEXT_BROWSERS), None)
    return Browser([found, address], True) if found else None


def in_foreground(command: list[str]) -> int:
    """Runs a program in the terminal until it ends, and gives its exit code (negative: the signal that ended
    it). Raises OSError.

    Ctrl-C ends the program, not bandoc. It is handled, not ignored: a program inherits what is ignored. What
    is to end bandoc ends the program first, which else would be left alone with the terminal.
    """
    running: list[subprocess.Popen[bytes]] = []

    def end(*_: object) -> None:
        for process in running:
            process.terminate()
            last = threading.Timer(_MERCY, process.kill)
            last.daemon = True
            last.start()

    handlers = {signal.SIGINT: lambda *_: None, signal.SIGTERM: end, signal.SIGHUP: end}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        running.append(subprocess.Popen(command))
        return running[0].wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Piped:
    """A command of the shell that reads a text; it runs in threads, apart from the terminal.

    `output` grows while it runs. Afterwards `code` is its exit code (negative: the signal that ended it), and
    `full` says that it wrote more than is kept.
    """

    def __init__(self, line: str, text: str) -> None:
        """Starts it. Raises OSError."""
        self.output = bytearray()
        self.code: int | None = None
        self.full = self.stopped = False
        # In a session of its own it has no terminal to draw on, and all that it starts can be ended with it.
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", line],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self._feed, args=(text.encode("utf-8", "replace"),), daemon=True).start()

    def _feed(self, data: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError), self._process.stdin as stdin:  # it may have read enough
            stdin.write(data)

    def read(self, tell: Callable[[], object]) -> None:
        """Reads until it has ended; calls `tell` now and then when there is more."""
        assert self._process.stdout is not None
        pipe = self._process.stdout
        wait = told = 0.2
        while True:
            ready = select.select([pipe], [], [], _LINGER)[0]
            if not ready:
                if self._process.poll() is not None:
                    break
                continue
            if not (data := os.read(pipe.fileno(), 65536)):
                break
            self.output += data[: MOST - len(self.output)]
            if len(self.output) >= MOST and not self.full:
                self.full = True
                self.stop()
            if time.monotonic() > told:
                told, wait = time.monotonic() + wait, wait * 1.5
                tell()
        pipe.close()
        self.code = self._process.wait()

    def stop(self) -> None:
        """Ends it and what it has started; if it does not want to end, a second later."""
        self.stopped = True
        if self._process.poll() is None:
            self._signal(signal.SIGTERM)
            last = threading.Timer(_MERCY, self._signal, (signal.SIGKILL,))
            last.daemon = True
            last.start()

    def _signal(self, number: int) -> None:
        if self._process.poll() is None:
            with suppress(OSError):  # it has just ended
                os.killpg(self._process.pid, number)
