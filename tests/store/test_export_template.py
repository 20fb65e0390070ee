"""A template of the reader's own: values where names stand, mistakes with their line, nothing computed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, Entity, Note, State
from store.errors import ExportError
from store.export import FRONT_MATTER, TEMPLATE_NAMES, export_article, load_template, render
from store.template import Template, parse

ONE = Article(
    id="0123456789abc",
    title="[Video] *Bão* số 3: $text",
    published="2023-12-29T19:17:00+07:00",
    published_basis="stated",
    source="Báo Thử",
    author=None,
    url="https://example.org/a",
    lead=None,
    blocks=(Block("heading", "Một", 1), Block("paragraph", "Hai #ba.", 2)),
    entities=(Entity("person", "person:lê thu", "Lê Thu"), Entity("person", "person:an", "An, Bình")),
    state=State(tags=("cần đọc",), notes=(Note("2024-01-01T00:00:00Z", "Hay"),)),
)


def made(text: str) -> Template:
    return parse(text, TEMPLATE_NAMES, "m.md")


def filled(text: str, article: Article = ONE) -> str:
    return render(article, template=made(text))


def test_values_as_text_are_markdown_and_in_the_front_matter_json() -> None:
    text = filled("---\nt: $title\np: $people\na: $author\n---\n# $title\n\n$people · ${date}h\n")
    head, body = text.removeprefix("---\n").split("---\n")
    assert yaml.safe_load(head) == {"t": ONE.title, "p": ["Lê Thu", "An, Bình"], "a": None}
    assert body == "# \\[Video\\] \\*Bão\\* số 3: \\$text\n\nLê Thu, An, Bình · 2023-12-29 19:17h\n"


def test_the_whole_of_it() -> None:
    parts = filled("$front_matter\n\n# $title\n\n$facts\n\n$text\n\n$notes")
    assert parts == render(ONE)


def test_what_an_article_says_is_never_taken_for_a_name() -> None:
    assert filled("$title") == "\\[Video\\] \\*Bão\\* số 3: \\$text\n"


def test_no_gap_where_there_is_nothing() -> None:
    bare = replace(ONE, state=State(), author=None, source=None)
    assert filled("# a\n\n$source\n\n$notes\n\n$author\n\nb\n\n\n", bare) == "# a\n\nb\n"


def test_dollars() -> None:
    assert filled("$$title costs 5$ or $7 {$id}") == "$title costs 5$ or $7 {0123456789abc}\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\n$titel", "template_name", 2),
        ("a\n\n${title", "template_open", 3),
        ("${}", "template_name", 1),
        ('---\na: 1\nt: "$title"\n---\n', "template_quoted", 3),
        ("---\nt: '${title}'\n---\n", "template_quoted", 2),
        ("\ufeffa\r\n$Title", "template_name", 2),
        ("${title.__class__}", "template_open", 1),
        ("${title!r}", "template_open", 1),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(ExportError) as caught:
        made(text)
    assert (caught.value.code, caught.value.fields["line"]) == (code, line)


def test_quotes_in_the_text_are_text() -> None:
    assert filled('---\na: 1\n---\n"$id"').endswith('"0123456789abc"\n')


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"$" * 200_000])
def test_a_file_that_is_no_template(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "m.md"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ExportError, match="template_"):
        load_template(file)


@given(st.text(max_size=60), st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
@settings(max_examples=150, deadline=None)
def test_front_matter_says_what_the_article_says(title: str, source: str, tags: list[str]) -> None:
    one = replace(ONE, title=title, source=source, state=State(tags=tuple(tags)))
    text = filled("---\n" + "\n".join(f"{name}: ${name}" for name in FRONT_MATTER) + "\n---\n", one)
    usual = render(one).partition("\n---\n")[0]
    assert text == usual + "\n---\n"


@given(st.text(alphabet="ab$${}\n-'\" titlex", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_template_or_a_mistake_with_a_line(text: str) -> None:
    problem = None
    try:
        filled(text)
    except ExportError as error:
        problem = error
    assert problem is None or 1 <= problem.fields["line"] <= text.count("\n") + 1


def test_an_export_by_a_template_is_found_again(tmp_path: Path) -> None:
    template = made("# $title\n\n$text\n")
    first = export_article(ONE, tmp_path, template=template)
    assert first.path.read_text(encoding="utf-8").endswith("## Một\n\nHai \\#ba.\n")
    assert export_article(ONE, tmp_path, template=template).already
    assert export_article(ONE, tmp_path, form="json", template=template).path.suffix == ".json"
    assert json.loads((tmp_path / first.path.with_suffix(".json").name).read_text())["id"] == ONE.id


def test_the_page_on_the_command_line_names_every_name_and_its_example_holds() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    section = page.partition("### A template for exports")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `$")]
    named = re.findall(r"`\$([a-z_]+)`", "\n".join(rows))
    assert sorted(named) == sorted(TEMPLATE_NAMES)
    example = re.search(r"```markdown\n(.*?)```", section, re.DOTALL)
    assert example
    assert filled(example[1]).startswith('---\ntitle: "[Video]')
