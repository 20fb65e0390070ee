"""What is asked when something is corrected: a form of several lines, and what to do with an entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from store.article import Article, Entity
from store.profile import said_of
from tui import corrections
from tui.content import join, plain
from tui.figures import number
from tui.i18n import N_, _, ngettext
from tui.screens.dialogs import Choice, Dialog
from tui.widgets.composed import ComposedInput

Values = dict[str, str]

NEAR = 120
"""Letters of a sentence that are shown before and behind a name."""


class Form(Dialog[Values | None]):
    """Asks for several lines, given as `(name, words, value)`; None when the reader changes their mind.

    `check` names a field whose value will not do, and says why; None if all are sound.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Accept"), show=False),
        Binding("down,tab", "app.focus_next", N_("Next line"), show=False),
        Binding("up,shift+tab", "app.focus_previous", N_("Previous line"), show=False),
        Binding("escape", "dismiss(None)", N_("Give up"), show=False),
    ]

    def __init__(
        self,
        heading: str,
        fields: Sequence[tuple[str, str, str]],
        check: Callable[[Mapping[str, str]], tuple[str, str] | None],
    ) -> None:
        super().__init__()
        self.heading = heading
        self.fields = fields
        self.check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.heading, "bold"), classes="form-heading")
            for name, words, value in self.fields:
                with Horizontal(classes="form-row"):
                    yield Static(plain(words), classes="form-name")
                    yield ComposedInput(value, id=f"form-{name}", compact=True, select_on_focus=False)
            yield Static(id="form-error", markup=False)
            yield Static(plain(_("Enter accepts, Tab the next line, Esc gives up"), "$text-muted"))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        values = {name: self.query_one(f"#form-{name}", Input).value for name, _words, _value in self.fields}
        if (wrong := self.check(values)) is None:
            self.dismiss(values)
            return
        name, words = wrong
        self.query_one("#form-error", Static).update(plain(words, "$text-error"))
        self.set_focus(self.query_one(f"#form-{name}"))


class EntityMenu(Choice):
    """What is wrong with an entity; Tab says whether in one article or in the whole library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "scope", N_("For this article, or for the whole library"), show=False)
    ]

    def __init__(self, name: str, count: int, ops: Sequence[tuple[str, str]]) -> None:
        super().__init__(_("Correct “{name}”").format(name=name), ops, "rename")
        self.count = count
        self.everywhere = False

    @property
    def hint(self) -> str:
        """For what the correction will hold."""
        if self.everywhere:
            words = ngettext(
                "For the whole library: {count} article now, and what comes. Tab: this article only",
                "For the whole library: {count} articles now, and what comes. Tab: this article only",
                self.count,
            )
            return words.format(count=number(self.count))
        return _("For this article. Tab: for the whole library")

    def action_scope(self) -> None:
        self.everywhere = not self.everywhere
        self.query_one("#hint", Static).update(plain(self.hint, "$text-muted"))


def entity_ops(article: Article, entity: Entity) -> list[tuple[str, str]]:
    """What can be done about an entity, and its words."""
    ops = [
        ("rename", _("Rename…")),
        ("retype", _("It is of another kind…")),
        ("hide", _("Hide: it is no name")),
    ]
    if any(other.key != entity.key for other in article.entities):
        ops.insert(2, ("merge", _("It is the same as another…")))
    if len(corrections.forms(article, entity)) > 1:
        ops.append(("split", _("One of its forms means something else…")))
    if entity.type in ("person", "organization", "place"):
        ops.append(("namesake", _("Someone else of the same name, in this article…")))
    return ops


def context(article: Article, entity: Entity) -> Content:
    """The sentence that names an entity, its name in bold."""
    said = said_of(article, entity.key)
    if said is None:
        return join((entity.name, "bold"))
    before, after = said.text[: said.start], said.text[said.end :]
    if len(before) > NEAR:
        before = "…" + before[-NEAR:]
    if len(after) > NEAR:
        after = after[:NEAR] + "…"
    return join(before, (said.text[said.start : said.end], "bold"), after)
