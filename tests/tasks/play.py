"""Plays the scripts of this folder, one for each task of docs/tasks.md, and counts their keys.

    python -m tests.tasks.play 3                play the third one in tmux, at a pace to follow
    python -m tests.tasks.play 3 --size 120x36  the same on a larger terminal
    python -m tests.tasks.play --write          write docs/tasks.md from the scripts

A script is read from top to bottom. Its first line is the task, other lines with # tell what happens. Then:

    press Tab Enter     presses keys, each named as in docs/keys.md
    type tong ket       types letters
    see 3/93            waits until the screen shows this, be it over the end of a line; it may not have
                        stood there before the keys
    gone 3/93           waits until it no longer does
    wraps tổng kết      waits until the screen shows this with the end of a line inside
    file *.md: text     waits until a file of this name, beside the library, holds this
    keep                notes the first line of the text that is read; `see kept` waits until it is again
    kill, start         kills bandoc (SIGKILL), starts it again
    newsboat / "a" End  what another reader needs to come as far as this: keys, and letters in quotes;
                        with a - why it can't
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.terminal import KEYS, Terminal, Tmux
from store.importing import import_paths
from store.library import Library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "tasks.md"
SIZES = ((80, 24), (120, 36))
PATIENCE = 60.0
PAGES = 93
"""Samples in the library of the tasks: pages that were added since are not in it."""
PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]
OTHERS = ("newsboat", "eilmeldung")
VERBS = (*OTHERS, "press", "type", "see", "gone", "wraps", "file", "keep", "kill", "start")


@dataclass(frozen=True)
class Script:
    """A task: its number, what is asked for, and what is done: pairs of a verb and what it is given."""

    number: int
    title: str
    lines: tuple[tuple[str, str], ...]
    text: str

    def keys(self, until: str = "") -> int:
        """How many keys are pressed, a typed letter counting as one: in all, or up to the line that tells
        what another reader needs."""
        count = 0
        for verb, given in self.lines:
            if verb == until:
                break
            count += len(given.split()) if verb == "press" else len(given) if verb == "type" else 0
        return count

    def keys_of(self, other: str) -> int | str:
        """How many another reader needs, counted alike, or why it can't."""
        given = next(given for verb, given in self.lines if verb == other)
        if given.startswith("- "):
            return given[2:]
        return sum(1 if word in KEYS else len(word) for word in shlex.split(given))


def read_script(path: Path) -> Script:
    """Reads a script. Raises ValueError for a line that says nothing a script can say."""
    text = path.read_text(encoding="utf-8")
    title, lines = "", []
    for line in text.splitlines():
        verb, _, given = line.partition(" ")
        if line.startswith("#"):
            title = title or given.rstrip(".")
        elif line.strip():
            if verb not in VERBS:
                raise ValueError(f"{path.name}: {line}")
            lines.append((verb, given.strip()))
    return Script(int(path.name[:2]), title, tuple(lines), text)


def scripts() -> list[Script]:
    """All of them, by number."""
    return [read_script(path) for path in sorted(HERE.glob("[0-9][0-9]-*.txt"))]


def make_library(folder: Path) -> None:
    """The library that all tasks begin with: the samples that the other readers were tried with."""
    pages = sorted((ROOT / "sample_data").glob("*.txt"))
    with Library.open(folder) as library:
        import_paths(library, [page for page in pages if int(page.name.split("-")[0]) <= PAGES], jobs=1)


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
        self.before: str | None = None
        """What stood on the screen before the keys that are now waited for."""
        shutil.copytree(library, folder / "library")
        (folder / "state").mkdir()
        (folder / "state" / "welcomed").touch()  # the note for the first time has been read
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
                raise TimeoutError(f"task {script.number}, {verb} {given}: {error}") from None

    def _do(self, verb: str, given: str) -> None:
        if verb in ("press", "type") and self.before is None:
            self.before = flowing(self.screen.lines)
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
            if self.before is not None and shows(self.before, given):
                raise ValueError(f"see {given}: it was there before the keys, which proves nothing")
            self._until(lambda lines: shows(flowing(lines), given))
        elif verb == "gone":
            self._until(lambda lines: given not in flowing(lines))
        elif verb == "wraps":
            self._until(lambda lines: given in flowing(lines) and not any(given in line for line in lines))

    def _until(self, done: Callable[[list[str]], bool]) -> None:
        self.screen.until(done, PATIENCE)
        self.before = None

    def _files(self, name: str) -> Iterator[str]:
        for path in self.folder.glob(name):
            yield path.read_text(encoding="utf-8")


def flowing(lines: list[str]) -> str:
    """The screen as running text: what stands on the left of the rule between two panes, then the rest."""
    halves = [[*re.split("[▕▏]", line, maxsplit=1), ""][:2] for line in lines]
    return " ".join(word for side in (0, 1) for half in halves for word in half[side].split())


def shows(text: str, given: str) -> bool:
    """Whether these words stand there, not as a part of others: `3/93` is not shown by `93/93`."""
    return re.search(rf"(?<!\w){re.escape(given)}(?!\w)", text) is not None


def first_read(lines: list[str]) -> str:
    """The first line of the text in sight; beside the list it begins behind the rule."""
    beside = [line for line in lines if "▕" in line]
    return (beside or lines)[0].rpartition("▕")[2].strip()


def page() -> str:
    """docs/tasks.md."""
    found = scripts()
    rows = []
    for script in found:
        cells = [str(script.keys())]
        for other in OTHERS:
            need, ours = script.keys_of(other), script.keys(until=other)
            less = f" (bandoc {ours} up to there)" if ours < script.keys() else ""
            cells.append(f"{need}{less}" if isinstance(need, int) else f"no: {need}")
        rows.append(f"| [{script.number}](#task-{script.number}) | {script.title} | {' | '.join(cells)} |")
    sections = "\n".join(
        f"## Task {script.number}\n\n```text\n{script.text.rstrip()}\n```\n" for script in found
    )
    return f"""# Ten tasks

What a reader of news does in an evening, and how many keys it takes, from the moment the screen stands.
Written by `make tasks` from the scripts in `tests/tasks/`. The suite plays each at 80×24 and at 120×36;
`make play TASK=3` plays one in tmux for you to look at. No task needs the mouse.

| | task | bandoc | newsboat | eilmeldung |
|---|---|---|---|---|
{chr(10).join(rows)}

A key is one press, with Shift or Ctrl or without; what is typed counts by the letter. newsboat 2.21 was
tried at 80×24 with the same {PAGES} articles as feeds, one for each source, in the order of the alphabet; its
letters are typed with their marks, each as one key, since it finds nothing without them. The keys of
eilmeldung are those of its documentation.

{sections}"""


def watch(number: int, size: tuple[int, int]) -> None:
    """Plays one script in tmux, at a pace to follow; on a terminal one looks at it."""
    script = next(script for script in scripts() if script.number == number)
    with tempfile.TemporaryDirectory() as scratch:
        make_library(Path(scratch) / "samples")
        stage = Stage(Path(scratch), Path(scratch) / "samples", size, Tmux, pause=0.5)
        problem: list[TimeoutError] = []

        def play() -> None:
            try:
                stage.play(script)
                time.sleep(3)
            except TimeoutError as error:
                problem.append(error)
            stage.screen.close()

        player = threading.Thread(target=play)
        player.start()
        while player.is_alive() and sys.stdout.isatty():  # a script that kills bandoc ends its tmux, too
            subprocess.run(["tmux", "-L", stage.screen.socket, "attach"], check=False, capture_output=False)
            player.join(0.2)
        player.join()
        print(script.title + (f": {problem[0]}" if problem else ": done"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("task", type=int, nargs="?", choices=[script.number for script in scripts()])
    parser.add_argument("--size", default="80x24", type=lambda text: tuple(map(int, text.split("x"))))
    parser.add_argument("--write", action="store_true", help="write docs/tasks.md")
    arguments = parser.parse_args()
    if arguments.write:
        PAGE.write_text(page(), encoding="utf-8")
    if arguments.task:
        watch(arguments.task, arguments.size)


if __name__ == "__main__":
    main()
