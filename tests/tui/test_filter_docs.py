"""docs/filters.md against the language."""

import re
from pathlib import Path

import pytest

from store import query_words
from store.query import parse

DOC = (Path(__file__).parents[2] / "docs" / "filters.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+):` \| (.*)$", DOC, flags=re.MULTILINE))


def test_every_field_is_documented_with_its_vietnamese_name() -> None:
    assert set(ROWS) == {*query_words.WORD_FIELDS, *query_words.VALUE_FIELDS}
    for field, row in ROWS.items():
        [vietnamese] = re.findall(r"^`(\w+):`", row)
        assert query_words.known(query_words.FIELD_NAMES, vietnamese) == field


@pytest.mark.parametrize(
    ("field", "names"),
    [("is", query_words.STATE_NAMES), ("has", query_words.PART_NAMES), ("sort", query_words.SORT_NAMES)],
)
def test_every_value_is_documented(field: str, names: dict[str, str]) -> None:
    shown = {query_words.known(names, word) for word in re.findall(r"`(\w+)`", ROWS[field])} - {None}
    assert shown == {name for name in names.values() if not name.startswith("-")}


EXAMPLES = re.findall(r"^\| `([^`:]+)` ", DOC.partition("| field |")[0], flags=re.MULTILINE)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_can_be_read(text: str) -> None:
    assert str(parse(text))
    assert len(EXAMPLES) > 5
