"""Finds what numbers a name, among all ways of numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cvi_trakt.identify.grammar import of_counts, of_days, of_episodes, of_seasons
from cvi_trakt.identify.grammar.sign import Sign, Strength

# Behind a season: "S21 1000", "s06.01.1999".
_ABSOLUTE = re.compile(r"[\s._]+(?P<episode>\d{2,4})(?=[\s._]*(?:$|[\[(]|\.(?:19|20)\d\d))")
_WAYS = (
    *of_episodes.WAYS,
    *of_counts.BEFORE_DATES,
    *of_seasons.WAYS,
    *of_days.WAYS,
    *of_counts.WAYS,
    *of_episodes.JOINED,
    *of_counts.PARTS,
)


def find_sign(text: str) -> Sign | None:
    """Give what numbers a name: the surest sign, with the episode or day that others add; None where there is none."""
    every = list(signs(text))
    if not every:
        return None
    best = max(every, key=_likelihood)
    if best.season is not None and not best.episodes and len(best.seasons) == 1:
        best = _with_episode(best, every, text)
    day = next((sign.date for sign in every if sign.date), None)
    return replace(best, date=best.date or day)


def signs(text: str) -> Iterator[Sign]:
    """Give the signs in a text, the first of each way of numbering."""
    return (sign for way in _WAYS if (sign := next(way.signs(text), None)) is not None)


def _likelihood(sign: Sign) -> tuple[int, bool, bool, int]:
    """Order signs: the surest, then those that say season and episode, then the first in the text."""
    has_season = sign.season is not None
    return (sign.strength, has_season and bool(sign.episodes), has_season, -sign.start)


def _with_episode(season: Sign, every: list[Sign], text: str) -> Sign:
    """Add the episode that stands apart from its season: ``Temporada 6 (2016) 720p Episodio 13``, ``S2 [05]``."""
    for other in every:
        if other.season is None and other.episodes and other.strength >= Strength.FAIR:
            return replace(season, episodes=other.episodes, start=min(season.start, other.start))
    found = _ABSOLUTE.match(text, season.end)
    return replace(season, episodes=(int(found["episode"]),)) if found else season
