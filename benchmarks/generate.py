"""Plausible Vietnamese news pages by the thousand, the same for the same seed.

Not meant to be read: word frequencies fall off as in real text and the vocabulary keeps growing
(a Simon process: each word is new with a small chance, else one used before), names and places
recur, every page has a stamp, a dateline, people with offices, documents and a byline.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from store.article import Article, Block, RawPage
from store.loaders import make_page

_ONSETS = "b c ch d đ g h k kh l m n ng nh ph qu r s t th tr v x".split()
_RIMES = (
    "an ang anh ao au ay âm ân âng ât âu ây em en eo ên êu iên iêng iêu inh oa oai oan ong ông ơi uân ung "
    "uôc uôi uyên ưng ươi ương ưu ạch ặc ặt ật ẹp ếch ếp ệ ị ọc ộc ộng ợp ục ức ự ữ ử ở ố ổ ả ã"
).split()
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
    """Words of two syllables; about one in forty is new, so that 3 KB add some twenty."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.used = [self._new() for _ in range(600)]

    def _new(self) -> str:
        return " ".join(self.dice.choice(_ONSETS) + self.dice.choice(_RIMES) for _ in "ab")

    def take(self, count: int) -> str:
        chosen = []
        for _ in range(count):
            word = self._new() if self.dice.random() < 0.025 else self.dice.choice(self.used)
            if len(self.used) < 2_000_000:
                self.used.append(word)
            chosen.append(word)
        return " ".join(chosen)


def pages(count: int, seed: int = 1, size: int = 3000) -> Iterator[RawPage]:
    """`count` page dumps of about `size` bytes of UTF-8 each."""
    dice = random.Random(seed)
    words = _Words(dice)
    people = [
        f"{dice.choice(_SURNAMES)} {dice.choice(_MIDDLE)} {dice.choice(_GIVEN)}"
        for _ in range(40 + count // 20)
    ]
    first = datetime(2018, 1, 1, 6, 0)
    for number in range(count):
        when = first + timedelta(minutes=dice.randrange(8 * 365 * 24 * 60))
        place = dice.choice(_PLACES)
        person, office = dice.choice(people), dice.choice(_OFFICES).format(place=place)
        lead = (
            f"{dice.choice(_SOURCES)} Sáng {when.day}/{when.month}, tại {place}, {office} {person} cho biết "
            f"{words.take(12)}."
        )
        lines = [
            f"{words.take(5).capitalize()} tại {place}",
            "",
            f"{when.day:02}/{when.month:02}/{when.year} - {when.hour:02}:{when.minute:02}",
            "",
            lead,
        ]
        length = sum(len(line.encode()) + 1 for line in lines)
        while length < size:
            paragraph = _paragraph(dice, words, people)
            lines += ["", paragraph]
            length += len(paragraph.encode()) + 2
        lines += ["", dice.choice(people), "", "Tin liên quan", words.take(6).capitalize()]
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


def _paragraph(dice: random.Random, words: _Words, people: list[str]) -> str:
    sentences = [words.take(dice.randrange(6, 16)).capitalize() + "." for _ in range(dice.randrange(2, 5))]
    kind = dice.randrange(4)
    if kind == 0:
        person = dice.choice(people)
        sentences.insert(
            1, f"Ông {person} nhấn mạnh {words.take(6)} theo Nghị quyết số {dice.randrange(1, 99)}-NQ/TW."
        )
    elif kind == 1:
        sentences.append(f"Đến ngày {dice.randrange(1, 29)}/{dice.randrange(1, 13)}, {words.take(5)}.")
    return " ".join(sentences)
