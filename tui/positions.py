"""Between what a layout shows and what the library keeps: parts and blocks. Pure."""

from __future__ import annotations

from store.article import Position
from tui.layout import Layout, Place


def position_of(layout: Layout, place: Place | None) -> Position | None:
    """A place as a block of the article and an offset; what stands between blocks (a credit, a note) is the
    end of the block above. None above the text."""
    if place is None:
        return None
    part, offset = place.part, place.offset
    while part >= 0:
        block = layout.parts[part].block
        if block is not None:
            return Position(block, offset) if block >= 0 else None
        part -= 1
        offset = len(layout.parts[part].text)
    return None


def place_at(layout: Layout, position: Position | None) -> Place | None:
    """The character of a position; of one that the text doesn't have (any more), the nearest before it."""
    if position is None or (part := layout.part_of(position.block)) is None:
        return None
    return Place(part, max(0, min(position.offset, len(layout.parts[part].text))))
