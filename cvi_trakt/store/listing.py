"""Shows the decisions of the store as a table and as JSON, and finds those that words name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from cvi_trakt.columns import table
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Held, NoMatch, Sure
from cvi_trakt.store.rows import Kept
from cvi_trakt.titles import normalise


def choose(every: Iterable[Kept], words: Sequence[str], kind: str | None, by: str | None) -> list[Kept]:
    """Give those of this kind, by this decider, in which all the words stand; in the order of their titles."""
    wanted = [normalise(word) for word in words]
    found = [
        one
        for one in every
        if kind in (None, one.key.kind)
        and by in (None, str(one.decided_by))
        and all(word in _searched(one) for word in wanted)
    ]
    return sorted(found, key=lambda one: (one.match.work.title.casefold(), one.key))


def _searched(kept: Kept) -> str:
    """Give all that words may mean: the titles read and decided, the folder, the first path, the ids."""
    match = kept.match
    texts = [match.work.title, str(kept.key.year or ""), kept.key.folder, match.work.path, kept.key.ids]
    if isinstance(match, Sure):
        texts += [
            match.candidate.title,
            str(match.candidate.year or ""),
            *map(str, match.candidate.ids.known().values()),
        ]
    return normalise(" ".join(texts))


def as_table(every: Sequence[Kept]) -> list[str]:
    """Give the table for a person."""
    if not every:
        return ["No such decisions are kept."]
    rows = [(_read(one), verdict(one), str(one.decided_by), f"{_time(one):%Y-%m-%d}") for one in every]
    return table(("READ FROM FILES", "DECISION", "BY", "SINCE"), rows)


def as_json(every: Iterable[Kept]) -> list[dict[str, Any]]:
    """Give one object for each decision."""
    return [_entry(one) for one in every]


def verdict(kept: Kept) -> str:
    """Say in a few words what was decided."""
    match kept.match:
        case Sure() as sure:
            return _candidate(sure.candidate)
        case Held() as held:
            return "skipped once" if kept.decided_by is DecidedBy.PERSON else f"held: {held.reason}"
        case Declined():
            return "never"
        case NoMatch():
            return "not found"


def _read(kept: Kept) -> str:
    """Name what was read from the files, as far as it counts."""
    year = f" ({kept.key.year})" if kept.key.year else ""
    country = f" ({kept.key.country})" if kept.key.country else ""
    folder = f" in {kept.key.folder}" if kept.key.folder else ""
    ids = "".join(f" {name} {number}" for name, number in kept.match.work.ids.known().items())
    return f"{kept.match.work.title}{year}{country} [{kept.key.kind}]{ids}{folder}"


def _candidate(candidate: Candidate) -> str:
    year = f" ({candidate.year})" if candidate.year else ""
    return f"{candidate.title}{year} [{candidate.kind}]"


def _time(kept: Kept) -> datetime:
    return datetime.fromtimestamp(kept.decided_at, UTC)


_VERDICTS = {Sure: "matched", Held: "held", Declined: "never", NoMatch: "not_found"}


def _entry(kept: Kept) -> dict[str, Any]:
    key, match = kept.key, kept.match
    entry: dict[str, Any] = {
        "type": key.kind,
        "title": match.work.title,
        "year": key.year or None,
        "country": key.country or None,
        "folder": key.folder or None,
        "ids": json.loads(key.ids) if key.ids else {},
        "filename": match.work.path if kept.is_whole else None,
        "verdict": _VERDICTS[type(match)],
        "reason": match.reason,
        "decided_by": str(kept.decided_by),
        "decided_at": _time(kept).isoformat(timespec="seconds"),
    }
    if isinstance(match, Sure):
        candidate = match.candidate
        entry["match"] = {
            "type": str(candidate.kind),
            "title": candidate.title,
            "year": candidate.year,
            "ids": candidate.ids.known(),
        }
    return entry
