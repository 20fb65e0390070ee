"""The part of the main screen that chooses names in the text and shows their cards."""

from __future__ import annotations

from textual import on

from store.article import Mention
from tui.i18n import _
from tui.screens.finding import entity_filter
from tui.screens.highlighting import HighlightingScreen
from tui.widgets.article_view import ArticleView
from tui.widgets.entities_pane import EntitiesPane


class NamingScreen(HighlightingScreen, inherit_bindings=False):
    """A click chooses a name; Enter, or a second click, shows its card."""

    carded = False
    """Whether a card is shown; its keys then stand in the footer."""

    def choose_mention(self, key: str, mention: Mention) -> None:
        """Chooses a name where it stands in the text."""
        if self.finding:
            self._close_find(keep=False)
        self.chosen = key
        self.query_one(EntitiesPane).choose(key)
        self.reading.show_mention(mention)

    @on(ArticleView.EntityClicked)
    def _name_clicked(self, event: ArticleView.EntityClicked) -> None:
        again = self.chosen == event.key
        self.choose_mention(event.key, event.mention)
        if again:
            self._show_card()

    @on(ArticleView.CardAsked)
    def _card_asked(self) -> None:
        found = self.reading.name_at_hand()
        if found is None:
            self.reader.tell(_("No names in this article."))
            return
        self.choose_mention(*found)
        self._show_card()

    def _show_card(self) -> None:
        from tui.screens.entity_card import EntityCard

        self.carded = True
        self.app.push_screen(EntityCard(), self._carded)
        self.say_where()

    def _carded(self, result: str | None) -> None:
        """Does with the chosen name what its card was left for."""
        self.carded = False
        self.say_where()
        article, entity = self.article, self.chosen_entity
        if result is None or article is None or entity is None:
            return
        if result == "filter":
            self.add_to_filter(entity_filter(entity))
        elif result == "correct":
            self._correct_entity(article, entity)
        else:
            from tui.screens.entity_page import EntityPage

            self.app.push_screen(EntityPage(entity.key, entity.name, article.id), self._led)
