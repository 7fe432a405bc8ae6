"""Lets a person say what a work is: asks, searches and looks up on their word, until it is settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, assert_never

from cvi_trakt.choices import (
    AcceptSure,
    Answer,
    Back,
    Done,
    LookUp,
    Never,
    Pick,
    Question,
    SearchFor,
    Skip,
    SkipRest,
    Undo,
)
from cvi_trakt.errors import ItemNotFoundError, RateLimitError, RequestRefusedError, TraktUnavailableError
from cvi_trakt.match.distance import measure
from cvi_trakt.match.questions import Questions, measured
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Held, Match, NoMatch, SearchFailed, Sure
from cvi_trakt.media import Work

BY_YOU = "by you"  # why a work is skipped
NEVER = "you said never"  # why a work is skipped in every run


class Person(Protocol):
    """Whoever chooses."""

    def choose(self, question: Question) -> Answer:
        """Answer a question. Raises ``KeyboardInterrupt`` to stop the run."""
        ...


class Notebook(Protocol):
    """Where a person's answers are kept."""

    def remember(self, match: Match) -> None:
        """Keep an answer."""
        ...

    def take_back(self, work: Work) -> None:
        """Put what is kept of a work back to what it was before the last answer to it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A work that was asked about in this run, and whether sure matches were taken unasked before that."""

    work: Work
    accepted_sure: bool


class Chooser:
    """Asks about each match that neither an id nor a person has decided.

    What a person says is remembered at once, so that a run that is stopped keeps it. ``asks_again``
    asks about a person's own earlier choices, too; not about what they never want.
    """

    def __init__(self, person: Person, questions: Questions, notebook: Notebook, *, asks_again: bool = False) -> None:
        self._person = person
        self._questions = questions
        self._notebook = notebook
        self._asks_again = asks_again
        self._accepts_sure = False
        self._skips_rest = False
        self._is_done = False
        self._answered: list[_Answered] = []

    def choose(self, match: Match, place: str = "") -> Match | Back:
        """Give the match as the person wants it, or the work that they want to go back to.

        ``place`` says how far the run is. Raises ``TraktError`` for what concerns every search.
        """
        if self._is_done or isinstance(match, (SearchFailed, Declined)) or self._is_decided(match):
            return match
        if self._skips_rest:
            return Declined(work=match.work, candidates=(), reason=BY_YOU)
        if self._accepts_sure and isinstance(match, Sure):
            return match
        before = _Answered(work=match.work, accepted_sure=self._accepts_sure)
        chosen = self._ask(match, place)
        if chosen is None:
            return match
        if not isinstance(chosen, Back):
            self._notebook.remember(chosen)
            self._answered.append(before)
        return chosen

    def _is_decided(self, match: Sure | Held | NoMatch) -> bool:
        if not isinstance(match, Sure) or match.decided_by is DecidedBy.SCORE:
            return False
        return match.decided_by is not DecidedBy.PERSON or not self._asks_again

    def _ask(self, match: Sure | Held | NoMatch, place: str) -> Sure | Declined | Back | None:
        """Ask until an answer settles the work, or leads back; None leaves it as it was."""
        undoes = self._answered[-1].work.title if self._answered else None
        first = question = self._questions.about(match, place=place, undoes=undoes)
        if not (isinstance(match, Held) and match.candidates):
            first = question = _guarded(question, self._questions.with_others)
        while True:
            answer = self._person.choose(question)
            match answer:
                case Pick():
                    return _chosen(match.work, answer.candidate)
                case AcceptSure():
                    self._accepts_sure = True
                    return _chosen(match.work, answer.candidate)
                case Skip() | SkipRest():
                    self._skips_rest = isinstance(answer, SkipRest)
                    return _declined(first, BY_YOU)
                case Never():
                    return replace(_declined(first, NEVER), is_final=True)
                case Undo():
                    return self._undone()
                case Done():
                    self._is_done = True
                    return None
                case SearchFor():
                    question = _guarded(question, partial(self._questions.searched, words=answer.words))
                case LookUp():
                    question = _guarded(question, partial(self._questions.looked_up, text=answer.text))
                case _:
                    assert_never(answer)

    def _undone(self) -> Back:
        """Take the last answer back; ``a`` that came with it no longer holds."""
        last = self._answered.pop()
        self._accepts_sure = last.accepted_sure
        self._notebook.take_back(last.work)
        return Back(work=last.work)


def _guarded(question: Question, step: Callable[[Question], Question]) -> Question:
    """Take a step towards the next question; what fails of it is told in the question that was.

    A person is there to try again, so that a fault of Trakt need not end the questions.
    """
    try:
        return step(question)
    except (RequestRefusedError, ItemNotFoundError, TraktUnavailableError, RateLimitError) as error:
        if isinstance(error, RequestRefusedError) and not error.is_about_an_item:
            raise
        return replace(question, notes=(str(error),))


def _declined(asked: Question, reason: str) -> Declined:
    return Declined(work=asked.work, candidates=measured(asked.work, asked.candidates), reason=reason)


def _chosen(work: Work, candidate: Candidate) -> Sure:
    """Give the choice; one of the other kind is what another reading says, if one says so: it has the numbers."""
    readings = (one for one in work.others if one.kind is candidate.kind is not work.kind)
    return Sure(
        work=work,
        candidate=candidate,
        distance=measure(work, candidate),
        reason="chosen by you",
        decided_by=DecidedBy.PERSON,
        read_as=next(readings, None),
    )
