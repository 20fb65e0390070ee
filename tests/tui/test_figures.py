"""Dates, numbers, times and types as people read and type them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.article import ENTITY_TYPES
from tui import i18n
from tui.entity_types import type_of, type_word, types_to_type
from tui.figures import day, day_and_time, number, period, reading_time


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    i18n.setup("vi")
    yield
    i18n.setup("en")


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2023-12-29T19:17:16+07:00", "29/12/2023 19:17"),
        ("2023-12-29T20:00:00+00:00", "30/12/2023 03:00"),  # in Viet Nam it is the next day
        ("2023-12-29", "29/12/2023"),
        (None, ""),
    ],
)
def test_days_are_written_as_in_viet_nam(published: str | None, shown: str) -> None:
    assert day_and_time(published) == shown
    assert day(published) == shown[:10]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2023-12-29", "29/12/2023"),
        ("2023-12", "12/2023"),
        ("2023", "2023"),
        ("2021/2025", "2021 – 2025"),
        ("2023-12-29/2024-01-02", "29/12/2023 – 02/01/2024"),
        ("06/2026/TT-BGDĐT", "06/2026/TT-BGDĐT"),
        ("12/2023", "12/2023"),
        ("", ""),
    ],
)
def test_only_periods_are_turned_round(value: str, shown: str) -> None:
    assert period(value) == shown


def test_numbers_have_their_thousands_apart() -> None:
    assert [number(n) for n in (0, 999, 1234, 100_000)] == ["0", "999", "1,234", "100,000"]


def test_vietnamese_numbers_have_dots(vietnamese: None) -> None:
    assert [number(n) for n in (999, 1234, 1_234_567)] == ["999", "1.234", "1.234.567"]


def test_an_hour_is_an_hour() -> None:
    assert [reading_time(n) for n in (1, 59, 60, 65)] == ["1 min", "59 min", "1 h", "1 h 5 min"]


def test_an_hour_is_an_hour_in_vietnamese(vietnamese: None) -> None:
    assert [reading_time(n) for n in (3, 65)] == ["3 phút", "1 giờ 5 phút"]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("person", "person"),
        ("người", "person"),
        ("NGUOI", "person"),
        ("tổ chức", "organization"),
        ("tochuc", "organization"),
        ("Địa danh", "place"),
        ("nơi", "place"),
        ("văn bản", "document"),
        ("ngày", "date"),
        ("sự kiện", "event"),
        ("số liệu", "quantity"),
        ("thing", None),
        ("", None),
    ],
)
def test_types_may_be_typed_in_both_languages(typed: str, kind: str | None) -> None:
    assert type_of(typed) == kind


def test_every_type_is_shown_and_typed_in_vietnamese(vietnamese: None) -> None:
    said = types_to_type()
    for kind in ENTITY_TYPES:
        assert type_of(type_word(kind)) == kind
        assert kind in said
        vietnamese_word = said.partition(f"{kind} (")[2].partition(")")[0]
        assert type_of(vietnamese_word) == kind
