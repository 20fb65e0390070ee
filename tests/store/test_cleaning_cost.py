"""What cleaning costs grows with the page, not with its square, whatever the page repeats."""

from contextlib import suppress

import pytest
from reading import lines_run

from store.cleaning import clean
from store.errors import LoadError
from store.loaders import make_page

PROSE = "Sáng 28-3, huyện khởi công cầu mới qua sông, nối hai xã cách trở nhiều năm nay với trung tâm. "
REPEATED = {
    "stamps": "Thứ Hai, 30/01/2023, 10:00\n",
    "menu": "Thể thao\n",
    "headlines": "Mở rộng tuyến đường ven biển qua ba xã bãi ngang\n\n",
    "captions": "Quang cảnh buổi lễ. Ảnh: Minh Hà\n",
    "sentences": PROSE + "\n\n",
    "one paragraph": PROSE,
    "broken lines": "một dòng bị ngắt giữa câu vì trang quá hẹp nên\n",
    "bylines": PROSE + "\nNguyễn Hoài An\n",
    "brackets": "(Ảnh: ((((",
    "glued": "Trao quà.Tặng hoa.",
    "one word": "ảnh",
    "dashes": "- - ",
    "boxes": "Tin liên quan\nMở rộng tuyến đường ven biển\n" + PROSE + "\n",
    "bullets": "- Hạn chế tưới tràn;\n",
}


def work(text: str) -> int:
    page = make_page(text)

    def cleaned() -> None:
        with suppress(LoadError):  # a page beyond the caps is refused, at whatever cost that has
            clean(page)

    return lines_run(cleaned)


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
@pytest.mark.parametrize(
    "head", ["", "Khởi công cầu qua sông Thương\n28/03/2023\n" + PROSE + "\n\n"], ids=["bare", "headed"]
)
def test_twice_the_page_is_twice_the_work(head, unit):
    times = 3000 // len(unit) + 1
    work(head + unit * times)  # fills the caches
    one, two = work(head + unit * times), work(head + unit * 2 * times)
    assert two < 2.6 * one + 2000


def test_many_names_that_may_be_the_site_are_not_each_looked_for_everywhere():
    def page(lines: int) -> str:
        menu = "\n".join(f"Mở đường qua núi - Trang thứ {i} x{i} y{i}" for i in range(lines))
        return f"{PROSE}\n{PROSE}\n\n{menu}"

    one, two = work(page(300)), work(page(600))
    assert two < 2.6 * one
