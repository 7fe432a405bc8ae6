"""The words for matching: candidates, their distance, and what was decided. Frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from cvi_trakt.media import Ids, Kind, OtherReading, Work


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


@unique
class TitleBy(StrEnum):
    """Which title of a candidate is nearest to the path's, and how it is compared."""

    TITLE = "title"
    ORIGINAL = "original title"
    ALIAS = "alias"
    SPELLING = "spelling"  # equal but for II and 2, Pt and Part, ou and ō
    TYPO = "typo"  # equal but for one letter of a long word


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a candidate is from what the path says, in named parts.

    ``title`` runs from 0.0 (equal once normalised) to 1.0; ``by`` says what of it agrees best. ``year``
    counts years and is None where one side has none; ``country`` is 0 or 1, and None where the path
    names none; ``runtime`` counts the minutes between the film's runtime and the file's duration,
    None where either is unknown; ``rank`` is the candidate's place in the answer.
    """

    title: float
    year: int | None
    country: int | None = None
    runtime: int | None = None
    by: TitleBy = TitleBy.TITLE
    rank: int = 0

    def parts(self) -> dict[str, float | int]:
        """Give the parts a report shows; a part that could not be measured is left out."""
        shown: dict[str, float | int] = {"title": round(self.title, 3)}
        if self.year is not None:
            shown["year"] = self.year
        if self.country is not None:
            shown["country"] = self.country
        if self.runtime is not None:
            shown["runtime"] = self.runtime
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
    TARGET = "target"  # what the target holds is it, and no search was needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """A work whose candidate is decided; ``read_as`` is the reading that it is, where it is not the first one."""

    work: Work
    candidate: Candidate
    distance: Distance | None
    reason: str
    decided_by: DecidedBy
    read_as: OtherReading | None = None


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
    """A work that the person skipped, with the candidates it had; ``is_final`` means never ask again."""

    work: Work
    candidates: tuple[Scored, ...]
    reason: str
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFailed:
    """A work whose search Trakt refused; the others go on."""

    work: Work
    error: str


Match = Sure | Held | NoMatch | Declined | SearchFailed
