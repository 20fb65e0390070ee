"""Offices over time: what is one span, and where one office gives way to another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.profile.careers import LAG, Joined, RoleAt, timeline
from store.profile.offices import is_seat, same_office

SEAT, SORTING, PEOPLE = (
    "Ủy viên Bộ Chính trị",
    "Trưởng Ban Tổ chức Trung ương",
    "Trưởng Ban Dân vận Trung ương",
)
CHAIR, PARTY = "Chủ tịch UBND tỉnh Hà Giang", "Phó Bí thư Tỉnh ủy"


@dataclass(frozen=True)
class Told:
    id: str
    published: str | None
    roles: tuple[str, ...]


def career(*told: tuple[str | None, list[str]]) -> list[RoleAt]:
    return list(timeline([Told(str(n), day, tuple(roles)) for n, (day, roles) in enumerate(told)]))


def lines(*told: tuple[str | None, list[str]]) -> list[tuple[str | None, str, bool]]:
    return [(role.first, role.role, role.change) for role in career(*told)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (SORTING, f"{SEAT}, {SORTING}", True),
        ("Trưởng ban Tổ chức trung ương", SORTING, True),
        ("Chủ tịch UBND tỉnh", CHAIR, True),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "Chủ tịch UBND tỉnh Hà Giang", True),
        ("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", False),
        (CHAIR, "nguyên " + CHAIR, False),
        (CHAIR, "Chủ tịch UBND tỉnh Hà Nam", False),
        ("Chủ tịch UBND tỉnh Hà", CHAIR.replace("Hà Giang", "Hàm Yên"), False),
    ],
)
def test_the_same_office_or_less_of_it(one: str, other: str, same: bool) -> None:
    assert same_office(one, other) is same
    assert same_office(other, one) is same


def test_articles_that_agree_make_one_span_with_its_dates_and_number() -> None:
    (role,) = career(
        ("2018-03-29", [SORTING]),
        ("2018-06-01", []),
        ("2019-01-05T08:00:00+07:00", [SEAT, SORTING]),
        ("2020-02-02", [SEAT]),
    )
    assert (role.first, role.last) == ("2018-03-29", "2020-02-02")
    assert role.articles == ("0", "2", "3")
    assert role.role == f"{SORTING}, {SEAT}"
    assert role.joined == ()  # a seat tells of no change
    assert not role.change
    assert not role.former


def test_an_appointment_is_a_change_though_its_report_names_both_offices() -> None:
    assert lines(
        ("2018-01-01", ["Phó Chủ tịch UBND tỉnh"]),
        ("2019-01-01", ["Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh"]),
        ("2020-01-01", [CHAIR]),
    ) == [("2018-01-01", "Phó Chủ tịch UBND tỉnh", False), ("2019-01-01", CHAIR, True)]


def test_an_office_named_beside_a_known_one_is_no_change() -> None:
    (role,) = career(("2018-01-01", [CHAIR]), ("2019-01-01", [PARTY, CHAIR]), ("2020-01-01", [PARTY]))
    assert role.offices == (CHAIR, PARTY)
    assert role.role == CHAIR
    assert role.joined == (Joined((PARTY,), "2019-01-01", "1"),)


def test_two_offices_held_for_years_are_held_together() -> None:
    (role,) = career(
        ("2018-01-01", [CHAIR]),
        ("2018-02-01", [CHAIR, "Đại biểu"]),
        ("2019-01-01", [CHAIR]),
        ("2019-02-01", ["Đại biểu"]),
    )
    assert role.offices == (CHAIR, "Đại biểu")
    assert role.last == "2019-02-01"


def test_papers_that_come_late_undo_no_change() -> None:
    before, after = "Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh"
    assert lines(
        ("2018-01-01", [before]),
        ("2019-01-01", [before, after]),
        ("2019-01-09", [before]),
        ("2019-02-01", [after]),
    ) == [("2018-01-01", before, False), ("2019-01-01", after, True)]


def test_a_standing_deputy_is_a_deputy() -> None:
    standing = "Phó Bí thư Thường trực Tỉnh ủy"
    assert same_office(standing, PARTY)
    assert not same_office("Thường trực Ban Bí thư", "Ban Bí thư")


def test_there_and_back_again() -> None:
    assert lines(("2018-01-01", [CHAIR]), ("2019-01-01", [PEOPLE]), ("2020-01-01", [CHAIR])) == [
        ("2018-01-01", CHAIR, False),
        ("2019-01-01", PEOPLE, True),
        ("2020-01-01", CHAIR, True),
    ]


def test_a_seat_stays_over_a_change_of_office() -> None:
    assert lines(("2020-01-01", [SEAT, PEOPLE]), ("2021-04-08", [SEAT, SORTING]), ("2022-01-01", [SEAT])) == [
        ("2020-01-01", f"{SEAT}, {PEOPLE}", False),
        ("2021-04-08", f"{SORTING}, {SEAT}", True),
    ]
    assert is_seat(SEAT)
    assert not is_seat(SORTING)


def test_a_new_seat_beside_a_new_office_keeps_no_old_one() -> None:
    _, now = career(
        ("2019-01-01", [PEOPLE]), ("2021-04-08", [PEOPLE, SEAT, SORTING]), ("2022-01-01", [SEAT, SORTING])
    )
    assert now.offices == (SEAT, SORTING)


def test_a_former_office_is_marked() -> None:
    now, before = career(("2020-01-01", [CHAIR]), ("2021-01-01", ["nguyên " + CHAIR]))
    assert not now.former
    assert before.former
    assert before.change
    present = career(("2020-01-01", ["nguyên " + CHAIR, PARTY]))[0]
    assert not present.former
    assert present.offices == (PARTY,)


def test_undated_articles_stand_apart_behind() -> None:
    found = career((None, [CHAIR]), ("2019-01-01", [PEOPLE]), ("không rõ", ["Chủ tịch UBND tỉnh"]))
    assert [(role.first, role.articles) for role in found] == [("2019-01-01", ("1",)), (None, ("0", "2"))]


OFFICES = st.lists(
    st.sampled_from([SEAT, SORTING, PEOPLE, CHAIR, PARTY, "nguyên " + CHAIR]), max_size=3, unique=True
)
DAYS = st.none() | st.dates().map(str)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(DAYS, OFFICES), max_size=12))
def test_every_article_with_an_office_stands_in_one_span(told: list[tuple[str | None, list[str]]]) -> None:
    found = career(*told)
    members = [article for role in found for article in role.articles]
    assert sorted(members) == sorted(str(n) for n, (_, roles) in enumerate(told) if roles)
    dated = [role.first for role in found if role.first]
    assert dated == sorted(dated)
    assert [role.change for role in found if role.first] == [n > 0 for n in range(len(dated))]
    assert LAG > 0
