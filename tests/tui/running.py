"""What a command of bandoc that ran in this process gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def ids(self) -> list[str]:
        return [line.split("\t")[0] for line in self.out.splitlines()]


Bandoc = Callable[..., Ran]
