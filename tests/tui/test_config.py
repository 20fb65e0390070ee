"""Settings: what is wrong is named with its line, the rest holds; a change leaves the file as it was."""

from pathlib import Path

import pytest

from tui import config, locations
from tui.config import Config


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_is_all_defaults(file: Path) -> None:
    assert config.load(file) == Config()


def test_every_key(file: Path) -> None:
    file.write_text(
        'library = "/tin"\nlanguage = "vi"\n[export]\nfolder = "ra"\nascii = true\n', encoding="utf-8"
    )
    assert config.load(file) == Config(Path("/tin"), "vi", file.parent / "ra", True)


def test_a_wrong_value_is_named_with_its_line_and_the_rest_holds(file: Path) -> None:
    file.write_text('# mine\nlanguage = "klingon"\nlibrary = "/tin"\nxyz = 1\n\n[export]\nascii = "yes"\n')
    found = config.load(file)
    assert (found.library, found.language, found.export_ascii) == (Path("/tin"), None, False)
    assert [problem.partition(": ")[0] for problem in found.problems] == [
        f"{file}, line {number}" for number in (2, 4, 7)
    ]


def test_a_line_that_is_no_toml_costs_only_itself(file: Path) -> None:
    file.write_text('library = "/tin"\nlanguage = vi\n[export]\nascii = true\n')
    found = config.load(file)
    assert (found.library, found.language, found.export_ascii) == (Path("/tin"), None, True)
    assert [problem.partition(": ")[0] for problem in found.problems] == [f"{file}, line 2"]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"[[[", b'a = "', b"=\n" * 50, b"library = 3", b'library = "\\u0000"']
)
def test_no_content_is_fatal(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    found = config.load(file)
    assert found.library is None
    assert found.problems


def test_a_folder_in_the_place_of_the_file(file: Path) -> None:
    file.mkdir()
    assert len(config.load(file).problems) == 1


def test_setting_keeps_comments_and_order(file: Path) -> None:
    file.write_text('# mine\nlanguage = "en"  \n\n[export]\n# where to\nfolder = "/a"\n\n[other]\nx = 1\n')
    config.set_value(file, "language", "vi")
    config.set_value(file, "export.ascii", "true")
    config.set_value(file, "export.folder", "/b c")
    config.set_value(file, "library", "/tin “mới”")
    assert file.read_text(encoding="utf-8") == (
        '# mine\nlanguage = "vi"\nlibrary = "/tin “mới”"\n\n[export]\n# where to\nfolder = "/b c"\n'
        "ascii = true\n\n[other]\nx = 1\n"
    )
    found = config.load(file)
    assert (found.language, found.export_ascii, found.export_folder) == ("vi", True, Path("/b c"))


@pytest.mark.parametrize("keys", [["export.ascii", "language"], ["language", "export.ascii"]])
def test_setting_in_a_new_file(file: Path, keys: list[str]) -> None:
    values = {"export.ascii": "true", "language": "vi"}
    for key in keys:
        config.set_value(file.parent / "new" / "c.toml", key, values[key])
    found = config.load(file.parent / "new" / "c.toml")
    assert (found.language, found.export_ascii, found.problems) == ("vi", True, ())


def test_a_wrong_value_is_not_written(file: Path) -> None:
    for key, value in (("language", "fr"), ("export.ascii", "maybe"), ("library", "")):
        with pytest.raises(ValueError, match=key):
            config.set_value(file, key, value)
    with pytest.raises(KeyError):
        config.set_value(file, "colour", "red")
    assert not file.exists()


def test_a_folder_is_meant_from_where_it_is_typed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    config.set_value(file, "export.folder", "notes")
    assert config.load(file).export_folder == tmp_path / "here" / "notes"


def test_which_library_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Config(library=Path("/from-config"))
    monkeypatch.setenv("BANDOC_LIBRARY", "/from-environment")
    assert locations.library_folder("/from-option", settings) == Path("/from-option")
    assert locations.library_folder(None, settings) == Path("/from-environment")
    monkeypatch.delenv("BANDOC_LIBRARY")
    assert locations.library_folder(None, settings) == Path("/from-config")
    assert locations.library_folder(None, Config()).name == "library"
