"""Aligns columns of text. Imports nothing of ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Align rows under a head, counting wide characters as two columns; columns in ``right`` align right."""
    every = [head, *rows]
    widths = [max(_width(row[column]) for row in every) for column in range(len(head))]
    return ["  ".join(_pad(cell, widths[at], at in right) for at, cell in enumerate(row)).rstrip() for row in every]


def _pad(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
