from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import find_days, find_stamps, parse_date, period, typed_date


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Thứ 2, 26/02/2024, 17:37[GMT+7]", "2024-02-26T17:37:00+07:00"),
        ("Thứ 6, 29/12/2023 | 19:17:16", "2023-12-29T19:17:16+07:00"),
        ("Thứ Hai, ngày 30 tháng 1 năm 2023", "2023-01-30"),
        ("29/03/2018 - 07:25", "2018-03-29T07:25:00+07:00"),
        ("(20:13 01/07/2019)", "2019-07-01T20:13:00+07:00"),
        ("Cập nhật lúc 12:30 PM, Chủ nhật, 03/09/2017 (GMT+7)", "2017-09-03T12:30:00+07:00"),
        ("3/9/2017 7:05 CH", "2017-09-03T19:05:00+07:00"),
        ("12:10 AM 3/9/2017", "2017-09-03T00:10:00+07:00"),
        ("2023-12-29T19:17:16Z", "2023-12-30T02:17:16+07:00"),
        ("Fri, 29 Dec 2023 12:17:16 +0000", "2023-12-29T19:17:16+07:00"),
        ("29 Tháng Mười Hai, 2023", "2023-12-29"),
        ("Thứ bảy, 20/10/18 10:30", "2018-10-20T10:30:00+07:00"),
        ("Ngày đăng: 02.09.2020 | 10h45", "2020-09-02T10:45:00+07:00"),
        ("19h17 ngày 29/12/2023", "2023-12-29T19:17:00+07:00"),
        ("19 giờ 17 phút, ngày 29-12-2023", "2023-12-29T19:17:00+07:00"),
        ("Thứ Sáu, 19:17, 29/12/2023", "2023-12-29T19:17:00+07:00"),
    ],
)
def test_a_stamp_is_taken_whole(line, value):
    (stamp,) = find_stamps(line)
    assert stamp.value == value
    assert line[stamp.start : stamp.end] == line
    assert parse_date(line) == value


@pytest.mark.parametrize(
    "line",
    ["12/13/2023", "31/2/2023", "tỷ số 4-0", "nhiệm kỳ 2020-2025", "15-25%", "60/63 tỉnh", "24/7", "12:30",
     "11.000.000 đồng", "1/2/23", "số 18-NQ/TW"],
)  # fmt: skip
def test_what_is_no_date(line):
    assert find_stamps(line) == []
    assert parse_date(line) is None


def test_two_stamps_on_a_line_stay_two():
    first, second = find_stamps("Đăng 10/10/2023 10:00 | Cập nhật: 11/10/2023 09:00")
    assert (first.value, first.updated) == ("2023-10-10T10:00:00+07:00", False)
    assert (second.value, second.updated) == ("2023-10-11T09:00:00+07:00", True)


def test_what_a_stamp_says_of_itself():
    (clock,) = find_stamps("Thứ 2, 26/02/2024, 17:37[GMT+7]")
    (plain,) = find_stamps("26/02/2024")
    assert (clock.weekday, clock.zone, clock.timed, clock.day) == (True, True, True, date(2024, 2, 26))
    assert (plain.weekday, plain.zone, plain.timed) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20231229T1930", "2023-12-29T19:30:00+07:00"),
        ("2023-12-29 12:17:16.5 -05:00", "2023-12-30T00:17:16+07:00"),
        ("Dec 2023", None),
        ("May", None),
        ("2 giờ trước", None),
        ("29/12", None),
        ("", None),
    ],
)
def test_one_date_in_other_forms(text, value):
    assert parse_date(text) == value


@given(st.datetimes(min_value=datetime(1970, 1, 1)))
def test_iso_in_our_zone_comes_back(moment):
    text = moment.replace(microsecond=0).isoformat() + "+07:00"
    assert parse_date(text) == text


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_crash(text):
    for stamp in find_stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)
    parse_date(text)
    find_days(text)


def test_days_in_running_text():
    text = "Sáng 28-3 và ngày 23 tháng 12 năm 2022 (1/7), 40/50 hộ, giảm 3-5%"
    assert [(d.day, d.month, d.year) for d in find_days(text)] == [
        (28, 3, None),
        (23, 12, 2022),
        (1, 7, None),
    ]
    assert [text[d.start : d.end] for d in find_days(text)] == ["28-3", "23 tháng 12 năm 2022", "1/7"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("12/2023", date(2023, 12, 1), date(2023, 12, 31)),
        ("29/12/2023", date(2023, 12, 29), date(2023, 12, 29)),
        ("2023-12-29", date(2023, 12, 29), date(2023, 12, 29)),
        ("2022..2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("..03/2023", date.min, date(2023, 3, 31)),
        (">=2023-12-26", date(2023, 12, 26), date.max),
        (">2023", date(2024, 1, 1), date.max),
        ("<2024", date.min, date(2023, 12, 31)),
        ("<= 2024", date.min, date(2024, 12, 31)),
    ],
)
def test_periods(text, first, last):
    assert period(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "hôm nay", "13/2023", "2024..2023", "31/2/2023", "0000", ">9999", "20233", "1/2/23"]
)
def test_what_is_no_period(text):
    with pytest.raises(ValueError, match=r"period|day"):
        period(text)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("17/03/2026 21:48", "2026-03-17T21:48:00+07:00"),
        (" Thứ Ba, 17/03/2026  21:48 (GMT+7) ", "2026-03-17T21:48:00+07:00"),
        ("2026-03-17T21:48:00+07:00", "2026-03-17T21:48:00+07:00"),
        ("ngày 17 tháng 3 năm 2026.", "2026-03-17"),
        ("17/03/2026 21:48zz", None),
        ("17/03/2026 hay 18/03/2026", None),
        ("lúc 9 giờ ngày 17/3/2026", None),
    ],
)
def test_a_date_typed_with_something_else_is_not_taken_in_part(typed: str, value: str | None) -> None:
    assert typed_date(typed) == value
