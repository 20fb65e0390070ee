"""The filter language: what it reads, what it refuses, what it lights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, Block, Entity, Fact, Note, State
from store.errors import QueryError
from store.query import (
    ALL,
    Age,
    And,
    Dated,
    Has,
    Id,
    Is,
    Near,
    Node,
    Not,
    Or,
    Query,
    Words,
    joined,
    parse,
)
from store.query_words import PARTS, SORTS, WORD_FIELDS
from store.segments import moment


def w(text: str, field: str | None = None, *, quoted: bool = False) -> Words:
    typed = text.split()
    prefix = frozenset(place for place, word in enumerate(typed) if word.endswith("*"))
    return Words(field, tuple(word.rstrip("*") for word in typed), prefix, quoted)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        (" \t ", None),
        ("… ! -", None),
        ("()", None),
        ("can bo", w("can bo")),
        ("  cán   bộ ", w("cán bộ")),
        ("cán\u00a0bộ", w("cán bộ")),
        ("ca\u0301n", w("cán")),
        ("35-KL/TW", w("35 KL TW")),
        ("1,5 a", w("1 5 a")),
        ("a,b", And((w("a"), w("b")))),
        ("1, 5", And((w("1"), w("5")))),
        ("a b, c d", And((w("a b"), w("c d")))),
        (", a,, b,", And((w("a"), w("b")))),
        ("a OR b, c", And((Or((w("a"), w("b"))), w("c")))),
        ("a OR b AND c", Or((w("a"), And((w("b"), w("c")))))),
        ("a or b and not c", w("a or b and not c")),
        ("AND.", w("and")),
        ('"AND"', w("AND", quoted=True)),
        ("(a OR b) AND c", And((Or((w("a"), w("b"))), w("c")))),
        ("a, (b, (c))", And((w("a"), w("b"), w("c")))),
        ("NOT a b", Not(w("a b"))),
        ("-a b", Not(w("a b"))),
        ("a -b", And((w("a"), Not(w("b"))))),
        ("a - b", w("a b")),
        ("a-b", w("a b")),
        ("-(a OR b)", Not(Or((w("a"), w("b"))))),
        ('-"a b"', Not(w("a b", quoted=True))),
        ("-is:read", Not(Is("read"))),
        ("NOT NOT a", Not(Not(w("a")))),
        ('"a b" c', And((w("a b", quoted=True), w("c")))),
        ("“a b”", w("a b", quoted=True)),
        ('a "" b', And((w("a"), w("b")))),
        ("ngu* van", w("ngu* van")),
        ("a * b", w("a b")),
        ('"ngu*"', w("ngu", quoted=True)),
        ("person:Trương Thị Mai is:unread", And((w("Trương Thị Mai", "person"), Is("unread")))),
        ("is:unread can bo", And((Is("unread"), w("can bo")))),
        ('person:"Trương Thị Mai" x', And((w("Trương Thị Mai", "person", quoted=True), w("x")))),
        ("title: a b OR c", Or((w("a b", "title"), w("c")))),
        ("tag:a -b", And((w("a", "tag"), Not(w("b"))))),
        ("title:-a", w("a", "title")),
        ("(title:a)", w("a", "title")),
        ("foo:bar", w("foo bar")),
        ("10:30", w("10 30")),
        ("TITLE:a", w("a", "title")),
        ("người:Mai", w("Mai", "person")),
        ("nguoi:Mai", w("Mai", "person")),
        ("nguời:Mai", w("nguời Mai")),
        ("nói: thế", w("nói thế")),
        ("tổchức:A, nơi:B", And((w("A", "org"), w("B", "place")))),
        ("vănbản:A, ngày:2023", And((w("A", "doc"), Dated("2023", date(2023, 1, 1), date(2023, 12, 31))))),
        ("nguồn:A, tiêuđề:B", And((w("A", "source"), w("B", "title")))),
        ("tácgiả:A, nhãn:B", And((w("A", "author"), w("B", "tag")))),
        ("ghichú:A, vaitrò:B, noidung:C", And((w("A", "note"), w("B", "role"), w("C", "body")))),
        ("id:3F9c", Id("3f9c")),
        ("is:Starred", Is("starred")),
        ("date:29/12/2023 a", And((Dated("29/12/2023", *[date(2023, 12, 29)] * 2), w("a")))),
        ("date:>=2023", Dated(">=2023", date(2023, 1, 1), date.max)),
    ],
)
def test_reads(text: str, root: Node | None) -> None:
    assert parse(text).root == root
    assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("a AND", 5, "term"),
        ("OR a", 0, "term"),
        ("a OR , b", 5, "term"),
        ("NOT", 3, "term"),
        ("(a AND) b", 6, "term"),
        ("(a", 2, "closing_parenthesis"),
        ("a) b", 1, "no_closing_parenthesis"),
        ('a "b c', 2, "closing_quote"),
        ("title:", 6, "value"),
        ("title: , a", 7, "value"),
        ("title:!", 6, "value"),
        ("is:late", 3, "state"),
        ("sort:up", 5, "sort"),
        ("id:xyz", 3, "id"),
        ("a, date:soon", 8, "period"),
        ("date:31/31/2023", 5, "period"),
        ("(" * 40, 31, "shorter_query"),
        ("a," * 201, 400, "shorter_query"),
        ("a" * 4001, 4000, "shorter_query"),
    ],
)
def test_refuses(text: str, position: int, expected: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.fields == {"position": position, "expected": expected}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("can b", "can b*"),
        ("can b ", "can b"),
        ("can, b", "can, b*"),
        ('"can b"', '"can b"'),
        ('"can b', "can b*"),
        ("person:Ma", "person:Ma*"),
        ("a AND", "a"),
        ("a OR ", "a"),
        ("a, NOT", "a"),
        ("(a", "a*"),
        ("(a OR", "a"),
        ("person:", ""),
        ("a is:un", "a"),
        ("a date:31/", "a"),
        ("a sort:ti", "a"),
        ("a*", "a*"),
        ("35-KL", "35 KL*"),
    ],
)
def test_what_is_being_typed_is_not_asked_yet(text: str, same: str) -> None:
    assert parse(text, typing=True) == parse(same)


def test_a_mistake_that_typing_on_cannot_mend_is_told_at_once() -> None:
    for text in ("OR a", "a) b", "is:late a"):
        with pytest.raises(QueryError):
            parse(text, typing=True)


def test_sort_is_part_of_the_query() -> None:
    assert parse("a").sort == "date"
    assert parse("a, sort:title") == parse("a").with_sort("title") == parse("sort:title a")
    assert str(parse("a").with_sort("unread")) == "a, sort:unread"
    assert parse("sort:added") == Query(None, "added")
    assert str(parse("sort:date")) == ""


def test_what_an_article_has_or_lacks() -> None:
    assert parse("no-date") == parse("NOT has:date") == parse("-has:date") == parse("không-ngày")
    assert parse("khong-ngay, co:ghichu") == parse("no-date, has:note")
    assert parse("no-money").root == Words(None, ("no", "money"))  # not a thing articles have

    undated = Article("", "a")
    made_up = replace(undated, facts={"title": Fact(None, "no headline on the page")})
    noted = replace(undated, published="2023-12", state=State(notes=(Note("a", ""),)))
    assert [parse("no-date").matches(article) for article in (undated, noted)] == [True, True]  # half a date
    assert [parse("has:title").matches(article) for article in (undated, made_up)] == [True, False]
    assert [parse("has:note").matches(article) for article in (undated, noted)] == [False, True]


def test_words_near_each_other() -> None:
    query = parse("near(mai chính, 3)")
    assert query == parse("gần(mai, chính, 3)") == parse("gan(mai chính, 3)")
    assert parse("near(mai chính)").root == Near((Words(None, ("mai",)), Words(None, ("chính",))), 10)

    def found(text: str, words: str) -> list[str]:
        return [text[start:end] for start, end in parse(words).hits(text)]

    assert found("bà Mai cùng với ông Chính", "near(chinh mai, 3)") == ["Mai", "Chính"]
    assert found("bà Mai cùng với ông Chính", "near(chinh mai, 2)") == []
    assert found("Bộ Y tế bàn về vắc xin", 'near("bo y te" vac*, 2)') == ["Bộ Y tế", "vắc"]
    far = Article("", "a", blocks=(Block("paragraph", "bà Mai"), Block("paragraph", "ông Chính")))
    assert not parse("near(mai chính, 1000)").matches(far)  # not over the end of a block


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("near(a", 6, "closing_parenthesis"),
        ("near(a)", 5, "near"),
        ("near(a a)", 5, "near"),
        ("near(a b, 1001)", 10, "distance"),
        ("near(a is:unread)", 7, "near"),
        ("has:money", 4, "part"),
        ("newer:soon", 6, "age"),
        ("older:3x", 6, "age"),
    ],
)
def test_what_is_refused_of_the_later_fields(text: str, position: int, expected: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.fields["position"] == position
    assert refused.value.fields["expected"] == expected


def test_the_age_of_an_article_counts_from_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.dates.today", lambda: date(2024, 3, 31))

    def answers(text: str, published: str | None) -> bool:
        return parse(text).matches(Article("", "a", published))

    assert answers("newer:7d", "2024-03-24T00:00:00+07:00")
    assert not answers("newer:7d", "2024-03-23")
    assert answers("older:7d", "2024-03-23")
    assert answers("newer:1m", "2024-02-29")  # a month before the 31st is the end of February
    assert answers("cũhơn:1năm", "2023-03-30")
    assert not answers("newer:7d", None)
    assert not answers("older:7d", None)
    assert parse("newer:9999y").matches(Article("", "a", "0001-01-01"))


def test_orders_have_vietnamese_names() -> None:
    assert parse("a, xếp:-ngày") == parse("a, sort:-date")
    assert parse("a, xep:lienquan") == parse("a, sort:relevance")
    assert parse("là:chưađọc") == parse("la:chuadoc") == parse("is:unread")


def test_both_filters_at_once() -> None:
    assert parse("a OR b, sort:title") & parse("is:unread") == parse("a OR b, is:unread, sort:title")
    assert ALL & ALL == ALL


word = st.from_regex(r"[a-zàđộ0-9²]{1,4}|AND|OR|NOT|TPHCM|title|is", fullmatch=True)


@st.composite
def runs(draw: st.DrawFn) -> Words:
    from store.query_parser import plain_word

    typed = draw(st.lists(word, min_size=1, max_size=3))
    quoted = draw(st.booleans())
    prefix = frozenset() if quoted else draw(st.frozensets(st.integers(0, len(typed) - 1), max_size=2))
    field = draw(st.none() | st.sampled_from(WORD_FIELDS))
    return Words(field, tuple(typed if quoted else map(plain_word, typed)), prefix, quoted)


near_parts = st.one_of(
    st.builds(lambda text: Words(None, (text,)), st.sampled_from(["mai", "chính", "k2"])),
    st.builds(lambda text: Words(None, (text,), frozenset({0})), st.sampled_from(["ng", "tr"])),
    st.builds(lambda typed: Words(None, tuple(typed), quoted=True), st.lists(word, min_size=1, max_size=3)),
)
nears = st.builds(
    lambda parts, distance: Near(tuple(parts), distance),
    st.lists(near_parts, min_size=2, max_size=4, unique=True),
    st.integers(0, 1000),
)
ages = st.builds(Age, st.sampled_from(["7d", "2 tuần", "3m", "1năm", "12years"]).map(str), st.booleans())
periods = st.sampled_from(["2023", ">=2023-12-26", "2022..2023", "12/2023", "2022 .. 2023"])
leaves = st.one_of(
    runs(),
    st.sampled_from(["unread", "removed"]).map(Is),
    st.sampled_from(PARTS).map(Has),
    nears,
    ages,
    st.from_regex("[0-9a-f]{1,13}", fullmatch=True).map(Id),
    periods.map(lambda text: parse(f'date:"{text}"').root),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(Or, parts)),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(root=st.none() | nodes, sort=st.sampled_from(SORTS))
def test_what_is_written_reads_back(root: Node | None, sort: str) -> None:
    query = Query(root).with_sort(sort)  # type: ignore[arg-type]
    assert parse(str(query)) == query


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(
        st.sampled_from('ab1độ"“”*:(),-. \tANDORtitle:is:unreadnear(no-date') | st.characters(), max_size=40
    )
)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    for typing in (False, True):
        query, error = None, None
        try:
            query = parse(text, typing=typing)
        except QueryError as refused:
            error = refused
        if query is not None:
            assert parse(str(query)) == query
        if error is not None:
            assert 0 <= error.fields["position"] <= len(text) * 3  # NFC of one letter may be three
            assert error.fields["expected"]


@pytest.mark.parametrize(
    ("text", "filter", "lit"),
    [
        ("Cán bộ, CÁN BỘ và can bố", "can bo", ["Cán bộ", "CÁN BỘ", "can bố"]),
        ("Cán bộ, CÁN BỘ và can bố", "cán bộ", ["Cán bộ", "CÁN BỘ"]),
        ("Cán bộ, CÁN BỘ và can bố", "can bộ", ["Cán bộ", "CÁN BỘ"]),
        ("Cán (bộ)", "cán bộ", ["Cán (bộ"]),
        ("Hoà bình, hòa BÌNH", "hoà bình", ["Hoà bình", "hòa BÌNH"]),
        ("đảng đang dang", "dang", ["đảng", "đang", "dang"]),
        ("đảng đang dang", "đang", ["đang"]),
        ("Ký kí ky kì", "ki", ["Ký", "kí", "ky", "kì"]),
        ("Ký kí ky kì", "kí", ["Ký", "kí"]),
        ("kinh ký", "ki*", ["kinh", "ký"]),
        ("Mĩ, Mỹ, my", "mỹ", ["Mĩ", "Mỹ"]),
        ("ở TPHCM, TP.HCM, TP HCM", "TP.HCM", ["TPHCM", "TP.HCM", "TP HCM"]),
        ("ở TPHCM, TP.HCM, TP HCM", "tphcm", ["TPHCM", "TP.HCM", "TP HCM"]),
        ("ở TPHCM", "tphc*", ["TPHCM"]),
        ("ở TPHCM", "hcm", ["HCM"]),
        ("hoàn thiện", "hoà*", ["hoàn"]),
        ("hoàn thiện, hoà", "hòa*", ["hoàn", "hoà"]),
        ("tiếng tiêu tiền tien", "tiê*", ["tiếng", "tiêu", "tiền"]),
        ("tiếng tiêu tiền tien", "tiế*", ["tiếng"]),
        ("đang đảng dang", "đa*", ["đang", "đảng"]),
        ("đang đảng dang", "đả*", ["đảng"]),
        ("nghiên cứu", "ngh*", ["nghiên"]),
        ("an an an", "an an", ["an an"]),
        ("a b c", "a b, b c", ["a b c"]),
        ("a b c", "a, NOT b", ["a"]),
        ("a b c", "NOT NOT b", ["b"]),
        ("a b c", "title:a, source:b, person:c", ["c"]),
        ("a\nb", "a b", ["a\nb"]),
        ("I\u0307stanbul cán", "cán", ["cán"]),
        ("x", "", []),
    ],
)
def test_hits_are_places_in_the_original_spelling(text: str, filter: str, lit: list[str]) -> None:
    assert [text[start:end] for start, end in parse(filter).hits(text)] == lit


def test_hits_of_a_field_are_lit_only_there() -> None:
    query = parse("title:a, person:b, c")
    assert query.hits("a b c", "title") == [(0, 1), (2, 3), (4, 5)]
    assert query.hits("a b c", "source") == [(4, 5)]


ARTICLE = Article(
    "3f9c2a1b7d0e4",
    "Hội nghị cán bộ",
    published="2023-12-29T23:30:00+07:00",
    source="Báo Cần Thơ",
    author="Thuỷ Tiên",
    blocks=(Block("lead", "Đồng chí Mai nói."), Block("paragraph", "Bí thư kết luận.")),
    entities=(
        Entity(
            "person",
            "person:trương thị mai#2",
            "Trương Thị Mai",
            ("Bí thư Trung ương",),
            ("bà Mai", "đồng chí Mai"),
        ),
        Entity("document", "document:kl 35-kl/tw", "Kết luận số 35-KL/TW", value="35-KL/TW"),
    ),
    state=State(tags=("đọc sau",), notes=(Note("Hỏi lại", "2026-11-22T04:12:00Z"),)),
)


@pytest.mark.parametrize(
    ("filter", "answers"),
    [
        ("can bo", True),
        ("bao can tho", True),
        ("thủy tiên", True),
        ("noi bi thu", False),  # no phrase crosses a block
        ("person:Thị Mai", True),
        ("person:bà mai", True),
        ('person:"Thị Mai"', False),
        ('person:"Trương Thị Mai"', True),
        ('person:"truong thi mai#2"', True),
        ("org:Mai", False),
        ("doc:35-KL/TW", True),
        ("role:bí thư", True),
        ("tag:doc", True),
        ('tag:"đọc"', False),
        ('tag:"đọc sau"', True),
        ("note:hoi lai", True),
        ("body:can bo", False),
        ("title:can bo", True),
        ("id:3f9c", True),
        ("date:2023-12", True),
        ("date:>2023-12-29", False),
        ("is:unread is:noted is:tagged NOT is:starred NOT is:removed", True),
    ],
)
def test_what_a_filter_means(filter: str, answers: bool) -> None:
    assert parse(filter).matches(ARTICLE) is answers


@pytest.mark.parametrize(
    ("filter", "apart"),
    [
        ("can bo", "can, bo"),
        ("can bo*, is:unread", "can, bo*, is:unread"),
        ('"can bo"', None),
        ("can", None),
        ("can bo, tin tuc", None),
        ("NOT can bo", None),
        ("can bo OR is:unread", None),
        ("title:can bo", None),
        ("", None),
    ],
)
def test_words_apart(filter: str, apart: str | None) -> None:
    assert parse(filter).apart == (None if apart is None else parse(apart))


def test_moments_are_local_and_a_date_stands_before_its_times() -> None:
    assert moment("2023-12-29T20:00:00+00:00") == "2023-12-30T03:00:00"
    assert moment("2023-12-29T19:17:16+07:00") == "2023-12-29T19:17:16"
    assert moment("2023-12-29") < moment("2023-12-29T00:00:00+07:00") < moment("2023-12-30")
    assert moment(None) == moment("hôm qua") == moment("2023-13-01") == ""
