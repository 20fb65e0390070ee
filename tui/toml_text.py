"""TOML as a text that people write: its values with their lines, and one value changed in place.

A line that is no TOML costs only itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

_PART = r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[\w-]+'
_PATH = re.compile(rf"\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*")
_BARE = re.compile(r"[\w-]+", re.ASCII)


def parsed(text: str, wrong: Callable[[int], None]) -> dict[str, Any]:
    """The values of a text, `table.key` each; `wrong` is told each line (from 1) that is no TOML."""
    if not text.strip():
        return {}
    import tomllib  # most people have no configuration: 3 ms of start-up

    lines = text.split("\n")
    for _attempt in lines:
        try:
            return _flat(tomllib.loads("\n".join(lines)))
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"at line (\d+)", str(error))
            number = int(match[1]) if match else max(n for n, line in enumerate(lines, 1) if line.strip())
            wrong(number)
            lines[number - 1] = ""
    return {}


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _path(text: str) -> tuple[str, str]:
    """The key that a line begins with, its parts joined by dots, and what follows it; "" for none."""
    match = _PATH.match(text)
    if match is None:
        return "", text
    parts = [part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, match[1])]
    return ".".join(parts), text[match.end() :]


def _assignments(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """`(number from 0, table, key)` of each line that sets something; the key is "" for a table's head."""
    table = ""
    for number, line in enumerate(lines):
        if line.lstrip().startswith("["):
            table = _path(line.lstrip().lstrip("["))[0]
            yield number, table, ""
        else:
            name, rest = _path(line)
            if name and rest.startswith("="):
                yield number, table, f"{table}.{name}" if table else name


def lines_of(text: str) -> dict[str, int]:
    """The line (from 1) that sets each key."""
    return {key: number + 1 for number, _table, key in _assignments(text.split("\n")) if key}


def with_value(text: str, table: str, name: str, value: Any) -> str:
    """The text with one key of a table ("" for the top) set to a JSON value; comments stay.

    A value that takes several lines becomes one.
    """
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    written = json.dumps(value, ensure_ascii=False)
    quoted = name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    key = f"{table}.{name}" if table else name
    end = 0 if not table else None
    for number, here, found in _assignments(lines):
        if found == key:
            left = lines[number].partition("=")[0].rstrip()
            last = _last_line(lines, number)
            lines[number : last + 1] = [f"{left} = {written}{_comment(lines[last])}"]
            break
        if here == table:
            end = number + 1 if not found else _last_line(lines, number) + 1
    else:
        end = _example(lines, table, quoted) or end
        if end is None:
            lines += [*([""] if lines and lines[-1].strip() else []), f"[{table}]", f"{quoted} = {written}"]
        else:
            lines.insert(end, f"{quoted} = {written}")
    return "\n".join(lines) + "\n"


def _example(lines: list[str], table: str, name: str) -> int:
    """Where a line stands that shows a key of a table in a comment, plus one; 0 if there is none."""
    heads = {number: here for number, here, key in _assignments(lines) if not key}
    here = ""
    for number, line in enumerate(lines):
        here = heads.get(number, here)
        if here == table and re.match(rf"\s*#\s*{re.escape(name)}\s*=", line):
            return number + 1
    return 0


def _last_line(lines: list[str], number: int) -> int:
    """Where the value that begins in a line ends: a list may take several."""
    import tomllib

    for last in range(number, len(lines)):
        try:
            tomllib.loads("\n".join(lines[number : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
        return last
    return number


def _comment(line: str) -> str:
    """The comment at the end of a line, with the blanks before it."""
    match = re.search(r"""\s+#[^"']*$""", line)
    return match[0] if match else ""
