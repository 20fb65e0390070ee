"""What of an article shall be copied: a menu, each line with its number."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from store.article import Article
from tui.i18n import _
from tui.keys import also_bound
from tui.quoting import about, article_link, quotation
from tui.screens.dialogs import Choice


class CopyMenu(Choice):
    """Gives the text to copy. A number takes its line at once, the key that opened the menu the one under the
    cursor: pressed twice it copies what is offered first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"take({number})", show=False) for number in range(1, 6)),
        also_bound("article.copy", "take"),
    ]

    def __init__(self, article: Article, name: str, pane: str) -> None:
        from store.export import to_markdown

        first = next((block.text for block in article.blocks if block.kind == "paragraph"), article.title)
        self.texts = {
            "about": (_("Title, facts and link"), about(article)),
            "link": (_("Link"), article_link(article) or ""),
            "quote": (_("Lead as a quote with its source"), quotation(article, article.lead or first)),
            "markdown": (_("The article as Markdown"), to_markdown(article, notes_heading=_("Notes"))),
            "name": (_("The name: {name}").format(name=name), name),
        }
        offered = [(which, words) for which, (words, text) in self.texts.items() if text]
        lines = [(which, f"{number} {words}") for number, (which, words) in enumerate(offered, 1)]
        super().__init__(_("Copy"), lines, "name" if name and pane == "entities" else "about")

    def action_take(self, number: int = 0) -> None:
        options = self.query_one(OptionList)
        place = number - 1 if number else options.highlighted or 0
        if place < len(self.choices):
            self.dismiss(self.choices[place][0])

    def dismiss(self, result: str | None = None) -> object:  # type: ignore[override]
        """Leaves with the text that was chosen."""
        return super().dismiss(self.texts[result][1] if result in self.texts else None)
