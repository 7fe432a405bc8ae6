"""What else a name may say, for the search to decide between: its other titles, with and without its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cvi_trakt.identify.grammar.plain import Plain
from cvi_trakt.identify.heading import Heading
from cvi_trakt.identify.numbering import Numbering
from cvi_trakt.identify.spelling import spaced
from cvi_trakt.media import Kind, OtherReading
from cvi_trakt.release_words import MAKERS
from cvi_trakt.titles import normalise

INNER = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]+)[)\]]\s*")
_AKA = re.compile(r"[\s._(\[-]+a\.?k\.?a\.?[\s._]+", re.IGNORECASE)
_BROADCASTERS = re.compile(rf"^(?:{MAKERS}|imax|ng)[\s:-]+(?=\S)", re.IGNORECASE)
_SEASON_NUMBER = re.compile(r"(?P<title>.*\S) (?P<season>[2-9])")
_FRONT_NUMBER = re.compile(r"\d{1,3}\W+(?P<title>.*[^\W\d_]{2}.*)")  # of a file in a row, as albums have them
MOST_OTHERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a file, from either reader.

    ``from_folder`` says that the title is the folder's. ``has_weak_number`` says that only bare
    numbers make it an episode, ``number_is_late`` that they stand behind the year, and
    ``word_follows`` that a word stands behind them that is none of the release, and
    ``number_in_release`` that they stand among the words of the release.
    """

    kind: Kind
    heading: Heading | None
    numbering: Numbering
    country: str | None = None
    from_folder: bool = False
    folder_season: int | None = None
    has_weak_number: bool = False
    number_is_late: bool = False
    word_follows: bool = False
    number_in_release: bool = False


def named_otherwise(best: Reading, plain: Plain) -> Iterator[Reading]:
    """Give readings with other titles of the same name: those in a row of brackets, with and without an edition."""
    for title in plain.titles:
        yield Reading(kind=best.kind, heading=Heading(title=title, year=plain.year), numbering=best.numbering)
    if plain.title_with_group:
        yield Reading(
            kind=plain.kind, heading=Heading(title=plain.title_with_group, year=plain.year), numbering=Numbering()
        )
    if plain.title_with_year and best.kind is plain.kind:
        yield Reading(kind=plain.kind, heading=Heading(title=plain.title_with_year), numbering=best.numbering)
    numbered = _SEASON_NUMBER.fullmatch(plain.title or "") if best.kind is Kind.SHOW and plain.sign else None
    if numbered and best.numbering.season is None:
        numbering = replace(best.numbering, season=int(numbered["season"]))
        yield Reading(kind=Kind.SHOW, heading=Heading(title=numbered["title"], year=plain.year), numbering=numbering)
    if plain.sign is None and plain.title:
        yield Reading(kind=Kind.MOVIE, heading=Heading(title=plain.title, year=plain.year), numbering=Numbering())
        numbered = _FRONT_NUMBER.fullmatch(plain.title) if best.kind is Kind.SHOW else None
        if numbered:
            heading = Heading(title=numbered["title"], year=plain.year)
            yield Reading(kind=Kind.MOVIE, heading=heading, numbering=Numbering())
    elif plain.title and best.kind is Kind.SHOW and best.heading and _is_longer(plain.title, best.heading.title):
        heading = Heading(title=plain.title, year=plain.year)
        if not is_same_show(best, heading):
            yield Reading(kind=Kind.SHOW, heading=heading, numbering=best.numbering)


def _is_longer(title: str, than: str) -> bool:
    one, other = normalise(title), normalise(than)
    return len(one) > len(other) and other in one


def other_readings(best: Reading, readings: tuple[Reading, ...]) -> tuple[OtherReading, ...]:
    """Give the readings that say another work than the best, each once."""
    seen = {_key(best.kind, best.heading)}
    others: list[OtherReading] = []
    titled = [
        (reading, heading)
        for reading in (best, *readings)
        if reading.heading
        for heading in _spellings(reading.heading)
    ]
    for reading, heading in titled:
        key = _key(reading.kind, heading)
        if key in seen or not normalise(heading.title):
            continue
        seen.add(key)
        others.append(
            OtherReading(
                kind=reading.kind,
                title=heading.title,
                year=heading.year,
                year_is_first=heading.year_is_first,
                country=reading.country,
                season=reading.numbering.season,
                seasons=reading.numbering.seasons if len(reading.numbering.seasons) > 1 else (),
                episodes=reading.numbering.episodes,
            )
        )
    return tuple(others[:MOST_OTHERS])


def _spellings(heading: Heading) -> Iterator[Heading]:
    """Give a heading, and those of the titles that it joins: ``Title AKA Other Title``, ``Title (Other Title)``."""
    yield heading
    without = _BROADCASTERS.sub("", heading.title)
    if without != heading.title:
        yield replace(heading, title=without)
    parts = _AKA.split(heading.title)
    parts = parts if len(parts) > 1 else INNER.split(heading.title)
    for part in parts if len(parts) > 1 else ():
        title = spaced(part).rstrip(" )]")
        if title and any(char.isalpha() for char in title):
            yield Heading(title=title, year=heading.year, year_is_first=heading.year_is_first)


def _key(kind: Kind, heading: Heading | None) -> tuple[Kind, str, int | None] | None:
    return (kind, normalise(heading.title), heading.year) if heading else None


def is_same_show(first: Reading, heading: Heading) -> bool:
    """Whether the two titles are one but for a country, which guessit knows: ``The Voice UK``."""
    if first.heading is None:
        return False
    one, other = normalise(first.heading.title), normalise(heading.title)
    return one == other or (first.country is not None and other.startswith(f"{one} ") and len(other) - len(one) <= 4)
