"""Plays the scripts of this folder, one for each task of docs/tasks.md, and counts their keys.

    python -m tests.tasks.play 3 --tmux --size 80x24    play the third one slowly, in a tmux to look at
    python -m tests.tasks.play --write                  write docs/tasks.md from the scripts

A script is read from top to bottom; what it can say:

    press Tab Enter     presses keys, each named as in docs/keys.md
    type tong ket       types letters
    see 3/90            waits until the screen shows this
    gone 3/90           waits until it no longer does
    file *.md: text     waits until a file of this name, in the folder where bandoc runs, holds this
    keep                notes the first line of the text that is read; `see kept` waits until it is again
    kill                kills bandoc (SIGKILL);  `start` starts it again
    words that begin with # tell the reader of the script what happens; the first lines are the task
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.terminal import Terminal, Tmux

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "tasks.md"
SIZES = ((80, 24), (120, 36))
PATIENCE = 60.0
PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]
VERBS = ("press", "type", "see", "gone", "wraps", "file", "keep", "kill", "start")


@dataclass(frozen=True)
class Script:
    """A task: its number, what is asked for, and what is done: pairs of a verb and what it is given."""

    number: int
    title: str
    lines: tuple[tuple[str, str], ...]
    text: str

    @property
    def keys(self) -> int:
        """How many keys are pressed; what is typed counts by the letter."""
        pressed = sum(len(given.split()) for verb, given in self.lines if verb == "press")
        return pressed + sum(len(given) for verb, given in self.lines if verb == "type")


def read_script(path: Path) -> Script:
    """Reads a script. Raises ValueError for a line that says nothing a script can say."""
    text = path.read_text(encoding="utf-8")
    title, lines = "", []
    for line in text.splitlines():
        verb, _, given = line.partition(" ")
        if line.startswith("#"):
            title = title or given
        elif line.strip():
            if verb not in VERBS:
                raise ValueError(f"{path.name}: {line}")
            lines.append((verb, given.strip()))
    return Script(int(path.name[:2]), title, tuple(lines), text)


def scripts() -> list[Script]:
    """All of them, by number."""
    return [read_script(path) for path in sorted(HERE.glob("[0-9][0-9]-*.txt"))]


class Stage:
    """A folder with a copy of a library, and bandoc at work there on a terminal of some size."""

    def __init__(
        self,
        folder: Path,
        library: Path,
        size: tuple[int, int],
        terminal: type[Terminal] | type[Tmux],
        pause: float = 0,
    ) -> None:
        self.folder, self.size, self.terminal, self.pause = folder, size, terminal, pause
        self.kept = ""
        shutil.copytree(library, folder / "library")
        self.start()

    def start(self) -> None:
        environment = {
            "BANDOC_STATE": str(self.folder / "state"),
            "BANDOC_CONFIG": str(self.folder / "config.toml"),
            "PYTHONPATH": str(ROOT),
        }
        command = [*PROGRAM, "--lang", "en", "--library", str(self.folder / "library")]
        self.screen = self.terminal(command, environment, self.size, self.folder)
        # What is pressed before is no person's key: nobody sees yet where it would go.
        self._until(lambda lines: re.search(r"\d/\d+ · ", flowing(lines)) is not None)

    def play(self, script: Script) -> None:
        """Raises TimeoutError, with the line and the screen, where that does not show what it should."""
        for verb, given in script.lines:
            try:
                self._do(verb, given)
            except TimeoutError as error:
                raise TimeoutError(f"{script.number}: {verb} {given}: {error}") from None

    def _do(self, verb: str, given: str) -> None:
        if verb == "press":
            for key in given.split():
                time.sleep(self.pause)
                self.screen.press(key)
        elif verb == "type":
            for letter in given:
                time.sleep(self.pause / 3)
                self.screen.type(letter)
        elif verb == "file":
            name, _, text = given.partition(": ")
            self._until(lambda lines: any(text in file for file in self._files(name)))
        elif verb == "keep":
            self.kept = first_read(self.screen.lines)
        elif verb == "kill":
            self.screen.close()
        elif verb == "start":
            self.start()
        elif (verb, given) == ("see", "kept"):
            self._until(lambda lines: first_read(lines) == self.kept)
        elif verb == "see":
            self._until(lambda lines: given in flowing(lines))
        elif verb == "wraps":
            self._until(lambda lines: given in flowing(lines) and not any(given in line for line in lines))
        else:
            self._until(lambda lines: given not in flowing(lines))

    def _until(self, marker: str | Callable[[list[str]], bool]) -> None:
        self.screen.until(marker, PATIENCE)

    def _files(self, name: str) -> Iterator[str]:
        for path in self.folder.glob(name):
            yield path.read_text(encoding="utf-8")


def flowing(lines: list[str]) -> str:
    """The screen as running text: what stands on the left of the rule between two panes, then the rest."""
    halves = [re.split("[▕▏]", line, maxsplit=1) for line in lines]
    return " ".join(
        word for side in (0, 1) for half in halves for word in "".join(half[side : side + 1]).split()
    )


def first_read(lines: list[str]) -> str:
    """The first line of the text in sight; beside the list it begins behind the rule."""
    beside = [line for line in lines if "▕" in line]
    return (beside or lines)[0].rpartition("▕")[2].strip()
