"""What a correction is, and how a list of them grows and shrinks."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.corrections import (
    Correcting,
    Correction,
    checked,
    from_json,
    in_order,
    last_made,
    revise,
    stood_before,
    to_json,
)
from store.errors import CorrectionError

ID = "0" * 12 + "a"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HIDE = Correction("hide", "person:mai", None)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Correction("paint", "person:mai", "red"), "bad_correction"),  # type: ignore[arg-type]
        (Correction("hide", "mai", None), "bad_correction"),
        (Correction("hide", "colour:red", None), "bad_correction"),
        (Correction("hide", "person:mai", None, "xyz"), "bad_correction"),
        (Correction("hide", 7, None), "bad_correction"),  # type: ignore[arg-type]
        (Correction("rename", "person:mai", " "), "needs_value"),
        (Correction("rename", "person:mai", None), "needs_value"),
        (Correction("retype", "person:mai", "animal"), "no_such_type"),
        (Correction("merge", "person:mai", "Trương Thị Mai"), "bad_correction"),
        (Correction("split", "person:mai", ""), "needs_value"),
        (Correction("title", "", "Mới"), "needs_article"),
        (Correction("title", "", None, ID), "needs_value"),
        (Correction("published", "", "hôm qua", ID), "no_date"),
        (Correction("line", "0", "junk", ID), "bad_correction"),
        (Correction("line", "7", "poem", ID), "no_such_kind"),
        (Correction("line", "7", "junk"), "needs_article"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: Correction, code: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        checked(rule)
    assert caught.value.code == code


def test_rules_are_kept_in_one_form() -> None:
    assert checked(Correction("published", "x", "29/12/2023 19:17", ID)).to == "2023-12-29T19:17:00+07:00"
    assert checked(Correction("published", "", "", ID)).to is None
    assert checked(Correction("author", "", " Lan \n Chi ", ID)).to == "Lan Chi"
    assert checked(replace(HIDE, to="x")).to is None
    assert checked(replace(HIDE, made="2026-11-22T19:00:00+07:00")).made == "2026-11-22T12:00:00.000000Z"
    assert checked(replace(HIDE, made="yesterday")).made == ""


OPS = ["hide", "rename", "retype", "merge", "split", "title", "published", "source", "author", "line", "x"]
words = st.sampled_from(["person:mai", "place:huế", "person:A#2", "#2", "Mai", "2023-12-29", "junk", "7", ""])
rules = st.builds(Correction, st.sampled_from(OPS), words, st.none() | words, st.sampled_from([None, ID]))


@given(rules)
def test_what_was_checked_stays_as_it_is_and_comes_back(rule: Correction) -> None:
    try:
        sound = checked(rule)
    except CorrectionError:
        return
    assert checked(sound) == sound
    assert from_json(json.loads(json.dumps(to_json(sound)))) == sound


@given(st.text() | st.lists(st.text()) | st.dictionaries(st.sampled_from(["op", "key", "to"]), st.text()))
def test_what_is_no_rule_raises_the_one_error(data: object) -> None:
    with pytest.raises(CorrectionError):
        from_json(data)  # type: ignore[arg-type]


def test_a_fact_has_one_rule_the_last() -> None:
    one = revise([], [Correction("title", "", "Một", ID)], [], NOON)
    two = revise(one.added, [Correction("title", "", "Hai", ID)], [], NOON)
    assert [rule.to for rule in two.added] == ["Hai"]
    assert two.dropped == one.added
    assert two.added[0].made > one.added[0].made, "the clock stood still"
    back = revise(two.added, two.dropped, two.added, NOON)
    assert (back.added, back.dropped) == (one.added, two.added)
    assert not revise(one.added, [Correction("title", "", "Một", ID)], [], NOON)


def test_entity_rules_follow_one_another() -> None:
    """Renamed, renamed back, and once more: the last word counts."""
    there: tuple[Correction, ...] = ()
    away, back = Correction("rename", "person:a", "B"), Correction("rename", "person:b", "A")
    for rule in (away, back, away):
        done = revise(there, [rule], [], NOON)
        there = tuple(in_order([*(old for old in there if old not in done.dropped), *done.added]))
    assert there == (back, away)


def test_what_is_read_back_keeps_its_place_and_yields_to_what_is_later() -> None:
    there = revise([], [HIDE, Correction("title", "", "Hai", ID)], [], NOON).added
    old = replace(Correction("title", "", "Một", ID), made="2020-01-01T00:00:00Z")
    assert not revise(there, [*there, old], [], NOON)
    late = replace(old, made="2027-01-01T00:00:00Z")
    assert revise(there, [late], [], NOON) == Correcting((late,), there[1:])
    fresh = revise([], [late, HIDE], [], NOON).added
    assert fresh[1].made > fresh[0].made, "a rule made now is the last word, whatever the clock says"


@given(st.lists(rules, max_size=8), st.lists(rules, max_size=3), st.lists(rules, max_size=3))
def test_undo_is_one_call(first: list[Correction], more: list[Correction], gone: list[Correction]) -> None:
    sound = []
    for rule in first + more:
        try:
            sound.append(checked(rule))
        except CorrectionError:
            continue
    there = revise([], sound[: len(first)], [], NOON).added
    there = tuple(in_order(there))
    done = revise(there, sound[len(first) :], gone, NOON)
    after = {(rule, rule.made) for rule in there} - {(rule, rule.made) for rule in done.dropped}
    after |= {(rule, rule.made) for rule in done.added}
    back = revise(in_order(rule for rule, _ in after), done.dropped, done.added, NOON)
    assert after - {(r, r.made) for r in back.dropped} | {(r, r.made) for r in back.added} == {
        (rule, rule.made) for rule in there
    }


def test_what_one_call_made_can_be_told() -> None:
    first = revise([], [HIDE, Correction("title", "", "Một", ID)], [], NOON).added
    assert last_made(first) == first
    then = revise(first, [Correction("source", "", "Báo", ID), Correction("author", "", "Lan", ID)], [], NOON)
    assert last_made(in_order([*first, *then.added])) == then.added
    assert last_made([]) == ()


def test_a_rule_remembers_what_it_took_the_place_of() -> None:
    there: list[Correction] = []
    for number in range(30):
        (new,) = revise(there, [Correction("title", "", f"Bản {number}", ID)], ()).added
        there = [new]
    assert from_json(to_json(new)) == new
    said = []
    while there:
        said.append(there[0].to)
        there = list(stood_before(there))
    assert said == [f"Bản {number}" for number in range(29, 20, -1)], "the last nine"


def test_of_a_row_of_rules_taken_back_together_none_comes_back() -> None:
    rules: list[Correction] = []
    for title in ("Một", "Hai", "Ba"):
        rules += revise(rules[-1:], [Correction("title", "", title, ID)], ()).added
    assert stood_before(rules) == ()
    assert [rule.to for rule in stood_before(rules[1:])] == ["Một"]
    assert [rule.to for rule in stood_before([rules[2]])] == ["Hai"]


def test_what_stood_before_and_makes_no_sense_is_forgotten() -> None:
    told = {"op": "title", "key": "", "to": "Mới", "article": ID, "made": ""}
    assert from_json({**told, "before": {"op": "paint"}}).before is None
    assert from_json({**told, "before": "title"}).before is None
