"""The configuration: a TOML file that a person may edit, and that `bandoc config set` edits in place.

A wrong value is named with its line and costs only itself; so does a line that is no TOML at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tui.i18n import LANGUAGES, N_, _
from tui.toml_text import lines_of, parsed, with_value

ReadRule = Literal["seconds", "end", "never"]
"""When an article counts as read by itself: after two seconds with the focus in it or at its end, only at its
end, or never."""
READ_RULES: tuple[ReadRule, ...] = ("seconds", "end", "never")

NARROWEST, WIDEST = 40, 120
"""The columns that the text may be told to take."""

THEMES = (
    "textual-dark", "textual-light", "paper", "high-contrast", "mono",
    "nord", "gruvbox", "catppuccin-mocha", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato",
    "dracula", "tokyo-night", "monokai", "flexoki", "solarized-light", "solarized-dark",
    "rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light",
)  # fmt: skip
"""bandoc's own themes are made in tui/themes.py, the others are Textual's."""


def _nothing() -> dict[Any, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings. None: nothing was set.

    `keys` maps ids of actions to keys in Textual's names, comma-separated. `lines` tells which line of the
    file at `path` sets what. `problems` are sentences for the person who wrote the file.
    """

    library: Path | None = None
    language: str | None = None
    theme: str | None = None
    reading_width: int | None = None
    read_rule: ReadRule = "seconds"
    export_folder: Path | None = None
    export_ascii: bool = False
    export_template: Path | None = None
    keys: Mapping[str, str] = field(default_factory=_nothing)
    path: Path | None = field(default=None, compare=False)
    lines: Mapping[str, int] = field(default_factory=_nothing, compare=False)
    problems: tuple[str, ...] = ()


class Setting(NamedTuple):
    """One setting: the field it fills, what checks its value, an example of it, what it is for."""

    field: str
    check: Callable[[str, Any, Path], Any]
    example: Any
    words: str


def _folder(key: str, value: Any, base: Path) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError(_("{key} must be the path of a folder, in quotes").format(key=key))
    return base / Path(value).expanduser()


def _file(key: str, value: Any, base: Path) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError(_("{key} must be the path of a file, in quotes").format(key=key))
    return base / Path(value).expanduser()


def _flag(key: str, value: Any, _base: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("{key} must be true or false").format(key=key))
    return value


def _one_of(*values: str) -> Callable[[str, Any, Path], str]:
    def check(key: str, value: Any, _base: Path) -> str:
        if value not in values:
            allowed = ", ".join(f'"{one}"' for one in values)
            raise ValueError(_("{key} must be one of {values}").format(key=key, values=allowed))
        return str(value)

    return check


def _columns(key: str, value: Any, _base: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not NARROWEST <= value <= WIDEST:
        raise ValueError(
            _("{key} must be a number from {least} to {most}").format(key=key, least=NARROWEST, most=WIDEST)
        )
    return value


SETTINGS: dict[str, Setting] = {
    "library": Setting("library", _folder, "~/news", N_("The folder of the library")),
    "language": Setting("language", _one_of(*LANGUAGES), "vi", N_("The language: vi or en")),
    "theme": Setting("theme", _one_of(*THEMES), "paper", N_("The colours of the screen")),
    "reading.width": Setting("reading_width", _columns, 76, N_("The width of the text, in columns")),
    "read.rule": Setting(
        "read_rule",
        _one_of(*READ_RULES),
        "seconds",
        N_('When an article counts as read: after "seconds" (two) in it, at its "end", "never" by itself'),
    ),
    "export.folder": Setting(
        "export_folder", _folder, "~/notes", N_("Where exports go, else where bandoc was started")
    ),
    "export.ascii": Setting(
        "export_ascii", _flag, False, N_("Whether names of exported files are of a-z, 0-9 and hyphens")
    ),
    "export.template": Setting(
        "export_template", _file, "~/notes/template.md", N_("The file that says how a Markdown export looks")
    ),
}
"""What may be set, as it is written: a dot parts table and key. Beside these: `keys.<id of an action>`."""

_KEYS = "keys."


def is_setting(key: str) -> bool:
    """Whether there is a setting of this name."""
    if not key.startswith(_KEYS):
        return key in SETTINGS
    from tui.keymap import ACTIONS

    return key.removeprefix(_KEYS) in ACTIONS


def load(path: Path) -> Config:
    """The configuration in a file; all defaults when there is none. Never raises for its content."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config(path=path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Config(
            path=path, problems=(_("{path} can't be read: {reason}").format(path=path, reason=reason),)
        )
    return read(text, path)


def read(text: str, path: Path) -> Config:
    """The configuration that a text of the file `path` says."""
    wrong: list[tuple[int, str]] = []
    lines = lines_of(text)

    def complain(key: str, what: str) -> None:
        wrong.append((lines.get(key, 1), what))

    values: dict[str, Any] = {}
    keys: dict[str, Any] = {}
    for key, value in parsed(text, lambda line: wrong.append((line, _("this is no TOML")))).items():
        if key.startswith(_KEYS):
            keys[key.removeprefix(_KEYS)] = value
        elif key not in SETTINGS:
            complain(key, _("{key} is no setting of bandoc").format(key=key))
        else:
            setting = SETTINGS[key]
            try:
                values[setting.field] = setting.check(key, value, path.parent)
            except ValueError as error:
                complain(key, str(error))
    if keys:
        from tui.keymap import keymap

        values["keys"] = keymap(keys, lambda id, what: complain(_KEYS + id, what))
    told = [
        _("{path}, line {line}: {what}").format(path=path, line=line, what=what)
        for line, what in sorted(wrong, key=lambda one: one[0])
    ]
    return replace(Config(**values), path=path, lines=lines, problems=tuple(told))


def get(config: Config, key: str) -> str:
    """A setting as `set_value` would take it; "" when it isn't set. Raises KeyError for no setting."""
    if key.startswith(_KEYS) and is_setting(key):
        from tui.keymap import written

        return " ".join(written(key.removeprefix(_KEYS), config.keys))
    value = getattr(config, SETTINGS[key].field)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def set_value(path: Path, key: str, text: str) -> None:
    """Sets a key in the file, leaving the rest of it as it is, comments included.

    Raises KeyError for no setting, ValueError (worded) for a value it can't have, OSError.
    """
    if not is_setting(key):
        raise KeyError(key)
    table, _dot, name = key.partition(".") if "." in key else ("", "", key)
    value: Any = text
    if table == "keys":
        value = text.split()
    elif SETTINGS[key].check is _flag:
        value = {"true": True, "false": False}.get(text.lower(), text)
    elif SETTINGS[key].check is _columns:
        value = int(text) if re.fullmatch(r"\d{1,6}", text) else text
    elif text and SETTINGS[key].check in {_folder, _file}:
        # A path is meant from where the command is typed; in the file it would be from the file's place.
        value = os.path.abspath(os.path.expanduser(text))
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if table != "keys":
        SETTINGS[key].check(key, value, path.parent)
    after = with_value(before, table, name, value)
    if table == "keys":
        # Whether a key is free depends on the others.
        line = lines_of(after)[key]
        place = _("{path}, line {line}: {what}").format(path=path, line=line, what="")
        for problem in read(after, path).problems:
            if problem.startswith(place):
                raise ValueError(problem.removeprefix(place))
    write(path, after)


def write(path: Path, text: str) -> None:
    """Writes the file whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()  # a configuration kept elsewhere and linked to stays so
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


assert {setting.field for setting in SETTINGS.values()} == {one.name for one in fields(Config)} - {
    "keys",
    "path",
    "lines",
    "problems",
}
