"""Whole pages of many shapes and topics, each line with what has to become of it.

The pages are in cleaning_pages.txt, written for this purpose. First column: T title, P text, H heading,
C caption, J not of the article, - a line that only states a fact (stamp, byline), small letters: goes on.
"""

import re
from pathlib import Path

import pytest

from store.cleaning import clean
from store.loaders import make_page

PAGES = Path(__file__).with_name("cleaning_pages.txt").read_text("utf-8").split("=== ")[1:]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.split("\n", 1)[0])
def test_page(spec):
    _, facts, *rows = spec.rstrip("\n").split("\n")
    marks = [row[:1] for row in rows]
    lines = [row[2:] for row in rows]
    article = clean(make_page("\n".join(lines)))

    wanted = dict(fact.split("=", 1) for fact in re.split(" (?=author=|source=)", facts))
    assert {name: getattr(article, name) or "" for name in wanted} == wanted
    if "T" in marks:
        assert article.title == lines[marks.index("T")]
    kinds = {block.line: block.kind for block in article.blocks}
    why = {part.line: part.why for part in article.dropped}
    for number, (mark, line) in enumerate(zip(marks, lines, strict=True), 1):
        got = kinds.get(number)
        at = f"{mark} {line!r}: {got or why.get(number)}"
        if mark == "P":
            assert got in ("lead", "paragraph", "list", "quote"), at
        elif mark == "H":
            assert got == "heading", at
        elif mark == "C":
            assert got == "caption", at
        elif mark in ("J", "-"):
            assert got is None, at
