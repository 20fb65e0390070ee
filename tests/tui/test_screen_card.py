"""The card of a name: opened in the text by keys and mouse, what it says, where its keys lead."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from piloting import opened, settled, shown, told
from screen_fakes import article, named, person
from test_screen_text import reading
from textual.pilot import Pilot

from store.article import Entity, RawPage
from store.cleaning import clean
from store.entities import extract
from store.loaders import load
from tui.entity_card import card_lines
from tui.layout import Place
from tui.reasons import NAME_REASONS
from tui.screens.entity_card import EntityCard
from tui.screens.entity_page import EntityPage
from tui.screens.forms import EntityMenu
from tui.screens.main import MainScreen
from tui.screens.pages import Page


def on_card(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, EntityCard)


async def opened_card(pilot: Pilot[None], screen: MainScreen) -> None:
    await reading(pilot, screen)
    await pilot.press("enter")
    await settled(pilot, lambda: on_card(pilot) and any("names it" in line for line in shown(pilot)))


async def test_enter_shows_the_card_of_the_first_name_in_sight() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await opened_card(pilot, screen)
        lines = [line.strip() for line in shown(pilot)]
        at = lines.index("Lê Thu")
        assert lines[at + 1 : at + 3] == ["person", "Bí thư"]
        assert lines[at + 3] == "mention 1 of 3 here · 1 article names it"
        assert lines[0].startswith("Lê Thu ở Huế")
        assert any("n mentions" in line and "? help" in line for line in lines)
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert screen.chosen == "person:lê thu"
        assert screen.focused is screen.reading


async def test_keys_walk_through_mentions_and_names() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await opened_card(pilot, screen)
        for keys, wanted in (
            (("n",), "Lê Thu\nperson\nBí thư\nmention 2 of 3"),
            (("right_curly_bracket", "n"), "Lê Thu\nperson\nBí thư\nmention 1 of 3"),
            (("j",), "Lê Thu\nperson\nBí thư\nmention 2 of 3"),
            (("tab",), "Trần Nam\nperson\nmention 1 of 1"),
            (("j",), "Huế\nplace\nmention 1 of 2"),
            (("k", "up"), "Lê Thu\nperson\nBí thư\nmention 2 of 3"),
            (("N", "k"), "Huế\nplace\nmention 2 of 2"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            assert f"\n{wanted} here" in "\n".join(line.strip() for line in shown(pilot))


async def test_the_card_hides_no_mention() -> None:
    async with opened([named()], (80, 16)) as (pilot, screen, _library):
        await opened_card(pilot, screen)
        for _ in range(6):
            await pilot.press("j")
            await pilot.pause(0.05)
            stop = screen.reading.stop
            assert stop is not None
            top = pilot.app.screen.query_one("#card").region.y
            row = (
                screen.reading.layout_.line_of(Place(stop.part, stop.start)) - screen.reading.scroll_offset.y
            )
            assert 0 <= row < top


async def test_filter_page_correct_copy_and_help() -> None:
    async with opened([named(), article(1, "Khác")], (100, 24)) as (pilot, screen, _library):
        await opened_card(pilot, screen)
        await pilot.press("y")
        assert pilot.app.clipboard == "Lê Thu"
        await pilot.press("question_mark")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        assert any("Its next mention" in line for line in shown(pilot))
        await pilot.press("escape", "x")
        await settled(pilot, lambda: isinstance(pilot.app.screen, EntityMenu))
        await pilot.press("escape", "enter")
        await settled(pilot, lambda: on_card(pilot))
        await pilot.press("f")
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert screen.filter_bar.value == 'person:"Lê Thu"'


async def test_space_leads_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EntityPage, "on_mount", lambda self: None)
    async with opened([named()]) as (pilot, screen, _library):
        await opened_card(pilot, screen)
        await pilot.press("space")
        await settled(pilot, lambda: isinstance(pilot.app.screen, EntityPage))


async def test_enter_takes_the_name_at_what_was_found() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("slash", *"nam o hue", "enter", "enter")
        await settled(pilot, lambda: on_card(pilot))
        assert screen.chosen == "person:trần nam"
        assert not screen.finding


async def test_marks_off_hide_no_card_and_no_name_is_said() -> None:
    async with opened([named(), article(1, "Khác")]) as (pilot, screen, _library):
        await pilot.press("R")
        await opened_card(pilot, screen)
        await pilot.press("escape", "right_square_bracket")
        await settled(pilot, lambda: screen.article is not None and screen.article.title == "Khác")
        await pilot.press("enter")
        await settled(pilot, lambda: told(pilot) == "No names in this article.")


async def test_a_click_chooses_a_name_and_a_second_one_shows_its_card() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await reading(pilot, screen)
        line = next(n for n, text in enumerate(shown(pilot)) if "gặp ông Trần" in text)
        at = (screen.reading.margin_left + 20, line)
        await pilot.click("#view", offset=at)
        await settled(pilot, lambda: screen.chosen == "person:trần nam")
        assert not on_card(pilot)
        await pilot.click("#view", offset=at)
        await settled(pilot, lambda: on_card(pilot))


async def test_choosing_a_name_in_sight_moves_no_text() -> None:
    async with opened([named()], (60, 12)) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("j", "j", "j", "j")  # the first line with a name is at the top
        top = screen.reading.scroll_offset.y
        await pilot.click("#view", offset=(screen.reading.margin_left + 4, 0))
        await settled(pilot, lambda: screen.chosen == "person:lê thu")
        assert screen.reading.scroll_offset.y == top
        await pilot.press("enter")
        await settled(pilot, lambda: on_card(pilot))
        assert screen.reading.scroll_offset.y == top


# -- what it says


def words(entity: Entity, **fields: object) -> list[str]:
    one = replace(named(), **fields)
    return [text for text, _ in card_lines(one, entity, 0, None)]


def test_a_card_says_values_forms_and_why() -> None:
    entity = Entity(
        "date", "date:x", "ngày 7/3", aliases=("7-3", "ngày 7/3"), value="2026-03-07", value_basis="supplied",
        why="day and month",
    )  # fmt: skip
    assert words(entity) == [
        "ngày 7/3",
        "date · 07/03/2026 (supplied)",
        "also written: 7-3",
        "0 mentions here",
        "Why: day and month",
    ]


@pytest.mark.parametrize(
    ("name", "roles", "wanted"),
    [
        ("BTV Tỉnh ủy", (), ["BTV = Ban Thường vụ"]),
        ("Lê Thu", ("Ủy viên BTV Tỉnh ủy",), ["BTV = Ban Thường vụ"]),
        ("Sở (GD&ĐT)", (), ["GD&ĐT = Giáo dục và Đào tạo"]),
        ("BTVN", (), []),
    ],
)
def test_a_card_says_what_abbreviations_stand_for(
    name: str, roles: tuple[str, ...], wanted: list[str]
) -> None:
    meanings = {"BTV": "Ban Thường vụ", "GD&ĐT": "Giáo dục và Đào tạo"}
    entity = replace(person(name), roles=roles)
    assert [line for line in words(entity, abbreviations=meanings) if " = " in line] == wanted


def test_every_reason_for_a_name_has_its_words() -> None:
    samples = sorted((Path(__file__).parents[2] / "sample_data").glob("*.txt"))[::6]
    for path in samples:
        for page in load(path):
            assert isinstance(page, RawPage)
            assert {entity.why for entity in extract(clean(page)).entities} <= {*NAME_REASONS, ""}, path.name


def test_every_reason_that_a_rule_gives_has_its_words() -> None:
    places = {"found": 3, "OrgAt": 4, "PlaceAt": 5, "Found": 5}  # where each takes the reason
    given = set()
    for path in (Path(__file__).parents[2] / "store" / "entities").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                for reason in call.args[places[name] :][:1] if name in places else []:
                    if isinstance(reason, ast.Constant):
                        given.add(reason.value)
    assert len(given) > 30
    inner = {"date", "abbreviation"}  # the reason of its form, or the office it is part of, takes their place
    assert given <= {*NAME_REASONS, *inner}


async def test_the_card_stands_at_the_foot_of_the_text_though_the_line_of_what_was_found_goes() -> None:
    async with opened([named()], (120, 24)) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("slash", *"hue", "enter")
        await settled(pilot, lambda: screen.focused is screen.reading)
        await pilot.press("enter")
        await settled(pilot, lambda: on_card(pilot) and not screen.query_one("#find-row").display)
        await settled(pilot, lambda: any("names it" in line for line in shown(pilot)))
        foot = screen.reading.region.bottom
        card = pilot.app.screen.query_one("#card")
        await settled(pilot, lambda: foot == 22 and card.region.bottom == foot)
