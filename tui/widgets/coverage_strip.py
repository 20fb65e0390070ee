"""Articles per month, a small bar for each, on one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.content import strip
from tui.coverage import Column, bar, columns


def month_name(period: str) -> str:
    """A period as people write it: `2023-12` is 12/2023.

    >>> month_name("2023-12-05"), month_name("2023")
    ('05/12/2023', '2023')
    """
    return "/".join(reversed(period.split("-")))


class CoverageStrip(Widget):
    """Draws how many articles each month has; `period` is the one that the list is narrowed to."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"coverage--chosen", "coverage--dim"}

    counts: reactive[Mapping[str, int]] = reactive({})
    period: reactive[str] = reactive("")

    @dataclass
    class Clicked(Message):
        """A month was clicked."""

        month: str

    @property
    def _columns(self) -> list[Column]:
        return columns(self.counts, max(2, self.size.width - 20))

    def on_click(self, event: events.Click) -> None:
        place = event.x - 9
        found = self._columns
        if 0 <= place < len(found) and found[place].articles:
            months = [m for m in self.counts if found[place].first <= m <= found[place].last]
            self.post_message(self.Clicked(months[-1]))

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.size.width
        found = self._columns
        if not found:
            return Strip.blank(width, base)
        dim = base + self.get_component_rich_style("coverage--dim", partial=True)
        chosen = base + self.get_component_rich_style("coverage--chosen", partial=True)
        most = max(column.articles for column in found)
        segments = [Segment(f" {month_name(found[0].first)} ", dim)]
        for column in found:
            inside = self.period and column.first[: len(self.period)] <= self.period[:7] <= column.last
            segments.append(Segment(bar(column.articles, most), chosen if inside else base))
        segments.append(Segment(f" {month_name(found[-1].last)} ", dim))
        return strip(segments, width, base)
