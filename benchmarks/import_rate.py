"""How fast pages become articles, against reading and counting the words of the same files.

    python -m benchmarks.import_rate [--pages N] [--jobs N]

Three figures side by side over the same generated pages of 3 KB: clean + extract on one core, the
whole import (decode, clean, extract, write, index) into an empty library, and the yardstick: read
each file and count its words. Then the same import again, which must find nothing new.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import pages
from store.cleaning import clean
from store.entities import extract
from store.importing import import_paths
from store.library import Library


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def count_words(folder: Path) -> int:
    counts: Counter[str] = Counter()
    for path in sorted(folder.iterdir()):
        counts.update(re.findall(r"\w+", path.read_text(encoding="utf-8").lower()))
    return len(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    number = arguments.pages
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pages"
        folder.mkdir()
        made = list(pages(number))
        for page in made:
            (folder / str(page.path)).write_text(page.text, encoding="utf-8")
        extract(clean(made[0]))  # the gazetteers are read once
        yardstick = seconds(lambda: count_words(folder))
        understood = seconds(lambda: [extract(clean(page)) for page in made])
        with Library.open(Path(scratch) / "library") as library:
            whole = seconds(lambda: import_paths(library, [folder], jobs=arguments.jobs))
            again = seconds(lambda: import_paths(library, [folder], jobs=arguments.jobs))
            assert len(library) == number
    print(f"{number} pages of 3 KB, {arguments.jobs} worker processes")
    for name, spent in (
        ("count words (yardstick)", yardstick),
        ("clean + extract, one core", understood),
        ("import", whole),
        ("import again, all known", again),
    ):
        print(f"{name:28} {number / spent:8.0f} pages/s   {spent / yardstick:6.1f} x the yardstick")


if __name__ == "__main__":
    main()
