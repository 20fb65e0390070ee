"""Prints the screen in each of its states, at three sizes, as text: to look at, or to compare two versions.

    python -m tests.tasks.captures FOLDER [--lang vi]

Writes FOLDER/<size>/<number>-<state>.txt over the samples. A search is shown at each key.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.terminal import Terminal
from tests.tasks.play import PROGRAM, ROOT, make_library

SIZES = ((80, 24), (120, 36), (200, 60))
QUIET = 0.5
"""Seconds without a change after which a state is taken for reached."""

STATES: tuple[tuple[str, Sequence[str]], ...] = (
    ("list", ()),
    ("selection", ("Space", "Space", "Space")),
    ("list again", ("Esc",)),
    ("grouped by day", ("T",)),
    ("grouped by source", ("T",)),
    ("not grouped", ("T",)),
    ("sort menu", ("S",)),
    ("views", ("Esc", "4")),
    ("text", ("Esc", "g", "Enter")),
    ("text, a page on", ("Space",)),
    ("find", ("g", "/", *"nguyen")),
    ("find, next", ("Enter", "n")),
    ("selecting", ("v", "Space", "End")),
    ("zen", ("Esc", "Esc", "z")),
    ("names", ("Esc", "Tab")),
    ("names searched", ("/", "h", "o")),
    ("names of all", ("Enter", "Esc", "B")),
    ("name folded", ("c",)),
    ("page of a name", ("c", "j", "Space")),
    ("correcting", ("Esc", "B", "x")),
    ("help of names", ("Esc", "?")),
    ("help of the list", ("Esc", "Esc", "Esc", "?")),
    ("palette", ("Esc", ":")),
    ("palette searched", ("d", "a", "u")),
    ("filter: tong ket", ("Esc", "/", *"tong ket")),
    ("filter left", ("Enter",)),
    ("completion", ("Esc", "/", *"person:lo")),
    ("no match", ("Ctrl-u", *"qqqq")),
    ("far words", ("Ctrl-u", *"cho lon")),
    ("bad query", ("Ctrl-u", *"date:2023-13")),
    ("raw page", ("Ctrl-u", "Enter", "r")),
    ("related", ("Esc", "b")),
    ("dates", ("Esc", "d")),
    ("tags", ("Esc", "t")),
    ("note", ("Esc", "a")),
    ("facts", ("Esc", "x")),
    ("mark all", ("Esc", "A")),
    ("trash", ("Esc", "D")),
    ("undone", ("u",)),
    ("the trash", ("5",)),
    ("export", ("1", "e")),
    ("copy", ("y",)),
    ("import", ("Esc", "i")),
)
"""Each state, and the keys that lead there from the one before."""


def capture(
    folder: Path,
    size: tuple[int, int],
    language: str,
    library: Path,
    states: Sequence[tuple[str, Sequence[str]]],
) -> None:
    """Walks through the states on one terminal."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {
            "BANDOC_STATE": f"{scratch}/state",
            "BANDOC_CONFIG": f"{scratch}/config.toml",
            "PYTHONPATH": str(ROOT),
        }
        command = [*PROGRAM, "--lang", language, "--library", str(library)]
        with Terminal(command, environment, size, Path(scratch)) as screen:
            screen.until(lambda lines: re.search(r"\d/\d+ · ", " ".join(lines)) is not None)
            screen.settle(1, 20)
            for number, (name, keys) in enumerate(states, 1):
                typed = name.startswith("filter:")
                for place, key in enumerate(keys):
                    screen.press(key)
                    screen.settle(QUIET if typed or key == "Esc" else 0.15)
                    if typed and place:
                        write(folder / f"{number:02}-{place:02} {name}.txt", screen)
                screen.settle(QUIET)
                write(folder / f"{number:02} {name}.txt", screen)


def write(path: Path, screen: Terminal) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line.rstrip() for line in screen.lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="en", choices=("en", "vi"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        samples = Path(scratch) / "samples"
        make_library(samples)
        for size in SIZES:
            folder = arguments.folder / "{}x{}".format(*size)
            copy = Path(scratch) / "copy"
            shutil.copytree(samples, copy)
            capture(folder, size, arguments.lang, copy, STATES)
            capture(folder / "empty", size, arguments.lang, Path(scratch) / "empty", [("empty library", ())])
            copy.chmod(0o500)  # (root may write there all the same)
            for path in copy.iterdir():
                path.chmod(0o400)
            capture(folder / "read-only", size, arguments.lang, copy, [("read-only", ()), ("star", ("s",))])
            copy.chmod(0o700)
            shutil.rmtree(copy)
            shutil.rmtree(Path(scratch) / "empty", ignore_errors=True)


if __name__ == "__main__":
    main()
