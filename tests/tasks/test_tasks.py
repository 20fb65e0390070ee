"""The ten tasks of docs/tasks.md, played on two sizes of terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal, Tmux
from tests.tasks.play import OTHERS, PAGE, SIZES, Script, Stage, make_library, page, scripts

SCRIPTS = scripts()


@pytest.fixture(scope="session")
def library(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    return made_once("task-samples", make_library)


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


def test_there_are_ten_tasks_and_their_page_is_made_from_them() -> None:
    assert [script.number for script in SCRIPTS] == [*range(1, 11)]
    assert PAGE.read_text(encoding="utf-8") == page(), "make tasks writes it anew"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: f"{script.number:02}")
def test_no_key_more_than_another_reader_needs(script: Script) -> None:
    for other in OTHERS:
        theirs = script.keys_of(other)
        assert isinstance(theirs, str) or script.keys(until=other) <= theirs


def test_what_no_script_can_say_is_no_line_of_one(tmp_path: Path) -> None:
    from tests.tasks.play import read_script

    (tmp_path / "11-more.txt").write_text("# More.\npres Enter\n", encoding="utf-8")
    with pytest.raises(ValueError, match="pres Enter"):
        read_script(tmp_path / "11-more.txt")
