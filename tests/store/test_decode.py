import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import LoadError
from store.loaders.decode import decode

TEXT = (
    "Ủy ban nhân dân tỉnh họp báo về việc xây dựng đường ven biển, nối các xã nghèo với cảng.\n"
    "Ông Nguyễn Đức Thịnh cho biết dự án sẽ hoàn thành trước mùa lũ, đỡ khổ cho bà con ngư dân.\n"
) * 3

_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        [*range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9),
         0xDC, 0xDD, 0xDE, 0xDF, *range(0xE1, 0xF0), *range(0xF1, 0xFF)],
        strict=True,
    )
)  # fmt: skip
_VNI = dict(
    zip(
        "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "aê aâ eâ oâ ô ö ñ aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä "
        "ì æ ó í ò "
        "oø oû oõ où oï oà oå oã oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î".split(),
        strict=True,
    )
)


def tcvn3(text):
    text = text.replace("Ủ", "ñ\0").replace("Đ", "§")  # capitals with a tone came from a font of capitals
    return bytes(_TCVN3.get(c, ord(c) & 0xFF) for c in text.replace("ñ\0", "ủ"))


def vni(text):
    upper = {c.upper(): v.upper() for c, v in _VNI.items()}
    return "".join((_VNI | upper).get(c, c) for c in text).encode("cp1252")


def windows_1258(text):
    """Base letters with circumflex, breve or horn are single; tones combine."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = next((c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"), "")
        out.append(unicodedata.normalize("NFC", parts.replace(tone, "")) + tone if tone else char)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(TEXT), "windows-1258"),
        (vni(TEXT), "vni"),
        (TEXT.encode().decode("latin-1").encode(), "utf-8+windows-1252"),
    ],
)
def test_every_encoding_gives_the_same_text(data, encoding):
    assert decode(data) == (TEXT, encoding)


def test_tcvn3_gives_the_text_back_but_for_capitals_with_a_tone():
    assert decode(tcvn3(TEXT)) == (TEXT.replace("Ủ", "ủ"), "tcvn3")


def test_a_font_encoding_saved_as_utf_8_is_put_right():
    text, encoding = decode(tcvn3(TEXT).decode("latin-1").encode())
    assert (text, encoding) == (TEXT.replace("Ủ", "ủ"), "utf-8+tcvn3")


def test_broken_bytes_in_a_utf_8_page_stay_visible():
    data = TEXT.encode() + b"L?y l?i m\xe3 b?o m?t"
    assert decode(data) == (TEXT + "L?y l?i m\ufffd b?o m?t", "utf-8")


def test_a_cut_letter_at_the_end_costs_one_sign():
    data = (TEXT + "ế").encode()[:-1]
    assert decode(data) == (TEXT + "\ufffd", "utf-8")


def test_decomposed_letters_and_controls():
    assert decode("Hoa\u0300 bi\u0300nh\x00\x07 \u202eabc\r\n".encode())[0] == "Hoà bình abc\n"


def test_western_text_without_vietnamese():
    text = "Le café est près de l'église où les élèves déjeunent à midi. " * 4
    assert decode(text.encode("cp1252")) == (text, "windows-1252")
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(64), b"%PDF-1.7 text", b"PK\x03\x04 x", bytes(4096), bytes(range(256)) * 8,
     b"\x7fELF\x02\x01", b"\x00\x01\x02\x03 abc" * 50],
)  # fmt: skip
def test_what_is_no_text_is_refused(data):
    with pytest.raises(LoadError) as caught:
        decode(data, "x.bin")
    assert (caught.value.code, caught.value.fields["path"]) == ("binary", "x.bin")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b\u00a0".encode()])
def test_nothing_to_read(data):
    with pytest.raises(LoadError, match="empty_file"):
        decode(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, _ = decode(data)
    except LoadError:
        return
    assert text.strip()
    assert "\x00" not in text
