from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvi_trakt.arrivals import in_idle_time
from cvi_trakt.workers import WORTH_IT, ordered_map


def test_work_is_done_while_the_stream_is_silent_and_left_when_it_is_not() -> None:
    worked, go_on = list[int](), threading.Event()

    def stream() -> Iterator[int]:
        yield from (1, 2)
        go_on.wait(10)
        yield from (3, 4)

    def work(value: int) -> None:
        worked.append(value)
        if value == 2:
            go_on.set()

    assert list(in_idle_time(stream(), work)) == [1, 2, 3, 4]
    assert worked[:2] == [1, 2]


def test_an_error_of_the_stream_comes_after_what_came_before_it() -> None:
    def stream() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    arriving = in_idle_time(stream(), lambda _: None)
    assert next(arriving) == 1
    with pytest.raises(ValueError, match="broken"):
        next(arriving)


def test_an_error_of_the_work_is_raised() -> None:
    def fail(value: int) -> None:
        raise ValueError(f"no {value}")

    def stream() -> Iterator[int]:
        yield 1
        time.sleep(5)

    with pytest.raises(ValueError, match="no 1"):
        list(in_idle_time(stream(), fail))


@pytest.mark.parametrize("count", [0, 3, WORTH_IT + 60])
@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_order_in_one_process_and_in_several(count: int, jobs: int | None) -> None:
    assert list(ordered_map(str, range(count), jobs=jobs)) == [str(number) for number in range(count)]


def test_workers_end_when_their_parent_is_killed() -> None:
    script = (
        "import os, sys, time; from cvi_trakt.workers import ordered_map\n"
        "def slow(n): time.sleep(0.05); return os.getpid()\n"
        "for pid in ordered_map(slow, range(1000), jobs=2): print(pid, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 15
    while _is_alive(worker):
        assert time.monotonic() < deadline, "the worker is still there"
        time.sleep(0.1)
    parent.stdout.close()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
