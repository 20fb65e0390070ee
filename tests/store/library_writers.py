"""Programs that write a library until they are killed, for test_kills.py: `library_writers.py VERB …`.

write FOLDER LOG START COUNT   add articles START… and mark each read; a line in LOG for each
                               acknowledged write
searches FOLDER LOG COUNT      save COUNT searches, rename each; a line in LOG as before
steps TEMPLATE FOLDER          copy TEMPLATE to FOLDER/1, FOLDER/2 …; in the Nth, a process dies at its
                               Nth system call of importance; prints a line for each: N, what it had
                               acknowledged
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from library_samples import items

from store import storage
from store.corrections import Correction
from store.library import Change, Library
from store.searches import Search


def write(folder: Path, log: Path, start: int, count: int) -> None:
    fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with Library.open(folder) as library:
        for number in range(start, start + count):
            (id,) = library.add(items(1, start=number)).new
            os.write(fd, f"added {id} {number}\n".encode())
            library.change([id], Change(read=True, add_tags=(f"t{number}",)))
            os.write(fd, f"read {id} {number}\n".encode())


def searches(folder: Path, log: Path, count: int) -> None:
    fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with Library.open(folder) as library:
        for number in range(count):
            (place,) = library.change_searches({0: Search(f"Tên {number}", f"bão {number}")})
            os.write(fd, f"saved {place} {number}\n".encode())
            library.change_searches({place: Search(f"Tên mới {number}", f"bão {number}")})
            os.write(fd, f"renamed {place} {number}\n".encode())


STEPS = ("open", "write", "fsync", "link", "replace", "close")


def die_at(step: int) -> Callable[[], int]:
    """Make the process kill itself before its `step`-th call of one of STEPS by the storage; a write
    dies half done. Gives a function that tells how many calls there were."""
    calls = 0

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == step:
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in STEPS:
        setattr(storage.os, name, wrap(name, getattr(os, name)))
    return lambda: calls


def steps(template: Path, folder: Path) -> None:
    for step in range(1, 1000):
        copy = folder / str(step)
        shutil.copytree(template, copy)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            with Library.open(copy) as library:
                ids = library.add(items(3)).known
                tell, calls = os.write, die_at(step)
                library.change(ids[:2], Change(read=True))
                tell(writer, b" read")
                library.correct([Correction("author", "", "Lan Chi", ids[1])])
                tell(writer, b" corrected")
                library.add(items(2, start=100))
                tell(writer, b" added")
                library.purge(ids[2:])
                tell(writer, b" purged")
            os._exit(0 if calls() < step else 1)
        os.close(writer)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as pipe:
            print(f"{step}{pipe.read().decode()}", flush=True)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    if verb == "write":
        write(Path(words[0]), Path(words[1]), int(words[2]), int(words[3]))
    elif verb == "searches":
        searches(Path(words[0]), Path(words[1]), int(words[2]))
    else:
        steps(Path(words[0]), Path(words[1]))
