"""What an article says of a person beside offices: born when, a man or a woman, accused or not.

Kept in the index, because it tells people of one name apart.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from store.article import TITLE, Article, Entity


class Traits(NamedTuple):
    """`born` is a year (from an age, one year off at times); `sex` "m", "f" or "" where it isn't told or
    the article says both; `accused` before a court or by the police."""

    born: int | None = None
    sex: str = ""
    accused: bool = False


_BEFORE = 28  # letters before a mention, and behind it, in which such words stand
_BEHIND = 48
# "Thủ tướng Anh X" is of a country: with a capital only at the beginning. "ông bà X" tells nothing.
_SEX = re.compile(
    r"(?<!\w)(?<!ông )(?<!ông, )(?<!anh )(?<!anh, )([Ôô]ng|[Bb]à|[Cc]ụ ông|[Cc]ụ bà|anh|[Cc]hị|[Cc]ô"
    r"|[Nn]am sinh|[Nn]ữ sinh|(?:(?<=^)|(?<=[.!?:“\"] ))Anh)\s$"
)
_WOMEN = {"bà", "cụ bà", "chị", "cô", "nữ sinh"}
_ACCUSED = re.compile(
    r"(?<!\w)(?:bị cáo|bị can|nghi phạm|nghi can|hung thủ|tử tù|phạm nhân|đối tượng|khởi tố|bắt giam|tạm giam"
    r"|truy tố)(?:\s(?:là|gồm|đối với|ông|bà))*\s?:?\s$",
    re.IGNORECASE,
)
_AGE = re.compile(r"\s*[(,]\s*(\d{1,3})\s+tuổi")
_BORN = re.compile(
    r"\s*[(,]\s*(?:SN|sinh(?:\s+(?:năm|ngày\s+[\d/.-]{3,6}))?)[\s/.-]*(\d{4})(?!\d)", re.IGNORECASE
)


def traits(article: Article, entity: Entity) -> Traits:
    """What stands beside the mentions of a person."""
    if entity.type != "person":
        return Traits()
    year = int(article.published[:4]) if article.published and article.published[:4].isdigit() else None
    born: int | None = None
    sexes: set[str] = set()
    accused = False
    for mention in entity.mentions:
        text = article.title if mention.block == TITLE else article.blocks[mention.block].text
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        behind = text[mention.end : mention.end + _BEHIND]
        # A given name alone may be linked to the wrong one of two.
        if " " in text[mention.start : mention.end] and (sex := _SEX.search(before)):
            sexes.add("f" if sex[1].lower() in _WOMEN else "m")
        accused = accused or bool(_ACCUSED.search(before))
        if born is None and (told := _BORN.match(behind)):
            born = int(told[1])
        elif born is None and year and (told := _AGE.match(behind)):
            born = year - int(told[1])
    return Traits(born, sexes.pop() if len(sexes) == 1 else "", accused)
