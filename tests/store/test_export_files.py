"""File names, and files that are never written over."""

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store import export
from store.article import Article
from store.errors import ExportError
from store.export import export_article, file_name, render

TITLE = "Hội nghị tổng kết: năm 2023/2024"
ARTICLE = Article(id="3f9c2a1b7d0e4", title=TITLE, published="2023-12-29T19:17:16+07:00")


def test_the_name_keeps_vietnamese_letters() -> None:
    assert file_name(ARTICLE) == "2023-12-29 Hội nghị tổng kết - năm 2023-2024.md"
    assert file_name(ARTICLE, ascii=True) == "2023-12-29-hoi-nghi-tong-ket-nam-2023-2024.md"


@pytest.mark.parametrize(
    "title", ["CON", "con.txt", "Nul", "COM¹", "lpt9 .x", "", "...", "../..", "~", "-rf", "\x00"]
)
def test_no_name_means_something_to_a_system(title: str) -> None:
    for ascii in (False, True):
        name = file_name(Article(id="3f9c2a1b7d0e4", title=title), ascii)
        assert name.split(".")[0].strip().casefold() not in {"con", "nul", "com¹", "com1", "lpt9", ""}
        assert name[0] not in ".-~ "


@given(st.text(max_size=400), st.booleans(), st.sampled_from([None, "2023-12-29"]))
@settings(max_examples=200, deadline=None)
@example("ế" * 400, False, None)
@example("a\u0301\u0323" * 200, False, None)
@example("🌊" * 100, False, "2023-12-29")
def test_any_title_gives_a_safe_name(title: str, ascii: bool, day: str | None) -> None:
    name = file_name(Article(id="3f9c2a1b7d0e4", title=title, published=day), ascii)
    assert len(name.encode()) <= 200  # a counter still fits
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert name[0] not in ".-~ "
    assert not name.removesuffix(".md").endswith((".", " "))
    assert name.endswith(".md")
    assert not ascii or name.isascii()


def test_the_day_in_a_name_is_that_of_viet_nam() -> None:
    late = Article(id="1", title="T", published="2023-12-29T20:00:00+00:00")
    assert file_name(late) == "2023-12-30 T.md"
    assert file_name(late, ascii=True) == "2023-12-30-t.md"


def test_a_second_export_is_the_same_file(tmp_path: Path) -> None:
    first = export_article(ARTICLE, tmp_path)
    assert first.path.read_text("utf-8") == render(ARTICLE)
    assert (first.already, export_article(ARTICLE, tmp_path)) == (False, export.Exported(first.path, True))
    assert [path.name for path in tmp_path.iterdir()] == [file_name(ARTICLE)]


def test_never_over_a_file(tmp_path: Path) -> None:
    mine = tmp_path / file_name(ARTICLE)
    mine.write_text("của tôi")
    second = export_article(ARTICLE, tmp_path)
    assert second.path.name == file_name(ARTICLE).replace(".md", "-2.md")
    assert mine.read_text() == "của tôi"
    assert export_article(ARTICLE, tmp_path) == export.Exported(second.path, True)


@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_never_through_what_is_no_file(tmp_path: Path, kind: str) -> None:
    folder, outside = tmp_path / "ra", tmp_path / "ngoài.md"
    folder.mkdir()
    place = folder / file_name(ARTICLE)
    match kind:
        case "link":
            outside.write_text(render(ARTICLE))
            place.symlink_to(outside)
        case "dangling":
            place.symlink_to(outside)
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
    written = export_article(ARTICLE, folder)
    assert written.path.name.endswith("-2.md")
    assert not written.already
    assert kind == "link" or not outside.exists()


def test_the_folder_is_made_and_the_file_has_ordinary_rights(tmp_path: Path) -> None:
    path = export_article(ARTICLE, tmp_path / "a" / "b", form="json").path
    assert path.parent == tmp_path / "a" / "b"
    assert path.suffix == ".json"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_name_taken_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link

    def race(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", real)
        target.write_text("ai đó nhanh hơn")
        real(source, target)

    monkeypatch.setattr(os, "link", race)
    assert export_article(ARTICLE, tmp_path).path.name.endswith("-2.md")
    assert (tmp_path / file_name(ARTICLE)).read_text() == "ai đó nhanh hơn"


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert export_article(ARTICLE, tmp_path).path.read_text("utf-8") == render(ARTICLE)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError) as caught:
        export_article(ARTICLE, tmp_path)
    assert caught.value.code == "export_failed"
    assert caught.value.fields["reason"] == "No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "tệp"
    place.write_text("")
    with pytest.raises(ExportError) as caught:
        export_article(ARTICLE, place)
    assert str(place) in caught.value.fields["path"]


def test_a_folder_that_takes_no_file_is_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOENT, "No such file or directory", str(path))

    monkeypatch.setattr(export, "_write_new", refuse)
    with pytest.raises(ExportError) as raised:
        export_article(ARTICLE, tmp_path)
    assert raised.value.fields["path"] == str(tmp_path)
