"""The command as a process of its own: bad input, pipes, signals, terminals, what it loads."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from store.importing import import_paths
from store.library import Library

BANDOC = (sys.executable, "-c", "from tui.cli import main; main()")
HEEDING = (
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " signal.signal(signal.SIGHUP, signal.SIG_DFL); from tui.cli import main; main()",
)
"""The same when the suite itself runs in the background or under nohup, where these are ignored."""

ROOT = Path(__file__).parents[2]
PAGE = """{title}
10:00 | 29/12/2023
{title} là bài viết đầu tiên của tờ báo này trong năm nay.
Đoạn hai của bài viết.
"""


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "BANDOC_LIBRARY": str(tmp_path / "library"),
        "BANDOC_CONFIG": str(tmp_path / "config.toml"),
        "LANG": "C",
        **more,
    }


def run(tmp_path: Path, *arguments: str | bytes, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BANDOC, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path, **more),
        cwd=tmp_path,
        check=False,
        timeout=60,
    )


def on_terminal(
    tmp_path: Path, *arguments: str, columns: int = 80, typed: bytes = b"", **more: str
) -> tuple[int, str]:
    """Runs with a terminal on all three streams; gives the exit code and everything that was written."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        lines = {"TERM": "xterm", "COLUMNS": str(columns), "LINES": "24"}
        os.execve(BANDOC[0], [*BANDOC, *arguments], environment(tmp_path, **{**lines, **more}))
    if typed:
        os.write(terminal, typed)
    written = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return code, written.decode().replace("\r\n", "\n")


def fill(tmp_path: Path, number: int = 1, title: str = "Tít số {n}") -> None:
    lines = []
    for n in range(1, number + 1):
        origin = {"path": "x", "url": None, "text_sha256": f"{n:064x}", "encoding": "utf-8", "imported": ""}
        blocks = [{"kind": "paragraph", "text": f"Đoạn {word} của bài {n}."} for word in ("một", "hai")]
        article = {"id": f"{n:013x}"[::-1], "title": title.format(n=n), "blocks": blocks, "origins": [origin]}
        lines.append(json.dumps(article | {"source": "Báo Một"}))
    (tmp_path / "fill.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        assert len(import_paths(library, [tmp_path / "fill.jsonl"], jobs=1).new) == number


# -- bad input -----------------------------------------------------------------------------------


HEADLESS = (
    "Chiều nay, mưa lớn kéo dài hơn hai giờ làm nhiều tuyến đường trong nội thành ngập sâu, xe cộ đi lại rất "
    "khó khăn, nhiều người phải dắt bộ qua đoạn nước chảy xiết.\n\n"
    "Đến tối, lực lượng chức năng vẫn túc trực tại các ngã tư để hướng dẫn người dân đi theo lối khác.\n"
)


def test_bad_input_is_named_and_the_rest_is_imported(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "good.txt").write_text(PAGE.format(title="Tít thứ nhất"), encoding="utf-8")
    (inbox / "zz.txt").write_text(PAGE.format(title="Tít thứ hai"), encoding="utf-8")
    (inbox / "headless.txt").write_text(HEADLESS, encoding="utf-8")
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "binary.txt").write_bytes(bytes(range(256)) * 40)
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "loop").symlink_to(inbox)
    (inbox / "self.txt").symlink_to(inbox / "self.txt")
    (inbox / "untitled.json").write_text('{"id": "0123456789abc", "origins": [], "blocks": []}')
    (inbox / "evil\x1b[2J\n.txt").write_bytes(b"")
    with open(inbox / "huge.txt", "wb") as huge:
        for _ in range(100):
            huge.write(b"a" * 1_000_000)
    # A regular file, by all appearances, whose first byte can't be read, whoever asks.
    unreadable = ["/proc/self/mem"] if os.path.exists("/proc/self/mem") else []
    done = run(tmp_path, "import", "in", "in/gone.txt", "in/self.txt", "in/pipe.txt", *unreadable)
    assert done.returncode == 3
    assert done.stdout == ""
    *lines, summary = done.stderr.splitlines()
    failed: dict[str, str] = {}
    for line in lines:  # self.txt is named twice: as a link in the folder, and as what was asked for
        name = line.removeprefix("bandoc: ").partition(": ")[0]
        failed[name] = failed.get(name, "") + line
    expected = {
        "in/empty.txt": "empty",
        "in/binary.txt": "no text",
        "in/pipe.txt": "no regular file",
        "in/loop": "a link",
        "in/self.txt": "can't be read",
        "in/untitled.json": "title",
        "in/headless.txt": "no headline",
        "in/evil .txt": "empty",
        "in/huge.txt": "too large",
        "in/gone.txt": "no such file",
        **dict.fromkeys(unreadable, "can't be read"),
    }
    assert failed.keys() == expected.keys()
    for name, word in expected.items():
        assert word in failed[name]
    assert all(line.isprintable() for line in lines)
    failures = 9 + len(unreadable)  # the pipe is met twice
    assert summary == f"3 added, 0 known, 2 skipped (2 × a link: not followed), {failures} failed"
    titles = [line.split("\t")[-1] for line in run(tmp_path, "list").stdout.splitlines()]
    headless, *titled = sorted(titles)
    assert headless.startswith("Chiều nay, mưa lớn")
    assert titled == ["Tít thứ hai", "Tít thứ nhất"]


def test_many_files_with_workers_import_the_same(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(60):
        (inbox / f"{number:02}.txt").write_text(PAGE.format(title=f"Tít thứ {number}"), encoding="utf-8")
    (inbox / "07.txt").write_bytes(b"\x00" * 100)
    one = run(tmp_path, "import", "in", "--jobs", "2", "--format", "ids")
    two = run(
        tmp_path, "import", "in", "--jobs", "1", "--format", "ids", BANDOC_LIBRARY=str(tmp_path / "other")
    )
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert len(one.stdout.split()) == 59
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "library").glob("*.json")}
    again = run(tmp_path, "import", "in")
    assert "0 added, 59 known, 0 skipped, 1 failed" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in files} == files


# -- pipes and locales ---------------------------------------------------------------------------


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    fill(tmp_path, 3000)
    listing = subprocess.Popen(
        [*BANDOC, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path)
    )
    assert listing.stdout is not None
    assert listing.stderr is not None
    listing.stdout.readline()
    listing.stdout.close()
    assert listing.stderr.read() == b""
    assert listing.wait(60) == 128 + signal.SIGPIPE
    listing.stderr.close()


@pytest.mark.parametrize(
    "locale", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}]
)
def test_utf8_whatever_the_locale(tmp_path: Path, locale: Mapping[str, str]) -> None:
    fill(tmp_path)
    done = run(tmp_path, "list", "tít", "số", **locale)
    assert done.stdout == "1000000000000\t\tunread\tBáo Một\tTít số 1\n"


def test_piped_output_has_no_colour_and_no_control_characters(tmp_path: Path) -> None:
    fill(tmp_path, title="Đỏ \x1b[31m{n}\x9b1m\u202e")
    for arguments in (["list"], ["show", "1"], ["list", "--format", "table"], ["entities"], ["doctor"]):
        done = run(tmp_path, *arguments, FORCE_COLOR="")
        assert done.stdout or arguments == ["entities"]
        assert "\x1b" not in done.stdout


def test_a_full_disk_is_no_traceback(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    fill(tmp_path)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*BANDOC, "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(tmp_path),
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stderr) == (70, b"bandoc: No space left on device\n")


def test_closed_streams(tmp_path: Path) -> None:
    fill(tmp_path)
    command = " ".join(f"'{part}'" for part in (*BANDOC, "list"))
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {closed}"],
            capture_output=True,
            env=environment(tmp_path),
            check=False,
            timeout=30,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    closed = subprocess.run(
        ["sh", "-c", f"{' '.join(command.split()[:-1])} show - <&-"],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=False,
        timeout=30,
    )
    assert (closed.returncode, closed.stderr) == (1, "bandoc: nothing found\n")


def test_debugging_shows_the_traceback(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("")
    assert "Traceback" not in run(tmp_path, "list").stderr
    assert "Traceback" in run(tmp_path, "list", BANDOC_DEBUG="1").stderr


# -- signals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_with_their_code_and_without_a_word(tmp_path: Path, number: signal.Signals) -> None:
    reading, writing = os.pipe()  # standard input that never ends
    waiting = subprocess.Popen(
        [*HEEDING, "show", "-"],
        stdin=reading,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    until_library(tmp_path)
    waiting.send_signal(number)
    assert waiting.stderr is not None
    assert waiting.stderr.read() == b""
    assert waiting.wait(60) == 128 + number
    waiting.stderr.close()
    os.close(reading)
    os.close(writing)


def test_nohup_is_respected(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    command = " ".join(f"'{part}'" for part in (*BANDOC, "show", "-"))
    waiting = subprocess.Popen(
        ["sh", "-c", f"trap '' HUP; exec {command}"], stdin=reading, env=environment(tmp_path)
    )
    until_library(tmp_path)
    waiting.send_signal(signal.SIGHUP)
    waiting.send_signal(signal.SIGTERM)
    assert waiting.wait(60) == 128 + signal.SIGTERM
    os.close(reading)
    os.close(writing)


def until_library(tmp_path: Path, name: str = "index.sqlite") -> None:
    """Waits for a file of the library."""
    end = time.monotonic() + 60
    while not (tmp_path / "library" / name).exists() and time.monotonic() < end:
        time.sleep(0.01)


def test_an_import_that_is_stopped_keeps_what_it_has(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(2000):
        (inbox / f"{number:04}.txt").write_text(PAGE.format(title=f"Tít thứ {number}"), encoding="utf-8")
    importing = subprocess.Popen(
        [*HEEDING, "import", "in"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
        cwd=tmp_path,
    )
    until_library(tmp_path, "articles-0000.json")
    importing.send_signal(signal.SIGINT)
    assert importing.stderr is not None
    summary = importing.stderr.read()
    assert importing.wait(60) == 130
    importing.stderr.close()
    added = re.fullmatch(r"stopped: (\d+) added, 0 known, 0 skipped, 0 failed\n", summary)
    assert added
    assert int(run(tmp_path, "list", "--count").stdout) == int(added[1]) < 2000


# -- on a terminal -------------------------------------------------------------------------------


def test_a_table_on_a_terminal(tmp_path: Path) -> None:
    fill(tmp_path, 2, title="[Video] Bão số {n} [/] \x1b[31m và một tiêu đề rất dài nối tiếp theo sau")
    code, written = on_terminal(tmp_path, "list")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", written).splitlines()
    assert code == 0
    assert [len(line) <= 80 for line in lines] == [True] * 3
    assert "Title" in lines[0]
    assert "[Video] Bão số 2 [/]" in written
    assert "\x1b[31m" not in written


def test_no_colour_when_it_is_not_wanted(tmp_path: Path) -> None:
    fill(tmp_path)
    for arguments in (["list"], ["show", "1"]):
        code, written = on_terminal(tmp_path, *arguments, NO_COLOR="1")
        assert (code, "Tít số 1" in written) == (0, True)
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]", written)
        assert "\x1b" not in on_terminal(tmp_path, *arguments, TERM="dumb")[1]


def test_show_goes_through_the_pager_when_it_is_long(tmp_path: Path) -> None:
    fill(tmp_path, 12)
    (tmp_path / "page").write_text("#!/bin/sh\necho PAGER\nwc -l\n")
    (tmp_path / "page").chmod(0o755)
    pager = str(tmp_path / "page")
    assert "PAGER" not in on_terminal(tmp_path, "show", "1", PAGER=pager)[1]
    assert "PAGER" in on_terminal(tmp_path, "show", "--query", "", PAGER=pager)[1]


def test_an_edited_library_cannot_reach_the_terminal(tmp_path: Path) -> None:
    fill(tmp_path, title="Tít NÀY")
    volume = tmp_path / "library" / "articles-0000.json"
    # As another program writes it: what enters by import is cleaned, this did not.
    text = json.dumps(json.loads(volume.read_bytes()))
    volume.write_text(text.replace("N\\u00c0Y", "\\u001b]52;c;AAAA\\u0007\\u009b2J\\u202e"))
    for arguments in (["list"], ["list", "--format", "json"], ["show", "1"], ["show", "1", "--format", "md"]):
        code, written = on_terminal(tmp_path, *arguments)
        assert (code, "Tít" in written) == (0, True)
        assert not re.search("\x1b[^[]|[\x07\x80-\x9f\u202e]|\x1b\\[2J", written)


def test_words_apart_are_listed_for_people_under_a_line_that_says_so(tmp_path: Path) -> None:
    fill(tmp_path)
    code, written = on_terminal(tmp_path, "list", "bài đoạn")
    assert code == 0
    assert written.startswith("These words stand nowhere side by side")
    assert "Tít số 1" in written
    for form in ("tsv", "ids", "jsonl"):
        code, written = on_terminal(tmp_path, "list", "bài đoạn", "--format", form)
        assert (code, written) == (1, "Nothing found.\n")


def test_progress_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE.format(title="Tít"), encoding="utf-8")
    code, written = on_terminal(tmp_path, "import", "a.txt")
    assert (code, "importing" in written) == (0, True)
    assert "1 added" in written
    assert "importing" not in run(tmp_path, "import", "a.txt").stderr


def test_purge_asks_on_a_terminal(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    code, written = on_terminal(tmp_path, "rm", "--purge", "1", typed=b"n\n")
    assert (code, "Delete 1 article for good?" in written) == (1, True)
    assert on_terminal(tmp_path, "rm", "--purge", "1", typed=b"y\n")[0] == 0
    assert run(tmp_path, "list", "--count").stdout == "1\n"


# -- what is loaded ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [["list"], ["export", "1", "--output", "ra"], ["show", "1"], ["star", "1"]])
def test_verbs_leave_the_screen_and_the_rules_unloaded(tmp_path: Path, verb: list[str]) -> None:
    fill(tmp_path)
    code = f"import sys; from tui.cli import main\ntry: main({verb!r})\nfinally: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0
    loaded = set(done.stdout.split())
    assert loaded & {"store.library", "store.glance"}
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "rich"}}
    assert not loaded & {"store.cleaning", "store.entities.extraction", "store.entities.lexicon"}
