"""How far a long job is, how fast it goes, and how long it will take. Pure."""

from __future__ import annotations

from collections import deque

from tui.i18n import _, ngettext

WINDOW = 15.0
"""Seconds that the pace is taken over: known files go fast, new ones slowly, and they come in turns."""
SURE = 1.5
"""Seconds before the first guess."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


class Pace:
    """Told how far a job is, guesses when it ends. Times are seconds of any clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])

    def left(self, done: int, total: int, now: float) -> float | None:
        """Seconds until the end at the present pace; None while nobody can know."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW:
            self._seen.popleft()
        begun, before = self._seen[0]
        if now - begun < SURE or done <= before:
            return None
        return (total - done) * (now - begun) / (done - before)


def time_left(seconds: float) -> str:
    """A guess in words, no more exact than it is."""
    if seconds < 5:
        return _("a few seconds left")
    if seconds < 55:
        return _("about {n} s left").format(n=round(seconds / 5) * 5)
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return ngettext("about {n} minute left", "about {n} minutes left", minutes).format(n=minutes)
    hours = round(seconds / 3600)
    return ngettext("about {n} hour left", "about {n} hours left", hours).format(n=hours)


def bar(done: int, total: int, width: int) -> str:
    """A bar of so many cells, filled by eighths of a cell.

    >>> bar(1, 2, 4)
    '██░░'
    """
    eighths = width * 8 * done // total if total > 0 else 0
    whole, part = divmod(min(max(eighths, 0), width * 8), 8)
    drawn = "█" * whole + (_EIGHTHS[part] if part else "")
    return drawn + "░" * (width - len(drawn))
