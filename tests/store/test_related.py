"""Related articles: those that share what few have, with the reasons, and none that tells the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.article import Article, Block, Entity, EntityType, State
from store.index.index import Index
from store.index.related import related


def article(
    number: int, title: str, *names: tuple[EntityType, str], text: str = "", removed: bool = False
) -> Article:
    entities = tuple(Entity(kind, f"{kind}:{name.lower()}", name) for kind, name in names)
    state = State(removed="2026-11-22T04:12:00Z" if removed else None)
    blocks = (Block("paragraph", text or f"Chuyện {number}."),)
    return Article(f"{number:013x}", title, "2023-12-29", blocks=blocks, entities=entities, state=state)


SAME = " ".join(f"lời{number}" for number in range(60))


@pytest.fixture
def index() -> Iterator[Index]:
    mai, an, hue = ("person", "Mai"), ("person", "Lê Văn An"), ("place", "Huế")
    with Index.open(None) as opened:
        told = [
            article(1, "Xâm nhập mặn ở đồng bằng", mai, an, hue, text=SAME),
            article(2, "Xâm nhập mặn đến sớm"),
            article(3, "Gặp gỡ", mai, an),
            article(4, "Gặp lại", mai, *(("person", f"Người {number}") for number in range(60))),
            article(5, "Ngày mưa", hue),
            article(6, "Xâm nhập mặn", mai, an, text=SAME + " Hết."),
            article(7, "Đã bỏ", mai, an, removed=True),
            article(8, "Chuyện khác", mai),
        ]
        everywhere = [
            article(100 + n, f"Tin {n}", ("place", "Hà Nội"), ("place", "Việt Nam")) for n in range(40)
        ]
        opened.add(0, 1, 1, [*told, *everywhere])
        yield opened


def found(index: Index, number: int, limit: int = 10) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    listed = index.look(lambda connection: related(connection, f"{number:013x}", limit))
    return {int(one.id, 16): (one.names, one.words) for one in listed}


def test_the_rarest_in_common_comes_first_with_its_reasons(index: Index) -> None:
    assert list(found(index, 1).items()) == [
        (3, (("Lê Văn An", "Mai"), ())),
        (2, ((), ("xâm nhập mặn",))),
        (8, (("Mai",), ())),
        (4, (("Mai",), ())),
    ]


def test_one_place_is_chance(index: Index) -> None:
    assert 5 not in found(index, 1)


def test_who_tells_the_same_and_what_is_in_the_trash_are_left_out(index: Index) -> None:
    assert not {1, 6, 7} & found(index, 1).keys()


def test_of_a_story_one_is_named(index: Index) -> None:
    assert len({1, 6} & found(index, 3).keys()) == 1


def test_what_all_have_in_common_relates_none(index: Index) -> None:
    assert found(index, 100) == {}


def test_a_long_list_of_names_is_no_relative_of_everybody(index: Index) -> None:
    order = list(found(index, 1))
    assert order.index(8) < order.index(4)


def test_there_are_at_most_as_many_as_asked_for(index: Index) -> None:
    assert list(found(index, 1, 1)) == list(found(index, 1))[:1]
    assert found(index, 999) == {}


def test_words_of_every_subject_and_numbers_are_no_reason() -> None:
    with Index.open(None) as index:
        titles = [
            "11 giờ trong khói và sạt lở",
            "Chuyện 11 giờ trong ngày",
            "Khắc phục sạt lở",
            "Sạt lở ở ven sông",
        ]
        index.add(0, 1, 1, [article(n, title, ("person", "Mai")) for n, title in enumerate(titles)])
        assert {number: words for number, (_, words) in found(index, 0).items()} == {
            1: (),
            2: ("sạt lở",),
            3: ("sạt lở",),
        }


def test_neighbours_that_only_happen_to_meet_are_no_reason() -> None:
    with Index.open(None) as index:
        asked = article(0, "Lãnh đạo tỉnh đến thăm", ("person", "Mai"))
        met = article(1, "Lãnh đạo tỉnh họp", ("person", "Mai"))
        led = [article(n, f"Lãnh đạo xã số {n}") for n in range(2, 22)]
        provinces = [article(n, f"Tin của tỉnh số {n}") for n in range(22, 42)]
        index.add(0, 1, 1, [asked, met, *led, *provinces])
        assert found(index, 0)[1] == (("Mai",), ())  # "lãnh đạo" is in half of all, "đạo tỉnh" is no word


def test_the_rarest_words_come_first() -> None:
    with Index.open(None) as index:
        both = [article(n, "Nguyện vọng của kỹ sư", ("person", "Mai")) for n in (0, 1)]
        more = [article(n, f"Nguyện vọng {n}") for n in range(2, 6)]
        index.add(0, 1, 1, [*both, *more])
        assert found(index, 0)[1][1] == ("kỹ sư", "nguyện vọng")
