"""The Vietnamese catalogue: whole, sound, compiled; and nothing that is shown goes past it."""

import ast
import gettext
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from store.article import RawPage
from store.cleaning import clean
from store.loaders import load
from store.query import parse
from tui import i18n
from tui.cli.root import VERBS
from tui.keys import hints
from tui.reasons import REASONS
from tui.screens.help import FILTERS
from tui.widgets.bars import fitted

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tui").rglob("*.py"))
FOLDER = ROOT / "tui" / "locale" / "vi" / "LC_MESSAGES"
FIELD = re.compile(r"\{[^{}]*\}")
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")  # `setup` sets it; the test must not leave it behind
    i18n.setup("vi")
    yield
    i18n.setup("en")


def catalogue(name: str) -> Catalog:
    return read_po(io.BytesIO((FOLDER / f"{name}.po").read_bytes()), locale="vi", abort_invalid=True)


def messages(name: str) -> list[Message]:
    return [message for message in catalogue(name) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


@cache
def extracted() -> frozenset[str | tuple[str, ...]]:
    found = extract_from_dir(str(ROOT / "tui"), keywords=KEYWORDS)
    return frozenset(text for _file, _line, text, _comments, _context in found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(module: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call in a module, with the last part of the name that is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node, node.func.id if isinstance(node.func, ast.Name) else node.func.attr


# -- the catalogues


def test_every_string_is_translated_and_no_other_is_kept() -> None:
    wanted = {tuple(forms(text)) for text in extracted()}
    held = {tuple(forms(message.id)) for message in messages("bandoc")}
    assert len(wanted) > 300
    assert sorted(wanted - held) == [], "not in the catalogue: make messages"
    assert sorted(held - wanted) == [], "no longer in the program: make messages"


@pytest.mark.parametrize("name", ["bandoc", "click"])
def test_nothing_is_empty_fuzzy_or_obsolete(name: str) -> None:
    for message in messages(name):
        assert all(text.strip() for text in forms(message.string)), message.id
        assert forms(message.string), message.id
        assert not message.fuzzy, message.id
    assert not catalogue(name).obsolete


def test_fields_are_those_of_the_original() -> None:
    for message in messages("bandoc"):
        # Vietnamese has one form, which stands for the plural: it must have all that the plural has.
        wanted = forms(message.id)[-1]
        for text in forms(message.string):
            assert sorted(FIELD.findall(text)) == sorted(FIELD.findall(wanted)), message.id


def test_edges_are_those_of_the_original() -> None:
    """What is put before or behind other text keeps its spaces, lines their number, sentences their stop."""
    for message in messages("bandoc"):
        wanted = forms(message.id)[-1]
        for text in forms(message.string):
            assert text[: len(text) - len(text.lstrip())] == wanted[: len(wanted) - len(wanted.lstrip())]
            assert text[len(text.rstrip()) :] == wanted[len(wanted.rstrip()) :]
            assert text.count("\n") == wanted.count("\n"), wanted
            assert text.rstrip().endswith(".") == wanted.rstrip().endswith("."), wanted


PLACEHOLDER = "Words, person:… place:… source:… date:… is:unread"


def test_keys_codes_and_verbs_are_left_as_they_are() -> None:
    typed = re.compile(r"--[a-z]+|\b(?:is|date):[\w<.-]+|BANDOC_\w+|\bCtrl-\w|\bEsc\b|\bEnter\b|\$\w+")
    for message in messages("bandoc"):
        if forms(message.id)[0] in {PLACEHOLDER, *dict(FILTERS)}:  # in the reader's own names of fields
            continue
        for text in forms(message.string):
            assert set(typed.findall(text)) >= set(typed.findall(forms(message.id)[-1])), text


@pytest.mark.parametrize("example", [example for example, _ in FILTERS])
def test_examples_of_filters_mean_the_same_in_both_languages(example: str) -> None:
    words = {forms(message.id)[0]: forms(message.string)[0] for message in messages("bandoc")}
    english, vietnamese = (text.split("  ") for text in (example, words.get(example, example)))
    for one, other in zip(english, vietnamese, strict=True):
        assert str(parse(other, typing=True)) == str(parse(one, typing=True))


@pytest.mark.parametrize("name", ["bandoc", "click"])
def test_the_compiled_catalogue_is_that_of_the_text(name: str) -> None:
    with (FOLDER / f"{name}.mo").open("rb") as file:
        compiled = {tuple(forms(m.id)): forms(m.string) for m in read_mo(file) if m.id}
    assert compiled == {tuple(forms(m.id)): forms(m.string) for m in messages(name)}, "make messages"


@pytest.mark.parametrize("name", ["bandoc", "click"])
def test_the_head_says_what_other_tools_need(name: str) -> None:
    found = gettext.translation(name, ROOT / "tui" / "locale", languages=["vi"]).info()
    assert found["plural-forms"].startswith("nplurals=1")
    assert found["content-type"].lower().endswith("charset=utf-8")
    assert found["language"] == "vi"


# -- in use


def test_the_catalogue_is_found(vietnamese: None) -> None:
    assert i18n.current() == "vi"
    assert i18n._("Nothing found.") == "Không tìm thấy gì."
    assert i18n.ngettext("{n} article", "{n} articles", 2) == "{n} bài"


@pytest.mark.parametrize(
    "setting", [{"BANDOC_LANG": "vi"}, {"LANG": "vi_VN.UTF-8"}, {"LANG": "C", "LC_ALL": "vi_VN"}]
)
def test_the_environment_chooses(setting: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANDOC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert i18n.choose(None) == "vi"
    assert i18n.choose("en") == "en"


def test_click_speaks_the_language_too(vietnamese: None) -> None:
    assert gettext.gettext("Usage:") == "Cách dùng:"
    i18n.setup("en")
    assert gettext.gettext("Usage:") == "Usage:"


def test_all_that_click_may_say_is_translated() -> None:
    found = extract_from_dir(str(Path(click.__file__).parent))
    said = {forms(text)[0] for _file, _line, text, _comments, _context in found}
    held = {forms(message.id)[0] for message in messages("click")}
    assert len(said) > 50
    assert sorted(said - held - CLICK_TO_PROGRAMMERS - CLICK_OF_OTHER_TYPES) == []


CLICK_TO_PROGRAMMERS = {
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
    " Did you mean to pass '--{name}'?",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Value must be an iterable.",
    "Windows error: {error}",
    "d",
    "{len_type} values are required, but {len_value} was given.",
}
CLICK_OF_OTHER_TYPES = {
    "Confirm the action without prompting.",
    "Repeat for confirmation",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is not executable.",
    "{name} {filename!r} is not readable.",
    "{name} {filename!r} is not writable.",
    "{value!r} does not match the format {format}.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
}
"""Said of kinds of options that bandoc has none of: the next test holds it to that."""


def test_bandoc_has_no_option_of_a_kind_whose_words_are_missing() -> None:
    other = {"Path", "DateTime", "UUID", "BOOL", "confirmation_option", "password_option"}
    for path in sorted((ROOT / "tui" / "cli").glob("*.py")):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "click"
            ):
                assert node.attr not in other, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("focus", ["list", "picked", "view", "select", "entities", "filter", "find"])
def test_a_narrow_footer_still_shows_what_matters(focus: str, vietnamese: None) -> None:
    shown = fitted(hints(focus), 80)
    assert len(shown) >= min(7, len(hints(focus)))
    assert sum(len(key) + len(word) + 3 for key, word in shown) <= 80


def test_every_reason_on_the_raw_pages_of_the_samples_has_its_words() -> None:
    for path in sorted((ROOT / "sample_data").glob("[0-9]*.txt")):
        for page in load(path):
            assert isinstance(page, RawPage)
            article = clean(page)
            said = {fact.why for fact in article.facts.values() if fact.line is not None}
            assert said | {part.why for part in article.dropped} <= set(REASONS), path.name


@pytest.mark.parametrize(
    "path", sorted((ROOT / "store" / "cleaning").glob("*.py")), ids=lambda path: path.name
)
def test_every_reason_that_cleaning_can_give_has_its_words(path: Path) -> None:
    given: list[ast.expr] = []
    for call, name in calls(tree(path)):
        if isinstance(call.func, ast.Attribute) and name in {"drop", "drop_around", "fact"}:
            given += call.args[1:2] if name != "fact" else call.args[2:3]
        given += [keyword.value for keyword in call.keywords if keyword.arg == "why"]
    said = {node.value for node in given if isinstance(node, ast.Constant)}
    assert said <= set(REASONS), "tui/reasons.py lists them"


# -- the program's text

MARKS = {"_", "N_", "ngettext"}
SHOWN = {
    "Static", "Label", "Input", "Option", "Prompt", "Confirm", "Choice", "plain", "tell", "say", "complain",
    "_tell", "notify", "show_notice", "echo", "secho", "confirm", "print", "emit", "UsageError",
    "BadParameter", "ClickException", "add_task",
}  # fmt: skip
"""Calls whose first argument people see."""
NAMED = {"help", "short_help", "placeholder", "metavar", "epilog", "prompt", "tooltip", "hint"}
"""Arguments that people see, whatever is called."""
NAMES = {"bandoc"}
"""Words of every language."""


def shown_words(node: ast.expr) -> list[str]:
    """Words in the literals of an expression that reach the reader as they stand. What is called answers
    for itself, but for a literal's own methods."""
    if isinstance(node, ast.Call):
        return shown_words(node.func.value) if isinstance(node.func, ast.Attribute) else []
    if isinstance(node, ast.Constant):
        words = re.findall(r"[^\W\d_]{2,}", node.value) if isinstance(node.value, str) else []
        return [word for word in words if word not in NAMES]
    if isinstance(node, ast.JoinedStr):
        return [word for part in node.values for word in shown_words(part)]
    if isinstance(node, ast.FormattedValue):
        return shown_words(node.value)
    if isinstance(node, ast.BinOp):
        return shown_words(node.left) + shown_words(node.right)
    if isinstance(node, ast.BoolOp):
        return [word for value in node.values for word in shown_words(value)]
    if isinstance(node, ast.IfExp):
        return shown_words(node.body) + shown_words(node.orelse)
    return []


def untranslated(module: ast.Module) -> Iterator[str]:
    for call, name in calls(module):
        seen = [keyword.value for keyword in call.keywords if keyword.arg in NAMED]
        if name in SHOWN:
            seen += call.args[:1]
        for expression in seen:
            if words := shown_words(expression):
                yield f"line {expression.lineno}: {' '.join(words)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_shown_can_be_translated(path: Path) -> None:
    assert list(untranslated(tree(path))) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_fields_are_filled_in_after_the_translation(path: Path) -> None:
    """An f-string, a sum or a formatted text has no fixed words that a catalogue could hold."""
    for call, name in calls(tree(path)):
        if name in MARKS and isinstance(call.func, ast.Name):
            for argument in call.args[: 2 if name == "ngettext" else 1]:
                where = f"{path.name}:{call.lineno}"
                assert not isinstance(argument, ast.JoinedStr | ast.BinOp), where
                literal = isinstance(argument, ast.Call) and shown_words(argument)
                assert not literal, where
                if name != "_":
                    assert isinstance(argument, ast.Constant), where


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Static("Nothing here")', True),
        ('Static(plain(_("Nothing here")))', False),
        ('Static(f"{count} articles")', True),
        ('here.say(_("{n} new").format(n=n))', False),
        ('here.say("{n} new".format(n=n))', True),
        ('click.option("--raw", help="The page.")', True),
        ('tell(words or "nothing")', True),
        ('Static(plain("▲ " + words), classes="bar name")', False),
        ('print(f"bandoc: {message}", file=sys.stderr)', False),
    ],
)
def test_the_search_for_untranslated_words_finds_them(source: str, found: bool) -> None:
    assert bool(list(untranslated(ast.parse(source)))) is found


# -- README.vi.md


def test_the_vietnamese_readme_shows_filters_verbs_and_links_that_are_there() -> None:
    text = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    filters = re.findall(r"^\| (`.+`[^|]*) \|", text.partition("## Bộ lọc")[2], flags=re.MULTILINE)
    assert len(filters) >= 7
    for written in (part for cell in filters for part in re.findall(r"`([^`]+)`", cell)):
        for field in re.findall(r"[^\W\d_]+(?=:)", written):
            value = {"ngày": "2023", "date": "2023", "is": "read"}.get(field, "x")
            # A field that nobody knows is taken for one more word.
            assert parse(f"{field}:{value}") != parse(f"{field} {value}"), written
        if not written.endswith(":"):
            assert parse(written).root is not None
    for verb in re.findall(r"^\$ bandoc (\S+)", text, flags=re.MULTILINE):
        assert verb in VERBS
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (ROOT / link).is_file(), link
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", text)
