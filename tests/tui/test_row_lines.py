"""Which line shows what: every line one thing, every row all its lines, whatever the groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.row_lines import HEADING, RowLines, Spot


@st.composite
def lists(draw: st.DrawFn) -> RowLines:
    rows = draw(st.integers(1, 60))
    starts = sorted({0, *draw(st.lists(st.integers(0, rows - 1), max_size=20))})
    return RowLines(rows, draw(st.sampled_from([1, 2])), starts if draw(st.booleans()) else [])


@given(lists())
def test_the_lines_are_the_rows_in_order_with_a_heading_before_each_group(lines: RowLines) -> None:
    wanted = [
        Spot(row, part)
        for row in range(lines.rows)
        for part in ([HEADING] if row in lines.starts else []) + list(range(lines.height))
    ]
    assert [lines.at(line) for line in range(len(lines))] == wanted
    for row in range(lines.rows):
        assert lines.at(lines.top(row)) == (row, 0)
        assert lines.top(row) - lines.with_heading(row) == (1 if lines.starts else 0)
    assert lines.at(len(lines)).row >= lines.rows


@given(lists(), st.integers(0, 59), st.integers(1, 30))
def test_a_page_down_passes_over_nothing_that_was_not_in_sight(lines: RowLines, row: int, page: int) -> None:
    row = min(row, lines.rows - 1)
    there = lines.paged(row, page)
    assert there > row
    assert there == row + 1 or lines.with_heading(min(there, lines.rows - 1)) <= lines.top(row) + page
    assert lines.paged(row, -page) < row


@pytest.mark.parametrize(("row", "group"), [(0, 0), (1, 0), (2, 1), (9, 1)])
def test_the_group_of_a_row(row: int, group: int) -> None:
    assert RowLines(10, 1, [0, 2]).group(row) == group


def test_without_groups_no_row_has_one() -> None:
    assert RowLines(10, 1).group(3) is None
    assert RowLines(0, 2).at(3) == (1, 1)
