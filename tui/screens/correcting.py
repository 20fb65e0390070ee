"""The part of the main screen that corrects: an entity, the facts of an article, a line of its page."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from store.article import ENTITY_TYPES, Article, Entity
from store.corrections import JUNK, Correction
from store.errors import BandocError
from store.query import parse
from tui import corrections
from tui.corrections import FACT_NAMES, KIND_NAMES, said
from tui.entity_types import TYPE_NAMES
from tui.i18n import _, ngettext
from tui.keys import named
from tui.screens.finding import entity_filter
from tui.screens.searching import SearchingScreen
from tui.widgets.entities_pane import EntitiesPane
from tui.writing import changing

Done = Callable[[Correction, str], None]


class CorrectingScreen(SearchingScreen, inherit_bindings=False):
    """Asks what is right, and has it kept. Each correction is one change to undo."""

    def action_correct(self) -> None:
        entity = self.query_one(EntitiesPane).entity if self.pane == "entities" else None
        if not (article := self.current()):
            return
        if entity is not None:
            self._correct_entity(article, entity)
        elif self.pane == "entities":
            listed = self.query_one(EntitiesPane).scope == "list"
            words = _("A name is corrected in an article: {key} shows its names.")
            words = words.format(key=named("entities.scope"))
            self.reader.tell(words if listed else _("No names in this article."))
        else:
            self._correct_facts(article)

    def correct(
        self,
        rules: Sequence[Correction],
        words: str,
        article: Article,
        *,
        entity: Entity | None = None,
        slow: str = "",
    ) -> None:
        """Keeps rules and shows what they made of the article; `words` say what was done to it, or to one of
        its entities; `slow` as in `ReaderApp.write`."""

        def show() -> None:
            names = self.query_one(EntitiesPane)
            place = names.highlighted
            if self.article is not None and self.article.id == article.id:
                self.show_article(article.id)
                if entity is not None:
                    names.stay(self.article, entity, place)
            self.select()
            self.reader.tell(words)

        self.reader.correct(rules, words, article.id, show, slow)

    def watch_article(self) -> None:
        """Also: the raw page over the screen is read anew."""
        super().watch_article()
        if len(self.app.screen_stack) > 1:
            from tui.screens.raw import RawView

            for page in self.app.screen_stack:
                if isinstance(page, RawView) and self.article and page.article.id == self.article.id:
                    page.show(self.article)

    # -- facts

    def _correct_facts(self, article: Article) -> None:
        from tui.screens.forms import Form

        def check(values: Mapping[str, str]) -> tuple[str, str] | None:
            for rule in corrections.fact_rules(article, values):
                if words := corrections.complaint(rule):
                    return rule.op, words
            return None

        def answered(values: dict[str, str] | None) -> None:
            rules = corrections.fact_rules(article, values) if values is not None else []
            if rules:
                names = ", ".join(_(FACT_NAMES[rule.op]) for rule in rules)
                words = _("“{title}” corrected: {facts}").format(title=article.title, facts=names)
                self.correct(rules, words, article)

        fields = [
            (name, _(FACT_NAMES[name]), value) for name, value in corrections.fact_values(article).items()
        ]
        self.app.push_screen(Form(_("Correct the facts"), fields, check), answered)

    # -- entities

    def _correct_entity(self, article: Article, entity: Entity) -> None:
        from tui.screens.forms import EntityMenu, entity_ops

        count = max(1, self._articles_of(entity))
        menu = EntityMenu(entity.name, count, entity_ops(article, entity))

        def chosen(op: str | None) -> None:
            everywhere = menu.everywhere
            scope = None if everywhere else article.id

            def done(rule: Correction, words: str) -> None:
                words = said(words, rule.article is None)
                # All its articles are read from their volumes: 50 of 4,000 take a second.
                slow = changing(count, 0) if rule.article is None else ""
                self.correct([rule], words, article, entity=entity, slow=slow)

            match op:
                case "hide":
                    words = _("“{name}” hidden").format(name=entity.name)
                    done(Correction("hide", entity.key, None, scope), words)
                case "rename":
                    self._rename(entity, scope, done)
                case "retype":
                    self._retype(entity, scope, done)
                case "merge":
                    self._merge(article, entity, scope, done)
                case "split":
                    self._split(article, entity, scope, done)
                case "namesake":
                    self._other_of_the_name(article, entity, done)

        self.app.push_screen(menu, chosen)

    def _articles_of(self, entity: Entity) -> int:
        """How many articles name an entity; 0 where no filter can say its name."""
        try:
            return len(self.reader.library.select(parse(entity_filter(entity))))
        except BandocError:
            return 0

    def _rename(self, entity: Entity, scope: str | None, done: Done) -> None:
        from tui.screens.dialogs import Prompt

        def answered(name: str | None) -> None:
            if name and name.strip() and name.strip() != entity.name:
                words = _("“{name}” renamed to “{to}”").format(name=entity.name, to=name.strip())
                done(Correction("rename", entity.key, name.strip(), scope), words)

        self.app.push_screen(Prompt(_("The right name"), entity.name), answered)

    def _retype(self, entity: Entity, scope: str | None, done: Done) -> None:
        from tui.screens.dialogs import Choice

        def answered(kind: str | None) -> None:
            if kind and kind != entity.type:
                group = next(_(name) for type, name in TYPE_NAMES.items() if type == kind)
                words = _("“{name}” moved to {group}").format(name=entity.name, group=group)
                done(Correction("retype", entity.key, kind, scope), words)

        choices = [(kind, _(TYPE_NAMES[kind])) for kind in ENTITY_TYPES]
        self.app.push_screen(Choice(_("Which kind is it?"), choices, entity.type), answered)

    def _merge(self, article: Article, entity: Entity, scope: str | None, done: Done) -> None:
        from tui.screens.dialogs import Confirm, Pick
        from tui.screens.forms import context

        others = {str(n): other for n, other in enumerate(article.entities) if other.key != entity.key}

        def answered(which: str | None) -> None:
            if which is None:
                return
            into = others[which]

            def sure(yes: bool | None) -> None:
                if yes:
                    words = _("“{name}” merged into “{to}”").format(name=entity.name, to=into.name)
                    done(corrections.merging(entity, into, scope), words)

            question = _("Is “{name}” the same as “{to}”?").format(name=entity.name, to=into.name)
            contexts = [context(article, one) for one in (entity, into)]
            self.app.push_screen(Confirm(question, contexts), sure)

        types = [entity.type, *ENTITY_TYPES]
        order = sorted(others, key=lambda which: types.index(others[which].type))
        choices = [(which, f"{others[which].name} · {_(TYPE_NAMES[others[which].type])}") for which in order]
        question = _("“{name}” is the same as:").format(name=entity.name)
        self.app.push_screen(Pick(question, choices), answered)

    def _split(self, article: Article, entity: Entity, scope: str | None, done: Done) -> None:
        from tui.screens.dialogs import Choice

        found = corrections.forms(article, entity)

        def answered(form: str | None) -> None:
            if form is not None:
                words = _("“{form}” split off from “{name}”").format(form=form, name=entity.name)
                done(Correction("split", entity.key, form, scope), words)

        choices = [(form, f"{form} · {count}") for form, count in found.items()]
        last = choices[-1][0]
        self.app.push_screen(Choice(_("Which form means something else?"), choices, last), answered)

    def _other_of_the_name(self, article: Article, entity: Entity, done: Done) -> None:
        """Offers the people of this name that the library knows by number, and one more."""
        from tui.screens.dialogs import Choice

        base, _sign, present = entity.key.partition("#")
        choices: list[tuple[str, str]] = []
        here = {other.key for other in article.entities}
        for number in itertools.count(1):
            key = base if number == 1 else f"{base}#{number}"
            if str(number) == (present or "1") or key in here:
                continue
            count = self._articles_of(replace(entity, key=key))
            if number > 1 and not count:
                choices.append((str(number), _("someone else")))
                break
            words = ngettext("the one of {count} other article", "the one of {count} other articles", count)
            choices.append((str(number), words.format(count=count)))

        def answered(number: str | None) -> None:
            if number is not None:
                words = _("“{name}”: another one of this name").format(name=entity.name)
                done(corrections.namesake(entity, int(number), article.id), words)

        question = _("“{name}” in this article is:").format(name=entity.name)
        self.app.push_screen(Choice(question, choices, choices[-1][0]), answered)

    # -- a line of the page

    def correct_line(self, article: Article, rule: Correction) -> None:
        """Takes a line of the page in, or out."""
        words = _("line {number} taken out") if rule.to == JUNK else _("line {number} is now: {kind}")
        words = words.format(number=rule.key, kind=_(KIND_NAMES[rule.to or JUNK]))
        self.correct([rule], words, article)
