"""The order of Vietnamese words (Unicode CLDR, collation of `vi`)."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.collation import sort_key

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy" "AĂÂĐÊÔƠƯ" "áàảãạắằẳẵặấầẩẫậ ,.\"“-019", max_size=12
)  # fmt: skip


def in_order(*texts: str) -> bool:
    keys = [sort_key(text) for text in texts]
    return all(one < other for one, other in pairwise(keys))


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    assert in_order(*"a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split())
    assert in_order(*"a ai ăn ân b c d dạ dây đá đi e ê o oa ô ơ u ư y".split())


def test_tones_stand_in_the_order_of_cldr() -> None:
    assert in_order(*"ma mà mả mã má mạ".split())
    assert in_order(*"ưa ừa ửa ữa ứa ựa".split())


def test_a_tone_counts_only_where_all_letters_are_the_same() -> None:
    assert in_order("Hạ Long", "Hà Nội", "Hải Dương")  # l before n, though nặng stands behind huyền
    assert in_order("Lê An", "Lề An", "Lê Ân")  # the letters of the second word before the tone of the first


def test_the_first_tones_decide() -> None:
    assert in_order("Mai Hà", "Mài Ha", "Mái Ha")


@pytest.mark.parametrize(
    ("one", "other"),
    [("“Ấn”", "ấn"), ("HOÀ", "hòa"), ("thuỷ", "thủy"), ("Bình - Dương", "Bình Dương"), ("số 05", "số 5")],
)
def test_case_signs_and_the_place_of_the_tone_count_for_nothing(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_numbers_stand_by_their_value_and_before_letters() -> None:
    assert in_order("Nghị quyết 5", "Nghị quyết 18", "Nghị quyết 100", "Nghị quyết A")
    assert in_order("Quận 2", "Quận 10", "Quận Ba Đình")


def test_letters_of_other_languages_stand_with_their_like() -> None:
    assert in_order("Francois A", "François B", "Francois C")
    assert in_order("Muller A", "Müller B", "Mưa")


def test_what_has_no_letter_has_no_key() -> None:
    assert sort_key("") == sort_key(" … “”") == ""


@given(VIETNAMESE)
def test_decomposed_text_has_the_same_key(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(VIETNAMESE, VIETNAMESE)
def test_the_beginning_of_a_text_stands_before_it(one: str, other: str) -> None:
    assert sort_key(f"{one} {other}").startswith(sort_key(one).partition("\t")[0])
