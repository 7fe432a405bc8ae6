"""Numbers as names write them: digits, Roman numerals, words. Imports nothing of ours."""

from __future__ import annotations

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRENCH = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HAN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_VALUES = {
    word: number for words in (_ROMAN, _ENGLISH, _FRENCH, _ORDINALS, _HAN) for number, word in enumerate(words, start=1)
}
ROMAN = "|".join(reversed(_ROMAN))
# Letters in ASCII only: where case does not matter, the Turkish dotted I and the long s are those of a numeral, too.
NUMBER = rf"(?:\d{{1,4}}|(?a:{ROMAN}|{'|'.join(dict.fromkeys((*_ENGLISH, *_FRENCH)))}))"
SMALL_NUMBER = NUMBER.replace(r"\d{1,4}", r"\d{1,2}")


def value(text: str) -> int:
    """Give a number by its digits, its Roman numeral or its word. Raises ``ValueError`` for none of them."""
    plain = text.casefold()
    if plain.isdecimal():
        return int(plain)
    if plain not in _VALUES:
        raise ValueError(f"not a number: {text}")
    return _VALUES[plain]
