"""While a long job runs: its progress on a terminal, and signals that end it in good order."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from tui.cli import output


@contextmanager
def stopped_by_signal() -> Iterator[list[int]]:
    """The first Ctrl-C or SIGTERM ends a job in good order, what was done is kept; the second at once.
    Gives the list that the first one's number comes into."""
    stopped: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    before = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        for one, handler in before.items():
            signal.signal(one, handler)

    for number in before:
        signal.signal(number, stop)
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_PATIENCE = 0.7  # seconds of silence before a progress bar


@contextmanager
def late_progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """The same as `progress_bar`, for what mostly takes no time: the bar comes when it does."""
    begun = time.monotonic()
    with ExitStack() as waiting:
        bar: list[Callable[[int, int], None]] = []

        def show(done: int, total: int) -> None:
            if not bar and time.monotonic() - begun > _PATIENCE:
                bar.append(waiting.enter_context(progress_bar(label)))
            for each in bar:
                each(done, total)

        yield show


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, on a terminal only; gives what is to be called with (done, of how many)."""
    if not output.is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    last = 0.0
    with Progress(*columns, console=output.console(sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def show(done: int, total: int) -> None:
            nonlocal last
            if done == total or time.monotonic() - last > 0.1:
                last = time.monotonic()
                bar.update(task, completed=done, total=total)

        yield show
