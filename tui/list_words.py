"""How a list may be arranged, in words: its views, its orders, its groups. Pure."""

from __future__ import annotations

from datetime import date

from store.index.rows import Group, Grouping
from store.query import ALL, Query, parse
from store.query_words import Sort
from tui.figures import day, number
from tui.i18n import N_, _

VIEWS: dict[str, Query] = {
    "all": ALL,
    "unread": parse("is:unread"),
    "starred": parse("is:starred"),
    "trash": parse("is:removed"),
}
VIEW_NAMES = {"all": N_("All"), "unread": N_("Unread"), "starred": N_("Starred"), "trash": N_("Trash")}

SORT_NAMES: dict[Sort, str] = {
    "date": N_("Newest first"),
    "-date": N_("Oldest first"),
    "added": N_("Last imported first"),
    "-added": N_("First imported first"),
    "title": N_("By title"),
    "-title": N_("By title, from Z to A"),
    "source": N_("By source"),
    "-source": N_("By source, from Z to A"),
    "unread": N_("Unread first"),
    "-unread": N_("Read first"),
    "relevance": N_("Best matches first"),
    "-relevance": N_("Best matches last"),
}

GROUP_NAMES: dict[Grouping, str] = {"day": N_("In groups by day."), "source": N_("In groups by source.")}

_DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def turned(sort: Sort) -> Sort:
    """The same order the other way round."""
    other: Sort = next(name for name in SORT_NAMES if name == (sort[1:] if sort[0] == "-" else f"-{sort}"))
    return other


def sort_choices(present: Sort) -> list[tuple[str, str]]:
    """What the menu offers, `(order, words)`: of each two the one that stands first, but of the present one
    the other way round, so that choosing it again turns it."""
    choices: list[tuple[str, str]] = []
    for sort, words in SORT_NAMES.items():
        if sort[0] == "-":
            continue
        if present in (sort, turned(sort)):
            now, other = _(SORT_NAMES[present]), _(SORT_NAMES[turned(present)])
            choices.append((turned(present), f"● {now} → {other}"))
        else:
            choices.append((sort, f"  {_(words)}"))
    return choices


def heading(group: Group, grouping: Grouping | None) -> str:
    """What stands above a group: the weekday and day, or the source, and how many rows it has."""
    if not group.name:
        name = _("Without a date") if grouping == "day" else _("Without a source")
    elif grouping == "day":
        name = f"{_(_DAYS[date.fromisoformat(group.name).weekday()])} {day(group.name)}"
    else:
        name = group.name
    return f"{name} · {number(group.count)}"


def next_grouping(present: Grouping | None) -> Grouping | None:
    """What the key makes of a list: by day, by source, none, and so on round."""
    groupings: list[Grouping | None] = [None, *GROUP_NAMES]
    return groupings[(groupings.index(present) + 1) % len(groupings)]
