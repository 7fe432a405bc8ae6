"""The words for choosing: what a person is asked about a work, and what they can answer. Frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from cvi_trakt.matches import Candidate
from cvi_trakt.media import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A candidate that may be chosen; ``likeness`` says in words how near it is to what the path says."""

    candidate: Candidate
    likeness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which candidate is this work?

    ``target`` is where it would be added, as the person reads it, None where nothing is added now.
    ``sure`` is the candidate that the score has chosen, None where it is not sure. ``preselected``
    is what Enter alone takes; None stands for skipping. ``words`` is what was searched for or looked
    up instead of the work's title. ``notes`` are lines that say why it is asked, or what came of the
    answer before. ``place`` says how far the run is, such as ``(3/17) ``. ``undoes`` is the title of
    the work whose answer can be taken back, None where there is none.
    """

    work: Work
    offers: tuple[Offer, ...]
    target: str | None
    sure: Candidate | None = None
    preselected: Candidate | None = None
    words: str | None = None
    notes: tuple[str, ...] = ()
    place: str = ""
    undoes: str | None = None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates that are offered."""
        return tuple(one.candidate for one in self.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """It is this candidate."""

    candidate: Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptSure:
    """It is this candidate, the sure one; take every later sure match as it is."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Skip:
    """It is none of them, or it is not wanted this time."""


@dataclass(frozen=True, slots=True)
class Never:
    """It is not wanted, and not to be asked about or searched for again."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last answer back, and ask that question again."""


@dataclass(frozen=True, slots=True)
class SkipRest:
    """Skip this one and ask nothing more."""


@dataclass(frozen=True, slots=True)
class Done:
    """Ask nothing more: leave this one and the rest as they would be without questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFor:
    """Search again with these words."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Look up this id or url, as the person typed it."""

    text: str


Answer = Pick | AcceptSure | Skip | Never | Undo | SkipRest | Done | SearchFor | LookUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What comes of an ``Undo``: this work, and what follows it, is to be decided anew."""

    work: Work
