"""Renewing the sign-in: at half of its life or on a 401, once, under a lock, on disk before it is used."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from driving import Program, TraktProcess
from filelock import FileLock

QUICK = {"CVI_TRAKT_MAX_TRIES": "1", "CVI_TRAKT_TIMEOUT": "2"}
DAY = 86_400


@pytest.fixture
def grant(trakt: TraktProcess) -> dict[str, Any]:
    return trakt.token()


def past_half(grant: dict[str, Any]) -> dict[str, Any]:
    """Date a sign-in so that half of its life is over and the rest is to come."""
    return {"OAUTH_CREATED_AT": grant["created_at"] - 10 * DAY, "OAUTH_EXPIRES_AT": grant["created_at"] + 2 * DAY}


def kept(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def test_a_young_sign_in_is_used_as_it_is(program: Program, trakt: TraktProcess, grant: dict[str, Any]) -> None:
    file = program.sign_in(grant)
    assert program.run("view").code == 0
    assert (trakt.requests("/oauth"), kept(file)["OAUTH_TOKEN"]) == ([], grant["access"])


def test_half_of_its_life_over_it_is_renewed_once_and_kept_privately(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, **past_half(grant))
    file.chmod(0o644)
    for _ in range(2):
        assert program.run("view").code == 0
    assert [one["path"] for one in trakt.requests("/oauth")] == ["/oauth/token"]
    assert kept(file)["OAUTH_TOKEN"] != grant["access"]
    assert kept(file)["OAUTH_REFRESH"] != grant["refresh"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(one.suffix for one in file.parent.iterdir()) == [".json", ".lock"]


def test_a_token_that_has_ended_by_this_clock_alone_still_serves(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    program.sign_in(grant, OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    trakt.fault("status", path="/oauth/token", status=503, times=None)
    ended = program.run("view", env=QUICK)
    assert (ended.code, ended.err) == (0, "")


def test_a_clock_that_is_ahead_renews_once_a_run(program: Program, trakt: TraktProcess, grant: dict[str, Any]) -> None:
    program.sign_in(grant, OAUTH_CREATED_AT=grant["created_at"] - 9 * DAY, OAUTH_EXPIRES_AT=grant["created_at"] - DAY)
    trakt.behave(clock_skew=-8 * DAY)
    assert program.run("sync", program.scan("/v/Dune.2021.mkv")).code == 0
    assert len(trakt.requests("/oauth/token")) == 1


def test_a_signal_while_trakt_renews_ends_the_run_with_the_new_sign_in_kept(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, **past_half(grant))
    trakt.fault("delay", path="/oauth/token", seconds=2)
    process = program.start("view")
    while not trakt.requests("/oauth/token"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert (process.returncode, kept(file)["OAUTH_REFRESH"] != grant["refresh"]) == (130, True)
    assert program.run("view").code == 0


def test_what_a_killed_process_left_beside_the_file_is_taken_up(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant)
    fresh = trakt.token()
    program.sign_in(fresh, OAUTH_CREATED_AT=fresh["created_at"] + 10)
    left, older, theirs = (file.with_name(f".{file.name}.{number}123abcd.tmp") for number in range(3))
    file.rename(left)
    older.write_bytes(bytes(100))
    theirs.write_text(json.dumps({"CLIENT_ID": "another", "OAUTH_TOKEN": "theirs"}))
    program.sign_in(grant, OAUTH_REFRESH="spent-long-ago", OAUTH_CREATED_AT=None)
    for path, seconds in ((older, 100), (file, 200), (left, 300), (theirs, 300)):
        os.utime(path, (seconds, seconds))
    trakt.expire_tokens()
    trakt.fault("status", path="/sync/watchlist", status=401)
    assert program.run("view").code == 0
    assert kept(file)["OAUTH_REFRESH"] != "spent-long-ago"
    assert sorted(one.suffix for one in file.parent.iterdir()) == [".json", ".lock", ".tmp"]
    assert theirs.exists()


def test_another_person_who_signs_in_during_a_run_is_not_written_to(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    trakt.people("bob")
    file = program.sign_in(grant)
    process = program.start("sync", "-", stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"/v/Dune.2021.mkv\n")
    process.stdin.flush()
    while not trakt.requests("/users/settings"):
        assert process.poll() is None
    bob = trakt.token("bob")
    program.sign_in(bob)
    trakt.fault("status", path="/sync/watchlist", status=401)
    out, err = process.communicate(timeout=60)
    program.said.append((out + err).decode())
    assert process.returncode == 4
    assert "somebody else has signed in meanwhile" in err.decode()
    assert (trakt.account("sandy")["watchlist"], trakt.account("bob")["watchlist"]) == ([], [])
    assert kept(file)["OAUTH_TOKEN"] == bob["access"]


def test_a_refused_token_is_renewed_and_the_request_repeated_once(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    program.sign_in(grant)
    trakt.expire_tokens()
    assert program.run("view").code == 0
    assert [one["path"] for one in trakt.requests()] == ["/sync/watchlist/all/rank/asc", "/oauth/token"] + [
        "/sync/watchlist/all/rank/asc"
    ] * (len(trakt.requests()) - 2)
    assert len(trakt.requests("/sync/watchlist")) == 2


def test_a_write_that_was_refused_is_repeated_with_the_next_token(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    program.sign_in(grant)
    trakt.fault("status", method="POST", path="/sync/watchlist", status=401)
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"))
    assert (ended.code, len(trakt.account()["watchlist"]), len(trakt.requests("/oauth/token"))) == (0, 1, 1)


def test_a_401_that_stays_is_renewed_once_and_then_exit_4(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    program.sign_in(grant)
    trakt.fault("status", path="/sync/watchlist", status=401, times=None)
    ended = program.run("view")
    assert (ended.code, len(trakt.requests("/oauth/token"))) == (4, 1)
    assert "Authentication failed: Trakt does not accept the access token" in ended.err


def test_a_spent_refresh_token_asks_to_sign_in_again_and_leaves_the_file(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, OAUTH_REFRESH="spent-long-ago", OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    trakt.expire_tokens()
    before = file.read_text()
    ended = program.run("view")
    assert (ended.code, file.read_text()) == (4, before)
    assert ended.err == (
        f"cvi-trakt: Authentication failed: the sign-in in {file} cannot be renewed: "
        "Trakt says that it is spent, revoked or expired. The file was left as it is. "
        "Sign in again: cvi-trakt auth\n"
    )


def test_a_renewal_that_fails_while_the_token_is_good_is_one_warning(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, OAUTH_REFRESH="spent-long-ago", **past_half(grant))
    before = file.read_text()
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"))
    assert (ended.code, file.read_text(), len(trakt.requests("/oauth/token"))) == (0, before, 1)
    assert ended.err.count("warning: the sign-in could not be renewed, and is good until ") == 1


@pytest.mark.parametrize("kind", ["status", "reset", "silence", "html"])
def test_a_sign_in_host_that_does_not_answer_costs_nothing_while_the_token_is_good(
    program: Program, trakt: TraktProcess, grant: dict[str, Any], kind: str
) -> None:
    file = program.sign_in(grant, **past_half(grant))
    before = file.read_text()
    trakt.fault(kind, path="/oauth/token", times=None)
    ended = program.run("view", env=QUICK)
    assert (ended.code, file.read_text()) == (0, before)
    trakt.reset()
    program.sign_in(trakt.token(), **past_half(grant))
    assert program.run("view").err == ""


def test_an_answer_that_is_lost_has_spent_the_sign_in_and_says_what_to_do(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, **past_half(grant))
    before = file.read_text()
    trakt.fault("lost_answer", path="/oauth/token")
    ended = program.run("view", env=QUICK)
    assert (ended.code, file.read_text()) == (4, before)
    assert ended.err.splitlines()[-1].endswith("The file was left as it is. Sign in again: cvi-trakt auth")
    assert program.run("auth").code == 0
    assert program.run("view").code == 0


def test_a_sign_in_host_that_does_not_answer_is_exit_5_when_the_token_has_ended(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    trakt.expire_tokens()
    before = file.read_text()
    trakt.fault("status", path="/oauth/token", status=503, times=None)
    ended = program.run("view", env=QUICK)
    assert (ended.code, file.read_text()) == (5, before)
    assert "Trakt or its edge has a fault (503 on /oauth/token)" in ended.err


def test_without_the_client_secret_a_good_token_still_serves(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    program.sign_in(grant, **past_half(grant))
    no_secret = {"CVI_TRAKT_CLIENT_SECRET": None}
    ended = program.run("view", env=no_secret)
    assert ended.code == 0
    assert "Client secret not found" in ended.err
    trakt.expire_tokens()
    assert program.run("view", env=no_secret).code == 2


@pytest.mark.parametrize(
    ("content", "env", "words"),
    [
        pytest.param({"OAUTH_REFRESH": "spent-long-ago"}, {}, "cannot be renewed", id="spent"),
        pytest.param({}, {"CVI_TRAKT_CLIENT_SECRET": None}, "Client secret not found", id="no-client-secret"),
        pytest.param(None, {}, "not a sign-in (broken JSON)", id="broken"),
    ],
)
def test_a_dry_run_goes_on_without_a_sign_in_that_is_no_good(
    program: Program,
    trakt: TraktProcess,
    grant: dict[str, Any],
    content: dict[str, Any] | None,
    env: dict[str, str | None],
    words: str,
) -> None:
    file = program.sign_in(grant, **(content or {}), OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    trakt.expire_tokens()
    if content is None:
        file.write_text("{")
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "--dry-run", env=env)
    file.unlink()
    assert ended.code == 0
    assert words in ended.err
    assert "what is on Trakt already is not known" in ended.err
    assert "Movies added: 1" in ended.out


def test_processes_at_once_renew_once(program: Program, trakt: TraktProcess, grant: dict[str, Any]) -> None:
    file = program.sign_in(grant)
    trakt.expire_tokens()
    running = [program.start("view") for _ in range(4)]
    for process in running:
        out, err = process.communicate(timeout=60)
        program.said.append((out + err).decode())
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert len(trakt.requests("/oauth/token")) == 1
    assert kept(file)["OAUTH_TOKEN"] != grant["access"]


def test_a_token_that_was_given_is_never_renewed(program: Program, trakt: TraktProcess, grant: dict[str, Any]) -> None:
    program.sign_in(grant, **past_half(grant))
    assert program.run("view", "--token", "not-good").code == 4
    assert trakt.requests("/oauth") == []


def test_a_full_disk_is_found_before_the_refresh_token_is_spent(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, OAUTH_EXPIRES_AT=grant["created_at"] - 1)
    trakt.expire_tokens()
    before = file.read_text()

    def no_room() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    process = program.start("view", preexec_fn=no_room)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, file.read_text(), trakt.requests("/oauth")) == (4, before, [])
    assert "the sign-in cannot be kept there: File too large" in err.decode()


def test_refresh_renews_now(program: Program, trakt: TraktProcess, grant: dict[str, Any]) -> None:
    file = program.sign_in(grant)
    ended = program.run("auth", "refresh")
    assert ended.code == 0
    assert ended.out.startswith("✅ Renewed; good until ")
    assert kept(file)["OAUTH_REFRESH"] != grant["refresh"]


def test_refresh_without_anything_to_renew_is_exit_4(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    assert "there is nothing to renew" in program.run("auth", "refresh").err
    program.sign_in(grant, OAUTH_REFRESH=None)
    ended = program.run("auth", "refresh")
    assert (ended.code, trakt.requests("/oauth")) == (4, [])
    assert "has no refresh token" in ended.err


def test_a_sign_in_that_another_process_is_renewing_is_used_as_it_is(
    program: Program, trakt: TraktProcess, grant: dict[str, Any]
) -> None:
    file = program.sign_in(grant, **past_half(grant))
    with FileLock(f"{file}.lock"):
        ended = program.run("view")
    assert (ended.code, ended.err, trakt.requests("/oauth")) == (0, "", [])
