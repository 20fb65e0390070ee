"""The screen driven by keys: the app over a library in memory, and waiting for what a key brings about."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from screen_fakes import FakeLibrary, article
from textual._context import active_app
from textual.pilot import Pilot

from store.article import Article
from store.library import Library
from tui.app import ReaderApp
from tui.screens.main import MainScreen

PATIENCE = 30.0
"""Seconds that a busy machine may take for anything."""

LONG_WORK = {"import", "index"}
"""Groups of workers that go on while keys are answered."""


async def quiet(*_: object) -> None:
    """Waits until the app has nothing left to do: no callback, no thread at work, nothing to be drawn.

    Takes the place of what Textual does after each key, to sleep until the processor seems idle: twice
    20 ms where nothing is left to do, and too short where other programs have the processor. A thread that a
    test holds back is waited for a tenth of a second.
    """
    loop, app = asyncio.get_running_loop(), active_app.get()
    start, still = time.monotonic(), 0
    while still < 2 and time.monotonic() < start + 1:
        await asyncio.sleep(0)
        still += 1
        if loop._ready:  # type: ignore[attr-defined]
            still = 0
        elif app.screen_stack and app.screen._update_timer._active.is_set():
            still = 0
            app.screen._on_timer_update()
        elif time.monotonic() < start + 0.1 and any(
            worker.is_running and worker.group not in LONG_WORK for worker in app.workers
        ):
            still = 0
            await asyncio.sleep(0.001)


@asynccontextmanager
async def opened(
    articles: Iterable[Article] = (), size: tuple[int, int] = (80, 24), **options: object
) -> AsyncIterator[tuple[Pilot[None], MainScreen, FakeLibrary]]:
    """The app over a library of these articles, when the list is filled."""
    library = FakeLibrary(articles)
    async with at_list(library, size, **options) as (pilot, screen):
        yield pilot, screen, library


@asynccontextmanager
async def at_list(
    library: FakeLibrary | Library, size: tuple[int, int] = (80, 24), **options: object
) -> AsyncIterator[tuple[Pilot[None], MainScreen]]:
    """The app over this library, when the list is filled."""
    app = ReaderApp(library, **options)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        yield pilot, screen


async def settled(pilot: Pilot[None], done: Callable[[], bool]) -> None:
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while True:
        await pilot.pause()
        await quiet()  # what a pause lays out at its end has its size
        if done():
            return
        if time.monotonic() > end:
            raise AssertionError("did not come about:\n" + "\n".join(shown(pilot)))
        await pilot.pause(0.01)


def shown(pilot: Pilot[None]) -> list[str]:
    """The lines of the whole screen, as they leave for the terminal."""
    lines = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def told(pilot: Pilot[None]) -> str:
    """The passing message on the screen, "" if there is none."""
    return next((notice.message for notice in pilot.app._notifications), "")


def ten() -> list[Article]:
    return [article(n, f"Bài số {n}") for n in range(1, 11)]
