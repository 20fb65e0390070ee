"""Real processes, really killed: what was acknowledged is there, and the library opens."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from library_samples import item, items

from store.library import Change, Library
from store.query import ALL, parse

HERE = Path(__file__).parent
SEED = int(os.environ.get("BANDOC_TEST_SEED", str(random.randrange(10**6))))
KILLS = 12


def start(*words: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(HERE / "library_writers.py"), *map(str, words)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(HERE.parents[1])})


def wait_for(log: Path, process: "subprocess.Popen[bytes]") -> None:
    while not (log.exists() and log.stat().st_size):
        assert process.poll() is None, "the writer ended before it wrote"
        time.sleep(0.005)


def acknowledged(log: Path) -> list[tuple[str, str, int]]:
    """The whole lines of a log: verb, id, number."""
    lines = log.read_text().splitlines(keepends=True) if log.exists() else []
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(verb, id, int(number)) for verb, id, number in words]


def assert_all_there(folder: Path, logs: list[Path]) -> None:
    with Library.open(folder) as library:
        assert library.problems == [], f"seed {SEED}"
        assert library.check() == [], f"seed {SEED}"
        listed = {row.id: row for row in library.select(ALL)}
        for log in logs:
            for verb, id, number in acknowledged(log):
                article = library.article(id)
                assert article.title == f"Tiêu đề số {number}", f"seed {SEED}"
                assert library.page(id) == item(number)[1], f"seed {SEED}"
                if verb == "read":
                    assert (article.state.read, article.state.tags) == (True, (f"t{number}",)), f"seed {SEED}"
                    assert listed[id].read, f"seed {SEED}"


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """One library, killed again and again; each writer goes on where the last one was cut off."""
    folder, chance = tmp_path / "library", random.Random(SEED)
    logs: list[Path] = []
    for kill in range(KILLS):
        log = tmp_path / f"log-{kill}"
        process = start("write", folder, log, 1000 * kill, 1000)
        wait_for(log, process)
        time.sleep(chance.random() * 0.2)
        process.kill()
        process.wait()
        logs.append(log)
        assert_all_there(folder, logs[-1:])
    assert_all_there(folder, logs)


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    logs = [tmp_path / "log-0", tmp_path / "log-1"]
    processes = [start("write", folder, log, 1000 * n, 25) for n, log in enumerate(logs)]
    with Library.open(folder) as reader:
        while any(process.poll() is None for process in processes):
            reader.refresh()
            for row in list(reader.select(parse("is:unread")))[:3]:
                assert reader.article(row.id).title == row.title
            time.sleep(0.02)
        reader.refresh()
        assert len(reader) == 50
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(acknowledged(log)) for log in logs] == [50, 50]
    assert_all_there(folder, logs)


def test_two_writers_killed_at_once(tmp_path: Path) -> None:
    folder, chance = tmp_path / "library", random.Random(SEED + 1)
    logs: list[Path] = []
    for kill in range(4):
        pair = [tmp_path / f"log-{kill}-{n}" for n in range(2)]
        processes = [start("write", folder, log, 2000 * kill + 1000 * n, 1000) for n, log in enumerate(pair)]
        for log, process in zip(pair, processes, strict=True):
            wait_for(log, process)
        time.sleep(chance.random() * 0.2)
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
        logs += pair
        assert_all_there(folder, logs)


def test_saved_searches_survive_a_kill(tmp_path: Path) -> None:
    folder, chance = tmp_path / "library", random.Random(SEED + 2)
    for kill in range(5):
        log = tmp_path / f"log-{kill}"
        process = start("searches", folder, log, 1000)
        wait_for(log, process)
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.wait()
        with Library.open(folder) as library:
            assert library.problems == [] == library.check(), f"seed {SEED}"
            there = library.searches()
            last = {int(place): (verb, number) for verb, place, number in acknowledged(log)}
            for place, (verb, number) in last.items():
                names = {f"Tên mới {number}"} | ({f"Tên {number}"} if verb == "saved" else set())
                assert there[place].name in names, f"seed {SEED}"
                assert there[place].query == f"bão {number}", f"seed {SEED}"
            assert len(there) <= len(last) + 1, f"seed {SEED}"
            library.change_searches(dict.fromkeys(there))  # the next writer begins anew
            assert library.searches() == {}


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, set[str]]]:
    """One library for each step at which its writer died, and what had been acknowledged."""
    base = tmp_path_factory.mktemp("steps")
    with Library.open(base / "template") as library:
        ids = library.add(items(3)).new
        library.change(ids, Change(starred=True))
        library.change(ids[1:], Change(add_tags=("x",)))
    (base / "copies").mkdir()
    words = [sys.executable, str(HERE / "library_writers.py"), "steps", base / "template", base / "copies"]
    run = subprocess.run(
        words,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )
    lines = [line.split() for line in run.stdout.splitlines()]
    return [(base / "copies" / number, set(done)) for number, *done in lines]


def test_killed_before_every_step(crashed: list[tuple[Path, set[str]]]) -> None:
    assert len(crashed) > 60, "steps were counted"
    assert not crashed[0][1]
    assert crashed[-1][1] == {"read", "corrected", "added", "purged"}, "the last copy was not killed"
    for folder, done in crashed:
        with Library.open(folder) as library:
            where = f"killed at step {folder.name}"
            assert library.problems == [], where
            titles = {row.title: row for row in library.select(ALL)}
            for number in range(2):
                row = titles[f"Tiêu đề số {number}"]
                assert library.article(row.id).state.starred, where
                assert library.article(row.id).state.read == row.read, where
                assert library.page(row.id) == item(number)[1], where
                if "read" in done:
                    assert row.read, where
                authors = {library.article(row.id).author, row.author}
                assert len(authors) == 1, f"{where}: the list says what the article says"
                if "corrected" in done and number == 1:
                    assert authors == {"Lan Chi"}, where
            if "added" in done:
                assert {"Tiêu đề số 100", "Tiêu đề số 101"} <= titles.keys(), where
            if "purged" in done:
                assert "Tiêu đề số 2" not in titles, where
            if "added" not in done:
                assert "Tiêu đề số 2" in titles, where


def test_what_was_cut_off_can_be_done_again(crashed: list[tuple[Path, set[str]]]) -> None:
    for folder, _ in crashed:
        with Library.open(folder) as library:
            added = library.add(items(2, start=100))
            ids = added.new + added.known
            assert len(ids) == 2
            library.change(ids, Change(read=True))
            for number, id in enumerate(ids):
                assert library.article(id).state.tags == (), "no state of an import that never was"
                assert library.page(id) == item(100 + number)[1]
            assert library.check() == []
        assert not list(folder.glob("*.corrupt-*"))
