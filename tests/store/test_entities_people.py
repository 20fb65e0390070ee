"""People and their offices, a sentence each: every name is found, nobody else, and the office is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.article import Article, Block, Entity
from store.entities import extract
from store.text import mark_fold

Wanted = dict[str, str]


def sentences() -> list[tuple[str, Wanted]]:
    """(sentence, office of each person) from the table beside this file."""
    text = (Path(__file__).parent / "people_sentences.txt").read_text("utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    table: list[tuple[str, Wanted]] = []
    for sentence, wanted in zip(rows[::2], rows[1::2], strict=True):
        people = [
            person.partition(": ") for person in wanted.removeprefix("=").strip().split(" | ") if person
        ]
        table.append((sentence, {name: office for name, _, office in people}))
    return table


def people_of(*texts: str, title: str = "") -> dict[str, Entity]:
    blocks = tuple(Block("paragraph", text) for text in texts)
    entities = extract(Article("", title, published="2024-05-06", blocks=blocks)).entities
    return {entity.name: entity for entity in entities if entity.type == "person"}


@pytest.mark.parametrize(("sentence", "wanted"), sentences())
def test_a_sentence_names_its_people_with_their_offices(sentence: str, wanted: Wanted) -> None:
    found = {mark_fold(name).strip("."): entity for name, entity in people_of(sentence).items()}
    assert set(found) == {mark_fold(name).strip(".") for name in wanted}
    for name, office in wanted.items():
        roles = ", ".join(found[mark_fold(name).strip(".")].roles)
        assert sorted(re.findall(r"\w+", mark_fold(roles))) == sorted(re.findall(r"\w+", mark_fold(office)))


def keyed(*texts: str) -> list[Entity]:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return [
        e
        for e in extract(Article("", "", published="2024-05-06", blocks=blocks)).entities
        if e.type == "person"
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Chủ tịch UBND xã Tân An Lê Văn Tâm đến sớm.", "Chủ tịch UBND xã Phú Lộc Lê Văn Tâm đến muộn."),
        ("Ông Trịnh Xuân Hoa là hàng xóm.", "Bà Trịnh Xuân Hoa kể lại."),
        ("Thẩm phán Ngô Quốc Hùng tuyên án.", "Bị cáo Ngô Quốc Hùng cúi đầu."),
    ],
)
def test_two_people_of_one_name_stay_apart(texts: tuple[str, str]) -> None:
    one, other = keyed(*texts)
    assert (one.name, other.key) == (other.name, f"{one.key}#2")
    assert one.mentions[0].block != other.mentions[0].block


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Ông Lê Văn Tâm, Chủ tịch UBND xã Tân An, nói.",
            "Trước đó, ông Lê Văn Tâm là Bí thư Đảng ủy xã Phú Lộc.",
        ),
        (
            "Nguyên Chủ tịch UBND xã Tân An Lê Văn Tâm nói.",
            "Chủ tịch UBND xã Phú Lộc Lê Văn Tâm cười. Ông Tâm về.",
        ),
        ("Bị cáo Ngô Quốc Hùng, nguyên thẩm phán, khai.", "Bị cáo Ngô Quốc Hùng khóc."),
        ("Chủ tịch UBND xã Tân An Lê Văn Tâm nói.", "Ông Lê Văn Tâm, Chủ tịch UBND xã, cười. Anh Tâm đi."),
    ],
)
def test_one_person_in_two_offices_is_one(texts: tuple[str, str]) -> None:
    assert len(keyed(*texts)) == 1


def test_another_name_in_a_bracket_is_the_same_person() -> None:
    (found,) = keyed('Chủ mưu là Cao Thị Hường "Tây" (tên thật Cao Thị Thúy Hường, 41 tuổi).')
    assert (found.name, found.aliases) == ("Cao Thị Hường", ("Cao Thị Thúy Hường",))


def test_an_office_behind_the_age_of_a_short_name_is_joined() -> None:
    (found,) = keyed("Kỹ sư Lưu Khải Minh lập công ty.", "“Được”, Minh, 34 tuổi, CEO Looma, nói.")
    assert found.roles == ("Kỹ sư", "CEO Looma")


def test_several_mentions_keep_the_longest_form_of_each_office() -> None:
    (found,) = keyed(
        "HLV Vũ Hữu Lạng đổi người.",
        "Huấn luyện viên Vũ Hữu Lạng (CLB Sao Mai) nói. BS Vũ Hữu Lạng, Giám đốc Bệnh viện Sao Mai, cười.",
    )
    assert found.roles == ("Huấn luyện viên", "BS", "Giám đốc Bệnh viện Sao Mai")
