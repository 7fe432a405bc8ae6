"""The options of ``scan`` as a process: which files are taken, how they are checked, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from driving import Program
from videos import cut_off, fake_ffmpeg, make_video

MATRIX, CUT, EPISODE = "The.Matrix.1999.mkv", "Inception (2010) [1080p].mp4", "Shows/Heroes/Heroes.1x01.avi"


@pytest.fixture
def library(program: Program) -> Path:
    """A folder with an intact film, an intact episode, a film that was cut off, and what is no video by its name."""
    folder = program.folder / "library"
    make_video(folder / MATRIX)
    cut_off(make_video(folder / CUT))
    make_video(folder / EPISODE)
    make_video(folder / "made.mkv").rename(folder / "disc.iso")
    return folder


def scanned(program: Program, *words: str, code: int = 0) -> list[str]:
    """Scan into a file; gives which files of the library were checked."""
    return [one["filename"].partition("/library/")[2] for one in document(program, *words, code=code)["results"]]


def document(program: Program, *words: str, code: int = 0) -> dict[str, Any]:
    ended = program.run("scan", *words, "--output", "scan.json", "--rescan")
    assert ended.code == code, ended.err
    found: dict[str, Any] = json.loads((program.folder / "scan.json").read_text())
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param([], [CUT, EPISODE, MATRIX], id="none"),
        pytest.param(["--exclude", "Shows"], [CUT, MATRIX], id="a-folder"),
        pytest.param(["--exclude", "*.avi", "--exclude", CUT], [MATRIX], id="two-patterns"),
        pytest.param(["--exclude", "Shows/*/*.avi"], [CUT, MATRIX], id="a-path"),
        pytest.param(["--exclude=**/Heroes/"], [CUT, MATRIX], id="folders-only"),
        pytest.param(["--min-size", "1b"], [CUT, EPISODE, MATRIX], id="big-enough"),
        pytest.param(["--extensions", "mkv,.AVI"], [EPISODE, MATRIX], id="these-extensions"),
        pytest.param(["--extensions", "mkv", "--extensions", "iso"], [MATRIX, "disc.iso"], id="extensions-twice"),
        pytest.param(["--extensions", "+iso"], [CUT, EPISODE, MATRIX, "disc.iso"], id="an-extension-more"),
        pytest.param(["--extensions", "-mp4,-avi"], [MATRIX], id="extensions-less"),
    ],
)
def test_which_files_of_a_folder_are_taken(
    program: Program, library: Path, words: list[str], expected: list[str]
) -> None:
    assert scanned(program, "library", *words) == expected


def test_small_files_are_left_out_unless_they_are_named(program: Program, library: Path) -> None:
    (library / "small.mkv").write_bytes((library / MATRIX).read_bytes())
    size = str((library / EPISODE).stat().st_size)
    with (library / MATRIX).open("ab") as film:
        film.truncate(10_000_000)
    assert scanned(program, "library", "--min-size", "5M", "--extensions", "mkv") == [MATRIX]
    assert scanned(program, "library/small.mkv", f"library/{EPISODE}", "--min-size", "5M") == ["small.mkv", EPISODE]
    assert EPISODE in scanned(program, "library", "--min-size", size)


def test_what_the_settings_say_is_taken_and_an_option_goes_before_it(program: Program, library: Path) -> None:
    program.write("config.yaml", 'scan:\n  mode: deep\n  exclude: ["*.mp4", Heroes]\n  fail_on: [corrupt]\n')
    assert scanned(program, "library") == [MATRIX]
    assert scanned(program, "library", "--exclude", MATRIX, code=1) == [CUT, EPISODE]
    program.environment["CVI_SCAN_EXCLUDE"] = "Shows, *.mkv"
    made = document(program, "library", code=1)
    assert ([one["status"] for one in made["results"]], made["scan_mode"]) == (["CORRUPT"], "deep")


@pytest.mark.parametrize("mode", ["quick", "deep", "hybrid"])
def test_the_mode_that_is_asked_for_is_in_the_results(program: Program, library: Path, mode: str) -> None:
    made = document(program, "library", "--mode", mode.upper())
    assert (made["scan_mode"], made["healthy_files"], made["corrupt_files"]) == (mode, 2, 1)


@pytest.mark.parametrize(
    ("path", "words", "code"),
    [
        pytest.param("library", [], 0, id="not-asked"),
        pytest.param("library", ["--fail-on", "corrupt"], 1, id="corrupt"),
        pytest.param("library", ["--fail-on", "Suspicious"], 1, id="suspicious-means-corrupt-too"),
        pytest.param("library", ["--fail-on", "corrupt,suspicious"], 1, id="with-a-comma"),
        pytest.param("library", ["--fail-on", "suspicious", "--fail-on", "corrupt"], 1, id="twice"),
        pytest.param(f"library/{MATRIX}", ["--fail-on", "suspicious"], 0, id="none-of-them"),
    ],
)
def test_files_that_it_is_to_fail_on_make_the_exit_code(
    program: Program, library: Path, path: str, words: list[str], code: int
) -> None:
    assert program.run("scan", path, *words, "-o", "scan.json").code == code


def with_ffmpeg(program: Program, script: str) -> None:
    fake_ffmpeg(program.folder / "bin", script)
    program.environment["PATH"] = f"{program.folder / 'bin'}:{program.environment['PATH']}"


@pytest.mark.parametrize(("status", "code"), [("corrupt", 0), ("suspicious", 1)])
def test_a_suspicious_file_is_not_as_bad_as_a_corrupt_one(
    program: Program, library: Path, status: str, code: int
) -> None:
    with_ffmpeg(program, 'echo "[error] nobody knows this message" >&2; exec "$real" "$@"')
    made = document(program, f"library/{MATRIX}", "--mode", "deep", "--fail-on", status, code=code)
    assert [one["status"] for one in made["results"]] == ["SUSPICIOUS"]


@pytest.mark.parametrize(("words", "more"), [([], 0), (["--nice", "7"], 7), (["--nice", "19"], 19)])
def test_ffmpeg_stands_back_for_other_programs_as_far_as_asked(
    program: Program, library: Path, words: list[str], more: int
) -> None:
    with_ffmpeg(program, 'nice >>"$HOME/nice"; exec "$real" "$@"')
    document(program, f"library/{MATRIX}", *words)
    expected = min(19, os.nice(0) + more)  # the tests themselves may stand back, too
    assert set((program.home / "nice").read_text().split()) == {str(expected)}


def test_a_file_on_which_ffmpeg_says_nothing_is_given_up(program: Program, library: Path) -> None:
    with_ffmpeg(program, 'case $* in *Matrix*) exec sleep 600;; esac; exec "$real" "$@"')
    made = document(program, "library", "--timeout", "1", "--exclude", "*.mp4", code=1)
    assert [(one["status"], one.get("unreadable", False)) for one in made["results"]] == [
        ("HEALTHY", False),
        ("SUSPICIOUS", True),
    ]


def test_to_start_over_and_to_check_again_need_no_file(program: Program, library: Path) -> None:
    ended = program.run("scan", "library", "--fresh", "--rescan")
    assert (ended.code, json.loads(ended.out.splitlines()[-1])) == (0, {"end": True, "files": 3})


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param(["--mode", "full"], "'--mode': 'full' is not one of 'quick', 'deep', 'hybrid'", id="mode"),
        pytest.param(["--min-size", "big"], "'--min-size': expected a size such as 50M", id="min-size"),
        pytest.param(["--min-size", "b\x1b[31m"], r"not 'b\x1b[31m'", id="what-would-color-the-terminal"),
        pytest.param(["--extensions", "*.mkv"], "'--extensions': expected endings of file names", id="extensions"),
        pytest.param(["--extensions", "+iso", "--extensions", "mkv"], "or before none", id="extensions-of-both-kinds"),
        pytest.param(["--exclude", ""], "'--exclude': expected patterns such as", id="no-pattern"),
        pytest.param(["--exclude", "../x"], "'--exclude': expected patterns without . and ..", id="pattern-of-dots"),
        pytest.param(["--fail-on", "healthy"], "'--fail-on': expected statuses out of CORRUPT", id="fail-on"),
        pytest.param(["--nice", "20"], "'--nice': expected a number from 0 to 19, not '20'", id="nice"),
        pytest.param(["--timeout", "0"], "'--timeout': expected a number from 1 up, not '0'", id="timeout"),
        pytest.param(["--exclude", "library"], "nothing to scan: --exclude", id="all-left-out"),
        pytest.param(["--exclude", "*.*"], "this folder, apart from what --exclude", id="every-file-left-out"),
        pytest.param(["--min-size", "1T"], "this folder, apart from what --min-size", id="all-small"),
        pytest.param([""], "a PATH is empty", id="empty-path"),
        pytest.param(["--extensions", "+iso", "-o", "library/disc.iso"], "would write over", id="chosen-extension"),
        pytest.param(["--extensions", "iso", "-o", "new.mkv"], "would write over", id="usual-extension"),
        pytest.param(["library/disc.iso", "-o", "library/disc.iso"], "would write over", id="named"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_checked(
    program: Program, library: Path, words: list[str], complaint: str
) -> None:
    before = (library / "disc.iso").read_bytes()
    with_ffmpeg(program, 'echo >>"$HOME/checked"; exec "$real" "$@"')
    ended = program.run("scan", "library", *words)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert "Traceback" not in ended.err
    assert not (program.home / "checked").exists()
    assert (library / "disc.iso").read_bytes() == before


def test_wrong_settings_are_said_with_their_place(program: Program, library: Path) -> None:
    program.write("config.yaml", "scan:\n  mode: full\n")
    ended = program.run("scan", "library")
    assert (ended.code, ended.err) == (
        2,
        "cvi-trakt: config.yaml: scan.mode: expected one of quick, deep, hybrid, not 'full'\n",
    )


def test_the_help_says_what_the_modes_mean_and_how_it_ends(program: Program) -> None:
    said = program.run("scan", "--help").out
    for words in (
        "--mode quick   header",
        "--mode deep    every picture",
        "--mode hybrid  quick, then deep",
        "Exit codes: 0",
    ):
        assert words in said
    assert max(map(len, said.splitlines())) <= 80
