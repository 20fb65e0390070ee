"""A library of N generated articles of 3 KB: import, sizes, search, marking, the screen, the command line.

    python -m benchmarks.scale N [--folder DIR] [--rounds 3]

Everything is measured in one run and set against something of the same run: ripgrep over the same texts,
a bare `python -c "import click"`, the size of the text. With --folder the library and the texts are kept
and used again, and only what was not there yet is made. Linux, for the figures of memory.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.generate import pages
from benchmarks.queries import every, queries, ranked_words
from benchmarks.terminal import Terminal, reader
from store.changes import Change
from store.importing import import_paths
from store.index.view import view
from store.library import Library
from store.query import parse

BANDOC = [str(Path(sys.executable).parent / "bandoc")]
RESULTS: list[tuple[str, str, str]] = []
"""What was measured, the figure, and the target of a library of 100,000."""


def told(what: str, figure: str, target: str = "") -> None:
    RESULTS.append((what, figure, target))
    print(f"{what:46} {figure:34} {target}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=int)
    parser.add_argument("--folder", type=Path, help="keep the texts and the library here")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each query is asked (the median counts)"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        texts, home = folder / "texts", folder / "library"
        write_texts(texts, arguments.articles)
        if not home.exists():
            measure_import(texts, home)
        with Library.open(home) as library:
            measure_sizes(library, home)
            asked = queries(library)
            times = measure_queries(library, asked, arguments.rounds)
            measure_orders(library)
            measure_marking(library, home)
        measure_ripgrep(texts, asked, times)
        measure_command(home, asked)
        measure_screen(home, asked, texts)
    print(f"\n{arguments.articles:,} articles\n")
    print("| what | measured | target at 100,000 |\n|---|---|---|")
    for row in RESULTS:
        print("| " + " | ".join(row) + " |")


def write_texts(folder: Path, count: int) -> None:
    """The pages as files, a thousand to a folder."""
    if folder.exists():
        return
    for number, page in enumerate(pages(count)):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        (place / str(page.path)).write_text(page.text, encoding="utf-8")


# -- memory --------------------------------------------------------------------------------------


def memory(pid: int) -> float:
    """MB in use by a process and those it started; what they share is counted once."""
    total = 0.0
    for member in family(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


# -- import and sizes ----------------------------------------------------------------------------


def measure_import(texts: Path, home: Path) -> None:
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            most[0] = max(most[0], memory(os.getpid()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    before, begun = os.times(), time.perf_counter()
    with Library.open(home) as library:
        report = import_paths(library, [texts])
    spent, after = time.perf_counter() - begun, os.times()
    done.set()
    watcher.join()
    count = len(report.new)
    cpu = [(after[i] - before[i] + after[i + 1] - before[i + 1]) * 1000 / count for i in (0, 2)]
    told("import", f"{count / spent:.0f} articles/s", "≥ 250/s")
    told("  processor time: library, workers", f"{cpu[0]:.1f} + {cpu[1]:.1f} ms an article")
    told("  memory over all processes", f"{most[0]:.0f} MB", "≤ 300 MB")


def measure_sizes(library: Library, home: Path) -> None:
    size = 0
    for article in every(library, 2000):
        size += sum(len(text.encode()) for text in (article.title, *(block.text for block in article.blocks)))
    text = size * len(library) / min(2000, len(library))
    files = {path: path.stat().st_size for path in home.iterdir()}
    index = sum(size for path, size in files.items() if path.name.startswith("index.sqlite"))
    backups = sum(size for path, size in files.items() if path.suffix == ".bak")
    volumes = sum(files.values()) - index - backups
    told("text", f"{text / 1e6:.1f} MB, {text / len(library) / 1e3:.2f} KB an article")
    told("index", f"{index / 1e6:.1f} MB, {index / text:.2f} × the text", "≤ 2 ×")
    told("volumes", f"{volumes / 1e6:.1f} MB, {volumes / text:.2f} × (backups {backups / text:.2f} ×)")


# -- queries -------------------------------------------------------------------------------------


def milliseconds(
    work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The median of some calls."""
    times = []
    for _ in range(rounds):
        begun = clock()
        work()
        times.append(clock() - begun)
    return statistics.median(times) * 1000


def asking(library: Library, text: str) -> Callable[[], object]:
    """A filter asked as the filter bar asks it, to its first rows, by one who has not asked before: sets of
    articles that were found for earlier keys are forgotten."""

    def ask() -> object:
        library._follower.index.look(lambda connection: view(connection)._sets.clear())
        return library.select(parse(text, typing=True))[:1]

    return ask


def measure_queries(library: Library, asked: Sequence[tuple[str, str]], rounds: int) -> dict[str, float]:
    """Milliseconds of processor time from the filter to its first rows, of each query."""
    library.select(parse(""))
    times = {text: milliseconds(asking(library, text), rounds, time.process_time) for _, text in asked}
    by_kind: dict[str, list[float]] = {}
    for kind, text in asked:
        by_kind.setdefault(kind, []).append(times[text])
    for kind, found in sorted(by_kind.items()):
        shown = f"{statistics.median(found):.1f} ms, max {max(found):.1f}"
        told(f"query: {kind} ({len(found)})", shown, "≤ 100 ms" if kind == "one letter" else "")
    others = sorted(times[text] for kind, text in asked if kind != "one letter")
    at = [others[int(share * (len(others) - 1))] for share in (0.5, 0.95, 1)]
    shown = f"{at[0]:.1f} / {at[1]:.1f} / {at[2]:.1f} ms"
    told(f"queries p50 / p95 / max ({len(others)})", shown, "p95 ≤ 60 ms")
    print("\nthe ten slowest, and what their time goes into:")
    kinds = {text: kind for kind, text in asked}
    for text in sorted(times, key=lambda text: -times[text])[:10]:
        found = len(library.select(parse(text, typing=True)))
        print(
            f"  {times[text]:6.1f} ms  {found:6} found  {kinds[text]}: {text}\n{'':12}{shares(library, text)}"
        )
    print()
    return times


_PARTS = {
    "full text": ("full_text.py", ("run", "near")),
    "places of words": ("places.py", ("of_run", "near")),
    "sets and order": ("view.py", ("set_of", "set_of_texts", "rows_in")),
    "the page of rows": ("answers.py", ("_rows",)),
}


def shares(library: Library, text: str) -> str:
    """The parts that take most of the time of a query."""
    profile = cProfile.Profile()
    profile.runcall(asking(library, text))
    stats = pstats.Stats(profile)
    whole = max(entry[3] for entry in stats.stats.values())  # type: ignore[attr-defined]
    spent = dict.fromkeys(_PARTS, 0.0)
    for (path, _, name), entry in stats.stats.items():  # type: ignore[attr-defined]
        for part, (module, names) in _PARTS.items():
            if path.endswith(f"index/{module}") and name in names:
                spent[part] += entry[3]
    spent["full text"] -= spent["places of words"]
    return ", ".join(
        f"{part} {100 * time / whole:.0f} %" for part, time in spent.items() if time > whole / 50
    )


def measure_orders(library: Library) -> None:
    """The whole library in each order: filter to first rows, and the ids of all."""
    times = {
        sort: milliseconds(lambda sort=sort: library.select(parse(f"sort:{sort}"))[:1], 3)  # type: ignore[misc]
        for sort in ("date", "-date", "added", "title", "source", "unread")
    }
    told("all articles by " + ", ".join(times), " ".join(f"{time:.0f}" for time in times.values()) + " ms")
    word = ranked_words(library)[0]
    for text in ("", word):
        facets = milliseconds(lambda text=text: library.facets(parse(text), "person"), 3)  # type: ignore[misc]
        months = milliseconds(lambda text=text: library.periods(parse(text), "*"), 3)  # type: ignore[misc]
        days = milliseconds(
            lambda text=text: library.select(parse(text), grouping="day")[:1],  # type: ignore[misc]
            3,
        )
        which = f"of those with {word}" if text else "of all articles"
        told(f"people, months, groups by day {which}", f"{facets:.0f}, {months:.0f}, {days:.0f} ms")
    told("ids of all articles", f"{milliseconds(lambda: library.select(parse('')).ids(), 3):.0f} ms")


def measure_marking(library: Library, home: Path) -> None:
    """One article read and unread again; what is written is what the process handed to the system."""
    rows = library.select(parse("is:unread"))
    ids = [rows[place].id for place in range(0, len(rows), max(1, len(rows) // 40))]
    times, written = [], []
    for article_id in ids:
        before, begun = wrote(), time.perf_counter()
        library.change([article_id], Change(read=True))
        times.append((time.perf_counter() - begun) * 1000)
        written.append((wrote() - before) / 1024)
    library.change(ids, Change(read=False))
    told("mark one read", f"{statistics.median(times):.1f} ms", "≤ 10 ms")
    told("  written", f"{statistics.median(written):.0f} KB, at most {max(written):.0f}", "≤ 64 KB")


def wrote() -> int:
    """Bytes this process has written so far."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


# -- against others ------------------------------------------------------------------------------


def plain_words(asked: Sequence[tuple[str, str]]) -> list[str]:
    """The queries that ripgrep can answer too: words just as they are written."""
    return [text for kind, text in asked if kind.endswith("word, marks")]


def run(command: Sequence[str], rounds: int = 1) -> float:
    """Milliseconds a program takes."""
    return milliseconds(lambda: subprocess.run(command, capture_output=True, check=False), rounds)


def ripgrep(text: str, texts: Path) -> list[str] | None:
    """The command that finds the same files; None without ripgrep."""
    rg = shutil.which("rg")
    return [rg, "-ilF", "-e", text, str(texts)] if rg else None


def measure_ripgrep(texts: Path, asked: Sequence[tuple[str, str]], times: dict[str, float]) -> None:
    ratios, theirs = [], []
    for text in plain_words(asked):
        if (command := ripgrep(text, texts)) is None:
            told("against rg -ilF", "skipped: rg is not here", "≤ 0.3 ×")
            return
        run(command)  # warm
        theirs.append(run(command, 3))
        ratios.append(times[text] / theirs[-1])
    told("rg -ilF, warm", f"{statistics.median(theirs):.0f} ms")
    told("query : rg", f"{statistics.median(ratios):.3f} ×, at most {max(ratios):.3f}")


def measure_command(home: Path, asked: Sequence[tuple[str, str]]) -> None:
    text = next(text for kind, text in asked if kind == "frequent word, no marks")
    ours = [*BANDOC, "--library", str(home), "list", text, "--limit", "20"]
    pairs = [(run([sys.executable, "-c", "import click"]), run(ours)) for _ in range(9)]
    bare, mine = (statistics.median(column) for column in zip(*pairs, strict=True))
    figures = f"{mine:.0f} : {bare:.0f} ms = {mine / bare:.2f} ×"
    told("bandoc list QUERY : python -c 'import click'", figures, "≤ 3 ×")


def measure_screen(home: Path, asked: Sequence[tuple[str, str]], texts: Path) -> None:
    """Each filter typed at once but for its last letter; from that to the last change of the screen. Where
    the letter changes nothing in what is found, that would only be the letter itself: not counted."""
    command = [*BANDOC, "--library", str(home)]
    times, ratios = [], []
    with tempfile.TemporaryDirectory() as scratch, Terminal(command, reader(Path(scratch))) as screen:
        opened = screen.until("1/") - screen.started
        screen.settle()
        told("open → list on the screen", f"{opened * 1000:.0f} ms")
        begin = memory(screen.process.pid)
        comparable = set(plain_words(asked))
        some = [text for kind, text in asked if kind != "all"]
        for text in [*comparable, *(text for text in some if text not in comparable)][:20]:
            screen.type("/")
            screen.settle(0.3)
            if len(text) > 1:
                screen.type(text[:-1])
                screen.settle()
            before, begun = screen.text.splitlines()[-2], time.perf_counter()
            screen.type(text[-1])
            last = (screen.settle(2.0) - begun) * 1000
            if screen.text.splitlines()[-2] != before:
                times.append(last)
            if times[-1:] == [last] and text in comparable and (find := ripgrep(text, texts)):
                ratios.append(times[-1] / run(find))
            screen.type("\x1b")
            screen.settle()
        end = memory(screen.process.pid)
    ordered = sorted(times)
    shown = f"{statistics.median(ordered):.0f} ms, max {ordered[-1]:.0f}"
    told("last letter → last change of the screen", shown)
    if ratios:
        told("  against rg -ilF", f"{statistics.median(ratios):.2f} ×, at most {max(ratios):.2f}", "≤ 0.3 ×")
    told("memory of the screen: begin, after 20 queries", f"{begin:.0f}, {end:.0f} MB", "≤ 150 MB")


if __name__ == "__main__":
    main()
