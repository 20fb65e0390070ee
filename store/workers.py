"""Work spread over processes: results in the order of the tasks, whatever happens to a process.

Not `concurrent.futures`: one crash there breaks the whole pool and doesn't say on which task. Here
each worker has a pipe of its own, so a worker that dies, or thinks for too long, costs exactly the
task it was at; another takes over the rest. Nor `multiprocessing.Process`: it starts a tracker that
wants the file number of `sys.stderr`, which has none while a screen is up, and runs the main program
once more in each child.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from socket import SO_SNDBUF, SOL_SOCKET, socket
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

TOO_SLOW = 60.0
"""Seconds one task may take. The slowest allowed page takes about one."""

_QUEUED = 64
"""Tasks a worker has in hand, so that it never waits while its parent writes."""

_PIPE = 1 << 20
"""Bytes of results that may wait in a worker's pipe meanwhile, some eight thousand for an article. By itself
a pipe holds 200 KB on Linux, which grants twice that, or more where its settings allow; on macOS 8 KB."""

_AHEAD = 512
"""Results kept at most while an earlier one is awaited."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    work: Callable[[T], R],
    tasks: Sequence[T],
    jobs: int,
    lost: Callable[[T, str], R],
    too_slow: float = TOO_SLOW,
) -> Generator[tuple[T, R], None, None]:
    """Yields each task with `work(task)`, in order. `work` is a module's function that does not raise.

    `lost(task, "crashed" | "too_slow")` makes the result of a task that took its process with it.
    With one job, or where no process can be started, the work is done here. Closing the iterator
    ends the workers.
    """
    if jobs < 2:
        yield from ((task, work(task)) for task in tasks)
        return
    crew = _Crew(work, tasks, jobs, lost, too_slow)
    try:
        for index, task in enumerate(tasks):
            yield task, crew.result(index)
    finally:
        crew.dismiss()


class _Worker(Generic[T, R]):
    """A process, the tasks it was given and has not answered (the first is at hand), since when."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self.given: deque[int] = deque()
        self.since = time.monotonic()
        self.ready = False
        self.pipe, theirs = Pipe()
        with suppress(OSError), socket(fileno=os.dup(theirs.fileno())) as end:
            end.setsockopt(SOL_SOCKET, SO_SNDBUF, _PIPE)
        number = theirs.fileno()
        code = f"import sys; sys.path[:] = {sys.path!r}; from store.workers import serve; serve({number})"
        try:
            # A group of its own: Ctrl-C in a terminal goes to the parent alone, which decides.
            self.process = subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # whatever a library prints would land on the parent's screen
                stderr=subprocess.DEVNULL,
                pass_fds=[number],
                process_group=0,
            )
        finally:
            theirs.close()  # before anything is sent: only then does a send to a dead process end
        try:
            self.pipe.send(work)
        except OSError:
            self.end()
            raise

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.pipe.close()


class _Crew(Generic[T, R]):
    def __init__(
        self,
        work: Callable[[T], R],
        tasks: Sequence[T],
        jobs: int,
        lost: Callable[[T, str], R],
        too_slow: float,
    ) -> None:
        self._work, self._tasks, self._lost, self._too_slow = work, tasks, lost, too_slow
        self._jobs = jobs
        self._workers: list[_Worker[T, R]] = []
        self._results: dict[int, R] = {}
        self._returned: deque[int] = deque()  # given to a worker that died before it came to them
        self._next = 0

    def result(self, index: int) -> R:
        """The result of a task; they are asked for in order."""
        while index not in self._results:
            self._hire()
            if not self._workers:
                if index in self._returned:
                    self._returned.remove(index)
                self._next = max(self._next, index + 1)
                return self._work(self._tasks[index])
            self._hand_out(index)
            self._listen()
        return self._results.pop(index)

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hire(self) -> None:
        left = len(self._returned) + len(self._tasks) - self._next
        while len(self._workers) < self._jobs and left > 0:
            try:
                self._workers.append(_Worker(self._work))
            except OSError:
                self._jobs = len(self._workers)
            left -= _QUEUED

    def _hand_out(self, awaited: int) -> None:
        for worker in self._workers:
            while len(worker.given) < _QUEUED:
                if self._returned:
                    index = self._returned.popleft()
                elif self._next < min(len(self._tasks), awaited + _AHEAD):
                    index = self._next
                    self._next += 1
                else:
                    break
                if not worker.given:
                    worker.since = time.monotonic()
                worker.given.append(index)
                try:
                    worker.pipe.send((index, self._tasks[index]))
                except OSError:
                    break  # it died: `_listen` finds out

    def _listen(self) -> None:
        pipes: dict[Any, _Worker[T, R]] = {worker.pipe: worker for worker in self._workers if worker.given}
        for pipe in wait(list(pipes), timeout=1.0):
            worker = pipes[pipe]
            try:
                answer = worker.pipe.recv()
            except Exception:  # closed, torn, or not to be unpickled: this worker is of no more use
                self._bury(worker, "crashed")
                continue
            worker.since = time.monotonic()
            if answer is None:
                worker.ready = True
            else:
                worker.given.popleft()
                self._results[answer[0]] = answer[1]
        for worker in list(self._workers):
            if worker.given and time.monotonic() - worker.since > self._too_slow:
                self._bury(worker, "too_slow")

    def _bury(self, worker: _Worker[T, R], reason: str) -> None:
        self._workers.remove(worker)
        worker.end()
        if worker.ready:
            index = worker.given.popleft()
            self._results[index] = self._lost(self._tasks[index], reason)
        else:
            self._jobs = len(self._workers)  # it never came up, nor would the next
        self._returned.extend(worker.given)


def serve(number: int) -> None:
    """What a worker does, over the pipe with this file number, until its parent closes it or ends."""
    pipe = Connection(number)
    try:
        work: Callable[[Any], Any] = pipe.recv()
        pipe.send(None)
        while True:
            index, task = pipe.recv()
            pipe.send((index, work(task)))
    except (EOFError, OSError):
        return
