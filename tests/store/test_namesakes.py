"""People of one name: who is one person, who plainly is not, and what stays untold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import EntityType
from store.index.entities import Company, Naming
from store.index.rows import Facet
from store.index.traits import Traits
from store.profile.namesakes import Apart, Reason, tell_apart


@dataclass
class Told:
    """An article about "Nguyễn Văn A": when, in which offices, beside whom."""

    day: str | None
    roles: list[str] = field(default_factory=list)
    beside: Iterable[str] = ()
    born: int | None = None
    sex: str = ""
    accused: bool = False
    source: str | None = None
    row: int | None = None
    key: str = "person:nguyễn văn a"


def kind(name: str) -> EntityType:
    if name[0] == "@":
        return "place"
    return "organization" if name[0] == "&" else "person"


def apart(*told: Told, common: Iterable[str] = ()) -> Apart | None:
    """What is told apart; `common` companions stand in many other articles too."""
    names = list(dict.fromkeys(name for one in told for name in one.beside))
    count = {name: sum(name in one.beside for one in told) + 40 * (name in set(common)) for name in names}
    facets = {
        n: Facet(kind(name), f"{kind(name)}:{name}", name.strip("@&"), count[name])
        for n, name in enumerate(names)
    }
    namings = [
        Naming(
            row=number if one.row is None else one.row,
            id=str(number),
            title="Tin",
            published=one.day,
            source=one.source,
            key=one.key,
            name="Nguyễn Văn A",
            mentions=1,
            roles=tuple(one.roles),
            traits=Traits(one.born, one.sex, one.accused),
        )
        for number, one in enumerate(told)
    ]
    of = {
        naming.row: frozenset(map(names.index, one.beside)) for naming, one in zip(namings, told, strict=True)
    }
    return tell_apart(namings, Company(facets, of))


def ids(found: Apart | None) -> list[list[str]]:
    assert found is not None
    return [[naming.id for naming in person] for person in found.people]


def test_nothing_told_is_one_person() -> None:
    assert apart(Told("2020-01-01"), Told("2021-01-01")) is None
    assert apart(Told(None)) is None


def test_a_career_from_office_to_office_is_one_person() -> None:
    assert (
        apart(
            Told("2010-01-01", ["Bí thư Huyện ủy huyện Mèo Vạc"]),
            Told("2015-01-01", ["Chủ tịch UBND tỉnh Hà Giang"]),
            Told("2018-01-01", ["Phó Trưởng Ban Dân vận Trung ương"]),
            Told("2021-01-01", ["Bộ trưởng Bộ Nội vụ"]),
        )
        is None
    )


def test_a_transfer_to_another_province_is_one_person() -> None:
    before, after = ["Chủ tịch UBND tỉnh Hà Giang"], ["Bí thư Tỉnh ủy Cà Mau"]
    assert (
        apart(
            Told("2018-01-01", before),
            Told("2020-05-01", before),
            Told("2020-05-10", after),
            Told("2022-01-01", after),
        )
        is None
    )
    # Papers go on with the old office for some weeks.
    assert (
        apart(
            Told("2018-01-01", before),
            Told("2020-06-10", before),
            Told("2020-05-10", after),
            Told("2022-01-01", after),
        )
        is None
    )


def test_offices_in_two_provinces_at_once_are_two_people() -> None:
    here, there = ["Giám đốc Sở Y tế Hà Giang"], ["Giám đốc Sở Tài chính tỉnh Cà Mau"]
    found = apart(
        Told("2018-01-01", here),
        Told("2018-03-01", there),
        Told("2020-01-01", here),
        Told("2020-03-01", there),
    )
    assert ids(found) == [["0", "2"], ["1", "3"]]
    assert found is not None
    assert found.reasons == (Reason("place", "Hà Giang", "Cà Mau"),)


def test_offices_in_two_communes_at_once_are_two_people() -> None:
    here, there = ["Chủ tịch UBND xã Tân Lập"], ["Bí thư Đảng ủy phường Hải Châu"]
    wards = ["Bí thư Đảng ủy xã Ea Kao"]
    assert ids(apart(Told("2018-01-01", here), Told("2019-01-01", wards), Told("2020-01-01", here)))
    assert ids(apart(Told("2018-01-01", here), Told("2019-01-01", there), Told("2020-01-01", here)))


def test_firms_and_seats_elsewhere_exclude_nothing() -> None:
    here = ["Bí thư Thành ủy Hà Nội"]
    for there in (
        "Đại biểu Quốc hội tỉnh Cà Mau",
        "ĐBQH tỉnh Cà Mau",
        "Chủ tịch HĐQT Công ty Xi măng Cà Mau",
    ):
        assert apart(Told("2018-01-01", here), Told("2019-01-01", [there]), Told("2020-01-01", here)) is None


def test_what_was_held_before_excludes_nothing() -> None:
    here, then = ["Chủ tịch UBND tỉnh Hà Giang"], ["nguyên Bí thư Tỉnh ủy Cà Mau"]
    assert apart(Told("2018-01-01", here), Told("2019-01-01", then), Told("2020-01-01", here)) is None


def test_companions_of_theirs_join_what_offices_part() -> None:
    here, there = ["Giám đốc Sở Y tế Hà Giang"], ["Giám đốc Sở Y tế Cà Mau"]
    told = [
        Told("2018-01-01", here, ["Bà Vợ"]),
        Told("2019-01-01", there, ["Bà Vợ"]),
        Told("2020-01-01", here),
    ]
    assert apart(*told) is None
    assert apart(*told, common=["Bà Vợ"]) is not None  # whom half the papers name joins nobody


def test_a_footballer_and_an_official() -> None:
    found = apart(
        Told("2020-01-01", ["Tiền đạo"], ["&Hà Nội FC"]),
        Told("2020-02-01", ["Giám đốc Sở Tài chính"]),
        Told("2020-03-01", [], ["&Hà Nội FC"]),
        Told("2020-04-01", []),
        common=["&Hà Nội FC"],
    )
    assert ids(found) == [["0", "2"], ["1"]]
    assert found is not None
    assert [naming.id for naming in found.untold] == ["3"]
    assert found.reasons == (Reason("trade", "sport", "office"),)
    assert apart(Told("2001-01-01", ["Tiền đạo"]), Told("2020-02-01", ["Giám đốc Sở Văn hóa"])) is None


def test_a_coach_may_sit_on_boards() -> None:
    for seat in ("Ủy viên Ban Chấp hành Liên đoàn Bóng đá Việt Nam", "Trưởng phòng Đào tạo trẻ"):
        assert apart(Told("2020-01-01", ["Huấn luyện viên"]), Told("2020-02-01", [seat])) is None


def test_a_footballer_and_a_defendant() -> None:
    found = apart(
        Told("2020-01-01", ["cầu thủ Hà Nội FC"]),
        Told("2020-02-01", accused=True),
        Told("2020-02-09", accused=True),
    )
    assert ids(found) == [["1", "2"], ["0"]]


def test_an_official_of_a_commune_and_a_defendant_elsewhere() -> None:
    official = Told("2020-01-01", ["Chủ tịch UBND xã Tân Lập"])
    assert ids(apart(official, Told("2020-02-01", [], ["@xã Ea Kao", "&TAND tỉnh Đắk Lắk"], accused=True)))
    # In the same commune he may be the accused, and so may one whose court nobody names.
    assert apart(official, Told("2020-02-01", [], ["@xã Tân Lập"], accused=True)) is None
    assert apart(official, Told("2020-02-01", accused=True)) is None


def test_a_fallen_minister_is_one_person() -> None:
    office = ["Bộ trưởng Bộ Y tế"]
    assert (
        apart(
            Told("2020-01-01", office),
            Told("2022-01-01", ["nguyên Bộ trưởng Bộ Y tế"], accused=True),
            Told("2022-02-01", accused=True, beside=["@Hà Nội"]),
        )
        is None
    )


def test_ages_far_apart() -> None:
    found = apart(Told("2020-01-01", born=1985), Told("2020-02-01", born=1986), Told("2020-03-01", born=1949))
    assert ids(found) == [["0", "1"], ["2"]]
    assert found is not None
    assert found.reasons[0] == Reason("born", "1985", "1949")
    assert apart(Told("2020-01-01", born=1985), Told("2020-02-01", born=1987)) is None


def test_a_man_and_a_woman() -> None:
    found = apart(
        Told("2020-01-01", sex="m"),
        Told("2020-02-01", sex="f"),
        Told("2020-03-01", sex="f"),
        Told("2020-03-02"),
    )
    assert ids(found) == [["1", "2"], ["0"]]
    assert found is not None
    assert [naming.id for naming in found.untold] == ["3"]


def test_two_of_one_name_in_one_article() -> None:
    first = Told("2020-01-01", row=5)
    second = Told("2020-01-01", row=5, key="person:nguyễn văn a#2")
    found = apart(first, second)
    assert ids(found) == [["0"], ["1"]]
    assert found is not None
    assert found.reasons == (Reason("article", "0"),)


def test_whom_a_reader_told_apart_by_hand_stays_apart() -> None:
    second = Told("2020-03-01", key="person:nguyễn văn a#2")
    found = apart(Told("2020-01-01"), second, Told("2020-05-01", key="person:nguyễn văn a#2"))
    assert ids(found) == [["0"], ["1", "2"]]
    assert found is not None
    assert found.reasons == (Reason("hand"),)
    assert apart(second) is None
    more = apart(Told("2020-01-01", born=1985), Told("2020-01-01", born=1949), second)
    assert ids(more) == [["0"], ["1"], ["2"]]


def test_the_paper_alone_tells_nothing_but_place_and_company_do() -> None:
    here, there = ["Giám đốc Sở Y tế Hà Giang"], ["Giám đốc Sở Y tế Cà Mau"]
    two = [
        Told("2018-01-01", here, ["@Mèo Vạc"]),
        Told("2018-09-01", there, ["@Năm Căn"]),
        Told("2020-01-01", here),
        Told("2020-09-01", there),
    ]
    found = apart(*two, Told("2021-01-01", beside=["@Mèo Vạc"]), Told("2021-02-01", source="Báo Thử"))
    assert ids(found) == [["0", "2", "4"], ["1", "3"]]
    assert found is not None
    assert [naming.id for naming in found.untold] == ["5"]


def test_a_minister_who_may_be_either_of_two_is_left_untold() -> None:
    here, there = ["Bí thư Tỉnh ủy Hà Giang"], ["Bí thư Tỉnh ủy Cà Mau"]
    found = apart(
        Told("2015-01-01", here),
        Told("2015-06-01", there),
        Told("2017-01-01", here),
        Told("2017-06-01", there),
        Told("2021-01-01", ["Bộ trưởng Bộ Y tế"]),
        Told("2021-02-01", [], ["@Ea Kao"], accused=True),
    )
    assert ids(found) == [["0", "2"], ["1", "3"], ["5"]]
    assert found is not None
    assert [naming.id for naming in found.untold] == ["4"]


def test_one_year_of_birth_in_two_places_joins_nobody() -> None:
    told = [
        Told("2020-01-01", ["Nghệ nhân"], ["@Bắc Ninh"], born=1963),
        Told("2020-02-01", [], ["@Hòa Bình"], born=1963),
        Told("2020-02-09", ["Bí thư Tỉnh ủy Cà Mau"]),
    ]
    found = apart(*told)
    assert found is not None
    assert [naming.id for naming in found.untold] == ["1"]
    told[1].beside = ["@Bắc Ninh"]
    assert ids(apart(*told)) == [["0", "1"], ["2"]]


ROLES = [
    "Tiền đạo",
    "Giám đốc Sở Y tế Hà Giang",
    "Chủ tịch UBND tỉnh Cà Mau",
    "nguyên Bí thư Tỉnh ủy Cà Mau",
    "Bộ trưởng Bộ Y tế",
]
TOLD = st.builds(
    Told,
    st.none() | st.sampled_from(["2018-01-01", "2019-01-01", "2020-01-01", "2020-01-20"]),
    st.lists(st.sampled_from(ROLES), max_size=2, unique=True),
    st.lists(st.sampled_from(["Lê B", "Trần C", "@Hà Nội", "&Tòa"]), max_size=2, unique=True),
    st.none() | st.sampled_from([1950, 1980, 1982]),
    st.sampled_from(["", "m", "f"]),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TOLD, max_size=9))
def test_every_article_goes_to_one_person_or_stays_untold(told: list[Told]) -> None:
    found = apart(*told)
    if found is None:
        return
    assert len(found.people) > 1
    assert found.reasons
    everyone = [naming.id for person in (*found.people, found.untold) for naming in person]
    assert sorted(everyone) == sorted(str(number) for number in range(len(told)))
