"""`bandoc entity`: what is printed of one entity across articles."""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.article import Article, Block
from store.entities import extract
from store.library import Library
from store.profile.namesakes import Reason
from tui.cli import main
from tui.entity_lines import because, lines

Ran = tuple[int, str, str]
Bandoc = Callable[..., Ran]

TEXTS = [
    ("2018-03-29", "Đồng chí Trương Thị Mai, Trưởng Ban Dân vận Trung ương, thăm tỉnh Hà Giang [Video]."),
    ("2021-04-08", "Bà Trương Thị Mai, Trưởng Ban Tổ chức Trung ương, dự lễ cùng ông Lê Văn An."),
    ("2021-05-08", "Tiền đạo Lê Văn Ba ghi bàn."),
    ("2021-06-08", "Ông Lê Văn Ba, Chủ tịch UBND xã Tân Lập, nói theo Chỉ thị 05."),
    (None, "Bà Mai Thị Lan nêu Chỉ thị số 05-CT/TW."),
]


def articles() -> Iterator[Article]:
    for number, (day, text) in enumerate(TEXTS, 1):
        title, basis = f"Tin\tsố {number} [/]", "stated" if day else "unknown"
        made = Article(
            f"{number:013x}", title, day, basis, "Báo Thử", language="vi", blocks=(Block("paragraph", text),)
        )  # type: ignore[arg-type]
        yield extract(made)


@pytest.fixture
def bandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bandoc]:
    with Library.open(tmp_path / "library") as library:
        library.add((article, None) for article in articles())
    monkeypatch.setenv("BANDOC_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("BANDOC_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("BANDOC_LANG", "en")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def run(*arguments: str) -> Ran:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "oe"]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            with pytest.raises(SystemExit) as ended:
                main(["entity", *arguments])
        out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_line_for_each_article_into_a_pipe(bandoc: Bandoc) -> None:
    code, out, _ = bandoc("truong", "thi", "mai")
    assert code == 0
    first, second = (line.split("\t") for line in out.splitlines())
    assert first == [
        "2018-03-29",
        f"{1:013x}",
        "1",
        "Trưởng Ban Dân vận Trung ương",
        "Tin số 1 [/]",
        TEXTS[0][1],
    ]
    assert second[3] == "Trưởng Ban Tổ chức Trung ương"


def test_json_is_one_object_with_offices_and_their_sentences(bandoc: Bandoc) -> None:
    code, out, _ = bandoc("person:trương thị mai", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert [(role["first"], role["role"], role["change"]) for role in told["roles"]] == [
        ("2018-03-29", "Trưởng Ban Dân vận Trung ương", False),
        ("2021-04-08", "Trưởng Ban Tổ chức Trung ương", True),
    ]
    assert told["roles"][1]["sentence"] == TEXTS[1][1]
    assert {"type": "person", "key": "person:lê văn an", "name": "Lê Văn An", "articles": 1} in told[
        "companions"
    ]
    assert told["people"] == []


def test_several_that_may_be_meant_are_listed(bandoc: Bandoc) -> None:
    code, out, err = bandoc("le van")
    assert code == 0
    assert [line.split("\t")[1:3] for line in out.splitlines()] == [["Lê Văn Ba", "2"], ["Lê Văn An", "1"]]
    assert "Several may be meant" in err
    assert len(json.loads(bandoc("le van", "--format", "json")[1])) == 2
    assert len(bandoc("le van", "--limit", "1")[1].splitlines()) == 1


def test_nothing_found(bandoc: Bandoc) -> None:
    assert bandoc("ai do")[0] == 1
    assert bandoc("truong thi mai", "--type", "place")[0] == 1
    assert bandoc("truong thi mai", "--query", "date:2019")[0] == 1
    assert bandoc("ai do", "--format", "json")[1] == "[]\n"
    assert bandoc()[0] == 2


def test_a_filter_and_a_limit(bandoc: Bandoc) -> None:
    assert len(bandoc("truong thi mai", "-q", "date:2021")[1].splitlines()) == 1
    assert len(bandoc("truong thi mai", "--limit", "1")[1].splitlines()) == 1


def test_two_of_one_name_stand_apart_and_say_why(bandoc: Bandoc) -> None:
    _, out, _ = bandoc("le van ba")
    assert [line.split("\t")[2] for line in out.splitlines()] == ["1", "2"]
    _, out, _ = bandoc("le van ba", "--format", "json")
    told = json.loads(out)
    assert len(told["people"]) == 2
    assert told["roles"] == []
    assert told["reasons"][0]["words"] == "one in sport, one in public office"
    _, out, _ = bandoc("le van ba", "--format", "table")
    assert "2 people of this name seem to be meant:" in out


def test_a_document_is_cited_however_it_is_spelt(bandoc: Bandoc) -> None:
    _, out, _ = bandoc("chi thi 05", "--format", "table")
    assert "cited by 2 articles" in out
    assert "also written: Chỉ thị" in out
    assert "Bà Mai Thị Lan nêu Chỉ thị số 05-CT/TW." in out


def test_the_page_on_a_terminal(bandoc: Bandoc) -> None:
    _, out, _ = bandoc("trương thị mai", "--format", "table")
    assert "\x1b" not in out  # a pipe gets no colour
    drawn = [line.rstrip() for line in out.splitlines()]
    assert drawn[0] == "Trương Thị Mai"
    assert drawn[1] == "person · named in 2 articles, 29/03/2018 – 08/04/2021"
    assert any(line.startswith("► 08/04/2021 Trưởng Ban Tổ chức Trung ương") for line in drawn)
    assert any("[Video]" in line for line in drawn)
    assert any(line.endswith(f"{2:013x}") for line in drawn)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("born", "1985", "1949"), "born about 1985 and about 1949"),
        (Reason("sex", "m", "f"), "a man and a woman"),
        (Reason("place", "Hà Giang", "Cà Mau"), "offices in Hà Giang and in Cà Mau at the same time"),
        (Reason("article", "abc"), "one article names both (abc)"),
        (Reason("accused", "accused", "sport"), "one accused and never called by an office, one in sport"),
    ],
)
def test_reasons_in_words(reason: Reason, words: str) -> None:
    assert because(reason) == words


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l") as library:
        library.add((article, None) for article in articles())
        found = library.profile("person:trương thị mai")
    assert found is not None
    said = [line.text for line in lines(found, str, 1)]
    assert "… and 1 more" in said
    assert "… and 1 more" not in [line.text for line in lines(found, str)]
