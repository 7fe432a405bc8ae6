from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import Program, TraktProcess

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts its jobs in the background so, and what is ignored is ignored by all that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
