"""Counted names: over all articles and over a filter, by count and by name, with words."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_samples import fill

from store.article import Article, Block, Entity, State
from store.collation import sort_key
from store.index.index import Facet, Index
from store.query import ALL, Query, parse

OLD, NEW = "chỉ thị 05", "chỉ thị 05-ct/tw"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index.sqlite")


def person(name: str, key: str = "") -> Entity:
    return Entity("person", f"person:{key or name.lower()}", name)


def document(key: str, name: str) -> Entity:
    return Entity("document", f"document:{key}", name)


def article(number: int, title: str, *entities: Entity, removed: bool = False) -> Article:
    state = State(removed="2026-01-01T00:00:00Z" if removed else None)
    blocks = (Block("paragraph", "Lời.", 1),)
    return Article(f"{number:013x}", title, blocks=blocks, entities=entities, state=state)


def told(found: list[Facet]) -> list[tuple[str, int]]:
    return [(facet.name, facet.count) for facet in found]


def test_equal_counts_stand_in_the_order_of_names_and_pages_never_mix(index: Index) -> None:
    names = ["Ân", "Đào", "An", "Dung", "Ăn"]
    fill(index, 0, 1, 1, [article(n, "a", person(name)) for n, name in enumerate([*names, "Dung"])])
    assert told(index.facets(ALL, "person")) == [("Dung", 2), ("An", 1), ("Ăn", 1), ("Ân", 1), ("Đào", 1)]
    assert index.facets(ALL, "person", 3) == index.facets(ALL, "person")[:3]


def test_by_name_the_first_of_all_names_come_first_not_those_of_the_most_named(index: Index) -> None:
    names = ["Đào", "Đào", "Dung", "Dung", "An", "Ban"]
    fill(index, 0, 1, 1, [article(n, "a", person(name)) for n, name in enumerate(names)])
    assert told(index.facets(ALL, "person", 3, order="name")) == [("An", 1), ("Ban", 1), ("Dung", 2)]


def test_words_look_through_all_names_whatever_their_marks(index: Index) -> None:
    names = ["Trương Thị Mai", "Mai Thị Hồng", "Tô Lâm", "Lê 100%"]
    fill(index, 0, 1, 1, [article(n, "a", person(name)) for n, name in enumerate(names)])
    assert told(index.facets(ALL, "person", words="mai thi")) == [("Mai Thị Hồng", 1), ("Trương Thị Mai", 1)]
    assert told(index.facets(ALL, "person", words="ương")) == []  # not a beginning
    assert told(index.facets(ALL, "person", words="100%")) == [("Lê 100%", 1)]
    assert told(index.facets(ALL, "person", words="%")) == []


def test_another_spelling_is_found_under_the_one_that_is_shown(index: Index) -> None:
    spellings = ["Hoà Bình", "Hòa Bình", "Hòa Bình", "TP Hòa Bình"]
    fill(index, 0, 1, 1, [article(n, "a", person(name, "hb")) for n, name in enumerate(spellings)])
    assert told(index.facets(ALL, "person", words="tp")) == [("Hòa Bình", 4)]


def test_a_document_without_its_code_is_the_one_with_it(index: Index) -> None:
    short, full = document(OLD, "Chỉ thị 05"), document(NEW, "Chỉ thị 05-CT/TW")
    fill(index, 0, 1, 1, [article(1, "a", short), article(2, "a", short), article(3, "b", full)])
    assert index.facets(ALL, "document") == [Facet("document", full.key, full.name, 3)]
    assert index.facets(parse("a"), "document") == [Facet("document", full.key, short.name, 2)]


def test_what_changes_is_counted_anew(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1, "a", person("An")), article(2, "a", person("An"))])
    assert told(index.facets(ALL, "person")) == [("An", 2)]
    index.set_states(0, 2, {article(2, "").id: State(removed="2026-01-01T00:00:00Z")})
    assert told(index.facets(ALL, "person")) == [("An", 1)]
    fill(index, 1, 1, 1, [article(3, "a", person("Ba"))])
    assert told(index.facets(ALL, "person")) == [("An", 1), ("Ba", 1)]
    index.drop([article(1, "").id])
    assert told(index.facets(ALL, "person")) == [("Ba", 1)]
    index.reset()
    assert index.facets(ALL, "person") == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.booleans(), st.frozensets(st.sampled_from(range(6)))), max_size=9
    ),
    st.sampled_from([ALL, parse("a"), parse("a OR b"), parse("is:removed"), parse("-b")]),
)
def test_counts_are_those_of_a_look_through_every_article(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, bool, frozenset[int]]], query: Query
) -> None:
    names = ["An", "Bá", "Bà", "Cúc", "cúc", "Đào"]  # Cúc and cúc are one
    articles = [
        article(n, title, *{person(names[i], names[i].lower()).key: person(names[i]) for i in who}.values(),
                removed=removed)
        for n, (title, removed, who) in enumerate(drawn)
    ]  # fmt: skip
    index = Index.open(tmp_path_factory.mktemp("i") / "index.sqlite")
    fill(index, 0, 1, 1, articles)
    counts, forms = Counter[str](), defaultdict[str, Counter[str]](Counter)
    listed = set(index.select(query).ids())
    for one in articles:
        if one.id in listed:
            for entity in one.entities:
                counts[entity.key] += 1
                forms[entity.key][entity.name] += 1
    found = index.facets(query, "person")
    assert {facet.key: facet.count for facet in found} == counts
    for facet in found:
        assert forms[facet.key][facet.name] == max(forms[facet.key].values())
    order = [(-facet.count, sort_key(facet.name)) for facet in found]
    assert order == sorted(order)
    by_name = [sort_key(facet.name) for facet in index.facets(query, "person", order="name")]
    assert by_name == sorted(by_name)
    assert len(by_name) == len(found)
    index.close()
