"""Shapes of names that look alike: each rule beside what it must leave alone."""

from __future__ import annotations

import pytest
from reading import named


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Sở TN-MT tỉnh Long An họp với Bộ KH-ĐT.", "organization", ["Sở TN-MT tỉnh Long An", "Bộ KH-ĐT"]),
        ("Sở LĐ-TB-XH TP Cần Thơ trả lời.", "organization", ["Sở LĐ-TB-XH TP Cần Thơ"]),
        ("Bệnh viện Việt Nam - Thụy Điển mở cửa.", "organization", ["Bệnh viện Việt Nam - Thụy Điển"]),
        ("Trận đội tuyển Việt Nam - Thái Lan hòa.", "organization", ["đội tuyển Việt Nam"]),
        ("Chính phủ Việt Nam - Lào gặp nhau.", "organization", ["Chính phủ Việt Nam"]),
        (
            "Hội Nông dân Việt Nam - Hội Phụ nữ Việt Nam cùng dự.",
            "organization",
            ["Hội Nông dân Việt Nam", "Hội Phụ nữ Việt Nam"],
        ),
        ("Ủy ban Pháp luật của Quốc hội họp.", "organization", ["Ủy ban Pháp luật của Quốc hội"]),
        ("Xe bị Hải quan Hữu Nghị giữ lại.", "organization", ["Hải quan Hữu Nghị"]),
        ("Vòng này có Sông Mã Ventures và Mekong Fund.", "organization", ["Sông Mã Ventures", "Mekong Fund"]),
        ("Nhiều startup Việt gọi vốn.", "organization", []),
        ("Thanh tra Bộ Xây dựng đồng ý.", "organization", ["Thanh tra Bộ Xây dựng"]),
        ("Lễ viếng các Anh hùng liệt sĩ.", "place", []),
        ("Cô sang nước Anh và xem triển lãm Mỹ thuật.", "place", ["Anh"]),
        ("Ồn đến 1h. Theo Nghị sĩ này, biên bản Quốc hội còn ghi.", "place", []),
        ("Quân tiến vào vùng Donbass, còn vùng Covid thì không.", "place", ["Donbass"]),
        (
            "Pháp có Luật Chống lãng phí thực phẩm, theo bà Hoa.",
            "document",
            ["Luật Chống lãng phí thực phẩm"],
        ),
        ("Luật Đặc khu chưa được thông qua, ông Bình nói.", "document", []),
        ("Theo Luật Quy hoạch đô thị năm 2009.", "document", ["Luật Quy hoạch đô thị năm 2009"]),
        ("Tại Văn bản số 41/VPCP-V.II ban hành sau đó.", "document", ["Văn bản số 41/VPCP-V.II"]),
        ("Một văn bản số 3 đã mất.", "document", []),
        ("NSND Đinh H'Bia và chị Siu Thị Pơl hát.", "person", ["Đinh H'Bia", "Siu Thị Pơl"]),
        ("Rapper Ngô.K và ông Bình. Sau đó họ về.", "person", ["Ngô.K", "Bình"]),
        ("Bắt Xôm Phu Vông Kẹo (SN 1990, quốc tịch Lào).", "person", ["Xôm Phu Vông Kẹo"]),
        ("Cửa hàng Ninh Bông Trứ, chủ tịch là ông Nam.", "person", ["Nam"]),
    ],
)
def test_names_of_a_shape(text: str, kind: str, wanted: list[str]) -> None:
    assert named(text, kind) == wanted
