"""Themes: what stands in them can be read, and without colours still be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piloting import opened, settled, ten
from rich.segment import Segment
from rich.style import Style
from screen_fakes import article, named
from textual.color import Color
from textual.pilot import Pilot

import tui
from tui import config
from tui.config import Config
from tui.themes import HIGH_CONTRAST, PAPER, Legible, contrast

LEAST = {"paper": 4.5, "high-contrast": 7.0}


def texts(pilot: Pilot[None]) -> Iterator[tuple[str, Color, Color]]:
    """Each text with its colour and the one behind it, as they leave for the terminal; of a dialog only what
    is in it, for the rest is veiled on purpose."""
    screen = pilot.app.screen
    region = screen.region
    if screen.is_modal:
        region = next(iter(screen.query(".dialog, #--container"))).region
    for y, line in enumerate(screen._compositor.render_strips()):
        if region.y <= y < region.bottom:
            for text, style, _control in line.crop(region.x, region.right):
                if any(char.isalnum() for char in text):
                    assert style is not None
                    assert style.color is not None
                    assert style.bgcolor is not None
                    yield text, Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)


def unreadable(pilot: Pilot[None], least: float) -> set[str]:
    """The texts on the screen that have too little contrast."""
    return {
        f"{text.strip()[:30]!r} {color.hex6} on {back.hex6}: {contrast(color, back):.1f}"
        for text, color, back in texts(pilot)
        if contrast(color, back) < least
    }


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(Color.parse("#123456"), Color.parse("#123456")) == 1


TEXTS = {
    "text-muted": ("background", "surface", "panel"),
    "text-accent": ("background", "surface", "panel"),
    "text-warning": ("background", "surface", "warning-muted"),
    "text-error": ("background", "surface", "panel"),
    "text-success": ("background", "surface"),
    "text-primary": ("background", "surface"),
    "text-secondary": ("background", "surface"),
    "foreground": ("background", "surface", "panel", "warning-muted", "error-muted", "success-muted"),
    "foreground-muted": ("background", "surface", "panel"),
    "block-cursor-foreground": ("block-cursor-background", "primary"),
    "input-selection-foreground": ("input-selection-background",),
    "input-cursor-foreground": ("input-cursor-background",),
}


@pytest.mark.parametrize("theme", [PAPER, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_every_text_of_a_theme_can_be_read(theme: object) -> None:
    assert isinstance(theme, type(PAPER))
    variables = {**theme.to_color_system().generate(), **theme.variables}
    for text, backs in TEXTS.items():
        for back in backs:
            found = contrast(Color.parse(variables[text]), Color.parse(variables[back]))
            assert found >= LEAST[theme.name], f"${text} on ${back}: {found:.2f}"


COLORS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: Color(*parts))


@given(COLORS, COLORS, st.booleans(), st.sampled_from([4.5, 7.0]))
@settings(max_examples=300, deadline=None)
def test_words_in_whatever_colours_become_legible(text: Color, back: Color, dim: bool, least: float) -> None:
    style = Style(color=text.rich_color, bgcolor=back.rich_color, dim=dim)
    [segment] = Legible(least).apply([Segment("a", style)], Color.parse("#888"))
    assert segment.style is not None
    assert segment.style.color is not None
    assert not segment.style.dim
    best = max(contrast(back, Color(0, 0, 0)), contrast(back, Color(255, 255, 255)))
    assert contrast(Color.from_rich_color(segment.style.color), back) >= min(least, best) - 0.01
    if not dim and contrast(text, back) >= least:
        assert segment.style == style


def test_lines_and_scroll_bars_keep_their_colours() -> None:
    style = Style(color="#202020", bgcolor="#101010")
    segments = [Segment("▕", style), Segment("   ", style), Segment("──", style)]
    assert Legible().apply(segments, Color.parse("#101010")) == segments


def test_no_part_of_a_widget_has_a_colour_that_lets_another_through() -> None:
    """Textual draws these opaque: text in `$foreground` on `$foreground 12%` can't be seen."""
    sheet = (Path(tui.__file__).parent / "app.tcss").read_text(encoding="utf-8")
    rules = re.findall(r"--[\w-]+ *{([^}]*)}", sheet)
    assert len(rules) > 30
    assert [rule for rule in rules if re.search(r"(color|background):[^;]*%", rule)] == []


@pytest.mark.parametrize(
    ("theme", "size"),
    [
        *((theme, (160, 40)) for theme in (*LEAST, "textual-dark", "solarized-light")),
        *((theme, (80, 24)) for theme in ("paper", "textual-dark")),  # the same colours, one pane at a time
    ],
    ids=lambda given: given if isinstance(given, str) else f"{given[0]}x{given[1]}",
)
async def test_everything_on_the_screen_can_be_read(theme: str, size: tuple[int, int]) -> None:
    seen: dict[str, set[str]] = {}
    long = article(30, "Tổng kết", "Mở đầu.", *["Thân bài dài. " * 30] * 5)
    setting = Config(theme=theme, problems=("config.toml, line 3: wrong",))
    async with opened([named(), long, *ten()], size, config=setting) as (pilot, _screen, _library):
        least = LEAST.get(theme, 4.5)

        async def look(name: str, *keys: str) -> None:
            await pilot.press(*keys)
            await pilot.pause(0.02)
            if found := unreadable(pilot, least):
                seen[name] = found

        await look("list")
        await look("picked", "space", "j")
        await look("text", "enter")
        await look("found", "slash", *"than", "enter", "n")
        await look("selected", "escape", "escape", "enter", "v", "space", "right", "right")
        await look("names", "escape", "escape", "tab", "tab", "j", "enter")
        await look("filter", "escape", "escape", "escape", "escape", "slash", *"nguoi:l")
        await look("nothing found", "escape", "slash", *"khong co gi", "enter")
        await look("chips", "escape", "escape", "slash", *"bai, is:unread", "enter")
        await look("sort", "S")
        await look("help", "escape", "question_mark")
        await look("raw", "escape", "r")
        await look("told", "escape", "s", "u")
        pilot.app.notify("warned", severity="warning")
        await look("warned")
        pilot.app.notify("failed", severity="error")
        await look("failed")
        await look("prompt", "i")
        await look("palette", "escape", "colon")
    assert not seen, seen


async def test_a_theme_is_tried_on_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with opened(ten(), (120, 30), config=config.load(file)) as (pilot, screen, _library):
        await pilot.press("W", "down", "down")
        await settled(pilot, lambda: pilot.app.theme == "paper")
        await pilot.press("escape")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert pilot.app.theme == "textual-dark"
        await pilot.press("exclamation_mark", "down", "enter")
        await settled(pilot, lambda: pilot.app.screen is screen)
        assert config.load(file).theme == pilot.app.theme == "textual-light"


async def test_mono_by_choice_has_no_colour_and_can_be_left_again() -> None:
    async with opened(ten(), (120, 30)) as (pilot, screen, _library):
        for theme, none in (("mono", True), ("textual-dark", False), ("mono", True)):
            pilot.app.theme = theme
            await pilot.pause(0.05)
            styles = [style for line in screen._compositor.render_strips() for _, style, _ in line if style]
            assert none == all(style.color is None or style.color.is_default for style in styles)
            assert none == all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
            row = screen._compositor.render_strips()[0]
            assert none == any(style.reverse for _, style, _ in row if style)


async def test_without_colours_what_is_under_a_cursor_is_reversed() -> None:
    async with opened([named()], (160, 30), config=Config(theme="mono")) as (pilot, _screen, _library):

        def reversed_texts() -> str:
            lines = pilot.app.screen._compositor.render_strips()
            return " ".join(
                text.strip() for line in lines for text, style, _ in line if style and style.reverse
            )

        assert "Lê Thu ở Huế" in reversed_texts()  # the row
        await pilot.press("tab", "tab")
        await settled(pilot, lambda: "Lê Thu" in reversed_texts())  # the name
        await pilot.press("tab", "slash", *"phat bieu", "enter")
        await settled(pilot, lambda: "phát biểu" in reversed_texts())  # what was found
        await pilot.press("escape", "S")
        await settled(pilot, lambda: "Newest first" in reversed_texts())  # one of a list
        await pilot.press("escape", "i", *"abc", "shift+home")
        await settled(pilot, lambda: "abc" in reversed_texts())  # what is selected in a line
