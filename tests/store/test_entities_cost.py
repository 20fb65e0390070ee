"""What reading entities costs grows with the text, not with its square, whatever the text repeats."""

import pytest
from reading import lines_run

from store.article import Article, Block
from store.entities import extract

REPEATED = {
    "prose": "Sáng 28-3, Sở Xây dựng Hà Tĩnh kiểm tra cầu qua sông Ngàn Sâu, theo Nghị định 5/2020/NĐ-CP. ",
    "capitals": "An Bình Công Ty ",
    "foreign capitals": "Walker & Smith ",
    "shouted": "CÔNG TY ABC ",
    "brackets": "((A) (BC) ",
    "open brackets": "(((",
    "letters in brackets": "Ban Thường vụ (BTV) ",
    "digits": "1 2-3 4/5 6.7 ",
    "one number": "12345",
    "hours": "từ 20 giờ ngày 3/2 đến ",
    "days": "từ 1/2 đến 3/4/2020 - ",
    "kinds": "Nghị quyết Đại hội Luật ",
    "deeds": "Quyết định phê duyệt số ",
    "companies": "Công ty TNHH Xây dựng Phú ",
    "companies in small letters": "Công ty Bao bì giấy nhựa ",
    "unions": "Hiệp hội các trường nghề ",
    "parents": "Phòng Cảnh sát Công an ",
    "places": "ở Hà Nội, An Bình và ",
    "streets": "đường 3/2, đường Lê Lợi, ",
    "and": "Sở Y tế và Giáo dục và ",
    "about": "Văn phòng Liên hợp quốc về ",
    "offices": "Chủ tịch UBND tỉnh, Bí thư ",
    "dashes": "A - B – C ",
    "bodies without a place": "Ban Tổ chức Thành ủy, Sở Nội vụ, ",
}


def work(text: str) -> int:
    article = Article(
        "", "Tin", published="2024-05-01", source="Báo Hải Phòng", blocks=(Block("paragraph", text),)
    )
    return lines_run(lambda: extract(article))


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    times = 3000 // len(unit) + 1
    work(unit * times)  # fills the caches
    one, two = work(unit * times), work(unit * 2 * times)
    assert two < 2.6 * one + 2000
