"""What may enter, how letters compare, what a syllable is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import (
    Remembered,
    clean,
    fold,
    has_marks,
    is_syllable,
    language_of,
    lower,
    mark_fold,
    one_line,
    reading_minutes,
    vietnamese_share,
)

ANY = st.text(max_size=80)
HOSTILE = st.lists(
    st.sampled_from(
        [
            "\x1b",
            "[",
            "]",
            "31m",
            "0;x",
            "\x07",
            "\x9b",
            "\\",
            "a",
            "ế",
            "\u202e",
            "\r",
            "\n",
            "\u200b",
            "e\u0302\u0301",
        ]
    ),
    max_size=20,
).map("".join)
NFC = ANY.map(lambda value: unicodedata.normalize("NFC", value))


@given(ANY | HOSTILE)
def test_clean_text_stays_as_it_is_when_cleaned_again(value: str) -> None:
    assert clean(clean(value)) == clean(value)


@given(ANY | HOSTILE)
def test_nothing_that_steers_a_terminal_comes_through(value: str) -> None:
    for char in clean(value):
        assert char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
        assert not "\u202a" <= char <= "\u202e"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("đỏ \x1b[31mđậm\x1b[0m", "đỏ đậm"),
        ("\x1b]0;tên\x07bài", "bài"),
        ("\x1b]8;;http://x\x1b\\chữ\x1b]8;;\x1b\\", "chữ"),
        ("\x9b31mđỏ", "đỏ"),
        ("a\x1b", "a"),
        ("\x1b7a\x1b8", "a"),
        ("a\x00b\x7fc", "abc"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("\ufeffđầu", "đầu"),
        ("Ho\u0300a", "Hòa"),
        ("zero\u200bwidth", "zerowidth"),
        ("chữ\u200dchữ", "chữchữ"),
        ("👩🏽\u200d⚕️ 👨\u200d👩\u200d👧", "👩🏽\u200d⚕ 👨\u200d👩\u200d👧"),
        ("🔥\u200d\u200d🔥\u200d", "🔥🔥"),
        ("a\u00a0b", "a\u00a0b"),
        ("giá [b]5[/b]", "giá [b]5[/b]"),
    ],
)
def test_clean(given: str, kept: str) -> None:
    assert clean(given) == kept


def test_a_broken_sequence_does_not_swallow_the_article() -> None:
    assert clean("\x1b]0;mở mà không đóng\nĐoạn hai").endswith("\nĐoạn hai")


def test_one_line_collapses_all_white_space() -> None:
    assert one_line("  Tin\u00a0 nóng\n\thôm nay ") == "Tin nóng hôm nay"


@given(NFC)
def test_folding_keeps_every_offset(value: str) -> None:
    assert len(fold(value)) == len(lower(value)) == len(mark_fold(value)) == len(value)


@given(NFC)
def test_folding_twice_is_folding_once(value: str) -> None:
    assert fold(fold(value)) == fold(value)
    assert mark_fold(mark_fold(value)) == mark_fold(value)


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Đặng Thuỳ Trâm", "dang thuy tram"),
        ("TỔNG KẾT", "tong ket"),
        ("ỐNG SÁO", "ong sao"),
        ("Điện Biên Phủ", "dien bien phu"),
        ("café Ångström Ñ", "cafe angstrom n"),
        ("Trương\u00a0Thị", "truong thi"),
        ("Ё ѐ", "е е"),
    ],
)
def test_fold(given: str, folded: str) -> None:
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "thủy"),
        ("UỶ BAN", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("xoá", "xóa"),
        ("Hoà Bình", "hòa bình"),
    ],
)
def test_both_tone_placements_are_one_word(one: str, other: str) -> None:
    assert mark_fold(one) == mark_fold(other)


@pytest.mark.parametrize("word", ["quý", "hoàn", "thuý", "toán", "loét", "quỳ", "khoảng", "huỳnh"])
def test_tone_placement_moves_only_where_two_spellings_exist(word: str) -> None:
    assert mark_fold(word) == {"thuý": "thúy"}.get(word, word)


def test_different_marks_are_different_words() -> None:
    assert mark_fold("đang") != mark_fold("đảng")
    assert fold("đang") == fold("đảng") == "dang"


def test_has_marks() -> None:
    assert has_marks("đi")
    assert has_marks("Kế")
    assert not has_marks("ke")


@pytest.mark.parametrize(
    "word",
    (
        "nghiêng khuỷu quyển giếng gì gìn quốc nghị quyết được đường thuở xoong giặt huých quả quýt gia "
        "yểu ý Nguyễn"
    ).split(),
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "strengths Hanoi kat mắcm cap phat chtr ướạ wifi zalo".split())
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_a_stopped_syllable_needs_the_sharp_or_the_heavy_tone() -> None:
    assert is_syllable("các")
    assert is_syllable("cạp")
    assert not is_syllable("càc")


def test_languages_are_told_apart() -> None:
    assert (
        language_of("Chiều nay, mưa lớn làm nhiều tuyến đường ở thành phố ngập sâu, xe cộ đi lại khó khăn.")
        == "vi"
    )
    assert (
        language_of("The committee said on Monday that the bridge is to be closed for repairs until June.")
        == "en"
    )
    assert language_of("Le conseil municipal a voté hier soir un nouveau plan pour les écoles.") is None
    assert language_of("2023 12 29") is None


def test_shares_of_nothing() -> None:
    assert vietnamese_share("123 …") == (0.0, 0.0)


def test_reading_minutes_are_rounded_up() -> None:
    assert reading_minutes([]) == 0
    assert reading_minutes(["một hai"]) == 1
    assert reading_minutes(["chữ " * 221]) == 2


@given(
    st.lists(st.sampled_from(["kể", "chuyện", "word", "làng,", "x1", "—"]), max_size=60), st.integers(1, 20)
)
def test_the_share_counts_the_first_words_however_long_the_text_is(words: list[str], sample: int) -> None:
    text = " ".join(words)
    first = [word.strip(",1") for word in words if word != "—"][:sample]
    formed = [word for word in first if word in {"kể", "chuyện", "làng"}]
    share = len(formed) / len(first) if first else 0.0
    assert vietnamese_share(text, sample) == (share, share)


def test_what_is_remembered_takes_bounded_room() -> None:
    asked: list[str] = []

    def size(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(size, most=3)
    assert [known[word] for word in ("a", "bb", "a", "ccc", "dddd", "a")] == [1, 2, 1, 3, 4, 1]
    assert len(known) <= 3
    assert asked == ["a", "bb", "ccc", "dddd", "a"]
