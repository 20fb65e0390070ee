"""The index by itself: asked while it reflects every file, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_samples import items

from store.corrections import Correction
from store.glance import glance
from store.index.index import Index
from store.library import Change, Library
from store.query import ALL, parse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(items(6))
    return folder


def nothing() -> Library:
    raise AssertionError("the library is not asked for")


def test_an_index_that_is_up_to_date_is_enough(folder: Path) -> None:
    with Library.open(folder) as library:
        ids = library.select(ALL).ids()
        library.change(ids[:2], Change(read=True))
        library.change_searches({})
    opened = glance(folder, nothing)
    assert opened is not None
    assert opened.select(ALL).ids() == ids
    assert opened.counts().unread == len(ids) - 2
    assert len(opened.first(parse("is:read"), 1)) == 1
    opened.close()


@pytest.mark.parametrize("name", ["articles-0000.json", "state-0000.json", "library.json", "index.sqlite"])
def test_where_a_file_was_lost_or_damaged_the_library_is_opened(folder: Path, name: str) -> None:
    with Library.open(folder) as library:
        library.change(library.select(ALL).ids(), Change(starred=True))
    (folder / name).write_bytes((folder / name).read_bytes()[:-40] if name != "index.sqlite" else b"no index")
    assert glance(folder, nothing) is None
    (folder / name).unlink()
    assert glance(folder, nothing) is None


def test_an_index_that_is_behind_is_not_enough(folder: Path) -> None:
    before = (folder / "index.sqlite").read_bytes()
    with Library.open(folder) as library:
        library.change(library.select(ALL).ids()[:1], Change(starred=True))
    (folder / "index.sqlite").write_bytes(before)
    assert glance(folder, nothing) is None


def test_an_index_that_does_not_know_of_a_correction_is_not_enough(folder: Path) -> None:
    before = (folder / "index.sqlite").read_bytes()
    with Library.open(folder) as library:
        library.correct([Correction("title", "", "Một tựa khác", library.select(ALL).ids()[0])])
    (folder / "index.sqlite").write_bytes(before)
    assert glance(folder, nothing) is None


def test_there_is_none_where_there_is_no_library(tmp_path: Path) -> None:
    assert glance(tmp_path / "nowhere", nothing) is None
    assert glance(tmp_path, nothing) is None
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_turns_out_to_be_damaged_gives_way_to_the_library(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as library:
        ids = library.select(ALL).ids()
        opened = glance(folder, lambda: library)
        assert opened is not None
        with (
            Index.open(folder / "index.sqlite") as index,
            index._transaction("BEGIN IMMEDIATE") as connection,
        ):
            connection.execute("DROP TABLE contents")
        assert opened.select(ALL).ids() == ids
        assert opened.counts().total == len(ids)
        opened.close()


@pytest.mark.parametrize(
    "text", ["", "tin", "so", "is:unread", "tin so", "khong co", "sort:title", "sort:-date", "NOT tin"]
)
@pytest.mark.parametrize("most", [1, 3, 100])
def test_the_first_few_are_those_of_the_whole_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, most: int
) -> None:
    with Library.open(folder) as library:
        library.change(library.select(ALL).ids()[1:2], Change(removed=True))
        for many in (1, 5000):
            monkeypatch.setattr("store.index.first._MANY", many)
            for met in (2, 5000):
                monkeypatch.setattr("store.index.first._MET", met)
                whole, first = library.select(parse(text)), library.first(parse(text), most)
                assert first.ids() == whole.ids()[:most]
                assert first.apart == whole.apart
