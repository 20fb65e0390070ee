"""What several papers tell stands in one row, with a sign; the text names them and marks what is new."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import piloting
import pytest
from piloting import settled
from textual.pilot import Pilot

from store.article import Article, Block, Entity
from store.index.row import Row
from store.library import Library
from tui.parts import only_here
from tui.screens.dialogs import Choice
from tui.screens.main import MainScreen
from tui.story_words import twins_line
from tui.widgets.bars import StatusLine

AGENCY = [
    " ".join(f"câu{number} mưa lũ trên sông {number}, xã {number + start}." for number in range(12))
    for start in (100, 200, 300)
]


def article(number: int, day: str, source: str, *texts: str) -> Article:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Article(f"{number:013x}", f"Bài {number}", day, "stated", source, blocks=blocks)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        told = [
            article(1, "2023-03-12", "Báo A", *AGENCY),
            article(2, "2023-03-13", "Báo B", *AGENCY[:2], "Đoạn này chỉ Báo B có, không báo nào khác có."),
            article(3, "2023-03-14", "Báo C", "Một tin khác hẳn, không ai có. " * 20),
            article(4, "2022-03-11", "Báo D", *AGENCY, "Báo D."),
        ]
        opened.add((one, None) for one in told)
        yield opened


@asynccontextmanager
async def at_list(
    library: Library, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], MainScreen]]:
    async with piloting.at_list(library, size) as (pilot, main):
        await settled(pilot, lambda: main.article is not None)
        yield pilot, main


def rows(main: MainScreen) -> list[str]:
    return [main.listing.render_line(y).text.rstrip() for y in range(len(main.listing))]


async def test_a_story_is_one_row_and_says_how_many_more(library: Library) -> None:
    async with at_list(library) as (_, main):
        assert [row.split("Bài ")[1].split() for row in rows(main)] == [
            ["3", "Báo", "C", "14/03/2023"],
            ["2", "+2", "Báo", "B", "13/03/2023"],
        ]
        assert "4/4 · 2 folded (c)" in main.query_one(StatusLine).left


async def test_a_story_unfolds_below_its_first_and_folds_from_any_of_its_rows(library: Library) -> None:
    async with at_list(library) as (pilot, main):
        await pilot.press("j", "c")
        await settled(pilot, lambda: len(main.listing) == 4)
        shown = rows(main)
        assert "−2" in shown[1]
        assert [line.split() for line in shown[2:]] == [
            ["•", "└", "Bài", "1", "Báo", "A", "12/03/2023"],
            ["•", "└", "Bài", "4", "Báo", "D", "11/03/2022"],
        ]
        assert "folded" not in main.query_one(StatusLine).left
        await pilot.press("j", "j", "equals_sign")
        await settled(pilot, lambda: len(main.listing) == 2)
        assert main.listing.cursor == 1


async def test_a_row_alone_says_so(library: Library) -> None:
    async with at_list(library) as (pilot, _):
        await pilot.press("c")
        await settled(pilot, lambda: bool(pilot.app._notifications))
        assert [notice.message for notice in pilot.app._notifications] == [
            "No other article here tells the same."
        ]


async def test_every_article_has_its_row_again(library: Library) -> None:
    async with at_list(library) as (pilot, main):
        await pilot.press("tilde")
        await settled(pilot, lambda: len(main.listing) == 4)
        assert not any("+" in row or "└" in row for row in rows(main))
        await pilot.press("C")
        await settled(pilot, lambda: len(main.listing) == 2)


async def test_all_listed_means_the_folded_ones_too(library: Library) -> None:
    async with at_list(library) as (pilot, main):
        await pilot.press("percent_sign")
        assert main.picked == {f"{number:013x}" for number in (1, 2, 3, 4)}
        await pilot.press("escape", "j", "s")
        await settled(pilot, lambda: library.counts().starred == 1)
        assert main.listing.row == library.select(main.shown_query, unfolded=())[1]
        assert main.listing.row.more == 2


async def test_the_text_names_the_others_and_marks_what_is_only_here(library: Library) -> None:
    async with at_list(library) as (pilot, main):
        await pilot.press("j", "enter")
        await settled(pilot, lambda: main.article is not None and main.article.source == "Báo B")
        view = main.reading

        def lines() -> list[str]:
            return [view.render_line(y).text.strip() for y in range(len(view.layout_))]

        assert "= Also in: Báo D 11/03/2022, Báo A 12/03/2023 · + only here" in lines()
        assert [line for line in lines() if line.startswith("+ ")] == [
            "+ Đoạn này chỉ Báo B có, không báo nào khác có."
        ]
        await pilot.press("equals_sign")
        assert "= Also in: Báo D 11/03/2022, Báo A 12/03/2023" in lines()
        assert not any(line.startswith("+ ") for line in lines())


def test_captions_and_articles_without_twins_are_not_marked() -> None:
    one = Article("", "t", blocks=(Block("paragraph", "Một đoạn dài hơn năm chữ."), Block("caption", "Ảnh")))
    assert only_here(one, ()) == frozenset()
    assert only_here(one, ["chẳng có gì chung ở đây"]) == {0}


def test_of_many_papers_some_are_named() -> None:
    one = Article("", "t", "2023-03-12")
    line = twins_line(one, [Row("", "", source=f"Báo {number}") for number in range(11)])
    assert line.endswith("Báo 7 and 3 more")
    assert twins_line(one, [Row("", "")]) == "Also in: without a source"


async def test_related_articles_open_with_enter(library: Library) -> None:
    async with at_list(library) as (pilot, main):
        await pilot.press("b")
        await settled(pilot, lambda: bool(pilot.app._notifications))
        assert [notice.message for notice in pilot.app._notifications] == ["Nothing here is about the same."]
        who = Entity("person", "person:mai", "Mai")
        more = [replace(article(5, "2023-03-16", "[/] Báo E", "Bà Mai đến."), entities=(who,))]
        more.append(replace(article(6, "2023-03-17", "Báo F", "Bà Mai đi."), entities=(who,)))
        library.add((one, None) for one in more)
        pilot.app._reload()  # type: ignore[attr-defined]
        await settled(pilot, lambda: len(main.listing) == 4)
        await pilot.press("g")
        await settled(pilot, lambda: main.article is not None and main.article.source == "Báo F")
        await pilot.press("f9")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        assert isinstance(pilot.app.screen, Choice)
        assert [(value, str(words)) for value, words in pilot.app.screen.choices] == [
            (f"{5:013x}", "Bài 5\n16/03/2023 · [/] Báo E · Mai")
        ]
        await pilot.press("enter")
        await settled(pilot, lambda: main.article is not None and main.article.source == "[/] Báo E")
        assert (main.pane, main.listing.cursor) == ("view", 1)
