"""Corrections as they are shown, listed, and read back from a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from store.errors import BandocError, LoadError
from tui.cli import DONE, NOTHING_FOUND, output
from tui.cli.differences import drawn, rows
from tui.cli.root import Session
from tui.figures import day_and_time
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from store.corrections import Correction, Op
    from store.library import Library

_OPS = {
    "title": N_("title"),
    "published": N_("date"),
    "source": N_("source"),
    "author": N_("author"),
    "line": N_("line"),
    "hide": N_("hidden"),
    "rename": N_("renamed"),
    "retype": N_("of another type"),
    "merge": N_("merged"),
    "split": N_("split off"),
}
_LARGEST = 64 * 1024 * 1024  # bytes of a file of corrections


def read(file: IO[bytes]) -> Iterator[Correction | BandocError]:
    """The corrections of a file in JSON (one, or a list) or JSONL; in the place of what is none the error
    that says where. Raises LoadError for what is no JSON at all."""
    from store.corrections import from_json

    path = str(getattr(file, "name", "-")).replace("<stdin>", "-")
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise LoadError("too_large", path=path, limit=_LARGEST)
    for where, number, value in _values(data, path):
        try:
            yield value if isinstance(value, LoadError) else from_json(value)
        except BandocError as error:
            yield type(error)(error.code, **error.fields | {"path": path, where: number})


def _values(data: bytes, path: str) -> Iterator[tuple[str, int, Any]]:
    """ "item" or "line", its number, and the JSON value that stands there or the LoadError."""
    from store.loaders.own_json import parse_json

    try:
        value = parse_json(data, path)
    except LoadError:
        lines = data.splitlines()
        if len(lines) < 2 or data.lstrip().startswith(b"["):
            raise
    else:
        for number, one in enumerate(value if isinstance(value, list) else [value], 1):
            yield "correction", number, one
        return
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                yield "line", number, parse_json(line, path, number)
        except LoadError as error:
            yield "line", number, error


def preview(
    library: Library,
    ids: Iterable[str],
    add: Sequence[Correction] = (),
    drop: Sequence[Correction] = (),
) -> None:
    """What would change in these articles; the corrections themselves where they are for all articles."""
    from store.recleaning import difference

    corrected = library.preview(add, drop)
    for id in ids:
        found = difference(library.article(id), corrected(id))
        if output.is_terminal(sys.stdout):
            for text, _style in drawn(found):
                output.emit(f"{text}\n")
        else:
            output.emit_lines(rows(found))
    output.emit_lines(cells(rule) for rule in (*add, *drop) if rule.article is None)


def tell(here: Session, rules: Iterable[Correction]) -> None:
    """Say corrections one by one, those of many articles once."""
    from store.corrections import FACT_OPS

    where: dict[tuple[Op, str, str | None], list[str | None]] = {}
    for rule in rules:
        where.setdefault((rule.op, rule.key, rule.to), []).append(rule.article)
    for (op, key, to), articles in where.items():
        shown = day_and_time(to) if op == "published" else to
        what = " → ".join(filter(None, [key, "—" if op in FACT_OPS and to is None else shown]))
        place = articles[0] or _("in all articles")
        if len(articles) > 1:
            place = ngettext("{n} article", "{n} articles", len(articles)).format(n=len(articles))
        here.say(f"{_(_OPS[op])}: {what} ({place})")


def cells(rule: Correction) -> tuple[str | None, ...]:
    return rule.made, rule.article, rule.op, rule.key, rule.to


def show_corrections(
    here: Session, library: Library, ids: Sequence[str] | None, kind: str | None, form: str
) -> int:
    """List the corrections: all, or those of some articles, or of one type of entity."""
    from store.corrections import to_json

    rules = [
        rule
        for rule in library.corrections()
        if (ids is None or rule.article in ids) and (kind is None or rule.key.startswith(f"{kind}:"))
    ]
    if form in {"json", "jsonl"}:
        output.emit_json(map(to_json, rules), form)
    elif form == "tsv":
        output.emit_lines(map(cells, rules))
    elif rules:
        columns: list[tuple[str, int | None]] = [(_("Made"), 16), (_("Article"), 13), (_("What"), 14)]
        lines = []
        for rule in rules:
            line = [day_and_time(rule.made), rule.article or _("all"), _(_OPS[rule.op])]
            to = day_and_time(rule.to) if rule.op == "published" else rule.to
            lines.append([*line, " → ".join(filter(None, [rule.key, to]))])
        output.draw_table([*columns, (_("Correction"), None)], ([(c, "") for c in line] for line in lines))
    if not rules:
        here.say(_("Nothing found."))
    return DONE if rules else NOTHING_FOUND
