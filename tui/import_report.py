"""What became of an import, as it is read: a line in short, and all of it by what there is to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import BandocError
from store.text import one_line
from tui.figures import day, number
from tui.i18n import N_, _, ngettext
from tui.widgets.table_view import Entry
from tui.wording import reason

if TYPE_CHECKING:
    from store.importing import Report
    from store.index.row import Row
    from store.library import Library

MOST = 1000
"""Articles or files that a section shows; the rest is counted, and written out whole."""


@dataclass
class Record:
    """An import of this session: its report, how many files it did not come to, when it ended; and how its
    page was left: what narrowed it, and which line had the cursor."""

    report: Report
    unread: int = 0
    ended: datetime = field(default_factory=datetime.now)
    needle: str = ""
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a report: an article, or an input with the reason why it gave none."""

    section: str
    id: str = ""
    date: str = ""
    title: str = ""
    source: str = ""
    path: str = ""
    reason: str = ""


FAILED, UNDATED, UNTITLED = N_("Failed"), N_("Without a date"), N_("Without a headline")
TRASHED, ADDED, KNOWN, SKIPPED = (
    N_("Known, in the trash, left there"),
    N_("Added"),
    N_("Known"),
    N_("Skipped"),
)
SECTIONS = (FAILED, UNDATED, UNTITLED, ADDED, KNOWN, TRASHED, SKIPPED)
"""In the order in which they are worth a look."""


def told(library: Library, report: Report) -> list[Told]:
    """All lines of a report. Takes some tenths of a second for thousands: not on the screen's own thread.

    Raises LibraryError.
    """
    from store.query import parse

    everything = library.select(parse("is:removed OR NOT is:removed").with_sort("added"))
    places = {id: place for place, id in enumerate(everything.ids())}
    new = set(report.new)

    def articles(section: str, ids: Iterable[str]) -> list[Told]:
        found = sorted(places[id] for id in ids if id in places)
        rows: Iterable[Row] = (everything[place] for place in found)
        return [
            Told(section, row.id, day(row.published), row.title, row.source or "") for row in rows if row.id
        ]

    def inputs(section: str, errors: Sequence[BandocError]) -> list[Told]:
        return [Told(section, path=_path(error), reason=reason(error)) for error in errors]

    def among_new(query: str) -> list[str]:
        return [id for id in library.select(parse(query)).ids() if id in new] if new else []

    return [
        *inputs(FAILED, report.failed),
        *articles(UNDATED, among_new("no-date")),
        *articles(UNTITLED, among_new("no-title") if report.untitled else ()),
        *articles(ADDED, report.new),
        *articles(KNOWN, dict.fromkeys(report.known)),
        *articles(TRASHED, dict.fromkeys(report.removed)),
        *inputs(SKIPPED, report.skipped),
    ]


def _path(error: BandocError) -> str:
    path = one_line(str(error.fields.get("path") or ""))
    if path in {"", "-"}:
        return _("pasted text") if not path else _("standard input")
    place = error.fields.get("line") or error.fields.get("item")
    return f"{path}:{place}" if place else path


def entries(lines: Sequence[Told], counts: Mapping[str, int]) -> list[Entry]:
    """A report as the entries of a table. `counts`: how many each section has in all."""
    found: list[Entry] = []
    for section in SECTIONS:
        here = [line for line in lines if line.section == section]
        if not here:
            continue
        found += [Entry("", "", "head")] * bool(found)
        found.append(Entry("", f"{_(section)} ({number(counts[section])})", "head"))
        found += [_entry(line) for line in here[:MOST]]
        if more := len(here) - MOST:
            words = ngettext("… and {n} more", "… and {n} more", more) if more > 0 else ""
            found += [Entry("", words.format(n=number(more)), "dim")] * (more > 0)
    return found


def _entry(line: Told) -> Entry:
    if line.id:
        title = line.title or "—"
        return Entry(line.date or "—", f"{title} · {line.source}" if line.source else title, ref=line.id)
    return Entry("", f"{line.path}: {line.reason}", ref=f"{line.path}\n{line.section}")


def rows_of_file(lines: Iterable[Told]) -> Iterable[str]:
    """A report as tab-separated lines: what became of it, id, date, title or path, source or reason."""
    for line in lines:
        cells = (_(line.section), line.id, line.date, line.title or line.path, line.source or line.reason)
        yield "\t".join(map(one_line, cells)) + "\n"


def summary(record: Record) -> str:
    """An import in one line."""
    report = record.report
    if not any((report.new, report.known, report.removed, report.failed, report.skipped, report.cancelled)):
        return _("Nothing was found to import.")
    count = len(report.new)
    said = [ngettext("{count} new article", "{count} new articles", count).format(count=number(count))]
    if report.cancelled:
        words = ngettext("stopped, {n} file not looked at", "stopped, {n} files not looked at", record.unread)
        said.append(words.format(n=number(record.unread)))
    numbers: Collection[tuple[str, int]] = (
        (_("{count} known already"), len(report.known)),
        (_("{count} in the trash"), len(report.removed)),
        (_("{count} failed"), len(report.failed)),
        (_("{count} skipped"), len(report.skipped)),
    )
    said += [words.format(count=number(many)) for words, many in numbers if many]
    return ", ".join(said)
