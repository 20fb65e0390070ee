"""Corrections of a library: they hold for lists, search and what comes later, and outlive kills."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from library_samples import page

from store import rulebook as rulebook_module
from store.adding import Added
from store.article import TITLE, Article, Highlight, Position, RawPage
from store.changes import anchored
from store.cleaning import clean
from store.corrections import Correction
from store.entities import extract
from store.errors import CorrectionError, LibraryReadOnly
from store.glance import glance
from store.index.index import Index, IndexDamaged
from store.library import Change, Library
from store.lock import Lock
from store.query import ALL, parse

TAM, BINH = "person:lê văn tám", "person:ngô thị bình"


def text(number: int, opening: str = "Sáng nay") -> RawPage:
    people = ["ông Lê Văn Tám", "bà Ngô Thị Bình", "ông Đỗ Minh Hà"]
    lines = [
        f"Khánh thành cầu số {number}",
        f"0{number % 9 + 1}/03/2021 08:15",
        f"{opening} {people[number % 3]} dự lễ khánh thành cây cầu thứ {number} tại xã Hòa Sơn.",
        f"Người dân hai bờ từ nay không còn phải chờ đò số {number}. Mọi người vui mừng.",
        "Trẻ em đi học không còn phải dậy sớm như trước đây nữa.",
    ]
    return page("\n".join(lines), path=f"{number}.txt", url=f"https://bao.vn/{number}")


def put(library: Library, *pages: RawPage) -> Added:
    return library.add((extract(clean(page)), page) for page in pages)


pytestmark = pytest.mark.usefixtures("small_and_quick")


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as opened:
        put(opened, *map(text, range(9)))
        yield opened


def ids(library: Library, query: str = "") -> list[str]:
    """In the order of import."""
    return list(library.select(parse(query).with_sort("added")).ids())[::-1]


def people(library: Library) -> dict[str, int]:
    return {facet.name: facet.count for facet in library.facets(ALL, "person")}


def hide(key: str, article: str | None = None) -> Correction:
    return Correction("hide", key, None, article)


def test_the_library_is_what_the_tests_think(library: Library) -> None:
    assert people(library) == {"Lê Văn Tám": 3, "Ngô Thị Bình": 3, "Đỗ Minh Hà": 3}
    assert library.corrections() == ()


def test_one_article_or_all(library: Library) -> None:
    everyone = ids(library)
    done = library.correct([hide(TAM, everyone[0])])
    assert done.added == library.corrections()
    assert people(library)["Lê Văn Tám"] == 2
    assert ids(library, "person:Lê Văn Tám") == [everyone[3], everyone[6]]
    library.correct([Correction("rename", BINH, "Ngô Thanh Bình")])
    assert people(library) == {"Lê Văn Tám": 2, "Ngô Thanh Bình": 3, "Đỗ Minh Hà": 3}
    assert "Ngô Thanh Bình" in [entity.name for entity in library.article(everyone[1]).entities]
    assert library.check() == []


def test_undo_is_one_call(library: Library) -> None:
    first = library.correct([Correction("rename", BINH, "Lê Văn Tám"), hide("person:đỗ minh hà")])
    assert people(library) == {"Lê Văn Tám": 6}
    library.correct([hide(TAM)])
    assert people(library) == {}
    back = library.correct(first.dropped, first.added)
    assert people(library) == {"Ngô Thị Bình": 3, "Đỗ Minh Hà": 3}
    library.correct(back.dropped, back.added)
    assert people(library) == {}
    library.correct(drop=library.corrections())
    assert people(library) == {"Lê Văn Tám": 3, "Ngô Thị Bình": 3, "Đỗ Minh Hà": 3}
    assert library.check() == []


def test_lists_search_and_sorting_follow_facts(library: Library) -> None:
    id = ids(library)[4]
    done = library.correct(
        [
            Correction("title", "", "Cây cầu mong đợi của bà Mùa Thị Xuân", id),
            Correction("published", "", "31/12/2022", id),
            Correction("source", "", "Báo Đồng Quê", id),
            Correction("author", "", "Lan Chi", id),
        ]
    )
    assert ids(library, "title:mong doi") == ids(library, "source:Báo Đồng Quê") == [id]
    assert ids(library, "author:lan chi, date:2022-12-31") == ids(library, "person:Mùa Thị Xuân") == [id]
    assert library.select(ALL)[0].title == "Cây cầu mong đợi của bà Mùa Thị Xuân"
    library.correct(done.dropped, done.added)
    assert ids(library, "title:mong doi") == ids(library, "author:lan chi") == []
    assert library.article(id).title == "Khánh thành cầu số 4"


def test_a_line_taken_out_is_not_found_and_the_place_of_reading_moves(library: Library) -> None:
    id = ids(library)[0]
    blocks = library.article(id).blocks
    marked = Highlight(2, 0, 10, head=blocks[2].text[:10], tail=blocks[2].text[:10])
    library.change([id], Change(position=Position(2, 4), add_highlights=(marked,)))
    done = library.correct([Correction("line", "4", "junk", id)])
    assert id not in ids(library, "cho do")
    after = library.article(id)
    assert [block.line for block in after.blocks] == [3, 5]
    assert after.state.position == Position(1, 4)
    assert [mark.block for mark in after.state.highlights] == [1]
    library.correct(done.dropped, done.added)
    again = library.article(id)
    assert (again.blocks, again.state.position) == (blocks, Position(2, 4))
    assert [mark.block for mark in again.state.highlights] == [2]


def test_a_mark_on_the_headline_follows_its_correction(library: Library) -> None:
    id = ids(library)[0]
    title = library.article(id).title
    library.change([id], Change(add_highlights=(anchored(title, TITLE, 0, 4),)))
    done = library.correct([Correction("title", "", f"Mới: {title}", id)])
    after = library.article(id)
    assert [after.passage(mark) for mark in after.state.highlights] == [title[:4]]
    library.correct(done.dropped, done.added)
    again = library.article(id)
    assert [(mark.start, again.passage(mark)) for mark in again.state.highlights] == [(0, title[:4])]


def test_they_apply_to_what_comes_later(library: Library) -> None:
    library.correct([hide(TAM)])
    put(library, text(12))
    assert "Lê Văn Tám" not in people(library)
    assert ids(library, "person:tám") == []


def test_they_survive_cleaning_again(library: Library) -> None:
    id = ids(library)[0]
    library.correct([hide(TAM), Correction("line", "4", "junk", id), Correction("title", "", "Mới", id)])
    library.change([id], Change(position=Position(1, 4)))
    raw = library.page(id)
    assert raw is not None
    library.renew([replace(extract(clean(raw)), id=id)])
    article = library.article(id)
    assert (article.title, [block.line for block in article.blocks]) == ("Mới", [3, 5])
    assert article.state.position == Position(1, 4)
    assert "Lê Văn Tám" not in people(library)
    with Library.open(library.folder) as other:
        assert other.article(id) == article


def test_they_are_never_written_into_volumes(library: Library, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*-*.json")}
    library.correct([hide(TAM), Correction("title", "", "Mới", ids(library)[0])])
    assert {path.name: path.read_bytes() for path in folder.glob("*-*.json")} == before


def test_a_new_version_of_a_page_keeps_all_but_its_lines(library: Library) -> None:
    id = ids(library)[0]
    library.correct([Correction("line", "4", "junk", id), Correction("author", "", "Lan Chi", id)])
    assert put(library, text(0, "Chiều nay")).updated == (id,)
    article = library.article(id)
    assert [block.line for block in article.blocks] == [3, 4, 5]
    assert article.author == "Lan Chi"
    assert [rule.op for rule in library.corrections()] == ["author"]


def test_what_is_purged_takes_its_corrections_along(library: Library, folder: Path) -> None:
    id = ids(library)[0]
    library.correct([Correction("title", "", "Chuyện riêng", id), hide(TAM)])
    library.purge([id])
    assert [rule.op for rule in library.corrections()] == ["hide"]
    assert not [path for path in folder.glob("*.json*") if "Chuyện riêng" in path.read_text("utf-8")]


def test_for_an_article_that_is_not_here_yet(library: Library) -> None:
    (id,) = put(library, text(20)).new
    library.purge([id])
    library.correct([Correction("title", "", "Chờ sẵn", id)])
    assert put(library, text(20)).new == (id,)
    assert library.article(id).title == "Chờ sẵn"


def test_a_rule_of_no_sense_changes_nothing(library: Library) -> None:
    with pytest.raises(CorrectionError):
        library.correct([hide(TAM), Correction("published", "", "hôm qua", ids(library)[0])])
    assert library.corrections() == ()
    assert people(library)["Lê Văn Tám"] == 3


def test_saying_it_twice_writes_nothing(library: Library, folder: Path) -> None:
    library.correct([hide(TAM)])
    before = (folder / "library.json").read_bytes()
    assert not library.correct([hide(TAM)])
    assert not library.correct(drop=[hide(BINH)])
    assert (folder / "library.json").read_bytes() == before


# -- kills, other processes, damage --------------------------------------------------------------


@pytest.mark.parametrize("reopen", [True, False])
def test_a_kill_before_the_index_knew(library: Library, folder: Path, reopen: bool) -> None:
    """library.json was written, the index was not: as after a kill between the two."""

    def full(*_: object, **__: object) -> None:
        raise IndexDamaged("index_damaged", reason="disk full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Index, "correct", full)
        library.correct([hide(TAM)])
        assert "Lê Văn Tám" in people(library)
    if reopen:
        with Library.open(folder) as other:
            assert "Lê Văn Tám" not in people(other)
            assert other.check() == []
    library.refresh()
    assert "Lê Văn Tám" not in people(library)


def test_a_volume_healed_before_the_corrections_were_followed(library: Library) -> None:
    def full(*_: object, **__: object) -> None:
        raise IndexDamaged("index_damaged", reason="disk full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Index, "correct", full)
        library.correct([hide(TAM)])
    library.change(ids(library)[:1], Change(read=True))  # its state is put into an index that was behind
    assert "Lê Văn Tám" not in people(library)
    assert library.check() == []


def test_an_index_built_anew_reflects_them(library: Library, folder: Path) -> None:
    library.correct([hide(TAM), Correction("title", "", "Mới", ids(library)[0])])
    (folder / "index.sqlite").unlink()
    for read_only in (True, False):
        with Library.open(folder, read_only=read_only) as other:
            assert "Lê Văn Tám" not in people(other)
            assert len(ids(other, "title:mới")) == 1


def test_what_another_corrects_is_news_here(library: Library, folder: Path) -> None:
    with Library.open(folder) as there:
        assert not library.refresh()
        there.correct([hide(TAM)])
        assert "Lê Văn Tám" not in [entity.name for entity in library.article(ids(library)[0]).entities]
        assert library.refresh()
        assert not library.refresh()
        assert library.corrections() == there.corrections()
        library.correct([hide(BINH)])
        assert not library.refresh(), "one's own writes are no news"
        assert there.refresh()
        assert people(there) == {"Đỗ Minh Hà": 3}


def test_two_who_correct_at_once_lose_nothing(library: Library, folder: Path) -> None:
    def work(number: int) -> None:
        with Library.open(folder) as there:
            for n in range(8):
                there.correct([hide(f"person:người {number} {n}")])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    library.refresh()
    assert {rule.key for rule in library.corrections()} == {
        f"person:người {number} {n}" for number in range(3) for n in range(8)
    }
    made = [rule.made for rule in library.corrections()]
    assert made == sorted(set(made)), "each has a time of its own"
    assert library.check() == []


def test_only_the_articles_concerned_are_put_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    real = Index.correct

    def spy(
        self: Index,
        number: int,
        seq: int,
        ids: list[str],
        articles: Iterator[tuple[int, Article]],
        **how: Any,
    ) -> None:
        kept = list(articles)
        seen.append([article.id for _, article in kept])
        assert seen[-1] == ids
        real(self, number, seq, ids, kept, **how)

    monkeypatch.setattr(Index, "correct", spy)
    everyone = ids(library)
    done = library.correct([Correction("rename", TAM, "Ông Tám Cầu")])
    library.correct([Correction("title", "", "Mới", everyone[1])])
    library.correct(done.dropped, done.added)
    assert seen == [everyone[::3], everyone[1:2], everyone[::3]]
    assert library.check() == []


def test_many_are_put_anew_some_at_a_time(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In between others get the lock, and lists are no longer those of before, nor yet those of after."""
    monkeypatch.setattr(rulebook_module, "AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    counts: list[int] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        counts.append(people(library).get("Lê Văn Tám", 0))
        with Lock(folder / "library.lock", patience=0):
            assert (glance(folder, lambda: library) is None) == (done < of)

    done = library.correct([hide(TAM)], progress=progress)
    assert told == [(2, 3), (3, 3)]
    assert counts == [1, 0]
    library.correct(done.dropped, done.added)
    assert people(library)["Lê Văn Tám"] == 3
    assert library.check() == []


def test_a_kill_before_all_are_put_anew(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook_module, "AT_ONCE", 1)

    def killed(*_: int) -> None:
        raise KeyboardInterrupt

    for add, drop, left in (([hide(TAM)], [], {}), ([], [hide(TAM)], {"Lê Văn Tám": 3})):
        with pytest.raises(KeyboardInterrupt):
            library.correct(add, drop, progress=killed)
        assert people(library).get("Lê Văn Tám", 0) in (1, 2)
        with Library.open(folder) as other:
            assert {name: n for name, n in people(other).items() if name == "Lê Văn Tám"} == left
            assert other.check() == []
        assert not library.refresh() or people(library).get("Lê Văn Tám", 0) == left.get("Lê Văn Tám", 0)


def test_a_text_is_not_told_anew_for_a_name(library: Library) -> None:
    """Else the old one would be nobody's, and the index begun anew after a few such corrections."""

    def nobodys() -> int:
        index = Index.open(library.folder / "index.sqlite")
        with index:
            return int(index.look(lambda c: c.execute("SELECT nobodys FROM contents").fetchone()[0]))

    done = library.correct([Correction("rename", TAM, "Ông Tám Cầu")])
    library.correct([hide(BINH)])
    library.correct([Correction("hide", "person:đỗ minh hà", None, ids(library)[2])])
    library.correct(done.dropped, done.added)
    assert nobodys() == 0
    assert ids(library, 'person:"lê văn tám"') == ids(library)[::3]
    assert ids(library, "person:cầu") == ids(library, 'person:"bà ngô thị bình"') == []
    library.correct([Correction("line", "4", "junk", ids(library)[0])])
    assert nobodys() == 1


def test_a_damaged_library_file_gives_way_to_its_backup(library: Library, folder: Path) -> None:
    path = folder / "library.json"
    library.correct([hide(TAM)])
    library.correct([hide(BINH)])
    library.close()
    path.write_bytes(path.read_bytes()[:-20])
    with Library.open(folder) as other:
        assert [(problem.code, problem.path) for problem in other.problems] == [("restored", str(path))]
        assert people(other) == {"Ngô Thị Bình": 3, "Đỗ Minh Hà": 3}
        other.correct([hide(BINH)])
        assert people(other) == {"Đỗ Minh Hà": 3}
    assert list(folder.glob("library.json.corrupt-*"))


def test_with_its_backup_damaged_too_articles_are_as_they_were(library: Library, folder: Path) -> None:
    library.correct([hide(TAM)])
    library.close()
    for path in folder.glob("library.json*"):
        path.write_bytes(b"torn")
    with Library.open(folder) as other:
        assert [problem.code for problem in other.problems] == ["damaged"]
        assert people(other)["Lê Văn Tám"] == 3
        with pytest.raises(LibraryReadOnly):
            other.correct([hide(BINH)])
        put(other, text(12))
    assert (folder / "library.json").read_bytes() == b"torn"


@pytest.mark.parametrize("kept", [True, False])
def test_a_repair_saves_of_damaged_corrections_what_can_be_read(
    library: Library, folder: Path, kept: bool
) -> None:
    library.correct([hide(TAM)])
    library.correct([hide(BINH)])
    library.close()
    for path in folder.glob("library.json*"):
        path.write_bytes(path.read_bytes().replace(TAM.encode(), b"person:x") if kept else b"torn")
    with Library.open(folder) as other:
        assert other.corrections() == ()
        assert len(other.repair().aside) == 2
        assert [rule.key for rule in other.corrections()] == (["person:x", BINH] if kept else [])
        assert ("Ngô Thị Bình" not in people(other)) == kept
        other.correct([hide(TAM)])
        assert "Lê Văn Tám" not in people(other)
    with Library.open(folder) as other:
        assert other.problems == []
        assert "Lê Văn Tám" not in people(other)


def test_a_rule_of_a_later_bandoc_is_named_and_kept(library: Library, folder: Path) -> None:
    strange = {"op": "paint", "key": "person:x", "to": "red", "article": None}
    library.correct([hide(TAM)])
    library._volumes._db(folder / "library.json").table("corrections").insert(strange)
    with Library.open(folder) as other:
        other.correct([hide(BINH)])
        assert [problem.code for problem in other.problems] == ["strange_correction"]
        assert [rule.key for rule in other.corrections()] == [TAM, BINH]
    assert strange in json.loads((folder / "library.json").read_bytes())["corrections"].values()


@pytest.mark.parametrize(
    "spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b""), lambda path: None]
)
def test_no_file_no_corrections(library: Library, folder: Path, spoil: Callable[[Path], None]) -> None:
    before = library.corrections()
    library.close()
    for path in folder.glob("library.json*"):
        spoil(path)
    with Library.open(folder) as other:
        assert other.corrections() == before
        assert len(ids(other)) == 9


def test_a_library_without_corrections_does_not_apply_any(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import must not pay for what is not there: no page is read, nothing extracted anew."""

    def never(*_: object) -> None:
        raise AssertionError("called without need")

    monkeypatch.setattr("store.correcting.extract", never)
    monkeypatch.setattr("store.correcting._entities", never)
    put(library, text(12), text(13))
    library.correct([hide("person:không ai")])
    put(library, text(14), text(15))
    assert len(library) == 13
