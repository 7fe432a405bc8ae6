"""``init`` at a pseudo-terminal, from nothing to a dry run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import yaml
from driving import Program, TraktProcess
from terminal import CTRL_C, ENTER, Terminal

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET

SIZE = (80, 250)  # rows and columns: no path of a test wraps
NAMES = (
    "Films/The Matrix (1999)/The.Matrix.1999.1080p.mkv",
    "Films/Dune.mkv",
    "TV/Breaking Bad/Season 01/Breaking.Bad.S01E01.mkv",
)
CREDENTIALS = ("CVI_TRAKT_CLIENT_ID", "CVI_TRAKT_CLIENT_SECRET")


@pytest.fixture
def library(program: Program) -> Path:
    """Folders with files that only have names, and a program that knows nothing but its hosts."""
    for name in ("CVI_TRAKT_TOKEN", *CREDENTIALS):
        del program.environment[name]
    folder = program.folder / "library"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def settings_file(program: Program) -> Path:
    return program.home / ".config" / "cvi-trakt" / "config.yaml"


def answer(terminal: Terminal, question: str, keys: str) -> None:
    terminal.wait_for(question)
    terminal.send(keys + ENTER)


def test_from_nothing_to_a_dry_run(program: Program, trakt: TraktProcess, library: Path) -> None:
    with Terminal(program, "init", size=SIZE) as terminal:
        answer(terminal, "The client id:", CLIENT_ID)
        assert "Trakt gives API apps to VIP members only." in str(terminal)
        answer(terminal, "The client secret:", CLIENT_SECRET)
        answer(terminal, "Sign in to Trakt now?", "")
        answer(terminal, "The folder with your films and shows:", str(library))
        answer(terminal, "See what would be added", "")
        terminal.wait_for("cvi-trakt sync scan.json")
        ended = terminal.end()
        seen = terminal.raw.decode()
        assert CLIENT_SECRET not in seen
        program.said.clear()
        terminal.raw = b""  # the client id was typed, and so it stands on the screen
    assert ended.code == 0
    assert "✅ Signed in as sandy; good until " in seen
    assert "3 videos are there." in seen
    assert "Dry run: nothing was written" in seen
    assert "Movies added: 1" in seen
    assert "Shows added: 1" in seen
    assert "Held for review (2 candidates)" in seen
    file = settings_file(program)
    assert yaml.safe_load(file.read_text()) == {
        "trakt": {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        "scan": None,
        "sync": {"root": str(library)},
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert trakt.account()["watchlist"] == []
    assert program.run("view").code == 0


def test_every_step_can_be_skipped(program: Program, trakt: TraktProcess, library: Path) -> None:
    with Terminal(program, "init", size=SIZE) as terminal:
        answer(terminal, "The client id:", "")
        terminal.wait_for("Signing in needs client id and secret; skipped.")
        answer(terminal, "The folder with your films and shows:", "")
        terminal.wait_for("cvi-trakt scan FOLDER -o scan.json")
        assert terminal.end().code == 0
    assert not settings_file(program).exists()
    assert trakt.requests() == []


def test_what_is_there_already_is_not_asked_again(program: Program, trakt: TraktProcess, library: Path) -> None:
    program.environment |= dict(zip(CREDENTIALS, (CLIENT_ID, CLIENT_SECRET), strict=True))
    program.sign_in(trakt.token())
    with Terminal(program, "init", size=SIZE) as terminal:
        terminal.wait_for("The client id is there already (environment CVI_TRAKT_CLIENT_ID).")
        terminal.wait_for("Signed in as sandy")
        answer(terminal, "The folder with your films and shows:", str(library))
        answer(terminal, "See what would be added", "n")
        terminal.wait_for("cvi-trakt sync scan.json")
        assert terminal.end().code == 0
    written = yaml.safe_load(settings_file(program).read_text())
    assert written == {"trakt": None, "scan": None, "sync": {"root": str(library)}}


def test_wrong_answers_are_asked_again(program: Program, trakt: TraktProcess, library: Path) -> None:
    trakt.behave(device_auto="deny")
    (program.folder / "empty").mkdir()
    with Terminal(program, "init", size=SIZE) as terminal:
        answer(terminal, "The client id:", "two words")
        terminal.wait_for("That is no client id: expected one line of letters and digits")
        terminal.wait_for("The client id:", times=2)
        terminal.send(CLIENT_ID + ENTER)
        answer(terminal, "The client secret:", CLIENT_SECRET)
        answer(terminal, "Sign in to Trakt now?", "")
        terminal.wait_for("you refused the sign-in on Trakt's page")
        answer(terminal, "Try again?", "")
        answer(terminal, "The folder with your films and shows:", str(program.folder / "nowhere"))
        terminal.wait_for("no such file or folder")
        terminal.wait_for("The folder with your films and shows:", times=2)
        terminal.send(str(program.folder / "empty") + ENTER)
        terminal.wait_for("no video in this folder")
        terminal.wait_for("The folder with your films and shows:", times=3)
        terminal.send(ENTER)
        assert terminal.end().code == 0
        program.said.clear()
        terminal.raw = b""
    assert program.token_files() == []


def test_credentials_that_trakt_does_not_take_are_typed_anew(
    program: Program, trakt: TraktProcess, library: Path
) -> None:
    with Terminal(program, "init", "--config", "new.yaml", size=SIZE) as terminal:
        answer(terminal, "The client id:", CLIENT_ID)
        answer(terminal, "The client secret:", "mistyped")
        answer(terminal, "Sign in to Trakt now?", "")
        answer(terminal, "Type client id and client secret anew?", "")
        terminal.wait_for("The client id:", times=2)
        terminal.send(CLIENT_ID + ENTER)
        terminal.wait_for("The client secret:", times=2)
        terminal.send(CLIENT_SECRET + ENTER)
        terminal.wait_for("✅ Signed in as sandy")
        answer(terminal, "The folder with your films and shows:", "")
        terminal.wait_for("cvi-trakt scan FOLDER -o scan.json")
        assert terminal.end().code == 0
        program.said.clear()
        terminal.raw = b""
    written = yaml.safe_load((program.folder / "new.yaml").read_text())
    assert written["trakt"] == {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def test_it_ends_with_what_is_missing(program: Program, trakt: TraktProcess, library: Path) -> None:
    with Terminal(program, "init", size=SIZE) as terminal:
        answer(terminal, "The client id:", "")
        answer(terminal, "The folder with your films and shows:", "")
        terminal.wait_for("Not set up yet: the client id or secret is missing. Go on with: cvi-trakt init")
        assert terminal.end().code == 0


def test_ctrl_c_keeps_what_was_answered(program: Program, trakt: TraktProcess, library: Path) -> None:
    with Terminal(program, "init", size=SIZE) as terminal:
        answer(terminal, "The client id:", CLIENT_ID)
        terminal.wait_for("The client secret:")
        terminal.send(CTRL_C)
        terminal.wait_for("what was answered is kept; go on with: cvi-trakt init")
        assert terminal.end().code == 130
        assert terminal.is_restored
        program.said.clear()
        terminal.raw = b""
    assert yaml.safe_load(settings_file(program).read_text())["trakt"] == {"client_id": CLIENT_ID}


def test_without_a_terminal_it_says_what_to_set_instead(program: Program, trakt: TraktProcess, library: Path) -> None:
    ended = program.run("init")
    assert (ended.code, trakt.requests()) == (2, [])
    assert "CVI_TRAKT_CLIENT_ID" in ended.err
    assert "https://app.trakt.tv/settings/apps/api" in ended.err
    assert "cvi-trakt auth" in ended.err
