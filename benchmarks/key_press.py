"""How long a key takes, against a Textual app with one widget of lines in which a cursor moves.

    python -m benchmarks.key_press [--articles N | --library DIR] [--rounds 15]

Both run as real processes on a pseudo-terminal of 120x36. A key is pressed in one, then in the other, and so
on, so that what else the machine does meets both alike. Time runs from the key to the last byte of its
answer: nothing more for 50 ms. (The text follows the list's cursor after 120 ms, on purpose, and is no part
of it.) Printed for each key: the medians in milliseconds until the first byte, until the last one, and of
processor time; the ratio of each, and the ratio that nine of ten pairs do not exceed. Linux, for the
processor time of another process.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.libraries import add_arguments, asked_for
from benchmarks.terminal import Terminal, reader

BARE = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

class Lines(ScrollView, can_focus=True):
    BINDINGS = [("j", "move(1)"), ("k", "move(-1)")]
    cursor = 0
    def on_mount(self):
        self.virtual_size = Size(self.size.width - 2, 100_000)
    def action_move(self, step):
        self.cursor += step
        self.refresh()
    def render_line(self, y):
        line = f"line {y} of a list of many lines".ljust(self.size.width)
        return Strip([Segment(line, Style(reverse=y == self.cursor))])

class Bare(App):
    def compose(self):
        yield Lines()
Bare().run()
"""

QUIET = 0.05

SCENES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("j, k: to another row", ("Esc", "g"), ("j", "k"), ""),
    ("Space: selects a row", ("g",), ("Space",), ""),
    ("Tab: to the text and back", ("Esc", "g"), ("Tab", "Shift-Tab"), ""),
    ("j, k: a line of the text", ("Enter",), ("j", "k"), ""),
    ("Space, PgUp: a page of the text", (), ("Space", "PgUp"), ""),
    ("n, N: to another hit", ("/", "b", "a", "Enter"), ("n", "N"), ""),
    ("/: opens the filter", ("Esc", "Esc", "g"), ("/",), "Esc"),
    ("Esc: leaves the filter", ("/",), ("Esc",), "/"),
    ("a letter in the filter", (), ("b", "Backspace"), ""),
)
"""What is measured: its name, the keys that lead there, the keys pressed in turn; the key, not measured, that
leads back. (A lone Esc comes 100 ms late in each Textual app: it could be the beginning of another key.)"""


def processor_time(pid: int) -> float:
    """Milliseconds that the threads of a process have run."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def answer(screen: Terminal, key: str) -> tuple[float, float, float]:
    """Milliseconds from a key to the first and to the last byte of its answer, 0 if there is none in two
    seconds; and of processor time for it."""
    pid = screen.process.pid
    before, begun = processor_time(pid), time.perf_counter()
    first = last = begun
    screen.press(key)
    if screen.read(2.0):
        first = last = time.perf_counter()
        while screen.read(QUIET):
            last = time.perf_counter()
    return (first - begun) * 1000, (last - begun) * 1000, processor_time(pid) - before


def measure(screen: Terminal, bare: Terminal, keys: tuple[str, ...], back: str, rounds: int) -> str:
    """A line of the table."""
    pairs = []
    for turn in range(rounds * 2):
        pairs.append((answer(screen, keys[turn % len(keys)]), answer(bare, "jk"[turn % 2])))
        screen.settle(0.3)  # what follows later is over before the next key
        if back:
            screen.press(back)
            screen.settle(0.4)
    answered = [(mine, its) for mine, its in pairs if mine[0] and its[0]]
    if not answered:
        return "no answer"
    cells = []
    for place in range(3):
        mine, its = (statistics.median(pair[who][place] for pair in answered) for who in (0, 1))
        ratios = sorted(mine[place] / its[place] for mine, its in answered)
        cells.append(f"{mine:5.1f} :{its:5.1f} ={mine / its:5.2f} ({ratios[int(len(ratios) * 0.9)]:4.1f})")
    return "   ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        with asked_for(arguments, Path(scratch)) as library:
            folder, count = library.folder, len(library)
        print(f"{count} articles; bandoc : bare app = ratio (nine of ten below)")
        print(f"{'':33}ms to the first byte         ms to the last byte          ms of processor")
        environment = reader(Path(scratch))
        program = [sys.executable, "-c", "from tui.cli import main; main()", "--library", str(folder)]
        with Terminal(program, environment) as screen, Terminal([sys.executable, "-c", BARE]) as bare:
            screen.until(" · All")
            bare.until("line 30")
            for name, way, keys, back in SCENES:
                screen.settle(1)
                for key in way:
                    screen.press(key)
                    screen.settle(0.4)
                print(f"{name:32} {measure(screen, bare, keys, back, arguments.rounds)}", flush=True)


if __name__ == "__main__":
    main()
