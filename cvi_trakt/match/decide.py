"""Decides between candidates: automatic only when one is near and clearly nearer than the next."""

from __future__ import annotations

from collections.abc import Sequence

from cvi_trakt.match.distance import UNLIKE, measure, total
from cvi_trakt.matches import Candidate, DecidedBy, Held, NoMatch, Scored, Sure
from cvi_trakt.media import Work

NEAR = 0.15  # equal title, and a year that is equal, off by one, or not there to compare
GAP = 0.1  # how much farther the next must be; a year off by one is no gap to the same title a year off


def decide(work: Work, candidates: Sequence[Candidate]) -> Sure | Held | NoMatch:
    """Choose the candidate that a work is, hold it for a person, or say that there is none."""
    ranked = rank(work, candidates)
    if not ranked:
        return NoMatch(work=work, reason="no candidate")
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    nearest = _cost(work, best)
    if nearest > NEAR:
        return Held(work=work, candidates=ranked, reason=_why_not(best))
    if second is not None and _cost(work, second) - nearest < GAP:
        return Held(work=work, candidates=ranked, reason=_why_both(work, second))
    against = other_id(work, best.candidate) or work.doubt
    if against:
        return Held(work=work, candidates=ranked, reason=against)
    return Sure(
        work=work,
        candidate=best.candidate,
        distance=best.distance,
        reason=_why(best),
        decided_by=DecidedBy.SCORE,
    )


def rank(work: Work, candidates: Sequence[Candidate]) -> tuple[Scored, ...]:
    """Measure candidates, drop the unlike ones, and put the nearest first; the same work counts once."""
    unique = {(one.ids.trakt, one.title, one.year): one for one in reversed(candidates)}
    scored = [Scored(candidate=one, distance=measure(work, one)) for one in unique.values()]
    likely = [one for one in scored if one.distance.title <= UNLIKE]
    return tuple(sorted(likely, key=lambda one: (_cost(work, one), one.distance.rank)))


def check_id(work: Work, candidate: Candidate) -> Sure | Held:
    """Judge what an id in the path led to: an id wins, unless title and year, or another id, say otherwise."""
    distance = measure(work, candidate)
    clash = other_id(work, candidate)
    if distance.title > UNLIKE and (distance.year or 0) > 1:
        clash = f"the id in the path is {candidate.title!r}, the name says {work.title!r}"
    if clash:
        return Held(work=work, candidates=(Scored(candidate=candidate, distance=distance),), reason=clash)
    return Sure(work=work, candidate=candidate, distance=distance, reason="id in the path", decided_by=DecidedBy.ID)


def other_id(work: Work, candidate: Candidate) -> str:
    """Say which id of the path is another than the candidate's own; empty when none is."""
    known = candidate.ids.known()
    for name, number in work.ids.known().items():
        if known.get(name, number) != number:
            return f"the path says {name} {number}, {candidate.title!r} has {name} {known[name]}"
    return ""


def _cost(work: Work, scored: Scored) -> float:
    return total(scored.distance, year_wanted=work.year is not None and work.year_is_first)


def _why(best: Scored) -> str:
    if best.distance.country == 0:
        return "title and country agree"
    if best.distance.year is None:
        return "the only one of that title"
    return "title and year agree" if best.distance.year == 0 else "title agrees, year off by one"


def _why_both(work: Work, second: Scored) -> str:
    if second.distance.title == 0 and work.year is None:
        return "several of that title and no year in the path"
    if second.distance.title == 0 and not work.year_is_first:
        return "several of that title, and the year may be the episode's"
    return "more than one candidate fits"


def _why_not(best: Scored) -> str:
    if best.distance.title == 0 and (best.distance.year or 0) > 1:
        return "the year disagrees"
    if best.distance.title == 0 and best.distance.country:
        return "the country disagrees"
    if best.distance.title == 0 and best.distance.year is None:
        return "the candidate has no year to compare"
    return "no title agrees"
