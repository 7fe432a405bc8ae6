"""Searches for the works that come next while the first is decided: several at a time, in the order of the input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Match
from cvi_trakt.media import Work

THREADS = 8  # questions under way at once; the shared pacing keeps them below Trakt's rate
WINDOW = 64  # works that are asked for before their turn


class Ahead:
    """Matches works whose order is known; a context manager that leaves no search behind.

    What is remembered is recalled and kept in the caller's thread, in the order of the input, so that
    a run that is stopped has kept what it decided so far.
    """

    def __init__(self, matcher: Matcher, works: Sequence[Work], *, threads: int = THREADS) -> None:
        self._matcher = matcher
        self._coming: Iterator[Work] = iter(works)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="search")
        self._asked: dict[int, Future[Match]] = {}  # by the identity of the work: hashing one reads all its files

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def match(self, work: Work) -> Match:
        """Decide one work. Raises ``TraktError`` as :meth:`Matcher.match` does."""
        self._ask_for_more()
        known = self._matcher.recall(work)
        if known is not None:
            self._asked.pop(id(work), None)
            return known
        asked = self._asked.pop(id(work), None)
        return self._matcher.keep(asked.result() if asked is not None else self._matcher.ask(work))

    def _ask_for_more(self) -> None:
        for work in islice(self._coming, max(0, WINDOW - len(self._asked))):
            if self._matcher.recall(work) is None:
                self._asked[id(work)] = self._pool.submit(self._matcher.ask, work)
