"""Articles to show, and a library in memory that answers as the real one does."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from store.article import TITLE, Article, Block, Entity, Fact, Mention, RawPage
from store.changes import UNWATCHED, Change, Watch, difference
from store.collation import sort_key
from store.correcting import apply
from store.corrections import Correcting, Correction, in_order, revise
from store.errors import ArticleNotFound
from store.index.known_names import Known
from store.index.related import Related
from store.index.row import Row
from store.index.rows import Counts, Facet, Rows, Twins
from store.query import Query
from store.query_words import ENTITY_FIELDS
from store.searches import Search, after
from store.segments import moment
from store.text import fold
from tui.entity_groups import answers


def person(name: str, *mentions: tuple[int, int], **fields: object) -> Entity:
    """An entity mentioned at `(block, start)`."""
    places = tuple(Mention(block, start, start + len(name)) for block, start in mentions)
    return replace(Entity("person", f"person:{name.casefold()}", name, mentions=places), **fields)


def article(number: int = 1, title: str = "Hội nghị tổng kết", *texts: str, **fields: object) -> Article:
    """An article with paragraphs; the first is its lead."""
    texts = texts or ("Sáng 16/1, hội nghị tổng kết đã diễn ra.", "Nhiều đại biểu đã dự hội nghị.")
    blocks = tuple(Block("lead" if not n else "paragraph", text, n + 3) for n, text in enumerate(texts))
    made = Article(
        id=f"{number:013x}",
        title=title,
        published=f"2023-12-{1 + number % 28:02}T08:30:00+07:00",
        published_basis="stated",
        source="Báo Thử",
        author="An Bình",
        lead=texts[0],
        blocks=blocks,
        facts={"title": Fact(1, "the headline")},
    )
    return replace(made, **fields)


def named() -> Article:
    """An article with two names, one of them mentioned three times, once in the title."""
    texts = (
        "Bà Lê Thu gặp ông Trần Nam ở Huế.",
        "Lê Thu phát biểu. " + "Lời dài. " * 60,
        "Kết thúc, Huế vui.",
    )
    return article(
        7,
        "Lê Thu ở Huế",
        *texts,
        entities=(
            person("Lê Thu", (TITLE, 0), (0, 3), (1, 0), roles=("Bí thư",)),
            person("Trần Nam", (0, 18)),
            replace(person("Huế", (0, 29), (2, 10)), type="place", key="place:huế"),
            replace(person("Lời", (1, 18)), type="event", key="event:lời"),
        ),
    )


class FakeLibrary:
    """Articles in a dict. Only what the screen asks of a library."""

    read_only = False
    problems: Sequence[object] = ()
    folder = Path("nowhere")

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {one.id: one for one in articles}
        self.pages: dict[str, RawPage] = {}
        self.rules: tuple[Correction, ...] = ()
        self.changed = False
        self.saved: dict[int, Search] = {}
        self.asked: list[Query] = []

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise ArticleNotFound("article_not_found", id=article_id, matches=[], path="nowhere")
        return apply(self.articles[article_id], self.rules, self.pages.get(article_id))

    def correct(
        self, add: Iterable[Correction] = (), drop: Iterable[Correction] = (), progress: object = None
    ) -> Correcting:
        done = revise(self.rules, add, drop)
        kept = [rule for rule in self.rules if rule not in done.dropped]
        self.rules = tuple(in_order([*kept, *done.added]))
        return done

    def twins(self, article_id: str) -> Twins:
        return Twins()

    def related(self, article_id: str) -> list[Related]:
        return []

    def page(self, article_id: str) -> RawPage | None:
        return self.pages.get(article_id)

    def select(
        self, query: Query, cancelled: object = None, unfolded: object = None, grouping: object = None
    ) -> Rows:
        self.asked.append(query)
        order = list(self.articles)
        apart = False
        articles = [self.article(one) for one in self.articles]
        found = [one for one in articles if query.matches(one)]
        if not found and query.apart:
            query, apart = query.apart, True
            found = [one for one in articles if query.matches(one)]
        found.sort(key=lambda one: moment(one.published), reverse=query.sort == "date")
        ids = [one.id for one in found]
        return Rows(
            query,
            array("q", [order.index(one) for one in ids]),
            lambda numbers: {n: self._row(self.article(order[n])) for n in numbers},
            lambda numbers: [order[n] for n in numbers],
            lambda one: order.index(one) if one in order else None,
            total=sum(not one.state.removed for one in self.articles.values()),
            apart=apart,
        )

    def names(self, field: str, typed: str, limit: int = 8, cancelled: object = None) -> list[Known]:
        if field == "tag":
            tags = Counter(tag for one in self.articles.values() for tag in one.state.tags)
            return [Known(tag, n) for tag, n in tags.most_common(limit)]
        kind = ENTITY_FIELDS.get(field)
        entities = (entity for one in self.articles.values() for entity in one.entities)
        names = Counter(entity.name for entity in entities if entity.type == kind)
        begun = fold(typed)
        return [Known(name, n) for name, n in names.most_common(limit) if fold(name).startswith(begun)]

    def counts(self) -> Counts:
        states = [one.state for one in self.articles.values()]
        there = [state for state in states if state.removed is None]
        unread, starred = sum(not state.read for state in there), sum(state.starred for state in there)
        return Counts(len(there), unread, starred, len(states) - len(there))

    def tags(self, ids: Iterable[str]) -> dict[str, int]:
        return dict(Counter(tag for one in ids for tag in self.articles[one].state.tags))

    def facets(
        self,
        query: Query,
        type: str,
        limit: int = 100,
        cancelled: object = None,
        *,
        order: str = "count",
        words: str = "",
    ) -> list[Facet]:
        found = [one for one in map(self.article, self.articles) if query.matches(one)]
        counts = Counter(
            (entity.key, entity.name) for one in found for entity in one.entities if entity.type == type
        )
        facets = [Facet(type, *which, n) for which, n in counts.most_common()]  # type: ignore[arg-type]
        facets = [facet for facet in facets if answers(facet.name, words)]
        if order == "name":
            facets.sort(key=lambda facet: sort_key(facet.name))
        return facets[:limit]

    def periods(self, query: Query, within: str, cancelled: object = None) -> dict[str, int]:
        found = [moment(one.published) for one in map(self.article, self.articles) if query.matches(one)]
        size = 7 if within == "*" else {0: 4, 4: 7, 7: 10}[len(within)]
        begun = "" if within == "*" else within
        return dict(
            sorted(Counter(when[:size] for when in found if when > begun and when.startswith(begun)).items())
        )

    def searches(self) -> dict[int, Search]:
        return dict(self.saved)

    def change_searches(self, changes: Mapping[int, Search | None]) -> dict[int, Search | None]:
        done, back = after(self.saved, changes)
        kept = {**self.saved, **done}
        self.saved = {number: search for number, search in kept.items() if search}
        return back

    def _row(self, one: Article) -> Row:
        state = one.state
        return Row(
            id=one.id,
            title=one.title,
            published=one.published,
            published_basis=one.published_basis,
            source=one.source,
            author=one.author,
            snippet=one.blocks[0].text if one.blocks else "",
            read=state.read,
            starred=state.starred,
            removed=state.removed is not None,
            noted=bool(state.remarks),
            tags=state.tags,
            minutes=1,
        )

    def change(self, ids: Sequence[str], change: Change, watch: Watch = UNWATCHED) -> Change:
        each = dict(change.each)
        back = []
        for one in ids:
            before = self.articles[one].state
            after = each.get(one, Change()).apply(change.apply(before, "2026-01-01T00:00:00Z"), "now")
            self.articles[one] = replace(self.articles[one], state=after)
            if after != before:
                back.append((one, difference(after, before)))
        return Change(each=tuple(back))

    def behind(self) -> bool:
        return False

    def refresh(self) -> bool:
        changed, self.changed = self.changed, False
        return changed
