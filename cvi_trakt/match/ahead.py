"""Searches for the works that come next while the first is decided: several at a time, in the order of the input."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice

from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Match
from cvi_trakt.media import Work

THREADS = 8  # questions under way at once; the shared pacing keeps them below Trakt's rate
WINDOW = 32  # works that are asked for before their turn

_Task = tuple[Work, "Future[Match]"]


class Ahead:
    """Matches works whose order is known; a context manager that starts no search once it is left.

    What is remembered is recalled and kept in the caller's thread, in the order of the input, so that
    a run that is stopped has kept what it decided so far. ``call_off`` ends the waiting of the
    searches under way when the run ends by an error.
    """

    def __init__(self, matcher: Matcher, works: Sequence[Work], *, call_off: Callable[[], None]) -> None:
        self._matcher = matcher
        self._coming: Iterator[Work] = iter(works)
        self._call_off = call_off
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._threads = 0
        self._is_over = False
        # by the identity of the work: hashing one reads all its files
        self._asked: dict[int, Future[Match]] = {}

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._is_over = True
        for _each in range(self._threads):
            self._tasks.put(None)
        if kind is None:
            return
        self._call_off()
        for future in self._asked.values():  # found already, so that the next run need not search for it
            if future.done() and future.exception() is None:
                self._matcher.keep(future.result())

    def match(self, work: Work) -> Match:
        """Decide one work. Raises ``TraktError`` as :meth:`Matcher.match` does."""
        self._ask_for_more()
        known = self._matcher.recall(work)
        asked = self._asked.pop(id(work), None)
        if known is not None:
            return known
        return self._matcher.keep(asked.result() if asked is not None else self._matcher.ask(work))

    def _ask_for_more(self) -> None:
        for work in islice(self._coming, max(0, WINDOW - len(self._asked))):
            if self._matcher.recall(work) is None:
                future = self._asked[id(work)] = Future()
                self._tasks.put((work, future))
                if self._threads < THREADS:
                    self._threads += 1
                    # daemons: a Trakt that is silent must not keep a stopped program alive
                    threading.Thread(target=self._work, name=f"search-{self._threads}", daemon=True).start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None and not self._is_over:
            work, future = task
            try:
                future.set_result(self._matcher.ask(work))
            except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
                future.set_exception(error)
