"""Entities rule by rule: what is found, how forms are joined, and what must not be taken for a name."""

from __future__ import annotations

import pytest
from reading import entity, named, read

from store.entities.abbreviations import find_abbreviations
from store.entities.documents import arabic

# -- people --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Nguyễn Thị Minh Khai đến dự.", ["Nguyễn Thị Minh Khai"]),
        ("Theo ông S. Hải, giá tăng.", ["S. Hải"]),
        ("Chị H.T.N. kể lại.", ["H.T.N"]),
        ("Ông Y Blăh Niê và bà H'Yam Bkrông đến dự.", ["Y Blăh Niê", "H'Yam Bkrông"]),
        ("Chủ tịch Kim Jong-un gặp ông Putin.", ["Kim Jong-un", "Putin"]),
        ("Bị cáo Điểu Thị Mai khai nhận.", ["Điểu Thị Mai"]),
        (
            "Các đồng chí: Lê Văn Tám, Bí thư Tỉnh ủy; Trần Thị Bảy, Phó Bí thư, chủ trì.",
            ["Lê Văn Tám", "Trần Thị Bảy"],
        ),
        ("Ca sĩ Mỹ Tâm và NSND Lê Khanh.", ["Mỹ Tâm", "Lê Khanh"]),
        ("Đoàn Văn Hậu chuyền cho Phan Văn Đức.", ["Đoàn Văn Hậu", "Phan Văn Đức"]),
        ("Bệnh nhân Trần Thị Ngọc Th. đã tỉnh.", ["Trần Thị Ngọc Th"]),
        ("Bí thư Đảng ủy xã Sơn Hà Lê Thị Bưởi nói.", ["Lê Thị Bưởi"]),
        ("Chủ tịch UBND xã Mường Lống Hạ Thào Bá Rê nói.", ["Thào Bá Rê"]),
        ("Bắt Sùng A Páo và Khẩu Thị Mai.", ["Sùng A Páo", "Khẩu Thị Mai"]),
        ("Hai thủ môn trẻ Trần Văn Toản và Lê Minh Sơn dự giải.", ["Trần Văn Toản", "Lê Minh Sơn"]),
        ("Sam Petrakos, giám đốc điều hành một hãng tàu, nói.", ["Sam Petrakos"]),
        ("Đoàn Thanh niên phường dọn rác.", []),
        ("Vinhomes Golden River mở bán.", []),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert named(read(text), "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "Xe chạy trên đường Nguyễn Trãi rồi rẽ vào phố Lý Thường Kiệt.",
        "Trường THPT Lê Hồng Phong khai giảng.",
        "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Đoàn công tác đến TP Hồ Chí Minh, Lâm Đồng, Hà Nam và Cao Bằng.",
        "Nhà ở số 12 Phan Bội Châu.",
        "Công tác cán bộ (CB), đảng viên (ĐV), BTV Thành ủy.",
        "Có 4.000 người thuộc đối tượng A và B.",
        "Cao tốc Bắc - Nam thông xe, Hải quan vào cuộc.",
    ],
)
def test_nobody(text: str) -> None:
    assert named(read(text), "person") == []


def test_a_short_form_is_an_alias_of_the_one_named_last() -> None:
    article = read(
        "Ông Phạm Minh Chính gặp ông Mai Văn Chính. Ông Chính nói.",
        "Ông Phạm Minh Chính kết luận. Ông Chính cảm ơn.",
    )
    assert [len(entity(article, name).mentions) for name in ("Phạm Minh Chính", "Mai Văn Chính")] == [3, 2]
    assert entity(article, "Mai Văn Chính").aliases == ("Chính",)


def test_a_name_from_abroad_is_joined_by_its_last_part() -> None:
    article = read("Tổng thống Mỹ Joe Biden phát biểu. Biden nói sẽ tranh cử.")
    assert entity(article, "Joe Biden").aliases == ("Biden",)


# -- offices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Ông Lê Văn Tám, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy phát biểu.",
            ("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy"),
        ),
        ("Phó Bí thư Thường trực Thành ủy Lê Văn Tám dự.", ("Phó Bí thư Thường trực Thành ủy",)),
        ("Giám đốc Sở Y tế TP.HCM Lê Văn Tám nói.", ("Giám đốc Sở Y tế TP.HCM",)),
        (
            "Đại tá Lê Văn Tám (Trưởng Công an huyện Bảo Yên) cho biết.",
            ("Đại tá", "Trưởng Công an huyện Bảo Yên"),
        ),
        ("Chủ tịch UBND tỉnh Lê Văn Tám chỉ đạo.", ("Chủ tịch UBND tỉnh",)),
        ("Bí thư Thành ủy Lê Văn Tám. Bí thư Thành ủy Cần Thơ Lê Văn Tám.", ("Bí thư Thành ủy Cần Thơ",)),
        ("Bị cáo Lê Văn Tám khai.", ()),
        ("Ông Lê Văn Tám, Trưởng ấp 5, nói.", ("Trưởng ấp 5",)),
        ("Ông Lê Văn Tám, trưởng bản Nà Lơi, nói.", ("trưởng bản Nà Lơi",)),
        ("Lê Văn Tám (45 tuổi, kế toán) nhận tội.", ("kế toán",)),
        (
            "Cô Lê Văn Tám, giáo viên dạy nhạc ở huyện đảo Lý Sơn, cười.",
            ("giáo viên dạy nhạc ở huyện đảo Lý Sơn",),
        ),
        ("Ông Lê Văn Tám, Giám đốc Sở Y tế chỉ đạo nhanh, gọn.", ("Giám đốc Sở Y tế",)),
        ("Ông Lê Văn Tám, bác sĩ đã về hưu, kể.", ("bác sĩ",)),
        (
            "Thứ trưởng Bộ Giáo dục và Đào tạo (GD&ĐT) Lê Văn Tám nói.",
            ("Thứ trưởng Bộ Giáo dục và Đào tạo (GD&ĐT)",),
        ),
        ("Ông Lê Văn Tám, Vụ trưởng Vụ Pháp chế (Bộ Nội vụ), nói.", ("Vụ trưởng Vụ Pháp chế (Bộ Nội vụ)",)),
        ("Đặc phái viên của Tổng thống Mỹ Lê Văn Tám đến.", ("Đặc phái viên của Tổng thống Mỹ",)),
        ("Tiền đạo người Brazil Lê Văn Tám ghi bàn.", ("Tiền đạo",)),
        ("Cán bộ Lê Văn Tám đến.", ()),
        ("Hãng do ông Lê Văn Tám làm Tổng giám đốc báo lãi.", ("Tổng giám đốc",)),
        (
            "Bà Mai và ông Lê Văn Tám (bút danh Bảy), Phó Chủ tịch Hội Nhà văn, nói.",
            ("Phó Chủ tịch Hội Nhà văn",),
        ),
        (
            "Bộ trưởng Bộ Y tế Lê Văn Tám được bầu giữ chức Phó Thủ tướng.",
            ("Bộ trưởng Bộ Y tế", "Phó Thủ tướng"),
        ),
    ],
)
def test_offices(text: str, roles: tuple[str, ...]) -> None:
    assert entity(read(text), "Lê Văn Tám").roles == roles


# -- organisations and places --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Bộ Nông nghiệp và Phát triển nông thôn cho biết.", ["Bộ Nông nghiệp và Phát triển nông thôn"]),
        ("Sở Y tế và Công an TP.HCM phối hợp.", ["Sở Y tế", "Công an TP.HCM"]),
        ("Ban Quản lý dự án đường sắt đô thị họp.", ["Ban Quản lý dự án đường sắt đô thị"]),
        (
            "Phòng Cảnh sát hình sự Công an tỉnh Đồng Nai điều tra.",
            ["Phòng Cảnh sát hình sự Công an tỉnh Đồng Nai"],
        ),
        (
            "Công ty CP Đầu tư và Xây dựng Minh Long tổ chức lễ ký.",
            ["Công ty CP Đầu tư và Xây dựng Minh Long"],
        ),
        ("Cục Quản lý dược (Bộ Y tế) thu hồi thuốc.", ["Cục Quản lý dược", "Bộ Y tế"]),
        ("Ban Tổ chức Tỉnh ủy tổ chức hội nghị.", ["Ban Tổ chức Tỉnh ủy"]),
        ("UBND tỉnh, Thành ủy và HĐND thành phố, Đảng, Nhà nước, Trung ương.", []),
        ("Thành ủy Cần Thơ họp. Thành ủy yêu cầu.", ["Thành ủy Cần Thơ"]),
        ("Bộ Giáo dục và Đào tạo họp. Bộ GD&ĐT yêu cầu.", ["Bộ Giáo dục và Đào tạo"]),
        ("Đại sứ quán Trung Quốc tại Việt Nam dự.", ["Đại sứ quán Trung Quốc tại Việt Nam"]),
        ("Công ty TNHH Xây dựng thủy lợi Sông Mây thi công.", ["Công ty TNHH Xây dựng thủy lợi Sông Mây"]),
        ("Công ty CP Đô thị Sơn Tây Xanh bán cây.", ["Công ty CP Đô thị Sơn Tây Xanh"]),
        ("Công ty Minh Long mua Tân Á.", ["Công ty Minh Long"]),
        ("Ban Quản lý Vườn quốc gia Yok Đôn họp.", ["Ban Quản lý Vườn quốc gia Yok Đôn"]),
        (
            "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng họp.",
            ["Ban Chỉ đạo Trung ương về phòng, chống tham nhũng"],
        ),
        ("Đoàn của Sở Y tế về kiểm tra xã.", ["Sở Y tế"]),
        ("Hợp tác xã (HTX) Rau sạch Đông Phú thu hoạch.", ["Hợp tác xã Rau sạch Đông Phú"]),
        ("Đội CSGT số 6 lập chốt.", ["Đội CSGT số 6"]),
        ("Chủ tịch Ủy ban châu Âu Ursula Petersen đến.", ["Ủy ban châu Âu"]),
        ("Lực lượng cứu hộ đến nơi.", []),
        ("Chủ tịch Hội đồng Nhân quyền quốc tế Omar Petersen nói.", ["Hội đồng Nhân quyền quốc tế"]),
        ("Bài đăng trên tạp chí Soil and Water năm ngoái.", ["Soil and Water"]),
        (
            "Bộ Ngoại giao họp báo. Bộ Ngoại giao Nhật Bản phản hồi.",
            ["Bộ Ngoại giao", "Bộ Ngoại giao Nhật Bản"],
        ),
        ("Bộ Quốc phòng Nga họp. Bộ Quốc phòng nói.", ["Bộ Quốc phòng Nga"]),
        ("Bà Hoa dự báo CPI tăng, tài xế Grab chờ.", ["Grab"]),
        ("Bà Lê Thị Hoa nói với Reuters và báo Tuổi Trẻ.", ["Reuters", "Tuổi Trẻ"]),
        ("Đội tuyển Việt Nam thắng Thái Lan 2-1.", ["Đội tuyển Việt Nam", "Thái Lan"]),
    ],
)
def test_organisations(text: str, bodies: list[str]) -> None:
    assert named(read(text), "organization") == bodies


def test_a_bracket_gives_an_alias_and_later_mentions() -> None:
    article = read(
        "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam (VASEP) họp. Theo đại diện VASEP, giá giảm."
    )
    body = entity(article, "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam")
    assert "VASEP" in body.aliases
    assert len(body.mentions) >= 2


def test_an_abbreviation_inside_a_name() -> None:
    article = read(
        "Ban Thường vụ (BTV) Thành ủy Cần Thơ họp.",
        "BTV Thành ủy chỉ đạo. Theo BTV Thành ủy Cần Thơ, kết quả tốt.",
    )
    body = entity(article, "Ban Thường vụ Thành ủy Cần Thơ")
    assert {"BTV Thành ủy Cần Thơ", "BTV Thành ủy"} <= set(body.aliases)
    assert article.abbreviations == {"BTV": "Ban Thường vụ"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Mưa ở xã Tân Phú, huyện Đức Linh, tỉnh Bình Thuận.",
            ["xã Tân Phú", "huyện Đức Linh", "tỉnh Bình Thuận"],
        ),
        ("Từ TP HCM đi Bà Rịa - Vũng Tàu.", ["TP HCM", "Bà Rịa - Vũng Tàu"]),
        ("Quan hệ Việt Nam - Nhật Bản.", ["Việt Nam", "Nhật Bản"]),
        ("Cháy ở quận 1 và phường 22, trên quốc lộ 1A.", ["quận 1", "phường 22", "quốc lộ 1A"]),
        ("Các tỉnh Bắc Ninh, Lạng Sơn bị ngập.", ["Bắc Ninh", "Lạng Sơn"]),
        ("Ông Đức và anh Nga cười. Anh Nam đến sau.", []),
        ("Quân đội Anh rút khỏi Đức.", ["Anh", "Đức"]),
        ("Tại sân bay Nội Bài, cầu Cần Thơ và khu đô thị Linh Đàm.", []),
        ("Tối qua ở Antalya có động đất.", ["Antalya"]),
        ("Xe lật trên đường Lê Lợi 2, xã Tân Tiến 1.", ["đường Lê Lợi 2", "xã Tân Tiến 1"]),
        ("Xã Tân Tiến 3 năm liền được mùa.", ["Xã Tân Tiến"]),
        ("Khách từ Hội An đến huyện Điện Biên Đông.", ["Hội An", "huyện Điện Biên Đông"]),
        ("Nhóm nghiên cứu rừng ven biển Đại học Huế.", []),
        (
            "Các tỉnh Lào Cai, Yên Bái bị ngập. Đê ở thành phố Yên Bái vỡ.",
            ["Lào Cai", "Yên Bái", "thành phố Yên Bái"],
        ),
        ("Họp ở thành phố Thái Bình. Thái Bình đón khách.", ["thành phố Thái Bình"]),
        ("Gió ở Bắc Bộ và vịnh Bắc Bộ mạnh.", ["Bắc Bộ", "vịnh Bắc Bộ"]),
        ("Đường vào xã Châu Quế Hạ khó đi. Châu Quế Hạ có mưa.", ["xã Châu Quế Hạ"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert named(read(text), "place") == places


def test_forms_of_one_place_are_joined() -> None:
    article = read("Hội nghị tại TP Cần Thơ. Cần Thơ đón khách. TP đã chuẩn bị.")
    city = entity(article, "TP Cần Thơ")
    assert city.key == "place:cần thơ"
    assert city.aliases == ("Cần Thơ", "TP")
    assert len(city.mentions) == 3
    assert entity(read("Ở TPHCM và TP.HCM."), "TP.HCM").key == "place:tp.hcm"


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "value", "basis"),
    [
        ("Sáng 28-2, hội nghị khai mạc.", "28-2", "2024-02-28", "supplied"),
        ("Ngày 29/12, trời rét.", "29/12", "2023-12-29", "supplied"),
        ("Ngày 29/12/2023 trời rét.", "29/12/2023", "2023-12-29", "stated"),
        ("Ngày 3.2.2018 trời rét.", "3.2.2018", "2018-02-03", "stated"),
        ("Hôm ngày 30 tháng 1 năm 2023 trời rét.", "30 tháng 1 năm 2023", "2023-01-30", "stated"),
        ("Trận đấu diễn ra 3 và 4-2 tới.", "3 và 4-2", "2024-02-03/2024-02-04", "supplied"),
        ("Các ngày 15, 16, 17-2 nghỉ.", "17-2", "2024-02-17", "supplied"),
        ("Họp lúc 8h sáng 14.2.", "14.2", "2024-02-14", "supplied"),
        ("Từ tháng 7/2018 đến nay.", "tháng 7/2018", "2018-07", "stated"),
        ("Trong quý I/2024 tăng.", "quý I/2024", "2024-01-01/2024-03-31", "stated"),
        ("Trong quý IV/2023 tăng.", "quý IV/2023", "2023-10-01/2023-12-31", "stated"),
        ("Sơ kết 6 tháng đầu năm 2019.", "6 tháng đầu năm 2019", "2019-01-01/2019-06-30", "stated"),
        ("Đại hội nhiệm kỳ 2025 - 2030.", "nhiệm kỳ 2025 - 2030", "2025/2030", "stated"),
        ("Kết quả năm 2017 tốt.", "năm 2017", "2017", "stated"),
    ],
)
def test_dates(text: str, name: str, value: str, basis: str) -> None:
    date = entity(read(text), name)
    assert (date.type, date.value, date.value_basis) == ("date", value, basis)


@pytest.mark.parametrize(
    "text",
    [
        "Đội nhà thắng 4-0.",
        "Chỉ đạo 5/9 quận, 60/63 tỉnh, 18/85 xã.",
        "Chiếm 1/3 tổng số.",
        "Trực 24/7.",
        "Tăng 15-25%.",
        "Gọi 0903.123.456 hoặc 028-3829-1234.",
        "Trong 2 năm qua.",
        "Có 2019 người.",
        "Lãi 3.5 tỷ, tỷ lệ 2-3 lần.",
    ],
)
def test_no_dates(text: str) -> None:
    assert named(read(text), "date") == []


def test_the_year_comes_from_the_text_without_a_publication_date() -> None:
    article = read("Tổng kết năm 2017, triển khai năm 2018, sáng 16-1.", published=None)
    assert entity(article, "16-1").value == "2018-01-16"
    assert entity(read("Sáng 16-1.", published=None), "16-1").value is None


# -- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Thực hiện Nghị quyết số 21-NQ/TW của Ban Bí thư.", "Nghị quyết số 21-NQ/TW", "21-NQ/TW"),
        ("Theo Nghị định 24/2012/NĐ-CP.", "Nghị định 24/2012/NĐ-CP", "24/2012/NĐ-CP"),
        ("Theo Kế hoạch số 05/KH -UBND mới.", "Kế hoạch số 05/KH -UBND", "05/KH-UBND"),
        ("Theo Luật Đất đai năm 2013.", "Luật Đất đai năm 2013", None),
        ("Theo khoản 1 Điều 123 Bộ luật Hình sự.", "Bộ luật Hình sự", None),
        (
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX nêu.",
            "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX",
            None,
        ),
        ("Nghị quyết Trung ương 4 (khóa 12) về xây dựng Đảng.", "Nghị quyết Trung ương 4 (khóa 12)", None),
    ],
)
def test_documents(text: str, name: str, value: str | None) -> None:
    document = entity(read(text), name)
    assert (document.type, document.value) == ("document", value)


@pytest.mark.parametrize(
    "text",
    [
        "Luật sư Nguyễn Văn An nói.",
        "Kế hoạch 5 năm tới.",
        "Các nghị quyết, kết luận.",
        "Giao quyết định cho 3 người.",
    ],
)
def test_no_documents(text: str) -> None:
    assert named(read(text), "document") == []


def test_short_forms_of_a_document_are_aliases() -> None:
    article = read(
        "Tỉnh học tập Nghị quyết Trung ương 5 khóa XI (NQTW5 khóa XI) cùng lúc với Chỉ thị số 32-CT/TW về "
        "phòng cháy rừng (Chỉ thị 32).",
        "Cuối năm, NQTW5 khóa XI và Chỉ thị 32 được kiểm điểm một lần.",
    )
    assert named(article, "document") == ["Nghị quyết Trung ương 5 khóa XI", "Chỉ thị số 32-CT/TW"]
    assert (
        entity(article, "Nghị quyết Trung ương 5 khóa XI").key == "document:nghị quyết trung ương 5 khóa 11"
    )
    assert entity(article, "Chỉ thị số 32-CT/TW").aliases == ("Chỉ thị 32",)


def test_roman_numbers() -> None:
    assert arabic("khóa xi, xii, xiv, ix") == "khóa 11, 12, 14, 9"


def test_abbreviations_need_their_initials() -> None:
    texts = ["Cán bộ (CB), Ban Thường vụ (BTV) và Công ty Việt Á (VRG)."]
    assert find_abbreviations(texts) == {"CB": "Cán bộ", "BTV": "Ban Thường vụ"}
