"""Highlights and notes on passages, by keys: made, listed, removed, undone; and what `y` copies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from piloting import opened, settled, shown, told
from screen_fakes import FakeLibrary, article, named
from test_screen_text import reading, segments
from textual.pilot import Pilot

from store.article import Article, Highlight, State
from store.changes import anchored
from tui.screens.copying import CopyMenu
from tui.screens.dialogs import Prompt
from tui.screens.highlights import HighlightsPage
from tui.screens.main import MainScreen

TEXTS = ("Một câu đầu, rồi thôi.", "Đoạn sau dài hơn: " + "chữ nối chữ " * 20 + "hết.")


def one(*marks: Highlight, **fields: object) -> Article:
    return article(1, "Đầu đề", *TEXTS, state=State(highlights=marks, read=True), **fields)


def marks(library: FakeLibrary, number: int = 1) -> list[tuple[str, str]]:
    found = library.article(f"{number:013x}")
    return [(found.passage(mark), mark.note) for mark in found.state.highlights]


async def select(pilot: Pilot[None], screen: MainScreen) -> None:
    await reading(pilot, screen)
    await pilot.press("v", "j", "j", "space", "w", "w", "w")
    assert screen.reading.selected == "Một câu đầu,"


async def test_what_is_selected_is_highlighted_shown_and_undone() -> None:
    async with opened([one()]) as (pilot, screen, library):
        await select(pilot, screen)
        assert "s highlight" in shown(pilot)[-1]
        await pilot.press("s")
        await settled(pilot, lambda: marks(library) == [("Một câu đầu,", "")])
        assert screen.reading.caret is None
        line = next(n for n, text in enumerate(shown(pilot)) if "Một câu" in text)
        assert shown(pilot)[line].startswith("┃ Một câu")
        assert told(pilot) == "Highlight in “Đầu đề”"
        await pilot.press("u")
        await settled(pilot, lambda: marks(library) == [])
        await settled(pilot, lambda: not any("┃" in text for text in shown(pilot)))


async def test_a_headline_is_selected_highlighted_listed_and_undone() -> None:
    async with opened([one()]) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.press("v", "space", "w", "s")
        await settled(pilot, lambda: marks(library) == [("Đầu", "")])
        line = next(n for n, text in enumerate(shown(pilot)) if "Đầu đề" in text)
        assert shown(pilot)[line].lstrip().startswith("┃ Đầu đề")
        await pilot.press("M")
        await settled(pilot, lambda: isinstance(pilot.app.screen, HighlightsPage))
        await settled(pilot, lambda: any("┃ Đầu" in text for text in shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("u")
        await settled(pilot, lambda: marks(library) == [])


async def test_a_highlight_shows_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened([one(anchored(TEXTS[0], 0, 4, 11))]) as (pilot, screen, _library):
        await reading(pilot, screen)
        line = next(n for n, text in enumerate(shown(pilot)) if "Một câu" in text)
        assert segments(pilot, line, "italic") == "câu đầu"


async def test_highlighting_it_again_takes_it_away() -> None:
    async with opened([one(anchored(TEXTS[0], 0, 0, 21))]) as (pilot, screen, library):
        await select(pilot, screen)
        await pilot.press("asterisk")
        await settled(pilot, lambda: marks(library) == [("rồi thôi", "")])


async def test_without_a_selection_the_highlight_at_the_caret_is_meant() -> None:
    async with opened([one(anchored(TEXTS[0], 0, 0, 20, "ghi"))]) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.press("v", "G", "s")
        assert told(pilot) == "Select something first: v begins."
        await pilot.press("g", "j", "j", "w", "a")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        await pilot.press("end", *" thêm", "enter")
        await settled(pilot, lambda: marks(library) == [("Một câu đầu, rồi thô", "ghi thêm")])
        assert any("✎ ghi thêm" in line for line in shown(pilot))
        await pilot.press("v", "g", "j", "j", "w", "s")
        await settled(pilot, lambda: marks(library) == [])


async def test_a_note_on_a_passage_is_found_shown_and_undone() -> None:
    async with opened([one(), article(2, "Khác")]) as (pilot, screen, library):
        await pilot.press("j")
        await select(pilot, screen)
        await pilot.press("plus", *"nhớ", "enter")
        await settled(pilot, lambda: marks(library) == [("Một câu đầu,", "nhớ")])
        text = [line.strip() for line in shown(pilot)]
        assert text.index("┃ Một câu đầu, rồi thôi.") < text.index("✎ nhớ")
        await pilot.press("escape", "slash", *"note:nho", "enter")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        await pilot.press("u")
        await settled(pilot, lambda: marks(library) == [])


async def test_the_line_of_facts_takes_no_highlight() -> None:
    async with opened([one()]) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.press("v", "j", "space", "w", "s")
        assert told(pilot) == "Only the text itself can be highlighted."
        assert screen.reading.caret is not None
        await pilot.press("G", "s")
        await settled(pilot, lambda: len(marks(library)) == 2)
        assert [passage for passage, _ in marks(library)] == [TEXTS[0], TEXTS[1]]


def three() -> list[Article]:
    other = article(2, "Bài khác", "Lời khác.")
    return [
        one(anchored(TEXTS[0], 0, 0, 7), anchored(TEXTS[1], 1, 0, 12, "ghi")),
        replace(other, state=State(highlights=(anchored("Lời khác.", 0, 0, 3),))),
        article(3, "Không có gì"),
    ]


async def test_the_page_lists_what_is_highlighted_and_leads_there() -> None:
    async with opened(three(), (80, 14)) as (pilot, screen, _library):
        await pilot.press("j", "j")
        await reading(pilot, screen)
        await pilot.press("M")
        await settled(pilot, lambda: "of this article (2)" in shown(pilot)[0])
        assert [line.strip() for line in shown(pilot)[1:4]] == ["┃ Một câu", "┃ Đoạn sau dài", "✎ ghi"]
        await pilot.press("B")
        await settled(pilot, lambda: "of all articles listed (3)" in shown(pilot)[0])
        assert any("Bài khác" in line and "┃ Lời" in line for line in shown(pilot))
        await pilot.press("enter")
        await settled(pilot, lambda: screen.article is not None and screen.article.title == "Bài khác")
        assert screen.focused is screen.reading


async def test_the_page_of_the_list_holds_to_the_filter() -> None:
    async with opened(three()) as (pilot, screen, _library):
        await pilot.press("slash", *"title:de", "enter", "apostrophe")
        await settled(pilot, lambda: "of all articles listed (2)" in shown(pilot)[0])
        await pilot.press("j", "enter")
        await settled(pilot, lambda: screen.focused is screen.reading)
        assert screen.article is not None
        assert screen.article.title == "Đầu đề"


async def test_the_page_removes_notes_copies_and_undoes() -> None:
    async with opened([three()[0]]) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.press("M")
        await settled(pilot, lambda: isinstance(pilot.app.screen, HighlightsPage))
        await pilot.press("D")
        await settled(pilot, lambda: "(1)" in shown(pilot)[0])
        assert marks(library) == [("Đoạn sau dài", "ghi")]
        await pilot.press("y")
        assert pilot.app.clipboard == "“Đoạn sau dài”\n— Đầu đề, An Bình, Báo Thử, 02/12/2023"
        await pilot.press("a", "end", "n", "enter")
        await settled(pilot, lambda: marks(library) == [("Đoạn sau dài", "ghin")])
        await settled(pilot, lambda: any("✎ ghin" in line for line in shown(pilot)))
        await pilot.press("u", "u")
        await settled(pilot, lambda: "(2)" in shown(pilot)[0])
        assert marks(library) == [("Một câu", ""), ("Đoạn sau dài", "ghi")]


async def test_an_empty_page_says_what_to_press() -> None:
    async with opened([one()]) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("M")
        await settled(pilot, lambda: any("v selects text" in line for line in shown(pilot)))
        await pilot.press("D", "a", "y", "enter", "escape")
        await settled(pilot, lambda: pilot.app.screen is screen)


# -- what y copies


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("y", "y"), "Lê Thu ở Huế\nBáo Thử · 08/12/2023 08:30 (stated) · An Bình · 1 min\nhttps://a.vn/1"),
        (
            ("y", "enter"),
            "Lê Thu ở Huế\nBáo Thử · 08/12/2023 08:30 (stated) · An Bình · 1 min\nhttps://a.vn/1",
        ),
        (("ctrl+y", "2"), "https://a.vn/1"),
        (
            ("y", "3"),
            "“Bà Lê Thu gặp ông Trần Nam ở Huế.”\n— Lê Thu ở Huế, An Bình, Báo Thử, 08/12/2023, https://a.vn/1",
        ),
        (("y", "j", "enter"), "https://a.vn/1"),
        (("y", "5"), ""),
        (("y", "escape"), ""),
    ],
)
async def test_the_menu_of_what_to_copy(keys: tuple[str, ...], wanted: str) -> None:
    async with opened([replace(named(), url="https://a.vn/1")]) as (pilot, _screen, _library):
        await pilot.press(keys[0])
        await settled(pilot, lambda: isinstance(pilot.app.screen, CopyMenu))
        await pilot.press(*keys[1:])
        await settled(pilot, lambda: pilot.app.clipboard == wanted)


async def test_the_menu_offers_markdown_and_the_name_at_hand() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("tab", "tab")
        await settled(pilot, lambda: screen.pane == "entities")
        await pilot.press("y")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CopyMenu))
        assert not any("Link" in line for line in shown(pilot))
        await pilot.press("y")
        await settled(pilot, lambda: pilot.app.clipboard == "Lê Thu")
        await pilot.press("y", "3")
        await settled(pilot, lambda: pilot.app.clipboard.startswith("---\n"))
        assert "# Lê Thu ở Huế" in pilot.app.clipboard


async def test_a_selection_is_copied_with_its_source() -> None:
    async with opened([one()]) as (pilot, screen, _library):
        await select(pilot, screen)
        await pilot.press("Y")
        await settled(pilot, lambda: pilot.app.clipboard != "")
        assert pilot.app.clipboard == "“Một câu đầu,”\n— Đầu đề, An Bình, Báo Thử, 02/12/2023"
        assert screen.reading.caret is None
