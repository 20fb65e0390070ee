"""Nothing vanishes: blocks, facts and dropped parts cover every non-blank character of a page, in order."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, RawPage
from store.cleaning import clean
from store.errors import LoadError
from store.loaders import load, make_page

SEEDS = Path(__file__).parents[2].parent / "shared" / "accuracy" / "seeds"

SHAPES = """
Trang chủ
Thể thao
Trang chủ > Thời sự
Thứ Hai, 30/01/2023, 10:00 [GMT+7]
29/12/2023 | 19:17:16
15,527 lượt xem
Mở rộng tuyến đường ven biển qua ba xã bãi ngang
MƯA LỚN GÂY NGẬP NHIỀU TUYẾN PHỐ
Giá gạo xuất khẩu giảm (08:10 02/03/2021)
(CT)- Sáng 28-3, Sở Giao thông tổ chức lễ khởi công cầu mới qua sông, nối hai xã cách trở nhiều năm nay.
TTO - Trời rét đậm, nhiều hộ dân vùng cao phải đưa trâu bò xuống núi và đốt lửa sưởi ấm suốt đêm qua.
Ông Lê Văn Tám cho biết đàn bò của gia đình vẫn khỏe, song cỏ trên đồi đã úa vàng gần hết. Chị gật đầu.
Các đại biểu dự hội nghị.
Quang cảnh buổi lễ. Ảnh: Minh Hà
Ảnh: Minh Hà
(Ảnh: TTXVN)
Đồng chí Ba phát biểu tại hội nghị Đồng chí Ba phát biểu tại hội nghị
Đồng chí Ba trao quà cho các hộ nghèo năm 2023.Đồng chí Ba trao quà cho các cháu ngoan năm 2023.
1. Nỗi lo mùa hạn
- Hạn chế tưới tràn;
“Chúng tôi chờ con đường này đã hơn hai mươi năm rồi, nay mới thấy nó về đến đầu làng”
Mùa vụ kết thúc tốt đẹp. Nguyễn Hoài An
Dự án hoàn thành năm 2025. (TTXVN/Vietnam+)
Nguyễn Hoài An
HOÀNG DUNG
PV
Tin, ảnh: Hà My (TTXVN)
Lan Chi - Quốc Bảo
Theo Báo Hải Phòng
Minh AnhTheo Reuters
Bích Ngọc/Bnews/vnanet.vn
Minh Tâm - 02/04/2025, 07:00
Các tin khác
Tin liên quan
Bình luận
Hotline: 0912 000 111
© 2020 Báo Đồng Quê
Từ khóa: lũ, bão
12
•
L?y l?i m\ufffd b?o m?t
The board met on Monday and agreed to keep the rate where it was for now.
"""
LINES = st.sampled_from([*SHAPES.split("\n"), "", "\u00a0", " \t"])


def assert_covered(page: RawPage, article: Article, *, ordered: bool = True) -> None:
    """Take away what facts and dropped parts cover: the rest is the blocks, letter by letter (in the order
    of the page, unless a hand put a line between a caption and its credit)."""
    lines = page.text.split("\n")
    taken = [[False] * len(line) for line in lines]
    spans = [(part.line, part.start, part.end) for part in article.dropped]
    spans += [(f.line, f.start, f.end) for f in article.facts.values() if f.line is not None]
    for number, start, end in spans:
        stop = len(lines[number - 1]) if end is None else end
        assert 0 <= start < stop <= len(lines[number - 1])
        taken[number - 1][start:stop] = [True] * (stop - start)
    rest = "".join(
        char
        for line, gone in zip(lines, taken, strict=True)
        for char, hidden in zip(line, gone, strict=True)
        if not hidden and not char.isspace()
    )
    in_order = sorted(
        article.blocks, key=lambda block: block.line or 0
    )  # a lead goes before captions above it
    kept = "".join(block.text + (block.credit or "") for block in in_order)
    kept = "".join(kept.split())
    assert kept == rest if ordered else sorted(kept) == sorted(rest)
    for part in article.dropped:
        assert lines[part.line - 1][part.start : part.end] == part.text
        assert part.text == part.text.strip() != ""
        assert part.why


def article_or_none(page: RawPage) -> Article | None:
    """The article; None for a page without a letter."""
    if any(char.isalnum() for char in page.text):
        return clean(page)
    with pytest.raises(LoadError, match="no_text"):
        clean(page)
    return None


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=30))
def test_every_letter_is_kept_stated_or_dropped(lines):
    page = make_page("\n".join(lines))
    if article := article_or_none(page):
        assert_covered(page, article)
        assert article.title


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_covered(text):
    page = make_page(text)
    if article := article_or_none(page):
        assert_covered(page, article)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared pages are not here")
def test_the_seeds_are_covered():
    for path in sorted(SEEDS.glob("*.txt")):
        (page,) = load(path)
        assert isinstance(page, RawPage)
        assert_covered(page, clean(page))
