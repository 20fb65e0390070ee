"""Entities in short texts of many topics, written for this test: names are found, look-alikes are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from store.article import Article, Block, Entity
from store.entities import extract
from store.text import mark_fold

FOLDER = Path(__file__).parent / "entity_texts"
TOPICS = sorted(path.stem for path in FOLDER.glob("*.txt"))
COUNTED = ("person", "organization", "place", "date", "document")


@dataclass
class Sample:
    article: Article
    wanted: dict[str, list[str]] = field(default_factory=dict)
    neutral: list[str] = field(default_factory=list)
    roles: list[tuple[str, str]] = field(default_factory=list)


def read(topic: str) -> Sample:
    head, _, expected = (FOLDER / f"{topic}.txt").read_text("utf-8").partition("\n---\n")
    published, title, *paragraphs = head.split("\n")
    blocks = tuple(Block("paragraph", paragraph) for paragraph in paragraphs)
    sample = Sample(Article("", title, published=published, blocks=blocks))
    for line in expected.strip().split("\n"):
        kind, _, value = line.partition(": ")
        if kind == "role":
            person, _, role = value.partition(" = ")
            sample.roles.append((person, role))
        elif kind == "neutral":
            sample.neutral = value.split("; ")
        else:
            sample.wanted[kind] = value.split("; ")
    return sample


def names(entity: Entity) -> set[str]:
    return {mark_fold(name).strip(".") for name in (entity.name, *entity.aliases)}


def score(sample: Sample) -> tuple[int, list[str], list[str]]:
    """(hits, invented, missed) over the counted types."""
    neutral = {mark_fold(name) for name in sample.neutral}
    hits, invented, missed = 0, [], []
    entities = extract(sample.article).entities
    for kind in COUNTED:
        found = [entity for entity in entities if entity.type == kind]
        open_ = list(sample.wanted.get(kind, []))
        for entity in found:
            match = next((name for name in open_ if mark_fold(name) in names(entity)), None)
            if match:
                open_.remove(match)
                hits += 1
            elif not names(entity) & neutral:
                invented.append(f"{kind} {entity.name}")
        missed += [f"{kind} {name}" for name in open_]
    return hits, invented, missed


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_read_well(topic: str) -> None:
    hits, invented, missed = score(read(topic))
    f1 = 2 * hits / (2 * hits + len(invented) + len(missed))
    assert f1 >= 0.85, (invented, missed)


def test_all_topics_together() -> None:
    results = [score(read(topic)) for topic in TOPICS]
    hits = sum(hit for hit, _, _ in results)
    wrong = [name for _, invented, missed in results for name in (*invented, *missed)]
    assert 2 * hits / (2 * hits + len(wrong)) >= 0.92, wrong


@pytest.mark.parametrize("topic", TOPICS)
def test_offices_are_whole(topic: str) -> None:
    sample = read(topic)
    roles = {e.name: ", ".join(e.roles) for e in extract(sample.article).entities if e.type == "person"}
    for person, role in sample.roles:
        assert roles.get(person) == role
