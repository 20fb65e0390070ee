"""The bytes of a file: what is ours, what stock TinyDB wrote, what is damage."""

import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from store import sealing
from store.errors import LibraryTooNew
from store.sealing import Damage, dumps, loads, seal, unseal
from store.tails import later_format, sealed_seq

TABLES = {"state": {"1": {"read": True}, "4503599627370495": {"tags": ["đọc sau", '"'], "removed": None}}}


@pytest.fixture(params=["json", "orjson"], autouse=True)
def either_json(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr(sealing, "orjson", None)
    else:
        pytest.importorskip("orjson")


scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
tables = st.dictionaries(
    st.sampled_from(["state", "other", "_default"]),
    st.dictionaries(st.integers(1, 2**52 - 1).map(str), st.dictionaries(st.text(), values, max_size=3)),
)
relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(tables, st.integers(0, 10**9))
def test_what_is_sealed_comes_back(tables: dict[str, Any], seq: int) -> None:
    data = seal(tables, "state", seq)
    content = unseal(data, "state")
    assert content == (tables, seq, seq)
    assert sealed_seq(data[-256:]) == seq
    assert list(json.loads(data)) == [*tables, "_meta"]


@relaxed
@given(values)
def test_json_and_orjson_agree(value: Any) -> None:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    assert dumps(value) == plain
    assert loads(plain) == value


def test_a_file_name_that_is_no_utf8_can_be_kept() -> None:
    assert loads(dumps({"path": "caf\udce9.txt"})) == {"path": "caf\\udce9.txt"}


def test_the_seal_is_what_the_design_says() -> None:
    data = seal(TABLES, "state", 12)
    meta = json.loads(data)["_meta"]
    crc = zlib.crc32(data[: data.rindex(b'"crc":"') + len(b'"crc":"')])
    assert meta == {"1": {"format": 1, "kind": "state", "seq": 12, "crc": f"{crc:08x}"}}


def test_no_byte_can_change_unseen() -> None:
    data = seal(TABLES, "state", 12)
    for place in range(len(data)):
        for flip in (0x01, 0x20):
            changed = bytearray(data)
            changed[place] ^= flip
            with pytest.raises((Damage, LibraryTooNew)):
                unseal(bytes(changed), "state")


def test_no_cut_goes_unseen() -> None:
    data = seal(TABLES, "state", 12)
    for length in range(len(data)):
        with pytest.raises(Damage):
            unseal(data[:length], "state")


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"\0" * 500, b"{}", b"[]", b"null", b"7", b'"x"', b'{"state": 1}', b'{"state": {"x": {}}}',
     b'{"state": {"1": 7}}', b'{"other": {"1": {}}}', b"\xff\xfe{\0}\0", b"[" * 100_000,
     b'{"state": {"01": {}}}', b'{"_meta": {}}', b'{"_meta": 3, "state": {}}'],
)  # fmt: skip
def test_what_is_no_database_is_damage(data: bytes) -> None:
    with pytest.raises(Damage):
        unseal(data, "state")


def test_another_kind_of_file_is_damage() -> None:
    with pytest.raises(Damage, match="kind"):
        unseal(seal({"state": {}}, "state", 1), "pages")


def test_a_file_put_right_by_hand_is_damage() -> None:
    data = seal(TABLES, "state", 12).replace(b'"read":true', b'"read":null')
    with pytest.raises(Damage):
        unseal(data, "state")


@pytest.mark.parametrize(
    "data",
    [seal(TABLES, "state", 1).replace(b'"format":1', b'"format":2'),
     json.dumps({"state": {}, "_meta": {"1": {"format": 3, "new": {}}}}).encode(),
     json.dumps({"_meta": {"1": {"format": 2}}, "state": {"1": {"a": "x" * 400}}}).encode()],
)  # fmt: skip
def test_a_later_format_is_no_damage(data: bytes) -> None:
    with pytest.raises(LibraryTooNew):
        unseal(data, "state")


def test_a_later_format_shows_at_the_end_of_the_file() -> None:
    data = seal(TABLES, "state", 1)
    assert later_format(data[-256:]) is None
    assert later_format(re.sub(rb'"format":1', b'"format":12', data)[-256:]) == 12


def test_a_text_that_speaks_of_formats_is_no_later_format() -> None:
    data = seal({"state": {"1": {"tags": ['"_meta":{"1":{"format":9']}}}, "state", 1)
    assert unseal(data, "state").seq == 1
    assert later_format(data[-256:]) is None


# -- stock TinyDB --------------------------------------------------------------------------------


def test_stock_tinydb_reads_ours(tmp_path: Path) -> None:
    path = tmp_path / "state-0000.json"
    path.write_bytes(seal(TABLES, "state", 12))
    with TinyDB(path, encoding="utf-8") as stock:
        assert stock.tables() == {"state", "_meta"}
        assert stock.table("state").get(doc_id=4503599627370495) == TABLES["state"]["4503599627370495"]


def test_ours_takes_what_stock_tinydb_writes(tmp_path: Path) -> None:
    path = tmp_path / "state-0000.json"
    path.write_bytes(seal(TABLES, "state", 12))
    with TinyDB(path, encoding="utf-8") as stock:
        stock.table("state").update({"starred": True}, doc_ids=[1])
    content = unseal(path.read_bytes(), "state")
    assert content.tables["state"]["1"] == {"read": True, "starred": True}
    assert content.seq < -1
    assert content.last == 12


def test_other_bytes_from_outside_have_another_seq() -> None:
    one, two = (unseal(json.dumps({"state": {"1": {"n": n}}}).encode(), "state").seq for n in (1, 2))
    assert one != two


def test_documents_from_outside_are_judged() -> None:
    def refuse(key: int, document: Any) -> None:
        if key == 2:
            raise ValueError("no")

    unseal(b'{"state": {"1": {}}}', "state", refuse)
    with pytest.raises(Damage, match="not_tinydb"):
        unseal(b'{"state": {"2": {}}}', "state", refuse)
