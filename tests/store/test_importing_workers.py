"""Worker processes: results in order, and a process that dies costs one task."""

import io
import os
import signal
import sys
import time

import pytest

from store import workers


def double(task: int) -> int:
    time.sleep(0.001 * (task % 3))
    return task * 2


def fragile(task: int) -> int:
    if task % 40 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def slow(task: int) -> int:
    if task == 3:
        time.sleep(60)
    return task


def noisy(task: int) -> int:
    print("on the screen of the parent")
    os.write(2, b"and on its stderr")
    return os.getpid()


def timed(task: int) -> tuple[float, str]:
    return time.monotonic(), "x" * 8000


def lost(task: int, reason: str) -> int | str:
    return f"{reason} {task}"


def test_results_come_in_order() -> None:
    tasks = range(100)
    assert list(workers.run(double, tasks, 2, lost)) == [(task, task * 2) for task in tasks]
    assert list(workers.run(double, tasks[:3], 1, lost)) == [(0, 0), (1, 2), (2, 4)]
    assert list(workers.run(double, [], 2, lost)) == []


def test_a_worker_that_dies_costs_its_task_and_no_other() -> None:
    results = list(workers.run(fragile, range(100), 2, lost))
    assert results == [(task, f"crashed {task}" if task % 40 == 7 else task) for task in range(100)]


def test_a_worker_that_hangs_is_ended() -> None:
    results = list(workers.run(slow, range(6), 2, lost, too_slow=1.5))
    assert results == [(task, "too_slow 3" if task == 3 else task) for task in range(6)]


def test_work_is_done_elsewhere_and_silently(capfd: pytest.CaptureFixture[str]) -> None:
    assert os.getpid() not in {result for _, result in workers.run(noisy, range(4), 2, lost)}
    assert capfd.readouterr() == ("", "")


def test_without_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(work: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(workers, "_Worker", refuse)
    assert [result for _, result in workers.run(double, range(5), 4, lost)] == [0, 2, 4, 6, 8]


def test_a_worker_goes_on_while_its_parent_writes() -> None:
    """Its results wait in the pipe; in one as the system makes it half of these have no room."""
    results = workers.run(timed, range(40), 2, lost)
    next(results)
    time.sleep(1)
    awake = time.monotonic()
    assert all(isinstance(result, tuple) and result[0] < awake for _, result in results)


def test_closing_ends_the_workers() -> None:
    results = workers.run(noisy, range(1000), 2, lost)
    pid = next(results)[1]
    assert isinstance(pid, int)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_ctrl_c_reaches_the_parent_alone() -> None:
    results = workers.run(noisy, range(100), 2, lost)
    pid = next(results)[1]
    assert isinstance(pid, int)
    assert os.getpgid(pid) != os.getpgid(0)
    assert len(list(results)) == 99


def test_it_works_while_a_screen_has_taken_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    class Capture(io.StringIO):
        def fileno(self) -> int:
            return -1

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Capture())
    assert os.getpid() not in {result for _, result in workers.run(noisy, range(4), 2, lost)}
