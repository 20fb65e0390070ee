"""ReaderApp: looks after the library, and the way out of the terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.filter import LineFilter, Monochrome
from textual.worker import get_current_worker

from store.errors import BandocError
from tui import escape
from tui.config import Config, set_value
from tui.content import Chain, Outgoing
from tui.history import History
from tui.i18n import _
from tui.keys import named, remap
from tui.starting import StartingApp
from tui.themes import HIGH_CONTRAST, MONO, THEMES, Legible, Mono, shade
from tui.wording import say

if TYPE_CHECKING:
    from store.importing import Report
    from store.index.top import Top
    from store.library import Library

LOOK_AGAIN = 2.0
"""Seconds between two looks at what other processes did to the library."""

REMEMBER = 1.0
"""Seconds between two looks at how the screen is arranged; a kill loses what changed since."""

SETTLE = 0.03
"""Seconds in which several sizes of the terminal count as the last of them."""

GRACE = 2.0
"""Seconds for an orderly end after SIGTERM or SIGHUP; then the terminal is restored and that is that."""

NO_TERMINAL = 2

DEFAULTS = Config()


def _commands() -> type[Provider]:
    from tui.commands import Actions

    return Actions


class ReaderApp(StartingApp, inherit_bindings=False):
    """The reader's screen over a library, one that is open or what opens it; `top` is painted before that.

    `config` holds what the reader has set; `import_paths` are imported as soon as the screen stands;
    `history` is the file of earlier filters (earlier commands stand beside it), `session` the one that says
    how the screen was left; with a `query` it begins with that filter instead of the last one. What is wrong
    with the configuration or the library is shown first.
    """

    TITLE = "bandoc"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_commands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", show=False),
        Binding("ctrl+z", "suspend_process", show=False),
    ]
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        library: Library | Callable[[], Library],
        *,
        config: Config = DEFAULTS,
        import_paths: Sequence[str] = (),
        history: Path | None = None,
        session: Path | None = None,
        query: str | None = None,
        top: Top | None = None,
    ) -> None:
        super().__init__(library, history, session, query, top)
        self.config = config
        remap(config.keys)
        self.set_keymap({**config.keys})
        self.history = History(history)
        self.commands = History(history.with_name("commands") if history else None)
        self._to_import = tuple(import_paths)
        self._welcomed = history.with_name("welcomed") if history else None
        self._lost = False
        """Whether the library could not be looked at the last time."""
        self._outgoing = Outgoing()
        self._mono, self._legible = Mono(), Legible()
        self._chain = Chain()
        self._filters = [one for one in self._filters if not isinstance(one, Monochrome)]  # Mono does it
        self._never_color = self.no_color
        self._new_size: events.Resize | None = None
        """The last size of the terminal, until it is laid out."""
        for theme in THEMES:
            self.register_theme(theme)
        if self.no_color:
            self.theme = MONO
        elif config.theme in self.available_themes:  # an older Textual may not know it
            self.theme = config.theme

    # -- colours

    def watch_theme(self, name: str) -> None:
        """Without colours the style sheet says by other means what matters."""
        self.no_color = self._never_color or name == MONO
        self._legible.least = 7 if name == HIGH_CONTRAST.name else 4.5

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"shade": shade(self.current_theme)}

    def action_choose_theme(self) -> None:
        """Asks for a theme, and keeps it in the configuration."""
        from tui.screens.theming import ThemeChoice

        before = self.theme

        def chosen(name: str | None) -> None:
            self.theme = before
            if name and name != before:
                self.wear(name)

        if self._never_color:
            self.tell(_("NO_COLOR is set: there are no colours to choose."))
        else:
            self.push_screen(ThemeChoice(before), chosen)

    def wear(self, theme: str) -> None:
        """Takes a theme, and keeps it in the configuration."""
        if self._never_color:
            self.tell(_("NO_COLOR is set: there are no colours to choose."))
        else:
            self.theme = theme
            self.keep_setting("theme", theme)

    def keep_setting(self, key: str, value: str) -> None:
        """Writes a setting into the configuration, if there is one; else it counts for this time."""
        if self.config.path is not None:
            try:
                set_value(self.config.path, key, value)
            except (OSError, ValueError) as error:
                self.tell(_("{path}: {reason}").format(path=self.config.path, reason=error), "error")

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        mine = (*filters, self._mono) if self.no_color else (self._legible, *filters)
        if (*mine, self._outgoing) != self._chain.filters:
            self._chain = Chain(*mine, self._outgoing)
        return [self._chain]

    # -- the terminal

    def run(self, **options: Any) -> None:
        """Runs until the reader leaves. Exits with 2 without a terminal, with 128+n after a signal."""
        # Textual reads standard input and draws on standard error.
        if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
            print(_("bandoc: the screen needs a terminal; see bandoc --help for the rest"), file=sys.stderr)
            raise SystemExit(NO_TERMINAL)
        if os.environ.get("TERM") == "dumb":
            print(_("bandoc: this terminal can't show the screen (TERM=dumb)"), file=sys.stderr)
            raise SystemExit(NO_TERMINAL)
        escape.use()
        self._terminal_before = termios.tcgetattr(sys.__stdin__.fileno())
        super().run(**options)
        if self._signal is not None:
            raise SystemExit(128 + self._signal)

    def _watch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end_by, number)

    def _end_by(self, number: int) -> None:
        if self._signal is None:
            self._signal = number
            # A thread that can't be stopped, or a terminal that is gone, must not keep us.
            last = threading.Timer(GRACE, self._end_now)
            last.daemon = True
            last.start()
            self.exit(return_code=128 + number)

    def _end_now(self) -> None:
        try:
            os.write(2, b"\x1b[<u\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1049l\x1b[?25h")
            termios.tcsetattr(0, termios.TCSANOW, self._terminal_before)
        except (OSError, termios.error, AttributeError):
            pass  # no terminal to restore
        os._exit(128 + (self._signal or 0))

    def _look_for_terminal(self) -> None:
        """Ends when the terminal is gone. Its SIGHUP only reaches the session it controls; started in
        another (setsid, some launchers), Textual would read the end of its input for ever."""
        if not (sys.__stdin__ and os.isatty(sys.__stdin__.fileno())):
            self._end_by(signal.SIGHUP)

    # -- starting

    def on_mount(self) -> None:
        if not self.is_headless:
            self._watch_signals()
        # Textual takes the terminal back after `fg` but leaves it blank.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    async def on_event(self, event: events.Event) -> None:
        """Of sizes that come faster than one can see only the last is laid out: a storm of them would else be
        worked off one by one, for seconds after its end."""
        if isinstance(event, events.Resize) and not self.is_headless and self.main is not None:
            if self._new_size is None:
                self.set_timer(SETTLE, self._settled)
            self._new_size = event
            return
        await super().on_event(event)

    async def _settled(self) -> None:
        event = self._new_size
        self._new_size = None
        if event is not None:
            await super().on_event(event)

    def late(self) -> asyncio.Event | None:
        """Keys mean the list that answers the filter: they wait for it, but not in a dialog."""
        main = self.main
        return main.answered if main is self.screen and main and not main.answered.is_set() else None

    def action_help_here(self) -> None:
        """Help for the dialog or page on top."""
        from tui.screens.help import help_here
        from tui.screens.pages import NarrowPage

        if not isinstance(self.screen, NarrowPage) or self.screen.picks:
            self.push_screen(help_here(self.screen))

    def action_command_palette(self) -> None:
        """Textual's palette, asking in the reader's language."""
        from tui.commands import Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(placeholder=_("Search for commands…"), id="--command-palette"))

    def start(self) -> None:
        """Called by the main screen when all of it stands."""
        if (main := self.main) is None:
            return
        self.call_later(self.obey_keys)
        if self.building:
            self._build_index()
        self.set_interval(LOOK_AGAIN, self._look_again)
        self.set_interval(REMEMBER, self.remember)
        if not self.is_headless:
            self.set_interval(LOOK_AGAIN, self._look_for_terminal)
        if self.config.problems or self.library.problems:
            self._show_notices()
        elif main.rows is not None and main.rows.total:
            self._welcome()
        if self._to_import:
            self.start_import(self._to_import)

    def _show_notices(self) -> None:
        """Shows what is wrong with the configuration and the library; what was found since, in front."""
        found = [say(problem) for problem in self.library.problems]
        new, self._problems_told = found[self._problems_told :], len(found)
        words = [*new, *self.config.problems, *found[: len(found) - len(new)]]
        if (main := self.main) is not None:
            main.show_notice("! " + words[0] + (f" (+{len(words) - 1})" if len(words) > 1 else ""))

    def first_keys(self) -> str:
        """Five keys to begin with, in a line."""
        words = (
            ("list.open", _("open")), ("view.page", _("page on")), ("find.start", _("filter")),
            ("pane.next", _("names")), ("help", _("help")),
        )  # fmt: skip
        return " · ".join(f"{named(id)} {word}" for id, word in words)

    def _welcome(self) -> None:
        """Shows the first keys, once in the life of a reader, until one of them is used."""
        if self._welcomed is None or self._welcomed.exists() or (main := self.main) is None:
            return
        main.welcome(_("{keys} · {back} closes").format(keys=self.first_keys(), back=named("step.back")))
        with suppress(OSError):
            self._welcomed.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._welcomed.touch(mode=0o600)

    def _imported(self, report: Report | None, error: BandocError | None) -> None:
        super()._imported(report, error)
        if report is not None and report.new and not self._problems_told and not self.config.problems:
            self._welcome()  # who begins with `bandoc FOLDER` has had nothing to read before

    @work(thread=True, exclusive=True, group="refresh")
    def _look_again(self) -> None:
        was_lost = self._lost
        try:
            news = self.library.refresh()
            self._lost = False
        except BandocError as error:  # its folder was moved away, its disk is gone: said once
            self._lost = True
            if not was_lost and not get_current_worker().is_cancelled:
                self.call_from_thread(self.complain, error)
            return
        if not self.building and self.library.behind():  # the index was found damaged
            self.call_from_thread(self._begin_building)
        if len(self.library.problems) > self._problems_told and not get_current_worker().is_cancelled:
            self.call_from_thread(self._show_notices)
        # What an import of our own brings is no news to `refresh`.
        if (news or self.busy or was_lost) and not get_current_worker().is_cancelled:
            self.call_from_thread(self._reload)

    def remember(self) -> None:
        """Keeps how the screen is now."""
        if (main := self.main) is not None:
            main.remember()
            self.kept.save()

    def exit(self, *arguments: Any, **options: Any) -> None:
        self.remember()
        super().exit(*arguments, **options)

    # -- the index

    @property
    def building(self) -> bool:
        """Whether the index is being built; what is in it already is listed."""
        return self.is_busy("index")

    def _begin_building(self) -> None:
        self.say_busy("index", _("Building the index…"))
        self._build_index()

    @work(thread=True, group="index")
    def _build_index(self) -> None:
        worker = get_current_worker()

        def stopped() -> bool:
            return worker.is_cancelled or self._signal is not None

        def progress(done: int, total: int) -> None:
            if not stopped():
                words = _("Building the index… {done}/{total}").format(done=f"{done:,}", total=f"{total:,}")
                self.call_from_thread(self.say_busy, "index", words)

        error = None
        try:
            self.library.catch_up(progress, stopped)
        except BandocError as problem:  # locked, most often: the next look tries again
            error = problem
        if not stopped():
            self.call_from_thread(self._built, error)

    def _built(self, error: BandocError | None) -> None:
        self.say_busy("index", "")
        if error is not None:
            self.complain(error)
        self._reload()
