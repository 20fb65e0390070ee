"""What a key does is seen at once, in one frame, and what did not change is not drawn again."""

from __future__ import annotations

import pytest
from screen_fakes import article, named
from test_screen import opened, settled
from textual.screen import Screen

from tui.app import ReaderApp
from tui.key_order import listens
from tui.screens.main import MainScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.filter_bar import FilterBar
from tui.widgets.kept_lines import KeptLines

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


def picture(screen: MainScreen) -> list[str]:
    """The lines of the screen with their styles."""
    return [repr(list(strip)) for strip in screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(120, 24), (160, 24), (60, 16)])
async def test_lines_that_are_kept_look_as_if_they_were_drawn_now(size: tuple[int, int]) -> None:
    articles = [named(), *(article(n, f"Bài số {n}", "Đầu.", "Lời dài. " * 200) for n in range(1, 30))]
    async with opened(articles, size) as (pilot, screen, _library):
        await settled(pilot, lambda: screen.article is not None)
        keys = "j space j s B tab B enter j R n n < H v l l escape pagedown T G T T g 2 1 z z tab c m ! down"
        for key in keys.split():
            await pilot.press({"<": "less_than_sign", "!": "exclamation_mark"}.get(key, key))
            await pilot.pause(0.15)
            for widget in screen.query(KeptLines):
                before = picture(screen)
                widget.forget_lines()
                widget.refresh()
                assert picture(screen) == before, (key, widget)
