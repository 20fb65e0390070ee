"""The palette: everything that can be done, once; found without marks; what was used last in front."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from piloting import opened, settled, shown, ten
from screen_fakes import article, named
from textual.command import CommandPalette
from textual.widgets import Input

from store.searches import Search
from tui import i18n
from tui.commands import commands, score
from tui.config import Config
from tui.keys import KEYS


async def test_every_action_is_listed_once_with_its_keys() -> None:
    async with opened([named()]) as (_pilot, screen, _library):
        found = list(commands(screen))
        assert set(Counter(command.id for command in found).values()) == {1}
        places = {"screen", "list", "view", "entities"}
        wanted = {key.id for key in KEYS if key.where in places} - {"palette"}
        assert wanted <= {command.id for command in found}
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
        await pilot.press("colon")
        await settled(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        pilot.app.screen.query_one(Input).value = "nothing but"
        await settled(pilot, lambda: any("Nothing but the text" in line for line in shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert screen.reader.kept.get("commands", [""]) == ["zen"]
        await pilot.press("colon")
        await settled(pilot, lambda: any("Nothing but the text" in line for line in shown(pilot)))
        lines = "\n".join(shown(pilot))
        assert lines.index("Nothing but the text") < lines.index("Page on; at the end")


async def test_an_action_is_found_by_its_english_name_too() -> None:
    i18n.setup("vi")
    try:
        async with opened(ten()) as (_pilot, screen, _library):
            found = {command.id: command for command in commands(screen)}
            assert score("export", found["article.export"].also) > 0
            assert score("danh dau sao", found["article.star"].label) > 0
    finally:
        i18n.setup("en")
