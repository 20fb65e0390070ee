"""Small looks at the words around the name of an organisation."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.spans import Text

GENERIC_PLACE = frozenset("tỉnh tp quận huyện xã phường".split())


def written_so(t: Text, i: int, written: tuple[str, ...]) -> bool:
    """Whether the known name at `i` has the capitals it needs."""
    if not t.cap[i] and written[0][0].isupper():
        return False
    for k, word in enumerate(written, i):
        if word.isupper() and len(word) > 1 and not t.word[k].isupper():
            return False
    if len(written) == 2 and written[0][0].isupper() and written[1][0].isupper() and not t.cap[i + 1]:
        return False  # "Nhà văn hóa Thanh niên" is no newspaper
    last = written[-1]
    abroad = len(written) > 1 and last[0].isupper() and last.isalpha() and not syllable(last)
    return not abroad or t.cap[i + len(written) - 1]


def run(t: Text, j: int) -> int:
    """The end of the capitals at `j`, three at most."""
    k = j
    while k < t.n and t.cap[k] and t.word[k].isalpha() and k - j < 3:
        k += 1
    return k


def alien(t: Text, j: int) -> bool:
    """Whether a name from abroad begins at `j`: "Hội đồng An ninh Quốc gia Mỹ John …"."""
    return j < t.n and t.cap[j] and not syllable(t.word[j])


def alone(t: Text, end: int) -> bool:
    """Whether no further word in capitals stands at `end`."""
    return end >= t.n or not t.cap[end] or not t.word[end].isalpha()


def generic_end(t: Text, k: int) -> int:
    """The end of a locality's noun at `k`, or 0."""
    if t.low[k] in GENERIC_PLACE and (t.low[k] != "tp" or t.word[k + 1 : k + 2] != ["."]):
        return k + 1
    if t.low[k] in ("thành", "thị") and k + 1 < t.n and t.low[k + 1] in ("phố", "xã"):
        return k + 2
    return 0


def band(t: Text, j: int, lex: Lexicon) -> bool:
    """Whether a group has a name of its own at `j`: "nhóm Sóng Đôi", not "nhóm O", "nhóm Giàng A Tủa"."""
    end = run(t, j)
    if t.shouted or end - j < 2 or any(word.isupper() for word in t.word[j:end]):
        return False
    known = (lex.places, lex.roles, lex.titles, lex.org_heads)
    return not vietnamese(t, j, lex) and not any(phrases.match(t.low, j) for phrases in known)
