"""The index against `Query.matches`: whatever the library and the filter, both find the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_samples import fill

from store.article import TITLE, Article, Block, Entity, Fact, Highlight, Mention, Note, State
from store.errors import QueryError
from store.index.index import Index
from store.query import Query, Words, parse
from store.segments import segments
from store.text import clean

# Few words, each close to another: by marks, tone placement, i and y, stops, joined to one or not.
VOCABULARY = (
    "can cán cạn bộ bo bố Bộ tin tín tiến kí ký kỹ kinh hoà hòa hoàn hoa quý quí TPHCM TP.HCM tp hcm "
    "Mỹ mi min đảng đang dang Đảng 35-KL/TW 35 kl 1,5 1 x_y ủy uỷ thuỷ thủy e\u0301\u0331 bà Bà AND or ² # …"
).split()
words = st.sampled_from(VOCABULARY)
phrases = st.lists(words, max_size=5).map(" ".join)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
mentions = st.builds(
    lambda block, start, length: Mention(block, start, start + length),
    st.integers(TITLE, 3),
    st.integers(0, 12),
    st.integers(1, 8),
)
entities = st.builds(
    lambda kind, name, aliases, roles, mentions: Entity(
        kind, f"{kind}:{name.lower()}", name, tuple(roles), tuple(aliases), mentions=tuple(mentions)
    ),
    st.sampled_from(["person", "organization", "place", "document", "event"]),
    names,
    st.lists(names, max_size=2),
    st.lists(names, max_size=1),
    st.lists(mentions, max_size=3),
)
states = st.builds(
    State,
    read=st.booleans(),
    starred=st.booleans(),
    removed=st.sampled_from([None, None, "2026-11-22T04:12:00Z"]),
    tags=st.lists(names, max_size=2).map(tuple),
    highlights=st.sampled_from([(), (), (Highlight(0, 0, 1),)]),
    notes=st.lists(st.builds(Note, phrases, st.just("2026-11-22T04:12:00Z")), max_size=1).map(tuple),
)
moments = st.sampled_from(
    [None, "2023-12-29", "2023-12-29T23:30:00+07:00", "2023-12-29T23:30:00+00:00", "2022-01-01", "soon"]
)
articles = st.builds(
    lambda title, blocks, **rest: Article(
        "", clean(title), blocks=tuple(Block("paragraph", clean(text)) for text in blocks), **rest
    ),
    phrases,
    st.lists(phrases, max_size=3),
    published=moments,
    facts=st.sampled_from([{}, {"title": Fact(None, "no headline")}, {"title": Fact(3, "above the text")}]),
    source=st.none() | names,
    author=st.none() | names,
    entities=st.lists(entities, max_size=2, unique_by=lambda entity: entity.key).map(tuple),
    state=states,
)
libraries = st.lists(articles, max_size=6).map(
    lambda found: [_with_id(article, place) for place, article in enumerate(found)]
)

fields = st.sampled_from("title body source author person org place doc role tag note".split())
values = st.lists(words, min_size=1, max_size=3).map(" ".join)
stars = st.sampled_from(["", "", "*"])
terms = st.one_of(
    st.builds("{}{}".format, values, stars),
    st.builds('"{}"'.format, values),
    st.builds("{}:{}{}".format, fields, values, stars),
    st.builds('{}:"{}"'.format, fields, values),
    st.sampled_from(
        "is:unread is:read is:starred is:removed is:noted is:tagged id:3f9c id:0 date:2023".split()
    ),
    st.sampled_from(["date:2023-12-30", "date:<2023-12-30", "date:2022..2023-12-29", "date:>=2022"]),
    st.builds("{}*{}".format, words, words),
    st.builds("near({} {}{}, {})".format, words, words, stars, st.integers(0, 3) | st.integers(8, 27)),
    st.builds('near("{}" {} {})'.format, values, words, words),
    st.sampled_from("has:date has:title no-source has:author no-tag has:note has:highlight newer:2y".split()),
    st.sampled_from(["sort:relevance", "sort:-title", "older:2y", "same:3f9c00000000"]),
)
filters = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(lambda text: f"({text})"),
        st.tuples(st.sampled_from(["NOT ", "-"]), inner).map("".join),
        st.tuples(inner, st.sampled_from([" ", " OR ", " AND ", ", "]), inner).map("".join),
    ),
    max_leaves=4,
)


def _with_id(article: Article, place: int) -> Article:
    entities = (
        replace(entity, mentions=tuple(m for m in entity.mentions if m.block < len(article.blocks)))
        for entity in article.entities
    )
    return replace(article, id=f"3f9c{place:09x}", entities=tuple(entities))


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index.open(None) as opened:
        yield opened


def query_of(text: str, typing: bool = False) -> Query | None:
    try:
        return parse(text, typing=typing)
    except QueryError:
        return None


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    library=libraries,
    asked=st.lists(filters, min_size=1, max_size=12),
    typing=st.booleans(),
    few=st.sampled_from([12, 12, 0, 2]),
)
def test_the_index_finds_what_reading_finds(
    index: Index, library: list[Article], asked: list[str], typing: bool, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.index.words._FEW", few)  # open words as prefixes, and as words
        _compare(index, library, asked, typing)


def _compare(index: Index, library: list[Article], asked: list[str], typing: bool) -> None:
    fill(index, 0, 1, 1, library)
    for text in asked:
        query = query_of(text, typing)
        if query is None:
            continue
        rows = index.select(query)
        assert sorted(rows.ids()) == [a.id for a in library if rows.query.matches(a)], str(query)
        assert rows.apart == (rows.query != query)
        if rows.apart:
            assert not any(query.matches(article) for article in library)


@settings(max_examples=100, deadline=None)
@given(library=libraries, text=st.tuples(values, stars).map("".join))
def test_every_find_of_bare_words_is_lit_somewhere(library: list[Article], text: str) -> None:
    query = query_of(text) or parse("")
    for article in library:
        lit = any(
            query.hits(segment, field)
            for field in ("title", "body", "source", "author")
            for segment in segments(article, field)
        )
        if isinstance(query.root, Words) and not article.state.removed:
            assert lit == query.matches(article)


@settings(max_examples=60, deadline=None)
@given(before=libraries, after=libraries, asked=st.lists(filters, min_size=1, max_size=6))
def test_an_index_that_changed_is_as_one_made_anew(
    index: Index, before: list[Article], after: list[Article], asked: list[str]
) -> None:
    """Contentless tables are told the old words: one word forgotten there would stay found."""
    fill(index, 0, 1, 1, before)
    index.add(0, 2, 2, after)
    index.drop([article.id for article in before[len(after) :]])
    with Index.open(None) as fresh:
        fill(fresh, 0, 2, 2, after)
        for query in filter(None, map(query_of, asked)):
            assert sorted(index.select(query).ids()) == sorted(fresh.select(query).ids())
        assert index.counts() == fresh.counts()


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(
        st.sampled_from("ab độ\"*:(){}[]^+-~,.|'\\;%_?#\n\ue000NEAR ORANDtitle:is:1é\u0301") | st.characters()
    )
)
def test_nothing_typed_is_syntax(index: Index, text: str) -> None:
    """Any text is a query or a QueryError; the index answers every query."""
    for typing in (False, True):
        query = query_of(text, typing)
        if query is not None:
            index.select(query).ids()
            index.facets(query, "person")
