"""The caret in laid-out text: where motions lead, and what is copied."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.caret import (
    MOTIONS,
    Caret,
    column_of,
    count_letters,
    move,
    move_lines,
    next_letter,
    place_near,
    previous_letter,
    selected_text,
    start,
)
from tui.cells import cells
from tui.layout import FACTS, Layout, Part, Place

ALPHABET = "ab ạ\u0301đ漢語 .,\n-ẵX"
TEXTS = st.text(ALPHABET, min_size=0, max_size=40)
KINDS = st.sampled_from(["paragraph", "heading", "list", "caption", "rule"])
PARTS = st.lists(st.builds(Part, KINDS, TEXTS, st.integers(0, 5)), max_size=5)


def laid(width: int, *texts: str) -> Layout:
    return Layout([Part("paragraph", text, number) for number, text in enumerate(texts)], width)


def after(layout: Layout, caret: Caret, *motions: str) -> Caret:
    for motion in motions:
        caret = move(layout, caret, motion)
    return caret


HERE = Place(0, 0)


@pytest.mark.parametrize(
    ("motions", "place"),
    [
        (["right"], Place(0, 1)),
        (["right"] * 4, Place(0, 4)),  # behind the last letter of the first line
        (["right"] * 5, Place(0, 5)),  # the blank at the break is passed
        (["right", "left"], Place(0, 0)),
        (["left"], Place(0, 0)),
        (["end"], Place(0, 4)),
        (["end", "end"], Place(0, 4)),
        (["end", "right", "left"], Place(0, 4)),
        (["word"], Place(0, 5)),
        (["word", "word"], Place(0, 10)),
        (["word"] * 3, Place(1, 0)),
        (["bottom"], Place(1, 5)),
        (["bottom", "back_word"], Place(1, 3)),
        (["bottom"] + ["back_word"] * 3, Place(0, 10)),
        (["bottom", "top"], Place(0, 0)),
        (["bottom", "home"], Place(1, 0)),
        (["bottom", "word"], Place(1, 5)),
        (["back_word"], Place(0, 0)),
    ],
)
def test_motions(motions: list[str], place: Place) -> None:
    layout = laid(5, "Một, hai, ba", "x. yz")  # three lines, and one
    assert after(layout, Caret(HERE), *motions).at == place


def test_up_and_down_keep_the_column_over_short_lines() -> None:
    layout = laid(20, "mười chữ ở đây", "ba", "lại mười chữ nữa")
    caret = Caret(Place(0, 9))
    down = move_lines(layout, caret, 1)
    assert down.at == Place(1, 2)
    assert move_lines(layout, down, 1).at == Place(2, 9)
    assert move_lines(layout, down, -1).at == Place(0, 9)
    assert move_lines(layout, caret, 50).at == Place(2, 9)


def test_down_passes_rules_and_blank_lines() -> None:
    layout = Layout([Part("title", "A", -1), Part("rule", ""), Part("paragraph", "b", 0)], 20)
    assert move_lines(layout, Caret(HERE), 1).at == Place(2, 0)


def test_a_letter_is_a_character_with_its_marks() -> None:
    layout = laid(20, "a\u0301\u0323b")
    caret = move(layout, Caret(HERE), "right")
    assert caret.at == Place(0, 3)
    assert move(layout, caret, "left").at == HERE
    assert count_letters("a\u0301\u0323b\n\nc") == 3


def test_wide_letters_are_one_step_and_two_cells() -> None:
    layout = laid(20, "漢語x")
    caret = move(layout, Caret(HERE), "right")
    assert caret.at == Place(0, 1)
    assert column_of(layout, caret.at) == 2
    assert place_near(layout, 0, 3) == Place(0, 1)


def test_a_word_longer_than_the_line_is_walked_through() -> None:
    layout = laid(4, "abcdefgh")
    end = move(layout, Caret(HERE), "end")
    assert end.at == Place(0, 3)  # behind it is the next line
    assert after(layout, end, "right").at == Place(0, 4)
    assert after(layout, end, "right", "end").at == Place(0, 8)


def test_what_is_copied_is_the_text_as_it_was_written() -> None:
    text = "Một câu dài hơn một dòng, thế thôi."
    parts = [
        Part("title", "Đầu đề", -1),
        Part("facts", "Báo\u00a0· hôm nay", FACTS),
        Part("rule", ""),
        Part("paragraph", text, 0),
        Part("paragraph", "Hết.", 1),
    ]
    assert selected_text(parts, Caret(Place(4, 4), HERE)) == f"Đầu đề\n\nBáo · hôm nay\n\n{text}\n\nHết."
    assert selected_text(parts, Caret(Place(3, 4), Place(3, 8))) == "câu"
    assert selected_text(parts, Caret(Place(3, 8), Place(3, 4))) == "câu"
    assert selected_text(parts, Caret(Place(4, 0), Place(3, 0))) == text
    assert selected_text(parts, Caret(Place(3, 8))) == ""


@given(st.text("a\u0301\u0323đ 漢", max_size=20), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_letters_forth_and_back(text: str, offset: int) -> None:
    if offset < len(text):
        assert offset < next_letter(text, offset) <= len(text)
    stops = [0]
    while stops[-1] < len(text):
        stops.append(next_letter(text, stops[-1]))
    assert all(previous_letter(text, b) == a for a, b in pairwise(stops) if a or b)


@given(PARTS, st.integers(3, 24), st.lists(st.sampled_from([*MOTIONS, "down", "up"]), max_size=25))
@settings(max_examples=120, deadline=None)
def test_the_caret_always_stands_on_a_line(parts: list[Part], width: int, motions: list[str]) -> None:
    layout = Layout(parts, width)
    at = start(layout, 0)
    if at is None:
        assert all(not part.text for part in parts)
        return
    caret = Caret(at, at)
    for motion in motions:
        before = caret
        caret = (
            move_lines(layout, caret, 1 if motion == "down" else -1)
            if motion in ("down", "up")
            else move(layout, caret, motion)
        )
        number = layout.line_of(caret.at)
        line = layout.lines[number]
        assert line.part == caret.at.part
        assert line.start <= caret.at.offset <= line.end
        assert 0 <= column_of(layout, caret.at) <= width + cells(layout.prefix(number))
        if motion in ("right", "word"):
            assert (caret.at.part, caret.at.offset) >= (before.at.part, before.at.offset)
        if motion in ("left", "back_word"):
            assert (caret.at.part, caret.at.offset) <= (before.at.part, before.at.offset)


@given(PARTS, st.integers(3, 24))
@settings(max_examples=80, deadline=None)
def test_right_visits_every_letter_that_is_drawn_and_left_comes_back(parts: list[Part], width: int) -> None:
    layout = Layout(parts, width)
    at = start(layout, 0)
    if at is None:
        return
    caret, visited = Caret(at), [at]
    while (then := move(layout, caret, "right")).at != caret.at:
        caret = then
        visited.append(caret.at)
    drawn = {
        Place(line.part, offset)
        for line in layout.lines
        if line.part >= 0
        for offset in range(line.start, line.end)
        if not 0x300 <= ord(layout.parts[line.part].text[offset]) < 0x370 or offset == line.start
    }
    assert drawn <= set(visited)
    back = [caret.at]
    while (then := move(layout, caret, "left")).at != caret.at:
        caret = then
        back.append(caret.at)
    assert back == visited[::-1]


@given(PARTS, st.integers(3, 24), st.integers(3, 24))
@settings(max_examples=60, deadline=None)
def test_all_selected_is_all_of_the_text_at_any_width(parts: list[Part], width: int, other: int) -> None:
    layout = Layout(parts, width)
    at = start(layout, 0)
    if at is None:
        return
    caret = move(layout, Caret(move(layout, Caret(at), "top").at, at), "bottom")
    text = selected_text(parts, caret)
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(part.text for part in parts))
    assert move(Layout(parts, other), caret, "bottom").at.part == caret.at.part
    assert selected_text(parts, caret) == text
