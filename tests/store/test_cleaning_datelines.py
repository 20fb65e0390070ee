"""What stands before the first sentence, and what only looks like it."""

import pytest

from store.cleaning.sources import read_dateline

TEXT = "Sáng 4-4, hai trăm hộ dân xã Mường Lói nhận cây giống để trồng rừng."


@pytest.mark.parametrize(
    ("dateline", "source"),
    [
        ("BDK.VN - ", "Báo Đồng Khởi"),
        ("QĐND Online – ", "Báo Quân đội nhân dân"),
        ("(KTSG Online) – ", "Tạp chí Kinh tế Sài Gòn"),
        ("LĐO | ", "Báo Lao Động"),
        ("HÀ NỘI, 12-3 (TTXVN) — ", "TTXVN"),
        ("Hà Nội (TTXVN 25/12) - ", "TTXVN"),
        ("Kinhtedothi - ", "Báo Kinh tế và Đô thị"),
        ("Báo Lâm Đồng - ", "Báo Lâm Đồng"),
        ("XYZĐ - ", "XYZĐ"),
    ],
)
def test_a_dateline_is_the_source(dateline, source):
    found = read_dateline(dateline + TEXT)

    assert found is not None
    assert (found.end, found.source) == (len(dateline), source)


@pytest.mark.parametrize(
    "text",
    [
        "CHLB Đức - " + TEXT,
        "Lạng Sơn - " + TEXT,
        "EVN - Tập đoàn Điện lực Việt Nam - cho biết đã cấp điện trở lại.",
        "VFF - Sau trận đấu, VFF phạt hai cầu thủ.",
        "Báo động - Sáng nay nước sông lên nhanh.",
        "Ông Hà (giám đốc) - Sáng nay có mặt tại công trường.",
    ],
)
def test_what_only_looks_like_a_dateline_stays_in_the_text(text):
    assert read_dateline(text) is None
