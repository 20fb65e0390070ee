"""The library that a benchmark asks: one that is there, or one made for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.generate import articles
from store.library import Library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that say which library."""
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--library", type=Path, help="a library that is there (benchmarks.scale --folder)")


def asked_for(arguments: argparse.Namespace, scratch: Path) -> Library:
    """The library of these options, open; one that is not there yet is made in `scratch`."""
    library = Library.open(arguments.library or scratch / "library")
    if arguments.library is None:
        library.add((article, None) for article in articles(arguments.articles))
    return library
