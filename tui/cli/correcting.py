"""edit: what was found in articles, corrected by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from store.article import BLOCK_KINDS
from store.errors import BandocError
from tui import wording
from tui.cli import DONE, NOTHING_FOUND, SOME_FAILED, WRONG_USAGE, naming, output
from tui.cli.choosing import choose, dry_run_option, ids_argument, query_option
from tui.cli.corrections import cells, preview, read, tell
from tui.cli.root import Session, Verb, session
from tui.cli.waiting import late_progress_bar
from tui.entity_types import type_of, types_to_type
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.article import Article, Entity
    from store.corrections import Correction, EntityOp, FactOp
    from store.library import Library

_FACTS: tuple[FactOp, ...] = ("title", "published", "source", "author")


class _Asked(NamedTuple):
    """A correction of an entity as it was typed."""

    op: EntityOp
    name: str
    to: str


class _Stop(Exception):
    """Nothing is corrected, with this exit code."""

    def __init__(self, code: int, message: str) -> None:
        self.code = code
        super().__init__(message)


def _pairs(name: str, metavar: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(f"--{name}", multiple=True, metavar=metavar, callback=_split_pairs, help=text)


def _split_pairs(
    _context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> list[tuple[str, str]]:
    pairs = []
    for value in values:
        left, _sign, right = (part.strip() for part in value.partition("="))
        if not left or not right:
            raise click.UsageError(
                _("{option} is written {form}").format(option=parameter.opts[0], form=parameter.metavar)
            )
        pairs.append((left, right))
    return pairs


@click.command(
    "edit",
    cls=Verb,
    short_help=_("Correct what was found in an article."),
    help=_(
        "Correct articles by hand: title, date, author and source, which lines belong to the text, and whom"
        " or what it names. Pages and what was found in them stay as they are: corrections are kept beside"
        " them, hold after reclean, and can be taken back."
        "\n\nNames need no marks; person:… or place:… tells two of one name apart. A correction of a name is"
        " for the chosen articles; with --everywhere it is for all, those imported later too."
    ),
    examples="""
        bandoc edit 3f9c --title 'Khánh thành cầu Sông Đào' --date 12/3/2021
        bandoc edit 3f9c --author ''
        bandoc edit --query 'source:CT' --source 'Báo Cần Thơ'
        bandoc show 3f9c --raw | cat -n
        bandoc edit 3f9c --line 14=junk --line 9=caption
        bandoc edit 3f9c --hide 'Mai Vàng' --retype 'Đồng Tâm=organization'
        bandoc edit --everywhere --merge 'TP Thủ Dầu Một=thành phố Thủ Dầu Một'
        bandoc edit 3f9c --split 'Nguyễn Văn Nam=#2'
        bandoc edit 3f9c --undo
        bandoc entities --corrections --format jsonl > corrections.jsonl
        bandoc edit --from corrections.jsonl
    """,
)
@ids_argument
@query_option
@click.option("--title", metavar=_("TEXT"), help=_("The title."))
@click.option("--date", "published", metavar=_("DATE"), help=_("When it was published; '' for unknown."))
@click.option("--author", metavar=_("NAME"), help=_("The author; '' for none."))
@click.option("--source", metavar=_("NAME"), help=_("The source; '' for none."))
@_pairs(
    "line",
    _("N=KIND"),
    _("What line N of the raw page is: {kinds}, or junk to take it out.").format(
        kinds=", ".join(BLOCK_KINDS)
    ),
)
@click.option("--hide", multiple=True, metavar=_("NAME"), help=_("This is nothing that should be listed."))
@_pairs("rename", _("NAME=NEW"), _("Another name; two of one name become one."))
@_pairs("retype", _("NAME=TYPE"), _("Another type: {types}.").format(types=types_to_type()))
@_pairs("merge", _("NAME=OTHER"), _("The same as OTHER."))
@_pairs("split", _("NAME=FORM"), _("FORM is someone else; #2: all of it is another one of that name."))
@click.option("--everywhere", is_flag=True, help=_("Correct names in all articles, later ones too."))
@click.option(
    "--undo",
    is_flag=True,
    help=_("Take back the last correction: of all, of these articles, or those of --from."),
)
@click.option(
    "--from",
    "file",
    type=click.File("rb"),
    metavar=_("FILE"),
    help=_("Corrections as JSON, as “entities --corrections” writes them; - is standard input."),
)
@dry_run_option
@session
def edit(
    here: Session,
    /,
    *,
    ids: tuple[str, ...],
    query: str | None,
    line: list[tuple[str, str]],
    hide: tuple[str, ...],
    everywhere: bool,
    undo: bool,
    file: Any,
    dry_run: bool,
    **more: Any,
) -> int:
    facts: dict[FactOp, str] = {op: more[op] for op in _FACTS if more[op] is not None}
    asked = [_Asked("hide", name, "") for name in hide]
    ops: tuple[EntityOp, ...] = ("rename", "retype", "merge", "split")
    asked += [_Asked(op, *pair) for op in ops for pair in more[op]]
    said = bool(facts or line or asked)
    if said + undo + bool(file) == 0:
        raise click.UsageError(_("correct what? See: bandoc edit --help"))
    if said and (undo or file):
        raise click.UsageError(_("--undo and --from stand without corrections beside them"))
    library = here.library()
    try:
        if file:
            return _from_file(here, library, file, undo=undo, dry_run=dry_run)
        if undo:
            return _undo(here, library, ids, query, everywhere=everywhere, dry_run=dry_run)
        if everywhere and not (ids or query is not None or facts or line):
            return _make(here, library, [_everywhere(library, one) for one in asked], (), dry_run=dry_run)
        if not (chosen := choose(here, library, ids, query)):
            return NOTHING_FOUND
        if len(chosen) > 1 and ("title" in facts or line):
            raise _Stop(WRONG_USAGE, _("a title or a line is for one article"))
        rules = [rule for id in chosen for rule in _facts_and_lines(library, id, facts, line)]
        for one in asked:
            found = [rule for id in chosen for rule in _of_entity(library, id, one)]
            if not found:
                raise _Stop(NOTHING_FOUND, _("named nowhere here: {names}").format(names=one.name))
            rules += [replace(rule, article=None) for rule in found] if everywhere else found
        return _make(here, library, rules, chosen, dry_run=dry_run)
    except _Stop as stop:
        here.complain(str(stop))
        return stop.code
    except naming.Unclear as unclear:
        here.complain(str(unclear))
        return WRONG_USAGE


# -- rules of what was typed ---------------------------------------------------------------------


def _facts_and_lines(
    library: Library, id: str, facts: dict[FactOp, str], lines: Sequence[tuple[str, str]]
) -> Iterator[Correction]:
    from store.corrections import Correction

    for op, value in facts.items():
        yield Correction(op, "", value or None, id)
    page = library.page(id) if lines else None
    for number, kind in lines:
        if page and number.isdecimal() and not "".join(page.lines[int(number) - 1 : int(number)]).strip():
            raise _Stop(WRONG_USAGE, _("the raw page has no text on line {n}").format(n=number))
        yield Correction("line", number, kind, id)


def _of_entity(library: Library, id: str, one: _Asked) -> Iterator[Correction]:
    """The correction for one article; none if it does not name that one."""
    from store.corrections import Correction

    article = library.article(id)
    if entity := naming.in_article(article, one.name):
        to = _form(article, entity, one.to) if one.op == "split" else _target(library, article, one)
        yield Correction(one.op, entity.key, to, id)


def _everywhere(library: Library, one: _Asked) -> Correction:
    """A correction for all articles, of someone whom any of them names."""
    from store.corrections import Correction

    if (entity := naming.in_library(library, one.name)) is None:
        raise _Stop(NOTHING_FOUND, _("named nowhere: {names}").format(names=one.name))
    return Correction(one.op, entity.key, _target(library, None, one), None)


def _target(library: Library, article: Article | None, one: _Asked) -> str:
    """What a correction leads to, as the store has it."""
    if one.op == "retype":
        return type_of(one.to) or one.to
    if one.op != "merge":
        return one.to
    from store.correcting import merge_target

    if article and (there := naming.in_article(article, one.to)):
        return merge_target(there)
    if other := naming.in_library(library, one.to):
        return f"{other.type}:{other.name}"
    told = _("named nowhere: {names} (--rename gives a new name)")
    raise _Stop(NOTHING_FOUND, told.format(names=one.to))


def _form(article: Article, entity: Entity, typed: str) -> str:
    """A form of a name as the article writes it, or "#2" as it is."""
    from store.corrections import is_namesake

    forms = dict.fromkeys(article.text_of(mention) for mention in entity.mentions)
    form = typed if is_namesake(typed) else next((form for form in forms if naming.same(typed, form)), None)
    if form is None:
        told = _("{name} is written {forms} here, not {form}")
        message = told.format(name=entity.name, forms=", ".join(forms), form=typed)
        raise _Stop(NOTHING_FOUND, message)
    return form


# -- what becomes of them ------------------------------------------------------------------------


def _make(
    here: Session, library: Library, rules: Sequence[Correction], ids: Sequence[str], *, dry_run: bool
) -> int:
    """Keep the corrections, or show what they would change."""
    if dry_run:
        preview(library, ids, add=rules)
        return DONE
    with late_progress_bar(_("correcting")) as show:
        done = library.correct(rules, progress=show)
    tell(here, done.added)
    if same := len(set(rules)) - len(done.added):
        told = ngettext("{n} correction was there already", "{n} corrections were there already", same)
        here.say(told.format(n=same))
    return DONE


def _undo(
    here: Session,
    library: Library,
    ids: Sequence[str],
    query: str | None,
    *,
    everywhere: bool,
    dry_run: bool,
) -> int:
    """Take back what the last call made: of all corrections, of those for all articles, or of some."""
    from store.corrections import last_made

    rules: Sequence[Correction] = library.corrections()
    if ids or query is not None:
        chosen = set(choose(here, library, ids, query))
        rules = [rule for rule in rules if rule.article in chosen]
    if everywhere:
        rules = [rule for rule in rules if rule.article is None]
    return _take_back(here, library, last_made(rules), dry_run=dry_run)


def _take_back(here: Session, library: Library, rules: Sequence[Correction], *, dry_run: bool) -> int:
    from store.corrections import stood_before

    wanted = set(rules)
    there = [rule for rule in library.corrections() if rule in wanted]
    again = [rule for rule in stood_before(there) if rule not in wanted]
    if not there:
        raise _Stop(NOTHING_FOUND, _("there is no correction to take back"))
    if dry_run:
        preview(library, dict.fromkeys(rule.article for rule in there if rule.article), add=again, drop=there)
    else:
        here.say(_("taken back:"))
        with late_progress_bar(_("correcting")) as show:
            done = library.correct(again, there, show)
        tell(here, done.dropped)
        if done.added:
            here.say(_("holds again:"))
            tell(here, done.added)
    return DONE


def _from_file(here: Session, library: Library, file: IO[bytes], *, undo: bool, dry_run: bool) -> int:
    """Keep the corrections of a file, or take them back. What is none is named; the others count."""
    from store.corrections import revise

    good: list[Correction] = []
    failed = 0
    for item in read(file):
        if isinstance(item, BandocError):
            here.complain(wording.say(item))
            failed += 1
        else:
            good.append(item)
    code = SOME_FAILED if failed else DONE
    if undo:
        return _take_back(here, library, good, dry_run=dry_run) or code
    if dry_run:
        output.emit_lines(map(cells, revise(library.corrections(), good, ()).added))
        return code
    added = len(library.correct(good).added)
    here.say(
        _("{added} added, {known} known, {failed} failed").format(
            added=added, known=len(good) - added, failed=failed
        )
    )
    return code


COMMANDS = {"edit": edit}
