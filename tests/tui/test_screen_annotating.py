"""Tags and notes, typed beside the article: completed, kept, given up, undone, on one article and on many."""

from __future__ import annotations

import pytest
from piloting import opened, settled, shown, ten, told
from screen_fakes import article
from textual import events
from textual.geometry import Region, Size

from store.article import Note, State
from store.index.known_names import Known
from tui.screens.annotating import AnnotatingScreen
from tui.widgets.in_place import TagLine, placed

FIRST = f"{1:013x}"


@pytest.mark.parametrize(
    ("anchor", "height", "top"),
    [
        (Region(0, 5, 80, 1), 2, 6),
        (Region(0, 19, 80, 1), 2, 20),
        (Region(0, 20, 80, 1), 2, 18),
        (Region(0, 1, 80, 2), 30, 0),
        (Region(40, 22, 40, 0), 7, 15),
    ],
)
def test_an_editor_stands_below_what_it_is_about_or_above(anchor: Region, height: int, top: int) -> None:
    assert placed(anchor, height, Size(80, 24)) == top


async def test_a_tag_is_completed_without_marks_and_undone() -> None:
    articles = [article(1, state=State(tags=("cần đọc lại",))), article(0, state=State(tags=("bão lũ",)))]
    async with opened(articles) as (pilot, screen, library):
        await pilot.press("t")
        await settled(pilot, lambda: "bão lũ" in shown(pilot)[3])
        assert shown(pilot)[1].strip() == "Tags cần đọc lại,"  # right below the first row
        assert shown(pilot)[-1].startswith(" Enter keep  Tab complete")
        await pilot.press(*"lu", "tab", "enter")
        await settled(pilot, lambda: library.article(FIRST).state.tags == ("bão lũ", "cần đọc lại"))
        assert screen.editor is None
        assert screen.focused is screen.listing
        await pilot.press("u")
        await settled(pilot, lambda: library.article(FIRST).state.tags == ("cần đọc lại",))


async def test_tags_that_are_known_before_the_line_is_laid_out_stand_below_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def at_once(screen: AnnotatingScreen) -> None:
        screen.post_message(screen.TagsKnown([Known("bão lũ", 1)]))

    monkeypatch.setattr(AnnotatingScreen, "_know_tags", at_once)
    async with opened([article(1)]) as (pilot, _screen, _library):
        await pilot.press("t")
        await settled(pilot, lambda: shown(pilot)[2].strip() == "A comma between tags")
        await settled(pilot, lambda: "bão lũ" in shown(pilot)[3])


async def test_a_tag_is_taken_away_by_deleting_it_and_escape_changes_nothing() -> None:
    async with opened([article(1, state=State(tags=("cũ",)))]) as (pilot, screen, library):
        await pilot.press("number_sign", *"mới", "escape")
        await settled(pilot, lambda: screen.editor is None)
        assert library.article(FIRST).state.tags == ("cũ",)
        await pilot.press("t", "ctrl+u", "enter")
        await settled(pilot, lambda: library.article(FIRST).state.tags == ())
        assert told(pilot) == "tags of “Hội nghị tổng kết”: −#cũ"


async def test_tags_of_several_tell_what_all_have_from_what_some_have() -> None:
    articles = [article(n, state=State(tags=("chung", "riêng") if n == 2 else ("chung",))) for n in (1, 2)]
    async with opened(articles) as (pilot, screen, library):

        def tags() -> list[tuple[str, ...]]:
            return [one.state.tags for one in library.articles.values()]

        await pilot.press("percent_sign", "t")
        await settled(pilot, lambda: isinstance(screen.editor, TagLine))
        text = "\n".join(shown(pilot))
        assert "Tags for 2 articles chung," in text
        assert "On some: riêng 1/2 (-tag takes it away)" in text
        await pilot.press(*"hay, -ri", "tab", "enter")
        await settled(pilot, lambda: tags() == [("chung", "hay")] * 2)
        assert told(pilot) == "tags of 2 articles: #hay −#riêng"
        assert len(screen.picked) == 2
        await pilot.press("u")
        await settled(pilot, lambda: tags() == [("chung",), ("chung", "riêng")])


async def test_a_note_of_several_lines_is_edited_and_undone() -> None:
    async with opened([article(1)]) as (pilot, screen, library):

        def notes() -> list[str]:
            return [note.text for note in library.article(FIRST).state.notes]

        await pilot.press("a", *"xem/", "ctrl+j", *"lai", "enter")
        await settled(pilot, lambda: notes() == ["xem/\nlai"])
        assert screen.focused is screen.listing
        await pilot.press("plus", *" nhé", "tab", *"hai")
        await settled(pilot, lambda: "A new note" in "\n".join(shown(pilot)))
        await pilot.press("shift+tab")
        await settled(pilot, lambda: "Note 1 of 1" in "\n".join(shown(pilot)))
        await pilot.press("enter")
        await settled(pilot, lambda: notes() == ["xem/\nlai nhé", "hai"])
        await pilot.press("u")
        await settled(pilot, lambda: notes() == ["xem/\nlai"])
        await pilot.press("u")
        await settled(pilot, lambda: notes() == [])


async def test_a_note_that_was_given_up_comes_back_with_the_next_key() -> None:
    async with opened(ten()) as (pilot, screen, library):
        await pilot.press("enter", "a", *"dở", "escape")
        await settled(pilot, lambda: screen.editor is None)
        assert screen.focused is screen.reading
        assert not any(one.state.notes for one in library.articles.values())
        await pilot.press("escape", "j", "a")
        await settled(pilot, lambda: screen.editor is not None)
        await pilot.press("enter", "k", "a", "enter")
        await settled(pilot, lambda: [n.text for n in library.article(f"{10:013x}").state.notes] == ["dở"])


async def test_a_note_for_all_selected() -> None:
    old = State(notes=(Note("cũ", "2025-01-01T00:00:00Z"),))
    async with opened([article(2, state=old), article(1)]) as (pilot, _screen, library):
        await pilot.press("percent_sign", "a")
        await settled(pilot, lambda: "Note on 2 articles" in "\n".join(shown(pilot)))
        await pilot.press("x", "enter")
        await settled(pilot, lambda: [len(a.state.notes) for a in library.articles.values()] == [2, 1])
        await pilot.press("u")
        await settled(pilot, lambda: [len(a.state.notes) for a in library.articles.values()] == [1, 0])


async def test_letters_with_marks_sent_apart_become_one() -> None:
    async with opened([article(1)]) as (pilot, _screen, library):
        await pilot.press("a", "e")
        for mark in ("\u0302", "\u0301"):
            pilot.app.post_message(events.Key(mark, mark))
            await pilot.pause()
        await pilot.press("enter")
        await settled(pilot, lambda: [n.text for n in library.article(FIRST).state.notes] == ["ế"])


async def test_going_elsewhere_gives_up_what_was_typed() -> None:
    async with opened(ten(), (120, 24)) as (pilot, screen, library):
        await pilot.press("t", *"bỏ")
        await settled(pilot, lambda: screen.editor is not None)
        await pilot.resize_terminal(80, 24)
        await pilot.click("#list", offset=(9, 5))
        await settled(pilot, lambda: screen.editor is None)
        assert not any(one.state.tags for one in library.articles.values())


async def test_a_library_that_cannot_be_written_says_so_before_anything_is_typed() -> None:
    async with opened([article(1)]) as (pilot, screen, library):
        library.read_only = True
        for key in ("t", "a"):
            await pilot.press(key)
            await settled(pilot, lambda: bool(told(pilot)))
            assert screen.editor is None
