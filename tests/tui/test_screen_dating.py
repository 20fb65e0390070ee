"""Articles per month, and the way from a year to a day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from piloting import opened, settled, shown
from screen_fakes import article

from store.article import Article
from tui.coverage import bar, columns, stepped
from tui.screens.main import MainScreen


def dated() -> list[Article]:
    days = ["2022-12-30", "2023-02-01", "2023-02-01", "2023-02-10", "2024-01-05"]
    return [replace(article(n, f"Bài {n}"), published=day) for n, day in enumerate(days, 1)]


async def test_the_months_are_stepped_through_and_the_strip_stays() -> None:
    async with opened(dated()) as (pilot, screen, _):
        await settled(pilot, lambda: shown(pilot)[0].startswith(" 12/2022 "))
        assert shown(pilot)[0].split() == ["12/2022", "▃", "█", "▃", "01/2024"]
        await pilot.press("left_parenthesis")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert screen.filter_bar.value == "date:2024-01"
        await pilot.press("left_parenthesis")
        await settled(pilot, lambda: len(screen.rows or ()) == 3)
        assert screen.filter_bar.value == "date:2023-02"
        assert any("12/2022" in line and "01/2024" in line for line in shown(pilot))
        await pilot.press("right_parenthesis", "right_parenthesis")
        await settled(pilot, lambda: screen.filter_bar.value == "date:2024-01")


async def test_from_a_year_to_a_month_to_a_day() -> None:
    undated = replace(article(9, "Bài không ngày"), published=None)
    async with opened([*dated(), undated]) as (pilot, screen, _):

        def asks(*lines: str) -> bool:
            text = " ".join(" ".join(shown(pilot)).split())
            return all(line in text for line in lines)

        await pilot.press("d")
        await settled(pilot, lambda: asks("All dates", "2024 1", "2023 3", "2022 1"))
        # of the six articles one has no date, so the sum of the years is not what "All dates" lists
        assert asks("All dates │")
        await pilot.press("down", "enter")
        await settled(pilot, lambda: asks("All of 2023 3", "02/2023 3"))
        await pilot.press("enter")
        await settled(pilot, lambda: asks("10/02/2023 1", "01/02/2023 2"))
        await pilot.press("down", "enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        assert screen.filter_bar.value == "date:2023-02-01"
        assert isinstance(screen.app.screen, MainScreen)


@pytest.mark.parametrize("size", [(80, 16), (50, 24)])
async def test_without_room_there_is_no_strip(size: tuple[int, int]) -> None:
    async with opened(dated(), size) as (pilot, _screen, _):
        await pilot.pause(0.1)
        assert not any("12/2022 " in line and "01/2024" in line for line in shown(pilot))


def test_many_months_share_columns_and_none_is_lost() -> None:
    counts = {f"{year}-{month:02}": month for year in range(2000, 2024) for month in range(1, 13)}
    found = columns(counts, 60)
    assert len(found) <= 60
    assert sum(column.articles for column in found) == sum(counts.values())
    assert columns({"2023-01": 4}, 60) == []
    assert bar(1, 1000) == "▁"


@pytest.mark.parametrize(
    ("at", "step", "found"),
    [
        (None, -1, "2024-01"), (None, 1, "2022-12"), ("2023-02", 1, "2024-01"), ("2023-02", -1, "2022-12"),
        ("2024-01", 1, None), ("2023", 1, "2024-01"), ("2023", -1, "2022-12"), ("2023-02-10", -1, "2022-12"),
        ("2022-12-01", 1, "2023-02"),
    ],
)  # fmt: skip
def test_a_step_goes_to_a_month_with_articles(at: str | None, step: int, found: str | None) -> None:
    assert stepped({"2022-12": 1, "2023-02": 3, "2024-01": 1}, at, step) == found
