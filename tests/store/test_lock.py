import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from store.errors import LibraryLocked
from store.lock import Lock

HOLDER = """
import sys
from pathlib import Path
from store.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_who_holds_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    process = hold(path)
    try:
        with pytest.raises(LibraryLocked) as caught, Lock(path, patience=0.05):
            pass
    finally:
        end(process)
    fields = caught.value.fields
    assert caught.value.code == "locked"
    assert fields["pid"] == process.pid
    assert fields["host"]
    assert fields["since"].endswith("Z")
    assert fields["path"] == str(path)


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    end(hold(path))
    with Lock(path, patience=0.5):
        assert path.read_text().split()[0] == str(os.getpid())


def test_it_is_had_once_the_other_is_done(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    process = hold(path)
    threading.Timer(0.1, end, [process]).start()
    with Lock(path, patience=5):
        pass


def test_a_thread_may_take_it_again_and_others_wait(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "library.lock", patience=0.05)
    outcome: list[str] = []

    def other() -> None:
        try:
            with lock:
                outcome.append("had")
        except LibraryLocked as error:
            outcome.append(error.code)

    with lock, lock.within(0):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    with lock:
        pass
    other()
    assert outcome == ["locked", "had"]


def test_two_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    with Lock(path), pytest.raises(LibraryLocked), Lock(path, patience=0.03):
        pass


def test_a_lock_file_deleted_meanwhile_is_not_taken_for_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    with Lock(path):
        path.unlink()
        with Lock(path, patience=0.5), pytest.raises(LibraryLocked), Lock(path, patience=0.03):
            pass


def test_giving_up_takes_as_long_as_said(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    with Lock(path):
        begin = time.monotonic()
        with pytest.raises(LibraryLocked), Lock(path).within(0.1):
            pass
        assert 0.09 < time.monotonic() - begin < 2


def test_an_error_inside_lets_go(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "library.lock", patience=0.05)
    with pytest.raises(ZeroDivisionError), lock:
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), lock.within(0.05):
        raise ZeroDivisionError
    with Lock(lock.path, patience=0.05):
        pass


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    with Lock(path):
        assert path.stat().st_mode & 0o777 == 0o600
