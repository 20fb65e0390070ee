"""Small questions over the screen: a line to type, yes or no, one of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from store.text import fold, one_line
from tui.content import join, plain
from tui.i18n import N_, _
from tui.keys import also_bound
from tui.widgets.composed import ComposedInput
from tui.widgets.options import Options

T = TypeVar("T")


class Once(Generic[T]):
    """Stands before a screen's class: such a screen is left once. A second Enter pressed fast must not take
    away what stands below it."""

    _left = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leaves the screen with a result; nothing if it was left already."""
        if self._left:
            return AwaitComplete()
        self._left = True
        left: AwaitComplete = super().dismiss(result)  # type: ignore[misc]
        return left


def dialog_room(width: int) -> int:
    """Cells that a line of a dialog has on a screen of so many columns."""
    return min(70, width * 95 // 100) - 6


class Dialog(Once[T], ModalScreen[T], Generic[T]):
    """A small window over the screen. F1 tells what its keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [also_bound("help", "app.help_here")]

    def on_mount(self) -> None:
        """What was told before is read by now, and may stand where the dialog has its foot."""
        self.app.clear_notifications()
        for screen in self.app.screen_stack:  # the one below is still in sight, and is not told
            screen.query("Toast").remove()


class Prompt(Dialog[str | None]):
    """Asks for one line; None when the reader changes their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Accept"), show=False),
        Binding("escape", "dismiss(None)", N_("Give up"), show=False),
    ]

    def __init__(self, question: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self.question = question
        self.value = value
        self.hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "bold"))
            yield ComposedInput(self.value, compact=True, select_on_focus=False)
            yield Static(plain(self.hint or _("Enter accepts, Esc gives up"), "$text-muted"))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        self.dismiss(self.query_one(Input).value)


class Confirm(Dialog[bool]):
    """Asks yes or no, with what one should know for it. Enter says yes, Esc no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", N_("Yes"), show=False),
        Binding("escape,n,q", "dismiss(False)", N_("No"), show=False),
    ]

    def __init__(self, question: str, details: Sequence[Content] = ()) -> None:
        super().__init__()
        self.question = question
        self.details = details

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "bold"))
            for detail in self.details:
                yield Static(detail, classes="detail")
            yield Static(plain(_("Enter yes, Esc no"), "$text-muted"))


class Choice(Dialog[str | None]):
    """Asks for one of several `(value, words)`, the words as text or styled; the present value is under the
    cursor. Below them stands a hint, if there is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Choose it"), show=False),
        Binding("escape,q", "dismiss(None)", N_("Give up"), show=False),
        Binding("j,down", "move(1)", N_("Line down"), show=False),
        Binding("k,up", "move(-1)", N_("Line up"), show=False),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str | Content]], present: str) -> None:
        super().__init__()
        self.question = question
        self.choices = choices
        self.present = present

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "bold"))
            shown = ((value, join(w) if isinstance(w, str) else w) for value, w in self.choices)
            options = Options(
                *(Option(words, id=value) for value, words in shown), markup=False, compact=True
            )
            options.highlighted = next((n for n, c in enumerate(self.choices) if c[0] == self.present), 0)
            yield options
            if self.hint:
                yield Static(plain(self.hint, "$text-muted"), id="hint")

    @property
    def hint(self) -> str:
        """What else there is to know."""
        return ""

    def action_move(self, rows: int) -> None:
        options = self.query_one(OptionList)
        options.highlighted = ((options.highlighted or 0) + rows) % len(self.choices)

    def action_accept(self) -> None:
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class SortChoice(Choice):
    """Orders to choose from."""

    @property
    def hint(self) -> str:
        return _("● is the present order: chosen again, it turns round")


class Pick(Dialog[str | None]):
    """Asks for one of many `(value, words)`: what is typed, marks or not, leaves those that hold it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Choose it"), show=False),
        Binding("escape", "dismiss(None)", N_("Give up"), show=False),
        Binding("down", "move(1)", N_("Line down"), show=False),
        Binding("up", "move(-1)", N_("Line up"), show=False),
        Binding("pagedown", "move(10)", N_("Page down"), show=False),
        Binding("pageup", "move(-10)", N_("Page up"), show=False),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.question = question
        self.choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self.question, "bold"))
            yield ComposedInput(compact=True, placeholder=_("A part of the name"), select_on_focus=False)
            yield Options(markup=False, compact=True)
            yield Static(plain(_("Enter accepts, Esc gives up"), "$text-muted"), id="hint")

    def on_mount(self) -> None:
        self.query_one(Options).can_focus = False
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        options, wanted = self.query_one(Options), fold(one_line(typed))
        options.clear_options()
        left = [(value, words) for value, words in self.choices if wanted in fold(words)]
        options.add_options(Option(join(words), id=value) for value, words in left)
        options.highlighted = 0 if left else None

    def action_move(self, rows: int) -> None:
        options = self.query_one(Options)
        if options.option_count:
            last = options.option_count - 1
            options.highlighted = max(0, min((options.highlighted or 0) + rows, last))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        option = self.query_one(Options).highlighted_option
        if option is not None:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
