"""The words for matching: candidates, their distance, and what was decided. Frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from cvi_trakt.media import Ids, Kind, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A film or show that Trakt, or the local catalogue, answered with.

    ``rank`` is its place in the answer, from 0; ``runtime`` is in minutes; ``votes`` only says how
    well known it is.
    """

    kind: Kind
    title: str
    year: int | None
    ids: Ids
    original_title: str | None = None
    country: str | None = None
    language: str | None = None
    runtime: int | None = None
    votes: int | None = None
    overview: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a candidate is from what the path says, in named parts.

    ``title`` runs from 0.0 (equal once normalised) to 1.0; ``year`` counts years and is None where
    one side has none; ``country`` is 0 or 1, and None where the path names none; ``rank`` is the
    candidate's place in the answer.
    """

    title: float
    year: int | None
    country: int | None = None
    rank: int = 0

    def parts(self) -> dict[str, float | int]:
        """Give the parts a report shows; a part that could not be measured is left out."""
        shown: dict[str, float | int] = {"title": round(self.title, 3)}
        if self.year is not None:
            shown["year"] = self.year
        if self.country is not None:
            shown["country"] = self.country
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A candidate with its distance."""

    candidate: Candidate
    distance: Distance


@unique
class DecidedBy(StrEnum):
    """Who chose the candidate."""

    ID = "id"
    SCORE = "score"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """A work whose candidate is decided."""

    work: Work
    candidate: Candidate
    distance: Distance | None
    reason: str
    decided_by: DecidedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A work that waits for a person: more than one candidate fits, or none is near enough."""

    work: Work
    candidates: tuple[Scored, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """A work for which Trakt has no candidate."""

    work: Work
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A work that the person skipped, with the candidates it had."""

    work: Work
    candidates: tuple[Scored, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFailed:
    """A work whose search Trakt refused; the others go on."""

    work: Work
    error: str


Match = Sure | Held | NoMatch | Declined | SearchFailed
