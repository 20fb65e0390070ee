"""The corrections of an open library: kept in library.json, applied to its articles, told to its index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from store.adding import utc_now
from store.article import Article, State
from store.changes import carry_over
from store.correcting import Rules
from store.corrections import Correcting, Correction, revise
from store.index.index import Index
from store.tails import LIBRARY
from store.volumes import Volumes

AT_ONCE = 100
"""Articles that are put anew at a time: some tenths of a second that a key press may wait."""


class Rulebook:
    """Safe from any thread to read; who changes it holds the lock."""

    def __init__(self, volumes: Volumes) -> None:
        self._volumes = volumes
        self._before = Rules()  # that the index reflected
        self._held = 0, Rules()  # replaced as a whole: threads read while another one writes

    @property
    def rules(self) -> Rules:
        """The corrections as library.json has them now."""
        return self._read()[1]

    def _read(self) -> tuple[int, Rules]:
        seq = self._volumes.seqs(LIBRARY)[0]
        if self._held[0] != seq:
            corrections = self._volumes.corrections().values()
            # Reading may take the backup of a damaged file, which has another number.
            self._held = self._volumes.seqs(LIBRARY)[0], Rules(corrections)
        return self._held

    def article(self, number: int, id: str, rules: Rules | None = None) -> Article | None:
        """An article of a volume, corrected (by these rules instead of those that are kept)."""
        article = self._volumes.article(number, id)
        return article and self.corrected(number, article, rules)

    def corrected(self, number: int, article: Article, rules: Rules | None = None) -> Article:
        """An article as it stands, or will stand, in a volume, corrected."""
        return (rules or self.rules).apply(article, lambda id: self._volumes.page(number, id))[0]

    def after(self, done: Correcting) -> Rules:
        """The rules once this is done."""
        gone = {(rule, rule.made) for rule in done.dropped}
        return Rules([*(rule for rule in self.rules.all if (rule, rule.made) not in gone), *done.added])

    def revise(self, add: Iterable[Correction], drop: Iterable[Correction]) -> Correcting:
        """What adding and dropping come to. Raises CorrectionError."""
        return revise(self.rules.all, add, drop)

    def moved(
        self, done: Correcting, volumes_of: Callable[[list[str]], Mapping[str, int]]
    ) -> dict[int, dict[str, State]]:
        """By volume the reading states of the articles of which it corrects lines or the headline: highlights
        and position count in the corrected text, and move with their words."""
        changed = [rule for rule in (*done.added, *done.dropped) if rule.op in ("line", "title")]
        ids = {rule.article for rule in changed if rule.article}
        rules, found = self.after(done), defaultdict[int, dict[str, State]](dict)
        for id, number in volumes_of(list(ids)).items():
            old, new = self.article(number, id), self.article(number, id, rules)
            if old and new:
                found[number][id] = carry_over(old, new, utc_now())
        return found

    def write(self, done: Correcting) -> None:
        """Make it so."""
        self._volumes.put_corrections(done.added, done.dropped)

    def follow(self, index: Index) -> None:
        """Have the index reflect the corrections: what they change in the articles that are in it, if these
        are few. Many are due then, see `go_on`; until that is done the index is behind library.json."""
        seq, rules = self._read()
        index.use(rules, self._volumes.page)
        if index.seqs().get(LIBRARY) == (seq, 0):
            return
        reflected = index.corrections()
        if [(rule, rule.made) for rule in reflected] != [(rule, rule.made) for rule in rules.all]:
            self._before = Rules(reflected)
            index.follow(LIBRARY, rules.all)
        if index.due(0)[1] <= AT_ONCE:
            self.go_on(index)

    def go_on(self, index: Index) -> int:
        """Put some of the articles that are due anew; gives how many are left."""
        seq, rules = self._read()
        index.use(rules, self._volumes.page)
        due, count = index.due(AT_ONCE)
        ids = [id for members in due.values() for id in members]
        index.correct(LIBRARY, seq, ids, self._articles(due), before=self._before)
        return count - len(ids)

    def _articles(self, ids: dict[int, list[str]]) -> Iterator[tuple[int, Article]]:
        for number, members in sorted(ids.items()):
            for id in members:
                if (article := self._volumes.article(number, id)) is not None:
                    yield number, article
