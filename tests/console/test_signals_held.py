"""Signals wait while something must not be torn apart, but not for ever."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

SCRIPT = """
import signal, sys, time
from cvi_trakt.signals import held
if "ignored" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
try:
    with held():
        for number in map(int, sys.argv[1].split(",")):
            signal.raise_signal(number)
        print("whole", flush=True)
    print("went on", flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.parametrize(
    ("numbers", "more", "said"),
    [
        pytest.param((signal.SIGINT,), (), "whole\nstopped\n", id="one-comes-after-the-block"),
        pytest.param((signal.SIGINT, signal.SIGINT), (), "stopped\n", id="a-second-one-at-once"),
        pytest.param((signal.SIGHUP,), ("ignored",), "whole\nwent on\n", id="an-ignored-one-stays-ignored"),
        pytest.param((signal.SIGHUP, signal.SIGINT), ("ignored",), "whole\nstopped\n", id="and-hides-no-other"),
    ],
)
def test_a_signal_waits_for_the_end_of_the_block(
    numbers: tuple[signal.Signals, ...], more: tuple[str, ...], said: str
) -> None:
    wanted = ",".join(str(int(number)) for number in numbers)
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, wanted, *more], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ended.stdout, ended.returncode) == (said, 0)
