"""What was typed or chosen, as rules of the store; and the rules as the store reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_fakes import article, named, person

from store.article import Block, Dropped, Fact, RawPage
from store.correcting import apply
from store.corrections import FACT_OPS, Correction
from tui.corrections import (
    complaint,
    fact_rules,
    fact_values,
    forms,
    line_kind,
    merging,
    namesake,
    owner,
)


def test_the_facts_are_typed_as_they_are_shown() -> None:
    assert fact_values(article(1)) == {
        "title": "Hội nghị tổng kết",
        "published": "02/12/2023 08:30",
        "author": "An Bình",
        "source": "Báo Thử",
    }
    assert fact_values(article(1, published="2023-12-02", author=None))["published"] == "02/12/2023"
    assert fact_values(article(1, published=None))["published"] == ""


@given(st.sampled_from(["2023-12-02", "2023-12-02T08:30:00+07:00", "1999-01-31T23:59:00+07:00", None]))
def test_what_was_not_touched_makes_no_rule(published: str | None) -> None:
    one = article(1, published=published)
    assert fact_rules(one, fact_values(one)) == []


def test_each_fact_that_was_typed_anew_is_a_rule() -> None:
    one = article(1)
    typed = {"title": " Mới ", "published": "31/12/2022", "author": "", "source": "Báo Thử"}
    rules = fact_rules(one, typed)
    assert {(rule.op, rule.to) for rule in rules} == {
        ("title", "Mới"),
        ("published", "31/12/2022"),
        ("author", None),
    }
    after = apply(one, rules)
    assert (after.title, after.published, after.author, after.source) == (
        "Mới",
        "2022-12-31",
        None,
        "Báo Thử",
    )


@settings(max_examples=40)
@given(st.fixed_dictionaries({op: st.text("aạ[/] 1/:", max_size=8) for op in FACT_OPS}))
def test_typed_facts_are_rules_or_complaints(typed: dict[str, str]) -> None:
    one = article(1)
    for rule in fact_rules(one, typed):
        if not complaint(rule):
            values = fact_values(apply(one, [rule]))
            wanted = " ".join(typed[rule.op].split())
            assert rule.op == "published" or values[rule.op] == wanted


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Correction("published", "", "hôm nọ", "0" * 13), "hôm nọ is no date"),
        (Correction("title", "", None, "0" * 13), "can't be empty"),
        (Correction("source", "", None, "0" * 13), ""),
    ],
)
def test_what_will_not_do_is_said(rule: Correction, words: str) -> None:
    assert words in complaint(rule)
    assert bool(words) == bool(complaint(rule))


def test_the_forms_of_a_name_are_counted_without_regard_to_case() -> None:
    text = "Ông Lê Nam. LÊ NAM nói. Ông Nam cười."
    one = article(1, "Lê Nam", text)
    two = person("Lê Nam", (-1, 0), (0, 4), (0, 12))
    short = person("Nam", (0, 28))
    entity = replace(two, mentions=(*two.mentions, *short.mentions))
    assert forms(one, entity) == {"Lê Nam": 3, "Nam": 1}
    for form in forms(one, entity):
        split = Correction("split", entity.key, form, one.id)
        after = apply(replace(one, entities=(entity,)), [split])
        assert len(after.entities) == 2


def test_merging_and_namesakes_name_what_they_mean() -> None:
    one = named()
    first, second, place, _event = one.entities
    merged = apply(one, [merging(second, first, one.id)])
    assert [entity.name for entity in merged.entities if entity.type == "person"] == ["Lê Thu"]
    assert len(merged.entities[0].mentions) == 4
    other = replace(first, key=first.key + "#2")
    two = replace(one, entities=(other, second, place))
    assert {e.key for e in apply(two, [merging(second, other, one.id)]).entities} == {other.key, place.key}
    assert apply(one, [namesake(first, 3, one.id)]).entities[0].key == first.key + "#3"


def test_what_a_line_is() -> None:
    one = article(
        1,
        blocks=(Block("lead", "a b", 3), Block("paragraph", "c", 6)),
        facts={"title": Fact(1, "x")},
        dropped=(Dropped(2, 0, 3, "Menu", "a button or a form"),),
    )
    page = RawPage("T\nMenu\na\nb\n\nc", "0")
    assert [line_kind(one, line) for line in range(1, 7)] == [None, "junk", "lead", None, None, "paragraph"]
    assert [owner(one, page, line) for line in (1, 2, 3, 4, 6)] == [1, 2, 3, 3, 6]
