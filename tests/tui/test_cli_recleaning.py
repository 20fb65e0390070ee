"""`bandoc reclean`: it shows, asks, and writes what it showed."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from running import Bandoc
from test_cli_process import HEEDING, environment, on_terminal

from store.article import Article, Block, RawPage
from store.cleaning import clean
from store.corrections import Correction
from store.entities import extract
from store.library import Change, Library
from store.loaders import make_page

TEXT = """Phường {n} mở phiên chợ đêm đầu tiên
07/03/2024 08:15
Tối 7/3, ông Lê Văn Bảy, Chủ tịch UBND phường {n}, dự buổi mở chợ.
Chợ họp đến hết mùa hè, mỗi tuần ba tối.
"""


def page(number: int) -> RawPage:
    return make_page(TEXT.format(n=number), f"cho-{number}.txt")


def spoilt(article: Article) -> Article:
    """As other rules might have cleaned it: the hour missed, a menu kept, no entities."""
    menu = Block("paragraph", "TRANG CHỦ [/] THỜI SỰ", 1)
    return replace(article, published="2024-03-07", blocks=(menu, *article.blocks), entities=())


@pytest.fixture
def ids(tmp_path: Path) -> tuple[str, ...]:
    """Three articles: the first is as today's rules clean it, the second was cleaned by others, the third
    has no page."""
    pages = [page(number) for number in range(3)]
    first, second, third = (extract(clean(page)) for page in pages)
    with Library.open(tmp_path / "library") as library:
        ids = library.add([(first, pages[0]), (spoilt(second), pages[1]), (third, None)]).new
        library.change(ids, Change(starred=True))
    return ids


def published(tmp_path: Path, id: str) -> str | None:
    with Library.open(tmp_path / "library") as library:
        return library.article(id).published


def files(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tmp_path / "library").glob("*.json*")}


def test_without_a_terminal_it_shows_and_writes_nothing(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    before = files(tmp_path)
    done = bandoc("reclean")
    assert done.code == 2
    assert "nothing written" in done.err
    assert "--yes" in done.err
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [ids[1], "published", "2024-03-07", "2024-03-07T08:15:00+07:00"] in rows
    assert [ids[1], "line", "paragraph: TRANG CHỦ [/] THỜI SỰ", ""] in rows
    assert [ids[2], "passed", "", "no_page"] in rows
    assert {row[0] for row in rows} == set(ids[1:])
    assert files(tmp_path) == before


def test_a_dry_run_is_a_success(bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]) -> None:
    before = files(tmp_path)
    done = bandoc("reclean", "--dry-run", "--format", "text")
    assert done.code == 0
    title, *changes = done.out.splitlines()
    assert title == f"{ids[1]}  Phường 1 mở phiên chợ đêm đầu tiên"
    assert "  date: 07/03/2024 → 07/03/2024 08:15" in changes
    assert "  - TRANG CHỦ [/] THỜI SỰ" in changes
    assert any(line.startswith("  + person: Lê Văn Bảy (Chủ tịch") for line in changes)
    assert "1 article changes (date: 1, text: 1, entities: 1), 1 stay the same, 1 passed over" in done.err
    assert files(tmp_path) == before


def test_what_corrections_by_hand_have_to_do_with_it_is_said(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    with Library.open(tmp_path / "library") as library:
        library.correct([Correction("published", "", "2024-03-09", ids[1])])
    done = bandoc("reclean", "--dry-run", "--format", "text")
    assert "  date: 07/03/2024 → 07/03/2024 08:15 (your correction stays)\n" in done.out
    assert f"{ids[1]}\theld\tpublished\tpublished\n" in bandoc("reclean", "--dry-run").out
    assert bandoc("reclean", "--yes").code == 0
    assert published(tmp_path, ids[1]) == "2024-03-09"


def test_json_lines_hold_both_sides(bandoc: Bandoc, ids: tuple[str, ...]) -> None:
    done = bandoc("reclean", "--dry-run", "--format", "jsonl")
    found, passed = map(json.loads, done.out.splitlines())
    assert found["facts"] == {"published": {"old": "2024-03-07", "new": "2024-03-07T08:15:00+07:00"}}
    assert found["lines"][0]["new"] is None
    assert {entity["new"]["type"] for entity in found["entities"]} >= {"person", "date"}
    assert (passed["id"], passed["passed"]) == (ids[2], "no_page")


def test_yes_writes_and_a_second_time_finds_nothing(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    done = bandoc("reclean", "--yes")
    assert (done.code, done.err.splitlines()[-1]) == (0, "1 article written anew")
    assert published(tmp_path, ids[1]) == "2024-03-07T08:15:00+07:00"
    assert bandoc("list", "is:starred", "--count").out == "3\n"
    before = files(tmp_path)
    again = bandoc("reclean", "--yes")
    assert (again.code, again.err) == (0, "0 articles change, 2 stay the same, 1 passed over\n")
    assert files(tmp_path) == before


@pytest.mark.parametrize(("typed", "code", "written"), [(b"y\n", 0, True), (b"\n", 1, False)])
def test_on_a_terminal_it_asks(
    tmp_path: Path, ids: tuple[str, ...], typed: bytes, code: int, written: bool
) -> None:
    ended, shown = on_terminal(tmp_path, "reclean", columns=200, typed=typed)
    assert "Write 1 article anew?" in shown
    assert "TRANG CHỦ [/] THỜI SỰ" in shown
    assert ended == code
    assert (published(tmp_path, ids[1]) != "2024-03-07") == written


def test_a_filter_chooses_and_nothing_found_is_said(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    done = bandoc("reclean", "--yes", "cho dem,", f"id:{ids[0]}")
    assert (done.code, done.err) == (0, "0 articles change, 1 stay the same\n")
    assert bandoc("reclean", "--yes", "khong co").code == 1
    assert bandoc("reclean", "id:").code == 2
    assert published(tmp_path, ids[1]) == "2024-03-07"


def test_a_pipe_that_closes_stops_it_before_it_writes(tmp_path: Path) -> None:
    pages = [page(number) for number in range(40)]
    with Library.open(tmp_path / "library") as library:
        news = ((replace(spoilt(clean(page)), title="Tít dài " * 400), page) for page in pages)
        ids = library.add(news).new
    ended = subprocess.Popen(
        [*HEEDING, "reclean", "--yes"],
        stdout=subprocess.PIPE,
        env=environment(tmp_path),
        stderr=subprocess.DEVNULL,
    )
    assert ended.stdout is not None
    ended.stdout.read(10)
    ended.stdout.close()
    assert ended.wait(30) == 141
    assert published(tmp_path, ids[0]) == "2024-03-07"


def stopped(tmp_path: Path, name: str) -> "subprocess.CompletedProcess[str]":
    """`reclean --yes` with Ctrl-C after the first call of a function of the store, in batches of two."""
    owner, _, method = name.rpartition(".")
    code = f"""
import os, signal
import store.library, store.recleaning
from tui.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
store.recleaning.BATCH = 2
real = {owner}.{method}
def once(*arguments):
    done = real(*arguments)
    os.kill(os.getpid(), signal.SIGINT)
    return done
{owner}.{method} = once
main()
"""
    return subprocess.run(
        [sys.executable, "-c", code, "reclean", "--yes"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
        timeout=60,
    )


def test_ctrl_c_leaves_the_library_whole(bandoc: Bandoc, tmp_path: Path) -> None:
    """While it looks, nothing was written; while it writes, it ends between two articles."""
    pages = [page(number) for number in range(6)]
    with Library.open(tmp_path / "library") as library:
        library.add((spoilt(clean(page)), page) for page in pages)
    before = files(tmp_path)
    looking = stopped(tmp_path, "store.recleaning.difference")
    assert (looking.returncode, looking.stdout) == (130, "")
    assert files(tmp_path) == before
    writing = stopped(tmp_path, "store.library.Library.renew")
    assert writing.returncode == 130
    assert writing.stderr.splitlines()[-1].startswith("stopped: 2 articles written anew")
    assert "4 articles written anew" in bandoc("reclean", "--yes").err
    assert bandoc("doctor").code == 0


# -- doctor --repair -----------------------------------------------------------------------------


def test_doctor_says_what_repair_would_do_and_does_it(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    volume = tmp_path / "library" / "articles-0000.json"
    for path in (volume, volume.with_name("articles-0000.json.bak")):
        path.write_bytes(b"{")
    told = bandoc("doctor")
    assert told.code == 3
    assert "2 of its articles are lost" in told.out
    assert "doctor --repair" in told.out
    assert volume.read_bytes() == b"{"
    done = bandoc("doctor", "--repair")
    assert done.code == 0
    assert "repaired: 2 articles made anew\n" in done.out
    assert done.out.count("set aside: ") == 2
    assert {line.split("\t")[0] for line in bandoc("list", "is:starred").out.splitlines()} == {*ids[:2]}
    assert "nothing was to be done" in bandoc("doctor", "--repair").out


def test_repair_makes_no_library_where_there_is_none(bandoc: Bandoc, tmp_path: Path) -> None:
    assert bandoc("doctor", "--repair").code == 4
    assert not (tmp_path / "library").exists()


def test_a_lost_volume_is_said_at_the_next_start(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    for path in (tmp_path / "library").glob("articles-0000.json*"):
        path.unlink()
    assert "articles-0000.json: is gone" in bandoc("list").err


def test_an_error_while_it_writes_says_what_was_written(tmp_path: Path) -> None:
    pages = [page(number) for number in range(6)]
    with Library.open(tmp_path / "library") as library:
        library.add((spoilt(clean(page)), page) for page in pages)
    code = """
import store.library, store.recleaning
from store.errors import LibraryError
from tui.cli import main
store.recleaning.BATCH = 2
real, calls = store.library.Library.renew, []
def renew(library, batch):
    calls.append(batch)
    if len(calls) == 3:
        raise LibraryError("cannot_write", path="articles-0000.json", reason="No space left on device")
    return real(library, batch)
store.library.Library.renew = renew
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "reclean", "--yes"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
        timeout=60,
    )
    assert done.returncode == 4
    assert "stopped: 4 articles written anew" in done.stderr
    assert "No space left on device" in done.stderr


def test_articles_that_change_in_details_only_are_counted_not_listed(
    bandoc: Bandoc, tmp_path: Path, ids: tuple[str, ...]
) -> None:
    with Library.open(tmp_path / "library") as library:
        article = library.article(ids[0])
        fact = replace(article.facts["title"], why="another rule")
        library.renew([replace(article, facts={**article.facts, "title": fact})])
    done = bandoc("reclean", "--dry-run", "--format", "text")
    assert ids[0] not in done.out
    assert "2 articles change (date: 1, text: 1, entities: 1, only details: 1)" in done.err
    assert f"{ids[0]}\tdetails\t\tfacts\n" in bandoc("reclean", "--dry-run").out
    assert bandoc("reclean", "--yes").code == 0
