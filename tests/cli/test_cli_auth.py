"""Signing in, both ways and without a terminal: what is read, the exit code, what is on disk."""

from __future__ import annotations

import json
import re
import stat
import subprocess
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from driving import Ended, Program, TraktProcess
from filelock import FileLock
from terminal import ENTER, Terminal

from cvi_trakt.sandbox import CLIENT_ID

NO_TOKEN = {"CVI_TRAKT_TOKEN": None}
QUICK = {"CVI_TRAKT_MAX_TRIES": "1", "CVI_TRAKT_TIMEOUT": "2"}
BY_CODE = ("auth", "--username", "sandy")


@pytest.fixture(autouse=True)
def _no_token(program: Program) -> None:
    del program.environment["CVI_TRAKT_TOKEN"]


def read_to(process: subprocess.Popen[bytes], pattern: str) -> str:
    """Read standard error up to the line that has the pattern; gives what stands in its group."""
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(pattern, line.decode())
        if found:
            return found[1]
    raise AssertionError(f"no line with {pattern}")


def end(program: Program, process: subprocess.Popen[bytes], typed: bytes = b"") -> Ended:
    out, err = process.communicate(typed, timeout=30)
    program.said.append((out + err).decode())
    return Ended(process.returncode, out.decode(), err.decode())


def page(trakt: TraktProcess, address: str) -> str:
    shown = requests.get(address, timeout=10)
    found = re.search(r'<code id="code">(.*?)</code>', shown.text)
    assert found, shown.text
    return found[1]


def stored(program: Program) -> dict[str, Any]:
    assert program.token_files() == [program.token_file()]
    kept: dict[str, Any] = json.loads(program.token_file().read_text())
    return kept


def modes(program: Program) -> list[int]:
    tokens = program.token_file().parent
    return [stat.S_IMODE(path.stat().st_mode) for path in (tokens, *sorted(tokens.iterdir()))]


# The device flow


def test_a_code_is_entered_on_trakts_page_while_the_command_waits(program: Program, trakt: TraktProcess) -> None:
    trakt.behave(device_auto="pending")
    process = program.start("auth")
    code = read_to(process, r"^Open http://\S+/activate on any device and enter the code: (\w{8})$")
    requests.post(f"{trakt.url}/activate", data={"user_code": code, "answer": "approve"}, timeout=10)
    ended = end(program, process)
    assert ended.code == 0
    assert re.fullmatch(r"✅ Signed in as sandy; good until [-0-9: ]+ UTC, and renewed before that\.\n", ended.out)
    assert f"Kept in {program.token_file()}" in ended.err
    assert modes(program) == [0o700, 0o600, 0o600]
    assert stored(program)["CLIENT_ID"] == CLIENT_ID
    assert program.run("view").code == 0


def test_a_sign_in_is_kept_also_while_another_process_holds_the_file(program: Program, trakt: TraktProcess) -> None:
    trakt.behave(device_auto="pending")
    process = program.start("auth")
    code = read_to(process, r"enter the code: (\w{8})$")
    with FileLock(f"{program.token_file()}.lock"):
        requests.post(f"{trakt.url}/activate", data={"user_code": code, "answer": "approve"}, timeout=10)
        assert end(program, process).code == 0
    assert program.run("view").code == 0


def test_with_quiet_the_address_and_the_code_are_still_said(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("auth", "--quiet")
    assert ended.code == 0
    assert re.search(r"^Open http://\S+/activate on any device and enter the code: \w{8}$", ended.err, re.MULTILINE)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param("deny", "Authentication failed: you refused the sign-in on Trakt's page.", id="refused"),
        pytest.param("expire", "Authentication failed: the code has expired before anybody entered it.", id="expired"),
    ],
)
def test_a_sign_in_that_ends_otherwise_has_its_words_and_leaves_nothing(
    program: Program, trakt: TraktProcess, answer: str, words: str
) -> None:
    trakt.behave(device_auto=answer)
    ended = program.run("auth")
    assert (ended.code, program.token_files()) == (4, [])
    assert ended.err.splitlines()[-1] == f"cvi-trakt: {words} Start again: cvi-trakt auth"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param(409, "the code was used already, and the answer to it is lost", id="spent"),
        pytest.param(404, "Trakt does not know this device code", id="unknown"),
    ],
)
def test_a_code_that_is_spent_or_unknown_has_its_words(
    program: Program, trakt: TraktProcess, status: int, words: str
) -> None:
    trakt.fault("status", method="POST", path="/oauth/device/token", status=status)
    ended = program.run("auth")
    assert (ended.code, program.token_files()) == (4, [])
    assert f"Authentication failed: {words}. Start again: cvi-trakt auth" in ended.err


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("status", {"status": 503}, id="a-fault-of-trakt"),
        pytest.param("reset", {}, id="a-lost-connection"),
        pytest.param("status", {"status": 429, "headers": {"Retry-After": "2"}}, id="polling-too-fast"),
    ],
)
def test_polling_goes_on_through_what_passes(
    program: Program, trakt: TraktProcess, kind: str, more: dict[str, Any]
) -> None:
    trakt.fault(kind, method="POST", path="/oauth/device/token", **more)
    assert program.run("auth").code == 0
    assert len(trakt.requests("/oauth/device/token")) == 2


def test_the_lost_answer_to_an_accepted_code_is_said_and_nothing_is_stored(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.fault("lost_answer", method="POST", path="/oauth/device/token")
    ended = program.run("auth")
    assert (ended.code, program.token_files()) == (4, [])
    assert "the code was used already, and the answer to it is lost" in ended.err


def test_stopping_while_it_waits_stores_nothing(program: Program, trakt: TraktProcess) -> None:
    trakt.behave(device_auto="pending")
    process = program.start("auth")
    read_to(process, r"(Waiting for \w+ to be entered there)")
    process.terminate()
    ended = end(program, process)
    assert (ended.code, program.token_files()) == (143, [])
    assert "nobody was signed in, nothing was stored" in ended.err


def test_wrong_credentials_are_said_before_the_person_is_sent_anywhere(program: Program, trakt: TraktProcess) -> None:
    for wrong in ({"CVI_TRAKT_CLIENT_ID": "mistyped"}, {"CVI_TRAKT_CLIENT_SECRET": "mistyped"}):
        ended = program.run("auth", env=wrong)
        assert (ended.code, program.token_files()) == (4, [])
        assert "Invalid client credentials" in ended.err
        assert "https://app.trakt.tv/settings/apps/api" in ended.err


@pytest.mark.parametrize("name", ["CVI_TRAKT_CLIENT_ID", "CVI_TRAKT_CLIENT_SECRET"])
def test_missing_credentials_are_exit_2(program: Program, trakt: TraktProcess, name: str) -> None:
    ended = program.run("auth", env={name: None})
    assert (ended.code, trakt.requests()) == (2, [])
    assert "Trakt credentials not configured." in ended.err


@pytest.mark.parametrize(
    ("arguments", "env", "columns", "drawn", "colored"),
    [
        pytest.param((), {}, 80, True, True, id="at-a-terminal"),
        pytest.param((), {"NO_COLOR": "1"}, 80, True, False, id="no-colour"),
        pytest.param((), {"TERM": "dumb"}, 80, True, False, id="a-dumb-terminal"),
        pytest.param(("--no-qr",), {}, 80, False, False, id="not-wanted"),
        pytest.param((), {}, 30, False, False, id="too-narrow"),
        pytest.param((), {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, 80, False, False, id="no-such-letters"),
    ],
)
def test_a_terminal_shows_the_address_as_a_qr_code(
    program: Program,
    trakt: TraktProcess,
    arguments: tuple[str, ...],
    env: dict[str, str | None],
    columns: int,
    drawn: bool,
    colored: bool,
) -> None:
    with Terminal(program, "auth", *arguments, size=(40, columns), env=env) as terminal:
        assert terminal.end().code == 0
        assert ("▀" in str(terminal), terminal.has_color) == (drawn, colored)


def test_without_a_terminal_a_qr_code_is_drawn_on_wish_without_colour(program: Program, trakt: TraktProcess) -> None:
    assert "▀" not in program.run("auth", "--no-store").err
    ended = program.run("auth", "--no-store", "--qr")
    assert "▀" in ended.err
    assert "\x1b" not in ended.err


# The code flow


def test_at_a_terminal_the_code_is_pasted_there_and_an_enter_too_many_asks_again(
    program: Program, trakt: TraktProcess
) -> None:
    with Terminal(program, *BY_CODE, stdin=b"not-the-code\n", size=(24, 300)) as terminal:
        terminal.wait_for("Paste the code")
        address = next(line.strip() for line in terminal.screen if "/oauth/authorize?" in line)
        terminal.send(ENTER)
        terminal.wait_for("Paste the code, or the address that the page led to:", times=2)
        terminal.send(page(trakt, address) + ENTER)
        assert terminal.end().code == 0
        terminal.raw = b""  # the address names the client id
        program.said.clear()
    assert stored(program)["CLIENT_ID"] == CLIENT_ID


def test_a_code_is_pasted_from_the_authorize_page(program: Program, trakt: TraktProcess) -> None:
    process = program.start(*BY_CODE, "--store")
    address = read_to(process, r"^(http://\S+/oauth/authorize\?\S+)$")
    query = parse_qs(urlsplit(address).query)
    assert (query["response_type"], query["redirect_uri"]) == (["code"], ["urn:ietf:wg:oauth:2.0:oob"])
    assert len(query["state"][0]) >= 20
    ended = end(program, process, page(trakt, address).encode() + b"\n")
    assert ended.code == 0
    assert ended.out.startswith("✅ Signed in as sandy; good until ")
    assert modes(program) == [0o700, 0o600, 0o600]


def test_no_store_uses_the_sign_in_for_this_run_only_and_says_so(program: Program, trakt: TraktProcess) -> None:
    process = program.start(*BY_CODE, "--no-store")
    ended = end(program, process, page(trakt, read_to(process, r"^(http://\S+/oauth/authorize\?\S+)$")).encode())
    assert (ended.code, program.token_files()) == (0, [])
    assert ended.out == "✅ Signed in as sandy, for this run only: nothing was stored.\n"
    assert [one["path"] for one in trakt.requests()][-2:] == ["/users/settings", "/oauth/revoke"]


def pasted_address(state: str) -> str:
    return f"http://localhost/?code=0123456789abcdef&state={state}\n"


@pytest.mark.parametrize(
    ("typed", "code", "words", "asked"),
    [
        pytest.param("0123456789abcdef\n", 4, "Trakt does not accept this code", 1, id="wrong-code"),
        pytest.param(pasted_address("another"), 4, "not the answer to this sign-in (its state differs)", 0, id="state"),
        pytest.param("http://localhost/?code=1\n", 4, "not the answer to this sign-in", 0, id="no-state"),
        pytest.param("http://localhost/?error=access_denied\n", 4, "you refused the sign-in", 0, id="refused"),
        pytest.param("http://[?code=1\n", 4, "that is not an address", 0, id="no-address"),
        pytest.param("two words\n", 4, "that is not a code", 0, id="not-a-code"),
        pytest.param("", 4, "no code came, and there is no terminal to ask at", 0, id="end-of-input"),
    ],
)
def test_what_is_no_good_code_has_its_words_and_stores_nothing(
    program: Program, trakt: TraktProcess, typed: str, code: int, words: str, asked: int
) -> None:
    ended = end(program, program.start(*BY_CODE), typed.encode())
    program.said.pop()  # the address that it prints names the client id
    assert (ended.code, program.token_files()) == (code, [])
    assert "Authentication failed: " in ended.err.splitlines()[-1]
    assert words in ended.err.splitlines()[-1]
    assert len(trakt.requests("/oauth/token")) == asked


def test_an_address_with_the_right_state_is_as_good_as_its_code(program: Program, trakt: TraktProcess) -> None:
    process = program.start(*BY_CODE, env={"CVI_TRAKT_REDIRECT_URI": "http://localhost:1/"})
    address = read_to(process, r"^(http://\S+/oauth/authorize\?\S+)$")
    led_to = requests.get(address, timeout=10, allow_redirects=False).headers["Location"]
    ended = end(program, process, led_to.encode() + b"\n")
    assert (ended.code, stored(program)["CLIENT_ID"]) == (0, CLIENT_ID)


def test_another_user_than_the_named_one_is_said(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("auth", "--device", "--username", "somebody")
    assert ended.code == 0
    assert "warning: signed in as sandy, not as somebody; to change that: cvi-trakt auth logout" in ended.err
    assert "warning" not in program.run("auth", "--device", "--username", "SANDY", "--no-store").err


def test_the_user_name_of_the_settings_counts_too(program: Program, trakt: TraktProcess) -> None:
    program.sign_in(trakt.token())
    ended = program.run("auth", env={"CVI_TRAKT_USERNAME": "somebody"})
    assert ended.code == 0
    assert "signed in as sandy, not as somebody" in ended.err
    assert len(trakt.requests("/oauth/device/code")) == 1


# Already signed in, status, refresh, logout


def test_a_good_sign_in_needs_no_setup(program: Program, trakt: TraktProcess) -> None:
    program.sign_in(trakt.token())
    for arguments in (("auth",), ("auth", "--test-only"), BY_CODE):
        ended = program.run(*arguments)
        assert (ended.code, ended.out.splitlines()[0]) == (0, "✅ Already authenticated! No setup needed.")
    assert trakt.requests("/oauth") == []


def test_test_only_takes_a_token_from_anywhere_and_signs_nobody_in(program: Program, trakt: TraktProcess) -> None:
    token = trakt.token()["access"]
    assert program.run("auth", "--test-only", "--token", token).out.startswith("✅ Already authenticated!")
    assert program.run("auth", "--test-only", env={"CVI_TRAKT_TOKEN": token}).code == 0
    for given, words in (({}, "Trakt access token is required."), ({"CVI_TRAKT_TOKEN": "x"}, "Authentication failed")):
        ended = program.run("auth", "--test-only", env=given)
        assert (ended.code, ended.out) == (4, "")
        assert words in ended.err
    assert (trakt.requests("/oauth"), program.token_files()) == ([], [])


def test_status_says_who_until_when_and_from_where(program: Program, trakt: TraktProcess) -> None:
    grant = trakt.token()
    program.sign_in(grant, OAUTH_CREATED_AT=1800000000, OAUTH_EXPIRES_AT=1900000000)
    assert program.run("auth", "status").out.splitlines() == [
        f"Signed in as sandy at {trakt.url}",
        f"Token from: {program.token_file()}",
        "Good until: 2030-03-17 17:46 UTC",
        "Renewed by the first run after: 2028-08-16 00:53 UTC",
    ]
    assert program.run("auth", "status", "--format", "json").json == {
        "signed_in": True,
        "user": "sandy",
        "slug": "sandy",
        "api_url": trakt.url,
        "source": str(program.token_file()),
        "expires_at": "2030-03-17T17:46:40+00:00",
        "renewable": True,
        "reason": None,
    }


@pytest.mark.parametrize("arguments", [("auth", "--token", "x", "status"), ("auth", "status", "--token", "x")])
def test_status_of_a_bad_token_is_exit_4(program: Program, trakt: TraktProcess, arguments: list[str]) -> None:
    ended = program.run(*arguments)
    assert ended.code == 4
    assert ended.out.startswith("Not signed in. Authentication failed: Trakt does not accept the access token")


def test_status_without_any_sign_in_is_exit_4_and_says_how(program: Program) -> None:
    ended = program.run("auth", "status")
    assert (ended.code, ended.err) == (4, "")
    assert ended.out == "Not signed in. No sign-in of this client id is kept. Sign in with: cvi-trakt auth\n"
    assert program.run("auth", "status", "--format", "json").json["signed_in"] is False


def test_status_is_not_known_when_trakt_does_not_answer(program: Program, trakt: TraktProcess) -> None:
    program.sign_in(trakt.token())
    trakt.fault("status", status=503, times=None)
    ended = program.run("auth", "status", env=QUICK)
    assert (ended.code, ended.out) == (5, "")


def test_logout_revokes_and_deletes(program: Program, trakt: TraktProcess) -> None:
    grant = trakt.token()
    program.sign_in(grant)
    ended = program.run("auth", "logout")
    assert (ended.code, program.token_files()) == (0, [])
    assert ended.out == f"✅ Signed out; {program.token_file()} is deleted.\n"
    assert program.run("auth", "--test-only", "--token", grant["access"]).code == 4
    assert program.run("auth", "logout").out == "Not signed in: nothing to do.\n"


def test_a_broken_file_elsewhere_does_not_stand_in_the_way_of_signing_out(
    program: Program, trakt: TraktProcess
) -> None:
    file = program.folder / "broken.json"
    file.write_text("{")
    ended = program.run("auth", "logout", env={"CVI_TRAKT_TOKEN_FILE": str(file)})
    assert (ended.code, file.read_text()) == (4, "{")
    assert "not a sign-in (broken JSON)" in ended.err


def test_logout_without_an_answer_keeps_the_sign_in(program: Program, trakt: TraktProcess) -> None:
    file = program.sign_in(trakt.token())
    trakt.fault("status", status=503, times=None)
    assert program.run("auth", "logout", env=QUICK).code == 5
    assert program.token_files() == [file]


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_logout_with_a_refusal_forgets_the_sign_in_and_says_that_it_is_not_revoked(
    program: Program, trakt: TraktProcess, status: int
) -> None:
    program.sign_in(trakt.token())
    trakt.fault("status", path="/oauth/revoke", status=status)
    ended = program.run("auth", "logout")
    assert (ended.code, program.token_files()) == (0, [])
    assert "warning: the sign-in is deleted here, but not revoked at Trakt" in ended.err


def test_an_option_that_a_command_of_auth_would_ignore_is_refused(program: Program, trakt: TraktProcess) -> None:
    file = program.sign_in(trakt.token())
    for arguments in (("--test-only", "logout"), ("--token", "x", "logout"), ("--no-store", "refresh")):
        ended = program.run("auth", *arguments)
        assert ended.code == 2
        assert f"{arguments[0]} is not for `auth {arguments[-1]}`" in ended.err
    assert program.run("auth", "--username", "").code == 2
    assert (program.token_files(), trakt.requests()) == ([file], [])


def test_test_only_says_when_another_user_is_signed_in(program: Program, trakt: TraktProcess) -> None:
    program.sign_in(trakt.token())
    ended = program.run("auth", "--test-only", "--username", "bob")
    assert (ended.code, ended.out) == (4, "")
    assert "Signed in as sandy, not as bob." in ended.err


@pytest.mark.parametrize("status", [404, 409, 410, 400])
def test_a_sign_in_that_cannot_be_renewed_does_not_stand_in_the_way_of_a_new_one(
    program: Program, trakt: TraktProcess, status: int
) -> None:
    grant = trakt.token()
    program.sign_in(grant)
    trakt.expire_tokens()
    trakt.fault("status", path="/oauth/token", status=status, body={"error": "unauthorized_client"}, times=None)
    assert program.run("view").code == 4
    assert program.run("auth").code == 0
    assert stored(program)["OAUTH_TOKEN"] != grant["access"]


def test_too_long_a_pause_of_trakt_is_not_called_an_expired_code(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", path="/oauth/device/token", status=429, headers={"Retry-After": "700"})
    ended = program.run("auth")
    assert ended.code == 5
    assert "Rate limit exceeded" in ended.err


def test_a_sign_in_of_another_client_id_counts_as_none_and_stays(program: Program, trakt: TraktProcess) -> None:
    file = program.folder / "mine.json"
    file.write_text(json.dumps({"CLIENT_ID": "another", "OAUTH_TOKEN": "theirs", "OAUTH_REFRESH": "also-theirs"}))
    before = file.read_text()
    with_file = {"CVI_TRAKT_TOKEN_FILE": str(file)}
    assert program.run("view", env=with_file).code == 4
    ended = program.run("auth", env=with_file)
    assert (ended.code, trakt.requests("/oauth")) == (4, [])
    assert "belongs to another client id" in ended.err
    assert program.run("auth", "logout", env=with_file).out == "Not signed in: nothing to do.\n"
    assert file.read_text() == before


@pytest.mark.parametrize(
    "content",
    [
        {"CLIENT_ID": "other-app", "CLIENT_SECRET": "other-secret", "OAUTH_TOKEN": None},
        {"OAUTH_TOKEN": {}, "OAUTH_REFRESH": "theirs"},
        {"name": "a-package", "version": "1"},
    ],
    ids=["an-app-not-signed-in", "no-app", "no-sign-in-at-all"],
)
def test_a_file_of_something_else_is_never_written_to(
    program: Program, trakt: TraktProcess, content: dict[str, Any]
) -> None:
    program.write("theirs.json", content)
    ended = program.run("auth", env={"CVI_TRAKT_TOKEN_FILE": "theirs.json"})
    assert (ended.code, trakt.requests("/oauth")) == (4, [])
    assert program.run("auth", "logout", env={"CVI_TRAKT_TOKEN_FILE": "theirs.json"}).code in (0, 4)
    assert json.loads((program.folder / "theirs.json").read_text()) == content


def test_each_client_id_has_a_sign_in_of_its_own(program: Program, trakt: TraktProcess) -> None:
    assert program.run("auth").code == 0
    other = program.run("auth", "status", env={"CVI_TRAKT_CLIENT_ID": "another-one"})
    assert (other.code, other.out.split(".")[0]) == (4, "Not signed in")
    assert program.run("auth", "status").code == 0


def test_a_token_that_is_set_is_named_because_it_goes_before_the_sign_in(program: Program, trakt: TraktProcess) -> None:
    for _ in ("new", "kept"):
        ended = program.run("auth", env={"CVI_TRAKT_TOKEN": "set-somewhere"})
        assert ended.code == 0
        assert "a token is set (environment CVI_TRAKT_TOKEN), and goes before this sign-in" in ended.err


def test_a_file_that_cannot_be_written_is_said_before_the_person_is_sent_anywhere(
    program: Program, trakt: TraktProcess
) -> None:
    (program.folder / "taken").write_text("a file, not a folder")
    ended = program.run("auth", env={"CVI_TRAKT_TOKEN_FILE": str(program.folder / "taken" / "t.json")})
    assert (ended.code, trakt.requests()) == (4, [])
    assert "the sign-in cannot be kept there: Not a directory" in ended.err
    assert "CVI_TRAKT_TOKEN_FILE" in ended.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("login", "auth", id="another-word"),
        pytest.param("status", "auth status", id="a-command-of-a-group"),
        pytest.param("list", "lists", id="an-alias"),
        pytest.param("veiw", "view or review", id="a-slip"),
    ],
)
def test_a_word_that_is_no_command_names_the_one_that_is_meant(program: Program, typed: str, meant: str) -> None:
    ended = program.run(typed)
    assert ended.code == 2
    assert f"Did you mean {meant}?" in ended.err
