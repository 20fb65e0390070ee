"""Articles that tell the same are one story in the index, whatever was done to it before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_samples import fill

from store.article import Article, Block, State
from store.index.index import Index
from store.query import ALL, parse

WORDS = [
    f"{word}{number}" for word in "mưa lũ sông xã huyện dân lúa chợ cầu bến".split() for number in range(50)
]


def told(story: int, cut: int = 0, *, more: int = 0) -> tuple[Block, ...]:
    """The text of a story, some words cut from its beginning, another paragraph behind it."""
    source = random.Random(story)
    words = [source.choice(WORDS) for _ in range(120)]
    other = random.Random(1000 * story + more)
    last = " ".join(other.choice(WORDS) for _ in range(30)) if more else "Hết."
    return Block("paragraph", " ".join(words[cut:])), Block("paragraph", last)


def article(number: int, story: int, cut: int = 0, **rest: object) -> Article:
    return Article(
        f"3f9c{number:09x}",
        f"bài {number}",
        blocks=told(story, cut, more=number),
        **rest,  # type: ignore[arg-type]
    )


def id_of(*numbers: int) -> list[str]:
    return [f"3f9c{number:09x}" for number in numbers]


def stories(index: Index, among: range = range(20)) -> set[frozenset[int]]:
    """The numbers of the articles in the index, story by story."""
    found = {}
    for number in among:
        ids = index.select(parse(f"same:{id_of(number)[0]}, (is:read OR is:unread OR is:removed)")).ids()
        found[number] = frozenset(int(id[4:], 16) for id in ids)
    return {members for members in found.values() if members}


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index.open(None) as opened:
        yield opened


@pytest.fixture
def five(index: Index) -> Index:
    """Three papers that print one text, and two articles of their own."""
    fill(
        index,
        0,
        1,
        1,
        [
            article(1, 1, published="2023-03-12", source="Báo A"),
            article(2, 2, published="2023-03-13"),
            article(3, 1, 10, published="2023-03-14", source="Báo B"),
            article(4, 3, published="2023-03-15"),
            article(5, 1, 5, published="2023-03-11", source="Báo C"),
        ],
    )
    return index


def test_same_finds_who_else_printed_it(five: Index) -> None:
    for number in (1, 3, 5):
        assert five.select(parse(f"same:{id_of(number)[0]}")).ids() == id_of(3, 1, 5)
    assert five.select(parse(f"giống:{id_of(2)[0]}, sort:-date")).ids() == id_of(2)
    assert five.select(parse(f"-same:{id_of(5)[0]}")).ids() == id_of(4, 2)


def test_a_story_takes_one_line_that_says_how_many_more(five: Index) -> None:
    rows = five.select(ALL, unfolded=())
    assert [(row.id, row.more, row.folded) for row in rows] == [
        (*id_of(4), 0, False), (*id_of(3), 2, True), (*id_of(2), 0, False),
    ]  # fmt: skip
    assert (len(rows), rows.repeated, rows.total) == (3, 2, 5)


def test_the_best_by_the_order_stands_for_all(five: Index) -> None:
    rows = five.select(parse("sort:-date"), unfolded=())
    assert [row.id for row in rows] == id_of(5, 2, 4)
    rows = five.select(parse("source:Báo"), unfolded=())
    assert [(row.id, row.more) for row in rows] == [(*id_of(3), 2)]


def test_no_article_of_a_folded_story_is_lost(five: Index) -> None:
    rows = five.select(ALL, unfolded=())
    assert rows.ids() == id_of(4, 3, 1, 5, 2)
    assert [rows.place(id) for id in id_of(1, 2, 3, 4, 5)] == [1, 2, 1, 0, 1]


def test_an_unfolded_story_stands_below_its_first(five: Index) -> None:
    rows = five.select(ALL, unfolded=id_of(5))
    assert [(row.id, row.more, row.folded, row.below) for row in rows] == [
        (*id_of(4), 0, False, False),
        (*id_of(3), 2, False, False),
        (*id_of(1), 0, False, True),
        (*id_of(5), 0, False, True),
        (*id_of(2), 0, False, False),
    ]
    assert (rows.repeated, rows.ids()) == (0, id_of(4, 3, 1, 5, 2))
    assert rows.place(*id_of(5)) == 3


def test_what_does_not_answer_is_not_counted(five: Index) -> None:
    rows = five.select(parse('source:"Báo A" OR source:"Báo C"'), unfolded=())
    assert [(row.id, row.more) for row in rows] == [(*id_of(1), 1)]
    five.set_states(0, 2, dict.fromkeys(id_of(5), State(removed="2026-11-22T04:12:00Z")))
    assert [(row.id, row.more) for row in five.select(parse("source:Báo"), unfolded=())] == [(*id_of(3), 1)]


def test_asking_for_one_story_lists_each_of_it(five: Index) -> None:
    rows = five.select(parse(f"same:{id_of(1)[0]}"), unfolded=())
    assert [row.id for row in rows] == id_of(3, 1, 5)


def test_when_the_first_goes_the_others_stay_together(five: Index) -> None:
    five.drop(id_of(1))
    assert stories(five, range(1, 6)) == {frozenset({3, 5}), frozenset({2}), frozenset({4})}
    five.add(0, 2, 2, [article(6, 1)])
    assert frozenset({3, 5, 6}) in stories(five, range(1, 7))


def test_a_new_text_leaves_its_story(five: Index) -> None:
    five.add(0, 2, 2, [replace(article(1, 9), published="2023-03-12")])
    assert stories(five, range(1, 6)) == {frozenset({1}), frozenset({3, 5}), frozenset({2}), frozenset({4})}
    five.add(0, 3, 3, [article(4, 1)])
    assert frozenset({3, 4, 5}) in stories(five, range(1, 6))


def test_set_phrases_make_no_story(index: Index) -> None:
    """A sentence that stands below each article of a paper is in the sketch of many of them."""
    phrase = Block("paragraph", " ".join(WORDS[:40]))
    many = [article(number, 100 + number) for number in range(150)]
    fill(index, 0, 1, 1, [replace(one, blocks=(*one.blocks, phrase)) for one in many])
    rows = index.select(ALL, unfolded=())
    assert len(rows) == 150
    index.add(0, 2, 2, [replace(article(200, 107), blocks=(*told(107), phrase))])
    assert index.select(parse(f"same:{id_of(200)[0]}")).ids() == id_of(7, 200)
    fill(index, 0, 1, 1, [])
    for table in ("stories", "sketches"):
        sql = f"SELECT count(*) FROM {table}"
        assert index.look(lambda connection, sql=sql: connection.execute(sql).fetchone()) == (0,)


changes = st.lists(
    st.tuples(st.integers(0, 7), st.none() | st.tuples(st.integers(0, 2), st.integers(0, 20))), max_size=14
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes)
def test_stories_are_those_of_an_index_made_anew(
    index: Index, changes: list[tuple[int, tuple[int, int] | None]]
) -> None:
    """Whatever articles came, changed and went: their stories are those of what is there."""
    fill(index, 0, 1, 1, [])
    there: dict[int, Article] = {}
    for number, text in changes:
        if text is None:
            there.pop(number, None)
            index.drop(id_of(number))
        else:
            there[number] = article(number, *text)
            index.add(0, 1, 1, [there[number]])
    with Index.open(None) as fresh:
        fill(fresh, 0, 1, 1, there.values())
        assert stories(index, range(8)) == stories(fresh, range(8))
