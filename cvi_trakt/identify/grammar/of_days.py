"""Signs that name a day: ``2016.10.24``, ``24.10.2016``, ``140722``."""

from __future__ import annotations

import re
from datetime import date

from cvi_trakt.identify.grammar.sign import Sign, Strength, way
from cvi_trakt.release_words import ALONE, END

_YEAR = r"(?P<year>(?:19|20)\d\d)"


def _year_first(found: re.Match[str]) -> Sign | None:
    """``2016.10.24``, ``20161024``, ``140722``; where there is no such month, the day stands before it."""
    return _day(found, (int(found["one"]), int(found["two"])), (int(found["two"]), int(found["one"])))


def _year_last(found: re.Match[str]) -> Sign | None:
    """``24.10.2016``; where there is no such month, ``10.24.2016``."""
    return _day(found, (int(found["two"]), int(found["one"])), (int(found["one"]), int(found["two"])))


def _day(found: re.Match[str], *orders: tuple[int, int]) -> Sign | None:
    year = int(found["year"])
    for month, day in orders:
        try:
            then = date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
        return Sign(start=found.start(), end=found.end(), strength=Strength.SURE, date=then.isoformat())
    return None


WAYS = (
    way(
        rf"{ALONE}{_YEAR}(?P<parted>[\s._-]+|)(?P<one>\d\d)(?P=parted)(?P<two>\d\d){END}(?![.]\d{{1,2}}(?!\d))",
        _year_first,
    ),
    way(rf"{ALONE}(?P<one>\d\d)[\s._-](?P<two>\d\d)[\s._-]{_YEAR}{END}", _year_last),
    way(rf"(?<=[^\W_][\s._])(?P<year>[12]\d)(?P<one>0\d|1[0-2])(?P<two>[0-3]\d){END}(?=[\s._])", _year_first),
)
