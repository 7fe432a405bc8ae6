"""What was typed before a question is not the answer to it: by ``init``, which asks for every sort of thing."""

from __future__ import annotations

import pytest
import yaml
from driving import Program, TraktProcess
from terminal import ENTER, Terminal

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET


@pytest.mark.parametrize(
    "term", [pytest.param("xterm-256color", id="full-screen"), pytest.param("dumb", id="line-by-line")]
)
def test_a_secret_a_yes_and_a_folder_that_are_typed_too_early_count_for_nothing(
    program: Program, trakt: TraktProcess, term: str
) -> None:
    for name in ("CVI_TRAKT_TOKEN", "CVI_TRAKT_CLIENT_ID", "CVI_TRAKT_CLIENT_SECRET"):
        del program.environment[name]
    program.write("Dune.mkv", "")
    with Terminal(program, "init", env={"TERM": term}, size=(80, 250)) as terminal:
        terminal.wait_for("The client id:")
        terminal.send(CLIENT_ID + ENTER + "typed-too-early" + ENTER)
        terminal.wait_for("The client secret:")
        terminal.send(CLIENT_SECRET + ENTER + "y" + ENTER)
        terminal.wait_for("Sign in to Trakt now?")
        terminal.send("n" + ENTER + str(program.folder) + ENTER)
        terminal.wait_for("The folder with your films and shows:")
        terminal.send(ENTER)
        assert terminal.end().code == 0
        terminal.raw = b""  # the client id was typed, and so it stands on the screen
    kept = yaml.safe_load((program.home / ".config" / "cvi-trakt" / "config.yaml").read_text())
    assert kept["trakt"] == {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    assert not kept.get("sync")
    assert program.token_files() == []
    assert trakt.requests() == []
