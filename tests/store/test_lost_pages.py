"""Where the raw pages of articles were lost, that is said: not that they came without."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.article import RawPage
from store.errors import LibraryError
from store.importing import import_paths
from store.library import Library
from store.recleaning import prepare

PAGE = (
    "Khai mạc hội chợ sách\n\nSáng 5/3, hội chợ sách khai mạc tại công viên.\n\nHội chợ kéo dài bảy ngày.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [tmp_path / "a.txt"])
    return tmp_path / "library"


def page_of_all(folder: Path) -> RawPage | None:
    with Library.open(folder) as library:
        (id,) = library.known().values()
        return library.page(id[0])


def test_a_sound_page_is_shown(folder: Path) -> None:
    page = page_of_all(folder)
    assert page is not None
    assert page.text == PAGE


def test_a_damaged_file_is_named(folder: Path) -> None:
    (folder / "pages-0000.json").write_bytes(b"{")
    with pytest.raises(LibraryError, match="damaged") as raised:
        page_of_all(folder)
    assert raised.value.fields["path"].endswith("pages-0000.json")


def test_cleaning_anew_says_so_too(folder: Path) -> None:
    (folder / "pages-0000.json").write_bytes(b"{")
    with Library.open(folder) as library, prepare(library, [library.known().popitem()[1][0]]) as prepared:
        assert [passed.error.code for passed in prepared.passed] == ["damaged"]


def test_a_file_that_was_set_aside_is_named(folder: Path) -> None:
    (folder / "pages-0000.json").write_bytes(b"{")
    with Library.open(folder) as library:
        library.repair()
    with pytest.raises(LibraryError, match="pages_aside"):
        page_of_all(folder)
