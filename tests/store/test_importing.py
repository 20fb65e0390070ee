"""What an import takes, passes over and refuses, and in which order."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

from store import cleaning, entities, importing
from store.article import Article, Block, Origin, RawPage
from store.article_json import to_json
from store.errors import LoadError
from store.importing import Progress, Report, import_paths
from store.library import Added, Library

SAMPLES = Path(__file__).parents[2] / "sample_data"


class Shelf:
    """As much of a library as an import sees: it gives ids by text, and remembers the batches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.batches: list[int] = []
        self.titles: list[str] = []
        self._seen: dict[str, str] = {}

    def add(self, items: Iterable[tuple[Article, RawPage | None]]) -> Added:
        batch = list(items)
        self.batches.append(len(batch))
        new: list[str] = []
        known: list[str] = []
        for article, page in batch:
            text = page.text_sha256 if page else article.id
            if text in self._seen:
                known.append(self._seen[text])
            else:
                self._seen[text] = text[:13]
                self.titles.append(article.title)
                new.append(text[:13])
        return Added(tuple(new), tuple(known), ())

    def known(self, texts: Iterable[str] | None = None) -> dict[str, tuple[str, bool]]:
        return {}


def first_line(page: RawPage) -> Article:
    """Cleaning reduced to nothing, so that these tests are about importing."""
    title, *rest = page.lines
    origin = Origin(page.path, page.url, page.text_sha256, page.encoding, "")
    return Article(
        "", title, blocks=tuple(Block("paragraph", line) for line in rest if line), origins=(origin,)
    )


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(cleaning, "clean", first_line)
    monkeypatch.setattr(entities, "extract", lambda article: article)
    return Shelf(tmp_path / "library")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def run(shelf: Shelf, *paths: Path | str, **options: Any) -> Report:
    return import_paths(cast(Library, shelf), paths, **options)


def page(path: Path, title: str = "", body: str = "Một câu.\nHai câu.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title or path.stem}\n{body}", encoding="utf-8")
    return path


def named(errors: Iterable[LoadError]) -> list[tuple[str, str]]:
    return [(error.code, os.path.basename(error.fields["path"])) for error in errors]


def test_a_folder_is_walked_in_the_order_of_names(shelf: Shelf, inbox: Path) -> None:
    for name in ("b.txt", "a.TXT", "c/d.text", "a b/không đuôi", ".hidden.txt", ".git/x.txt"):
        page(inbox / name)
    report = run(shelf, inbox)
    assert shelf.titles == ["a", "b", "không đuôi", "d"]
    assert (len(report.new), len(report.known), report.failed) == (4, 0, ())


def test_links_in_folders_are_skipped_and_loops_end(shelf: Shelf, inbox: Path) -> None:
    page(inbox / "a.txt")
    (inbox / "vòng").symlink_to(inbox)
    (inbox / "b.txt").symlink_to(inbox / "a.txt")
    report = run(shelf, inbox)
    assert (len(report.new), report.known) == (1, ())
    assert named(report.skipped) == [("link_skipped", "b.txt"), ("link_skipped", "vòng")]


def test_a_link_that_is_named_is_followed(shelf: Shelf, inbox: Path) -> None:
    page(inbox / "sub/a.txt")
    (inbox / "link").symlink_to(inbox / "sub")
    assert len(run(shelf, inbox / "link").new) == 1


def test_other_kinds_are_passed_over_unless_named(shelf: Shelf, inbox: Path) -> None:
    odd = page(inbox / "a.log")
    assert named(run(shelf, inbox).skipped) == [("other_kind", "a.log")]
    assert len(run(shelf, odd).new) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"title": "Đáp án", "blocks": [{"kind": "paragraph", "text": "x"}]},
        {"title": "Đáp án", "blocks": [], "facts": {"title": {"line": 1}}},
        {"name": "package", "version": "1"},
        [1, 2, 3],
        "một chuỗi",
    ],
)
def test_json_of_others_in_a_folder_is_no_failure(shelf: Shelf, inbox: Path, content: object) -> None:
    (inbox / "a.json").write_text(json.dumps(content), encoding="utf-8")
    report = run(shelf, inbox)
    assert named(report.skipped) == [("foreign_json", "a.json")]
    assert (report.new, report.failed) == ((), ())


def test_articles_of_bandoc_come_back(shelf: Shelf, inbox: Path) -> None:
    origin = Origin("a.txt", None, "0" * 64, "utf-8", "2026-11-22T04:12:00Z")
    article = Article("3f9c2a1b7d0e4", "Của bandoc", blocks=(Block("paragraph", "x"),), origins=(origin,))
    (inbox / "one.json").write_text(json.dumps(to_json(article)), encoding="utf-8")
    lines = [json.dumps(to_json(replace(article, id=f"{n:013x}", title=f"Số {n}"))) for n in range(3)]
    lines[1] = '{"id": "rách'
    (inbox / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = run(shelf, inbox)
    assert shelf.titles == ["Của bandoc", "Số 0", "Số 2"]
    assert [(error.code, error.fields["line"]) for error in report.failed] == [("bad_json", 2)]


def test_json_that_is_named_needs_no_id(shelf: Shelf, inbox: Path) -> None:
    path = inbox / "a.json"
    path.write_text('{"title": "Viết tay", "blocks": [{"kind": "paragraph", "text": "x"}]}', encoding="utf-8")
    run(shelf, path)
    assert shelf.titles == ["Viết tay"]


def test_what_fails_is_named_and_the_rest_goes_on(shelf: Shelf, inbox: Path) -> None:
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (inbox / "untitled.json").write_text('{"id": "0123456789abc", "blocks": [], "origins": []}')
    (inbox / "torn.json").write_text('{"id": "0123456789abc", "title": "R')
    os.mkfifo(inbox / "pipe.txt")
    page(inbox / "z.txt")
    report = run(shelf, inbox, inbox / "gone.txt")
    assert shelf.titles == ["z"]
    assert sorted(named(report.failed)) == [
        ("bad_article", "untitled.json"),
        ("bad_json", "torn.json"),
        ("binary", "picture.txt"),
        ("empty_file", "empty.txt"),
        ("not_a_file", "pipe.txt"),
        ("not_found", "gone.txt"),
    ]


def test_a_file_that_vanishes_meanwhile(shelf: Shelf, inbox: Path) -> None:
    for name in "abc":
        page(inbox / f"{name}.txt")
    report = run(shelf, inbox, progress=lambda _: (inbox / "b.txt").unlink(missing_ok=True))
    assert (shelf.titles, named(report.failed)) == (["a", "c"], [("not_found", "b.txt")])


def test_a_bug_in_a_rule_costs_one_article(
    shelf: Shelf, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(page: RawPage) -> Article:
        if page.text.startswith("b"):
            raise ZeroDivisionError("oops")
        return first_line(page)

    monkeypatch.setattr(cleaning, "clean", clean)
    for name in "abc":
        page(inbox / f"{name}.txt")
    report = run(shelf, inbox)
    assert shelf.titles == ["a", "c"]
    [failure] = report.failed
    assert (failure.code, failure.fields["reason"]) == ("internal", "ZeroDivisionError: oops")
    assert "Traceback" in failure.fields["trace"]


def test_the_library_is_not_imported_into_itself(shelf: Shelf, inbox: Path) -> None:
    shelf.folder = inbox / "library"
    page(shelf.folder / "articles-0000.json")
    page(inbox / "a.txt")
    report = run(shelf, inbox)
    assert (shelf.titles, named(report.skipped)) == (["a"], [("own_library", "library")])


def test_articles_are_written_in_batches(shelf: Shelf, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    for number in range(10):
        page(inbox / f"{number}.txt")
    assert len(run(shelf, inbox, jobs=1).new) == 10
    assert shelf.batches == [4, 4, 2]
    shelf.batches.clear()
    assert len(run(shelf, inbox, jobs=1).known) == 10


def test_nothing_found_writes_nothing(shelf: Shelf, inbox: Path) -> None:
    assert run(shelf, inbox) == Report()
    assert shelf.batches == []


def test_progress_counts_and_cancelling_keeps_what_is_done(shelf: Shelf, inbox: Path) -> None:
    for number in range(5):
        page(inbox / f"{number}.txt")
    seen: list[Progress] = []
    report = run(shelf, inbox, progress=seen.append, cancelled=lambda: len(seen) == 3)
    assert [(step.done, step.total) for step in seen] == [(1, 5), (2, 5), (3, 5)]
    assert report.cancelled
    assert shelf.titles == ["0", "1", "2"]
    assert not run(shelf, inbox, progress=seen.append).cancelled


def test_a_long_list_can_be_cancelled_within(shelf: Shelf, inbox: Path) -> None:
    origin = Origin("a.txt", None, "0" * 64, "utf-8", "2026-11-22T04:12:00Z")
    one = Article("0" * 13, "T", blocks=(Block("paragraph", "x"),), origins=(origin,))
    lines = [json.dumps(to_json(replace(one, id=f"{n:013x}", title=f"Số {n}"))) for n in range(9)]
    (inbox / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    asked = count()
    report = run(shelf, inbox, cancelled=lambda: next(asked) >= 4)
    assert (shelf.titles, report.cancelled) == (["Số 0", "Số 1", "Số 2", "Số 3"], True)


def test_a_name_that_is_no_utf8_is_stored_as_text(shelf: Shelf, inbox: Path) -> None:
    odd = os.fsencode(inbox) + b"/b\xe0i.txt"
    with open(odd, "wb") as file:
        file.write("Tít\nThân bài.".encode())
    stored: list[str | None] = []
    add: Callable[..., Added] = shelf.add
    shelf.add = lambda items: (stored.extend(a.origins[0].path for a, _ in items), add(items))[1]  # type: ignore[method-assign, func-returns-value]
    run(shelf, inbox)
    assert stored == [f"{inbox}/b\ufffdi.txt"]


def test_a_folder_that_cannot_be_read(shelf: Shelf, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page(inbox / "sub/a.txt")
    page(inbox / "z.txt")
    real = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = run(shelf, inbox)
    assert (shelf.titles, named(report.failed)) == (["z"], [("unreadable", "sub")])
    assert report.failed[0].fields["reason"] == "Permission denied"


def test_workers_change_nothing_but_the_time(tmp_path: Path, inbox: Path) -> None:
    for number, sample in enumerate(sorted(SAMPLES.glob("*.txt"))[:30] * 3):
        shutil.copy(sample, inbox / f"{number:02}.txt")
    (inbox / "05x.txt").write_bytes(b"")
    reports = []
    for jobs in (1, 2):
        shelf = Shelf(tmp_path / "library")
        reports.append((run(shelf, inbox, jobs=jobs), shelf.titles))
    (one, titles), (two, same_titles) = reports
    assert (one.new, one.known, named(one.failed)) == (two.new, two.known, named(two.failed))
    assert titles == same_titles
    assert named(one.failed) == [("empty_file", "05x.txt")]
