"""What is asked of a library and answered by its index alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from store.query import ALL, Query

if TYPE_CHECKING:
    from store.article import EntityType
    from store.index.answers import Answers
    from store.index.known_names import Known
    from store.index.related import Related
    from store.index.rows import Counts, Facet, FacetOrder, Grouping, Rows, Twins
    from store.profile import Profile

T = TypeVar("T")


class Questions:
    """The part of a library that answers. From any thread; with `cancelled`, index.Cancelled is raised once
    that says so."""

    def _ask(self, question: Callable[[Answers], T]) -> T:
        """What the index answers."""
        raise NotImplementedError

    def select(
        self,
        query: Query,
        cancelled: Callable[[], bool] | None = None,
        unfolded: Collection[str] | None = None,
        grouping: Grouping | None = None,
    ) -> Rows:
        """The articles that answer; with `unfolded` one line for each story but those of these ids, with
        `grouping` those of one day or source side by side."""
        return self._ask(lambda index: index.select(query, cancelled, unfolded, grouping))

    def first(self, query: Query, most: int) -> Rows:
        """The same without their number: at most so many, the first."""
        return self._ask(lambda index: index.first(query, most))

    def twins(self, article_id: str) -> Twins:
        """The other articles that tell the same as one, by its whole id."""
        return self._ask(lambda index: index.twins(article_id))

    def related(self, article_id: str, limit: int = 10) -> list[Related]:
        """The articles that share most rare names and words of the headline with one, by its whole id."""
        from store.index.related import related

        return self._ask(lambda index: index.look(lambda c: related(c, article_id, limit)))

    def facets(
        self,
        query: Query,
        type: EntityType,
        limit: int = 100,
        cancelled: Callable[[], bool] | None = None,
        *,
        order: FacetOrder = "count",
        words: str = "",
    ) -> list[Facet]:
        """The entities of one type in the articles that answer, those of most articles first or by name; with
        `words` those in whose names each of them begins a word."""
        return self._ask(lambda index: index.facets(query, type, limit, cancelled, order=order, words=words))

    def entities(
        self, name: str, type: EntityType | None = None, query: Query = ALL, limit: int = 50
    ) -> list[Facet]:
        """The entities that a name (folded, whole or a part) or a key may mean, the most named first."""
        return self._ask(lambda index: index.entities(name, type, query, limit))

    def profile(
        self, key: str, query: Query = ALL, cancelled: Callable[[], bool] | None = None
    ) -> Profile | None:
        """One entity across the articles of a query; None if none names it. `cancelled` as in `select`."""
        from store.profile import profile

        return profile(key, *self._ask(lambda index: index.namings(key, query, cancelled)))

    def counts(self) -> Counts:
        """How many articles there are, unread, starred, in the trash."""
        return self._ask(lambda index: index.counts())

    def names(
        self, field: str, typed: str, limit: int = 8, cancelled: Callable[[], bool] | None = None
    ) -> list[Known]:
        """The names of a field that begin as typed, marks or not, those of most articles first: of a person,
        org, place, doc, source, author or tag."""
        from store.index.known_names import known_names

        how = partial(known_names, field=field, typed=typed, limit=limit)
        return self._ask(lambda index: index.look(how, cancelled))

    def tags(self, ids: Iterable[str]) -> dict[str, int]:
        """The tags that some of these articles have, by whole ids, with how many of them."""
        from store.index.known_names import tags_of

        chosen = list(ids)
        return self._ask(lambda index: index.look(lambda c: tags_of(c, chosen)))

    def periods(
        self, query: Query, within: str, cancelled: Callable[[], bool] | None = None
    ) -> dict[str, int]:
        """The articles that answer, counted by year, month or day: see `periods.periods`."""
        from store.index.periods import periods

        how = partial(periods, query=query, within=within)
        return self._ask(lambda index: index.look(how, cancelled))
