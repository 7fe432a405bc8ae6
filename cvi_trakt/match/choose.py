"""Lets a person say what a work is: asks, searches and looks up on their word, until it is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Protocol, assert_never

from cvi_trakt.choices import AcceptSure, Answer, Done, LookUp, Pick, Question, SearchFor, Skip, SkipRest
from cvi_trakt.errors import ItemNotFoundError, RateLimitError, RequestRefusedError, TraktUnavailableError
from cvi_trakt.match.decide import decide
from cvi_trakt.match.distance import measure
from cvi_trakt.match.reference import ACCEPTED, IdReference, NoReference, SlugReference, read_reference
from cvi_trakt.match.search import MOST_HELD, Matcher, Memory, Source
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Held, Match, NoMatch, Scored, SearchFailed, Sure
from cvi_trakt.media import Kind, Work

BY_YOU = "by you"  # why a work is skipped
OF_ANY_KIND = ("imdb",)  # catalogues in which one number is never a film and a show


class Person(Protocol):
    """Whoever chooses."""

    def choose(self, question: Question) -> Answer:
        """Answer a question. Raises ``KeyboardInterrupt`` to stop the run."""
        ...


class LookUps(Source, Protocol):
    """A source of candidates that also knows the names in Trakt's addresses."""

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        """Give the work of this kind that has this slug, or Trakt's number."""
        ...


class Chooser:
    """Asks about each match that neither an id nor a person has decided; ``target`` is where works are added.

    What a person says is remembered at once, so that a run that is stopped keeps it. ``asks_again``
    asks about a person's own earlier answers, too.
    """

    def __init__(
        self,
        person: Person,
        matcher: Matcher,
        source: LookUps,
        memory: Memory,
        *,
        target: str,
        asks_again: bool = False,
    ) -> None:
        self._person = person
        self._matcher = matcher
        self._source = source
        self._memory = memory
        self._target = target
        self._asks_again = asks_again
        self._accepts_sure = False
        self._skips_rest = False
        self._is_done = False

    def choose(self, match: Match, place: str = "") -> Match:
        """Give the match as the person wants it; ``place`` says how far the run is.

        Raises ``TraktError`` for what concerns every search.
        """
        if self._is_done or isinstance(match, (SearchFailed, Declined)) or self._is_decided(match):
            return match
        if self._skips_rest:
            return Declined(work=match.work, candidates=(), reason=BY_YOU)
        if self._accepts_sure and isinstance(match, Sure):
            return match
        chosen = self._ask(match, place)
        if chosen is None:
            return match
        self._memory.remember(chosen)
        return chosen

    def _is_decided(self, match: Match) -> bool:
        if not isinstance(match, Sure) or match.decided_by is DecidedBy.SCORE:
            return False
        return match.decided_by is DecidedBy.ID or not self._asks_again

    def _ask(self, match: Sure | Held | NoMatch, place: str) -> Sure | Declined | None:
        """Ask until an answer settles the work; None leaves it as it was."""
        first = question = self._question(match, place)
        if not (isinstance(match, Held) and match.candidates):
            first = question = self._guarded(question, self._with_candidates)
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
                    return Declined(work=match.work, candidates=_measured(match.work, first.candidates), reason=BY_YOU)
                case Done():
                    self._is_done = True
                    return None
                case SearchFor():
                    question = self._guarded(question, partial(self._searched, words=answer.words))
                case LookUp():
                    question = self._guarded(question, partial(self._looked_up, text=answer.text))
                case _:
                    assert_never(answer)

    def _question(self, match: Sure | Held | NoMatch, place: str) -> Question:
        chosen = match.candidate if isinstance(match, Sure) else None
        by_person = isinstance(match, Sure) and match.decided_by is DecidedBy.PERSON
        held = [one.candidate for one in match.candidates] if isinstance(match, Held) else []
        note = match.reason if isinstance(match, Held) else "your earlier choice" if by_person else ""
        return Question(
            work=match.work,
            candidates=(chosen,) if chosen is not None else tuple(held),
            target=self._target,
            sure=None if by_person else chosen,
            preselected=chosen,
            notes=(note,) if note else (),
            place=place,
        )

    def _guarded(self, question: Question, step: Callable[[Question], Question]) -> Question:
        """Take a step towards the next question; what fails of it is told in the question that was.

        A person is there to try again, so that a fault of Trakt need not end the questions.
        """
        try:
            return step(question)
        except (RequestRefusedError, ItemNotFoundError, TraktUnavailableError, RateLimitError) as error:
            if isinstance(error, RequestRefusedError) and not error.is_about_an_item:
                raise
            return replace(question, notes=(str(error),))

    def _with_candidates(self, question: Question) -> Question:
        """Add what else there is: beside a candidate that is chosen, and where an earlier run found nothing."""
        known = {one.ids.trakt for one in question.candidates}
        found = (one.candidate for one in self._matcher.candidates(question.work))
        others = (one for one in found if one.ids.trakt not in known)
        return replace(question, candidates=(*question.candidates, *others)[:MOST_HELD])

    def _searched(self, question: Question, words: str) -> Question:
        """Search with a person's words; only they order what is found, whatever year the path names."""
        found = self._matcher.find(question.work.kind, words)
        asked = replace(question.work, title=words)
        nearest = sorted(_measured(asked, found), key=lambda one: (one.distance.title, one.distance.rank))
        if not nearest:
            return replace(question, notes=(f"Nothing found for {words!r}",))
        decided = decide(asked, found)
        return replace(
            question,
            candidates=tuple(one.candidate for one in nearest[:MOST_HELD]),
            sure=None,
            preselected=decided.candidate if isinstance(decided, Sure) else None,
            words=words,
            notes=(),
        )

    def _looked_up(self, question: Question, text: str) -> Question:
        """Look up what a person names by an id or a url."""
        reference = read_reference(text)
        if isinstance(reference, NoReference):
            return replace(question, notes=(reference.why, ACCEPTED))
        found = self._resolve(reference, question.work.kind)
        if not found:
            return replace(question, notes=(f"Trakt knows nothing under {text}",))
        candidates = tuple(one.candidate for one in _measured(question.work, found))
        # a number of TMDB or TVDB may be a film's and a show's: what is of the other kind is not taken by Enter alone
        meant = reference.kind is not None or isinstance(reference, SlugReference) or reference.source in OF_ANY_KIND
        preselected = found[0] if meant or found[0].kind is question.work.kind else None
        return replace(question, candidates=candidates, sure=None, preselected=preselected, words=text, notes=())

    def _resolve(self, reference: IdReference | SlugReference, kind: Kind) -> list[Candidate]:
        """Look up as the kind that the reference names, else as the work's own, then as the other."""
        if isinstance(reference, SlugReference):
            return self._named(reference.kind or kind, reference.slug)
        kinds = [kind, *(other for other in Kind if other is not kind)] if reference.kind is None else [reference.kind]
        answers = (self._source.look_up(each, reference.source, reference.number) for each in kinds)
        return next((found for found in answers if found), [])

    def _named(self, kind: Kind, slug: str) -> list[Candidate]:
        """Look up a slug; one of digits, as the show 1883 has it, is a number to Trakt: it is searched for as well."""
        titled = self._matcher.find(kind, slug) if slug.isdecimal() else []
        return [*(one for one in titled if one.ids.slug == slug), *self._source.look_up_slug(kind, slug)]


def _chosen(work: Work, candidate: Candidate) -> Sure:
    return Sure(
        work=work,
        candidate=candidate,
        distance=measure(work, candidate),
        reason="chosen by you",
        decided_by=DecidedBy.PERSON,
    )


def _measured(work: Work, candidates: Iterable[Candidate]) -> tuple[Scored, ...]:
    """Measure candidates, each work once, in their order."""
    unique: dict[tuple[Kind, int | None], Candidate] = {}
    for one in candidates:
        unique.setdefault((one.kind, one.ids.trakt), one)
    return tuple(Scored(candidate=one, distance=measure(work, one)) for one in unique.values())
