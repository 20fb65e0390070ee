"""A text with `$names` to be filled in: the form that a reader gives to an export. No code, no conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from store.errors import ExportError

LARGEST = 100_000
"""Characters that a template may have."""

_SLOT = re.compile(r"\$(?:(?P<dollar>\$)|(?P<name>[A-Za-z_]+)|(?P<open>\{)(?:(?P<inside>[A-Za-z_]*)\})?)")
_FRONT = re.compile(r"---\n.*?^---$", re.DOTALL | re.MULTILINE)


class Value(NamedTuple):
    """What stands for a name: as a value of front matter, and as text."""

    front: str
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces of text, and between them names; `front` of a name says that it stands in the front matter."""

    pieces: tuple[str, ...]
    names: tuple[tuple[str, bool], ...]

    def fill(self, values: Mapping[str, Value]) -> str:
        """The text with its values, ending in one newline. Where values were empty no gap is left: there is
        never more than one empty line."""
        parts = [self.pieces[0]]
        for (name, front), piece in zip(self.names, self.pieces[1:], strict=True):
            parts += [values[name].front if front else values[name].text, piece]
        return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", "".join(parts)).strip("\n") + "\n"


def parse(text: str, known: Collection[str], path: str) -> Template:
    """The template in a text; `$$` is a dollar, and so is one before anything but a letter or `{`.

    Raises ExportError with `path` and `line` (from 1): `template_name` with `name` and `known` (a text) for
    a name that is none of those; `template_open` for `${` without its `}`; `template_quoted` with `name` for
    one in quotes in the front matter, where each value brings its own. And `template_large`.
    """
    if len(text) > LARGEST:
        raise ExportError("template_large", path=path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT.match(text)
    front_end = front.end() if front else 0
    pieces, names, done = [""], [], 0
    for match, name in _slots(text):
        pieces[-1] += text[done : match.start()]
        done = match.end()
        if name == "$":
            pieces[-1] += "$"
            continue
        where = {"path": path, "line": text.count("\n", 0, match.start()) + 1}
        if match["open"] and match["inside"] is None:
            raise ExportError("template_open", **where)
        if name not in known:
            raise ExportError("template_name", **where, name=name, known=" ".join(f"${one}" for one in known))
        inside = match.start() < front_end
        if inside and text[match.start() - 1 : match.start()] in {'"', "'"}:
            raise ExportError("template_quoted", **where, name=name)
        names.append((name, inside))
        pieces.append("")
    pieces[-1] += text[done:]
    return Template(tuple(pieces), tuple(names))


def _slots(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _SLOT.finditer(text):
        yield match, match["dollar"] or match["name"] or match["inside"] or ""
