"""What filters the list now, a chip for each part, on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import cells
from tui.content import fit, strip
from tui.narrowing import fitted_chips


class ChipLine(Widget):
    """Draws labels, each with a sign to click it away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--chip", "chips--sign"}

    labels: reactive[tuple[str, ...]] = reactive(())

    @dataclass
    class Clicked(Message):
        """A chip is to be taken away."""

        place: int

    def on_click(self, event: events.Click) -> None:
        left = 0
        for place, width in enumerate(fitted_chips(self.labels, self.size.width)[0]):
            left += width + 4
            if event.x < left - 1:
                self.post_message(self.Clicked(place))
                return

    def render_line(self, y: int) -> Strip:
        base, width = self.rich_style, self.size.width
        chip = base + self.get_component_rich_style("chips--chip", partial=True)
        sign = chip + self.get_component_rich_style("chips--sign", partial=True)
        widths, more = fitted_chips(self.labels, width)
        segments = []
        for label, room in zip(self.labels, widths, strict=False):
            text = fit(label, room)
            segments += [
                Segment(f" {text}{' ' * (room - cells(text))} ", chip),
                Segment("×", sign),
                Segment(" ", base),
            ]
        if more:
            segments.append(Segment(f"+{more}", base))
        return strip(segments, width, base)
