"""The same story printed twice is found; two articles of one topic are not."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from store.matching import stream
from store.similar import LEAST, SAME, SAMPLE, Sample, differing, likeness, sample, shingles

WORDS = (
    "mưa lũ sông đường xã huyện tỉnh người dân nhà trường lúa vườn chợ cầu bến trưa chiều tối sáng".split()
)


def told(seed: int, size: int = 120) -> str:
    source = random.Random(seed)
    return " ".join(source.choice(WORDS) + str(source.randrange(40)) for _ in range(size))


def like(one: list[str], other: list[str]) -> float:
    return likeness(sampled(*one), sampled(*other))


def sampled(*blocks: str) -> Sample:
    return sample(shingles(stream(blocks)))


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
    assert sampled(told(1, LEAST)).sketch == ()
    assert sampled(told(1, 2 * LEAST)).sketch != ()


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), cut=st.integers(0, 30))
def test_twins_are_found_by_their_sketches(seed: int, cut: int) -> None:
    whole = sampled(told(seed, 150))
    part = sampled(" ".join(told(seed, 150).split()[cut:]))
    assert set(whole.sketch) & set(part.sketch)
    assert not set(whole.sketch) & set(sampled(told(seed + 1, 150)).sketch)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), cut=st.integers(0, 60))
def test_samples_tell_about_what_the_texts_share(seed: int, cut: int) -> None:
    """A text without its beginning, and with as much of another behind it."""
    one, two = told(seed, 400).split(), told(seed + 1, 400).split()
    first, second = " ".join(one), " ".join([*one[5 * cut :], *two[: 5 * cut]])
    shared = len(shingles(stream([first])) & shingles(stream([second])))
    share = shared / len(shingles(stream([first])) | shingles(stream([second])))
    assert abs(like([first], [second]) - share) < 0.3


@given(st.frozensets(st.integers(0, (1 << 32) - 1), max_size=400))
def test_a_sample_is_of_the_smallest_hashes(marks: frozenset[int]) -> None:
    assert sample(marks) == Sample(len(marks), tuple(sorted(marks)[:SAMPLE]))
