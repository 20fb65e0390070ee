"""Every verb, in this process: what goes to standard output, what to stderr, and the exit code."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from running import Bandoc

from store.article import Article, Block, Entity, Mention, Origin
from store.article_json import to_json
from store.library import Library
from store.searches import Search

IDS = tuple(f"{first}{'0' * 12}" for first in "1234")


def article(number: int, title: str, body: str, day: str | None, **more: object) -> Article:
    origin = Origin(f"{number}.txt", None, f"{number:064x}", "utf-8", "2026-11-22T04:12:00Z")
    basis = "stated" if day else "unknown"
    made = Article(IDS[number - 1], title, day, basis, blocks=(Block("paragraph", body),), origins=(origin,))  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


ARTICLES = (
    article(1, "Tổng kết năm 2023", "Bà Trương Thị Mai dự.", "2023-12-29", source="Báo Cần Thơ"),
    article(2, "[Video] Bão\tsố 3 [/]", "Bão đổ bộ, tổng thiệt hại lớn.", "2024-09-07T10:00:00+07:00"),
    article(3, "Kết quả kỳ thi", "Tổng số thí sinh tăng.", None),
    article(
        4,
        "Họp báo",
        "Ông Nam nói.",
        "2023-01-02",
        entities=(Entity("person", "person:nam", "Nam", ("Ông",), mentions=(Mention(0, 4, 7),)),),
    ),
)


@pytest.fixture
def filled(bandoc: Bandoc, tmp_path: Path) -> Bandoc:
    text = "\n".join(json.dumps(to_json(one)) for one in ARTICLES)
    (tmp_path / "all.jsonl").write_text(text, encoding="utf-8")
    assert bandoc("import", "all.jsonl").code == 0
    return bandoc


# -- the command itself --------------------------------------------------------------------------


def test_version_and_help(bandoc: Bandoc) -> None:
    assert bandoc("--version").out.startswith("bandoc ")
    assert "import" in bandoc("--help").out
    assert "Examples" in bandoc("list", "--help").out


def test_without_a_terminal_there_is_no_screen(bandoc: Bandoc, tmp_path: Path) -> None:
    for arguments in ((), (str(tmp_path),), ("-",)):
        ran = bandoc(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "bandoc import" in ran.err
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    "arguments",
    [["lst"], ["list", "--nonsense"], ["show"], ["import"], ["tag", "a"], ["--lang", "fr", "list"]],
)
def test_wrong_usage(bandoc: Bandoc, arguments: list[str]) -> None:
    ran = bandoc(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_a_mistyped_verb_gets_a_hint(bandoc: Bandoc) -> None:
    assert "Did you mean list?" in bandoc("lst").err


def test_common_options_stand_before_or_after_the_verb(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(to_json(ARTICLES[0])), encoding="utf-8")
    bandoc("--library", "other", "import", "a.json")
    assert bandoc("list", "--library", "other").ids == [IDS[0]]
    assert bandoc("list").code == 1


def test_another_package_in_our_place(bandoc: Bandoc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.DISTRIBUTION", "shop")
    ran = bandoc("list")
    assert ran.code == 4
    assert "install bandoc by itself" in ran.err


def test_a_fault_shows_no_traceback(bandoc: Bandoc, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr("store.library.Library.select", broken)
    ran = bandoc("list")
    assert ran.code == 70
    assert ran.err.splitlines() == [
        "bandoc: a fault of bandoc: RuntimeError: oops (BANDOC_DEBUG=1 shows more)"
    ]


def test_a_library_that_cannot_be_opened(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "library").write_text("")
    ran = bandoc("list")
    assert (ran.code, ran.out) == (4, "")
    assert f"{tmp_path / 'library'}: is no folder" in ran.err


# -- list ----------------------------------------------------------------------------------------


def test_list_newest_first_undated_last(filled: Bandoc) -> None:
    ran = filled("list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.ids == [IDS[1], IDS[0], IDS[3], IDS[2]]
    assert ran.out.splitlines()[0] == f"{IDS[1]}\t2024-09-07T10:00:00+07:00\tunread\t\t[Video] Bão số 3 [/]"


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        (["tong", "ket"], [0]),
        (["tong ket, is:unread"], [0]),
        (["date:2023"], [0, 3]),
        (["--sort", "title"], [3, 2, 0, 1]),
        (["--limit", "2"], [1, 0]),
        (["--", "-bão", "date:2024"], []),
        (["NOT", "bão"], [0, 3, 2]),
    ],
)
def test_list_filters_sorts_and_limits(filled: Bandoc, arguments: list[str], places: list[int]) -> None:
    ran = filled("list", *arguments)
    assert ran.ids == [IDS[place] for place in places]
    assert ran.code == (0 if places else 1)


def test_words_that_stand_apart_are_nothing_to_a_program(filled: Bandoc) -> None:
    assert (filled("list", "thiệt", "bão").code, filled("list", "thiệt bão", "--count").out) == (1, "0\n")
    assert filled("star", "--query", "thiệt bão").code == 1


def test_a_filter_taken_for_an_option(filled: Bandoc) -> None:
    ran = filled("list", "-tong")
    assert (ran.code, "written with NOT" in ran.err) == (2, True)


def test_list_formats(filled: Bandoc) -> None:
    assert filled("list", "--format", "ids").out.split() == [IDS[1], IDS[0], IDS[3], IDS[2]]
    assert filled("list", "--count").out == "4\n"
    whole = json.loads(filled("list", "--format", "json").out)
    lines = [json.loads(line) for line in filled("list", "--format", "jsonl").out.splitlines()]
    assert whole == lines
    assert {one["id"]: one["title"] for one in lines}[IDS[1]] == "[Video] Bão\tsố 3 [/]"
    assert json.loads(filled("list", "nowhere", "--format", "json").out) == []
    assert (
        filled("list", "bão", "--format", "md").out == "- \\[Video\\] Bão số 3 \\[/\\] · 2024-09-07 10:00\n"
    )
    table = filled("list", "--format", "table").out
    assert "[Video] Bão số 3 [/]" in table


def test_a_filter_that_cannot_be_understood(filled: Bandoc) -> None:
    ran = filled("list", "tong (ket")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[:2] == ["  tong (ket", "           ^"]


def test_an_empty_library_says_what_to_do(bandoc: Bandoc) -> None:
    ran = bandoc("list")
    assert (ran.code, ran.out) == (1, "")
    assert "bandoc import" in ran.err


# -- show, entities ------------------------------------------------------------------------------


def test_show(filled: Bandoc) -> None:
    assert (
        filled("show", "1").out == "Tổng kết năm 2023\n\nBáo Cần Thơ · 2023-12-29\n\nBà Trương Thị Mai dự.\n"
    )
    assert filled("show", "1", "--format", "md").out.startswith('---\nid: "1000000000000"\n')
    assert json.loads(filled("show", "4", "--format", "json").out) == to_json(ARTICLES[3])
    assert len(json.loads(filled("show", "4", "1", "--format", "json").out)) == 2
    assert filled("show", "-", stdin=f"{IDS[0]}\tmore\n\n{IDS[3]}\n").out.count("·") == 1


def test_show_raw_is_the_page(bandoc: Bandoc, tmp_path: Path) -> None:
    text = "Menu\nTít lớn của bài\n10:00 | 29/12/2023\nĐoạn thứ nhất của bài viết này.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    [id] = bandoc("import", "a.txt", "--format", "ids").out.split()
    assert bandoc("show", id, "--raw").out == text


def test_an_id_that_is_none_or_several(filled: Bandoc, tmp_path: Path) -> None:
    assert filled("show", "ffff").code == 1
    assert filled("star", "1", "ffff").code == 1
    assert filled("list", "is:starred").code == 1
    near = replace(
        ARTICLES[0], id="1" + "1" * 12, origins=(replace(ARTICLES[0].origins[0], text_sha256="f" * 64),)
    )
    (tmp_path / "near.json").write_text(json.dumps(to_json(near)), encoding="utf-8")
    filled("import", "near.json")
    ran = filled("show", "1")
    assert ran.code == 2
    assert IDS[0] in ran.err


def test_entities(filled: Bandoc) -> None:
    assert filled("entities", "4").out == "person\tNam\tÔng\t\t1\n"
    assert filled("entities").out == "person\tNam\t1\n"
    assert json.loads(filled("entities", "--query", "họp", "--format", "jsonl").out)["key"] == "person:nam"
    assert filled("entities", "--type", "place").code == 1
    nobody = filled("entities", "--query", "khong co", "-", stdin="")
    assert (nobody.code, nobody.out, nobody.err) == (1, "", "bandoc: nothing found\n")


# -- star, read, tag, rm, restore ----------------------------------------------------------------


def test_star_and_back(filled: Bandoc) -> None:
    assert filled("star", "1", "4").code == 0
    assert filled("list", "is:starred").ids == [IDS[0], IDS[3]]
    again = filled("star", "1", "2")
    assert (again.out, again.err) == ("", "starred: 1 article (1 was so already)\n")
    filled("star", "--undo", "1", "2")
    assert filled("list", "is:starred").ids == [IDS[3]]


def test_read_a_whole_filter(filled: Bandoc) -> None:
    preview = filled("read", "--query", "date:2023", "--dry-run")
    assert preview.ids == [IDS[0], IDS[3]]
    assert filled("list", "is:read").code == 1
    filled("read", "--query", "date:2023")
    assert filled("list", "is:unread").ids == [IDS[1], IDS[2]]
    filled("read", "--undo", "1")
    assert filled("list", "is:read").ids == [IDS[3]]


def test_tags(filled: Bandoc) -> None:
    filled("tag", "đọc lại, năm-2023", "1", "2")
    assert json.loads(filled("show", "1", "--format", "json").out)["tags"] == ["năm-2023", "đọc lại"]
    assert filled("list", "tag:doc lai").ids == [IDS[1], IDS[0]]
    filled("tag", "--undo", "đọc lại", "1")
    assert filled("list", "tag:doc lai").ids == [IDS[1]]
    assert filled("tag", " , ", "1").code == 2


def test_the_trash(filled: Bandoc) -> None:
    filled("rm", "1", "4")
    assert filled("list").ids == [IDS[1], IDS[2]]
    assert filled("list", "is:removed").ids == [IDS[0], IDS[3]]
    filled("restore", "--query", "tong ket")
    assert filled("list", "is:removed").ids == [IDS[3]]
    ran = filled("import", "all.jsonl")
    assert "1 of them are in the trash" in ran.err
    assert filled("list", "is:removed").ids == [IDS[3]]


def test_purge_asks(filled: Bandoc) -> None:
    refused = filled("rm", "--purge", "1")
    assert (refused.code, refused.out) == (2, "")
    assert filled("rm", "--purge", "--dry-run", "1").ids == [IDS[0]]
    assert len(filled("list").ids) == 4
    assert filled("rm", "--purge", "--yes", "1").code == 0
    assert filled("show", "1").code == 1


def test_an_empty_filter_result_changes_nothing(filled: Bandoc) -> None:
    for verb in ("star", "read", "rm", "restore", "export"):
        ran = filled(verb, "--query", "nowhere")
        assert (ran.code, ran.out) == (1, "")


# -- import, export ------------------------------------------------------------------------------


def test_import_counts(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(to_json(ARTICLES[0])), encoding="utf-8")
    assert bandoc("import", "one.json").err == "1 added, 0 known, 0 skipped, 0 failed\n"
    assert bandoc("import", "one.json").err == "0 added, 1 known, 0 skipped, 0 failed\n"
    ran = bandoc("import", "one.json", "gone.txt")
    assert ran.code == 3
    assert "bandoc: gone.txt: there is no such file or folder\n" in ran.err


def test_import_of_an_empty_folder(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = bandoc("import", "in")
    assert (ran.code, ran.err) == (1, "0 added, 0 known, 0 skipped, 0 failed\n")


def test_import_standard_input(bandoc: Bandoc) -> None:
    ran = bandoc("import", "-", "--format", "ids", stdin=json.dumps(to_json(ARTICLES[1])))
    assert (ran.code, ran.out) == (0, f"{IDS[1]}\n")
    assert bandoc("import", "-").err.startswith("bandoc: standard input: is empty")


def test_import_dry_run_writes_nothing(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("Tít\n\nThân.")
    (tmp_path / "in/b.png").write_text("")
    assert bandoc("import", "--dry-run", "in").out == "in/a.txt\n"
    assert not (tmp_path / "library").exists()


def test_import_keeps_what_was_exported(filled: Bandoc) -> None:
    filled("star", "1")
    filled("tag", "quý", "2")
    everything = filled("list", "--format", "jsonl").out
    assert filled("import", "--library", "second", "-", stdin=everything).code == 0
    assert filled("list", "--library", "second", "--format", "jsonl").out == everything


def test_export(filled: Bandoc, tmp_path: Path) -> None:
    ran = filled("export", "1", "--output", "ra")
    path = tmp_path / "ra" / "2023-12-29 Tổng kết năm 2023.md"
    assert (ran.code, ran.out, ran.err) == (0, f"{path}\n", "")
    assert path.read_text(encoding="utf-8") == filled("show", "1", "--format", "md").out
    again = filled("export", "1", "--output", "ra")
    assert (again.out, again.err) == (f"{path}\n", "1 already exported\n")
    assert filled("export", "2", "--ascii").out == f"{tmp_path / '2024-09-07-video-bao-so-3.md'}\n"
    assert filled("export", "2", "-o", "-", "--format", "txt").out.startswith("[Video] Bão số 3 [/]\n")
    both = filled("export", "1", "2", "-o", "-", "--format", "json").out
    assert [one["id"] for one in json.loads(both)] == [IDS[0], IDS[1]]
    preview = filled("export", "--query", "", "--dry-run", "--format", "json")
    assert len(preview.out.splitlines()) == 4
    assert not list(tmp_path.glob("*.json"))


def test_export_follows_the_configuration(filled: Bandoc, tmp_path: Path) -> None:
    filled("config", "set", "export.folder", "notes")
    filled("config", "set", "export.ascii", "true")
    assert filled("export", "1").out == f"{tmp_path}/notes/2023-12-29-tong-ket-nam-2023.md\n"


def test_export_that_fails(filled: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    ran = filled("export", "1", "2", "--output", "tệp")
    assert (ran.code, ran.out) == (3, "")
    assert "can't be written" in ran.err


# -- doctor, config ------------------------------------------------------------------------------


def test_doctor(filled: Bandoc, tmp_path: Path) -> None:
    assert filled("doctor").code == 0
    volume = tmp_path / "library" / "articles-0000.json"
    volume.with_suffix(".json.bak").unlink(missing_ok=True)
    volume.write_bytes(volume.read_bytes()[:200])
    ran = filled("doctor")
    assert ran.code == 3
    assert str(volume) in ran.out
    assert "→" in ran.out
    assert volume.stat().st_size == 200


def test_doctor_makes_no_library(bandoc: Bandoc, tmp_path: Path) -> None:
    assert bandoc("doctor").code == 4
    assert not (tmp_path / "library").exists()


def test_config(bandoc: Bandoc, tmp_path: Path) -> None:
    assert bandoc("config", "path").out == f"{tmp_path / 'config.toml'}\n"
    assert bandoc("config", "set", "language", "vi").code == 0
    assert bandoc("config", "get", "language").out == "vi\n"
    assert bandoc("config", "set", "language", "fr").code == 2
    assert bandoc("config", "get", "colour").code == 2
    assert "language\tvi\tdòng 1\n" in bandoc("config").out
    assert bandoc("config", "set", "language", "en").code == 0
    assert f"library\t{tmp_path}/library\tBANDOC_LIBRARY\n" in bandoc("config").out
    assert bandoc("config", "set", "keys.undo", "F12").code == 0
    assert "keys.undo\tF12\tline 4\n" in bandoc("config", "list").out
    assert "keys.quit\tq Ctrl-q\tdefault\n" in bandoc("config", "list", "keys").out


def test_a_wrong_setting_is_told_and_the_rest_holds(bandoc: Bandoc, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("language = 3\n[export]\nascii = true\n")
    ran = bandoc("config", "get", "export.ascii")
    assert ran.out == "true\n"
    assert "line 1" in ran.err


def test_a_saved_search_stands_for_its_filter(filled: Bandoc, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.change_searches({0: Search("Bão lũ", "bao OR tong")})
    assert sorted(filled("list", "@bao", "lu").ids) == sorted(IDS)
    assert filled("list", "@bão lũ, date:2024").ids == [IDS[1]]
    missing = filled("list", "@khac")
    assert missing.code == 2
    assert "@Bão lũ" in missing.err
