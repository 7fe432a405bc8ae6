"""What guessit reads in a path, as values of our own. The only module that knows guessit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cvi_trakt.identify.spelling import readable_text, respelled

if TYPE_CHECKING:
    from guessit.api import GuessItApi

# The person's own guessit settings must not change what a library is; positions come with `advanced`.
_OPTIONS = {"no_user_config": True, "advanced": True}
# Deeper paths tell nothing more, and guessit's time grows faster than their length.
_FOLDERS_READ = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that guessit found: from where to where in the text, and how sure it is.

    ``digits`` is the text that a number was taken from; ``tags`` are guessit's own words.
    """

    value: str | int
    start: int
    end: int
    digits: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def is_weak(self) -> bool:
        """Whether it is a number without a word that says what it counts."""
        return "weak-episode" in self.tags

    def overlaps(self, other: Mark) -> bool:
        """Whether both were taken from the same characters."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A path as guessit reads it: the text, where its parts begin, and the marks by name."""

    text: str
    starts: tuple[int, ...]
    is_episode: bool
    marks: dict[str, tuple[Mark, ...]]

    @property
    def file_start(self) -> int:
        """Where the file name begins in the text."""
        return self.starts[-1]

    def named(self, *names: str) -> tuple[Mark, ...]:
        """Give the marks of these names in the order of the text."""
        found = [mark for name in names for mark in self.marks.get(name, ())]
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))

    def countries(self) -> tuple[Mark, ...]:
        """Give the countries: in capitals or in brackets, for "Us" is a word; or all in small letters.

        One that is sure in one part of the path is one in the others as well: ``Shameless US/shameless.us``.
        """
        marks = self.named("country")
        raw = {mark: self.text[mark.start : mark.end] for mark in marks}
        sure = {mark.value for mark in marks if raw[mark].isupper() or raw[mark][:1] in "(["}
        return tuple(mark for mark in marks if mark.value in sure or self.text.islower())

    def part(self, index: int) -> str:
        """Give one part of the path as it was read."""
        end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[index] : end]


class Reader:
    """Reads paths with a guessit of its own; made on first use, left behind when pickled."""

    def __init__(self) -> None:
        self._api: GuessItApi | None = None

    def __getstate__(self) -> dict[str, None]:
        return {"_api": None}

    def read(self, parts: tuple[str, ...]) -> Reading | None:
        """Read a path below the root, or give None where guessit fails on it."""
        from guessit.api import GuessItApi, GuessitException

        self._api = self._api or GuessItApi()
        readable = [respelled(readable_text(part)) for part in parts[-_FOLDERS_READ - 1 :]]
        starts = tuple(sum(len(part) + 1 for part in readable[:index]) for index in range(len(readable)))
        text = "/".join(readable)
        try:
            found: dict[str, Any] = self._api.guessit(text, _OPTIONS)
        except GuessitException:
            return None
        kinds = [str(mark.value) for mark in _listed(found.pop("type", None))]
        marks = {name: tuple(_marks(value)) for name, value in found.items()}
        return Reading(text=text, starts=starts, is_episode="episode" in kinds, marks=marks)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _marks(value: Any) -> Iterable[Mark]:
    seen: set[tuple[object, int]] = set()
    for match in _listed(value):
        plain = match.value
        if isinstance(plain, date):
            plain = plain.isoformat()
        elif not isinstance(plain, int):
            plain = str(plain)
        if (plain, match.end) in seen:
            continue  # guessit lists "05" twice, with and without its zero
        seen.add((plain, match.end))
        yield Mark(
            value=plain,
            start=match.start,
            end=match.end,
            digits=str(match.initiator.raw or ""),
            tags=frozenset(match.tags),
        )
