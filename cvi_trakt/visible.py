"""Makes any text safe to print at a terminal, and cuts it to fit. Imports nothing of ours."""

from __future__ import annotations

import unicodedata
from itertools import accumulate


def clean(text: str) -> str:
    """Make text safe for a terminal: control and other steering characters are shown as their escapes.

    File names and Trakt's titles may hold anything; a line break in one must not make two lines.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def width(text: str) -> int:
    """Count the columns of a terminal that a text takes; letters of some scripts take two."""
    return sum(map(_width, text))


def cut(text: str, columns: int) -> str:
    """Cut a text that is too wide, at its end."""
    if width(text) <= columns:
        return text
    ends = accumulate(map(_width, text))
    return text[: sum(end < columns for end in ends)] + "…"


def cut_start(text: str, columns: int) -> str:
    """Cut a text that is too wide, at its start: of a path the end tells more."""
    return cut(text[::-1], columns)[::-1]


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs") or char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return char.encode("unicode_escape").decode("ascii")
    return char
