"""Finds works by their titles: exactly, or broadly with room for a typing error."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_REWRITTEN: Final = str.maketrans({"'": "", "’": "", "&": " and "})
_SHORTEST_WITH_TYPO: Final = 4
_COMMON: Final = 5000  # a word in more works than this cannot carry a partial hit


def normalise(text: str) -> str:
    """Reduce a title to its words: no case, accents or punctuation."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", plain.casefold().translate(_REWRITTEN)))


def slugify(text: str) -> str:
    """Make a slug as Trakt does: Latin letters and digits only, so that it may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.translate(_REWRITTEN)))


@dataclass(frozen=True, slots=True)
class Found:
    """The place of a work in what was indexed, and how well it fits."""

    place: int
    score: float


class TitleIndex:
    """Words and whole titles of all works, prepared once so that a search takes milliseconds."""

    def __init__(self) -> None:
        self._votes: list[int] = []
        self._titles: list[tuple[str, ...]] = []
        self._exact: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}

    def add(self, titles: Iterable[str], votes: int) -> None:
        """Index the next work under all its titles."""
        place = len(self._titles)
        plain = tuple(dict.fromkeys(filter(None, map(normalise, titles))))
        self._titles.append(plain)
        self._votes.append(votes)
        for title in plain:
            self._exact.setdefault(title, []).append(place)
        for word in {word for title in plain for word in title.split()}:
            self._words.setdefault(word, []).append(place)

    def exact(self, query: str) -> list[Found]:
        """Find the works of which one title is the query, the best known first."""
        places = self._exact.get(normalise(query), [])
        return self._ranked((place, 1.0) for place in places)

    def broad(self, query: str) -> list[Found]:
        """Find the works that contain the words of the query, the best known and nearest first.

        A longer query may miss one word, as on Trakt; a well-known sequel may come before the
        work whose title is the query.
        """
        words = list(dict.fromkeys(normalise(query).split()))
        if not words:
            return []
        places = self._with_all(words, self._spelled) or self._with_all(words, self._spelled_nearly)
        if not places and len(words) > 2:
            places = self._with_all_but_one(words)
        wanted = set(words)
        return self._ranked((place, self._coverage(place, wanted)) for place in places)

    def _spelled(self, word: str) -> set[int]:
        return set(self._words.get(word, ()))

    def _spelled_nearly(self, word: str) -> set[int]:
        if len(word) < _SHORTEST_WITH_TYPO:
            return self._spelled(word)
        near = {near for near in _one_edit_away(word) if near in self._words} | {word}
        return {place for spelling in near for place in self._words.get(spelling, ())}

    @staticmethod
    def _with_all(words: list[str], find: Callable[[str], set[int]]) -> set[int]:
        found: set[int] | None = None
        for word in words:
            places = find(word)
            found = places if found is None else found & places
            if not found:
                return set()
        return found or set()

    def _with_all_but_one(self, words: list[str]) -> set[int]:
        telling = [places for word in words if 0 < len(places := self._spelled_nearly(word)) < _COMMON]
        counts = Counter(place for places in telling for place in places)
        return {place for place, count in counts.items() if count >= max(2, len(words) - 1)}

    def _coverage(self, place: int, wanted: set[str]) -> float:
        return max(
            len(wanted & (words := set(title.split()))) / max(len(words), len(wanted)) for title in self._titles[place]
        )

    def _ranked(self, fits: Iterable[tuple[int, float]]) -> list[Found]:
        found = [
            Found(place, round((1 + math.log10(1 + self._votes[place])) * (75 + 25 * fit), 2)) for place, fit in fits
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.place))


def _one_edit_away(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)
