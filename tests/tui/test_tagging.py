"""What is typed as tags and notes, and what that changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import Note, State
from store.changes import Change
from store.index.known_names import Known
from tui.notes import Notes, tidy
from tui.tagging import line_of, offers, shared, tag_change, tags_in

NOW = "2026-01-02T00:00:00Z"
OLD = (Note("một", "2025-01-01T00:00:00Z"), Note("hai\ndòng", "2025-01-02T00:00:00Z"))


@pytest.mark.parametrize(
    ("line", "before", "added", "dropped"),
    [
        ("a, #b, a", (), ("a", "b"), ()),
        ("cần đọc lại, ", ("cần đọc lại",), (), ()),
        ("cần đọc, lại", ("cần đọc lại",), ("cần đọc", "lại"), ("cần đọc lại",)),
        ("a, -b, -#c", (), ("a",), ("b", "c")),
        ("a, -a", (), ("a",), ()),
        ("a, -b", ("a", "x"), (), ("x", "b")),
        ("", ("a",), (), ("a",)),
        ("-, #, ,", (), (), ()),
    ],
)
def test_a_line_of_tags(
    line: str, before: tuple[str, ...], added: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    assert tag_change(line, before) == Change(add_tags=added, drop_tags=dropped)


@given(
    st.lists(st.text("aăb cđ1#-", min_size=1).map(lambda t: " ".join(t.split()).strip("#- ")).filter(bool))
)
def test_a_line_left_as_it_was_changes_nothing(tags: list[str]) -> None:
    before = tuple(dict.fromkeys(tags))
    assert tag_change(line_of(before), before) == Change()


def test_what_all_have_is_told_from_what_some_have() -> None:
    assert shared({"bão": 3, "gió": 1, "an": 2, "lũ": 3}, 3) == (["bão", "lũ"], {"an": 2, "gió": 1})


KNOWN = [Known("bão lũ", 5), Known("Bắc Bộ", 3), Known("gió", 2), Known("áp thấp", 1)]


@pytest.mark.parametrize(
    ("head", "rest", "names"),
    [
        ("", "", ["bão lũ", "Bắc Bộ", "gió", "áp thấp"]),
        ("ba", "", ["bão lũ", "Bắc Bộ"]),
        ("lu", "", ["bão lũ"]),
        ("gió, ap th", "", ["áp thấp"]),
        ("bão lũ, b", "", ["Bắc Bộ"]),
        ("b", ", Bắc Bộ", ["bão lũ"]),
        ("-gi", "", ["gió"]),
        ("#GI", "", ["gió"]),
        ("gio", "", []),
        ("x", "", []),
    ],
)
def test_known_tags_are_offered_marks_or_not(head: str, rest: str, names: list[str]) -> None:
    found = offers(head, head + rest, KNOWN)
    assert [offer.name for offer in found] == names
    for offer in found:
        assert tags_in(head[: offer.start] + offer.text + rest)[1 if "-" in head else 0]


def test_a_note_is_written_changed_and_taken_away() -> None:
    notes = Notes()
    notes.text = "  mới \n\n"
    assert notes.change(NOW) == Change(add_notes=(Note("  mới", NOW),))
    notes = Notes(OLD)
    assert notes.note == OLD[1]
    notes.text = "hai"
    notes.turn(1)
    assert notes.note is None
    notes.turn(1)
    assert notes.text == "một"
    notes.text = " "
    change = notes.change(NOW)
    assert change == Change(add_notes=(Note("hai", OLD[1].made),), drop_notes=OLD)
    assert change.apply(State(notes=OLD), NOW).notes == (Note("hai", OLD[1].made),)


def test_notes_left_as_they_were_change_nothing() -> None:
    notes = Notes(OLD)
    notes.turn(-1)
    assert notes.change(NOW) == Change()
    assert tidy("\x1b[31ma\r\nb ") == "a\nb"
