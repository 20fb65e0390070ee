"""Plausible Vietnamese news pages by the thousand, the same for the same seed.

Not meant to be read: syllables, words and their frequencies fall off as in real text (docs/speed.md sets
them beside those of real articles), and the vocabulary keeps growing, to ten times the 0.55th power of the
words so far (Heaps' law; so it is in 57,000 words of real pages: 4,000 different ones). An article keeps to a
topic, names and places recur, every page has a stamp, a dateline, people with offices, documents, a byline.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
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
_FUNCTION = (
    "và của có các là cho được trong với đã không những một người này để khi ở từ tại đến về trên ra sẽ "
    "theo cũng phải vào như đó sau nhiều hơn đang do còn mà rất lại nên nếu vì cùng giữa qua bị hay chỉ mới "
    "thì tới trước nào đều hai ngay luôn bằng đây"
).split()
_VERBS = ("cho biết,nhấn mạnh,yêu cầu,đề nghị,khẳng định,đánh giá,cho rằng,chỉ đạo,phát biểu,chia sẻ").split(
    ","
)
_DOCUMENTS = (
    "Nghị quyết số {}-NQ/TW,Nghị định số {}/2022/NĐ-CP,Quyết định số {}/QĐ-TTg,Chỉ thị số {}-CT/TW,"
    "Thông tư số {}/2021/TT-BTC,Kết luận số {}-KL/TW"
).split(",")
_SOURCES = "(TTXVN) -;(Dân trí) -;TTO -;(CT)-;VOV.VN -;(VTC News) -".split(";")


class _Words:
    """Words as news has them: function words of one syllable, which stand in nearly every article; words of
    mostly two syllables, some general, some of a topic, each by Zipf's law; and a tail that never ends of
    names, foreign words and figures. An article says again what it has said: what it names, it repeats.

    Syllables are few and stand in many words: that is why two that stand side by side in one article in
    ten stand apart in nearly half of them.
    """

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.taken = 0
        self.seen: set[str] = set(_FUNCTION)
        self.syllables: list[str] = []
        while len(self.syllables) < 2400:
            if (syllable := self._syllable()) not in self.seen:
                self.seen.add(syllable)
                self.syllables.append(syllable)
        self.by_syllable = _zipf(len(self.syllables), 5)
        self.by_function = _zipf(len(_FUNCTION), 4)
        self.general = [self._word() for _ in range(1500)]
        self.by_general = _zipf(len(self.general), 30)
        self.special = [self._word() for _ in range(20_000)]
        self.by_topic = _zipf(300, 10)
        self.tail = [self._rare() for _ in range(50)]

    def _syllable(self) -> str:
        dice = self.dice
        stopped = dice.random() < 0.2
        rime = dice.choice(_STOPPED if stopped else _RIMES)
        tone = dice.choice("\u0301\u0323") if stopped else dice.choice(_TONES)
        return unicodedata.normalize("NFC", dice.choice(_ONSETS) + _toned(rime, tone))

    def _word(self) -> str:
        """Of two syllables in seven cases of ten."""
        (size,) = self.dice.choices((1, 2, 3, 4), (15, 70, 8, 7))
        return " ".join(self.dice.choices(self.syllables, cum_weights=self.by_syllable, k=size))

    def _rare(self) -> str:
        kind = self.dice.random()
        if kind < 0.4:
            return "".join(self.dice.choices(_LOAN, k=self.dice.randrange(2, 5))).capitalize()
        if kind < 0.8:
            return str(self.dice.randrange(10 ** self.dice.randrange(1, 6)))
        return self._syllable()

    def _tail(self) -> str:
        """One that is new when the vocabulary lags behind Heaps' law, else one that was there before (a
        Simon process: as often as it was)."""
        word = self.dice.choice(self.tail)
        if len(self.seen) < 10 * self.taken**0.55:
            while (word := self._rare()) in self.seen:
                pass
            self.seen.add(word)
        if len(self.tail) < 1_000_000:
            self.tail.append(word)
        else:
            self.tail[self.dice.randrange(len(self.tail))] = word
        return word

    def topic(self) -> list[str]:
        """The words of a topic, most of them of others too, the most frequent one first."""
        common = self.dice.sample(self.special, 200)
        words = [*common, *(self._word() for _ in range(100))]
        self.dice.shuffle(words)
        return words

    def take(self, count: int, topic: Sequence[str], said: list[str]) -> str:
        """Words between spaces for an article of a topic that has `said` words before."""
        dice, taken = self.dice, []
        for _ in range(count):
            kind = dice.random()
            if kind < 0.33:
                (word,) = dice.choices(_FUNCTION, cum_weights=self.by_function)
            elif said and dice.random() < 0.3:
                word = dice.choice(said)
            else:
                if kind < 0.64:
                    (word,) = dice.choices(self.general, cum_weights=self.by_general)
                elif kind < 0.94:
                    (word,) = dice.choices(topic, cum_weights=self.by_topic)
                else:
                    word = self._tail()
                said.append(word)
            taken.append(word)
            self.taken += word.count(" ") + 1
        return " ".join(taken)


def _zipf(size: int, flat: int) -> list[float]:
    """Weights by rank, summed up: the law of Zipf and Mandelbrot, `flat` ranks alike at its head."""
    return list(accumulate(1 / (rank + flat) for rank in range(1, size + 1)))


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
    topics = [words.topic() for _ in range(50 + count // 100)]
    first = datetime(2018, 1, 1, 6, 0)
    for number in range(count):
        when = first + timedelta(minutes=dice.randrange(8 * 365 * 24 * 60))
        topic, said = _often(dice, topics), list[str]()
        place = _often(dice, _PLACES)
        person, office = _often(dice, people), dice.choice(_OFFICES).format(place=place)
        lead = (
            f"{dice.choice(_SOURCES)} Sáng {when.day}/{when.month}, tại {place}, {office} {person} "
            f"{_often(dice, _VERBS)} "
            f"{words.take(8, topic, said)}."
        )
        lines = [
            f"{_capital(words.take(4, topic, said))} tại {place}",
            "",
            f"{when.day:02}/{when.month:02}/{when.year} - {when.hour:02}:{when.minute:02}",
            "",
            lead,
        ]
        length = sum(len(line.encode()) + 1 for line in lines)
        here = [person, *(_often(dice, people) for _ in range(2))]
        while length < size:
            paragraph = _paragraph(dice, words, topic, said, here)
            lines += ["", paragraph]
            length += len(paragraph.encode()) + 2
        other = words.take(4, _often(dice, topics), [])
        lines += ["", _often(dice, people), "", "Tin liên quan", _capital(other)]
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


def _paragraph(
    dice: random.Random, words: _Words, topic: Sequence[str], said: list[str], people: Sequence[str]
) -> str:
    sentences = [
        _capital(words.take(dice.randrange(6, 14), topic, said)) + "." for _ in range(dice.randrange(2, 5))
    ]
    kind = dice.randrange(8)
    if kind < 2:
        what = f"Ông {dice.choice(people)} {_often(dice, _VERBS)} {words.take(4, topic, said)}"
        document = _often(dice, _DOCUMENTS).format(dice.randrange(1, 99))
        sentences.insert(1, f"{what} theo {document}." if kind else f"{what}.")
    elif kind < 4:
        day, month = dice.randrange(1, 29), dice.randrange(1, 13)
        sentences.append(f"Đến ngày {day}/{month}, {words.take(4, topic, said)}.")
    return " ".join(sentences)
