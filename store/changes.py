"""What a reader's keys do to an article's reading state, as a value with an inverse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from store.article import TITLE, Article, Highlight, Note, Position, State
from store.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Change:
    """What to do to the reading state of articles; what it leaves at its default is not touched.

    `removed` may be True (to the trash, now), False (back) or a UTC time. Tags are a set: they are kept
    sorted, notes in the order they were made. `each` holds further changes for single articles by id.
    `position` None leaves it; `no_position` takes it away.
    """

    read: bool | None = None
    starred: bool | None = None
    removed: bool | str | None = None
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    add_notes: tuple[Note, ...] = ()
    drop_notes: tuple[Note, ...] = ()
    add_highlights: tuple[Highlight, ...] = ()
    drop_highlights: tuple[Highlight, ...] = ()
    position: Position | None = None
    no_position: bool = False
    each: tuple[tuple[str, Change], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles that an inverse is for."""
        return tuple(id for id, _ in self.each)

    def apply(self, state: State, now: str) -> State:
        """The state after this change (`each` left out). `now` is UTC, ISO 8601 with a `Z`."""
        if self.removed is not None:
            removed = state.removed or now if self.removed is True else self.removed or None
            state = replace(state, removed=removed)
        if self.add_tags or self.drop_tags:
            added = {one_line(tag) for tag in self.add_tags} - {""}
            tags = {*state.tags, *added}.difference(self.drop_tags, map(one_line, self.drop_tags))
            state = replace(state, tags=tuple(sorted(tags))) if tags != set(state.tags) else state
        if self.add_notes or self.drop_notes:
            added_notes = tuple(replace(note, text=clean(note.text)) for note in self.add_notes)
            notes = _without(state.notes, self.drop_notes) + added_notes
            state = replace(state, notes=tuple(sorted(notes, key=lambda note: note.made)))
        if self.add_highlights or self.drop_highlights:
            marks = {*state.highlights, *self.add_highlights} - set(self.drop_highlights)
            state = replace(state, highlights=tuple(sorted(marks, key=lambda m: (m.block, m.start, m.end))))
        if self.position is not None or self.no_position:
            state = replace(state, position=self.position)
        return replace(
            state,
            read=state.read if self.read is None else self.read,
            starred=state.starred if self.starred is None else self.starred,
        )


def difference(before: State, after: State) -> Change:
    """The change that leads from one state to the other, and touches nothing that is the same."""
    return Change(
        read=after.read if after.read != before.read else None,
        starred=after.starred if after.starred != before.starred else None,
        removed=(after.removed or False) if after.removed != before.removed else None,
        add_tags=_without(after.tags, before.tags),
        drop_tags=_without(before.tags, after.tags),
        add_notes=_without(after.notes, before.notes),
        drop_notes=_without(before.notes, after.notes),
        add_highlights=_without(after.highlights, before.highlights),
        drop_highlights=_without(before.highlights, after.highlights),
        position=after.position if after.position != before.position else None,
        no_position=after.position is None and before.position is not None,
    )


class Stopped(Exception):
    """A change was given up because its `stopped` said so. Nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who waits for a change of many articles: is told how many of them are `progress` and of how many, and
    may say that it be `stopped`. Both are asked between two volumes."""

    progress: Callable[[int, int], None] = lambda done, of: None
    stopped: Callable[[], bool] = lambda: False


UNWATCHED = Watch()


def change_states(
    volumes: Mapping[int, Sequence[str]],
    change: Change,
    now: str,
    read: Callable[[int, Sequence[str]], Mapping[str, State]],
    write: Callable[[int, Mapping[str, State]], None],
    *,
    watch: Watch = UNWATCHED,
) -> Change:
    """Change the states of articles, whose ids come by volume. `read` gives those of a volume, `write` is
    given what changes in one. Gives the inverse. Raises Stopped: then nothing of what was written counts.
    """
    each, total, count = dict(change.each), sum(map(len, volumes.values())), 0
    inverse: list[tuple[str, Change]] = []
    for number, ids in volumes.items():
        if watch.stopped():
            raise Stopped
        before = read(number, ids)
        after = {id: change.apply(state, now) for id, state in before.items()}
        after |= {id: each[id].apply(after[id], now) for id in ids if id in each}
        if changed := {id: state for id, state in after.items() if state != before[id]}:
            write(number, changed)
        inverse += [(id, difference(state, before[id])) for id, state in changed.items()]
        count += len(ids)
        watch.progress(count, total)
    return Change(each=tuple(inverse))


T = TypeVar("T")


def _without(values: tuple[T, ...], gone: Iterable[T]) -> tuple[T, ...]:
    """The values but for those gone; of two equal ones, one goes for each."""
    left = list(values)
    for value in gone:
        if value in left:
            left.remove(value)
    return tuple(left)


# -- a new text under an old state ---------------------------------------------------------------

ANCHOR = 32
"""Letters at each end of a highlight by which it is found again."""


def anchored(text: str, block: int, start: int, end: int, note: str = "") -> Highlight:
    """`[start:end]` of a block with this text as a highlight."""
    passage = text[start:end]
    return Highlight(block, start, end, passage[:ANCHOR], passage[-ANCHOR:], note)


def carry_over(old: Article, new: Article, now: str) -> State:
    """The reading state of `old` for a new version of its text: highlights and position move with their
    words. A passage that is gone becomes a note, so that nothing a reader marked is lost."""
    state = old.state
    highlights: list[Highlight] = []
    lost: list[Note] = []
    for mark in state.highlights:
        moved = _find(old, new, mark)
        if moved is not None:
            highlights.append(moved)
        else:
            words = old.passage(mark) or f"{mark.head} … {mark.tail}"
            lost.append(Note(f"{words}\n{mark.note}".strip(), now))
    return replace(
        state,
        highlights=_joined(new, highlights),
        notes=(*state.notes, *lost),
        position=state.position and _find_position(old, new, state.position),
    )


def _joined(article: Article, marks: Iterable[Highlight]) -> tuple[Highlight, ...]:
    """Highlights in the order of the text; those that overlap now are one, with the notes of both."""
    joined: list[Highlight] = []
    for mark in sorted(marks, key=lambda one: (one.block, one.start, one.end)):
        last = joined[-1] if joined else None
        if last is not None and last.block == mark.block and mark.start < last.end:
            notes = dict.fromkeys(note for note in (last.note, mark.note) if note)
            end, text = max(last.end, mark.end), article.text_at(mark.block)
            joined[-1] = anchored(text, mark.block, last.start, end, "\n".join(notes))
        else:
            joined.append(mark)
    return tuple(joined)


def settle(article: Article, now: str) -> State:
    """The reading state of an article whose former text is lost: a highlight stays where its letters are, or
    moves to them; without them it becomes a note."""

    def stands(mark: Highlight) -> bool:
        passage = article.passage(mark)
        return bool(passage) and passage.startswith(mark.head) and passage.endswith(mark.tail)

    state = article.state
    wrong = tuple(mark for mark in state.highlights if not stands(mark))
    unknown = replace(article, title="", blocks=(), state=replace(state, highlights=wrong, position=None))
    moved = carry_over(unknown, article, now)
    right = tuple(mark for mark in state.highlights if mark not in wrong)
    inside = state.position is not None and state.position.block < len(article.blocks)
    marks = _joined(article, right + moved.highlights)
    return replace(moved, highlights=marks, position=state.position if inside else None)


def _find(old: Article, new: Article, mark: Highlight) -> Highlight | None:
    passage = old.passage(mark)
    head, tail = (passage[:ANCHOR], passage[-ANCHOR:]) if passage else (mark.head, mark.tail)
    if not head:
        return None
    if (found := _nearest(new, passage or head, mark.block, mark.start)) is None:
        found = _nearest(new, head, mark.block, mark.start)
    if found is None:
        return None
    block, start = found
    text = new.text_at(block)
    end = start + len(passage)
    if not passage or text[start:end] != passage:
        at = text.find(tail, start)
        end = at + len(tail)
        if at < 0:
            return None
    return anchored(text, block, start, end, mark.note)


def _find_position(old: Article, new: Article, position: Position) -> Position | None:
    if not 0 <= position.block < len(old.blocks):
        return None
    text = old.blocks[position.block].text
    start = min(position.offset, max(0, len(text) - ANCHOR))
    found = _nearest(new, text[start : start + ANCHOR], position.block, start)
    if found is None or found[0] == TITLE:  # the headline is no place to go on reading
        return None
    return Position(found[0], found[1] + position.offset - start)


def _nearest(article: Article, words: str, block: int, offset: int) -> tuple[int, int] | None:
    """Where `words` stand in an article, as near as can be to a place: block and offset. What stood in the
    text is looked for in the headline last, and the other way round."""
    found: list[tuple[bool, int, int, int, int]] = []
    for number in range(TITLE, len(article.blocks)):
        text = article.text_at(number)
        at = text.find(words) if words else -1
        while at >= 0:
            apart = (number == TITLE) != (block == TITLE)
            found.append((apart, abs(number - block), abs(at - offset), number, at))
            at = text.find(words, at + 1)
    return min(found)[3:] if found else None
