"""What a library does with damaged files, other programs' files, and an index that is behind."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from library_samples import item, items
from tinydb import TinyDB

from store import journal as journal_module
from store.errors import LibraryError, LibraryReadOnly, LibraryTooNew
from store.index.index import Index, IndexDamaged
from store.library import Change, Library
from store.query import ALL, parse

pytestmark = pytest.mark.usefixtures("small_and_quick")
VOLUME = 5


@pytest.fixture
def ids(folder: Path) -> tuple[str, ...]:
    """A library of 12 articles in three volumes; the first four are read."""
    with Library.open(folder) as library:
        ids = library.add(items(12)).new
        library.change(ids[:2], Change(read=True))
        library.change(ids[2:4], Change(read=True))
    return ids


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def listed(library: Library, query: str = "") -> set[str]:
    return {row.id for row in library.select(parse(query))}


# -- the index -----------------------------------------------------------------------------------


@pytest.mark.parametrize("spoil", [
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)),
    lambda path: path.write_bytes(path.read_bytes()[:5000]),
    lambda path: path.write_bytes(os.urandom(20_000)),
])  # fmt: skip
def test_an_index_that_is_gone_or_damaged_is_built_again(
    folder: Path, ids: tuple[str, ...], spoil: Callable[[Path], None]
) -> None:
    spoil(folder / "index.sqlite")
    with Library.open(folder) as library:
        assert listed(library) == set(ids)
        assert listed(library, "is:read") == set(ids[:4])
        assert library.add(items(12)).known == ids


def test_an_index_damaged_in_the_midst_of_a_day(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as library:
        other = sqlite3.connect(folder / "index.sqlite")
        other.execute("DROP TABLE articles")
        other.commit()
        other.close()
        assert listed(library) == set(ids)
        assert library.add(items(12)).known == ids


@pytest.mark.parametrize("method", ["add", "set_states", "drop"])
def test_an_index_that_can_not_be_written_is_only_behind(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The volume was written: that is what counts. The next look heals."""

    def full(*_: object) -> None:
        raise IndexDamaged("index_damaged", reason="disk full")

    with Library.open(folder) as library:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Index, method, full)
            library.change(ids[5:6], Change(read=True))
            new = library.add(items(2, start=50)).new
            library.purge(ids[:1])
            assert library.article(ids[5]).state.read
        library.refresh()
        assert listed(library, "is:read") == {*ids[1:4], ids[5]}
        assert listed(library) == {*ids[1:], *new}
    with Library.open(folder) as library:
        assert library.check() == []


def test_a_write_after_one_the_index_missed(folder: Path, ids: tuple[str, ...]) -> None:
    """The next number must not make the index believe that it saw all before."""

    def full(*_: object) -> None:
        raise IndexDamaged("index_damaged", reason="disk full")

    with Library.open(folder) as library:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Index, "set_states", full)
            library.change(ids[4:5], Change(read=True))
        library.change(ids[3:4], Change(starred=True))
        assert listed(library, "is:read") == set(ids[:5])


def test_a_volume_that_was_taken_away(folder: Path, ids: tuple[str, ...]) -> None:
    for path in folder.glob("*-0001.json*"):
        path.unlink()
    with Library.open(folder) as library:
        assert listed(library) == {*ids[:5], *ids[10:]}
        assert library.add(items(12)).new == ids[5:10]


# -- another process -----------------------------------------------------------------------------


def test_what_another_writes_is_seen_at_the_next_look(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as here, Library.open(folder) as there:
        assert not here.refresh()
        there.change(ids[:1], Change(starred=True))
        assert here.refresh()
        assert not here.refresh()
        assert listed(here, "is:starred") == {ids[0]}
        (new,) = there.add(items(1, start=70)).new
        assert here.article(new).title == "Tiêu đề số 70"
        there.purge([new])
        assert here.refresh()
        assert new not in listed(here)


def test_ones_own_writes_are_no_news(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as here:
        here.change(ids[:1], Change(starred=True))
        here.add(items(3, start=70))
        here.purge(ids[:1])
        assert not here.refresh()


def test_a_write_over_anothers_write_hides_no_news(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as here, Library.open(folder) as there:
        there.change(ids[:1], Change(starred=True))
        here.change(ids[1:2], Change(starred=True))
        assert listed(here, "is:starred") == set(ids[:2])
        assert here.refresh()
        assert not here.refresh()


def test_while_another_writes_a_look_does_not_wait(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as here, Library.open(folder) as there:
        there.change(ids[:1], Change(starred=True))
        with there._lock:
            assert not here.refresh()
        assert here.refresh()


def test_opening_while_another_writes(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as there, there._lock:
        for read_only in (False, True):
            begin = time.monotonic()
            with Library.open(folder, read_only=read_only) as here:
                assert listed(here) == set(ids)
            assert time.monotonic() - begin < 2, "nothing to write, nothing to wait for"


def test_a_key_press_beside_an_import_is_not_kept_waiting(folder: Path, ids: tuple[str, ...]) -> None:
    """Locks are not fair: without a breath between batches an import could take every turn."""
    with Library.open(folder) as here, Library.open(folder) as there:
        importer = threading.Thread(target=lambda: [there.add(items(3, start=n)) for n in range(100, 190, 3)])
        importer.start()
        for id in ids[4:]:
            here.change([id], Change(read=True))
        assert importer.is_alive(), "all keys were answered while the import went on"
        importer.join()
        here.refresh()
        assert listed(here, "is:read") == set(ids)
        assert len(here) == len(ids) + 90


# -- damaged files -------------------------------------------------------------------------------


def test_a_damaged_state_gives_way_to_its_backup(folder: Path, ids: tuple[str, ...]) -> None:
    path = folder / "state-0000.json"
    path.write_bytes(path.read_bytes()[:-20])
    with Library.open(folder) as library:
        assert codes(library) == ["restored"]
        assert library.problems[0].path == str(path)
        assert listed(library, "is:read") == set(ids[:2]), "the index followed the backup"
        library.change(ids[2:3], Change(read=True))
        assert listed(library, "is:read") == set(ids[:3])
    with Library.open(folder) as library:
        assert codes(library) == []
        assert listed(library, "is:read") == set(ids[:3])
        assert [problem.code for problem in library.check()] == ["set_aside"]


def test_damage_inside_is_found_when_the_file_is_read(folder: Path, ids: tuple[str, ...]) -> None:
    path = folder / "state-0000.json"
    data = bytearray(path.read_bytes())
    data[20] ^= 1
    path.write_bytes(data)
    with Library.open(folder) as library:
        found = [problem.code for problem in library.check()]
        assert "damaged_file" in found or "restored" in found
        library.article(ids[0])
        assert codes(library) == ["restored"]
        assert library.refresh()
        assert listed(library, "is:read") == set(ids[:2])


def test_no_backup_is_promised_where_there_is_none(folder: Path, ids: tuple[str, ...]) -> None:
    (folder / "pages-0000.json").write_bytes(b"torn")
    (folder / "pages-0000.json.bak").unlink(missing_ok=True)
    with Library.open(folder, read_only=True) as library:
        found = {(problem.code, Path(problem.path).name) for problem in library.check()}
    assert ("damaged", "pages-0000.json") in found
    assert not any(code == "damaged_file" for code, _name in found)


def test_a_volume_with_both_damaged_is_empty_and_the_others_open(folder: Path, ids: tuple[str, ...]) -> None:
    last, backup = folder / "articles-0002.json", folder / "articles-0002.json.bak"
    last.write_bytes(b"torn")
    with Library.open(folder) as library:
        (problem,) = library.problems
        assert (problem.code, problem.path) == ("damaged", str(last))
        assert problem.fields["backup"] == str(backup)
        assert listed(library) == set(ids[:10])
        (new,) = library.add(items(1, start=70)).new
        assert json.loads((folder / "articles-0003.json").read_bytes())["articles"].keys() == {
            str(int(new, 16))
        }
        assert last.read_bytes() == b"torn"
        assert library.article(ids[0]).state.read
        found = [problem.code for problem in library.check()]
        assert found == ["damaged", "damaged", "lost_articles"]
    with Library.open(folder) as library:
        assert codes(library) == ["damaged"]
        assert listed(library) == {*ids[:10], new}


def test_a_state_with_both_damaged_can_be_read_over_not_written(folder: Path, ids: tuple[str, ...]) -> None:
    for name in ("state-0000.json", "state-0000.json.bak"):
        (folder / name).write_bytes(b"")
    with Library.open(folder) as library:
        assert codes(library) == ["damaged"]
        assert listed(library) == set(ids)
        with pytest.raises(LibraryReadOnly) as caught:
            library.change(ids[:1], Change(read=True))
        assert caught.value.fields["path"] == str(folder / "state-0000.json")
        library.change(ids[5:6], Change(read=True))
        assert listed(library, "is:read") == {ids[5]}


def test_a_page_that_is_damaged_leaves_the_article(folder: Path, ids: tuple[str, ...]) -> None:
    (folder / "pages-0000.json").write_bytes(b"{}")
    with Library.open(folder) as library:
        assert library.article(ids[0]).title == "Tiêu đề số 0"
        with pytest.raises(LibraryError, match="damaged"):
            library.page(ids[0])
        assert codes(library) == ["damaged"]


def test_a_document_that_is_no_article_is_left_out(folder: Path, ids: tuple[str, ...]) -> None:
    """As a later bandoc of the same format, or a bug, might write it: the seal is in order."""
    with Library.open(folder) as library:
        library._volumes._table("articles", 0).update({"blocks": 7}, doc_ids=[int(ids[0], 16)])
    with Library.open(folder) as library:
        assert codes(library) == ["bad_article"]
        assert library.problems[0].fields["id"] == ids[0]
        assert listed(library) == set(ids[1:])


# -- stock TinyDB and later formats --------------------------------------------------------------


def test_what_stock_tinydb_writes_is_shown(folder: Path, ids: tuple[str, ...]) -> None:
    path = folder / "state-0000.json"
    for there_already in (False, True):
        with Library.open(folder) as library:
            if there_already:
                with TinyDB(path, encoding="utf-8") as stock:
                    stock.table("state").update({"starred": True}, doc_ids=[int(ids[0], 16)])
                assert library.refresh()
                assert codes(library) == ["changed_outside"]
            assert listed(library, "is:starred") == ({ids[0]} if there_already else set())
    with Library.open(folder) as library:
        assert codes(library) == ["changed_outside"]
        assert listed(library, "is:starred") == {ids[0]}
        library.change(ids[1:2], Change(starred=True))
    with Library.open(folder) as library:
        assert codes(library) == []
        assert listed(library, "is:starred") == set(ids[:2])


def test_an_article_that_stock_tinydb_spoils_is_not_taken(folder: Path, ids: tuple[str, ...]) -> None:
    path = folder / "articles-0000.json"
    with Library.open(folder) as library:
        library.renew([library.article(ids[0])])  # gives the volume a backup
    with TinyDB(path, encoding="utf-8") as stock:
        stock.table("articles").insert({"title": 7})
    with Library.open(folder) as library:
        assert codes(library) == ["restored"]
        assert listed(library) == set(ids)


@pytest.mark.parametrize("name", ["articles-0001.json", "state-0000.json", "pages-0002.json", "library.json"])
def test_a_later_format_changes_no_byte(folder: Path, ids: tuple[str, ...], name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))
    (folder / "index.sqlite").unlink()
    (folder / "state-0001.json").write_bytes(b"damaged as well")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for read_only in (False, True):
        with pytest.raises(LibraryTooNew) as caught:
            Library.open(folder, read_only=read_only)
        assert caught.value.fields == {"path": str(path), "format": 2, "known": 1}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_check_finds_what_is_wrong(folder: Path, ids: tuple[str, ...]) -> None:
    with Library.open(folder) as library:
        assert library.check() == []
        folder.chmod(0o755)
        (folder / "state-0000.json.bak").write_bytes(b"")
        (folder / "articles-0007.json").write_bytes((folder / "articles-0000.json").read_bytes())
        found = {problem.code for problem in library.check()}
        assert found == {"open_to_others", "damaged_backup", "twice", "index_differs"}


def test_a_library_of_one_json_is_that_of_the_other(folder: Path) -> None:
    """orjson is a matter of speed: without it the bytes are the same."""
    code = """
import sys
import threading
import time
if sys.argv[2] == "json":
    sys.modules["orjson"] = None
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from library_samples import items
from store import library
library.utc_now = lambda: "2026-01-01T00:00:00Z"
with library.Library.open(Path(sys.argv[1])) as there:
    ids = there.add(items(3)).new
    there.change(ids[:2], library.Change(read=True, add_tags=("đọc",)))
"""
    folders = [folder / "json", folder / "orjson"]
    for path in folders:
        here = str(Path(__file__).parent)
        subprocess.run([sys.executable, "-c", code, str(path), path.name, here], check=True)
    one, two = ({path.name: path.read_bytes() for path in place.glob("*.json*")} for place in folders)
    assert one == two
    assert "articles-0000.json" in one
    with Library.open(folders[0]) as library:
        assert len(library.select(ALL)) == 3
        assert library.add([item(1)]).known


# -- a change that fails midway ------------------------------------------------------------------


def test_a_change_that_can_not_be_written_everywhere_is_made_nowhere(
    folder: Path, ids: tuple[str, ...]
) -> None:
    """The second of three volumes is damaged beyond its backup: an error is shown and nothing has changed."""
    with Library.open(folder) as library:
        library.change(ids[5:6], Change(starred=True))
    for path in folder.glob("state-0001.json*"):
        path.write_bytes(b"")
    with Library.open(folder) as library:
        before = [library.article(id).state for id in ids]
        with pytest.raises(LibraryReadOnly):
            library.change(ids, Change(read=True, add_tags=("x",), removed=True))
        assert [library.article(id).state for id in ids] == before
        assert listed(library) == set(ids)
        assert listed(library, "is:read") == set(ids[:4])
        assert not library.refresh()
    with Library.open(folder) as library:
        assert [library.article(id).state for id in ids] == before


@pytest.mark.parametrize(("name", "number"), [("write_new", 2), ("write_new", 4), ("sync_folder", 1)])
def test_a_full_disk_in_the_midst_of_a_change(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    """Of three volumes the second can't be written, or the journal can't."""
    real, calls = getattr(journal_module, name), 0

    def full(*given: object) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*given)

    with Library.open(folder) as library:
        with monkeypatch.context() as patch:
            patch.setattr(journal_module, name, full)
            with pytest.raises(LibraryError, match="cannot_write"):
                library.change(ids, Change(starred=True))
            assert calls == number
        assert listed(library, "is:starred") == set()
        assert not any(library.article(id).state.starred for id in ids)
        assert not [*folder.glob("*.tmp"), *folder.glob("journal*")]
        inverse = library.change(ids, Change(starred=True))
        assert set(inverse.ids) == set(ids)
        library.change(inverse.ids, inverse)
        assert listed(library, "is:starred") == set()


def test_a_disk_that_fails_once_a_change_is_made(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made: the next who writes has the rest of it done."""
    real, calls = os.replace, 0

    def broken(*given: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:  # the second volume; its backup was the call before
            raise OSError(errno.EIO, "Input/output error")
        real(*given)

    with Library.open(folder) as library:
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", broken)
            with pytest.raises(LibraryError, match="cannot_write"):
                library.change(ids, Change(starred=True))
        library.refresh()
        assert listed(library, "is:starred") == set(ids)
        assert all(library.article(id).state.starred for id in ids)
        assert library.check() == []


# -- files that can't be read --------------------------------------------------------------------


def bar(patch: pytest.MonkeyPatch, pattern: str, number: int) -> None:
    """Make files unreadable, as others' files and bad disks are; permissions stop no root."""

    def barred(real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(path: Any, *arguments: Any, **options: Any) -> Any:
            if Path(path).match(pattern):
                raise OSError(number, os.strerror(number), str(path))
            return real(path, *arguments, **options)

        return opening

    patch.setattr(Path, "open", barred(Path.open))
    patch.setattr(os, "open", barred(os.open))
    patch.setattr("builtins.open", barred(open))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_volume_that_can_not_be_read_is_left_alone_and_the_others_open(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, number: int, read_only: bool
) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*-0000.json*")}
    with monkeypatch.context() as patch:
        bar(patch, "*-0000.json", number)
        with Library.open(folder, read_only=read_only) as library:
            library.refresh()
            assert listed(library) >= set(ids[5:])
            assert set(codes(library)) == {"barred"}
            reasons = {problem.fields["reason"] for problem in library.problems}
            assert reasons == {os.strerror(number)}
            assert "lost_articles" not in [problem.code for problem in library.check()]
            if not read_only:
                library.change(ids[6:7], Change(starred=True))
                assert library.repair().aside == ()
                assert library.add(items(3, start=60)).new
    assert {path.name: path.read_bytes() for path in folder.glob("*-0000.json*")} == before
    with Library.open(folder) as library:
        assert codes(library) == []
        assert listed(library) >= set(ids)
        assert listed(library, "is:read") == set(ids[:4])


def test_the_backup_is_shown_of_what_can_not_be_read(
    folder: Path, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as library:
        with monkeypatch.context() as patch:
            bar(patch, "state-0000.json", errno.EACCES)
            (folder / "state-0000.json").touch()
            library.refresh()
            assert listed(library, "is:read") == set(ids[:2])
            assert not library.article(ids[2]).state.read
            with pytest.raises(LibraryReadOnly) as caught:
                library.change(ids, Change(starred=True))
            assert caught.value.code == "barred"
            assert listed(library, "is:starred") == set()
        library.refresh()
        assert library.article(ids[2]).state.read, "without a restart"
        assert listed(library, "is:read") == set(ids[:4])
        library.change(ids[4:5], Change(read=True))
        assert listed(library, "is:read") == set(ids[:5])
