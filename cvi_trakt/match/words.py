"""Says in words how near a candidate is to what the path says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvi_trakt.matches import Distance, Scored, TitleBy
from cvi_trakt.media import Work

SAME_LENGTH = 2  # minutes: credits and rounding

_ALL_BUT = {
    TitleBy.SPELLING: "title agrees but for its spelling",
    TitleBy.TYPO: "title agrees but for one letter",
}


def in_words(distance: Distance, *, lengths: tuple[int, int] | None = None) -> str:
    """Say what agrees and what does not: ``title and year agree``, ``title differs, year off by 2``.

    ``lengths`` are the candidate's runtime and the file's, in minutes; without them only the
    difference is said. What could not be compared is left out.
    """
    agreeing = list(_agreeing(distance))
    parts = [f"{_listed(agreeing)} {'agrees' if len(agreeing) == 1 else 'agree'}"] if agreeing else []
    differing = list(_differing(distance, lengths))
    # of a title that nearly agrees, or does not, is spoken first
    parts = [*parts, *differing] if _title(distance) else [*differing[:1], *parts, *differing[1:]]
    return ", ".join(parts)


def likeness(work: Work, scored: Scored) -> str:
    """Say how near a candidate is to a work, with the runtimes of both where they are known."""
    runtime, duration = scored.candidate.runtime, work.duration
    lengths = (runtime, round(duration / 60)) if runtime and duration else None
    return in_words(scored.distance, lengths=lengths)


def _title(distance: Distance) -> str:
    """Name the title that agrees; empty where none does, or one nearly."""
    return str(distance.by) if distance.title == 0 and distance.by not in _ALL_BUT else ""


def _agreeing(distance: Distance) -> Iterator[str]:
    title = _title(distance)
    if title:
        yield title
    if distance.year == 0:
        yield "year"
    if distance.country == 0:
        yield "country"
    if distance.runtime is not None and distance.runtime <= SAME_LENGTH:
        yield "runtime"


def _differing(distance: Distance, lengths: tuple[int, int] | None) -> Iterator[str]:
    if not _title(distance):
        yield _ALL_BUT.get(distance.by, "title differs")
    if distance.year:
        yield f"year off by {distance.year}"
    if distance.country:
        yield "country differs"
    if distance.runtime is not None and distance.runtime > SAME_LENGTH:
        yield f"{lengths[0]} min against {lengths[1]}" if lengths else f"runtime off by {distance.runtime} min"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), words[-1]])
