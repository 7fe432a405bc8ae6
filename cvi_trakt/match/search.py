"""Brings candidates to the decision with as few requests as possible."""

from __future__ import annotations

from typing import Protocol

from cvi_trakt.errors import RequestRefusedError
from cvi_trakt.match.decide import check_id, decide, rank
from cvi_trakt.matches import Candidate, Held, Match, NoMatch, Scored, SearchFailed, Sure
from cvi_trakt.media import Kind, Work
from cvi_trakt.titles import normalise

MOST_HELD = 27  # candidates kept for a person: three pages of nine


class Source(Protocol):
    """Where candidates come from: Trakt's search, or a local catalogue."""

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        """Give the works of this kind that the query finds."""
        ...

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        """Give the works of this kind that carry this id."""
        ...


class Memory(Protocol):
    """What earlier runs decided."""

    def recall(self, work: Work) -> Match | None:
        """Give the decision for a work that still counts."""
        ...

    def remember(self, match: Match) -> None:
        """Keep a decision."""
        ...


class Matcher:
    """Matches works: by an id first, then an earlier decision, then the exact and the broad search."""

    def __init__(self, source: Source, memory: Memory) -> None:
        self._source = source
        self._memory = memory
        self._answers: dict[tuple[Kind, str, bool], list[Candidate]] = {}

    def match(self, work: Work) -> Match:
        """Decide one work.

        A request that Trakt refuses fails this work only. Raises ``TraktError`` for what concerns
        all of them: no answer, a refused client.
        """
        known = self._memory.recall(work)
        if known is not None:
            return known
        try:
            found = self._ask(work)
        except RequestRefusedError as error:
            if not error.is_about_an_item:
                raise
            return SearchFailed(work=work, error=str(error))
        self._memory.remember(found)
        return found

    def candidates(self, work: Work) -> tuple[Scored, ...]:
        """Give all that a person may choose from, the nearest first; asks only what was not asked in this run."""
        if not normalise(work.title):
            return ()
        return rank(work, self.find(work.kind, work.title))[:MOST_HELD]

    def find(self, kind: Kind, words: str) -> list[Candidate]:
        """Give what the exact and the broad search find, in that order; a work may come twice."""
        return [*self._search(kind, words, exact=True), *self._search(kind, words, exact=False)]

    def _ask(self, work: Work) -> Match:
        by_id = self._look_up(work)
        if by_id is not None:
            return check_id(work, by_id)
        if not normalise(work.title):
            return NoMatch(work=work, reason="no title in the name")
        candidates = self._search(work.kind, work.title, exact=True)
        found = decide(work, candidates)
        if not _settled(found):
            found = decide(work, self.find(work.kind, work.title))
        if isinstance(found, Held):
            return Held(work=work, candidates=found.candidates[:MOST_HELD], reason=found.reason)
        return found

    def _look_up(self, work: Work) -> Candidate | None:
        for name, number in work.ids.known().items():
            found = self._source.look_up(work.kind, name, number)
            if found:
                return found[0]
        return None

    def _search(self, kind: Kind, title: str, *, exact: bool) -> list[Candidate]:
        question = (kind, normalise(title), exact)
        if question not in self._answers:
            self._answers[question] = self._source.search(kind, title, exact=exact)
        return self._answers[question]


def _settled(found: Sure | Held | NoMatch) -> bool:
    """Whether the broad search could not change anything: one is sure, or several equals compete."""
    if isinstance(found, Sure):
        return True
    equals = [one for one in found.candidates if one.distance.title == 0] if isinstance(found, Held) else []
    return len(equals) > 1 and (equals[0].distance.year or 0) <= 1 and not equals[0].distance.country
