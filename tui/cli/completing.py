"""What a shell may complete: asked by the functions that `bandoc completion` prints.

Each press of Tab is a process of its own, so nothing heavy is loaded before it is needed; nothing is written,
no library is made, and what goes wrong is silence: a line of complaint in the midst of typing helps nobody.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from click import Context, Parameter
from click.shell_completion import CompletionItem, ShellComplete

from store.text import fold, lower, one_line

if TYPE_CHECKING:
    from store.library import Library
    from tui.cli.root import Session

Items = list[CompletionItem[str]]

MOST = 50
"""Names at a time."""

FILES, FOLDERS, OPEN, QUOTED = ":files", ":folders", ":open", ":quoted"
"""Lines that tell a shell to complete files or folders as it always does, to set no blank behind a value, and
to write values as it writes names of files with blanks."""


# -- the line ----------------------------------------------------------------------------------------------


class Typed(NamedTuple):
    """A line up to the cursor: its finished words, and the one at its end as the shell will pass it. Of
    that one, `text[given:]` is what bash puts a completion in the place of."""

    words: list[str]
    text: str
    given: int


_BREAKS = frozenset(":=@><;|&(")


def typed(line: str) -> Typed:
    """Splits a line as bash does, with what is not closed yet at its end.

    >>> typed("bandoc list 'person:Le T")
    Typed(words=['bandoc', 'list'], text='person:Le T', given=0)
    """
    words, text, quote, given, begun = list[str](), "", "", 0, False
    at = 0
    while at < len(line):
        char = line[at]
        at += 1
        if quote and char == quote:
            quote = ""
        elif quote != "'" and char == "\\" and at < len(line):
            text, begun = text + line[at], True
            at += 1
        elif quote:
            text += char
        elif char in "'\"":
            quote, given, begun = char, len(text), True
        elif char.isspace():
            if begun:
                words.append(text)
            text, given, begun = "", 0, False
        else:
            text, begun = text + char, True
            if char in _BREAKS and char != "@":
                given = len(text)
    return Typed(words, text, given)


# -- answering ---------------------------------------------------------------------------------------------


class _Answer(ShellComplete):
    """click's walk from words to the parameter that is being typed."""

    name = "bandoc"
    source_template = ""


def answer(shell: str, arguments: Sequence[str], session: Session) -> None:
    """Prints completions, one a line; for zsh and fish with a tab and more about it. Of bash the command and
    its line up to the cursor come, of the others the words, the last one being typed."""
    with suppress(Exception):
        if shell == "bash":
            line = typed(arguments[1])
            words = line.words[line.words.index(arguments[0]) + 1 :]
        else:
            line = typed(arguments[-1])  # the last word as it is typed, quotes and all
            words = list(arguments[1:-1])
        from tui.cli.root import bandoc

        completing = _Answer(bandoc, {"obj": session}, "bandoc", "_BANDOC_COMPLETE")
        items = completing.get_completions(words, line.text)
        sys.stdout.write("".join(f"{said}\n" for said in _lines(shell, line, items)))


def _lines(shell: str, line: Typed, items: Items) -> list[str]:
    said = []
    option, sign, _value = line.text.partition("=")  # of --option=value click has completed the value alone
    before = option + sign if sign and option.startswith("-") else ""
    for item in items:
        value = before + one_line(item.value)
        if item.type in {"file", "dir"}:
            said.append(FILES if item.type == "file" else FOLDERS)
        elif shell == "bash":
            said.append(value[line.given :])
        else:
            said.append(f"{value}\t{one_line(item.help or '')}")
    if any(item.value.endswith((":", ",", ".")) for item in items):
        said.append(OPEN)
    if any(" " in item.value for item in items):
        said.append(QUOTED)
    return said


# -- what is offered, by parameter -------------------------------------------------------------------------


def files(context: Context, parameter: Parameter | None, incomplete: str) -> Items:
    """Files and folders, as the shell completes them."""
    return [CompletionItem(incomplete, "file")]


def folders(context: Context, parameter: Parameter, incomplete: str) -> Items:
    """Folders, as the shell completes them."""
    return [CompletionItem(incomplete, "dir")]


def settings(context: Context, parameter: Parameter, incomplete: str) -> Items:
    """Names of settings."""
    from tui.config import SETTINGS

    keys = [*SETTINGS, "keys."]
    if incomplete.startswith("keys."):
        from tui.keymap import ACTIONS

        keys = [f"keys.{id}" for id in ACTIONS]
    return [CompletionItem(key) for key in keys if key.startswith(incomplete)]


def words_of_filter(context: Context, parameter: Parameter, incomplete: str) -> Items:
    """A filter, whose words may be several arguments."""
    said = context.params.get(parameter.name or "") or ()
    return _of_filter(context, " ".join([*said, ""]) if isinstance(said, tuple) else "", incomplete)


def names(*fields: str) -> Callable[[Context, Parameter, str], Items]:
    """Names that the library knows in these fields."""

    def complete(context: Context, parameter: Parameter, incomplete: str) -> Items:
        said = context.params.get(parameter.name or "") or ()
        before = " ".join([*said, ""]) if isinstance(said, tuple) else ""
        return [item for field in fields for item in _names(context, field, before, incomplete)]

    return complete


def _of_filter(context: Context, before: str, incomplete: str) -> Items:
    from tui.completing import asked, at_once

    text = before + incomplete
    if text.startswith("@") and "," not in text:
        return _searches(context, before, incomplete)
    found: Items = []
    for stem in asked(text):
        start = stem.start - len(before)
        if offers := at_once(stem):
            found += [CompletionItem(incomplete[:start] + offer.text) for offer in offers if start >= 0]
        elif stem.field:
            open_quote = text[stem.start : stem.start + 1] in ('"', "“", "”")
            if start >= 0:
                kept, inside = incomplete[:start], incomplete[start + open_quote :]
                found += [
                    CompletionItem(kept + _in_filter(item.value, open_quote), help=item.help)
                    for item in _names(context, stem.field, "", inside)
                ]
            elif not open_quote:
                found += _names(context, stem.field, text[stem.start : len(before)], incomplete)
    return found


def _in_filter(name: str, quoted: bool) -> str:
    """A name as the value of a field: in quotes where the filter would take a part of it for its own."""
    if quoted or re.search(r'[",():“”]|^-|\b(AND|OR|NOT)\b', name):
        return '"' + name.replace('"', " ").strip() + '"'
    return name


def _names(context: Context, field: str, before: str, incomplete: str) -> Items:
    """Names that begin with `before` and then `incomplete`; what stands before stays as it is typed."""
    library = _library(context)
    if library is None:
        return []
    with library:
        known = library.names(field, before + incomplete, MOST)
    begun = fold(before + incomplete)
    left = [(one.name[len(before) :], one.count) for one in known if fold(one.name).startswith(begun)]
    # A shell that puts in what all have in common must not take letters away: without marks or in other
    # capitals, names are offered as one may type them, and find the same.
    as_is = all(lower(rest).startswith(lower(incomplete)) for rest, _count in left)
    return [CompletionItem(rest if as_is else fold(rest), help=f"{count}") for rest, count in left if rest]


def _searches(context: Context, before: str, incomplete: str) -> Items:
    library = _library(context)
    if library is None:
        return []
    with library:
        searches = list(library.searches().values())
    begun = fold(before + incomplete)
    return [
        CompletionItem(f"@{search.name}"[len(before) :], help=search.query)
        for search in searches
        if fold(f"@{search.name}").startswith(begun)
    ]


def _library(context: Context) -> Library | None:
    """The library to look into; None where there is none, or its index would have to be built first."""
    from store.library import Library
    from tui import locations

    session: Any = context.find_object(object)
    folder: Path = locations.library_folder(session.folder, session.config)
    if not (folder / "index.sqlite").is_file():
        return None
    return Library.open(folder, read_only=True, catch_up=False)
