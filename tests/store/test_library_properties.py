"""Any articles come back as they were; any run of actions leaves what a plain model says."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_samples import item
from test_article import articles

from store import library as library_module
from store import sealing
from store import volumes as volumes_module
from store.article import Article, State
from store.article_json import from_json, to_json
from store.library import Change, Library
from store.query import ALL, parse

relaxed = settings(max_examples=20, deadline=None)


def without_place(article: Article) -> dict[str, Any]:
    return to_json(replace(article, id="", origins=()))


@relaxed
@given(st.lists(articles(), max_size=4), st.booleans())
def test_any_article_comes_back(given_articles: list[Article], plain: bool) -> None:
    """Written by one JSON library, read by the other."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if plain:
            patch.setattr(sealing, "orjson", None)
        distinct = {repr(without_place(article)): article for article in given_articles}.values()
        with Library.open(Path(folder)) as library:
            first = library.add((replace(article, origins=(), url=None), None) for article in distinct)
        patch.undo()
        if not plain:
            patch.setattr(sealing, "orjson", None)
        with Library.open(Path(folder)) as library:
            assert library.problems == []
            stored = [library.article(id) for id in first.new]
            assert library.check() == []
            again = library.add((from_json(to_json(article)), None) for article in stored)
            assert again.new == ()
    wanted = [without_place(replace(article, url=None)) for article in distinct]
    for article in stored:
        assert without_place(article) in wanted


actions = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.integers(0, 12), min_size=1, max_size=7)),
        st.tuples(st.just("read"), st.integers(0, 12)),
        st.tuples(st.just("tag"), st.integers(0, 12)),
        st.tuples(st.just("remove"), st.integers(0, 12)),
        st.tuples(st.just("purge"), st.integers(0, 12)),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("open"), st.none()),
        st.tuples(st.just("forget index"), st.none()),
    ),
    max_size=12,
)
CHANGES = {"read": Change(read=True), "tag": Change(add_tags=("x",)), "remove": Change(removed=True)}


@relaxed
@given(actions)
def test_any_run_of_actions(run: list[tuple[str, Any]]) -> None:
    model: dict[int, State] = {}
    ids: dict[int, str] = {}
    undo: tuple[Change, dict[int, State]] | None = None
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(volumes_module, "VOLUME", 3)
        patch.setattr(library_module, "BATCH", 4)
        folder = Path(name)
        library = Library.open(folder)
        for verb, what in run:
            if verb == "add":
                added = library.add([item(number) for number in what])
                fresh = [number for number in dict.fromkeys(what) if number not in model]
                ids |= dict(zip(fresh, added.new, strict=True))
                trash = {ids[n] for n in what if n in model and model[n].removed}
                assert set(added.removed) == trash
                model |= {number: State() for number in fresh}
            elif verb in CHANGES and what in model:
                before = dict(model)
                inverse = library.change([ids[what]], CHANGES[verb])
                model[what] = CHANGES[verb].apply(model[what], "then")
                undo = inverse, before
            elif verb == "purge" and what in model:
                library.purge([ids[what]])
                del model[what]
                undo = None
            elif verb == "undo" and undo is not None:
                library.change(undo[0].ids, undo[0])
                model |= {number: state for number, state in undo[1].items() if number in model}
                undo = None
            elif verb in ("open", "forget index"):
                library.close()
                if verb == "forget index":
                    (folder / "index.sqlite").unlink()
                library = Library.open(folder)
        for _ in range(2):
            for number, state in model.items():
                stored = library.article(ids[number])
                assert replace(stored.state, removed=stored.state.removed and "then") == state
                assert library.page(ids[number]) == item(number)[1]
            outside = {ids[number] for number, state in model.items() if state.removed is None}
            assert {row.id for row in library.select(ALL)} == outside
            assert {row.id for row in library.select(parse("tag:x"))} == {
                ids[number] for number, state in model.items() if state.tags and state.removed is None
            }
            assert len(library) == len(outside)
            assert library.check() == []
            assert not library.refresh()
            library.close()
            library = Library.open(folder)
        library.close()
