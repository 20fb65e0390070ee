"""Kept pages cleaned anew: what is shown before, what is written, and what a reader's work becomes."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import cleaning
from store.article import Article, Block, Entity, Highlight, Mention, Position, RawPage
from store.cleaning import clean
from store.corrections import Correction
from store.entities import extract
from store.library import Change, Library
from store.query import parse
from store.recleaning import difference, prepare


def page(number: int) -> RawPage:
    text = "\n".join([
        f"Khai mạc hội chợ làng nghề lần thứ {number}",
        "07/03/2024 08:15",
        f"Sáng 7/3, ông Lê Văn Bảy, Giám đốc Sở Công Thương Bến Tre, cắt băng khai mạc hội chợ {number}.",
        "Hơn một trăm gian hàng gốm, mây tre và dừa sáp mở cửa đến hết tuần sau.",
        "Khách vào cửa không mất tiền, riêng chỗ gửi xe thu năm nghìn đồng một lượt.",
    ])  # fmt: skip
    return RawPage(text, hashlib.sha256(text.encode()).hexdigest(), f"hoi-cho-{number}.txt")


def understood(page: RawPage) -> Article:
    return extract(clean(page))


def yesterday(article: Article) -> Article:
    """As a bandoc with other rules might have cleaned it: no author, a line lost, a menu kept, an office
    missed, a name cut short."""
    (person,) = [entity for entity in article.entities if entity.name == "Lê Văn Bảy"]
    first, *_, last = article.blocks
    blocks = (Block("paragraph", "TRANG CHỦ | THỜI SỰ | ĐỜI SỐNG", 1), first, last)
    at = first.text.index("Văn Bảy")
    cut = replace(
        person,
        key="person:văn bảy",
        name="Văn Bảy",
        roles=(),
        mentions=(Mention(1, at, at + len("Văn Bảy")),),
    )
    return replace(article, published="2024-03-07", blocks=blocks, lead=None, entities=(cut,))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


@pytest.fixture
def old(library: Library) -> tuple[str, ...]:
    """Four articles; the second and the third were cleaned by yesterday's rules."""
    pages = [page(number) for number in range(4)]
    articles = [understood(page) for page in pages]
    articles[1:3] = map(yesterday, articles[1:3])
    return library.add(zip(articles, pages, strict=True)).new


# -- what is shown -------------------------------------------------------------------------------


def test_the_same_article_differs_in_nothing() -> None:
    article = understood(page(1))
    assert not difference(article, article)
    assert not difference(article, replace(article, id="x", origins=(), url="https://bao.example/1"))


def test_facts_lines_and_entities_that_change_are_told() -> None:
    new = understood(page(1))
    found = difference(yesterday(new), new)
    assert found.facts == {"published": ("2024-03-07", "2024-03-07T08:15:00+07:00")}
    gone = [old.text for old, new in found.lines if new is None and old]
    come = [new.text for old, new in found.lines if old is None and new]
    assert gone == ["TRANG CHỦ | THỜI SỰ | ĐỜI SỐNG"]
    assert come == [new.blocks[1].text]
    renamed = [(old.name, new.name, new.roles) for old, new in found.entities if old and new]
    assert renamed == [("Văn Bảy", "Lê Văn Bảy", ("Giám đốc Sở Công Thương Bến Tre",))]
    assert {new.type for old, new in found.entities if old is None and new} >= {"organization", "date"}


def test_a_line_of_another_kind_or_wording_is_one_change_not_two() -> None:
    old = Article(
        "1" * 13, "Tít", blocks=(Block("paragraph", "(BD) - Mưa lớn.", 3), Block("paragraph", "Ảnh", 4))
    )
    new = replace(old, blocks=(Block("paragraph", "Mưa lớn.", 3), Block("caption", "Ảnh", 4)))
    assert difference(old, new).lines == tuple(zip(old.blocks, new.blocks, strict=True))


def test_a_role_that_changes_and_an_entity_of_another_type() -> None:
    old = Article("1" * 13, "Tít", blocks=(Block("paragraph", "Bến Tre đón khách.", 2),))
    nam = Entity("person", "person:nam", "Nam")
    town = Entity("place", "place:bến tre", "Bến Tre", mentions=(Mention(0, 0, 7),))
    body = replace(town, type="organization", key="organization:bến tre")
    before = replace(old, entities=(nam, body))
    after = replace(old, entities=(replace(nam, roles=("Giám đốc",)), town))
    told = [(a and (a.type, a.roles), b and (b.type, b.roles)) for a, b in difference(before, after).entities]
    assert told == [(("person", ()), ("person", ("Giám đốc",))), (("organization", ()), ("place", ()))]


def test_an_entity_whose_key_alone_is_another_is_a_detail() -> None:
    mention = (Mention(0, 0, 7),)
    town = Entity("place", "place:bến tre", "Bến Tre", mentions=mention)
    old = Article("1" * 13, "Tít", blocks=(Block("paragraph", "Bến Tre đón khách.", 2),), entities=(town,))
    found = difference(old, replace(old, entities=(replace(town, key="place:bến tre#2"),)))
    assert found.only_details
    assert found.details == ("entities",)


def test_what_only_reasons_and_places_differ_in_is_a_detail() -> None:
    article = understood(page(1))
    fact = replace(article.facts["title"], why="because")
    found = difference(article, replace(article, facts={**article.facts, "title": fact}))
    assert found.details == ("facts",)
    assert found
    assert found.facts == {}


_kinds, _lines = st.sampled_from(["paragraph", "caption"]), st.integers(1, 4) | st.none()
_blocks = st.lists(st.builds(Block, _kinds, st.sampled_from("abcd"), _lines), max_size=6)


@given(_blocks, _blocks)
@settings(max_examples=80)
def test_lines_told_lead_from_one_text_to_the_other(old: list[Block], new: list[Block]) -> None:
    """What is told of goes out and comes in, and nothing else does."""
    one = Article("1" * 13, "Tít", blocks=tuple(old))
    pairs = difference(one, replace(one, blocks=tuple(new))).lines
    words = sorted((block.kind, block.text) for block in old)
    for before, after in pairs:
        if before:
            words.remove((before.kind, before.text))
        if after:
            words.append((after.kind, after.text))
    assert sorted(words) == sorted((block.kind, block.text) for block in new)


# -- what is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_is_written_before_it_is_asked_for(library: Library, old: tuple[str, ...], jobs: int) -> None:
    before = {path.name: path.read_bytes() for path in library.folder.glob("*.json*")}
    steps: list[tuple[int, int]] = []
    with prepare(library, old, jobs=jobs, progress=lambda *step: steps.append(step)) as prepared:
        assert [found.id for found in prepared.differences()] == list(old[1:3])
        assert (prepared.total, prepared.changed, prepared.passed) == (4, 2, [])
        assert prepared.counts == {"published": 2, "lines": 2, "entities": 2}
        assert {path.name: path.read_bytes() for path in library.folder.glob("*.json*")} == before
        assert steps == [(n, 4) for n in range(1, 5)]
        assert prepared.write(library) == 2
    articles = [library.article(id) for id in old]
    assert [article.blocks for article in articles] == [understood(page(n)).blocks for n in range(4)]
    assert library.select(parse("Lê Văn Bảy")).total == 4
    with prepare(library, old, jobs=jobs) as prepared:
        assert prepared.changed == 0


def test_articles_without_change_are_not_written(library: Library, old: tuple[str, ...]) -> None:
    before = (library.folder / "articles-0000.json").read_bytes()
    with prepare(library, [old[0], old[3]]) as prepared:
        assert prepared.write(library) == 0
    assert (library.folder / "articles-0000.json").read_bytes() == before


def test_what_a_reader_did_stays(library: Library, old: tuple[str, ...]) -> None:
    id = old[1]
    text = library.article(id).blocks[1].text
    at, end = text.index("cắt băng"), text.index(" hội chợ 1")
    kept = Highlight(1, at, end, text[at:end][:32], text[at:end][-32:])
    menu = Highlight(0, 0, 9, "TRANG CHỦ", "TRANG CHỦ")
    library.change(
        [id], Change(starred=True, add_tags=("nghề",), add_highlights=(kept, menu), position=Position(1, at))
    )
    with prepare(library, [id]) as prepared:
        (found,) = prepared.differences()
        assert found.lost == ("TRANG CHỦ",)
        prepared.write(library)
    after = library.article(id)
    assert (after.state.starred, after.state.tags) == (True, ("nghề",))
    (mark,) = after.state.highlights
    assert after.blocks[mark.block].text[mark.start : mark.end] == "cắt băng khai mạc"
    assert [note.text for note in after.state.notes] == ["TRANG CHỦ"]
    assert after.state.position == Position(0, at)
    assert after.origins == library.kept(id)[0].origins


def test_what_comes_between_showing_and_writing_is_kept(library: Library, old: tuple[str, ...]) -> None:
    """A star, a purge, and a new text of the same address: none of them is undone by a late yes."""
    first, later = (replace(page(n), url="https://bao.example/1") for n in (7, 8))
    (news,) = library.add([(yesterday(understood(first)), first)]).new
    with prepare(library, [*old, news]) as prepared, Library.open(library.folder) as other:
        assert prepared.changed == 3
        other.change([old[1]], Change(starred=True))
        other.purge([old[2]])
        assert other.add([(understood(later), later)]).updated == (news,)
        assert prepared.write(library) == 1
    assert library.article(old[1]).state.starred
    assert library.article(news).title.endswith("thứ 8")
    assert len(library) == 4


def test_articles_without_a_page_and_pages_that_fail_are_passed_over(
    library: Library, old: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = library.add([(replace(understood(page(9)), title="Không có trang"), None)]).new

    def broken(page: RawPage) -> Article:
        if page.text.startswith("Khai mạc hội chợ làng nghề lần thứ 1"):
            raise RuntimeError("a rule that fails")
        return clean(page)

    monkeypatch.setattr(cleaning, "clean", broken)
    with prepare(library, [*old, *alone], jobs=1) as prepared:
        assert [(passed.id, passed.error.code) for passed in prepared.passed] == [
            (old[1], "internal"),
            (alone[0], "no_page"),
        ]
        assert prepared.passed[1].title == "Không có trang"
        assert prepared.write(library) == 1
    assert library.article(old[1]).blocks[0].text.startswith("TRANG CHỦ")


def test_stopping_leaves_whole_articles(
    library: Library, old: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.recleaning.BATCH", 1)
    stops = iter([False, True])
    with prepare(library, old) as prepared:
        assert prepared.write(library, cancelled=lambda: next(stops)) == 1
    with prepare(library, old) as prepared:
        assert [found.id for found in prepared.differences()] == [old[2]]
    assert library.check() == []


# -- beside corrections by hand ------------------------------------------------------------------


def test_corrections_survive_and_what_becomes_of_them_is_told(library: Library, old: tuple[str, ...]) -> None:
    """One holds a fact, one a line; one was for a name that today's rules give in full."""
    id = old[1]
    rules = [
        Correction("published", "", "2024-03-08", id),
        Correction("line", "1", "junk", id),
        Correction("rename", "person:văn bảy", "Bảy Dừa", None),
    ]
    library.correct(rules)
    text = library.article(id).blocks[0].text
    mark = Highlight(0, 0, 8, text[:8], text[:8])
    library.change([id], Change(add_highlights=(mark,)))
    assert "Bảy Dừa" in [entity.name for entity in library.article(old[2]).entities]
    with prepare(library, old) as prepared:
        found, other = prepared.differences()
        assert found.facts["published"] == ("2024-03-07", "2024-03-07T08:15:00+07:00")
        assert found.held == ("published",)
        assert found.lost == ()
        assert (other.held, other.loose) == ((), ("person:văn bảy",))
        assert prepared.write(library) == 2
    after = library.article(id)
    assert after.published == "2024-03-08"
    assert set(library.corrections()) == set(rules)
    (moved,) = after.state.highlights
    assert after.blocks[moved.block].text[moved.start : moved.end] == text[:8]
    assert library.kept(id)[0].published == "2024-03-07T08:15:00+07:00"
