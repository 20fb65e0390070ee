"""Pages that the library knows already: told as ever, and neither prepared nor written again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import cleaning, importing
from store.article import Article, RawPage
from store.changes import Change
from store.importing import import_paths
from store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(importing, "_MANY", 2)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"Tin số {number}\nHôm nay có tin số {number}.\n", "utf-8")
    return folder


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of pages that were cleaned in this process."""
    paths: list[str] = []
    clean = cleaning.clean

    def note(page: RawPage) -> Article:
        paths.append(Path(page.path or "").name)
        return clean(page)

    monkeypatch.setattr(cleaning, "clean", note)
    return paths


def files(library: Library) -> dict[str, tuple[int, int, int]]:
    """Every file, and what tells whether it was touched (SQLite's shared memory is none of ours)."""
    found = ((path, path.stat()) for path in library.folder.iterdir() if not path.name.endswith("-shm"))
    return {path.name: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for path, stat in found}


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_is_prepared_or_written(library: Library, inbox: Path, cleaned: list[str], jobs: int) -> None:
    first = import_paths(library, [inbox], jobs=1)
    library.change(first.new[:1], Change(removed=True))
    cleaned.clear()
    before = files(library)
    again = import_paths(library, [inbox], jobs=jobs)
    assert (again.new, again.known, again.removed) == ((), first.new[1:], first.new[:1])
    assert (cleaned, files(library)) == ([], before)


def test_what_was_purged_meanwhile_comes_in_again(
    library: Library, inbox: Path, cleaned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_paths(library, [inbox], jobs=1)
    cleaned.clear()
    known = frozenset(library.known())

    with Library.open(library.folder) as other:
        other.purge(first.new[2:3])
    prepared = importing._prepared
    monkeypatch.setattr(importing, "_prepared", lambda sources, jobs, _: prepared(sources, jobs, known))
    again = import_paths(library, [inbox], jobs=1)
    assert (again.new, cleaned) == (first.new[2:3], ["2.txt"])
    assert again.known == first.new[:2] + first.new[3:]


def test_the_same_text_in_a_new_place_is_known_once(library: Library, inbox: Path) -> None:
    first = import_paths(library, [inbox], jobs=1)
    shutil.copy(inbox / "0.txt", inbox / "7.txt")
    (inbox / "8.txt").write_text("Tin khác\nHôm nay có tin khác.\n", "utf-8")
    again = import_paths(library, [inbox], jobs=1)
    assert (again.known, len(again.new)) == (first.new, 1)


def test_a_library_opened_to_read_knows_nothing_it_could_not_take(library: Library, inbox: Path) -> None:
    first = import_paths(library, [inbox], jobs=1)
    assert [id for id, _ in library.known().values()] == list(reversed(first.new))
    with Library.open(library.folder, read_only=True) as reader:
        assert reader.known() == {}
