"""Article → Markdown (or JSON, or plain text), and the file it goes to.

The Markdown is CommonMark with YAML front matter. Every front matter value is a JSON string, a list
of JSON strings or null, so any YAML parser reads back what the article says, whatever it says; every
character that Markdown would take for markup is escaped, so any CommonMark parser reads back the text.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

from store.article import Article, Block, EntityType
from store.article_json import to_json
from store.errors import ExportError
from store.file_names import stem
from store.template import Template, Value, parse
from store.text import clean, one_line

FORMATS = ("md", "json", "txt")
"""What `render` and `export_article` write; each is also the file's suffix."""

FRONT_MATTER = (
    "id", "title", "date", "source", "author", "url",
    "tags", "people", "organizations", "places", "documents",
)  # fmt: skip
"""The keys of the front matter, always all of them and in this order."""

_TIMEZONE = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an article went; `already` when a file with the very same bytes was there before."""

    path: Path
    already: bool


def render(
    article: Article, form: str = "md", *, notes_heading: str = "Notes", template: Template | None = None
) -> str:
    """The article in one of `FORMATS`, as Markdown by a `template` if there is one. Ends with one newline."""
    if form == "json":
        return json.dumps(to_json(article), ensure_ascii=False, indent=1) + "\n"
    if form == "md" and template is not None:
        return template.fill(_values(article, notes_heading))
    return (to_text if form == "txt" else to_markdown)(article, notes_heading=notes_heading)


# -- Markdown ------------------------------------------------------------------------------------


def to_markdown(article: Article, *, notes_heading: str = "Notes") -> str:
    """Front matter, headline, facts, lead, blocks by kind, captions; what the reader noted and highlighted.

    `notes_heading` stands over the notes, in the reader's language; without notes it is not used.
    """
    head = [_front_matter(article), f"# {_inline(one_line(article.title))}".rstrip(), _facts(article)]
    return (
        "\n\n".join(part for part in (*head, _text(article), _notes(article, notes_heading)) if part) + "\n"
    )


def _text(article: Article) -> str:
    runs = groupby(_blocks(article), key=lambda block: block.kind)
    return "\n\n".join(part for kind, blocks in runs for part in _run(kind, list(blocks)) if part)


def _notes(article: Article, heading: str) -> str:
    """What the reader noted and highlighted, under a heading; "" for nothing."""
    if not (article.state.notes or article.state.highlights):
        return ""
    items = ((shown_date(note.made), note.text) for note in article.state.notes)
    parts = [f"## {_inline(one_line(heading))}"]
    parts.append("\n".join(_item(f"{_inline(made)}: ", text) for made, text in items))
    for mark in article.state.highlights:
        parts += [_quoted(_lines(article.passage(mark))), _lines(mark.note)]
    return "\n\n".join(part for part in parts if part)


TEMPLATE_NAMES = (*FRONT_MATTER, "front_matter", "facts", "text", "notes")
"""What a template may name, each with a `$` before it."""


def load_template(path: Path) -> Template:
    """The template in a file. Raises ExportError as `template.parse`, `template_unreadable` with `reason`."""
    try:
        return parse(path.read_text(encoding="utf-8"), TEMPLATE_NAMES, str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExportError("template_unreadable", path=str(path), reason=reason) from error


def _values(article: Article, notes_heading: str) -> dict[str, Value]:
    values = {}
    for name, value in _front_values(article).items():
        shown = value if isinstance(value, str) else ", ".join(value or ())
        text = _link(shown) if name == "url" else _inline(shown_date(shown) if name == "date" else shown)
        values[name] = Value(_scalar(value), text)
    whole = {
        "front_matter": _front_matter(article),
        "facts": _facts(article),
        "text": _text(article),
        "notes": _notes(article, notes_heading),
    }
    return values | {name: Value(_scalar(text), text) for name, text in whole.items()}


def to_markdown_item(title: str, *about: str | None) -> str:
    """An article as one item of a Markdown list: its title and what is known about it."""
    parts = (one_line(text) for text in (title, *about) if text)
    return _item("", " · ".join(part for part in parts if part))


def _front_values(article: Article) -> dict[str, str | list[str] | None]:
    return {
        "id": article.id,
        "title": one_line(article.title),
        "date": article.published,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "tags": list(article.state.tags),
        "people": _names(article, "person"),
        "organizations": _names(article, "organization"),
        "places": _names(article, "place"),
        "documents": _names(article, "document"),
    }


def _front_matter(article: Article) -> str:
    values = _front_values(article)
    return "\n".join(["---", *(f"{key}: {_scalar(values[key])}" for key in FRONT_MATTER), "---"])


def _names(article: Article, kind: EntityType) -> list[str]:
    return [one_line(entity.name) for entity in article.entities if entity.type == kind]


# YAML 1.1 takes NEL, LS and PS for line ends, and refuses the rest unless escaped. (Beyond U+FFFF
# nothing may be escaped: JSON would write a surrogate pair, which YAML reads as two characters.)
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _scalar(value: str | list[str] | None) -> str:
    """JSON that YAML reads to the same value."""
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _facts(article: Article) -> str:
    return " · ".join([*map(_inline, facts(article)), *filter(None, [_link(article.url)])])


def facts(article: Article) -> list[str]:
    """Source, date and author, those that are known. An inferred date bears a `≈`."""
    date = shown_date(article.published)
    if date and article.published_basis == "inferred":
        date = f"≈ {date}"
    known = (one_line(fact) for fact in (article.source, date, article.author) if fact)
    return [fact for fact in known if fact]


def shown_date(value: str | None) -> str:
    """An ISO date, or date and time, as people read it in Viet Nam's time; "" for None."""
    if not value or len(value) <= len("2023-12-29"):
        return value or ""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is not None:
        moment = moment.astimezone(_TIMEZONE)
    return moment.strftime("%Y-%m-%d %H:%M")


def _link(url: str | None) -> str:
    # Only what CommonMark takes for an autolink as it stands; anything else is text.
    if url and re.fullmatch(r"https?://[^\s<>\\&\x00-\x20]+", url):
        return f"<{url}>"
    return _inline(one_line(url)) if url else ""


def _blocks(article: Article) -> Iterator[Block]:
    """What is shown: blocks with text, and the lead first if only the field has it."""
    if article.lead and not any(block.kind == "lead" for block in article.blocks):
        yield Block("lead", article.lead)
    for block in article.blocks:
        if one_line(block.text) or block.credit:
            yield block


def _run(kind: str, blocks: list[Block]) -> Iterable[str]:
    """Neighbouring blocks of one kind."""
    texts = [_lines(block.text) for block in blocks]
    match kind:
        case "lead":
            return [_marked("**", text) for text in texts]
        case "heading":
            return [f"## {_inline(one_line(block.text))}" for block in blocks]
        case "list":
            return ["\n".join(_item("", block.text) for block in blocks)]
        case "quote":
            return ["\n>\n".join(_quoted(text) for text in texts)]
        case "caption":
            return [_caption(block) for block in blocks]
        case _:
            return texts


def _caption(block: Block) -> str:
    credit = f"({_inline(one_line(block.credit))})" if block.credit else ""
    text = _lines(block.text)
    return " ".join(part for part in (_marked("*", text), credit) if part)


def _marked(mark: str, text: str) -> str:
    return f"{mark}{text}{mark}" if text else ""


def _quoted(text: str) -> str:
    return "> " + text.replace("\n", "\n> ") if text else ""


def _item(head: str, text: str) -> str:
    return f"- {head}{_lines(text)}".replace("\n", "\n  ")


def _lines(text: str) -> str:
    """Text as one Markdown paragraph: its lines joined by hard breaks."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "\\\n".join(_inline(line) for line in lines if line)


# Markup wherever it stands. `~ | $ # =` mean nothing to CommonMark inside a line, but strike through,
# tables, mathematics, tags and highlights to the programs that most people read Markdown with.
_MARKUP = re.compile(r"[\\`*_\[\]<>~|$#]|&(?=#?\w{1,40};)|=(?==)")
# Markup at the start of a line only: list items, rules, underlined headings.
_LEADING = re.compile(r"(?:[-+](?=[-+\s]|$)|=(?==|\s|$)|(?<=\d)[.)](?=\s|$))")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|$))", re.ASCII)


def _inline(line: str) -> str:
    """One line of text, escaped, so that a CommonMark parser reads this text and nothing else."""
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], line)
    number = _NUMBER.match(escaped)
    start = number.end() if number else 0
    if _LEADING.match(escaped, start):
        escaped = f"{escaped[:start]}\\{escaped[start:]}"
    return escaped


# -- plain text ----------------------------------------------------------------------------------


def to_text(article: Article, *, notes_heading: str = "Notes") -> str:
    """Headline, facts and blocks with an empty line between them; no markup at all."""
    parts = [one_line(article.title), " · ".join([*facts(article), *filter(None, [article.url])])]
    for block in _blocks(article):
        credit = f" ({one_line(block.credit)})" if block.credit else ""
        parts.append(("- " if block.kind == "list" else "") + clean(block.text).strip() + credit)
    if article.state.notes or article.state.highlights:
        parts.append(one_line(notes_heading))
        parts += [f"{shown_date(note.made)}: {clean(note.text).strip()}" for note in article.state.notes]
        for mark in article.state.highlights:
            passage = clean(article.passage(mark)).strip()
            parts.append(f"“{passage}”\n{clean(mark.note).strip()}".strip() if passage else clean(mark.note))
    return "\n\n".join(part for part in parts if part) + "\n"


# -- files ---------------------------------------------------------------------------------------


def file_name(article: Article, ascii: bool = False, suffix: str = ".md") -> str:
    """A name made of the article's day and title that every file system takes, see `file_names.stem`."""
    day = shown_date(article.published)[:10]
    return stem(f"{day} {one_line(article.title)}", article.id, ascii) + suffix


_TRIES = 10_000


def export_article(
    article: Article,
    folder: Path,
    *,
    form: str = "md",
    ascii: bool = False,
    notes_heading: str = "Notes",
    template: Template | None = None,
) -> Exported:
    """Writes the article to a file of its own in `folder` (made if it is not there).

    Never over a file: one with the same name and the same bytes is the export (`already`), one with
    other bytes stays, and the new file's name gets `-2`, `-3` … The file appears whole or not at all.
    Raises ExportError `export_failed` with `path` and `reason`; the path is the folder where no file of any
    name can be written.
    """
    data = render(article, form, notes_heading=notes_heading, template=template).encode()
    name = Path(file_name(article, ascii, suffix=f".{form}"))
    path = folder
    try:
        folder = Path(os.path.abspath(folder))
        folder.mkdir(parents=True, exist_ok=True)
        for count in range(1, _TRIES):
            path = folder / (name.name if count == 1 else f"{name.stem}-{count}{name.suffix}")
            if _holds(path, data):
                return Exported(path, already=True)
            if not os.path.lexists(path) and _create(path, data):
                return Exported(path, already=False)
    except OSError as error:
        at = path if error.filename == str(path) else folder  # the draft, or a full disk, is no file's fault
        raise ExportError("export_failed", path=str(at), reason=error.strerror or str(error)) from error
    raise ExportError("export_failed", path=str(path), reason="too many files of this name")


def _holds(path: Path, data: bytes) -> bool:
    """Whether a regular file with exactly these bytes stands there. Links and pipes are not opened."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False
        return path.read_bytes() == data
    except (FileNotFoundError, PermissionError):
        return False


def _create(path: Path, data: bytes) -> bool:
    """Writes a new file, complete before it has its name. False if the name was taken meanwhile."""
    draft = path.with_name(f".bandoc-{secrets.token_hex(8)}.tmp")
    try:
        _write_new(draft, data)
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV):
                raise
            return _create_plainly(path, data)  # a file system without hard links (FAT, some shares)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _create_plainly(path: Path, data: bytes) -> bool:
    try:
        _write_new(path, data)
    except FileExistsError:
        return False
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
