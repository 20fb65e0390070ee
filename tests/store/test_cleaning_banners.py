"""Whose page it is by its banner and its footer; authors of an initial and a given name; tables."""

from __future__ import annotations

import pytest

from store.article import RawPage
from store.cleaning import clean

BODY = """Xã mở thêm ba điểm bán nước sạch cho dân

08:20 12/05/2024

Chiều qua, xã mở thêm ba điểm bán nước sạch cho dân các xóm ven sông đang thiếu nước từ đầu tháng.

Mỗi điểm bán tám giờ một ngày, giá bằng giá ở trung tâm, và người già được chở nước tới tận nhà.

Việc này kéo dài tới khi mưa về, theo người trông coi điểm bán ở đầu xóm, nơi đông người mua nhất.
"""


def source(top: str, bottom: str = "") -> str | None:
    text = f"{top}\n{BODY}\nĐào Quyên\n\n{bottom}\n"
    return clean(RawPage(text, "0" * 64, path="trang.txt")).source


@pytest.mark.parametrize(
    ("top", "bottom", "wanted"),
    [
        (
            "TRANG THÔNG TIN ĐIỆN TỬ\nXÃ CƯ PUI\nGiới thiệu\nTin tức",
            "",
            "TRANG THÔNG TIN ĐIỆN TỬ XÃ CƯ PUI",
        ),
        ("BỘ CÔNG THƯƠNG\nCỔNG THÔNG TIN ĐIỆN TỬ\nVăn bản", "", "CỔNG THÔNG TIN ĐIỆN TỬ BỘ CÔNG THƯƠNG"),
        ("CỔNG THÔNG TIN ĐIỆN TỬ\nTin tức - Sự kiện\nVăn bản", "", None),
        ("Thể thao & Gia đình\nBóng đá  Cờ", "thethaogiadinh.vn - Giấy phép số 11", "Thể thao & Gia đình"),
        ("Thể thao & Gia đình\nBóng đá  Cờ", "Liên hệ: toasoan@thethaogiadinh.vn", None),
        ("Thể thao & Gia đình\nBóng đá  Cờ", "Xem bóng đá tại bongdahay.vn", None),
        ("LÀNG QUÊ MỚI\nThời sự | Kinh tế | Văn hóa | Bạn đọc", "", "LÀNG QUÊ MỚI"),
        ("MÁY TÍNH 24\nTin tức   Thủ thuật   Xe   Diễn đàn", "", "MÁY TÍNH 24"),
        ("THỜI SỰ\nChính trị | Kinh tế | Văn hóa | Bạn đọc", "", None),
        ("LÀNG QUÊ MỚI\nÔng Hai kể chuyện cũ", "", None),
        ("Trang chủ", "Ghi rõ nguồn “Làng Quê Mới” khi phát hành lại", "Làng Quê Mới"),
        ("Thanh Niên > Du lịch > Khám phá", "", "Thanh Niên Online"),
        ("Văn hóa > Di sản > Khám phá", "", None),  # a section before it is a paper
        ("Trang chủ", "Ghi rõ nguồn khi phát hành lại thông tin", None),
    ],
)
def test_banners_and_footers_name_the_site(top: str, bottom: str, wanted: str | None) -> None:
    assert source(top, bottom) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("T.Thúy - 12/02/2025, 15:48", "T.Thúy"),
        ("12/02/2025 15:48 H.Lan", "H.Lan"),
        ("TP.Vinh - 12/02/2025, 15:48", None),
        ("Vinh - 12/02/2025, 15:48", None),
    ],
)
def test_an_initial_and_a_given_name_beside_the_stamp_are_the_author(line: str, wanted: str | None) -> None:
    title, _, rest = BODY.partition("\n\n08:20 12/05/2024\n\n")
    text = f"Trang chủ\n{title}\n{line}\n{rest}\n"
    assert clean(RawPage(text, "0" * 64, path="trang.txt")).author == wanted


TABLE = "Đắk Lắk    113.900    -1.200"


def test_rows_of_a_table_between_paragraphs_are_of_the_text() -> None:
    first, last = BODY.strip().rsplit("\n\n", 1)
    rows = f"Địa phương    Giá    Thay đổi\n{TABLE}\nGia Lai    113.700    -1.300"
    article = clean(RawPage(f"Trang chủ\n{first}\n\n{rows}\n\n{last}\n", "0" * 64, path="trang.txt"))
    assert [block.text.split()[0] for block in article.blocks if block.kind == "list"] == ["Đắk", "Gia"]


@pytest.mark.parametrize("line", ["Bóng đá    Cờ vua    Võ    Tin 24h", "VN-Index 1.281,34    HNX 229,6"])
def test_menus_and_tickers_are_no_tables(line: str) -> None:
    first, last = BODY.strip().rsplit("\n\n", 1)
    top = clean(RawPage(f"{TABLE}\n{first}\n\n{last}\n", "0" * 64, path="trang.txt"))
    assert not any("113.900" in block.text for block in top.blocks)
    inside = clean(RawPage(f"Trang chủ\n{first}\n\n{line}\n\n{last}\n", "0" * 64, path="trang.txt"))
    assert not any(block.kind == "list" for block in inside.blocks)
