"""Hostile text: what becomes of it where styled text is made, and on every line that leaves."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.cells import cells
from tui.content import Outgoing, fit, join, paint, plain, strip

BLACK = Color(0, 0, 0)
BOLD = Style(bold=True)
UNDER = Style(underline=True)
HOSTILE = [
    "[Video] Bão số 3",
    "[/] xong",
    "[@click=app.quit]x",
    "[bold red]đỏ[/bold red]",
    "\\[b]",
    "$text-error",
    "\x1b]0;x\x07 tên",
    "\x1b[2J\x1b[31mđỏ",
    "\x1b]8;;http://example.invalid\x1b\\liên kết\x1b]8;;\x1b\\",
    "\x1b]52;c;eA==\x07",
    "\x9b31mC1\x9d0;x\x9c",
    "nul\x00 bel\x07 bs\x08 del\x7f",
    "\u202eđảo\u202c \u2066cô lập\u2069",
    "không\u200bdấu\u200dcách\ufeff",
    "mềm\u00ad \U000e0041\ufe0f",
]


def is_safe(text: str) -> bool:
    """No character that a terminal obeys or hides."""
    return not any(
        unicodedata.category(char) in {"Cc", "Cs"}
        or (unicodedata.category(char) == "Cf" and char != "\u0600")
        for char in text
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_content_is_literal_and_safe(text: str) -> None:
    content = plain(text, "bold")
    assert is_safe(content.plain)
    assert len(content.spans) <= 1
    if "[" in text and "\x1b" not in text and "\x9b" not in text:
        assert content.plain == text


@pytest.mark.parametrize("text", HOSTILE)
def test_joined_content_is_literal_and_safe(text: str) -> None:
    content = join(text, (text, "bold"))
    assert is_safe(content.plain)
    if "[" in text and "\x1b" not in text and "\x9b" not in text:
        assert content.plain == text * 2


@pytest.mark.parametrize("text", HOSTILE)
def test_the_filter_alone_keeps_it_from_the_terminal(text: str) -> None:
    (segment,) = Outgoing().apply([Segment(text, BOLD)], BLACK)
    assert is_safe(segment.text)
    assert segment.style == BOLD


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=300, deadline=None)
def test_the_filter_keeps_the_width_of_any_text(text: str) -> None:
    (segment,) = Outgoing().apply([Segment(text, None)], BLACK)
    assert cell_len(segment.text) == cell_len(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in segment.text)
    segment.text.encode()  # a lone surrogate would end the writer thread


def test_the_filter_leaves_good_text_alone() -> None:
    text = "Đồng chí Nguyễn Văn A · 中文 😀 “…” ★"
    assert Outgoing().apply([Segment(text, BOLD)], BLACK) == [Segment(text, BOLD)]


def test_the_filter_takes_links() -> None:
    (segment,) = Outgoing().apply([Segment("x", Style(link="http://example.invalid", bold=True))], BLACK)
    assert segment.style is not None
    assert segment.style.link is None
    assert segment.style.bold


def test_lines_end_where_they_were_told() -> None:
    assert join("một\nhai").plain == "một\nhai"
    assert plain("một\nhai").plain == "một hai"


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        ("hội nghị", 8, "hội nghị"),
        ("hội nghị", 7, "hội ng…"),
        ("hội nghị", 5, "hội…"),
        ("hội", 1, "…"),
        ("hội", 0, ""),
        ("中文中文", 7, "中文中…"),
        ("中文中文", 6, "中文…"),
        ("", 0, ""),
    ],
)
def test_fit(text: str, width: int, wanted: str) -> None:
    assert fit(text, width) == wanted


@given(st.text(st.sampled_from("aệ 中😀"), max_size=30), st.integers(0, 20))
def test_fitted_text_fits(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= width


def test_paint_combines_overlapping_spans() -> None:
    segments = paint("hội nghị lớn", 0, 12, [(0, 8, BOLD), (4, 12, UNDER)], Style())
    assert [(segment.text, segment.style) for segment in segments] == [
        ("hội ", BOLD),
        ("nghị", BOLD + UNDER),
        (" lớn", UNDER),
    ]


def test_paint_cuts_spans_to_the_line() -> None:
    segments = paint("một hai ba", 4, 7, [(0, 5, BOLD), (9, 10, UNDER)], Style())
    assert [(segment.text, segment.style) for segment in segments] == [("h", BOLD), ("ai", Style())]


def test_paint_draws_tabs_and_line_ends_as_blanks() -> None:
    assert "".join(segment.text for segment in paint("a\tb\nc", 0, 5, [], Style())) == "a b c"


@given(
    st.text(st.sampled_from("aệ中 "), min_size=1, max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=5),
)
def test_paint_loses_nothing(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [(min(pair), max(pair), BOLD) for pair in ends]
    assert "".join(segment.text for segment in paint(text, 0, len(text), spans, Style())) == text


@pytest.mark.parametrize("width", [1, 4, 9])
def test_a_strip_is_as_wide_as_it_should_be(width: int) -> None:
    assert strip([Segment("中文 chữ")], width, Style()).cell_length == width
