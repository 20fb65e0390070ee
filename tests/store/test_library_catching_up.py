"""An index that is far behind is built while the library is used, and goes on where it was cut off."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from library_samples import items

from store import following as following_module
from store import library as library_module
from store import volumes as volumes_module
from store.index.index import Index
from store.library import Change, Library
from store.query import ALL, parse


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes_module, "VOLUME", 8)
    monkeypatch.setattr(following_module, "VOLUME", 8)
    monkeypatch.setattr(following_module, "_PART", 3)
    monkeypatch.setattr(following_module, "_LITTLE", 0)
    monkeypatch.setattr(library_module, "BATCH", 8)


@pytest.fixture
def ids(folder: Path) -> tuple[str, ...]:
    """Three volumes of a library, its index deleted."""
    with Library.open(folder) as library:
        ids = library.add(items(20)).new
    (folder / "index.sqlite").unlink()
    return ids


def test_a_library_opens_before_its_index_is_built(folder: Path, ids: tuple[str, ...]) -> None:
    told: list[tuple[int, int]] = []
    with Library.open(folder, catch_up=False) as library:
        assert library.behind()
        assert len(library) == 0
        assert not library.refresh()
        assert len(library) == 0, "a look is no place to build an index in"
        library.catch_up(lambda done, total: told.append((done, total)))
        assert not library.behind()
        assert {row.id for row in library.select(ALL)} == set(ids)
        assert library.refresh(), "the list is to be filled"
    assert told == sorted(told)
    assert {total for _, total in told} == {24}


def test_what_is_indexed_is_listed_and_can_be_changed_meanwhile(folder: Path, ids: tuple[str, ...]) -> None:
    seen: list[int] = []
    with Library.open(folder, catch_up=False) as library:

        def look(done: int, total: int) -> None:
            rows = library.select(ALL)
            seen.append(len(rows))
            library.change([rows[0].id], Change(starred=True))
            library.refresh()

        library.catch_up(look)
        assert seen[0] == 3
        assert seen == sorted(seen)
        assert len(library.select(parse("is:starred"))) >= 1
        assert library.check() == []


def test_cut_off_it_goes_on_from_there(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[int] = []
    with Library.open(folder, catch_up=False) as library:
        library.catch_up(lambda *_: parts.append(1), cancelled=lambda: len(parts) == 4)
        assert len(library) == 14
    put: list[str] = []
    add = Index.add

    def adding(self: Index, number: int, one: int, two: int, articles: list) -> None:  # type: ignore[type-arg]
        put.extend(article.id for article in articles)
        add(self, number, one, two, articles)

    monkeypatch.setattr(Index, "add", adding)
    with Library.open(folder, catch_up=False) as library:
        assert len(library) == 14
        library.catch_up()
        assert not set(put) & set(ids[:8]), "the first volume was done"
        assert len(library) == 20


def test_killed_it_goes_on_from_there(folder: Path, ids: tuple[str, ...]) -> None:
    code = """
import sys, time
from pathlib import Path
from store import following, volumes
from store.library import Library
volumes.VOLUME, following._PART, following._LITTLE = 8, 3, 0
with Library.open(Path(sys.argv[1]), catch_up=False) as library:
    library.catch_up(lambda done, total: (print(done, flush=True), time.sleep(0.05)))
"""
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(4):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    with Library.open(folder, catch_up=False) as library:
        assert 8 <= len(library) <= 20
        library.catch_up()
        assert {row.id for row in library.select(ALL)} == set(ids)
        assert library.check() == []


def test_an_index_found_damaged_while_the_screen_is_up_is_left_to_be_built(
    folder: Path, ids: tuple[str, ...]
) -> None:
    with Library.open(folder, catch_up=False) as library:
        library.catch_up()
        library._follower.index._connections.get().execute("DROP TABLE articles")
        assert len(library.select(ALL)) == 0, "an answer at once, not after minutes"
        assert library.behind()
        library.catch_up()
        assert len(library.select(ALL)) == 20


def test_an_import_brings_the_index_up_to_date_first(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder, catch_up=False) as library:
        added = library.add(items(21))
        assert (len(added.new), set(added.known)) == (1, set(ids))
        assert len(library) == 21


def test_what_can_not_be_written_is_indexed_elsewhere(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder, read_only=True, catch_up=False) as library:
        assert library.behind()
        library.catch_up()
        assert len(library) == 20
        assert not library.behind()
    assert not (folder / "index.sqlite").exists()


def test_an_import_beside_the_screen_is_not_taken_for_a_damaged_index(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as screen, Library.open(folder) as other:
        seen: list[bool] = []
        add = Index.add

        def between(self: Index, number: int, *rest: object) -> None:  # the volume is written, the index not
            seen.append(screen.behind())
            add(self, number, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(Index, "add", between)
        other.add(items(23))
        assert seen
        assert not any(seen)


def test_volumes_written_meanwhile_are_not_taken_for_done(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder, catch_up=False) as here, Library.open(folder, catch_up=False) as there:
        done: list[int] = []

        def write(at: int, total: int) -> None:
            done.append(at)
            if len(done) == 2:
                there.renew([there._volumes.article(0, ids[0])])  # type: ignore[list-item]
                there.change([ids[1]], Change(read=True))

        here.catch_up(write)
        here.catch_up()
        assert not here.behind()
        assert len(here) == 20
        assert {row.id for row in here.select(parse("is:read"))} == {ids[1]}
        assert here.check() == []
