"""Keys are named as they count: whoever gave an action other keys reads these, wherever one is named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from piloting import opened, settled, shown, told
from screen_fakes import article, named

import tui
from store.article import State
from tui.config import Config
from tui.keys import KEYS, remap

OTHER = {key.id: f"alt+f{number}" for number, key in enumerate(KEYS, 1)}
"""Every action by a key that nobody has."""

NO_KEYS = {
    "a name of 1 to 60 letters is needed",
    "about {n} s left",
    "By title, from Z to A",
    "By source, from Z to A",
    "{count} h",
}
SIGN = re.compile(r"(?<![\w{'’“(-])(?!a\b|A\b|I\b)[A-Za-z0-9@*&](?![\w}'’×-])|\(\w\)")


def _strings() -> Iterator[tuple[str, str]]:
    """What the screen says, by module."""
    root = Path(tui.__file__).parent
    for path in root.rglob("*.py"):
        if "cli" in path.relative_to(root).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "N_", "ngettext"):
                for one in node.args:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield path.name, one.value


def test_no_line_names_a_key_that_may_be_another_one() -> None:
    found = {(path, text) for path, text in _strings() if SIGN.search(text) and text not in NO_KEYS}
    # The messages of bandoc doctor and the like name no keys; figures in them are no keys.
    assert sorted(text for path, text in found if path not in ("wording.py", "config.py")) == []


@pytest.mark.parametrize(
    "text", ["Press 5 to see", "{count} folded (c)", "a note · D removes", "B or @ shows"]
)
def test_a_key_named_by_its_letter_is_seen(text: str) -> None:
    assert SIGN.search(text)


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    yield
    remap({})


def lines(pilot: object) -> str:
    return " ".join(" ".join(shown(pilot)).split())  # type: ignore[arg-type]


async def test_other_keys_are_named_wherever_a_line_names_one(tmp_path: Path) -> None:
    config = Config(keys={key: name for key, name in OTHER.items() if key not in ("step.back",)})

    def key(id: str) -> str:
        return OTHER[id].replace("alt+f", "Alt-F")

    removed = article(8, state=State(removed="2026-01-01T00:00:00Z"))
    async with opened([named(), removed], config=config, history=tmp_path / "filters") as (pilot, screen, _):
        first = f" {key('list.open')} open · {key('view.page')} page on"
        await settled(pilot, lambda: shown(pilot)[0].startswith(first))
        press = pilot.press
        await press(OTHER["view.starred"])
        await settled(pilot, lambda: f"Press {key('view.all')} for all articles." in lines(pilot))
        await press(OTHER["view.all"])
        await settled(pilot, lambda: screen.view_name == "all")
        await press(OTHER["article.purge"])
        await settled(pilot, lambda: f": {key('view.trash')} shows it." in told(pilot))
        pilot.app.clear_notifications()
        await press(OTHER["entities.filter"])
        await settled(
            pilot,
            lambda: (
                told(pilot)
                == f"Choose a name first: {key('pane.next')} to the names, {key('entities.walk')} on one."
            ),
        )
        await press(OTHER["list.open"], OTHER["view.select"])
        await settled(pilot, lambda: f"Select text: {key('select.start')} begins" in lines(pilot))
        await press(OTHER["select.leave"], OTHER["article.highlights"])
        words = f"{key('view.select')} selects text, then {key('select.highlight')} highlights it."
        await settled(pilot, lambda: words in lines(pilot))
        assert f"{key('article.trash')} removes · {key('undo')} undoes" in lines(pilot)
