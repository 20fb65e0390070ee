"""One entity across the articles of a library: finding it, its articles, its company, its sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.article import Article, Block
from store.entities import extract
from store.index.traits import Traits
from store.library import Library
from store.profile import said_of, sentences
from store.query import ALL, parse
from store.sentences import sentence

TEXTS = [
    ("2018-03-29", "Đồng chí Trương Thị Mai, Trưởng Ban Dân vận Trung ương, thăm tỉnh Hà Giang."),
    (
        "2021-04-08",
        "Mưa lớn. Bà Trương Thị Mai, Trưởng Ban Tổ chức Trung ương, dự lễ ở Hà Nội cùng ông Lê Văn An.",
    ),
    ("2022-01-05", "Ông Lê Văn An gặp bà Trương Thị Mai ở Hà Nội theo Chỉ thị số 05-CT/TW. Trời nắng."),
    ("2022-02-05", "Cả tỉnh học tập Chỉ thị 05. Ông Trương Thi Nam dự."),
    (None, "Việc học tập Chỉ thị số 05-CT/TW được ông Lê Văn An nêu. Nghị quyết số 18-NQ/TW cũng vậy."),
    ("2017-05-05", "Một năm Chỉ thị số 05-CT/TW."),
]


def article(number: int, day: str | None, text: str, title: str = "Tin") -> Article:
    basis = "stated" if day else "unknown"
    blocks = (Block("paragraph", text),)
    return extract(Article(f"{number:013x}", title, day, basis, "Báo Thử", language="vi", blocks=blocks))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("profile")) as opened:
        opened.add((article(number + 1, *told), None) for number, told in enumerate(TEXTS))
        yield opened


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Trương Thị Mai", ["Trương Thị Mai"]),
        ("truong thi mai", ["Trương Thị Mai"]),
        ("person:trương thị mai", ["Trương Thị Mai"]),
        ("truong thi", ["Trương Thị Mai", "Trương Thi Nam"]),
        ("Trương Thị", ["Trương Thị Mai"]),
        ("mai", ["Trương Thị Mai"]),
        ("rương", []),
        ("%", []),
        ("", []),
        ("Chỉ thị 05", ["Chỉ thị số 05-CT/TW"]),
        ("chi thi 5", ["Chỉ thị số 05-CT/TW"]),
        ("Chỉ thị 05-CT/TW", ["Chỉ thị số 05-CT/TW"]),
        ("chỉ thị 06", []),
    ],
)
def test_a_name_as_it_is_typed(library: Library, typed: str, names: list[str]) -> None:
    assert [facet.name for facet in library.entities(typed)] == names


def test_finding_within_a_type_and_a_filter(library: Library) -> None:
    assert library.entities("truong thi mai", "place") == []
    assert [facet.count for facet in library.entities("hà nội", "place")] == [2]
    assert [facet.count for facet in library.entities("hà nội", query=parse("date:2021"))] == [1]
    assert library.entities("hà nội", query=parse("date:2018")) == []


def test_a_person_over_the_years(library: Library) -> None:
    found = library.profile("person:trương thị mai")
    assert found is not None
    assert [naming.published for naming in found.articles] == ["2018-03-29", "2021-04-08", "2022-01-05"]
    assert [(role.first, role.last, role.change) for role in found.roles] == [
        ("2018-03-29", "2018-03-29", False),
        ("2021-04-08", "2021-04-08", True),
    ]
    company = {(facet.type, facet.name): facet.count for facet in found.companions}
    assert company["person", "Lê Văn An"] == 2
    assert company["place", "Hà Nội"] == 2
    assert not any(facet.name == "Trương Thị Mai" for facet in found.companions)
    assert found.articles[1].traits == Traits(None, "f", False)
    assert library.profile("person:không ai") is None
    some = library.profile("person:trương thị mai", parse("date:2018"))
    assert some is not None
    assert len(some.articles) == 1


def test_a_document_with_and_without_its_code_is_one(library: Library) -> None:
    (facet,) = library.entities("chỉ thị 05")
    assert facet.count == 4
    found = library.profile(facet.key)
    assert found is not None
    assert [naming.published for naming in found.articles] == ["2017-05-05", "2022-01-05", "2022-02-05", None]
    assert found.spellings == ("Chỉ thị 05",)


def test_documents_of_a_library_are_counted_over_their_spellings(library: Library) -> None:
    counts = [(facet.name, facet.count) for facet in library.facets(ALL, "document")]
    assert counts == [("Chỉ thị số 05-CT/TW", 4), ("Nghị quyết số 18-NQ/TW", 1)]


def test_the_sentence_that_tells_the_office(library: Library) -> None:
    found = library.profile("person:trương thị mai")
    assert found is not None
    by_id = {naming.id: naming for naming in found.articles}
    wanted = [(by_id[role.articles[0]], role.said) for role in reversed(found.roles)]
    told = {naming.id: said for naming, _, said in sentences(library.article, wanted)}
    said = told[found.articles[1].id]
    assert said is not None
    assert said.text == "Bà Trương Thị Mai, Trưởng Ban Tổ chức Trung ương, dự lễ ở Hà Nội cùng ông Lê Văn An."
    assert said.text[said.start : said.end] == "Trương Thị Mai"
    assert said.mention.start == said.start + len("Mưa lớn. ")


def test_the_text_is_quoted_before_the_title() -> None:
    found = article(
        9, "2020-01-01", "Nắng. Ông Lê Văn An nói. Ông Lê Văn An, Chủ tịch UBND xã, đi.", "Ông Lê Văn An đi"
    )
    (key,) = [entity.key for entity in found.entities if entity.type == "person"]
    said = said_of(found, key)
    assert said is not None
    assert said.text == "Ông Lê Văn An nói."
    told = said_of(found, key, ("Chủ tịch UBND xã",))
    assert told is not None
    assert told.text == "Ông Lê Văn An, Chủ tịch UBND xã, đi."
    assert said_of(found, "person:ai khác") is None


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Một. Hai ba. Bốn.", "ba", "Hai ba."),
        ("Ông X đi TP. Hồ Chí Minh. Rồi về.", "Hồ", "Ông X đi TP. Hồ Chí Minh."),
        ("Tăng 3.5 lần. PGS. TS. Lê An nói: “Tốt.” Rồi đi.", "Lê", "PGS. TS. Lê An nói: “Tốt.”"),
        ("Không có dấu chấm", "dấu", "Không có dấu chấm"),
        ("Ai? Bà Mai! Thật…", "Mai", "Bà Mai!"),
    ],
)
def test_where_a_sentence_ends(text: str, name: str, wanted: str) -> None:
    at = text.index(name)
    assert text[slice(*sentence(text, at, at + len(name)))] == wanted


def test_what_the_words_beside_a_name_tell() -> None:
    def told(text: str) -> Traits:
        found = article(1, "2020-05-01", text)
        with_it = [entity for entity in found.entities if entity.type == "person"]
        from store.index.traits import traits

        return traits(found, with_it[0])

    assert told("Bị cáo Nguyễn Văn Bình (35 tuổi, trú xã Ea Kao) khai nhận.") == Traits(1985, "", True)
    assert told("Anh Nguyễn Văn Bình, sinh năm 1990, làm thợ.") == Traits(1990, "m", False)
    assert told("Thủ tướng Anh Lê Thị Hoa phát biểu.") == Traits(None, "", False)
    assert told("Mưa. Anh Lê Văn Bình phát biểu.") == Traits(None, "m", False)
    assert told("Gia đình ông bà Lê Văn Bình phát biểu.") == Traits(None, "", False)
    assert told("Bà Lê Thị Hoa (SN 1971) vui. Bà Hoa cười.") == Traits(1971, "f", False)
