"""What a reading leaves out of its name: words that may as well make it the name of another work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cvi_trakt.match.spelling import respelled, squished
from cvi_trakt.matches import Candidate, Sure
from cvi_trakt.media import Kind, Work
from cvi_trakt.release_words import MAKERS, begins_release, without_edition
from cvi_trakt.titles import normalise

_BRACKET = re.compile(r"[(\[]")
_MAKERS = re.compile(MAKERS.replace(" ", ""))  # as letters alone
_NUMBERS = re.compile(r"\d+|s\d+|\d(?:st|nd|rd|th)|seasons?")
_LONGEST_EDITION = 5  # words
_SHORTEST = 3  # letters: to a shorter title anything may belong
_COUNTRIES = ("uk", "us", "au")


def left_out(title: str, work: Work, *, kind: Kind | None = None) -> str:
    """Give the letters that the longest reading of a work's name has and this title has not.

    ``kind`` compares with readings of that kind alone. A title that the name itself joins to another
    one (``Title AKA Other Title``) leaves nothing out.
    """
    letters = squished(title)
    readings = [(work.kind, work.title), *((other.kind, other.title) for other in work.others)]
    longer = [
        text
        for of, text in readings
        if kind in (None, of) and letters in squished(text) and not _adds_release(title, text, work.kind)
    ]
    if not letters or not longer:
        return ""
    longest = max(longer, key=lambda text: len(squished(text)))
    if "aka" in normalise(longest).split():
        return ""
    before, _, after = squished(longest).partition(letters)
    return before + after


def is_explained(words: str, title: str, found: Sure, titles: Callable[[Candidate], Iterable[str]]) -> bool:
    """Whether what was left out says nothing against a match.

    It does not when it is the year, the country or the maker, a title of the same work, or stands in
    brackets behind a title whose year agrees. ``titles`` asks for the other titles of a candidate.
    """
    work, candidate = found.work, found.candidate
    is_dated = found.distance is not None and found.distance.year == 0
    years = {str(year) for year in (work.year, *(other.year for other in work.others)) if year}
    if words in years or (work.country and words in (*_COUNTRIES, work.country.lower())):
        return True
    if _MAKERS.fullmatch(words) and (is_dated or work.kind is Kind.SHOW):
        return True
    if is_dated and any(_stands_before_brackets(title, text) for text in _texts(work)):
        return True
    own = (candidate.title, candidate.original_title or "")
    return _is_any(words, own) or _is_any(words, titles(candidate))


def _adds_release(title: str, longer: str, kind: Kind) -> bool:
    """Whether a longer reading only adds words of an edition or a release, or a show's numbers, to a title."""
    short, words = normalise(title), normalise(longer)
    if len(short) < _SHORTEST or not words.startswith(f"{short} "):
        return False
    rest = words.removeprefix(f"{short} ").split()
    if kind is Kind.SHOW and _NUMBERS.fullmatch(rest[0]):
        return True
    starts = (" ".join((short, *rest[:count])) for count in range(1, min(len(rest), _LONGEST_EDITION) + 1))
    return begins_release(" ".join(rest)) or any(without_edition(start) == short for start in starts)


def _texts(work: Work) -> Iterable[str]:
    return (work.title, *(other.title for other in work.others))


def _stands_before_brackets(title: str, text: str) -> bool:
    return bool(_BRACKET.search(text)) and normalise(_BRACKET.split(text, maxsplit=1)[0]) == normalise(title)


def _is_any(words: str, titles: Iterable[str]) -> bool:
    return any(words in (squished(title), respelled(title)) for title in titles if title)
