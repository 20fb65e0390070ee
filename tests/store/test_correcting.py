"""An article as its reader corrected it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_article import articles
from test_cleaning_coverage import LINES, article_or_none, assert_covered

from store.article import BLOCK_KINDS, ENTITY_TYPES, Article, Entity, Mention, RawPage
from store.article_json import from_json, to_json
from store.cleaning import clean
from store.correcting import Rules, apply, merge_target
from store.corrections import Correction
from store.entities import entity_key, extract
from store.loaders import make_page

ID = "0" * 12 + "a"
PAGE = make_page(
    "\n".join(
        [
            "Trang chủ",
            "Khánh thành cầu Sông Đào",
            "12/03/2021 08:15",
            "Sáng 12/3, ông Lê Văn Tám và bà Ngô Thị Bình dự lễ khánh thành cầu tại xã Hòa Sơn.",
            "Ông Tám nói đội thợ đã làm việc suốt mùa mưa. Bà Bình tặng quà các thợ cầu.",
            "Người dân hai bờ từ nay không còn phải chờ đò. Ông Lê Văn Tám cảm ơn mọi người.",
            "Mời xem thêm ảnh bên dưới",
            "Lan Chi",
        ]
    )
)


def made(page: RawPage) -> Article:
    return replace(extract(clean(page)), id=ID)


@pytest.fixture(scope="module")
def article() -> Article:
    return made(PAGE)


def corrected(article: Article, *rules: Correction, page: RawPage | None = PAGE) -> Article:
    after = apply(article, rules, page)
    assert_sound(after)
    assert apply(after, rules, page) == after, "applied again it changes nothing more"
    return after


def assert_sound(article: Article) -> None:
    assert from_json(to_json(article)) == article
    assert (article.lead is not None) == any(block.kind == "lead" for block in article.blocks)
    assert article.lead is None or article.blocks[0].text == article.lead
    for entity in article.entities:
        assert list(entity.mentions) == sorted(set(entity.mentions), key=lambda m: (m.block, m.start, m.end))
        assert {article.text_of(mention) for mention in entity.mentions} <= {entity.name, *entity.aliases}
        assert entity.name not in entity.aliases
    keys = [entity.key for entity in article.entities]
    assert len(keys) == len(set(keys))
    firsts = [(e.mentions[0].block, e.mentions[0].start) for e in article.entities if e.mentions]
    assert firsts == sorted(firsts)


def named(article: Article, name: str) -> Entity:
    (found,) = [entity for entity in article.entities if entity.name == name]
    return found


def names(article: Article, type: str = "person") -> list[str]:
    return [entity.name for entity in article.entities if entity.type == type]


TAM, BINH = "person:lê văn tám", "person:ngô thị bình"


def test_the_article_is_what_the_tests_think(article: Article) -> None:
    assert names(article) == ["Lê Văn Tám", "Ngô Thị Bình"]
    assert len(named(article, "Lê Văn Tám").mentions) == 3
    assert article.author == "Lan Chi"


# -- entities ------------------------------------------------------------------------------------


def test_hidden(article: Article) -> None:
    after = corrected(article, Correction("hide", TAM, None, ID))
    assert names(after) == ["Ngô Thị Bình"]
    assert after.blocks == article.blocks


def test_renamed_it_has_another_key_and_its_old_name_as_alias(article: Article) -> None:
    after = named(corrected(article, Correction("rename", TAM, "Lê Văn Tâm", ID)), "Lê Văn Tâm")
    assert after.key == "person:lê văn tâm"
    assert after.aliases == ("Lê Văn Tám", "Tám")
    assert after.mentions == named(article, "Lê Văn Tám").mentions


def test_renamed_in_spelling_only_it_keeps_its_key(article: Article) -> None:
    after = corrected(article, Correction("rename", TAM, "LÊ VĂN TÁM", ID))
    assert named(after, "LÊ VĂN TÁM").key == TAM


def test_renamed_to_a_name_that_is_there_two_become_one(article: Article) -> None:
    after = corrected(article, Correction("rename", BINH, "Lê Văn Tám", ID))
    one = named(after, "Lê Văn Tám")
    assert names(after) == ["Lê Văn Tám"]
    assert one.key == TAM
    assert {"Ngô Thị Bình", "Bình", "Tám"} <= set(one.aliases)
    assert len(one.mentions) == 5


def test_retyped(article: Article) -> None:
    after = corrected(article, Correction("retype", TAM, "place", ID))
    assert named(after, "Lê Văn Tám").key == "place:lê văn tám"
    assert names(after) == ["Ngô Thị Bình"]


def test_merged_with_one_that_is_there_or_not(article: Article) -> None:
    after = corrected(article, Correction("merge", TAM, "person:ngô thị bình", ID))
    assert names(after) == ["Ngô Thị Bình"]
    assert named(after, "Ngô Thị Bình").key == BINH
    after = corrected(article, Correction("merge", TAM, "person:Lê Bá Tám#2", ID))
    assert named(after, "Lê Bá Tám").key == "person:lê bá tám#2"
    same = Correction("merge", TAM, "person:Lê Văn Tám", ID)
    assert corrected(article, same) == article


def test_a_form_split_off(article: Article) -> None:
    after = corrected(article, Correction("split", TAM, "Tám", ID))
    assert [(e.name, e.key, len(e.mentions)) for e in after.entities if "Tám" in e.name] == [
        ("Lê Văn Tám", TAM, 2),
        ("Tám", "person:tám", 1),
    ]
    assert "Tám" not in named(after, "Lê Văn Tám").aliases


def test_the_full_name_split_off_is_a_namesake(article: Article) -> None:
    after = apply(article, [Correction("split", TAM, "Lê Văn Tám", ID)])
    assert_sound(after)
    assert {(e.name, e.key) for e in after.entities if "Tám" in e.name} == {
        ("Tám", TAM),
        ("Lê Văn Tám", TAM + "#2"),
    }


def test_another_person_of_that_name(article: Article) -> None:
    after = corrected(article, Correction("split", TAM, "#2", ID))
    assert named(after, "Lê Văn Tám").key == TAM + "#2"
    everywhere = Correction("merge", TAM, "person:Ngô Thị Bình")
    assert corrected(article, Correction("split", TAM, "#2", ID), everywhere) == after


def test_what_fits_nothing_does_nothing(article: Article) -> None:
    for rule in (
        Correction("hide", "person:không ai", None),
        Correction("hide", TAM, None, "0" * 13),
        Correction("split", TAM, "Người khác", ID),
        Correction("split", "place:hòa sơn", "Hòa Sơn", ID),
        Correction("line", "99", "junk", ID),
        Correction("line", "3", "paragraph", ID),
        Correction("rename", "nonsense", "X"),
    ):
        assert corrected(article, rule) == article


def test_rules_apply_in_the_order_they_were_made(article: Article) -> None:
    first = Correction("rename", TAM, "Lê Bá Tám", made="2026-01-01T00:00:00Z")
    then = Correction("hide", "person:lê bá tám", None, ID, made="2026-01-02T00:00:00Z")
    assert names(apply(article, [then, first])) == ["Ngô Thị Bình"]
    early = replace(then, made="2025-01-01T00:00:00Z")
    assert names(apply(article, [first, early])) == ["Lê Bá Tám", "Ngô Thị Bình"]


# -- facts and lines -----------------------------------------------------------------------------


def test_facts_by_hand_say_so(article: Article) -> None:
    after = corrected(
        article,
        Correction("title", "", "Cầu mới của ông Đỗ Minh Hà", ID),
        Correction("published", "", "13/03/2021", ID),
        Correction("source", "", "Báo Đồng Quê", ID),
        Correction("author", "", None, ID),
    )
    assert after.title == "Cầu mới của ông Đỗ Minh Hà"
    assert (after.published, after.published_basis) == ("2021-03-13", "stated")
    assert (after.source, after.author) == ("Báo Đồng Quê", None)
    assert {name: fact.why for name, fact in after.facts.items()} == {
        "title": "corrected by hand",
        "published": "corrected by hand",
        "source": "corrected by hand",
        "author": "taken away by hand",
    }
    assert "Đỗ Minh Hà" in names(after), "entities are those of the new title"
    assert_covered(PAGE, after)
    unknown = corrected(article, Correction("published", "", None, ID))
    assert (unknown.published, unknown.published_basis) == (None, "unknown")


def test_a_line_taken_out(article: Article) -> None:
    after = corrected(article, Correction("line", "5", "junk", ID))
    assert [block.line for block in after.blocks] == [4, 6]
    (part,) = [part for part in after.dropped if part.line == 5]
    assert (part.text, part.why) == (PAGE.lines[4], "taken out by hand")
    assert_covered(PAGE, after)
    assert len(named(after, "Lê Văn Tám").mentions) == 2


def test_a_line_taken_in_stands_where_it_stood(article: Article) -> None:
    after = corrected(article, Correction("line", "1", "heading", ID))
    assert [(block.kind, block.line) for block in after.blocks][:2] == [("lead", 4), ("heading", 1)]
    assert 1 not in {part.line for part in after.dropped}
    out = [Correction("line", "4", "junk", ID), Correction("line", "6", "junk", ID)]
    after = corrected(article, *out, Correction("line", "1", "heading", ID))
    assert [(block.kind, block.line) for block in after.blocks] == [
        ("heading", 1),
        ("paragraph", 5),
    ]
    assert after.lead is None


def test_another_kind_and_another_lead(article: Article) -> None:
    after = corrected(article, Correction("line", "6", "quote", ID))
    assert [block.kind for block in after.blocks] == ["lead", "paragraph", "quote"]
    after = corrected(article, Correction("line", "5", "lead", ID))
    assert [(block.kind, block.line) for block in after.blocks][:2] == [("lead", 5), ("paragraph", 4)]
    assert after.lead == after.blocks[0].text
    after = corrected(article, Correction("line", "4", "paragraph", ID))
    assert after.lead is None
    assert after.blocks[0].line == 4


def test_the_line_of_a_title_that_was_none(article: Article) -> None:
    """A wrong headline can be put into the text once another one stands in its place."""
    in_text = Correction("line", "2", "paragraph", ID)
    assert corrected(article, in_text) == article
    after = corrected(article, Correction("title", "", "Cầu mới", ID), in_text)
    assert [block.text for block in after.blocks if block.line == 2] == ["Khánh thành cầu Sông Đào"]
    assert_covered(PAGE, after)


WRAPPED = make_page(
    "Khánh thành cầu Sông Đào\n\n"
    "Sáng nay ông Lê Văn Tám và bà Ngô Thị Bình dự lễ khánh thành cầu tại\n"
    "xã Hòa Sơn, cùng với đông đảo bà con hai bên bờ sông đã chờ đợi công\n"
    "trình này từ nhiều năm.\n\n"
    "Người dân hai bờ từ nay không còn phải chờ đò. Mọi người đều vui mừng.\n"
)


def test_a_paragraph_over_several_lines_is_taken_out_by_any_of_them() -> None:
    article = made(WRAPPED)
    assert [block.line for block in article.blocks] == [3, 7]
    for line in ("3", "4", "5"):
        after = corrected(article, Correction("line", line, "junk", ID), page=WRAPPED)
        assert [block.line for block in after.blocks] == [7]
        assert_covered(WRAPPED, after)


PHOTO = make_page(
    "Khánh thành cầu Sông Đào\n\nQuang cảnh buổi lễ khánh thành.\nẢnh: Minh Hà\n\n"
    "Người dân hai bờ từ nay không còn phải chờ đò. Mọi người đều vui mừng.\n"
)


def test_the_line_of_a_pictures_credit() -> None:
    article = made(PHOTO)
    assert [(block.kind, block.line, block.credit) for block in article.blocks] == [
        ("caption", 3, "Minh Hà"),
        ("paragraph", 6, None),
    ]
    after = corrected(article, Correction("line", "4", "junk", ID), page=PHOTO)
    assert [block.credit for block in after.blocks] == [None, None]
    assert_covered(PHOTO, after)
    after = corrected(article, Correction("line", "4", "paragraph", ID), page=PHOTO)
    assert [(block.kind, block.text) for block in after.blocks][:2] == [
        ("caption", "Quang cảnh buổi lễ khánh thành."),
        ("paragraph", "Ảnh: Minh Hà"),
    ]
    assert_covered(PHOTO, after)


def test_without_its_page_a_line_is_taken_out_as_well(article: Article) -> None:
    after = corrected(article, Correction("line", "5", "junk", ID), page=None)
    assert [part.text for part in after.dropped if part.line == 5] == [PAGE.lines[4]]


# -- anything ------------------------------------------------------------------------------------

OPS = ["hide", "rename", "retype", "merge", "split", "title", "published", "source", "author", "line"]
VALUES = [
    "Lê Văn Tám", "Tám", "Ngô Thị Bình", "person:Lê Văn Tám", "place:Hòa Sơn#2", "#1", "#2", "12/3/2021", "",
    *ENTITY_TYPES, *BLOCK_KINDS, "junk",
]  # fmt: skip


def rules_for(keys: list[str], lines: int) -> st.SearchStrategy[list[Correction]]:
    key = st.sampled_from([*keys, "person:tám", ""]) | st.integers(0, lines + 1).map(str)
    place = st.sampled_from([None, ID])
    rule = st.builds(Correction, st.sampled_from(OPS), key, st.none() | st.sampled_from(VALUES), place)
    return st.lists(rule, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_rules_leave_a_sound_article(data: st.DataObject) -> None:
    article = made(PAGE)
    keys = [entity.key for entity in article.entities]
    rules = data.draw(rules_for([*keys, *(key + "#2" for key in keys)], len(PAGE.lines)))
    after = apply(article, rules, PAGE)
    assert_sound(after)
    assert_covered(PAGE, after)
    assert apply(article, rules, PAGE) == after


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(LINES, min_size=1, max_size=20))
def test_no_line_vanishes_from_any_page(data: st.DataObject, lines: list[str]) -> None:
    page = make_page("\n".join(lines))
    if (found := article_or_none(page)) is None:
        return
    kinds = st.sampled_from([*BLOCK_KINDS, "junk"])
    line = st.integers(1, len(page.lines)).map(str)
    rule = st.builds(Correction, st.just("line"), line, kinds, st.just(ID))
    rules = data.draw(st.lists(rule, max_size=5, unique_by=lambda rule: rule.key))
    after = apply(replace(found, id=ID), rules, page)
    assert_covered(page, after, ordered=False)
    assert (after.lead is not None) == any(block.kind == "lead" for block in after.blocks)


@settings(max_examples=40, deadline=None)
@given(articles(), st.data())
def test_any_article_under_any_rules_can_be_written(article: Article, data: st.DataObject) -> None:
    keys = ["person:x", *(f"{e.type}:{e.key}" for e in article.entities)]
    article = replace(
        article,
        id=ID,
        entities=tuple(replace(e, key=f"{e.type}:{e.key}") for e in article.entities),
    )
    after = apply(article, data.draw(rules_for(keys, 3)))
    assert from_json(to_json(after)) == after


def test_unsound_rules_are_passed_over(article: Article) -> None:
    bad = [
        Correction("line", "x", "junk", ID),
        Correction("title", "", None, ID),
        Correction("hide", "", None),
    ]
    assert apply(article, bad) == article


def test_without_rules_it_is_the_same_article(article: Article) -> None:
    assert apply(article, []) is article
    other = Rules([Correction("hide", "person:không ai", None)])
    assert other.apply(article, lambda _: PAGE)[0] is article


# -- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type", "name", "key"),
    [
        ("person", "Nguyễn Thị HOÀ", "person:nguyễn thị hòa"),
        ("person", "S.Hải", "person:s. hải"),
        ("place", "thành phố Hồ Chí Minh", "place:tp.hcm"),
        ("place", "TPHCM", "place:tp.hcm"),
        ("place", "xã Hòa Sơn", "place:hòa sơn"),
        ("organization", "Bộ GTVT", "organization:bộ giao thông vận tải"),
        ("document", "Nghị quyết Trung ương 4 (khóa XII)", "document:nghị quyết trung ương 4 khóa 12"),
        ("date", "29/12/2023", "date:2023-12-29"),
        ("event", "", "event:"),
    ],
)
def test_a_name_typed_by_hand_has_the_key_that_articles_give_it(type, name, key):
    assert entity_key(type, name) == key
    assert entity_key(type, key.partition(":")[2]) == key, "a key is the key of itself"


def test_a_mention_inside_another_goes_when_two_become_one() -> None:
    text = "UBND xã Hòa Sơn họp."
    article = made(make_page(f"Họp xã\n\n{text} Các thôn đều cử người tới dự buổi họp này."))
    inner, outer = Mention(0, 5, 15), Mention(0, 0, 15)
    article = replace(
        article,
        entities=(
            Entity("organization", "organization:a", "UBND xã Hòa Sơn", mentions=(outer,)),
            Entity("place", "place:hòa sơn", "xã Hòa Sơn", mentions=(inner,)),
        ),
    )
    after = apply(article, [Correction("merge", "place:hòa sơn", "organization:UBND xã Hòa Sơn", ID)])
    (one,) = after.entities
    assert one.mentions == (outer,)


def test_a_body_called_by_its_short_name_can_be_merged_into() -> None:
    """Its key is that of its full name, which the article does not write."""
    page = make_page(
        "Họp dân\n\nBà Ngô Thị Bình làm việc với Sở Y tế và Ban Chợ Đồng Tâm về chợ mới của xã Hòa Sơn."
    )
    article = made(page)
    health = Entity(
        "organization",
        "organization:sở y tế hà nội",
        "Sở Y tế",
        value="Sở Y tế Hà Nội",
        value_basis="supplied",
        mentions=(Mention(0, 30, 37),),
    )
    market = Entity("organization", "organization:ban chợ", "Ban Chợ", mentions=(Mention(0, 41, 48),))
    article = replace(article, entities=(health, market))
    assert merge_target(health) == "organization:Sở Y tế Hà Nội"
    assert merge_target(replace(health, value=None)) == "organization:sở y tế hà nội"
    (one,) = apply(article, [Correction("merge", market.key, merge_target(health))]).entities
    assert (one.key, one.name, one.aliases) == (health.key, "Sở Y tế", ("Ban Chợ",))
    (alone,) = apply(
        replace(article, entities=(market,)), [Correction("merge", market.key, merge_target(health))]
    ).entities
    assert (alone.key, alone.name) == (health.key, "Sở Y tế Hà Nội")
    renamed = named(apply(article, [Correction("rename", health.key, "Sở Du lịch")]), "Sở Du lịch")
    assert renamed.value is None
