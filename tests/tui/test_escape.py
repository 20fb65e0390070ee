"""Esc and a key typed in a breath, which a terminal sends as it sends Alt with that key."""

from __future__ import annotations

import pytest
from piloting import opened, settled, ten
from screen_fakes import article
from textual.events import Key

from tui.config import Config
from tui.escape import Parser, apart, is_both, use


def typed(sent: str, *bound: str, typing: bool = False) -> list[str]:
    """What a terminal sent, as keys."""
    parser = Parser()
    events = [*parser.feed(sent), *parser.feed("")]  # the end comes as the time in which more may come
    found = [event for event in events if isinstance(event, Key)]
    keys = (apart(event, bound, typing) if is_both(event) else [event] for event in found)
    return [key.key for each in keys for key in each]


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ("\x1bj", ["escape", "j"]),
        ("\x1bJ", ["escape", "J"]),
        ("\x1b/", ["escape", "slash"]),
        ("\x1b ", ["escape", "space"]),
        ("\x1b4", ["escape", "4"]),
        ("\x1bf", ["escape", "f"]),
        ("\x1bjk", ["escape", "j", "k"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1bđ", ["escape", "đ"]),
        ("\x1b[A", ["up"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\x1b[106;3u", ["alt+j"]),
        ("j", ["j"]),
        ("\x1b", ["escape"]),
    ],
)
def test_esc_and_the_key_behind_it_both_count(sent: str, wanted: list[str]) -> None:
    assert typed(sent) == wanted


def test_alt_with_a_key_stays_where_something_answers_to_it() -> None:
    assert typed("\x1bj", "alt+j") == ["alt+j"]


def test_alt_with_an_arrow_goes_by_words_where_one_types() -> None:
    assert typed("\x1bf", typing=True) == ["ctrl+right"]
    assert typed("\x1bb", typing=True) == ["ctrl+left"]


def test_the_driver_reads_keys_so() -> None:
    from textual.drivers import linux_driver

    use()
    assert vars(linux_driver)["XTermParser"] is Parser


async def test_esc_typed_in_a_breath_with_j_leaves_the_text_and_goes_down() -> None:
    async with opened(ten()) as (pilot, screen, _library):
        await pilot.press("enter")
        await settled(pilot, lambda: screen.pane == "view")
        pilot.app.post_message(Key("alt+j", "j"))
        await settled(pilot, lambda: screen.pane == "list" and screen.listing.cursor == 1)


async def test_a_key_with_alt_may_be_chosen_for_an_action() -> None:
    async with opened(ten(), config=Config(keys={"article.star": "alt+j"})) as (pilot, screen, library):
        await pilot.press("enter")
        await settled(pilot, lambda: screen.pane == "view")
        pilot.app.post_message(Key("alt+j", "j"))
        await settled(pilot, lambda: library.article(article(10).id).state.starred)
        assert screen.pane == "view"
