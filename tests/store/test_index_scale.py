"""What the index does to stay small and quick, where it could go wrong unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from library_samples import fill

from store.article import Article, Block
from store.index import packing
from store.index.index import Index
from store.matching import LEAD, initials, marked_index
from store.query import parse


def article(number: int, text: str, title: str = "") -> Article:
    return Article(f"{number:013x}", title or f"Tiêu đề {number}", blocks=(Block("paragraph", text),))


def found(index: Index, text: str, typing: bool = False) -> list[int]:
    rows = index.select(parse(text, typing=typing))
    return [] if rows.apart else sorted(int(id, 16) for id in rows.ids())


def test_words_kept_with_and_without_a_dictionary_are_taken_back_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A word that is not taken back from a contentless table stays found for ever."""
    monkeypatch.setattr(packing, "_ENOUGH", 5)
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


def test_more_spellings_than_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with Index.open(None) as index:
        variants = [f"b{a} c{b} đ{c}" for a in "aàáảãạ" for b in "aàáảãạ" for c in "oòóỏõọ"]
        index.add(0, 1, 1, [article(n, text, "x") for n, text in enumerate(variants, 1)])
        assert len(found(index, "ba ca do")) == len(variants)
        assert len(found(index, "ba ca đò")) == len(variants) / 6
        assert found(index, "bà cá đọ") == [variants.index("bà cá đọ") + 1]


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


def test_a_first_letter_with_a_mark_stands_nine_times() -> None:
    assert marked_index('đi ăn "ở" và') == f'{"đ" * LEAD}i {"ă" * LEAD}n "{"ở" * LEAD}" và'


def test_initials_are_told_folded() -> None:
    assert initials([" đi ", " 5 ông "]) == initials([" d o 5 "]) != 0
