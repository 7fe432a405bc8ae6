"""Remembers what paths say, so that a library is read once: a cache, without which everything still works."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from itertools import islice
from pathlib import Path

from cvi_trakt.errors import StoreError
from cvi_trakt.store.database import opened

KEPT_DAYS = 90  # since a path was last seen
ROOM = 200_000  # entries up to which none is removed for its age
SEEN_AGAIN_DAYS = 7  # how exactly that is known: a run over a known library writes nothing in between
FLUSH_AT = 5_000  # names that a killed run may have to read again
PATIENCE = 2.0  # seconds that a cache is worth waiting for
ASKED_AT_ONCE = 500  # SQLite takes 999 values at least
DAY = 86_400

_SCHEMA = (
    """
    CREATE TABLE names (key BLOB PRIMARY KEY, body BLOB NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE written_by (version TEXT NOT NULL)
    """,
)
_KEEP = "INSERT INTO names VALUES (?,?,?) ON CONFLICT (key) DO UPDATE SET body=excluded.body, seen=excluded.seen"

Key = tuple[str, str]  # root and path


class Names:
    """What is known of paths below roots: a short text of the caller's for each, in one SQLite file.

    What another ``version`` wrote is dropped. ``now`` gives the time with its zone. A file that
    cannot be used is said once through ``tell`` and left alone from then on. ``room`` is how many
    entries stay however old they are, ``patience`` how many seconds to wait for another process. The
    file holds no paths, only what tells them apart.
    """

    def __init__(
        self,
        file: Path,
        *,
        version: str,
        now: Callable[[], datetime],
        tell: Callable[[str], None],
        room: int = ROOM,
        patience: float = PATIENCE,
    ) -> None:
        self._file = file
        self._version = version
        self._today = int(now().timestamp()) // DAY
        self._tell = tell
        self._room = room
        self._patience = patience
        self._is_usable = True
        self._new: dict[bytes, bytes] = {}
        self._seen_again: set[bytes] = set()

    def known(self, keys: Sequence[Key]) -> dict[Key, str]:
        """Give what is known of these paths; the others are missing."""
        found: dict[Key, str] = {}
        if keys:
            self._use(lambda db: found.update(self._known(db, keys)))
        return found

    def keep(self, rows: Mapping[Key, str]) -> None:
        """Note what paths say; it is on disk after the next ``flush``."""
        for key, body in rows.items():
            self._new[_digest(key)] = body.encode("utf-8", "surrogatepass")
            if len(self._new) >= FLUSH_AT:
                self.flush()

    def flush(self) -> None:
        """Write what is new to disk, in one transaction, and remove what was not seen for long."""
        new, again = self._new, self._seen_again
        self._new, self._seen_again = {}, set()
        if not new and not again:
            return
        self._use(lambda db: self._write(db, new, again))

    def _known(self, db: sqlite3.Connection, keys: Sequence[Key]) -> Iterator[tuple[Key, str]]:
        rest = iter(keys)
        while some := {_digest(key): key for key in islice(rest, ASKED_AT_ONCE)}:
            marks = ",".join("?" * len(some))
            rows = db.execute(f"SELECT key, body, seen FROM names WHERE key IN ({marks})", [*some])  # noqa: S608
            for digest, body, seen in rows:
                if abs(self._today - seen) >= SEEN_AGAIN_DAYS:
                    self._seen_again.add(digest)
                yield some[digest], body.decode("utf-8", "surrogatepass")

    def _write(self, db: sqlite3.Connection, new: Mapping[bytes, bytes], again: Set[bytes]) -> None:
        db.executemany(_KEEP, ((key, body, self._today) for key, body in new.items()))
        db.executemany("UPDATE names SET seen=? WHERE key=?", ((self._today, key) for key in again))
        (count,) = db.execute("SELECT count(*) FROM names").fetchone()
        if count > self._room:
            db.execute("DELETE FROM names WHERE seen<?", (self._today - KEPT_DAYS,))

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do some work with the open file, in one transaction; nothing where it cannot be used."""
        if not self._is_usable:
            return
        try:
            with opened(self._file, _SCHEMA, patience=self._patience) as db:
                self._drop_others(db)
                work(db)
        except StoreError as error:
            self._is_usable = False
            self._tell(f"names are read anew, without what is known of them: {error}")

    def _drop_others(self, db: sqlite3.Connection) -> None:
        if db.execute("SELECT version FROM written_by").fetchall() != [(self._version,)]:
            db.execute("DELETE FROM names")
            db.execute("DELETE FROM written_by")
            db.execute("INSERT INTO written_by VALUES (?)", (self._version,))


def _digest(key: Key) -> bytes:
    """Tell a root and a path from all others; bytes that are no UTF-8 stand in them as surrogates."""
    return hashlib.blake2b("\0".join(key).encode("utf-8", "surrogatepass"), digest_size=16).digest()
