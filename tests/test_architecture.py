"""Where the walls stand. import-linter reads the sources; here real processes say what was loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.article import Article, Block
from store.library import Library

ROOT = Path(__file__).parents[1]


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.split())


def test_the_whole_store_knows_nothing_of_the_interface() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "store").rglob("*.py"))
        if path.name != "__init__.py"
    ]
    loaded = loaded_after(f"import {', '.join(modules)}")
    assert not loaded & {"textual", "rich", "click", "tui"}


def test_importing_the_store_does_nothing_and_loads_nothing_heavy() -> None:
    assert not loaded_after("import store") & {"tinydb", "sqlite3", "dateutil", "json"}


@pytest.mark.parametrize("verb", ["--version", "--help", "list --help"])
def test_the_command_line_starts_without_the_screen(verb: str) -> None:
    loaded = loaded_after(
        f"import sys\nsys.argv = ['bandoc', *{verb!r}.split()]\n"
        "import io, contextlib\nfrom tui.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()"
    )
    assert "textual" not in loaded


def test_a_list_opens_the_index_and_nothing_else(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add([(Article("", "Tổng kết năm", blocks=(Block("paragraph", "Bí thư báo cáo."),)), None)])
    asked = f"['bandoc', '--library', {str(tmp_path / 'library')!r}, 'list', 'tong ket', '--limit', '20']"
    loaded = loaded_after(
        f"import sys\nsys.argv = {asked}\n"
        "import io, contextlib\nfrom tui.cli import main\nwritten = io.StringIO()\n"
        "with contextlib.redirect_stdout(written), contextlib.suppress(SystemExit): main()\n"
        "assert 'Tổng kết năm' in written.getvalue()"
    )
    assert "store.index.answers" in loaded
    heavy = {"tinydb", "dateutil", "orjson", "platformdirs", "rich", "textual"}
    rooms = {
        "article",
        "cleaning",
        "dates",
        "entities",
        "library",
        "loaders",
        "storage",
        "volumes",
        "workers",
    }
    assert not loaded & (heavy | {f"store.{room}" for room in rooms} | {"store.index.index"})


def test_the_gazetteers_are_read_when_they_are_needed() -> None:
    opened = loaded_after(
        "import sys\nopened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "import store.entities\n"
        "assert not [name for name in opened if '/lexicon/' in name and '.py' not in name]"
    )
    assert "store.entities" in opened


def test_no_module_grows_beyond_a_room() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for package in ("store", "tui")
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 430} == {}
