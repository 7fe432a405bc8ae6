"""Signs that count episodes without a season: ``Ep. 12``, ``#17``, ``第05话``, ``Title - 05``, ``[05]``, ``Part 3``."""

from __future__ import annotations

import re

from cvi_trakt.identify.grammar.sign import RESOLUTIONS, VERSION, Sign, Strength, numbers_in, of_episodes, spanned, way
from cvi_trakt.numerals import SMALL_NUMBER, value
from cvi_trakt.release_words import ALONE, END, begins_release

_WORD = r"(?:episodes?|epis[oó]dios?|epi|eps?|folge|cap[ií]tulos?|afl)"
_YEAR_FIRST = re.compile(r"[\[(](?:19|20)\d\d[\])]")
_FANSUB = re.compile(
    r"(?<=[\s._)])[(]?(?P<episodes>\d{2,4}|(?<=\()\d)(?:v\d|[a-d])?[)]?(?![^\W_])(?![.,]\d)", re.IGNORECASE
)


def fansub_number(text: str) -> Sign | None:
    """Give the bare number between the title and the words of the release in a fansub's name: ``Title 05 [1080p]``."""
    for found in _FANSUB.finditer(text):
        number, rest = int(found["episodes"]), text[found.end() :].lstrip(" ._")
        is_last = begins_release(rest) or (rest.startswith(("[", "(")) and not _YEAR_FIRST.match(rest))
        if is_last and number not in RESOLUTIONS and not _is_year(number):
            # of four digits it may be a film's: "[Group] America 3000 [1080p]"
            return of_episodes(found, (number,), Strength.FAIR if number < 1000 else Strength.WEAK)
    return None


def _named(found: re.Match[str]) -> Sign:
    """``Ep. 12``, ``E01``, ``Episodes 1-5``, ``第05话``, ``60.Bölüm``, ``09-я серия``."""
    return of_episodes(found, spanned(found["episodes"]))


def _marked(found: re.Match[str]) -> Sign:
    """``#17``, ``#第05``, ``5of12``."""
    return of_episodes(found, spanned(found["episodes"]), Strength.FAIR)


def _set_off(found: re.Match[str]) -> Sign | None:
    """``Title - 05``, ``Title - 05v2``, ``Title - 01-12``, with words of a release, brackets or nothing behind."""
    rest = found.string[found.end() :]
    if not begins_release(rest) and not rest.lstrip(" ._").startswith(("[", "(", "-", "–")):
        return None
    return of_episodes(found, spanned(found["episodes"]), _by_width(found["episodes"]))


def _bracketed(found: re.Match[str]) -> Sign | None:
    """``[05]``, ``[12END]``, ``[01-24完]``; in round brackets (``(9)``) it may be the number of a copy."""
    if any(number in RESOLUTIONS or _is_year(number) for number in numbers_in(found["episodes"])):
        return None
    strength = Strength.WEAK if found[0].startswith("(") else _by_width(found["episodes"])
    return of_episodes(found, spanned(found["episodes"]), strength)


def _pack(found: re.Match[str]) -> Sign | None:
    """``Title 1-13 (Dub)``, ``White_Album_1-13_[…]``: all episodes, from the first."""
    first, last = numbers_in(found["episodes"])
    return of_episodes(found, range(first, last + 1), Strength.FAIR) if first == 1 and last > 2 else None


def _part(found: re.Match[str]) -> Sign:
    """``Title.Part.3.HDTV``, ``Title part 1 and part 2``: films have parts, too."""
    numbers = [value(number) for number in re.findall(rf"(?i){SMALL_NUMBER}", found["episodes"])]
    is_range = len(numbers) == 2 and re.search(r"(?i)to|-", found["episodes"]) is not None
    episodes = range(numbers[0], numbers[1] + 1) if is_range and numbers[0] < numbers[1] else numbers
    return of_episodes(found, episodes, Strength.FAIR if len(numbers) > 1 else Strength.WEAK)


def _by_width(digits: str) -> Strength:
    """Trust a number of two digits: films are counted in one, ``Back to the Future - 2``."""
    return Strength.FAIR if len(digits) > 1 else Strength.WEAK


def _is_year(number: int) -> bool:
    return 1880 < number < 2050


BEFORE_DATES = (
    way(rf"(?<=[\s._])(?P<episodes>\d{{1,4}})[.\s]{{0,2}}(?:b[oö]l[uü]m|blm){END}", _named),
    way(rf"{ALONE}(?P<episodes>\d{{1,4}}(?:\s?[-–]\s?\d{{1,4}})?)(?:-?я)?[\s._]*(?:сери[яи]|seri[jy]?a){END}", _named),
)
WAYS = (
    way(r"第(?P<episodes>\d{1,4}(?:\s*[-~]\s*\d{1,4})?)[话話集回]", _named),
    way(r"#第?(?P<episodes>\d{1,4}(?:\s*[-~]\s*\d{1,4})?)", _marked),
    way(
        rf"[\[(]?{ALONE}{_WORD}[\s._]*[.#]?[\s._]*"
        rf"(?P<episodes>\d{{1,4}}{VERSION}(?:(?:\s?[-–~]\s?|[.\s](?=ep))(?:ep?)?\d{{1,4}}{VERSION}{END})*){END}[\])]?",
        _named,
    ),
    way(rf"{ALONE}e(?P<episodes>\d{{1,4}}{VERSION}(?:(?:\s?[-–~]\s?e|[-–~]|e)\d{{1,4}}{VERSION})*){END}", _named),
    way(
        rf"(?<=[\s._])(?<!part[\s._])(?<!season[\s._])(?P<episodes>\d{{1,3}})[\s._]?of[\s._]?(?:[5-9]|\d\d){END}",
        _marked,
    ),
    way(
        rf"(?<=[\s._\])])[-–][\s._]+(?P<episodes>\d{{1,4}}{VERSION}(?:\s?[-~]\s?\d{{1,4}}{VERSION})?)"
        rf"(?:[\s._]+(?:end|fin|final))?{END}",
        _set_off,
    ),
    way(
        r"[\[【(](?P<episodes>\d{1,4}(?:v\d)?(?:\s?[-~]\s?\d{1,4})?)(?:\s?[集话話]|\s?(?:end|fin)|完|（END）)?[\]】)]",
        _bracketed,
    ),
    way(
        rf"(?<=[\s._])(?P<episodes>\d{{1,2}}\s?[-–]\s?\d{{2,3}}){END}(?=[\s._]*(?:[\[(]|$|-[\s._]|dual|\d+p))",
        _pack,
    ),
)
PARTS = (
    way(
        rf"{ALONE}(?:part|pt)[\s._]*(?P<episodes>{SMALL_NUMBER}"
        rf"(?:[\s._]*(?:and|to|&|-)[\s._]*(?:part[\s._]*)?{SMALL_NUMBER})*){END}",
        _part,
    ),
)
