"""Judges what an id led to, by what the name of the file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cvi_trakt.match.answers import Answers
from cvi_trakt.match.decide import check_id, decide, rank, says_otherwise
from cvi_trakt.match.distance import UNLIKE, measure
from cvi_trakt.matches import Candidate, Held, Scored, Sure
from cvi_trakt.media import NO_IDS, Clash, Kind, OtherReading, Work, is_listed, own_reading
from cvi_trakt.titles import normalise


def by_id(work: Work, answers: Answers) -> Sure | Held:
    """Decide a work by its ids: what they lead to is judged by the name, an id that is unknown is held.

    What its name would find has another id, or none to compare. Raises as ``Answers``.
    """
    if work.clash is not None:
        return _clashing(work, work.clash, answers)
    found = answers.by_id(work)
    if found is not None:
        return _checked(work, found, answers)
    ids = ", ".join(f"{name} {number}" for name, number in work.ids.known().items())
    return Held(work=work, candidates=(), reason=f"Trakt knows no {work.kind} under {ids}")


def _checked(work: Work, found: Candidate, answers: Answers) -> Sure | Held:
    """Judge what an id led to; where the name speaks against it, what it finds is asked for, and shown."""
    if is_listed(work.ids_from):
        return check_id(work, found)
    own = own_reading(work.others)
    by_name = as_read(work, own) if own else work
    judged = replace(check_id(by_name, found), work=work)
    distance = measure(by_name, found)
    agrees = isinstance(judged, Sure) and (distance.year or 0) <= 1 and distance.title <= UNLIKE
    if agrees or not normalise(by_name.title):
        return judged
    answer = answers.exact(by_name.kind, by_name.title)
    if isinstance(judged, Sure) and _another(by_name, found, answer) is None:
        return judged
    others = (one for one in rank(by_name, answer) if one.candidate.ids.trakt != found.ids.trakt)
    reason = says_otherwise(by_name, found) if isinstance(judged, Sure) else judged.reason
    both = (Scored(candidate=found, distance=distance), *others)
    return Held(work=work, candidates=both, reason=reason)


def against_the_name(found: Sure, answers: Answers) -> Sure | Held:
    """Hold what a title beside the video led to, where the name finds another work. Raises as ``Answers``."""
    work = found.work
    own = own_reading(work.others)
    if own is None or measure(as_read(work, own), found.candidate).title <= UNLIKE:
        return found
    named = _another(as_read(work, own), found.candidate, answers.exact(own.kind, own.title))
    if named is None:
        return found
    both = (Scored(candidate=one.candidate, distance=measure(work, one.candidate)) for one in (found, named))
    year = f" ({own.year})" if own.year else ""
    return Held(
        work=work,
        candidates=tuple(both),
        reason=f"beside the file it says {work.title!r}, the name says {own.title!r}{year}",
    )


def _another(by_name: Work, found: Candidate, answer: Sequence[Candidate]) -> Sure | None:
    """Give the work that the name alone finds, where it is surely another one."""
    named = decide(replace(by_name, ids=NO_IDS), answer)
    return named if isinstance(named, Sure) and named.candidate.ids.trakt != found.ids.trakt else None


def _clashing(work: Work, clash: Clash, answers: Answers) -> Held:
    """Hold a work of which two sources name different ids, and show both."""
    found = (answers.by_id(work), answers.by_id(replace(work, ids=clash.ids)))
    every = {one.ids.trakt: one for one in found if one is not None}
    candidates = tuple(Scored(candidate=one, distance=measure(work, one)) for one in every.values())
    return Held(work=work, candidates=candidates, reason=clash.reason)


def as_read(work: Work, other: OtherReading) -> Work:
    """Give a work as another reading of its name has it; the year of a path counts for every reading of a film."""
    is_dated = other.year is None and work.year is not None and work.year_is_first and str(work.year) not in other.title
    keeps_year = is_dated and (work.kind is Kind.MOVIE or normalise(work.title) == normalise(other.title))
    return replace(
        work,
        kind=other.kind,
        title=other.title,
        year=work.year if keeps_year else other.year,
        year_is_first=True if keeps_year else other.year_is_first,
        country=other.country,
        doubt=None,
        others=(),
    )
