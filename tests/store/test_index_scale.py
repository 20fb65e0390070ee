"""What the index does to stay small and quick, where it could go wrong unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_samples import fill

from store.article import Article, Block
from store.index.index import Index
from store.matching import BREAK, indexed_starts, indexed_stream, indexed_word, stream
from store.query import parse
from store.text import fold


def article(number: int, text: str, title: str = "") -> Article:
    return Article(f"{number:013x}", title or f"Tiêu đề {number}", blocks=(Block("paragraph", text),))


def found(index: Index, text: str, typing: bool = False) -> list[int]:
    rows = index.select(parse(text, typing=typing))
    return [] if rows.apart else sorted(int(id, 16) for id in rows.ids())


def test_words_that_an_article_had_before_are_found_no_more() -> None:
    """They can't be taken out of a contentless table: their number is nobody's from then on."""
    with Index.open(None) as index:
        index.add(0, 1, 1, [article(n, f"hội nghị số{n} bàn việc {n}") for n in range(1, 13)])
        assert found(index, "near(hội việc, 5)") == [*range(1, 13)]
        index.add(0, 2, 1, [article(n, "phiên họp") for n in (2, 11)])
        index.drop([f"{n:013x}" for n in (3, 12)])
        assert found(index, "hoi nghi") == [1, *range(4, 11)]
        assert found(index, "hội bàn") == []
        assert found(index, "near(hội việc, 5)") == [1, *range(4, 11)]
        assert found(index, "so2") == found(index, "so12") == []


@pytest.mark.parametrize(
    ("asked", "typing", "answer"),
    [
        ("nghi quyết", False, [1, 2]),  # one word with marks, one without
        ("nghị quyết", False, [1]),
        ("nghị q", True, [1, 4]),  # 4: the same word in another spelling first
        ("nghị quyet t", True, [1]),
        ("nghi quyết trung", False, [1, 2]),
        ("đ", True, [2, 3]),
        ("đả", True, [3]),
        ("d", True, [2, 3]),
        ("quyết đ", True, []),
        ("ủy ban nhan dan tỉnh", False, [3]),
        ("uy bản", False, []),
    ],
)
def test_marks_typed_for_some_words(asked: str, typing: bool, answer: list[int]) -> None:
    texts = [
        "nghị quyết trung ương",
        "ông nghĩ quyết trung thành, đi",
        "đảng và ủy ban nhân dân tỉnh",
        "nghĩ quá nhiều về nghị quán",
    ]
    with Index.open(None) as index:
        index.add(0, 1, 1, [article(n, text, "x") for n, text in enumerate(texts, 1)])
        assert found(index, asked, typing) == answer


@pytest.mark.parametrize("most", [8, 40, 600])
def test_more_spellings_than_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("store.index.full_text._MOST_SPELLINGS", most)
    with Index.open(None) as index:
        variants = [f"b{a} c{b} đ{c}" for a in "aàáảãạ" for b in "aàáảãạ" for c in "oòóỏõọ"]
        index.add(0, 1, 1, [article(n, text, "x") for n, text in enumerate(variants, 1)])
        assert len(found(index, "ba ca do")) == len(variants)
        assert len(found(index, "ba ca đò")) == len(variants) / 6
        assert found(index, "bà cá đọ") == [variants.index("bà cá đọ") + 1]
        # The last word is still being typed; FTS5 is asked for it as a prefix, or not at all.
        assert len(found(index, "ba cá đ", typing=True)) == len(variants) / 6


def test_an_order_follows_a_title_that_changes_whatever_the_volume_says() -> None:
    with Index.open(None) as index:
        first, second = article(1, "một", "An"), article(2, "hai", "Bình")
        fill(index, 0, 1, 1, [first, second])
        by_title = parse("sort:title")
        assert [row.title for row in index.select(by_title)] == ["An", "Bình"]
        fill(index, 0, 1, 1, [replace(first, title="Cần"), second])
        assert [row.title for row in index.select(by_title)] == ["Bình", "Cần"]


def test_unread_first_keeps_the_newest_first() -> None:
    with Index.open(None) as index:
        dated = [replace(article(n, "x"), published=f"2023-01-{n:02}") for n in range(1, 5)]
        states = [replace(a, state=replace(a.state, read=n % 2 == 0)) for n, a in enumerate(dated)]
        index.add(0, 1, 1, states)
        numbers = [int(row.id, 16) for row in index.select(parse("sort:unread"))]
        assert numbers == [4, 2, 3, 1]
        assert [int(row.id, 16) for row in index.select(parse("sort:-unread"))] == [3, 1, 4, 2]


def test_an_index_of_which_a_fifth_is_nobodys_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    for times, begun_anew in ((1, False), (2, True)):
        with Index.open(path) as index:
            fill(index, 0, 1, 1, [article(n, f"tin {n}") for n in range(160)])
            for again in range(times):
                index.add(0, 2, 1, [article(n, f"tin {n} lần {again}") for n in range(40)])
            assert len(index.select(parse("tin"))) == 160
        with Index.open(path, read_only=True) as index:
            assert len(index.select(parse("tin"))) == 160
        with Index.open(path) as index:
            assert (index.seqs() == {}) == begun_anew


@pytest.mark.parametrize("asked", ["hội việc", "hoi viec", "hoi việc", '"hội a" "a việc"', "hội việc cuối"])
def test_what_is_near_stands_in_one_block_however_far_apart_words_may_be(asked: str) -> None:
    """Between blocks the index leaves a gap: it must count for nothing, whatever is asked for."""
    between = range(9, 34)
    with Index.open(None) as index:
        inside = [article(n, f"hội {'a ' * n}việc cuối", "x") for n in between]
        across = [
            replace(article(100 + n, ""), blocks=tuple(Block("paragraph", text) for text in blocks))
            for n, blocks in enumerate([("một hội a", "a việc cuối"), ("b hội", "việc", "cuối"), ("hội a",)])
        ]
        index.add(0, 1, 1, inside + across)
        own = asked.count(" a") + asked.count("a ")
        for most in (10, 11, 12, 19, 20, 21, 22, 30):
            assert found(index, f"near({asked}, {most})") == [n for n in between if n - own <= most]


@pytest.mark.parametrize("few", [0, 12])
@pytest.mark.parametrize(
    ("asked", "answer"),
    [("tu", [1, 2, 3]), ("tư", [1, 2, 3]), ("hôm tu", [1, 2]), ("từ", [1, 3]), ("hom từ", [1])],
)
def test_a_word_that_is_still_typed_is_any_it_may_become(
    asked: str, answer: list[int], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.words._FEW", few)
    with Index.open(None) as index:
        texts = ["hôm từ", "hôm tư, tuần", "một từng"]
        index.add(0, 1, 1, [article(n, text, "x") for n, text in enumerate(texts, 1)])
        assert found(index, asked, typing=True) == answer


@given(st.lists(st.text("aàAạoOàqtThH'-. 1́ĐTPCM", max_size=12), max_size=4))
def test_the_forms_of_a_stream_are_forms_of_the_same_words(segments: list[str]) -> None:
    marked = stream(segments)
    words = marked.split()
    held, plain = [*map(indexed_word, words)], [indexed_word(fold(word)) for word in words]
    assert indexed_stream(segments) == (
        marked,
        *(f" {' '.join(form)} " * bool(form) for form in (held, plain)),
    )


@pytest.mark.parametrize("letter", ["t", "n", "ng", "c", "q", "p", "đ", "ph", "ngh", "tra"])
def test_words_begin_in_the_index_as_they_are_typed(letter: str) -> None:
    """Beginnings of two letters are one sign there: t is t, th and tr."""
    words = "ta tha trả to nga ngã nghe nhà na cha ca khi pa pha qua q đi đò trà".split()
    held = indexed_stream(words).indexed.replace(BREAK, "").split()
    assert held == [indexed_word(word) for word in words]
    begins = tuple(indexed_starts(letter))
    assert [word.startswith(letter) for word in words] == [word.startswith(begins) for word in held]
