"""What a list shows: rows read from the index page by page, and the facets of a filtered set."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, overload

from store.index.row import Row

if TYPE_CHECKING:
    from store.article import EntityType
    from store.query import Query

PAGE = 200
KEPT_PAGES = 8
"""Rows are fetched 200 at a time and 1,600 are kept: a hundred thousand cost no more than the first."""


Grouping = Literal["day", "source"]
"""What rows may stand in groups by: the day of publication in +07:00, or the source."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines side by side in a list: `count` of them from `start` on. `name` is an ISO day or a source; "" for
    those without."""

    name: str
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Folding:
    """Which rows of a list tell the same as another one of it. Empty: each stands for itself."""

    others: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """For the first row of a story, in the order of the list, the others of it."""
    unfolded: Collection[int] = frozenset()
    """Those first rows whose others stand below them, not in their line."""


@dataclass(frozen=True, slots=True)
class Twins:
    """The other articles outside the trash that tell the same as one, oldest first, and, once they are read
    (`Library.texts`), what some of them say, as streams (see `matching.stream`)."""

    rows: tuple[Row, ...] = ()
    texts: tuple[str, ...] = ()


FacetOrder = Literal["count", "name"]
"""Those of most articles first (of equal ones by name), or by name."""


@dataclass(frozen=True, slots=True)
class Facet:
    """An entity of a filtered set. `count` is in articles, `name` the form most of them use."""

    type: EntityType
    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles there are; all but `removed` outside the trash."""

    total: int
    unread: int
    starred: int
    removed: int


class Rows(Sequence[Row]):
    """The answers to a query, in its order: a snapshot of which, read when looked at.

    The states are those of the moment a page is read; `fresh()` reads them again. An article that
    left the library since gives a Row with an empty id. `total` counts the articles outside the trash,
    `query` is what was really asked: with `apart` the words anywhere in the article, not side by side.

    With `folding` a story takes one line, and lines are what is counted; `repeated` are the articles that
    stand in the line of another one. `groups`: those they are in, in their order, if they were asked for.
    """

    def __init__(
        self,
        query: Query,
        numbers: array[int],
        fetch: Callable[[Sequence[int]], dict[int, Row]],
        ids: Callable[[Sequence[int]], list[str]],
        number: Callable[[str], int | None],
        *,
        total: int = 0,
        apart: bool = False,
        folding: Folding | None = None,
        groups: tuple[Group, ...] = (),
    ) -> None:
        self.query = query
        self.groups = groups
        self.total = total
        self.apart = apart
        self._numbers = numbers
        self._folding = folding or Folding()
        self._folded = {
            first: others
            for first, others in self._folding.others.items()
            if first not in self._folding.unfolded
        }
        self._line_of = {row: first for first, others in self._folded.items() for row in others}
        self._below = {row for row in self._folding.unfolded for row in self._folding.others[row]}
        self._fetch = fetch
        self._ids = ids
        self._number = number
        self._pages: dict[int, list[Row]] = {}
        self._known: list[str] | None = None

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        page, offset = divmod(place % len(self), PAGE)
        return self._page(page)[offset]

    def __iter__(self) -> Iterator[Row]:
        for page in range(-(-len(self) // PAGE)):
            yield from self._page(page)

    @property
    def repeated(self) -> int:
        """How many articles stand in the line of another one."""
        return len(self._line_of)

    def ids(self) -> list[str]:
        """The ids of all articles that answer, those in one line side by side, without reading the rows;
        those that had left the library when this was first asked are left out."""
        if self._known is None:
            numbers: Sequence[int] = self._numbers
            if self._folded:
                numbers = [row for line in numbers for row in (line, *self._folded.get(line, ()))]
            self._known = self._ids(numbers)
        return self._known

    def place(self, article_id: str) -> int | None:
        """Where an article stands in the list, or the one in whose line it stands; None if it isn't in it."""
        number = self._number(article_id)
        number = self._line_of.get(number, number) if number is not None else None
        return self._numbers.index(number) if number is not None and number in self._numbers else None

    def next_among(self, others: Rows, start: int, step: int) -> int | None:
        """The first place from `start` on, in steps of 1 or -1, whose article is one of those of another list
        of the same library. No row is read."""
        wanted = set(others._numbers)
        places = range(start, len(self) if step > 0 else -1, step)
        return next((place for place in places if self._numbers[place] in wanted), None)

    def fresh(self) -> None:
        """Read the rows again when they are next looked at: their states may have changed."""
        self._pages = {}

    def _page(self, page: int) -> list[Row]:
        # The dict is replaced, not changed, so that two threads may read the same rows.
        pages = self._pages
        if page not in pages:
            numbers = self._numbers[page * PAGE : (page + 1) * PAGE]
            rows = self._fetch(numbers)
            kept = dict(list(pages.items())[1 - KEPT_PAGES :])
            self._pages = pages = kept | {page: [self._marked(number, rows) for number in numbers]}
        return pages[page]

    def _marked(self, number: int, rows: Mapping[int, Row]) -> Row:
        row = rows.get(number, _GONE)
        if others := self._folding.others.get(number):
            return replace(row, more=len(others), folded=number in self._folded)
        return replace(row, below=True) if number in self._below else row


_GONE = Row(id="", title="", removed=True)
