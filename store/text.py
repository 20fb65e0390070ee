"""Text as data: what may enter, how letters compare, what a Vietnamese syllable looks like.

`clean` is the one gate for every string that comes from outside. `fold` and `mark_fold` keep
offsets 1:1 on NFC text, so a hit in the folded text is the hit in the original spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import chain, islice
from typing import TypeVar

WORDS_PER_MINUTE = 220
"""Silent reading, in syllables. Vietnamese adults read 200-260 a minute; one figure will do."""

V = TypeVar("V")


class Remembered(dict[str, V]):
    """What a pure function gives for each word, worked out when the word is met first.

    The same few thousand words make up all text. A dict that is looked up by `map` takes a third of the time
    of `lru_cache`. When `most` are known, all are forgotten.
    """

    def __init__(self, function: Callable[[str], V], most: int = 1 << 15) -> None:
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._function(word)
        return value


# C0 but tab and newline, DEL, C1, bidi controls and isolates, zero-width and other invisible format
# characters, soft hyphen, BOM, interlinear marks, tag characters, lone surrogates, noncharacters. A
# zero-width joiner stays where it makes one picture of two emoji, and nowhere else.
_EMOJI = "[\u2190-\u21ff\u2600-\u27bf\u2b1b\U0001f300-\U0001faff]"
_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff\ud800-\udfff"
)
_UNWANTED = re.compile(f"[{_NEVER}]|\u200d(?!{_EMOJI})|(?<!{_EMOJI})(?<!{_EMOJI}\ufe0f)\u200d")
_SUSPECT = re.compile(f"[{_NEVER}\u200d]")  # one set of letters: a seventh of the time of `_UNWANTED`
# An escape sequence goes as a whole: its letters would otherwise stay behind as litter.
_SEQUENCES = (
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS …
    "|\x1b[ -/]{0,8}[0-Z\\\\^-~]"  # the rest
)
_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


def clean(text: str) -> str:
    """NFC text without control, bidi and invisible characters; every line end is `\\n`.

    Escape sequences are taken out whole. Idempotent. Spaces (NBSP too) are left as they are.
    """
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    if _SUSPECT.search(text):
        text = _UNWANTED.sub("", re.sub(_SEQUENCES, "", text))
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """`clean` text on one line, white space collapsed: for titles, names, cells, file names."""
    return " ".join(clean(text).split())


def unjoined(text: str) -> str:
    """The text with joined emoji side by side, for a terminal: no two agree how wide a joined one is."""
    return text.replace("\u200d", "")


# -- folding -------------------------------------------------------------------------------------

_TONES = "\u0300\u0301\u0303\u0309\u0323"


_LETTERS = (0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000)
"""Where letters stand that have another case, or marks, below 0x2100."""


def _build_folds() -> tuple[str, str]:
    """Two tables: at each code below 0x2100, the letter it folds to.

    A string as a table, and one without holes: `str.translate` then takes a third of the time it takes
    with a dict of the letters that change, where each letter that is not in it costs a LookupError.
    It is made of long pieces, because every process that shows a list makes it.
    """
    units = bytearray(2 * 0x2100)  # the letters themselves, as UTF-16
    units[::2] = bytes(range(0x100)) * 0x21
    units[1::2] = b"".join(bytes([high]) * 0x100 for high in range(0x21))
    plain = small = (b"\xff\xfe" + units).decode("utf-16")
    for first, end in _LETTERS:
        same = small[first:end]
        lowered = "\0".join(same).lower().split("\0")
        bases = unicodedata.normalize("NFD", "\0".join(lowered)).split("\0")
        lower = "".join(new if len(new) == 1 else old for old, new in zip(same, lowered, strict=True))
        letters = "".join(
            base[0] if base[:1].isalpha() else old for old, base in zip(lower, bases, strict=True)
        )
        small, plain = _with(small, first, lower), _with(plain, first, letters)
    plain = _with(plain, 0x300, "\u0300" * 0x70)  # a mark that NFC could not join stands alone: all are alike
    for letter in "đĐ":
        plain = _with(plain, ord(letter), "d")
    for space in "\u00a0\u2007\u202f\u2002\u2003\u2009\t":
        plain, small = _with(plain, ord(space), " "), _with(small, ord(space), " ")
    return plain, small


def _with(table: str, first: int, letters: str) -> str:
    return table[:first] + letters + table[first + len(letters) :]


_PLAIN, _LOWER = _build_folds()


def fold(text: str) -> str:
    """Lower case without marks, đ → d, one character for each: `len(fold(t)) == len(t)` on NFC text.

    >>> fold("Đặng Thuỳ Trâm")
    'dang thuy tram'
    """
    return text.translate(_PLAIN)


def lower(text: str) -> str:
    """Lower case, one character for each (`İ`.lower() has two)."""
    return text.translate(_LOWER)


# That no q stands before is asked last: a search that begins with a letter is quicker.
_MISPLACED = re.compile("(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?<!q..)(?![a-zà-ỹ])")
_PLACED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip


def mark_fold(text: str) -> str:
    """Lower case with one tone placement (hoà → hòa, thuỷ → thủy), one character for each.

    What a word typed *with* marks is compared in.
    """
    text = lower(text)
    return _MISPLACED.sub(lambda match: _PLACED[match[0]], text)


def has_marks(word: str) -> bool:
    """Whether a word is typed with a Vietnamese mark (đ counts)."""
    return fold(word) != lower(word)


# -- syllables -----------------------------------------------------------------------------------

# Onsets and rimes of written Vietnamese (tone taken off): any school grammar has the table.
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uơn
uy uya uych uyên uyêt uynh uyt uyn uyu uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh ych ym yt
""".split()
_STOPPED = re.compile("(?:ch|[cpt])$")
_WORD = re.compile(r"[^\W\d_]+")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(f"(?:{_ONSETS})(?:{'|'.join(sorted(_RIMES, key=len, reverse=True))})")


def is_syllable(word: str) -> bool:
    """Whether one word (NFC, any case) is a well-formed Vietnamese syllable, tone rules included."""
    return _SYLLABLES[word]


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", lower(word))
    tones = [char for char in parts if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if len(tones) > 1 or not _syllable().fullmatch(bare):
        return False
    # A syllable closed by a stop takes the sharp or the heavy tone, or is not Vietnamese.
    return not _STOPPED.search(bare) or (len(tones) == 1 and tones[0] in _SHARP_OR_HEAVY)


_SYLLABLES = Remembered(_is_syllable)
_WORDS = Remembered(_WORD.findall, 1 << 14)


def vietnamese_share(text: str, sample: int = 600) -> tuple[float, float]:
    """How Vietnamese a text looks, over its first `sample` words: (syllables, marked syllables).

    The first is the share of words that are well-formed syllables; the second the share of words that
    carry a mark and are. Running Vietnamese gives about (0.95, 0.75); English (0.2, 0.0).
    """
    words = [*chain.from_iterable(map(_WORDS.__getitem__, text[: 8 * sample].split()))]
    if len(words) > sample or len(text) <= 8 * sample:
        del words[sample:]  # else the last one may have been cut
    else:
        words = [match[0] for match in islice(_WORD.finditer(text), sample)]
    formed = list(filter(_SYLLABLES.__getitem__, words))
    marked = len(formed) - sum(map(str.isascii, formed))
    return (len(formed) / len(words), marked / len(words)) if words else (0.0, 0.0)


def language_of(text: str) -> str | None:
    """ "vi", "en" or None (another language, or too little text to tell)."""
    formed, marked = vietnamese_share(text)
    if formed >= 0.6 and marked >= 0.3:
        return "vi"
    words = [lower(word) for word in _WORD.findall(text[:20_000])]
    common = sum(word in _ENGLISH for word in words)
    return "en" if len(words) >= 5 and common / len(words) >= 0.15 else None


_ENGLISH = frozenset(
    "the of and to in a is that for on was with as by at from be has have it are not this were an".split()
)


def reading_minutes(texts: list[str]) -> int:
    """Minutes of silent reading, rounded up; 0 for no text."""
    words = sum(len(text.split()) for text in texts)
    return -(-words // WORDS_PER_MINUTE)
