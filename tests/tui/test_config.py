"""Settings: what is wrong is named with its line, the rest holds; a change leaves the file as it was."""

from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui import config, locations
from tui.cli.configuring import template
from tui.config import Config
from tui.keymap import WAYS_OUT, keymap, textual_key
from tui.keys import KEYS, Key, key_names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_is_all_defaults(file: Path) -> None:
    assert config.load(file) == Config()


def test_every_setting(file: Path) -> None:
    file.write_text(
        'library = "/tin"\nlanguage = "vi"\ntheme = "paper"\n[reading]\nwidth = 80\n[read]\nrule = "end"\n'
        '[export]\nfolder = "ra"\nascii = true\ntemplate = "m.md"\n[keys]\n"article.star" = ["s", "F12"]\n',
        encoding="utf-8",
    )
    assert config.load(file) == Config(
        library=Path("/tin"),
        language="vi",
        theme="paper",
        reading_width=80,
        read_rule="end",
        export_folder=file.parent / "ra",
        export_ascii=True,
        export_template=file.parent / "m.md",
        keys={"article.star": "s,f12"},
    )


def test_the_themes_are_those_that_textual_and_bandoc_have() -> None:
    from textual.theme import BUILTIN_THEMES

    ours = {"paper", "high-contrast", "mono"}
    assert {name for name, theme in BUILTIN_THEMES.items() if not theme.ansi} == set(config.THEMES) - ours


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
    for key, value in (
        ("language", "fr"),
        ("export.ascii", "maybe"),
        ("library", ""),
        ("theme", "puce"),
        ("reading.width", "39"),
        ("read.rule", "soon"),
    ):
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


# -- keys


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("s", "s"),
        ("S", "S"),
        ("đ", "đ"),
        ("?", "question_mark"),
        ("-", "minus"),
        ("+", "plus"),
        ("Ctrl-f", "ctrl+f"),
        ("ctrl+F", "ctrl+f"),
        ("Shift-Tab", "shift+tab"),
        ("Ctrl-Shift-→", "ctrl+shift+right"),
        ("F12", "f12"),
        ("PgDn", "pagedown"),
        ("pagedown", "pagedown"),
        ("Esc", "escape"),
        ("↑", "up"),
        ("F99", None),
        ("Hyper-x", None),
        ("Ctrl-Ctrl-x", None),
        ("Shift-a", None),
        ("", None),
        ("ab", None),
        ("Ctrl-", None),
    ],
)
def test_keys_as_people_write_them(written: str, wanted: str | None) -> None:
    assert textual_key(written) == wanted


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_each_key_that_help_shows_can_be_written_in_the_configuration(key: Key) -> None:
    assert [textual_key(name) for name in key_names(key)] == key.keys.split(",")


def problems(file: Path, keys: str) -> list[str]:
    file.write_text(f"[keys]\n{keys}\n", encoding="utf-8")
    return [problem.removeprefix(f"{file}, line ") for problem in config.load(file).problems]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('"article.star" = "Hyper-x"', "2: article.star: there is no key Hyper-x"),
        ("article.star = 3", "2: article.star: keys stand in quotes, or in a list"),
        ('article.shine = "x"', "2: article.shine is no action of bandoc"),
        ('\n"article.star" = "m"', "3: article.star: m belongs to article.read (Read or unread)"),
        ('"list.pick" = "s"', "2: list.pick: s belongs to article.star (Star)"),
        ('"article.star" = "Ctrl-c"', "2: article.star: Ctrl-c always quits"),
        ('"quit" = []', "2: quit needs a key: it is a way out"),
        ('"step.back" = ""', "2: step.back needs a key: it is a way out"),
    ],
)
def test_a_wrong_key_is_named_with_its_line_and_the_action_keeps_its_own(
    file: Path, keys: str, told: str
) -> None:
    assert problems(file, keys) == [told]
    assert config.load(file).keys == {}


def test_two_actions_may_change_keys_with_each_other(file: Path) -> None:
    assert problems(file, '"article.star" = "m ."\narticle.read = ["s", "*"]') == []
    assert config.load(file).keys == {"article.star": "m,full_stop", "article.read": "s,asterisk"}


def test_a_key_that_comes_back_to_its_action_is_in_the_way_again(file: Path) -> None:
    told = problems(file, 'article.read = "Hyper-x"\narticle.star = "m"')
    assert [line.partition(":")[0] for line in told] == ["2", "3"]


def test_what_selecting_text_binds_is_a_place_of_its_own(file: Path) -> None:
    assert problems(file, '"select.word" = "e"\n"list.pick" = "Space Ctrl-t"') == []


@given(st.dictionaries(st.sampled_from([key.id for key in KEYS]), st.lists(st.sampled_from("asqx?!:jkN"))))
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_for_no_key_does_two_things_in_one_place(wanted: dict[str, list[str]]) -> None:
    taken = keymap(wanted, lambda _id, _what: None)
    now = {key.id: set(taken.get(key.id, key.keys).split(",")) - {""} for key in KEYS}
    for place in ("screen", "list", "view", "entities", "select", "entity"):
        here = [key.id for key in KEYS if key.where == place]
        used = [name for id in here for name in now[id]]
        assert len(used) == len(set(used))
    assert all(now[id] for id in WAYS_OUT)


def test_setting_a_key(file: Path) -> None:
    config.set_value(file, "keys.article.star", "s F12")
    config.set_value(file, "keys.article.star", "s F11")
    assert file.read_text() == '[keys]\n"article.star" = ["s", "F11"]\n'
    assert config.get(config.load(file), "keys.article.star") == "s F11"
    assert config.get(config.load(file), "keys.quit") == "q Ctrl-q"
    with pytest.raises(ValueError, match="belongs to"):
        config.set_value(file, "keys.article.read", "u")
    with pytest.raises(KeyError):
        config.set_value(file, "keys.article.shine", "u")


def test_setting_below_its_example_and_over_a_list_of_several_lines(file: Path) -> None:
    file.write_text('# mine\n# theme = "nord"\n\n[keys]\n"undo" = [\n  "u",\n]  # back\n# end\n')
    config.set_value(file, "theme", "paper")
    config.set_value(file, "keys.undo", "F12")
    assert file.read_text() == (
        '# mine\n# theme = "nord"\ntheme = "paper"\n\n[keys]\n"undo" = ["F12"]  # back\n# end\n'
    )


def test_a_configuration_that_is_a_link_stays_one(file: Path, tmp_path: Path) -> None:
    (tmp_path / "dots").mkdir()
    file.symlink_to(tmp_path / "dots" / "bandoc.toml")
    config.set_value(file, "language", "vi")
    assert file.is_symlink()
    assert (tmp_path / "dots" / "bandoc.toml").read_text() == 'language = "vi"\n'


def test_the_template_sets_nothing_and_each_of_its_lines_can_be_taken_in(file: Path) -> None:
    text = template()
    assert config.read(text, file) == Config()
    lines = [line.removeprefix("# ") if " = " in line else line for line in text.split("\n")]
    found = config.read("\n".join(lines), file)
    assert found.problems == ()
    assert set(found.keys) == {key.id for key in KEYS}
    assert (found.theme, found.reading_width, found.read_rule) == ("paper", 76, "seconds")


@pytest.mark.parametrize("given", ["", "/elsewhere", " "])
def test_the_folders_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    for name in ("BANDOC_CONFIG", "BANDOC_LIBRARY", "BANDOC_STATE"):
        monkeypatch.delenv(name, raising=False)
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", given)
    assert locations.config_file() == platformdirs.user_config_path("bandoc") / "config.toml"
    assert locations.library_folder(None, Config()) == platformdirs.user_data_path("bandoc") / "library"
    assert locations.state_folder() == platformdirs.user_state_path("bandoc")
