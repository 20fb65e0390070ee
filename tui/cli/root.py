"""The command itself, its verbs and what they share: the session."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import store
from store.text import one_line
from tui import locations
from tui.config import Config
from tui.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from store.library import Library
    from store.questions import Questions

VERBS = {
    "import": "moving",
    "list": "listing",
    "show": "reading",
    "entities": "reading",
    "entity": "entity",
    "related": "relating",
    "export": "moving",
    "star": "marking",
    "read": "marking",
    "tag": "marking",
    "rm": "marking",
    "restore": "marking",
    "edit": "correcting",
    "reclean": "recleaning",
    "doctor": "upkeep",
    "config": "configuring",
    "completion": "completion",
}
"""Each verb and the module of this package that holds it, imported when it is called."""


@dataclass
class Session:
    """One call of the command: its settings, and the library once a verb opens it."""

    config: Config
    folder: str | None = None
    query: str | None = None
    """The filter that the screen begins with."""
    problems: bool = False
    """Whether something is wrong with the library that was opened."""
    _told: set[str] = field(default_factory=set)

    def library(self, *, catch_up: bool = True) -> Library:
        """The library, closed when the command ends. What is wrong with it is said on stderr.

        An index that is behind is brought up to date, with a progress bar if that takes long; without
        `catch_up` the caller does that.
        """
        from store.library import Library
        from tui.cli.waiting import late_progress_bar

        with late_progress_bar(_("building the index")) as show:
            opened = Library.open(self.place, catch_up=show if catch_up else False)
        self.take(opened)
        return opened

    def take(self, library: Library) -> None:
        """Says what is wrong with a library that was opened, and closes it when the command ends."""
        from tui.wording import say

        click.get_current_context().call_on_close(library.close)
        self.settings_problems()
        for problem in library.problems:
            self.complain(say(problem))
        self.problems |= bool(library.problems)

    @property
    def place(self) -> Path:
        """The folder of the library."""
        return locations.library_folder(self.folder, self.config)

    def questions(self) -> Questions:
        """The library for what its index alone can answer, opened in a fraction of the time."""
        from store.glance import glance

        if opened := glance(self.place, self.library):
            click.get_current_context().call_on_close(opened.close)
            self.settings_problems()
        return opened or self.library()

    def settings_problems(self) -> None:
        for problem in self.config.problems:
            self.complain(problem)

    def complain(self, message: str) -> None:
        """One line on stderr, once."""
        if message not in self._told:
            self._told.add(message)
            print(f"bandoc: {one_line(message)}", file=sys.stderr)

    def say(self, message: str) -> None:
        """A line for the person, not for the next program: on stderr."""
        print(one_line(message), file=sys.stderr)


session = click.make_pass_decorator(Session)


def _set_library(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Session).folder = value


def _set_query(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Session).query = value


def query_of_the_screen() -> click.Option:
    """The filter that the screen begins with, for what opens it."""
    return click.Option(
        ["--query", "-q"],
        metavar=_("FILTER"),
        callback=_set_query,
        expose_value=False,
        help=_("Begin with this filter, not with that of the last time."),
    )


def _common() -> list[click.Option]:
    """Options that stand before or after the verb. (The language was read before everything else.)"""
    return [
        click.Option(
            ["--library"],
            metavar=_("DIR"),
            callback=_set_library,
            expose_value=False,
            shell_complete=completes("folders"),
            help=_("The library's folder (else BANDOC_LIBRARY, the configuration, the platform's place)."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_("The language to speak (else the configuration, BANDOC_LANG, the locale)."),
        ),
    ]


def completes(name: str, *arguments: str) -> Callable[..., Any]:
    """How a shell completes a parameter: a function of `tui.cli.completing`, or what one makes of arguments.
    It is imported when a shell asks."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> Any:
        from tui.cli import completing

        found = getattr(completing, name)
        return (found(*arguments) if arguments else found)(context, parameter, incomplete)

    return complete


class Verb(click.Command):
    """A verb: takes the common options too, and shows its examples as they were written."""

    def __init__(self, *arguments: Any, examples: str = "", **options: Any) -> None:
        options["params"] = [*(options.get("params") or ()), *_common()]
        options.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        options.setdefault("options_metavar", _("[OPTIONS]"))
        super().__init__(*arguments, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_examples(formatter, self.examples)


def _write_examples(formatter: click.HelpFormatter, examples: str) -> None:
    if examples:
        with formatter.section(_("Examples")):
            for line in examples.strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


class Bandoc(click.Group):
    """A first argument that is no verb is a path: import it and open the screen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"tui.cli.{VERBS[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> Any:
        from click.shell_completion import CompletionItem

        from tui.cli.completing import files

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        verbs = [CompletionItem(verb) for verb in VERBS if verb.startswith(incomplete)]
        return [*verbs, *files(ctx, None, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in VERBS:
            if ctx.ensure_object(Session).query is not None:
                words = _("--query before a verb is for the screen; it goes behind the verb")
                raise click.UsageError(words, ctx)
            return super().resolve_command(ctx, args)
        if args[0] != "-" and not os.path.lexists(args[0]):
            message = _("{word} is neither a verb nor a file.").format(word=one_line(args[0]))
            import difflib

            if near := difflib.get_close_matches(args[0], VERBS, 1):
                message += " " + _("Did you mean {verb}?").format(verb=near[0])
            raise click.UsageError(message, ctx)
        return "open", _opening(), args

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        examples = {
            "bandoc": _("open the screen"),
            "bandoc news/ page.txt": _("import these, then open the screen"),
            "bandoc list tong ket": _("what holds these words, with or without marks"),
            "bandoc show 3f9c | less": "",
        }
        _write_examples(formatter, "\n".join(f"{line:28} {what}" for line, what in examples.items()))


def _opening() -> click.Command:
    from tui.cli.screen import command

    return command


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"bandoc {store.__version__}")
        context.exit()


def _group() -> Bandoc:
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help=_("Show the version."),
    )

    def start() -> int | None:
        context = click.get_current_context()
        if context.invoked_subcommand is not None:
            return None
        from tui.cli.screen import open_screen

        return open_screen(context.ensure_object(Session), ())

    return Bandoc(
        name="bandoc",
        help=_(
            "A terminal reader for news articles. Without a verb it imports the given files and folders"
            " (- is standard input) and opens the screen."
        ),
        params=[version, query_of_the_screen(), *_common()],
        callback=start,
        invoke_without_command=True,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("[VERB | PATH]…"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


bandoc = _group()
