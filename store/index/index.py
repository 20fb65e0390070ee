"""The index: everything lists, filters and facets need, derived from the volumes and disposable.

Deleting the file loses nothing. It knows, for each volume, the sequence numbers it reflects; what is
written with them is written in one transaction, so an index is never half of anything: it is either
fresh for a volume, or says by its numbers that it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from store.article import Article, RawPage, State
from store.correcting import Rules
from store.corrections import Correction
from store.index.answers import Answers, Cancelled, IndexDamaged
from store.index.columns import short, state_columns
from store.index.row import Row
from store.index.rows import Counts, Facet, Rows
from store.index.rules import done, due, how_many_due, make_due, rules_in, set_rules
from store.index.writing import drop, ids_in, put, set_seqs

PARTLY = (-1, -1)
"""The numbers of a file that is reflected in part."""

__all__ = ["Cancelled", "Counts", "Facet", "Index", "IndexDamaged", "Row", "Rows"]


class Index(Answers):
    """An open index. All methods may be called from any thread; one thread at a time writes."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        super().__init__(path, read_only=read_only)
        self._rules = Rules()
        self._page: Callable[[int, str], RawPage | None] = lambda *_: None

    def add(self, number: int, articles_seq: int, state_seq: int, articles: Iterable[Article]) -> None:
        """Put new articles, or new versions, into a volume beside what is there."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            put(connection, number, articles, self._rules, self._page)
            set_seqs(connection, number, articles_seq, state_seq)

    def complete(self, number: int, articles_seq: int, state_seq: int, ids: Collection[str]) -> None:
        """All articles of a volume were added: forget those that are no more."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            drop(connection, ids_in(connection, number) - set(ids))
            set_seqs(connection, number, articles_seq, state_seq)

    def use(self, rules: Rules, page: Callable[[int, str], RawPage | None]) -> None:
        """The corrections that articles are put under from now on; `page` gives a page by volume and id."""
        self._rules, self._page = rules, page

    def follow(self, number: int, rules: Iterable[Correction]) -> None:
        """Other corrections are to be reflected: what they concern is due. The file they stand in goes by
        `number` among the volumes, and is reflected in part until nothing is due (see `correct`)."""
        rules = list(rules)
        with self._transaction("BEGIN IMMEDIATE") as connection:
            before = {(rule, rule.made) for rule in rules_in(connection)}
            make_due(connection, (rule for rule, _ in before ^ {(rule, rule.made) for rule in rules}))
            set_rules(connection, rules)
            set_seqs(connection, number, *PARTLY)

    def due(self, most: int) -> tuple[dict[int, list[str]], int]:
        """Articles that the corrections in use may change and that are not put anew yet: the first ones,
        ids by volume, and how many there are."""
        with self._reading() as connection:
            return due(connection, most), how_many_due(connection)

    def correct(
        self,
        number: int,
        seq: int,
        ids: Iterable[str],
        articles: Iterable[tuple[int, Article]],
        before: Rules,
    ) -> None:
        """Put articles that were due anew, each with the number of its volume; `ids` are these and those that
        are gone. Until now they stood here under the rules `before`, or under others. When nothing is left
        the file of corrections, `number`, is reflected as of its `seq`."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            for volume, group in groupby(articles, key=itemgetter(0)):
                members = (article for _, article in group)
                put(connection, volume, members, self._rules, self._page, before=before)
            done(connection, ids)
            if not how_many_due(connection):
                set_seqs(connection, number, seq, 0)

    def set_states(self, number: int, state_seq: int, states: Mapping[str, State]) -> None:
        """Reading states that changed in a volume. An id that isn't in the index is passed over."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            for article_id, state in states.items():
                columns = state_columns(state)
                sets = ", ".join(f"{name} = ?" for name in columns)
                connection.execute(
                    f"UPDATE articles SET {sets} WHERE id = ?", [*columns.values(), article_id]
                )
            connection.execute("UPDATE contents SET states = states + 1")
            connection.execute("UPDATE volumes SET state_seq = ? WHERE number = ?", [state_seq, number])

    def drop(self, ids: Iterable[str]) -> None:
        """Forget articles (the volume's numbers are set by what follows)."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            drop(connection, ids)

    def drop_volume(self, number: int) -> None:
        """Forget a volume that is no more."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            drop(connection, ids_in(connection, number))
            connection.execute("DELETE FROM volumes WHERE number = ?", [number])

    # -- what is reflected here --------------------------------------------------------------------

    def corrections(self) -> tuple[Correction, ...]:
        """The corrections that are reflected here."""
        with self._reading() as connection:
            return rules_in(connection)

    def known(self, marks: Iterable[str]) -> dict[str, str]:
        """Of these `text_sha256` values and addresses, those an article came from, and its id."""
        sql = "SELECT a.id FROM origins JOIN articles AS a USING (row) WHERE mark = ? ORDER BY row LIMIT 1"
        with self._reading() as connection:
            asked = ((mark, connection.execute(sql, [short(mark)]).fetchone()) for mark in marks)
            return {mark: found[0] for mark, found in asked if found}

    def texts(self, among: Iterable[str] | None = None) -> dict[str, tuple[str, bool]]:
        """The SHA-256 of every text (or those of them `among` these) that an article came from, with its
        id and whether it lies in the trash."""
        sql = """SELECT mark, a.id, removed FROM origins JOIN articles AS a USING (row)
                 WHERE {} ORDER BY row DESC"""
        with self._reading() as connection:
            if among is None:
                found = connection.execute(sql.format("typeof(mark) = 'blob'")).fetchall()
            else:
                one = sql.format("mark = ?")
                found = [row for mark in among for row in connection.execute(one, [short(mark)])]
            return {mark.hex(): (article_id, bool(removed)) for mark, article_id, removed in found}
