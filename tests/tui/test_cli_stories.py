"""Stories and relatives on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.article import Article, Block, Entity
from store.library import Library
from tui.cli import main

TEXT = " ".join(f"lời{number}" for number in range(60))


def article(number: int, text: str, *names: str) -> Article:
    entities = tuple(Entity("person", f"person:{name.lower()}", name) for name in names)
    return Article(
        f"{number:013x}",
        f"[/] Bài {number}",
        f"2023-03-{10 + number}",
        "stated",
        f"Báo {number}",
        blocks=(Block("paragraph", text),),
        entities=entities,
    )


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANDOC_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("BANDOC_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("BANDOC_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    told = [
        article(1, TEXT, "Mai"),
        article(2, TEXT + " Hết."),
        article(3, "Khác."),
        article(4, "Nữa.", "Mai"),
    ]
    with Library.open(tmp_path / "library") as opened:
        opened.add((one, None) for one in told)


def bandoc(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0), *capsys.readouterr()


def test_output_for_programs_lacks_no_article(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(bandoc(capsys, "list")[1].splitlines()) == 4
    code, out, err = bandoc(capsys, "list", "--group", "--format", "jsonl")
    assert (code, out) == (2, "")
    assert "every article" in err


def test_stories_come_tab_separated_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split("\t") for line in bandoc(capsys, "list", "--group")[1].splitlines()]
    assert [(line[0], line[-1]) for line in lines] == [
        (f"{4:013x}", "0"),
        (f"{3:013x}", "0"),
        (f"{2:013x}", "1"),
    ]
    assert {len(line) for line in lines} == {6}


def test_a_table_may_have_one_row_for_each_story(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = bandoc(capsys, "list", "--group", "--format", "table")
    assert [line.split()[:3] for line in out.splitlines()[1:]] == [
        ["•", f"{4:013x}", "14/03/2023"],
        ["•", f"{3:013x}", "13/03/2023"],
        ["•", "+1", f"{2:013x}"],
    ]
    assert bandoc(capsys, "list", "--group", "--count")[1] == "3\n"
    assert bandoc(capsys, "list", "--count")[1] == "4\n"


def test_same_lists_who_printed_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = bandoc(capsys, "list", f"same:{1:013x}", "--format", "ids")
    assert out.split() == [f"{2:013x}", f"{1:013x}"]


def test_related_tells_what_is_in_common(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = bandoc(capsys, "related", f"{4:013x}")
    assert (code, out) == (0, f"{1:013x}\t2023-03-11\tBáo 1\t[/] Bài 1\tMai\t\n")
    _, out, _ = bandoc(capsys, "related", f"{1:013x}", "--format", "jsonl")
    assert json.loads(out) == {
        "id": f"{4:013x}",
        "title": "[/] Bài 4",
        "published": "2023-03-14",
        "source": "Báo 4",
        "names": ["Mai"],
        "words": [],
    }
    _, out, _ = bandoc(capsys, "related", f"{1:013x}", "--format", "table")
    assert "Mai" in out
    assert bandoc(capsys, "related", f"{3:013x}") == (1, "", "Nothing found.\n")
