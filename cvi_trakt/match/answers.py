"""What a source of candidates answers: each question is asked once, whichever thread comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import partial
from typing import Protocol, TypeVar

from cvi_trakt.matches import Candidate
from cvi_trakt.media import Kind, Work
from cvi_trakt.titles import normalise

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Source(Protocol):
    """Where candidates come from: Trakt's search, or a local catalogue."""

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        """Give the works of this kind that the query finds."""
        ...

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        """Give the works of this kind that carry this id."""
        ...

    def other_titles(self, candidate: Candidate) -> list[str]:
        """Give what else a work is called, in any language."""
        ...


class Answers:
    """The answers of one source in one run; may be asked by several threads at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._found: dict[tuple[object, ...], Future[list[Candidate]]] = {}
        self._titles: dict[tuple[Kind, int | None], Future[list[str]]] = {}

    def exact(self, kind: Kind, title: str) -> list[Candidate]:
        """Give what the exact search finds. Raises ``TraktError``, as all of these do."""
        return self._search(kind, title, exact=True)

    def both(self, kind: Kind, words: str) -> list[Candidate]:
        """Give what the exact and the broad search find, in that order; a work may come twice."""
        return [*self._search(kind, words, exact=True), *self._search(kind, words, exact=False)]

    def by_id(self, work: Work) -> Candidate | None:
        """Give what carries the first id of a work that the source knows.

        A number of IMDb is never a film's and a show's: it tells the kind better than a name does.
        """
        for name, number in work.ids.known().items():
            for kind in (work.kind, *(other for other in Kind if other is not work.kind and name == "imdb")):
                ask = partial(self._source.look_up, kind, name, number)
                found = self._once(self._found, (kind, name, number), ask)
                if found:
                    return found[0]
        return None

    def other_titles(self, candidate: Candidate) -> list[str]:
        """Give what else a candidate is called."""
        question = (candidate.kind, candidate.ids.trakt)
        return self._once(self._titles, question, partial(self._source.other_titles, candidate))

    def _search(self, kind: Kind, title: str, *, exact: bool) -> list[Candidate]:
        question = (kind, normalise(title), exact)
        return self._once(self._found, question, partial(self._source.search, kind, title, exact=exact))

    def _once(self, answers: dict[K, Future[T]], question: K, ask: Callable[[], T]) -> T:
        """Ask a question that nobody asked yet; wait where another thread is asking it."""
        with self._lock:
            known = answers.get(question)
            mine: Future[T] = Future()
            if known is None:
                answers[question] = mine
        if known is not None:
            return known.result()
        try:
            mine.set_result(ask())
        except BaseException as error:
            with self._lock:
                del answers[question]  # a failure is nobody's answer: the next one asks again
            mine.set_exception(error)
            raise
        return mine.result()
