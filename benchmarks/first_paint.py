"""How long until the screen shows something, against a Textual app that shows one word.

    python -m benchmarks.first_paint [--articles N | --library DIR] [--runs 9]

Both are started as real processes on a pseudo-terminal of 120x36, one after the other and again, so
that what else the machine does meets both alike. Time runs from the start of the process until the
marker stands in what the terminal received. Printed: the median of each in milliseconds, the ratio
of the medians, and the lowest and highest ratio of the pairs.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.libraries import add_arguments, asked_for
from benchmarks.terminal import reader
from store.query import ALL

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("MARKER")
Bare().run()
"""


def until(command: list[str], marker: bytes, reading: Mapping[str, str]) -> float:
    """Seconds from the start of `command` until `marker` is on its terminal; the process is ended then."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "BANDOC_LANG": "en"} | reading
    environment.pop("NO_COLOR", None)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    seen = b""
    try:
        while marker not in seen:
            if not select.select([master], [], [], 30)[0]:
                raise TimeoutError(f"{command}: no {marker!r} in {seen[-2000:]!r}")
            seen += os.read(master, 65536)
        return time.perf_counter() - begun
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_arguments(parser)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        with asked_for(arguments, Path(scratch)) as library:
            folder, count = library.folder, len(library)
            newest = library.select(ALL)[0].title
            marker = " ".join(newest.split()[:3]).encode()  # the list may cut the rest
        bare = [sys.executable, "-c", BARE]
        ours = [str(Path(sys.executable).parent / "bandoc"), "--library", str(folder)]
        reading = reader(Path(scratch))
        pairs = [
            (until(bare, b"MARKER", reading), until(ours, marker, reading)) for _ in range(arguments.runs)
        ]
    medians = [statistics.median(column) * 1000 for column in zip(*pairs, strict=True)]
    ratios = sorted(mine / theirs for theirs, mine in pairs)
    print(f"{count} articles, {arguments.runs} alternating runs")
    print(f"bare Textual app {medians[0]:6.0f} ms")
    print(f"bandoc           {medians[1]:6.0f} ms   ratio {medians[1] / medians[0]:.2f}", end="")
    print(f" ({ratios[0]:.2f}-{ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
