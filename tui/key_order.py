"""The part of the app that answers keys one after the other, however fast they come."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.escape import apart, is_both

PATIENCE = 3.0
"""Seconds that a part of the screen may take for what a key asked of it; then the next key is obeyed."""


class KeyByKeyApp(App[None], inherit_bindings=False):
    """Hands out a key when the one before it has done all it does.

    Textual gives every key at once to what has the focus. A key that moves the focus or opens a dialog has
    not done so by then: of `Enter j` typed in a breath, the `j` would go to the line that `Enter` leaves.
    Nor would it mean the second row of what the filter finds, if the list still shows what was before.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: deque[events.Key] = deque()
        self._answer: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and event.key != "ctrl+c":
            self._keys.extend(self._meant(event))
            if self._answer is None:
                await self.obey_keys()
            return
        await super().on_event(event)

    def _meant(self, event: events.Key) -> list[events.Key]:
        """What was typed: Esc and a key behind it come as one."""
        if not is_both(event):
            return [event]
        return apart(event, self.screen.active_bindings, isinstance(self.focused, (Input, TextArea)))

    def takes_keys(self) -> bool:
        """Whether keys can be obeyed yet; until then they wait. Whoever makes it so calls `obey_keys`."""
        return True

    def late(self) -> asyncio.Event | None:
        """What a key that types nothing has to wait for: set when the screen shows what was asked of it."""
        return None

    async def obey_keys(self) -> None:
        """Hands out what has waited, up to the next key that has to be waited for."""
        self._answer = None
        while self._keys and self._answer is None and self.takes_keys():
            target = self.focused or self.screen
            if not isinstance(target, Input) and (late := self.late()) is not None:
                self._answer = asyncio.create_task(self._caught_up(late))
                return
            event = self._keys.popleft()
            way = target.ancestors_with_self
            if listened_to := any(listens(type(pump), name) for pump in way for name in event.name_aliases):
                await super().on_event(event)
            else:  # it need not go from pump to pump up to the app, which then looks up what it is bound to
                self.app_focus = True
                await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
            if not (isinstance(target, Input) and event.is_printable):  # a letter stays where it was typed
                self._answer = asyncio.create_task(self._answered([*way * (1 + listened_to), self.screen]))

    async def _answered(self, way: Sequence[MessagePump]) -> None:
        """Waits until what a key asked for has gone this way, from what had the focus up to the app (twice,
        if the key itself went so, too); then comes the next key."""
        for pump in way:
            await self._idle(pump)
        self._answer = None
        if self._keys:
            self.call_later(self.obey_keys)

    async def _caught_up(self, late: asyncio.Event) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(late.wait(), PATIENCE)
        late.set()  # what is later still must not make the keys wait again
        self.call_later(self.obey_keys)

    @staticmethod
    async def _idle(pump: MessagePump) -> None:
        """Waits until what stands in the queue of a pump is done, or the pump is at its end."""
        loop = asyncio.get_running_loop()
        done, end = loop.create_future(), loop.time() + PATIENCE
        if pump.call_later(_done, done):
            while pump.is_running and loop.time() < end and not done.done():
                await asyncio.wait([done], timeout=0.02)


def _done(future: asyncio.Future[None]) -> None:
    """A function of ours: of a built-in one Textual would ask each time how many arguments it takes."""
    future.set_result(None)


@cache
def listens(pump: type[MessagePump], name: str) -> bool:
    """Whether a kind of widget, screen or app has a handler of its own for the key of this name; most have
    bindings only."""
    names = {"on_key", "_on_key", f"key_{name}", f"_key_{name}"}
    # What Textual's own base classes do is to look for bindings and for `key_…`.
    return any(names & vars(kind).keys() for kind in pump.__mro__ if kind not in (Widget, App))
