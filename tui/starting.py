"""The part of the app that starts: the top of the list stands before the library is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from store.errors import BandocError
from tui.i18n import _
from tui.importing import ImportingApp
from tui.session import Kept

if TYPE_CHECKING:
    from store.index.top import Top
    from store.library import Library
    from tui.screens.first import Beginning


class StartingApp(ImportingApp, inherit_bindings=False):
    """Opens the library, and puts the main screen up.

    Where the `top` of the list is what the screen begins with, it is painted first. All the rest, two thirds
    of what there is to import and all that grows with the library, follows while it is looked at.
    """

    def __init__(
        self,
        library: Library | Callable[[], Library],
        history: Path | None,
        session: Path | None,
        query: str | None,
        top: Top | None,
    ) -> None:
        super().__init__(history)
        self.kept = Kept(session)
        self.first_filter = query
        self._open = library if callable(library) else lambda: library
        self._begins: Beginning | None = None
        """What stands on the terminal until the main screen does."""
        self._failed: BandocError | None = None
        if not query:
            from tui.screens.first import beginning

            self._begins = beginning(top, self.kept, anew=query is not None)
        if self._begins is None:
            self.take_up(self._open())

    def take_up(self, library: Library) -> None:
        """Begins with a library, open now."""
        self.library = library
        self._problems_told = len(library.problems)
        if library.behind():
            self.say_busy("index", _("Building the index…"))

    def get_default_screen(self) -> Screen[Any]:
        if self._begins is None:
            return self._main_screen()
        from tui.screens.first import FirstScreen

        return FirstScreen(self._begins)

    def _main_screen(self) -> Screen[Any]:
        from tui.screens.main import MainScreen  # 80 modules, a quarter of what the program imports

        self._main = MainScreen(over_first=self._begins is not None)
        return self._main

    async def take_over(self) -> None:
        """Puts the main screen over the first one. (It stays below: Textual takes no default screen away.)"""
        try:
            self.take_up(self._open())
        except BandocError as error:
            self._failed = error
            self.exit()
            return
        await self.push_screen(self._main_screen())

    def takes_keys(self) -> bool:
        """Keys wait until all panes and bars stand; else they would be lost (Ctrl-c never waits)."""
        return self.main.furnished if self.main is not None else self._begins is None

    def run(self, **options: Any) -> None:
        """Raises what kept the library from being opened."""
        super().run(**options)
        if self._failed is not None:
            raise self._failed
