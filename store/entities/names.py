"""What a person's name looks like: runs of capitals, initials, names from abroad."""

from __future__ import annotations

from functools import lru_cache

from store.entities.lexicon import Lexicon
from store.entities.spans import Text
from store.text import is_syllable

_PARTICLES = frozenset("van de da del der di von bin al el ibn la le bint dos".split())
_TWO_PARTICLES = (["van", "der"], ["van", "den"], ["de", "la"], ["von", "der"], ["de", "los"])
MOST = 5
"""Words in a Vietnamese name at most."""


@lru_cache(maxsize=4096)
def syllable(word: str) -> bool:
    """`is_syllable`, remembered."""
    return is_syllable(word)


def vietnamese(t: Text, i: int, lex: Lexicon, *, trusted: bool = False) -> int:
    """The end of a full Vietnamese name (family name first, two words at least) at `i`, or 0."""
    low, cap, n = t.low, t.cap, t.n
    if i >= n or not cap[i]:
        return 0
    if low[i : i + 2] == ["thích", "nữ"] and cap[i + 2 : i + 3] == [True]:
        return i + 3 + (cap[i + 3 : i + 4] == [True])  # "Thích nữ Diệu Hòa"
    if not trusted and low[i] in _STEMS and _year_of_the_cycle(t, i):
        return 0
    if low[i] not in lex.surnames and not _before_thi(t, i):
        return 0
    j = i + 1
    known = 0
    if low[i] in _KHMER and low[j : j + 1] and low[j] in _KHMER_MIDDLE and all(cap[i : i + 3]) and i + 2 < n:
        return i + 3  # "Danh Sa Rây"
    while j < n and cap[j] and j - i < MOST:
        word = t.word[j]
        if not word.isalpha() or not (syllable(word) or len(word) == 1):
            if low[j] in _CUT and j + 1 < n and t.word[j + 1] == ".":  # "Nguyễn Thị Th."
                return j + 1
            if _highland_end(t, j, i, lex):  # "Đinh H'Nuôn", "Đinh Thị Plơng", "Thạch Thị Sa Phol"
                return j + 1
            break
        if j > i + 1 and low[j] in lex.surnames and j + 2 < n and low[j + 1] in _MIDDLE and cap[j + 1]:
            break  # "(xã) Trà My Nguyễn Thị Hồng": another name begins
        if j > i + 1 and low[j] in GREAT and cap[j + 1 : j + 3] == [True, True]:
            break  # "(phường) Khương Đình | Nguyễn Kim Thụ"
        if j > i + 1 and _other_begins(t, j, lex):
            break
        if len(word) > 1 and word.isupper() and not t.word[i].isupper():
            break
        known += low[j] in lex.given
        j += 1
    if j - i < 2:
        return 0
    if len(t.word[j - 1]) == 1:  # "Trần T.K.L"; in "Nguyễn Văn A." the full stop is no part of the name
        while j + 1 < n and t.word[j] == "." and t.start[j] == t.end[j - 1] and _letter(t, j + 1):
            j += 2
    if j + 1 < n and t.word[j] == "-" and t.word[j + 1].isupper() and t.start[j + 1] - t.end[j - 1] == 1:
        j += 2  # "Sơn Tùng M-TP"
    if j < n and cap[j] and low[j] in THINGS and t.start[j] - t.end[j - 1] == 1:
        return 0  # "Lê Phong Tower", "Hoàng Nam Group"
    if low[j - 1] == "the" and j - i > 2 and j < n and cap[j] and not syllable(t.word[j]):
        return 0  # "Lê Phong The Emerald"
    if low[i + 1] == "thị" and j - i > 2:
        return j  # whatever the other syllables
    if not syllable(t.word[i]) and j - i == 2 and t.word[j - 1].istitle():
        return j  # "Kpă Thưn"
    alone = _HMONG_MIDDLE if low[i] in _HMONG else _MIDDLE_ALONE
    if j - i == 3 and low[i + 1] in alone and t.word[i + 2].istitle():
        return j  # "Giàng A Dua", "Vừ Thị Mỷ": the middle word says enough
    if known == 0 and not trusted and len(t.word[j - 1]) > 1:
        return 0
    noun = low[i] in lex.weak_surnames or low[i] == "đoàn"
    if j - i == 2 and noun and inside_a_field(t, j, lex):
        return 0  # "Cung Thể | thao", "Đoàn Ca | kịch"
    if low[i] in lex.weak_surnames and not trusted and (known < j - i - 1 or j - i < 3):
        return 0
    return j


_STEMS = "giáp ất bính đinh mậu kỷ canh tân nhâm quý".split()
_BRANCHES = "tý sửu dần mão thìn tỵ ngọ mùi thân dậu tuất hợi".split()


def _year_of_the_cycle(t: Text, i: int) -> bool:
    """Whether the two capitals at `i` are a year of the sixty, not a name: "(Tết) Nhâm Dần"."""
    branch = t.low[i + 1] if i + 1 < t.n and t.cap[i + 1] else ""
    if branch not in _BRANCHES or (_STEMS.index(t.low[i]) - _BRANCHES.index(branch)) % 2:
        return False  # no year is called so
    after = t.word[i + 2 : i + 3]
    return not (
        after == ["("]
        or (t.cap[i + 2 : i + 3] == [True])
        or (after == [","] and t.low[i + 4 : i + 5] == ["tuổi"])
    )


def _letter(t: Text, j: int) -> bool:
    """Whether a capital alone is glued to the sign before it."""
    return len(t.word[j]) == 1 and t.cap[j] and t.start[j] == t.end[j - 1]


def inside_a_field(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether a field begins with the word before `j` and goes on in small letters: "Thể | thao"."""
    field = lex.org_words.match(t.low, j - 1) if j < t.n and not t.cap[j] else None
    return bool(field and field[0] > j)


def _highland_end(t: Text, j: int, i: int, lex: Lexicon) -> bool:
    """Whether word `j` is the given name of a highland person behind a family name at `i`."""
    word = t.word[j]
    if t.low[i : i + 2] in _DOUBLE and word[1:2] in "'’" and j - i > 1:
        return True  # "Rơ Châm H'Yéo"
    behind_middle = t.low[j - 1] in _MIDDLE and j - i > 1
    khmer_woman = t.low[i] in _KHMER and j - i > 2 and t.low[i + 1] == "thị"
    if behind_middle or khmer_woman or (t.low[i : i + 2] in _DOUBLE and j - i > 1):
        return word[0].isupper() and word[1:2].islower() and word.isalpha()
    marked = len(word) > 3 and word[1] in "'’" and word[0] in "HKR" and word[2].isupper()
    return marked and t.low[i] in lex.surnames


_KHMER = frozenset("thạch danh kim sơn lâm kiên châu chau neáng néang trà".split())
_KHMER_MIDDLE = frozenset("sa sô sà sóc rích ươne".split())
_DOUBLE = (["rơ", "châm"], ["rơ", "mah"], ["rơ", "lan"], ["rơ", "ô"], ["liêng", "hót"], ["bon", "niêng"])
_SAINTS = frozenset(
    "giuse phêrô phaolô maria gioan antôn đaminh têrêsa anna phanxicô máctinô giacôbê matthêu vinhsơn tôma "
    "luca máccô mátthêu batôlômêô stêphanô augustinô gioakim anê catarina lucia rosa cosma".split()
)
NAMED_AFTER = frozenset("thpt thcs trường chuyên tnhh cp mtv hát viện bổng thưởng luật học hàng ty".split())
GREAT = frozenset("nguyễn trần lê phạm phan vũ võ đặng bùi đỗ huỳnh ngô".split())
_CUT = frozenset("th ch tr ng nh ph kh gi qu".split())
_MIDDLE = ("thị", "văn")
_HMONG = frozenset(
    "giàng vàng sùng thào lầu mùa hờ vừ cứ hạng tráng ma chá xồng và lỳ lừu sồng hảng già dinh thò ly".split()
)
_HMONG_MIDDLE = frozenset("thị văn a bá seo sáy chứ nhè giống mí páo súa khai xuân mạnh thanh quang".split())
_MIDDLE_ALONE = ("thị", "văn", "a")


def _before_thi(t: Text, i: int) -> bool:
    """ "X Thị Y" is a woman's name whatever X is."""
    return (
        i + 2 < t.n
        and t.low[i + 1] == "thị"
        and t.cap[i + 1]
        and t.cap[i + 2]
        and syllable(t.word[i])
        and not t.word[i].isupper()
        and t.low[i] not in ("bà", "chị", "cô", "em", "cụ", "mẹ", "ông", "và", "bé")
    )


def _other_begins(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether an office or a body begins at `j`, so that a name before it ends there."""
    low = t.low
    if lex.roles.match(low, j) and j + 1 < t.n and not t.cap[j + 1]:
        return True
    head = lex.org_heads.match(low, j)
    return bool(head and head[0] - j > 1 and t.cap[j])


def _numbers(t: Text, i: int) -> bool:
    """Whether a capital and its point are the end of a numbered thing: "khu vực I. Tòa …"."""
    return t.word[i] in "IVX" and i > 0 and t.low[i - 1] in _NUMBERED


_NUMBERED = frozenset(
    "vực khu phần chương loại cấp hạng quý nhóm đoạn khóa tập hồi số bậc bảng đợt kỳ".split()
)


def initials(t: Text, i: int) -> int:
    """The end of "N.V.T", "P.T.D.", "S. Hải", "H.Lan" or "H." at `i`, or 0."""
    n = t.n
    j = i
    while (
        j + 1 < n and len(t.word[j]) == 1 and t.cap[j] and t.word[j + 1] == "." and t.start[j + 1] == t.end[j]
    ):
        j += 2
    if j == i:
        return 0
    close = j < n and t.cap[j] and (t.start[j] == t.end[j - 1] or (j - i == 2 and not _numbers(t, i)))
    if close and t.word[j].isalpha() and (len(t.word[j]) == 1 or not t.word[j].isupper()):
        return j + 1
    return j - 1  # the last point ends the sentence or belongs to the name: left out


def foreign(t: Text, i: int, lex: Lexicon, *, trusted: bool = False) -> int:
    """The end of a name from abroad at `i`, or 0. Untrusted ones need a known given or family name."""
    low, cap, n = t.low, t.cap, t.n
    if i >= n or not cap[i] or not t.word[i][0].isalpha():
        return 0
    if low[i] in _SAINTS and i + 1 < n and (end := vietnamese(t, i + 1, lex)):
        return end  # "Giuse Đỗ Mạnh …"
    if not trusted and low[i] not in lex.foreign:
        return 0
    j = i + 1
    while j < n and j - i < 4:
        if t.word[j] in "AY" and cap[j + 1 : j + 2] == [True] and t.word[j + 1][1:].islower():
            break  # "Đắk Rve | A Huynh"
        if syllable(t.word[j]) and low[j - 1] not in _SAINTS and vietnamese(t, j, lex):
            break  # "Saola Voice | Thạch Sô Phia", but "Giuse Trần Văn Khoa"
        if cap[j] and t.word[j][0].isalpha() and not _other_begins(t, j, lex):
            j += 1
        elif low[j] in _PARTICLES and j + 1 < n and cap[j + 1] and not syllable(t.word[j + 1]):
            j += 2
        elif low[j] in _PARTICLES and t.word[j + 1 : j + 2] == ["-"] and cap[j + 2 : j + 3] == [True]:
            j += 3  # "Fattah al-Sisi"
        elif low[j : j + 2] in _TWO_PARTICLES and cap[j + 2 : j + 3] == [True]:
            j += 3
        else:
            break
    # a second name joined by a hyphen: Al-Sisi, Jean-Claude Juncker
    while j + 1 < n and t.word[j] == "-" and cap[j + 1] and t.start[j + 1] == t.end[j] == t.start[j] + 1:
        if syllable(t.word[j - 1]) and syllable(t.word[j + 1]):
            break
        j += 2
        while j < n and cap[j] and j - i < 6 and t.word[j].isalpha() and not syllable(t.word[j]):
            j += 1
    if trusted:
        return j
    alien = sum(not syllable(word) for word in t.word[i:j])
    return j if j - i >= 2 and alien else 0


def highland(t: Text, i: int) -> int:
    """The end of "Y Blăh Niê", "A Lăng Bhuốch", "H'Hen Niê" at `i`, or 0."""
    word, n = t.word[i], t.n
    marked = len(word) > 3 and word[1] in "'’" and word[0] in "HKR" and word[2].isupper()
    if not marked and (word not in ("Y", "A") or (i and t.start[i] == t.end[i - 1])):
        return 0  # "lớp 8A Trường …"
    j = i + 1
    while j < n and t.cap[j] and t.word[j].isalpha() and t.word[j][1:].islower() and j - i < 5:
        j += 1
    if marked:
        return j
    return j if j - i >= 2 and not all(map(syllable, t.word[i + 1 : j])) else 0


THINGS = frozenset(
    "lab united city fc club bank group corp inc university airlines airways games cup league times post "
    "news park street phone galaxy note pro max air iphone windows store play watch home center centre "
    "tower plaza mall resort hotel villa real atletico sporting inter open tour one plus mini ultra "
    "series edition live show idol festival awards award media star stars sun moon day night music "
    "video game online the of and world house book wall bay island south north east west market coffee "
    "food solutions credit suisse financial securities partners electric foods foundation institute "
    "insider magazine research systems labs entertainment pictures studio studios records sachs stanley "
    "morgan services sports asia europe america african european asian american british royal national "
    "council agency office federal department school college academy museum hospital health pharma "
    "lab technology technologies software digital mobile energy motor motors holding holdings capital land "
    "bike farm shop pay coin chain token care clinic beauty spa fresh "
    "import export trading investments rating ratings investment international global ventures fund "
    "corporation power offshore solar petroleum".split()
)
"""Foreign words of names that are no person's: bodies, wares, places."""


def lone(t: Text, i: int) -> int:
    """The end of "A Nghiêu", "Y Hạnh" at `i`, or 0: "đối tượng A" is a class."""
    given = i + 1 < t.n and t.word[i] in "AY" and t.cap[i + 1] and t.word[i + 1][1:].islower()
    return i + 2 if given else 0


_FIRM_ENDS = frozenset(
    "air ventures fund partners holdings securities group investments capital electronics digital airlines "
    "airways bank motors energy pharma labs studios studio pictures entertainment media networks rating "
    "ratings logistics foods trading corporation corp inc ltd technologies technology industries "
    "semiconductor financial insurance university institute foundation association agency united fc cloud "
    "berhad bhd gmbh plc tbk "
    "software solutions systems telecom steel oil petroleum chemical pharmaceuticals therapeutics robotics "
    "dynamics aerospace shipping marine band orchestra ai analytics research consulting advisors asset "
    "management interactive games international global healthcare cinema cinemas theatre".split()
)


_FORMS = frozenset("GmbH AG SA SE NV BV PLC Plc JSC Bhd Berhad ASA Oyj LLC LLP SpA".split())


def _legal_form(t: Text, k: int) -> int:
    """The end of a firm's legal form at `k`, or 0: "Co., Ltd", "A/S", "Berhad"."""
    if t.word[k] in _FORMS:
        return k + 1
    if t.word[k : k + 3] == ["A", "/", "S"]:
        return k + 3
    if t.word[k] not in ("Co", "Pte", "Pty", "Sdn"):
        return 0
    j = k + 1
    while j < t.n and t.word[j] in ".," and j - k < 3:
        j += 1
    return j + 1 if j < t.n and t.word[j] in ("Ltd", "Inc", "Bhd", "Limited") else 0


def firm_abroad(t: Text, i: int) -> int:
    """The end of "GreenPaddy Fund", "Sông Mã Ventures" at `i`, or 0: capitals whose last word says it."""
    k, end = i + 1, 0
    if not t.word[i].isalpha() or k >= t.n or not (t.cap[k] or t.word[k] == "&"):
        return 0
    while k < t.n and k - i < 6:
        if t.word[k] == "&" and k + 1 < t.n and t.cap[k + 1]:
            k += 1
        if not t.cap[k] or not t.word[k].isalpha():
            break
        if k > i and (form := _legal_form(t, k)) and not syllable(t.word[k - 1]):
            return form
        k += 1
        research = t.word[k - 1] == "D" and t.word[k - 3 : k - 1] == ["R", "&"]
        if research or (t.low[k - 1] in _FIRM_ENDS and t.word[k - 1] != "Ai"):
            end = k
    return end if end and not all(map(syllable, t.word[i:end])) else 0


def _pointed(t: Text, j: int) -> bool:
    """Whether a point and a single capital are glued to the name that ends at `j`."""
    return (
        t.word[j : j + 1] == ["."]
        and t.cap[j + 1 : j + 2] == [True]
        and len(t.word[j + 1]) == 1
        and t.start[j + 1] == t.end[j]
        and t.start[j] == t.end[j - 1]
        and t.word[j + 2 : j + 3] != ["."]
    )


def name_after_title(t: Text, i: int, lex: Lexicon) -> int:
    """The end of the name that a title or an office announces at `i`, or 0."""
    if i >= t.n or not t.cap[i]:
        return 0
    end = initials(t, i) or vietnamese(t, i, lex, trusted=True)
    if end:
        return end
    end = highland(t, i)
    if end:
        return end
    if len(t.word[i]) == 1:
        return lone(t, i)
    if syllable(t.word[i]):  # "ông Chính", "anh Quang Hải", "Kim Jong-un"
        j = i + 1
        while j < t.n and t.cap[j] and j - i < 4 and t.word[j].isalpha() and not _other_begins(t, j, lex):
            j += 1
        while j < t.n and t.cap[j] and "-" in t.word[j] and j - i < 5:
            j += 1  # "Kim Jong-un", "Giôn Mác-cơ Ê-van"
        if j == i + 1 and _pointed(t, j):
            j += 2  # "rapper Khoai.D"
        return j
    end = foreign(t, i, lex, trusted=True)
    return end if firm_abroad(t, i) <= end else 0  # "Vestgaard Offshore A/S"
