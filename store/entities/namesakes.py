"""Two people with one full name in one article are kept apart where they plainly differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.entities.grouping import Group
from store.entities.spans import fold_name

_MEN = frozenset("ông anh chú cậu".split())
_WOMEN = frozenset("bà chị cô".split())
_ACCUSED = frozenset("cáo can".split())  # the last word of "bị cáo", "bị can"
_COURT = ("thẩm phán", "kiểm sát viên", "hội thẩm")
_MOST = 20
"""Ways to introduce one person that are compared: keeps the cost linear in any text."""
_FORMER = frozenset("nguyên cựu".split())


def part_namesakes(groups: Iterable[Group]) -> list[Group]:
    """The groups, one split in two where the same full name is two people's."""
    parted: list[Group] = []
    for group in groups:
        told = [f for f in group.finds if " " in f.text and (f.roles or f.tag)]
        parted += [group] if len(told) < 2 else _part(group)
    return parted


def _part(group: Group) -> list[Group]:
    people: list[Group] = []
    marks: list[dict[tuple[str, tuple[str, ...]], None]] = []
    last = 0
    for find in sorted(group.finds, key=lambda f: (f.block, f.start)):
        mark = (find.tag, tuple(find.roles))
        fits = [n for n, known in enumerate(marks) if not any(_differ(mark, other) for other in known)]
        if not people or (not fits and len(people) < _MOST):
            people.append(Group("person", group.key))
            marks.append({})
            last = len(people) - 1
        elif fits and (last not in fits or (mark[1] and " " in find.text)):
            last = next((n for n in fits if _shares(mark[1], marks[n])), last if last in fits else fits[0])
        people[last].put(find)
        if " " in find.text and len(marks[last]) < _MOST:
            marks[last][mark] = None
    return people


def _shares(roles: Sequence[str], known: Iterable[tuple[str, Sequence[str]]]) -> bool:
    heads = {fold_name(role).split()[0] for role in roles}
    return any(fold_name(role).split()[0] in heads for _, others in known for role in others)


def _differ(one: tuple[str, Sequence[str]], other: tuple[str, Sequence[str]]) -> bool:
    """Whether two ways to introduce a name cannot be one person's."""
    titles = {one[0], other[0]}
    if titles & _MEN and titles & _WOMEN:
        return True
    for (title, _), (_, roles) in ((one, other), (other, one)):
        if title in _ACCUSED and any(fold_name(role).startswith(_COURT) for role in roles):
            return True
    return any(_elsewhere(a, b) for a in one[1] for b in other[1])


def _elsewhere(one: str, other: str) -> bool:
    """Whether two offices are the same in two places: "Chủ tịch UBND xã A" and "Chủ tịch UBND xã B"."""
    a, b = one.split(), other.split()
    same = 0
    while same < min(len(a), len(b)) and fold_name(a[same]) == fold_name(b[same]):
        same += 1
    if same < 3 or not _FORMER.isdisjoint((a[0].lower(), b[0].lower())):
        return False
    rest_a, rest_b = a[same:], b[same:]
    if not rest_a or not rest_b or not _LOCAL.intersection(fold_name(word) for word in a[:same]):
        return False
    return rest_a[0][0].isupper() and rest_b[0][0].isupper()


_LOCAL = frozenset("xã phường huyện quận tỉnh thôn".split())
