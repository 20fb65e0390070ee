"""Every key of the screen, in one table: bindings, footer, help, palette and docs/keys.md read it.

Each action has an id (by which a keymap can change its keys) and, since Vietnamese input methods swallow
plain letters (Telex takes d w s f r x j), at least one key that is no plain letter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.i18n import N_, _

if TYPE_CHECKING:
    from textual.binding import BindingType

Where = Literal["screen", "list", "view", "select", "card", "entities", "entity"]
"""What binds a key: the screen itself, or the widget that must have the focus; "select" is the text while
one selects in it, "card" the card of a name over it, "entity" the page of one entity."""


@dataclass(frozen=True, slots=True)
class Key:
    """One action. `keys` is a comma-separated list in Textual's names; `short` is its word in the footer,
    empty when it has no place there; `footer` names where it is shown: the focus, "select" like `where`,
    "begun": with text selected already, "picked": the list with selected rows, "trash": while it shows the
    trash. Among names: `_NAMES_FOOTER`."""

    id: str
    action: str
    keys: str
    label: str
    group: str
    where: Where = "screen"
    short: str = ""
    footer: tuple[str, ...] = ()


MOVE = N_("Moving")
READ = N_("Reading")
SELECT = N_("Selecting text")
FIND = N_("Finding")
MARK = N_("Marking")
SEND = N_("Sending")
LOOK = N_("Looking")
ENTITIES = N_("People and places")
PROGRAM = N_("Program")

KEYS: tuple[Key, ...] = (
    # -- the list
    Key("list.open", "open", "enter", N_("Open the article"), MOVE, "list", N_("open"), ("list",)),
    Key("list.pick", "pick", "space", N_("Select this row, or not, and go down"), MARK, "list",
        N_("select"), ("list", "picked", "trash")),
    Key("list.pick_all", "pick_all", "V,percent_sign", N_("Select all rows listed, or none of them"),
        MARK, "list"),
    Key("list.fold", "fold", "c,equals_sign",
        N_("Each article of this story in a row of its own, or one row"), LOOK, "list"),
    Key("list.down", "move(1)", "j,down", N_("Next row"), MOVE, "list"),
    Key("list.up", "move(-1)", "k,up", N_("Previous row"), MOVE, "list"),
    Key("list.top", "top", "g,home", N_("First row"), MOVE, "list"),
    Key("list.bottom", "bottom", "G,end", N_("Last row"), MOVE, "list"),
    Key("list.page_down", "page(1)", "pagedown", N_("Page down"), MOVE, "list"),
    Key("list.page_up", "page(-1)", "pageup", N_("Page up"), MOVE, "list"),
    Key("list.half_down", "page(0.5)", "ctrl+d", N_("Half a page down"), MOVE, "list"),
    Key("list.half_up", "page(-0.5)", "ctrl+u", N_("Half a page up"), MOVE, "list"),
    # -- the reading view
    Key("view.page", "page_on", "space", N_("Page on; at the end the next unread"), READ, "view",
        N_("page"), ("view",)),
    Key("view.down", "move(1)", "j,down", N_("Line down"), READ, "view"),
    Key("view.up", "move(-1)", "k,up", N_("Line up"), READ, "view"),
    Key("view.top", "top", "g,home", N_("Beginning"), READ, "view"),
    Key("view.bottom", "bottom", "G,end", N_("End"), READ, "view"),
    Key("view.page_down", "page(1)", "pagedown", N_("Page down"), READ, "view"),
    Key("view.page_up", "page(-1)", "pageup", N_("Page up"), READ, "view"),
    Key("view.half_down", "page(0.5)", "ctrl+d", N_("Half a page down"), READ, "view"),
    Key("view.half_up", "page(-0.5)", "ctrl+u", N_("Half a page up"), READ, "view"),
    Key("view.card", "card", "enter", N_("The card of the name at hand, of the first in sight"), ENTITIES,
        "view", N_("names"), ("view",)),
    Key("view.select", "select_text", "v,f7", N_("Select text"), READ, "view", N_("select"), ("view",)),
    Key("view.differences", "differences", "c,equals_sign",
        N_("Mark or not what only this one of several alike says"), LOOK, "view"),
    # -- the text while one selects in it
    Key("select.start", "anchor", "v,space,f7", N_("Begin the selection here, or drop it"), SELECT, "select",
        N_("begin"), ("select", "begun")),
    Key("select.left", "caret('left')", "h,left", N_("Letter to the left"), SELECT, "select"),
    Key("select.right", "caret('right')", "l,right", N_("Letter to the right"), SELECT, "select"),
    Key("select.down", "caret_lines(1)", "j,down", N_("Line down"), SELECT, "select"),
    Key("select.up", "caret_lines(-1)", "k,up", N_("Line up"), SELECT, "select"),
    Key("select.word", "caret('word')", "w,ctrl+right", N_("Next word"), SELECT, "select",
        N_("word"), ("select",)),
    Key("select.back_word", "caret('back_word')", "b,ctrl+left", N_("Previous word"), SELECT, "select"),
    Key("select.home", "caret('home')", "0,home", N_("Beginning of the line"), SELECT, "select"),
    Key("select.end", "caret('end')", "dollar_sign,end", N_("End of the line"), SELECT, "select"),
    Key("select.top", "caret('top')", "g,ctrl+home", N_("Beginning"), SELECT, "select"),
    Key("select.bottom", "caret('bottom')", "G,ctrl+end", N_("End"), SELECT, "select"),
    Key("select.page_down", "caret_page(1)", "pagedown", N_("Page down"), SELECT, "select"),
    Key("select.page_up", "caret_page(-1)", "pageup", N_("Page up"), SELECT, "select"),
    Key("select.half_down", "caret_page(0.5)", "ctrl+d", N_("Half a page down"), SELECT, "select"),
    Key("select.half_up", "caret_page(-0.5)", "ctrl+u", N_("Half a page up"), SELECT, "select"),
    Key("select.more_left", "extend('left')", "shift+left", N_("Select to the left"), SELECT, "select"),
    Key("select.more_right", "extend('right')", "shift+right", N_("Select to the right"), SELECT, "select"),
    Key("select.more_down", "extend_lines(1)", "shift+down", N_("Select a line down"), SELECT, "select"),
    Key("select.more_up", "extend_lines(-1)", "shift+up", N_("Select a line up"), SELECT, "select"),
    Key("select.copy", "copy_selection", "y,enter,ctrl+y", N_("Copy what is selected"), SELECT, "select",
        N_("copy"), ("select", "begun")),
    Key("select.quote", "copy_quote", "Y,quotation_mark", N_("Copy it as a quote with its source"), SELECT,
        "select"),
    Key("select.highlight", "highlight", "s,asterisk", N_("Highlight what is selected, or no longer"), SELECT,
        "select", N_("highlight"), ("select", "begun")),
    Key("select.note", "annotate", "a,plus", N_("Note on what is selected"), SELECT, "select", N_("note"),
        ("select", "begun")),
    Key("select.leave", "leave_selection", "escape", N_("No longer select"), SELECT, "select",
        N_("leave"), ("select", "begun")),
    # -- the card of a name
    Key("card.next", "walk(1)", "n,right_curly_bracket", N_("Its next mention"), ENTITIES, "card",
        N_("mentions"), ("card",)),
    Key("card.previous", "walk(-1)", "N,left_curly_bracket", N_("Its mention before"), ENTITIES, "card"),
    Key("card.next_name", "step(1)", "j,down,tab", N_("The next name in the text"), ENTITIES, "card",
        N_("next name"), ("card",)),
    Key("card.previous_name", "step(-1)", "k,up,shift+tab", N_("The name before it in the text"), ENTITIES,
        "card"),
    Key("card.page", "dismiss('page')", "space", N_("Its page: across all articles"), ENTITIES, "card",
        N_("its page"), ("card",)),
    Key("card.filter", "dismiss('filter')", "f,ampersand", N_("Filter the library by it"), ENTITIES, "card",
        N_("filter"), ("card",)),
    Key("card.correct", "dismiss('correct')", "x,f6", N_("Correct it"), ENTITIES, "card", N_("correct"),
        ("card",)),
    Key("card.copy", "copy", "y,ctrl+y", N_("Copy its name"), ENTITIES, "card", N_("copy"), ("card",)),
    Key("card.leave", "dismiss(None)", "escape,enter,q,ctrl+q", N_("Back to the text"), ENTITIES, "card",
        N_("back"), ("card",)),
    Key("card.palette", "app.command_palette", "colon,ctrl+p", N_("All commands"), ENTITIES, "card"),
    Key("card.help", "help", "question_mark,f1", N_("Help"), ENTITIES, "card", N_("help"), ("card",)),
    # -- the entities pane
    Key("entities.walk", "select", "enter", N_("Walk through its mentions; of all listed: filter by it"),
        ENTITIES, "entities"),
    Key("entities.page", "across", "space", N_("Its page: across all articles"), ENTITIES, "entities"),
    Key("entities.fold", "fold", "c,equals_sign", N_("Fold this group to its heading, or unfold it"),
        ENTITIES, "entities"),
    Key("entities.down", "cursor_down", "j,down", N_("Next name"), ENTITIES, "entities"),
    Key("entities.up", "cursor_up", "k,up", N_("Previous name"), ENTITIES, "entities"),
    Key("entities.top", "first", "g,home", N_("First name"), ENTITIES, "entities"),
    Key("entities.bottom", "last", "G,end", N_("Last name"), ENTITIES, "entities"),
    Key("entities.page_down", "page_down", "pagedown,ctrl+d", N_("Page down"), ENTITIES, "entities"),
    Key("entities.page_up", "page_up", "pageup,ctrl+u", N_("Page up"), ENTITIES, "entities"),
    # -- the page of one entity
    Key("entity.open", "open", "enter", N_("Open the sentence in its article, or the page of a name"),
        ENTITIES, "entity", N_("open"), ("entity",)),
    Key("entity.filter", "filter", "f,ampersand", N_("Filter the library by this entity"), ENTITIES, "entity",
        N_("filter by it"), ("entity",)),
    Key("entity.down", "move(1)", "j,down", N_("Next line"), ENTITIES, "entity"),
    Key("entity.up", "move(-1)", "k,up", N_("Previous line"), ENTITIES, "entity"),
    Key("entity.top", "top", "g,home", N_("First line"), ENTITIES, "entity"),
    Key("entity.bottom", "bottom", "G,end", N_("Last line"), ENTITIES, "entity"),
    Key("entity.page_down", "page(1)", "pagedown,space", N_("Page down"), ENTITIES, "entity"),
    Key("entity.page_up", "page(-1)", "pageup", N_("Page up"), ENTITIES, "entity"),
    Key("entity.half_down", "page(0.5)", "ctrl+d", N_("Half a page down"), ENTITIES, "entity"),
    Key("entity.half_up", "page(-0.5)", "ctrl+u", N_("Half a page up"), ENTITIES, "entity"),
    Key("entity.leave", "leave", "escape,q,ctrl+q", N_("Back"), ENTITIES, "entity", N_("back"), ("entity",)),
    Key("entity.palette", "app.command_palette", "colon,ctrl+p", N_("All commands"), ENTITIES, "entity"),
    Key("entity.help", "help", "question_mark,f1", N_("Help"), ENTITIES, "entity", N_("help"), ("entity",)),
    # -- anywhere
    Key("pane.next", "pane(1)", "tab,l,right", N_("Next pane"), MOVE, "screen", N_("panes"), ("list",)),
    Key("pane.previous", "pane(-1)", "shift+tab,h,left", N_("Previous pane"), MOVE),
    Key("step.back", "back", "escape", N_("One step back: find, selection, filter, list"), MOVE, "screen",
        N_("back"), ("view", "picked", "trash")),
    Key("article.next_unread", "unread(1)", "right_square_bracket", N_("Next unread"), MOVE),
    Key("article.previous_unread", "unread(-1)", "left_square_bracket", N_("Previous unread"), MOVE),
    Key("article.next", "article(1)", "J,underscore", N_("Next article of the list"), MOVE),
    Key("article.previous", "article(-1)", "K,circumflex_accent", N_("Previous article of the list"), MOVE),
    Key("find.start", "find", "slash,ctrl+f", N_("List: filter as you type; article: find; names: search"),
        FIND, "screen", N_("filter"), ("list", "view")),
    Key("find.next", "hit(1)", "n,right_curly_bracket", N_("Next hit or mention"), FIND),
    Key("find.previous", "hit(-1)", "N,left_curly_bracket", N_("Previous hit or mention"), FIND),
    Key("date.previous", "month(-1)", "left_parenthesis", N_("The month before that has articles"), FIND),
    Key("date.next", "month(1)", "right_parenthesis", N_("The next month that has articles"), FIND),
    Key("date.choose", "dates", "d,semicolon", N_("Choose a year, a month, a day"), FIND),
    Key("searches.save", "save_search", "w,quotation_mark", N_("Save this filter under a name"), FIND),
    Key("filter.drop", "drop_part", "0", N_("Take away a part of the filter"), FIND),
    Key("entities.filter", "filter_entity", "f,ampersand", N_("Filter the library by this entity"), FIND),
    Key("entities.exclude", "exclude_entity", "minus", N_("Filter it out of the library"), FIND),
    Key("entities.either", "either_entity", "O,backslash",
        N_("Filter by it or what was asked before"), FIND),
    Key("entities.scope", "scope", "B,at", N_("The names of this article, or of all articles listed"), FIND),
    Key("entities.all", "more_types", "f2", N_("Events and quantities on or off"), ENTITIES),
    Key("entities.marks", "marks", "R,ctrl+r", N_("Entity marks in the text on or off"), ENTITIES),
    Key("view.all", "view('all')", "1", N_("All articles"), LOOK),
    Key("view.unread", "view('unread')", "2", N_("Unread articles"), LOOK),
    Key("view.starred", "view('starred')", "3", N_("Starred articles"), LOOK),
    Key("view.trash", "view('trash')", "5", N_("The trash"), LOOK),
    Key("view.choose", "views", "4", N_("Views and saved searches, with their counts"), LOOK),
    Key("list.sort", "sort", "S,f8", N_("Sort"), LOOK),
    Key("list.group", "group", "T,comma", N_("Group by day, by source or not at all"), LOOK),
    Key("list.fold_all", "fold_all", "C,tilde", N_("One row for each story, or for each article"), LOOK),
    Key("article.star", "star", "s,asterisk", N_("Star"), MARK, "screen", N_("star"),
        ("list", "view", "picked")),
    Key("article.read", "read", "m,full_stop", N_("Read or unread"), MARK, "screen", N_("read"),
        ("list", "picked")),
    Key("article.tag", "tag", "t,number_sign", N_("Tags"), MARK, "screen", N_("tags"), ("picked",)),
    Key("article.note", "note", "a,plus", N_("Note"), MARK),
    Key("article.highlights", "highlights", "M,apostrophe",
        N_("Highlights and notes: of this article, or of all listed"), LOOK),
    Key("article.trash", "trash", "D,delete", N_("To the trash, or back from it"), MARK, "screen",
        N_("trash"), ("picked", "trash")),
    Key("article.purge", "purge", "X,shift+delete", N_("Delete for good what is in the trash (asks)"), MARK,
        "screen", N_("delete for good"), ("trash",)),
    Key("correct", "correct", "x,f6", N_("Correct: this entity, the facts, a line of the raw page"), MARK),
    Key("list.read_all", "read_all", "A,ctrl+a", N_("Mark all listed as read (asks)"), MARK),
    Key("undo", "undo", "u,backspace", N_("Undo the last change"), MARK, "screen", N_("undo"), ("list",)),
    Key("article.export", "export", "e,ctrl+e", N_("Export as Markdown"), SEND, "screen",
        N_("export"), ("list", "view", "picked")),
    Key("article.editor", "editor", "E,f4", N_("Open in $EDITOR"), SEND),
    Key("article.pipe", "pipe", "vertical_line", N_("Pipe to a command"), SEND),
    Key("article.copy", "copy", "y,ctrl+y", N_("Copy: link, quote, Markdown, name"), SEND),
    Key("article.link", "link", "o,ctrl+o", N_("Open the link"), SEND),
    Key("article.raw", "raw", "r,f3", N_("The raw page, each line with its reason"), LOOK, "screen",
        N_("raw page"), ("view",)),
    Key("article.related", "related", "b,f9", N_("Articles about the same"), LOOK),
    Key("zen", "zen", "z,f5", N_("Nothing but the text"), LOOK, "screen", N_("zen"), ("view",)),
    Key("column.narrower", "column(-4)", "less_than_sign", N_("Narrower column"), LOOK),
    Key("column.wider", "column(4)", "greater_than_sign", N_("Wider column"), LOOK),
    Key("border.left", "border(-3)", "H,ctrl+left", N_("The border of the pane to the left"), LOOK),
    Key("border.right", "border(3)", "L,ctrl+right", N_("The border of the pane to the right"), LOOK),
    Key("theme", "app.choose_theme", "W,exclamation_mark", N_("Theme: the colours of the screen"), LOOK),
    Key("import", "import", "i,insert", N_("Import files, folders or pasted text; stop an import"), PROGRAM,
        "screen", N_("import"), ("list",)),
    Key("import.report", "import_report", "I,dollar_sign", N_("What became of the last import"),
        PROGRAM),
    Key("suspend", "app.suspend_process", "ctrl+z", N_("Suspend (fg comes back)"), PROGRAM),
    Key("quit", "quit_or_back", "q,ctrl+q", N_("Back; at the top quit"), PROGRAM, "screen",
        N_("quit"), ("list",)),
    Key("quit.now", "app.quit", "Q,f10,ctrl+c", N_("Quit"), PROGRAM),
    Key("palette", "app.command_palette", "colon,ctrl+p", N_("All commands"), PROGRAM),
    Key("help", "help", "question_mark,f1", N_("Help for what has the focus"), PROGRAM, "screen",
        N_("help"), ("list", "view", "picked", "trash", "select", "begun")),
)  # fmt: skip

NAMES = {
    "slash": "/", "asterisk": "*", "full_stop": ".", "number_sign": "#", "plus": "+", "ampersand": "&",
    "vertical_line": "|", "less_than_sign": "<", "greater_than_sign": ">", "colon": ":",
    "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "percent_sign": "%", "dollar_sign": "$",
    "equals_sign": "=", "tilde": "~", "minus": "-", "backslash": "\\", "at": "@", "quotation_mark": "\"",
    "exclamation_mark": "!",
    "comma": ",", "apostrophe": "'", "grave_accent": "`", "circumflex_accent": "^", "underscore": "_",
    "left_parenthesis": "(", "right_parenthesis": ")", "semicolon": ";",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "home": "Home", "end": "End",
    "insert": "Insert", "delete": "Delete", "backspace": "Backspace",
}  # fmt: skip
"""Textual's names of keys, and how people write them."""

_keymap: Mapping[str, str] = {}


def remap(keymap: Mapping[str, str]) -> None:
    """Gives actions other keys, for this process: id → Textual's names, comma-separated.

    What is shown follows at once. What is bound has the ids, for `App.set_keymap`.
    """
    global _keymap  # noqa: PLW0603  (one process has one reader, as it speaks one language)
    _keymap = keymap


def key_name(key: str) -> str:
    """A key as people write it: `ctrl+f` is `Ctrl-f`, `question_mark` is `?`."""
    *modifiers, last = key.split("+")
    last = NAMES.get(last) or (last.upper() if len(last) > 1 else last)
    return "-".join([*(modifier.capitalize() for modifier in modifiers), last])


def key_names(key: Key) -> list[str]:
    """All keys of an action, as people write them."""
    return [key_name(name) for name in keys_that_count(key.id, key.keys)]


def keys_that_count(id: str | None, keys: str) -> list[str]:
    """The keys of what is bound under an id, in Textual's names: those of the table or of the binding, or the
    reader's own."""
    return [name for name in _keymap.get(id or "", keys).split(",") if name]


def named(id: str) -> str:
    """The first key of an action, as people write it; the action's name in the palette if it has none."""
    key = next(key for key in KEYS if key.id == id)
    return next(iter(key_names(key)), _(key.label))


def also_bound(id: str, action: str) -> BindingType:
    """The keys of an action, bound by another screen."""
    from textual.binding import Binding

    key = next(key for key in KEYS if key.id == id)
    return Binding(key.keys, action, key.label, show=False, id=id)


def bindings(where: Where) -> list[BindingType]:
    """What the screen or one of its widgets binds."""
    from textual.binding import Binding

    return [
        # Find comes first, so that what is typed right behind it goes into its line.
        Binding(key.keys, key.action, key.label, show=False, id=key.id, priority=key.id == "find.start")
        for key in KEYS
        if key.where == where
    ]


_TYPING = {
    "filter": [
        ("Enter", N_("to the list")),
        ("Tab", N_("to the text")),
        ("↑", N_("earlier filters")),
        ("Esc", N_("no filter")),
    ],
    "offers": [("Tab", N_("complete")), ("↓", N_("another one")), ("Esc", N_("none of these"))],
    "find": [("Enter", N_("then {next} and {previous} walk")), ("Esc", N_("close"))],
    "search": [("Enter", N_("to these names")), ("Esc", N_("all names"))],
    "tags": [("Enter", N_("keep")), ("Tab", N_("complete")), ("Esc", N_("give up"))],
    "note": [("Enter", N_("keep")), ("Ctrl-j", N_("another line")), ("Esc", N_("give up"))],
}


_NAMES_FOOTER = {
    "entities": [
        ("entities.walk", N_("mentions")),
        ("entities.page", N_("its page")),
        ("find.start", N_("search")),
        ("entities.filter", N_("filter")),
        ("entities.scope", N_("of all")),
        ("correct", N_("correct")),
        ("list.sort", N_("sort")),
        ("entities.fold", N_("fold")),
        ("help", N_("help")),
    ],
    "facets": [
        ("entities.walk", N_("filter")),
        ("entities.exclude", N_("without it")),
        ("entities.either", N_("or this")),
        ("find.start", N_("search")),
        ("filter.drop", N_("take away")),
        ("entities.page", N_("its page")),
        ("entities.scope", N_("of one")),
        ("list.sort", N_("sort")),
        ("entities.fold", N_("fold")),
        ("help", N_("help")),
    ],
}
"""What matters most among names, of one article and of all listed, in this order."""

_ELSEWHERE = {
    ("find.start", "view"): N_("find"),
    ("article.trash", "trash"): N_("restore"),
    ("select.start", "begun"): N_("drop"),
}
"""What an action is called in the footer of a focus where it does something else."""


def hints(focus: str, only: Collection[str] | None = None) -> list[tuple[str, str]]:
    """The footer for a focus: (key, word) in the order of the table, the translated word.

    With `only`: no other actions than these.
    """
    if focus in _TYPING:
        walk = {"next": named("find.next"), "previous": named("find.previous")}
        return [(key, _(word).format(**walk)) for key, word in _TYPING[focus]]
    if focus in _NAMES_FOOTER:
        keys = {key.id: key_names(key) for key in KEYS}
        return [
            (keys[id][0], _(word))
            for id, word in _NAMES_FOOTER[focus]
            if keys[id] and (only is None or id in only)
        ]
    return [
        (key_names(key)[0], _(_ELSEWHERE.get((key.id, focus), key.short)))
        for key in KEYS
        if focus in key.footer and (only is None or key.id in only) and key_names(key)
    ]


def groups(focus: str) -> list[tuple[str, list[Key]]]:
    """The help for a focus: groups with their keys, the widget's own first."""
    where = {"picked": "list", "trash": "list", "facets": "entities", "begun": "select"}.get(focus, focus)
    here = [key for key in KEYS if key.where == where]
    rest = [key for key in KEYS if key.where == "screen" and focus not in ("entity", "card")]  # by themselves
    found: dict[str, list[Key]] = {}
    for key in [*here, *rest]:
        found.setdefault(key.group, []).append(key)
    return list(found.items())
