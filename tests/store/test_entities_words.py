"""How a text is cut into words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from store.entities.spans import _WORD, Text
from store.text import mark_fold


@given(st.text("aàĐờHoqu-’'.,1(  \t\u00a0\n", max_size=40))
def test_words_stand_where_they_are_whatever_spaces_are_between(raw: str) -> None:
    text = Text(0, raw)
    found = [(match[0], *match.span()) for match in re.finditer(_WORD, raw)]
    assert [*zip(text.word, text.start, text.end, strict=True)] == found
    assert text.low == [mark_fold(word) for word in text.word]


def test_a_text_without_a_word_has_none() -> None:
    assert (Text(0, "").word, Text(0, " ").start) == ([], [])
