"""The configuration: a TOML file that a person may edit, and that `bandoc config set` edits in place.

A wrong value is named with its line and costs only itself; so does a line that is no TOML at all.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tui.i18n import LANGUAGES, _

KEYS = {
    "library": "library",
    "language": "language",
    "export.folder": "export_folder",
    "export.ascii": "export_ascii",
}
"""What may be set, as it is written (a dot parts table and key), and the field it fills."""

_FOLDERS = frozenset({"library", "export.folder"})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings. None: nothing was set. `problems` are sentences for the person who wrote the file."""

    library: Path | None = None
    language: str | None = None
    export_folder: Path | None = None
    export_ascii: bool = False
    problems: tuple[str, ...] = ()


def load(path: Path) -> Config:
    """The configuration in a file; all defaults when there is none. Never raises for its content."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Config(problems=(_("{path} can't be read: {reason}").format(path=path, reason=reason),))
    problems: list[str] = []

    def complain(line: int, what: str) -> None:
        problems.append(_("{path}, line {line}: {what}").format(path=path, line=line, what=what))

    values: dict[str, Any] = {}
    for key, value in _flat(_parsed(text, complain)).items():
        if key not in KEYS:
            complain(_line_of(text, key), _("{key} is no setting of bandoc").format(key=key))
            continue
        try:
            values[KEYS[key]] = _checked(key, value, path.parent)
        except ValueError as error:
            complain(_line_of(text, key), str(error))
    return replace(Config(**values), problems=tuple(problems))


def _parsed(text: str, complain: Callable[[int, str], None]) -> dict[str, Any]:
    if not text.strip():
        return {}
    import tomllib  # most people have no configuration: 3 ms of start-up

    lines = text.split("\n")
    for _attempt in lines:
        try:
            return tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"at line (\d+)", str(error))
            number = int(match[1]) if match else max(n for n, line in enumerate(lines, 1) if line.strip())
            complain(number, _("this is no TOML"))
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


def _checked(key: str, value: Any, base: Path) -> Any:
    if key in _FOLDERS:
        if not isinstance(value, str) or not value or "\0" in value:
            raise ValueError(_("{key} must be the path of a folder, in quotes").format(key=key))
        return base / Path(value).expanduser()
    if key == "language":
        if value not in LANGUAGES:
            raise ValueError(_('{key} must be "vi" or "en"').format(key=key))
        return value
    if not isinstance(value, bool):
        raise ValueError(_("{key} must be true or false").format(key=key))
    return value


def _place(lines: list[str], key: str) -> tuple[int | None, int]:
    """The line (from 0) that sets a key, or None, and where a line that sets it would have to go."""
    table, _dot, name = key.rpartition(".")
    inside, end = table == "", 0
    for number, line in enumerate(lines):
        if header := re.match(r"\s*\[\s*([\w.\" -]+?)\s*\]", line):
            inside = header[1].replace('"', "") == table
            end = number + 1 if inside else end
        elif re.match(rf"\s*{re.escape(name if inside else key)}\s*=", line):
            return number, number
        elif inside and line.strip():
            end = number + 1
    return None, end


def _line_of(text: str, key: str) -> int:
    return (_place(text.split("\n"), key)[0] or 0) + 1


def get(config: Config, key: str) -> str:
    """A setting as `set_value` would take it; "" when it isn't set. Raises KeyError for no setting."""
    value = getattr(config, KEYS[key])
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def set_value(path: Path, key: str, text: str) -> None:
    """Sets a key in the file, leaving the rest of it as it is, comments included.

    Raises KeyError for no setting, ValueError (worded) for a value it can't have, OSError.
    """
    if key not in KEYS:
        raise KeyError(key)
    flag = {"true": True, "false": False}.get(text.lower(), text) if key == "export.ascii" else text
    _checked(key, flag, path.parent)
    # A folder is meant from where the command is typed; in the file it would be from the file's place.
    written = json.dumps(
        os.path.abspath(os.path.expanduser(text)) if key in _FOLDERS else flag, ensure_ascii=False
    )
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = before.split("\n") if before else []
    number, end = _place(lines, key)
    table, _dot, name = key.rpartition(".")
    if number is not None:
        left = lines[number].partition("=")[0].rstrip()
        lines[number] = f"{left} = {written}"
    elif table and not any(re.match(rf"\s*\[\s*{table}\s*\]", line) for line in lines):
        lines = [
            *lines,
            *([""] if lines and lines[-1].strip() else []),
            f"[{table}]",
            f"{name} = {written}",
            "",
        ]
    else:
        lines.insert(end, f"{name} = {written}")
    after = "\n".join(lines).rstrip("\n") + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_text(after, encoding="utf-8")
    os.replace(draft, path)


assert set(KEYS.values()) == {field.name for field in fields(Config)} - {"problems"}
