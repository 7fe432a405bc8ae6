"""Runs a slow pure function over many values, in several processes where that pays."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 400  # below this, starting processes costs more than it saves
CHUNK = 50
PARENT_CHECK_SECONDS = 1.0


def ordered_map(function: Callable[[T], R], values: Sequence[T], *, jobs: int | None) -> Iterator[R]:
    """Give ``function`` of each value, in order.

    ``jobs`` is the number of processes, None for one a core. ``function`` must be picklable and
    must not raise.
    """
    jobs = jobs or cores()
    if jobs == 1 or len(values) < WORTH_IT:
        yield from map(function, values)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # named, because the default differs by version, and a fork server would be the workers' parent
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    most = min(jobs, -(-len(values) // CHUNK))
    pool = ProcessPoolExecutor(most, mp_context=context, initializer=_prepare, initargs=(os.getpid(),))
    try:
        yield from pool.map(function, values, chunksize=CHUNK)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def cores() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _prepare(parent: int) -> None:
    """Leave Ctrl-C to the parent, which stops its workers itself, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once the parent was killed: its siblings keep the pipe open that would tell it."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)
