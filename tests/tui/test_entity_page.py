"""The page of one entity: what stands on it, and where its lines lead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piloting import settled
from textual.pilot import Pilot

from store.article import Article, Block, Mention
from store.entities import extract
from store.index.entities import Naming
from store.index.traits import Traits
from store.library import Library
from store.profile import Said
from store.query import parse
from tui.app import ReaderApp
from tui.cells import cells
from tui.entity_lines import Line
from tui.screens.entity_page import EntityPage
from tui.screens.finding import profile_filter
from tui.screens.main import MainScreen
from tui.screens.pages import Page
from tui.widgets.entity_view import EntityView, around, lay

TEXTS = [
    (
        "2018-03-29",
        "Nắng. Đồng chí Trương Thị Mai, Trưởng Ban Dân vận Trung ương, thăm tỉnh Hà Giang [Video].",
    ),
    ("2021-04-08", "Bà Trương Thị Mai, Trưởng Ban Tổ chức Trung ương, dự lễ cùng ông Lê Văn An."),
    ("2022-01-05", "Lời đầu dài. " * 80 + "Bà Trương Thị Mai, Trưởng Ban Tổ chức Trung ương, đến."),
    ("2023-01-05", "Ông Lê Văn An đi Hải Phòng."),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    opened = Library.open(tmp_path_factory.mktemp("entity_page"))
    made = []
    for number, (day, text) in enumerate(TEXTS, 1):
        blocks = (Block("paragraph", text),)
        made.append(
            extract(
                Article(
                    f"{number:013x}", f"[/] Tin {number}", day, "stated", "Báo", language="vi", blocks=blocks
                )
            )
        )
    opened.add((article, None) for article in made)
    return opened


@asynccontextmanager
async def at_page(
    library: Library, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], MainScreen]]:
    """The page of Trương Thị Mai, opened from the names of the third article."""
    app = ReaderApp(library)
    async with app.run_test(size=size) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        await settled(pilot, lambda: main.furnished and main.article is not None)
        await pilot.press("j", "enter")
        await settled(pilot, lambda: main.article is not None and main.article.published == "2022-01-05")
        await pilot.press("tab", "space")
        await settled(pilot, lambda: "Ban Dân vận Trung ương, thăm" in page(pilot).replace("\n", " "))
        yield pilot, main


def page(pilot: Pilot[None]) -> str:
    """The whole screen as it leaves for the terminal, one blank for several."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(" ".join("".join(part.text for part in line).split()) for line in strips)


async def test_offices_with_their_sentences_and_changes(library: Library) -> None:
    async with at_page(library) as (pilot, _):
        shown = page(pilot)
        assert shown.startswith("Trương Thị Mai\nperson · named in 3 articles, 29/03/2018 – 05/01/2022")
        assert "29/03/2018 Trưởng Ban Dân vận Trung ương 1 article" in shown
        assert "[Video]. — [/] Tin 1" in shown
        change = "► 08/04/2021 Trưởng Ban Tổ chức Trung ương 08/04/2021 – 05/01/2022 · 2 articles"
        assert change in shown.replace("\n", " ")
        assert shown.endswith("Enter open f filter by it Esc back ? help")
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "entities"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (44, 12)])
async def test_an_article_opens_at_the_sentence(library: Library, size: tuple[int, int]) -> None:
    async with at_page(library, size) as (pilot, main):
        view = pilot.app.screen.query_one(EntityView)
        while view.lines[view.cursor].kind != "article":
            await pilot.press("j")
        await settled(pilot, lambda: view.said_of(view.lines[view.cursor]) is not None)
        assert "…" in page(pilot) or size[0] > 44
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.screen is main and main.pane == "view")
        await settled(pilot, lambda: "Bà Trương Thị Mai" in page(pilot).replace("\n", " "))
        assert main.article is not None
        assert main.article.published == "2022-01-05"
        assert main.chosen == "person:trương thị mai"
        assert main.listing.row is not None
        assert main.listing.row.id == main.article.id
        await settled(pilot, lambda: "1/1 · 2/4" in page(pilot))


async def test_the_source_of_an_office_opens(library: Library) -> None:
    async with at_page(library) as (pilot, main):
        await pilot.press("enter")
        await settled(pilot, lambda: main.article is not None and main.article.published == "2018-03-29")
        assert main.pane == "view"


async def test_the_library_is_filtered_by_it(library: Library) -> None:
    async with at_page(library) as (pilot, main):
        await pilot.press("ampersand")
        await settled(pilot, lambda: main.rows is not None and len(main.rows) == 3)
        assert main.filter_bar.value == 'person:"Trương Thị Mai"'


def test_a_document_is_filtered_by_all_its_names(library: Library) -> None:
    profile = library.profile("place:hải phòng")
    assert profile is not None
    assert profile_filter(profile) == 'place:"Hải Phòng"'
    cited = replace(profile, type="document", name="Chỉ thị số 05-CT/TW", spellings=("Chỉ thị 05",))
    assert profile_filter(cited) == '(doc:"Chỉ thị số 05-CT/TW" OR doc:"Chỉ thị 05")'
    assert library.select(parse(profile_filter(cited))) is not None


async def test_of_several_of_one_name_the_one_of_the_article_is_shown(tmp_path: Path) -> None:
    told = [
        "Tiền đạo Lê Văn Ba ghi bàn.",
        "Ông Lê Văn Ba, Chủ tịch UBND xã Tân Lập, nói.",
        "Ông Lê Văn Ba đi.",
    ]
    made = [
        extract(
            Article(
                f"{n:013x}",
                "Tin",
                f"2021-05-0{n}",
                "stated",
                language="vi",
                blocks=(Block("paragraph", text),),
            )
        )
        for n, text in enumerate(told, 1)
    ]
    with Library.open(tmp_path / "library") as opened:
        opened.add((article, None) for article in made)
        async with ReaderApp(opened).run_test(size=(80, 12)) as pilot:
            main = pilot.app.screen
            assert isinstance(main, MainScreen)
            await settled(pilot, lambda: main.furnished)
            for article, number in (("2", "(2)"), ("1", "2 people of this name")):
                found = opened.profile("person:lê văn ba")
                assert found is not None
                assert [naming.id[-1] for naming in found.people[1].articles] == ["2"]
                pilot.app.push_screen(EntityPage("person:lê văn ba", "Lê Văn Ba", article.rjust(13, "0")))
                await settled(pilot, lambda number=number: number in "\n".join(page(pilot).split("\n")[:5]))
                await pilot.press("escape")
                await settled(pilot, lambda: pilot.app.screen is main)


async def test_from_name_to_name_and_back(library: Library) -> None:
    async with at_page(library) as (pilot, main):
        first = pilot.app.screen
        assert isinstance(first, EntityPage)
        await pilot.press("j", "j")
        await pilot.press("enter")
        await settled(pilot, lambda: page(pilot).startswith("Lê Văn An\nperson · named in 2"))
        await pilot.press("q")
        await settled(pilot, lambda: pilot.app.screen is first)
        await pilot.press("enter")
        await settled(pilot, lambda: page(pilot).startswith("Lê Văn An\nperson · named in 2"))
        await pilot.press("G", "enter")
        await settled(pilot, lambda: pilot.app.screen is main)
        assert main.article is not None
        assert main.article.published == "2021-04-08"


async def test_help_says_what_the_keys_do_here(library: Library) -> None:
    async with at_page(library) as (pilot, _):
        await pilot.press("f1")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        assert "Open the sentence in its article" in page(pilot)
        assert "Star" not in page(pilot)


async def test_a_name_that_no_article_has_any_more(library: Library) -> None:
    async with ReaderApp(library).run_test(size=(80, 24)) as pilot:
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        await settled(pilot, lambda: main.furnished)
        pilot.app.push_screen(EntityPage("person:ai đó", "Ai đó"))
        await settled(pilot, lambda: "No article names this any more." in page(pilot))
        await pilot.press("j", "G", "g", "pagedown", "enter", "f", "q")
        await settled(pilot, lambda: isinstance(pilot.app.screen, MainScreen))


NAMING = Naming(1, "a", "Tin", "2020-01-01", None, "person:x", "X", 1, (), Traits())
WORDS = st.text(st.sampled_from("ab đ漢🙂\n\t[]"), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(
    WORDS, WORDS, st.data(), st.integers(16, 100), st.sampled_from(["role", "change", "article", "companion"])
)
def test_no_line_is_wider_than_the_screen(
    text: str, said: str, data: st.DataObject, width: int, kind: str
) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    line = Line(kind, text, "01/01/2020", "2 articles", NAMING)  # type: ignore[arg-type]
    sentence = Said(Mention(0, start, end), said, start, end)
    for one in (line, replace_target(line)):
        for drawn in lay(0, one, sentence, width):
            assert cells(drawn.left) + cells(drawn.text) <= max(width, 22)
            assert (
                0 <= drawn.name[0] <= max(drawn.name[0], drawn.name[1]) <= max(len(drawn.text), drawn.name[0])
            )
            assert not {"\n", "\t"} & set(drawn.text)


def test_a_long_sentence_ends_in_one_ellipsis() -> None:
    for width in range(24, 70):
        long = Said(Mention(0, 0, 3), "Mai nói rằng năm nay được mùa lúa, mất mùa cá. " * 9, 0, 3)
        last = list(lay(0, Line("role", "Bí thư", "01/01/2020", "1 bài", NAMING), long, width))[-1]
        assert last.text.endswith("…")
        assert not last.text.endswith("……")


def replace_target(line: Line) -> Line:
    return line._replace(target=None)


@pytest.mark.parametrize(
    ("width", "wanted"), [(10, "…Trương T…"), (24, "…sáng nay Trương Thị Mai…"), (90, None)]
)
def test_the_name_stays_in_sight(width: int, wanted: str | None) -> None:
    text = "Ở trong tỉnh và cả nước vào buổi sáng nay Trương Thị Mai nói."
    at = text.index("Trương")
    shown, start, end = around(text, at, at + len("Trương Thị Mai"), width)
    assert cells(shown) <= width
    assert shown[start:end].startswith("Trương")
    if wanted is None:
        assert shown == text
