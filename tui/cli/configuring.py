"""config: the settings, where each comes from, and the file that holds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from store.errors import ExportError
from tui import config as settings
from tui import locations
from tui.cli import DONE, SOME_FAILED, WRONG_USAGE, output
from tui.cli.root import Session, Verb, completes, session
from tui.i18n import N_, _, current
from tui.wording import say

_FORMS = {"get": N_("config get KEY"), "set": N_("config set KEY VALUE")}


@click.command(
    "config",
    cls=Verb,
    short_help=_("Show or change settings."),
    help=_(
        "Show or change settings: list, get KEY, set KEY VALUE, edit (the file, in your editor), path (of the"
        " file). list KEY shows those that begin so; list keys, the keys of every action. Settings:"
        " {settings}, keys.ACTION."
    ).format(settings=", ".join(settings.SETTINGS)),
    examples="""
        bandoc config list
        bandoc config get export.folder
        bandoc config set theme paper
        bandoc config set keys.article.star "s F12"
        bandoc config edit
    """,
)
@click.argument("what", type=click.Choice(["list", "get", "set", "edit", "path"]), default="list")
@click.argument("key", required=False, metavar=_("[KEY]"), shell_complete=completes("settings"))
@click.argument("value", required=False, metavar=_("[VALUE]"))
@session
def config(here: Session, what: str, key: str | None, value: str | None) -> int:
    path = locations.config_file()
    if what == "edit":
        return _edit(here, path)
    here.settings_problems()
    if what in _FORMS and (key is None or (what == "set") != (value is not None)):
        here.complain(_("it is: bandoc {form}").format(form=_(_FORMS[what])))
        return WRONG_USAGE
    if what in _FORMS and not settings.is_setting(str(key)):
        known = ", ".join(settings.SETTINGS)
        here.complain(
            _("{key} is no setting of bandoc; there are {known} and keys.ACTION").format(key=key, known=known)
        )
        return WRONG_USAGE
    if what == "path":
        output.emit(f"{path}\n")
    elif what == "set":
        try:
            if key == "export.template":
                from store.export import load_template

                load_template(Path(str(value)).expanduser())
            settings.set_value(path, str(key), str(value))
        except ExportError as error:
            here.complain(say(error))
            return WRONG_USAGE
        except ValueError as error:
            here.complain(str(error))
            return WRONG_USAGE
        except OSError as error:
            here.complain(_("{path} can't be written: {reason}").format(path=path, reason=error.strerror))
            return SOME_FAILED
    elif what == "get":
        output.emit(effective(here, str(key))[0] + "\n")
    else:
        for problem in _template_problems(here.config):
            here.complain(problem)
        _list(_rows(here, key or ""))
    return DONE


def _template_problems(found: settings.Config) -> list[str]:
    """What is wrong with the template for exports."""
    from store.export import load_template

    try:
        if found.export_template:
            load_template(found.export_template)
    except ExportError as error:
        return [say(error)]
    return []


def effective(here: Session, key: str) -> tuple[str, str]:
    """The value that counts for a setting, as text, and where it comes from."""
    line = here.config.lines.get(key)
    value = settings.get(here.config, key)
    if value or line is None:
        from_file = _("line {line}").format(line=line) if line is not None else ""
    else:
        from_file = ""  # what stands there is wrong
    match key:
        case "library":
            given = [(here.folder, "--library"), (os.environ.get("BANDOC_LIBRARY"), "BANDOC_LIBRARY")]
            named = next((name for found, name in given if found), from_file)
            return str(locations.library_folder(here.folder, here.config)), named or _("default")
        case "language" if current() != value:
            named = "--lang" if value else "BANDOC_LANG" if os.environ.get("BANDOC_LANG") else _("locale")
            return current(), named
        case "theme" if os.environ.get("NO_COLOR") is not None:
            return "mono", "NO_COLOR"
        case "theme":
            value = value or settings.THEMES[0]
        case "reading.width":
            value = value or "76"
        case "export.folder":
            value = os.path.abspath(locations.export_folder(here.config))
    return value, from_file or _("default")


def _rows(here: Session, begun: str) -> Iterator[tuple[str, str, str]]:
    keys = [f"keys.{id}" for id in here.config.keys]
    if begun.startswith("keys"):
        from tui.keymap import ACTIONS

        keys = [f"keys.{id}" for id in ACTIONS]
    for name in [*settings.SETTINGS, *keys]:
        if name.startswith(begun):
            yield (name, *effective(here, name))


def _list(rows: Iterator[tuple[str, str, str]]) -> None:
    if not output.is_terminal(sys.stdout):
        output.emit_lines(rows)
        return
    shown = list(rows)
    widths = [max((len(row[column]) for row in shown), default=0) for column in (0, 2)]
    output.draw_table(
        [(_("setting"), max(widths[0], 8)), (_("value"), None), (_("comes from"), max(widths[1], 10))],
        ([(name, "bold"), (value, ""), (origin, "dim")] for name, value, origin in shown),
    )


# -- in the editor


def template() -> str:
    """A configuration that sets nothing and shows everything, in the reader's language."""
    from tui.keymap import ACTIONS, written

    lines = [
        "# " + _("The settings of bandoc. Take the # before a line away to set something."),
        "# " + _("A wrong value costs only itself; bandoc config edit says what is wrong."),
    ]
    table = ""
    for key, setting in settings.SETTINGS.items():
        here, _dot, name = key.rpartition(".")
        if here != table:
            lines += ["", f"[{here}]"]
            table = here
        else:
            lines += [""] * (not here)
        lines += [f"# {_(setting.words)}", f"# {name} = {json.dumps(setting.example)}"]
    lines += [
        "",
        "[keys]",
        "# " + _("Keys of actions, by their ids. No two may share one."),
    ]
    lines += [
        f"# {json.dumps(id)} = {json.dumps(written(id, {}), ensure_ascii=False)}  # {_(key.label)}"
        for id, key in ACTIONS.items()
    ]
    return "\n".join(lines) + "\n"


def _edit(here: Session, path: Path) -> int:
    from tui.outside import editor

    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stdout)):
        here.complain(_("an editor needs a terminal; the file is {path}").format(path=path))
        return WRONG_USAGE
    try:
        begun = "" if path.exists() else template()
        if begun:
            settings.write(path, begun)
        while True:
            done = subprocess.run([*editor(), str(path)], check=False)
            found = settings.load(path)
            problems = [*found.problems, *_template_problems(found)]
            for problem in problems:
                print(f"bandoc: {problem}", file=sys.stderr)
            if not problems or not click.confirm(_("Edit it again?"), default=True, err=True):
                break
        if begun and path.read_text(encoding="utf-8") == begun:
            path.unlink()
            here.say(_("Nothing was set."))
    except (OSError, ValueError, UnicodeDecodeError) as error:
        here.complain(_("{path}: {reason}").format(path=path, reason=error))
        return SOME_FAILED
    return WRONG_USAGE if problems else SOME_FAILED if done.returncode else DONE


COMMANDS = {"config": config}
