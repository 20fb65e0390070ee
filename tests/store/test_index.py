"""The index: lists, orders, facets, what it knows, and what becomes of a damaged file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import fill

from store.article import Article, Block, Entity, Note, Origin, State
from store.errors import LibraryError
from store.index.index import Cancelled, Counts, Index, IndexDamaged
from store.index.row import Row
from store.index.rows import PAGE, Facet
from store.query import ALL, parse
from store.query_words import SORTS

ROOT = Path(__file__).parents[2]


def article(number: int, title: str = "", *blocks: str, **rest: object) -> Article:
    made = tuple(Block("paragraph", text) for text in blocks)
    return Article(f"{number:013x}", title, blocks=made, **rest)  # type: ignore[arg-type]


def ids(*numbers: int) -> list[str]:
    return [f"{number:013x}" for number in numbers]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "index.sqlite") as opened:
        yield opened


def test_a_row_is_all_a_list_shows(index: Index) -> None:
    index.add(
        3,
        1,
        1,
        [
            article(
                7,
                "Kết luận",
                "",
                "Một  hai " * 200,
                published="2023-12-29",
                published_basis="stated",
                source="Báo Cần Thơ",
                author="Mai",
                state=State(True, True, "2026-11-22T04:12:00Z", ("đọc sau",), (Note("n", "t"),)),
            )
        ],
    )
    (row,) = index.select(parse("is:removed"))
    assert row == Row(
        id=f"{7:013x}",
        title="Kết luận",
        published="2023-12-29",
        published_basis="stated",
        source="Báo Cần Thơ",
        author="Mai",
        snippet=row.snippet,
        read=True,
        starred=True,
        removed=True,
        noted=True,
        tags=("đọc sau",),
        minutes=2,
    )
    assert row.snippet.startswith("Một hai Một hai")
    assert len(row.snippet) <= 240
    assert index.counts() == Counts(total=0, unread=0, starred=0, removed=1)
    assert len(index.select(ALL)) == 0


def test_a_row_shows_the_beginning_of_the_text_not_the_caption_above_it(index: Index) -> None:
    blocks = (Block("caption", "Lũ về"), Block("heading", "Mưa lớn"), Block("paragraph", "Chiều nay mưa."))
    storm = replace(article(1, "Bão"), blocks=blocks)
    fill(index, 0, 1, 0, [storm, replace(article(2, "Ảnh"), blocks=blocks[:1])])
    assert {row.title: row.snippet for row in index.select(ALL)} == {"Bão": "Chiều nay mưa.", "Ảnh": "Lũ về"}


ORDERED = [
    article(1, "Đá", published="2023-12-29", source="Báo B"),
    article(2, "Dây", published="2023-12-29T08:00:00+07:00", source="Báo A"),
    article(3, "ăn"),
    article(4, "an", published="2023-12-30", state=State(read=True)),
    article(5, "“Âu”", published="2023-12-29T20:00:00+00:00", source="Báo B"),
    article(6, "Bé"),
]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", [5, 4, 2, 1, 3, 6]),
        ("-date", [1, 2, 4, 5, 3, 6]),
        ("title", [4, 3, 5, 6, 2, 1]),
        ("source", [2, 5, 1, 4, 3, 6]),
        ("added", [6, 5, 4, 3, 2, 1]),
        ("unread", [5, 2, 1, 3, 6, 4]),
    ],
)
def test_sorts(index: Index, sort: str, order: list[int]) -> None:
    fill(index, 0, 1, 1, ORDERED)
    assert sort in SORTS
    assert index.select(parse(f"sort:{sort}")).ids() == ids(*order)


def test_replacing_keeps_the_place_in_import_order(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1), article(2)])
    fill(index, 1, 1, 1, [article(3)])
    fill(index, 0, 2, 1, [article(2, "mới"), article(4)])
    assert index.select(parse("sort:added")).ids() == ids(4, 3, 2)
    assert index.select(parse("moi")).ids() == ids(2)
    assert index.seqs() == {0: (2, 1), 1: (1, 1)}
    assert index.stale({0: (2, 1), 1: (2, 1), 2: (1, 1)}) == [1, 2]
    index.drop_volume(1)
    assert index.seqs() == {0: (2, 1)}
    assert index.ids() == ids(2, 4)


def test_what_an_import_asks(index: Index) -> None:
    origin = Origin("a.txt", "https://a.vn/1", "ab" * 32, "utf-8", "2026-11-22T04:12:00Z")
    index.add(2, 1, 1, [article(0x3F9, "a", origins=(origin,)), article(0x3FA, url="https://a.vn/2")])
    asked = ["ab" * 32, "cd" * 32, "https://a.vn/1", "https://a.vn/2"]
    assert index.known(asked) == {
        "ab" * 32: f"{0x3F9:013x}",
        "https://a.vn/1": f"{0x3F9:013x}",
        "https://a.vn/2": f"{0x3FA:013x}",
    }
    assert index.volume_of(f"{0x3F9:013x}") == 2
    assert index.volume_of("f" * 13) is None
    assert index.ids("00000000003f9") == ids(0x3F9)
    assert index.ids("0000") == ids(0x3F9, 0x3FA)
    assert index.ids("%") == []
    index.drop(ids(0x3F9))
    assert index.known(asked) == {"https://a.vn/2": f"{0x3FA:013x}"}


def test_states_change_without_the_text(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1, "cán bộ"), article(2, "cán bộ")])
    index.set_states(0, 7, {ids(1)[0]: State(read=True, tags=("gấp",)), "f" * 13: State(read=True)})
    assert index.select(parse("can bo is:read tag:gấp")).ids() == ids(1)
    assert index.counts() == Counts(total=2, unread=1, starred=0, removed=0)
    assert index.seqs() == {0: (1, 7)}
    index.set_states(0, 8, {ids(1)[0]: State(removed="2026-11-22T04:12:00Z")})
    rows = index.select(parse("can bo"))
    assert (rows.ids(), rows.total) == (ids(2), 1)
    assert index.select(parse("can bo is:removed")).ids() == ids(1)


def test_rows_are_lazy_and_stay_as_they_were_found(index: Index) -> None:
    fill(index, 0, 1, 1, [article(number, f"tin {number}") for number in range(3 * PAGE)])
    rows = index.select(ALL)
    assert len(rows) == 3 * PAGE
    assert rows[0].title == "tin 0"
    index.drop(ids(1, 2 * PAGE))
    index.add(0, 2, 1, [article(9999, "mới")])
    assert rows[1].title == "tin 1"  # the page was read before
    assert rows[2 * PAGE] == Row(id="", title="", removed=True)
    assert rows[-1].title == f"tin {3 * PAGE - 1}"
    assert [row.id for row in rows[2:4]] == ids(2, 3)
    assert len(list(rows)) == 3 * PAGE
    assert rows.ids() == ids(*(n for n in range(3 * PAGE) if n not in {1, 2 * PAGE}))
    assert rows.place(ids(5)[0]) == 5
    assert rows.place(ids(9999)[0]) is None
    assert rows.place("") is None
    rows.fresh()
    assert rows[1].id == ""
    with pytest.raises(IndexError):
        rows[3 * PAGE]


def test_words_apart_are_given_when_nothing_stands_side_by_side(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1, "cán và bộ"), article(2, "cán", "bộ"), article(3, "bộ")])
    rows = index.select(parse("cán bộ"))
    assert (rows.ids(), rows.apart) == (ids(1, 2), True)
    assert rows.query.hits("cán và bộ") == [(0, 3), (7, 9)]
    index.add(0, 2, 1, [article(4, "cán bộ")])
    rows = index.select(parse("cán bộ"))
    assert (rows.ids(), rows.apart) == (ids(4), False)
    assert not index.select(parse("xe bộ")).apart
    assert len(index.select(parse('"bộ cán"'))) == 0


def person(name: str, key: str = "mai", kind: str = "person") -> Entity:
    return Entity(kind, f"{kind}:{key}", name)  # type: ignore[arg-type]


def test_facets_count_articles_of_the_filtered_set(index: Index) -> None:
    fill(
        index,
        0,
        1,
        1,
        [
            article(
                1, "a", entities=(person("Mai"), person("Thưởng", "thưởng"), person("Hà Nội", "hn", "place"))
            ),
            article(2, "a", entities=(person("Trương Thị Mai"),)),
            article(3, "a", entities=(person("Trương Thị Mai"),)),
            article(4, "b", entities=(person("Thưởng", "thưởng"),)),
            article(5, "a", entities=(person("Mai"),), state=State(removed="t")),
        ],
    )
    assert index.facets(ALL, "person") == [
        Facet("person", "person:mai", "Trương Thị Mai", 3),
        Facet("person", "person:thưởng", "Thưởng", 2),
    ]
    assert index.facets(parse("a"), "person", limit=1) == [Facet("person", "person:mai", "Trương Thị Mai", 3)]
    assert index.facets(parse("b"), "place") == []
    index.drop(ids(2, 3))
    assert index.facets(ALL, "person")[1] == Facet("person", "person:mai", "Mai", 1)


def test_a_selection_can_be_given_up(index: Index) -> None:
    fill(index, 0, 1, 1, [article(number, "tin") for number in range(800)])
    with pytest.raises(Cancelled):
        index.select(parse("t*"), cancelled=lambda: True)
    answers = iter([False])
    with pytest.raises(Cancelled):  # in the middle
        index.select(parse("t*"), cancelled=lambda: next(answers, True))
    with pytest.raises(Cancelled):
        index.facets(ALL, "person", cancelled=lambda: True)
    assert len(index.select(parse("t*"), cancelled=lambda: False)) == 800


def test_threads_read_while_another_writes(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1, "tin")])
    seen: list[int] = []
    failed: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(50):
                seen.append(len(index.select(parse("tin"))))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(2, 30):
        index.add(0, number, 1, [article(number, "tin")])
    for thread in threads:
        thread.join()
    assert not failed
    assert set(seen) <= set(range(1, 30))
    assert len(index.select(parse("tin"))) == 29


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with Index.open(path) as index:
        fill(index, 0, 4, 2, [article(1, "cán bộ")])
    assert path.stat().st_mode & 0o077 == 0
    for read_only in (False, True):
        with Index.open(path, read_only=read_only) as index:
            assert not index.temporary
            assert index.seqs() == {0: (4, 2)}
            assert index.select(parse("can bo")).ids() == ids(1)


def _other_format(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def _no_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE named")
    connection.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE volumes (a)")
    connection.close()


DAMAGE = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-8192]),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:90]),
    "noise": lambda path: path.write_bytes(b"not a database " * 999),
    "zeroes": lambda path: path.write_bytes(bytes(20000)),
    "head only": lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096)),
    "other format": _other_format,
    "no table": _no_table,
    "foreign": _foreign,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "index.sqlite"
    with Index.open(path) as index:
        fill(index, 0, 1, 1, [article(number, "cán bộ", "tin " * 50) for number in range(50)])
    DAMAGE[damage](path)
    with Index.open(path) as index:
        assert not index.temporary
        assert index.seqs() == {}
        assert index.stale({0: (1, 1)}) == [0]
        fill(index, 0, 1, 1, [article(1, "cán bộ")])
        assert index.select(parse("can bo")).ids() == ids(1)


def test_damage_met_later_is_told_and_mended_by_a_reset(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with Index.open(path) as index:
        fill(index, 0, 1, 1, [article(number, "cán bộ", "tin " * 50) for number in range(500)])
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 4 : len(whole) * 3 // 4] = bytes(len(whole) * 3 // 4 - len(whole) // 4)
    path.write_bytes(whole)
    with Index.open(path) as index:
        if index.seqs():  # else the damage was met on opening
            with pytest.raises(IndexDamaged):
                fill(index, 0, 2, 1, [article(number, "xe") for number in range(500)])
        index.reset()
        assert index.seqs() == {}
        fill(index, 0, 1, 1, [article(1, "cán bộ")])
        assert index.select(parse("can bo")).ids() == ids(1)


def test_an_interrupted_write_leaves_nothing(index: Index) -> None:
    fill(index, 0, 1, 1, [article(1, "cũ")])

    def broken() -> Iterator[Article]:
        yield article(2, "mới")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(index, 0, 2, 1, broken())
    assert index.ids() == ids(1)
    assert index.seqs() == {0: (1, 1)}
    assert len(index.select(parse("mới"))) == 0


def test_where_nothing_can_be_written_the_index_is_temporary(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none" / "index.sqlite"):  # a folder; a folder that isn't there
        with Index.open(path) as index:
            assert index.temporary
            index.add(0, 1, 1, [article(1, "a")])
            assert index.select(ALL).ids() == ids(1)
    with Index.open(tmp_path / "index.sqlite", read_only=True) as index:
        assert index.temporary
    assert not (tmp_path / "index.sqlite").exists()


def test_a_temporary_index_leaves_no_file() -> None:
    with Index.open(None) as index:
        folder = index.path.parent
        assert folder.exists()
    assert not folder.exists()


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.index.connections._BUSY_SECONDS", 0.05)
    with Index.open(tmp_path / "index.sqlite") as index:
        other = sqlite3.connect(index.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError) as busy:
            index.add(0, 1, 1, [article(1)])
        assert busy.value.code == "index_busy"
        other.close()
        index.add(0, 1, 1, [article(1)])


def test_unchanged_words_are_not_written_again(index: Index) -> None:
    first = article(1, "cán bộ", "tin")
    fill(index, 0, 1, 1, [first])
    before = index._connections.get().execute("SELECT sum(length(block)) FROM fts_plain_data").fetchone()
    fill(index, 0, 2, 1, [replace(first, state=State(read=True))])
    after = index._connections.get().execute("SELECT sum(length(block)) FROM fts_plain_data").fetchone()
    assert before == after
    assert index.select(parse("cán bộ is:read")).ids() == ids(1)


def test_the_full_text_is_written_once_for_a_batch_not_once_for_each_article(index: Index) -> None:
    """Segments are what FTS5 writes at once; searches look into each, and merging them takes time."""
    index.add(0, 1, 1, [article(number, "tin", f"bài số {number}") for number in range(1, 4)])
    for table in ("fts_plain", "fts_marked"):
        sql = f"SELECT count(DISTINCT segid) FROM {table}_idx"
        assert index._connections.get().execute(sql).fetchone() == (1,), table


def test_several_may_open_a_new_index_at_once(tmp_path: Path) -> None:
    """The first start of the screen and of an import: neither takes the other's file away."""
    opened: list[Index] = []

    def start(number: int) -> None:
        index = Index.open(tmp_path / "index.sqlite")
        index.add(number, 1, 1, [article(number, "tin")])
        opened.append(index)

    threads = [threading.Thread(target=start, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(index.select(parse("tin"))) for index in opened] == [4] * 4
    for index in opened:
        index.close()


def test_an_index_that_another_is_making_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.connections._BUSY_SECONDS", 0.05)
    path = tmp_path / "index.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")
    there = path.stat().st_ino
    with Index.open(path) as index:
        assert index.temporary
    other.execute("ROLLBACK")
    other.close()
    with Index.open(path) as index:
        assert not index.temporary
    assert path.stat().st_ino == there


def test_an_index_begun_anew_while_another_thread_reads_ends_no_process(tmp_path: Path) -> None:
    """The screen died of it: a worker found the index damaged and closed the connection of another."""
    code = """
import sqlite3, sys, threading, time
from pathlib import Path
from store.index.index import Index, IndexDamaged
index = Index.open(Path(sys.argv[1]))
over = threading.Event()
def ask():
    while not over.is_set():
        try:
            many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)"
            index.look(lambda c: c.execute(many + " SELECT sum(i) FROM n").fetchall())
            index.counts()
        except (IndexDamaged, sqlite3.Error):
            pass
threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
[thread.start() for thread in threads]
for _ in range(60):
    try:
        index.reset()
    except (IndexDamaged, OSError, sqlite3.Error):
        pass
    time.sleep(0.002)
over.set()
[thread.join() for thread in threads]
index.reset()
print(index.counts().total)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "index.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr[-500:]


def test_the_connections_of_ended_threads_are_closed(index: Index) -> None:
    for _ in range(5):
        thread = threading.Thread(target=index.seqs)
        thread.start()
        thread.join()
    assert len(index._connections) <= 2
