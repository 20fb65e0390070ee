"""The kept pages, cleaned anew with today's rules: what would change, and then the change itself.

Two steps, so that a reader sees before anything is written: `prepare` cleans and compares in worker
processes and lays the new articles by in a temporary file; `Prepared.write` puts them in.
"""

from __future__ import annotations

import pickle
import tempfile
import traceback
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store import workers
from store.article import TITLE, Article, Block, Entity
from store.article_json import content_to_json
from store.changes import carry_over
from store.errors import ArticleNotFound, BandocError, LibraryError, LoadError

if TYPE_CHECKING:
    from store.library import Library

FACTS = ("title", "published", "published_basis", "source", "author", "language")
BATCH = 125
"""Articles written between two looks at `cancelled`."""
_MANY = 50
_HIDDEN = ("lead", "blocks", "facts", "dropped", "entities", "abbreviations")

T = TypeVar("T")
Pair = tuple[T | None, T | None]
"""Before and after; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What cleaning anew makes of an article; false when it is the same.

    `facts` by name (see FACTS). A pair of `lines` with both sides is a block of another wording or kind,
    a pair of `entities` one of another type, name, role or value; entities come without mentions.
    `details` names the parts of the article's JSON that differ in what the rest does not show: reasons,
    mentions, order. All this is the article without corrections by hand; `held` are facts that one of them
    holds, whatever the page says, `loose` keys of entities that one no longer finds. `lost` are marked
    passages whose words are text no longer: their marks become notes.
    """

    id: str
    title: str
    facts: Mapping[str, Pair[str]] = field(default_factory=dict)
    lines: tuple[Pair[Block], ...] = ()
    entities: tuple[Pair[Entity], ...] = ()
    details: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.lines or self.entities or self.details)

    @property
    def only_details(self) -> bool:
        """Whether a reader would hardly see that anything changed."""
        return not (self.facts or self.lines or self.entities or self.held or self.loose or self.lost)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "id": self.id,
            "title": self.title,
            "facts": {name: {"old": old, "new": new} for name, (old, new) in self.facts.items()},
            "lines": [{"old": _line(old), "new": _line(new)} for old, new in self.lines],
            "entities": [{"old": _entity(old), "new": _entity(new)} for old, new in self.entities],
            "details": list(self.details),
            "held": list(self.held),
            "loose": list(self.loose),
            "lost": list(self.lost),
        }


def _line(block: Block | None) -> dict[str, Any] | None:
    if block is None:
        return None
    return {"kind": block.kind, "text": block.text, "credit": block.credit, "line": block.line}


def _entity(entity: Entity | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    return {"type": entity.type, "name": entity.name, "roles": list(entity.roles), "value": entity.value}


# -- comparing -----------------------------------------------------------------------------------


Corrected = Callable[[Article], tuple[Article, frozenset[str]]]
"""An article as corrections make it, and the keys of the entities they changed."""


def difference(
    old: Article, new: Article, corrected: Corrected = lambda article: (article, frozenset())
) -> Difference:
    """What differs between an article and a new version of it, reading state, origins and address apart."""
    facts = {
        name: (getattr(old, name), getattr(new, name))
        for name in FACTS
        if getattr(old, name) != getattr(new, name)
    }
    lines = _line_pairs(old.blocks, new.blocks)
    entities = _entity_pairs(old, new)
    before, after = content_to_json(old), content_to_json(new)
    details = [name for name in _HIDDEN if before[name] != after[name]]
    # What follows from the rest is no detail of its own.
    told = {"facts"} if facts else set()
    told |= ({"blocks", "lead", "dropped"} if lines else set()) | ({"entities"} if entities else set())
    hidden = tuple(name for name in details if name not in told)
    found = Difference(old.id, old.title, facts, lines, entities, hidden)
    if not found:
        return found
    (was, touched), (will, still) = corrected(old), corrected(new)
    held = tuple(name for name in facts if getattr(was, name) == getattr(will, name))
    return replace(found, held=held, loose=tuple(sorted(touched - still)), lost=_lost(was, will))


def _lost(old: Article, new: Article) -> tuple[str, ...]:
    if not old.state.highlights:
        return ()
    moved = carry_over(old, new, "")
    return tuple(note.text for note in moved.notes[len(old.state.notes) :])


def _line_pairs(old: Sequence[Block], new: Sequence[Block]) -> tuple[Pair[Block], ...]:
    """Blocks that are not in both, in the order of the new text; what goes stands where it stood."""
    left, come = list(enumerate(old)), list(enumerate(new))
    pairs: list[tuple[int, Pair[Block]]] = []
    same: Callable[[Block], Hashable] = lambda block: (block.kind, block.text, block.credit)  # noqa: E731
    _match(left, come, same)
    for key in (lambda block: block.text, lambda block: block.line):
        pairs += [(at, (one, other)) for at, one, other in _match(left, come, key)]
    pairs += [(at, (None, block)) for at, block in come]
    pairs += [(at, (block, None)) for at, block in left]
    return tuple(pair for _, pair in sorted(pairs, key=lambda item: item[0]))


def _match(
    left: list[tuple[int, Block]], come: list[tuple[int, Block]], key: Callable[[Block], Hashable]
) -> list[tuple[int, Block, Block]]:
    """Take out of both lists what has the same key (None has none), first with first."""
    waiting: dict[Hashable, deque[tuple[int, Block]]] = defaultdict(deque)
    for item in left:
        waiting[key(item[1])].append(item)
    waiting.pop(None, None)
    matched: list[tuple[int, Block, Block]] = []
    gone: set[int] = set()
    rest: list[tuple[int, Block]] = []
    for at, block in come:
        if candidates := waiting.get(key(block)):
            before, one = candidates.popleft()
            gone.add(before)
            matched.append((at, one, block))
        else:
            rest.append((at, block))
    left[:] = [item for item in left if item[0] not in gone]
    come[:] = rest
    return matched


def _entity_pairs(old: Article, new: Article) -> tuple[Pair[Entity], ...]:
    before = {(entity.type, entity.key): entity for entity in old.entities}
    after = {(entity.type, entity.key): entity for entity in new.entities}
    pairs: list[Pair[Entity]] = [
        (one, after[key]) for key, one in before.items() if key in after and _told(one) != _told(after[key])
    ]
    come = {key: entity for key, entity in after.items() if key not in before}
    # What begins or ends at the same words under another name or type is the same one, renamed.
    owners = {edge: key for key, entity in come.items() for edge in _edges(new, entity)}
    for key, entity in before.items():
        if key not in after:
            shared = Counter(owners[edge] for edge in _edges(old, entity) if edge in owners)
            best = next((found for found, _ in shared.most_common() if found in come), None)
            other = come.pop(best) if best else None
            if other is None or _told(entity) != _told(other):  # else only its key is another one
                pairs.append((entity, other))
    pairs += [(None, entity) for entity in come.values()]
    return tuple((_bare(one), _bare(other)) for one, other in pairs)


def _told(entity: Entity) -> tuple[object, ...]:
    return entity.type, entity.name, entity.roles, entity.value, entity.value_basis


def _bare(entity: Entity | None) -> Entity | None:
    return entity and replace(entity, mentions=())


def _edges(article: Article, entity: Entity) -> Iterator[tuple[str, int, bool]]:
    """Where the mentions begin and end, by the text of the block: numbers of blocks may have shifted."""
    for mention in entity.mentions:
        text = article.title if mention.block == TITLE else article.blocks[mention.block].text
        yield text, mention.start, False
        yield text, mention.end, True


# -- cleaning anew -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passed:
    """An article that can't be cleaned anew and stays as it is. `error` says why: `no_page`, what keeps its
    page from being read, what cleaning raises, `crashed`, `too_slow`, `internal`."""

    id: str
    title: str
    error: BandocError


Judged = tuple[Difference, Article] | Passed | None
"""What became of an article: a difference and the new version; None when nothing changes."""


class _Judge:
    """Cleans one article of a library anew, here or in a worker: each has the library open for itself."""

    def __init__(self, folder: Path, library: Library | None = None) -> None:
        self._folder, self._library = folder, library

    def __reduce__(self) -> tuple[Any, ...]:  # on its way to a worker
        return _Judge, (self._folder,)

    def __call__(self, id: str) -> Judged:
        from store import cleaning, entities, library

        if self._library is None:
            self._library = library.Library.open(self._folder, read_only=True)
        title = ""
        try:
            old, page = self._library.kept(id)
            title = old.title
            if page is None:
                return Passed(id, title, LoadError("no_page", path=id))
            new = replace(entities.extract(cleaning.clean(page)), id=old.id, state=old.state)
        except ArticleNotFound:  # purged meanwhile
            return None
        except (LoadError, LibraryError) as error:
            return Passed(id, title, error)
        except Exception as error:  # a bug in a rule costs one article, not the run
            trace = "".join(traceback.format_exception(error))
            reason = f"{type(error).__name__}: {error}"
            return Passed(id, title, LoadError("internal", path=id, reason=reason, trace=trace))
        found = difference(old, new, self._library.corrected)
        return (found, new) if found else None


def _lost_worker(id: str, reason: str) -> Judged:
    return Passed(id, "", LoadError(reason, path=id))


class Prepared:
    """Articles cleaned anew, nothing written yet. Close it, or use it as a context, to let go of the
    temporary file that holds them.

    `total` articles were looked at, `passed` stay because they can't be cleaned, `written` are in the library
    so far, even when `write` was cut off by an error; `counts` says how many
    changed articles have changed facts (by name), `lines`, `entities`, or only `details`.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="bandoc-")  # noqa: SIM115 - closed by __exit__
        self.total = 0
        self.changed = 0
        self.written = 0
        self.passed: list[Passed] = []
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Prepared:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self, judged: Judged) -> None:
        self.total += 1
        if isinstance(judged, Passed):
            self.passed.append(judged)
        elif judged is not None:
            found = judged[0]
            self.changed += 1
            parts = [*found.facts, *(name for name in ("lines", "entities") if getattr(found, name))]
            self.counts.update(parts or ["details"])
            try:
                pickle.dump(judged, self._file, pickle.HIGHEST_PROTOCOL)
            except OSError as error:
                folder = tempfile.gettempdir()
                raise LibraryError("cannot_write", path=folder, reason=error.strerror) from error

    def _each(self) -> Iterator[tuple[Difference, Article]]:
        self._file.seek(0)
        for _ in range(self.changed):
            yield pickle.load(self._file)

    def differences(self) -> Iterator[Difference]:
        """What changes, article by article, in import order."""
        return (found for found, _ in self._each())

    def write(
        self,
        library: Library,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Put the new versions in; gives how many were written. An article that another process gave a new
        text meanwhile is left alone, and so is what was purged. `progress` gets (done, of how many);
        `cancelled` is asked between batches, what was done until then stays.

        Raises LibraryError; the batches before are then written, and each article is whole.
        """
        done = 0
        for batch in _batches(article for _, article in self._each()):
            if cancelled is not None and cancelled():
                break
            self.written += len(library.renew(batch))
            done += len(batch)
            if progress is not None:
                progress(done, self.changed)
        return self.written


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def prepare(
    library: Library,
    ids: Iterable[str],
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Prepared:
    """Clean the pages of articles anew and compare. Nothing is written to the library.

    `ids` are whole ids; `jobs` is the number of worker processes (default: one per processor, none for a
    few articles). `progress` gets (done, of how many) after each article. Raises LibraryError.
    """
    from store.query import ALL

    wanted = set(ids)
    # In import order, so that each volume is read once.
    order = [id for id in reversed(library.select(ALL.with_sort("added")).ids()) if id in wanted]
    order += sorted(wanted.difference(order))
    if jobs is None:
        jobs = min(workers.processors(), 8) if len(order) > _MANY else 1
    prepared = Prepared()
    try:
        judge = _Judge(library.folder, library)
        with closing(workers.run(judge, order, jobs, _lost_worker)) as results:
            for number, (_, judged) in enumerate(results, 1):
                prepared.take(judged)
                if progress is not None:
                    progress(number, len(order))
    except BaseException:
        prepared.__exit__()
        raise
    return prepared
