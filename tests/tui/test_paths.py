"""Paths in the import dialog: completed as a shell does, whatever the disk holds."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.paths import MOST, Paths, pasted_paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("Tài liệu", "tải về", "báo cũ", ".ẩn"):
        (tmp_path / name).mkdir()
    for name in ("trang 1.txt", "trang 2.txt", "Trích.txt", ".cấu hình", "báo cũ/a.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_names_go_on_from_what_is_typed_with_or_without_marks(folder: Path) -> None:
    paths = Paths()
    assert paths.offers("tai").paths == ["Tài liệu/", "tải về/"]
    assert paths.offers("tải").paths == ["tải về/"]
    assert paths.offers("BAO").paths == ["báo cũ/"]
    assert paths.offers("bao cu").paths == ["báo cũ/"]
    assert paths.offers("báo cũ/").paths == ["báo cũ/a.txt"]
    assert paths.offers("không có").paths == []


def test_tab_adds_what_all_have_in_common_and_never_takes_a_letter(folder: Path) -> None:
    paths = Paths()
    assert paths.completed("trang") == "trang "
    assert paths.completed("trang 1") == "trang 1.txt"
    assert paths.completed("tra") == "trang "
    assert paths.completed("tr") == "tr"  # trang 1, Trích
    assert paths.completed("tai") == "tai"  # Tài liệu, tải về
    assert paths.completed("bao") == "báo cũ/"
    assert paths.completed("xyz") == "xyz"


def test_hidden_names_are_offered_behind_a_dot_only(folder: Path) -> None:
    paths = Paths()
    assert not any(path.startswith(".") for path in paths.offers("").paths)
    assert paths.offers(".").paths == ["./", ".ẩn/", ".cấu hình"]
    assert paths.offers(".c").paths == [".cấu hình"]
    assert paths.offers("./.a").paths == ["./.ẩn/"]


def test_the_home_folder(folder: Path) -> None:
    paths = Paths()
    assert paths.completed("~") == "~/"
    assert paths.completed("~/bao") == "~/báo cũ/"
    assert paths.real("~/báo cũ/a.txt") == str(folder / "báo cũ" / "a.txt")
    assert paths.completed("..") == "../"


HOSTILE = [
    b"xu\xe2\xe9ng.txt",
    "dòng\nhai.txt".encode(),
    b"\x1b[31mdo\x07.txt",
    unicodedata.normalize("NFD", "tiếng.txt").encode(),
    "hai  dấu cách .txt".encode(),
    "~nhà".encode(),
    "\u202egnort.txt".encode(),
    b"'; rm -rf $HOME `x`.txt",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_nobody_can_type_still_leads_to_its_file(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "sub").mkdir()
    for folder in (tmp_path, tmp_path / "sub"):
        (folder / os.fsdecode(name)).write_bytes(b"x")
    paths = Paths()
    for folder in (tmp_path, tmp_path / "sub"):
        (offered,) = [path for path in paths.offers(f"{folder}/").paths if not path.endswith("/")]
        assert offered.isprintable()
        assert unicodedata.is_normalized("NFC", offered)
        assert os.fsencode(paths.real(offered)) == os.fsencode(folder) + b"/" + name


def test_a_folder_that_nobody_can_type_is_walked_into(tmp_path: Path) -> None:
    inner = tmp_path / os.fsdecode(b"th\x1b]0;x\x07\xff")
    inner.mkdir()
    (inner / "trang.txt").write_text("x")
    paths = Paths()
    (shown,) = paths.offers(f"{tmp_path}/").paths
    assert shown.endswith("/")
    assert paths.real(paths.completed(shown + "tr")) == str(inner / "trang.txt")


def test_names_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.txt", "a.txt\x07", "a.t\x00xt".replace("\x00", "\u200b")):
        (tmp_path / name).write_text(name)
    paths = Paths()
    shown = paths.offers(f"{tmp_path}/").paths
    assert len(set(shown)) == 3
    assert sorted(os.path.basename(paths.real(path)) for path in shown) == sorted(os.listdir(tmp_path))


@given(st.lists(st.text("aáăAb .'\\\u0301\u200b\x1b~", min_size=1, max_size=6), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_name_is_reached(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("names")
    made = {name for name in names if name not in {".", ".."}}
    for name in made:
        (folder / name).write_text("x")
    paths = Paths()
    seen = [*paths.offers(f"{folder}/").paths, *paths.offers(f"{folder}/.").paths]
    hidden = [path for path in seen if path.endswith("./")]
    assert {os.path.basename(paths.real(p)) for p in seen if p not in hidden} >= {
        name for name in made if not name.startswith(".")
    }


def test_a_crowded_folder_offers_some_and_counts_the_rest(tmp_path: Path) -> None:
    for number in range(MOST + 7):
        (tmp_path / f"trang-{number:04}").touch()
    paths = Paths()
    offered = paths.offers(f"{tmp_path}/tr")
    assert (len(offered.paths), offered.more) == (MOST, 7)
    assert paths.completed(f"{tmp_path}/tr") == f"{tmp_path}/tr"
    assert paths.completed(f"{tmp_path}/trang-020") == f"{tmp_path}/trang-020"


def test_a_folder_that_can_not_be_read_offers_nothing(tmp_path: Path) -> None:
    assert Paths().offers(str(tmp_path / "none" / "x")).paths == []
    assert Paths().offers("a\0b/").paths == []


def test_pasted_lines_that_all_are_there_are_paths(folder: Path) -> None:
    assert pasted_paths("trang 1.txt\n  trang 2.txt \n\n") == ["trang 1.txt", "trang 2.txt"]
    assert pasted_paths("'trang 1.txt' tra*") == []
    assert pasted_paths("'trang 1.txt' trang\\ 2.txt") == ["trang 1.txt", "trang 2.txt"]
    assert pasted_paths("file://" + str(folder).replace(" ", "%20") + "/trang%201.txt") == [
        str(folder / "trang 1.txt")
    ]
    assert pasted_paths("~/báo cũ") == [str(folder / "báo cũ")]


def test_pasted_text_is_no_path(folder: Path) -> None:
    assert pasted_paths("trang 1.txt\nĐoạn đầu của bài.") == []
    assert pasted_paths('Ông nói: "không') == []
    assert pasted_paths("") == []
    assert pasted_paths("x" * 300_000) == []
    assert pasted_paths("a\0b") == []
