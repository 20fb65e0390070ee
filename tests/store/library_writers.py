"""Programs that write a library until they are killed, for test_kills.py: `library_writers.py VERB …`.

write FOLDER LOG START COUNT   add articles START… and mark each read; a line in LOG for each
                               acknowledged write
searches FOLDER LOG COUNT      save COUNT searches, rename each; a line in LOG as before
steps TEMPLATE FOLDER          copy TEMPLATE to FOLDER/1, FOLDER/2 …; in the Nth, a process dies at its
                               Nth system call of importance; prints a line for each: N, what it had
                               acknowledged
whole TEMPLATE FOLDER VERB     the same for one change of several volumes (see CHANGES)
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from library_samples import items

from store import entities, storage, volumes
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


STEPS = ("open", "write", "fsync", "link", "replace", "unlink")


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


def die_step_by_step(template: Path, folder: Path, run: Callable[[Library, Tell, Arm], None]) -> None:
    """Copies of a library, in each of which a process runs until it dies at another step."""
    entities.extract(items(1)[0][0])  # loads its rules once, not in every process
    for step in range(1, 1000):
        copy = folder / str(step)
        shutil.copytree(template, copy)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            die_at_step(copy, step, partial(os.write, writer), run)
        os.close(writer)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as pipe:
            print(f"{step}{pipe.read().decode()}", flush=True)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


def die_at_step(copy: Path, step: int, tell: Tell, run: Callable[[Library, Tell, Arm], None]) -> None:
    counted: list[Callable[[], int]] = []
    with Library.open(copy) as library:
        run(library, tell, lambda: counted.append(die_at(step)))
    os._exit(0 if counted[0]() < step else 1)


Tell = Callable[[bytes], object]
Arm = Callable[[], object]


def steps(library: Library, tell: Tell, arm: Arm) -> None:
    ids = library.add(items(3)).known
    arm()
    library.change(ids[:2], Change(read=True))
    tell(b" read")
    library.correct([Correction("author", "", "Lan Chi", ids[1])])
    tell(b" corrected")
    library.add(items(2, start=100))
    tell(b" added")
    library.purge(ids[2:])
    tell(b" purged")


MARK = Change(starred=True, removed="2026-01-02T03:04:05Z", add_tags=("x", "y"))


def undo(library: Library, ids: Sequence[str], arm: Arm) -> None:
    inverse = library.change(ids, MARK)
    arm()
    library.change(inverse.ids, inverse)


CHANGES: dict[str, Callable[[Library, Sequence[str], Arm], object]] = {
    "mark": lambda library, ids, arm: (arm(), library.change(ids, MARK)),
    "undo": undo,
    "correct": lambda library, ids, arm: (
        arm(),
        library.correct([Correction("line", "2", "junk", ids[0]), Correction("line", "2", "junk", ids[-1])]),
    ),
    "add": lambda library, ids, arm: (arm(), library.add(items(2, start=100))),
    "purge": lambda library, ids, arm: (arm(), library.purge(ids)),
}


def whole(library: Library, tell: Tell, arm: Arm, verb: str) -> None:
    ids = library.add(items(4)).known
    CHANGES[verb](library, ids[:3], arm)
    tell(b" done")


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    if verb == "write":
        write(Path(words[0]), Path(words[1]), int(words[2]), int(words[3]))
    elif verb == "searches":
        searches(Path(words[0]), Path(words[1]), int(words[2]))
    elif verb == "steps":
        die_step_by_step(Path(words[0]), Path(words[1]), steps)
    else:
        volumes.VOLUME = 2
        die_step_by_step(Path(words[0]), Path(words[1]), partial(whole, verb=words[2]))
