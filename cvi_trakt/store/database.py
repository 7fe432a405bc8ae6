"""Opens the SQLite files of the state folder, brings their schema up to date, and locks the store."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from cvi_trakt import private_files
from cvi_trakt.errors import StoreBusyError, StoreError
from cvi_trakt.filenames import host_name

BUSY_SECONDS = 10.0


def host_folder(state_dir: Path, api_url: str) -> Path:
    """Give the folder for what is kept per API host: ``api.trakt.tv``, ``127.0.0.1-8080``."""
    return state_dir / host_name(api_url)


def make_folder(folder: Path) -> None:
    """Make a folder of the state and what is above it, readable by its owner only. Raises ``StoreError``."""
    try:
        private_files.make_folder(folder)
    except OSError as error:
        raise StoreError(
            f"the state folder {folder} cannot be made: {error.strerror}. Set CVI_STATE_DIR to a writable folder."
        ) from error


@contextlib.contextmanager
def opened(file: Path, schema: Sequence[str], *, patience: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    """Open a database for one transaction: committed at the end, rolled back on any error.

    ``schema`` holds one script a version; what is missing is applied first, counted in
    ``user_version``. The connection is short so that other processes get their turn; exclusive
    locking before WAL needs no shared memory, so that SMB and NFS mounts work. ``patience`` is how
    many seconds to wait for them. Raises ``StoreError`` for a damaged file, which is left untouched,
    and for one that a newer program wrote.
    """
    make_folder(file.parent)
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(file, timeout=patience, isolation_level=None)
        try:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("BEGIN IMMEDIATE")
            _migrate(db, file, schema)
            yield db
            db.execute("COMMIT")
        finally:
            db.close()
    except sqlite3.OperationalError as error:
        raise StoreError(f"{file}: {error}. Another process may hold it, or the disk be full.") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file}: damaged ({error}). It was left as it is; move it away to start anew.") from error
    except OSError as error:
        raise StoreError(f"{file}: cannot be opened: {error.strerror}") from error


def _migrate(db: sqlite3.Connection, file: Path, schema: Sequence[str]) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(schema):
        raise StoreError(f"{file}: written by a newer cvi-trakt (schema {version}). Update the program.")
    for number, script in enumerate(schema[version:], start=version + 1):
        for statement in script.split(";"):
            if statement.strip():
                db.execute(statement)
        db.execute(f"PRAGMA user_version={number}")


@contextlib.contextmanager
def writing_run(folder: Path, now: datetime) -> Iterator[None]:
    """Hold the store for one writing run; the lock dies with the process.

    Raises ``StoreBusyError`` that says which process holds it, since when.
    """
    make_folder(folder)
    holder = folder / "running.json"
    lock = FileLock(folder / "run.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise StoreBusyError(f"another run is at work {_who(holder)}; wait for it, or stop it") from None
    except OSError as error:
        raise StoreError(f"{folder}: cannot be locked: {error.strerror}") from error
    try:
        holder.unlink(missing_ok=True)
        with os.fdopen(os.open(holder, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            json.dump({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}, stream)
    except OSError as error:
        lock.release()
        raise StoreError(f"{holder}: cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _who(holder: Path) -> str:
    try:
        held = json.loads(holder.read_text())
        return f"(process {int(held['pid'])}, since {held['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "(just started)"
