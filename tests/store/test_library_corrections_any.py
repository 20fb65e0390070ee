"""After any run of corrections the index says what the articles say, and undo leads back."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import rulebook as rulebook_module
from store import volumes as volumes_module
from store.article import ENTITY_TYPES, Article, Block, Entity, Mention
from store.corrections import Correcting, Correction
from store.library import Library
from store.query import ALL, parse

NAMES = ["An", "Bình", "Chi", "Dũng"]
KEYS = [*(f"person:{name.lower()}" for name in NAMES), "person:an#2", "place:an", "place:chi"]
IDS = [f"{number + 1:013x}" for number in range(4)]


def article(number: int, named: list[str]) -> Article:
    """Names some people in that order, the title left alone."""
    text, entities = "", list[Entity]()
    for name in named:
        mention = Mention(0, len(text), len(text) + len(name))
        entities.append(Entity("person", f"person:{name.lower()}", name, mentions=(mention,)))
        text += name + " đi chợ, "
    blocks = (Block("paragraph", text or "Không ai.", 2), Block("paragraph", f"Đoạn cuối {number}.", 3))
    return Article(IDS[number], f"Bài {number}", blocks=blocks, entities=tuple(entities))


rules = st.one_of(
    st.builds(Correction, st.just("hide"), st.sampled_from(KEYS), st.none(), st.sampled_from([None, *IDS])),
    st.builds(
        Correction,
        st.sampled_from(["rename", "split"]),
        st.sampled_from(KEYS),
        st.sampled_from([*NAMES, "#2", "Em"]),
        st.sampled_from([None, None, *IDS]),
    ),
    st.builds(
        Correction,
        st.just("merge"),
        st.sampled_from(KEYS),
        st.sampled_from(["person:An", "person:Chi#2", "place:An"]),
        st.sampled_from([None, None, *IDS]),
    ),
    st.builds(
        Correction,
        st.just("retype"),
        st.sampled_from(KEYS),
        st.sampled_from(["person", "place"]),
        st.sampled_from([None, *IDS]),
    ),
    st.builds(
        Correction,
        st.sampled_from(["source", "author"]),
        st.just(""),
        st.sampled_from(["Báo An", None]),
        st.sampled_from(IDS),
    ),
    st.builds(
        Correction, st.just("line"), st.just("3"), st.sampled_from(["junk", "quote"]), st.sampled_from(IDS)
    ),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(rules, min_size=1, max_size=2)),
        st.tuples(st.just("drop"), st.integers(0, 20)),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("open"), st.none()),
    ),
    max_size=10,
)


def told(library: Library) -> list[tuple[str, str, str, int]]:
    """What the index says is named: type, key, name, articles."""
    return sorted(
        (facet.type, facet.key, facet.name, facet.count)
        for type in ENTITY_TYPES
        for facet in library.facets(ALL, type)
    )


def assert_index_follows(library: Library) -> None:
    counts: dict[str, int] = {}
    for id in IDS:
        found = library.article(id)
        for entity in found.entities:
            counts[entity.key] = counts.get(entity.key, 0) + 1
            assert id in library.select(parse(f'{entity.type}:"{entity.name}"')).ids()
    for query in (parse(f'person:"{name}"') for name in NAMES):
        assert set(library.select(query).ids()) == {id for id in IDS if query.matches(library.article(id))}
    assert {key: count for _, key, _, count in told(library)} == counts
    for row in library.select(ALL):
        found = library.article(row.id)
        assert (row.source, row.author) == (found.source, found.author)
        last = [block for block in found.blocks if block.line == 3]
        assert (row.id in library.select(parse("doan cuoi")).ids()) == bool(last)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(NAMES), unique=True, max_size=4), min_size=4, max_size=4),
    steps,
    st.sampled_from([1, 100]),
)
def test_any_run_of_corrections(named: list[list[str]], run: list[tuple[str, object]], at_once: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(volumes_module, "VOLUME", 2)
        patch.setattr(rulebook_module, "AT_ONCE", at_once)
        patch.setattr("store.correcting.extract", lambda article: article)
        library = Library.open(Path(name))
        library.add((article(number, names), None) for number, names in enumerate(named))
        before = library.corrections()
        done = Correcting()
        for verb, what in run:
            if verb == "add":
                before = library.corrections()
                done = library.correct(what)  # type: ignore[arg-type]
            elif verb == "drop" and (there := library.corrections()):
                before = there
                done = library.correct(drop=[there[what % len(there)]])  # type: ignore[operator]
            elif verb == "undo":
                library.correct(done.dropped, done.added)
                assert [(r, r.made) for r in library.corrections()] == [(r, r.made) for r in before]
                done, before = Correcting(), library.corrections()
            elif verb == "open":
                library.close()
                library = Library.open(Path(name))
        assert_index_follows(library)
        assert library.check() == []
        facets = told(library)
        library.close()
        (Path(name) / "index.sqlite").unlink()
        with Library.open(Path(name)) as anew:
            assert told(anew) == facets, "an index that followed is the same as one built anew"
            assert_index_follows(anew)
