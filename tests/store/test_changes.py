"""Changes as values: applied, taken back, and carried over to a new text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, Highlight, Note, Position, State
from store.changes import Change, Stopped, Watch, carry_over, change_states, difference

NOW = "2026-11-22T04:12:00Z"

words = st.sampled_from(["a", "b", "đọc sau", "B"])
times = st.sampled_from(["2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"])
notes = st.builds(Note, words, times)
marks = st.builds(Highlight, st.integers(0, 2), st.integers(0, 3), st.integers(4, 6))
positions = st.builds(Position, st.integers(0, 3), st.integers(0, 9))


def some(values):  # type: ignore[no-untyped-def]
    return st.lists(values, max_size=3).map(tuple)


states = st.builds(
    State,
    st.booleans(),
    st.booleans(),
    st.none() | times,
    st.sets(words).map(lambda tags: tuple(sorted(tags))),
    some(notes).map(lambda notes: tuple(sorted(notes, key=lambda note: note.made))),
    st.sets(marks).map(lambda marks: tuple(sorted(marks, key=lambda m: (m.block, m.start, m.end)))),
    st.none() | positions,
)
maybe = st.none() | st.booleans()
changes = st.builds(
    Change, maybe, maybe, maybe | times, some(words), some(words), some(notes), some(notes),
    some(marks), some(marks), st.none() | positions, st.booleans(),
)  # fmt: skip


def as_sets(state: State) -> State:
    """Notes made in the same second have no order of their own."""
    return replace(state, notes=tuple(sorted(state.notes, key=lambda note: (note.made, note.text))))


@settings(max_examples=200)
@given(states, changes)
def test_the_difference_takes_a_change_back(before: State, change: Change) -> None:
    after = change.apply(before, NOW)
    assert as_sets(difference(after, before).apply(after, "later")) == as_sets(before)
    assert as_sets(difference(before, after).apply(before, "later")) == as_sets(after)


def test_a_change_that_is_stopped_gives_no_inverse_and_tells_how_far_it_is() -> None:
    states = {(volume, id): State() for volume in (1, 2, 3) for id in "ab"}
    told: list[tuple[int, int]] = []
    written: dict[int, Mapping[str, State]] = {}

    def read(volume: int, ids: Sequence[str]) -> dict[str, State]:
        return {id: states[volume, id] for id in ids}

    def change(stop_after: int) -> Change:
        told.clear()
        written.clear()
        watch = Watch(lambda done, of: told.append((done, of)), lambda: len(told) >= stop_after)
        volumes, star = {volume: ["a", "b"] for volume in (1, 2, 3)}, Change(starred=True)
        return change_states(volumes, star, NOW, read, written.__setitem__, watch=watch)

    for stop_after in (0, 1, 2):
        with pytest.raises(Stopped):
            change(stop_after)
        assert told == [(2, 6), (4, 6)][:stop_after]
    states[2, "a"] = states[2, "b"] = states[3, "b"] = State(starred=True)
    assert change(3).ids == ("a", "b", "a")
    assert written == {1: {"a": State(starred=True), "b": State(starred=True)}, 3: {"a": State(starred=True)}}


@given(states)
def test_no_change_changes_nothing(state: State) -> None:
    assert Change().apply(state, NOW) == state
    assert difference(state, state) == Change()


@given(states, changes)
def test_twice_is_once_for_all_but_notes(state: State, change: Change) -> None:
    change = replace(change, add_notes=(), drop_notes=())
    once = change.apply(state, NOW)
    assert change.apply(once, "later") == once


def test_the_trash_knows_when() -> None:
    state = Change(removed=True).apply(State(), NOW)
    assert state.removed == NOW
    assert Change(removed=True).apply(state, "later").removed == NOW
    restored = Change(removed=False).apply(state, "later")
    assert restored == State()
    assert difference(restored, state).apply(restored, "later").removed == NOW


def test_taking_back_leaves_what_came_between() -> None:
    before = State(tags=("a",))
    after = Change(read=True, add_tags=("b",)).apply(before, NOW)
    between = Change(starred=True, add_tags=("c",)).apply(after, NOW)
    assert difference(after, before).apply(between, NOW) == State(starred=True, tags=("a", "c"))


# -- a new text ----------------------------------------------------------------------------------


def article(*texts: str, state: State = State()) -> Article:  # noqa: B008
    return Article("1", "Tít", blocks=tuple(Block("paragraph", text) for text in texts), state=state)


def test_what_is_marked_moves_with_its_words() -> None:
    old = article("Một hai ba.", "Bốn năm sáu.", state=State(
        highlights=(Highlight(1, 4, 7, "năm", "năm"),), position=Position(1, 4)))  # fmt: skip
    state = carry_over(old, article("Mới.", "Một hai ba.", "Và bốn. Bốn năm sáu."), NOW)
    assert state.highlights == (Highlight(2, 12, 15, "năm", "năm"),)
    assert state.notes == ()


def test_of_two_places_the_nearest() -> None:
    old = article("ba", "một ba hai ba", state=State(highlights=(Highlight(1, 11, 13, "ba", "ba"),)))
    state = carry_over(old, article("ba", "ba hai ba"), NOW)
    assert state.highlights[0].block == 1
    assert state.highlights[0].start == 7


def test_a_long_passage_changed_inside_is_found_by_its_ends() -> None:
    head, tail = "a" * 20 + "đầu" + "b" * 20, "c" * 20 + "cuối" + "d" * 20
    passage = f"{head} giữa {tail}"
    mark = Highlight(0, 5, 5 + len(passage), passage[:32], passage[-32:])
    old = article(f"Thế: {passage}.", state=State(highlights=(mark,)))
    new = article(f"Rằng thế: {head} ở giữa {tail}.")
    (found,) = carry_over(old, new, NOW).highlights
    assert new.blocks[0].text[found.start : found.end] == f"{head} ở giữa {tail}"


def test_what_is_lost_becomes_a_note() -> None:
    old = article("Một hai ba.", state=State(highlights=(Highlight(0, 0, 7, "Một hai", "Một hai"),)))
    assert carry_over(old, article("Khác."), NOW) == State(notes=(Note("Một hai", NOW),))


@given(
    st.lists(st.text("ab ", max_size=8), max_size=3), st.lists(st.text("ab ", max_size=8), max_size=3), states
)
def test_any_mark_is_found_or_noted(one: list[str], two: list[str], state: State) -> None:
    old, new = article(*one, state=state), article(*two)
    moved = carry_over(old, new, NOW)
    # Marks that come to overlap are one.
    assert len(moved.highlights) + len(moved.notes) <= len(state.highlights) + len(state.notes)
    assert bool(moved.highlights) + len(moved.notes) >= bool(state.highlights) + len(state.notes)
    end = (-1, 0)
    for mark in moved.highlights:
        assert 0 <= mark.start < mark.end <= len(new.blocks[mark.block].text)
        assert (mark.block, mark.start) >= end
        end = (mark.block, mark.end)
    assert replace(moved, highlights=(), notes=(), position=None) == replace(
        state, highlights=(), notes=(), position=None
    )
