"""The text of a filter, as keys change it, and the chips that show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cells import cells
from tui.narrowing import added, dropped, either, fitted_chips, toggled


@pytest.mark.parametrize(
    ("text", "part", "after"),
    [
        ("", 'person:"A"', 'person:"A"'),
        ("lũ, ", 'person:"A"', 'lũ, person:"A"'),
        ('lũ, person:"A"', 'person:"A"', 'lũ, person:"A"'),
        ('lũ, -person:"A"', 'person:"A"', 'lũ, person:"A"'),
        ('person:"A", lũ', '-person:"A"', 'lũ, -person:"A"'),
    ],
)
def test_a_part_more(text: str, part: str, after: str) -> None:
    assert added(text, part) == after


def test_a_part_comes_and_goes() -> None:
    assert toggled("lũ", "-org:x") == "lũ, -org:x"
    assert toggled("lũ, -org:x", "-org:x") == "lũ"
    assert dropped("lũ", "bão") == "lũ"
    assert (
        toggled('(person:"A" OR person:"B" OR person:"C"), lũ', 'person:"B"')
        == '(person:"A" OR person:"C"), lũ'
    )
    assert toggled('(person:"A" OR person:"B"), lũ', 'person:"B"') == 'person:"A", lũ'
    assert toggled('person:"A" OR person:"B"', 'person:"A"') == 'person:"B"'
    assert toggled('(person:"A" OR person:"B"), lũ', '-person:"B"') == 'person:"A", lũ, -person:"B"'


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", 'person:"B"'),
        ("lũ", 'lũ, person:"B"'),
        ('lũ person:"A" is:unread', 'lũ (person:"A" OR person:"B") is:unread'),
        ('(person:"A" OR person:"C"), lũ', '(person:"A" OR person:"C" OR person:"B"), lũ'),
        ('-person:"A"', '-person:"A", person:"B"'),
        ('person:"B"', 'person:"B"'),
    ],
)
def test_one_or_the_other(text: str, after: str) -> None:
    assert either(text, 'person:"B"') == after


@given(st.lists(st.text(alphabet="abcơ ", min_size=1, max_size=60), max_size=9), st.integers(20, 200))
def test_chips_fit_the_width(labels: list[str], width: int) -> None:
    given_, more = fitted_chips(labels, width)
    assert len(given_) + more == len(labels)
    assert sum(cell + 4 for cell in given_) + (4 if more else 0) <= width
    assert all(1 <= cell <= cells(label) for cell, label in zip(given_, labels, strict=False))
    if not more and sum(cells(label) + 4 for label in labels) <= width:
        assert given_ == [cells(label) for label in labels]
