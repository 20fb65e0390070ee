"""How a scroll bar is drawn that has ticks where something stands in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rich.color import Color
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

TICK = "━"


class TickBar(ScrollBarRender):
    """Draws Textual's vertical bar and lays a tick over each cell that stands for one of these lines."""

    def __init__(self, lines: Callable[[], Sequence[int]], **bar: Any) -> None:
        super().__init__(**bar)
        self.lines = lines

    @classmethod
    def over(cls, lines: Callable[[], Sequence[int]]) -> Callable[..., TickBar]:
        """What makes such a bar, for `ScrollBar.renderer`; the lines are asked for at each draw."""
        return partial(cls, lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segments(self.cells(options.height or console.height), new_lines=True)

    def cells(self, size: int) -> list[Segment]:
        """The bar from top to bottom, in `size` lines."""
        style = Style() if isinstance(self.style, str) else self.style
        cells = [
            *self.render_bar(
                size, self.virtual_size, self.window_size, self.position, self.thickness, True,
                style.bgcolor or Color.default(), style.color or Color.default(),
            ).segments
        ]  # fmt: skip
        for cell in {line * size // max(1, self.virtual_size) for line in self.lines()}:
            if cell < min(size, len(cells)):
                style = cells[cell].style or Style()
                # What is drawn in reverse (the thumb) has its colour behind the sign.
                cells[cell] = Segment(TICK * self.thickness, style + _sign(style))
        return cells[:size]


def _sign(style: Style) -> Style:
    """Black or white, whichever is seen on the cell."""
    behind = style.color if style.reverse else style.bgcolor
    if behind is None:
        return Style(bold=True)
    red, green, blue = behind.get_truecolor()
    seen = "black" if 299 * red + 587 * green + 114 * blue > 128_000 else "white"
    return Style(color=seen, bgcolor=behind, reverse=False, bold=True)
