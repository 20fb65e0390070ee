"""Lines that are drawn once, and then kept as they go to the terminal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

MOST_KEPT = 2000
"""Lines that a widget keeps at most."""


class KeptLines(Widget):
    """A widget that keeps its lines by `line_keys`, with their border and what the line filters make of them.

    Textual draws every line of a widget anew when it scrolls, filters it, cuts it and writes it out as
    escape sequences: most of the time that a key takes. A strip remembers all that was done to it, so the
    same strip is given for the same line. Whoever changes the look of lines calls `forget_lines`.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: dict[Hashable, Strip] = {}
        self._look: Hashable = None

    def line_keys(self, lines: range) -> Sequence[Hashable]:
        """For some lines in sight what tells each apart from all that look different in this width."""
        raise NotImplementedError

    def forget_lines(self, of: Callable[[Hashable], bool] = lambda key: True) -> None:
        """Draws all lines, or those of such keys, anew when they are next in sight."""
        self._kept = {key: line for key, line in self._kept.items() if not of(key)}

    def notify_style_update(self) -> None:
        self.forget_lines()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.region.width
        inside = self.scrollable_content_region.width
        look = (width, inside, self.background_colors, *self.get_line_filters())
        if look != self._look or len(self._kept) > MOST_KEPT:
            self.forget_lines()
            self._look = look
        kept, keys = self._kept, self.line_keys(range(crop.y, crop.bottom))
        missing = [place for place, key in enumerate(keys) if key not in kept]
        if missing:
            first, last = missing[0], missing[-1]
            lines = Region(0, crop.y + first, width, last - first + 1)
            kept.update(zip(keys[first : last + 1], super().render_lines(lines), strict=True))
        left, right = crop.column_span
        return [kept[key].crop(left, right) for key in keys]
