"""`bandoc edit`: corrections by hand, shown before, listed, taken back, written out and read in again."""

import json
from pathlib import Path

import pytest
from running import Bandoc

PAGES = (
    """Trang chủ
Khánh thành cầu Sông Đào
12/03/2021 08:15
Sáng 12/3, ông Lê Văn Tám và bà Ngô Thị Bình dự lễ khánh thành cầu tại xã Hòa Sơn.
Ông Tám nói đội thợ đã làm việc suốt mùa mưa. Bà Bình tặng quà các thợ cầu.

Người dân hai bờ từ nay không còn phải chờ đò. Ông Lê Văn Tám cảm ơn mọi người.
""",
    """Mở phiên chợ đêm đầu tiên
07/03/2024 08:15
Tối 7/3, ông Lê Văn Tám và ông Lê Thanh Bình dự buổi mở chợ tại xã Hòa Sơn.
Chợ họp đến hết mùa hè, mỗi tuần ba tối. Bà con trong xã rất vui mừng.
""",
)


@pytest.fixture
def ids(bandoc: Bandoc, tmp_path: Path) -> list[str]:
    for number, text in enumerate(PAGES):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    return [bandoc("import", f"{number}.txt", "--format", "ids").out.strip() for number in range(2)]


def shown(bandoc: Bandoc, id: str) -> dict[str, object]:
    article = json.loads(bandoc("show", id, "--format", "json").out)
    assert isinstance(article, dict)
    return article


def people(bandoc: Bandoc, *arguments: str) -> list[str]:
    ran = bandoc("entities", *arguments, "--type", "person", "--format", "jsonl")
    return [json.loads(line)["name"] for line in ran.out.splitlines()]


def corrections(bandoc: Bandoc, *arguments: str) -> list[tuple[str, ...]]:
    """op, key, to, article"""
    ran = bandoc("entities", "--corrections", *arguments)
    rows = [line.split("\t") for line in ran.out.splitlines()]
    return [(op, key, to, article) for _made, article, op, key, to in rows]


def test_facts(bandoc: Bandoc, ids: list[str]) -> None:
    ran = bandoc("edit", ids[0][:6], "--title", "Cầu mới", "--date", "13/3/2021", "--author", "Lan Chi")
    assert (ran.code, ran.out) == (0, "")
    assert f"title: Cầu mới ({ids[0]})" in ran.err
    article = shown(bandoc, ids[0])
    assert (article["title"], article["published"], article["author"]) == ("Cầu mới", "2021-03-13", "Lan Chi")
    assert bandoc("list", "author:lan chi", "--format", "ids").out.strip() == ids[0]
    assert bandoc("edit", ids[0], "--author", "", "--date", "").code == 0
    article = shown(bandoc, ids[0])
    assert (article["published"], article["published_basis"], article["author"]) == (None, "unknown", None)


def test_one_source_for_all_that_a_filter_finds(bandoc: Bandoc, ids: list[str]) -> None:
    ran = bandoc("edit", "--query", "hoa son", "--source", "Báo Đồng Quê")
    assert (ran.code, ran.err) == (0, "source: Báo Đồng Quê (2 articles)\n")
    assert {shown(bandoc, id)["source"] for id in ids} == {"Báo Đồng Quê"}
    assert bandoc("edit", "--query", "", "--title", "Một tít").code == 2


def test_lines_out_and_in(bandoc: Bandoc, ids: list[str]) -> None:
    ran = bandoc("edit", ids[0], "--line", "5=junk", "--line", "1=heading")
    assert ran.code == 0, ran.err
    blocks = shown(bandoc, ids[0])["blocks"]
    assert [(block["kind"], block["line"]) for block in blocks][-2:] == [("heading", 1), ("paragraph", 7)]  # type: ignore[attr-defined]
    for line in ("6", "99", "0"):
        ran = bandoc("edit", ids[0], "--line", f"{line}=paragraph")
        assert (ran.code, ran.err) == (2, f"bandoc: the raw page has no text on line {line}\n")
    assert bandoc("edit", ids[0], "--line", "5=poem").code == 2
    assert bandoc("edit", ids[0], "--line", "five=junk").code == 2
    assert bandoc("edit", ids[0], "--line", "5").code == 2


def test_names_typed_without_marks(bandoc: Bandoc, ids: list[str]) -> None:
    assert bandoc("edit", ids[0], "--hide", "le van tam").code == 0
    assert people(bandoc, ids[0]) == ["Ngô Thị Bình"]
    assert people(bandoc, ids[1]) == ["Lê Văn Tám", "Lê Thanh Bình"]
    assert corrections(bandoc) == [("hide", "person:lê văn tám", "", ids[0])]
    ran = bandoc("edit", ids[0], "--hide", "Lê Văn Tàm")
    assert (ran.code, ran.err) == (1, "bandoc: named nowhere here: Lê Văn Tàm\n")


@pytest.mark.parametrize("typed", ["Bình", "binh", "thi binh", "person:Ngô Thị Bình", "person:ngô thị bình"])
def test_an_alias_a_part_or_a_key_will_do(bandoc: Bandoc, ids: list[str], typed: str) -> None:
    assert bandoc("edit", ids[0], "--rename", f"{typed}=Ngô Thanh Bình").code == 0
    assert people(bandoc, ids[0]) == ["Lê Văn Tám", "Ngô Thanh Bình"]


def test_an_unclear_name_is_listed(bandoc: Bandoc, ids: list[str]) -> None:
    ran = bandoc("edit", "--everywhere", "--hide", "binh")
    assert ran.code == 2
    assert "person:Ngô Thị Bình" in ran.err
    assert "person:Lê Thanh Bình" in ran.err
    assert bandoc("edit", ids[1], "--hide", "lê").code == 2
    assert corrections(bandoc) == []


def test_types_merges_and_splits(bandoc: Bandoc, ids: list[str]) -> None:
    assert bandoc("edit", ids[0], "--split", "Lê Văn Tám=tam").code == 0
    assert people(bandoc, ids[0]) == ["Lê Văn Tám", "Ngô Thị Bình", "Tám"]
    assert (
        bandoc("edit", ids[0], "--merge", "person:Tám=ngo thi binh", "--retype", "xã Hòa Sơn=org").code == 0
    )
    assert people(bandoc, ids[0]) == ["Lê Văn Tám", "Ngô Thị Bình"]
    assert corrections(bandoc)[1:] == [
        ("retype", "place:hòa sơn", "organization", ids[0]),
        ("merge", "person:tám", "person:Ngô Thị Bình", ids[0]),
    ]
    ran = bandoc("edit", ids[1], "--split", "Lê Thanh Bình=Bình")
    assert (ran.code, ran.err) == (1, "bandoc: Lê Thanh Bình is written Lê Thanh Bình here, not Bình\n")
    assert bandoc("edit", ids[1], "--split", "Lê Văn Tám=#2").code == 0
    assert "person:lê văn tám#2" in bandoc("show", ids[1], "--format", "json").out
    assert bandoc("edit", ids[1], "--merge", "Lê Văn Tám=Người Lạ").code == 1
    assert bandoc("edit", ids[1], "--retype", "Lê Văn Tám=animal").code == 2


def test_everywhere_with_an_article_or_without(bandoc: Bandoc, ids: list[str]) -> None:
    assert bandoc("edit", "--everywhere", "--rename", "le van tam=Lê Bá Tám").code == 0
    assert bandoc("edit", ids[1], "--everywhere", "--hide", "Lê Thanh Bình").code == 0
    assert people(bandoc) == ["Lê Bá Tám", "Ngô Thị Bình"]
    assert corrections(bandoc) == [
        ("rename", "person:lê văn tám", "Lê Bá Tám", ""),
        ("hide", "person:lê thanh bình", "", ""),
    ]
    assert "(in all articles)" in bandoc("edit", "--undo").err
    assert bandoc("edit", "--everywhere", "--title", "Một tít").code == 2
    assert bandoc("edit", "--everywhere", "--hide", "Người Lạ").code == 1


def test_a_dry_run_shows_what_changes_and_changes_nothing(bandoc: Bandoc, ids: list[str]) -> None:
    ran = bandoc("edit", ids[0], "-n", "--title", "Cầu mới", "--line", "5=junk", "--hide", "Ngô Thị Bình")
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [ids[0], "title", "Khánh thành cầu Sông Đào", "Cầu mới"] in rows
    assert any(
        row[1] == "line" and row[2].startswith("paragraph: Ông Tám nói") and not row[3] for row in rows
    )
    assert [ids[0], "entity", "person: Ngô Thị Bình", ""] in rows
    ran = bandoc("edit", "-n", "--everywhere", "--hide", "ngo thi binh")
    assert ran.out == "\t\thide\tperson:ngô thị bình\t\n"
    assert corrections(bandoc) == []
    bandoc("edit", ids[0], "--title", "Cầu mới")
    ran = bandoc("edit", "--undo", "-n")
    assert f"{ids[0]}\ttitle\tCầu mới\tKhánh thành cầu Sông Đào\n" in ran.out
    assert len(corrections(bandoc)) == 1


def test_undo_takes_back_what_one_call_made(bandoc: Bandoc, ids: list[str]) -> None:
    bandoc("edit", ids[0], "--title", "Cầu mới", "--author", "Lan Chi")
    bandoc("edit", ids[1], "--title", "Chợ mới")
    bandoc("edit", "--everywhere", "--hide", "Ngô Thị Bình")
    ran = bandoc("edit", ids[0], "--undo")
    assert (ran.code, ran.err.count(ids[0])) == (0, 2)
    assert shown(bandoc, ids[0])["title"] == "Khánh thành cầu Sông Đào"
    assert [op for op, *_ in corrections(bandoc)] == ["title", "hide"]
    assert bandoc("edit", "--undo").code == 0
    assert [op for op, *_ in corrections(bandoc)] == ["title"]
    assert bandoc("edit", "--undo", "--everywhere").code == 1
    assert bandoc("edit", "--undo").code == 0
    ran = bandoc("edit", "--undo")
    assert (ran.code, ran.err) == (1, "bandoc: there is no correction to take back\n")


def test_undo_brings_back_the_correction_that_was_replaced(bandoc: Bandoc, ids: list[str]) -> None:
    for title in ("Một", "Hai", "Ba"):
        bandoc("edit", ids[0], "--title", title)
    bandoc("edit", ids[0], "--title", "Bốn", "--author", "Lan Chi")
    assert f"{ids[0]}\ttitle\tBốn\tBa\n" in bandoc("edit", "--undo", "-n").out
    ran = bandoc("edit", ids[0], "--undo")
    assert ran.err.splitlines() == [
        "taken back:", f"title: Bốn ({ids[0]})", f"author: Lan Chi ({ids[0]})",
        "holds again:", f"title: Ba ({ids[0]})",
    ]  # fmt: skip
    for title in ("Ba", "Hai", "Một"):
        assert shown(bandoc, ids[0])["title"] == title
        assert bandoc("edit", "--undo").code == 0
    assert shown(bandoc, ids[0])["title"] == "Khánh thành cầu Sông Đào"
    assert corrections(bandoc) == []


def test_what_was_replaced_is_read_back(bandoc: Bandoc, ids: list[str], tmp_path: Path) -> None:
    for title in ("Một", "Hai"):
        bandoc("edit", ids[0], "--title", title)
    (tmp_path / "c").write_text(bandoc("entities", "--corrections", "--format", "json").out, encoding="utf-8")
    bandoc("edit", ids[0], "--undo")
    assert "1 added, 0 known" in bandoc("edit", "--from", "c").err
    assert shown(bandoc, ids[0])["title"] == "Hai"
    bandoc("edit", "--undo")
    assert shown(bandoc, ids[0])["title"] == "Một"


def test_saying_it_twice(bandoc: Bandoc, ids: list[str]) -> None:
    bandoc("edit", ids[0], "--title", "Cầu mới")
    ran = bandoc("edit", ids[0], "--title", "Cầu mới")
    assert (ran.code, ran.err) == (0, "1 correction was there already\n")


def test_listed_written_out_and_read_back(bandoc: Bandoc, ids: list[str], tmp_path: Path) -> None:
    bandoc("edit", ids[0], "--title", "Cầu mới", "--hide", "Ngô Thị Bình")
    bandoc("edit", "--everywhere", "--rename", "le van tam=Lê Bá Tám")
    assert len(corrections(bandoc, ids[0])) == 2
    assert corrections(bandoc, ids[1]) == []
    assert [op for op, *_ in corrections(bandoc, "--type", "person")] == ["hide", "rename"]
    for form in ("json", "jsonl"):
        told = bandoc("entities", "--corrections", "--format", form).out
        (tmp_path / "c").write_text(told, encoding="utf-8")
        assert bandoc("edit", "--from", "c", "-n").out == ""
        assert "0 added, 3 known" in bandoc("edit", "--from", "c").err
        assert bandoc("edit", "--undo", "--from", "c").code == 0
        assert corrections(bandoc) == []
        assert bandoc("edit", "--from", "c", "-n").out.count("\n") == 3
        ran = bandoc("edit", "--from", "-", stdin=told)
        assert (ran.code, ran.err) == (0, "3 added, 0 known, 0 failed\n")
        assert bandoc("entities", "--corrections", "--format", form).out == told
    assert people(bandoc, ids[0]) == ["Lê Bá Tám"]


def test_what_is_no_correction_is_named(bandoc: Bandoc, ids: list[str]) -> None:
    good = json.dumps({"op": "title", "key": "", "to": "Cầu mới", "article": ids[0]})
    bad = '{"op": "paint", "key": "person:x"}'
    ran = bandoc("edit", "--from", "-", stdin=f"{bad}\nno json\n{good}\n")
    assert ran.code == 3
    assert "standard input, line 1: this is no correction: paint person:x" in ran.err
    assert "standard input, line 2: is no JSON" in ran.err
    assert "1 added, 0 known, 2 failed" in ran.err
    ran = bandoc("edit", "--from", "-", stdin=f"[{bad}, 7]")
    assert ran.code == 3
    assert "standard input, correction 2: this is no correction" in ran.err
    assert bandoc("edit", "--from", "-", stdin="[").code == 3
    assert bandoc("edit", "--from", "gone.json").code == 2
    assert len(corrections(bandoc)) == 1


def test_wrong_usage(bandoc: Bandoc, ids: list[str]) -> None:
    for arguments in (
        (),
        (ids[0],),
        ("--title", "Mới"),
        (ids[0], "--title", ""),
        (ids[0], "--date", "hôm qua"),
        (ids[0], "--rename", "Lê Văn Tám"),
        (ids[0], "--title", "Mới", "--undo"),
        (ids[0], "--hide", "Lê Văn Tám", "--from", "-"),
    ):
        ran = bandoc("edit", *arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert ran.err
    assert bandoc("edit", "ffff", "--title", "Mới").code == 1
    assert corrections(bandoc) == []
