"""A change of several volumes, killed at every step: after the next start all of it is there, or nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from library_samples import item, items
from library_writers import MARK

from store import journal as journal_module
from store import volumes as volumes_module
from store.article import Highlight
from store.corrections import Correction
from store.glance import glance
from store.library import Change, Library
from store.query import parse

HERE = Path(__file__).parent
EVERYTHING = parse("is:removed OR NOT is:removed")
Killed = list[tuple[Path, bool]]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes_module, "VOLUME", 2)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles in two volumes, all with states, and backups of these."""
    folder = tmp_path_factory.mktemp("whole") / "template"
    with pytest.MonkeyPatch.context() as patch, Library.open(folder) as library:
        patch.setattr(volumes_module, "VOLUME", 2)
        ids = library.add(items(4)).new
        library.change(ids, Change(add_tags=("cũ",)))
        mark = Highlight(0, 0, 8, "Nội dung", "Nội dung")
        library.change(ids, Change(read=True, add_highlights=(mark,)))
        library.change(ids[1:2], Change(starred=True))
        library.correct([Correction("author", "", "Lan Chi", id) for id in ids])
        library.correct([Correction("source", "", "Báo Rừng", ids[3])])
    return folder


@pytest.fixture(scope="module")
def killed(template: Path) -> Callable[[str], Killed]:
    """For a change a copy for each step at which its process died, and whether it was acknowledged."""

    def run(verb: str) -> Killed:
        copies = template.parent / verb
        copies.mkdir()
        words = [sys.executable, str(HERE / "library_writers.py"), "whole", template, copies, verb]
        told = subprocess.run(
            words, check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
        ).stdout  # fmt: skip
        lines = [line.split() for line in told.splitlines()]
        assert len(lines) > 20, "steps were counted"
        assert [bool(done) for _, *done in lines].count(True) >= 1, "the last copy was not killed"
        return [(copies / number, bool(done)) for number, *done in lines]

    return run


def whole_and_sound(copy: Path, look: Callable[[Library], bool]) -> bool:
    """Opens a library that was cut off; gives what `look` tells of it."""
    with Library.open(copy, read_only=True) as library:
        assert {problem.code for problem in library.check()} <= {"cut_off", "index_differs"}
    with Library.open(copy) as library:
        where = f"killed at step {copy.name}"
        assert library.problems == [] == library.check(), where
        left = [path.name for path in copy.iterdir() if path.suffix == ".tmp" or "journal" in path.name]
        assert left == [], where
        assert not (copy / "purge.json").exists(), where
        for row in library.select(EVERYTHING):
            article = library.article(row.id)
            state = row.read, row.starred, row.removed, row.tags
            said = article.state
            assert state == (said.read, said.starred, said.removed is not None, said.tags), where
        return look(library)


def check_each(copies: Killed, look: Callable[[Library], bool]) -> None:
    """Whole in each copy: done in all that were acknowledged, and there is the other kind too."""
    found = [(done, whole_and_sound(copy, look)) for copy, done in copies]
    assert all(there for done, there in found if done)
    assert not found[0][1], "the first copy was killed before anything was written"
    assert any(there for done, there in found if not done), "killed when it was made, and not acknowledged"


def test_a_change_of_many_and_its_undo(killed: Callable[[str], Killed], template: Path) -> None:
    with Library.open(template) as library:
        before = {row.id: library.article(row.id).state for row in library.select(EVERYTHING)}
        ids = library.add(items(4)).known[:3]
    after = {id: MARK.apply(state, "") if id in ids else state for id, state in before.items()}

    def look(library: Library) -> bool:
        now = {id: library.article(id).state for id in before}
        assert now in (before, after)
        if now == before:
            inverse = library.change(ids, MARK)
            assert library.change(inverse.ids, inverse).ids == inverse.ids
            assert {id: library.article(id).state for id in before} == before
        return now == after

    check_each(killed("mark"), look)


def test_an_undo(killed: Callable[[str], Killed]) -> None:
    def look(library: Library) -> bool:
        states = [
            library.article(id).state for id in library.add(items(4)).known + library.add(items(4)).removed
        ]
        tags, stars = [state.tags for state in states], [state.starred for state in states]
        undone = tags == [("cũ",)] * 4
        assert undone or sorted(tags) == [("cũ",)] + [("cũ", "x", "y")] * 3
        assert sum(stars) == (1 if undone else 3)
        return undone

    check_each(killed("undo"), look)


def test_corrections_of_lines_with_the_marks_in_them(killed: Callable[[str], Killed]) -> None:
    """Two rules in library.json, highlights in two volumes of states."""

    def look(library: Library) -> bool:
        ids = library.add(items(4)).known
        rules = [rule for rule in library.corrections() if rule.op == "line"]
        assert len(rules) in (0, 2)
        for id in (ids[0], ids[2]):
            article = library.article(id)
            assert len(article.blocks) == (0 if rules else 1)
            assert [mark.block for mark in article.state.highlights] == ([] if rules else [0])
            assert [note.text for note in article.state.notes] == (["Nội dung"] if rules else [])
        return bool(rules)

    check_each(killed("correct"), look)


def test_an_import_over_the_end_of_a_volume(killed: Callable[[str], Killed]) -> None:
    def look(library: Library) -> bool:
        titles = {row.title for row in library.select(EVERYTHING)}
        new = titles & {f"Tiêu đề số {number}" for number in (100, 101)}
        assert len(new) in (0, 2)
        return bool(new)

    check_each(killed("add"), look)


def test_a_purge_leaves_nothing_of_what_it_was_told(killed: Callable[[str], Killed]) -> None:
    def look(library: Library) -> bool:
        titles = {row.title for row in library.select(EVERYTHING)}
        assert titles in ({f"Tiêu đề số {n}" for n in range(4)}, {"Tiêu đề số 3"})
        purged = len(titles) == 1
        rules = {rule.article for rule in library.corrections()}
        assert len(rules) == (1 if purged else 4)
        (kept,) = [row.id for row in library.select(EVERYTHING) if row.title == "Tiêu đề số 3"]
        assert library.page(kept) == item(3)[1]
        if purged:
            said = b"".join(path.read_bytes() for path in library.folder.glob("*.json*"))
            assert "số 3".encode() in said
            assert not any(f"số {n}".encode() in said for n in range(3)), "in a file or its backup"
        return purged

    check_each(killed("purge"), look)


# -- beside others -------------------------------------------------------------------------------


class Killed9(BaseException):
    """What stands for a kill inside this process: nothing is cleared away."""


def cut_off(library: Library, ids: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that dies when the journal and the first of its files are written."""
    real = journal_module.Draft.publish
    calls = 0

    def dies(draft: journal_module.Draft) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Killed9
        real(draft)

    with monkeypatch.context() as patch:
        patch.setattr(journal_module.Draft, "publish", dies)
        with pytest.raises(Killed9):
            library.change(ids, Change(starred=True))


@pytest.fixture
def survivor(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Library, tuple[str, ...]]]:
    """A library that stood open when another process died over starring these articles."""
    folder = _copied(template, tmp_path / "library")
    with Library.open(folder) as library, Library.open(folder) as other:
        ids = library.add(items(4)).known
        cut_off(other, ids, monkeypatch)
        yield library, ids


def test_an_open_screen_has_it_made_whole(survivor: tuple[Library, tuple[str, ...]]) -> None:
    screen, ids = survivor
    assert glance(screen.folder, lambda: screen) is None
    assert screen.refresh()
    assert {row.id for row in screen.select(parse("is:starred"))} == set(ids)
    assert screen.check() == []
    found = glance(screen.folder, lambda: screen)
    assert found is not None
    found.close()


def test_whoever_writes_next_makes_it_whole_first(survivor: tuple[Library, tuple[str, ...]]) -> None:
    library, ids = survivor
    library.change(ids[2:3], Change(starred=False))
    library.refresh()
    assert {row.id for row in library.select(parse("is:starred"))} == {*ids} - {ids[2]}


def test_a_journal_cut_off_in_the_writing_is_none(template: Path, tmp_path: Path) -> None:
    folder = _copied(template, tmp_path / "library")
    for torn in (b"", b'{"files":{"1":{"name":"state-0000.json","seal":"9 00', os.urandom(60)):
        (folder / "journal.json").write_bytes(torn)
        (folder / "state-0000.json.tmp").write_bytes(b"half")
        with Library.open(folder) as library:
            assert library.check() == []
            assert len(library) == 4
        assert not list(folder.glob("*.tmp"))


def test_a_journal_names_only_files_of_the_library(template: Path, tmp_path: Path) -> None:
    folder, outside = _copied(template, tmp_path / "library"), tmp_path / "outside.json"
    outside.write_bytes(b"mine")
    Path(f"{outside}.tmp").write_bytes(
        b'{"_meta":{"1":{"format":1,"kind":"state","seq":3,"crc":"00000000"}}}'
    )
    told = {"1": {"name": "../outside.json", "seal": "3 00000000", "backup": "leave"}}
    (folder / "journal.json").write_bytes(journal_module.seal({"files": told}, "files", 1))
    with Library.open(folder) as library:
        assert library.check() == []
    assert outside.read_bytes() == b"mine"


def test_one_volume_needs_no_journal(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key press: one draft, one rename."""
    written: list[str] = []
    real = journal_module.write_new

    def write_new(path: Path, data: bytes) -> None:
        written.append(path.name)
        real(path, data)

    folder = _copied(template, tmp_path / "library")
    with Library.open(folder) as library:
        ids = library.add(items(4)).known
        monkeypatch.setattr(journal_module, "write_new", write_new)
        library.change(ids[:1], Change(read=False))
        assert written == ["state-0000.json.tmp"]
        written.clear()
        library.change(ids[:3], Change(read=False))
        assert written == ["state-0000.json.tmp", "state-0001.json.tmp", "journal.json"]


def _copied(template: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    for path in template.iterdir():
        if path.is_file() and "index" not in path.name:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder
