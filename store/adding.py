"""What becomes of incoming articles: new, known, a new version, or in the trash. And their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from store.article import Article, Origin, RawPage
from store.changes import carry_over
from store.text import clean

ID_BITS = 52
"""13 hexadecimal digits; a number that every JSON reader holds exactly."""

_ID_DIGITS = ID_BITS // 4


@dataclass(frozen=True, slots=True)
class Added:
    """What became of articles, by id, in their order. `removed` are known and lie in the trash, where
    they stay; `updated` are those of `known` whose text is a new version."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new,
            self.known + other.known,
            self.removed + other.removed,
            self.updated + other.updated,
        )

    def __bool__(self) -> bool:
        return bool(self.new or self.known or self.removed)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article on its way in, with its page if it has one. Its first origin is where it comes from."""

    article: Article
    page: RawPage | None

    @classmethod
    def of(cls, article: Article, page: RawPage | None, now: str) -> Incoming:
        """With an origin that says when. `now` is UTC, ISO 8601 with a `Z`."""
        origins = article.origins
        if not origins:
            from hashlib import sha256  # not needed to open a library and look at its list

            source = page or RawPage("", sha256(_text(article).encode("utf-8", "replace")).hexdigest())
            url = source.url or article.url
            origins = (Origin(source.path, url, source.text_sha256, source.encoding, ""),)
        origins = tuple(origin if origin.imported else replace(origin, imported=now) for origin in origins)
        url = article.url or (page and page.url) or None
        return cls(replace(article, origins=origins, url=url), page)

    @property
    def texts(self) -> list[str]:
        """What settles whether it is the same: SHA-256 of its texts, the page first."""
        own = [self.page.text_sha256] if self.page else []
        return own + [origin.text_sha256 for origin in self.article.origins]

    @property
    def addresses(self) -> list[str]:
        urls = [self.article.url, *(origin.url for origin in self.article.origins)]
        return [url for url in urls if url]

    @property
    def marks(self) -> list[str]:
        """All it may be known by."""
        return self.texts + self.addresses


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: new articles with their ids, new versions by volume. And what to tell."""

    new: Sequence[Incoming]
    renewed: Mapping[int, list[Incoming]]
    added: Added

    def placed(self, rooms: Iterable[tuple[int, int]]) -> dict[int, list[Incoming]]:
        """What to write by volume. `rooms`: the volumes that take new articles, and how many each takes."""
        found = {number: list(items) for number, items in self.renewed.items()}
        new = list(self.new)
        for number, room in rooms:
            if not new:
                break
            found.setdefault(number, []).extend(new[:room])
            new = new[room:]
        return found


def plan(
    batch: Sequence[Incoming],
    known: Mapping[str, str],
    volume_of: Callable[[str], int | None],
    read: Callable[[int, str], Article | None],
) -> Plan:
    """Judge a batch. `known` maps texts and addresses to ids; `read` gives an article of a volume."""
    known = dict(known)
    fresh: dict[str, Incoming] = {}
    renewed: dict[str, tuple[int, Incoming]] = {}
    removed: dict[str, None] = {}
    old: dict[str, None] = {}
    for item in batch:
        same = next((known[text] for text in item.texts if text in known), None)
        id = same or next((known[url] for url in item.addresses if url in known), None)
        if id is None:
            id = _free(item, lambda id: id in fresh or volume_of(id) is not None)
            fresh[id] = replace(item, article=replace(item.article, id=id))
        elif id in fresh:
            if same is None and item.page is not None:
                fresh[id] = _version(fresh[id].article, item)
            old[id] = None
        else:
            number, there = renewed[id] if id in renewed else _stored(id, volume_of, read)
            if there is not None and there.article.state.removed is not None:
                removed[id] = None
            else:
                old[id] = None
                # An article of bandoc's own JSON has no page: the page that is there would not be its.
                if there is not None and same is None and item.page is not None:
                    renewed[id] = number, _version(there.article, item)
        known |= dict.fromkeys((mark for mark in item.marks if mark not in known), id)
    by_volume: dict[int, list[Incoming]] = defaultdict(list)
    for number, item in renewed.values():
        by_volume[number].append(item)
    added = Added(tuple(fresh), tuple(id for id in old if id not in fresh), tuple(removed), tuple(renewed))
    return Plan(list(fresh.values()), by_volume, added)


def _stored(
    id: str, volume_of: Callable[[str], int | None], read: Callable[[int, str], Article | None]
) -> tuple[int, Incoming | None]:
    number = volume_of(id)
    article = None if number is None else read(number, id)
    return number or 0, Incoming(article, None) if article is not None else None


def _version(old: Article, item: Incoming) -> Incoming:
    """An incoming article as a new version of one that is there: its id and reading state, the origins
    of both, the newest first."""
    new = item.article
    seen = {origin.text_sha256 for origin in new.origins}
    origins = new.origins + tuple(origin for origin in old.origins if origin.text_sha256 not in seen)
    state = carry_over(old, new, new.origins[0].imported)
    return replace(item, article=replace(new, id=old.id, origins=origins, state=state))


def renewal(old: Article, new: Article, now: str, corrected: Callable[[Article], Article]) -> Incoming | None:
    """What cleaning its page again made of an article, ready for its place; None when the page that was
    cleaned is no longer the one the article is made of. Marks stand in the text as it is `corrected`."""
    if new.origins and old.origins and new.origins[0].text_sha256 != old.origins[0].text_sha256:
        return None
    new = replace(new, id=old.id, url=new.url or old.url, origins=old.origins)
    state = carry_over(corrected(old), corrected(new), now)
    return Incoming(replace(new, state=state), None)


def utc_now() -> str:
    """The time as libraries write it: UTC, ISO 8601 with a `Z`."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


# -- ids -----------------------------------------------------------------------------------------


def first_id(text: str) -> int:
    """The id that a clean text asks for: the first 52 bits of SHA-256 of it, casefolded, on one line."""
    from hashlib import sha256

    plain = " ".join(text.split()).casefold()
    return int.from_bytes(sha256(plain.encode("utf-8", "replace")).digest()[:8]) >> (64 - ID_BITS)


def _free(item: Incoming, taken: Callable[[str], bool]) -> str:
    """The article's own id if it has one, else the one of its text; the next free one after that."""
    own = item.article.id
    if len(own) == _ID_DIGITS and not own.strip("0123456789abcdef"):
        number = int(own, 16)
    else:
        number = first_id(item.page.text if item.page else clean(_text(item.article)))
    while number == 0 or taken(f"{number:013x}"):
        number = (number + 1) % (1 << ID_BITS)
    return f"{number:013x}"


def _text(article: Article) -> str:
    return "\n\n".join([article.title, *(block.text for block in article.blocks)])
