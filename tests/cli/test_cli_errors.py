from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from driving import NOTHING_THERE, Ended, Program, TraktProcess

FILM = '{"results": [{"filename": "/v/Dune.2021.mkv", "status": "HEALTHY"}]}'


def check_says(ended: Ended, code: int, *words: str) -> None:
    """Check the code, that every word is said on standard error, in one line, without a traceback."""
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err + ended.out
    complaint = [line for line in ended.err.splitlines() if line.startswith("cvi-trakt: ")]
    assert len(complaint) == 1, ended.err
    for word in words:
        assert word in complaint[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", ["empty"], id="zero-bytes"),
        pytest.param(b"{", ["breaks off"], id="an-opening-brace"),
        pytest.param(bytes(range(256)) * 8, ["scan.json"], id="binary-junk"),
        pytest.param(b'{"total_files": 2, "corrupt_files": 1, "scan_time": 1.5}', ["totals only"], id="totals-only"),
        pytest.param(b"<html><body>hello</body></html>", ["scan.json"], id="a-web-page"),
        pytest.param(b'[{"status": "HEALTHY"}]', ["scan.json"], id="no-record-with-a-path"),
    ],
)
def test_input_that_cannot_be_used_is_named(program: Program, content: bytes, words: list[str]) -> None:
    (program.folder / "scan.json").write_bytes(content)
    check_says(program.run("sync", "scan.json"), 2, *words)


def test_a_missing_file_and_a_folder_are_told_apart(program: Program) -> None:
    check_says(program.run("sync", "missing.json"), 2, "missing.json", "no such file")
    check_says(program.run("sync", str(program.home)), 2, "folder")


def test_a_missing_file_is_said_before_any_request(program: Program, trakt: TraktProcess) -> None:
    program.scan("/v/Dune.2021.mkv")
    check_says(program.run("sync", "scan.json", "missing.json"), 2, "missing.json")
    assert trakt.requests() == []


def test_empty_standard_input_is_not_an_empty_library(program: Program) -> None:
    check_says(program.run("sync", "-", stdin=b""), 2, "standard input", "empty")


def test_no_scan_at_a_terminal_is_a_usage_error(program: Program) -> None:
    reader, writer = os.openpty()
    try:
        process = program.start("sync", stdin=writer)
        _, err = process.communicate(timeout=30)
    finally:
        os.close(reader)
        os.close(writer)
    check_says(Ended(process.returncode, "", err.decode()), 2, "no scan results")


@pytest.mark.parametrize("content", ["[]", '{"results": []}'])
def test_an_empty_result_is_fine(program: Program, content: str) -> None:
    ended = program.run("sync", program.write("scan.json", content))
    assert (ended.code, ended.out) == (0, "No media items found\n")


def test_a_record_without_a_path_is_left_out_with_its_number(program: Program) -> None:
    scan = program.write("scan.json", [{"status": "HEALTHY"}, {"path": "/v/Dune.2021.mkv", "status": "HEALTHY"}])
    ended = program.run("sync", scan)
    assert ended.code == 0
    assert ended.err == "warning: scan.json: record 1: no path; left out\n"
    assert "Movies added: 1" in ended.out


def test_a_cut_off_file_gives_what_came_and_exit_1(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", program.write("scan.json", FILM[:-2] + ', {"filename": "/v/Al'))
    assert ended.code == 1
    assert "warning: scan.json: " in ended.err
    assert len(trakt.account()["watchlist"]) == 1


@pytest.mark.parametrize(
    ("yaml", "code", "words"),
    [
        pytest.param("trakt:\n  timeuot: 3\n", 2, ["unknown key trakt.timeuot", "trakt.timeout"], id="unknown-key"),
        pytest.param("trakt:\n  timeout: soon\n", 2, ["trakt.timeout", "number", "'soon'"], id="wrong-type"),
        pytest.param("trakt:\n  include_statuses: [GOOD]\n", 2, ["include_statuses", "HEALTHY"], id="wrong-status"),
        pytest.param("trakt: 3\n", 2, ["trakt", "expected keys"], id="section-without-keys"),
        pytest.param("- a\n- b\n", 2, ["config.yaml", "sections"], id="a-list"),
        pytest.param("trakt:\n\tclient_id: x\n", 2, ["config.yaml", "line 2"], id="not-yaml"),
    ],
)
def test_wrong_settings_are_one_line(program: Program, yaml: str, code: int, words: list[str]) -> None:
    program.write("config.yaml", yaml)
    check_says(program.run("sync", program.write("scan.json", FILM)), code, *words)


def test_a_section_of_another_program_is_one_warning(program: Program) -> None:
    program.write("config.yaml", "ffmpeg:\n  path: /usr/bin/ffmpeg\n")
    ended = program.run("sync", program.write("scan.json", FILM))
    assert ended.code == 0
    assert ended.err == "warning: config.yaml: section 'ffmpeg' is not ours and is left alone\n"


def test_empty_secret_files_are_named_in_the_guides_words(program: Program) -> None:
    secrets = program.folder / "docker" / "secrets"
    secrets.mkdir(parents=True)
    for name in ("trakt_client_id.txt", "trakt_client_secret.txt"):
        (secrets / name).write_text("\n")
    unset = {"CVI_TRAKT_CLIENT_ID": None, "CVI_TRAKT_CLIENT_SECRET": None}
    ended = program.run("sync", program.write("scan.json", FILM), env=unset)
    assert ended.code == 2
    assert ended.err == (
        "cvi-trakt: Trakt credentials not configured. Empty files: trakt_client_id.txt, trakt_client_secret.txt. "
        "Run 'make secrets-init' then populate trakt_client_id.txt and trakt_client_secret.txt.\n"
    )


def test_half_a_credential_is_said(program: Program) -> None:
    scan = program.write("scan.json", FILM)
    check_says(program.run("sync", scan, env={"CVI_TRAKT_CLIENT_ID": None}), 2, "Client ID not found")
    check_says(program.run("config", "check", env={"CVI_TRAKT_CLIENT_SECRET": None}), 2, "Client secret not found")


def test_without_a_token_the_guides_words_name_the_way(program: Program) -> None:
    ended = program.run("sync", program.write("scan.json", FILM), env={"CVI_TRAKT_TOKEN": None})
    assert ended.code == 4
    assert ended.err == (
        "cvi-trakt: Trakt access token is required. Provide it using the --token option. "
        "See docs/trakt.md for instructions on obtaining a token.\nOr sign in once: cvi-trakt auth\n"
    )


@pytest.mark.parametrize(
    ("environment", "code", "words"),
    [
        pytest.param({"CVI_TRAKT_CLIENT_ID": "wrong"}, 4, ["Invalid client credentials", "settings/apps"], id="client"),
        pytest.param({"CVI_TRAKT_TOKEN": "wrong"}, 4, ["Authentication failed", "cvi-trakt auth"], id="token"),
        pytest.param({"CVI_TRAKT_API_URL": "http://example.org"}, 2, ["https"], id="plain-http"),
        pytest.param({"CVI_CONFIG": "nowhere.yaml"}, 2, ["nowhere.yaml"], id="no-such-settings-file"),
        pytest.param({"CVI_TRAKT_TIMEOUT": "9" * 400}, 2, ["CVI_TRAKT_TIMEOUT", "number"], id="endless"),
        pytest.param({"CVI_STATE_DIR": "~nobody-at-all/x"}, 2, ["CVI_STATE_DIR"], id="no-such-home"),
        pytest.param({"CVI_TRAKT_TIMEOUT": "soon"}, 2, ["CVI_TRAKT_TIMEOUT", "number"], id="variable-of-wrong-type"),
        pytest.param(
            {"CVI_TRAKT_CLIENT_ID": "", "CVI_TRAKT_CLIENT_ID_FILE": "no.txt"}, 2, ["no.txt"], id="no-such-file"
        ),
    ],
)
def test_refused_or_wrong_settings(
    program: Program, environment: dict[str, str | None], code: int, words: list[str]
) -> None:
    check_says(program.run("sync", program.write("scan.json", FILM), env=environment), code, *words)


@pytest.mark.parametrize(("account", "words"), [("locked", "locked"), ("vip_only", "VIP members only")])
def test_an_account_that_is_refused(program: Program, trakt: TraktProcess, account: str, words: str) -> None:
    trakt.behave(account=account)
    check_says(program.run("sync", program.write("scan.json", FILM)), 4, words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sync", "scan.json", "--forever"], ["--forever", "sync --help"]),
        (["sink"], ["sink", "sync"]),
        (["sync", "scan.json", "--limit", "0"], ["--limit"]),
        (["sync", "scan.json", "-w", "a", "--to", "watchlist"], ["--to", "--watchlist"]),
        (["sync", "scan.json", "--to", "shelf"], ["shelf", "list:NAME"]),
        (["sync", "scan.json", "--token", ""], ["--token"]),
        (["sync", "scan.json", "--token", "two words"], ["--token", "one line"]),
        (["sync", "scan.json", "-w", ""], ["--watchlist", "empty"]),
        (["view", "-w", " "], ["--watchlist", "empty"]),
        (["sync", "scan.json", "-w", "a\udcff"], ["--watchlist", "characters"]),
        (["sync", "scan.json", "--to", "list:"], ["list:", "list:NAME"]),
        (["sync", "scan.json", "-n", "-o", "scan.json"], ["write over an input"]),
        (["sync", "scan.json", "-n", "-o", "home/../scan.json"], ["write over an input"]),
        (["sync", "scan.json", "-o", "a.out", "--plan-out", "a.out"], ["same file"]),
        (["sync", "scan.json", "--output", "x" * 300], ["cannot be written"]),
        (["sync", "scan.json", "--output", "loop"], ["loop", "cannot be written"]),
        (["sync", "scan.json", "--output", "home"], ["home", "folder"]),
        (["sync", "scan.json", "--output", "no/such/folder.json"], ["folder.json", "cannot be written"]),
        (["sync", "scan.json", "-w", "no-such-list"], ["Watchlist not found: no-such-list"]),
    ],
)
def test_wrong_options_are_one_line_and_exit_2(program: Program, arguments: list[str], words: list[str]) -> None:
    program.write("scan.json", FILM)
    (program.folder / "loop").symlink_to("loop")
    check_says(program.run(*arguments), 2, *words)


def test_nothing_is_asked_when_the_output_cannot_be_written(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.write("scan.json", FILM), "--output", "no/such/folder.json")
    assert trakt.requests() == []


QUICK = {"CVI_TRAKT_MAX_TRIES": "2", "CVI_TRAKT_MAX_WAIT": "2"}


def test_a_server_that_is_down_is_exit_5(program: Program) -> None:
    ended = program.run("sync", program.write("scan.json", FILM), env={"CVI_TRAKT_API_URL": NOTHING_THERE, **QUICK})
    check_says(ended, 5, "Trakt did not answer")


def test_a_rate_limit_beyond_the_budget_is_exit_5(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "60"}, times=None)
    check_says(program.run("sync", program.write("scan.json", FILM), env=QUICK), 5, "Rate limit exceeded", "60 s")


def test_what_was_matched_before_the_server_went_down_is_remembered(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv")
    trakt.fault("status", path="/search", status=503, after=1, times=None)
    check_says(program.run("sync", scan, env=QUICK), 5, "503")
    trakt.reset()
    assert program.run("sync", scan).code == 0
    assert len(trakt.requests("/search")) == 1


def test_a_search_that_trakt_refuses_fails_its_work_only(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search/movie", status=422, body={"error": "bad"}, times=1)
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv"), "-v")
    assert ended.code == 1
    assert "    ❌ Failed: Trakt found the request invalid (422 on /search/movie/exact)" in ended.out
    assert "Movies added: 1" in ended.out


def test_another_run_at_work_is_exit_3_and_says_which(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("delay", path="/sync/watchlist", method="POST", seconds=4)
    scan = program.write("scan.json", FILM)
    first = program.start("sync", scan)
    wait_for(lambda: trakt.requests("/search"))
    second = program.run("sync", scan)
    first.communicate(timeout=30)
    check_says(second, 3, "another run is at work", f"process {first.pid}", "since 20")
    assert first.returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_searching_keeps_what_was_found(
    program: Program, trakt: TraktProcess, number: signal.Signals, code: int
) -> None:
    scan = program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv")
    trakt.fault("silence", path="/search", after=1, seconds=20)
    process = program.start("sync", scan)
    wait_for(lambda: len(trakt.requests("/search")) == 2)
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    check_says(Ended(process.returncode, out.decode(), err.decode()), code, "stopped", "nothing was written")
    trakt.reset()
    program.run("sync", scan)
    assert ["query=Inception" in one["query"] for one in trakt.requests("/search")] == [True]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_the_pipe_is_silent(
    program: Program, trakt: TraktProcess, number: signal.Signals, code: int
) -> None:
    process = program.start("sync", "-")
    assert process.stdin is not None
    process.stdin.write(b'{"path": "/v/Dune.2021.mkv", "status": "HEALTHY"}\n')
    process.stdin.flush()
    wait_for(lambda: trakt.requests("/search"))
    process.send_signal(number)
    assert process.wait(timeout=10) == code
    assert process.stderr is not None
    assert b"Fatal" not in (said := process.stderr.read())
    assert b"stopped: nothing was written" in said


def test_a_stop_while_writing_says_what_was_done(program: Program, trakt: TraktProcess) -> None:
    episodes = [f"/v/Game.of.Thrones.S{s:02d}E{e:02d}.mkv" for s in range(1, 7) for e in range(1, 11)]
    episodes += [f"/v/Breaking.Bad.S{s:02d}E{e:02d}.mkv" for s in range(2, 6) for e in range(1, 13)]
    trakt.fault("silence", path="/sync/watchlist", method="POST", after=1, seconds=20)
    process = program.start("sync", program.scan(*episodes), "--level", "episode", "-v")
    wait_for(lambda: len(trakt.requests("/sync/watchlist", "POST")) == 2)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=10)
    assert process.returncode == 130
    text = out.decode()
    assert "Game of Thrones (2011) [show]\n    ✅ Added to watchlist" in text
    stopped = "stopped while it was being sent; the next run settles it: S05E05, S05E06, S05E07, S05E08, S05E09"
    assert f"Breaking Bad (2008) [show]\n    ❌ Failed: {stopped} and 3 more (8 of 48)" in text
    trakt.reset()
    assert "Failed/Not found: 0" in program.run("sync", "scan.json", "--level", "episode").out


def test_a_reader_that_goes_away_stops_the_printing_not_the_work(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan(*[f"/v/Unknown.Movie.{number:03d}.Of.Many.mkv" for number in range(40)], "/v/Dune.2021.mkv")
    process = program.start("sync", scan, "-v")
    assert process.stdout is not None
    assert process.stdout.readline() == b"Starting Trakt watchlist sync...\n"
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert len(trakt.account()["watchlist"]) == 1


def test_the_shells_head_gets_its_line_and_no_complaint(program: Program) -> None:
    scan = program.write("scan.json", FILM)
    ended = subprocess.run(
        f"{sys.executable} -m cvi_trakt sync {scan} -v | head -1",
        shell=True, cwd=program.folder, env=program.environment, capture_output=True, timeout=30,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == (b"Starting Trakt watchlist sync...\n", b"")


def wait_for(condition: Any, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("arguments", [["config", "check"], ["sync", "scan.json"]], ids=lambda words: words[0])
def test_a_user_without_a_home_needs_only_a_state_folder(program: Program, arguments: list[str]) -> None:
    program.write("scan.json", FILM)
    script = (
        "import pwd, sys\n"
        "def nobody(uid): raise KeyError(uid)\n"
        "pwd.getpwuid = nobody  # as in a container with a uid of its own\n"
        "from cvi_trakt.cli import main; sys.exit(main(sys.argv[1:]))\n"
    )
    environment = {name: value for name, value in program.environment.items() if name != "HOME"}
    command = [sys.executable, "-c", script, *arguments]
    ended = subprocess.run(command, cwd=program.folder, env=environment, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["sync", "missing.json", "--debug"], ["--debug", "sync", "missing.json"]])
def test_debug_shows_where_an_error_came_from_and_keeps_the_exit_code(program: Program, arguments: list[str]) -> None:
    ended = program.run(*arguments)
    assert ended.code == 2
    assert ended.err.startswith("Traceback")
    assert ended.err.splitlines()[-1].startswith("cvi-trakt: missing.json: no such file")


@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        pytest.param("<&-", "sync scan.json", 0, id="standard-input"),
        pytest.param("<&-", "sync -", 2, id="standard-input-that-is-wanted"),
        pytest.param(">&-", "sync scan.json -v", 0, id="standard-output"),
        pytest.param("2>&-", "sync scan.json -v", 0, id="standard-error"),
        pytest.param(">/dev/full", "sync scan.json -v -o report.json", 0, id="a-full-disk"),
        pytest.param(">&-", "--version", 0, id="version"),
        pytest.param(">/dev/full", "config show --format json", 1, id="a-document-on-a-full-disk"),
    ],
)
def test_a_stream_that_is_closed_or_full_stops_the_printing_not_the_work(
    program: Program, trakt: TraktProcess, closed: str, arguments: str, code: int
) -> None:
    program.write("scan.json", FILM)
    command = f"{sys.executable} -m cvi_trakt {arguments} {closed}"
    ended = subprocess.run(
        ["sh", "-c", command], cwd=program.folder, env=program.environment, capture_output=True, timeout=60, check=False
    )  # fmt: skip
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert b"internal error" not in ended.stderr
    assert len(trakt.account()["watchlist"]) == (arguments.startswith("sync scan") and code == 0)
    assert (program.folder / "report.json").exists() is ("report.json" in arguments)


def test_a_stop_between_two_batches_ends_the_writing_and_is_reported(program: Program, trakt: TraktProcess) -> None:
    """The signal arrives while the first block is being printed into a full pipe."""
    shows = {"Game.of.Thrones": range(1, 7), "Breaking.Bad": range(2, 6)}
    paths = [
        f"/v/{show}.S{s:02d}E{e:02d}.mkv" for show, seasons in shows.items() for s in seasons for e in range(1, 11)
    ]
    trakt.fault("delay", method="POST", path="/sync/watchlist", seconds=1, times=None)
    process = program.start("sync", program.scan(*paths), "--level", "episode", "-v", "-o", "report.json")
    assert process.stdout is not None
    for line in process.stdout:
        if b"Searching" in line:
            break
    wait_for(lambda: trakt.requests("/sync/watchlist", "POST"))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    check_says(Ended(process.returncode, out.decode(), err.decode()), 130, "stopped", "see the report")
    assert "TRAKT SYNC SUMMARY" in out.decode()
    assert json.loads((program.folder / "report.json").read_text())["failed"] == 2


def test_a_forgotten_pipe_does_not_keep_others_from_writing(program: Program) -> None:
    waiting = program.start("sync", "-")
    try:
        time.sleep(1.5)
        assert program.run("sync", program.write("scan.json", FILM)).code == 0
    finally:
        waiting.kill()
        waiting.communicate()


def test_a_variable_that_is_no_setting_is_one_warning(program: Program) -> None:
    ended = program.run("config", "check", env={"CVI_TRAKT_CLIENTID": "x"})
    assert (
        ended.err == "warning: environment: CVI_TRAKT_CLIENTID is not a setting (did you mean CVI_TRAKT_CLIENT_ID?)\n"
    )


def test_settings_that_multiply_when_merged_do_no_harm(program: Program) -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{number}: 1" for number in range(9)) + "}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9)]
    program.write("config.yaml", "\n".join(lines))
    ended = program.run("config", "check")  # older than 6.0.4, PyYAML fills all memory here
    if ended.code == 0:
        assert "section 'a8' is not ours" in ended.err
    else:
        check_says(ended, 2, "too many merged keys")
