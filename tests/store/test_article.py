"""The article and its JSON form."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import (
    BASES,
    BLOCK_KINDS,
    ENTITY_TYPES,
    TITLE,
    Article,
    Block,
    Dropped,
    Entity,
    Fact,
    Highlight,
    Mention,
    Note,
    Origin,
    Position,
    State,
)
from store.article_json import content_to_json, from_json, state_to_json, to_json
from store.errors import LibraryLocked, LoadError

text = st.text(max_size=20)
some = st.text(min_size=1, max_size=20)
maybe = st.none() | text
count = st.integers(0, 10**6)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    title = draw(some)
    blocks = tuple(
        draw(
            st.lists(
                st.builds(Block, st.sampled_from(BLOCK_KINDS), some, st.none() | count, maybe), max_size=4
            )
        )
    )

    def mention() -> Mention:
        block = draw(st.integers(TITLE, len(blocks) - 1))
        size = len(title if block == TITLE else blocks[block].text)
        start = draw(st.integers(0, size - 1))
        return Mention(block, start, draw(st.integers(start + 1, size)))

    entities = tuple(
        Entity(
            draw(st.sampled_from(ENTITY_TYPES)),
            draw(text),
            draw(some),
            roles=tuple(draw(st.lists(text, max_size=2))),
            aliases=tuple(draw(st.lists(text, max_size=2))),
            value=draw(maybe),
            value_basis=draw(st.sampled_from(["stated", "supplied", None])),
            why=draw(text),
            mentions=tuple(mention() for _ in range(draw(st.integers(0, 3)))),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return Article(
        id=draw(text),
        title=title,
        published=draw(maybe),
        published_basis=draw(st.sampled_from(BASES)),
        source=draw(maybe),
        author=draw(maybe),
        url=draw(maybe),
        language=draw(maybe),
        lead=draw(maybe),
        blocks=blocks,
        facts=draw(
            st.dictionaries(
                text, st.builds(Fact, st.none() | count, text, count, st.none() | count), max_size=2
            )
        ),
        dropped=tuple(draw(st.lists(st.builds(Dropped, count, count, count, text, text), max_size=2))),
        entities=entities,
        abbreviations=draw(st.dictionaries(text, text, max_size=2)),
        origins=tuple(draw(st.lists(st.builds(Origin, maybe, maybe, text, text, text), max_size=2))),
        state=State(
            read=draw(st.booleans()),
            starred=draw(st.booleans()),
            removed=draw(maybe),
            tags=tuple(draw(st.lists(text, max_size=2))),
            notes=tuple(draw(st.lists(st.builds(Note, text, text), max_size=2))),
            highlights=tuple(
                draw(st.lists(st.builds(Highlight, count, count, count, text, text), max_size=2))
            ),
            position=draw(st.none() | st.builds(Position, count, count)),
        ),
    )


@given(articles())
def test_an_article_comes_back_from_its_json_as_it_was(article: Article) -> None:
    assert from_json(json.loads(json.dumps(to_json(article)))) == article


@given(articles())
def test_content_and_state_share_no_key_and_make_up_the_whole(article: Article) -> None:
    content, state = content_to_json(article), state_to_json(article.state)
    assert set(state) == {field.name for field in fields(State)}
    assert not set(content) & set(state)
    assert to_json(article) == content | state


def test_an_article_needs_no_more_than_a_title() -> None:
    assert from_json({"title": "Bão số 3"}) == Article(id="", title="Bão số 3")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": None}, "title"),
        ({"title": 3}, "title"),
        ({"published": 2023}, "published"),
        ({"published_basis": "guessed"}, "published_basis"),
        ({"blocks": {}}, "blocks"),
        ({"blocks": ["text"]}, "blocks"),
        ({"blocks": [{"kind": "song", "text": "la"}]}, "blocks"),
        ({"blocks": [{"kind": "lead"}]}, "blocks"),
        ({"blocks": [{"kind": "lead", "text": "a", "line": "7"}]}, "blocks"),
        ({"facts": {"title": {"line": 1}}}, "facts"),
        ({"dropped": [{"line": 1}]}, "dropped"),
        ({"entities": [{"type": "ghost", "key": "k", "name": "n"}]}, "entities"),
        ({"entities": [{"type": "person", "key": "k"}]}, "entities"),
        (
            {
                "entities": [
                    {
                        "type": "person",
                        "key": "k",
                        "name": "n",
                        "mentions": [{"block": 9, "start": 0, "end": 1}],
                    }
                ]
            },
            "mentions",
        ),
        (
            {
                "entities": [
                    {
                        "type": "person",
                        "key": "k",
                        "name": "n",
                        "mentions": [{"block": -1, "start": 0, "end": 99}],
                    }
                ]
            },
            "mentions",
        ),
        (
            {
                "entities": [
                    {
                        "type": "person",
                        "key": "k",
                        "name": "n",
                        "mentions": [{"block": -2, "start": 0, "end": 1}],
                    }
                ]
            },
            "mentions",
        ),
        ({"tags": [3]}, "(state)"),
        ({"tags": "lũ"}, "(state)"),
        ({"removed": True}, "(state)"),
        ({"position": [1, 2]}, "(state)"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(LoadError) as caught:
        from_json({"title": "Bão số 3"} | change)
    assert caught.value.code == "bad_article"
    assert caught.value.fields["field"] == field


@pytest.mark.parametrize("value", [None, [], "article", 3])
def test_what_is_no_object_is_no_article(value: Any) -> None:
    with pytest.raises(LoadError):
        from_json(value)


def test_unknown_keys_are_left_alone() -> None:
    assert from_json({"title": "t", "mood": "calm"}).title == "t"


def test_text_of_reads_title_and_blocks() -> None:
    article = Article("", "Hà Nội mưa", blocks=(Block("paragraph", "Ở Huế nắng"),))
    assert article.text_of(Mention(TITLE, 0, 6)) == "Hà Nội"
    assert article.text_of(Mention(0, 2, 5)) == "Huế"


@given(articles())
def test_goes_from_one_process_to_another_unchanged(article: Article) -> None:
    assert pickle.loads(pickle.dumps(article)) == article


def test_errors_survive_the_way_home_from_a_worker() -> None:
    error = LibraryLocked("locked", pid=7, host="may", path="/x")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is LibraryLocked
    assert (back.code, back.fields) == (error.code, error.fields)
    assert str(back) == "locked pid=7 host='may' path='/x'"
