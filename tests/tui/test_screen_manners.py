"""What one would not live with for an hour: small things that moved, stood in the way or were forgotten."""

from __future__ import annotations

import json
import re
from pathlib import Path

from piloting import opened, settled, shown, ten, told
from screen_fakes import article, named
from textual.widgets._toast import ToastRack

from store.article import State
from tui.config import Config
from tui.layout import FACTS


async def test_the_footer_says_drop_once_text_is_selected() -> None:
    async with opened([named()]) as (pilot, _screen, _library):
        await pilot.press("enter", "v")
        await settled(pilot, lambda: " v begin " in shown(pilot)[-1])
        await pilot.press("v", "w")
        await settled(pilot, lambda: " v drop " in shown(pilot)[-1])
        assert " begin " not in shown(pilot)[-1]
        await pilot.press("v")
        await settled(pilot, lambda: " v begin " in shown(pilot)[-1])


async def test_counts_of_views_stand_one_below_the_other() -> None:
    many = [article(n, f"Bài số {n}", state=State(read=n > 3)) for n in range(1, 13)]
    async with opened(many) as (pilot, _screen, _library):
        await pilot.press("4")
        await settled(pilot, lambda: any("Starred" in line for line in shown(pilot)))
        rows = [line for line in shown(pilot) if re.search(r"│\s+(All|Unread|Starred|Trash)\s+\d+\s", line)]
        ends = {re.search(r"\d+(?=\s+│)", line[line.index("│ ") :]).end() for line in rows}  # type: ignore[union-attr]
        assert len(rows) == 4
        assert len(ends) == 1, rows


async def test_the_first_keys_go_when_an_article_is_opened(tmp_path: Path) -> None:
    async with opened(ten(), history=tmp_path / "filters") as (pilot, screen, _library):
        await settled(pilot, lambda: "Enter open · Space page on" in shown(pilot)[0])
        await pilot.press("j")
        assert screen.query_one("#notice").display
        await pilot.press("enter")
        await settled(pilot, lambda: not screen.query_one("#notice").display)
    async with opened(ten(), history=tmp_path / "filters") as (pilot, screen, _library):
        assert not screen.query_one("#notice").display


async def test_a_warning_at_the_top_stays_when_an_article_is_opened(tmp_path: Path) -> None:
    config = Config(problems=("line 3: no such key",))
    async with opened(ten(), history=tmp_path / "filters", config=config) as (pilot, screen, _library):
        await pilot.press("enter")
        await settled(pilot, lambda: screen.pane == "view")
        assert screen.query_one("#notice").display


async def test_the_text_is_as_wide_before_its_bar_stands_as_after() -> None:
    short, long = article(1, "Ngắn"), article(2, "Dài", *["Câu này dài. " * 40] * 6)
    async with opened([short, long], (120, 30)) as (pilot, screen, _library):
        view = screen.reading
        rooms = set()
        for one in (short, long):
            screen.show_article(one.id)
            await settled(pilot, lambda one=one: view.article == one)  # type: ignore[misc]
            rooms.add((view.room, view.layout_.width, view.margin_left))
        assert len(rooms) == 1


async def test_a_kill_in_the_midst_of_reading_leads_back_into_the_text(tmp_path: Path) -> None:
    session = tmp_path / "session.json"
    async with opened(ten(), session=session) as (pilot, _screen, _library):
        await pilot.press("j", "enter")
        # What stands in the file is all that is left after a kill.
        await settled(pilot, lambda: session.exists() and json.loads(session.read_text())["pane"] == "view")
        left = session.read_bytes()
    session.write_bytes(left)
    async with opened(ten(), session=session) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.pane == "view" and screen.focused is screen.reading)
        assert screen.article is not None
        assert screen.article.id == article(9).id


async def test_who_left_at_the_end_of_an_article_is_there_again(tmp_path: Path) -> None:
    session = tmp_path / "session.json"
    long = article(1, "Dài", *(f"Đoạn {n}. " + "Câu này dài. " * 40 for n in range(9)))
    async with opened([long], session=session) as (pilot, screen, _library):
        await pilot.press("enter", "G")
        await settled(pilot, lambda: "100%" in shown(pilot)[-2])
        top = shown(pilot)[0]
        screen.reader.remember()
    async with opened([long], session=session) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.pane == "view" and shown(pilot)[0] == top)


async def test_a_dialog_is_not_covered_by_what_was_told_before() -> None:
    async with opened(ten()) as (pilot, _screen, _library):
        await pilot.press("s")
        await settled(pilot, lambda: "starred" in told(pilot))
        await pilot.press("4")
        await settled(pilot, lambda: any("Enter chooses" in line for line in shown(pilot)))
        await settled(pilot, lambda: not told(pilot))


async def test_the_footer_says_what_the_keys_of_the_card_do() -> None:
    async with opened([named()]) as (pilot, _screen, _library):
        await pilot.press("enter", "enter")
        await settled(pilot, lambda: " n mentions " in shown(pilot)[-1])
        assert len([line for line in shown(pilot) if " n mentions " in line]) == 1
        await pilot.press("escape")
        await settled(pilot, lambda: " Space page " in shown(pilot)[-1])
        await pilot.press("z", "enter")
        await settled(pilot, lambda: " n mentions " in shown(pilot)[-1])


async def test_names_that_were_searched_say_so_until_all_are_back() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("enter", "tab", "slash", *"hue", "enter")
        await settled(pilot, lambda: "Names with “hue”; Esc shows all" in shown(pilot)[-2])
        await pilot.press("escape")
        await settled(pilot, lambda: "Names with" not in shown(pilot)[-2])
        assert screen.pane == "entities"


async def test_what_was_told_goes_from_below_a_dialog_too() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await screen.mount(ToastRack())  # tests have none
        await pilot.press("s")
        await settled(pilot, lambda: bool(screen.query("Toast")))
        await pilot.press("S")
        await settled(pilot, lambda: pilot.app.screen is not screen and not screen.query("Toast"))


async def test_an_empty_library_says_so_whatever_is_typed() -> None:
    async with opened() as (pilot, screen, _library):
        await pilot.press("slash", *"mua", "enter")
        await settled(pilot, lambda: screen.typed_text == "mua")
        await settled(pilot, lambda: any("The library is empty." in line for line in shown(pilot)))


async def test_the_palette_has_room_for_commands_on_a_low_screen() -> None:
    async with opened([named()], (40, 10)) as (pilot, _screen, _library):
        await pilot.press("colon")
        await settled(pilot, lambda: any("Previous row" in line for line in shown(pilot)))


async def test_the_line_of_facts_breaks_between_facts() -> None:
    one = article(1, author="Nguyễn Thị Minh Khai", source="Báo Thử Nghiệm")
    async with opened([one], (60, 24)) as (pilot, screen, _library):
        await pilot.press("slash", *"minh khai", "enter", "enter")
        await settled(pilot, lambda: any("Báo Thử Nghiệm ·" in line for line in shown(pilot)))
        line = next(line.strip() for line in shown(pilot) if "Nguyễn" in line)
        assert line.startswith("Nguyễn Thị Minh Khai")
        await pilot.press("n")
        assert screen.reading.stop is not None
        assert screen.reading.parts[screen.reading.stop.part].block == FACTS


async def test_a_name_chosen_in_the_text_is_filtered_out_from_there() -> None:
    async with opened([named(), *ten()[:3]]) as (pilot, screen, _library):
        screen.pane = "view"
        screen.show_article(named().id)
        await settled(pilot, lambda: screen.article == named() and screen.focused is screen.reading)
        await pilot.press("enter", "escape", "minus")
        await settled(pilot, lambda: screen.filter_bar.value == '-person:"Lê Thu"')
        await settled(pilot, lambda: len(screen.rows or ()) == 3)
