"""Widgets on plain values: exact lines, moves, and what they cost."""

from __future__ import annotations

import time
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from screen_fakes import article, named, person
from textual.app import App, ComposeResult
from textual.widget import Widget

from store.article import TITLE, Article, Block, Note, State
from store.index.row import Row
from store.index.rows import Rows
from store.query import ALL, parse
from tui.cells import wrap
from tui.entity_groups import arranged, of_article
from tui.figures import day
from tui.layout import FACTS, Place
from tui.parts import article_parts, facts_line
from tui.widgets.article_list import ArticleList, sign
from tui.widgets.article_view import ArticleView, touching
from tui.widgets.bars import Footer, StatusLine
from tui.widgets.entities_pane import USUAL, EntitiesPane
from tui.widgets.table_view import Entry, TableView


class Stage(App[None]):
    """Shows one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


@asynccontextmanager
async def on_stage(widget: Widget, width: int = 40, height: int = 10) -> AsyncIterator[Stage]:
    app = Stage(widget)
    async with app.run_test(size=(width, height)):
        yield app


def drawn(widget: Widget, count: int) -> list[str]:
    return [widget.render_line(y).text for y in range(count)]


def lit(widget: Widget, y: int, attribute: str) -> str:
    """The text of a line that has a style attribute."""
    segments = widget.render_line(y)
    return "".join(
        segment.text for segment in segments if segment.style and getattr(segment.style, attribute)
    )


# -- the list


def row(number: int, title: str = "Tiêu đề", **fields: object) -> Row:
    return replace(Row(f"{number:013x}", title, "2023-12-29", source="Báo Thử", snippet="Mở đầu"), **fields)


def rows(*given: Row) -> Rows:
    return Rows(
        ALL,
        array("q", range(len(given))),
        lambda numbers: {number: given[number] for number in numbers},
        lambda numbers: [given[number].id for number in numbers],
        lambda one: next((number for number, row in enumerate(given) if row.id == one), None),
        total=len(given),
    )


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2023-12-29T19:17:16+07:00", "29/12/2023"),
        ("2023-12-29T23:30:00+00:00", "30/12/2023"),
        ("2023-12-29", "29/12/2023"),
        (None, ""),
        ("", ""),
        ("không", ""),
    ],
)
def test_day(published: str | None, wanted: str) -> None:
    assert day(published) == wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, "•"),
        ({"read": True}, " "),
        ({"starred": True}, "★"),
        ({"starred": True, "removed": True}, "×"),
        ({"read": True, "noted": True}, "+"),
        ({"noted": True}, "•"),
    ],
)
def test_sign(fields: dict[str, bool], wanted: str) -> None:
    assert sign(row(1, **fields)) == wanted


async def test_one_line_a_row() -> None:
    listing = ArticleList()
    async with on_stage(listing):
        listing.set_rows(rows(row(1), row(2, "Một tiêu đề rất dài để cắt bớt", published=None, read=True)), 0)
        assert drawn(listing, 3) == [
            "• Tiêu đề                    29/12/2023 ",
            "  Một tiêu đề rất dài để cắt bớt      — ",
            " " * 40,
        ]


async def test_two_lines_a_row_when_tall() -> None:
    listing = ArticleList()
    listing.tall = True
    async with on_stage(listing):
        listing.set_rows(rows(row(1, tags=("hay",)), row(2, source=None)), 0)
        assert [line.rstrip() for line in drawn(listing, 4)] == [
            "• Tiêu đề",
            "  Báo Thử · #hay · Mở đầu    29/12/2023",
            "• Tiêu đề",
            "  Mở đầu                     29/12/2023",
        ]


@pytest.mark.parametrize("title", ["[Video] Bão", "[/] xong", "中文标题中文标题中文标题中文", "a\tb"])
async def test_a_row_is_as_wide_as_the_list_whatever_its_title(title: str) -> None:
    listing = ArticleList()
    async with on_stage(listing, 30):
        listing.set_rows(rows(row(1, title)), 0)
        strip = listing.render_line(0)
        assert strip.cell_length == 30
        assert strip.text.rstrip().endswith("29/12/2023")
        assert strip.text.startswith(f"• {title[:4]}".replace("\t", " "))


async def test_hits_are_lit_in_their_own_spelling() -> None:
    listing = ArticleList()
    async with on_stage(listing, 60):
        listing.asked = parse("hoi nghi")
        listing.set_rows(rows(row(1, "Họp hội nghị Hội Nghị")), 0)
        assert lit(listing, 0, "underline") in {"", "hội nghịHội Nghị"}  # styles come with the app's sheet
        assert listing.asked.hits("Họp hội nghị Hội Nghị", "title") == [(4, 12), (13, 21)]


async def test_the_cursor_stays_inside_and_in_sight() -> None:
    listing = ArticleList()
    async with on_stage(listing):
        listing.set_rows(rows(*(row(number) for number in range(50))), 30)
        assert listing.scroll_offset.y == 21
        for action, wanted in [
            (listing.action_bottom, 49),
            (lambda: listing.action_move(1), 49),
            (listing.action_top, 0),
            (lambda: listing.action_move(-1), 0),
            (lambda: listing.action_page(1), 8),
            (lambda: listing.action_page(0.5), 13),
        ]:
            action()
            assert listing.cursor == wanted
            assert 0 <= listing.cursor - listing.scroll_offset.y < 10


async def test_a_patched_row_is_shown_and_no_other() -> None:
    listing = ArticleList()
    async with on_stage(listing):
        listing.set_rows(rows(row(1), row(2)), 0)
        listing.patch(row(2, starred=True))
        assert [line[0] for line in drawn(listing, 2)] == ["•", "★"]


async def test_a_hundred_thousand_rows_cost_what_is_in_sight() -> None:
    asked: list[int] = []

    def fetch(numbers: object) -> dict[int, Row]:
        asked.extend(numbers)  # type: ignore[call-overload]
        return {number: row(number) for number in numbers}  # type: ignore[attr-defined]

    many = Rows(ALL, array("q", range(100_000)), fetch, lambda _: [], lambda _: None)
    listing = ArticleList()
    async with on_stage(listing):
        listing.set_rows(many, 0)
        drawn(listing, 10)
        listing.action_bottom()
        drawn(listing, 10)
        assert listing.scroll_offset.y == 99_990
        assert len(asked) <= 800


async def test_a_message_stands_in_an_empty_list() -> None:
    listing = ArticleList()
    async with on_stage(listing):
        listing.message = "Nothing\nhere [b]"
        assert [line.strip() for line in drawn(listing, 10) if line.strip()] == ["Nothing", "here [b]"]


# -- the reading view


@asynccontextmanager
async def view(
    given: Article | None, width: int = 80, height: int = 20, **values: object
) -> AsyncIterator[ArticleView]:
    """A reading view that shows an article."""
    reading = ArticleView()
    async with on_stage(reading, width, height):
        reading.types = USUAL
        for name, value in values.items():
            setattr(reading, name, value)
        reading.article = given
        yield reading


async def test_an_article_line_by_line() -> None:
    one = article(
        1,
        "Tin [b]",
        blocks=(
            Block("lead", "Mở đầu."),
            Block("heading", "Tiêu đề nhỏ"),
            Block("quote", "Lời nói dài hơn một dòng của màn hình"),
            Block("list", "một"),
            Block("list", "hai"),
            Block("caption", "Ảnh chụp", credit="An"),
        ),
        author=None,
        state=State(notes=(Note("ghi", "2024-01-01T00:00:00Z"),)),
    )
    async with view(one, 40, 24) as reading:
        assert [line.rstrip() for line in drawn(reading, 21)] == [
            "  Tin [b]",
            "  Báo Thử ·",
            "  02/12/2023 08:30 (stated) · 1 min",
            "  " + "─" * 36,
            "",
            "  Mở đầu.",
            "",
            "  ▌ Tiêu đề nhỏ",
            "",
            "  │ Lời nói dài hơn một dòng của màn",
            "  │ hình",
            "",
            "  • một",
            "  • hai",
            "",
            "      ▫ Ảnh chụp",
            "        Photo: An",
            "",
            "  " + "─" * 36,
            "",
            "  ✎ ghi",
        ]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, "Báo Thử · 02/12/2023 08:30 (stated) · An Bình · 1 min"),
        ({"published": "2023-12-02"}, "Báo Thử · 02/12/2023 (stated) · An Bình · 1 min"),
        ({"published_basis": "inferred"}, "Báo Thử · 02/12/2023 08:30 (inferred) · An Bình · 1 min"),
        ({"published": None, "source": None}, "undated · An Bình · 1 min"),
        ({"state": State(tags=("a", "b"))}, "Báo Thử · 02/12/2023 08:30 (stated) · An Bình · 1 min · #a #b"),
    ],
)
def test_facts_line(fields: dict[str, object], wanted: str) -> None:
    assert facts_line(article(1, **fields)) == wanted


def test_no_line_of_the_facts_ends_with_the_number_of_minutes() -> None:
    facts = article_parts(article(1))[1].text
    for width in range(10, 60):
        lines = [facts[start:end].strip() for start, end in wrap(facts, width)]
        assert not any(line.endswith("· 1") for line in lines)


async def test_the_column_is_centred_and_changes() -> None:
    async with view(named(), 120, 24) as reading:
        assert (reading.layout_.width, reading.margin_left) == (76, 22)
        reading.column = 60
        assert (reading.layout_.width, reading.margin_left) == (60, 30)


async def test_another_width_keeps_the_place() -> None:
    async with view(named(), 80, 6) as reading:
        reading.show_place(Place(4, 300))
        before = reading.place
        assert before is not None
        reading.column = 40
        after = reading.place
        assert after is not None
        assert after.part == before.part
        assert abs(after.offset - before.offset) < 40


async def test_the_same_article_changed_keeps_the_place_and_another_begins_at_the_top() -> None:
    one = named()
    async with view(one, 80, 6) as reading:
        reading.action_page(1)
        top = reading.scroll_offset.y
        assert top > 0
        reading.article = replace(one, state=State(starred=True))
        assert reading.scroll_offset.y == top
        reading.article = article(2, "Khác", *["Dài. " * 100] * 5)
        assert reading.scroll_offset.y == 0


async def test_mentions_are_walked_in_reading_order() -> None:
    async with view(named(), 80, 8) as reading:
        reading.chosen = "person:lê thu"
        stops = []
        for _ in range(4):
            assert reading.walk(1)
            stops.append(reading._stop)
        assert stops == [0, 1, 2, 0]
        assert [stop[:2] for stop in reading._stops or ()] == [(0, 0), (3, 3), (4, 0)]
        reading.walk(-1)
        assert reading._stop == 2


async def test_hits_of_the_filter_are_walked_and_the_facts_line_is_lit() -> None:
    async with view(named(), asked=parse("bao thu")) as reading:
        assert reading.hits(1) == [(0, 7)]
        assert reading.walk(1)
        reading.asked = parse("tuoi")
        assert not reading.walk(1)


async def test_a_find_over_a_line_end_is_lit_on_both_lines() -> None:
    async with view(
        article(1, "Tin", "một hai ba bốn năm sáu bảy tám chín mười hội nghị"), 31, 20
    ) as reading:
        reading.needle = "bay tam"
        line = next(y for y in range(10) if "bảy" in reading.render_line(y).text)
        assert "tám" not in reading.render_line(line).text
        spans = [reading._stop_spans(reading.layout_.lines[y]) for y in (line, line + 1)]
        assert [len(found) for found in spans] == [1, 1]


async def test_entities_are_underlined_only_where_asked() -> None:
    async with view(named(), 80, 20) as reading:
        line = reading.layout_.line_of(Place(3, 0))
        at = reading.layout_.lines[line]
        assert len(reading._spans(at, reading.parts[3])) == 3
        reading.marks = False
        assert reading._spans(at, reading.parts[3]) == []
        reading.chosen = "person:trần nam"
        assert [span[:2] for span in reading._spans(at, reading.parts[3])] == [(18, 26)]


async def test_keys_that_end_the_article_say_so_and_the_wheel_does_not() -> None:
    heard: list[str] = []

    class Listening(ArticleView):
        def post_message(self, message: object) -> bool:
            heard.append(type(message).__name__)
            return super().post_message(message)  # type: ignore[arg-type]

    reading = Listening()
    async with on_stage(reading, 60, 6):
        reading.article = named()
        reading.scroll_end(animate=False)
        assert "Ended" not in heard
        reading.action_bottom()
        assert heard.count("Ended") == 1
        assert "PastEnd" not in heard
        reading.action_page_on()
        assert "PastEnd" in heard


async def test_an_article_of_a_megabyte_opens_at_once() -> None:
    text = "Đồng chí Bí thư Thành ủy nhấn mạnh nhiệm vụ trọng tâm của năm tới. " * 15
    names = (person("Bí thư", *((block, 9) for block in range(1000))),)
    async with view(None, 100, 40) as reading:
        began = time.process_time()
        reading.article = article(1, "Dài", *[text] * 1000, entities=names)
        drawn(reading, 40)
        assert time.process_time() - began < 0.3
        assert len(reading.layout_) > 12_000


def test_parts_of_the_view_have_the_facts() -> None:
    assert [part.block for part in article_parts(article())][:3] == [TITLE, FACTS, None]


@pytest.mark.parametrize(("start", "wanted"), [(0, 0), (1, 0), (5, 0), (7, 1), (13, 2), (99, 2)])
def test_touching(start: int, wanted: int) -> None:
    assert touching([(0, 2), (5, 9), (12, 14)], (start,)) == wanted


# -- names


def test_groups_come_in_order_the_most_mentioned_first() -> None:
    found = arranged(of_article(named().entities, USUAL))
    assert [(group.type, [name.name for name in group.names]) for group in found] == [
        ("person", ["Lê Thu", "Trần Nam"]),
        ("place", ["Huế"]),
    ]
    found = of_article(named().entities, USUAL | {"event"})
    assert [group.type for group in found] == ["person", "place", "event"]


async def test_names_with_counts_and_roles_as_they_are() -> None:
    pane = EntitiesPane()
    async with on_stage(pane, 40, 20):
        hostile = person("[/] tên", (0, 0), (0, 9), roles=("[b]Bí thư",))
        pane.article = replace(named(), entities=(hostile,))
        prompts = [str(option.prompt) for option in pane.options]
        assert prompts == ["People (1)", "[/] tên 2\n  [b]Bí thư"]
        assert pane.entity == hostile


async def test_the_pane_keeps_its_place_when_types_change() -> None:
    pane = EntitiesPane()
    async with on_stage(pane, 40, 20):
        pane.article = named()
        pane.choose("place:huế")
        pane.types = USUAL | {"event"}
        assert pane.entity is not None
        assert pane.entity.key == "place:huế"


async def test_a_pane_narrower_than_its_borders_does_not_fail() -> None:
    async with on_stage(EntitiesPane(), 1, 5) as app:
        app.widget.article = named()  # type: ignore[attr-defined]


# -- bars and tables


async def test_the_status_line_gives_way_on_the_left() -> None:
    status = StatusLine()
    async with on_stage(status, 20, 1):
        status.left, status.right = "một bộ lọc rất dài", "1/22 · 0%"
        assert status.render_line(0).text == " một bộ…  1/22 · 0% "


async def test_the_footer_is_one_line() -> None:
    footer = Footer()
    async with on_stage(footer, 20, 1):
        footer.hints = (("s", "star"), ("e", "export"), ("?", "help"))
        assert footer.render_line(0).text == " s star  ? help     "


async def test_in_a_narrow_window_the_raw_page_has_room_for_its_text() -> None:
    entries = [Entry("nằm trên tiêu đề của bài báo", "bốn năm sáu bảy tám chín mười", "", "12")]
    async with on_stage(TableView(entries, 30), 46, 6) as stage:
        table = stage.query_one(TableView)
        assert drawn(table, 2)[0].rstrip() == " 12 nằm trên tiêu đề    bốn năm sáu bảy tám"


async def test_a_table_wraps_both_sides() -> None:
    table = TableView([Entry("", "Đầu", "head"), Entry("một hai ba", "bốn năm sáu bảy tám", "", "12")], 7)
    async with on_stage(table, 26, 6):
        assert [line.rstrip() for line in drawn(table, 4)] == [
            " Đầu",
            " 12 một hai  bốn năm sáu",
            "    ba       bảy tám",
            "",
        ]
