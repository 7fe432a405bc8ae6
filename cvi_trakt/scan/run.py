"""Inspects many files at once, and gives the results in the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from cvi_trakt.scan.inspect import Inspection

# A signal that comes just before a wait begins is heard only when the wait ends.
_LOOK_SECONDS = 0.5


class Progress(Protocol):
    """Hears how far the scan is."""

    def __call__(self, done: int, total: int | None, label: str) -> None:
        """Take the number done, the number in all, and what is at work."""
        ...


@contextmanager
def inspections(
    paths: Sequence[str],
    inspect: Callable[[str], Inspection],
    *,
    jobs: int,
    stop: Callable[[], None],
    progress: Progress,
) -> Iterator[Iterator[Inspection]]:
    """Begin to inspect files in so many threads; gives their inspections, each as soon as its turn has come.

    Leaving the context early, also by an error or a signal, ends the work: ``stop`` is called, and
    what has not begun does not begin. An error of ``inspect`` is raised where its result would come.
    """
    finished: SimpleQueue[tuple[int, Inspection | BaseException]] = SimpleQueue()

    def work(number: int, path: str) -> None:
        try:
            finished.put((number, inspect(path)))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            finished.put((number, error))

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="inspect")
    try:
        for number, path in enumerate(paths):
            pool.submit(work, number, path)
        yield _in_order(paths, finished, progress)
    finally:
        stop()
        pool.shutdown(cancel_futures=True)


def _in_order(
    paths: Sequence[str], finished: SimpleQueue[tuple[int, Inspection | BaseException]], progress: Progress
) -> Iterator[Inspection]:
    early: dict[int, Inspection | BaseException] = {}
    done, shown = 0, False
    for number, path in enumerate(paths):
        while number not in early:
            try:
                at, inspected = finished.get(timeout=_LOOK_SECONDS)
            except Empty:
                if not shown:  # again, since what follows soon upon something else may be left out
                    progress(done, len(paths), Path(path).name)
                shown = True
                continue
            early[at] = inspected
            done, shown = done + 1, False
            progress(done, len(paths), Path(path).name)
        match early.pop(number):
            case Inspection() as inspection:
                yield inspection
            case error:
                raise error
