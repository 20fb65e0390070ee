"""A body without its place is linked to the town or province of the article, where that is clear."""

from __future__ import annotations

import pytest

from store.article import Article, Block, Entity
from store.entities import extract


def read(*paragraphs: str, source: str | None = None) -> list[Entity]:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    article = extract(Article("", "Tin", published="2024-05-01", source=source, blocks=blocks))
    return [entity for entity in article.entities if entity.type == "organization"]


@pytest.mark.parametrize(
    ("source", "text", "name", "full"),
    [
        (
            "Báo Hải Phòng",
            "Ban Tổ chức Thành ủy họp.",
            "Ban Tổ chức Thành ủy",
            "Ban Tổ chức Thành ủy Hải Phòng",
        ),
        (
            "Báo Nghệ An",
            "Ban Thường vụ Tỉnh ủy họp.",
            "Ban Thường vụ Tỉnh ủy",
            "Ban Thường vụ Tỉnh ủy Nghệ An",
        ),
        ("Báo Nghệ An", "Sở Y tế báo cáo.", "Sở Y tế", "Sở Y tế Nghệ An"),
        (
            None,
            "UBND TP Cần Thơ nghe Sở Xây dựng. Người Cần Thơ chờ.",
            "Sở Xây dựng",
            "Sở Xây dựng Cần Thơ",
        ),
        (
            "VnExpress",
            "UBND huyện Can Lộc mời. Ban Thường vụ Huyện ủy dự.",
            "Ban Thường vụ Huyện ủy",
            "Ban Thường vụ Huyện ủy Can Lộc",
        ),
    ],
)
def test_the_full_name_is_supplied_and_the_surface_kept(source: str, text: str, name: str, full: str) -> None:
    body = next(body for body in read(text, source=source) if body.name == name)
    assert (body.value, body.value_basis) == (full, "supplied")
    assert full not in (body.name, *body.aliases)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (None, "Ban Tổ chức Thành ủy họp ở Hà Nội rồi ở Hải Phòng."),  # two cities, each once
        ("Báo Nghệ An", "Ban Tổ chức Thành ủy họp."),  # a town of the province, not said which
        ("Báo Nghệ An", "Bộ Y tế và Công ty Minh Long họp."),  # national, or a company
        ("VnExpress", "UBND huyện Can Lộc, UBND huyện Đức Thọ và Ban Thường vụ Huyện ủy."),
    ],
)
def test_nothing_is_supplied_when_it_is_not_clear(source: str | None, text: str) -> None:
    assert all(body.value is None for body in read(text, source=source))


def test_over_articles_one_body_joins_and_those_of_two_cities_stay_apart() -> None:
    short = read("Ban Tổ chức Thành ủy họp.", source="Báo Hải Phòng")[0].key
    full = read("Ban Tổ chức Thành ủy Hải Phòng họp.")[0].key
    other = read("Ban Tổ chức Thành ủy họp.", source="Báo Đà Nẵng")[0].key
    assert short == full != other
    assert read("Sở Y tế tỉnh Hà Tĩnh họp.")[0].key == read("Sở Y tế Hà Tĩnh họp.")[0].key
    town, province = read("UBND thành phố Hà Tĩnh và UBND tỉnh Hà Tĩnh họp.")
    assert town.key != province.key
