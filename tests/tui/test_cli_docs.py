"""docs/cli.md says what there is, and `--help` shows examples that can be typed."""

import re
import shlex
from pathlib import Path

import click
import pytest

from store.query_words import SORTS
from tui import config
from tui.cli.listing import COMMANDS as LISTING
from tui.cli.root import VERBS, Verb, bandoc

TEXT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = {
    section.partition("\n")[0].strip("`"): section
    for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
}
COMMON = SECTIONS["Options of every verb"]


def command(verb: str) -> Verb:
    found = bandoc.get_command(click.Context(bandoc), verb)
    assert isinstance(found, Verb)
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_documented(verb: str) -> None:
    section = SECTIONS[f"bandoc {verb}"]
    assert f"$ bandoc {verb} " in TEXT or f"$ bandoc {verb}\n" in TEXT
    for parameter in command(verb).params:
        if isinstance(parameter, click.Option):
            for name in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"`{re.escape(name)}\b", section + COMMON), f"{verb} {name}"
            if isinstance(parameter.type, click.Choice) and f"`{parameter.opts[0]} " in section:
                assert "|".join(map(str, parameter.type.choices)) in section


@pytest.mark.parametrize("verb", VERBS)
def test_no_option_is_documented_that_is_none(verb: str) -> None:
    documented = set(re.findall(r"^- `(--[\w-]+)", SECTIONS[f"bandoc {verb}"], flags=re.MULTILINE))
    assert documented <= {name for parameter in command(verb).params for name in parameter.opts}


def test_no_verb_is_documented_that_is_none() -> None:
    assert {name.removeprefix("bandoc ") for name in SECTIONS if name.startswith("bandoc ")} == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_examples_that_parse(verb: str) -> None:
    found = command(verb)
    assert f"bandoc {verb}" in found.get_help(click.Context(found, info_name=verb))
    lines = [line.strip() for line in found.examples.strip().splitlines()]
    assert len(lines) >= 2
    for line in lines:
        for part in re.split(r" \| | > ", line):
            words = shlex.split(part)
            if words[0] == "bandoc" and words[1] in VERBS:
                parser = command(words[1])
                parser.make_context(words[1], words[2:], resilient_parsing=True)


def test_settings_and_orders_are_those_of_the_store() -> None:
    assert set(re.findall(r"^\| `([\w.]+)` \|", SECTIONS["bandoc config"], flags=re.MULTILINE)) == {
        *config.SETTINGS,
        "keys.ACTION",
    }
    [sort] = [parameter for parameter in LISTING["list"].params if parameter.name == "sort"]
    assert isinstance(sort.type, click.Choice)
    assert tuple(sort.type.choices) == SORTS
