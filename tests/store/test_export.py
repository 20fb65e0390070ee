"""What `to_markdown` writes, read back by a YAML and a CommonMark parser."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.article import Article, Block, Entity, Note, State
from store.article_json import from_json
from store.export import FRONT_MATTER, render, shown_date, to_markdown, to_markdown_item, to_text
from store.text import clean, one_line

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])

# Text made of what means something to Markdown or YAML, and any text at all.
_MARKUP = "\\`*_[]<>~|$#&;=-+.)(!:\"'{}^ \t\n0123456789aAđế\u00a0\u2028\u2029\x85\x7f\ufeff🌊x/"
hostile = st.one_of(st.text(alphabet=_MARKUP, max_size=60), st.text(max_size=40))
HOSTILE = [
    "[Video] Bão số 3",
    "[/] xong",
    "[@click=app.quit]bấm[/]",
    "---",
    "a: b # c",
    "# tít #",
    "1. Một\n---\n2) Hai\n===",
    "&amp; &#35; &lt;b&gt; A&B",
    "<script>alert(1)</script> <!-- x --> <https://a.vn>",
    "**đậm** _nghiêng_ `mã` ~~bỏ~~ $x$",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[a]: /b 'c'",
    "\\*\\\\",
    "- a\n+ b\n* c\n> d\n    e\n```\nf",
    "Sự cố \U0001f30a ở \x1b[31mĐà Nẵng\x1b[0m \x9b0m\u202e",
]


def split(markdown: str) -> tuple[dict[str, Any], list[Token]]:
    assert markdown.startswith("---\n")
    front, body = markdown[4:].split("\n---\n", 1)
    loaded = yaml.safe_load(front)
    assert isinstance(loaded, dict)
    return loaded, COMMONMARK.parse(body)


def text_of(inline: Token) -> str:
    out = ""
    for child in inline.children or []:
        assert child.type in {
            "text",
            "hardbreak",
            "text_special",
            "strong_open",
            "strong_close",
            "em_open",
            "em_close",
        }
        out += "\n" if child.type == "hardbreak" else child.content
    return out


def flow(tokens: list[Token]) -> list[tuple[str, str]]:
    """(the innermost block around it, its text) of every piece of text."""
    found, around = [], []
    for token in tokens:
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            tag = next(tag for tag in reversed(around) if tag != "p" or len(around) == 1)
            found.append((tag, text_of(token)))
        else:
            raise AssertionError(f"{token.type} where only text was expected")
    return found


def shown(text: str) -> str:
    """A block's text as Markdown can hold it: no empty lines, no white space at the ends of lines."""
    return "\n".join(line.strip() for line in clean(text).split("\n") if line.strip())


@given(hostile)
@settings(max_examples=150, deadline=None)
@example("")
def test_any_title_is_read_back(title: str) -> None:
    front, tokens = split(to_markdown(Article(id="1", title=title)))
    assert front["title"] == one_line(title)
    assert flow(tokens) == [("h1", one_line(title))]


@given(
    st.lists(
        st.tuples(st.sampled_from("lead paragraph heading quote list caption".split()), hostile), max_size=5
    )
)
@settings(max_examples=150, deadline=None)
def test_any_body_is_read_back(parts: list[tuple[Any, str]]) -> None:
    blocks = tuple(Block(kind, text) for kind, text in parts)
    _, tokens = split(to_markdown(Article(id="1", title="T", blocks=blocks)))
    tags = {"heading": "h2", "quote": "blockquote", "list": "li"}
    expected = [
        (tags.get(kind, "p"), one_line(text) if kind == "heading" else shown(text))
        for kind, text in parts
        if shown(text)
    ]
    assert flow(tokens)[1:] == expected


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("parser", [COMMONMARK, GITHUB], ids=["commonmark", "github"])
def test_hostile_text_stays_text(text: str, parser: MarkdownIt) -> None:
    article = Article(
        id="1", title=text, blocks=(Block("lead", text), Block("paragraph", text), Block("list", text))
    )
    body = to_markdown(article).split("\n---\n", 1)[1]
    assert flow(parser.parse(body)) == [
        ("h1", one_line(text)),
        *[(tag, shown(text)) for tag in ("p", "p", "li")],
    ]


@given(hostile, hostile)
@settings(max_examples=100, deadline=None)
def test_a_list_of_titles_is_read_back(title: str, source: str) -> None:
    text = " · ".join(filter(None, [one_line(title), one_line(source), "2023-12-29"]))
    items = (
        to_markdown_item(title, source, "2023-12-29") + "\n" + to_markdown_item(title, source, "2023-12-29")
    )
    assert [shown(text)] * 2 == [found for _, found in flow(COMMONMARK.parse(items))]


@given(hostile, st.lists(hostile, max_size=3))
@settings(max_examples=100, deadline=None)
def test_front_matter_is_yaml_and_json_alike(value: str, names: list[str]) -> None:
    article = Article(
        id="3f9c2a1b7d0e4",
        title="T",
        source=value,
        url=value,
        state=State(tags=tuple(names)),
        entities=tuple(Entity("person", f"person:{name}", name) for name in names),
    )
    markdown = to_markdown(article)
    front, _ = split(markdown)
    assert tuple(front) == FRONT_MATTER
    assert front["id"] == article.id
    assert (front["source"], front["url"], front["author"], front["tags"]) == (value, value, None, names)
    assert front["people"] == [one_line(name) for name in names]
    assert front["places"] == []
    for line in markdown.split("\n---\n", 1)[0].split("\n")[1:]:
        key, scalar = line.split(": ", 1)
        assert json.loads(scalar) == front[key]


def test_a_whole_article() -> None:
    article = Article(
        id="3f9c2a1b7d0e4",
        title="Tổng kết năm 2023",
        published="2023-12-29T19:17:16+07:00",
        published_basis="stated",
        source="Báo Cần Thơ",
        author="Lê Quân",
        url="https://baocantho.com.vn/a-1_b",
        lead="Chiều 29-12, …",
        blocks=(
            Block("lead", "Chiều 29-12, …"),
            Block("caption", "Quang cảnh.", credit="Lê Quân"),
            Block("heading", "1. Kết quả"),
            Block("list", "một"),
            Block("list", "hai"),
            Block("quote", "“Phải làm.”"),
        ),
        state=State(notes=(Note("Xem lại", "2026-11-22T04:12:00Z"),)),
    )
    body = to_markdown(article, notes_heading="Ghi chú").split("\n---\n", 1)[1]
    assert body == (
        "\n# Tổng kết năm 2023\n\n"
        "Báo Cần Thơ · 2023-12-29 19:17 · Lê Quân · <https://baocantho.com.vn/a-1_b>\n\n"
        "**Chiều 29-12, …**\n\n*Quang cảnh.* (Lê Quân)\n\n## 1\\. Kết quả\n\n- một\n- hai\n\n"
        "> “Phải làm.”\n\n## Ghi chú\n\n- 2026-11-22 11:12: Xem lại\n"
    )
    assert to_text(article).startswith(
        "Tổng kết năm 2023\n\nBáo Cần Thơ · 2023-12-29 19:17 · Lê Quân · https:"
    )
    assert from_json(json.loads(render(article, "json"))) == article


def test_an_inferred_date_says_so_and_a_lead_without_block_is_shown() -> None:
    article = Article(id="1", title="T", published="2019-04-12", published_basis="inferred", lead="Đầu.")
    assert "≈ 2019-04-12" in to_markdown(article)
    assert "**Đầu.**" in to_markdown(article)
    assert 'date: "2019-04-12"' in to_markdown(article)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("2023-12-29", "2023-12-29"),
        ("2023-12-29T19:17:16+07:00", "2023-12-29 19:17"),
        ("2023-12-29T18:00:00Z", "2023-12-30 01:00"),
        ("không phải ngày giờ", "không phải ngày giờ"),
    ],
)
def test_dates_are_shown_in_vietnam(value: str | None, expected: str) -> None:
    assert shown_date(value) == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.vn/<b>", "https://a.vn/a b"])
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert f"<{url}>" not in to_markdown(Article(id="1", title="T", url=url))


def test_export_needs_no_folder_to_render(tmp_path: Path) -> None:
    render(Article(id="1", title="../../x"))
    assert list(tmp_path.iterdir()) == []
