"""What screens remember in a test stays out of the home folder; nothing waits for the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator

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
