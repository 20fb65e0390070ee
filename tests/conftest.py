"""What screens remember in a test stays out of the home folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("BANDOC_STATE")
    os.environ["BANDOC_STATE"] = str(tmp_path_factory.mktemp("state"))
    yield
    os.environ.pop("BANDOC_STATE")
    if before is not None:
        os.environ["BANDOC_STATE"] = before
