"""Teams under the name of their city or country: in reports of matches these are no places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain

from store.entities.grouping import Group
from store.entities.lexicon import lexicon
from store.entities.names import vietnamese
from store.entities.places import gazetteer
from store.entities.scan import Scan
from store.entities.spans import Found, Text, fold_name

_WORDS = frozenset(("hlv", "trận", "bàn", "clb"))
_MEDALS = frozenset(("hcv", "hcb", "hcđ"))
_BEFORE = frozenset("thắng thua hạ bại gặp tiếp hòa với chủ khách lưới tuyển đội".split())
_AFTER = frozenset("thắng thua hòa hạ đánh gặp tiếp vô dẫn gỡ lội ghi đá vs".split())


def is_match_report(scans: Sequence[Scan]) -> bool:
    """Whether an article tells of matches: it speaks of them in every few sentences."""
    return _count(scans, _WORDS) > 3 or _score_lines(scans) > 0


_OUTCOMES = frozenset(("thắng", "thua", "hòa", "hoà", "hạ", "bại"))


def _score_lines(scans: Sequence[Scan]) -> int:
    """How often a verb of winning or losing stands within three words of a score like 2-1."""
    count = 0
    for scan in scans:
        t = scan.t
        if not any(word in t.raw for word in _OUTCOMES):
            continue
        for i in [i for i, word in enumerate(t.word) if word in ("-", "–")]:
            if 1 < i < t.n - 1 and t.word[i - 1].isdigit() and t.word[i + 1].isdigit():
                count += not _OUTCOMES.isdisjoint(t.low[max(0, i - 6) : i])
    return count


def is_medal_report(scans: Sequence[Scan]) -> bool:
    """Whether an article tells of a championship with medals for provinces and forces."""
    return _count(scans, _MEDALS) > 3


def _count(scans: Sequence[Scan], words: frozenset[str]) -> int:
    """How often any of these words stands in an article."""
    return sum(map(words.__contains__, chain.from_iterable(scan.t.low for scan in scans)))


def teams(places: list[Group], bodies: list[Group], scans: Sequence[Scan], *, medals: bool = False) -> None:
    """Move places that are named as sides of a match, or of a fight for `medals`, over to the
    organisations, in place."""
    texts = {scan.t.block: scan.t for scan in scans}
    _delegations(places, bodies, texts)
    _forces(bodies, texts)
    known: dict[str, Group] = {}
    for body in bodies:
        for find in body.finds:
            if find.short and find.tag == "bare":
                known.setdefault(fold_name(find.short), body)
    for place in list(places):
        if any(find.short for find in place.finds):
            continue
        winning = [find for find in place.finds if medals and _wins(find, texts[find.block])]
        if winning:  # the province may be named as a place besides
            place.finds = [find for find in place.finds if find not in winning]
            for find in winning:
                find.type, find.why = "organization", "team that wins medals"
            bodies.append(Group("organization", place.key, winning))
            if not place.finds:
                places.remove(place)
            continue
        playing = sum(_plays(find, texts[find.block]) for find in place.finds)
        staying = sum(
            _stays(find, texts[find.block]) for find in place.finds if not _plays(find, texts[find.block])
        )
        if not playing or playing <= staying or 4 * playing < len(place.finds):
            continue
        team = known.get(fold_name(place.finds[0].text))
        places.remove(place)
        for find in place.finds:
            find.type, find.why = "organization", "side of a match"
        if team:
            team.finds.extend(place.finds)
        else:
            bodies.append(Group("organization", place.key, place.finds))


def _delegations(places: list[Group], bodies: list[Group], texts: dict[int, Text]) -> None:
    """Take the places behind "đoàn" for the teams they send: "kỳ thủ của đoàn Cần Thơ"."""
    for place in list(places):
        sent: list[Found] = []
        for find in place.finds:
            t = texts[find.block]
            i, j = _around(find, t)
            if i > 1 and t.low[i - 1] == "đoàn" and t.low[i - 2] in _OF_A_TEAM:
                sent.append(t.found("organization", i - 1, j, "side of a match"))
                place.finds = [other for other in place.finds if other is not find]
        if sent:
            bodies.append(Group("organization", fold_name(sent[0].text), sent))
        if not place.finds:
            places.remove(place)


def _forces(bodies: list[Group], texts: dict[int, Text]) -> None:
    """Take forces that have athletes for teams: "Nguyễn Văn Khải (Quân đội)", "Công an nhân dân đứng ba"."""
    covered = {(find.block, find.start) for body in bodies for find in body.finds}
    for words in _FORCES:
        sent = [
            t.found("organization", i, i + len(words), "side of a match")
            for t in texts.values()
            for i in [i for i, low in enumerate(t.low) if low == words[0] and t.cap[i]]
            if t.low[i : i + len(words)] == words
            and t.cap[i + len(words) : i + len(words) + 1] != [True]
            and t.low[i + len(words) : i + len(words) + 1] not in (["nhân"], ["tỉnh"], ["thành"])
            and (t.block, t.start[i]) not in covered
            and not t.shouted
        ]
        if sent:
            bodies.append(Group("organization", fold_name(sent[0].text), sent))


_FORCES = (["quân", "đội"], ["công", "an", "nhân", "dân"], ["hải", "quân"], ["biên", "phòng"])
_OF_A_TEAM = frozenset("của thuộc và hai từ nhất nhì , ( với thắng thua gặp hạ".split())


def _around(find: Found, t: Text) -> tuple[int, int]:
    i = bisect_left(t.start, find.start)
    j = i
    while j < t.n and t.start[j] < find.end:
        j += 1
    return i, j


def _plays(find: Found, t: Text) -> bool:
    i, j = _around(find, t)
    before, after = t.low[max(0, i - 2) : i], t.low[j : j + 3]
    if before and before[-1] in ("sang", "ở", "tại", "đến"):
        return False  # "bay sang Bangkok đá vòng bảng"
    if before and (before[-1] in _BEFORE or before in (["khách", "của"], ["lưới", "của"], ["môn", "của"])):
        return True
    if after and (after[0] in _AFTER or " ".join(after[:2]) in _PLAYS):
        return True
    ahead = len(after) == 3 and after[1] in "-–" and after[0].isdigit() and after[2].isdigit()
    behind = t.low[max(0, i - 3) : i]
    return ahead or (len(behind) == 3 and behind[1] in "-–" and behind[0].isdigit() and behind[2].isdigit())


def _wins(find: Found, t: Text) -> bool:
    """Whether a province stands behind the name of its athlete, or is the one that wins medals."""
    lex = lexicon()
    i, j = _around(find, t)
    hit = gazetteer(t, i, lex)
    if not hit or hit[1].rank != "province" or hit[0] != j or j >= t.n:
        return False
    if i > 2 and t.word[i - 1] == "(" and t.word[j] == ")":
        return any(vietnamese(t, k, lex) == i - 1 for k in range(max(0, i - 6), i - 2))
    return t.low[j] in ("giành", "đoạt", "xếp") or (i > 0 and t.low[i - 1] in ("hơn", "ngôi"))


def _stays(find: Found, t: Text) -> bool:
    i, _ = _around(find, t)
    return i > 0 and t.low[i - 1] in ("ở", "tại", "từ", "về", "sân", "svđ", "quê", "sang", "đến", ",")


_PLAYS = frozenset(
    ("ép sân", "có bàn", "nhận thẻ", "mất người", "tấn công", "phản công", "dâng cao", "giành chiến",
     "làm khách", "nhập cuộc", "cầm bóng", "mở tỷ", "chơi hơn", "thủng lưới", "tụt xuống", "vươn lên")
)  # fmt: skip
