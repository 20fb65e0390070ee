"""The `bandoc` command: `main` and what surrounds every verb, from the language to the exit code.

Nothing heavy is imported before it is needed: a verb's module when the verb is called, rich when
something is drawn on a terminal, textual when the screen opens.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from store.errors import BandocError
    from tui.cli.root import Session

DONE, NOTHING_FOUND, WRONG_USAGE, SOME_FAILED, LIBRARY_FAILED, FAULT = 0, 1, 2, 3, 4, 70
"""Exit codes. After a signal it is 128 plus its number; FAULT is a fault of bandoc itself."""


class Signalled(BaseException):
    """A signal asked the process to end."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    except Signalled as ended:
        code = 128 + ended.number
    except BrokenPipeError:
        code = 128 + signal.SIGPIPE
    try:
        sys.stdout.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            code = 128 + signal.SIGPIPE
        elif not code:  # the disk that the output goes to is full
            print(f"bandoc: {error.strerror}", file=sys.stderr)
            code = FAULT
        # The interpreter flushes once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the shell: `bandoc list >&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # UTF-8 whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="replace")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # else nohup asked for it
            signal.signal(number, _end)

    from tui import config, i18n, locations

    settings = config.load(locations.config_file())
    i18n.setup(_language(arguments) or settings.language)
    if settings.problems:  # worded before the language was known
        settings = config.load(locations.config_file())
    if problem := _wrong_store():
        print(f"bandoc: {problem}", file=sys.stderr)
        return LIBRARY_FAILED

    import click

    from store.errors import ArticleNotFound, BandocError, CorrectionError, LibraryError, QueryError
    from tui.cli.root import Session, bandoc

    session = Session(settings)
    if shell := os.environ.get("_BANDOC_COMPLETE"):
        from tui.cli.completing import answer

        answer(shell, arguments, session)
        return DONE
    try:
        with bandoc.make_context("bandoc", arguments, obj=session) as context:
            return int(bandoc.invoke(context) or DONE)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        print(file=sys.stderr)
        return 128 + signal.SIGINT
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and error.ctx and error.ctx.info_name == "list":
            session.complain(i18n._("a filter that begins with - comes after --, or is written with NOT"))
        return error.exit_code
    except (QueryError, CorrectionError) as error:
        _tell(session, error)
        return WRONG_USAGE
    except ArticleNotFound as error:
        _tell(session, error)
        return WRONG_USAGE if error.fields.get("matches") else NOTHING_FOUND
    except BandocError as error:
        if os.environ.get("BANDOC_DEBUG") == "1":
            raise
        _tell(session, error)
        return LIBRARY_FAILED if isinstance(error, LibraryError) else SOME_FAILED
    except BrokenPipeError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
            session.complain(str(error.strerror))  # the disk that the output goes to is full
            return FAULT
        if os.environ.get("BANDOC_DEBUG") == "1":
            raise
        session.complain(
            i18n._("a fault of bandoc: {what} (BANDOC_DEBUG=1 shows more)").format(
                what=f"{type(error).__name__}: {error}"
            )
        )
        return FAULT


def _tell(session: Session, error: BandocError) -> None:
    from tui.wording import say

    session.complain(say(error))


def _end(number: int, _frame: FrameType | None) -> None:
    raise Signalled(number)


def _language(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, before the texts of the options themselves are looked up."""
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
    return None


def _wrong_store() -> str | None:
    """Another distribution that also installs a package `store` overwrites ours without a word."""
    import store
    from tui.i18n import _

    if getattr(store, "DISTRIBUTION", None) == "bandoc":
        return None
    return _("another package has taken the place of bandoc's own ({path}); install bandoc by itself").format(
        path=getattr(store, "__file__", None)
    )
