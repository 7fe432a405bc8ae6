"""The signs that number an episode, a season or a day, each with what it means and how surely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, unique

from cvi_trakt.identify.grammar.words import ALONE, END, GAP, begins_release, first_release_word
from cvi_trakt.numerals import SMALL_NUMBER, value

_LONGEST_RANGE = 400
_MOST_SEASONS = 60


@unique
class Strength(IntEnum):
    """How surely a sign numbers what follows the title: what else it could be."""

    WEAK = 1  # may be a word of the title
    FAIR = 2  # hardly ever anything else
    SURE = 3  # nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What numbers a file, and where in the text it stands.

    ``seasons`` are all that a pack lists, in order; ``date`` is ISO 8601.
    """

    start: int
    end: int
    strength: Strength
    season: int | None = None
    seasons: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    date: str | None = None


_ABSOLUTE = re.compile(r"[\s._]+(?P<episode>\d{2,4})(?=[\s._]*(?:$|[\[(]|\.(?:19|20)\d\d))")
_FANSUB = re.compile(
    r"(?<=[\s._)])[(]?(?P<episodes>\d{2,4}|(?<=\()\d)(?:v\d|[a-d])?[)]?(?![^\W_])(?![.,]\d)", re.IGNORECASE
)
_DAYS = 366
_RESOLUTIONS = frozenset({360, 480, 540, 576, 720, 1080, 1440, 2160})

Read = Callable[[re.Match[str]], "Sign | None"]

_SEASON_WORD = (
    r"(?:(?:the[ ._-]+)?complete[ ._-]+)?(?:seasons?|series|saisons?|staffeln?|temporadas?|temp?|stagion[ei]|seizoen|säsong|sæson|sesong|kausi|sezon"
    r"|sezona|évad|сезоны?|sn|se|s)"
)
_EPISODE_WORD = r"(?:episodes?|epis[oó]dios?|episodi|eps?|folgen?|capitulos?|capítulos?|cap|afl|серии|серия|e)"
# What may follow the first episode of a name, and a further one in it.
_MORE_TEXT = (
    r"(?P<between>[\s._]*(?:[-–~&+,_]|and|to|a)?[\s._]*)(?:s(?P<season>\d{1,4})[\s._]*)?(?P<mark>ep?|(?<=\s)\d{1,2}x)?"
    r"(?P<episode>\d{1,5})(?:[a-d]|v\d)?"
)
_MORE = re.compile(_MORE_TEXT, re.IGNORECASE)
_NEXT_CROSS = re.compile(r"([^\dx]*?)(?:\d{1,4}x|[xe])?(\d+)(?!\d)(?!x\d)", re.IGNORECASE)
_AND = r"[\s._]*(?:-|–|~|&|\+|,|and|to|et|en|y|a|x)?[\s._]*"
_VERSION = r"(?:[a-d]|v\d)?"


def find_sign(text: str) -> Sign | None:
    """Give what numbers a name: the surest sign, with the episode or the day that others add; None where there is none."""
    every = list(signs(text))
    if not every:
        return None
    best = max(every, key=_likelihood)
    if best.season is not None and not best.episodes and len(best.seasons) == 1:
        best = _with_episode(best, every, text)
    day = next((sign.date for sign in every if sign.date), None)
    return replace(best, date=best.date or day)


def _likelihood(sign: Sign) -> tuple[int, bool, bool, int]:
    """Order signs: the surest, then those that say season and episode, then the first in the text."""
    has_season = sign.season is not None
    return (sign.strength, has_season and bool(sign.episodes), has_season, -sign.start)


def signs(text: str) -> Iterator[Sign]:
    """Give the signs in a text, one of each way of numbering."""
    for pattern, read in _WAYS:
        for found in pattern.finditer(text):
            sign = read(found)
            if sign is not None:
                yield sign
                break


def fansub_number(text: str) -> Sign | None:
    """Give the bare number between the title and the words of the release in a fansub's name: ``Title 05 [1080p]``."""
    for found in _FANSUB.finditer(text):
        number, rest = int(found["episodes"]), text[found.end() :].lstrip(" ._")
        is_last = rest.startswith(("[", "(")) or begins_release(rest)
        if is_last and number not in _RESOLUTIONS and not 1900 < number < 2050:
            return _sign(found, Strength.FAIR, episodes=(number,))
    return None


def _with_episode(season: Sign, every: list[Sign], text: str) -> Sign:
    """Add the episode that stands apart from its season: ``Temporada 6 (2016) 720p Episodio 13``, ``S2 [05]``."""
    for other in every:
        if other.season is None and other.episodes and other.strength >= Strength.FAIR:
            return replace(season, episodes=other.episodes, start=min(season.start, other.start))
    found = _ABSOLUTE.match(text, season.end)
    return replace(season, episodes=(int(found["episode"]),)) if found else season


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _span(numbers: list[int], between: str) -> tuple[int, ...]:
    """Give all numbers from the first to the last where a dash or "to" joins two of them, else just these."""
    is_range = len(numbers) == 2 and re.search(r"[-–~]|to|a", between) is not None
    if is_range and 0 < numbers[1] - numbers[0] <= _LONGEST_RANGE:
        return tuple(range(numbers[0], numbers[1] + 1))
    return tuple(dict.fromkeys(numbers))


def _sign(found: re.Match[str], strength: Strength, **known: object) -> Sign:
    return replace(Sign(start=found.start(), end=found.end(), strength=strength), **known)  # type: ignore[arg-type]  # names are fields


def _season_episode(found: re.Match[str]) -> Sign | None:
    """``S01E02``, ``S01E02E03``, ``S01E02-E05``, ``S02E03-04-05``, ``S01E05.06``, ``S07E22 - 7x23``."""
    season, episodes = int(found["season"]), [int(found["first"])]
    is_list = len(_MORE.findall(found["rest"] or "")) > 1
    for more in _MORE.finditer(found["rest"] or ""):
        if more["season"] and int(more["season"]) != season:
            break  # S19E09_S20E14: the first season counts
        number = int(more["episode"])
        if number <= episodes[-1]:
            if number < episodes[-1] and more["mark"]:
                episodes.append(number)
        elif not is_list and re.search(r"[-–~]|to|a", more["between"]) and number - episodes[-1] <= _LONGEST_RANGE:
            episodes.extend(range(episodes[-1] + 1, number + 1))
        elif more["mark"] or re.search(r"[&+-]|and", more["between"]) or number == episodes[-1] + 1:
            episodes.append(number)
    ordered = tuple(sorted(set(episodes)))
    return _sign(found, Strength.SURE, season=season, seasons=(season,), episodes=ordered)


def _cross(found: re.Match[str]) -> Sign | None:
    """``1x02``, ``1x01-x03``, ``2x04x05``, ``1x02 1x03``, ``8x01_02``, ``16x03-05``, by year ``2009x09``."""
    season, episodes = int(found["season"]), [int(found["first"])]
    if season > _MOST_SEASONS and episodes[0] > _DAYS:
        return None  # 1920x804
    more = _NEXT_CROSS.findall(found["rest"] or "")
    for between, number in more:
        if len(more) == 1 and re.search(r"[-–]", between) and 0 < int(number) - episodes[-1] <= _LONGEST_RANGE:
            episodes.extend(range(episodes[-1] + 1, int(number) + 1))
        else:
            episodes.append(int(number))
    return _sign(found, Strength.SURE, season=season, seasons=(season,), episodes=tuple(sorted(set(episodes))))


def _season_and_episode(found: re.Match[str]) -> Sign | None:
    """``Season 3 Episode 10``, ``Se.3 afl.3 en 4``, ``Saison VII - Ep 2``, ``[S 1 - Ep 002]``."""
    season = value(found["season"])
    numbers = _numbers(found["episodes"])
    return _sign(found, Strength.SURE, season=season, seasons=(season,), episodes=_span(numbers, found["episodes"]))


def _seasons(found: re.Match[str]) -> Sign | None:
    """``S01-S10``, ``S01.S02.S03``, ``Seasons 1 to 5``, ``Season 1, 2, 3 & 4``, ``S1 + S2``."""
    every = found["all"] or found["some"]
    numbers = _numbers(every)
    listed = _span(numbers, re.sub(r"(?i)s(?:easons?)?", "", every))
    if len(listed) < 2 or max(listed) > _MOST_SEASONS or list(listed) != sorted(listed):
        return None
    return _sign(found, Strength.SURE, season=listed[0], seasons=listed)


def _one_season(found: re.Match[str]) -> Sign | None:
    """``S01``, ``Season 2``, ``Saison sept``, ``2nd Season``, ``第2季``, each with an episode that follows after a dash."""
    season = value(found["season"])
    follows = found.groupdict().get("episode")
    if first_release_word(found.string) < found.start() and not re.search(r"(?i)[a-zа-я]{3}", found[0]):
        return None  # E-AC3-S78
    if season > _MOST_SEASONS and not 1900 < season < 2100:
        return None
    episodes = _span(_numbers(follows), follows) if follows else ()
    return _sign(found, Strength.SURE, season=season, seasons=(season,), episodes=episodes)


def _date(found: re.Match[str]) -> Sign | None:
    """``2016.10.24``, ``20161024``, ``24.10.2016``, ``2012.13.02`` (day first), ``140722``."""
    year, one, two = int(found["year"]), int(found["one"]), int(found["two"])
    if year < 100:
        year += 2000
    for month, day in ((one, two), (two, one)):
        try:
            day_found = date(year, month, day)
        except ValueError:
            continue
        return _sign(found, Strength.SURE, date=day_found.isoformat())
    return None


def _day_first(found: re.Match[str]) -> Sign | None:
    """``24.10.2016``, where the month cannot stand first: else ``10.24.2016``."""
    year, one, two = int(found["year"]), int(found["one"]), int(found["two"])
    for month, day in ((two, one), (one, two)):
        try:
            day_found = date(year, month, day)
        except ValueError:
            continue
        return _sign(found, Strength.SURE, date=day_found.isoformat())
    return None


def _episode(found: re.Match[str]) -> Sign | None:
    """``Ep. 12``, ``E01``, ``#17``, ``第05话``, ``Episodes 1-5``."""
    numbers = _numbers(re.sub(r"v\d", "", found["episodes"]))
    strength = Strength.SURE if found.re.groups > 1 else Strength.FAIR
    return _sign(found, strength, episodes=_span(numbers, found["episodes"]))


def _set_off(found: re.Match[str]) -> Sign | None:
    """``Title - 05``, ``Title - 05v2``, ``Title - 01-12``, with words of a release, brackets or nothing behind."""
    numbers = _numbers(re.sub(r"v\d", "", found["episodes"]))
    rest = found.string[found.end() :]
    if not begins_release(rest) and not rest.lstrip(" ._").startswith(("[", "(", "-", "–")):
        return None
    return _sign(found, _by_width(found["episodes"]), episodes=_span(numbers, found["episodes"]))


def _by_width(digits: str) -> Strength:
    """Trust a number of two digits: films are counted in one, ``Back to the Future - 2``."""
    return Strength.FAIR if len(digits) > 1 else Strength.WEAK


def _cap(found: re.Match[str]) -> Sign | None:
    """``Cap.102``, ``Cap.1503_1506``: capítulo, the season before the two digits of the episode."""
    season, first = int(found["season"]), int(found["first"])
    last = int(found["last"]) if found["last"] else first
    episodes = tuple(range(first, last + 1)) if last >= first else (first,)
    return _sign(found, Strength.SURE, season=season, seasons=(season,), episodes=episodes)


def _dashed(found: re.Match[str]) -> Sign | None:
    """``4-13 Title``, ``Title 03-20``: season and episode; from the first episode on it would be a pack."""
    sign = _cap(found)
    return replace(sign, strength=Strength.FAIR) if sign and sign.season != 1 else None


def _counted_before(found: re.Match[str]) -> Sign | None:
    """``60.Bölüm``, ``79.BLM``: the number before the word, as in Turkish."""
    return _sign(found, Strength.SURE, episodes=(int(found["episodes"]),))


def _bracketed(found: re.Match[str]) -> Sign | None:
    """``[05]``, ``[12END]``, ``[01-24完]``; in round brackets (``(9)``) it may be the number of a copy."""
    numbers = _numbers(re.sub(r"v\d", "", found["episodes"]))
    if any(number in _RESOLUTIONS or 1880 < number < 2050 for number in numbers):
        return None
    strength = Strength.WEAK if found[0].startswith("(") else _by_width(found["episodes"])
    return _sign(found, strength, episodes=_span(numbers, found["episodes"]))


def _range_at_end(found: re.Match[str]) -> Sign | None:
    """``Title 1-13 (Dub)``, ``White_Album_1-13_[…]``: first to last episode, from the first."""
    numbers = _numbers(found["episodes"])
    if numbers[0] != 1 or numbers[1] <= 2:
        return None
    return _sign(found, Strength.FAIR, episodes=_span(numbers, "-"))


def _part(found: re.Match[str]) -> Sign | None:
    """``Title.Part.3.HDTV``: a part of a broadcast; without a year only, for films have parts, too."""
    numbers = [value(number) for number in re.findall(rf"(?i){SMALL_NUMBER}", found["episodes"])]
    strength = Strength.FAIR if len(numbers) > 1 else Strength.WEAK
    return _sign(found, strength, episodes=_span(numbers, found["episodes"]))


def _joined(found: re.Match[str]) -> Sign | None:
    """``Title.101.102.hdtv``, ``title.10708.hdtv``: season and two episodes in digits."""
    season, first, last = int(found["season"]), int(found["first"]), int(found["last"])
    if last != first + 1:
        return None
    return _sign(found, Strength.FAIR, season=season, seasons=(season,), episodes=(first, last))


def _way(pattern: str, read: Read) -> tuple[re.Pattern[str], Read]:
    return re.compile(pattern, re.IGNORECASE), read


_WAYS: tuple[tuple[re.Pattern[str], Read], ...] = (
    _way(rf"{ALONE}cap\.?\s?(?P<season>\d{{1,2}})(?P<first>\d\d)(?:_\d{{1,2}}(?P<last>\d\d))?{END}", _cap),
    _way(rf"{ALONE}s(?!19|20)(?P<season>\d\d)(?P<first>\d\d)(?P<last>){END}", _cap),
    _way(r"\[(?P<season>\d{1,2})\.(?P<first>\d{2,3})(?P<last>)\]", _cap),
    _way(r"(?:(?<=\s-\s)|episode\s)(?P<season>\d{1,2})\.(?P<first>\d\d)(?P<last>)(?=\s-\s)", _cap),
    _way(r"^(?P<season>\d{1,2})-(?P<first>\d\d)(?P<last>)(?=[.\s])(?!\s-\s\d)", _dashed),
    _way(r"(?<=[^\W\d_]\s)(?P<season>0[2-9])-(?P<first>\d\d)(?P<last>)$", _dashed),
    _way(rf"{ALONE}s(?P<season>\d{{1,2}})(?:p|d|dvd|disc)\d{{1,2}}(?:-\d)?{END}", _one_season),
    _way(rf"(?<=[\s._])(?P<episodes>\d{{1,4}})[.\s]{{0,2}}(?:b[oö]l[uü]m|blm){END}", _counted_before),
    _way(
        rf"(?:{ALONE}|(?<=[^\W\d_]{{3}}))s(?P<season>\d{{1,4}})[\s._-]*[ex]p?[\s._]?(?P<first>\d{{1,5}}){_VERSION}"
        rf"(?P<rest>(?:[\s._]*(?:[-–~&+,_]|and|to|a)?[\s._]*(?:s\d{{1,4}}[\s._]*)?ep?[\s._]?\d{{1,5}}{_VERSION}"
        rf"|(?:[-–~+&]|[.](?=\d\d[.]))\d{{1,3}}{_VERSION}(?![^\W_]))*(?:[\s._-]+\d{{1,2}}x\d{{2,3}}{END})?)(?![^\W_])",
        _season_episode,
    ),
    _way(
        r"(?<![^\W_])(?<!\d[.,])(?P<season>\d{1,2}|19\d\d|20\d\d)x(?P<first>\d{1,3})"
        rf"(?P<rest>(?:x\d{{2,3}}|[-–&+_][xe]?\d{{2,3}}{END}(?!p)|[\s._]+-[\s._]+x\d{{2,3}}|[\s._]*[-–&+_]?[\s._]*(?P=season)x\d{{2,3}})*){_VERSION}{END}",
        _cross,
    ),
    _way(
        rf"[\[(]?{ALONE}{_SEASON_WORD}{GAP}(?P<season>{SMALL_NUMBER}){END}[\s._,:–-]*{_EPISODE_WORD}{GAP}"
        rf"(?P<episodes>\d{{1,4}}(?:{_AND}\d{{1,3}}{END})*){_VERSION}{END}[\])]?",
        _season_and_episode,
    ),
    _way(
        rf"[\[(]?{ALONE}(?P<all>s\d{{1,2}}(?:[\s._]*(?:--?|–|~|&|\+|,|and|to)?[\s._]*s\d{{1,2}})+){END}[\])]?(?P<some>)",
        _seasons,
    ),
    _way(rf"{ALONE}s(?P<season>\d)-(?P<episode>\d\d){END}", _one_season),
    _way(
        rf"[\[(]?{ALONE}(?P<some>)(?P<all>s\d{{1,2}}(?:[-–~]|[\s._]to[\s._])\d{{1,2}}){END}(?![\s._]*[\[(]?\d*[pi]{END})",
        _seasons,
    ),
    _way(
        rf"[\[(]?{ALONE}(?:(?:the[ ._-]+)?complete[ ._-]+)?(?:seasons[\s._-]*(?P<all>\d{{1,2}}(?:(?:[\s._]*(?:-|–|~|&|\+|,|and|to)+[\s._]*|[.\s])\d{{1,2}}{END})+)"
        rf"|season[\s._-]*(?P<some>\d{{1,2}}(?:(?:[-–~.&]+|[\s._]*(?:&|\+|,|and|to)+[\s._]*)\d{{1,2}}{END})+|\d{{1,2}}(?:\s\d{{1,2}}){{2,}}{END}))[\])]?",
        _seasons,
    ),
    _way(
        rf"{ALONE}s(?P<season>\d{{1,2}})[\s._]+-[\s._]+(?P<episode>\d{{1,4}}(?:-\d{{1,4}})?){_VERSION}{END}(?![.,]\d)",
        _one_season,
    ),
    _way(
        rf"[\[(]?{ALONE}(?P<season>\d{{1,2}})\s?(?:st|nd|rd|th)[\s._]+season{END}[\])]?(?:[\s._]*[-–]?[\s._]*(?P<episode>\d{{1,3}}(?:\s?[~-]\s?\d{{1,3}})?){END})?",
        _one_season,
    ),
    _way(
        rf"{ALONE}(?P<season>\d{{1,2}})(?:[ªº°а]|-?й|th|st|nd|rd)?[\s._]*(?:сезон|sezon|temporada|staffel|stagione|évad){END}[\s._,-]*"
        rf"(?:(?P<episode>\d{{1,4}}(?:\s?[-~]\s?\d{{1,4}})?)(?:-?я)?[\s._]*(?:сери[яи]|seri[jy]?a){END})?",
        _one_season,
    ),
    _way(rf"{ALONE}(?P<episodes>\d{{1,4}})(?:-?я)?[\s._]*(?:сери[яи]|seri[jy]?a){END}", _counted_before),
    _way(
        r"第(?P<season>\d{1,2}|[一二三四五六七八九十])[季期](?:[\s._-]*第?(?P<episode>\d{1,4})[话話集])?", _one_season
    ),
    _way(
        rf"[\[(]?{ALONE}(?:(?:the[ ._-]+)?complete[ ._-]+)?(?:season|saison|staffel|temporada|stagione|seizoen|säsong|sezon|сезон)[\s._№#:-]*(?P<season>{SMALL_NUMBER}|(?:19|20)\d\d)(?:of\d{{1,2}})?{END}[\])]?",
        _one_season,
    ),
    _way(rf"[\[(]?{ALONE}s[ ._]?(?P<season>\d{{1,2}}|20[0-3]\d){END}[\])]?(?![.,]\d{{1,2}}(?!\d))", _one_season),
    _way(rf"{ALONE}(?P<year>(?:19|20)\d\d)(?P<sep>[\s._-]+|)(?P<one>\d\d)(?P=sep)(?P<two>\d\d){END}(?![.]\d)", _date),
    _way(rf"{ALONE}(?P<one>\d\d)[\s._-](?P<two>\d\d)[\s._-](?P<year>(?:19|20)\d\d){END}", _day_first),
    _way(rf"(?<=[^\W_][\s._])(?P<year>1\d|2[0-6])(?P<one>0\d|1[0-2])(?P<two>[0-3]\d){END}(?=[\s._])", _date),
    _way(r"(?:第|#第?|全)(?P<episodes>\d{1,4}(?:\s*[-~]\s*\d{1,4})?)(?P<sure>[话話集回])?", _episode),
    _way(
        rf"[\[(]?{ALONE}(?P<sure>episodes?|epis[oó]dios?|epi|eps?|folge|cap[ií]tulos?|afl)[\s._]*[.#]?[\s._]*"
        rf"(?P<episodes>\d{{1,4}}{_VERSION}(?:(?:\s?[-–~]\s?|[.\s](?=ep))(?:ep?)?\d{{1,4}}{_VERSION}{END})*){END}[\])]?",
        _episode,
    ),
    _way(
        rf"{ALONE}(?P<sure>e)(?P<episodes>\d{{1,4}}{_VERSION}(?:(?:\s?[-–~]\s?e|[-–~]|e)\d{{1,4}}{_VERSION})*){END}",
        _episode,
    ),
    _way(rf"#(?P<episodes>\d{{1,4}}(?:-\d{{1,4}})?){END}", _episode),
    _way(
        rf"(?<=[\s._])(?<!part[\s._])(?<!season[\s._])(?P<episodes>\d{{1,3}})[\s._]?of[\s._]?(?:[5-9]|\d\d){END}",
        _episode,
    ),
    _way(
        rf"(?<=[\s._\])])[-–][\s._]+(?P<episodes>\d{{1,4}}{_VERSION}(?:\s?[-~]\s?\d{{1,4}}{_VERSION})?)(?:[\s._]+(?:end|fin|final))?{END}",
        _set_off,
    ),
    _way(
        r"[\[【(](?P<episodes>\d{1,4}(?:v\d)?(?:\s?[-~]\s?\d{1,4})?)(?:\s?[集话話]|\s?(?:end|fin)|完|（END）)?[\]】)]",
        _bracketed,
    ),
    _way(
        rf"(?<=[\s._])(?P<episodes>\d{{1,2}}\s?[-–]\s?\d{{2,3}}){END}(?=[\s._]*(?:[\[(]|$|-[\s._]|dual|\d+p))",
        _range_at_end,
    ),
    _way(rf"(?<=[\s._])(?P<season>\d)(?P<first>\d\d)[\s._]+(?P=season)(?P<last>\d\d){END}", _joined),
    _way(rf"(?<=[\s._])(?P<season>\d)(?P<first>\d\d)(?P<last>\d\d){END}", _joined),
    _way(
        rf"{ALONE}(?:part|pt)[\s._]*(?P<episodes>{SMALL_NUMBER}(?:[\s._]*(?:and|to|&|-)[\s._]*(?:part[\s._]*)?{SMALL_NUMBER})*){END}",
        _part,
    ),
)
