"""Pages of laid-out text: nothing skipped, always on, sentences and short paragraphs not cut without need."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.sentences import ends
from tui.layout import Layout, Part, Place
from tui.paging import next_page, page_before

KINDS = st.sampled_from(
    ["title", "facts", "rule", "lead", "paragraph", "heading", "quote", "list", "caption"]
)
SENTENCES = st.lists(
    st.builds(
        lambda n, end: " ".join(["Tiếng"] + ["việt"] * n) + end, st.integers(0, 40), st.sampled_from(".!?…")
    ),
    max_size=12,
).map(" ".join)
PARTS = st.lists(st.builds(Part, KINDS, SENTENCES), min_size=1, max_size=8)
HEIGHTS = st.integers(1, 40)
WIDTHS = st.integers(20, 90)


def pages(layout: Layout, height: int) -> list[int]:
    """The tops of all pages from the beginning."""
    tops = [0]
    while (top := next_page(layout, tops[-1], height)) != tops[-1]:
        tops.append(top)
    return tops


@given(PARTS, WIDTHS, HEIGHTS)
@settings(max_examples=150, deadline=None)
def test_every_line_is_on_some_page_and_each_page_goes_on(parts: list[Part], width: int, height: int) -> None:
    layout = Layout(parts, width)
    tops = pages(layout, height)
    assert tops == sorted(set(tops))
    seen = {line for top in tops for line in range(top, top + height)}
    assert not [n for n, line in enumerate(layout.lines) if line.part >= 0 and n not in seen]


@given(PARTS, WIDTHS, HEIGHTS)
@settings(max_examples=100, deadline=None)
def test_a_page_back_skips_nothing_and_goes_back(parts: list[Part], width: int, height: int) -> None:
    layout = Layout(parts, width)
    for top in range(len(layout)):
        before = page_before(layout, top, height)
        assert max(0, top - height) <= before < max(1, top)
        after = next_page(layout, before, height)
        assert after <= max(top + 1, before + height + 1)


@given(PARTS, WIDTHS, HEIGHTS)
@settings(max_examples=100, deadline=None)
def test_no_sentence_is_cut_that_another_page_could_hold(parts: list[Part], width: int, height: int) -> None:
    layout = Layout(parts, width)
    tops = pages(layout, height)
    for before, top in pairwise(tops):
        line = layout.lines[top]
        text = layout.parts[line.part].text
        begins = [0, *(after for _, after in ends(text))]
        begun = max(at for at in begins if at <= max(line.start, 0))
        if not any(line.start <= at < max(line.end, 1) for at in begins):
            # Only the rest of a sentence that began at the top of the page before, or above it.
            assert layout.line_of(Place(line.part, begun)) <= before


def paragraph(*sentences: int) -> Part:
    """A paragraph of sentences of so many lines, ten cells wide, each on lines of its own."""
    return Part("paragraph", " ".join("Abcdefghi " * (n - 1) + "Abcdefghi." for n in sentences))


@pytest.mark.parametrize(
    ("parts", "height", "tops"),
    [
        ([paragraph(3)], 5, [0]),
        ([paragraph(3)], 3, [0]),
        # A short paragraph begins whole.
        ([paragraph(3), paragraph(3)], 5, [0, 4]),
        # A long one at the sentence that was cut, or that comes next.
        ([paragraph(3, 3, 3, 3)], 5, [0, 3, 6, 9]),
        ([paragraph(3, 3, 3, 3)], 6, [0, 6]),
        # A sentence longer than the page is cut at its last line.
        ([paragraph(9, 2)], 4, [0, 4, 8]),
        # A heading stands with what it heads.
        ([paragraph(3), Part("heading", "Abc"), paragraph(2)], 5, [0, 4]),
        # One that fits on a page, but stands on most of this one already: at its sentence.
        ([Part("title", "Abc"), paragraph(2, 2, 2)], 5, [0, 4]),
        ([Part("title", "Abc"), paragraph(2, 2, 2)], 7, [0, 6]),
    ],
)
def test_pages(parts: list[Part], height: int, tops: list[int]) -> None:
    assert pages(Layout(parts, 12), height) == tops


def test_no_blank_line_begins_a_page() -> None:
    layout = Layout([paragraph(3), paragraph(3)], 12)
    assert next_page(layout, 0, 3) == 4


def test_back_from_the_second_page_is_the_beginning() -> None:
    layout = Layout([paragraph(3, 3, 3, 3)], 12)
    assert page_before(layout, 3, 5) == 0


def test_back_begins_at_a_sentence() -> None:
    layout = Layout([paragraph(3, 3, 3, 3)], 12)
    assert page_before(layout, 9, 5) == 6
