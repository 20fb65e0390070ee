"""What the last bytes of a library's files tell: the number of each one's last write, without parsing one.

This is how a library of hundreds of volumes is opened, and how an index is known to be up to date.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

FORMAT = 1
TAIL = 256
"""Bytes at the end of a file that hold the seal; enough to tell its `seq` and format."""

LIBRARY = -1
"""library.json among the numbers of volumes."""

JOURNAL = "journal.json"
PURGE = "purge.json"
"""What is being written, or purged, in several files; after a kill they are still there."""

NAME = re.compile(r"(articles|pages|state)-(\d{4,9})\.json(\.bak)?")
"""The files of volumes: kind, number, whether it is a backup."""

SEAL = re.compile(
    rb'"_meta":\{"1":\{"format":(\d+),"kind":"([a-z]+)","seq":(\d+),"crc":"([0-9a-f]{8})"\}\}\}\Z'
)
_FORMAT = re.compile(rb'"_meta": ?\{"1": ?\{"format": ?(\d{1,9})\b')


def sealed_seq(tail: bytes) -> int | None:
    """The `seq` in the last bytes of a file of our own format; the rest is taken on trust."""
    match = SEAL.search(tail)
    return int(match[3]) if match and int(match[1]) <= FORMAT else None


def sealed_as(tail: bytes) -> str | None:
    """What tells the version of a file from any other of it, by its last bytes: number and checksum."""
    match = SEAL.search(tail)
    return f"{int(match[3])} {match[4].decode()}" if match else None


def later_format(tail: bytes) -> int | None:
    """The format in the last bytes of a file, if only a newer bandoc can know it."""
    match = _FORMAT.search(tail)
    return int(match[1]) if match and int(match[1]) > FORMAT else None


def cut_off(folder: str | os.PathLike[str]) -> bool:
    """Whether a change of several files is being made, or was cut off by a kill and is to be finished."""
    return any(os.path.exists(os.path.join(folder, name)) for name in (JOURNAL, PURGE))


class Stamp(NamedTuple):
    """What tells one version of a file from another."""

    inode: int
    size: int
    mtime: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        return cls(found.st_ino, found.st_size, found.st_mtime_ns)


class Tails:
    """The last bytes of the volumes in a folder. A file is read again only when it is another one."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = folder
        self._known: dict[str, tuple[Stamp, bytes]] = {}  # replaced as a whole: any thread may look

    def look(self, *kinds: str) -> dict[str, bytes]:
        """The last bytes of each file of these kinds, by its name; nothing of one that can't be read, or of
        which only the backup is there. Raises OSError when the folder can't be read."""
        known, found = self._known, dict[str, bytes]()
        read: dict[str, tuple[Stamp, bytes]] = {}
        with os.scandir(self.folder) as entries:
            for entry in entries:
                match = NAME.fullmatch(entry.name)
                if match is None or match[1] not in kinds:
                    continue
                if match[3]:
                    found.setdefault(entry.name.removesuffix(".bak"), b"")
                    continue
                try:
                    before = known.get(entry.name)
                    if before is None or before[0] != Stamp.of(entry.stat()):
                        before = read_tail(entry.path)
                    read[entry.name] = before
                    found[entry.name] = before[1]
                except OSError:
                    found[entry.name] = b""
        self._known = known | read
        return found

    def seqs(self) -> dict[int, tuple[int | None, int | None]]:
        """The numbers of the last writes of each volume's articles and state: 0 without a file, None where
        its last bytes don't tell. Raises OSError as `look` does."""
        found = self.look("articles", "state")
        told: dict[str, dict[int, int | None]] = {"articles": {}, "state": {}}
        for name, tail in found.items():
            kind, _, number = name.removesuffix(".json").partition("-")
            told[kind][int(number)] = sealed_seq(tail)
        states = told["state"]
        return {number: (seq, states.get(number, 0)) for number, seq in sorted(told["articles"].items())}


def read_tail(path: str | os.PathLike[str]) -> tuple[Stamp, bytes]:
    """The last bytes of a file, and of which version they are. Raises OSError."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        stamp = Stamp.of(os.fstat(fd))
        return stamp, os.pread(fd, TAIL, max(0, stamp.size - TAIL))
    finally:
        os.close(fd)


def read_whole(path: str | os.PathLike[str]) -> tuple[Stamp, bytes]:
    """All bytes of a file, and of which version they are. Raises OSError."""
    with open(path, "rb", buffering=0) as file:
        return Stamp.of(os.fstat(file.fileno())), file.readall()
