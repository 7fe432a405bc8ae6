from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox.sandbox_process import Sandbox, running


@pytest.fixture(scope="session")
def _sandbox_process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(_sandbox_process: Sandbox) -> Sandbox:
    """The sandbox, as new."""
    _sandbox_process.reset()
    return _sandbox_process
