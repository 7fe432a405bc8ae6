"""``scan`` as a process: videos in, scan results out, in every form and to every end."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from driving import Ended, Program
from terminal import CTRL_C, Terminal
from videos import cut_off, fake_ffmpeg, make_video

MATRIX, CUT, THRONES = "The.Matrix.1999.mkv", "Inception (2010) [1080p].mp4", "Shows/Game.of.Thrones.1x01.avi"
NO_INDEX = "it is not complete: its index (moov atom) is missing"


@pytest.fixture
def library(program: Program) -> Path:
    """A folder with an intact film, an intact episode and a film that was cut off."""
    folder = program.folder / "library"
    make_video(folder / MATRIX)
    cut_off(make_video(folder / CUT))
    make_video(folder / THRONES)
    return folder


def lines_of(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def check_says(ended: Ended, code: int, *words: str) -> None:
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err
    complaint = [line for line in ended.err.splitlines() if line.startswith("cvi-trakt: ")]
    assert len(complaint) == 1, ended.err
    for word in words:
        assert word in complaint[0]


def test_the_results_in_a_file_have_the_totals_and_a_record_for_each_file(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "--output", "scan_results.json")
    assert ended.code == 0
    document = json.loads((program.folder / "scan_results.json").read_text())
    results = document.pop("results")
    assert document.pop("scan_time") > 0
    assert document == {
        "directory": str(library),
        "scan_mode": "hybrid",
        "total_files": 3,
        "processed_files": 3,
        "healthy_files": 2,
        "suspicious_files": 0,
        "corrupt_files": 1,
        "unreadable_files": 0,
    }
    assert [(one["filename"], one["status"], one["is_corrupt"]) for one in results] == [
        (f"{library}/{CUT}", "CORRUPT", True),
        (f"{library}/{THRONES}", "HEALTHY", False),
        (f"{library}/{MATRIX}", "HEALTHY", False),
    ]
    assert (results[0]["reason"], results[0]["file_size"]) == (NO_INDEX, (library / CUT).stat().st_size)
    assert "moov atom not found" in results[0]["error_message"]
    assert (results[1]["error_message"], "reason" in results[1]) == ("", False)
    assert (results[1]["container"], results[1]["width"], results[1]["height"]) == ("avi", 320, 180)
    changed = (library / CUT).stat().st_mtime_ns
    assert results[0]["changed_at"] == f"{changed // 1_000_000_000}.{changed % 1_000_000_000:09d}"


def test_what_is_wrong_is_shown_beside_the_file_that_is_written(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "-o", "scan.json")
    assert ended.out.splitlines() == [
        f"STATUS   REASON{' ' * (len(NO_INDEX) - 6)}  FILE",
        f"CORRUPT  {NO_INDEX}  {CUT}",
        "3 files checked: 2 healthy, 1 corrupt",
    ]
    assert ended.err.splitlines()[-1] == "Written to scan.json"


def test_a_quiet_scan_into_a_file_says_nothing(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "-o", "scan.json", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_a_verbose_scan_names_each_file_with_its_status_and_why(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "-o", "scan.json", "--verbose")
    assert f"HEALTHY {library}/{MATRIX}\n" in ended.out
    assert f"CORRUPT {library}/{CUT} ({NO_INDEX})\n" in ended.out
    again = program.run("scan", "library", "-o", "scan.json", "--verbose")
    assert f"HEALTHY {library}/{MATRIX} (checked earlier)\n" in again.out


def test_what_is_odd_about_healthy_files_is_counted_and_shown_to_who_asks(program: Program) -> None:
    make_video(program.folder / "library" / "Up.2009.mp4").rename(program.folder / "library" / "Up.2009.avi")
    ended = program.run("scan", "library", "-o", "scan.json")
    assert (ended.code, ended.out) == (0, "1 file checked: 1 healthy\n")
    assert "1 healthy file has a note: -v shows it\n" in ended.err
    verbose = program.run("scan", "library", "-o", "scan.json", "--rescan", "-v")
    (record,) = json.loads((program.folder / "scan.json").read_text())["results"]
    assert f"HEALTHY {record['filename']} ({record['note']})\n" in verbose.out


def test_what_was_scanned_can_be_synced(program: Program, library: Path) -> None:
    program.run("scan", "library", "-o", "scan.json")
    ended = program.run("sync", "scan.json", "--verbose")
    assert ended.code == 0
    assert "Processing: The Matrix (1999) [movie]\n    ✅ Added to watchlist\n" in ended.out
    assert "Processing: Game of Thrones (2011) [show]\n    ✅ Added to watchlist\n" in ended.out
    assert ended.err == "Left out by status: 1 CORRUPT\n"


def test_into_a_pipe_go_json_lines_with_a_first_and_a_closing_line(program: Program, library: Path) -> None:
    ended = program.run("scan", "library")
    first, *records, last = lines_of(ended)
    assert first == {"scan": "cvi-trakt", "version": 1, "directory": str(library)}
    assert {one["filename"]: one["status"] for one in records} == {
        f"{library}/{CUT}": "CORRUPT",
        f"{library}/{THRONES}": "HEALTHY",
        f"{library}/{MATRIX}": "HEALTHY",
    }
    assert last == {"end": True, "files": 3}
    assert (ended.code, ended.err.splitlines()[-1]) == (0, "3 files checked: 2 healthy, 1 corrupt")


def shell(program: Program, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which ``cvi-trakt`` is the program; ends with the code of each command of a pipe."""
    words = shlex.join([sys.executable, "-m", "cvi_trakt"])
    return subprocess.run(
        ["bash", "-c", f'cvi-trakt() {{ {words} "$@"; }}; {script}; echo "${{PIPESTATUS[@]}}"'],
        cwd=program.folder,
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_scan_can_be_piped_into_a_sync(program: Program, library: Path) -> None:
    ended = shell(program, "cvi-trakt scan library | cvi-trakt sync -")
    assert "Movies added: 1\nShows added: 1\n" in ended.stdout
    assert ended.stdout.endswith("\n0 0\n")


def test_a_slow_file_does_not_hold_back_the_others(program: Program, library: Path) -> None:
    decode = EndlessDecode(program)
    make_video(library / "A slow Matrix.mkv")
    (library / MATRIX).unlink()
    process = program.start("scan", "library", "--jobs", "2", env=with_path(program))
    assert process.stdout is not None
    came = [json.loads(process.stdout.readline()).get("filename") for _ in range(3)]
    assert came == [None, f"{library}/{CUT}", f"{library}/{THRONES}"]
    decode.wait_until_it_runs()
    process.terminate()
    process.communicate()
    decode.wait_until_it_is_gone()


def test_a_reader_that_goes_away_ends_the_scan_without_an_error(program: Program, library: Path) -> None:
    ended = shell(program, "cvi-trakt scan library --jobs 1 | head -c 1")
    assert ended.stdout == "{0 0\n"
    assert "Traceback" not in ended.stderr
    assert "cvi-trakt:" not in ended.stderr


def test_json_on_standard_output_is_one_document(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "--format", "json")
    assert (ended.json["total_files"], len(ended.json["results"])) == (3, 3)


def test_csv_on_standard_output_is_one_table(program: Program, library: Path) -> None:
    make_video(library / os.fsdecode(b"\xe9\x1b[31m.mkv"))
    process = program.start("scan", "library", "--format", "csv")
    out, _ = process.communicate(timeout=60)
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8", "surrogateescape"))))
    assert [(one["filename"], one["status"], one["is_corrupt"]) for one in rows] == [
        (f"{library}/{CUT}", "CORRUPT", "True"),
        (f"{library}/{THRONES}", "HEALTHY", "False"),
        (f"{library}/{MATRIX}", "HEALTHY", "False"),
        (f"{library}/\udce9\x1b[31m.mkv", "HEALTHY", "False"),
    ]
    with Terminal(program, "scan", "library", "--format", "csv", size=(40, 250)) as terminal:
        terminal.end()
        assert "\\x1b[31m.mkv" in "".join(terminal.screen)
        assert not terminal.has_color


def test_json_lines_can_go_into_a_file(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "--format", "jsonl", "-o", "scan.jsonl")
    lines = (program.folder / "scan.jsonl").read_text().splitlines()
    assert (ended.code, len(lines), lines[-1]) == (0, 5, '{"end": true, "files": 3}')


def test_a_dash_as_output_is_standard_output(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "-o", "-")
    assert lines_of(ended)[-1] == {"end": True, "files": 3}
    assert not (program.folder / "-").exists()


def test_a_terminal_gets_a_table(program: Program, library: Path) -> None:
    make_video(library / "Up.2009\x1b[31m.mkv").write_bytes(b"no video")
    with Terminal(program, "scan", "library", size=(24, 120)) as terminal:
        assert terminal.end().code == 1
        assert [line for line in terminal.screen if line] == [
            "The results are shown at the end, not kept: --output FILE keeps them.",
            f"STATUS      REASON{' ' * (len(NO_INDEX) - 6)}  FILE",
            f"CORRUPT     {NO_INDEX}  {CUT}",
            f"UNREADABLE  it is not a video{' ' * (len(NO_INDEX) - 17)}  Up.2009\\x1b[31m.mkv",
            "4 files checked: 2 healthy, 1 corrupt, 1 unreadable (1 not a video)",
            "Exit code 1, because some of it could not be read; the rest was checked.",
        ]
        assert not terminal.has_color


def test_the_table_fits_a_small_terminal(program: Program, library: Path) -> None:
    with Terminal(program, "scan", "library", size=(24, 80)) as terminal:
        assert terminal.end().code == 0
        assert [line for line in terminal.screen if line][1:] == [
            "STATUS   REASON",
            "    FILE",
            f"CORRUPT  {NO_INDEX}",
            f"    {CUT}",
            "3 files checked: 2 healthy, 1 corrupt",
        ]


def test_a_terminal_shows_a_bar_while_files_are_at_work(program: Program, library: Path) -> None:
    decode = EndlessDecode(program)
    env = with_path(program)
    with Terminal(program, "scan", "library", "-o", "scan.json", "--jobs", "1", env=env) as terminal:
        terminal.wait_for("2/3 files [")
        decode.wait_until_it_runs()
        (line,) = [line for line in terminal.screen if line]
        size, done = ((library / one).stat().st_size for one in (MATRIX, CUT))
        total = size + done + (library / THRONES).stat().st_size
        assert line.startswith("2/3 files [######----] ")
        assert f" {(total - size) / 1000:.0f} of {total / 1000:.0f} kB" in line
        assert line.endswith(MATRIX)
        terminal.send(CTRL_C)
        terminal.end()
        assert not any("2/3 files [" in line for line in terminal.screen)


def test_into_a_pipe_no_bar_is_drawn_over_what_the_reader_shows_at_the_terminal(
    program: Program, library: Path
) -> None:
    with Terminal(program, "scan", "library", piped_output=True) as terminal:
        terminal.end()
        assert terminal.raw == b"\r\x1b[K3 files checked: 2 healthy, 1 corrupt\r\n"


def test_a_healthy_library_at_a_terminal_is_one_line(program: Program) -> None:
    make_video(program.folder / "film.mkv")
    with Terminal(program, "scan", "film.mkv") as terminal:
        assert terminal.end().code == 0
        assert [line for line in terminal.screen if line] == ["1 file checked: 1 healthy"]


def test_what_cannot_be_read_is_no_damage_and_exits_with_1(program: Program, library: Path) -> None:
    (library / "Coco.2017.mkv").touch()
    ended = program.run("scan", "library", "-o", "scan.json")
    assert ended.code == 1
    record = json.loads((program.folder / "scan.json").read_text())["results"][0]
    assert (record["filename"], record["status"]) == (f"{library}/Coco.2017.mkv", "SUSPICIOUS")
    assert (record["unreadable"], record["is_corrupt"], record["reason"]) == (True, False, "the file is empty")
    synced = program.run("sync", "scan.json", "--dry-run", "--include-status", "SUSPICIOUS")
    assert "1 UNREADABLE" in synced.err


def test_a_folder_that_cannot_be_read_is_warned_of_and_exits_with_1(program: Program, library: Path) -> None:
    here = os.open(library, os.O_RDONLY)
    for _ in range(17):  # deeper than any path can name: not even root can read it
        os.mkdir("d" * 250, dir_fd=here)
        here, above = os.open("d" * 250, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    ended = program.run("scan", "library", "-o", "scan.json")
    assert ended.code == 1
    assert ended.out.endswith("3 files checked: 2 healthy, 1 corrupt\n")
    assert ended.err.startswith("warning: ")
    assert "the folder cannot be read: File name too long\n" in ended.err


@pytest.mark.parametrize("name", [b"a\nb.mkv", b"caf\xe9.mkv", b"-o.mkv", "файл \u202e.mkv".encode(), b"a\x85b.mkv"])
def test_a_file_name_of_any_bytes_comes_through_to_the_sync(program: Program, name: bytes) -> None:
    folder = program.folder / "library"
    made = make_video(program.folder / "made.mkv")
    folder.mkdir()
    made.rename(folder / os.fsdecode(name))
    for form, file in (("json", "scan.json"), ("jsonl", "scan.jsonl")):
        assert program.run("scan", "library", "--format", form, "-o", file).code == 0
        assert program.run("sync", file, "--dry-run", "-o", "report.json").code == 0
        report = json.loads((program.folder / "report.json").read_text())
        assert os.fsencode(report["results"][0]["filename"]) == os.fsencode(folder) + b"/" + name


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        pytest.param(["missing"], ["missing: no such file or folder"], id="missing"),
        pytest.param(["library", "missing"], ["missing: no such file or folder"], id="the-second-is-missing"),
        pytest.param(["empty"], ["empty: no video in this folder"], id="empty-folder"),
        pytest.param([], ["PATH"], id="none"),
        pytest.param(["library", "-o", "nowhere/scan.json"], ["nowhere/scan.json: cannot be written"], id="no-folder"),
        pytest.param(["library", "-o", "empty"], ["empty: is a folder"], id="output-is-a-folder"),
        pytest.param(["library", "-o", "link.json"], ["write over a video"], id="output-is-a-link-to-a-video"),
        pytest.param(["library", "-o", "library/new.mkv"], ["write over a video"], id="output-is-named-like-a-video"),
        pytest.param(["film", "-o", "film"], ["write over a video"], id="output-is-the-input"),
        pytest.param(["library", "--jobs", "0"], ["--jobs"], id="no-jobs"),
        pytest.param(["library", "--format", "xml"], ["--format"], id="unknown-form"),
    ],
)
def test_a_wrong_path_or_option_is_named_before_anything_is_decoded(
    program: Program, library: Path, paths: list[str], words: list[str]
) -> None:
    (program.folder / "empty").mkdir()
    (program.folder / "link.json").symlink_to(library / MATRIX)
    make_video(program.folder / "made.mkv").rename(program.folder / "film")
    before = (library / MATRIX).read_bytes()
    fake_ffmpeg(program.folder / "bin", 'echo "$file" >>"$HOME/decoded"; exec "$real" "$@"')
    check_says(program.run("scan", *paths, env=with_path(program)), 2, *words)
    assert not (program.home / "decoded").exists()
    assert (library / MATRIX).read_bytes() == before


def with_path(program: Program) -> dict[str, str | None]:
    return {"PATH": f"{program.folder / 'bin'}:{program.environment['PATH']}"}


@pytest.mark.skipif(importlib.util.find_spec("imageio_ffmpeg") is not None, reason="a bundled ffmpeg is installed")
def test_without_ffmpeg_it_says_how_to_get_one(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", env={"PATH": str(program.home)})
    check_says(ended, 2, "ffmpeg is not installed", "apt install ffmpeg", "pip install imageio-ffmpeg")


def test_a_full_disk_is_said(program: Program, library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = program.start("scan", "library", stdout=full)
        _, err = process.communicate(timeout=60)
    check_says(Ended(process.returncode, "", err.decode()), 1, "standard output", "No space left on device")


def test_with_one_job_one_file_comes_after_the_other(program: Program, library: Path) -> None:
    note = 'echo "$file" >>"$HOME/log"; "$real" "$@"; code=$?; echo "$file" >>"$HOME/log"; exit $code'
    fake_ffmpeg(program.folder / "bin", note)
    assert program.run("scan", "library", "--jobs", "1", "--mode", "deep", env=with_path(program)).code == 0
    at_work = [name for name, _ in groupby((program.home / "log").read_text().splitlines())]
    assert at_work == [f"{library}/{CUT}", f"{library}/{THRONES}", f"{library}/{MATRIX}"]


class EndlessDecode:
    """Lets the decode of the film go on for ever, and knows when it and all that it started is gone."""

    def __init__(self, program: Program) -> None:
        alive = program.home / "alive"
        os.mkfifo(alive)
        script = f'case $file in *Matrix*) exec 3>"{alive}"; echo >&3; sleep 600 & wait;; esac; exec "$real" "$@"'
        fake_ffmpeg(program.folder / "bin", script)
        self._reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
        self._writer = os.open(alive, os.O_WRONLY)  # so that reading waits for the decode to write
        os.set_blocking(self._reader, True)

    def wait_until_it_runs(self) -> None:
        assert os.read(self._reader, 1) == b"\n"
        os.close(self._writer)

    def wait_until_it_is_gone(self) -> None:
        assert os.read(self._reader, 1) == b""  # comes when nobody holds the other end any more
        os.close(self._reader)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"])
def test_a_stopped_scan_leaves_its_lines_without_the_closing_one_and_no_ffmpeg(
    program: Program, library: Path, number: signal.Signals, code: int
) -> None:
    decode = EndlessDecode(program)
    process = program.start("scan", "library", "--jobs", "1", env=with_path(program))
    assert process.stdout is not None
    came = [json.loads(process.stdout.readline()) for _ in range(3)]  # each is out as soon as its file is done
    assert [one.get("status") for one in came] == [None, "CORRUPT", "HEALTHY"]
    decode.wait_until_it_runs()
    process.send_signal(number)
    rest, err = process.communicate(timeout=60)
    decode.wait_until_it_is_gone()
    assert (process.returncode, rest) == (code, b"")
    assert err.decode().splitlines()[-1] == (
        "cvi-trakt: stopped: 2 of 3 files were checked; what was written stays, without the closing line"
    )


def test_a_stopped_scan_writes_no_document_and_leaves_the_one_that_was_there(program: Program, library: Path) -> None:
    program.write("scan.json", "the earlier results")
    decode = EndlessDecode(program)
    process = program.start("scan", "library", "--jobs", "1", "-v", "-o", "scan.json", env=with_path(program))
    assert process.stdout is not None
    said = [process.stdout.readline().decode() for _ in range(2)]
    assert said == [f"CORRUPT {library}/{CUT} ({NO_INDEX})\n", f"HEALTHY {library}/{THRONES}\n"]
    decode.wait_until_it_runs()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    decode.wait_until_it_is_gone()
    assert (process.returncode, out) == (143, b"")
    kept = "kept in scan.json.part.jsonl: the same command goes on from there"
    assert err.decode().splitlines()[-1] == f"cvi-trakt: stopped: 2 of 3 files were checked; {kept}"
    assert (program.folder / "scan.json").read_text() == "the earlier results"
    assert [one.name for one in program.folder.glob(".scan*")] == []


def test_ctrl_c_at_a_terminal_shows_what_was_found_so_far(program: Program, library: Path) -> None:
    decode = EndlessDecode(program)
    size, env = (24, 120), with_path(program)
    with Terminal(program, "scan", "library", "--jobs", "1", size=size, env=env) as terminal:
        terminal.wait_for("2/3")
        decode.wait_until_it_runs()
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
        decode.wait_until_it_is_gone()
        assert [line for line in terminal.screen if line][-2:] == [
            f"CORRUPT  {NO_INDEX}  {CUT}",
            "cvi-trakt: stopped: 2 of 3 files were checked",
        ]


def test_a_stopped_document_on_standard_output_is_not_there(program: Program, library: Path) -> None:
    decode = EndlessDecode(program)
    process = program.start("scan", "library", "--jobs", "1", "--format", "json", env=with_path(program))
    decode.wait_until_it_runs()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().splitlines()[-1] == (
        "cvi-trakt: stopped: 2 of 3 files were checked; nothing was written (--output FILE keeps what is done)"
    )


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        pytest.param([], 0, None, id="not-asked"),
        pytest.param(["--fail-on", "corrupt"], 1, "of --fail-on: 1 corrupt.", id="asked"),
    ],
)
def test_a_scan_that_fails_on_what_it_finds_says_so(
    program: Program, library: Path, words: list[str], code: int, why: str | None
) -> None:
    ended = program.run("scan", "library", "-o", "scan.json", *words)
    said = [line for line in ended.err.splitlines() if line.startswith("Exit code")]
    assert (ended.code, said) == (code, [f"Exit code 1, because {why}"] if why else [])
    quiet = program.run("scan", "library", "-o", "scan.json", "--quiet", *words)
    assert (quiet.code, quiet.err) == (code, f"warning: Exit code 1, because {why}\n" if why else "")


@pytest.mark.parametrize("words", [["scan"], ["trakt", "scan"]], ids=["scan", "trakt-scan"])
def test_the_inspector_scans_by_both_of_its_names(program: Program, library: Path, words: list[str]) -> None:
    script = "import sys; from cvi_trakt.cli import inspector_main; sys.exit(inspector_main())"
    ended = subprocess.run(
        [sys.executable, "-c", script, *words, str(library), "--output", "scan_results.json"],
        cwd=program.folder,
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "3 files checked: 2 healthy, 1 corrupt")
    assert (program.folder / "scan_results.json").exists()
