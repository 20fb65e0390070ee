"""Bodies whose names go on in small letters that no list knows, and sentences that only look like it."""

from __future__ import annotations

import pytest

from store.article import Article, Block
from store.entities import extract


def bodies(text: str) -> list[str]:
    article = extract(
        Article("", "Tin trong ngày", published="2024-05-01", blocks=(Block("paragraph", text),))
    )
    return [entity.name for entity in article.entities if entity.type == "organization"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a task and its object
        ("Ông lập Quỹ Phát triển tài năng cờ vua Bình Minh.", ["Quỹ Phát triển tài năng cờ vua Bình Minh"]),
        ("Trưởng Phòng Quản lý bờ kè nói.", ["Phòng Quản lý bờ kè"]),
        ("Đội Kiểm soát phòng, chống ma túy đến.", ["Đội Kiểm soát phòng, chống ma túy"]),
        ("Ban Thực hiện chính sách BHXH trả lời.", ["Ban Thực hiện chính sách BHXH"]),
        ("Đội Công tác chữa cháy số 3 tới.", ["Đội Công tác chữa cháy số 3"]),
        (
            "Trung tâm Thông tin chỉ huy Công an tỉnh Hà Nam nhận tin.",
            ["Trung tâm Thông tin chỉ huy Công an tỉnh Hà Nam"],
        ),
        # a place, a person or an abbreviation behind the small words
        ("CLB Chèo trẻ phường Tân Hà diễn.", ["CLB Chèo trẻ phường Tân Hà"]),
        ("Vụ trưởng Vụ Thương mại song biên Ngô Văn Khải nói.", ["Vụ Thương mại song biên"]),
        ("Hiệp hội Kinh doanh cá cảnh Việt Nam (VAFA) họp.", ["Hiệp hội Kinh doanh cá cảnh Việt Nam"]),
        (
            "Chi cục An toàn vệ sinh thực phẩm (ATVSTP) tỉnh Hà Nam phạt quán.",
            ["Chi cục An toàn vệ sinh thực phẩm tỉnh Hà Nam"],
        ),
        # verbs end the name
        ("Sở Y tế khoanh vùng phường Tân Hà.", ["Sở Y tế"]),
        ("Công ty Hoàng Long bồi thường tỉnh Hà Nam.", ["Công ty Hoàng Long"]),
        ("Giám đốc Sở Y tế giới thiệu Nguyễn Văn Hải.", ["Sở Y tế"]),
        ("Trung tâm Huấn luyện thúc quân.", ["Trung tâm Huấn luyện"]),
        ("Phòng Quản lý đô thị phạt ba người.", ["Phòng Quản lý đô thị"]),
        ("Ban Quản lý dự án thúc giục nhà thầu.", ["Ban Quản lý dự án"]),
        # numbers, seats, branches
        ("Tiểu đoàn Phòng hóa 38 thuộc Phòng Tham mưu đến.", ["Tiểu đoàn Phòng hóa 38", "Phòng Tham mưu"]),
        ("Anh vào Bệnh viện Quân y 175 (Bộ Quốc phòng).", ["Bệnh viện Quân y 175", "Bộ Quốc phòng"]),
        ("Bệnh viện Bạch Mai cơ sở 2 mở cửa.", ["Bệnh viện Bạch Mai cơ sở 2"]),
        ("Agribank Chi nhánh Nam Nghệ An tặng quà.", ["Agribank Chi nhánh Nam Nghệ An"]),
        # papers are no fields
        ("Báo cáo dẫn Ban Bí thư và Đề án 06.", ["Ban Bí thư"]),
    ],
)
def test_a_name_goes_on_as_far_as_the_evidence(text: str, wanted: list[str]) -> None:
    assert bodies(text) == wanted
