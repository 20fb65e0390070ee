"""Every code of the store has its sentence, and no sentence can hurt a terminal."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from store.errors import ArticleNotFound, LibraryError, LibraryLocked, LoadError, QueryError
from tui import i18n, wording
from tui.wording import advice, reason, say

STORE = "\n".join(
    path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "store").rglob("*.py")
)
CODES = set(re.findall(r"(?<!NotFound)(?:Error|Problem|Damaged|Locked|ReadOnly|TooNew)\(\s*\"(\w+)\"", STORE))


@dataclass(frozen=True)
class Problem:
    code: str
    path: str = "/tin/articles-0000.json"
    fields: dict[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize("code", sorted(CODES - {"bad_query"}))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in wording._SENTENCES


def test_the_codes_are_found() -> None:
    assert {"empty_file", "locked", "damaged", "export_failed", "too_new", "link_skipped"} <= CODES


def test_every_place_in_a_filter_has_a_sentence() -> None:
    parser = (Path(__file__).parents[2] / "store" / "query_parser.py").read_text(encoding="utf-8")
    expected = set(re.findall(r"(?:_refuse|unfinished)\(\"(\w+)\"", parser))
    assert expected
    assert expected | {"name", "state", "part", "id", "period", "age", "sort"} == set(wording._EXPECTED)


def test_one_line_names_the_file_and_the_reason() -> None:
    assert say(LoadError("empty_file", path="a.txt")) == "a.txt: is empty"
    assert say(LoadError("bad_json", path="a.jsonl", line=3, reason="x")) == "a.jsonl, line 3: is no JSON: x"
    assert say(LoadError("binary", path="-")) == "standard input: is no text"
    assert say(LoadError("too_large", path="a", limit=8 << 20)) == "a: is too large (at most 8 MB)"
    assert reason(LoadError("empty_file", path="a.txt")) == "is empty"
    locked = LibraryLocked("locked", path="/l", pid=7, host="h", since="now")
    assert "pid 7 on h" in say(locked)
    assert say(ArticleNotFound("not_found", path="/l", id="ab", matches=())) == "no article has the id ab"
    assert "ab1, ab2" in say(ArticleNotFound("ambiguous", path="/l", id="ab", matches=("ab1", "ab2")))
    assert say(QueryError("bad_query", position=4, expected="term")).startswith("filter, column 5: ")


def test_a_code_without_a_sentence_is_shown_all_the_same() -> None:
    assert say(LoadError("brand_new", path="a", n=1)) == "a: brand new, n 1"


def test_problems_come_with_advice() -> None:
    damaged = Problem("damaged")
    assert say(damaged).startswith("/tin/articles-0000.json: is damaged")
    assert advice(damaged)
    assert advice(Problem("brand_new")) == ""
    assert set(wording._ADVICE) <= set(wording._SENTENCES)
    assert say(Problem("bad_article", fields={"id": "abc", "reason": "x"})).endswith("abc can't be read: x")


def test_missing_and_hostile_fields() -> None:
    hostile = LoadError("unreadable", path="a\x1b[2J\n{path}", reason="\x9b2J{x}\u202e\nb")
    assert say(hostile) == "a {path}: can't be read: {x} b"
    assert say(LoadError("unreadable", path="a")) == "a: can't be read: ?"


@pytest.mark.parametrize(
    ("name", "lost"),
    [("articles-0001", "its articles"), ("state-0001", "read, starred"), ("pages-0001", "its raw pages")],
)
def test_a_damaged_file_is_said_to_cost_what_it_held(name: str, lost: str) -> None:
    damaged = Problem("damaged", f"/tin/{name}.json")
    assert lost in say(damaged)
    assert advice(damaged)


def test_an_empty_id_is_seen_in_what_is_said() -> None:
    assert say(ArticleNotFound("not_found", id="", matches=())).endswith(" ''")


def test_what_the_system_says_is_said_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = LoadError("unreadable", path="a.txt", reason="Permission denied")
    assert say(refused) == "a.txt: can't be read: Permission denied"
    monkeypatch.setenv("LANGUAGE", "")
    i18n.setup("vi")
    try:
        assert say(refused) == "a.txt: không đọc được: không có quyền truy cập"
        assert say(LoadError("unreadable", path="a.txt", reason="Strange")).endswith(": Strange")
    finally:
        i18n.setup("en")


def test_how_a_file_is_damaged_is_said_in_words() -> None:
    assert "(its checksum is wrong)" in say(LibraryError("restored", path="state-0000.json", reason="crc"))
