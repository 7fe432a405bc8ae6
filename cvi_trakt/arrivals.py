"""Uses the time in which a slow stream is silent. Imports nothing of ours."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import TypeVar

LOOK_SECONDS = 0.5

T = TypeVar("T")


def in_idle_time(values: Iterator[T], work: Callable[[T], object]) -> Iterator[T]:
    """Give each value as it arrives; while none arrives, call ``work`` for those given, the oldest first.

    What has not had its turn when the stream ends is left to the caller. Errors of the stream are
    raised at their place, errors of ``work`` at once.
    """
    arrived: queue.SimpleQueue[tuple[T] | BaseException | None] = queue.SimpleQueue()
    # a daemon: a stream that never ends must not keep a stopped program alive
    threading.Thread(target=_drain, args=(values, arrived), daemon=True).start()
    waiting: deque[T] = deque()
    while True:
        try:
            # now and then a look aside: a signal that comes just before an endless wait is not heard in it
            item = arrived.get(block=not waiting, timeout=LOOK_SECONDS)
        except queue.Empty:
            if waiting:
                work(waiting.popleft())
            continue
        if item is None:
            return
        if isinstance(item, BaseException):
            raise item
        yield item[0]
        waiting.append(item[0])


def _drain(values: Iterator[T], arrived: queue.SimpleQueue[tuple[T] | BaseException | None]) -> None:
    try:
        for value in values:
            arrived.put((value,))
    except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
        arrived.put(error)
    else:
        arrived.put(None)
