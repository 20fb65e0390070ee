"""Plausible Vietnamese news pages by the thousand, the same for the same seed.

Not meant to be read: word frequencies fall off as in real text and the vocabulary keeps growing, to ten
times the 0.55th power of the words so far (Heaps' law; so it is in 57,000 words of real pages: 4,000
different ones). An article keeps to a topic, names and places recur, every page has a stamp, a dateline,
people with offices, documents and a byline.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from store.article import Article, Block, RawPage
from store.loaders import make_page

T = TypeVar("T")

_ONSETS = "b c ch d đ g h k kh l m n ng nh ph qu r s t th tr v x".split()
_RIMES = (
    "a ai an ang anh ao au ay âm ân âng âu ây e em en eo ê êm ên êu i ia iêm iên iêng iêu in inh o oa oai "
    "oan oi om on ong ô ôi ôm ôn ông ơ ơi ơn u ua ui um un ung uôi uôn uông uy uyên ư ưa ưng ươi ương ươm ưu"
).split()
_STOPPED = (
    "ac ach at ăc ăt âc âp ât ech ep et êch êp êt ich iêc iêt it oc op ot ôc ôp ôt uc uôc uôt ưc ươc".split()
)
_TONES = [*[""] * 9, "\u0300", "\u0300", "\u0301", "\u0301", "\u0309", "\u0303", "\u0323"]
_LOAN = "ba be bo da do fa fi ga go ka ki ko la le li lo ma me mi na ne ni ra ri ro sa ta te ti va za".split()
_SURNAMES = "Nguyễn Trần Lê Phạm Vũ Võ Hoàng Huỳnh Bùi Phan Đặng Đỗ Trương Dương Ngô Đoàn Trịnh Đào".split()
_MIDDLE = "Văn Thị Đức Minh Thanh Quốc Hữu Ngọc Xuân Thu Hồng Kim Anh".split()
_GIVEN = (
    "An Bình Châu Dũng Giang Hà Hải Hạnh Hùng Khánh Lan Linh Long Mai Nam Nga Phong Quân Sơn Tâm Thảo".split()
)
_PLACES = (
    "Hà Nội,Hải Phòng,Đà Nẵng,Cần Thơ,Huế,Nghệ An,Thanh Hóa,Quảng Ninh,Lâm Đồng,Đồng Nai,Cà Mau,An Giang,"
    "Lào Cai,Sơn La,Gia Lai,Khánh Hòa,Bắc Ninh,Hưng Yên,Tây Ninh,Vĩnh Long"
).split(",")
_OFFICES = (
    "Chủ tịch UBND tỉnh {place},Giám đốc Sở Y tế {place},Phó Giám đốc Công an tỉnh {place},"
    "Bí thư Tỉnh ủy {place},Giám đốc Sở Giáo dục và Đào tạo {place},Phó Chủ tịch HĐND tỉnh {place}"
).split(",")
_SOURCES = "(TTXVN) -;(Dân trí) -;TTO -;(CT)-;VOV.VN -;(VTC News) -".split(";")


class _Words:
    """Words of two syllables, loans and figures among them, and set phrases of such.

    One is new when the vocabulary lags behind Heaps' law, else it was used before (a Simon process): so it
    is with words, and with their syllables.
    """

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.taken = 0
        self.parts = [self._new_part(syllable=True) for _ in range(300)]
        self.seen = set(self.parts)
        self.used: list[str] = []
        self.different = 600
        for rank in range(1, self.different + 1):
            self.used += [self._new()] * (1 + 40 // rank)

    def _new_part(self, syllable: bool = False) -> str:
        dice = self.dice
        kind = 1 if syllable else dice.random()
        if kind < 0.12:
            return "".join(dice.choices(_LOAN, k=dice.randrange(2, 5))).capitalize()
        if kind < 0.2:
            return str(dice.randrange(10 ** dice.randrange(1, 5)))
        stopped = dice.random() < 0.2
        rime = dice.choice(_STOPPED if stopped else _RIMES)
        tone = dice.choice("\u0301\u0323") if stopped else dice.choice(_TONES)
        return unicodedata.normalize("NFC", dice.choice(_ONSETS) + _toned(rime, tone))

    def _part(self) -> str:
        # Parts are taken as often as words hold them already: the list of used words is the urn.
        if len(self.seen) < 10 * self.taken**0.55:
            while (part := self._new_part()) in self.seen:
                pass
            self.seen.add(part)
            return part
        return self.dice.choice(self.dice.choice(self.used).split() if self.taken else self.parts)

    def _new(self) -> str:
        if self.taken and self.dice.random() < 0.35:
            phrase = f"{self.dice.choice(self.used)} {self.dice.choice(self.used)}"
            if phrase.count(" ") < 6:
                return phrase
        return f"{self._part()} {self._part()}"

    def word(self) -> str:
        if self.different < 16 * self.taken**0.6:
            word = self._new()
            self.different += 1
        else:
            word = self.dice.choice(self.used)
        if len(self.used) < 1_000_000:
            self.used.append(word)
        else:
            self.used[self.dice.randrange(len(self.used))] = word
        self.taken += word.count(" ") + 1
        return word

    def take(self, count: int, topic: Sequence[str] = ()) -> str:
        """Words between spaces, every fourth of them of the topic."""
        dice = self.dice
        return " ".join(
            dice.choice(topic) if topic and dice.random() < 0.25 else self.word() for _ in range(count)
        )


def _toned(rime: str, tone: str) -> str:
    """A rime with a tone on its main vowel: the one with a hat or horn, else the one before the end."""
    vowels = [place for place, letter in enumerate(rime) if letter in "aăâeêioôơuưy"]
    marked = [place for place in vowels if rime[place] in "ăâêôơư"]
    place = marked[-1] if marked else vowels[-1 if rime[-1] not in "aeiouy" else max(-2, -len(vowels))]
    return rime[: place + 1] + tone + rime[place + 1 :]


def pages(count: int, seed: int = 1, size: int = 3000) -> Iterator[RawPage]:
    """`count` page dumps of about `size` bytes of UTF-8 each."""
    dice = random.Random(seed)
    words = _Words(dice)
    people = [
        f"{dice.choice(_SURNAMES)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}"
        for _ in range(40 + count // 20)
    ]
    topics = [[words.word() for _ in range(60)] for _ in range(50 + count // 50)]
    first = datetime(2018, 1, 1, 6, 0)
    for number in range(count):
        when = first + timedelta(minutes=dice.randrange(8 * 365 * 24 * 60))
        topic = dice.sample(_often(dice, topics), 15)
        place = _often(dice, _PLACES)
        person, office = _often(dice, people), dice.choice(_OFFICES).format(place=place)
        lead = (
            f"{dice.choice(_SOURCES)} Sáng {when.day}/{when.month}, tại {place}, {office} {person} cho biết "
            f"{words.take(12, topic)}."
        )
        lines = [
            f"{_capital(words.take(5, topic))} tại {place}",
            "",
            f"{when.day:02}/{when.month:02}/{when.year} - {when.hour:02}:{when.minute:02}",
            "",
            lead,
        ]
        length = sum(len(line.encode()) + 1 for line in lines)
        here = [person, *(_often(dice, people) for _ in range(2))]
        while length < size:
            paragraph = _paragraph(dice, words, topic, here)
            lines += ["", paragraph]
            length += len(paragraph.encode()) + 2
        lines += ["", _often(dice, people), "", "Tin liên quan", _capital(words.take(6))]
        yield make_page("\n".join(lines), path=f"{number:06}.txt")


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """The same pages as bare articles, for what needs a full library and not the cleaning of it."""
    for page in pages(count, seed):
        lines = [line for line in page.lines if line]
        day, month, year = lines[1][:10].split("/")
        yield Article(
            id="",
            title=lines[0],
            published=f"{year}-{month}-{day}",
            published_basis="stated",
            source="Báo mẫu",
            language="vi",
            blocks=tuple(Block("paragraph", line) for line in lines[2:-3]),
        )


def _often(dice: random.Random, among: Sequence[T]) -> T:
    """One of them, the first ones most often."""
    return among[int(len(among) * dice.random() ** 3)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _paragraph(dice: random.Random, words: _Words, topic: Sequence[str], people: Sequence[str]) -> str:
    sentences = [
        _capital(words.take(dice.randrange(6, 16), topic)) + "." for _ in range(dice.randrange(2, 5))
    ]
    kind = dice.randrange(4)
    if kind == 0:
        number = dice.randrange(1, 99)
        sentences.insert(
            1, f"Ông {dice.choice(people)} nhấn mạnh {words.take(6)} theo Nghị quyết số {number}-NQ/TW."
        )
    elif kind == 1:
        sentences.append(f"Đến ngày {dice.randrange(1, 29)}/{dice.randrange(1, 13)}, {words.take(5)}.")
    return " ".join(sentences)
