"""Under what an entity goes in an article, so that a filter finds it."""

from __future__ import annotations

import pytest

from store.article import TITLE, Article, Block, Entity, Mention
from store.query import parse
from store.segments import segments

TEXT = (
    "Chủ tịch tỉnh Lê Thị Hà đến dự (ông Hải, bà Hà); Đồng chí Lê Thị Hà nói. "
    "Chủ tịch tỉnh về. Anh Tú là bạn."
)


def mention(words: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Mention(0, start, start + len(words))


HA = Mention(0, TEXT.index("Hà)"), TEXT.index("Hà)") + 2)
ARTICLE = Article(
    "",
    "Bà Hà nói gì",
    blocks=(Block("paragraph", TEXT),),
    entities=(
        Entity(
            "person", "person:lê thị hà", "Lê Thị Hà", ("Chủ tịch tỉnh",), ("Hà",),
            mentions=(Mention(TITLE, 3, 5), mention("Lê Thị Hà"), HA, mention("Lê Thị Hà", 1),
                      mention("Chủ tịch tỉnh", 1)),
        ),
        Entity("person", "person:trần hải", "Trần Hải", mentions=(mention("Hải"),)),
        Entity("place", "place:tú", "Tú", mentions=(mention("Tú"),)),
    ),
)  # fmt: skip


def test_a_person_goes_by_every_form_and_with_the_form_of_address() -> None:
    assert set(segments(ARTICLE, "person")) == {
        "Lê Thị Hà", "Hà", "lê thị hà", "bà Hà", "đồng chí Lê Thị Hà",
        "Trần Hải", "trần hải", "Hải", "ông Hải",
    }  # fmt: skip
    assert segments(ARTICLE, "place") == ["Tú", "tú"], "forms of address are for persons"


@pytest.mark.parametrize(("query", "found"), [
    ('person:"bà Hà"', True), ("person:bà hà", True), ('person:"ba ha"', True), ('person:"Hải"', True),
    ('person:"ông Hà"', False), ('person:"bà Hải"', False), ("person:bà", True), ("person:Tú", False),
    ('person:"chủ tịch tỉnh"', False), ("role:chủ tịch tỉnh", True), ('person:"bà Lê"', False),
])  # fmt: skip
def test_what_filters_make_of_it(query: str, found: bool) -> None:
    assert parse(query).matches(ARTICLE) == found
