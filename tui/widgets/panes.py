"""What the panes stand in."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import Reactive


class Panes(Horizontal):
    """The panes, side by side. They leave nothing to be drawn between them."""

    BLANK = True
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)  # else it would be laid out twice
