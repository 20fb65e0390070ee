"""Entities of whole articles: any text is read, mentions are true, the cost is linear."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import entity, named, read

from store.article import TITLE, Article, Block
from store.article_json import from_json, to_json
from store.entities import extract, lexicon
from store.text import clean, mark_fold


def test_a_shouted_title_is_read_by_the_names_below() -> None:
    article = read("Ông Trần Văn Hải phát biểu.", title="ÔNG TRẦN VĂN HẢI PHÁT BIỂU TẠI HỘI NGHỊ TỔNG KẾT")
    assert [m.block for m in entity(article, "Trần Văn Hải").mentions] == [TITLE, 0]


def test_two_styles_of_tone_marks_are_one_name() -> None:
    article = read(
        "Bà Lê Thị Thuý nói. Bà Lê Thị Thúy cười. Chủ tịch Uỷ ban nhân dân tỉnh Hoà Bình. UBND tỉnh Hòa Bình."
    )
    assert len(named(article, "person")) == 1
    assert named(article, "organization") == ["Uỷ ban nhân dân tỉnh Hoà Bình"]


def check(article: Article) -> None:
    for found in article.entities:
        assert found.mentions
        assert list(found.mentions) == sorted(found.mentions, key=lambda m: (m.block, m.start))
        for mention in found.mentions:
            words = article.text_of(mention)
            assert words in (found.name, *found.aliases) or mark_fold(words) in map(mark_fold, found.roles)
    keys = [found.key for found in article.entities]
    assert len(set(keys)) == len(keys)
    assert from_json(to_json(article)) == article


_PIECES = st.sampled_from(
    "Nguyễn Văn An|Ông |, |. |(|)|Ban Tổ chức |Thành ủy |Công ty |TP.|TP |HCM|Hà Nội |Chủ tịch |29/12"
    "|3-4 |năm 2020 |Nghị quyết |số 5|-NQ/TW|khóa XII"
    "|và |“|”|Đại tá |là |của |UBND |tỉnh |Trung ương |A.|B|H'|Y |-|: |; |\n|BTV|(BTV)|Joe |Biden |đ/c "
    "|Các đồng chí: |Luật |Đất đai |quận |1 |trường |Hội nghị |lần thứ |6 |İ|ß|\u0301".split("|")
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=40),
    st.sampled_from([None, "2024-02-29", "bad", "0001-01-01"]),
)
def test_any_text_is_read(pieces: list[str], published: str | None) -> None:
    text = clean("".join(pieces))
    check(
        extract(
            Article(
                "",
                clean(text[:80]),
                published=published,
                blocks=(Block("lead", text), Block("caption", text[::-1])),
            )
        )
    )


def test_other_languages_do_no_harm() -> None:
    text = (
        "President Joe Biden met Chancellor Olaf Scholz in Berlin on Monday. The European Union welcomed it."
    )
    article = read(text)
    check(article)
    assert "Berlin" in named(article, "place")
    check(read("東京で会議が開かれた。", "Привет, мир"))


@pytest.mark.parametrize(
    "piece",
    [
        "A ",
        "(",
        "Nguyễn ",
        "NGUYỄN ",
        "Chủ tịch ",
        "Ban Tổ chức ",
        "Công ty Minh ",
        "1/2 ",
        "12-",
        "(ABC) ",
        "A.",
        "tỉnh ",
        "Luật An Nghị quyết Đại hội ",
        "Nguyễn Văn An, Bí thư Tỉnh ủy; ",
        "2020-",
        "Bộ ",
        "Hội nghị ",
    ],
)
def test_the_cost_grows_with_the_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        article = Article("", "t", blocks=(Block("paragraph", (piece * size)[:size]),))
        start = time.process_time()
        extract(article)
        return time.process_time() - start

    seconds(1000)
    small, large = min(seconds(10_000) for _ in range(2)), seconds(80_000)
    assert large < 30 * small + 0.3  # 8 times as long; a square would be 64 times as slow


def test_importing_the_package_loads_no_word_lists() -> None:
    code = "import sys, store.entities; assert 'store.entities.lexicon' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_text_may_end_anywhere() -> None:
    """A cut page ends in the middle of an office or a name: nothing reads beyond its last word."""
    heads = [
        line.split("\t")[0]
        for name in ("org_heads", "roles", "titles", "place_heads")
        for line in lexicon.lines(name)
    ]
    for head in heads:
        texts = [
            text
            for tail in (
                "",
                " A",
                " và",
                " Phát",
                " thành",
                " tỉnh",
                " số",
                " khối Kinh",
                " Bộ Kinh tế",
                " -",
            )
            for text in (head + tail, head.capitalize() + tail, f"Chủ tịch {head}{tail}")
        ]
        extract(Article("", "Tít", blocks=tuple(Block("paragraph", text) for text in texts)))


def test_an_office_that_stands_alone_is_the_one_who_holds_it() -> None:
    texts = [
        "Đồng chí Lê Thị Mai, Trưởng Ban Tổ chức Trung ương, dự hội nghị. Ông Trần Văn Hải, Giám đốc Sở Y tế,"
        " báo cáo.",
        "Trưởng Ban Tổ chức Trung ương yêu cầu các tỉnh làm sớm, Giám đốc Sở Y tế hứa sẽ làm.",
        "Theo Phó Giám đốc Sở Y tế Vũ Lan, việc này khó.",
    ]
    article = extract(Article("", "Hội nghị", blocks=tuple(Block("paragraph", text) for text in texts)))
    found = {e.name: [article.text_of(m) for m in e.mentions] for e in article.entities if e.type == "person"}
    assert found == {
        "Lê Thị Mai": ["Lê Thị Mai", "Trưởng Ban Tổ chức Trung ương"],
        "Trần Văn Hải": ["Trần Văn Hải", "Giám đốc Sở Y tế"],
        "Vũ Lan": ["Vũ Lan"],
    }
    assert not any(e.aliases for e in article.entities if e.type == "person")


def test_an_office_of_two_people_stands_for_neither() -> None:
    text = (
        "Ông Lê Văn Nam, Phó Chủ tịch UBND tỉnh và bà Vũ Thị Lan, Phó Chủ tịch UBND tỉnh dự họp."
        " Phó Chủ tịch UBND tỉnh kết luận."
    )
    article = extract(Article("", "Họp", blocks=(Block("paragraph", text),)))
    assert [len(e.mentions) for e in article.entities if e.type == "person"] == [1, 1]
