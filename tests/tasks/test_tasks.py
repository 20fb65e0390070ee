"""The ten tasks of docs/tasks.md, played on two sizes of terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal, Tmux
from store.importing import import_paths
from store.library import Library
from tests.tasks.play import ROOT, SIZES, Script, Stage, scripts

SCRIPTS = scripts()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "library"
    with Library.open(folder) as made:
        import_paths(made, [ROOT / "sample_data"], jobs=1)
    return folder


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.number:02}")
def test_task(script: Script, size: tuple[int, int], library: Path, tmp_path: Path) -> None:
    # One size in tmux where there is one: what both show is no peculiarity of our own terminal.
    terminal = Tmux if size == SIZES[0] and shutil.which("tmux") else Terminal
    stage = Stage(tmp_path, library, size, terminal)
    try:
        stage.play(script)
    finally:
        stage.screen.close()
