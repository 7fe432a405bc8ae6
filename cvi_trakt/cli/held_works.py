"""The works that earlier runs held back: found in the store, shown as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cvi_trakt.match.words import likeness
from cvi_trakt.matches import DecidedBy, Held, Scored
from cvi_trakt.media import Ids
from cvi_trakt.menus import url_of
from cvi_trakt.readings import files_of, numbers_of, readings_of
from cvi_trakt.store.decisions import Decisions
from cvi_trakt.sync.report import named

SHOWN = 5  # candidates of a work that the text names
HOW = (
    "To settle them: cvi-trakt review. Or put the mark in braces of the right one into the name of its file or "
    "folder, and scan again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldWork:
    """A work that waits for a person, since when, and whether they have skipped it once."""

    match: Held
    since: datetime
    was_skipped: bool


def find(decisions: Decisions, kind: str | None, limit: int | None) -> list[HeldWork]:
    """Give the works that are held, also those that a person skipped once; in the order of their paths."""
    found = [
        HeldWork(
            match=one.match,
            since=datetime.fromtimestamp(one.decided_at, UTC),
            was_skipped=one.decided_by is DecidedBy.PERSON,
        )
        for one in decisions.kept()
        if isinstance(one.match, Held) and kind in (None, one.key.kind)
    ]
    return sorted(found, key=lambda one: one.match.work.path)[:limit]


def mark_of(ids: Ids) -> str:
    """Give what names a film or show when it stands in a path: ``{imdb-tt0133093}``; empty without such an id."""
    known = ids.known()
    return next((f"{{{name}-{known[name]}}}" for name in ("imdb", "tmdb", "tvdb") if name in known), "")


def as_text(held: Sequence[HeldWork]) -> list[str]:
    """Give the lines for a person."""
    if not held:
        return ["Nothing is held."]
    count = "1 work is held." if len(held) == 1 else f"{len(held)} works are held."
    return [*(line for one in held for line in _block(one)), f"{count} {HOW}"]


def _block(held: HeldWork) -> Iterator[str]:
    work, candidates = held.match.work, held.match.candidates
    yield files_of(work)
    for line in readings_of(work, told=(held.match.reason,)):
        yield f"  {line}"
    yield f"  held since {held.since:%Y-%m-%d}: {held.match.reason}"
    for one in candidates[:SHOWN]:
        candidate = one.candidate
        mark = mark_of(candidate.ids)
        name = named(candidate.title, candidate.year, candidate.kind)
        yield f"  - {name}: {likeness(work, one)}"
        yield "    " + "  ".join(part for part in (mark, url_of(candidate)) if part)
    if len(candidates) > SHOWN:
        yield f"  - and {len(candidates) - SHOWN} more"
    yield ""


def as_json(held: Sequence[HeldWork]) -> list[dict[str, Any]]:
    """Give one object for each work, with all its candidates, the nearest first."""
    return [_entry(one) for one in held]


def _entry(held: HeldWork) -> dict[str, Any]:
    work = held.match.work
    return {
        "filename": work.path,
        "files": len(work.files),
        "title": work.title,
        "year": work.year,
        "type": str(work.kind),
        "country": work.country,
        "numbers": numbers_of(work) or None,
        "ids": work.ids.known(),
        "doubt": work.doubt,
        "reason": held.match.reason,
        "held_since": held.since.isoformat(timespec="seconds"),
        "skipped_by_you": held.was_skipped,
        "candidates": [_candidate(held.match, one) for one in held.match.candidates],
    }


def _candidate(match: Held, scored: Scored) -> dict[str, Any]:
    candidate = scored.candidate
    return {
        "title": candidate.title,
        "year": candidate.year,
        "type": str(candidate.kind),
        "ids": candidate.ids.known(),
        "runtime": candidate.runtime,
        "country": candidate.country,
        "overview": candidate.overview,
        "url": url_of(candidate),
        "distance": scored.distance.parts(),
        "likeness": likeness(match.work, scored),
        "mark": mark_of(candidate.ids) or None,
    }
