"""Keys that a test presses are answered before the next, as fast as they can be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from piloting import quiet


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_an_idle_processor() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("textual.app.wait_for_idle", quiet)
        patched.setattr("textual.pilot.wait_for_idle", quiet)
        yield
