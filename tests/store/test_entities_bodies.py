"""Bodies and places in sentences of many topics: full extent, own names, parents, lists, look-alikes."""

from __future__ import annotations

import pytest
from reading import entity, named, read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # police, courts, parents
        ("Phòng Cảnh sát kinh tế Công an TP.Vinh đến.", ["Phòng Cảnh sát kinh tế Công an TP.Vinh"]),
        (
            "Cơ quan Cảnh sát Điều tra Công an tỉnh Hà Giang bắt hai người.",
            ["Cơ quan Cảnh sát Điều tra Công an tỉnh Hà Giang"],
        ),
        ("Cơ quan CSĐT - Công an TP.Huế khởi tố.", ["Cơ quan CSĐT - Công an TP.Huế"]),
        ("Ban Thường vụ (BTV) Tỉnh ủy họp.", ["Ban Thường vụ Tỉnh ủy"]),
        ("Anh vào Ban Thường vụ Đảng ủy phường. Ông về.", ["Ban Thường vụ Đảng ủy phường"]),
        ("Văn phòng Thành ủy gửi giấy mời.", ["Văn phòng Thành ủy"]),
        ("Đảng ủy phường Bảo Lộc 1 nhiệm kỳ mới.", ["Đảng ủy phường Bảo Lộc 1"]),
        ("Thẩm phán TAND khu vực 7 tuyên án.", ["TAND khu vực 7"]),
        ("Đoàn thanh tra làm việc ba ngày.", []),
        ("Xe về Trạm CSGT Hòa Nhơn.", ["Trạm CSGT Hòa Nhơn"]),
        # fields that go on
        (
            "Liên đoàn Quy hoạch và Điều tra tài nguyên nước miền Trung khoan giếng.",
            ["Liên đoàn Quy hoạch và Điều tra tài nguyên nước miền Trung"],
        ),
        ("Cảng vụ Hàng hải khu vực II cấm tàu.", ["Cảng vụ Hàng hải khu vực II"]),
        ("Ngân hàng Tái thiết và Phát triển châu Âu cho vay.", ["Ngân hàng Tái thiết và Phát triển châu Âu"]),
        ("Hiệp hội các trường đại học Việt Nam góp ý.", ["Hiệp hội các trường đại học Việt Nam"]),
        (
            "Văn phòng Liên hợp quốc về Ma túy và Tội phạm báo động.",
            ["Văn phòng Liên hợp quốc về Ma túy và Tội phạm"],
        ),
        ("Công ty Minh Long và Điện lực tỉnh họp.", ["Công ty Minh Long"]),
        # a company's own name
        ("Công ty CP Khoáng sản Lý Thông bị phạt.", ["Công ty CP Khoáng sản Lý Thông"]),
        ("Công ty Hồng Vân khai thác cát.", ["Công ty Hồng Vân"]),
        ("HTX Đá mỹ nghệ An Bình xuất hàng.", ["HTX Đá mỹ nghệ An Bình"]),
        (
            "Giám đốc Công ty TNHH Vận tải Phú Tân Trần Văn Hai nói.",
            ["Công ty TNHH Vận tải Phú Tân"],
        ),
        ("Hiệu trưởng Trường ĐH Phan Châu Trinh, nói.", ["Trường ĐH Phan Châu Trinh"]),
        ("Trường THPT chuyên Quốc học - Huế nghỉ.", ["Trường THPT chuyên Quốc học - Huế"]),
        ("Trường Mầm non Việt - Bun đón khách.", ["Trường Mầm non Việt - Bun"]),
        # brands and firms from abroad
        ("Viettel AI và Samsung R&D Việt Nam hợp tác.", ["Viettel AI", "Samsung R&D Việt Nam"]),
        ("Máy bay của Bulgaria Air hạ cánh.", ["Bulgaria Air"]),
        ("Điện thoại Samsung Galaxy bán chạy.", ["Samsung"]),
        ("Một tập đoàn Singapore đã mua lại.", []),
        ("Hãng Singapore Airlines bay lại.", ["Hãng Singapore Airlines"]),
        ("Theo The New York Times, giá tăng.", ["The New York Times"]),
        ("Chủ tịch Bulgaria Air Kamen Petrov ký.", ["Bulgaria Air"]),
        ("Ông là chuyên gia của tổ chức Fauna & Flora International.", ["Fauna & Flora International"]),
        (
            "Văn phòng Liên hợp quốc về chống ma túy và tội phạm (UNODC) báo động.",
            ["Văn phòng Liên hợp quốc về chống ma túy và tội phạm"],
        ),
        ("Bộ đội Đoàn Kinh tế - Quốc phòng 12 mở đường.", ["Đoàn Kinh tế - Quốc phòng 12"]),
        ("Liên minh các liên hoan phim châu Á họp.", ["Liên minh các liên hoan phim châu Á"]),
        ("Bác sĩ Lê Văn Hai, Trưởng khoa Nhi Bệnh viện Tâm Trí, nói.", ["Bệnh viện Tâm Trí"]),
        ("Quỹ Thắp sáng Trường Sơn trao quà.", ["Quỹ Thắp sáng Trường Sơn"]),
        ("Xe của Đội PCCC và CNCH khu vực 4 đến.", ["Đội PCCC và CNCH khu vực 4"]),
        ("Trung tâm 114 TP. Hải Phòng nhận tin.", ["Trung tâm 114 TP. Hải Phòng"]),
        ("CATP Hà Nội họp. Công an TP Hà Nội dự.", ["Công an TP Hà Nội"]),
        (
            "Lữ đoàn Công binh 550, Trường Sĩ quan Lục quân 2.",
            ["Lữ đoàn Công binh 550", "Trường Sĩ quan Lục quân 2"],
        ),
        ("Trung tâm Con người và Thiên nhiên cứu tê tê.", ["Trung tâm Con người và Thiên nhiên"]),
        ("Hội đồng Lý luận Trung ương tọa đàm.", ["Hội đồng Lý luận Trung ương"]),
        ("Theo kênh CNN, hãng tin Anh BBC và tờ báo Nhật Asahi Shimbun.", ["CNN", "BBC", "Asahi Shimbun"]),
        ("Công ty TNHH Nước giải khát Sông Hương tuyển.", ["Công ty TNHH Nước giải khát Sông Hương"]),
        ("Công ty may Sông Hồng tăng ca.", ["Công ty may Sông Hồng"]),
        ("Họp ở Nhà văn hóa Thanh niên. Đoàn phường dọn rác.", []),
        ("Vé bán ở Lotte Cinema.", ["Lotte Cinema"]),
        ("Ban Giám đốc Công an tỉnh Kon Tum chỉ đạo.", ["Ban Giám đốc Công an tỉnh Kon Tum"]),
        ("Ban Quản lý dự án Mỹ Thuận mời thầu.", ["Ban Quản lý dự án Mỹ Thuận"]),
        (
            "Trung tâm Giám sát mạng lưới cáp quang (GSMC) báo lỗi.",
            ["Trung tâm Giám sát mạng lưới cáp quang"],
        ),
        ("Bộ Quốc phòng Mỹ và Đại sứ Anh Lê Văn Tám.", ["Bộ Quốc phòng Mỹ"]),
        ("Chi cục Kiểm lâm vùng II tuần rừng.", ["Chi cục Kiểm lâm vùng II"]),
        ("Bệnh viện Đa khoa Tâm Anh TP.HCM ghép thận.", ["Bệnh viện Đa khoa Tâm Anh TP.HCM"]),
        ("Phòng khám Đa khoa Hoàn Mỹ mở cửa.", ["Phòng khám Đa khoa Hoàn Mỹ"]),
        ("Bệnh viện Quân y 175, Công ty Xây dựng 319.", ["Bệnh viện Quân y 175", "Công ty Xây dựng 319"]),
        ("Chi cục Hải quan cửa khẩu Nậm Cắn giữ hàng.", ["Chi cục Hải quan cửa khẩu Nậm Cắn"]),
        ("Công nhân Nông trường cao su Ia Chim.", ["Nông trường cao su Ia Chim"]),
        ("Giám đốc Công ty Chứng khoán Rạng Mai Viên Thế Lực nói.", ["Công ty Chứng khoán Rạng Mai"]),
        ("Nợ của công ty Hoàng Anh Gia Lai Agrico.", ["công ty Hoàng Anh Gia Lai Agrico"]),
        ("Ban Quản lý rừng phòng hộ Sông Chàng.", ["Ban Quản lý rừng phòng hộ Sông Chàng"]),
        ("Trường THCS&THPT Lê Lợi khai giảng.", ["Trường THCS&THPT Lê Lợi"]),
        (
            "Công ty TNHH Samsung Electronics Việt Nam tuyển thợ.",
            ["Công ty TNHH Samsung Electronics Việt Nam"],
        ),
        (
            "Phân hiệu Đại học Đà Nẵng tại Kon Tum mở lớp.",
            ["Phân hiệu Đại học Đà Nẵng tại Kon Tum"],
        ),
        ("Tập đoàn Duyên Hải Xanh lãi. Chủ tịch Duyên Hải Xanh cười.", ["Tập đoàn Duyên Hải Xanh"]),
    ],
)
def test_bodies(text: str, wanted: list[str]) -> None:
    assert named(text, "organization") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ông ngụ Hùng Sơn, Hiệp Hòa, Bắc Giang.", ["Hùng Sơn", "Hiệp Hòa", "Bắc Giang"]),
        ("Bà quê Lý Nhân.", ["Lý Nhân"]),
        ("Mưa ở Sa Pa, Bát Xát và Mường Khương.", ["Sa Pa", "Bát Xát", "Mường Khương"]),
        ("Họ đến Huế, Nguyễn Văn An đi sau.", ["Huế"]),
        ("Đào các trục đường Lê Lợi, Xuân Diệu.", ["đường Lê Lợi", "Xuân Diệu"]),
        ("Xe chạy trên đường tỉnh 669.", ["đường tỉnh 669"]),
        ("Lũ trên sông Thái Bình dâng, người Thái Bình lo.", ["sông Thái Bình", "Thái Bình"]),
        ("Lễ hội tại phường Xuân Hương - Đà Lạt.", ["phường Xuân Hương - Đà Lạt"]),
        ("Điệu múa của làng Chăm.", []),
        ("Tiếp khách tại Phủ Chủ tịch. Họ gặp tại Km 12.", []),
        (
            "Xe trên cao tốc Trung Lương - Mỹ Thuận, kênh Nhiêu Lộc - Thị Nghè.",
            ["cao tốc Trung Lương - Mỹ Thuận", "kênh Nhiêu Lộc - Thị Nghè"],
        ),
        ("Leo đỉnh Voi Mẹp, đội lên đỉnh Premier League.", ["đỉnh Voi Mẹp"]),
        ("Làm đường vành đai 4.", ["đường vành đai 4"]),
        ("Chào cờ ở quảng trường Ba Đình.", []),
        ("Kênh Rạch Giá - Hà Tiên cạn.", ["Kênh Rạch Giá - Hà Tiên"]),
        ("Cháy ở phường Ngã Tư Sở.", ["phường Ngã Tư Sở"]),
        ("Khách thăm Nam Kavkaz.", ["Nam Kavkaz"]),
        ("Bà Lê Thị Tư (SN 1974, trú phường Gia Cẩm), Giám đốc Sở Y tế, nói.", ["phường Gia Cẩm"]),
        ("Nguồn hàng ở khu vực Tam giác vàng.", ["Tam giác vàng"]),
        ("Phim về làng chài Cửa Vạn.", ["làng chài Cửa Vạn"]),
        ("Tàu chạy từ tỉnh Kars sang Gyumri.", ["tỉnh Kars", "Gyumri"]),
        ("Tại thành phố Hà Tĩnh, UBND tỉnh Hà Tĩnh họp. Hà Tĩnh có cảng.", ["thành phố Hà Tĩnh", "Hà Tĩnh"]),
        ("Đội bay sang Bangkok đá giải.", ["Bangkok"]),
    ],
)
def test_places(text: str, wanted: list[str]) -> None:
    assert named(text, "place") == wanted


def test_a_bracket_names_the_body_before_it() -> None:
    """Two bodies each with its letters: neither takes the other's."""
    article = read("Ủy ban châu Âu (EC) phản đối. Cơ quan Tình báo Trung ương Mỹ (CIA) im lặng.")
    assert entity(article, "Ủy ban châu Âu").aliases == ("EC",)
    assert "EC" not in entity(article, "Cơ quan Tình báo Trung ương Mỹ").aliases


def test_a_dash_gives_the_short_name() -> None:
    article = read("Ngân hàng TMCP Sông Tiền Việt Nam - STBank (HoSE: STB) chốt ngày. STBank lãi lớn.")
    assert "STBank" in entity(article, "Ngân hàng TMCP Sông Tiền Việt Nam").aliases


def test_a_line_up_is_no_date() -> None:
    assert named("Đội đổi sơ đồ từ 4-3-3 sang 3-5-2.", "date") == []
