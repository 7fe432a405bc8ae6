"""No secret that a run uses stands in anything that it prints or writes."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from driving import Program, TraktProcess

from cvi_trakt.sandbox import CLIENT_SECRET

ID = "client-id-that-nobody-may-see"
SECRET = "client-secret-that-nobody-may-see"
GIVEN = "token-that-nobody-may-see"

RUNS = (
    ["sync", "scan.json", "--debug", "-v", "--output", "report.json"],
    ["sync", "scan.json", "--debug", "--dry-run", "--format", "json", "--plan-out", "plan.yaml"],
    ["sync", "scan.json", "--debug", "--token", GIVEN],
    ["view", "--debug"],
    ["list-watchlists", "--debug", "--token", GIVEN],
    ["config", "show", "--debug"],
    ["config", "show", "--format", "json"],
    ["config", "check"],
)


def everything(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "config.yaml"]
    return "".join(path.read_bytes().decode("latin-1") for path in files)


@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
@pytest.mark.parametrize("fault", [None, "status", "html", "invalid_json"])
def test_no_output_file_log_or_traceback_holds_a_secret(
    program: Program, trakt: TraktProcess, arguments: list[str], fault: str | None
) -> None:
    program.scan("/v/Dune.2021.mkv")
    program.write("config.yaml", f"trakt:\n  client_id: {ID}\n  client_secret: {SECRET}\n")
    if fault is not None:
        trakt.fault(fault, status=500, times=None)
    quick = {"CVI_TRAKT_MAX_TRIES": "1", "CVI_TRAKT_CLIENT_ID": None, "CVI_TRAKT_CLIENT_SECRET": None}
    ended = program.run(*arguments, env={**quick, "CVI_TRAKT_TOKEN": GIVEN})
    assert ended.out + ended.err
    for hidden in (ID, SECRET, GIVEN):
        assert hidden not in ended.out + ended.err + everything(program.folder)


def test_a_wrong_setting_does_not_show_the_secret_it_holds(program: Program) -> None:
    program.write("config.yaml", f"trakt:\n  client_secret: [{SECRET}]\n")
    ended = program.run("config", "check", env={"CVI_TRAKT_CLIENT_SECRET": None})
    assert ended.code == 2
    assert "trakt.client_secret" in ended.err
    assert SECRET not in ended.err


@pytest.mark.parametrize("variable", ["CVI_TRAKT_TOKEN", "CVI_TRAKT_CLIENT_ID", "CVI_TRAKT_API_URL"])
@pytest.mark.parametrize("value", [f"{GIVEN}\nsecond", f"https://me:{GIVEN}@trakt.tv", f"{GIVEN}\u00e9"])
def test_a_credential_that_cannot_be_one_is_refused_unseen(program: Program, variable: str, value: str) -> None:
    ended = program.run("view", "--debug", env={variable: value})
    assert ended.code in (2, 4)
    assert GIVEN not in ended.out + ended.err


def test_a_secret_file_from_a_windows_editor_is_read(program: Program) -> None:
    (program.folder / "token.txt").write_bytes("\ufeffsandbox-access-token\r\n".encode())
    assert program.run("view", env={"CVI_TRAKT_TOKEN": None, "CVI_TRAKT_TOKEN_FILE": "token.txt"}).code == 0


def test_a_stored_sign_in_is_used_and_not_shown(program: Program, trakt: TraktProcess) -> None:
    file = program.folder / "sign-in.json"
    stored = {"CLIENT_ID": "sandbox-client-id", "OAUTH_TOKEN": "sandbox-access-token", "OAUTH_REFRESH": SECRET}
    file.write_text(json.dumps(stored))
    ended = program.run(
        "view", "--debug", env={"CVI_TRAKT_TOKEN": None, "CVI_TRAKT_TOKEN_FILE": None, "CVI_TRAKT_TOKEN_FILE_": None}
        | {"CVI_CONFIG": program.write("mine.yaml", "trakt:\n  token_file: sign-in.json\n")},
    )  # fmt: skip
    assert ended.code == 0
    assert SECRET not in ended.out + ended.err


def test_the_state_is_readable_by_its_owner_only(program: Program) -> None:
    program.run("sync", program.scan("/v/Dune.2021.mkv"))
    state = program.folder / "state"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [state, *state.rglob("*")] if path.exists()}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
    assert "decisions.sqlite" in modes


def test_nothing_is_written_into_the_home_folder(program: Program) -> None:
    program.run("sync", program.scan("/v/Dune.2021.mkv"))
    program.run("view")
    assert list(program.home.iterdir()) == []


@pytest.mark.parametrize("arguments", [("status",), ("refresh",), ("logout",), ("--test-only",), ()], ids=" ".join)
@pytest.mark.parametrize("fault", [None, "status", "html", "invalid_json"])
def test_no_sign_in_of_before_or_after_is_shown(
    program: Program, trakt: TraktProcess, arguments: tuple[str, ...], fault: str | None
) -> None:
    grant = trakt.token()
    file = program.sign_in(grant, CLIENT_SECRET=CLIENT_SECRET, OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    if fault is not None:
        trakt.fault(fault, status=500, path="/oauth", times=None)
    ended = program.run("auth", *arguments, "--debug", env={"CVI_TRAKT_MAX_TRIES": "1"})
    assert ended.out + ended.err
    after = json.loads(file.read_text()) if file.exists() else {}
    for hidden in (CLIENT_SECRET, grant["access"], grant["refresh"], *after.values()):
        assert not isinstance(hidden, str) or hidden not in ended.out + ended.err
    if file.exists():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
