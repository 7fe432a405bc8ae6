"""What the tests of ``sync --interactive`` have in common."""

from __future__ import annotations

from driving import Program, TraktProcess
from terminal import Terminal

# Trakt's numbers of works in the sandbox's catalogue
MATRIX, RELOADED, INCEPTION = 481, 900000001, 16662
DUNE_1984, DUNE_2021 = 900000004, 900000005
FARGO_FILM, FARGO_SHOW, WESTWORLD_FILM = 900000142, 900000166, 900000143


def added(trakt: TraktProcess) -> list[object]:
    """Give the numbers of what is on the watchlist."""
    return [item["trakt"] for item in trakt.account()["watchlist"]]


def asking(program: Program, *paths: str, more: tuple[str, ...] = (), size: tuple[int, int] = (24, 80)) -> Terminal:
    """Start ``sync -i`` over files of these paths; ``more`` are further options."""
    return Terminal(program, "sync", program.scan(*paths), "-i", *more, size=size)


def finish(terminal: Terminal) -> None:
    """Wait for a good end."""
    assert terminal.end().code == 0, str(terminal)
