"""People: short forms join full names, offices are put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from store.entities.grouping import Group
from store.entities.lexicon import Lexicon
from store.entities.names import THINGS, inside_a_field, syllable
from store.entities.namesakes import part_namesakes
from store.entities.role_chains import chain
from store.entities.scan import Scan
from store.entities.spans import Found, fold_name, words

_MOST = 60
"""People with one name in common that are compared: keeps the cost linear in any text."""


def group_people(
    finds: Sequence[Found], scans: Sequence[Scan], others: Sequence[Group], lex: Lexicon, *, sport: bool
) -> list[Group]:
    """One group for each person. A short form belongs to the full name it ends, the one named last."""
    groups: dict[str, Group] = {}
    finds = sorted(finds, key=lambda f: -len(f.text.split()))
    full = [f for f in finds if len(f.text.split()) > 1]
    by_part: dict[str, list[Group]] = {}
    for find in full:
        key = person_key(find.key or find.text)
        group = groups.get(key)
        if group is None:
            longer = [g for g in by_part.get(key.split()[-1], [])[-_MOST:] if _ends(g.key, key)]
            if longer:
                _nearest(find, longer).put(find)
                continue
            group = groups[key] = Group("person", key)
            for part in dict.fromkeys(key.split()):
                by_part.setdefault(part, []).append(group)
        group.put(find)
    for find in finds:
        if len(find.text.split()) == 1:
            key = person_key(find.text)
            fits = [g for g in by_part.get(key, [])[-_MOST:] if _fits(g.key, key, find.text)]
            if fits:
                _nearest(find, fits).put(find)
            else:
                groups.setdefault(key, Group("person", key)).put(find)
    _runs(groups, by_part, scans, others, lex, sport=sport)
    return part_namesakes(groups.values())


def person_key(text: str) -> str:
    """The folded name of a person, initials parted ("S.Hải" → "s. hải")."""
    return " ".join(fold_name(text).replace(".", ". ").split())


def _ends(full: str, short: str) -> bool:
    return full != short and (full.endswith(" " + short) or (full.startswith(short + " ") and "-" in full))


def _fits(full: str, short: str, surface: str) -> bool:
    """A Vietnamese given name stands last; of a foreign name either end is used."""
    parts = full.split()
    if short in (parts[-1], parts[0]):
        return True
    return short in parts and not syllable(surface) and not all(map(syllable, parts))


def _nearest(find: Found, groups: Sequence[Group]) -> Group:
    """Of several people, the one named last before `find`."""
    if len(groups) == 1:
        return groups[0]
    here = (find.block, find.start)

    def last_before(group: Group) -> tuple[int, int]:
        at = bisect_left(group.places, here)
        return group.places[at - 1] if at else (-2, 0)

    return max(groups, key=last_before)


def _runs(
    groups: dict[str, Group],
    by_part: dict[str, list[Group]],
    scans: Sequence[Scan],
    others: Sequence[Group],
    lex: Lexicon,
    *,
    sport: bool,
) -> None:
    """Runs of capitals that the first pass left open: a known short name, or a name by its verb."""
    claimed = {(f.block, f.start) for other in others for f in other.finds}
    body_ends = {(f.block, f.end) for other in others if other.type == "organization" for f in other.finds}
    known_others: dict[str, Group] = {}
    for other in others:
        for find in other.finds:
            if find.short and len(find.short) > 2 and (find.tag == "bare" or other.type == "place"):
                known_others.setdefault(fold_name(find.short), other)
            elif other.type == "organization" and " " in find.text:
                known_others.setdefault(person_key(find.text), other)
    beside = {(f.block, f.start) for g in groups.values() for f in g.finds}
    beside |= {(f.block, f.end) for g in groups.values() for f in g.finds}
    highlands = any(key.startswith(("a ", "y ")) for key in groups)
    for scan in scans:
        t = scan.t
        for i, j in scan.runs:
            key = person_key(t.slice(i, j))
            if key in known_others:
                other = known_others[key]
                other.finds.append(t.found(other.type, i, j, "known name without its noun"))
                continue
            if (t.block, t.start[i]) in claimed:
                continue
            verb = j < t.n and (lex.verbs.match(t.low, j) or _aged(scan, j))
            fits = [
                g
                for g in by_part.get(key.split()[-1], [])[-_MOST:]
                if g.key == key or _ends(g.key, key) or _fits(g.key, key, t.slice(i, j))
            ]
            plain = j == i + 1 and syllable(t.word[i])
            offices = [] if fits or key in groups else _offices_behind(scan, i, j, lex)
            born = t.word[j : j + 1] == ["("] and (
                t.low[j + 1 : j + 2] in _OF_PEOPLE
                or (t.low[j + 1 : j + 2] == ["tên"] and not all(map(syllable, t.word[i:j])))
            )
            if (
                fits
                and (not plain or verb or not t.opens(i))
                and (not plain or t.low[i] not in _COMMON or (verb and not t.opens(i)))
            ):
                find = t.found(
                    "person", i, j, "short form of a name", roles=_offices_behind_age(scan, j, lex)
                )
                _nearest(find, fits).put(find)
            elif key in groups and not plain:
                groups[key].finds.append(t.found("person", i, j, "the same name again"))
            elif (
                (verb and _looks_like_name(scan, i, j, lex))
                or offices
                or (born and j - i > 1)  # "Khăm Phủi Xay Nha Vông (SN 1987": whatever its syllables
                or _foreigner(scan, i, j, body_ends)
                or (highlands and t.word[i] in "AY" and j - i == 2 and t.word[i + 1][1:].islower())
                or (_beside(scan, i, j, beside, lex) or (sport and j - i == 2 and _pet_name(scan, i, j, lex)))
            ):
                group = groups[key] = Group("person", key)
                why = "capitals before an office" if offices else "capitals before a verb of speech or deed"
                group.finds.append(t.found("person", i, j, why, roles=offices))
                for part in dict.fromkeys(key.split()):
                    by_part.setdefault(part, []).append(group)


def _offices_behind(scan: Scan, i: int, j: int, lex: Lexicon) -> list[str]:
    """The offices behind the comma of a half-known foreign name: "Sam Altman, giám đốc …"."""
    t = scan.t
    if not 2 <= j - i <= 3 or t.word[j : j + 1] != [","] or not all(w.istitle() for w in t.word[i:j]):
        return []
    if not THINGS.isdisjoint(t.low[i:j]) or (i and t.low[i - 1] in _THINGS_BEFORE):
        return []
    listed = t.opens(i) or t.word[i - 1] in (",", ";", "và", "là")
    if syllable(t.word[j - 1]) and not (j - i == 3 and t.low[i] in lex.surnames and listed):
        return []  # a Vietnamese name of rare words needs its family name and three syllables
    offices = chain(t, j + 1, lex, named=True) if j + 1 < t.n else []
    if not offices or t.low[j + 1] in (
        "nhà",
        "chủ",
        "đại",
        "thành",
        "đơn",
    ):  # firms are makers and owners too
        return []
    return [t.slice(office.start, office.end) for office in offices]


def _offices_behind_age(scan: Scan, j: int, lex: Lexicon) -> list[str]:
    """The offices behind the age of somebody named before: "Minh, 34 tuổi, CEO Looma, nói"."""
    t = scan.t
    if t.low[j : j + 2] == ["giữ", "chức"] or t.low[j : j + 4] in _APPOINTED:
        offices = chain(t, j + (2 if t.low[j] == "giữ" else 4), lex, named=True)
        return [t.slice(office.start, office.end) for office in offices]  # "Minh giữ chức Giám đốc …"
    if t.low[j : j + 1] != [","] or t.low[j + 2 : j + 3] != ["tuổi"] or t.word[j + 3 : j + 4] != [","]:
        return []
    offices = chain(t, j + 4, lex, named=True) if j + 4 < t.n else []
    return [t.slice(office.start, office.end) for office in offices]


_APPOINTED = (["được", "bổ", "nhiệm", "làm"], ["được", "bầu", "giữ", "chức"])


def _aged(scan: Scan, j: int) -> bool:
    """Whether an age follows: ", 23 tuổi", "(SN 1990"."""
    t = scan.t
    j += t.word[j : j + 1] == ["."]
    return t.word[j : j + 1] in ([","], ["("]) and (
        t.low[j + 2 : j + 3] == ["tuổi"] or t.low[j + 1 : j + 2] in (["sn"], ["sinh"])
    )


def _pet_name(scan: Scan, i: int, j: int, lex: Lexicon) -> bool:
    """In reports of matches, two syllables of names: "Quang Hải"."""
    return all(low in lex.given for low in scan.t.low[i:j]) and not inside_a_field(scan.t, j, lex)


def _beside(scan: Scan, i: int, j: int, beside: set[tuple[int, int]], lex: Lexicon) -> bool:
    """A family name that is a common word, in a list beside another person: "…, Danh Sơn và …"."""
    t = scan.t
    if j - i < 2 or t.low[i] not in lex.surnames or not all(low in lex.given for low in t.low[i + 1 : j]):
        return False
    if i > 1 and t.word[i - 1] in (",", "và") and (t.block, t.end[i - 2]) in beside:
        return True
    return j + 1 < t.n and t.word[j] in (",", "và") and (t.block, t.start[j + 1]) in beside


_THINGS_BEFORE = frozenset(
    "phim game ứng dụng mẫu xe thoại chiếc dòng bản hát album giải hành virus tàu bay trình sân sạn "
    "vaccine thuốc cuốn chip vắc-xin"
    " hiệu hồ mềm mạng loại khúc show tựa bộ vở cúp sàn hãng đội clb loài nhóm".split()
)


_LAND = frozenset("đắk đăk đak ea krông chư chứ ia buôn kon plei plơi ayun dak".split())
"""How names of places in the highlands begin: water, hill, village."""


def _foreigner(scan: Scan, i: int, j: int, body_ends: set[tuple[int, int]]) -> bool:
    """Two or three words that are not Vietnamese: most often a person the lists don't know."""
    t = scan.t
    if i and (t.block, t.end[i - 1]) in body_ends and t.start[i] - t.end[i - 1] == 1:
        return False  # "Vinhomes Green Paradise" goes on from the body before it
    if not 2 <= j - i <= 3 or (t.opens(i) and i and t.word[i - 1] in '“"‘'):
        return False
    if (i and t.low[i - 1] in _THINGS_BEFORE) or t.low[i] in _LAND:
        return False
    return all(
        len(word) > 2 and word.isalpha() and word[1:].islower() and not syllable(word) and low not in THINGS
        for word, low in zip(t.word[i:j], t.low[i:j], strict=True)
    )


_OF_PEOPLE = (["sn"], ["sinh"], ["quốc"], ["bí"], ["tức"])
"""How a bracket behind a person begins: born in, citizen of, alias."""
_COMMON = frozenset("anh chính đức mỹ hải sơn hà nam trung an minh thành công bình tâm thu xuân hoa".split())


def _looks_like_name(scan: Scan, i: int, j: int, lex: Lexicon) -> bool:
    t = scan.t
    if not 2 <= j - i <= 4:
        return "." in t.slice(i, j) and j - i > 2
    if any(not word.isalpha() and "-" not in word for word in t.word[i:j]):
        return "." in t.slice(i, j)
    if any(word.isupper() for word in t.word[i:j]):
        return False
    if all(low in lex.given or low in lex.surnames for low in t.low[i:j]):
        return True
    return not any(syllable(word) for word in t.word[i:j]) and j - i < 4


# -- offices -------------------------------------------------------------------------------------


def join_offices(finds: Sequence[Found]) -> tuple[str, ...]:
    """The offices of all mentions in text order, none twice, the longest form of each."""
    kept: list[tuple[str, list[str]]] = []
    for find in sorted([f for f in finds if f.roles], key=lambda f: (f.block, f.start)):
        for office in find.roles:
            parts = _spelt(office)
            for n, (_, other) in enumerate(kept):
                if _within(parts, other):
                    if len(parts) == len(other) and len(office) > len(kept[n][0]):
                        kept[n] = (office, parts)  # "NSND" is written out elsewhere
                    break
                if _within(other, parts):
                    kept[n] = (office, parts)
                    break
            else:
                kept.append((office, parts))
    if len(kept) > 1:  # who presides is a judge anyway
        kept = [one for one in kept if one[1] != ["chủ", "tọa"]]
    return tuple(office for office, _ in kept)


_SPELT = {
    "hlv": "huấn luyện viên",
    "bs": "bác sĩ",
    "ts": "tiến sĩ",
    "pgs": "phó giáo sư",
    "gs": "giáo sư",
    "ths": "thạc sĩ",
    "đb": "đại biểu",
    "ls": "luật sư",
    "sỹ": "sĩ",
    "tgđ": "tổng giám đốc",
    "vđv": "vận động viên",
    "ks": "kỹ sư",
    "nsnd": "nghệ sĩ nhân dân",
    "nsưt": "nghệ sĩ ưu tú",
    "hđqt": "hội đồng quản trị",
}


def _spelt(office: str) -> list[str]:
    """The words of an office, the usual abbreviations written out."""
    return [word for part in words(fold_name(office)) for word in _SPELT.get(part, part).split()]


def _within(short: list[str], full: list[str]) -> bool:
    """Whether one office is another written shorter: the same head, its words in the same order."""
    if not short or short[0] != full[0] or len(short) > len(full):
        return False
    rest = iter(full)
    return all(word in rest for word in short)
