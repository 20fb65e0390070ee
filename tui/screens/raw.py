"""The page an article was made of, each line with what became of it and why; `x` corrects one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from store.article import Article, RawPage
from store.correcting import apply
from store.corrections import JUNK, Correction
from tui.content import plain
from tui.corrections import KIND_NAMES, line_kind, owner
from tui.i18n import N_, _
from tui.keys import also_bound, named
from tui.reasons import worded
from tui.screens.pages import Page
from tui.widgets.table_view import Entry, PickTable

if TYPE_CHECKING:
    from tui.app import ReaderApp

_NAMES = {
    **KIND_NAMES,
    "title": N_("title"),
    "published": N_("date"),
    "source": N_("source"),
    "author": N_("author"),
}


def raw_entries(article: Article, page: RawPage) -> Iterator[Entry]:
    """Each line of a page with what became of it and why; a line may have become several things."""
    reasons: dict[int, list[str]] = {}
    for name, fact in article.facts.items():
        if fact.line is not None:
            reasons.setdefault(fact.line, []).append(f"{_(_NAMES.get(name, name))} ({worded(fact.why)})")
    for block in article.blocks:
        if block.line is not None:
            reasons.setdefault(block.line, []).append(_(_NAMES[block.kind]))
    for part in article.dropped:
        reasons.setdefault(part.line, []).append(f"× {worded(part.why)}")
    for number, line in enumerate(page.lines, 1):
        said = " · ".join(dict.fromkeys(reasons.get(number, ())))
        if line.strip() or said:
            yield Entry(said, line, "dim" if _only_dropped(said) else "", str(number))


def _only_dropped(said: str) -> bool:
    return bool(said) and all(reason.startswith("× ") for reason in said.split(" · "))


class RawView(Page[None]):
    """The page as it was read, before cleaning; the cursor begins at a `line` of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "correct", N_("Take this line in or out"), show=False),
        also_bound("article.raw", "close"),
        also_bound("correct", "correct"),
        also_bound("undo", "undo"),
    ]

    def __init__(self, article: Article, page: RawPage, line: int = 1) -> None:
        where = page.path or page.url or _("no path")
        heading = _("Raw page: {path} ({encoding})").format(path=where, encoding=page.encoding)
        super().__init__(heading, list(raw_entries(article, page)), widest=30)
        self.article = article
        self.page = page
        self.line = line

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading, "bold"), classes="page-heading")
        place = next((n for n, entry in enumerate(self.entries) if int(entry.number) >= self.line), 0)
        yield PickTable(self.entries, self.widest, place)
        words = _("{correct} takes a line in or out · {undo} undoes · Esc closes")
        foot = words.format(correct=named("correct"), undo=named("undo"))
        yield Static(plain(foot), classes="page-foot")

    def show(self, article: Article) -> None:
        """The same page, read otherwise."""
        self.article = article
        self.query_one(PickTable).set_entries(list(raw_entries(article, self.page)))

    @property
    def reader(self) -> ReaderApp:
        """The app, which has the main screen below."""
        return cast("ReaderApp", self.app)

    def action_undo(self) -> None:
        if (main := self.reader.main) is not None:
            main.action_undo()

    def action_correct(self) -> None:
        from tui.screens.dialogs import Choice

        entry = self.query_one(PickTable).entry
        if entry is None or (main := self.reader.main) is None:
            return
        line = owner(self.article, self.page, int(entry.number))
        present = line_kind(self.article, line)
        facts = _("This line is a fact of the article: {key} in the text corrects it.")
        facts = facts.format(key=named("correct"))
        if present is None:
            self.reader.tell(facts)
            return

        def answered(kind: str | None) -> None:
            if kind is None or kind == present:
                return
            rule = Correction("line", str(line), kind, self.article.id)
            if apply(self.article, [rule], self.page) == self.article:  # no word of it is left for the text
                self.reader.tell(facts)
            else:
                main.correct_line(self.article, rule)

        choices = [(kind, _(name)) for kind, name in KIND_NAMES.items() if kind != present]
        question = _("Line {number} is: {kind}. It shall be:").format(
            number=line, kind=_(KIND_NAMES[present])
        )
        likely = "paragraph" if present == JUNK else JUNK
        self.app.push_screen(Choice(question, choices, likely), answered)
