import json
import os
import threading
from hashlib import sha256
from io import BytesIO

import pytest

from store import loaders
from store.article import Article, Block, Note, RawPage, State
from store.article_json import to_json
from store.errors import LoadError
from store.loaders import load, make_page

ONE = Article("3f9c2a1b7d0e4", "Một", blocks=(Block("paragraph", "Hai  ba", 3),), state=State(read=True))
TWO = Article(
    "0000000000abc", "Hai", state=State(tags=("a",), notes=(Note("dòng\nhai", "2026-01-01T00:00:00Z"),))
)


def test_a_page(tmp_path):
    path = tmp_path / "trang.txt"
    path.write_bytes("Tiêu đề\r\n\r\nHoà bình\x00".encode())
    (page,) = load(path)
    text = "Tiêu đề\n\nHoà bình"
    assert page == RawPage(text, sha256(text.encode()).hexdigest(), str(path), None, "utf-8")
    assert list(load(path.read_bytes(), "-")) == [make_page(text, "-")]
    assert list(load(BytesIO(path.read_bytes()), "-")) == [make_page(text, "-")]


def test_one_article_a_list_and_lines_come_back_as_they_were(tmp_path):
    plain = [to_json(ONE), to_json(TWO)]
    as_lines = "\n".join(json.dumps(item, ensure_ascii=False) for item in plain)
    for name, text in (
        ("list.json", json.dumps(plain)),
        ("lines.jsonl", as_lines),
        ("told-by-content.txt", as_lines + "\n"),
        ("pretty.json", json.dumps(plain, indent=2, ensure_ascii=False)),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        assert list(load(tmp_path / name)) == [ONE, TWO], name
    (tmp_path / "one.json").write_text("\ufeff" + json.dumps(plain[0], indent=1))
    assert list(load(tmp_path / "one.json")) == [ONE]


def test_a_bad_line_does_not_end_the_rest():
    lines = [
        json.dumps(to_json(ONE)),
        "{broken",
        '{"title": 1, "blocks": []}',
        "{}",
        "",
        json.dumps(to_json(TWO)),
    ]
    first, *errors, last = load("\n".join(lines).encode(), "x.jsonl")
    assert (first, last) == (ONE, TWO)
    assert [(e.code, e.fields["line"], e.fields["path"]) for e in errors] == [
        ("bad_json", 2, "x.jsonl"),
        ("bad_article", 3, "x.jsonl"),
        ("bad_article", 4, "x.jsonl"),
    ]


def test_a_bad_item_of_a_list():
    good, bad = load(json.dumps([to_json(ONE), {"blocks": []}]).encode())
    assert good == ONE
    assert (bad.code, bad.fields["item"]) == ("bad_article", 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"title": "x", "blocks": [', "bad_json"),
        ('{"a": 1}', "bad_article"),
        ('{"a":' * 10_000, "bad_json"),
    ],
)
def test_json_that_is_none_of_ours(text, code):
    with pytest.raises(LoadError) as caught:
        list(load(text.encode(), "x.json"))
    assert caught.value.code == code


def test_a_page_may_begin_with_a_bracket():
    text = "[Video] Bão số 3 vào đất liền\nGió giật mạnh."
    assert list(load(text.encode())) == [make_page(text)]


def test_hostile_strings_are_cleaned_and_their_offsets_go():
    data = to_json(ONE) | {"title": "a\x1b[31mb\nc", "highlights": [{"block": 0, "start": 0, "end": 2}]}
    (article,) = load(json.dumps(data).encode())
    assert article.title == "ab c"
    assert article.state.highlights == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2023-12-29", "2023-12-29"),
        ("2023-12-29T19:17+07:00", "2023-12-29T19:17+07:00"),
        ("2023-12-29T12:17:16Z", "2023-12-29T19:17:16+07:00"),
        ("Fri, 29 Dec 2023 12:17:16 +0000", "2023-12-29T19:17:16+07:00"),
        ("29/12/2023 19:17", "2023-12-29T19:17:00+07:00"),
        (None, None),
    ],
)
def test_the_date_of_another_programs_json_is_read(given, kept):
    (article,) = load(json.dumps(to_json(ONE) | {"published": given}).encode())
    assert article.published == kept


def test_a_date_that_is_none_is_named():
    with pytest.raises(LoadError) as caught:
        list(load(json.dumps(to_json(ONE) | {"published": "yesterday"}).encode(), "x.json"))
    assert (caught.value.code, caught.value.fields["field"]) == ("bad_article", "published")


def test_what_can_not_be_opened(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, code in ((tmp_path / "none", "not_found"), (tmp_path, "not_a_file"), (pipe, "not_a_file")):
        with pytest.raises(LoadError) as caught:
            list(load(path))
        assert (caught.value.code, caught.value.fields["path"]) == (code, str(path))


def test_the_name_stands_for_the_path_in_errors(tmp_path):
    with pytest.raises(LoadError) as caught:
        list(load(tmp_path / "none", "tin.txt"))
    assert caught.value.fields["path"] == "tin.txt"


def test_caps(tmp_path, monkeypatch):
    monkeypatch.setattr(loaders, "MAX_PAGE", 70_000)
    with pytest.raises(LoadError, match="too_large") as told:
        list(load(b"a" * 70_001))
    assert told.value.fields["limit"] == 70_000
    assert len(next(load(b"a" * 70_000)).text) == 70_000
    long = json.dumps({"title": "a" * 80_000, "blocks": []})
    lines = [json.dumps(to_json(ONE)), long, json.dumps(to_json(TWO))]
    first, error, last = load("\n".join(lines).encode())
    assert (first, last) == (ONE, TWO)
    assert (error.code, error.fields["line"]) == ("too_large", 2)
    big = to_json(ONE) | {"blocks": [{"kind": "paragraph", "text": "x" * 1_000_001, "line": 1}]}
    (error,) = load(json.dumps(big).encode())
    assert error.code == "too_large"


def test_lines_come_while_the_stream_is_still_open():
    reading, writing = os.pipe()
    line = json.dumps(to_json(ONE)).encode() + b"\n"

    def write():
        with os.fdopen(writing, "wb") as out:
            for _ in range(2_000):
                out.write(line)

    thread = threading.Thread(target=write)
    thread.start()
    with os.fdopen(reading, "rb") as stream:
        assert sum(article == ONE for article in load(stream)) == 2_000
    thread.join()
