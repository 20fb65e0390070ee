"""The screen under keys, each answered before the next; the command line in this process."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from piloting import quiet
from running import Bandoc, Ran

from tui import i18n
from tui.cli import main


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_an_idle_processor() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("textual.app.wait_for_idle", quiet)
        patched.setattr("textual.pilot.wait_for_idle", quiet)
        yield


@pytest.fixture
def bandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bandoc]:
    monkeypatch.setenv("BANDOC_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("BANDOC_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("BANDOC_LANG", "en")
    monkeypatch.chdir(tmp_path)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}

    def run(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        streams = {
            "stdin": io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"),
            "stdout": io.TextIOWrapper(io.BytesIO(), encoding="ascii"),
            "stderr": io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True),
        }
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            with pytest.raises(SystemExit) as ended:
                main(arguments)
        written = []
        for name in ("stdout", "stderr"):
            streams[name].flush()
            streams[name].seek(0)
            written.append(streams[name].buffer.read().decode())
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, *written)

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)
    i18n.setup("en")  # what a test asked for in Vietnamese must not be told to the next ones
