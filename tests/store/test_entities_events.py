"""Events: what is named as one, and what only begins so."""

import pytest

from store.entities.quantities import find_events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Tỉnh phát động Cuộc vận động “Mỗi nhà một tủ sách” sáng 3/2.",
            ["Cuộc vận động “Mỗi nhà một tủ sách”"],
        ),
        ("Chiến dịch Mùa hè xanh năm nay có 300 bạn trẻ.", ["Chiến dịch Mùa hè xanh"]),
        ("Lễ hội Cánh Buồm do tỉnh tổ chức.", ["Lễ hội Cánh Buồm"]),
        ('phong trào "Sạch làng tốt ruộng" lan rộng', ['phong trào "Sạch làng tốt ruộng"']),
        ("Đại hội Đảng bộ tỉnh lần thứ XX bế mạc", ["Đại hội Đảng bộ tỉnh lần thứ XX"]),
        ("Phong trào này lan rộng, phong trào ấy thì không, chiến dịch quân sự cũng vậy.", []),
        ("Các lễ hội ở miền Tây được tổ chức trở lại.", []),
    ],
)
def test_events(text: str, events: list[str]) -> None:
    assert [found.text for found in find_events(0, text)] == events
