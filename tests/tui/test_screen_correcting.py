"""Correcting on the screen: an entity, the facts, a line of the page; shown at once and undone in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from piloting import opened, settled, shown, told
from screen_fakes import FakeLibrary, article, named, person
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from store.article import Article, Block, Dropped, Fact, RawPage
from store.corrections import Correction
from store.library import Library
from store.query import parse
from tui.app import ReaderApp
from tui.screens.dialogs import Choice, Confirm, Pick, Prompt
from tui.screens.forms import EntityMenu, Form
from tui.screens.main import MainScreen
from tui.screens.raw import RawView
from tui.widgets.entities_pane import EntitiesPane
from tui.widgets.table_view import PickTable

WIDE = (160, 40)


def people(screen: MainScreen) -> list[str]:
    return [entity.name for entity in screen.article.entities] if screen.article else []


def under_cursor(screen: MainScreen) -> str:
    entity = screen.query_one(EntitiesPane).entity
    return entity.name if entity else ""


async def at_names(pilot: Pilot[None], screen: MainScreen, down: int = 0) -> None:
    await pilot.press("tab", "tab")
    await settled(pilot, lambda: screen.pane == "entities" and bool(under_cursor(screen)))
    await pilot.press(*["j"] * down)


async def asked(pilot: Pilot[None], what: type) -> None:
    await settled(pilot, lambda: isinstance(pilot.app.screen, what))


def chosen(dialog: object, value: str) -> list[str]:
    """The keys that lead to a choice, from its top."""
    assert isinstance(dialog, Choice)
    at = [choice[0] for choice in dialog.choices]
    present = next((n for n, choice in enumerate(at) if choice == dialog.present), 0)
    steps = at.index(value) - present
    return ["j" if steps > 0 else "k"] * abs(steps) + ["enter"]


async def chose(pilot: Pilot[None], value: str) -> None:
    await asked(pilot, Choice)
    await pilot.press(*chosen(pilot.app.screen, value))


# -- entities


async def test_a_name_is_put_right_and_back() -> None:
    async with opened([named(), article(1, "Khác")], WIDE) as (pilot, screen, library):
        await at_names(pilot, screen)
        await pilot.press("x", "enter")
        await asked(pilot, Prompt)
        await pilot.press("end", *" Ha", "enter")
        await settled(pilot, lambda: "Lê Thu Ha" in people(screen))
        assert told(pilot) == "“Lê Thu” renamed to “Lê Thu Ha”"
        assert library.rules[0].article == named().id
        assert under_cursor(screen) == "Lê Thu Ha"
        assert any("Lê Thu Ha 3" in line for line in shown(pilot))
        await pilot.press("u")
        await settled(pilot, lambda: "Lê Thu" in people(screen))
        assert told(pilot) == "Undone: “Lê Thu” renamed to “Lê Thu Ha”"
        assert library.rules == ()


async def test_tab_makes_it_hold_in_the_whole_library() -> None:
    both = [named(), replace(named(), id=f"{2:013x}")]
    async with opened(both, WIDE) as (pilot, screen, library):
        await at_names(pilot, screen)
        await pilot.press("f6")
        await asked(pilot, EntityMenu)
        text = "\n".join(shown(pilot))
        assert "For this article. Tab: for the whole library" in text
        await pilot.press("tab")
        await settled(pilot, lambda: any("2 articles now, and what comes" in s for s in shown(pilot)))
        await chose(pilot, "hide")
        await settled(pilot, lambda: "Lê Thu" not in people(screen))
        assert told(pilot) == "“Lê Thu” hidden, in the whole library"
        assert library.rules == (Correction("hide", "person:lê thu", None),)
        assert under_cursor(screen) == "Trần Nam"


async def test_a_person_becomes_a_place() -> None:
    async with opened([named()], WIDE) as (pilot, screen, library):
        await at_names(pilot, screen, 1)
        await pilot.press("x")
        await chose(pilot, "retype")
        await settled(pilot, lambda: getattr(pilot.app.screen, "question", "") == "Which kind is it?")
        await chose(pilot, "place")
        await settled(pilot, lambda: bool(library.rules))
        assert told(pilot) == "“Trần Nam” moved to Places"
        await settled(pilot, lambda: any("Places (2)" in line for line in shown(pilot)))
        assert under_cursor(screen) == "Trần Nam"


async def test_merging_shows_both_sentences_and_asks() -> None:
    async with opened([named()], WIDE) as (pilot, screen, library):
        await at_names(pilot, screen, 1)
        await pilot.press("x")
        await chose(pilot, "merge")
        await asked(pilot, Pick)
        await pilot.press(*"hue", "enter")
        await asked(pilot, Confirm)
        await settled(pilot, lambda: getattr(pilot.app.screen, "question", "").endswith("same as “Huế”?"))
        await pilot.press("escape", "x")
        await chose(pilot, "merge")
        await asked(pilot, Pick)
        await pilot.press("down", "up", "enter")
        await asked(pilot, Confirm)
        dialog = pilot.app.screen
        assert isinstance(dialog, Confirm)
        assert dialog.question == "Is “Trần Nam” the same as “Lê Thu”?"
        assert [detail.plain for detail in dialog.details] == ["Bà Lê Thu gặp ông Trần Nam ở Huế."] * 2
        await pilot.press("n")
        await pilot.pause(0.1)
        assert not library.rules
        await pilot.press("x")
        await chose(pilot, "merge")
        await asked(pilot, Pick)
        await pilot.press(*"le t")
        options = pilot.app.screen.query_one(OptionList)
        await settled(pilot, lambda: options.option_count == 1)
        await pilot.press("enter", "y")
        await settled(pilot, lambda: people(screen) == ["Lê Thu", "Huế", "Lời"])
        assert told(pilot) == "“Trần Nam” merged into “Lê Thu”"
        await pilot.press("backspace")
        await settled(pilot, lambda: "Trần Nam" in people(screen))


async def test_a_form_is_split_off_and_a_namesake_told_apart() -> None:
    one = article(4, "Bà Lê Thu", "Bà Lê Thu đến. Thu nói.", "Hết.")
    entity = person("Lê Thu", (-1, 3), (0, 3))
    one = replace(
        one, entities=(replace(entity, mentions=(*entity.mentions, *person("Thu", (0, 15)).mentions)),)
    )
    async with opened([one], WIDE) as (pilot, screen, library):
        await at_names(pilot, screen)
        await pilot.press("x")
        await chose(pilot, "split")
        await settled(pilot, lambda: "Which form" in getattr(pilot.app.screen, "question", ""))
        await chose(pilot, "Thu")
        await settled(pilot, lambda: people(screen) == ["Lê Thu", "Thu"])
        assert told(pilot) == "“Thu” split off from “Lê Thu”"
        await pilot.press("u")
        await settled(pilot, lambda: people(screen) == ["Lê Thu"])
        await pilot.press("x")
        await chose(pilot, "namesake")
        await settled(pilot, lambda: "in this article is" in getattr(pilot.app.screen, "question", ""))
        await chose(pilot, "2")
        await settled(pilot, lambda: bool(library.rules))
        assert screen.article is not None
        assert screen.article.entities[0].key == "person:lê thu#2"
        assert library.rules[0].article == one.id


# -- facts


async def test_the_facts_are_corrected_in_a_form() -> None:
    async with opened([article(1, "Sai"), article(2, "Khác")], WIDE) as (pilot, screen, library):
        await pilot.press("j", "x")
        await asked(pilot, Form)
        await pilot.press("end", *" rồi", "tab", "ctrl+u", *"31/12/2022", "down", "ctrl+u", "enter")
        await settled(pilot, lambda: len(library.rules) == 3)
        assert told(pilot) == "“Sai” corrected: Title, Date, Author"
        await settled(pilot, lambda: any(line.startswith("• Sai rồi") for line in shown(pilot)))
        text = "\n".join(shown(pilot))
        assert "31/12/2022" in text
        assert "Báo Thử · 31/12/2022 (stated) · 1 min" in text
        assert screen.listing.cursor == 1
        await pilot.press("u")
        await settled(pilot, lambda: any(line.startswith("• Sai ") for line in shown(pilot)))
        assert library.rules == ()


async def test_a_date_that_is_none_keeps_the_form_open() -> None:
    async with opened([article(1)], WIDE) as (pilot, _screen, library):
        await pilot.press("x")
        await asked(pilot, Form)
        await pilot.press("tab", "ctrl+u", *"hom no", "enter")
        await settled(pilot, lambda: any("hom no is no date" in line for line in shown(pilot)))
        focused = pilot.app.focused
        assert isinstance(focused, Input)
        assert focused.id == "form-published"
        await pilot.press("escape")
        await settled(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        assert library.rules == ()


async def test_a_form_left_as_it_was_changes_nothing() -> None:
    async with opened([article(1)], WIDE) as (pilot, _screen, library):
        await pilot.press("f6", "enter")
        await settled(pilot, lambda: isinstance(pilot.app.screen, MainScreen))
        assert library.rules == ()


# -- lines of the raw page


def with_page() -> tuple[Article, RawPage]:
    page = RawPage(
        "Đầu đề\nQuảng cáo lạc vào\nSáng nay mưa to.\nChiều tạnh.\nTin liên quan", "0", "trang.txt"
    )
    blocks = (
        Block("paragraph", "Quảng cáo lạc vào", 2),
        Block("paragraph", "Sáng nay mưa to.", 3),
    )
    dropped = (
        Dropped(4, 0, 11, "Chiều tạnh.", "related headline"),
        Dropped(5, 0, 13, "Tin liên quan", "related headline"),
    )
    one = article(1, "Đầu đề", blocks=blocks, lead=None, dropped=dropped, facts={"title": Fact(1, "x")})
    return one, page


async def opened_raw(pilot: Pilot[None], library: FakeLibrary) -> RawView:
    await pilot.press("r")
    await settled(pilot, lambda: isinstance(pilot.app.screen, RawView))
    page = pilot.app.screen
    assert isinstance(page, RawView)
    await settled(pilot, lambda: bool(page.query_one(PickTable)._drawn))
    return page


async def test_a_line_is_taken_out_another_in_and_the_text_shows_it() -> None:
    one, page = with_page()
    async with opened([one], (100, 24)) as (pilot, screen, library):
        library.pages[one.id] = page
        raw = await opened_raw(pilot, library)
        await pilot.press("j", "x", "enter")
        await settled(pilot, lambda: len(library.rules) == 1)
        assert told(pilot) == "line 2 taken out"
        await settled(pilot, lambda: "× taken out by hand" in shown(pilot)[2])
        await pilot.press("j", "j", "f6")
        await chose(pilot, "heading")
        await settled(pilot, lambda: len(library.rules) == 2)
        assert told(pilot) == "line 4 is now: heading"
        await settled(pilot, lambda: shown(pilot)[4].split()[:2] == ["4", "heading"])
        assert screen.article is not None
        assert [block.text for block in screen.article.blocks] == ["Sáng nay mưa to.", "Chiều tạnh."]
        assert raw.query_one(PickTable).cursor == 3
        await pilot.press("u", "u")
        await settled(pilot, lambda: not library.rules)
        assert told(pilot) == "Undone: line 2 taken out"
        await settled(pilot, lambda: shown(pilot)[2].split()[:2] == ["2", "paragraph"])
        await pilot.press("escape")
        assert [block.text for block in screen.article.blocks] == ["Quảng cáo lạc vào", "Sáng nay mưa to."]


async def test_a_line_that_is_a_fact_is_told() -> None:
    one, page = with_page()
    async with opened([one], (100, 24)) as (pilot, _screen, library):
        library.pages[one.id] = page
        await opened_raw(pilot, library)
        await pilot.press("x")
        await settled(pilot, lambda: told(pilot).startswith("This line is a fact"))


async def test_a_line_longer_than_the_screen_can_be_read_to_its_end() -> None:
    one, _page = with_page()
    async with opened([one], (60, 12)) as (pilot, _screen, library):
        library.pages[one.id] = RawPage("Đầu đề\n" + "mưa to " * 200 + "hết\nsau", "0", "trang.txt")
        page = await opened_raw(pilot, library)
        table = page.query_one(PickTable)
        seen = set[str]()
        for _press in range(60):
            await pilot.press("j")
            seen |= set(" ".join(shown(pilot)).split())
            if table.cursor == 2:
                break
        assert {"hết", "sau"} <= seen
        await pilot.press("k")
        assert table.cursor == 1
        assert "hết" in "\n".join(shown(pilot))
        await pilot.press("g")
        assert table.cursor == 0
        assert "Đầu đề" in shown(pilot)[1]
        await pilot.click(PickTable, offset=(5, 3))
        assert table.cursor == 1


async def test_the_raw_page_opens_where_one_reads() -> None:
    texts = [f"Đoạn thứ {number}. " + "Lời dài. " * 30 for number in range(12)]
    blocks = tuple(Block("paragraph", text, 5 + number) for number, text in enumerate(texts))
    one = article(1, blocks=blocks, lead=None, facts={"title": Fact(4, "x")})
    page = RawPage("\n".join(["Trang chủ", "Mới nhất", "Video", one.title, *texts]), "0", "trang.txt")
    async with opened([one], (80, 20)) as (pilot, screen, library):
        library.pages[one.id] = page
        raw = await opened_raw(pilot, library)
        assert raw.query_one(PickTable).cursor == 3
        await pilot.press("escape", "enter", "pagedown", "pagedown", "pagedown")
        place = screen.reading.place
        assert place is not None
        raw = await opened_raw(pilot, library)
        entry = raw.query_one(PickTable).entry
        assert entry is not None
        assert entry.text == screen.reading.parts[place.part].text
        await settled(pilot, lambda: any(entry.text[:12] in line for line in shown(pilot)))


async def test_a_real_library_keeps_what_was_corrected(tmp_path: Path) -> None:
    one, page = with_page()
    found = replace(one, entities=(person("Sáng nay", (1, 0)),))
    with Library.open(tmp_path / "library") as library:
        library.add([(found, page), (article(2, "Khác"), None)])
        app = ReaderApp(library)
        async with app.run_test(size=WIDE) as pilot:
            screen = app.screen
            assert isinstance(screen, MainScreen)
            await settled(pilot, lambda: screen.furnished)
            await pilot.press("slash", *"dau de", "enter")
            await settled(pilot, lambda: len(screen.rows or ()) == 1 and screen.article is not None)
            await settled(pilot, lambda: screen.article is not None and screen.article.title == "Đầu đề")
            await at_names(pilot, screen)
            await pilot.press("x", "tab")
            await chose(pilot, "hide")
            await settled(pilot, lambda: people(screen) == [])
            await pilot.press("escape", "x")
            await asked(pilot, Form)
            await pilot.press("end", *" mới", "enter")
            await settled(pilot, lambda: any(line.startswith("• Đầu đề mới") for line in shown(pilot)))
            await pilot.press("u")
            await settled(pilot, lambda: told(pilot).startswith("Undone: “Đầu đề” corrected: Title"))
            await settled(pilot, lambda: any(line.startswith("• Đầu đề  ") for line in shown(pilot)))
            await pilot.press("r")
            await asked(pilot, RawView)
            await settled(pilot, lambda: bool(pilot.app.screen.query_one(PickTable)._drawn))
            await pilot.press("j", "x", "enter")
            await settled(pilot, lambda: told(pilot) == "line 2 taken out")
    with Library.open(tmp_path / "library") as library:
        left = library.article(library.select(parse("title:dau de"))[0].id)
        assert [block.text for block in left.blocks] == ["Sáng nay mưa to."]
        assert left.entities == ()
        assert len(library.corrections()) == 2


async def test_in_a_low_window_one_sees_what_is_asked_of_whom_and_the_hint() -> None:
    async with opened([named()], (46, 12)) as (pilot, screen, _):
        await at_names(pilot, screen)
        await pilot.press("x")
        await asked(pilot, Choice)
        await settled(pilot, lambda: any("Lê Thu”" in line for line in shown(pilot)))
        text = " ".join(shown(pilot))
        assert "Rename…" in text
        assert "Tab: for the" in text
