"""Brings candidates to the decision with as few requests as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from cvi_trakt.errors import RequestRefusedError
from cvi_trakt.match.answers import Answers, Source
from cvi_trakt.match.by_id import against_the_name, as_read, by_id
from cvi_trakt.match.decide import Aliases, decide, rank
from cvi_trakt.match.distance import measure
from cvi_trakt.match.left_out import is_explained, left_out
from cvi_trakt.match.spelling import queries, squished
from cvi_trakt.match.there import Shelf
from cvi_trakt.matches import Candidate, Held, Match, NoMatch, Scored, SearchFailed, Sure
from cvi_trakt.media import Kind, OtherReading, Work
from cvi_trakt.titles import normalise

MOST_HELD = 27  # candidates kept for a person: three pages of nine
MOST_ASKED_FOR_TITLES = 2  # candidates whose other titles are worth a request each


class Memory(Protocol):
    """What earlier runs decided."""

    def recall(self, work: Work) -> Match | None:
        """Give the decision for a work that still counts."""
        ...

    def remember(self, match: Match) -> None:
        """Keep a decision."""
        ...


class Matcher:
    """Matches works: by an id first, then an earlier decision, then the exact and the broad search.

    Each question is asked once, whichever thread comes first; the memory is used by the caller's
    thread alone (``recall``, ``keep``), the searches may run in several (``ask``). ``shelf`` knows
    what the target holds.
    """

    def __init__(self, source: Source, memory: Memory, shelf: Shelf | None = None) -> None:
        self._answers = Answers(source)
        self._memory = memory
        self._shelf = shelf

    def match(self, work: Work) -> Match:
        """Decide one work.

        A request that Trakt refuses fails this work only. Raises ``TraktError`` for what concerns
        all of them: no answer, a refused client.
        """
        return self.recall(work) or self.keep(self.ask(work))

    def recall(self, work: Work) -> Match | None:
        """Give what needs no search: what an earlier run decided, or what the target holds."""
        return self._memory.recall(work) or (self._shelf.find(work) if self._shelf is not None else None)

    def keep(self, match: Match) -> Match:
        """Remember a decision, and give it back."""
        self._memory.remember(match)
        return match

    def ask(self, work: Work) -> Match:
        """Search for a work whatever is remembered. Raises as ``match``."""
        try:
            return self._ask(work)
        except RequestRefusedError as error:
            if not error.is_about_an_item:
                raise
            return SearchFailed(work=work, error=str(error))

    def candidates(self, work: Work) -> tuple[Scored, ...]:
        """Give all that a person may choose from, the nearest first; asks only what was not asked in this run."""
        if not normalise(work.title):
            return ()
        return rank(work, self._answers.both(work.kind, work.title))[:MOST_HELD]

    def find(self, kind: Kind, words: str) -> list[Candidate]:
        """Give what the exact and the broad search find, in that order; a work may come twice."""
        return self._answers.both(kind, words)

    def _ask(self, work: Work) -> Match:
        if work.clash is not None or work.ids:
            return _shortened(by_id(work, self._answers))
        if not normalise(work.title):
            return NoMatch(work=work, reason="no title in the name")
        exact = self._answers.exact(work.kind, work.title)
        found = decide(work, exact)
        if _settled(found):
            return _shortened(self._against_others(found))
        if isinstance(found, Held) and found.reason == work.doubt:
            return _shortened(self._read_otherwise(work) or found)
        settled = self._by_other_titles(work, exact) or self._read_otherwise(work) or self._broadly(work)
        return _shortened(self._against_others(settled))

    def _against_others(self, found: Sure | Held | NoMatch) -> Sure | Held | NoMatch:
        """Hold a work whose year does not settle it where its name may say another one.

        So it does where Trakt knows another work by that title, where the reading leaves words of the
        name out, and where another reading finds another work.
        """
        if not isinstance(found, Sure) or found.distance is None or found.read_as is not None:
            return found
        by_name = against_the_name(found, self._answers)
        if isinstance(by_name, Held) or found.distance.year == 0:
            return by_name
        if found.distance.year is not None:
            return self._against_words(found)
        answer = self._answers.exact(found.work.kind, found.work.title)
        namesakes = _namesakes(found, answer)
        if namesakes:
            both = (Scored(candidate=found.candidate, distance=found.distance), *namesakes)
            return Held(work=found.work, candidates=both, reason="another work has this title as well")
        for other in found.work.others:
            if not _contradicts(found.work, other):
                continue
            rivals = self._rivals(found.work, other)
            if rivals and isinstance(rivals[0], Sure) and _says_more(other.title, found.work.title):
                return rivals[0]
            if rivals:
                every = (
                    Scored(candidate=one.candidate, distance=one.distance) for one in (found, *rivals) if one.distance
                )
                reason = f"the name may also say {other.title!r} [{other.kind}]"
                return Held(work=found.work, candidates=tuple(every), reason=reason)
        return self._against_words(found)

    def _against_words(self, found: Sure) -> Sure | Held:
        """Hold a work of whose name words are left out that say nothing about what was found."""
        words = left_out(found.work.title, found.work, kind=found.work.kind)
        if words and not is_explained(words, found.work.title, found, self._answers.other_titles):
            alone = (Scored(candidate=found.candidate, distance=measure(found.work, found.candidate)),)
            return Held(work=found.work, candidates=alone, reason="the name has more words than the title")
        return found

    def _rivals(self, work: Work, other: OtherReading) -> tuple[Sure | Scored, ...]:
        """Give what another reading finds: one work, or, where it is of another kind, all of that title."""
        found = self._exactly(work, other)
        if found is not None or other.kind is work.kind:
            return (found,) if found else ()
        ranked = rank(as_read(work, other), self._answers.exact(other.kind, other.title))
        return tuple(one for one in ranked if one.distance.title == 0 and (one.distance.year or 0) <= 1)

    def _read_otherwise(self, work: Work) -> Sure | None:
        """Try the other readings, the likeliest first, then other spellings of the first."""
        for other in work.others:
            found = self._exactly(work, other)
            if found is not None:
                return found
        for spelling in queries(work.title):
            answer = self._answers.exact(work.kind, spelling)
            decided = decide(work, answer)
            if isinstance(decided, Sure) and not _namesakes(decided, answer):
                return decided
        return None

    def _exactly(self, work: Work, other: OtherReading) -> Sure | None:
        """Search for another reading; what it leaves out of the name must say nothing against what it finds."""
        asked = as_read(work, other)
        answer = self._answers.exact(other.kind, other.title)
        decided = decide(asked, answer)
        if not isinstance(decided, Sure) or decided.distance is None or _namesakes(decided, answer):
            return None
        found = replace(decided, work=work, read_as=other)
        words = left_out(other.title, work)
        is_numbered = words.isdigit() and work.kind is Kind.SHOW and other.kind is Kind.MOVIE  # the episode's number
        if words and not is_numbered and not is_explained(words, other.title, found, self._answers.other_titles):
            return None
        return found

    def _broadly(self, work: Work) -> Sure | Held | NoMatch:
        """Decide among all that is found, and ask the likeliest for their other titles."""
        every = self._answers.both(work.kind, work.title)
        found = decide(work, every)
        if not isinstance(found, Held) or found.candidates[0].distance.title == 0:
            return found
        return decide(work, every, self._aliases(work, every))

    def _by_other_titles(self, work: Work, exact: Sequence[Candidate]) -> Sure | None:
        """Decide among what the exact search found under titles that are not in its answer."""
        aliases = self._aliases(work, exact)
        found = decide(work, exact, aliases) if aliases else None
        return found if isinstance(found, Sure) and not _namesakes(found, exact) else None

    def _aliases(self, work: Work, candidates: Sequence[Candidate]) -> Aliases:
        likely = {one.ids.trakt: one for one in candidates if _may_be_called_so(work, one)}
        return {one.ids.trakt: self._answers.other_titles(one) for one in list(likely.values())[:MOST_ASKED_FOR_TITLES]}


def _namesakes(found: Sure, answer: Sequence[Candidate]) -> tuple[Scored, ...]:
    """Give what else an exact search finds where no year tells them apart: it knows titles that it does not show."""
    distance = found.distance
    if distance is None or distance.year is not None or distance.country is not None:
        return ()
    others = {one.ids.trakt: one for one in answer if one.ids.trakt != found.candidate.ids.trakt}
    return tuple(Scored(candidate=one, distance=measure(found.work, one)) for one in others.values())


def _settled(found: Sure | Held | NoMatch) -> bool:
    """Whether the broad search could not change anything: one is sure, or several equals compete."""
    if isinstance(found, Sure):
        return True
    equals = [one for one in found.candidates if one.distance.title == 0] if isinstance(found, Held) else []
    return len(equals) > 1 and (equals[0].distance.year or 0) <= 1 and not equals[0].distance.country


def _contradicts(work: Work, other: OtherReading) -> bool:
    """Whether another reading is of another kind, or has more words, so that it may be another work."""
    return other.kind is not work.kind or _says_more(other.title, work.title)


def _says_more(title: str, than: str) -> bool:
    return len(squished(title)) > len(squished(than)) and squished(than) in squished(title)


def _may_be_called_so(work: Work, candidate: Candidate) -> bool:
    """Whether it is worth asking what else a candidate is called: its year must not speak against it."""
    is_later = work.year is None or candidate.year is None
    return is_later or not work.year_is_first or abs((work.year or 0) - (candidate.year or 0)) <= 1


def _shortened(found: Sure | Held | NoMatch) -> Match:
    if isinstance(found, Held):
        return replace(found, candidates=found.candidates[:MOST_HELD])
    return found
