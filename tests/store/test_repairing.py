"""Volumes of articles that are gone or damaged beyond their backup, made anew from the pages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from store import cleaning
from store.article import Article, Highlight, Note, Position, RawPage
from store.changes import Watch
from store.cleaning import clean
from store.entities import extract
from store.errors import LibraryReadOnly
from store.library import Change, Library
from store.loaders import make_page
from store.query import parse
from store.searches import Search

TEXT = """Xã {n} trồng xong rừng phòng hộ
07/03/2024 08:15
Sáng 7/3, bà Hồ Thị Lý, Chủ tịch UBND xã {n}, cùng dân bản trồng nốt cây cuối.
Rừng mới rộng bằng ba mươi sân bóng, chủ yếu là lát hoa và sa mu.
"""


pytestmark = pytest.mark.usefixtures("small_and_quick")


@pytest.fixture
def articles(folder: Path) -> dict[str, Article]:
    """Ten articles in three volumes, with the state that a reader gave them."""
    pages = [make_page(TEXT.format(n=n), f"rung-{n}.txt") for n in range(10)]
    with Library.open(folder) as library:
        ids = library.add((extract(clean(page)), page) for page in pages).new
        library.change(ids[3:6], Change(starred=True, add_tags=("rừng",)))
        text = library.article(ids[5]).blocks[1].text
        mark = Highlight(1, 4, 40, text[4:36], text[8:40])
        library.change([ids[5]], Change(add_highlights=(mark,), position=Position(1, 7)))
        return {id: library.article(id) for id in ids}


def rename_all(folder: Path, pattern: str, how: Callable[[Path], object]) -> dict[str, bytes]:
    before = {path.name: path.read_bytes() for path in folder.glob(pattern)}
    for name in before:
        how(folder / name)
    return before


CUT = 30  # bytes
DAMAGE = {
    "gone": lambda path: path.unlink(),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-CUT]),
    "empty": lambda path: path.write_bytes(b""),
}


def content(article: Article) -> Article:
    """Without the time of import, which only the lost file knew."""
    return replace(article, origins=tuple(replace(origin, imported="") for origin in article.origins))


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("volume", [0, 1, 2])
def test_lost_articles_come_back_with_ids_and_state(
    folder: Path, articles: dict[str, Article], damage: str, volume: int
) -> None:
    before = rename_all(folder, f"articles-000{volume}.json*", DAMAGE[damage])
    ids = list(articles)
    mine = ids[4 * volume : 4 * volume + 4]
    with Library.open(folder) as library:
        assert [problem.code for problem in library.problems] == [
            "missing" if damage == "gone" else "damaged"
        ]
        (found,) = [problem for problem in library.check() if problem.code == "lost_articles"]
        assert found.fields["n"] == len(mine)
        assert len(library) == 10 - len(mine)
        steps: list[tuple[int, int]] = []
        repaired = library.repair(lambda *step: steps.append(step))
        assert repaired.articles == tuple(mine)
        assert steps[-1] == (len(mine), len(mine))
        assert {id: content(library.article(id)) for id in ids} == {
            id: content(article) for id, article in articles.items()
        }
        assert {row.id for row in library.select(parse("is:starred, Hồ Thị Lý"))} == set(ids[3:6])
        assert library.repair() == type(repaired)()
    kept = sorted(path.read_bytes() for path in folder.glob("*.corrupt-*"))
    left = {"gone": [], "empty": [b""] * len(before), "torn": [data[:-CUT] for data in before.values()]}
    assert kept == sorted(left[damage]), "nothing was deleted"
    with Library.open(folder) as library:
        assert library.problems == []
        assert {problem.code for problem in library.check()} <= {"set_aside"}


def test_without_repair_nothing_is_changed(folder: Path, articles: dict[str, Article]) -> None:
    rename_all(folder, "articles-0001.json*", DAMAGE["torn"])
    before = {path.name: path.read_bytes() for path in folder.glob("*.json*")}
    with Library.open(folder, read_only=True) as library:
        assert "lost_articles" in [problem.code for problem in library.check()]
        with pytest.raises(LibraryReadOnly):
            library.repair()
    assert {path.name: path.read_bytes() for path in folder.glob("*.json*")} == before


def test_articles_without_a_page_are_read_from_the_damaged_file(
    folder: Path, articles: dict[str, Article]
) -> None:
    with Library.open(folder) as library:
        alone = replace(next(iter(articles.values())), id="", title="Từ JSON", origins=())
        (id,) = library.add([(alone, None)]).new
        library.change([id], Change(add_notes=(Note("nhớ", "2026-01-01T00:00:00Z"),)))
        whole = library.article(id)
    path = folder / "articles-0002.json"
    data = path.read_bytes()
    path.write_bytes(data.replace("rừng phòng hộ".encode(), "rừng phòng hô".encode(), 1))  # the crc tells
    path.with_name(path.name + ".bak").unlink()
    with Library.open(folder) as library:
        assert set(library.repair().articles) == {*list(articles)[8:], id}
        assert library.article(id) == whole
        assert {id: content(library.article(id)) for id in articles} == {
            id: content(article) for id, article in articles.items()
        }


def test_the_articles_of_a_write_that_only_the_damaged_file_had(
    folder: Path, articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup serves, but lacks the last batch: its pages are there."""
    page = make_page(TEXT.format(n=77), "rung-77.txt")
    with Library.open(folder) as library:
        (id,) = library.add([(extract(clean(page)), page)]).new
    DAMAGE["torn"](folder / "articles-0002.json")
    with Library.open(folder) as library:
        assert len(library) == 10
        assert "lost_articles" in [problem.code for problem in library.check()]
        assert library.repair().articles == (id,)
        assert library.page(id) == page
        assert len(library) == 11


def test_states_damaged_beyond_their_backup_can_be_written_again(
    folder: Path, articles: dict[str, Article]
) -> None:
    before = rename_all(folder, "state-0001.json*", DAMAGE["torn"])
    id = list(articles)[4]
    with Library.open(folder) as library:
        with pytest.raises(LibraryReadOnly):
            library.change([id], Change(read=True))
        repaired = library.repair()
        assert (len(repaired.aside), repaired.articles) == (len(before), ())
        library.change([id], Change(read=True))
        assert library.article(id).state.read


def test_new_articles_do_not_take_the_place_of_lost_ones(folder: Path, articles: dict[str, Article]) -> None:
    """Importing the lost pages again must not wipe the stars that wait for them."""
    rename_all(folder, "articles-0001.json*", DAMAGE["gone"])
    rename_all(folder, "articles-0002.json*", DAMAGE["gone"])
    states = (folder / "state-0001.json").read_bytes()
    page = make_page(TEXT.format(n=50), "rung-50.txt")
    with Library.open(folder) as library:
        assert library.add([(extract(clean(page)), page)]).new
        assert not (folder / "articles-0001.json").exists()
        assert (folder / "state-0001.json").read_bytes() == states
        assert set(library.repair().articles) == set(list(articles)[4:])
        assert library.article(list(articles)[4]).state.starred
        assert len(library) == 11


def test_what_was_imported_again_is_not_there_twice(folder: Path, articles: dict[str, Article]) -> None:
    rename_all(folder, "articles-0001.json*", DAMAGE["gone"])
    page = make_page(TEXT.format(n=4), "rung-4.txt")
    with Library.open(folder) as library:
        library.add([(extract(clean(page)), page)])
        assert library.repair().articles == tuple(list(articles)[5:8])
        assert len(library) == 10
        assert "twice" not in [problem.code for problem in library.check()]


def test_a_page_that_fails_is_named_and_the_others_come_back(
    folder: Path, articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    rename_all(folder, "articles-0000.json*", DAMAGE["empty"])

    def broken(page: RawPage) -> Article:
        if page.text.startswith("Xã 2 "):
            raise RuntimeError("a rule that fails")
        return clean(page)

    ids = list(articles)
    with Library.open(folder) as library:
        with monkeypatch.context() as patch:
            patch.setattr(cleaning, "clean", broken)
            repaired = library.repair()
        assert [(error.code, error.fields["path"]) for error in repaired.failed] == [("internal", ids[2])]
        assert len(library) == 9
        assert library.repair().articles == (ids[2],)


def test_highlights_are_found_again_in_a_text_that_other_rules_cleaned(
    folder: Path, articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    rename_all(folder, "articles-0001.json*", DAMAGE["empty"])
    id = list(articles)[5]

    def headed(page: RawPage) -> Article:
        article = clean(page)
        return replace(article, blocks=(article.blocks[1], article.blocks[0]))

    monkeypatch.setattr(cleaning, "clean", headed)
    with Library.open(folder) as library:
        library.repair()
        after = library.article(id)
        (mark,) = after.state.highlights
        assert after.blocks[mark.block].text[mark.start : mark.end] == articles[id].blocks[1].text[4:40]
        assert mark.block == 0


def test_saved_searches_are_read_from_a_damaged_file(folder: Path, articles: dict[str, Article]) -> None:
    kept = {1: Search("Rừng", "rung, is:unread"), 2: Search("Bão", "bao OR lu")}
    with Library.open(folder) as library:
        library.change_searches({0: kept[1]})
        library.change_searches({0: kept[2]})
        assert library.searches() == kept
    for name in ("library.json", "library.json.bak"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace("Rừng".encode(), "Rựng".encode()))
    with Library.open(folder) as library:
        assert library.searches() == {}
        assert [problem.code for problem in library.check()][:1] == ["damaged"]
        repaired = library.repair()
        assert len(repaired.aside) == 2
        assert library.searches() == kept | {1: Search("Rựng", "rung, is:unread")}
    with Library.open(folder) as library:
        assert library.searches()[2] == kept[2]


def test_what_is_deleted_for_good_is_deleted_by_volumes_and_can_be_stopped(
    folder: Path, articles: dict[str, Article]
) -> None:
    told: list[tuple[int, int]] = []
    with Library.open(folder) as library:
        watch = Watch(lambda done, of: told.append((done, of)), lambda: bool(told))
        assert library.purge(articles, watch) == 4
        assert told == [(4, 10)]
        assert len(library) == 6
        assert not library.check()
        assert library.purge(list(articles)[4:]) == 6
        assert len(library) == 0
