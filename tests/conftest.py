"""What screens remember in a test stays out of the home folder; nothing waits for the disk."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BANDOC_STATE", str(tmp_path_factory.mktemp("state")))
        # No test takes the power away: what was written is there, synced or not, after a kill as well.
        patched.setattr(os, "fsync", os.fstat)
        # The programs that tests start, some hundreds, need not compile bandoc each time.
        patched.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Makes a folder once for all processes of a run: none may change what is in it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        with open(shared / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                make(draft := shared / f"{name}.tmp")
                draft.rename(shared / name)
        return shared / name

    return folder
