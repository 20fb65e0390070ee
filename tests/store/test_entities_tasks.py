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
        ("Trung tâm Cứu hộ gấu Việt Nam nhận hai con.", ["Trung tâm Cứu hộ gấu Việt Nam"]),
        ("Trung tâm Bảo tồn di tích cố đô Huế tu bổ.", ["Trung tâm Bảo tồn di tích cố đô Huế"]),
        ("Quỹ Phát triển vui mừng.", ["Quỹ Phát triển"]),
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
        # joined by và or a dash
        (
            "Cục Phó trưởng Cục Khởi nghiệp và Doanh nghiệp công nghệ họp.",
            ["Cục Khởi nghiệp và Doanh nghiệp công nghệ"],
        ),
        ("Ông dự Hội đồng Kinh doanh EU - ASEAN ở Jakarta.", ["Hội đồng Kinh doanh EU - ASEAN"]),
        (
            "Trúng thầu là liên danh Công ty CP Xây dựng Lam Hà - Công ty TNHH Trường Phát.",
            ["Công ty CP Xây dựng Lam Hà", "Công ty TNHH Trường Phát"],
        ),
        # firms from abroad, units by their number
        ("Anh bán cho Doosan Coffee Co., Ltd hai lô.", ["Doosan Coffee Co., Ltd"]),
        (
            "Cổ đông gồm Vestgaard Offshore A/S và Mitsuhara Corporation.",
            ["Vestgaard Offshore A/S", "Mitsuhara Corporation"],
        ),
        ("Gạo về Beras Maju Berhad.", ["Beras Maju Berhad"]),
        ("Tòa đề nghị PC03 Công an TP.HCM làm rõ.", ["PC03 Công an TP.HCM"]),
        # a person or a body behind the office
        ("Chánh Thanh tra Sở Giáp Văn Tuyên đến.", []),
        ("Bà Mai, Trưởng phòng Chiến lược CTCP Quản lý quỹ Sen Vàng, nói.", ["CTCP Quản lý quỹ Sen Vàng"]),
        # papers are no fields
        ("Báo cáo dẫn Ban Bí thư và Đề án 06.", ["Ban Bí thư"]),
    ],
)
def test_a_name_goes_on_as_far_as_the_evidence(text: str, wanted: list[str]) -> None:
    assert bodies(text) == wanted


def places(text: str) -> list[str]:
    article = extract(
        Article("", "Tin trong ngày", published="2024-05-01", blocks=(Block("paragraph", text),))
    )
    return [entity.name for entity in article.entities if entity.type == "place"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Điểm bầu cử ở Kutaisi, Gori và Zugdidi mở cửa.", ["Kutaisi", "Gori", "Zugdidi"]),
        ("Họ mở văn phòng tại Kutaisi và Google rút lui.", ["Kutaisi"]),
        ("TỪ THÔN BẢN ĐẾN DOANH NGHIỆP", []),
        ("Phó Bí thư Tỉnh Đoàn Đắk Lắk hứa.", []),
        ("Sáng kiến Cửa ngõ Toàn cầu có vốn.", []),
        ("Pháp nhân mới đặt trụ sở ở đây.", []),
    ],
)
def test_places_in_a_row_and_words_that_only_look_like_places(text: str, wanted: list[str]) -> None:
    assert places(text) == wanted


def test_papers_with_a_code_of_many_offices() -> None:
    text = "Theo Thông tư liên tịch 17/2007/TTLT-BCA-VKSNDTC-TANDTC-BTP và Biên bản ghi nhớ số 02/BBGN-BTĐL."
    article = extract(
        Article("", "Tin trong ngày", published="2024-05-01", blocks=(Block("paragraph", text),))
    )
    assert [entity.name for entity in article.entities if entity.type == "document"] == [
        "Thông tư liên tịch 17/2007/TTLT-BCA-VKSNDTC-TANDTC-BTP",
        "Biên bản ghi nhớ số 02/BBGN-BTĐL",
    ]


def test_provinces_that_win_medals_are_teams_and_remain_places_where_they_are_named_as_such() -> None:
    text = (
        "An Giang giành ba HCV và hai HCB. Cô bỏ xa Phạm Hoàng Mai (Hải Phòng) để lấy HCV ở Đà Nẵng. "
        "Đội trở về An Giang với hai HCĐ."
    )
    assert bodies(text) == ["An Giang", "Hải Phòng"]
    assert places(text) == ["Đà Nẵng", "An Giang"]


def test_a_consulate_behind_a_comma_is_a_body_and_no_office() -> None:
    text = "Quà của Đại sứ Hoa Kỳ, Tổng Lãnh sự quán Pháp tại TP Hồ Chí Minh và bạn đọc."
    assert bodies(text) == ["Tổng Lãnh sự quán Pháp tại TP Hồ Chí Minh"]
