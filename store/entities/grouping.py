"""Which finds are one entity: bodies, places, dates, documents."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from store.article import EntityType
from store.entities.lexicon import Lexicon
from store.entities.names import syllable
from store.entities.scan import Scan
from store.entities.spans import BY_ANOTHER_NAME, Found, fold_name, words

_BRACKET = re.compile(r"\s*\([^)]*\)\s*")
_SPELT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "tand": "tòa án nhân dân",
    "vksnd": "viện kiểm sát nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "đh": "đại học",
    "bv": "bệnh viện",
    "clb": "câu lạc bộ",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh",
    "csgt": "cảnh sát giao thông",
    "catp": "công an thành phố",
    "caq": "công an quận",
    "cah": "công an huyện",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "bcđ": "ban chỉ đạo",
    "csđt": "cảnh sát điều tra",
    "lhpn": "liên hiệp phụ nữ",
    "lđlđ": "liên đoàn lao động",
    "gd": "giáo dục",
    "đt": "đào tạo",
    "&": "và",
    "nhnn": "ngân hàng nhà nước",
    "lhq": "liên hợp quốc",
    "tw": "trung ương",
    "cty": "công ty",
    "cp": "cổ phần",
    "gtvt": "giao thông vận tải",
    "gdđt": "giáo dục và đào tạo",
    "tn": "tài nguyên",
    "mt": "môi trường",
    "nn": "nông nghiệp",
    "ptnt": "phát triển nông thôn",
    "vhttdl": "văn hóa , thể thao và du lịch",
    "-": "và",
    "–": "và",
}


@dataclass(slots=True)
class Group:
    """The finds of one entity."""

    type: EntityType
    key: str
    finds: list[Found] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """Of people: where they are named, in order."""
    offices: tuple[str, ...] = ()
    """Of people: what they hold, joined from all places."""
    by_office: list[tuple[int, int, int]] = field(default_factory=list)
    """Of people: where an office that nobody else holds stands for them: block, start, end."""

    def put(self, find: Found) -> None:
        """Add a find and remember where it stands."""
        self.finds.append(find)
        insort(self.places, (find.block, find.start))

    def name(self) -> str:
        """The fullest form that is written; capitals throughout and brackets inside come last."""

        def rank(text: str) -> tuple[bool, int, int]:
            return (not (text.isupper() and " " in text), len(text.split()), len(text))

        if len(self.finds) == 1 and self.type != "organization":
            return self.finds[0].text
        if self.type == "document":  # the form with the code of the office says most
            return max(self.finds, key=lambda f: (not (f.value or "0").isdigit(), *rank(f.text))).text
        finds = [f for f in self.finds if f.why != BY_ANOTHER_NAME] or self.finds
        plain = [_BRACKET.sub(" ", f.text).strip() if self.type == "organization" else f.text for f in finds]
        return max(plain, key=rank)

    def more_names(self) -> list[str]:
        """Forms worth knowing that are no mention of their own."""
        shorts = [f.short for f in self.finds if f.short]
        return [*shorts, *self.extra]


def group_by_key(finds: Sequence[Found]) -> list[Group]:
    """One group for each folded spelling."""
    groups: dict[str, Group] = {}
    for find in finds:
        key = find.key or " ".join(fold_name(find.text).split())
        groups.setdefault(key, Group(find.type, key)).finds.append(find)
    return list(groups.values())


def group_dates(finds: Sequence[Found]) -> list[Group]:
    """One group for each day or period: 28-3, 28/3 and 28/3/2018 are the same."""
    groups: dict[str, Group] = {}
    for find in finds:
        # a span with hours has its last day for a key: the day stands alone as well
        key = (find.key if "T" in (find.value or "") else find.value) or find.key
        key = key or " ".join(fold_name(find.text).split())
        groups.setdefault(key, Group("date", key)).finds.append(find)
    return list(groups.values())


def group_documents(finds: Sequence[Found]) -> list[Group]:
    """One group for each document; short forms join the one longer form they fit."""
    groups = {group.key: group for group in group_by_key(finds)}
    by_tag: dict[str, list[Group]] = {}
    for group in groups.values():
        if group.key != group.finds[0].tag:
            by_tag.setdefault(group.finds[0].tag, []).append(group)
    for group in list(groups.values()):
        if group.key == group.finds[0].tag:
            _join(group, by_tag.get(group.key, [])[:80], groups)
    return list(groups.values())


def _join(group: Group, into: Sequence[Group], groups: dict[str, Group]) -> bool:
    """Put a group into the one of several that was named last before it (else the first)."""
    if not into:
        return False
    first = min((f.block, f.start) for f in group.finds)

    def last_before(group: Group) -> tuple[int, int]:
        return max(((f.block, f.start) for f in group.finds if (f.block, f.start) < first), default=(-2, 0))

    best = into[0] if len(into) == 1 else max(into, key=last_before)
    best.finds.extend(group.finds)
    best.extra.extend(group.extra)
    del groups[group.key]
    return True


# -- bodies --------------------------------------------------------------------------------------


def body_key(text: str, abbreviations: Mapping[str, str], lex: Lexicon) -> str:
    """The name folded, without brackets, known and defined abbreviations written out."""
    folded = fold_name(_BRACKET.sub(" ", text)).replace("tp.", "tp ")
    if folded in lex.abbreviations:
        folded = fold_name(lex.abbreviations[folded])
    parts: list[str] = []
    for word in words(folded):
        spelt = abbreviations.get(word) or _SPELT.get(word)
        if word != ".":
            parts.append(spelt or word)
    return _place_alone(" ".join(parts), lex)


def _place_alone(key: str, lex: Lexicon) -> str:
    """A key without the noun before the province that ends it: "tỉnh hà tĩnh" is "hà tĩnh", but the
    town ("thành phố hà tĩnh") keeps its noun."""
    for noun in (" tỉnh ", " thành phố "):
        head, found, name = key.rpartition(noun)
        if not found:
            continue
        parts = name.split()
        place = lex.places.match(parts, 0)
        ends = place and place[0] == len(parts) and place[1].rank == "province"
        if ends and (noun == " tỉnh " or name in CENTRAL):
            return f"{head} {name}"
    return key


def group_bodies(
    finds: Sequence[Found], scans: Sequence[Scan], abbreviations: Mapping[str, str], lex: Lexicon
) -> list[Group]:
    """One group for each body: heads join their full form, neutral ones count only if they do."""
    defined = {fold_name(short): fold_name(full) for short, full in abbreviations.items()}
    groups: dict[str, Group] = {}
    for find in finds:
        key = body_key(find.text, defined, lex)
        groups.setdefault(key, Group("organization", key)).finds.append(find)
    _bracketed(groups, scans, defined, lex)
    _proper_names(groups, scans, lex)
    split = {key: key.split() for key in groups}
    by_first: dict[str, list[str]] = {}
    for key, parts in split.items():
        by_first.setdefault(parts[0] if parts else "", []).append(key)
    for key in sorted(groups, key=len):
        parts = split[key]
        longer = [
            groups[other]
            for other in by_first[parts[0] if parts else ""][:80]
            if other in groups and len(split[other]) > len(parts) and _same_body(parts, split[other], lex)
        ]
        abroad = [
            g for g in longer if _first(g) > _first(groups[key]) and _of_a_country(g, parts, split, lex)
        ]
        longer = [g for g in longer if g not in abroad]
        _join(groups[key], longer, groups)
    return [g for g in groups.values() if not all(f.weak for f in g.finds)]


def _first(group: Group) -> tuple[int, int]:
    return min((f.block, f.start) for f in group.finds)


def _of_a_country(group: Group, short: list[str], split: Mapping[str, list[str]], lex: Lexicon) -> bool:
    """Whether a longer name only adds another country: "Bộ Ngoại giao Lào" named after ours."""
    place = lex.places.match(split[group.key], len(short))
    return bool(place and place[1].rank == "world" and place[1].canonical != "Việt Nam")


_UNITS = frozenset("phố huyện quận xã phường".split())  # "UBND thành phố X" is not the province's


def _same_body(short: list[str], full: list[str], lex: Lexicon) -> bool:
    n = len(short)
    if full[:n] == short:
        rest = full[n:]
        return bool(
            lex.places.match(rest, 0)
            or lex.place_heads.match(rest, 0)
            or lex.org_heads.match(rest, 0)
            or lex.orgs.match(rest, 0)
            or rest[0] in ("trung", "đảng", "hồ", "tại", "chi")
        )
    if (
        short[0] in ("ban", "trung", "hội", "ủy")
        and n >= 5
        and len(full) - n <= 3
        and short[-2:] == full[-2:]
        and not _UNITS.intersection(full).difference(short)
    ):
        rest_of = iter(full)
        return all(word in rest_of for word in short)
    if short[:3] == full[:3] == ["ban", "chỉ", "đạo"]:
        return bool(set(pairwise(short[3:])) & set(pairwise(full[3:])))
    return False


_AFTER = re.compile(
    r"\s*\(\s*([A-ZĐƯÔ][A-ZĐƯÔa-z0-9&\-.]{1,11})\s*\)|\s[-–]\s([A-Z][A-Za-z]{1,11})(?=\s*[(,;.])"
)


def _bracketed(
    groups: dict[str, Group], scans: Sequence[Scan], defined: Mapping[str, str], lex: Lexicon
) -> None:
    """ "Tập đoàn … (VRG)": the bracket names the body before it, and so do later VRG."""
    texts = {scan.t.block: scan.t for scan in scans}
    shorts: dict[str, Group] = {}
    for group in list(groups.values()):
        for find in list(group.finds):
            match = _AFTER.match(texts[find.block].raw, find.end)
            short = (match[1] or match[2]) if match else ""
            letters = sum(map(str.isupper, short)) >= 2
            if (
                short
                and short != find.text
                and not find.weak
                and (letters or (match and match[1] and not syllable(short)))
            ):
                shorts.setdefault(short, group)
    for short, group in shorts.items():
        own = groups.get(body_key(short, defined, lex))
        if own and own is not group and all(f.text == short for f in own.finds):
            group.finds.extend(own.finds)
            del groups[own.key]
    for short, full in defined.items():
        if full in groups:
            shorts.setdefault(short.upper(), groups[full])
    if not shorts:
        return
    for scan in scans:
        for i, j in scan.runs:
            body = shorts.get(scan.t.slice(i, j)) or shorts.get(scan.t.word[i])
            if body and (j == i + 1 or scan.t.word[i] in shorts):
                body.finds.append(
                    scan.t.found("organization", i, i + 1, "abbreviation defined in the article")
                )


def proper_name(text: str, lex: Lexicon) -> str | None:
    """The proper name inside a firm's: "VN Pharma" of "Công ty Cổ phần VN Pharma"; None if there is none."""
    parts = words(text)
    low = [fold_name(part) for part in parts]
    head = lex.org_heads.match(low, 0)
    if not head or head[1] not in ("firm", "lower"):
        return None
    i = head[0]
    while i < len(parts) and (field_ := lex.org_words.match(low, i)):
        i = field_[0]
    rest = parts[i:]
    if not rest or not all(part[0].isupper() for part in rest) or lex.places.match(low, i):
        return None
    return " ".join(rest)


def _proper_names(groups: dict[str, Group], scans: Sequence[Scan], lex: Lexicon) -> None:
    """Later uses of a firm's proper name alone are that firm."""
    names: dict[str, Group] = {}
    for group in list(groups.values()):
        proper = proper_name(group.finds[0].text, lex)
        if proper and len(proper) > 3:
            own = groups.get(fold_name(proper))
            if own and own is not group:
                group.finds.extend(own.finds)
                del groups[own.key]
            if " " in proper or not syllable(proper):
                names.setdefault(proper, group)
    if not names:
        return
    for scan in scans:
        for i, j in scan.runs:
            body = names.get(scan.t.slice(i, j))
            if body:
                body.finds.append(scan.t.found("organization", i, j, "proper name of a body above"))


# -- places --------------------------------------------------------------------------------------

CENTRAL = ("hà nội", "tp.hcm", "hải phòng", "đà nẵng", "cần thơ", "huế")
_WITHIN = ("phường", "xã", "thị trấn", "quận", "đường", "phố", "sông", "vịnh", "hồ", "đảo")


def noun_of(find: Found) -> str:
    """The noun before a place's name, one spelling for each kind; "" without one."""
    if not find.short:
        return ""
    noun = fold_name(find.text[: len(find.text) - len(find.short)]).strip(" .")
    return {
        "tp": "thành phố",
        "t.p": "thành phố",
        "tx": "thị xã",
        "q": "quận",
        "h": "huyện",
        "p": "phường",
        "tt": "thị trấn",
        "cao tốc": "đường cao tốc",
        "ql": "quốc lộ",
    }.get(noun, noun)


def group_places(finds: Sequence[Found], bodies: Sequence[Group] = ()) -> list[Group]:
    """One group for each place; with and without its noun is the same, another noun is another.
    `bodies` tell which names are those of provinces ("UBND tỉnh A" beside "thành phố A")."""
    groups: dict[tuple[str, str], Group] = {}
    first_noun: dict[str, str] = {}
    bare = [f for f in finds if f.key == "tp" and f.weak]
    named = [f for f in finds if not (f.key == "tp" and f.weak)]
    for find in named:
        noun = noun_of(find)
        if noun and find.tag not in ("province", "world", "region") and noun not in ("sông", "núi", "hồ"):
            first_noun.setdefault(fold_name(find.key), noun)
    provinces = {
        fold_name(f.key) for f in named if noun_of(f) == "tỉnh" or f.why == "further name under one noun"
    }
    in_bodies = (fold_name(find.text).rpartition(" tỉnh ") for body in bodies for find in body.finds)
    provinces.update(name for _, noun, name in in_bodies if noun)
    for find in named:
        canonical = fold_name(find.key)
        noun = noun_of(find)
        if find.tag in ("province", "world", "region") and noun not in _WITHIN:
            town = noun in ("thành phố", "thị xã") and canonical in provinces and canonical not in CENTRAL
            noun = noun if town else ""  # "các tỉnh A, B" and "thành phố A" are two
        if noun and noun == first_noun.get(canonical):
            noun = ""
        groups.setdefault((canonical, noun), Group("place", canonical)).finds.append(find)
    if bare:
        cities = [g for g in groups.values() if g.key in CENTRAL] or [
            g for g in groups.values() if any(noun_of(f) == "thành phố" for f in g.finds)
        ]
        if cities:
            max(cities, key=lambda g: len(g.finds)).finds.extend(bare)
    return list(groups.values())
