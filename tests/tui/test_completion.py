"""Tab in a shell: what `bandoc completion` prints works in a real bash, and asks without leaving a trace."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from store.article import Article, Block, Entity, Mention
from store.library import Library
from store.searches import Search
from tui.cli.completing import typed
from tui.cli.completion import SCRIPTS

ROOT = Path(__file__).parents[2]


def article(number: int, name: str, source: str) -> Article:
    return Article(
        id=f"{number:013x}",
        title=f"Bài {number}",
        source=source,
        blocks=(Block("paragraph", f"{name} phát biểu.", 2),),
        entities=(Entity("person", f"person:{name.casefold()}", name, mentions=(Mention(0, 0, len(name)),)),),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completion")
    with Library.open(folder / "library") as library:
        told = [
            article(1, "Trương Thị An", "Báo Cần Thơ"),
            article(2, "Trần Văn Bình", "Báo A, số 2"),
            article(3, "Lê $(touch x)", "TTXVN"),
        ]
        library.add((one, None) for one in told)
        library.add([(replace(told[0], id=f"{9:013x}", title="Khác", source="Báo Cà Mau"), None)])
        library.change_searches({0: Search("mưa lũ", "bao so 3")})
    command = folder / "bin" / "bandoc"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from tui.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    (folder / "trang báo.txt").write_text("x", encoding="utf-8")
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "BANDOC_LIBRARY": str(folder / "library"),
        "BANDOC_CONFIG": str(folder / "config.toml"),
        "LC_ALL": "C.UTF-8",
        **more,
    }


def bash(folder: Path, line: str, **more: str) -> list[str]:
    """What bash would offer for a line, by the function that `completion bash` defines."""
    script = f"""
        exec 3>&2; compopt() {{ echo "compopt $*" >&3; }}
        eval "$(bandoc completion bash)"
        COMP_LINE={shlex.quote(line)}; COMP_POINT=${{#COMP_LINE}}
        _bandoc bandoc
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        encoding="utf-8",
        env=environment(folder, **more),
        cwd=folder,
        check=True,
        timeout=60,
    )
    return sorted([*filter(None, done.stdout.split("\n")), *done.stderr.split("\n")[:-1]])


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("bandoc comp", ["completion"]),
        ("bandoc list --lim", ["--limit"]),
        ("bandoc show --format m", ["md"]),
        ("bandoc import tra", ["compopt -o default"]),
        ("bandoc --library ", ["compopt -o dirnames"]),
        ("bandoc list pers", ["compopt -o nospace", "person:"]),
        ("bandoc list is:sta", ["starred"]),
        ("bandoc list person:Trư", ["Trương Thị An", "compopt -o filenames"]),
        ("bandoc list person:tru", ["compopt -o filenames", "truong thi an"]),
        ("bandoc list tong ket, person:Trương T", ["Thị An", "compopt -o filenames"]),
        ("bandoc list 'person:Trương T", ["compopt -o filenames", "person:Trương Thị An"]),
        ("bandoc export --query=person:Trương\\ T", ["Trương Thị An", "compopt -o filenames"]),
        ("bandoc list source:Báo\\ A", ['"Báo A, số 2"', "compopt -o filenames"]),
        ("bandoc list @mua", ["@mưa lũ", "compopt -o filenames"]),
        ("bandoc entity tran", ["compopt -o filenames", "tran van binh"]),
        ("bandoc config get export.as", ["export.ascii"]),
        ("bandoc config set keys.article.st", ["keys.article.star"]),
        ("bandoc list person:zzz", []),
        ("bandoc nonsense x", []),
    ],
)
def test_tab_in_bash(folder: Path, line: str, offered: list[str]) -> None:
    assert bash(folder, line) == sorted(offered)


def test_a_hostile_name_is_only_text(folder: Path) -> None:
    assert bash(folder, "bandoc list person:Lê") == ['"Lê $(touch x)"', "compopt -o filenames"]
    assert not (folder / "x").exists()


def test_asking_makes_no_library(folder: Path, tmp_path: Path) -> None:
    assert bash(folder, "bandoc list person:T", BANDOC_LIBRARY=str(tmp_path / "none")) == []
    assert not (tmp_path / "none").exists()


def test_a_damaged_index_is_silence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"no index" * 999)
    assert bash(folder, "bandoc list person:T", BANDOC_LIBRARY=str(tmp_path)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["index.sqlite"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_names_with_their_counts(folder: Path, shell: str) -> None:
    done = subprocess.run(
        ["bandoc", "bandoc", "list", "person:Trương", "'T"],
        capture_output=True,
        encoding="utf-8",
        env=environment(folder, _BANDOC_COMPLETE=shell),
        check=True,
        timeout=60,
    )
    assert done.stdout == "Thị An\t2\n:quoted\n"


def test_the_script_for_bash_is_sound() -> None:
    assert (
        subprocess.run(["bash", "-n"], input=SCRIPTS["bash"], encoding="utf-8", check=False).returncode == 0
    )


@pytest.mark.parametrize(
    ("line", "words", "text", "rest"),
    [
        ("bandoc ", ["bandoc"], "", ""),
        ("bandoc li", ["bandoc"], "li", "li"),
        ("a 'b c' d\\ e", ["a", "b c"], "d e", "d e"),
        ("a person:Tr", ["a"], "person:Tr", "Tr"),
        ("a 'person:T", ["a"], "person:T", "person:T"),
        ('a person:"T', ["a"], "person:T", "T"),
        ("a --q=x:y\\:z", ["a"], "--q=x:y:z", "y:z"),
        ("a @m", ["a"], "@m", "@m"),
        ("a ''", ["a"], "", ""),
        ("a \\", ["a"], "\\", "\\"),
    ],
)
def test_a_line_is_read_as_bash_reads_it(line: str, words: list[str], text: str, rest: str) -> None:
    found = typed(line)
    assert (found.words, found.text, found.text[found.given :]) == (words, text, rest)
