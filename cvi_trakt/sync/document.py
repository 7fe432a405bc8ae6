"""The report as JSON: what ``--output`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cvi_trakt.matches import Candidate, Held, Sure
from cvi_trakt.media import Episodes, Film, IdentifiedFile, Ids, NotAWork, Status, Work
from cvi_trakt.plans import Outcome, Result, Target
from cvi_trakt.sync.report import count, title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a report says beside the outcomes: which run, which target, what it cost."""

    id: str
    target: Target
    dry_run: bool
    filtered: Mapping[Status, int]
    requests: Mapping[str, int]


def to_json(run: Run, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Give the report as ``--output`` writes it; its results are made row by row as they are written."""
    counts = count(outcomes)
    return {
        "total": counts.total,
        "movies_added": counts.movies_added,
        "shows_added": counts.shows_added,
        "failed": counts.failed,
        "existing": counts.existing,
        "held": counts.held,
        "skipped": counts.skipped,
        "over_limit": counts.over_limit,
        **({"episodes_added": counts.episodes_added} if counts.episodes_added else {}),
        "success_rate": counts.success_rate,
        "filtered": {str(status): number for status, number in run.filtered.items()},
        "watchlist": None if run.target.is_watchlist else run.target.name,
        "dry_run": run.dry_run,
        "run": run.id,
        "requests": dict(run.requests),
        "results": _Rows(outcomes),
    }


class _Rows:
    """The results, made anew each time they are gone through."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._outcomes = outcomes

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(_entry, self._outcomes)


def _entry(outcome: Outcome) -> dict[str, Any]:
    title, year, kind = title_of(outcome)
    subject, match = outcome.subject, outcome.match
    files = subject.files if isinstance(subject, Work) else (subject.file,)
    entry: dict[str, Any] = {"title": title, "year": year, "type": kind, "status": str(outcome.result)}
    if isinstance(match, Sure):
        entry["trakt_id"] = match.candidate.ids.trakt
    entry["filename"] = subject.path
    entry["items"] = [_item(file) for file in files]
    if isinstance(match, Sure):
        entry["ids"] = match.candidate.ids.known()
        if match.distance is not None:
            entry["distance"] = match.distance.parts()
    if isinstance(match, Held):
        entry["candidates"] = [
            {**_candidate(one.candidate), "distance": one.distance.parts()} for one in match.candidates
        ]
    if outcome.reason:
        entry["reason"] = outcome.reason
    if isinstance(match, Sure):
        entry["decided_by"] = str(match.decided_by)
    if outcome.result is Result.FAILED:
        entry["error"] = outcome.reason
    return entry


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "title": candidate.title,
        "year": candidate.year,
        "type": str(candidate.kind),
        "trakt_id": candidate.ids.trakt,
        "ids": candidate.ids.known(),
    }


def _item(file: IdentifiedFile) -> dict[str, Any]:
    identity = file.identity
    entry: dict[str, Any] = {"file": file.result.path}
    match identity:
        case Film():
            kind, ids = "movie", identity.ids
            entry |= {"kind": kind, "title": identity.title, "year": identity.year}
            entry |= {"season": None, "episodes": [], "date": None}
        case Episodes():
            kind, ids = "show", identity.ids
            entry |= {"kind": kind, "title": identity.title, "year": identity.year}
            entry |= {"season": identity.season, "episodes": list(identity.episodes), "date": identity.date}
            if identity.country:
                entry["country"] = identity.country
        case NotAWork():
            ids = Ids()
            entry |= {"kind": None, "title": None, "year": None, "season": None, "episodes": [], "date": None}
    if ids:
        entry["ids"] = ids.known()
    return entry
