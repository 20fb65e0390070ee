"""The line in which tags are typed: what it asks for, and what it offers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from store.changes import Change
from store.index.known_names import Known
from store.text import fold, one_line
from tui.completing import MOST, Offer
from tui.entity_groups import answers

BETWEEN = ", "


def line_of(tags: Sequence[str]) -> str:
    """The line that says these tags, ready for another one.

    >>> line_of(["bão", "cần đọc"])
    'bão, cần đọc, '
    """
    return "".join(tag + BETWEEN for tag in tags)


def tags_in(line: str) -> tuple[list[str], list[str]]:
    """The tags that a line gives, and those that it takes away (`-tag`), without their `#`.

    >>> tags_in("#bão, cần đọc, -lũ,")
    (['bão', 'cần đọc'], ['lũ'])
    """
    words = [word for word in map(one_line, line.split(",")) if word]
    less = [word.lstrip("-#").strip() for word in words if word.startswith("-")]
    tags = [word.lstrip("#").strip() for word in words if not word.startswith("-")]
    return [tag for tag in dict.fromkeys(tags) if tag], [tag for tag in less if tag]


def tag_change(line: str, before: Collection[str]) -> Change:
    """What a line asks for of articles that all had the tags `before`: those it says, and not those of
    `before` that it no longer says.

    >>> tag_change("bão, lũ", ["bão", "gió"])
    Change(read=None, starred=None, removed=None, add_tags=('lũ',), drop_tags=('gió',), add_notes=(), \
drop_notes=(), add_highlights=(), drop_highlights=(), position=None, no_position=False, each=())
    """
    tags, less = tags_in(line)
    gone = [tag for tag in before if tag not in tags]
    return Change(
        add_tags=tuple(tag for tag in tags if tag not in before),
        drop_tags=tuple(dict.fromkeys(tag for tag in (*gone, *less) if tag not in tags)),
    )


def shared(counts: Mapping[str, int], of: int) -> tuple[list[str], dict[str, int]]:
    """The tags that all of so many articles have, and those that some have, with how many."""
    every = sorted(tag for tag, count in counts.items() if count >= of)
    some = {tag: count for tag, count in sorted(counts.items()) if count < of}
    return every, some


def offers(head: str, line: str, known: Sequence[Known]) -> list[Offer]:
    """The known tags that may complete the end of `head`, the text of `line` before the cursor: not those
    that stand in it already. Words may be typed without marks; behind a `-` only what follows it counts."""
    start = head.rfind(",") + 1
    start += len(head[start:]) - len(head[start:].lstrip(" -#"))
    typed = head[start:]
    said = set(tags_in(line[: head.rfind(",") + 1] + "," + line[len(head) :])[0])
    found = [
        one
        for one in known
        if one.name not in said and answers(one.name, typed) and fold(one.name) != fold(typed.strip())
    ]
    return [Offer(one.name, one.name + BETWEEN, start, one.count) for one in found[:MOST]]
