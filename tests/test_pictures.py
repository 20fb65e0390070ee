"""The pictures of the READMEs are there, are whole, and tell nothing of the machine they were drawn on."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))


@pytest.mark.parametrize(("readme", "ending"), [("README.md", ""), ("README.vi.md", ".vi")])
def test_each_readme_shows_the_five_pictures_in_its_language(readme: str, ending: str) -> None:
    shown = set(re.findall(r"\((docs/pictures/[^)]+)\)", (ROOT / readme).read_text(encoding="utf-8")))
    names = {path.name.removesuffix(".vi.svg").removesuffix(".svg") for path in PICTURES}
    assert len(names) == 5
    assert shown == {f"docs/pictures/{name}{ending}.svg" for name in names}
    assert all((ROOT / path).is_file() for path in shown)


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_whole_and_names_no_folder(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ET.fromstring(text).tag.endswith("svg")
    assert not re.search(r"/(home|tmp|root|work|Users)/", text)
