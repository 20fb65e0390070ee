"""Selecting text on the screen: by keys, by mouse, through a resize; what is copied and how it is told."""

from __future__ import annotations

import pytest
from piloting import opened, settled, shown, told
from screen_fakes import article, named
from textual import events
from textual.pilot import Pilot

from store.corrections import Correction
from tui.caret import Caret
from tui.layout import Place
from tui.screens.main import MainScreen
from tui.screens.pages import Page

TEXTS = ("Một câu đầu, rồi thôi.", "Đoạn sau dài hơn: " + "chữ nối chữ " * 20 + "hết.")


def one() -> object:
    return article(1, "Đầu đề", *TEXTS)


async def reading(pilot: Pilot[None], screen: MainScreen) -> None:
    await pilot.press("enter")
    await settled(pilot, lambda: screen.focused is screen.reading and bool(screen.reading.parts))


def segments(pilot: Pilot[None], line: int, style: str) -> str:
    """The text on a line of the screen that is drawn in a style."""
    strip = pilot.app.screen._compositor.render_strips()[line]
    return "".join(part.text for part in strip if part.style is not None and getattr(part.style, style))


async def test_words_are_selected_and_copied() -> None:
    async with opened([one()]) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v")
        assert "Select text: v begins" in shown(pilot)[-2]
        assert shown(pilot)[-1].startswith(" v begin")
        await pilot.press("space", "w", "ctrl+right")
        assert "6 letters selected" in shown(pilot)[-2]
        await pilot.press("y")
        await settled(pilot, lambda: told(pilot).startswith("Copied"))
        assert pilot.app.clipboard == "Đầu đề"
        assert told(pilot) == "Copied 6 letters."
        assert screen.reading.caret is None
        assert shown(pilot)[-1].startswith(" Space page")


async def test_the_clipboard_gets_the_text_without_the_lines_of_the_screen() -> None:
    async with opened([one()], (60, 24)) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("f7", "G", "space", "g", "enter")
        await settled(pilot, lambda: told(pilot).startswith("Copied"))
        first, facts, *blocks = pilot.app.clipboard.split("\n\n")
        assert (first, *blocks) == ("Đầu đề", TEXTS[0], TEXTS[1])
        assert facts.startswith("Báo Thử · ")
        assert told(pilot) == f"Copied {len(pilot.app.clipboard) - 6} letters."


async def test_shift_and_arrows_select_at_once() -> None:
    async with opened([one()]) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "shift+right", "shift+right", "shift+right")
        assert screen.reading.selected == "Đầu"
        assert "3 letters selected" in shown(pilot)[-2]
        await pilot.press("space")
        assert screen.reading.selected == ""
        await pilot.press("ctrl+y")
        assert pilot.app.clipboard == ""
        assert screen.reading.caret is not None


async def test_escape_leaves_and_the_keys_of_the_text_are_back() -> None:
    async with opened([one()], (60, 10)) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "j", "l")
        assert screen.reading.scroll_offset.y == 0
        assert screen.pane == "view"
        await pilot.press("escape")
        assert screen.reading.caret is None
        assert screen.pane == "view"
        await pilot.press("j")
        assert screen.reading.scroll_offset.y == 1
        await pilot.press("v", "q")
        assert screen.reading.caret is None
        assert screen.pane == "view"


async def test_the_caret_comes_into_sight_and_survives_a_resize() -> None:
    async with opened([one()], (60, 10)) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "space", "G", "b")
        place = screen.reading.caret.at if screen.reading.caret else None
        assert "hết." in "\n".join(shown(pilot))
        selected = screen.reading.selected
        await pilot.resize_terminal(44, 12)
        await settled(pilot, lambda: screen.reading.layout_.width == 39)
        assert screen.reading.caret is not None
        assert screen.reading.caret.at == place
        assert screen.reading.selected == selected


async def test_selecting_begins_at_what_was_found_and_n_goes_on() -> None:
    async with opened([named()]) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("slash", *"vui", "enter", "v")
        assert screen.reading.caret == Caret(Place(5, 14))
        await pilot.press("escape", "escape", "v", "g", "space", "slash", *"hue", "enter")
        assert screen.reading.selected == "Lê Thu ở"
        await pilot.press("n")
        assert screen.reading.selected.endswith("Bà Lê Thu gặp ông Trần Nam ở")


async def test_another_article_ends_the_selection() -> None:
    async with opened([named(), article(1, "Khác")]) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("v", "right_square_bracket")
        await settled(pilot, lambda: screen.article is not None and screen.article.title == "Khác")
        assert screen.reading.caret is None


async def test_a_text_that_changes_ends_the_selection_a_mark_does_not() -> None:
    async with opened([one()]) as (pilot, screen, library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "space", "G", "m")
        await settled(pilot, lambda: library.article(f"{1:013x}").state.read)
        assert screen.reading.caret is not None
        library.correct([Correction("line", "4", "junk", f"{1:013x}")])
        screen.show_article(f"{1:013x}")
        await settled(pilot, lambda: screen.reading.caret is None)
        await pilot.press("v", "G", "space", "g", "y")
        await settled(pilot, lambda: pilot.app.clipboard.endswith(TEXTS[0]))


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Presses the mouse on a cell of the reading view, and lets it go on another."""
    view = pilot.app.screen.query_one("#view")
    left, top = view.region.offset

    def event(kind: type[events.MouseEvent], at: tuple[int, int]) -> events.MouseEvent:
        x, y = left + at[0], top + at[1]
        return kind(view, x, y, 0, 0, 1, False, False, False, x, y)

    for kind, at in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        pilot.app.screen._forward_event(event(kind, at))
        await pilot.pause()


@pytest.mark.parametrize("backwards", [False, True])
async def test_the_mouse_selects_by_dragging(backwards: bool) -> None:
    async with opened([one()]) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        left = screen.reading.margin_left
        line = next(n for n, text in enumerate(shown(pilot)) if "Một câu đầu" in text)
        ends = ((left + 4, line), (left + 6, line))
        await drag(pilot, *(ends[::-1] if backwards else ends))
        assert screen.reading.selected == "câu"
        assert "3 letters selected" in shown(pilot)[-2]
        await pilot.press("y")
        await settled(pilot, lambda: pilot.app.clipboard == "câu")


async def test_a_click_puts_the_caret_and_drops_the_selection() -> None:
    async with opened([one()]) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "space", "G")
        left = screen.reading.margin_left
        await drag(pilot, (left + 4, 0), (left + 4, 0))
        assert screen.reading.caret == Caret(Place(0, 4))


async def test_help_tells_the_keys_of_selecting() -> None:
    async with opened([one()], (80, 40)) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "f1")
        await settled(pilot, lambda: isinstance(pilot.app.screen, Page))
        await settled(pilot, lambda: any("Next word" in line for line in shown(pilot)))
        assert not any("Page on" in line for line in shown(pilot))


async def test_what_is_selected_shows_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened([one()]) as (pilot, screen, _library):  # type: ignore[list-item]
        await reading(pilot, screen)
        await pilot.press("v", "space", "end")
        assert segments(pilot, 0, "reverse").strip() == "Đầu đề"
