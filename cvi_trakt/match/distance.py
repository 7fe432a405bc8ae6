"""How far a candidate is from what the path says: named parts, and their weighted sum."""

from __future__ import annotations

from difflib import SequenceMatcher

from cvi_trakt.matches import Candidate, Distance
from cvi_trakt.media import Work
from cvi_trakt.titles import normalise

# The weights: what each disagreement costs. A total above NEAR is never chosen automatically.
TITLE_DIFFERS = 0.3  # any other title, however close: a sequel differs from its film by one letter
YEAR_OFF_BY_ONE = 0.1  # festivals and releases fall into different years
YEAR_UNKNOWN = 0.2  # the path names a year and the candidate has none: it may be another work
YEAR_DISAGREES = 0.5
COUNTRY_DISAGREES = 0.5

UNLIKE = 0.55  # a title farther than this is no candidate at all


def measure(work: Work, candidate: Candidate) -> Distance:
    """Measure one candidate against a work."""
    country = None
    if work.country is not None:
        country = int((candidate.country or "").upper() != work.country.upper())
    return Distance(
        title=_title_distance(work.title, candidate),
        year=_year_distance(work, candidate),
        country=country,
        rank=candidate.rank,
    )


def total(distance: Distance, *, year_wanted: bool) -> float:
    """Add the parts up by the weights; ``year_wanted`` says that the path names a year."""
    cost = 0.0 if distance.title == 0 else TITLE_DIFFERS + distance.title
    if distance.year is None:
        cost += YEAR_UNKNOWN if year_wanted else 0.0
    elif distance.year > 1:
        cost += YEAR_DISAGREES
    elif distance.year == 1:
        cost += YEAR_OFF_BY_ONE
    return cost + (COUNTRY_DISAGREES if distance.country else 0.0)


def _title_distance(wanted: str, candidate: Candidate) -> float:
    names = [candidate.title, candidate.original_title or candidate.title]
    return min(_between(normalise(wanted), normalise(name)) for name in names)


def _between(one: str, other: str) -> float:
    if one.replace(" ", "") == other.replace(" ", ""):
        return 0.0
    return max(0.001, 1.0 - SequenceMatcher(None, one, other, autojunk=False).ratio())


def _year_distance(work: Work, candidate: Candidate) -> int | None:
    if work.year is None or candidate.year is None:
        return None
    if work.year_is_first:
        return abs(work.year - candidate.year)
    # the year may be the episode's own: it only speaks against a show that began later
    return candidate.year - work.year if candidate.year > work.year else None
