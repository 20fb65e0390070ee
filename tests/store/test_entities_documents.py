"""Documents: their parts, spellings that are one, numbers that come with words between; days and spans."""

from __future__ import annotations

import pytest
from reading import read

from store.article import Article, Entity
from store.entities.document_parts import DocumentParts, document_parts, parts_in
from store.entities.quantities import amount


def of(article: Article, kind: str) -> list[Entity]:
    return [entity for entity in article.entities if entity.type == kind]


@pytest.mark.parametrize(
    ("name", "after", "parts"),
    [
        ("Nghị quyết số 21-NQ/TW", "", ("Nghị quyết", "21", "NQ/TW", None, "Trung ương Đảng")),
        (
            "Nghị quyết số 21-NQ/TW",
            " của Bộ Chính trị về",
            ("Nghị quyết", "21", "NQ/TW", None, "Bộ Chính trị"),
        ),
        (
            "Kết luận số 9-KL/TW",
            " ngày 3/2/2018 của Ban Bí thư",
            ("Kết luận", "9", "KL/TW", 2018, "Ban Bí thư"),
        ),
        ("Nghị định 24/2012/NĐ-CP", "", ("Nghị định", "24", "NĐ-CP", 2012, "Chính phủ")),
        ("Thông tư số 12/2024/TT-BGDĐT", "", ("Thông tư", "12", "TT-BGDĐT", 2024, "Bộ Giáo dục và Đào tạo")),
        ("Kế hoạch số 05/KH -UBND - VX", "", ("Kế hoạch", "05", "KH-UBND-VX", None, "UBND")),
        ("Chỉ thị 05", "", ("Chỉ thị", "05", None, None, None)),
        ("Chỉ thị 05", " của Thủ tướng Chính phủ,", ("Chỉ thị", "05", None, None, "Thủ tướng Chính phủ")),
        ("Nghị quyết 12", " của HĐND tỉnh Hà Tĩnh", ("Nghị quyết", "12", None, None, "HĐND tỉnh Hà Tĩnh")),
        ("Nghị quyết 12", " của riêng ai", ("Nghị quyết", "12", None, None, None)),
        ("Luật Đất đai năm 2013", "", ("Luật", None, None, 2013, "Quốc hội")),
        ("Bộ luật Hình sự", "", ("Bộ luật", None, None, None, "Quốc hội")),
        ("Luật BHXH số 41/2024/QH15", "", ("Luật", "41", "QH15", 2024, "Quốc hội")),
        ("NQTW4 khóa XII", "", ("Nghị quyết", "4", None, None, "Ban Chấp hành Trung ương khóa XII")),
        (
            "Nghị quyết Trung ương 4 (khóa 12)",
            "",
            ("Nghị quyết", "4", None, None, "Ban Chấp hành Trung ương khóa XII"),
        ),
        (
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX",
            "",
            ("Nghị quyết", None, None, None, "Đại hội Đảng bộ tỉnh lần thứ XX"),
        ),
    ],
)
def test_parts_of_a_document(name: str, after: str, parts: tuple[object, ...]) -> None:
    assert document_parts(name, after) == DocumentParts(*parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["", "Luật", "số", "Nghị quyết số", "Đề án 06", "–", "Quyết định 1/", "Luật 5"]
)
def test_parts_of_anything(name: str) -> None:
    assert isinstance(document_parts(name, name), DocumentParts)


def test_parts_with_what_the_article_adds() -> None:
    article = read("Theo Chỉ thị 32, rừng được giữ. Chỉ thị số 32-CT/TW ngày 5/4/2021 của Ban Bí thư nêu rõ.")
    (document,) = of(article, "document")
    assert parts_in(article, document) == DocumentParts("Chỉ thị", "32", "CT/TW", 2021, "Ban Bí thư")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quyết định truy nã số 05/QĐTN-CSKT được gửi đi.", ["Quyết định truy nã số 05/QĐTN-CSKT"]),
        ("Theo Luật BHXH số 41/2024/QH15 và Luật BHXH cũ.", ["Luật BHXH số 41/2024/QH15"]),
        ("Chỉ thị 05-CT/TW, tức Chỉ thị số 05.", ["Chỉ thị 05-CT/TW"]),
        ("NQTW4 khóa XII, tức Nghị quyết Trung ương 4 (khóa 12).", ["Nghị quyết Trung ương 4 (khóa 12)"]),
        ("Khoản 2 Điều 5 Nghị định 15/2020/NĐ-CP.", ["Nghị định 15/2020/NĐ-CP"]),
        ("Quyết định phê duyệt số tiền 5 tỷ.", []),
        (
            "Quyết định 2138 ngày 25-7 và Thông báo kết luận số 123/TB-VPCP.",
            ["Quyết định 2138", "Thông báo kết luận số 123/TB-VPCP"],
        ),
        ("Theo Công ước Liên hợp quốc về Luật Biển 1982.", ["Công ước Liên hợp quốc về Luật Biển 1982"]),
    ],
)
def test_spellings_of_documents(text: str, names: list[str]) -> None:
    assert [entity.name for entity in of(read(text), "document")] == names


def test_a_span_with_hours() -> None:
    article = read("Cấm xe từ 20 giờ ngày 3/2 đến 4 giờ ngày 4/2. Ngày 4/2 cầu mở lại.")
    first, last = of(article, "date")
    assert (first.name, first.value) == ("3/2", "2024-02-03")
    assert (last.name, last.value, last.value_basis) == (
        "4/2",
        "2024-02-03T20:00/2024-02-04T04:00",
        "supplied",
    )
    assert len(last.mentions) == 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Từ 28/12 đến 3/1/2022.", ["2021-12-28", "2022-01-03"]),
        ("Kỳ họp (từ 10/7 - 12/7/2018).", ["2018-07-10", "2018-07-12"]),
        ("Trong quý I và 6 tháng đầu năm.", ["2024-01-01/2024-03-31", "2024-01-01/2024-06-30"]),
        ("Báo cáo trước 30.9, lãi 3.5 tỷ.", ["2023-09-30"]),
        ("Trong 2 tháng đầu năm 2023.", ["2023-01-01/2023-02-28"]),
    ],
)
def test_values_of_dates(text: str, values: list[str]) -> None:
    assert [entity.value for entity in of(read(text), "date")] == values


@pytest.mark.parametrize(
    "text",
    [
        "Nhà 12/5 đường Lê Lợi, hẻm 18/7.",
        "Kẹt xe trên đường 3/2 và đường 30/4.",
        "Vào vòng 1/8, thắng tỷ số 3-1.",
        "Đội nhà thắng 3-2 (2-1), tay vợt thắng 7-6 (7/4).",
        "Theo bản án số 12/2023/HSST.",
        "Bản đồ tỷ lệ 1/500, biển số 51F-123.45, tổng đài 1900.1234.",
        "Bệnh viện 30-4, công viên 23/9, phiên bản 2.1, iOS 17.2.",
    ],
)
def test_no_dates(text: str) -> None:
    assert of(read(text), "date") == []


def test_a_street_named_after_a_day_is_a_place() -> None:
    assert [place.name for place in of(read("Kẹt xe trên đường 3/2."), "place")] == ["đường 3/2"]


def test_a_day_of_the_moon_has_no_value() -> None:
    (day,) = of(read("Giỗ Tổ ngày 10/3 âm lịch."), "date")
    assert (day.name, day.value, day.value_basis) == ("10/3", None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,5 tỷ đồng", "3500000000 đồng"),
        ("500 triệu USD", "500000000 USD"),
        ("12.500 m2", "12500 m2"),
        ("1.250.000 đồng", "1250000 đồng"),
        ("1.250,5 ha", "1250.5 ha"),
        ("7,2%", "7.2 %"),
        ("2 nghìn tỷ đồng", "2000000000000 đồng"),
        ("0,75 triệu tấn", "750000 tấn"),
        ("3.5 km", "3.5 km"),
        ("40 người", "40 người"),
    ],
)
def test_amounts_for_machines(text: str, value: str) -> None:
    assert amount(text) == value
    found = of(read(f"Con số là {text} trong năm."), "quantity")
    assert [entity.value for entity in found] == [value]
