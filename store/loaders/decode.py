"""Bytes → text. A cascade, each step accepted only if the result reads as Vietnamese, or as text at all.

UTF-8 (BOM, broken bytes) → UTF-16 → Windows-1258 → TCVN3 (ABC) → VNI → Windows-1252; and text that was
once decoded wrongly (UTF-8 read as Windows-1252, a font encoding read as Latin) is put right. No
charset library: they know neither TCVN3 nor VNI.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from store.errors import LoadError
from store.text import clean, vietnamese_share

_MAGIC: Final = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ",
    b"\x7fELF", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"RIFF", b"OggS", b"ID3",
    b"7z\xbc\xaf", b"{\\rtf",
)  # fmt: skip
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # tab to form feed and ESC do stand in texts
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 60_000  # bytes that a guess looks at


def decode(data: bytes, path: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of the encoding it was in.

    The text is `store.text.clean`; bytes that fit nowhere inside an otherwise UTF-8 page become U+FFFD.
    Raises LoadError: `empty_file` (nothing but white space), `binary` (not a text in any way known here).
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise LoadError("binary" if b"\x00" in data else "empty_file", path=path)
    text, encoding = _decoded(data, path)
    text = clean(text)
    if not text.strip():
        raise LoadError("empty_file", path=path)
    return text, encoding


def _decoded(data: bytes, path: str | None) -> tuple[str, str]:
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                      (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace"), name
    if data.startswith(_MAGIC):
        raise LoadError("binary", path=path)
    if wide := _wide(data[:_SAMPLE]):
        return data.decode(wide, "replace"), wide
    sample = data[:_SAMPLE]
    # Eight stray controls are forgiven in any page, and one byte in fifty in a long one.
    if (sample.count(b"\x00") + len(_CONTROL.findall(sample)) - 8) * 50 > len(sample):
        raise LoadError("binary", path=path)
    try:
        return _repaired(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _eight_bit(data, path)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: the high halves of its Latin letters are NULs, all on the same side."""
    even, odd = sample[::2], sample[1::2]
    if not odd:
        return None
    low, high = even.count(0) / len(even), odd.count(0) / len(odd)
    for near, far, name in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if near > 0.2 and far < 0.02:
            text = sample[: len(sample) // 2 * 2].decode(name, "replace")
            if text.count("\ufffd") * 50 < len(text) and sum(vietnamese_share(text)) + _latin(text) > 0.6:
                return name
    return None


def _latin(text: str) -> float:
    return sum(char.isalnum() or char.isspace() for char in text) / len(text)


def _eight_bit(data: bytes, path: str | None) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # A few bad bytes among many good letters: UTF-8 that was cut or damaged on its way.
    whole = len(_HIGH.findall(data[:_SAMPLE])) and sum(not char.isascii() for char in text[:_SAMPLE])
    if broken * 8 <= whole:
        return text, "utf-8"
    best, name, share = None, "", 0.3
    for candidate, read in _CANDIDATES:
        guess = read(data)
        formed, marked = vietnamese_share(clean(guess))
        if formed >= 0.6 and marked > share:
            best, name, share = guess, candidate, marked + 0.05  # an earlier one wins unless clearly worse
    if best is not None:
        return best, name
    guess = data.decode("cp1252", "replace")
    if guess.count("\ufffd") * 100 > len(guess) or _latin(guess) < 0.7:
        raise LoadError("binary", path=path)
    return guess, "windows-1252"


_FOREIGN = re.compile("[\u0080-\u00ff\u0152-\u0178\u2013-\u203a\u20ac\u2122\u0192\u02c6\u02dc]")


def _repaired(text: str) -> tuple[str, str]:
    """Undo an earlier wrong decoding, if the text is plainly more Vietnamese after it."""
    sample = text[:_SAMPLE]
    if sample.isascii() or len(_FOREIGN.findall(sample)) * 40 < len(sample):
        return text, "utf-8"
    formed, marked = vietnamese_share(sample)
    if formed >= 0.6 and marked >= 0.3:
        return text, "utf-8"
    lines = text.split("\n")
    tries: list[tuple[str, str]] = [("\n".join(map(_unmixed, lines)), "utf-8+windows-1252")]
    tries += [
        (
            "\n".join(read(raw) if (raw := _latin_bytes(line)) is not None else line for line in lines),
            f"utf-8+{name}",
        )
        for name, read in _CANDIDATES[1:]
    ]
    for guess, name in tries:
        now, then = vietnamese_share(guess)
        if now >= 0.6 and then >= max(0.3, marked + 0.15):
            return guess, name
    return text, "utf-8"


def _unmixed(line: str) -> str:
    raw = _latin_bytes(line)
    if raw is None:
        return line
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if len(raw) > 80 else line


def _latin_bytes(line: str) -> bytes | None:
    """The bytes that Windows-1252 (Latin-1 in its five gaps) made this line of; None if it did not."""
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        pass
    parts = bytearray()
    for char in line:
        if "\x80" <= char <= "\x9f":
            parts.append(ord(char))
        elif (code := char.encode("cp1252", "ignore")) or char == "\ufffd":
            parts += code or b"?"
        else:
            return None
    return bytes(parts)


def _windows_1258(data: bytes) -> str:
    return data.decode("cp1258", "replace")  # its tones combine; `clean` joins them (NFC)


# -- TCVN3 (TCVN 5712:1993, VN3): one byte a letter -------------------------------------------------

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộ", 0xEA: "ờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip


@cache
def _tcvn3_table() -> dict[int, str]:
    table = {first + i: letter for first, row in _TCVN3.items() for i, letter in enumerate(row)}
    return {ord(bytes([code]).decode("latin-1")): letter for code, letter in table.items()}


def _tcvn3(data: bytes) -> str:
    return data.decode("latin-1").translate(_tcvn3_table())


# -- VNI for Windows: a letter and a mark after it ---------------------------------------------------

_TONE_MARKS = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT_MARKS = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE_MARKS = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


@cache
def _vni_table() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = dict(_ALONE)
    for mark, tone in _TONE_MARKS.items():
        table |= {letter + mark: letter + tone for letter in "aeouy"}
        table |= {letter + mark: _ALONE[letter] + tone for letter in "ôö"}
    table |= {letter + mark: f"{letter}\u0302{tone}" for letter in "aeo" for mark, tone in _HAT_MARKS.items()}
    table |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE_MARKS.items()}
    for pair, letters in list(table.items()):
        table[pair.upper()] = letters.upper()
        if len(pair) == 2:
            table[pair[0].upper() + pair[1]] = letters.upper()
            table.setdefault(pair[0] + pair[1].upper(), letters)
    pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return pattern, table


def _vni(data: bytes) -> str:
    pattern, table = _vni_table()
    return pattern.sub(lambda match: table[match[0]], data.decode("cp1252", "replace"))


_CANDIDATES: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("windows-1258", _windows_1258),
    ("tcvn3", _tcvn3),
    ("vni", _vni),
)
