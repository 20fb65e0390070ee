"""Keys that come faster than the screen answers mean what they mean one by one."""

from __future__ import annotations

from screen_fakes import article
from test_screen import opened, settled, shown
from textual import events
from textual.pilot import Pilot

KEYS = {"Enter": ("enter", "\r"), "Space": ("space", " "), "Esc": ("escape", None), "/": ("slash", "/")}


def burst(pilot: Pilot[None], *keys: str) -> None:
    """All of the keys at once, as a terminal hands on what was typed ahead."""
    for key in keys:
        pilot.app.post_message(events.Key(*KEYS.get(key, (key, key))))


async def test_a_filter_typed_in_a_breath_left_and_its_second_article_opened() -> None:
    async with opened(article(n, f"Bài số {n}", "Đầu.", "Lời dài. " * 400) for n in range(1, 30)) as (
        pilot,
        screen,
        _library,
    ):
        burst(pilot, "/", *"bai", "Enter", "j", "Enter", "j")
        await settled(pilot, lambda: screen.pane == "view" and screen.reading.scroll_offset.y > 0)
        assert screen.filter_bar.value == "bai"
        assert screen.listing.cursor == 1
        assert screen.article is not None
        assert screen.article.id == screen.listing.row_at(1).id
        assert not screen.picked


async def test_a_question_answered_before_it_is_seen() -> None:
    async with opened(article(n) for n in range(1, 4)) as (pilot, screen, library):
        burst(pilot, "A", "Enter", "j")
        await settled(pilot, lambda: all(one.state.read for one in library.articles.values()))
        await settled(pilot, lambda: screen.listing.cursor == 1)
        burst(pilot, "u", "G", "s")
        await settled(pilot, lambda: not any(one.state.read for one in library.articles.values()))
        await settled(pilot, lambda: any(one.state.starred for one in library.articles.values()))


async def test_letters_behind_the_key_that_opens_a_line_are_typed_there() -> None:
    async with opened([article()]) as (pilot, screen, _library):
        burst(pilot, "Enter", "/", *"hoi nghi", "Enter", "n")
        await settled(pilot, lambda: screen.reading.needle == "hoi nghi" and screen.pane == "view")
        await settled(pilot, lambda: any(line.endswith(" 2/3") for line in shown(pilot)))
