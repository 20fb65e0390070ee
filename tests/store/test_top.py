"""The top of the list, read from the index alone, is that of the whole list."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_samples import fill, items

from store.article import Article, Block, State
from store.index.index import Index
from store.index.top import Top, top
from store.library import Change, Library
from store.query import ALL, parse


def whole(index: Index) -> tuple[list[object], int, int]:
    rows = index.select(ALL, unfolded=())
    return list(rows), len(rows), rows.total


def article(number: int, story: int, day: int | None, removed: bool, read: bool) -> Article:
    words = " ".join(f"chữ{story}x{place}" for place in range(60))
    state = State(read=read, removed="2023-01-01T00:00:00Z" if removed else None)
    published = None if day is None else f"2023-03-{day:02}"
    blocks = (Block("paragraph", words),)
    return Article(f"3f9c{number:09x}", f"bài {number}", blocks=blocks, published=published, state=state)


@settings(max_examples=40, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(st.integers(0, 3), st.none() | st.integers(1, 5), st.booleans(), st.booleans()), max_size=9
    ),
    most=st.integers(1, 10),
)
def test_it_is_the_beginning_of_the_whole_list(
    drawn: list[tuple[int, int | None, bool, bool]], most: int
) -> None:
    with TemporaryDirectory() as folder, Index.open(Path(folder) / "index.sqlite") as index:
        fill(index, 0, 1, 1, [article(number, *rest) for number, rest in enumerate(drawn)])
        rows, lines, articles = whole(index)
        found = top(Path(folder), most)
        assert found == (Top(tuple(rows[:most]), lines, articles) if rows else None)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(items(6))
        ids = library.select(ALL).ids()
        library.change(ids[:1], Change(removed=True))
        library.change(ids[1:2], Change(starred=True))
    return folder


def test_it_knows_what_was_just_written(folder: Path) -> None:
    with Library.open(folder) as library:
        library.change(library.select(ALL).ids()[:1], Change(starred=False, read=True))
        found = top(folder, 3)  # while the library is open, and its last writes are in the log
    assert found is not None
    assert (found.lines, found.articles, len(found.rows)) == (5, 5, 3)
    assert (found.rows[0].read, found.rows[0].starred) == (True, False)


def test_it_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if "sqlite-" not in path.name}
    assert top(folder, 9) is not None
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if "sqlite-" not in path.name}
    with Library.open(folder) as library:
        assert len(library.select(parse("is:starred"))) == 1


@pytest.mark.parametrize("content", [None, b"", b"no index", "format", "cut"])
def test_without_a_sound_index_of_this_format_there_is_none(folder: Path, content: object) -> None:
    path = folder / "index.sqlite"
    if content is None:
        path.unlink()
    elif content == "format":
        with sqlite3.connect(path) as index:
            index.execute("PRAGMA user_version = 7")
    else:
        path.write_bytes(content if isinstance(content, bytes) else path.read_bytes()[:8192])
    assert top(folder, 9) is None


def test_an_empty_library_has_none(tmp_path: Path) -> None:
    assert top(tmp_path / "nowhere", 9) is None
    Library.open(tmp_path / "library").close()
    assert top(tmp_path / "library", 9) is None
    assert not (tmp_path / "nowhere").exists()
