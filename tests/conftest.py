from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import Program, TraktProcess

for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        # so is what a shell starts in the background, or nohup; and what is ignored, all that a test starts ignores
        signal.signal(number, signal.default_int_handler)


@pytest.fixture(scope="session")
def _server() -> Iterator[TraktProcess]:
    server = TraktProcess()
    yield server
    server.stop()


@pytest.fixture
def trakt(_server: TraktProcess) -> TraktProcess:
    """The sandbox, as new."""
    _server.reset()
    return _server


@pytest.fixture
def program(tmp_path: Path, trakt: TraktProcess) -> Iterator[Program]:
    """The program, signed in at the sandbox; whatever a test does with it, no secret may come out."""
    signed_in = Program(tmp_path, trakt.url)
    yield signed_in
    assert signed_in.leaks() == []
