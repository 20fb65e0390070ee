"""Lists in groups: by day or source, whatever the order inside; the undated apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.article import Article, Block
from store.index.rows import Grouping, Rows
from store.library import Library
from store.query import ALL, parse


def made(number: int, published: str | None, source: str | None, title: str = "", text: str = "") -> Article:
    basis = "stated" if published else "unknown"
    blocks = (Block("paragraph", text or f"Bài thứ {number}."),)
    return Article(f"{number:013x}", title or f"Bài {number}", published, basis, source, blocks=blocks)


SAMPLES = [
    made(1, "2023-12-29T08:00:00+07:00", "Báo Đất"),
    made(2, "2023-12-28T23:30:00+00:00", "Báo Ánh"),  # the 29th in +07:00
    made(3, None, "Báo Đất"),
    made(4, "2023-12-01", None),
    made(5, "2024-01-02", "BÁO ĐẤT"),
    made(6, "2023-12-29", "Báo Đất"),
]


def groups(rows: Rows) -> list[tuple[str, list[int]]]:
    return [
        (group.name, [int(row.id, 16) for row in rows[group.start : group.start + group.count]])
        for group in rows.groups
    ]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library")
    library.add((one, None) for one in SAMPLES)
    return library


@pytest.mark.parametrize(
    ("filter", "by", "wanted"),
    [
        ("", "day", [("2024-01-02", [5]), ("2023-12-29", [1, 2, 6]), ("2023-12-01", [4]), ("", [3])]),
        (
            "sort:-date",
            "day",
            [("2023-12-01", [4]), ("2023-12-29", [6, 2, 1]), ("2024-01-02", [5]), ("", [3])],
        ),
        ("sort:-title, date:2023", "day", [("2023-12-29", [6, 2, 1]), ("2023-12-01", [4])]),
        ("", "source", [("Báo Ánh", [2]), ("Báo Đất", [5, 1, 6, 3]), ("", [4])]),
        ("sort:-source", "source", [("Báo Đất", [5, 1, 6, 3]), ("Báo Ánh", [2]), ("", [4])]),
        ("sort:title, no-date", "source", [("Báo Đất", [3])]),
        ("không có bài nào", "day", []),
    ],
)
def test_groups_and_their_order(library: Library, filter: str, by: Grouping, wanted: object) -> None:
    assert groups(library.select(parse(filter), grouping=by)) == wanted


def test_a_list_that_is_not_grouped_has_no_groups(library: Library) -> None:
    assert library.select(ALL).groups == ()


def test_a_story_unfolds_inside_the_group_of_its_first_article(tmp_path: Path) -> None:
    text = " ".join(f"câu{number} mưa lũ trên sông {number}, xã {number + 7}." for number in range(30))
    told = [made(1, "2023-03-12", "A", text=text), made(2, "2023-03-13", "B", text=text)]
    told += [made(3, "2023-03-13", "C"), made(4, "2023-03-12", "D")]
    with Library.open(tmp_path / "library") as library:
        library.add((one, None) for one in told)
        rows = library.select(ALL, unfolded=(), grouping="day")
        assert groups(rows) == [("2023-03-13", [2, 3]), ("2023-03-12", [4])]
        rows = library.select(ALL, unfolded=[told[0].id], grouping="day")
        assert groups(rows) == [("2023-03-13", [2, 1, 3]), ("2023-03-12", [4])]
        assert [row.below for row in rows] == [False, True, False, False]


days = st.sampled_from(
    [None, "2023-12-29", "2023-12-29T08:00:00+07:00", "2023-12-28T20:00:00+00:00", "2020-01-01"]
)


sources = st.sampled_from([None, "Báo Á", "báo á", "Báo B", "…"])
facts_of_any = st.lists(st.tuples(days, sources), max_size=12)


@given(
    facts_of_any,
    st.sampled_from(["day", "source"]),
    st.sampled_from(["", "sort:-date", "sort:title", "sort:-source", "sort:added", "sort:unread"]),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_article_is_in_one_group_and_in_the_order_it_had(
    tmp_path_factory: pytest.TempPathFactory,
    facts: list[tuple[str | None, str | None]],
    by: Grouping,
    sort: str,
) -> None:
    with Library.open(tmp_path_factory.mktemp("any")) as library:
        library.add((made(number, *both), None) for number, both in enumerate(facts, 1))
        plain = library.select(parse(sort)).ids()
        rows = library.select(parse(sort), grouping=by)
        found = groups(rows)
        assert sum(len(members) for _, members in found) == len(rows) == len(facts)
        assert len({name for name, _ in found}) == len(found)
        assert all(members for _, members in found)
        for name, members in found:
            assert members == sorted(members, key=lambda number: plain.index(f"{number:013x}"))
            assert name or found[-1] == (name, members)
