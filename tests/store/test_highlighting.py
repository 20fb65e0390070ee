"""Marking passages: letter by letter, one mark where two would overlap; notes and anchors go along."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, Highlight, Note, State
from store.changes import ANCHOR, Change, carry_over, difference, settle
from store.export import to_markdown, to_text
from store.highlighting import Passage, is_marked, mark, touching, trimmed, unmark
from store.query import parse

TEXTS = ("Một hai ba bốn năm sáu bảy tám chín mười.", "Đoạn thứ hai, ngắn.", "")
NOW = "2026-01-01T00:00:00Z"


def article(*marks: Highlight) -> Article:
    blocks = tuple(Block("paragraph", text, line) for line, text in enumerate(TEXTS))
    return Article("1", "Đầu đề", blocks=blocks, state=State(highlights=marks))


def after(one: Article, change: Change) -> Article:
    return replace(one, state=change.apply(one.state, NOW))


def marked(*passages: Passage) -> Article:
    one = article()
    for passage in passages:
        one = after(one, mark(one, [passage]))
    return one


def words(one: Article) -> list[str]:
    return [one.passage(mark) for mark in one.state.highlights]


@pytest.mark.parametrize(
    ("passages", "wanted"),
    [
        ([(0, 0, 7)], ["Một hai"]),
        ([(0, 3, 8)], ["hai"]),
        ([(0, 3, 4)], []),
        ([(0, 0, 7), (0, 4, 14)], ["Một hai ba bốn"]),
        ([(0, 4, 7), (0, 0, 14)], ["Một hai ba bốn"]),
        ([(0, 0, 3), (0, 11, 14), (0, 2, 12)], ["Một hai ba bốn"]),
        ([(0, 0, 4), (0, 4, 7)], ["Một", "hai"]),
        ([(0, 0, 3), (1, 0, 4)], ["Một", "Đoạn"]),
        ([(0, -5, 999)], [TEXTS[0]]),
        ([(7, 0, 3), (-2, 0, 3), (2, 0, 9)], []),
        ([(-1, 0, 3), (0, 0, 3)], ["Đầu", "Một"]),
        ([(-1, 0, 3), (-1, 2, 99)], ["Đầu đề"]),
    ],
)
def test_marks_by_letters(passages: list[Passage], wanted: list[str]) -> None:
    assert words(marked(*passages)) == wanted


@pytest.mark.parametrize(
    ("gone", "wanted"),
    [
        ((0, 0, 14), []),
        ((0, 0, 7), ["ba bốn"]),
        ((0, 4, 10), ["Một", "bốn"]),
        ((0, 20, 30), ["Một hai ba bốn"]),
        ((1, 0, 14), ["Một hai ba bốn"]),
    ],
)
def test_taking_a_mark_away(gone: Passage, wanted: list[str]) -> None:
    one = marked((0, 0, 14))
    assert words(after(one, unmark(one, [gone]))) == wanted


def test_what_is_marked() -> None:
    one = marked((0, 0, 7), (0, 8, 14))
    assert is_marked(one, [(0, 0, 7)])
    assert is_marked(one, [(0, 3, 8)])
    assert not is_marked(one, [(0, 0, 14)])  # the blank between is not
    assert not is_marked(one, [(0, 0, 7), (1, 0, 3)])
    assert not is_marked(one, [])
    assert not is_marked(one, [(1, 4, 5)])


def test_notes_go_along() -> None:
    one = after(article(), mark(article(), [(0, 0, 3)], " đầu "))
    one = after(one, mark(one, [(0, 8, 14)], "sau"))
    one = after(one, mark(one, [(0, 2, 9)]))
    assert [(mark.start, mark.end, mark.note) for mark in one.state.highlights] == [(0, 14, "đầu\nsau")]
    one = after(one, mark(one, [(0, 1, 2)], "mới"))
    assert [(mark.start, mark.end, mark.note) for mark in one.state.highlights] == [(0, 14, "mới")]
    one = after(one, unmark(one, [(0, 4, 7)]))
    assert [(one.passage(mark), mark.note) for mark in one.state.highlights] == [
        ("Một", "mới"),
        ("ba bốn", ""),
    ]
    assert one.state.remarks == ("mới",)


def test_a_note_on_several_blocks_stands_on_the_first() -> None:
    one = after(article(), mark(article(), [(0, 0, 3), (1, 0, 4)], "ghi"))
    assert [mark.note for mark in one.state.highlights] == ["ghi", ""]


PASSAGES = st.tuples(st.integers(-1, 3), st.integers(-3, 50), st.integers(-3, 50))


@given(st.lists(st.tuples(st.booleans(), PASSAGES), max_size=8))
@settings(max_examples=200, deadline=None)
def test_marks_are_sets_of_letters_and_each_step_can_be_undone(steps: list[tuple[bool, Passage]]) -> None:
    one, letters = article(), set[tuple[int, int]]()
    for on, passage in steps:
        change = (mark if on else unmark)(one, [passage])
        new = after(one, change)
        assert after(new, difference(new.state, one.state)).state == one.state
        for block, start, end in trimmed(one, [passage]):
            span = {(block, at) for at in range(start, end)}
            letters = letters | span if on else letters - span
        one = new
        found = [(m.block, at) for m in one.state.highlights for at in range(m.start, m.end)]
        assert len(found) == len(set(found)), "no letter is in two marks"
        # A mark never begins or ends with a blank.
        assert {at for at in letters if one.text_at(at[0])[at[1]] != " "} == {
            at for at in found if one.text_at(at[0])[at[1]] != " "
        }
        assert all(one.passage(m) == one.passage(m).strip() != "" for m in one.state.highlights)
        assert all(one.passage(m)[:ANCHOR] == m.head and one.passage(m)[-ANCHOR:] == m.tail
                   for m in one.state.highlights)  # fmt: skip


def test_touching_is_in_the_order_of_the_text() -> None:
    one = marked((1, 0, 4), (0, 8, 10), (0, 0, 3))
    assert [one.passage(m) for m in touching(one, [(0, 0, 20), (1, 0, 2)])] == ["Một", "ba", "Đoạn"]


# -- a new text


def test_marks_and_their_notes_move_with_their_words() -> None:
    old = after(article(), mark(article(), [(0, 4, 14)], "ghi"))
    new = replace(old, blocks=(Block("paragraph", "Mới."), Block("paragraph", "Xin chào. " + TEXTS[0])))
    state = carry_over(old, new, NOW)
    assert [(m.block, new.passage(m), m.note) for m in state.highlights] == [(1, "hai ba bốn", "ghi")]
    assert settle(replace(new, state=old.state), NOW).highlights == state.highlights


def test_a_mark_whose_words_are_gone_becomes_a_note_with_what_was_noted_on_it() -> None:
    old = after(article(), mark(article(), [(0, 4, 14)], "ghi"))
    state = carry_over(old, replace(old, blocks=(Block("paragraph", "Khác."),)), NOW)
    assert state.highlights == ()
    assert state.notes == (Note("hai ba bốn\nghi", NOW),)


def test_marks_that_come_to_overlap_are_one() -> None:
    old = replace(article(), blocks=(Block("paragraph", "Lời nói. Xen giữa. Lời nói."),))
    old = after(old, mark(old, [(0, 0, 7)], "một"))
    old = after(old, mark(old, [(0, 19, 26)], "hai"))
    new = replace(old, blocks=(Block("paragraph", "Chỉ một Lời nói."),))
    assert [(new.passage(m), m.note) for m in carry_over(old, new, NOW).highlights] == [
        ("Lời nói", "một\nhai")
    ]


def test_a_longer_passage_that_changed_inside_is_anchored_anew() -> None:
    text = "Câu đầu của một đoạn khá dài để thử. " + "Giữa. " * 9 + "Câu cuối của đoạn khá dài để thử."
    old = replace(article(), blocks=(Block("paragraph", text),))
    old = after(old, mark(old, [(0, 0, len(text))]))
    new = replace(old, blocks=(Block("paragraph", text.replace("Giữa. ", "", 4)),))
    (moved,) = carry_over(old, new, NOW).highlights
    assert new.passage(moved) == new.blocks[0].text
    assert moved.tail == new.blocks[0].text[-ANCHOR:]


def test_a_mark_on_the_headline_moves_with_its_words() -> None:
    old = after(article(), mark(article(), [(-1, 0, 3)], "ghi"))
    longer = replace(old, title="Một cái: Đầu đề")
    (moved,) = carry_over(old, longer, NOW).highlights
    assert (moved.block, longer.passage(moved), moved.note) == (-1, "Đầu", "ghi")
    gone = carry_over(old, replace(old, title="Khác"), NOW)
    assert (gone.highlights, gone.notes) == ((), (Note("Đầu\nghi", NOW),))


def test_a_passage_of_the_text_does_not_move_to_a_headline_of_the_same_words() -> None:
    old = replace(article(), title="Lời nói", blocks=(Block("paragraph", "Lời nói."),))
    old = after(old, mark(old, [(0, 0, 7)]))
    new = replace(old, blocks=(Block("paragraph", "Trước."), Block("paragraph", "Sau. Lời nói.")))
    assert [one.block for one in carry_over(old, new, NOW).highlights] == [1]


# -- found and exported


def test_filters_find_what_is_marked_and_noted() -> None:
    one = after(article(), mark(article(), [(0, 0, 3)]))
    noted = after(article(), mark(article(), [(0, 0, 3)], "đáng nhớ"))
    for query, wanted in {
        "has:highlight": (False, True, True),
        "has:note": (False, False, True),
        "is:noted": (False, False, True),
        "note:dang nho": (False, False, True),
    }.items():
        assert tuple(parse(query).matches(each) for each in (article(), one, noted)) == wanted, query


def test_exports_hold_what_is_marked_and_noted() -> None:
    one = after(article(), mark(article(), [(0, 0, 7)], "# ghi *rõ*"))
    one = after(one, mark(one, [(1, 0, 4)]))
    one = replace(one, state=replace(one.state, notes=(Note("chung", NOW),)))
    markdown = to_markdown(one, notes_heading="Ghi chú").partition("## Ghi chú")[2]
    assert markdown == "\n\n- 2026-01-01 07:00: chung\n\n> Một hai\n\n\\# ghi \\*rõ\\*\n\n> Đoạn\n"
    assert to_text(one).endswith("Notes\n\n2026-01-01 07:00: chung\n\n“Một hai”\n# ghi *rõ*\n\n“Đoạn”\n")
