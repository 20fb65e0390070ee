"""Reading on the screen: pages, where one stopped, finds with their number and their ticks."""

from __future__ import annotations

import pytest
from piloting import opened, settled, shown
from screen_fakes import FakeLibrary, article, named
from test_screen_text import segments
from textual.pilot import Pilot

from store.article import Article, Position, State
from tui.app import ReaderApp
from tui.layout import Place
from tui.screens import resuming
from tui.screens.main import MainScreen
from tui.tick_bar import TICK


def long_one(number: int = 1, **fields: object) -> Article:
    """Five paragraphs of numbered sentences, each longer than a small screen."""
    texts = [" ".join(f"Câu {part}.{n} nói điều gì đó." for n in range(40)) for part in range(5)]
    return article(number, "Bài dài", *texts, **fields)


async def reading(pilot: Pilot[None], screen: MainScreen) -> None:
    await pilot.press("enter")
    await settled(pilot, lambda: screen.focused is screen.reading and bool(screen.reading.parts))


def kept(library: FakeLibrary, number: int = 1) -> Position | None:
    return library.article(f"{number:013x}").state.position


async def test_a_page_begins_with_the_sentence_that_was_cut() -> None:
    async with opened([long_one()], (60, 12)) as (pilot, screen, _library):
        await reading(pilot, screen)
        tops = [0]
        for _ in range(5):
            last = shown(pilot)[9].strip()
            await pilot.press("space")
            tops.append(screen.reading.scroll_offset.y)
            assert last.endswith(".") or last.rstrip("▁▂▃▄▅▆▇ ").split(". ")[-1] in shown(pilot)[0]
        for top in reversed(tops[:-1]):
            await pilot.press("pageup")
            assert screen.reading.scroll_offset.y == top


async def test_the_last_page_begins_where_the_one_before_ended() -> None:
    async with opened([long_one()], (60, 12)) as (pilot, screen, _library):
        await reading(pilot, screen)
        while "100%" not in shown(pilot)[-2]:
            last = shown(pilot)[9].strip()
            await pilot.press("pagedown")
        assert last.rstrip("▁▂▃▄▅▆▇ ").split(". ")[-1] in shown(pilot)[0]
        await pilot.press("j", "G")
        assert shown(pilot)[9].endswith("điều gì đó.")


async def test_reading_goes_on_at_the_letter_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "KEEP_AFTER", 0.01)
    library = FakeLibrary([long_one()])
    for size in ((60, 12), (100, 20), (45, 12)):
        async with ReaderApp(library).run_test(size=size) as pilot:  # type: ignore[arg-type]
            screen = pilot.app.screen
            assert isinstance(screen, MainScreen)
            await settled(pilot, lambda screen=screen: screen.furnished)  # type: ignore[misc]
            await reading(pilot, screen)
            if size == (60, 12):
                await pilot.press("space", "space", "j")
                place = screen.reading.position
                await settled(pilot, lambda place=place: kept(library) == place is not None)  # type: ignore[misc]
                before = kept(library)
            assert before is not None
            first = library.article(f"{1:013x}").blocks[before.block].text[before.offset :]
            assert shown(pilot)[0].replace("│", "▕").split("▕")[-1].split()[0] in first[:60].split()[:12]
            place = screen.reading.layout_.place_of(screen.reading.scroll_offset.y)
            assert place.offset <= before.offset


async def test_what_ends_the_program_keeps_the_place() -> None:
    library = FakeLibrary([long_one()])
    async with ReaderApp(library).run_test(size=(60, 12)) as pilot:  # type: ignore[arg-type]
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        await settled(pilot, lambda: screen.furnished)
        await reading(pilot, screen)
        await pilot.press("space", "Q")
    assert kept(library) is not None


async def test_the_place_is_kept_when_another_article_is_opened() -> None:
    async with opened([long_one(1), long_one(2)], (60, 12)) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.press("space", "right_square_bracket")
        await settled(pilot, lambda: screen.article is not None and screen.article.id == f"{1:013x}")
        assert kept(library, 2) is not None
        assert screen.reading.scroll_offset.y == 0


async def test_who_read_to_the_end_begins_anew() -> None:
    state = State(position=Position(3, 10))
    async with opened([long_one(1, state=state), long_one(2)], (60, 12)) as (pilot, screen, library):
        await pilot.press("j")
        await reading(pilot, screen)
        await settled(pilot, lambda: screen.reading.scroll_offset.y > 0)
        await pilot.press("G", "escape", "k")
        await settled(pilot, lambda: screen.article is not None and screen.article.id == f"{2:013x}")
        assert kept(library) is None


async def test_the_same_letter_stays_at_the_top_through_widths() -> None:
    state = State(position=Position(3, 101))
    async with opened([long_one(state=state)], (100, 20)) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("less_than_sign", "less_than_sign", "greater_than_sign")
        for width in (60, 44, 130, 71):
            await pilot.resize_terminal(width, 14)
            await pilot.pause(0.05)
        assert screen.reading.position == Position(3, 101)
        line = screen.reading.layout_.lines[screen.reading.scroll_offset.y]
        assert line.start <= 101 < line.end


async def test_a_note_on_top_of_the_text_leaves_the_place_where_it_is() -> None:
    async with opened([long_one(state=State(position=Position(3, 101)))], (100, 20)) as (pilot, screen, _lib):
        await reading(pilot, screen)
        await pilot.press("a", *"ghi", "enter")
        await settled(pilot, lambda: bool(screen.article and screen.article.state.notes))
        assert screen.reading.position == Position(3, 101)


async def test_what_is_found_is_counted_and_ticked() -> None:
    async with opened([named()], (80, 16)) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("slash", *"loi dai", "enter", "n")
        row = next(line for line in shown(pilot) if line.startswith(" Find"))
        assert row.split()[-1] == "2/60"
        assert "2/60" not in shown(pilot)[-2]
        assert any(line.endswith(TICK) for line in shown(pilot)[:12])
        assert not any(line.endswith(TICK) for line in shown(pilot)[:4])
        await pilot.press("slash", "z", "enter")
        row = next(line for line in shown(pilot) if line.startswith(" Find"))
        assert row.split()[-1] == "0/0"
        await pilot.press("escape")
        assert not any(line.endswith(TICK) for line in shown(pilot))


async def test_a_find_over_a_line_end_is_lit_on_both_lines() -> None:
    async with opened([named()], (60, 16)) as (pilot, screen, _library):
        await reading(pilot, screen)
        await pilot.press("slash", *"dai. loi dai. loi dai. loi dai. loi dai. loi dai", "enter")
        found = screen.reading.stop
        assert found is not None
        layout = screen.reading.layout_
        first, last = (layout.line_of(Place(found.part, at)) for at in (found.start, found.end - 1))
        assert last == first + 1
        lit = "".join(segments(pilot, line, "reverse") for line in (first, last))
        words = screen.reading.parts[found.part].text[found.start : found.end]
        assert lit.replace(" ", "") == words.replace(" ", "")


async def test_a_page_lays_nothing_out_anew_nor_does_a_star(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened([long_one()], (60, 12)) as (pilot, screen, library):
        await reading(pilot, screen)
        await pilot.pause(0.1)
        laid_out: list[int] = []
        again = MainScreen._refresh_layout

        def refresh_layout(self: MainScreen, *size: object, **more: object) -> None:
            laid_out.append(1)
            again(self, *size, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(MainScreen, "_refresh_layout", refresh_layout)
        await pilot.press("space", "space", "j")
        assert not laid_out
        layout, top = screen.reading.layout_, screen.reading.scroll_offset.y
        await pilot.press("s")
        await settled(pilot, lambda: library.article(f"{1:013x}").state.starred)
        assert (screen.reading.layout_, screen.reading.scroll_offset.y) == (layout, top)
