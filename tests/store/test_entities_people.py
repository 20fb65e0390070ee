"""People and their offices, a sentence each: every name is found, nobody else, and the office is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.article import Article, Block, Entity
from store.entities import extract
from store.text import mark_fold

Wanted = dict[str, str]


def sentences() -> list[tuple[str, Wanted]]:
    """(sentence, office of each person) from the table beside this file."""
    text = (Path(__file__).parent / "people_sentences.txt").read_text("utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    table: list[tuple[str, Wanted]] = []
    for sentence, wanted in zip(rows[::2], rows[1::2], strict=True):
        people = [
            person.partition(": ") for person in wanted.removeprefix("=").strip().split(" | ") if person
        ]
        table.append((sentence, {name: office for name, _, office in people}))
    return table


def people_of(*texts: str, title: str = "") -> dict[str, Entity]:
    blocks = tuple(Block("paragraph", text) for text in texts)
    entities = extract(Article("", title, published="2024-05-06", blocks=blocks)).entities
    return {entity.name: entity for entity in entities if entity.type == "person"}


@pytest.mark.parametrize(("sentence", "wanted"), sentences())
def test_a_sentence_names_its_people_with_their_offices(sentence: str, wanted: Wanted) -> None:
    found = {mark_fold(name).strip("."): entity for name, entity in people_of(sentence).items()}
    assert set(found) == {mark_fold(name).strip(".") for name in wanted}
    for name, office in wanted.items():
        roles = ", ".join(found[mark_fold(name).strip(".")].roles)
        assert sorted(re.findall(r"\w+", mark_fold(roles))) == sorted(re.findall(r"\w+", mark_fold(office)))
