"""``scan`` that goes on: after kills, with earlier results, beside another scan, on a full disk."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from driving import Ended, Program
from terminal import CTRL_C, Terminal
from videos import cut_off, fake_ffmpeg, make_video

PART = "scan.json.part.jsonl"
THREE = ("A.2001.mkv", "B.2002.mkv", "C.2003.mkv")
# Notes each file that is checked. As long as there is a file "hold", it stops where a name has the word in it.
AND_RUNS = '; exec "$real" "$@"'
NOTING = 'echo "$file" >>"$HOME/checked"' + AND_RUNS
HOLDING = """
word=$(cat "$HOME/hold" 2>/dev/null)
if [ -n "$word" ]; then case $file in *"$word"*)
    echo >"$HOME/held"
    while [ -e "$HOME/hold" ]; do sleep 0.1; done
    exit 1
esac; fi
"""


class Library:
    """A folder of videos, and a program whose ffmpeg notes what it checks."""

    def __init__(self, program: Program, *names: str, seconds: int = 2) -> None:
        self.program = program
        self.folder = program.folder / "library"
        for name in names:
            make_video(self.folder / name, seconds=seconds)
        fake_ffmpeg(program.folder / "bin", HOLDING + NOTING)
        self.env: dict[str, str | None] = {"PATH": f"{program.folder / 'bin'}:{program.environment['PATH']}"}
        self.part = program.folder / PART

    def scan(self, *options: str, output: str = "scan.json") -> Ended:
        """Scan to the end; what was checked before is forgotten."""
        (self.program.home / "checked").unlink(missing_ok=True)
        return self.program.run("scan", "library", "-o", output, *options, env=self.env)

    def start(self, *options: str, **more: Any) -> subprocess.Popen[bytes]:
        (self.program.home / "checked").unlink(missing_ok=True)
        return self.program.start("scan", "library", "-o", "scan.json", *options, env=self.env, **more)

    def cut_off_at(self, word: str, *options: str) -> None:
        """Let a scan come to the film with this word in its name, one file after the other, and kill it there."""
        self.hold(word)
        process = self.start("--jobs", "1", *options)
        self.wait_until_held(process)
        process.kill()
        process.communicate()
        self.let_go()

    def hold(self, word: str) -> None:
        (self.program.home / "hold").write_text(word)

    def let_go(self) -> None:
        (self.program.home / "hold").unlink()
        (self.program.home / "held").unlink(missing_ok=True)

    def wait_until_held(self, process: subprocess.Popen[bytes]) -> None:
        wait_for((self.program.home / "held").exists, process)

    def has_checked(self, count: int) -> bool:
        return len(self.checked) >= count

    @property
    def checked(self) -> list[str]:
        """The names of the files that the last scan checked, in order."""
        try:
            calls = (self.program.home / "checked").read_text().splitlines()
        except FileNotFoundError:
            return []
        return list(dict.fromkeys(Path(path).name for path in calls))

    @property
    def kept(self) -> list[str]:
        """The names of the files whose results are kept of a scan that was cut off, and can be gone on with."""
        lines = self.part.read_bytes().split(b"\n")[:-1] if self.part.exists() else []
        records = [record for record in map(json.loads, lines) if "filename" in record]
        return [Path(one["filename"]).name for one in records if "unreadable" not in one]

    def document(self, name: str = "scan.json") -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.program.folder / name).read_text())
        return document


def wait_for(come: Any, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while not come():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


def without_times(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what differs from scan to scan: how long it took."""
    results = [{key: value for key, value in one.items() if key != "inspection_time"} for one in document["results"]]
    return {key: value for key, value in document.items() if key != "scan_time"} | {"results": results}


def complaint(ended: Ended) -> str:
    assert "Traceback" not in ended.err
    (line,) = [line for line in ended.err.splitlines() if line.startswith("cvi-trakt: ")]
    return line


@pytest.fixture
def three(program: Program) -> Library:
    return Library(program, *THREE)


def test_a_scan_that_is_killed_ten_times_ends_with_what_one_that_is_not_finds(program: Program) -> None:
    chance = random.Random(20261120)
    damaged = ("Film 03 (2001).mp4", "Film 33 (2001).mp4")
    names = (f"Film {number:02d} (2001).mkv" for number in range(60) if number not in (3, 33))
    library = Library(program, *names, *damaged, seconds=1)
    for name in damaged:
        cut_off(library.folder / name)
    (library.folder / "Film 40 (2001).mkv").write_bytes(b"")
    assert library.scan("--mode", "deep", output="undisturbed.json").code == 1

    moments = sorted(chance.sample(range(1, 58), 10))
    lost: Counter[str] = Counter()
    for moment in moments:
        known = library.kept
        process = library.start("--jobs", "2", "--mode", "deep")
        wait_for(partial(library.has_checked, moment - len(known)), process)
        time.sleep(chance.random() / 20)
        process.kill()
        process.communicate()
        assert not set(library.checked) & set(known)  # what is known is not checked again
        lost.update(set(library.checked) - set(library.kept))
        assert set(known) <= set(library.kept)
    known = library.kept
    ended = library.scan("--jobs", "2", "--mode", "deep")
    assert ended.code == 1
    assert not set(library.checked) & set(known)
    assert f"{len(known)} of 60 files are done (--fresh starts over)\n" in ended.err
    assert without_times(library.document()) == without_times(library.document("undisturbed.json"))
    assert lost.total() <= 2 * len(moments)  # no more than what was in flight
    assert sorted(program.folder.glob("*scan*")) == [program.folder / "scan.json"]


def test_going_on_says_since_when_and_how_much_is_done(three: Library) -> None:
    three.cut_off_at("C.2003")
    ended = three.scan()
    (said,) = [line for line in ended.err.splitlines() if line.startswith("Going on")]
    assert said.endswith(" UTC: 2 of 3 files are done (--fresh starts over)")
    assert three.checked == ["C.2003.mkv"]
    assert ended.out == "3 files checked (2 of them earlier): 3 healthy\n"


def test_what_is_kept_of_a_killed_scan_can_be_synced(three: Library) -> None:
    three.cut_off_at("C.2003")
    ended = three.program.run("sync", PART, "--dry-run", "-o", "report.json")
    assert ended.code == 1
    assert "the scan was cut off: no closing line" in ended.err
    assert len(json.loads((three.program.folder / "report.json").read_text())["results"]) == 2


def test_the_half_line_of_a_killed_scan_is_cut_off(three: Library) -> None:
    three.cut_off_at("C.2003")
    with three.part.open("a") as part:
        part.write('{"filename": "/library/C.20')
    three.cut_off_at("C.2003")
    assert three.kept == ["A.2001.mkv", "B.2002.mkv"]
    assert three.scan().code == 0
    assert three.checked == ["C.2003.mkv"]


@pytest.mark.parametrize("rest", [b"", b'{"scan": "cvi-t', b'{"scan": "cvi-trakt", "version": 1, "dir'])
def test_a_scan_that_was_killed_in_its_first_line_is_none(three: Library, rest: bytes) -> None:
    three.part.write_bytes(rest)
    ended = three.scan()
    assert (ended.code, "Going on" in ended.err, len(three.checked)) == (0, False, 3)
    assert not three.part.exists()


def test_garbage_in_between_is_passed_over_and_said(three: Library) -> None:
    three.cut_off_at("C.2003")
    first, a, b, *_ = three.part.read_bytes().split(b"\n")
    three.part.write_bytes(b"\n".join([first, b"\0\0\0\xff", a, b"[1, 2]", b, b""]))
    ended = three.scan()
    assert (ended.code, three.checked) == (0, ["C.2003.mkv"])
    assert f"warning: {PART}: 2 lines in it cannot be read; passed over\n" in ended.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"my notes\n", "was not written by a scan; move it away", id="text"),
        pytest.param(b'{"scan": "cvi-trakt", "version": 1, "directory": null}\n', "was not written by", id="a-result"),
        pytest.param(
            b'{"scan": "cvi-trakt", "part": 99, "since": "2030-01-01T00:00:00+00:00"}\n',
            "was written by a newer cvi-trakt",
            id="newer",
        ),
    ],
)
def test_what_another_program_wrote_is_refused_and_left_as_it_is(three: Library, content: bytes, words: str) -> None:
    three.part.write_bytes(content)
    ended = three.scan()
    assert ended.code == 2
    assert f"{PART}: {words}" in complaint(ended)
    assert (three.part.read_bytes(), three.checked) == (content, [])


def test_a_link_in_the_place_of_the_kept_results_is_not_followed(three: Library) -> None:
    precious = three.program.folder / "precious"
    precious.write_text("")
    three.part.symlink_to(precious)
    ended = three.scan()
    assert ended.code == 2
    assert f"{PART}: cannot be written" in complaint(ended)
    assert (precious.read_text(), three.checked) == ("", [])


def test_what_could_not_be_read_or_has_changed_is_checked_again(three: Library) -> None:
    (three.folder / "A.2001.mkv").write_bytes(b"")
    three.cut_off_at("C.2003")
    assert three.kept == ["B.2002.mkv"]
    make_video(three.folder / "A.2001.mkv")
    os.utime(three.folder / "B.2002.mkv", ns=(0, 1_600_000_000_000_000_001))
    ended = three.scan()
    assert (ended.code, sorted(three.checked)) == (0, list(THREE))
    assert three.document()["results"][1]["changed_at"] == "1600000000.000000001"


def test_fresh_starts_over(three: Library) -> None:
    three.cut_off_at("C.2003")
    ended = three.scan("--fresh")
    assert (ended.code, "Going on" in ended.err, len(three.checked)) == (0, False, 3)


def test_unchanged_files_are_taken_from_the_earlier_result(three: Library) -> None:
    three.scan()
    before = three.document()
    cut_off(three.folder / "B.2002.mkv")
    ended = three.scan()
    assert three.checked == ["B.2002.mkv"]
    assert "2 of 3 files are unchanged: their results are taken over (--rescan checks again)\n" in ended.err
    after = three.document()
    assert [one["status"] for one in after["results"]] == ["HEALTHY", "CORRUPT", "HEALTHY"]
    assert (after["results"][0], after["results"][2]) == (before["results"][0], before["results"][2])


def test_a_folder_in_the_place_of_the_kept_results_is_said_before_anything_is_checked(three: Library) -> None:
    three.part.mkdir()
    ended = three.scan()
    assert ended.code == 2
    assert complaint(ended) == f"cvi-trakt: {PART}: cannot be written: Is a directory; name another --output"
    assert three.checked == []


def test_an_ffmpeg_that_goes_away_ends_the_scan_and_keeps_what_is_done(three: Library) -> None:
    fake_ffmpeg(three.program.folder / "bin", f'case $file in *B.*) rm "$0";; esac{AND_RUNS}')
    ended = three.program.run("scan", "library", "-o", "scan.json", "--jobs", "1", "--mode", "deep", env=three.env)
    assert ended.code == 2
    assert "bin/ffmpeg: cannot be started" in complaint(ended)
    assert "2 of 3 files were checked; kept in scan.json.part.jsonl: the same command goes on from there\n" in ended.err


@pytest.mark.parametrize(("earlier", "form"), [("json", "csv"), ("csv", "jsonl"), ("jsonl", "json")])
def test_every_form_can_be_taken_over_into_another(program: Program, earlier: str, form: str) -> None:
    library = Library(program, "A.2001.mkv", os.fsdecode(b'caf\xe9, \n\n"B".mkv'), "=C.mkv")
    cut_off(library.folder / "A.2001.mkv")
    library.scan("--format", form, output="undisturbed")
    library.scan("--format", earlier, output="scan")
    ended = library.scan("--format", form, output="scan")
    assert (ended.code, library.checked) == (0, [])
    assert "3 of 3 files are unchanged" in ended.err
    ended = library.scan("--format", "json", output="scan")
    assert library.checked == []
    library.scan("--format", "json", output="undisturbed")
    assert without_times(library.document("scan")) == without_times(library.document("undisturbed"))


def test_what_could_not_be_read_earlier_is_not_taken_over(three: Library) -> None:
    (three.folder / "A.2001.mkv").write_bytes(b"")
    assert three.scan().code == 1
    ended = three.scan()
    assert (ended.code, three.checked) == (1, [])
    assert "2 of 3 files are unchanged" in ended.err


def test_rescan_checks_unchanged_files_again(three: Library) -> None:
    three.scan()
    ended = three.scan("--rescan")
    assert (ended.code, len(three.checked), "unchanged" in ended.err) == (0, 3, False)


def test_a_rescan_that_was_cut_off_goes_on(three: Library) -> None:
    three.scan()
    three.cut_off_at("C.2003", "--rescan")
    three.scan("--rescan")
    assert three.checked == ["C.2003.mkv"]


def test_an_earlier_result_stays_until_the_new_one_is_whole(three: Library) -> None:
    three.scan()
    before = (three.program.folder / "scan.json").read_bytes()
    three.cut_off_at("C.2003", "--rescan")
    assert (three.program.folder / "scan.json").read_bytes() == before


def test_results_of_files_that_are_gone_are_dropped_and_counted(three: Library) -> None:
    three.scan()
    (three.folder / "A.2001.mkv").unlink()
    (three.folder / "B.2002.mkv").unlink()
    ended = three.scan()
    assert "scan.json: 2 results are of files not there any more, or not asked for; dropped\n" in ended.err
    assert "1 of 1 file is unchanged: its result is taken over (--rescan checks again)\n" in ended.err
    assert three.document()["total_files"] == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("my notes\n", id="text"),
        pytest.param("{", id="broken"),
        pytest.param('{"results": [{"filename": "/library/A.2001.mkv", "status": "HEALTHY"}]}', id="other-program"),
        pytest.param('{"results": 3, "files": {"results": [[[]]]}}', id="other-shape"),
    ],
)
def test_an_output_that_holds_no_results_of_ours_is_said_and_every_file_checked(three: Library, content: str) -> None:
    three.program.write("scan.json", content)
    ended = three.scan()
    assert (ended.code, len(three.checked)) == (0, 3)
    assert "scan.json: has no results that could be taken over; every file is checked\n" in ended.err


def test_of_a_damaged_result_what_is_whole_is_taken_over(three: Library) -> None:
    three.scan()
    text = (three.program.folder / "scan.json").read_text()
    (three.program.folder / "scan.json").write_text(text[: text.index("C.2003")])
    ended = three.scan()
    assert (ended.code, three.checked) == (0, ["C.2003.mkv"])
    assert "warning: scan.json: is damaged; only the results before the damage are taken over\n" in ended.err


def test_a_second_scan_into_the_same_file_is_refused_while_the_first_is_at_work(three: Library) -> None:
    three.hold("B.2002")
    first = three.start("--jobs", "1")
    three.wait_until_held(first)
    ended = three.program.run("scan", "library", "-o", "scan.json", env=three.env)
    assert ended.code == 3
    said = complaint(ended)
    assert f"{PART}: another scan is at work on it (process {first.pid}, since 20" in said
    first.kill()
    first.communicate()
    three.let_go()
    assert three.scan().code == 0


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(three: Library) -> None:
    three.hold("C.2003")
    words = ("scan", "library", "-o", "scan.json", "--jobs", "1")
    with Terminal(three.program, *words, size=(24, 160), env=three.env) as terminal:
        terminal.wait_for("2/3 files")
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
        assert terminal.is_restored
        kept = "kept in scan.json.part.jsonl: the same command goes on from there"
        assert str(terminal) == f"cvi-trakt: stopped: 2 of 3 files were checked; {kept}"
    assert not (three.program.folder / "scan.json").exists()
    three.let_go()
    assert three.scan().code == 0
    assert three.checked == ["C.2003.mkv"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143)], ids=["term", "hup"])
def test_a_signal_keeps_what_is_done(three: Library, number: signal.Signals, code: int) -> None:
    three.hold("C.2003")
    process = three.start("--jobs", "1")
    three.wait_until_held(process)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert "2 of 3 files were checked; kept in scan.json.part.jsonl" in err.decode()
    assert three.kept == ["A.2001.mkv", "B.2002.mkv"]


def test_a_scan_that_is_stopped_before_anything_is_done_leaves_nothing(three: Library) -> None:
    three.hold("A.2001")
    process = three.start("--jobs", "1")
    three.wait_until_held(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode().endswith("stopped: 0 of 3 files were checked; the same command begins anew\n")
    assert not three.part.exists()


def test_a_disk_that_fills_up_stops_the_scan_and_keeps_what_is_done(three: Library) -> None:
    three.scan()
    before = (three.program.folder / "scan.json").read_bytes()
    three.cut_off_at("B.2002", "--rescan")
    room = three.part.stat().st_size + 40  # enough for one result, not for two

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process = three.start("--rescan", "--fresh", "--jobs", "1", preexec_fn=little_room)
    out, err = process.communicate(timeout=30)
    said = complaint(Ended(process.returncode, out.decode(), err.decode()))
    assert process.returncode == 1
    assert said == (
        f"cvi-trakt: {PART}: cannot be written: File too large; the scan was stopped: "
        "make room, and the same command goes on from there"
    )
    assert (three.program.folder / "scan.json").read_bytes() == before
    assert three.part.read_bytes().endswith(b"}\n")
    assert three.kept == ["A.2001.mkv"]
    ended = three.scan("--rescan", "--jobs", "1")
    assert (ended.code, three.checked) == (0, ["B.2002.mkv", "C.2003.mkv"])


def test_a_disk_too_full_for_the_result_keeps_what_is_done(three: Library) -> None:
    three.scan()
    document = (three.program.folder / "scan.json").read_bytes()
    room = len(document) - 50  # enough for the results one by one, which lack its spaces and line ends

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process = three.start("--rescan", preexec_fn=little_room)
    out, err = process.communicate(timeout=30)
    said = complaint(Ended(process.returncode, out.decode(), err.decode()))
    assert process.returncode == 1
    assert said == (
        "cvi-trakt: scan.json: cannot be written: File too large; the results are kept in scan.json.part.jsonl: "
        "make room, and the same command goes on from there"
    )
    assert sorted(one.name for one in three.program.folder.glob("*scan*")) == ["scan.json", PART]
    assert (three.program.folder / "scan.json").read_bytes() == document
    assert three.scan("--rescan").code == 0
    assert three.checked == []


def test_what_a_killed_scan_left_while_it_wrote_its_result_is_taken_away(three: Library) -> None:
    left = three.program.folder / ".scan.json.0123abcd.tmp"
    left.write_text("half a res")
    other = three.program.folder / ".scan.json.mine.tmp"
    other.write_text("not ours")
    assert three.scan().code == 0
    assert (left.exists(), other.exists()) == (False, True)


MODES = [
    pytest.param("deep", "quick", [], id="deep-serves-quick"),
    pytest.param("deep", "hybrid", [], id="deep-serves-hybrid"),
    pytest.param("quick", "deep", ["A.2001.mkv", "B.2002.mkv", "C.2003.mkv"], id="quick-is-not-deep"),
    pytest.param("quick", "hybrid", ["B.2002.mkv"], id="a-quick-doubt-is-looked-into"),
]


@pytest.mark.parametrize(("earlier", "mode", "checked"), MODES)
def test_results_are_taken_over_where_they_are_as_good_as_new_ones(
    three: Library, earlier: str, mode: str, checked: list[str]
) -> None:
    three.scan("--mode", earlier)
    document = three.document()
    document["results"][1] |= {"status": "SUSPICIOUS", "needs_deep_scan": True}
    document["results"][2] |= {"status": "CORRUPT", "is_corrupt": True}
    three.program.write("scan.json", document)
    three.scan("--mode", mode)
    assert sorted(three.checked) == checked
    assert three.document()["scan_mode"] == mode
