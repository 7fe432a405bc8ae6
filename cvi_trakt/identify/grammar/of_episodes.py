"""Signs that name a season and its episodes: ``S01E02``, ``1x02``, ``Season 3 Episode 10``, ``Cap.102``."""

from __future__ import annotations

import re
from dataclasses import replace

from cvi_trakt.identify.grammar.sign import (
    LONGEST_RANGE,
    MOST_SEASONS,
    VERSION,
    Sign,
    Strength,
    of_season,
    spanned,
    way,
)
from cvi_trakt.numerals import SMALL_NUMBER, value
from cvi_trakt.release_words import ALONE, END, GAP

_DAYS = 366  # the most episodes of a season that is counted by year
_SEASON = (
    r"(?:(?:the[ ._-]+)?complete[ ._-]+)?"
    r"(?:seasons?|series|saisons?|staffeln?|temporadas?|temp?|stagion[ei]|seizoen|säsong|sæson|sesong|kausi|sezon"
    r"|sezona|évad|сезоны?|(?:sn|se|s)(?![^\W\d_]))"  # no letter behind an "s": "Six Episode 2"
)
_EPISODE = r"(?:episodes?|epis[oó]dios?|episodi|eps?|folgen?|capitulos?|capítulos?|cap|afl|серии|серия|e)"
_AND = r"[\s._]*(?:-|–|~|&|\+|,|and|to|et|en|y|a|x)?[\s._]*"
# A further episode behind the first one of a name.
_FURTHER = re.compile(
    r"(?P<between>[\s._]*(?:[-–~&+,_]|and|to|a)?[\s._]*)(?:s(?P<season>\d{1,4})[\s._]*)?"
    r"(?P<mark>ep?|(?<=\s)\d{1,2}x)?(?P<episode>\d{1,5})(?:[a-d]|v\d)?",
    re.IGNORECASE,
)
_FURTHER_CROSS = re.compile(r"([^\dx]*?)(?:\d{1,4}x|[xe])?(\d+)(?!\d)(?!x\d)", re.IGNORECASE)


def _season_episode(found: re.Match[str]) -> Sign:
    """``S01E02``, ``S01E02E03``, ``S01E02-E05``, ``S02E03-04-05``, ``S01E05.06``, ``S07E22 - 7x23``."""
    season, episodes = int(found["season"]), [int(found["first"])]
    further = list(_FURTHER.finditer(found["rest"] or ""))
    for more in further:
        if more["season"] and int(more["season"]) != season:
            break  # S19E09_S20E14: the first season counts
        number, between = int(more["episode"]), more["between"]
        if number <= episodes[-1]:
            episodes += [number] if number < episodes[-1] and more["mark"] else []
        elif len(further) == 1 and re.search(r"[-–~]|to|a", between) and number - episodes[-1] <= LONGEST_RANGE:
            episodes.extend(range(episodes[-1] + 1, number + 1))
        elif more["mark"] or re.search(r"[&+-]|and", between) or number == episodes[-1] + 1:
            episodes.append(number)
    return of_season(found, season, sorted(set(episodes)))


def _cross(found: re.Match[str]) -> Sign | None:
    """``1x02``, ``1x01-x03``, ``2x04x05``, ``1x02 1x03``, ``8x01_02``, ``16x03-05``, by year ``2009x09``."""
    season, episodes = int(found["season"]), [int(found["first"])]
    if season > MOST_SEASONS and episodes[0] > _DAYS:
        return None  # 1920x804
    further = _FURTHER_CROSS.findall(found["rest"] or "")
    for between, number in further:
        if len(further) == 1 and re.search(r"[-–]", between) and 0 < int(number) - episodes[-1] <= LONGEST_RANGE:
            episodes.extend(range(episodes[-1] + 1, int(number) + 1))
        else:
            episodes.append(int(number))
    return of_season(found, season, sorted(set(episodes)))


def _in_words(found: re.Match[str]) -> Sign:
    """``Season 3 Episode 10``, ``Se.3 afl.3 en 4``, ``Saison VII - Ep 2``, ``[S 1 - Ep 002]``."""
    return of_season(found, value(found["season"]), spanned(found["episodes"]))


def _spelled_out(found: re.Match[str]) -> Sign:
    """``Season Two Episode Five``."""
    return of_season(found, value(found["season"]), (value(found["episode"]),))


def _in_digits(found: re.Match[str]) -> Sign:
    """``Cap.102``, ``Cap.1503_1506``, ``S0201``, ``[5.134]``, ``- 6.01 -``: the season, then the episode."""
    first = int(found["first"])
    last = int(found.groupdict().get("last") or first)
    return of_season(found, int(found["season"]), range(first, last + 1) if last > first else (first,))


def _dashed(found: re.Match[str]) -> Sign | None:
    """``4-13 Title``, ``Title 03-20``, ``Title 1-05``; ``1-13`` and ``01-05`` are rather packs of episodes."""
    is_pack = found["season"] != "1" or not found["first"].startswith("0")
    sign = _in_digits(found)
    return None if sign.season == 1 and is_pack else replace(sign, strength=Strength.FAIR)


def _two_joined(found: re.Match[str]) -> Sign | None:
    """``Title.101.102.hdtv``, ``title.10708.hdtv``: a season and two episodes in digits."""
    first, last = int(found["first"]), int(found["last"])
    return of_season(found, int(found["season"]), (first, last), Strength.FAIR) if last == first + 1 else None


WAYS = (
    way(rf"{ALONE}cap\.?\s?(?P<season>\d{{1,2}})(?P<first>\d\d)(?:_\d{{1,2}}(?P<last>\d\d))?{END}", _in_digits),
    way(rf"{ALONE}s(?!19|20)(?P<season>\d\d)(?P<first>\d\d){END}", _in_digits),
    way(r"\[(?P<season>\d{1,2})\.(?P<first>\d{2,3})\]", _in_digits),
    way(r"(?:(?<=\s-\s)|episode\s)(?P<season>\d{1,2})\.(?P<first>\d\d)(?=\s-\s)", _in_digits),
    way(r"^(?P<season>\d{1,2})-(?P<first>\d\d)(?=[.\s])(?!\s-\s\d)", _dashed),
    way(r"(?<=[^\W\d_]\s)(?P<season>0[2-9]|[1-9](?=-0))-(?P<first>\d\d)$", _dashed),
    way(
        rf"(?:{ALONE}|(?<=[^\W\d_]{{3}}))s(?P<season>\d{{1,4}})[\s._-]*[ex]p?[\s._]?(?P<first>\d{{1,5}}){VERSION}"
        r"(?P<rest>(?:"
        rf"[\s._]*(?:[-–~&+,_]|and|to|a)?[\s._]*(?:s\d{{1,4}}[\s._]*)?ep?[\s._]?\d{{1,5}}{VERSION}"
        rf"|(?:[-–~+&]|[.](?=\d\d[.]))\d{{1,3}}{VERSION}(?![^\W_])"
        rf")*(?:[\s._-]+\d{{1,2}}x\d{{2,3}}{END})?)(?![^\W_])",
        _season_episode,
    ),
    # No digit behind a number: else "1x021x02…" can be parted in more ways than there is time for.
    way(
        r"(?<![^\W_])(?<!\d[.,])(?P<season>\d{1,2}|19\d\d|20\d\d)x(?P<first>\d{1,3})(?!\d)"
        rf"(?P<rest>(?:x\d{{2,3}}(?!\d)|[-–&+_][xe]?\d{{2,3}}{END}(?!p)|[\s._]++-[\s._]++x\d{{2,3}}(?!\d)"
        rf"|[\s._]*+[-–&+]?[\s._]*+(?P=season)x\d{{2,3}}(?!\d))*){VERSION}{END}",
        _cross,
    ),
    way(
        rf"[\[(]?{ALONE}{_SEASON}{GAP}(?P<season>{SMALL_NUMBER}){END}[\s._,:–-]*{_EPISODE}{GAP}"
        rf"(?P<episodes>\d{{1,4}}(?:{_AND}\d{{1,3}}{END})*){VERSION}{END}[\])]?",
        _in_words,
    ),
    way(
        rf"{ALONE}season{GAP}(?P<season>{SMALL_NUMBER}){END}[\s._,:–-]*episode{GAP}(?P<episode>{SMALL_NUMBER}){END}",
        _spelled_out,
    ),
)
JOINED = (
    way(rf"(?<=[\s._])(?P<season>\d)(?P<first>\d\d)[\s._]+(?P=season)(?P<last>\d\d){END}", _two_joined),
    way(rf"(?<=[\s._])(?P<season>\d)(?P<first>\d\d)(?P<last>\d\d){END}", _two_joined),
)
