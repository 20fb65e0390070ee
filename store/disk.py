"""Files that are on the disk when a call returns."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryError


def write_new(path: Path, data: bytes) -> None:
    """A file of its own with these bytes, on the disk when this returns."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(fd, rest) :]
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_folder(folder: Path) -> None:
    """What was renamed in a folder, on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def replace_with_link(source: Path, target: Path) -> None:
    """Make `target` another name of `source`, if there is one; where links don't exist, a copy."""
    if not source.exists():
        return
    draft = target.with_name(target.name + ".tmp")
    draft.unlink(missing_ok=True)
    try:
        os.link(source, draft)
    except OSError:  # exFAT, some network mounts
        write_new(draft, source.read_bytes())
    os.replace(draft, target)
    draft.unlink(missing_ok=True)  # renaming onto another name of the same file leaves both


def set_aside(path: Path) -> str | None:
    """Give a damaged file a second name, never in use; it keeps the first until a good one takes it over.
    Gives that name; None without the file. Raises OSError, LibraryError `cannot_write`."""
    name = f"{path.name}.corrupt-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for number in range(1, 100):
        aside = path.with_name(name if number == 1 else f"{name}-{number}")
        try:
            os.link(path, aside)
            return str(aside)
        except FileExistsError:
            continue
        except FileNotFoundError:
            return None
        except OSError:
            os.replace(path, aside)
            return str(aside)
    raise LibraryError("cannot_write", path=str(path), reason="set aside too often")
