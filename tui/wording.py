"""Codes of the store → sentences, one line each, in the reader's language."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Protocol

from store.errors import ArticleNotFound, BandocError, QueryError
from store.text import one_line
from tui.entity_types import types_to_type
from tui.i18n import N_, _


class Worded(Protocol):
    """An error, or a problem with a library: a code and what its wording needs."""

    @property
    def code(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...


_SENTENCES = {
    # one input
    "not_found": N_("there is no such file or folder"),
    "unreadable": N_("can't be read: {reason}"),
    "not_a_file": N_("is no regular file (a pipe, a device or a folder)"),
    "empty_file": N_("is empty"),
    "binary": N_("is no text"),
    "too_large": N_("is too large (at most {limit})"),
    "bad_json": N_("is no JSON: {reason}"),
    "bad_article": N_("is no article of bandoc: {field}: {reason}"),
    "no_text": N_("holds no text of an article"),
    "no_page": N_("no page of it is kept: left as it is"),
    "no_headline": N_("has no headline: taken in under its first words"),
    "crashed": N_("the process that read it died"),
    "too_slow": N_("took too long to read"),
    "internal": N_("a fault of bandoc: {reason} (BANDOC_DEBUG=1 shows more)"),
    "link_skipped": N_("a link: not followed"),
    "other_kind": N_("another kind of file"),
    "foreign_json": N_("JSON that bandoc did not write"),
    "own_library": N_("the library itself"),
    # the library
    "locked": N_("is being written by another process (pid {pid} on {host}, since {since}): try again"),
    "cannot_lock": N_("can't be locked: {reason}"),
    "cannot_open": N_("can't be opened: {reason}"),
    "cannot_read": N_("can't be read: {reason}"),
    "cannot_write": N_("can't be written: {reason}"),
    "read_only": N_("can't be written: the library is open for reading only"),
    "damaged": N_("is damaged and has no good backup: its articles can't be shown, the others can"),
    "damaged_state": N_(
        "is damaged and has no good backup: what was read, starred, tagged or noted can't be shown"
    ),
    "damaged_pages": N_("is damaged and has no good backup: its raw pages can't be shown, all else can"),
    "pages_aside": N_("is kept aside damaged: the raw page of this article may be in it"),
    "barred": N_("can't be read ({reason}): it is left as it is, and its backup is shown if there is one"),
    "missing": N_("is gone: its articles can't be shown, the others can"),
    "lost_articles": N_("{n} of its articles are lost, but their pages are kept"),
    "restored": N_("was damaged ({reason}): its backup was taken, one write may be missing"),
    "changed_outside": N_("was changed by another program: taken as it is"),
    "cut_off": N_("a change of many articles is being made here, or was cut off in the midst"),
    "no_library": N_("there is no library here"),
    "not_a_folder": N_("is no folder"),
    "too_new": N_(
        "was written by a newer bandoc (format {format}, this one knows {known}); nothing was changed"
    ),
    "index_busy": N_("the index is busy: try again"),
    "index_damaged": N_("the index is damaged: it is built anew at the next start"),
    "damaged_file": N_("is damaged ({reason})"),
    "damaged_backup": N_("the backup is damaged ({reason})"),
    "set_aside": N_("was damaged once and is kept aside"),
    "twice": N_("the article {id} stands in two volumes"),
    "open_to_others": N_("can be read by others (mode {mode})"),
    "index_differs": N_("the index does not reflect volumes {volumes}"),
    "bad_record": N_("the article {id} can't be read: {reason}"),
    "no_such_article": N_("no article has the id {id}"),
    "ambiguous_id": N_("several articles have ids that begin with {id}: {matches}"),
    # corrections
    "bad_correction": N_("this is no correction: {op} {key} {to}"),
    "no_such_type": N_("{to} is no type; there are: {types}"),
    "no_such_kind": N_("{to} is no kind of line: lead, paragraph, heading, quote, list, caption or junk"),
    "no_date": N_("{to} is no date: write it as 29/12/2023 or 2023-12-29 19:17"),
    "needs_value": N_("a name or a title can't be empty"),
    "needs_article": N_("this correction needs an article: {op}"),
    "strange_correction": N_("the correction with the number {number} is not understood and does not apply"),
    "damaged_library": N_("is damaged and has no good backup: corrections don't apply until it is put back"),
    # export
    "export_failed": N_("can't be written: {reason}"),
    "template_unreadable": N_("the template can't be read: {reason}"),
    "template_large": N_("is too large for a template"),
    "template_name": N_("there is no ${name}; there are {known}"),
    "template_open": N_("the closing brace of a name is missing"),
    "template_quoted": N_("${name} needs no quotes here, it brings its own"),
}

_REASONS = {
    words: words
    for words in (
        # What the system itself says, as `strerror` has it: the commonest.
        N_("Permission denied"),
        N_("Operation not permitted"),
        N_("No such file or directory"),
        N_("No space left on device"),
        N_("Disk quota exceeded"),
        N_("Read-only file system"),
        N_("Is a directory"),
        N_("Not a directory"),
        N_("File name too long"),
        N_("Input/output error"),
        N_("Too many open files"),
        N_("Broken pipe"),
        # What the store says.
        N_("not an object"),
        N_("set aside too often"),
        N_("too many files of this name"),
        N_("no article of bandoc"),
        N_("no date"),
    )
} | {
    # How a file is damaged.
    "empty": N_("it is empty"),
    "torn": N_("it ends too early"),
    "damaged": N_("it is no JSON"),
    "crc": N_("its checksum is wrong"),
    "kind": N_("it is another kind of file"),
    "not_tinydb": N_("it is no TinyDB file"),
    "missing": N_("it is gone"),
}
"""Reasons, where an error gives one."""

_DAMAGED = {"library.json": "damaged_library", "state-": "damaged_state", "pages-": "damaged_pages"}
"""What is lost by a damaged file, by the beginning of its name; articles by any other."""

_EXPECTED = {
    "closing_quote": N_("this quotation mark is not closed"),
    "closing_parenthesis": N_("a closing parenthesis is missing here"),
    "no_closing_parenthesis": N_("this parenthesis closes nothing"),
    "shorter_query": N_("the filter is too long"),
    "term": N_("words or a field are expected here"),
    "value": N_("a value is expected here"),
    "name": N_("a name of 1 to 60 letters is needed"),
    "state": N_("one of these is expected here: unread, read, starred, removed, noted, tagged"),
    "part": N_("expected here: date, title, source, author, tag, note or highlight"),
    "age": N_("a time is expected here, such as 7d, 2w, 3m or 1y"),
    "near": N_("near( needs two words or more, such as near(budget school, 10)"),
    "distance": N_("at most 1000 words may stand between"),
    "id": N_("an id is expected here: up to 13 of 0-9 and a-f"),
    "period": N_("a day, month, year or period is expected here, such as 2023-12 or 2022..2023"),
    "sort": N_("expected here: date, added, title, source, relevance or unread, - before it for the reverse"),
}
_UNCLEAR = N_("the filter can't be understood here")


_ADVICE = {
    "damaged_library": N_(
        "put a copy of this file from a backup of yours in its place; or bandoc doctor --repair sets it aside"
        " and saves the corrections that can still be read"
    ),
    "strange_correction": N_("nothing to do: a newer bandoc may have made it; it is kept"),
    "damaged": N_(
        "put a copy of this file from a backup of yours in its place; or bandoc doctor --repair sets it aside"
        " and makes articles anew from their pages"
    ),
    "damaged_state": N_(
        "put a copy of this file from a backup of yours in its place; or bandoc doctor --repair sets it aside"
    ),
    "damaged_pages": N_(
        "put a copy of this file from a backup of yours in its place; or bandoc doctor --repair sets it aside"
    ),
    "barred": N_("look at its owner and permissions, and at the disk; nothing is written to it meanwhile"),
    "missing": N_("bandoc doctor --repair makes its articles anew from their pages"),
    "lost_articles": N_("bandoc doctor --repair makes them anew; stars, tags and notes stay with them"),
    "damaged_file": N_("the next write sets it aside and takes the backup; bandoc list does that at once"),
    "damaged_backup": N_("nothing to do: the next write makes a new backup"),
    "restored": N_("nothing to do: compare the file kept aside if you miss something"),
    "set_aside": N_("look at what you miss, then delete it"),
    "cut_off": N_("nothing to do: whatever opens the library next makes it whole, bandoc list for one"),
    "changed_outside": N_("nothing to do: the next write seals it again"),
    "twice": N_("the later one is not shown; restore one of the two volumes from a backup of yours"),
    "open_to_others": N_("chmod 700 the folder if others shall not read it"),
    "index_differs": N_("nothing to do: it follows at the next start; it may also be deleted"),
    "bad_record": N_("its page is kept: import its source again"),
}


def advice(what: Worded) -> str:
    """What a person can do about a problem with a library; "" when there is nothing to say."""
    return _(_ADVICE.get(_code(what), ""))


def say(what: Worded) -> str:
    """One line that names what is concerned and says what is wrong with it. Safe to print."""
    if isinstance(what, QueryError):
        return _query(what)
    return ": ".join(part for part in (_subject(what), _sentence(what)) if part)


def reason(what: Worded) -> str:
    """The sentence without the name of the file."""
    return _query(what) if isinstance(what, QueryError) else _sentence(what)


def _sentence(what: Worded) -> str:
    fields = _Fields({name: _plain(name, value) for name, value in what.fields.items()})
    if template := _SENTENCES.get(_code(what)):
        return _(template).format_map(fields)
    # A code without a sentence yet is better shown than hidden.
    told = [what.code.replace("_", " "), *(f"{name} {fields[name]}" for name in fields if name != "path")]
    return one_line(", ".join(told))


def _code(what: Worded) -> str:
    if isinstance(what, ArticleNotFound):
        return "ambiguous_id" if what.fields.get("matches") else "no_such_article"
    if what.code == "bad_article" and "id" in what.fields:  # one of a volume's, not an input
        return "bad_record"
    if what.code == "damaged":
        name = os.path.basename(_subject(what))
        return next((code for start, code in _DAMAGED.items() if name.startswith(start)), what.code)
    return what.code


def _subject(what: Worded) -> str:
    if isinstance(what, ArticleNotFound):
        return ""
    path = what.fields.get("path") or getattr(what, "path", None)
    if not path:
        return ""
    name = _("standard input") if path == "-" else one_line(os.fspath(path))
    if line := what.fields.get("line"):
        return _("{path}, line {line}").format(path=name, line=line)
    if number := what.fields.get("correction"):
        return _("{path}, correction {number}").format(path=name, number=number)
    if item := what.fields.get("item"):
        return _("{path}, article {item}").format(path=name, item=item)
    return name


def _query(error: QueryError) -> str:
    expected = _(_EXPECTED.get(str(error.fields.get("expected")), _UNCLEAR))
    return _("filter, column {column}: {expected}").format(
        column=error.fields.get("position", 0) + 1, expected=expected
    )


class _Fields(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return types_to_type() if name == "types" else "?"


def _plain(name: str, value: Any) -> str:
    if name in {"limit", "size"} and isinstance(value, int):
        return f"{value / 1_048_576:.0f} MB"
    if name == "reason" and value in _REASONS:
        return _(_REASONS[value])
    if isinstance(value, str | BandocError):
        return one_line(str(value)) or "''"  # an empty id or name must be seen
    if isinstance(value, list | tuple | set):
        return one_line(", ".join(map(str, list(value)[:8])))
    return "?" if value is None else one_line(str(value))
