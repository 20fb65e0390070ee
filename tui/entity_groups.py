"""Names by type, as the entities pane lists them: of one article, or of all that is listed. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from store.article import ENTITY_TYPES, Entity, EntityType
from store.collation import sort_key
from store.index.rows import Facet
from store.text import fold, one_line
from tui.i18n import N_

FACETS: dict[EntityType, str] = {
    "person": "person",
    "organization": "org",
    "place": "place",
    "document": "doc",
}
"""The types that are counted over articles, and the fields that filter by them."""

PAGE = 100
"""Names of one type that are counted at first, and how many more each time."""

Order = Literal["count", "name", "appearance"]
ORDER_NAMES: dict[Order, str] = {
    "count": N_("Most named first"),
    "name": N_("By name"),
    "appearance": N_("As they appear"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name: `count` is in mentions for an article's own `entity`, else in articles."""

    type: EntityType
    key: str
    name: str
    count: int
    roles: tuple[str, ...] = ()
    entity: Entity | None = None


class Group(NamedTuple):
    """The names of one type; `more`: there are others that were not counted yet."""

    type: EntityType
    names: list[Name]
    more: bool = False


def of_article(entities: Sequence[Entity], types: frozenset[str]) -> list[Group]:
    """The names of an article as they first appear, in the order of the types."""
    names = [
        Name(entity.type, entity.key, entity.name, len(entity.mentions), entity.roles, entity)
        for entity in entities
    ]
    return [
        Group(kind, members)
        for kind in ENTITY_TYPES
        if kind in types and (members := [name for name in names if name.type == kind])
    ]


def of_facets(facets: Mapping[EntityType, Sequence[Facet]], limits: Mapping[EntityType, int]) -> list[Group]:
    """The names that were counted, in the order of the types, those of most articles first."""
    return [
        Group(
            kind,
            [Name(kind, facet.key, facet.name, facet.count) for facet in found],
            len(found) >= limits[kind],
        )
        for kind in ENTITY_TYPES
        if (found := facets.get(kind))
    ]


def arranged(
    groups: Sequence[Group], order: Order = "count", needle: str = "", first: Container[str] = ()
) -> list[Group]:
    """The groups in an order (of equal ones as they came, those of the keys in `first` before all others),
    with the names that hold what is searched: the beginnings of its words, marks or not. Groups without one
    are left out."""
    found = []
    for group in groups:
        names = [name for name in group.names if answers(name.name, needle)]
        if order == "count":
            names.sort(key=lambda name: -name.count)
        elif order == "name":
            names.sort(key=lambda name: sort_key(name.name))
        names.sort(key=lambda name: name.key not in first)
        if names:
            found.append(group._replace(names=names))
    return found


def answers(name: str, needle: str) -> bool:
    """Whether each word of the needle begins a word of the name.

    >>> answers("Trương Thị Mai", "mai tru"), answers("Trương Thị Mai", "rương")
    (True, False)
    """
    words = fold(name).split()
    return all(any(word.startswith(wanted) for word in words) for wanted in fold(one_line(needle)).split())
