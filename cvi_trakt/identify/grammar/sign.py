"""What numbers a file: a sign, how surely it is one, and a way of numbering that finds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, unique

LONGEST_RANGE = 400
MOST_SEASONS = 60
RESOLUTIONS = frozenset({360, 480, 540, 576, 720, 1080, 1440, 2160})
VERSION = r"(?:[a-d]|v\d)?"  # S01E06b, S01E06v2


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


@dataclass(frozen=True, slots=True)
class Way:
    """A way of numbering: how it is written, and what is read from it; None where it only looks like it."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Sign | None]

    def signs(self, text: str) -> Iterator[Sign]:
        """Give what is numbered this way in a text."""
        return (sign for found in self.pattern.finditer(text) if (sign := self.read(found)) is not None)


def way(pattern: str, read: Callable[[re.Match[str]], Sign | None]) -> Way:
    """Make a way of numbering; case never matters in names."""
    return Way(re.compile(pattern, re.IGNORECASE), read)


def of_episodes(found: re.Match[str], episodes: Sequence[int], strength: Strength = Strength.SURE) -> Sign:
    """Give a sign of episodes without a season."""
    return Sign(start=found.start(), end=found.end(), strength=strength, episodes=tuple(episodes))


def of_season(
    found: re.Match[str], season: int, episodes: Sequence[int] = (), strength: Strength = Strength.SURE
) -> Sign:
    """Give a sign of one season, with its episodes or as a whole."""
    return Sign(
        start=found.start(),
        end=found.end(),
        strength=strength,
        season=season,
        seasons=(season,),
        episodes=tuple(episodes),
    )


def numbers_in(text: str) -> list[int]:
    """Give the numbers in a text; that of a version (``v2``) is none."""
    return [int(number) for number in re.findall(r"\d+", re.sub(r"(?i)v\d", "", text))]


def spanned(text: str) -> tuple[int, ...]:
    """Give the numbers in a text, from the first to the last where a dash or "to" joins two of them."""
    numbers = numbers_in(text)
    is_range = len(numbers) == 2 and re.search(r"(?i)[-–~]|to|a", text) is not None
    if is_range and 0 < numbers[1] - numbers[0] <= LONGEST_RANGE:
        return tuple(range(numbers[0], numbers[1] + 1))
    return tuple(dict.fromkeys(numbers))
