"""ReaderApp: owns the library, the undo stack and the way out of the terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.content import Content
from textual.filter import LineFilter, NoColor
from textual.widgets import Input
from textual.worker import get_current_worker

from store.changes import Change
from store.errors import ArticleNotFound, BandocError
from tui.content import Outgoing, join
from tui.i18n import _
from tui.screens.main import MainScreen
from tui.wording import say

if TYPE_CHECKING:
    from store.importing import Progress, Report
    from store.library import Library

LOOK_AGAIN = 2.0
"""Seconds between two looks at what other processes did to the library."""

GRACE = 2.0
"""Seconds for an orderly end after SIGTERM or SIGHUP; then the terminal is restored and that is that."""

NO_TERMINAL = 2


def _commands() -> type[Provider]:
    from tui.commands import Actions

    return Actions


class Done(NamedTuple):
    """A change that can be undone: what it was, its inverse, and whether the reader asked for it."""

    words: str
    inverse: Change
    by_hand: bool


class ReaderApp(App[None], inherit_bindings=False):
    """The reader's screen over a library.

    `import_paths` are imported as soon as the screen stands; `export_folder` is where `e` writes (default:
    the working directory), with `export_ascii` under a name of a-z, 0-9 and hyphens; `notices` are lines
    that the reader should see first.
    """

    TITLE = "bandoc"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_commands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", show=False),
        Binding("ctrl+z", "suspend_process", show=False),
    ]
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        library: Library,
        *,
        import_paths: Sequence[str] = (),
        export_folder: Path | None = None,
        export_ascii: bool = False,
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.library = library
        self.export_folder = export_folder or Path()
        self.export_ascii = export_ascii
        self.busy = ""
        """What the status line says while an import runs."""
        self._to_import = tuple(import_paths)
        self._notices = [*notices, *(say(problem) for problem in library.problems)]
        self._done: list[Done] = []
        self._early: list[events.Key] = []
        """Keys pressed before the screen stood; each would otherwise be lost, and the next one obeyed."""
        self._lost = False
        """Whether the library could not be looked at the last time."""
        self._outgoing = Outgoing()
        self._no_color = NoColor()
        self._signal: int | None = None
        if self.no_color:
            # The terminal's own two colours; the name of that theme changed between versions of Textual.
            self.theme = next(name for name, theme in self.available_themes.items() if theme.ansi)

    # -- the terminal

    def get_default_screen(self) -> MainScreen:
        return MainScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = [*super().get_line_filters()]
        if self.no_color:
            filters.append(self._no_color)
        return [*filters, self._outgoing]

    def run(self, **options: Any) -> None:
        """Runs until the reader leaves. Exits with 2 without a terminal, with 128+n after a signal."""
        # Textual reads standard input and draws on standard error.
        if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
            print(_("bandoc: the screen needs a terminal; see bandoc --help for the rest"), file=sys.stderr)
            raise SystemExit(NO_TERMINAL)
        if os.environ.get("TERM") == "dumb":
            print(_("bandoc: this terminal can't show the screen (TERM=dumb)"), file=sys.stderr)
            raise SystemExit(NO_TERMINAL)
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

    # -- starting

    @property
    def main(self) -> MainScreen | None:
        """The main screen, whatever stands over it."""
        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    def on_mount(self) -> None:
        if not self.is_headless:
            self._watch_signals()
        # Textual takes the terminal back after `fg` but leaves it blank.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    async def on_event(self, event: events.Event) -> None:
        """Holds keys back until all panes and bars stand (Ctrl-c is never held back)."""
        if isinstance(event, events.Key) and event.key != "ctrl+c" and (main := self.main) is not None:
            if not main.furnished:
                self._early.append(event)
                return
            await self._catch_up()
        await super().on_event(event)

    async def _catch_up(self) -> None:
        early, self._early = self._early, []
        for event in early:
            await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A letter right behind the key that opened a line to type in belongs into that line: Textual has
        sent it to what had the focus before, and would drop it."""
        if isinstance(self.focused, Input) and event.is_printable:
            event.prevent_default().stop()
            self.focused.post_message(events.Key(event.key, event.character))

    def action_command_palette(self) -> None:
        """Textual's palette, asking in the reader's language."""
        from tui.commands import Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(placeholder=_("Search for commands…"), id="--command-palette"))

    def start(self) -> None:
        """Called by the main screen when all of it stands."""
        if (main := self.main) is None:
            return
        self.call_later(self._catch_up)
        self.set_interval(LOOK_AGAIN, self._look_again)
        if self._notices:
            more = f" (+{len(self._notices) - 1})" if len(self._notices) > 1 else ""
            main.show_notice(self._notices[0] + more)
        if self._to_import:
            self.start_import(self._to_import)

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
        # What an import of our own brings is no news to `refresh`.
        if (news or self.busy or was_lost) and not get_current_worker().is_cancelled:
            self.call_from_thread(self._reload)

    def _reload(self) -> None:
        if (main := self.main) is not None:
            main.select()
            if main.article is not None:
                main.show_article(main.article.id)

    # -- changes

    def change(self, ids: Sequence[str], change: Change, words: str, *, by_hand: bool = True) -> bool:
        """Changes articles; `words` say what was done when it is undone. False if it could not be.

        What was not done `by_hand` (an article counts as read after a while) is undone after all the rest:
        nobody who takes back the star they gave means the mark that came by itself since.
        """
        try:
            inverse = self.library.change(ids, change)
        except BandocError as error:
            self.complain(error)
            return False
        self._done.append(Done(words, inverse, by_hand))
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._done)

    def undo(self) -> tuple[str, tuple[str, ...]] | None:
        """Takes the last change back: what it was, in words, and the ids; None if there was nothing."""
        if not self._done:
            self.tell(_("Nothing to undo."))
            return None
        places = range(len(self._done) - 1, -1, -1)
        place = next((place for place in places if self._done[place].by_hand), places[0])
        last = self._done[place]
        try:
            self.library.change(last.inverse.ids, last.inverse)
        except ArticleNotFound as error:  # deleted for good meanwhile: the steps before can still be undone
            del self._done[place]
            self.complain(error)
            return None
        except BandocError as error:
            self.complain(error)
            return None
        del self._done[place]
        return last.words, tuple(last.inverse.ids)

    # -- importing

    def ask_import(self) -> None:
        """Asks for a path and imports it; while an import runs, whether to stop it."""
        from tui.screens.dialogs import Confirm, Prompt

        def answered(path: str | None) -> None:
            if path and path.strip():
                self.start_import([os.path.expanduser(path.strip())])

        def stop(yes: bool | None) -> None:
            if yes:
                self.workers.cancel_group(self, "import")

        if self.busy:
            self.push_screen(Confirm(_("An import is running. Stop it?")), stop)
        else:
            self.push_screen(Prompt(_("Import a file or folder")), answered)

    def start_import(self, paths: Sequence[str]) -> None:
        """Imports paths in the background."""
        self._say_busy(_("Importing…"))
        self._import(tuple(paths))

    @work(thread=True, group="import")
    def _import(self, paths: tuple[str, ...]) -> None:
        from store.importing import import_paths

        worker = get_current_worker()

        def stopped() -> bool:
            return worker.is_cancelled or self._signal is not None

        def progress(at: Progress) -> None:
            if not stopped():
                words = _("Importing… {done}/{total}").format(done=at.done, total=at.total)
                self.call_from_thread(self._say_busy, words)

        try:
            report = import_paths(self.library, paths, progress=progress, cancelled=stopped)
        except BandocError as error:
            if self._signal is None:
                self.call_from_thread(self._imported, None, error)
        else:
            if self._signal is None:
                self.call_from_thread(self._imported, report, None)

    def _say_busy(self, words: str) -> None:
        self.busy = words
        if (main := self.main) is not None:
            main.say_where()

    def _imported(self, report: Report | None, error: BandocError | None) -> None:
        from tui.screens.pages import report_line, report_page

        self._say_busy("")
        if error is not None:
            self.complain(error)
        if report is None:
            return
        self.tell(report_line(report), "warning" if report.failed else "information")
        if report.failed:
            self.push_screen(report_page(report))
        self._reload()

    # -- words

    def on_notify(self) -> None:
        """One message at a time: keys pressed fast must not pile them up over the text."""
        self.clear_notifications()

    def tell(self, words: str, severity: Literal["information", "warning", "error"] = "information") -> None:
        """A passing message. Article titles may be in it: it is never markup."""
        self.notify(
            str(join(words)), severity=severity, timeout=4 if severity == "information" else 8, markup=False
        )

    def complain(self, error: BandocError) -> None:
        """An error of the store, in words."""
        self.tell(say(error), "error")

    def plain_error(self, error: BandocError, before: str = "") -> Content:
        """An error as a line of content."""
        return join(before, (say(error), "$text-error"))
