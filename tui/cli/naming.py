"""Whom a typed name means: an entity of an article, or of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import click
from click.shell_completion import CompletionItem

from store.article import ENTITY_TYPES, EntityType
from store.text import fold, has_marks, mark_fold, one_line
from tui.entity_types import type_of, types_to_type
from tui.i18n import _

if TYPE_CHECKING:
    from store.article import Article, Entity
    from store.index.rows import Facet
    from store.library import Library


class Unclear(Exception):
    """Several bear the name; the message lists them."""


class EntityKind(click.ParamType[EntityType]):
    """An option whose value names a type of entities, in either language."""

    name = "type"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> EntityType:
        """The type. Fails with all there are."""
        kind = type_of(value)
        if kind is None:
            self.fail(_("{to} is no type; there are: {types}").format(to=value, types=types_to_type()))
        return kind

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The English names: they need no quotes."""
        return [CompletionItem(name) for name in ENTITY_TYPES if name.startswith(incomplete)]


type_option = click.option(
    "--type",
    "kind",
    type=EntityKind(),
    metavar=_("TYPE"),
    help=_("Only this type: {types}.").format(types=", ".join(ENTITY_TYPES)),
)


def in_article(article: Article, typed: str) -> Entity | None:
    """The entity of an article that a name means, or a key; None if there is none. Raises Unclear.

    A whole name goes before an alias, an alias before a part of a name. Words typed without marks match
    any marks. "person:" and the like before it ask for that type.
    """
    word, colon, rest = typed.partition(":")
    kind = type_of(word) if colon else None
    name = one_line(rest if kind else typed)
    for entity in article.entities:
        if kind and entity.key == f"{kind}:{name}":
            return entity
    among = [entity for entity in article.entities if kind in (None, entity.type)]
    levels: list[Callable[[Entity], bool]] = [
        lambda entity: same(name, entity.name),
        lambda entity: any(same(name, alias) for alias in entity.aliases),
        lambda entity: _within(name, entity.name),
    ]
    for level in levels:
        if found := [entity for entity in among if level(entity)]:
            return _only(found, typed)
    return None


def in_library(library: Library, typed: str) -> Facet | None:
    """The same of all articles outside the trash."""
    found = library.entities(typed)
    return _only(found, typed) if found else None


def same(typed: str, written: str) -> bool:
    """Whether a name is typed for one that is written: marks that are typed must be there."""
    one, other = typed.split(), written.split()
    return len(one) == len(other) and all(map(_alike, one, other))


def _alike(typed: str, written: str) -> bool:
    how = mark_fold if has_marks(typed) else fold
    return how(typed) == how(written)


def _within(typed: str, written: str) -> bool:
    words, have = typed.split(), written.split()
    return bool(words) and any(
        all(map(_alike, words, have[at : at + len(words)])) for at in range(len(have) - len(words) + 1)
    )


_Found = TypeVar("_Found", "Entity", "Facet")


def _only(found: Sequence[_Found], typed: str) -> _Found:
    if len(found) > 1:
        told = _("several are called {name}: {found}")
        raise Unclear(told.format(name=typed, found=", ".join(_listed(found))))
    return found[0]


def _listed(found: Sequence[Entity] | Sequence[Facet]) -> Iterator[str]:
    """Each so that it can be typed to mean it alone."""
    names = [(one.type, one.name) for one in found]
    for one in found[:8]:
        yield f"{one.type}:{one.name}" if names.count((one.type, one.name)) == 1 else one.key
    if len(found) > 8:
        yield "…"
