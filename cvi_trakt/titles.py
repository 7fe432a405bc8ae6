"""One rule for when two titles are the same. Imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "TH",
        "×": "x",
        "&": " and ",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
    }
)
_WORDS = re.compile(r"[^\W_]+")


def normalise(title: str) -> str:
    """Give the form in which two spellings of one title are equal.

    Case, accents and punctuation go, ``&`` is "and", an apostrophe joins ("Winter's" is
    "winters"), words are parted by one space. Letters of any script stay; a title with no letter
    and no digit at all (``$``) stays as it is, so that it does not equal every other such title.
    """
    folded = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    # Only marks on letters that have case are accents: in Devanagari or Thai they are vowels.
    kept: list[str] = []
    base = ""
    for char in folded:
        if not unicodedata.combining(char):
            base = char
            kept.append(char)
        elif not _is_accented_script(base):
            kept.append(char)
    plain = unicodedata.normalize("NFKC", "".join(kept))
    return " ".join(_WORDS.findall(plain)) or " ".join(title.split()).casefold()


def _is_accented_script(char: str) -> bool:
    """Whether marks on this letter are accents: Latin, Greek and Cyrillic, which all have case."""
    return char.isascii() or char.upper() != char or char.lower() != char
