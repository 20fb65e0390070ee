"""bandoc's own themes beside those of Textual, and what keeps words legible in all of them."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter, NoColor
from textual.theme import BUILTIN_THEMES, Theme

MONO = "mono"

PAPER = Theme(
    "paper",
    dark=False,
    primary="#7A4B1E",
    secondary="#4A5D6B",
    accent="#8A3B12",
    warning="#8A5A00",
    error="#9B1C1C",
    success="#3B6628",
    foreground="#2B2620",
    background="#FBF5E6",
    surface="#F4EBD6",
    panel="#EDE2C9",
    variables={
        "text-primary": "#6B3F15",
        "text-secondary": "#40525F",
        "text-accent": "#8A3B12",
        "text-warning": "#6A4300",
        "text-error": "#8E1717",
        "text-success": "#31591F",
        "text-muted": "#5E5548",
        "foreground-muted": "#5E5548",
        "warning-muted": "#F3DDA6",
        "error-muted": "#F2CFC4",
        "success-muted": "#D5E3C0",
        "block-cursor-background": "#6B4A26",
        "block-cursor-foreground": "#FFFBF0",
        "input-selection-background": "#E5CFA0",
        "input-selection-foreground": "#2B2620",
        "input-cursor-background": "#2B2620",
        "input-cursor-foreground": "#FBF5E6",
        "scrollbar": "#C9B99A",
        "scrollbar-background": "#F4EBD6",
    },
)

HIGH_CONTRAST = Theme(
    "high-contrast",
    dark=True,
    primary="#FFE14D",
    secondary="#7FE3FF",
    accent="#7FE3FF",
    warning="#FFE14D",
    error="#FFB3B3",
    success="#8CFF8C",
    foreground="#FFFFFF",
    background="#000000",
    surface="#101010",
    panel="#1C1C1C",
    variables={
        "text-primary": "#FFE14D",
        "text-secondary": "#7FE3FF",
        "text-accent": "#7FE3FF",
        "text-warning": "#FFE98A",
        "text-error": "#FFB3B3",
        "text-success": "#8CFF8C",
        "text-muted": "#D6D6D6",
        "text-disabled": "#B8B8B8",
        "foreground-muted": "#D6D6D6",
        "warning-muted": "#3D3200",
        "error-muted": "#4A0000",
        "success-muted": "#003D00",
        "block-cursor-background": "#FFE14D",
        "block-cursor-foreground": "#000000",
        "input-selection-background": "#FFE14D",
        "input-selection-foreground": "#000000",
        "input-cursor-background": "#FFFFFF",
        "input-cursor-foreground": "#000000",
        "scrollbar": "#FFFFFF",
        "scrollbar-background": "#333333",
    },
)

_PLAIN = next(theme for theme in BUILTIN_THEMES.values() if theme.ansi)
NO_COLOURS = Theme(
    MONO,
    ansi=True,
    primary="ansi_white",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    variables={
        **_PLAIN.variables,
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-blurred-background": "ansi_default",
        "warning-muted": "ansi_default",
        "error-muted": "ansi_default",
        "success-muted": "ansi_default",
        "border": "ansi_white",
        "border-blurred": "ansi_white",
        "input-selection-background": "ansi_white",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_white",
        "screen-selection-foreground": "ansi_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""The terminal's own two colours, see `Mono`."""

THEMES = (PAPER, HIGH_CONTRAST, NO_COLOURS)


def contrast(one: Color, other: Color) -> float:
    """How well two colours stand apart, from 1 to 21, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shade(theme: Theme) -> str:
    """The colour behind a row or a chip that is set off a little. It is opaque: what is drawn in parts of a
    widget keeps no transparency."""
    colors = theme.to_color_system().generate()
    if theme.ansi:
        return "ansi_default"
    return Color.parse(colors["background"]).blend(Color.parse(colors["foreground"]), 0.12).hex6


class Mono(NoColor):
    """Takes the colours away. What had one behind it, the row under a cursor or a selection, is reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in the terminal's two colours."""
        return super().apply([_reversed(segment) for segment in segments], background)


_REVERSED = Style(reverse=True)


def _reversed(segment: Segment) -> Segment:
    text, style, control = segment
    if style is None or style.bgcolor is None or style.bgcolor.is_default:
        return segment
    return Segment(text, style + _REVERSED, control)


class Legible(LineFilter):
    """Draws words such that they can be read, whatever theme is worn.

    What is dim gets a colour between that of the text and that behind it: terminals dim as they like, some so
    far that nothing is left. What has too little contrast, a hit in the row under the cursor for one, moves
    towards black or white. Lines and scroll bars stay as they are.
    """

    def __init__(self, least: float = 4.5) -> None:
        super().__init__()
        self.least = least
        """The contrast that words have at least."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, none of them dim."""
        least = self.least
        return [_legible(segment, background, least) for segment in segments]


def _legible(segment: Segment, background: Color, least: float) -> Segment:
    text, style, control = segment
    if style is None or not text or text.isspace():
        return segment
    better = _legible_style(style, background, least)
    if better is style or not (style.dim or any(map(str.isalnum, text))):
        return segment
    return Segment(text, better, control)


@lru_cache(1024)
def _legible_style(style: Style, background: Color, least: float) -> Style:
    if not _has_triplet(style.color):
        return style
    behind = Color.from_rich_color(style.bgcolor) if _has_triplet(style.bgcolor) else background
    text = Color.from_rich_color(style.color)
    if style.dim:
        shares = (0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05)
        mixed = (text.blend(behind, share) for share in shares)
        text = next((color for color in mixed if contrast(color, behind) >= least), text)
    elif contrast(text, behind) >= least:
        return style
    if contrast(text, behind) < least:
        end = max(Color(0, 0, 0), Color(255, 255, 255), key=lambda color: contrast(color, behind))
        mixed = (text.blend(end, share / 10) for share in range(1, 11))
        text = next((color for color in mixed if contrast(color, behind) >= least), end)
    return style + Style(color=text.rich_color, dim=False)


def _has_triplet(color: RichColor | None) -> bool:
    return color is not None and color.triplet is not None
