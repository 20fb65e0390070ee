"""Letters that arrive in pieces: typed mark by mark or pasted decomposed, in every line one can type in."""

from __future__ import annotations

import unicodedata

import pytest
from piloting import opened, settled
from screen_fakes import article
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tui.widgets.bars import Bar
from tui.widgets.composed import ComposedInput
from tui.widgets.composed_area import ComposedArea

WORDS = "Nguyễn Thị Đầy"
PIECES = unicodedata.normalize("NFD", WORDS)


class Lines(App[None]):
    """One of each."""

    def compose(self) -> ComposeResult:
        yield ComposedInput(id="line")
        yield Bar(id="bar", placeholder="")
        yield ComposedArea(id="area")


async def typed(pilot: Pilot[None], text: str) -> None:
    """As a terminal sends it: a key event for each character."""
    for letter in text:
        assert pilot.app.focused
        pilot.app.focused.post_message(events.Key(letter, letter))
    await pilot.pause()


@pytest.mark.parametrize("name", ["line", "bar", "area"])
@pytest.mark.parametrize("pasted", [False, True])
async def test_letters_are_whole_however_they_come(name: str, pasted: bool) -> None:
    assert len(PIECES) > len(WORDS)
    async with Lines().run_test() as pilot:
        widget = pilot.app.query_one(f"#{name}")
        widget.focus()
        await pilot.pause()
        if pasted:
            pilot.app.post_message(events.Paste(PIECES))
            await pilot.pause()
        else:
            await typed(pilot, PIECES)
        assert isinstance(widget, Input | TextArea)
        value = widget.value if isinstance(widget, Input) else widget.text
        assert value == WORDS
        place = widget.cursor_position if isinstance(widget, Input) else widget.cursor_location[1]
        assert place == len(WORDS)


async def test_the_cursor_moves_and_deletes_by_letter() -> None:
    async with Lines().run_test() as pilot:
        line = pilot.app.query_one("#line", ComposedInput)
        line.focus()
        await typed(pilot, unicodedata.normalize("NFD", "bệnh viện"))
        await pilot.press("left", "left", "backspace")
        assert (line.value, line.cursor_position) == ("bệnh vện", 6)
        await typed(pilot, unicodedata.normalize("NFD", "í"))
        assert (line.value, line.cursor_position) == ("bệnh víện", 7)
        await pilot.press("ctrl+w")
        assert (line.value, line.cursor_position) == ("bệnh ện", 5)
        await pilot.press("home")
        await typed(pilot, "\u0323e\u0302\u0323")  # a mark with no letter before it stays what it is
        assert line.value == "\u0323ệbệnh ện"


async def test_marks_that_no_letter_takes_stay_with_theirs() -> None:
    async with Lines().run_test() as pilot:
        line = pilot.app.query_one("#line", ComposedInput)
        line.focus()
        await typed(pilot, "ax\u0323\u0301b")
        await pilot.press("left", "left")
        assert line.cursor_position == 1
        await pilot.press("right")
        assert line.cursor_position == 4
        await pilot.press("backspace")
        assert (line.value, line.cursor_position) == ("ab", 1)
        await typed(pilot, "x\u0323\u0301")
        await pilot.press("left", "delete")
        assert (line.value, line.cursor_position) == ("ab", 1)


async def test_an_area_joins_a_mark_to_the_letter_before_it_on_its_line() -> None:
    async with Lines().run_test() as pilot:
        area = pilot.app.query_one("#area", ComposedArea)
        area.focus()
        await pilot.pause()
        await typed(pilot, "nha")
        await pilot.press("left", "right")
        await typed(pilot, "\u0300")
        assert area.text == "nhà"
        await pilot.press("backspace", "backspace")
        assert area.text == "n"


async def test_the_filter_finds_what_is_pasted_in_pieces() -> None:
    async with opened([article(1, "Hội nghị"), article(2, "Bão số 3")], (100, 30)) as (pilot, screen, _):
        await pilot.press("slash")
        pilot.app.post_message(events.Paste(unicodedata.normalize("NFD", "bão")))
        await settled(pilot, lambda: len(screen.rows or ()) == 1)
        assert screen.filter_bar.value == "bão"
