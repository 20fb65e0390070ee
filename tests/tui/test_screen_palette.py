"""The palette: everything that can be done, once; found without marks; what was used last in front."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from piloting import opened, settled, shown, ten, told
from screen_fakes import article, named
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from store.searches import Search
from tui import i18n
from tui.commands import commands, commands_here, score
from tui.config import Config
from tui.keys import KEYS
from tui.screens.entity_card import EntityCard
from tui.screens.highlights import HighlightsPage
from tui.screens.main import MainScreen
from tui.widgets.filter_bar import FilterBar


async def taken_from_palette(pilot: Pilot[None], screen: MainScreen, typed: str, line: str) -> None:
    """Has the palette do what it lists in a line, which leads back to the main screen."""
    await pilot.press("colon")
    await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    pilot.app.screen.query_one(Input).value = typed
    await settled(pilot, lambda: any(line in shown_line for shown_line in shown(pilot)))
    await pilot.press("enter")
    await settled(pilot, lambda: pilot.app.screen is screen)


async def test_every_action_is_listed_once_with_its_keys() -> None:
    async with opened([named()]) as (_pilot, screen, _library):
        found = list(commands(screen))
        assert set(Counter(command.id for command in found).values()) == {1}
        wanted = {key.id for key in KEYS if not key.id.endswith("palette")}
        assert wanted <= {command.id for command in found}
        copy = next(command for command in found if command.id == "select.copy")
        assert (copy.keys, copy.more) == ("y Enter Ctrl-y", "· while selecting text (v)")
        star = next(command for command in found if command.id == "article.star")
        assert star.keys == "s *"
        page = next(command for command in found if command.id == "view.page")
        assert page.more == "in the text"


async def test_what_belongs_to_another_pane_goes_there() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        pilot.app.screen.query_one(Input).value = "select text"
        await settled(pilot, lambda: any("Select text in the text" in line for line in shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: screen.pane == "view" and screen.reading.caret is not None)


async def test_what_needs_selected_text_begins_to_select() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        found = {command.id: command for command in commands(screen)}
        await found["select.highlight"].run()  # type: ignore[misc]
        await settled(pilot, lambda: screen.pane == "view" and screen.reading.caret is not None)
        now = list(commands(screen))
        assert now[0].id == "select.start"
        assert next(command for command in now if command.id == "select.copy").more == ""
        assert set(Counter(command.id for command in now).values()) == {1}
        await next(command for command in now if command.id == "view.bottom").run()  # type: ignore[misc]
        assert screen.reading.caret is None


async def test_what_belongs_to_the_card_of_a_name_shows_it() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        found = {command.id: command for command in commands(screen)}
        await found["card.copy"].run()  # type: ignore[misc]
        await settled(pilot, lambda: isinstance(pilot.app.screen, EntityCard))
        await pilot.press("ctrl+p")
        await settled(pilot, lambda: any("Copy its name  y Ctrl-y" in line for line in shown(pilot)))
        pilot.app.screen.query_one(Input).value = "copy its name"
        await settled(pilot, lambda: not any("Correct it" in line for line in shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: told(pilot) == "Copied.")


async def test_without_an_article_nothing_is_offered_that_needs_one() -> None:
    async with opened() as (_pilot, screen, _library):
        found = {command.id for command in commands(screen)}
        assert {"import", "quit", "help", "theme"} <= found
        assert not {"article.star", "list.down", "select.copy", "card.next", "zen"} & found


async def test_the_palette_of_a_page_lists_its_own_keys_first() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await pilot.press("enter", "M")
        await settled(pilot, lambda: isinstance(pilot.app.screen, HighlightsPage))
        found = [command.id for command in commands_here(pilot.app.screen)]
        assert found.index("article.note") < 10
        assert "theme paper" in found
        await taken_from_palette(pilot, screen, "close", "Close  Esc")


async def test_saved_searches_orders_themes_and_rules_are_there(tmp_path: Path) -> None:
    config = Config(path=tmp_path / "config.toml")
    async with opened([*ten(), article(11, "Bão số 3")], config=config) as (pilot, screen, library):
        library.saved = {1: Search("mưa lũ", "bao so")}
        found = {command.id: command for command in commands(screen)}
        assert found["search mưa lũ"].label == "Saved search: mưa lũ"
        found["search mưa lũ"].run()
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        found["sort title"].run()
        assert screen.sort == "title"
        found["theme paper"].run()
        assert pilot.app.theme == "paper"
        found["read never"].run()
        assert screen.reader.config.read_rule == "never"
        assert config.path is not None
        text = config.path.read_text("utf-8")
        assert 'theme = "paper"' in text
        assert 'rule = "never"' in text


async def test_what_was_used_last_stands_in_front() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await taken_from_palette(pilot, screen, "nothing but", "Nothing but the text")
        assert screen.reader.kept.get("commands", [""]) == ["zen"]
        await pilot.press("colon")
        await settled(pilot, lambda: any("Nothing but the text" in line for line in shown(pilot)))
        lines = "\n".join(shown(pilot))
        assert lines.index("Nothing but the text") < lines.index("Page on; at the end")


async def test_who_reads_vietnamese_is_offered_vietnamese_fields_first() -> None:
    i18n.setup("vi")
    try:
        async with opened(ten()) as (pilot, screen, _library):
            await pilot.press("slash", *"no")
            bar = screen.query_one(FilterBar)
            await settled(pilot, lambda: [offer.name for offer in bar.offers][:1] == ["nơi:"])
            await pilot.press("escape", "escape", "slash", "f1")
            await settled(pilot, lambda: any("là:chưađọc" in line for line in shown(pilot)))
    finally:
        i18n.setup("en")


async def test_an_action_is_found_by_its_english_name_too() -> None:
    i18n.setup("vi")
    try:
        async with opened(ten()) as (_pilot, screen, _library):
            found = {command.id: command for command in commands(screen)}
            assert score("export", found["article.export"].also) > 0
            assert score("danh dau sao", found["article.star"].label) > 0
    finally:
        i18n.setup("en")
