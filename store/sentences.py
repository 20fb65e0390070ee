"""Where sentences begin and end in Vietnamese news: an abbreviation's stop or an initial's ends none."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?:[.!?…]+[”\"')\]]*)\s+(?=[“\"'(\[\-–]*[^\W\d_a-zà-ỹ])")
_SHORT = re.compile(r"(?:^|[\s(])(?:TP|Tp|TS|ThS|PGS|GS|BS|KS|LS|ĐB|Q|P|TX|TT|St|Mr|Mrs|Dr|[A-ZĐ]|v\.v)\.$")


def ends(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Each end of a sentence whose stop begins in `[start:stop]`: where the sentence ends, and where the next
    one begins. The end of the text is none of them."""
    last = len(text) if stop is None else stop
    for match in _END.finditer(text, start):
        if match.start() >= last:
            return
        if not _SHORT.search(text[max(0, match.start() - 5) : match.start() + 1]):
            yield match.end() - len(match[0]) + len(match[0].rstrip()), match.end()


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of `text` that holds `[start:end]`: its own start and end, without outer blanks.

    >>> text = "Mưa. TS. Lê An ở TP. Huế. Tạnh."
    >>> text[slice(*sentence(text, 9, 14))]
    'TS. Lê An ở TP. Huế.'
    """
    first, last = 0, len(text.rstrip())
    for stop, after in ends(text):
        if after <= start:
            first = after
        elif stop >= end:
            last = stop
            break
    first += len(text[first:last]) - len(text[first:last].lstrip())
    return first, last
