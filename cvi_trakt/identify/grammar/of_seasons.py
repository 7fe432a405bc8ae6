"""Signs that name whole seasons, or a season whose episode stands behind a dash: ``S01-S10``, ``2nd Season - 05``."""

from __future__ import annotations

import re
from dataclasses import replace

from cvi_trakt.identify.grammar.sign import MOST_SEASONS, VERSION, Sign, Strength, of_season, spanned, way
from cvi_trakt.numerals import SMALL_NUMBER, value
from cvi_trakt.release_words import ALONE, END, first_release_word

_OPEN, _CLOSE = r"[\[(]?", r"[\])]?"
_COMPLETE = r"(?:(?:the[ ._-]+)?complete[ ._-]+)?"
_AND = r"[\s._]*(?:-|–|~|&|\+|,|and|to)+[\s._]*"
_SEASON = r"(?:season|saison|staffel|temporada|stagione|seizoen|säsong|sezon|сезон)"
_SEASON_LAST = r"(?:сезон|sezon|temporada|staffel|stagione|évad)"  # where the number stands before the word


def _seasons(found: re.Match[str]) -> Sign | None:
    """``S01-S10``, ``S01.S02.S03``, ``Seasons 1 to 5``, ``Season 1, 2, 3 & 4``, ``S1 + S2``."""
    listed = spanned(re.sub(r"(?i)s(?:easons?)?", "", found["all"]))
    if len(listed) < 2 or max(listed) > MOST_SEASONS or list(listed) != sorted(listed):
        return None
    return replace(of_season(found, listed[0]), seasons=listed)


def _one_season(found: re.Match[str]) -> Sign | None:
    """``S01``, ``Season 2``, ``Saison sept``, ``2nd Season``, ``第2季``, each perhaps with an episode behind it."""
    season = value(found["season"])
    if season > MOST_SEASONS and not 1900 < season < 2100:
        return None
    # among the words of a release only a word for it says so: not E-AC3-S78
    if first_release_word(found.string) < found.start() and not re.search(r"(?i)[a-zа-я]{3}", found[0]):
        return None
    follows = found.groupdict().get("episode")
    return of_season(found, season, spanned(follows) if follows else ())


def _fair(found: re.Match[str]) -> Sign | None:
    """``Title Series 2``, as in Britain; films of a series are counted so, too."""
    sign = _one_season(found)
    return replace(sign, strength=Strength.FAIR) if sign else None


WAYS = (
    way(rf"{ALONE}s(?P<season>\d{{1,2}})(?:p|d|dvd|disc)\d{{1,2}}(?:-\d)?{END}", _one_season),
    way(
        rf"{_OPEN}{ALONE}(?P<all>s\d{{1,2}}(?:[\s._]*(?:--?|–|~|&|\+|,|and|to)?[\s._]*s\d{{1,2}})+){END}{_CLOSE}",
        _seasons,
    ),
    way(rf"{ALONE}s(?P<season>\d)-(?P<episode>\d\d){END}", _one_season),
    way(
        rf"{_OPEN}{ALONE}(?P<all>s\d{{1,2}}(?:[-–~]|[\s._]to[\s._])\d{{1,2}}){END}",
        _seasons,
    ),
    way(
        rf"{_OPEN}{ALONE}{_COMPLETE}seasons[\s._-]*(?P<all>\d{{1,2}}(?:(?:{_AND}|[.\s])\d{{1,2}}{END})+){_CLOSE}",
        _seasons,
    ),
    # "Season 3 - 11" is an episode: of one season a list needs more than a dash with spaces around it
    way(
        rf"{_OPEN}{ALONE}{_COMPLETE}season[\s._-]*(?P<all>"
        rf"\d{{1,2}}(?:(?:[-–~.&]+|[\s._]*(?:&|\+|,|and|to)+[\s._]*)\d{{1,2}}{END})+"
        rf"|\d{{1,2}}(?:\s\d{{1,2}}){{2,}}{END}){_CLOSE}",
        _seasons,
    ),
    way(
        rf"{ALONE}s(?P<season>\d{{1,2}})[\s._]+-[\s._]+(?P<episode>\d{{1,4}}(?:-\d{{1,4}})?){VERSION}{END}(?![.,]\d)",
        _one_season,
    ),
    way(
        rf"{_OPEN}{ALONE}(?P<season>\d{{1,2}})\s?(?:st|nd|rd|th)[\s._]+season{END}{_CLOSE}"
        rf"(?:[\s._]*[-–]?[\s._]*(?P<episode>\d{{1,3}}(?:\s?[~-]\s?\d{{1,3}})?){END})?",
        _one_season,
    ),
    way(
        rf"{ALONE}(?P<season>\d{{1,2}})(?:[ªº°аa]|-?й|th|st|nd|rd)?[\s._]*{_SEASON_LAST}{END}[\s._,-]*"
        rf"(?:(?P<episode>\d{{1,4}}(?:\s?[-~]\s?\d{{1,4}})?)(?:-?я)?[\s._]*(?:сери[яи]|seri[jy]?a){END})?",
        _one_season,
    ),
    way(r"第(?P<season>\d{1,2}|[一二三四五六七八九十])[季期](?:[\s._-]*第?(?P<episode>\d{1,4})[话話集])?", _one_season),
    way(
        rf"{_OPEN}{ALONE}{_COMPLETE}{_SEASON}[\s._№#:-]*(?P<season>{SMALL_NUMBER}|(?:19|20)\d\d)(?:of\d{{1,2}})?"
        rf"{END}{_CLOSE}",
        _one_season,
    ),
    way(rf"(?<=[^\W_][\s._-])series[\s._]+(?P<season>\d{{1,2}}){END}(?![\s._]*[(\[]?(?:19|20)\d\d)", _fair),
    way(
        rf"{_OPEN}(?<!['’]){ALONE}s[ ._]?(?P<season>\d{{1,2}}|20[0-3]\d){END}{_CLOSE}(?![.,]\d{{1,2}}(?!\d))",
        _one_season,
    ),
)
