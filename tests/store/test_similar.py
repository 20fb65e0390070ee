"""The same story printed twice is found; two articles of one topic are not."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from store.matching import stream
from store.similar import LEAST, SAME, differing, likeness, shingles, sketch

WORDS = (
    "mưa lũ sông đường xã huyện tỉnh người dân nhà trường lúa vườn chợ cầu bến trưa chiều tối sáng".split()
)


def told(seed: int, size: int = 120) -> str:
    source = random.Random(seed)
    return " ".join(source.choice(WORDS) + str(source.randrange(40)) for _ in range(size))


def like(one: list[str], other: list[str]) -> float:
    return likeness(shingles(stream(one)), shingles(stream(other)))


def test_capitals_and_breaks_don_t_part_one_story() -> None:
    assert like([told(1), told(2)], [told(1).upper(), told(2)]) == 1.0
    assert differing([told(1), told(2)], [stream([told(1).upper(), "Ảnh khác", told(2)])]) == []


def test_the_beginning_of_a_story_is_the_story() -> None:
    assert like([told(1)], [told(1), told(2), told(3)]) >= SAME
    assert differing([told(1), told(2), told(3)], [stream([told(1)])]) == [1, 2]


def test_a_notice_in_a_round_up_is_no_other_printing_of_it() -> None:
    assert like([told(1)], [told(number) for number in range(1, 6)]) < SAME


def test_two_stories_are_two() -> None:
    assert like([told(1), told(2)], [told(4)]) == 0.0
    assert like([told(1), told(2)], [told(3), told(2)]) < SAME
    assert differing([told(1), told(2)], [stream([told(3), told(2)])]) == [0]


def test_what_one_of_several_papers_has_is_no_difference() -> None:
    assert differing([told(1), told(2), told(3)], [stream([told(1)]), stream([told(3)])]) == [1]
    assert differing([told(1), told(2)], []) == [0, 1]


def test_a_changed_word_in_a_paragraph_does_not_make_it_another() -> None:
    words = told(1).split()
    changed = " ".join([*words[:60], "khác", *words[61:]])

    assert differing([changed], [stream([told(1)])]) == []
    assert differing(["ngắn quá", "…", "Ngắn"], [stream([told(1), "ngắn"])]) == [0]


def test_a_notice_of_one_line_is_like_nothing() -> None:
    assert sketch(shingles(stream([told(1, LEAST)]))) == ()
    assert sketch(shingles(stream([told(1, 2 * LEAST)]))) != ()


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), cut=st.integers(0, 30))
def test_twins_are_found_by_their_sketches(seed: int, cut: int) -> None:
    whole = shingles(stream([told(seed, 150)]))
    part = shingles(stream([" ".join(told(seed, 150).split()[cut:])]))
    assert set(sketch(whole)) & set(sketch(part))
    assert not set(sketch(whole)) & set(sketch(shingles(stream([told(seed + 1, 150)]))))
