"""What is shipped: a wheel with two packages that installs and starts."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import store

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    # The build backend is among the development dependencies: nothing is fetched for the build.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_two_packages_and_nothing_else_on_top(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
    assert {name.split("/")[0] for name in files} == {"store", "tui", f"bandoc-{store.__version__}.dist-info"}


def test_the_wheel_holds_all_that_the_packages_read(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = set(archive.namelist())
    data = {
        str(path.relative_to(ROOT))
        for package in ("store", "tui")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pot"
    }
    assert data <= files | {name for name in data if name.endswith(".po")}


def test_the_installed_wheel_starts(wheel: Path, tmp_path: Path) -> None:
    env = tmp_path / "env"
    venv.create(env, with_pip=False, symlinks=True)
    python = str(env / "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    # The dependencies come from this environment, the package itself from the wheel alone.
    here = next(path for path in sys.path if path.endswith("site-packages"))
    site = next(env.glob("lib/python3*/site-packages"))
    (site / "dependencies.pth").write_text(here + "\n", encoding="utf-8")
    done = subprocess.run(
        [str(env / "bin/bandoc"), "--version"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert store.__version__ in done.stdout
