"""What is said of one entity across articles, line by line, for the screen and for `bandoc entity`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.entity_types import TYPE_NAMES, type_word
from tui.figures import number
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from store.index.entities import Naming
    from store.index.rows import Facet
    from store.profile import Profile
    from store.profile.careers import RoleAt
    from store.profile.namesakes import Reason

TRADE_NAMES = {
    "sport": N_("in sport"),
    "arts": N_("in the arts"),
    "office": N_("in public office"),
    "work": N_("at work with their hands"),
    "learner": N_("at school"),
    "accused": N_("accused and never called by an office"),
}

Kind = Literal["title", "note", "head", "role", "change", "joined", "article", "companion", ""]


class Line(NamedTuple):
    """One line. `left` is a date or a type; `target` the article it leads to, in whose sentence one of
    `offices` is told; `key` the entity it leads to."""

    kind: Kind
    text: str = ""
    left: str = ""
    more: str = ""
    target: Naming | None = None
    offices: tuple[str, ...] = ()
    key: str = ""


def lines(
    profile: Profile,
    day: Callable[[str | None], str],
    most: int | None = None,
    companions: int | None = None,
) -> Iterator[Line]:
    """All lines of an entity. `day` writes a date; `most` articles and `companions` of each type are shown
    (None: all there are)."""
    yield Line("title", profile.name)
    yield Line("note", _summary(profile, day))
    if profile.spellings:
        yield Line("note", _("also written: {names}").format(names=", ".join(profile.spellings[:8])))
    if not profile.people:
        yield from _sections(profile, day, most, companions)
        return
    count = len(profile.people)
    yield Line("")
    yield Line(
        "head",
        ngettext(
            "{n} person of this name seems to be meant:", "{n} people of this name seem to be meant:", count
        ).format(n=number(count)),
    )
    for reason in profile.reasons[:6]:
        yield Line("note", f"· {because(reason)}")
    for place, person in enumerate(profile.people, 1):
        yield Line("")
        yield Line("title", f"{profile.name} ({place})")
        yield Line("note", _summary(person, day))
        yield from _sections(person, day, most, companions)
    if profile.untold:
        yield Line("")
        yield Line("head", _("Not told apart ({n})").format(n=number(len(profile.untold))))
        yield from _articles(profile.untold, day, most)


def because(reason: Reason) -> str:
    """Why there are two people, in words."""
    one, other = reason.one, reason.other
    match reason.code:
        case "hand":
            return _("told apart by hand")
        case "article":
            return _("one article names both ({id})").format(id=one)
        case "born":
            return _("born about {one} and about {other}").format(one=one, other=other)
        case "sex":
            return _("a man and a woman")
        case "place":
            return _("offices in {one} and in {other} at the same time").format(one=one, other=other)
        case _:
            return _("one {one}, one {other}").format(
                one=_(TRADE_NAMES.get(one, one)), other=_(TRADE_NAMES.get(other, other))
            )


def _summary(profile: Profile, day: Callable[[str | None], str]) -> str:
    count = len({naming.row for naming in profile.articles})
    if profile.type == "document":
        said = ngettext("cited by {n} article", "cited by {n} articles", count)
    else:
        said = ngettext("named in {n} article", "named in {n} articles", count)
    dates = [naming.published for naming in profile.articles if naming.published]
    told = [said.format(n=number(count)), *([_between(dates[0], dates[-1], day)] if dates else [])]
    return f"{type_word(profile.type)} · {', '.join(told)}"


def _between(first: str | None, last: str | None, day: Callable[[str | None], str]) -> str:
    one, other = day(first), day(last)
    return one if one == other else f"{one} – {other}"


def _sections(
    profile: Profile, day: Callable[[str | None], str], most: int | None, companions: int | None
) -> Iterator[Line]:
    dated = [role for role in profile.roles if role.first is not None]
    undated = profile.roles[len(dated) :]
    namings = {naming.id: naming for naming in profile.articles}
    for heading, roles in ((_("Offices over time"), dated), (_("Offices in undated articles"), undated)):
        if roles:
            yield Line("")
            yield Line("head", heading)
            for role in roles:
                yield _role(role, namings, day)
                for joined in role.joined:
                    naming = namings[joined.article]
                    yield Line(
                        "joined", ", ".join(joined.offices), day(joined.first), "", naming, joined.offices
                    )
    for type, group in groupby(profile.companions, lambda facet: facet.type):
        if members := list(group)[:companions]:
            yield Line("")
            yield Line("head", _("Named with: {type}").format(type=_(TYPE_NAMES[type])))
            yield from map(companion, members)
    yield Line("")
    yield Line("head", _("Articles ({n})").format(n=number(len(profile.articles))))
    yield from _articles(profile.articles, day, most)


def companion(facet: Facet) -> Line:
    """An entity with its number of articles."""
    return Line("companion", facet.name, more=number(facet.count), key=facet.key)


def _role(role: RoleAt, namings: dict[str, Naming], day: Callable[[str | None], str]) -> Line:
    count = len(role.articles)
    said = ngettext("{n} article", "{n} articles", count).format(n=number(count))
    when = _between(role.first, role.last, day)
    more = said if role.first is None or when == day(role.first) else f"{when} · {said}"
    kind: Kind = "change" if role.change else "role"
    return Line(kind, role.role, day(role.first), more, namings[role.articles[0]], role.said)


def _articles(found: Sequence[Naming], day: Callable[[str | None], str], most: int | None) -> Iterator[Line]:
    newest = [naming for naming in reversed(found) if naming.published]
    newest += [naming for naming in found if not naming.published]
    for naming in newest[:most]:
        more = "; ".join(filter(None, [naming.source, *naming.roles]))
        yield Line("article", naming.title, day(naming.published) or "—", more, naming)
    if most is not None and len(newest) > most:
        left = len(newest) - most
        yield Line("note", ngettext("… and {n} more", "… and {n} more", left).format(n=number(left)))
