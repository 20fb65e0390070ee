"""A look at every byte of a library, for `bandoc doctor`."""

from __future__ import annotations

import re
import stat

from store.index.index import Index
from store.repairing import lost
from store.storage import Problem
from store.tails import LIBRARY, cut_off
from store.volumes import Volumes

_ASIDE = re.compile(r".*\.corrupt-\d{8}T\d{6}Z(?:-\d+)?")


def examine(volumes: Volumes, index: Index) -> list[Problem]:
    """What is wrong with a library, in the order of its files. Nothing is changed.

    Codes: `damaged_file` (a good backup stands beside it), `damaged` (none does), `damaged_backup` (all with
    field `reason`), `lost_articles` (their pages are there; field `n`), `set_aside` (a file that was damaged
    once), `twice` (one id in two volumes; fields `id`, `other`), `open_to_others` (field `mode`),
    `index_differs` (field `volumes`), `cut_off` (a change of several files that is to be finished).
    """
    unfinished = cut_off(volumes.folder)
    problems = [Problem("cut_off", str(volumes.folder))] if unfinished else []
    for path in volumes.paths():
        storage = volumes.storage_of(path)
        if (damage := storage.verify()) is not None:
            saved = storage.backup.exists() and storage.verify_backup() is None
            code = "damaged_file" if saved else "damaged"
            problems.append(Problem(code, str(path), {"reason": str(damage)}))
        if (damage := storage.verify_backup()) is not None:
            problems.append(Problem("damaged_backup", str(storage.backup), {"reason": str(damage)}))
    for number, ids in ({} if unfinished else lost(volumes)).items():
        articles = str(volumes.folder / f"articles-{number:04d}.json")
        problems.append(Problem("lost_articles", articles, {"n": len(ids)}))
    home: dict[str, int] = {}
    for number in volumes.numbers():
        for article in volumes.articles(number):
            other = home.setdefault(article.id, number)
            if other != number:
                problems.append(Problem("twice", str(volumes.folder), {"id": article.id, "other": other}))
    for path in sorted(volumes.folder.iterdir()):
        if _ASIDE.fullmatch(path.name):
            problems.append(Problem("set_aside", str(path)))
    mode = stat.S_IMODE(volumes.folder.stat().st_mode)
    if mode & 0o077:
        problems.append(Problem("open_to_others", str(volumes.folder), {"mode": f"{mode:03o}"}))
    if stale := index.stale(volumes.all_seqs()):
        names = tuple("library.json" if number == LIBRARY else number for number in stale)
        problems.append(Problem("index_differs", str(index.path), {"volumes": names}))
    return problems
