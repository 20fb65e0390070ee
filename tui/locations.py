"""Where things lie: the library, the configuration. An option wins over the environment, that over
the configuration, that over the platform's own places."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.config import Config


def config_file() -> Path:
    """BANDOC_CONFIG, or `config.toml` where the platform keeps settings."""
    if named := os.environ.get("BANDOC_CONFIG"):
        return Path(named).expanduser()
    return _of_the_platform("config") / "config.toml"


def library_folder(option: str | None, config: Config) -> Path:
    """The library to open: `--library`, BANDOC_LIBRARY, `library` of the configuration, or the
    platform's place for a user's data."""
    if named := option or os.environ.get("BANDOC_LIBRARY"):
        return Path(named).expanduser()
    if config.library is not None:
        return config.library
    return _of_the_platform("data") / "library"


def state_folder() -> Path:
    """What bandoc remembers of a reader's sessions: BANDOC_STATE, or the platform's place for that."""
    if named := os.environ.get("BANDOC_STATE"):
        return Path(named).expanduser()
    return _of_the_platform("state")


_USUAL = {"config": "~/.config", "data": "~/.local/share", "state": "~/.local/state"}


def _of_the_platform(kind: str) -> Path:
    """The folder for what is bandoc's own, as platformdirs says. On Linux that is a variable or a default,
    and to import platformdirs takes a tenth of the time in which a list is shown."""
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        named = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
        return Path(named or _USUAL[kind]).expanduser() / "bandoc"
    import platformdirs

    folder: Path = getattr(platformdirs, f"user_{kind}_path")("bandoc")
    return folder


def export_folder(config: Config) -> Path:
    """Where exports go: `export.folder` of the configuration, or where bandoc was started."""
    return config.export_folder or Path()
