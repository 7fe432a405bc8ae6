"""Remembers how works were decided, so that an unchanged library is not searched twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cvi_trakt.matches import Candidate, DecidedBy, Declined, Distance, Held, Match, NoMatch, Scored, Sure
from cvi_trakt.media import Ids, Kind, Work
from cvi_trakt.store.database import opened
from cvi_trakt.titles import normalise

UNSETTLED_DAYS = 7.0  # held and not found: Trakt's catalogue grows
DECLINED = "you skipped it"  # why a work is held that a person did not want added
FLUSH_AT = 50  # searches that a killed run may have to repeat

_SCHEMA = (
    """
    CREATE TABLE decisions (
        kind TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL, country TEXT NOT NULL,
        folder TEXT NOT NULL, ids TEXT NOT NULL, verdict TEXT NOT NULL, decided_by TEXT NOT NULL,
        decided_at REAL NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (kind, title, year, country, folder, ids)
    )
    """,
)

# a person may have answered in another process since this one read
_KEEP = """
    INSERT INTO decisions VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
        verdict=excluded.verdict, decided_by=excluded.decided_by, decided_at=excluded.decided_at, body=excluded.body
    WHERE excluded.decided_by='person' OR decisions.decided_by<>'person'
"""

Key = tuple[str, str, int, str, str, str]

log = logging.getLogger(__name__)


class Decisions:
    """The decisions for one API host, in one SQLite file.

    ``days`` is how long a match by score is remembered; a person's stays for ever. ``now`` gives
    the time with its zone. Reads all it holds at first use and writes what is new at ``flush``.
    """

    def __init__(self, file: Path, *, days: float, now: Callable[[], datetime]) -> None:
        self._file = file
        self._days = days
        self._now = now
        self._known: dict[Key, tuple[str, str, float, str]] | None = None
        self._new: dict[Key, tuple[str, str, float, str]] = {}

    def recall(self, work: Work) -> Match | None:
        """Give what was decided for a work, unless it is too old."""
        row = self._rows().get(key_of(work))
        if row is None:
            return None
        verdict, decided_by, decided_at, body = row
        try:
            age = self._now().timestamp() - decided_at
            days = self._days if verdict == "sure" else UNSETTLED_DAYS
            if decided_by != DecidedBy.PERSON and age > timedelta(days=days).total_seconds():
                return None
            return _match(work, verdict, DecidedBy(decided_by), json.loads(body))
        except (ValueError, KeyError, TypeError):
            log.debug("a remembered decision cannot be read; searching again")
            return None

    def remember(self, match: Match) -> None:
        """Note a decision; it is on disk after the next ``flush``, a person's at once."""
        row = _row(match, self._now().timestamp())
        if row is None:
            return
        self._rows()[key_of(match.work)] = row
        self._new[key_of(match.work)] = row
        if row[1] == DecidedBy.PERSON or len(self._new) >= FLUSH_AT:
            self.flush()

    def check_writable(self) -> None:
        """Raise ``StoreError`` where nothing can be kept, so that nobody is asked in vain."""
        with opened(self._file, _SCHEMA):
            pass

    def forget(self, works: Iterable[Work]) -> None:
        """Drop what was decided by score for these works, and what was held or not found."""
        rows = self._rows()
        gone = [key for key in map(key_of, works) if key in rows and rows[key][1] != DecidedBy.PERSON]
        with opened(self._file, _SCHEMA) as db:
            db.executemany(
                "DELETE FROM decisions WHERE kind=? AND title=? AND year=? AND country=? AND folder=? AND ids=?"
                " AND decided_by<>'person'",
                gone,
            )
        for key in gone:
            rows.pop(key, None)
            self._new.pop(key, None)

    def flush(self) -> None:
        """Write what is new to disk, in one transaction."""
        if self._new:
            with opened(self._file, _SCHEMA) as db:
                db.executemany(
                    _KEEP,
                    [(*key, *row) for key, row in self._new.items()],
                )
            self._new = {}

    def _rows(self) -> dict[Key, tuple[str, str, float, str]]:
        if self._known is None:
            self._known = {}
            if self._file.exists():
                with opened(self._file, _SCHEMA) as db:
                    for row in db.execute("SELECT * FROM decisions"):
                        self._known[row[:6]] = row[6:]
        return self._known


def key_of(work: Work) -> Key:
    """Give what a decision is filed under: without a year also the folder; an id makes a key of its own.

    A year that may be an episode's own does not count, so that new episodes do not ask again.
    """
    year = work.year if work.year_is_first else None
    return (
        work.kind,
        _storable(normalise(work.title)),
        year or 0,
        work.country or "",
        "" if year or work.ids else _storable(work.folder),
        json.dumps(work.ids.known()) if work.ids else "",
    )


def _storable(text: str) -> str:
    """Give text that SQLite takes: bytes that are no UTF-8 stand in paths as surrogates."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _row(match: Match, at: float) -> tuple[str, str, float, str] | None:
    match match:
        case Sure():
            body: dict[str, Any] = {
                "candidate": _candidate_json(match.candidate),
                "distance": asdict(match.distance) if match.distance else None,
                "reason": match.reason,
            }
            return "sure", match.decided_by, at, _dump(body)
        case Held():
            return "held", DecidedBy.SCORE, at, _held_json(match.candidates, match.reason)
        case Declined():
            # no later run may add it by score
            return "held", DecidedBy.PERSON, at, _held_json(match.candidates, DECLINED)
        case NoMatch():
            return "none", DecidedBy.SCORE, at, _dump({"reason": match.reason})
        case _:
            return None


def _match(work: Work, verdict: str, decided_by: DecidedBy, body: dict[str, Any]) -> Match:
    if verdict == "sure":
        candidate = _candidate(body["candidate"])
        if candidate.ids.trakt is None:
            raise ValueError("a decided candidate needs Trakt's own number")
        return Sure(
            work=work,
            candidate=candidate,
            distance=Distance(**body["distance"]) if body["distance"] else None,
            reason=body["reason"],
            decided_by=decided_by,
        )
    if verdict == "held":
        candidates = tuple(
            Scored(candidate=_candidate(one["candidate"]), distance=Distance(**one["distance"]))
            for one in body["candidates"]
        )
        return Held(work=work, candidates=candidates, reason=body["reason"])
    if verdict != "none":
        raise ValueError("not a verdict")
    return NoMatch(work=work, reason=body["reason"])


def _held_json(candidates: Iterable[Scored], reason: str) -> str:
    scored = [{"candidate": _candidate_json(one.candidate), "distance": asdict(one.distance)} for one in candidates]
    return _dump({"candidates": scored, "reason": reason})


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    known = {item.name: getattr(candidate, item.name) for item in fields(candidate)}
    known["ids"] = candidate.ids.known()
    return {name: value for name, value in known.items() if value is not None}


def _candidate(body: dict[str, Any]) -> Candidate:
    given = {"year": None, **body, "kind": Kind(body["kind"]), "ids": Ids(**body["ids"])}
    return Candidate(**given)


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":"))
