"""Decides between candidates: automatic only when one is near and clearly nearer than the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvi_trakt.match.distance import UNLIKE, measure, total
from cvi_trakt.matches import Candidate, DecidedBy, Held, NoMatch, Scored, Sure, TitleBy
from cvi_trakt.media import Kind, Work, is_listed

NEAR = 0.15  # equal title, and a year that is equal, off by one, or not there to compare
GAP = 0.1  # how much farther the next must be; a year off by one is no gap to the same title a year off
SAME_LENGTH = 3  # minutes that a file may differ from the runtime of its film
OTHER_LENGTH = 10  # minutes from which on it is another film's
LEAST_SHARE = 0.5  # of the runtime that a file of the film lasts; below, it is something else, or not whole
MOST_SHARE = 2.0
FAR_BETTER_KNOWN = 30  # times the votes that one of two films of one title and year must have to be meant
LEAST_VOTES = 1000

_OWN_TITLES = (TitleBy.TITLE, TitleBy.ORIGINAL)
Aliases = Mapping[int | None, Sequence[str]]  # the other titles of candidates, by Trakt's number


def decide(work: Work, candidates: Sequence[Candidate], aliases: Aliases | None = None) -> Sure | Held | NoMatch:
    """Choose the candidate that a work is, hold it for a person, or say that there is none.

    ``aliases`` are the other titles of those candidates for which they were asked.
    """
    ranked = rank(work, candidates, aliases)
    if not ranked:
        return NoMatch(work=work, reason="no candidate")
    best = ranked[0]
    if _cost(work, best) > NEAR:
        return Held(work=work, candidates=ranked, reason=_why_not(best))
    reason = _why(best)
    rivals = [one for one in ranked[1:] if _competes(work, best, one)]
    if rivals:
        chosen = _by_length(best, rivals) or _by_votes(best, rivals)
        if chosen is None:
            return Held(work=work, candidates=ranked, reason=_why_both(work, rivals[0]))
        best, reason = chosen
    against = other_id(work, best.candidate) or work.doubt or _other_length(work, best)
    if against:
        return Held(work=work, candidates=ranked, reason=against)
    return Sure(work=work, candidate=best.candidate, distance=best.distance, reason=reason, decided_by=DecidedBy.SCORE)


def rank(work: Work, candidates: Sequence[Candidate], aliases: Aliases | None = None) -> tuple[Scored, ...]:
    """Measure candidates, drop the unlike ones, and put the nearest first; the same work counts once."""
    known = aliases or {}
    unique = {(one.ids.trakt, one.title, one.year): one for one in reversed(candidates)}
    scored = [
        Scored(candidate=one, distance=measure(work, one, known.get(one.ids.trakt, ()))) for one in unique.values()
    ]
    likely = [one for one in scored if one.distance.title <= UNLIKE]
    return tuple(sorted(likely, key=lambda one: (_cost(work, one), one.distance.rank)))


def check_id(work: Work, candidate: Candidate) -> Sure | Held:
    """Judge what an id led to: an id wins, unless title and year together, or another id, say otherwise.

    A title alone says little against an id: names are translated, shortened and hidden. The person's own
    list is there to overrule names, and is not judged by them.
    """
    distance = measure(work, candidate)
    clash = other_id(work, candidate)
    if distance.title > UNLIKE and (distance.year or 0) > 1 and not is_listed(work.ids_from):
        clash = says_otherwise(work, candidate)
    if clash:
        return Held(work=work, candidates=(Scored(candidate=candidate, distance=distance),), reason=clash)
    reason = f"id in {_source(work)}"
    return Sure(work=work, candidate=candidate, distance=distance, reason=reason, decided_by=DecidedBy.ID)


def _source(work: Work) -> str:
    return work.ids_from or "the path"


def says_otherwise(work: Work, candidate: Candidate) -> str:
    """Say that an id and a name mean two works."""
    there = f"{candidate.title!r}" + (f" ({candidate.year})" if candidate.year else "")
    here = f"{work.title!r}" + (f" ({work.year})" if work.year else "")
    return f"the id in {_source(work)} is {there}, the name says {here}"


def other_id(work: Work, candidate: Candidate) -> str:
    """Say which id of the path is another than the candidate's own; empty when none is."""
    known = candidate.ids.known()
    for name, number in work.ids.known().items():
        if known.get(name, number) != number:
            return f"{_source(work)} says {name} {number}, {candidate.title!r} has {name} {known[name]}"
    return ""


def wants_year(work: Work) -> bool:
    """Whether a candidate must have a year to compare: where the path names the one that the work began in."""
    return work.year is not None and work.year_is_first


def _cost(work: Work, scored: Scored) -> float:
    return total(scored.distance, year_wanted=wants_year(work))


def _competes(work: Work, best: Scored, other: Scored) -> bool:
    """Whether another candidate is too near to leave out: not beside one whose own title and year are the path's."""
    if _cost(work, other) - _cost(work, best) >= GAP:
        return False
    is_exact = best.distance.by is TitleBy.TITLE and best.distance.year == 0 and work.year_is_first
    return not is_exact or other.distance.by is TitleBy.TITLE


def _by_length(best: Scored, rivals: Sequence[Scored]) -> tuple[Scored, str] | None:
    """Choose the one film that lasts as long as the file, where every other one plainly does not."""
    every = (best, *rivals)
    lengths = [one.distance.runtime for one in every]
    known = [length for length in lengths if length is not None]
    fitting = [one for one in every if one.distance.runtime is not None and one.distance.runtime <= SAME_LENGTH]
    if len(known) < len(every) or len(fitting) != 1 or sum(length < OTHER_LENGTH for length in known) > 1:
        return None
    return fitting[0], "the only one of that title and length"


def _by_votes(best: Scored, rivals: Sequence[Scored]) -> tuple[Scored, str] | None:
    """Choose, of several works of exactly this title and year, the one that is far better known than all others."""
    every = sorted((best, *rivals), key=lambda one: -(one.candidate.votes or 0))
    if any(one.distance.year != 0 or one.distance.country or one.distance.by not in _OWN_TITLES for one in every):
        return None
    votes = [one.candidate.votes or 0 for one in every]
    if votes[0] < max(LEAST_VOTES, FAR_BETTER_KNOWN * votes[1]):
        return None
    return every[0], "title and year agree, by far the best known"


def _other_length(work: Work, best: Scored) -> str:
    """Say that a file cannot be this film because of how long it is; empty when it can, or title and year agree."""
    runtime = best.candidate.runtime
    if best.distance.year == 0:
        return ""
    if best.distance.runtime is None or work.duration is None or not runtime or best.candidate.kind is not Kind.MOVIE:
        return ""
    minutes = round(work.duration / 60)
    if LEAST_SHARE * runtime <= minutes <= MOST_SHARE * runtime:
        return ""
    return f"the file lasts {minutes} min, {best.candidate.title!r} {runtime} min"


def _why(best: Scored) -> str:
    named = {TitleBy.TITLE: "title", TitleBy.ORIGINAL: "original title", TitleBy.ALIAS: "another title of it"}
    title = named.get(best.distance.by, "title, spelled differently,")
    if best.distance.by is TitleBy.TYPO:
        return "title agrees but for one letter, and the year"
    if best.distance.country == 0:
        return f"{title} and country agree"
    if best.distance.year is None:
        return "the only one of that title"
    return f"{title} and year agree" if best.distance.year == 0 else f"{title} agrees, year off by one"


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
    if best.distance.by is TitleBy.TYPO:
        return "the title differs by one letter"
    if best.distance.title == 0 and best.distance.year is None:
        return "the candidate has no year to compare"
    return "no title agrees"
