"""Inspects many files at once, and gives each result as soon as it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Protocol

from cvi_trakt.scan.find import Found
from cvi_trakt.scan.inspection import Inspection

# Between two looks while nothing is done. A signal that comes just before a wait begins is heard only when it ends.
LOOK_SECONDS = 0.1

_LEAVING_SECONDS = 6.0  # for all threads together; what hangs on a dead disk is left behind


class Work(Protocol):
    """What is done with each file; the first two are called from several threads at once."""

    def inspect(self, file: Found) -> Inspection:
        """Inspect one file."""
        ...

    def keep(self, one: Inspection) -> None:
        """Keep a result, before the thread begins with another file."""
        ...

    def stop(self) -> None:
        """End every inspection that is going on."""
        ...


@contextmanager
def inspections(
    files: Sequence[Found],
    work: Work,
    *,
    jobs: int,
    look: Callable[[], None],
) -> Iterator[Iterator[Inspection]]:
    """Begin to inspect files in so many threads; gives their inspections in the order in which they are done.

    Leaving the context early, also by an error or a signal, ends the work: it is told to stop, and
    what has not begun does not begin. An error is raised where the result would come. ``look`` is
    called now and then by the thread that takes the results.
    """
    finished: SimpleQueue[Inspection | BaseException] = SimpleQueue()
    stopped = threading.Event()
    waiting, turn = iter(files), threading.Lock()

    def inspect() -> None:
        while not stopped.is_set():
            with turn:
                file = next(waiting, None)
            if file is None:
                return
            try:
                one = work.inspect(file)
                if not stopped.is_set():  # what was stopped has no result
                    work.keep(one)
                finished.put(one)
            except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
                finished.put(error)

    # daemons: a thread that hangs must not keep a stopped program alive
    threads = [threading.Thread(target=inspect, name=f"inspect-{number}", daemon=True) for number in range(jobs)]
    try:
        for thread in threads:
            thread.start()
        yield _as_they_come(len(files), finished, look)
    finally:
        stopped.set()
        work.stop()
        for thread in threads:
            if thread.ident is not None:
                thread.join(_LEAVING_SECONDS / jobs)


def _as_they_come(
    count: int, finished: SimpleQueue[Inspection | BaseException], look: Callable[[], None]
) -> Iterator[Inspection]:
    for _ in range(count):
        match _next(finished, look):
            case Inspection() as inspection:
                yield inspection
            case error:
                raise error


def _next(finished: SimpleQueue[Inspection | BaseException], look: Callable[[], None]) -> Inspection | BaseException:
    while True:
        look()
        try:
            return finished.get(timeout=LOOK_SECONDS)
        except Empty:
            continue
