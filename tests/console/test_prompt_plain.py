"""Questions at a terminal that cannot move its cursor: by ``init``, which asks for every sort of thing."""

from __future__ import annotations

from driving import Program, TraktProcess
from terminal import CTRL_D, Terminal

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET


def test_text_secret_and_yes_or_no_are_asked_line_by_line(program: Program, trakt: TraktProcess) -> None:
    for name in ("CVI_TRAKT_TOKEN", "CVI_TRAKT_CLIENT_ID", "CVI_TRAKT_CLIENT_SECRET"):
        del program.environment[name]
    with Terminal(program, "init", env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("The client id:")
        terminal.send(CLIENT_ID + "\n")
        terminal.wait_for("The client secret:")
        terminal.send(CLIENT_SECRET + "\n")
        terminal.wait_for("Sign in to Trakt now? [Y/n]")
        terminal.send("perhaps\n")
        terminal.wait_for("Sign in to Trakt now? [Y/n] perhaps")
        terminal.send("n\n")
        terminal.wait_for("The folder with your films and shows:")
        terminal.send(CTRL_D)
        assert terminal.end().code == 0
        assert terminal.raw.count(b"Sign in to Trakt now?") == 2
        assert CLIENT_SECRET not in terminal.raw.decode()
        assert b"\x1b" not in terminal.raw
        assert terminal.is_restored
        terminal.raw = b""  # the client id was typed, and so it stands on the screen
