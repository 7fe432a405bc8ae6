"""The words for syncing: what a target holds, what a run would do, and what became of it. Frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from cvi_trakt.matches import Candidate, Match
from cvi_trakt.media import Ids, Subject


@unique
class UnitKind(StrEnum):
    """What one entry of a target can be."""

    MOVIE = "movie"
    SHOW = "show"
    SEASON = "season"
    EPISODE = "episode"


UnitKey = tuple[UnitKind, int, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One entry that a target can hold: a film, a show, a season or an episode.

    ``ids`` are those of the film or of the show; ``season`` and ``episode`` are numbers within it.
    """

    kind: UnitKind
    ids: Ids
    season: int | None = None
    episode: int | None = None

    @property
    def key(self) -> UnitKey:
        """What tells two units apart. Raises ``ValueError`` where Trakt's own number is unknown."""
        if self.ids.trakt is None:
            raise ValueError("a unit needs Trakt's own number")
        return (self.kind, self.ids.trakt, self.season, self.episode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where works go: the watchlist (``id`` None) or one list, addressed by the number that Trakt gave.

    ``name`` is what the person reads; ``is_new`` says that the list is made before the first add.
    """

    name: str
    id: int | None = None
    slug: str | None = None
    is_new: bool = False

    @property
    def is_watchlist(self) -> bool:
        """Whether this is the account's one watchlist."""
        return self.id is None and not self.is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a complete read of a target found: its units, how many entries count towards the limit, and its works."""

    units: frozenset[UnitKey] = frozenset()
    count: int = 0
    works: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAnswer:
    """The counts with which Trakt answers a bulk write; it names no item but the unknown ones."""

    added: int
    existing: int
    not_found: int


@unique
class Result(StrEnum):
    """What became of a work, as the report spells it."""

    ADDED = "added"
    WOULD_ADD = "would_add"
    EXISTING = "existing"
    NOT_FOUND = "not_found"
    HELD = "held"
    SKIPPED = "skipped"
    OVER_LIMIT = "over_limit"
    FAILED = "failed"


SAME_AS = "same as "  # how the reason of a work begins that an earlier one of the same run stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one work; every file of the input is in exactly one.

    ``units`` are the entries that the result is about, ``added`` those of them that this run added
    (or would add), which may be some where others failed; ``reason`` says why, or what went wrong.
    """

    subject: Subject
    result: Result
    match: Match | None = None
    reason: str = ""
    units: tuple[Unit, ...] = ()
    added: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do: a value; nothing is written until it is applied.

    ``outcomes`` are what will become of each work, in the order of the input; those with
    ``would_add`` carry the units that are not in the target yet.
    """

    target: Target
    outcomes: tuple[Outcome, ...]

    def to_add(self) -> int:
        """Count the works that would be added."""
        return sum(outcome.result is Result.WOULD_ADD for outcome in self.outcomes)
