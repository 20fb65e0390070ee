"""Wrapping, places and finding: pure functions, so many cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_fakes import article

from store.article import TITLE, Block, Position
from store.text import clean
from tui.cells import BLANKS, cells, wrap
from tui.layout import FACTS, Found, Layout, Part, Place, find, parts_of
from tui.positions import place_at, position_of

LETTERS = st.sampled_from("aăđốợ Ngữ \t\n 中文，。😀👍e\u0301\u0e33कि-—“”")
WIDTHS = st.integers(2, 30)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("một", 10, ["một"]),
        ("một hai ba", 10, ["một hai ba"]),
        ("một hai ba", 9, ["một hai", "ba"]),
        ("một hai ba", 7, ["một hai", "ba"]),
        ("một hai ba", 6, ["một", "hai ba"]),
        ("một   hai", 5, ["một", "hai"]),
        ("  một hai  ", 4, ["một", "hai"]),
        ("một\nhai", 20, ["một", "hai"]),
        ("một\n\nhai", 20, ["một", "hai"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("ab cdefghij kl", 4, ["ab", "cdef", "ghij", "kl"]),
        ("một\u00a0hai ba", 8, ["một\u00a0hai", "ba"]),
        ("nghiêng nghiêng", 7, ["nghiêng", "nghiêng"]),
        ("中文中文", 4, ["中文", "中文"]),
        ("中文中文", 5, ["中文", "中文"]),
        ("a中文 b", 3, ["a中", "文", "b"]),
        ("tin 中文 tin", 8, ["tin 中文", "tin"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("một\thai", 3, ["một", "hai"]),
        ("e\u0301e\u0301e\u0301 x\u0332", 3, ["e\u0301e\u0301e\u0301", "x\u0332"]),
        ("a", 0, ["a"]),
        ("中", 0, ["中"]),
    ],
)
def test_wrap(text: str, width: int, wanted: list[str]) -> None:
    assert lines(text, width) == wanted


@given(st.text(LETTERS, max_size=80), WIDTHS)
@settings(max_examples=300, deadline=None)
def test_every_character_stands_on_one_line(text: str, width: int) -> None:
    spans = wrap(text, width)
    on_lines = [offset for start, end in spans for offset in range(start, end)]
    assert on_lines == sorted(set(on_lines))
    missing = set(range(len(text))) - set(on_lines)
    assert all(text[offset] in BLANKS for offset in missing)
    for start, end in spans:
        assert cells(text[start:end]) <= width
        assert "\n" not in text[start:end]


@given(st.text(st.characters(codec="utf-8"), max_size=60), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_any_cleaned_text_can_be_wrapped(raw: str, width: int) -> None:
    text = clean(raw)
    assert "".join("".join(lines(text, width)).split()) == "".join(
        char for char in text if char not in BLANKS and not char.isspace()
    )


def parts(*texts: str) -> list[Part]:
    return [Part("paragraph", text, number) for number, text in enumerate(texts)]


@given(st.lists(st.text(LETTERS, max_size=60), min_size=1, max_size=5), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_place_to_line_and_back(texts: list[str], width: int) -> None:
    layout = Layout(parts(*texts), width)
    for number, line in enumerate(layout.lines):
        if line.part < 0:
            continue
        assert layout.place_of(number) == Place(line.part, line.start)
        for offset in range(line.start, max(line.end, line.start + 1)):
            assert layout.line_of(Place(line.part, offset)) == number


@given(st.lists(st.text(LETTERS, max_size=60), min_size=1, max_size=4), WIDTHS, WIDTHS)
@settings(max_examples=100, deadline=None)
def test_a_place_survives_another_width(texts: list[str], first: int, second: int) -> None:
    one, two = Layout(parts(*texts), first), Layout(parts(*texts), second)
    for number in range(len(one)):
        place = one.place_of(number)
        line = two.lines[two.line_of(place)]
        assert line.part == place.part
        assert line.start <= place.offset


@given(st.text(LETTERS, min_size=1, max_size=60), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_the_cell_of_a_character_leads_back_to_it(text: str, width: int) -> None:
    layout = Layout([Part("quote", text, 0)], width)
    for number, line in enumerate(layout.lines):
        before = cells(layout.prefix(number))
        for offset in range(line.start, line.end):
            column = before + cells(text[line.start : offset])
            if cells(text[offset]):
                assert layout.place_at(number, column) == Place(0, offset)
        assert layout.place_at(number, before + cells(text[line.start : line.end])) is None
        assert layout.place_at(number, -1) is None


REAL_WIDTHS = st.integers(20, 200)
WORDS = st.lists(
    st.text(
        st.sampled_from("aăâbcdđeêgơưếộ中文の한ก\u0e33e\u0301o\u0323\u0302कि👍🏽-—“”.,"),
        min_size=1,
        max_size=30,
    ),
    max_size=60,
).map(" ".join)
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(["lead", "paragraph", "heading", "quote", "list", "caption"]),
        WORDS,
        credit=st.sampled_from([None, "Ảnh"]),
    ),
    max_size=6,
)


@given(BLOCKS, REAL_WIDTHS)
@settings(max_examples=150, deadline=None)
def test_every_character_of_every_block_is_on_exactly_one_line(blocks: list[Block], width: int) -> None:
    layout = Layout(parts_of(article(blocks=tuple(blocks)), "f"), width)
    found: dict[tuple[int, int], int] = {}
    for number, line in enumerate(layout.lines):
        for offset in range(line.start, line.end):
            assert (line.part, offset) not in found
            found[line.part, offset] = number
        if line.part >= 0:
            text = layout.parts[line.part].text[line.start : line.end]
            assert cells(layout.prefix(number)) + cells(text) <= width
    for number, block in enumerate(blocks):
        part = layout.part_of(number)
        assert part is not None
        for offset, char in enumerate(block.text):
            at = found.get((part, offset))
            assert at == layout.line_of(Place(part, offset)) if at is not None else char in BLANKS


@given(BLOCKS, REAL_WIDTHS, REAL_WIDTHS)
@settings(max_examples=60, deadline=None)
def test_a_position_is_the_same_letter_at_every_width(blocks: list[Block], one: int, two: int) -> None:
    parts = parts_of(article(blocks=tuple(blocks)), "f")
    first, second = Layout(parts, one), Layout(parts, two)
    for number, line in enumerate(first.lines):
        position = position_of(first, first.place_of(number)) if line.part >= 0 else None
        if position is None:
            assert line.part < 3 or not blocks
            continue
        place = place_at(second, position)
        assert place is not None
        assert position_of(second, place) == position
        if parts[line.part].block is not None:
            assert (place.part, place.offset) == (line.part, line.start)


def test_a_position_that_the_text_lost_is_the_nearest_one() -> None:
    layout = Layout(parts_of(article(), "f"), 40)
    assert place_at(layout, Position(0, 999)) == Place(3, len(layout.parts[3].text))
    assert place_at(layout, Position(99, 0)) is None
    assert position_of(layout, Place(1, 3)) is None


def test_blanks_at_a_break_count_with_the_line_before() -> None:
    layout = Layout(parts("một  hai"), 4)
    assert [layout.line_of(Place(0, offset)) for offset in range(8)] == [0, 0, 0, 0, 0, 1, 1, 1]


def test_a_blank_line_between_parts_and_none_in_a_list() -> None:
    listed = [Part("list", "một", 0), Part("list", "hai", 1), Part("paragraph", "ba", 2)]
    assert [line.part for line in Layout(listed, 20).lines] == [0, 1, -1, 2]


def test_a_blank_line_stands_for_the_part_after_it() -> None:
    assert Layout(parts("một", "hai"), 20).place_of(1) == Place(1, 0)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("heading", "▌ ", "▌ "),
        ("quote", "│ ", "│ "),
        ("list", "• ", "  "),
        ("caption", "    ▫ ", "      "),
        ("paragraph", "", ""),
    ],
)
def test_kinds_show_without_colour(kind: str, first: str, second: str) -> None:
    layout = Layout([Part(kind, "một hai", 0)], 10 if first.startswith("    ") else len(first) + 3)
    assert [layout.prefix(0), layout.prefix(1)] == [first, second]
    assert all(cells(layout.prefix(n)) + 3 <= layout.width for n in range(2))


def test_parts_of_an_article() -> None:
    blocks = (
        Block("lead", "Mở đầu"),
        Block("caption", "Ảnh chụp", credit="An [b]"),
        Block("list", "một"),
        Block("list", "- hai"),
    )
    made = parts_of(article(blocks=blocks), "nguồn {x}", "Ảnh: {credit}")
    assert [(part.kind, part.text, part.block) for part in made] == [
        ("title", "Hội nghị tổng kết", TITLE),
        ("facts", "nguồn {x}", FACTS),
        ("rule", "", None),
        ("lead", "Mở đầu", 0),
        ("caption", "Ảnh chụp", 1),
        ("credit", "Ảnh: An [b]", None),
        ("list", "một", 2),
        ("item", "- hai", 3),
    ]


def test_part_of_a_block() -> None:
    layout = Layout(parts_of(article(), "f"), 40)
    assert (layout.part_of(TITLE), layout.part_of(FACTS), layout.part_of(1)) == (0, 1, 4)
    assert layout.part_of(9) is None


@pytest.mark.parametrize(
    ("text", "needle", "wanted"),
    [
        ("Hội nghị", "hoi nghi", ["Hội nghị"]),
        ("Hội nghị, hội  nghị", "hội nghị", ["Hội nghị", "hội  nghị"]),
        ("hoà bình, hòa bình", "hòa bình", ["hoà bình", "hòa bình"]),
        ("Đảng đang", "đảng", ["Đảng"]),
        ("Đảng đang", "dang", ["Đảng", "đang"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("(xong)", "(", ["("]),
        ("một", "", []),
        ("một", "  ", []),
        ("một", "hai", []),
        ("một\u00a0hai", "mot hai", ["một\u00a0hai"]),
    ],
)
def test_find(text: str, needle: str, wanted: list[str]) -> None:
    found = find(parts(text), needle)
    assert [text[start:end] for _, start, end in found] == wanted


def test_find_goes_over_line_ends_and_knows_the_part() -> None:
    made = [Part("title", "Mở đầu", TITLE), *parts("rất dài và hội nghị", "hội nghị nữa")]
    assert len(Layout(made, 8)) > 3
    assert find(made, "hoi nghi") == [Found(1, 11, 19), Found(2, 0, 8)]


def test_find_leaves_out_what_is_not_the_articles_text() -> None:
    assert find([Part("facts", "báo", FACTS), Part("credit", "báo", None)], "báo") == []


def test_a_long_article_wraps_in_no_time(benchmark_text: str) -> None:
    assert len(Layout(parts(benchmark_text), 76)) > 10_000


@pytest.fixture
def benchmark_text() -> str:
    return "Đồng chí Bí thư Thành ủy nhấn mạnh nhiệm vụ trọng tâm của năm tới. " * 15_000


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("một việc", "• một việc"),
        ("- hai việc", "- hai việc"),
        ("3. ba việc", "3. ba việc"),
        ("a) bốn", "a) bốn"),
    ],
)
def test_a_list_item_with_its_own_sign_gets_no_other(text: str, drawn: str) -> None:
    [*_, item] = parts_of(article(blocks=(Block("list", text),)), "nguồn")
    layout = Layout((item,), 40)
    assert layout.prefix(0) + text == drawn
