"""What the system's clipboard holds, by the program that each system has for it.

No terminal may be asked: most refuse, since any program could then read what was copied elsewhere. Pasting
with the terminal's own key always works; this is for those who pressed Ctrl-v out of habit.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PROGRAMS = (
    ("WAYLAND_DISPLAY", ("wl-paste", "--no-newline")),
    ("DISPLAY", ("xclip", "-selection", "clipboard", "-out")),
    ("DISPLAY", ("xsel", "--clipboard", "--output")),
    ("", ("pbpaste",)),
)
"""Programs that print the clipboard, each with the variable that says whether it can."""

PATIENCE = 2.0
"""Seconds; a program that waits for a display that is gone would wait for ever."""


def program() -> tuple[str, ...] | None:
    """The program to ask here, if there is one."""
    for variable, command in PROGRAMS:
        if (not variable or os.environ.get(variable)) and shutil.which(command[0]):
            return command
    return None


def read(command: tuple[str, ...]) -> str:
    """The text that a program prints. Raises OSError if it fails or takes too long."""
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise TimeoutError(f"{PATIENCE:.0f} s") from late
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise OSError(said or f"exit {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
