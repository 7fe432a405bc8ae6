"""When two titles are one though spelled differently: numerals, articles, short words, transliteration, one letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvi_trakt.numerals import ROMAN, value
from cvi_trakt.titles import normalise

_ARTICLE = re.compile(r"^(?:the|an?|der|die|das|les?|la|el|los|las|il|lo|gli|een|het|den|det|os?|as?) (?=\S)")
_LONG_FORMS = {
    "dr": "doctor",
    "mr": "mister",
    "pt": "part",
    "st": "saint",
    "vol": "volume",
    "vs": "versus",
}
# Long vowels of Japanese, as Hepburn writes them without their marks; in short words of English they tell words apart.
_LONG_VOWEL = re.compile(r"ou|uu")
_LONG_WORD = 5
# Umlauts, and long vowels in any word: so unlike that everything else must agree.
_MARKED = ((re.compile(r"ou|oo|oh(?![aeiou])"), "o"), (re.compile(r"uu"), "u"), (re.compile(r"([aou])e"), r"\1"))
_NUMERAL = re.compile(
    rf"(?<![^\W_])(?P<roman>(?ai:{ROMAN}))(?![^\W_])|(?<![^\W_.,])(?P<digits>[1-9]|1[0-5])(?![^\W_]|[.,]\d)"
)  # in ASCII: a Turkish dotted I is none
_ROMAN_OF = {value(word): word.upper() for word in ROMAN.split("|")}
_CUT_OFF = re.compile(r"(?<=[^\W\d_])[ _](?=(?:s|t|ve|re|ll|d|m)(?![^\W_]))", re.IGNORECASE)
_ELIDED = re.compile(r"(?<![^\W_])(?P<word>all|dell|nell|dall|sull|l|d|qu) (?=[aeiouhéè])", re.IGNORECASE)
SHORTEST_WITH_TYPO = 8  # letters: a shorter title is another title with one letter changed


def squished(title: str) -> str:
    """Give a title's letters and digits: ``S.H.I.E.L.D.`` is ``S H I E L D``."""
    return normalise(title).replace(" ", "")


def respelled(title: str) -> str:
    """Give the form in which spellings of one title are equal: ``The Godfather Pt. II``, ``The Godfather Part 2``."""
    words = [_LONG_FORMS.get(word, word) for word in normalise(title).split()]
    numbered = (_in_digits(word, is_first=index == 0) for index, word in enumerate(words) if word != "and")
    return "".join(_LONG_VOWEL.sub(_short, word) if len(word) >= _LONG_WORD else word for word in numbered)


def queries(title: str) -> Iterator[str]:
    """Give other spellings to search for: apostrophes put back, numerals in the other form."""
    joined = _ELIDED.sub(r"\g<word>'", _CUT_OFF.sub("'", title))
    swapped = _NUMERAL.sub(_other_form, title)
    for spelling in dict.fromkeys((joined, swapped)):
        if normalise(spelling) != normalise(title):
            yield spelling


def is_nearly(one: str, other: str) -> bool:
    """Whether two titles differ by their article alone, by marks on vowels, or by one letter."""
    first, second = (_ARTICLE.sub("", normalise(title)) for title in (one, other))
    return first == second or _unmarked(one) == _unmarked(other) or _is_one_letter_off(one, other)


def _unmarked(title: str) -> str:
    text = respelled(title)
    for pattern, short in _MARKED:
        text = pattern.sub(short, text)
    return text


def _short(found: re.Match[str]) -> str:
    return found[0][0]


def _is_one_letter_off(one: str, other: str) -> bool:
    """Whether two titles differ by one letter of a longer word: missing, added, wrong or swapped with its neighbour.

    Not by a digit, nor by an ``s`` at the end of a word: those are other titles.
    """
    first, second = normalise(one).split(), normalise(other).split()
    if len(first) != len(second) or first == second:
        return False
    pairs = [(left, right) for left, right in zip(first, second, strict=True) if left != right]
    if len(pairs) != 1 or sum(map(len, first)) < SHORTEST_WITH_TYPO:
        return False
    left, right = pairs[0]
    is_plural = left.rstrip("s") == right.rstrip("s")
    return (
        min(len(left), len(right)) >= 4
        and not is_plural
        and left.isalpha()
        and right.isalpha()
        and _one_edit(left, right)
    )


def _in_digits(word: str, *, is_first: bool) -> str:
    """Give a numeral in digits; the first word of a title is hardly ever one: ``X``, ``I, Robot``."""
    if is_first or word in ("i", "x"):
        return word
    try:
        return str(value(word))
    except ValueError:
        return word


def _other_form(found: re.Match[str]) -> str:
    if found.start() == 0:
        return found[0]
    if found["digits"]:
        return _ROMAN_OF[int(found["digits"])]
    return str(value(found["roman"])) if len(found["roman"]) > 1 or found["roman"] in "VX" else found[0]


def _one_edit(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rests = [
        (left[start + 1 :], right[start:]),
        (left[start:], right[start + 1 :]),
        (left[start + 1 :], right[start + 1 :]),
    ]
    is_swap = left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]
    return is_swap or any(one == other for one, other in rests)
