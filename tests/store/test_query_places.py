"""What may be completed at the end of a filter, and its parts."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, Entity, Mention, State
from store.errors import QueryError
from store.index.index import Index
from store.index.known_names import Known, known_names
from store.query import parse
from store.query_places import Stem, apart_from, choices, field_names, parts, stems, without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("p", []),
        ("pe", [("", "pe", 0)]),
        ("tong ke", []),
        ("tong ket, ngu", [("", "ngu", 10)]),
        ("a OR -per", [("", "per", 6)]),
        ("person:", [("person", "", 7)]),
        ("nguoi:trương t", [("person", "trương t", 6)]),
        ('person:"trương t', [("person", "trương t", 7)]),
        ('person:"Trương Thị"', []),
        ("person:Mai pla", [("person", "Mai pla", 7), ("", "pla", 11)]),
        ("date:2", []),
        ("title:ab", []),
        ("is:un", [("is", "un", 3)]),
        ("is:unread ", []),
        ("near(ab", []),
    ],
)
def test_what_is_being_typed(text: str, found: list[tuple[str, str, int]]) -> None:
    assert [(stem.field, stem.typed, stem.start) for stem in stems(text)] == found


def test_names_of_fields_begin_as_typed_with_or_without_marks() -> None:
    assert field_names("ngu") == ["người", "nguồn"]
    assert field_names("ngư") == ["người"]
    assert field_names("pe") == ["person"]
    assert field_names("ti") == ["title", "tiêuđề"]
    assert field_names("no", vietnamese=True) == ["nơi", "nộidung", "note"]
    assert field_names("xyz") == []


def test_values_are_in_the_language_of_their_field() -> None:
    [stem] = stems("là:")
    assert choices(stem)[:2] == ["chưađọc", "đãđọc"]
    assert choices(stems("là:un")[0]) == ["unread"]
    assert choices(stems("is:chua")[0]) == ["chưađọc"]
    assert choices(Stem("sort", "-t", 5)) == ["-title", "-tiêuđề"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tong ket, is:unread", ["tong ket", "is:unread"]),
        ("a b AND person:X OR c, -tag:y", ["a b AND person:X OR c", "-tag:y"]),
        ("person:Trương Thị Mai is:unread date:2023", ["person:Trương Thị Mai", "is:unread", "date:2023"]),
        ("(a OR b), sort:title c", ["(a OR b)", "c"]),
        ('near(a b, 3) "x y" NOT z', ["near(a b, 3)", '"x y"', "NOT z"]),
        ("no-date NOT (a OR b)", ["no-date", "NOT (a OR b)"]),
    ],
)
def test_parts(text: str, found: list[str]) -> None:
    assert [part.text for part in parts(text)] == found


_TERMS = st.sampled_from(
    ["tong ket", '"a b"', "person:Mai", "-tag:x", "(a OR b)", "is:unread", "NOT c", "near(a b)", "date:2023",
     "a OR b", "no-date"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_TERMS, st.sampled_from([", ", " AND ", ","])), min_size=1, max_size=5))
def test_a_part_taken_away_leaves_the_others(terms: list[tuple[str, str]]) -> None:
    text = "sort:title, " + "".join(term + sign for term, sign in terms).rstrip(" ,").removesuffix(" AND")
    found = parts(text)
    for place, part in enumerate(found):
        left = without(text, part)
        assert [other.text for other in parts(left)] == [
            other.text for other in (*found[:place], *found[place + 1 :])
        ]
        assert parse(left).sort == parse(text).sort


@settings(max_examples=150)
@given(st.text(alphabet='ab :"(),-ORNTngưperson*“', max_size=30))
def test_no_text_fails(text: str) -> None:
    for stem in stems(text):
        assert 0 <= stem.start <= len(text)
    with suppress(QueryError):
        assert all(text[part.start : part.end] == part.text for part in parts(text))


def test_the_counts_of_a_field_leave_its_own_parts_out() -> None:
    query = parse('tong ket, person:"Mai" OR person:"Nam", -person:x, date:2023, newer:3m, is:unread')
    assert apart_from(query, "person") == parse("tong ket, date:2023, newer:3m, is:unread")
    assert apart_from(query, "date") == parse('tong ket, person:"Mai" OR person:"Nam", -person:x, is:unread')
    assert apart_from(parse("person:a OR org:b"), "person") == parse("person:a OR org:b")


# -- names that an index knows ----------------------------------------------------------------------


_NOTHING = State()


def _with(number: int, *names: str, source: str, state: State = _NOTHING) -> Article:
    entities = tuple(
        Entity("person", f"person:{name.casefold()}", name, mentions=(Mention(0, 0, 1),)) for name in names
    )
    blocks = (Block("paragraph", "Lời."),)
    return Article(f"{number:013x}", "Tin", source=source, blocks=blocks, entities=entities, state=state)


def test_names_come_by_how_many_articles_have_them() -> None:
    with Index.open(None) as index:
        index.add(0, 1, 1, [
            _with(1, "Trương Thị Mai", "Nguyễn Văn Trường", source="Báo Đất"),
            _with(2, "Trương Thị Mai", source="Báo Đất", state=State(tags=("bão số 3", "lũ"))),
            _with(3, "Đặng Mai", source="Dân Trí", state=State(tags=("lũ",), removed="2026-01-01T00:00:00Z")),
        ])  # fmt: skip

        def names(field: str, typed: str, limit: int) -> list[Known]:
            return index.look(lambda connection: known_names(connection, field, typed, limit))

        assert names("person", "mai", 8) == [Known("Trương Thị Mai", 2), Known("Đặng Mai", 1)]
        assert names("person", "tru", 8) == [Known("Trương Thị Mai", 2), Known("Nguyễn Văn Trường", 1)]
        assert names("person", "trư", 1) == [Known("Trương Thị Mai", 2)]
        assert names("person", "thi m", 8) == [Known("Trương Thị Mai", 2)]
        assert names("person", "dang", 8) == [Known("Đặng Mai", 1)]
        assert names("person", "dang m", 8) == [Known("Đặng Mai", 1)]
        assert names("person", "ăng", 8) == []
        assert names("person", "100%_", 8) == []
        assert names("source", "", 8) == [Known("Báo Đất", 2)]
        assert names("tag", "b", 8) == [Known("bão số 3", 1)]
        assert names("title", "", 8) == []
        assert names("person", "bà ma", 8) == names("person", "ba mai", 8) == names("person", "mai", 8)
        assert names("person", "ông", 8) == []


def test_an_alias_leads_to_the_name_it_stands_for() -> None:
    """Behind the names that begin so, and only where the name does not hold it anyway."""

    def article(number: int, *entities: Entity) -> Article:
        return Article(f"{number:013x}", "Tin", blocks=(Block("paragraph", "Lời."),), entities=entities)

    def body(name: str, *aliases: str) -> Entity:
        return Entity("organization", f"organization:{name.casefold()}", name, aliases=aliases)

    with Index.open(None) as index:
        index.add(0, 1, 1, [
            article(1, body("Bộ Giáo dục và Đào tạo", "Bộ GD&ĐT", "Bộ Giáo dục")),
            article(2, body("Bộ Giáo dục và Đào tạo", "Bộ GD-ĐT")),
            article(3, body("GDP Việt Nam"), body("Sở Tư pháp", "Sở TP")),
            article(4, Entity("person", "person:lê thị gd", "Lê Thị Hà", aliases=("Hà", "GDH"))),
        ])  # fmt: skip

        def names(typed: str) -> list[Known]:
            return index.look(lambda connection: known_names(connection, "org", typed, 8))

        assert names("gd") == [
            Known("GDP Việt Nam", 1),
            Known("Bộ Giáo dục và Đào tạo", 2, "Bộ GD&ĐT"),
        ]
        assert names("bộ gd-") == [Known("Bộ Giáo dục và Đào tạo", 2, "Bộ GD-ĐT")]
        assert names("bo giao duc") == [Known("Bộ Giáo dục và Đào tạo", 2)]
        assert names("bộ td") == names("bỗ gd") == []
        index.drop([f"{number:013x}" for number in (1, 2)])
        assert names("bộ gd") == []
