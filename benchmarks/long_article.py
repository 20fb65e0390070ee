"""How long an article of 1 MB takes to open, and each key in it, against a plain Textual app.

    python -m benchmarks.long_article [--runs 5]

Both are real processes on a pseudo-terminal of 80x24. Time runs from the key until the screen shows what
it does; the plain app shows another screenful of text at each key. Printed: medians in milliseconds, by the
clock and (on Linux) on a processor, and by the clock the ratio to the plain app. The article is opened cold:
it was not read before in that process.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from benchmarks.generate import pages
from benchmarks.terminal import Terminal, reader
from store.article import MAX_ARTICLE_BYTES, Article, Block
from store.cleaning import clean
from store.entities import extract
from store.library import Library

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("space", "turn")]
    count = 0
    def screenful(self):
        return "\\n".join(f"shown {self.count}: " + f"{line * self.count} words " * 6 for line in range(24))
    def compose(self):
        yield Static(self.screenful(), markup=False)
    def action_turn(self):
        self.count += 1
        self.query_one(Static).update(self.screenful())
Bare().run()
"""
SIZE = (80, 24)
PAGES = 10
TITLE = "Bài dài nhất trong thư viện"


def long_article() -> Article:
    """Generated paragraphs up to the most that an article may hold, with all their names."""
    blocks: list[Block] = []
    size = 0
    for block in chain.from_iterable(clean(page).blocks for page in pages(1000, seed=7)):
        size += len(block.text.encode()) + 1
        if size > MAX_ARTICLE_BYTES - 1000:
            break
        blocks.append(Block("paragraph", block.text))
    first = Block("paragraph", "Đoạn đầu của bài.")
    return extract(Article("", TITLE, published="2020-01-01", blocks=(first, *blocks), language="vi"))


def measure(
    terminal: Terminal, keys: tuple[str, ...], until: Callable[[list[str]], bool] | None = None
) -> tuple[float, float]:
    """Seconds from the keys until the screen is as it should be (by default, has another first line), and how
    many of them the program was on a processor."""
    terminal.settle(0.3)
    before = terminal.lines[0]
    begun, used = time.perf_counter(), processor(terminal)
    terminal.press(*keys)
    taken = terminal.until(until or (lambda lines: lines[0] != before)) - begun
    return taken, processor(terminal) - used


def processor(terminal: Terminal) -> float:
    """Seconds that the program was on a processor; 0 where nobody counts them."""
    try:
        counted = Path(f"/proc/{terminal.process.pid}/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(counted.split()[0]) / 1e9


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = long_article()
        short = Article("", "Bài ngắn", published="2026-01-01", blocks=(Block("paragraph", "Ngắn."),))
        with Library.open(folder / "library") as library:
            library.add([(article, None), (short, None)])
        size = sum(len(block.text.encode()) for block in article.blocks)
        mentions = sum(len(entity.mentions) for entity in article.entities)
        print(f"{size:,} bytes, {len(article.blocks):,} paragraphs, {mentions:,} mentions, {runs} runs")
        for number in range(runs):
            home = folder / str(number)  # each run begins at the beginning: places of reading are kept
            shutil.copytree(folder / "library", home / "library")
            program = Path(sys.executable).with_name("bandoc")
            bandoc = [str(program), "--library", str(home / "library")]
            with Terminal([sys.executable, "-c", BARE], size=SIZE) as bare:
                bare.until("shown 0")
                for word in range(1, PAGES + 1):
                    seen = f"shown {word}"
                    times["plain app"].append(
                        measure(bare, ("Space",), lambda lines, seen=seen: seen in lines[-2])
                    )
            with Terminal(bandoc, reader(home), SIZE) as screen:
                screen.until(TITLE)
                times["open"].append(
                    measure(
                        screen, ("j", "Enter"), lambda lines: any("Đoạn đầu của bài." in n for n in lines)
                    )
                )
                for _page in range(PAGES):
                    times["page on"].append(measure(screen, ("Space",)))
                for key, what in (
                    ("PgUp", "page back"),
                    ("j", "line"),
                    ("<", "column"),
                    ("G", "end"),
                    ("g", "top"),
                ):
                    times[what].append(measure(screen, (key,)))
                screen.press("/")
                screen.until(" Find")
                times["find, a letter"].append(
                    measure(screen, ("v",), lambda lines: any("Find" in n and "1/" in n for n in lines))
                )
    yardstick = statistics.median(taken for taken, _ in times["plain app"])
    for what, measured in times.items():
        clock, used = (statistics.median(column) * 1000 for column in zip(*measured, strict=True))
        print(f"{what:16} {clock:6.0f} ms  {used:6.0f} ms  {clock / 1000 / yardstick:4.1f} x the plain app")


if __name__ == "__main__":
    main()
