"""How results leave: drawn for a terminal, plain for a pipe, whole as JSON.

Everything here is data from outside: it is cleaned once more on its way to a terminal, and never
read as markup.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from store.text import clean, one_line, unjoined

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_CHUNK = 200
"""Rows drawn at a time: a long list begins to show at once."""


def is_terminal(stream: IO[Any] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def emit(text: str) -> None:
    """Text to standard output: exactly as it is into a pipe, cleaned for a terminal."""
    sys.stdout.write(clean(text) if is_terminal(sys.stdout) else text)


def emit_json(values: Iterable[Any], form: str) -> None:
    """Values as JSON lines (`jsonl`) or as one list (`json`), each written as soon as it is there."""
    if form == "jsonl":
        for value in values:
            emit(json.dumps(value, ensure_ascii=False) + "\n")
        return
    separator = "[\n"
    for value in values:
        emit(separator + json.dumps(value, ensure_ascii=False, indent=1))
        separator = ",\n"
    emit("\n]\n" if separator != "[\n" else "[]\n")


def emit_lines(rows: Iterable[Sequence[object]]) -> None:
    """Tab-separated lines; no value can hold a tab or end a line."""
    for row in rows:
        emit("\t".join(cell(value) for value in row) + "\n")


def cell(value: object) -> str:
    """A value on one line, without tabs; None is empty."""
    return "" if value is None else one_line(str(value))


def emit_ids(ids: Iterable[str]) -> None:
    for article_id in ids:
        emit(f"{article_id}\n")


# -- on a terminal -------------------------------------------------------------------------------


def console(stream: IO[str] | None = None) -> Console:
    """A console that takes nothing for markup. It honours NO_COLOR, TERM=dumb and COLUMNS."""
    from rich.console import Console

    return Console(file=stream or sys.stdout, markup=False, emoji=False, highlight=False, soft_wrap=False)


def width() -> int:
    """Columns of the terminal."""
    import shutil

    return shutil.get_terminal_size().columns


def draw_table(columns: Sequence[tuple[str, int | None]], rows: Iterable[Sequence[tuple[str, str]]]) -> None:
    """A table of (text, style) cells. A column is (heading, width); one width is None: it takes the rest."""
    from rich.table import Table
    from rich.text import Text

    screen = console()
    fixed = sum((width or 0) + 2 for _heading, width in columns) - 2
    rest = max(12, screen.width - fixed)
    source: Iterator[Sequence[tuple[str, str]]] = iter(rows)
    first = True
    while chunk := list(islice(source, _CHUNK)):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=first, header_style="bold")
        for heading, width in columns:
            size = width or rest
            table.add_column(heading, width=size, no_wrap=True, overflow="ellipsis")
        for row in chunk:
            table.add_row(*(Text(unjoined(cell(text)), style=style, end="") for text, style in row))
        screen.print(table)
        first = False


def page(parts: Iterable[RenderableType]) -> None:
    """Text for reading, through the pager when it is longer than the terminal."""
    import shutil

    import click
    from rich.console import Console

    size = shutil.get_terminal_size()
    # A pager that was told its options, but not to let colours through, would show them as litter.
    plain = os.environ.get("TERM") == "dumb" or "r" not in os.environ.get("LESS", "R").lower()
    drawn = Console(
        width=min(size.columns, 100),
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=not plain,
        color_system=None if plain or os.environ.get("NO_COLOR") else "standard",
        legacy_windows=False,
    )
    with drawn.capture() as capture:
        for part in parts:
            drawn.print(part)
    text = capture.get()
    if plain or os.environ.get("NO_COLOR"):
        text = re.sub("\x1b\\[[0-9;]*m", "", text)
    if text.count("\n") < size.lines:
        sys.stdout.write(text)
        return
    os.environ.setdefault("LESS", "-FRX")
    click.echo_via_pager(text)
