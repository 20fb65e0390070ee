"""One file on the disk: every step of a write may fail, every byte of a file may be lost."""

import errno
import json
import os
import resource
import signal
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from store import journal, sealing, storage
from store.errors import LibraryError, LibraryReadOnly, LibraryTooNew
from store.lock import Lock
from store.sealing import Damage, seal, unseal
from store.storage import Problem, SealedDB, SealedStorage


@pytest.fixture(params=["json", "orjson"], autouse=True)
def either_json(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr(sealing, "orjson", None)
    else:
        pytest.importorskip("orjson")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_SETTLES", 0.0)


class File:
    """A state file of a test, opened anew whenever asked for."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state-0000.json"
        self.backup = folder / "state-0000.json.bak"
        self.folder = folder
        self.problems: list[Problem] = []

    def open(self, *, read_only: bool = False) -> SealedDB:
        lock = None if read_only else Lock(self.folder / "library.lock", patience=0.05)
        return SealedDB(self.path, "state", lock=lock, report=self.problems.append)

    def put(self, number: int) -> None:
        self.open().table("state").put({1: {"n": number}})

    def value(self, **how: bool) -> Any:
        document = self.open(**how).table("state").get(doc_id=1)
        return document and document["n"]

    def storage(self) -> SealedStorage:
        found = self.open().storage
        assert isinstance(found, SealedStorage)
        return found

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    def aside(self) -> list[Path]:
        return sorted(self.folder.glob("*.corrupt-*"))


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path)


def test_what_is_written_is_there(file: File) -> None:
    assert file.value() is None
    file.put(1)
    assert file.value() == 1
    assert not file.backup.exists()
    file.put(2)
    assert file.value() == 2
    assert unseal(file.backup.read_bytes(), "state").tables == {"state": {"1": {"n": 1}}}
    assert file.storage().seq() == 2
    assert file.problems == []


def test_files_are_for_their_owner_only(file: File) -> None:
    mask = os.umask(0)  # a mild umask must not matter
    try:
        file.put(1)
        file.put(2)
    finally:
        os.umask(mask)
    for path in (file.path, file.backup):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_whole_of_tinydb_works(file: File) -> None:
    db = file.open()
    table = db.table("state")
    first = table.insert({"a": 1})
    table.insert_multiple([{"a": 2}, {"a": 3}])
    table.update({"b": 1}, doc_ids=[first])
    table.remove(doc_ids=[2])
    assert [dict(document) for document in file.open().table("state")] == [{"a": 1, "b": 1}, {"a": 3}]
    db.drop_table("state")
    assert file.open().tables() == set()


def test_stock_tinydb_reads_and_writes_between(file: File) -> None:
    file.put(1)
    with TinyDB(file.path, encoding="utf-8") as stock:
        stock.table("state").update({"n": 5}, doc_ids=[1])
    assert file.storage().seq() < 0
    assert file.value() == 5
    assert set(file.codes) == {"changed_outside"}
    file.put(6)
    assert file.storage().seq() == 2
    assert unseal(file.path.read_bytes(), "state").seq == 2
    assert unseal(file.backup.read_bytes(), "state").tables["state"]["1"] == {"n": 5}
    file.problems.clear()
    assert file.value() == 6
    assert file.problems == []


def test_what_another_wrote_is_read_before_writing(file: File) -> None:
    mine, other = file.open(), file.open()
    mine.table("state").put({1: {"n": 1}})
    other.table("state").put({2: {"n": 2}})
    mine.table("state").put({3: {"n": 3}})
    assert {document.doc_id for document in other.table("state")} == {1, 2, 3}


def test_a_coarse_clock_hides_no_write(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = file.open(), file.open()
    for db in (mine, other):
        monkeypatch.setattr(db.storage, "_look", lambda: storage.Stamp(1, 1, 1))
    mine.table("state").put({1: {"n": 1}})
    other.table("state").put({1: {"n": 2}, 2: {"n": 2}})
    mine.table("state").put({3: {"n": 3}})
    assert len(file.open().table("state")) == 3


def test_readers_and_writers_in_one_process_lose_nothing(file: File) -> None:
    """Threads share a file: one that reads an old version late must not make a writer start from it."""
    db = file.open()
    table = db.table("state")
    table.put({0: {}})
    done = threading.Event()
    found: list[Any] = []

    def read() -> None:
        while not done.is_set():
            db.storage.release()  # type: ignore[attr-defined]
            found.append(table.get(doc_id=0))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(1, 60):
            table.put({number: {}})
    finally:
        done.set()
        sys.setswitchinterval(before)
    for thread in threads:
        thread.join()
    assert found
    assert all(document == {} for document in found)
    assert len(file.open().table("state")) == 60
    assert file.storage().seq() == 60
    assert file.problems == []


# -- a write that fails --------------------------------------------------------------------------

STEPS = ["open", "write", "fsync", "link", "replace", "close"]


def failing(name: str, number: int, error: Exception) -> Callable[..., Any]:
    """`os.<name>`, but its call number `number` fails; a failing write first writes a part."""
    real = getattr(os, name)
    calls = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            if name == "write":
                real(args[0], bytes(args[1][:20]))
            if name == "close":
                real(*args)
            raise error
        return real(*args, **kwargs)

    return call


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), OSError(errno.EIO, "I/O"),
                                   KeyboardInterrupt(), MemoryError()], ids=repr)  # fmt: skip
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_loses_nothing(file: File, step: str, error: Exception) -> None:
    file.put(1)
    file.put(2)
    failed = 0
    for number in range(1, 12):
        db = file.open()
        before = db.table("state").get(doc_id=1)["n"]  # type: ignore[index, call-overload]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(storage.os, step, failing(step, number, error))
            try:
                db.table("state").put({1: {"n": before + 1}})
                ended = True
            except (LibraryError, KeyboardInterrupt, MemoryError):
                ended = False
                failed += 1
        now = file.value()
        assert now == db.table("state").get(doc_id=1)["n"]  # type: ignore[index, call-overload]
        assert now == before + 1 if ended else now in (before, before + 1)
        assert not list(file.folder.glob("*.json.tmp"))
    assert failed or step == "link"  # then a copy does
    assert file.problems == []
    file.put(100)
    assert file.value() == 100


def test_without_hard_links_the_backup_is_a_copy(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(storage.os, "link", no_links)
    file.put(1)
    file.put(2)
    assert unseal(file.backup.read_bytes(), "state").seq == 1
    file.path.write_bytes(b"")
    assert file.value() == 1
    assert len(file.aside()) == 1


def test_a_file_system_that_is_full(file: File) -> None:
    """A limit on the size of files, which the kernel enforces in the midst of a write."""
    file.put(1)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, old[1]))
        with pytest.raises(LibraryError) as caught:
            file.open().table("state").put({1: {"n": 2, "text": "x" * 10_000}})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.code == "cannot_write"
    assert caught.value.fields["path"] == str(file.path)
    assert file.value() == 1
    assert sorted(path.name for path in file.folder.iterdir()) == ["library.lock", "state-0000.json"]


def test_a_change_that_fails_midway_leaves_no_trace_in_memory(file: File) -> None:
    file.put(1)
    table = file.open().table("state")

    def spoil(document: Any) -> None:
        document["n"] = "spoilt"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        table.update(spoil, doc_ids=[1])
    assert table.get(doc_id=1) == {"n": 1}


def test_what_can_not_be_json_is_not_written(file: File) -> None:
    file.put(1)
    table = file.open().table("state")
    with pytest.raises(TypeError):
        table.put({1: {"n": object()}})
    assert table.get(doc_id=1) == {"n": 1}
    assert file.value() == 1


def test_nothing_is_written_without_a_lock(file: File) -> None:
    file.put(1)
    before = file.path.read_bytes()
    with pytest.raises(LibraryReadOnly):
        file.open(read_only=True).table("state").put({1: {"n": 2}})
    assert file.path.read_bytes() == before
    assert file.value(read_only=True) == 1


# -- a file that is damaged ----------------------------------------------------------------------

SPOILERS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "torn": lambda data: data[: len(data) // 2],
    "a byte short": lambda data: data[:-1],
    "zeros": lambda data: b"\0" * len(data),
    "a block of zeros": lambda data: b"\0" * 30 + data[30:],
    "other letters": lambda data: data.replace(b'"n":2', b'"n":3'),
    "something after": lambda data: data + b"\n",
    "garbage": lambda data: os.urandom(len(data)),
    "other JSON": lambda data: b'{"name": "package"}',
    "an older file's end": lambda data: data.replace(b'"seq":2', b'"seq":1'),
    "another kind": lambda data: seal({"pages": {}}, "pages", 2),
}
spoilt = pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())


@spoilt
def test_a_damaged_file_gives_way_to_its_backup(file: File, spoil: Callable[[bytes], bytes]) -> None:
    file.put(1)
    file.put(2)
    damaged = spoil(file.path.read_bytes())
    file.path.write_bytes(damaged)
    assert file.value() == 1
    assert file.codes == ["restored"]
    (aside,) = file.aside()
    fields = file.problems[0].fields
    assert aside.read_bytes() == damaged
    assert fields["aside"] == str(aside)
    assert fields["backup"] == str(file.backup)
    assert file.storage().verify() is None
    assert file.storage().seq() > 2, "the lost write's number must not come again"
    file.put(3)
    assert file.value() == 3
    assert unseal(file.backup.read_bytes(), "state").tables["state"]["1"] == {"n": 1}
    assert file.codes == ["restored"]


@spoilt
def test_the_damaged_file_never_becomes_the_backup(
    file: File, spoil: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where it could not be set aside when it was found."""
    file.put(1)
    file.put(2)
    file.path.write_bytes(spoil(file.path.read_bytes()))
    db = file.open()
    with Lock(file.folder / "library.lock"):
        assert db.table("state").get(doc_id=1) == {"n": 1}
    assert file.aside() == []
    db.table("state").put({1: {"n": 3}})
    assert file.value() == 3
    assert unseal(file.backup.read_bytes(), "state").tables["state"]["1"] == {"n": 1}
    assert len(file.aside()) == 1


@spoilt
def test_with_both_damaged_nothing_is_touched(file: File, spoil: Callable[[bytes], bytes]) -> None:
    file.put(1)
    file.put(2)
    for path in (file.path, file.backup):
        path.write_bytes(spoil(path.read_bytes()) + b"?")
    before = {path: path.read_bytes() for path in (file.path, file.backup)}
    assert file.value() is None
    assert file.codes == ["damaged"]
    with pytest.raises(LibraryReadOnly) as caught:
        file.put(3)
    assert caught.value.fields["path"] == str(file.path)
    assert {path: path.read_bytes() for path in (file.path, file.backup)} == before
    assert file.aside() == []


def test_a_first_file_that_is_damaged_has_no_backup(file: File) -> None:
    file.path.write_bytes(b"{")
    assert file.value() is None
    assert file.problems[0].fields["backup_reason"] == "missing"
    with pytest.raises(LibraryReadOnly):
        file.put(3)


def test_a_file_that_is_gone_is_there_in_its_backup(file: File) -> None:
    file.put(1)
    file.put(2)
    file.path.unlink()
    assert file.storage().seq() == 3
    assert file.value() == 1
    assert file.codes == ["restored"]
    assert file.problems[0].fields["aside"] is None


def test_nothing_is_set_aside_where_nothing_may_be_written(file: File) -> None:
    file.put(1)
    file.put(2)
    file.path.write_bytes(b"")
    assert file.value(read_only=True) == 1
    assert file.codes == ["restored"]
    assert file.aside() == []
    assert file.path.read_bytes() == b""


def test_a_disk_too_full_to_restore_still_shows_the_backup(file: File) -> None:
    file.put(1)
    file.put(2)
    file.path.write_bytes(b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "write_new", failing("open", 1, OSError(errno.ENOSPC, "No space left")))
        assert file.value() == 1
    file.put(3)
    assert file.value() == 3


def test_damage_in_the_midst_of_a_day(file: File) -> None:
    db = file.open()
    for number in range(1, 4):
        db.table("state").put({1: {"n": number}})
    file.path.write_bytes(b"x")
    db.table("state").put({2: {"n": 9}})
    assert [document["n"] for document in file.open().table("state")] == [2, 9]


def test_two_damages_in_one_second_have_two_names(file: File) -> None:
    for number in (1, 2, 3):
        file.put(number)
        file.put(number)
        file.path.write_bytes(b"%d" % number)
        assert file.value() == number
    assert sorted(path.read_bytes() for path in file.aside()) == [b"1", b"2", b"3"]


def test_stock_tinydb_in_the_midst_of_writing_is_waited_for(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_SETTLES", 5.0)
    file.put(1)
    file.put(2)
    whole = json.dumps({"state": {"1": {"n": 7}}}).encode()
    parts = [whole, whole[:15]]
    file.path.write_bytes(whole[:9])
    monkeypatch.setattr(storage.time, "sleep", lambda _: parts and file.path.write_bytes(parts.pop()))
    assert file.value() == 7
    assert file.codes == ["changed_outside"]
    assert file.aside() == []


# -- a later format ------------------------------------------------------------------------------


@pytest.mark.parametrize("later", [seal({"state": {}}, "state", 4).replace(b'"format":1', b'"format":2'),
                                   b'{"state": {}, "_meta": {"1": {"format": 2}}}'])  # fmt: skip
@pytest.mark.parametrize("place", ["path", "backup"])
def test_a_later_format_is_left_alone(file: File, later: bytes, place: str) -> None:
    file.put(1)
    file.put(2)
    if place == "backup":
        file.path.write_bytes(b"")
    getattr(file, place).write_bytes(later)
    before = {path: path.read_bytes() for path in file.folder.iterdir()}
    for action in (file.value, lambda: file.put(3), lambda: file.storage().seq()):
        with pytest.raises(LibraryTooNew) as caught:
            action()
        assert caught.value.fields == {"path": str(getattr(file, place)), "format": 2, "known": 1}
    assert {path: path.read_bytes() for path in file.folder.iterdir() if "lock" not in path.name} == {
        path: data for path, data in before.items() if "lock" not in path.name
    }


def test_verify_reads_every_byte(file: File) -> None:
    file.put(1)
    file.put(2)
    assert file.storage().verify() is None
    assert file.storage().verify_backup() is None
    for path in (file.path, file.backup):
        data = bytearray(path.read_bytes())
        data[15] ^= 1
        path.write_bytes(data)
    assert isinstance(file.storage().verify(), Damage)
    assert isinstance(file.storage().verify_backup(), Damage)
