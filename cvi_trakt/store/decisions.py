"""Remembers how works were decided, so that an unchanged library is not searched twice."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cvi_trakt.matches import DecidedBy, Declined, Held, Match, Sure
from cvi_trakt.media import Kind, Work
from cvi_trakt.store.database import opened
from cvi_trakt.store.rows import Kept, Key, Row, kept_of, key_of, match_of, row_of, with_work

UNSETTLED_DAYS = 7.0  # held and not found: Trakt's catalogue grows
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
_OF_KEY = "kind=? AND title=? AND year=? AND country=? AND folder=? AND ids=?"
_RENEW = f"UPDATE decisions SET body=? WHERE {_OF_KEY} AND body=?"  # noqa: S608 - our own text
_REPLACE = "INSERT OR REPLACE INTO decisions VALUES (?,?,?,?,?,?,?,?,?,?)"
_FIND = f"SELECT verdict, decided_by, decided_at, body FROM decisions WHERE {_OF_KEY}"  # noqa: S608 - our own text
_DELETE = f"DELETE FROM decisions WHERE {_OF_KEY}"  # noqa: S608 - our own text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many decisions from elsewhere were new, how many there already, and how many gave way to the person's own."""

    added: int
    same: int
    kept: int


class Decisions:
    """The decisions for one API host, in one SQLite file.

    ``days`` is how long a match by score is remembered; a person's stays for ever. ``now`` gives
    the time with its zone. Reads all it holds at first use and writes what is new at ``flush``.
    """

    def __init__(self, file: Path, *, days: float, now: Callable[[], datetime]) -> None:
        self._file = file
        self._days = days
        self._now = now
        self._known: dict[Key, Row] | None = None
        self._new: dict[Key, Row] = {}
        self._renewed: dict[Key, Row] = {}  # rows on disk whose work has changed, as they were read
        self._answers: dict[Key, list[tuple[Row | None, Row]]] = {}  # what each took the place of, and itself

    def recall(self, work: Work) -> Match | None:
        """Give what was decided for a work, unless it is too old."""
        key = key_of(work)
        row = self._rows().get(key) or self._never_anywhere(key)
        if row is None:
            return None
        try:
            age = self._now().timestamp() - row.decided_at
            days = self._days if row.verdict == "sure" else UNSETTLED_DAYS
            if row.decided_by != DecidedBy.PERSON and age > timedelta(days=days).total_seconds():
                return None
            match = match_of(work, row)
        except (ValueError, KeyError, TypeError):
            log.debug("a remembered decision cannot be read; searching again")
            return None
        if isinstance(match, Held):
            self._renew(key, row, with_work(row, work))
        return match

    def _never_anywhere(self, key: Key) -> Row | None:
        """Give a ``never`` that names no folder, as a person writes it: it is of that title wherever it lies."""
        row = self._rows().get(key._replace(folder="")) if key.folder else None
        is_never = row is not None and row.verdict == "never" and row.decided_by == DecidedBy.PERSON
        return row if is_never else None

    def remember(self, match: Match) -> None:
        """Note a decision; it is on disk after the next ``flush``, a person's at once."""
        row = row_of(match, self._now().timestamp())
        if row is None:
            return
        key = key_of(match.work)
        if row.decided_by == DecidedBy.PERSON:
            self._answer(key, row)
            return
        self._rows()[key] = self._new[key] = row
        if len(self._new) >= FLUSH_AT:
            self.flush()

    def take_back(self, work: Work) -> None:
        """Put what is kept of a work back to what it was before this run's last answer to it.

        What a person has said in another process since then stays.
        """
        key = key_of(work)
        before, ours = self._answers[key].pop()
        with opened(self._file, _SCHEMA) as db:
            now = _find(db, key)
            if now == ours and before is None:
                db.execute(_DELETE, key)
            elif now == ours and before is not None:
                db.execute(_REPLACE, (*key, *before))
        left = before if now == ours else now
        if left is None:
            self._rows().pop(key, None)
        else:
            self._rows()[key] = left

    def check_writable(self) -> None:
        """Raise ``StoreError`` where nothing can be kept, so that nobody is asked in vain."""
        with opened(self._file, _SCHEMA):
            pass

    def forget(self, works: Iterable[Work]) -> None:
        """Drop what was decided by score for these works, and what was held or not found."""
        rows = self._rows()
        gone = [key for key in map(key_of, works) if key in rows and rows[key].decided_by != DecidedBy.PERSON]
        with opened(self._file, _SCHEMA) as db:
            db.executemany(f"{_DELETE} AND decided_by<>'person'", gone)
        self._drop(gone)

    def flush(self) -> None:
        """Write what is new to disk, in one transaction."""
        if self._new or self._renewed:
            with opened(self._file, _SCHEMA) as db:
                self._write_new(db)
            self._new, self._renewed = {}, {}

    def kept(self) -> list[Kept]:
        """Give every decision, also those that no longer count; what cannot be read is left out."""
        found: list[Kept] = []
        for key, row in self._rows().items():
            try:
                found.append(kept_of(key, row))
            except (ValueError, KeyError, TypeError):
                log.debug("a remembered decision cannot be read; it is left out")
        return found

    def drop(self, every: Iterable[Kept]) -> int:
        """Forget these, a person's too; gives how many. What was decided anew since they were read stays."""
        chosen = [one.key for one in every]
        rows = self._rows()
        with opened(self._file, _SCHEMA) as db:
            gone = [key for key in chosen if _find(db, key) == rows[key]]
            db.executemany(_DELETE, gone)
        self._drop(gone)
        return len(gone)

    def take_in(self, matches: Iterable[Sure | Declined], *, replace: bool) -> Taken:
        """Keep a person's decisions that came from elsewhere, all or none.

        A decision of the person's own that says something else stays, unless ``replace``.
        """
        at = self._now().timestamp()
        added = same = kept = 0
        with opened(self._file, _SCHEMA) as db:
            for match in matches:
                key, row = key_of(match.work), row_of(match, at)
                own = _settled_by_person(match.work, _find(db, key))
                if own is not None and _says(own) == _says(match):
                    same += 1
                elif (own is not None and not replace) or row is None:
                    kept += 1
                else:
                    db.execute(_REPLACE, (*key, *row))
                    added += 1
        self._known = None
        return Taken(added=added, same=same, kept=kept)

    def _answer(self, key: Key, row: Row) -> None:
        """Keep a person's answer, and what it takes the place of, also where another process wrote that."""
        self._rows()[key] = row
        with opened(self._file, _SCHEMA) as db:
            self._write_new(db)
            self._answers.setdefault(key, []).append((_find(db, key), row))
            db.execute(_KEEP, (*key, *row))
        self._new, self._renewed = {}, {}

    def _renew(self, key: Key, row: Row, now: Row) -> None:
        """Note what is known of a held work by now, for whoever is asked about it later."""
        if now == row:
            return
        self._rows()[key] = now
        if key in self._new:
            self._new[key] = now
        else:
            self._renewed.setdefault(key, row)

    def _write_new(self, db: sqlite3.Connection) -> None:
        """Write what is new; a work is renewed only where the decision is still the one that was read."""
        db.executemany(_KEEP, [(*key, *row) for key, row in self._new.items()])
        rows = self._rows()
        db.executemany(_RENEW, [(rows[key].body, *key, row.body) for key, row in self._renewed.items()])

    def _drop(self, keys: Iterable[Key]) -> None:
        for key in keys:
            for rows in (self._rows(), self._new, self._renewed):
                rows.pop(key, None)

    def _rows(self) -> dict[Key, Row]:
        if self._known is None:
            self._known = {}
            if self._file.exists():
                with opened(self._file, _SCHEMA) as db:
                    for row in db.execute("SELECT * FROM decisions"):
                        self._known[Key(*row[:6])] = Row(*row[6:])
        return self._known


def _find(db: sqlite3.Connection, key: Key) -> Row | None:
    found = db.execute(_FIND, key).fetchone()
    return Row(*found) if found is not None else None


def _settled_by_person(work: Work, row: Row | None) -> Sure | Declined | None:
    """Read what a person has settled for good; a skip for once is none of it, nor what cannot be read."""
    if row is None or row.decided_by != DecidedBy.PERSON:
        return None
    try:
        match = match_of(work, row)
    except (ValueError, KeyError, TypeError):
        return None
    return match if isinstance(match, (Sure, Declined)) else None


def _says(match: Sure | Declined) -> tuple[Kind, int | None] | None:
    """Give what a decision comes down to: a film or show, None for never."""
    return (match.candidate.kind, match.candidate.ids.trakt) if isinstance(match, Sure) else None
