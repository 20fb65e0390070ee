"""Names that only the words around them tell, beside what looks like them and is something else."""

from __future__ import annotations

import pytest

from store.article import Article, Block
from store.entities import extract


def named(text: str, kind: str) -> list[str]:
    """The names of one type in a text."""
    article = Article("", "Tin trong ngày", published="2024-05-01", blocks=(Block("paragraph", text),))
    return [entity.name for entity in extract(article).entities if entity.type == kind]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tết Nhâm Dần, cả nhà về quê.", []),
        ("Xuân Giáp Thìn và xuân Ất Tỵ đều ấm.", []),
        ("Ông Đinh Hợi và bà Tân Thị Mùi về quê.", ["Đinh Hợi", "Tân Thị Mùi"]),
        ("Đinh Sửu (41 tuổi) bỏ trốn.", ["Đinh Sửu"]),
        ("Đinh Sửu Anh bỏ trốn.", ["Đinh Sửu Anh"]),
    ],
)
def test_years_of_the_cycle_are_nobody(text: str, wanted: list[str]) -> None:
    assert named(text, "person") == wanted


@pytest.mark.parametrize(
    ("text", "persons", "places"),
    [
        ("Gửi về 61 Trần Thúc Nhẫn, TP Huế.", [], ["Trần Thúc Nhẫn", "TP Huế"]),
        ("Nhà ở số 5 Trần Thánh Tông.", [], ["Trần Thánh Tông"]),
        ("Trú tại 36/5 Bà Triệu, phường Phú Hội.", [], ["Bà Triệu", "phường Phú Hội"]),
        ("Ở tuổi 61 Trần Văn Bảy, Hà Nội, vẫn đi làm.", ["Trần Văn Bảy"], ["Hà Nội"]),
        ("Danh sách: 1. Nguyễn Văn Tâm, huyện Củ Chi.", ["Nguyễn Văn Tâm"], ["huyện Củ Chi"]),
        ("Năm 2023, 12 Việt Nam, Lào.", [], ["Việt Nam", "Lào"]),
    ],
)
def test_a_house_number_makes_a_street(text: str, persons: list[str], places: list[str]) -> None:
    assert named(text, "person") == persons
    assert named(text, "place") == places


@pytest.mark.parametrize(
    ("text", "persons", "places"),
    [
        ("Họ xuống từng thôn như Choản Thèn, Lao Chải.", [], ["Choản Thèn", "Lao Chải"]),
        (
            "Các tuyến đường như Nguyễn Trãi, Trường Chinh ùn tắc.",
            [],
            ["Nguyễn Trãi", "Trường Chinh"],
        ),
        ("Nhiều xã vùng cao như Y Tý, Trịnh Tường chịu rét.", [], ["Y Tý", "Trịnh Tường"]),
        ("Nhiều cán bộ xã như Nguyễn Văn Hợp được khen.", ["Nguyễn Văn Hợp"], []),
        ("Các thầy ở huyện, như Lê Văn Hà, đều trẻ.", ["Lê Văn Hà"], []),
    ],
)
def test_examples_of_several_places_are_places(text: str, persons: list[str], places: list[str]) -> None:
    assert named(text, "person") == persons
    assert named(text, "place") == places


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tấm nền do Kanzoo sản xuất. Sau đó Kanzoo tăng giá.", ["Kanzoo"]),
        ("Thuốc do Medpharma phân phối đã bị thu hồi.", ["Medpharma"]),
        ("Bộ phim do Spielberg sản xuất đoạt giải.", []),
        ("Đoàn do Macron dẫn đầu đã tới.", []),
        ("Theo số liệu của Datanest, giá tăng.", ["Datanest"]),
        ("Theo lời kể của Johnson, anh đã đi.", []),
        ("Trao đổi với PLXH, bà Hoa nói không biết.", ["PLXH"]),
        ("Anh đi với VTX lên núi.", []),
        ("Theo Kanzoo Media, phim ăn khách.", ["Kanzoo Media"]),
        ("Cô là thành viên nhóm Sao Biển.", ["nhóm Sao Biển"]),
        ("Nhóm Giàng A Tủa bị bắt cùng nhóm O trong đêm.", []),
        ("Cô lập nhóm Khmer ở chợ.", []),
        ("Đội bóng chuyền nữ Hà Phú thắng.", ["Đội bóng chuyền nữ Hà Phú"]),
        ("Trung tâm Dự báo thời tiết thông báo.", ["Trung tâm Dự báo thời tiết"]),
    ],
)
def test_bodies_by_what_is_said_of_them(text: str, wanted: list[str]) -> None:
    assert named(text, "organization") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bạn đọc Ngọc Tuấn hỏi về giá nước.", ["Ngọc Tuấn"]),
        ("Độc giả Hà Nội gửi thư.", []),
        ("Khán giả Thủ đô cổ vũ.", []),
        ("Bộ trưởng Giôn Mác-cơ Ê-van đã đến.", ["Giôn Mác-cơ Ê-van"]),
        ("Chủ tịch Kim Jong-un Triều Tiên đã đến.", ["Kim Jong-un"]),
    ],
)
def test_people_by_how_they_are_called(text: str, wanted: list[str]) -> None:
    assert named(text, "person") == wanted


@pytest.mark.parametrize("name", ["Mát-xcơ-va", "Ê-ti-ô-pi-a", "A-bu-gia", "Xô-chi", "Đại Hàn Dân quốc"])
def test_places_abroad_as_the_state_press_spells_them(name: str) -> None:
    assert named(f"Đoàn đến {name} hôm qua.", "place") == [name]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cán bộ phụ trách: ông Đồng Quang Huy.", {"Đồng Quang Huy": ("Cán bộ phụ trách",)}),
        ("Theo Giám đốc Sở: Ông Hà không ký.", {"Hà": ()}),
        (
            "Tay vợt số hai Việt Nam Vũ Quang Duy thua.",
            {"Vũ Quang Duy": ("Tay vợt số hai Việt Nam",)},
        ),
        ("Trưởng phòng Nội vụ huyện Vũ Quang cho biết.", {}),
        ("Cờ vua: Minh Nhật hòa ván then chốt.", {}),
        ("Vua Charles của Anh đã đến.", {"Charles": ("Vua",)}),
        (
            "Ông gặp Tổng thống Ai Cập, Thủ tướng Ethiopia Gabriel Tesfay.",
            {"Gabriel Tesfay": ("Thủ tướng Ethiopia",)},
        ),
        (
            "Ngoại trưởng Mỹ, Đại sứ Mỹ tại Liên hợp quốc John Carver đã đến.",
            {"John Carver": ("Ngoại trưởng Mỹ", "Đại sứ Mỹ tại Liên hợp quốc")},
        ),
    ],
)
def test_offices_before_a_name(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    article = Article("", "Tin trong ngày", published="2024-05-01", blocks=(Block("paragraph", text),))
    assert {e.name: e.roles for e in extract(article).entities if e.type == "person"} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Giải nhất thuộc về Ngọc Diệp Anh.", ["Ngọc Diệp Anh"]),
        ("Ở xã Minh Hà Anh cùng bạn trồng lúa.", []),
        ("Giải nhất thuộc về Mai Hoàng Anh.", ["Mai Hoàng Anh"]),
        ("Chị Ngọc, Diệp Anh và Thu Hà cùng hát.", ["Ngọc", "Diệp Anh"]),
    ],
)
def test_a_given_name_before_a_whole_name_is_of_it(text: str, wanted: list[str]) -> None:
    assert named(text, "person")[: len(wanted) or 1] == wanted


MATCH = "Trận chung kết có hai bàn. HLV hai CLB vui. Trận sau, HLV đổi người. "


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MATCH + "Kỳ thủ của đoàn Cần Thơ thắng.", ["đoàn Cần Thơ"]),
        (MATCH + "Anh theo đoàn Cần Thơ về quê.", []),
        ("Đại biểu của đoàn Cần Thơ phát biểu.", []),
    ],
)
def test_delegations_are_teams_in_reports_of_matches(text: str, wanted: list[str]) -> None:
    assert named(text, "organization") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Theo Kết luận giám định số 233/KL-KTHS, chữ ký là thật.", ["Kết luận giám định số 233/KL-KTHS"]),
        ("Theo Kết luận điều tra số 12/KLĐT-PC02, ông biết.", ["Kết luận điều tra số 12/KLĐT-PC02"]),
        ("Kết luận giám định số máy của xe cho thấy đã bị đục.", []),
    ],
)
def test_findings_with_a_number_are_documents(text: str, wanted: list[str]) -> None:
    assert named(text, "document") == wanted


@pytest.mark.parametrize(
    ("title", "texts", "wanted"),
    [
        (
            "Tin buồn",
            ["Ông Trần Nam sinh năm 1960. Ông từng giữ chức Giám đốc Sở Y tế tỉnh Lào Cai."],
            {"Trần Nam": ("Giám đốc Sở Y tế tỉnh Lào Cai",)},
        ),
        (
            "Tiễn biệt bác sĩ Trần Nam",
            ["Cả xóm ra tiễn.", "Năm 1990, ông là Trưởng khoa Ngoại Bệnh viện Bạch Mai."],
            {"Trần Nam": ("bác sĩ", "Trưởng khoa Ngoại Bệnh viện Bạch Mai")},
        ),
        ("Tin", ["Bà Lê Thị Hoa kể về chồng. Ông là Bí thư Đảng ủy xã."], {"Lê Thị Hoa": ()}),
        (
            "Tin",
            ["Ông Lê Hải cùng ông Vũ Nam đã tới. Ông là Giám đốc Sở Y tế."],
            {"Lê Hải": (), "Vũ Nam": ()},
        ),
        ("Tin", ["Ông Lê Hải tới. Anh là thành viên NATO từ lâu."], {"Lê Hải": ()}),
        ("Tin", ["Ông Lê Hải kể: “Ông là Giám đốc Sở mà”."], {"Lê Hải": ()}),
        ("Tin", ["Ông Lê Hải đi học. Ông làm nghiên cứu sinh ở Nga."], {"Lê Hải": ()}),
    ],
)
def test_offices_of_a_pronoun(title: str, texts: list[str], wanted: dict[str, tuple[str, ...]]) -> None:
    blocks = tuple(Block("paragraph", text) for text in texts)
    article = Article("", title, published="2024-05-01", blocks=blocks)
    assert {e.name: e.roles for e in extract(article).entities if e.type == "person"} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hãng Quibla ra mắt tai nghe. CEO Quibla nói giá rẻ.", []),
        ("Bà Quibla đến. CEO Quibla nói giá rẻ.", ["Quibla"]),
        ("Các nhà đầu tư gồm Lumen Capital và bạn bè.", []),
        ("Nhóm gồm Lumen Park và bạn bè.", ["Lumen Park"]),
        ("Ca sĩ Hạ Linh, rapper Karik, diễn viên Puka và bạn bè dự.", ["Hạ Linh", "Karik", "Puka"]),
        ("Chị Mai Hoa, diễn viên VTV, cùng dự.", ["Mai Hoa"]),
        ("Trẻ em ghé Thảo Cầm Viên Sài Gòn.", []),
        ("Trần T.K.L (20 tuổi) và Nguyễn Văn A. Hôm sau trời mưa.", ["Trần T.K.L", "Nguyễn Văn A"]),
    ],
)
def test_firms_and_artists_in_a_row(text: str, wanted: list[str]) -> None:
    assert named(text, "person") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đụng độ ở Kharkov, Sumy và Poltava.", ["Kharkov", "Sumy", "Poltava"]),
        ("Anh sống ở Paris, Neymar ở Madrid.", ["Paris", "Madrid"]),
        ("Họ gặp nhau ở Berlin, Google và Nokia cùng dự.", ["Berlin"]),
        ("Giữ lại bản ở Hà Nội, Karik hát.", ["Hà Nội"]),
    ],
)
def test_towns_abroad_beside_a_known_one(text: str, wanted: list[str]) -> None:
    assert named(text, "place") == wanted


@pytest.mark.parametrize(
    "name",
    [
        "Viện Nghiên cứu an ninh quốc gia",
        "Trung tâm Nghiên cứu biến đổi khí hậu",
        "Viện Nghiên cứu Thị trường Nông sản",
    ],
)
def test_institutes_keep_what_they_study(name: str) -> None:
    assert named(f"{name} lên tiếng hôm qua.", "organization") == [name]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MATCH + "Nguyễn Văn Khải (Quân đội) về nhất.", ["Quân đội"]),
        (MATCH + "Anh từng đi bộ đội, quân đội rèn anh.", []),
        ("Quân đội giúp dân gặt lúa.", []),
        ("Trộm vào tiệm vàng Kim Hưng Phát.", ["tiệm vàng Kim Hưng Phát"]),
        ("Chị ghé tiệm vàng ở Hà Nội.", []),
        ("Anh trồng lúa Đài Thơm 8.", []),
        ("Anh nghe Đài Phương Nam.", ["Đài Phương Nam"]),
        ("Trẻ em ghé Thảo Cầm Viên Sài Gòn.", []),
    ],
)
def test_forces_shops_and_rice(text: str, wanted: list[str]) -> None:
    assert named(text, "organization") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ban Quản lý dự án 7 đang xây trạm.", ["Ban Quản lý dự án 7"]),
        ("Ban Quản lý dự án 7 ngày qua không họp.", ["Ban Quản lý dự án"]),
        (
            "Bà Lê Thị Hoa, Hiệu trưởng Trường THPT chuyên Phan Bội Châu, cho biết.",
            ["Trường THPT chuyên Phan Bội Châu"],
        ),
        ("Cộng đồng Hồ tiêu Quốc tế (IPC) niêm yết giá.", ["Cộng đồng Hồ tiêu Quốc tế"]),
        ("Một số doanh nghiệp Trung Quốc đã quay lại.", []),
        ("Viện Khoa học môi trường và xã hội lấy mẫu.", ["Viện Khoa học môi trường và xã hội"]),
    ],
)
def test_how_far_bodies_go(text: str, wanted: list[str]) -> None:
    assert named(text, "organization") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đức, Italia và Tây Ban Nha mua nhiều.", ["Đức", "Italia", "Tây Ban Nha"]),
        ("Đức, Hùng và Minh cùng đi.", []),
        ("Anh, chị em cùng đi.", []),
        ("Họ thăm động Ngườm Ngao.", ["động Ngườm Ngao"]),
        ("Anh vận động Nguyễn Văn Hùng về quê.", []),
    ],
)
def test_countries_that_open_a_list_and_caves(text: str, wanted: list[str]) -> None:
    assert named(text, "place") == wanted
