"""The screen's wiring, driven by keys over a library in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from piloting import opened, settled, shown, ten, told
from screen_fakes import article, named
from textual.app import App

from store.article import Dropped, RawPage, State
from store.errors import LibraryReadOnly
from store.text import one_line
from tui.app import ReaderApp
from tui.config import Config
from tui.panes import visible_panes
from tui.screens.dialogs import Choice
from tui.screens.finding import entity_filter
from tui.screens.main import MainScreen
from tui.screens.pages import Page
from tui.widgets.bars import Footer
from tui.widgets.entities_pane import EntitiesPane
from tui.widgets.table_view import TableView

# -- what is where


@pytest.mark.parametrize(
    ("width", "pane", "zen", "wanted"),
    [
        (80, "list", False, {"list"}),
        (80, "view", False, {"view"}),
        (80, "entities", False, {"entities"}),
        (99, "list", False, {"list"}),
        (100, "list", False, {"list", "view"}),
        (120, "view", False, {"list", "view"}),
        (120, "entities", False, {"view", "entities"}),
        (150, "list", False, {"list", "view", "entities"}),
        (200, "view", True, {"view"}),
    ],
)
def test_visible_panes(width: int, pane: str, zen: bool, wanted: set[str]) -> None:
    assert visible_panes(width, pane, zen) == wanted


async def test_the_list_and_its_bars() -> None:
    async with opened(ten()) as (pilot, _, _library):
        lines = shown(pilot)
        assert lines[0].split() == ["•", "Bài", "số", "10", "Báo", "Thử", "11/12/2023"]
        assert len([line for line in lines if "Bài số" in line]) == 10
        assert lines[-2].startswith(" 10/10 · All")
        assert "1/10" in lines[-2]
        assert lines[-1].startswith(" Enter open")
        assert lines[-1].endswith("? help")


async def test_three_panes_and_two_lines_a_row_on_a_wide_screen() -> None:
    async with opened([named()], (160, 30)) as (pilot, _, _library):
        await settled(pilot, lambda: any("People (2)" in line for line in shown(pilot)))
        text = "\n".join(shown(pilot))
        assert "Lê Thu 3" in text
        assert "Places (1)" in text
        assert "Events" not in text
        assert "Báo Thử · Bà Lê Thu gặp" in text
        assert "Báo Thử · 08/12/2023 08:30 (stated) · An Bình · 1 min" in text


async def test_a_resize_changes_the_panes() -> None:
    async with opened([named()], (80, 24)) as (pilot, screen, _library):
        assert not screen.reading.display
        await pilot.resize_terminal(160, 30)
        await settled(pilot, lambda: screen.reading.display)
        assert screen.query_one(EntitiesPane).display
        await pilot.resize_terminal(80, 24)
        await settled(pilot, lambda: not screen.reading.display)
        assert screen.listing.display


async def test_too_small() -> None:
    async with opened(ten(), (30, 8)) as (pilot, _, _library):
        assert "This terminal is too small" in " ".join(shown(pilot))


async def test_an_empty_library_says_what_to_press() -> None:
    async with opened() as (pilot, _, _library):
        text = "\n".join(shown(pilot))
        assert "The library is empty." in text
        assert "i imports" in text


async def test_notices_stand_on_top_until_escape() -> None:
    async with opened(ten(), config=Config(problems=("state-0000.json [b]: is damaged",))) as (
        pilot,
        _,
        _library,
    ):
        assert shown(pilot)[0] == " ! state-0000.json [b]: is damaged"
        await pilot.press("escape")
        await settled(pilot, lambda: "damaged" not in shown(pilot)[0])


# -- filter


async def test_filter_as_you_type_keeps_what_is_selected() -> None:
    articles = [
        article(1, "Hội nghị tổng kết"),
        article(2, "Bão số ba", "Gió lớn."),
        article(3, "Tổng kết năm"),
    ]
    async with opened(articles) as (pilot, screen, _library):
        await pilot.press("j", "j", "slash", *"tong ke")
        await settled(pilot, lambda: len(screen.rows or ()) == 2)
        assert screen.listing.row is not None
        assert screen.listing.row.title == "Hội nghị tổng kết"
        assert " 2/3 · All" in shown(pilot)[-2]
        await pilot.press("enter")
        assert screen.focused is screen.listing
        await pilot.press("escape")
        await settled(pilot, lambda: len(screen.rows or ()) == 3)


async def test_an_invalid_filter_points_and_keeps_the_list() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("slash", *"so 1)")
        await settled(pilot, lambda: screen.query_one("#filter-error").display)
        lines = shown(pilot)
        assert "▲" in lines[1]
        assert lines[1].index("▲") == lines[0].index(")")
        assert len(screen.rows or ()) > 0


async def test_a_filter_that_is_no_filter_is_not_left_as_if_it_were_one() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("slash", *"is:foo", "enter")
        await settled(pilot, lambda: screen.query_one("#filter-error").display)
        assert screen.filter_bar.has_focus
        await pilot.press("escape")
        await settled(pilot, lambda: screen.listing.has_focus)
        assert not screen.query_one("#filter-error").display


async def test_stale_selections_are_dropped() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        current = screen.rows
        screen.post_message(screen.Selected(screen.typed.with_sort("title"), None, None))
        await pilot.pause()
        assert screen.rows is current


async def test_no_match_and_apart() -> None:
    articles = [article(1, "Kết quả", "Mở đầu tổng thể.", "Hết.")]
    async with opened(articles) as (pilot, screen, _library):
        await pilot.press("slash", *"tong ket")
        await settled(pilot, lambda: screen.query_one("#apart").display)
        await pilot.press(*"zz")
        await settled(pilot, lambda: any("Nothing matches" in line for line in shown(pilot)))


async def test_views_and_sort() -> None:
    articles = [article(1, "B", state=State(read=True)), article(2, "A", state=State(starred=True))]
    async with opened(articles) as (pilot, screen, library):
        await pilot.press("2")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert "Unread" in shown(pilot)[-2]
        await pilot.press("3")
        await settled(pilot, lambda: screen.listing.row is not None and screen.listing.row.title == "A")
        await pilot.press("1", "S")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("enter")
        await settled(pilot, lambda: library.asked[-1].sort == "-date")
        await settled(pilot, lambda: "Oldest first" in shown(pilot)[-2])
        await pilot.press("slash", *"sort:title", "enter", "S")
        await settled(
            pilot, lambda: any("● By title → By title, from Z to A" in line for line in shown(pilot))
        )
        await pilot.press("enter")
        await settled(pilot, lambda: library.asked[-1].sort == "-title" and not screen.filter_bar.value)


# -- reading and finding


async def test_enter_reads_and_escape_comes_back() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("enter")
        await settled(pilot, lambda: screen.focused is screen.reading)
        assert shown(pilot)[0] == "  Lê Thu ở Huế"
        assert shown(pilot)[-1].startswith(" Space page")
        await pilot.press("escape")
        await settled(pilot, lambda: screen.focused is screen.listing)


async def test_find_in_the_article_walks_and_closes() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("enter", "slash", *"hue")
        await settled(pilot, lambda: "1/3" in shown(pilot)[-3])
        await pilot.press("enter", "n", "n")
        assert "3/3" in shown(pilot)[-3]
        await pilot.press("n")
        assert "1/3" in shown(pilot)[-3]
        await pilot.press("N")
        assert "3/3" in shown(pilot)[-3]
        await pilot.press("escape")
        await settled(pilot, lambda: "3/3" not in shown(pilot)[-3])
        assert screen.pane == "view"


async def test_enter_on_a_name_walks_its_mentions_and_f_filters() -> None:
    async with opened([named(), article(1, "Khác")], (160, 30)) as (pilot, screen, _library):
        await pilot.press("tab", "tab", "enter")
        await settled(pilot, lambda: "1/3" in shown(pilot)[-2])
        assert screen.chosen == "person:lê thu"
        await pilot.press("enter")
        await settled(pilot, lambda: "2/3" in shown(pilot)[-2])
        await pilot.press("ampersand")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert screen.filter_bar.value == 'person:"Lê Thu"'


@pytest.mark.parametrize(
    ("kind", "name", "key", "wanted"),
    [
        ("person", "Lê Thu", "person:lê thu", 'person:"Lê Thu"'),
        ("person", "Lê Thu", "person:lê thu#2", 'person:"lê thu#2"'),
        ("organization", 'Báo "Mới"', "organization:báo mới", 'org:"Báo  Mới"'),
        ("date", "ngày 3/2", "date:2024-02-03", '"ngày 3/2"'),
    ],
)
def test_entity_filter(kind: str, name: str, key: str, wanted: str) -> None:
    entity = replace(named().entities[0], type=kind, name=name, key=key)
    assert entity_filter(entity) == wanted


async def test_events_and_quantities_come_when_asked_for() -> None:
    async with opened([named()], (160, 30)) as (pilot, screen, _library):
        await pilot.press("f2")
        await settled(pilot, lambda: any("Events (1)" in line for line in shown(pilot)))
        assert "event" in screen.types


async def test_space_goes_on_to_the_next_unread() -> None:
    articles = [article(3, "Một"), article(2, "Hai", state=State(read=True)), article(1, "Ba")]
    async with opened(articles) as (pilot, screen, library):
        await pilot.press("enter", "space")
        await settled(pilot, lambda: screen.article is not None and screen.article.title == "Ba")
        assert library.article(f"{3:013x}").state.read


async def test_two_seconds_in_the_text_are_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.marking.READ_AFTER", 0.1)
    async with opened([named()]) as (pilot, _, library):
        await pilot.pause(0.15)
        assert not library.article(named().id).state.read
        await pilot.press("enter")
        await settled(pilot, lambda: library.article(named().id).state.read)
        await pilot.press("m")
        await pilot.pause(0.15)
        assert not library.article(named().id).state.read


async def test_zen_shows_nothing_but_the_text() -> None:
    async with opened([named()], (160, 30)) as (pilot, screen, _library):
        await pilot.press("z")
        await settled(pilot, lambda: not screen.listing.display)
        assert not screen.query_one(Footer).display
        await pilot.press("escape")
        await settled(pilot, lambda: screen.query_one(Footer).display)


# -- changes


async def test_star_read_trash_and_undo_them_all() -> None:
    async with opened(ten()) as (pilot, screen, library):
        first = screen.listing.row
        assert first is not None
        await pilot.press("asterisk")
        assert library.article(first.id).state.starred
        assert shown(pilot)[0].startswith("★")
        await pilot.press("m", "D")
        await settled(pilot, lambda: len(screen.rows or ()) == 9)
        assert screen.listing.row is not None
        assert screen.listing.row.id != first.id
        await pilot.press("u")
        await settled(pilot, lambda: len(screen.rows or ()) == 10)
        assert told(pilot) == "Undone: “Bài số 10” moved to the trash"
        await pilot.press("backspace", "backspace")
        assert library.article(first.id).state == State()
        await pilot.press("u")
        await settled(pilot, lambda: told(pilot) == "Nothing to undo.")


async def test_tags_and_notes() -> None:
    async with opened([article(1, state=State(tags=("cũ",)))]) as (pilot, _, library):
        await pilot.press("number_sign")
        await settled(pilot, lambda: "Tags cũ," in "\n".join(shown(pilot)))
        await pilot.press(*"hay", "enter")
        await settled(pilot, lambda: library.article(f"{1:013x}").state.tags == ("cũ", "hay"))
        await pilot.press("a", *"ghi", "enter")
        await settled(pilot, lambda: len(library.article(f"{1:013x}").state.notes) == 1)
        await pilot.press("enter")
        await settled(pilot, lambda: any("✎ ghi" in line for line in shown(pilot)))


async def test_mark_all_asks_first() -> None:
    async with opened(ten()) as (pilot, _, library):
        await pilot.press("A", "escape")
        assert not any(one.state.read for one in library.articles.values())
        await pilot.press("A", "enter")
        await settled(pilot, lambda: all(one.state.read for one in library.articles.values()))


async def test_a_change_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LibraryReadOnly("read_only", path="chỗ/nào")

    async with opened(ten()) as (pilot, _, library):
        monkeypatch.setattr(library, "change", refuse)
        await pilot.press("s")
        await settled(pilot, lambda: told(pilot).startswith("chỗ/nào: can't be written"))


async def test_changes_by_others_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.LOOK_AGAIN", 0.05)
    async with opened(ten()) as (pilot, screen, library):
        late = article(27, "Tin mới")
        library.articles[late.id] = late
        library.changed = True
        await settled(pilot, lambda: len(screen.rows or ()) == 11)


# -- sending and looking


async def test_export_says_the_full_path(tmp_path: Path) -> None:
    async with opened([named()], (140, 24), config=Config(export_folder=tmp_path)) as (pilot, _, _library):
        await pilot.press("ctrl+e")
        (path,) = tmp_path.iterdir()
        await settled(pilot, lambda: told(pilot) == f"Exported: {path}")


async def test_the_raw_page_gives_reasons() -> None:
    one = article(1, dropped=(Dropped(2, 0, 9, "15 lượt xem", "view counter"),))
    async with opened([one]) as (pilot, _, library):
        page = "Hội nghị tổng kết\n15 lượt xem\nSáng 16/1\n[@click=app.quit]x"
        library.pages[one.id] = RawPage(page, "0", "trang.txt")
        await pilot.press("f3")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        await settled(pilot, lambda: bool(pilot.app.screen.query_one(TableView)._drawn))
        lines = shown(pilot)
        assert lines[0] == " Raw page: trang.txt (utf-8)"
        assert lines[1].split() == "1 title (the headline) Hội nghị tổng kết".split()
        assert lines[2].split() == "2 × view counter 15 lượt xem".split()
        assert lines[3].split() == "3 lead Sáng 16/1".split()
        assert lines[4].split() == "4 paragraph [@click=app.quit]x".split()
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_help_is_about_what_has_the_focus() -> None:
    async with opened([named()], (80, 40)) as (pilot, _, _library):
        await pilot.press("enter", "f1")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        await settled(pilot, lambda: any("Line down" in line for line in shown(pilot)))
        assert not any("Next row" in line for line in shown(pilot))


async def test_a_click_chooses_a_row_and_a_name() -> None:
    async with opened([named(), *ten()[:3]], (160, 30)) as (pilot, screen, _library):
        await pilot.click("#list", offset=(5, 2))
        assert screen.listing.cursor == 1
        await pilot.click("#list", offset=(5, 0))
        await settled(pilot, lambda: screen.article is not None and screen.article.title == "Lê Thu ở Huế")
        await pilot.click("#view", offset=(screen.reading.margin_left + 1, 0))
        await settled(pilot, lambda: screen.chosen == "person:lê thu")


async def test_q_goes_back_and_quits_at_the_top() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("enter", "q")
        await settled(pilot, lambda: screen.pane == "list")
        assert pilot.app.is_running
        await pilot.press("q")
        await settled(pilot, lambda: not pilot.app.is_running)


# -- hostile text, on the whole screen


@pytest.mark.parametrize(
    "title",
    ["[Video] Bão số 3", "[/] xong", "[@click=app.quit]x", "\x1b]0;x\x07 tên", "\u202eđảo \x9b31m"],
)
async def test_hostile_titles_show_and_do_nothing(title: str) -> None:
    one = replace(named(), title=title, entities=(replace(named().entities[1], name=title),))
    async with opened([one], (160, 30), config=Config(problems=(title,))) as (pilot, screen, _library):
        await settled(pilot, lambda: any("People" in line for line in shown(pilot)))
        await pilot.press("s")
        text = "\n".join(shown(pilot))
        assert not any(ord(char) < 32 and char != "\n" for char in text)
        assert not set("\x9b\u202e\x07\x1b") & set(text)
        if title.startswith("["):
            assert text.count(title) >= 4  # list, text, names, notice
        await pilot.click("#view", offset=(screen.reading.margin_left + 1, 0))
        assert pilot.app.is_running


@pytest.mark.parametrize("title", ["[/] xong", "\x1b]0;x\x07 tên", "\u202eđảo \x9b31m"])
async def test_cleaned_on_the_way_in_is_enough(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderApp, "get_line_filters", App.get_line_filters)
    one = replace(named(), title=one_line(title), entities=())
    async with opened([one], (160, 30)) as (pilot, _, _library):
        await pilot.press("s")
        text = "\n".join(shown(pilot))
        assert not set("\x9b\u202e\x07\x1b") & set(text)
        assert not any(ord(char) < 32 and char != "\n" for char in text)


async def test_escape_in_a_line_to_type_in_leads_back_to_where_it_was_opened() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("slash", "h", "escape")
        await settled(pilot, lambda: screen.focused is screen.listing and screen.listing.display)
        assert screen.filter_bar.value == ""
        await pilot.press("tab", "tab", "slash", "h", "escape")
        await settled(pilot, lambda: screen.focused is screen.query_one(EntitiesPane))
        assert screen.query_one(EntitiesPane).needle == ""


async def test_a_slash_is_a_letter_while_typing() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("slash", "1", "slash", "2")
        await settled(pilot, lambda: screen.filter_bar.value == "1/2")
