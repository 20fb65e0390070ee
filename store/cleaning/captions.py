"""Captions: how much a line looks like the words under a picture, and what of it is the credit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store.cleaning.lines import LOWER, UPPER
from store.cleaning.sources import is_source
from store.text import fold, lower

CAPTION = 2.5
"""From this weight on a line is a caption."""
LONGEST = 420
"""Letters; no longer line is a caption."""
SHORT_CAPTION = 200
"""Letters of one that ends with "Nguồn: …": paragraphs state their source, too."""


def _any(words: str) -> str:
    """The alternatives of a table of words separated by commas, as a group of a pattern."""
    return "(?:" + "|".join(word.strip() for word in words.split(",")) + ")"


_CREDIT = re.compile(
    r"(?i)[\s.\-–—/|;,]*[(\[]?\s?(?<!\w)(?:nguồn\s)?(?:ảnh|hình|photo|hình ảnh|đồ họa|minh họa|clip)"
    r"(?:\s(?:minh họa|tư liệu|cắt từ clip|chụp màn hình|by|nguồn))?"
    r"\s?:\s?(?P<who>[^:\n]{1,60}?)\s?[)\]]?[.\s]*$"
)
_CREDIT_BARE = re.compile(
    r"(?:[.\-–—/|;”\"]\s?|[(\[]\s?)[ẢA]nh:?\s(?:[-–]\s|(?:do|của)\s)?"
    r"(?P<who>minh họa|tư liệu|chụp màn hình|[A-ZĐ][^.:\n]{1,40})\s?[)\]]?[.\s]*$"
)
_CREDIT_CAPS = re.compile(rf"(?:[.…!”\"]\s?|\s[-–—/|]\s?)(?P<who>[{UPPER}][{UPPER}.\s]{{3,30}})\.?$")
_CREDIT_SOURCE = re.compile(r"\s?[(\[](?:Nguồn:?\s|Nguồn ảnh:?\s)?(?P<who>[^()\[\]\n]{2,30})[)\]]\.?$")
_CREDIT_NAMED = re.compile(
    r"(?:[.…!”\"]\s?|\s[-–—/|]\s?|[(\[])Nguồn(?: tin)?\s?:\s?(?P<who>[^:\n()]{2,40}?)[)\]]?\.?$"
)
_ILLUSTRATION = re.compile(
    r"(?i)[(\[]?\s?(?:ảnh|hình)"
    r"\s(?:minh họa|tư liệu|chụp màn hình|có tính chất minh họa|internet)\s?[)\]]?\.?$"
)

# On lower-case text with its marks: without them "tặng" and "tăng", "nhận" and "nhân" are one.
_SPEAKS = _any(
    """phát biểu, kết luận, tham luận, trình bày, báo cáo, chủ trì, điều hành, trao đổi, thảo luận"""
)
_ACT = re.compile(
    r"(?<!\w)"
    + _any(
        """phát biểu, kết luận, tham luận, trình bày, trao đổi, báo cáo, chủ trì, điều hành, trao, tặng, nhận,
        đón nhận, ký kết, kí kết, chứng kiến, tham quan, kiểm tra, thăm hỏi, dâng hương, dâng hoa, tặng hoa,
        cắt băng, chúc mừng, chụp ảnh, chụp hình, bắt tay, hội đàm, tiếp, thăm, phát động, trồng cây,
        ôm, ăn mừng,
        bấm nút, gõ cồng, gõ kẻng, đánh trống, thả cá, thắp hương, thắp nến, chia vui, động viên"""
    )
    + "(?= )"
)
_PHOTO = re.compile(r"(?<= )(?:chụp ảnh|chụp hình|chụp lưu niệm|tạo dáng)(?= )")
_ACT_END = re.compile(_SPEAKS + r"(?: [^ ,.;:]+){0,5} (?:tại|ở|trước)(?: [^ ,.;:]+){1,12}\.?$")
_GIVEN = re.compile(
    r"(?:trao|tặng|trao tặng|thăm và tặng|nhận) (?:\w+ ){0,3}?"
    + _any(
        """giấy khen, bằng khen, quà, hoa, quà tặng, cờ, quyết định, danh hiệu,
        kỷ niệm chương, kỉ niệm chương, huân chương, huy chương, giải, học bổng, cúp, biểu trưng, bằng,
        giấy chứng nhận, sổ tiết kiệm, nhà"""
    )
    + "(?: |$)"
)
_IN_COMPANY = re.compile(
    r"(?<=\w) cùng (?:các |đoàn |lãnh đạo |đông đảo ){1,2}(?:đại biểu|đồng chí|lãnh đạo"
    r"|thành viên|đoàn viên|khách mời|công tác)(?: [^ ,.;:]+){1,14}\.?$"
)
_ROLE_THEN_ACT = re.compile(r", [^,]{6,80}?(?=" + _ACT.pattern + r")(?: ?[^ ,.;:]+){1,6}\.?$")
_TITLED = re.compile(r"(?:đồng chí|đ/c|ông|bà) ")
# On folded text.
_OPENS = re.compile(
    _any(
        """quang canh, toan canh, hinh anh, mot goc, khung canh, canh tuong, ben trong, hien truong, doan dai
        bieu, cac dai bieu, dai bieu, lanh dao, dong chi, cac dong chi, bi cao, cac bi cao, cac em,
        cac chau, cac chien si, hoc sinh, sinh vien, nguoi dan, cac thay co, doan vien, thanh nien,
        can bo, chien si, phu nu, nong dan, cong nhan, du khach, doi tuong, ong, ba, hai ben, mot
        canh, bieu do, ban do, so do, tu trai qua, tu trai sang"""
    )
    + "(?= )"
)
_OPENS_SCENE = re.compile(
    _any(
        """quang canh, toan canh, mot goc, khung canh, mot so hinh anh, hinh anh, mot canh, mot doan,
        mot tiet muc, tiet muc, chan dung, bieu do, ban do, so do, infographic"""
    )
    + "(?=[ :]|$)"
)
_ATTEND = re.compile(
    r"(?:cac |dong dao |quy )?(?:dong chi )?(?:dai bieu|khach moi|lanh dao|trong|thanh vien)"
    r"(?: [^ ,.;:]+){0,6}? "
    + _any("du, tham du, tham gia, chup anh, tai, thuc hien, theo doi, lang nghe, bieu quyet")
    + r"(?: [^ ,;:]+){1,9}$"
)
_POSITION = re.compile(
    r"\([^()]{0,30}?"
    + _any(
        """trai, phai, giua, bia, ngoai cung, hang dau, hang truoc, dung, ngoi, ao trang, ao do, ao xanh,
        ao den, ao vang"""
    )
    + r"[^()]{0,40}\)|tu trai (?:qua|sang)"
)
_TELLS = re.compile(
    _any(
        """cho biet, cho rang, nhan manh, khang dinh, yeu cau, de nghi, danh gia, chia se, thong tin,
        noi rang, noi:, cho hay, tuyen bo, bay to, ghi nhan"""
    )
    + "(?=[ ,:;.]|$)"
)
# On the text as written: without marks "Thị" and "thì", "Lê" and "lễ" are one.
_CONNECTS = re.compile(
    _any(
        """Theo, Tại, Trong, Tuy nhiên, Đồng thời, Ngoài ra, Bên cạnh, Nhân dịp, Cùng ngày, Sau, Trước, Cụ
        thể, Đặc biệt, Hiện, Đến nay, Cùng với, Cùng dự, Dự, Tham dự, Tham gia, Phát biểu, Kết
        thúc, Mở đầu, Về, Vì vậy, Do đó, Nhờ, Với, Để, Khi, Nếu, Mặc dù, Năm, Ngày, Sáng, Chiều,
        Tối, Trưa, Đêm, Qua, Từ, Đây, Đó là, Điều, Việc, Dịp, Ngay, Lúc, Mới đây, Vừa qua, Được
        biết, Đáng chú ý, Thống kê, Còn, Nhưng, Và, Kết quả, Hội nghị, Hội thảo, Buổi lễ, Lễ, Tiếp
        đó, Cũng, Riêng, Hôm"""
    )
    + r"(?!\w)"
)
_TENSE = re.compile(
    "(?<= )"
    + _any("đã, sẽ, vừa, từng, không, chưa, nhằm, bởi, vì, nên, tuy, nhưng, nếu, thì, mà, rằng")
    + "(?= )"
)
_NAME = re.compile(rf"(?:(?<!\w)[{UPPER}][{LOWER}]{{1,6}} ){{2}}[{UPPER}][{LOWER}]{{1,6}}(?!\w)")
_SEEN = re.compile(
    _any(
        """Chiếc, Ngôi, Căn, Cảnh, Bức, Tấm, Dòng người, Dòng xe, Đoạn đường, Khu vực, Con đường, Lực lượng,
        Công nhân, Người dân, Du khách, Học sinh, Sinh viên, Bé, Cháu, Em, Anh, Chị, Ông, Bà, Nạn nhân,
        Nông dân,
        Nghi phạm, Nghi can, Các chiến sĩ, Cán bộ, Bác sĩ, Các bác sĩ, Cầu thủ, Các cầu thủ,
        Nghệ nhân, Nghệ sĩ"""
    )
    + r"(?!\w)"
)
_WHERE = re.compile(
    "(?<= )"
    + _any("bên, cạnh, tại, trên, trong, cùng, giữa, bế, cầm, đứng, ngồi, dưới, trước, chụp, với, ở")
    + "(?= )"
)
_GLUE_MARK = re.compile(r"[.!?)”\"](?=[^\s.,;:!?)”\"/\d])")
_GLUED = re.compile(rf"(?:(?<=[{LOWER}0-9)”\"][.!?])(?=[{UPPER}“])|(?<=[{LOWER}]{{2}}[)”])(?=[{UPPER}]))")


@dataclass(frozen=True, slots=True)
class Credit:
    """`text[:start]` is the caption, `[who_start:who_end]` the credit; what is left is label and brackets."""

    start: int
    who_start: int
    who_end: int


def find_credit(text: str) -> Credit | None:
    """The credit that ends a line, if it ends with one: "… Ảnh: TTXVN", "… (Ảnh: Minh Hà)", "Ảnh: X"."""
    return _credit(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=1024)  # each line is asked about by the outline, its neighbours and itself
def _credit(text: str) -> Credit | None:
    tail = text[-110:]
    match = None
    if ":" in tail:
        match = _CREDIT.search(text, max(0, len(text) - 110))
    if match is None and ("ảnh" in tail or "Ảnh" in tail):
        match = _CREDIT_BARE.search(text, max(0, len(text) - 60))
    if match is None:
        return None
    start, end = match.span("who")
    if not text[start:end].strip():
        return None
    keep = match.start()
    while keep < start and text[keep] in '.…!?”"':  # the sentence's own
        keep += 1
    return Credit(keep, start, end)


def weak_credit(text: str) -> Credit | None:
    """A credit without a label: a photographer in capitals or an agency after the sentence."""
    if len(text) <= SHORT_CAPTION and "Nguồn" in text[-60:]:
        match = _CREDIT_NAMED.search(text, max(0, len(text) - 70))
        if match is not None and match.start() > 15:
            return Credit(match.start() + (text[match.start()] in '.…!”"'), *match.span("who"))
    last = text.rstrip(". ")[-1:]
    for pattern in (_CREDIT_CAPS,) if last.isupper() else (_CREDIT_SOURCE,) if last in (")", "]") else ():
        if (
            len(text) <= LONGEST
            and (match := pattern.search(text, max(0, len(text) - 45)))
            and match.start() > 15
        ):
            who = match["who"].strip()
            if pattern is _CREDIT_CAPS or is_source(who):
                keep = match.start() + (text[match.start()] in '.…!”"')
                return Credit(keep, match.start("who"), match.start("who") + len(match["who"].rstrip()))
    return None


def weigh(text: str) -> float:
    """How much a line looks like a caption by its own words; `CAPTION` and more is one."""
    return _weight(text) if len(text) <= LONGEST else 0.0


@lru_cache(maxsize=1024)
def _weight(text: str) -> float:
    if find_credit(text) or _ILLUSTRATION.search(text, max(0, len(text) - 60)):
        return 4.0
    words = text.count(" ") + 1
    sentences = text.count(". ") + text.count("? ") + text.count("! ") + 1
    weak = weak_credit(text)
    if weak is None and (sentences > 3 or (words > 50 and "(" not in text)):  # nothing outweighs that
        return -1.0
    marked, folded = lower(text), fold(text)
    stopped = text.endswith((".", "!", "?", ":", "…", ";"))
    weight = 0.0
    if weak:
        weight += 2.0 if words <= 45 else 1.0
    if ("(" in text or "tu trai" in folded) and _POSITION.search(folded):
        weight += 2.0
    if words <= 14 and _ATTEND.match(folded):
        weight += 2.6 if words <= 10 else 1.3
    scene = words <= 25 and _OPENS_SCENE.match(folded)
    if scene:
        weight += 2.6 if words <= 16 else 1.5
    elif _OPENS.match(folded):
        weight += 0.6
    # Someone speaks at an event, or hands something over, and no more is said.
    if words <= 50 and (act := _ACT_END.search(marked)) and act.start() > 6:
        weight += 2.4 if words > 12 else 2.6
    elif words <= 50 and (act := _GIVEN.search(marked)) and act.start() > 6:
        weight += 1.9
    elif words <= 35 and (act := _ACT.search(marked)) and act.start() > 6:
        brief = words <= 24 and _TITLED.match(marked) and _ROLE_THEN_ACT.search(marked)
        weight += 1.9 if words <= 9 or brief or _PHOTO.search(marked) else 0.8
    if words <= 35 and _IN_COMPANY.search(marked):
        weight += 1.4
    seen = _NAME.search(text) or (words <= 16 and _SEEN.match(text))
    if words <= 22 and not stopped and seen and _WHERE.search(text):
        weight += 2.0
    if weight > 0 and not stopped:
        weight += 0.6
    if words <= 16 and _ACT.match(marked):  # someone left unsaid does something
        weight += 2.6 if words <= 8 else 1.9
    if weight <= 0:
        return weight
    # What running text does and captions don't; a colon inside is a headline's.
    weight -= 2.0 * bool(_TELLS.search(folded)) + 2.0 * bool(_CONNECTS.match(text))
    weight -= 1.0 * bool(_TENSE.search(text)) + 1.0 * (sentences > 2) + 0.7 * (words > 45)
    said = text[: weak.start] if weak else text
    return weight - 1.5 * (not scene and not stopped and ": " in said)


def doubled(text: str) -> int | None:
    """Where the second copy begins in a line that says the same twice ("X X"), else None."""
    if not 30 <= len(text) <= 2 * LONGEST:
        return None
    at = text.find(text[:14], 14)
    if at < 0:
        return None
    first, second = " ".join(text[:at].split()), " ".join(text[at:].split())
    if min(len(first), len(second)) < 15:
        return None
    if first == second or first.startswith(second.rstrip(". ")) or second.startswith(first.rstrip(". ")):
        return at
    return None


def glued(text: str) -> int | None:
    """Where a second caption begins that was glued to the first ("…năm 2023.Đồng chí …"), else None."""
    at = 20
    while match := _GLUE_MARK.search(text, at):
        at = match.start() + 1
        if len(text) - at < 20:
            return None
        if _GLUED.match(text, at):
            return at
    return None
