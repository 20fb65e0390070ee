"""The library as the screen and the command line use it: taking in, finding, changing, taking out."""

import hashlib
import json
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from library_samples import Item, item, items, page

from store import library as library_module
from store import volumes as volumes_module
from store.article import Entity, Highlight, Mention, Note, Position, State
from store.article_json import from_json, to_json
from store.errors import ArticleNotFound, LibraryError, LibraryLocked, LibraryReadOnly, LoadError
from store.library import Added, Change, Library
from store.query import ALL, parse


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library:
        yield library


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Volumes of 5."""
    monkeypatch.setattr(volumes_module, "VOLUME", 5)
    monkeypatch.setattr(library_module, "BATCH", 5)


def reopened(library: Library) -> Library:
    library.close()
    return Library.open(library.folder)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json*")}


# -- a new library -------------------------------------------------------------------------------


def test_a_new_library_is_empty_and_private(library: Library) -> None:
    assert len(library) == 0
    assert list(library.select(ALL)) == []
    assert library.problems == library.check() == []
    assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
    for path in library.folder.glob("*.json*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads((library.folder / "library.json").read_bytes())["corrections"] == {}
    assert not library.refresh()


def test_folders_above_are_made(tmp_path: Path) -> None:
    Library.open(tmp_path / "a" / "b").close()
    assert (tmp_path / "a" / "b" / "library.json").exists()


def test_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    for read_only in (False, True):
        with pytest.raises(LibraryError) as caught:
            Library.open(tmp_path / "x", read_only=read_only)
        assert caught.value.code == "not_a_folder"


def test_only_reading_makes_no_library(folder: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        Library.open(folder, read_only=True)
    assert caught.value.code == "no_library"
    assert not folder.exists()


# -- taking in -----------------------------------------------------------------------------------


def test_what_is_added_is_there(library: Library) -> None:
    added = library.add(items(3))
    assert len(added.new) == len(library) == 3
    assert added == Added(new=added.new)
    for again in (library, reopened(library)):
        for number, id in enumerate(added.new):
            article, source = item(number)
            stored = again.article(id)
            assert stored.id == id
            assert (stored.title, stored.blocks, stored.state) == (article.title, article.blocks, State())
            assert again.page(id) == source
            assert [origin.text_sha256 for origin in stored.origins] == [source and source.text_sha256]
            assert stored.origins[0].imported.endswith("Z")
        assert {row.id for row in again.select(ALL)} == set(added.new)
        again.close()


def test_what_is_known_is_not_added_again(library: Library) -> None:
    first = library.add(items(3))
    before = files(library.folder)
    again = library.add([*items(3), item(7), item(7)])
    assert again.known == first.new
    assert len(again.new) == 1
    assert library.add(items(3)) == Added(known=first.new)
    assert before.keys() <= files(library.folder).keys()
    with reopened(library) as later:
        assert later.add(items(3)) == Added(known=first.new)
        assert len(later) == 4


def test_what_is_all_known_writes_nothing(library: Library) -> None:
    library.add(items(3))
    before = files(library.folder)
    library.add(items(3))
    assert files(library.folder) == before


def test_the_id_is_that_of_the_text(library: Library) -> None:
    article, source = item(1)
    source = page("  Tiêu ĐỀ\n\n một  ")
    plain = "tiêu đề một"
    (id,) = library.add([(article, source)]).new
    assert id == hashlib.sha256(plain.encode()).hexdigest()[:13]


def test_two_texts_with_one_id_get_two(library: Library) -> None:
    article, _ = item(1)
    first, second, third = library.add([(article, page(text)) for text in ("a b", "A  b", "a\nB")]).new
    assert int(second, 16) == int(first, 16) + 1
    assert int(third, 16) == int(first, 16) + 2
    (fourth,) = library.add([(article, page("A B"))]).new
    assert int(fourth, 16) == int(first, 16) + 3


def test_an_article_keeps_its_own_id_if_it_is_free(library: Library) -> None:
    article, source = item(1)
    (id,) = library.add([(replace(article, id="00000000000ab"), source)]).new
    assert id == "00000000000ab"
    other, source = item(2)
    assert library.add([(replace(other, id=id), source)]).new == ("00000000000ac",)


@pytest.mark.parametrize("id", ["", "x" * 13, "ABCDEF0123456", "0" * 13, "12", "../../etc/pas"])
def test_an_id_that_is_none_is_not_kept(library: Library, id: str) -> None:
    article, source = item(1)
    (given,) = library.add([(replace(article, id=id), source)]).new
    assert given != id
    assert library.article(given).title == article.title


def test_a_known_address_with_a_new_text_is_a_new_version(library: Library) -> None:
    url = "https://bao.example/tin-1"
    (id,) = library.add([item(1, url=url)]).new
    library.change([id], Change(read=True, add_tags=("giữ",)))
    added = library.add([item(1, url=url, words="Bản sửa của bài")])
    assert added == Added(known=(id,), updated=(id,))
    with reopened(library) as later:
        article = later.article(id)
        assert article.blocks[0].text.startswith("Bản sửa")
        assert article.state == State(read=True, tags=("giữ",))
        assert len(article.origins) == 2
        source = later.page(id)
        assert source is not None
        assert "Bản sửa" in source.text
        assert [row.id for row in later.select(parse("bản sửa"))] == [id]
        assert list(later.select(parse('"nội dung"'))) == []
        # Both texts are known now.
        assert later.add([item(1, url=url)]) == Added(known=(id,))
        assert len(later) == 1


def test_two_versions_in_one_import(library: Library) -> None:
    url = "https://bao.example/tin-1"
    added = library.add([item(1, url=url), item(2), item(1, url=url, words="Bản sửa của bài")])
    assert len(added.new) == 2
    assert library.article(added.new[0]).blocks[0].text.startswith("Bản sửa")


def test_a_removed_article_stays_removed(library: Library) -> None:
    url = "https://bao.example/tin-1"
    (id,) = library.add([item(1, url=url)]).new
    library.change([id], Change(removed=True))
    removed = library.article(id).state.removed
    assert removed is not None
    assert library.add([item(1, url=url)]) == Added(removed=(id,))
    assert library.add([item(1, url=url, words="Bản sửa của bài")]) == Added(removed=(id,))
    assert library.article(id).state.removed == removed
    assert library.article(id).blocks[0].text.startswith("Nội dung")
    assert len(library) == 0


def rich() -> Item:
    """An article with something in every field."""
    article, _ = item(5)
    text = article.blocks[0].text
    entity = Entity(
        "place", "place:hà nội", "Hà Nội", mentions=(Mention(0, text.index("Hà"), len(text) - 8),)
    )
    state = State(True, True, "2026-01-01T00:00:00Z", ("b", "a"), (Note("ghi", "2026-01-01T00:00:00Z"),),
                  (Highlight(0, 0, 4, "Nội ", "Nội "),), Position(0, 3))  # fmt: skip
    return replace(
        article, id="00000000000ff", entities=(entity,), abbreviations={"HN": "Hà Nội"}, state=state
    ), None


def test_own_json_comes_back_without_loss(library: Library, tmp_path: Path) -> None:
    (id,) = library.add([rich()]).new
    shown = to_json(library.article(id))
    with Library.open(tmp_path / "other") as other:
        assert other.add([(from_json(json.loads(json.dumps(shown))), None)]).new == (id,)
        assert to_json(other.article(id)) == shown
        assert other.page(id) is None
        assert other.add([(from_json(shown), None)]) == Added(removed=(id,))


def test_import_never_changes_the_reading_state(library: Library) -> None:
    (id,) = library.add([item(1)]).new
    library.change([id], Change(starred=True))
    article = replace(library.article(id), state=State(read=True, tags=("khác",)))
    assert library.add([(article, None)]) == Added(known=(id,))
    assert library.article(id).state == State(starred=True)


def test_an_import_cut_off_keeps_its_whole_batches(library: Library, small: None) -> None:
    def broken() -> Iterator[Item]:
        yield from items(12)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        library.add(broken())
    assert len(library) == 10
    assert len(library.add(items(12)).new) == 2


def test_volumes_are_filled_one_after_the_other(library: Library, small: None) -> None:
    added = library.add(items(3))
    added += library.add(items(9, start=3))
    sizes = [len(json.loads(path.read_bytes())["articles"])
             for path in sorted(library.folder.glob("articles-*.json"))]  # fmt: skip
    assert sizes == [5, 5, 2]
    library.purge(added.new[1:3])
    library.add(items(2, start=20))
    with reopened(library) as later:
        assert len(later) == 12
        assert [row.title for row in later.select(ALL)][-2:] == ["Tiêu đề số 20", "Tiêu đề số 21"]
        assert json.loads((library.folder / "articles-0000.json").read_bytes())["articles"].keys() == {
            str(int(added.new[place], 16)) for place in (0, 3, 4)
        }


def test_a_file_name_that_is_no_utf8(library: Library) -> None:
    article, source = item(1)
    assert source is not None
    (id,) = library.add([(article, replace(source, path="b\udce0i.txt"))]).new
    with reopened(library) as later:
        assert later.article(id).origins[0].path == "b\\udce0i.txt"
        assert later.page(id) == replace(source, path="b\\udce0i.txt")


@pytest.mark.parametrize("field", [
    {"abbreviations": {"a": float("nan")}}, {"abbreviations": {"a": {"b": [1]}}},
    {"blocks": [{"kind": "paragraph", "text": "x", "line": 10**400}]},
    {"dropped": [{"line": 2**53, "start": 0, "end": 1, "text": "x", "why": ""}]},
    {"position": {"block": 0, "offset": -(10**40)}},
    {"entities": [{"type": "person", "key": "k", "name": "n", "roles": [1.5]}]},
])  # fmt: skip
def test_what_no_volume_can_hold_is_no_article(field: dict[str, object]) -> None:
    with pytest.raises(LoadError):
        from_json({"title": "t", "blocks": []} | field)


# -- finding -------------------------------------------------------------------------------------


def test_the_beginning_of_an_id_will_do(library: Library) -> None:
    base = item(1)[0]
    ids = library.add([(replace(base, id=id), page(id)) for id in ("abc0000000001", "abd0000000001")]).new
    assert library.article("abc").id == ids[0]
    assert library.article(" ABD ").id == ids[1]
    with pytest.raises(ArticleNotFound) as caught:
        library.article("ab")
    assert caught.value.code == "ambiguous"
    assert set(caught.value.fields["matches"]) == set(ids)
    for missing in ("", "fff", "abc00000000012", "%", "không"):
        with pytest.raises(ArticleNotFound):
            library.article(missing)
        with pytest.raises(ArticleNotFound):
            library.page(missing)


def test_few_volumes_stay_in_memory(library: Library, small: None) -> None:
    added = library.add(items(60))
    for id in added.new:
        library.article(id)
        library.page(id)
    parsed = [db.storage for db in library._volumes._files.values() if db.storage._held.tables]  # type: ignore[attr-defined]
    assert len(parsed) <= sum(volumes_module._KEPT.values()) + 1
    assert library.article(added.new[0]).title == "Tiêu đề số 0"


# -- changing ------------------------------------------------------------------------------------


def test_a_change_and_its_inverse(library: Library) -> None:
    one, two, three = library.add(items(3)).new
    library.change([one], Change(starred=True, add_tags=("a",)))
    before = {id: library.article(id).state for id in (one, two, three)}
    inverse = library.change([one, two], Change(read=True, starred=True, add_tags=("a", "b"), removed=True))
    assert library.article(two).state.tags == ("a", "b")
    assert {row.id for row in library.select(parse("tag:b is:removed"))} == {one, two}
    assert inverse.ids == (one, two)
    library.change([two], Change(add_notes=(Note("sau đó", "2026-01-01T00:00:00Z"),)))
    again = library.change(inverse.ids, inverse)
    assert library.article(one).state == before[one]
    assert library.article(two).state == replace(before[two], notes=(Note("sau đó", "2026-01-01T00:00:00Z"),))
    library.change(again.ids, again)
    with reopened(library) as later:
        assert later.article(one).state.removed is not None
        assert later.article(three).state == State()


def test_a_change_of_nothing_writes_nothing(library: Library) -> None:
    (id,) = library.add([item(1)]).new
    library.change([id], Change(read=True))
    before = files(library.folder)
    inverse = library.change([id], Change(read=True, drop_tags=("không có",)))
    assert inverse == Change()
    assert inverse.ids == ()
    assert library.change(inverse.ids, inverse) == Change()
    assert files(library.folder) == before


def test_a_key_press_writes_the_state_only(library: Library) -> None:
    ids = library.add(items(3)).new
    library.change([ids[0]], Change(starred=True))
    before = files(library.folder)
    library.change([ids[1]], Change(read=True))
    changed = {name for name, data in files(library.folder).items() if before.get(name) != data}
    assert changed == {"state-0000.json", "state-0000.json.bak"}


def test_a_change_with_an_unknown_id_changes_nothing(library: Library, small: None) -> None:
    ids = library.add(items(8)).new
    with pytest.raises(ArticleNotFound):
        library.change([*ids, "0123456789abc"], Change(read=True))
    assert not any(row.read for row in library.select(ALL))


def test_what_a_reader_types_is_cleaned(library: Library) -> None:
    (id,) = library.add([item(1)]).new
    change = Change(
        add_tags=("a\x1b[31m\udcff b\n", "\t", ""), add_notes=(Note("x\x07", "2026-01-01T00:00:00Z"),)
    )
    inverse = library.change([id], change)
    state = library.article(id).state
    assert state.tags == ("a b",)
    assert state.notes[0].text == "x"
    library.change([id], inverse)
    assert library.article(id).state == State()


def test_a_change_over_volumes(library: Library, small: None) -> None:
    ids = library.add(items(12)).new
    inverse = library.change(reversed(ids), Change(read=True))
    assert all(row.read for row in library.select(ALL))
    library.change(inverse.ids, inverse)
    assert not any(row.read for row in library.select(ALL))


def test_someone_who_writes_too_long(library: Library) -> None:
    (id,) = library.add([item(1)]).new
    with Library.open(library.folder) as other:
        library._lock.patience = 0.05
        with other._lock, pytest.raises(LibraryLocked):
            library.change([id], Change(read=True))
        library.change([id], Change(read=True))


def test_a_new_version_keeps_what_was_marked(library: Library) -> None:
    url = "https://bao.example/tin-1"
    (id,) = library.add([item(1, url=url)]).new
    text = library.article(id).blocks[0].text
    start = text.index("Hà Nội")
    kept, lost = (
        Highlight(0, start, start + 6, "Hà Nội", "Hà Nội"),
        Highlight(0, 0, 8, "Nội dung", "Nội dung"),
    )
    library.change([id], Change(add_highlights=(kept, lost), position=Position(0, start)))
    library.add([item(1, url=url, words="Bản sửa rất dài của bài")])
    article = library.article(id)
    (mark,) = article.state.highlights
    assert article.blocks[0].text[mark.start : mark.end] == "Hà Nội"
    assert [note.text for note in article.state.notes] == ["Nội dung"]


def test_cleaning_again_keeps_state_and_origins(library: Library) -> None:
    ids = library.add(items(2)).new
    library.change([ids[0]], Change(starred=True))
    before = library.article(ids[0])
    library.renew([replace(before, title="Tít mới", origins=(), state=State())])
    after = library.article(ids[0])
    assert after == replace(before, title="Tít mới")
    assert library.page(ids[0]) is not None
    assert [row.title for row in library.select(parse("tít mới"))] == ["Tít mới"]
    assert library.renew([replace(after, id="0123456789abc"), after]) == (ids[0],)


# -- taking out ----------------------------------------------------------------------------------


def test_what_is_purged_is_nowhere(library: Library) -> None:
    ids = library.add(items(3)).new
    library.change(ids, Change(add_tags=("x",)))
    library.purge(ids[:2])
    for data in files(library.folder).values():
        for id in ids[:2]:
            assert str(int(id, 16)).encode() not in data
            assert id.encode() not in data
    for again in (library, reopened(library)):
        assert [row.id for row in again.select(ALL)] == [ids[2]]
        with pytest.raises(ArticleNotFound):
            again.article(ids[0])
        assert again.article(ids[2]).state.tags == ("x",)
    with reopened(library) as later:
        assert len(later.add(items(3)).new) == 2
        assert later.article(ids[0]).state == State()


# -- only reading --------------------------------------------------------------------------------


def test_reading_only_changes_no_byte(folder: Path) -> None:
    with Library.open(folder) as library:
        ids = library.add(items(3)).new
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with Library.open(folder, read_only=True) as reader:
        assert reader.read_only
        assert len(reader) == 3
        assert reader.article(ids[0]).id == ids[0]
        for write in (
            lambda: reader.add(items(1)),
            lambda: reader.change(ids, Change(read=True)),
            lambda: reader.purge(ids),
            lambda: reader.renew([]),
        ):
            with pytest.raises(LibraryReadOnly):
                write()
        assert not reader.refresh()
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: after.get(name) for name in before} == before


def test_reading_only_without_an_index(folder: Path) -> None:
    with Library.open(folder) as library:
        ids = library.add(items(3)).new
    (folder / "index.sqlite").unlink()
    with Library.open(folder, read_only=True) as reader:
        assert {row.id for row in reader.select(ALL)} == set(ids)
        with Library.open(folder) as writer:
            writer.change(ids[:1], Change(read=True))
            writer.add(items(1, start=9))
        assert reader.refresh()
        assert len(reader) == 4
        assert reader.article(ids[0]).state.read


# -- several threads -----------------------------------------------------------------------------


def test_threads_read_while_others_write(library: Library) -> None:
    ids = library.add(items(40)).new
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                rows = library.select(parse("nội dung"))
                assert len(rows) >= 40
                assert library.article(rows[0].id).title
                library.refresh()
        except BaseException as error:
            failures.append(error)

    def take_in() -> None:
        try:
            for number in range(5):
                library.add(items(2, start=100 + 2 * number))
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    writer = threading.Thread(target=take_in)
    for thread in [*readers, writer]:
        thread.start()
    for id in ids[:15]:
        library.change([id], Change(read=True))
    writer.join()
    done.set()
    for thread in readers:
        thread.join()
    assert failures == []
    with reopened(library) as later:
        assert later.counts().unread == 35
        assert later.check() == []
