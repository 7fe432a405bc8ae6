"""How far a candidate is from what the path says: named parts, and their weighted sum."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from cvi_trakt.match.spelling import is_nearly, respelled, squished
from cvi_trakt.matches import Candidate, Distance, TitleBy
from cvi_trakt.media import Kind, Work
from cvi_trakt.titles import normalise

# The weights: what each disagreement costs. A total above NEAR (in decide) is never chosen automatically.
# docs/matching.md says what each was measured on.
WEIGHTS = {
    "title": 0.3,  # any other title, however close: a sequel differs from its film by one letter
    "original title": 0.01,  # the same words, but as likely another work's main title
    "alias": 0.03,  # one of many titles, some of them shared
    "spelling": 0.05,  # II and 2, Pt and Part, a transliteration
    "typo": 0.12,  # one letter or the article; never together with any other difference
    "year off by one": 0.1,  # festivals and releases fall into different years
    "year unknown": 0.2,  # the path names a year and the candidate has none: it may be another work
    "year": 0.5,
    "country": 0.5,
}
UNLIKE = 0.55  # a title farther than this is no candidate at all


def measure(work: Work, candidate: Candidate, aliases: Iterable[str] = ()) -> Distance:
    """Measure one candidate against a work; ``aliases`` are its other titles, where they were asked for."""
    country = None
    if work.country is not None:
        country = int((candidate.country or "").upper() != work.country.upper())
    title, by = _title_distance(work.title, candidate, aliases)
    return Distance(
        title=title,
        year=_year_distance(work, candidate),
        country=country,
        runtime=_runtime_distance(work, candidate),
        by=by,
        rank=candidate.rank,
    )


def total(distance: Distance, *, year_wanted: bool) -> float:
    """Add the costs up; ``year_wanted`` says that the path names a year."""
    return round(sum(costs(distance, year_wanted=year_wanted).values()), 6)


def costs(distance: Distance, *, year_wanted: bool) -> dict[str, float]:
    """Give what each disagreement costs by the weights, under the name of its weight; what agrees costs nothing."""
    found: dict[str, float] = {}
    if distance.title:
        found["title"] = WEIGHTS["title"] + distance.title
    if distance.by is not TitleBy.TITLE:
        found[str(distance.by)] = WEIGHTS[str(distance.by)]
    if distance.year is None and year_wanted:
        found["year unknown"] = WEIGHTS["year unknown"]
    elif distance.year == 1:
        found["year off by one"] = WEIGHTS["year off by one"]
    elif distance.year:
        found["year"] = WEIGHTS["year"]
    if distance.by is TitleBy.TYPO and distance.year != 0:
        found["typo"] += WEIGHTS["title"]  # only where everything else agrees
    if distance.country:
        found["country"] = WEIGHTS["country"]
    return found


def _title_distance(wanted: str, candidate: Candidate, aliases: Iterable[str]) -> tuple[float, TitleBy]:
    """Give how far the nearest title is, and which one it is and how it agrees."""
    titles = [(candidate.title, TitleBy.TITLE)]
    titles += [(candidate.original_title, TitleBy.ORIGINAL)] if candidate.original_title else []
    titles += [(alias, TitleBy.ALIAS) for alias in aliases]
    wanted_letters = squished(wanted)
    for title, by in titles:
        if squished(title) == wanted_letters:
            return 0.0, by
    spelled = respelled(wanted)
    if spelled and any(respelled(title) == spelled for title, _ in titles):
        return 0.0, TitleBy.SPELLING
    if any(is_nearly(wanted, title) for title, by in titles if by is not TitleBy.ALIAS):
        return 0.0, TitleBy.TYPO
    nearest = min((_between(wanted, title), index) for index, (title, _) in enumerate(titles))
    return max(0.001, nearest[0]), titles[nearest[1]][1]


def _between(one: str, other: str) -> float:
    return 1.0 - SequenceMatcher(None, normalise(one), normalise(other), autojunk=False).ratio()


def _year_distance(work: Work, candidate: Candidate) -> int | None:
    if work.year is None or candidate.year is None:
        return None
    if work.year_is_first:
        return abs(work.year - candidate.year)
    # the year may be the episode's own: it only speaks against a show that began later
    return candidate.year - work.year if candidate.year > work.year else None


def _runtime_distance(work: Work, candidate: Candidate) -> int | None:
    """Count the minutes between a film's runtime and the file's duration; an episode's own is not in a show."""
    if work.duration is None or not candidate.runtime or candidate.kind is not Kind.MOVIE:
        return None
    return round(abs(work.duration / 60 - candidate.runtime))
