"""Where a test has its library, and volumes so small that few articles fill several."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import library as library_module
from store import storage as storage_module
from store import volumes as volumes_module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def small_and_quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four articles a volume (or what the module of the tests says), and no file is too young to be
    believed."""
    size = getattr(request.module, "VOLUME", 4)
    monkeypatch.setattr(volumes_module, "VOLUME", size)
    monkeypatch.setattr(library_module, "BATCH", size)
    monkeypatch.setattr(storage_module, "_SETTLES", 0.0)
