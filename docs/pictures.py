"""Draws the pictures of the READMEs: bandoc over the samples, without a terminal, by a reader's keys.

    python docs/pictures.py [FOLDER]        writes docs/pictures/*.svg; the same bytes each time

Each picture is drawn twice, with English and with Vietnamese words.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "pictures"

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

from rich.cells import cell_len  # noqa: E402
from textual import events  # noqa: E402  (Textual reads the settings above when it is imported)
from textual.pilot import Pilot  # noqa: E402
from textual.widgets import Input  # noqa: E402

from store.importing import import_paths  # noqa: E402
from store.library import Library  # noqa: E402
from tui import i18n  # noqa: E402
from tui.app import ReaderApp  # noqa: E402
from tui.config import Config  # noqa: E402


@dataclass(frozen=True)
class Picture:
    """A picture: its name, its size in cells, and the keys that lead to it; a word of several letters is
    typed."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]


PICTURES = (
    Picture("reading", (160, 40), ("slash", "sat lo", "tab")),
    Picture("finding", (84, 30), ("slash", "vua chong han", "tab", "slash", "thuy loi", "enter", "n")),
    Picture(
        "narrowing",
        (120, 36),
        ("slash", "nghi quyet, date:2021..2025", "enter", "at", "c", "j"),
    ),
    Picture("person", (100, 32), ("slash", "lo the quan", "enter", "shift+tab", "space")),
    Picture(
        "highlighting",
        (84, 30),
        ("slash", "vua chong han", "tab", "slash", "nang nong", "enter", "v", "space", "end", "s"),
    ),
)


async def draw(library: Library, picture: Picture) -> str:
    """The picture as SVG."""
    # A slow machine would have read the article by then.
    app = ReaderApp(library, config=Config(read_rule="never"))
    async with app.run_test(size=picture.size) as pilot:
        await still(pilot)
        for key in picture.keys:
            if len(key) > 1 and isinstance(app.focused, Input) and key not in ("enter", "tab"):
                for letter in key:
                    app.post_message(events.Key(letter, letter))
            else:
                await pilot.press(key)
            await still(pilot)
        return tidy(app.export_screenshot(title="bandoc"))


TEXT = re.compile(r'(<text [^>]*?)x="([^"]+)"([^>]*?)textLength="([^"]+)"([^>]*)>([^<]*)</text>')


def tidy(svg: str) -> str:
    """Puts each piece of text where its first letter stands: some viewers drop the spaces in front of it."""

    def moved(found: re.Match[str]) -> str:
        before, x, between, length, after, text = found.groups()
        text = unescape(text)
        if not (letters := text.strip("\xa0\n ")):
            return ""
        cell = float(length) / cell_len(text)
        x = float(x) + cell * (len(text) - len(text.lstrip("\xa0")))
        length = cell * cell_len(letters)
        letters = escape(letters, quote=False)
        return f'{before}x="{x:.6g}"{between}textLength="{length:.5g}"{after}>{letters}</text>'

    return TEXT.sub(moved, svg)


async def still(pilot: Pilot[None]) -> None:
    """Waits until the screen has not changed for 0.4 seconds: the text follows the list, threads count."""
    before, quiet = "", 0
    while quiet < 4:
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause(0.1)
        now = pilot.app.export_screenshot()
        before, quiet = now, quiet + 1 if now == before else 0


async def draw_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        samples, copy = Path(scratch) / "samples", Path(scratch) / "copy"
        with Library.open(samples) as library:
            import_paths(library, [ROOT / "sample_data"], jobs=1)
        for language, ending in (("en", ""), ("vi", ".vi")):
            i18n.setup(language)
            for picture in PICTURES:
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(samples, copy)
                with Library.open(copy) as library:
                    svg = await draw(library, picture)
                (folder / f"{picture.name}{ending}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
