"""What the marking keys do to articles, and the words for it: one by its title, many by number."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from store.changes import Change
from tui.figures import number
from tui.i18n import N_, _, ngettext


class Step(NamedTuple):
    """A change, what was done to one article (a phrase for the catalogue), to so many (in words); and the
    tags that the phrase names."""

    change: Change
    one: str
    many: Callable[[int], str]
    tags: str = ""

    def words(self, title: str) -> str:
        """What was done to the article of this title."""
        return _(self.one).format(title=title, tags=self.tags)


def _read(count: int) -> str:
    return ngettext("{count} article marked read", "{count} articles marked read", count).format(
        count=number(count)
    )


def _unread(count: int) -> str:
    words = ngettext("{count} article marked unread", "{count} articles marked unread", count)
    return words.format(count=number(count))


def _starred(count: int) -> str:
    return ngettext("{count} article starred", "{count} articles starred", count).format(count=number(count))


def _unstarred(count: int) -> str:
    return ngettext("{count} article unstarred", "{count} articles unstarred", count).format(
        count=number(count)
    )


def _trashed(count: int) -> str:
    words = ngettext("{count} article moved to the trash", "{count} articles moved to the trash", count)
    return words.format(count=number(count))


def _restored(count: int) -> str:
    words = ngettext(
        "{count} article taken back from the trash", "{count} articles taken back from the trash", count
    )
    return words.format(count=number(count))


READ = Step(Change(read=True), N_("“{title}” marked read"), _read)
UNREAD = Step(Change(read=False), N_("“{title}” marked unread"), _unread)
STAR = Step(Change(starred=True), N_("“{title}” starred"), _starred)
UNSTAR = Step(Change(starred=False), N_("“{title}” unstarred"), _unstarred)
TRASH = Step(Change(removed=True), N_("“{title}” moved to the trash"), _trashed)
RESTORE = Step(Change(removed=False), N_("“{title}” taken back from the trash"), _restored)


def tagging(change: Change) -> Step:
    """A change of tags."""
    tags = " ".join([*(f"#{tag}" for tag in change.add_tags), *(f"−#{tag}" for tag in change.drop_tags)])

    def many(count: int) -> str:
        words = ngettext("tags of {count} article: {tags}", "tags of {count} articles: {tags}", count)
        return words.format(count=number(count), tags=tags)

    return Step(change, N_("tags of “{title}”: {tags}"), many, tags)


def noting(change: Change) -> Step:
    """A note."""

    def many(count: int) -> str:
        return ngettext("note on {count} article", "note on {count} articles", count).format(
            count=number(count)
        )

    return Step(change, N_("note on “{title}”"), many)
