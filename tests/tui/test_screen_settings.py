"""What the configuration says holds on the screen: keys, the width of the text."""

from __future__ import annotations

from piloting import opened, settled, shown, ten
from screen_fakes import article, named

from tui.config import Config


async def test_other_keys_are_bound_and_shown() -> None:
    config = Config(keys={"article.star": "m,full_stop", "article.read": "s", "help": "f12"})
    async with opened(ten(), (120, 24), config=config) as (pilot, screen, library):
        assert " m star " in shown(pilot)[-1]
        assert shown(pilot)[-1].endswith("F12 help")
        await pilot.press("m", "j", "s")
        await settled(pilot, lambda: any(one.state.read for one in library.articles.values()))
        assert [one.id for one in library.articles.values() if one.state.starred] == [article(10).id]
        assert [one.id for one in library.articles.values() if one.state.read] == [article(9).id]
        await pilot.press("f12")
        await settled(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"star")
        text = shown(pilot)
        assert any(line.split()[:3] == ["m", ".", "Star"] for line in text), text


async def test_the_keys_of_one_reader_are_not_those_of_the_next() -> None:
    async with opened(ten(), (120, 24), config=Config(keys={"article.star": "f12"})):
        pass
    async with opened(ten(), (120, 24)) as (pilot, _screen, _library):
        assert " s star " in shown(pilot)[-1]


async def test_the_text_is_as_wide_as_the_configuration_says() -> None:
    async with opened([named()], (200, 24), config=Config(reading_width=100)) as (_pilot, screen, _library):
        assert screen.column == 100
