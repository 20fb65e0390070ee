"""What a key does is seen at once, in one frame, and what did not change is not drawn again."""

from __future__ import annotations

import pytest
from screen_fakes import article
from test_screen import opened, settled
from textual.screen import Screen

from tui.app import ReaderApp
from tui.key_order import listens
from tui.screens.main import MainScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.filter_bar import FilterBar

SIZE = (120, 20)
STATUS, FOOTER = 18, 19


def lines(renderable: object) -> set[int]:
    """The lines of the screen that a frame draws."""
    spans: list[tuple[int, int, int]] = getattr(renderable, "spans", [])
    return {y for y, _, _ in spans}


@pytest.mark.parametrize(
    ("way", "key", "drawn"),
    [
        ("", "j", {0, 1, 2, 3, STATUS}),
        ("", "space", {0, 1, 2, 3, STATUS, FOOTER}),
        ("", "tab", {0, 1, FOOTER}),
        ("enter", "shift+tab", {0, 1, FOOTER}),
        ("enter", "j", {*range(18), STATUS}),
    ],
)
async def test_the_first_frame_after_a_key_shows_all_of_it_and_no_more(
    way: str, key: str, drawn: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[set[int]] = []
    display = ReaderApp._display

    def noted(self: ReaderApp, screen: Screen[object], renderable: object) -> None:
        frames.append(lines(renderable))
        display(self, screen, renderable)  # type: ignore[arg-type]

    long = [article(n, f"Bài số {n}", "Đầu.", "Lời dài. " * 400) for n in range(1, 9)]
    async with opened(long, SIZE) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.article is not None)
        if way:
            await pilot.press(way)
            await settled(pilot, lambda: screen.focused is screen.reading)
        await pilot.press("s", "s")  # the first frame after a start draws all that came since
        await pilot.pause(0.3)
        monkeypatch.setattr(ReaderApp, "_display", noted)
        await pilot.press(key)
        await settled(pilot, lambda: bool(frames))
        assert frames[0] == drawn


@pytest.mark.parametrize("kind", [ArticleList, ArticleView])
async def test_a_line_that_was_drawn_is_not_drawn_again_when_the_text_comes_back_to_it(
    kind: type[ArticleList], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = [article(n, f"Bài số {n}", "Đầu.", "Lời dài. " * 400) for n in range(1, 40)]
    async with opened(long, SIZE) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.article is not None)
        if kind is ArticleView:
            await pilot.press("enter")
            await settled(pilot, lambda: screen.focused is screen.reading)
        widget = screen.query_one(kind)
        await pilot.press("pagedown", "pagedown", "pageup", "pageup")
        await pilot.pause(0.3)
        drawn: list[int] = []
        render = kind.render_line
        monkeypatch.setattr(kind, "render_line", lambda self, y: drawn.append(y) or render(self, y))
        before = widget.scroll_offset.y
        await pilot.press("pagedown", "pageup")
        await settled(pilot, lambda: widget.scroll_offset.y == before)
        assert not drawn
        await pilot.resize_terminal(110, 20)
        await settled(pilot, lambda: bool(drawn))


def test_only_what_takes_letters_listens_for_them() -> None:
    assert listens(FilterBar, "j")
    assert listens(MainScreen, "escape")
    assert not any(listens(kind, "j") for kind in (ArticleList, ArticleView, MainScreen, ReaderApp))
