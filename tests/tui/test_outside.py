"""Other programs: which browser opens a link, and a command that reads an article."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tui import outside
from tui.outside import MOST, Browser, Piped

LINK = "https://example.org/a?b=$(touch gone)&c='d'"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is searched for programs, without a desktop."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)


def test_without_any_browser_there_is_none(programs: Path) -> None:
    put(programs, "xdg-open")  # of no use without a desktop
    assert outside.browser(LINK) is None


def test_the_desktop_comes_before_a_browser_for_the_terminal(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(programs, "xdg-open", "w3m")
    assert outside.browser(LINK) == Browser(["w3m", LINK], True)
    monkeypatch.setenv("DISPLAY", ":0")
    assert outside.browser(LINK) == Browser(["xdg-open", LINK], False)


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ("fire --new", Browser(["fire", "--new", LINK], False)),
        ("fire --url=%s -x", Browser(["fire", f"--url={LINK}", "-x"], False)),
        ("nowhere:lynx -a", Browser(["lynx", "-a", LINK], True)),
        ("fire ':lynx", Browser(["lynx", LINK], True)),
        ("nowhere", None),
    ],
)
def test_BROWSER_comes_first(
    programs: Path, monkeypatch: pytest.MonkeyPatch, named: str, wanted: Browser | None
) -> None:
    put(programs, "fire", "lynx") if wanted else None
    monkeypatch.setenv("BROWSER", named)
    assert outside.browser(LINK) == wanted


@pytest.mark.parametrize(
    ("visual", "wanted"), [("", ["vi"]), ("code -w", ["code", "-w"]), ("'my ed' -x", ["my ed", "-x"])]
)
def test_the_editor_with_its_arguments(
    programs: Path, monkeypatch: pytest.MonkeyPatch, visual: str, wanted: list[str]
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    assert outside.editor() == wanted


def ran(line: str, text: str = "một\nhai\n") -> Piped:
    piped = Piped(line, text)
    piped.read(lambda: None)
    return piped


def test_a_command_reads_the_text_and_says_something() -> None:
    piped = ran("tr a-z A-Z; echo lỗi >&2; exit 3")
    assert piped.output.decode() == "MộT\nHAI\nlỗi\n"
    assert piped.code == 3


def test_a_command_that_reads_nothing_of_a_long_text() -> None:
    assert ran("echo ok", "x" * 500_000).output == b"ok\n"


def test_what_it_leaves_in_the_background_is_not_waited_for() -> None:
    begun = time.monotonic()
    piped = ran("sleep 30 & echo $!")
    assert time.monotonic() - begun < 10
    os.kill(int(piped.output), 9)


def test_a_command_without_end_is_ended_with_all_it_started() -> None:
    piped = Piped("trap '' TERM; sleep 60 & echo $!; wait; sleep 60", "")
    while not piped.output:
        piped.read(piped.stop) if piped.code is None else None
    child = int(piped.output)
    assert piped.code is not None
    assert piped.code < 0
    end = time.monotonic() + 5
    while time.monotonic() < end and Path(f"/proc/{child}/stat").exists():
        if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{child}").exists()


def test_output_without_end_is_cut() -> None:
    piped = ran("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done")
    assert piped.full
    assert len(piped.output) == MOST


def test_a_command_has_no_terminal_to_draw_on() -> None:
    assert ran("if (: </dev/tty) 2>/dev/null; then echo yes; else echo no; fi").output == b"no\n"


def test_a_signal_that_ends_bandoc_ends_the_editor_first() -> None:
    before = signal.getsignal(signal.SIGTERM)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    try:
        assert outside.in_foreground(["sleep", "600"]) == -signal.SIGTERM
    finally:
        timer.join()
    assert signal.getsignal(signal.SIGTERM) is before


def test_ctrl_c_ends_the_editor_and_not_bandoc() -> None:
    line = f"kill -INT {os.getpid()}; exit 3"
    assert outside.in_foreground(["sh", "-c", line]) == 3
