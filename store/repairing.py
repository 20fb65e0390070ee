"""Articles whose volume is gone or damaged beyond its backup, made anew from their kept pages.

Ids stay (pages and states are kept under them) and so does what a reader did. Damaged files are set
aside under names of their own, never deleted.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from store.adding import Incoming, utc_now
from store.article import Article, RawPage
from store.changes import settle
from store.corrections import Correction, from_json, in_order
from store.documents import article_in
from store.errors import CorrectionError, LoadError, QueryError
from store.lock import Lock
from store.rulebook import Rulebook
from store.sealing import loads
from store.searches import Search
from store.searches import from_json as search_from_json
from store.volumes import Volumes


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: ids of articles made anew, the pages that gave none with the reason (`path` is the
    id), and the names under which damaged files are kept."""

    articles: tuple[str, ...] = ()
    failed: tuple[LoadError, ...] = ()
    aside: tuple[str, ...] = ()


def lost(volumes: Volumes) -> dict[int, list[str]]:
    """Ids by volume: there is a page, but no article, in a volume that is gone, damaged, or was once.

    A page without an article in a sound volume is no loss: an import that was cut off leaves one, and
    nobody was told that it is there.
    """
    numbers = volumes.numbers()
    known = {id for number in numbers for id in volumes.ids(number)}
    found: dict[int, list[str]] = {}
    for number in volumes.numbers("pages"):
        if number not in numbers or volumes.was_damaged(number):
            ids = [id for id in volumes.ids(number, "pages") if id not in known]
            if ids:
                found[number] = ids
    return found


def repair(
    volumes: Volumes,
    lock: Lock,
    rulebook: Rulebook,
    progress: Callable[[int, int], None] | None = None,
) -> Repaired:
    """Set aside every file that is damaged together with its backup, then make the lost articles anew.

    What came without a page, corrections by hand and saved searches are read from the damaged file, as far as
    that can be read. `progress` gets (done, of how many). The lock is held while files are written, not while
    pages are cleaned; when this is cut off, calling it again goes on. Raises LibraryError.
    """
    aside: list[str] = []
    done: list[str] = []
    failed: list[LoadError] = []
    for path in volumes.paths():
        storage = volumes.storage_of(path)
        with lock:
            names = storage.give_up()
            aside += names
            if names and storage.kind == "articles":
                done += _salvage(volumes, rulebook, volumes.number_of(path), names)
            elif names and storage.kind == "library":
                _salvage_library(volumes, names)
    missing = lost(volumes)
    total = sum(map(len, missing.values()))
    count = 0
    for number, ids in missing.items():
        made: list[Article] = []
        for id in ids:
            page = volumes.page(number, id)
            result = _made(id, page) if page else LoadError("no_page", path=id)
            if isinstance(result, Article):
                made.append(result)
            else:
                failed.append(result)
            count += 1
            if progress is not None:
                progress(count, total)
        with lock:
            done += _put_back(volumes, rulebook, number, made)
    return Repaired(tuple(done), tuple(failed), tuple(aside))


def _made(id: str, page: RawPage) -> Article | LoadError:
    from store import cleaning, entities

    try:
        article = replace(entities.extract(cleaning.clean(page)), id=id)
    except LoadError as error:
        return LoadError(error.code, **error.fields | {"path": id})
    except Exception as error:  # a bug in a rule costs one article, not the repair
        trace = "".join(traceback.format_exception(error))
        return LoadError("internal", path=id, reason=f"{type(error).__name__}: {error}", trace=trace)
    return Incoming.of(article, page, utc_now()).article


def _put_back(volumes: Volumes, rulebook: Rulebook, number: int, articles: list[Article]) -> list[str]:
    """Write articles into their volume, but for what someone imported again meanwhile; gives their ids."""
    known = {id for other in volumes.numbers() for id in volumes.ids(other)}
    articles = [
        replace(article, state=volumes.state(number, article.id))
        for article in articles
        if article.id not in known
    ]
    if articles:
        now = utc_now()
        # Marks stand in the text as it is corrected.
        states = {a.id: settle(rulebook.corrected(number, a), now) for a in articles}
        with volumes.together():
            volumes.put_states(number, states)
            volumes.put_articles(number, articles)
    return [article.id for article in articles]


def _salvage(volumes: Volumes, rulebook: Rulebook, number: int, names: tuple[str, ...]) -> list[str]:
    """What a damaged file still tells of articles that have no page: a wrong letter is better than none."""
    paged = set(volumes.ids(number, "pages"))
    found: dict[str, Article] = {}
    for name in names:
        try:
            documents: Mapping[str, Mapping[str, object]] = loads(volumes.folder.joinpath(name).read_bytes())[
                "articles"
            ]
            for key, document in documents.items():
                article = article_in(int(key), document)
                if article.id not in paged:
                    found.setdefault(article.id, article)
        except (ValueError, TypeError, KeyError, AttributeError, LoadError, OSError):
            continue
    return _put_back(volumes, rulebook, number, list(found.values()))


def _salvage_library(volumes: Volumes, names: tuple[str, ...]) -> None:
    """The same of corrections by hand and saved searches."""
    rules: dict[tuple[Correction, str], Correction] = {}
    searches: dict[int, Search | None] = {}
    for name in names:
        with suppress(ValueError, TypeError, KeyError, AttributeError, OSError):
            tables = loads(volumes.folder.joinpath(name).read_bytes())
            for document in tables["corrections"].values():
                with suppress(CorrectionError):
                    rule = from_json(document)
                    rules[rule, rule.made] = rule
            for number, document in tables.get("searches", {}).items():
                with suppress(QueryError):
                    searches.setdefault(int(number), search_from_json(document))
    volumes.begin()
    volumes.put_corrections(in_order(rules.values()), ())
    volumes.put_searches(searches)
