"""Where sign-ins are kept, and keeping one: PyTrakt's own file for Trakt itself, our own for other hosts."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from cvi_trakt.errors import NotSignedInError, TokenBusyError, TokenFileError
from cvi_trakt.filenames import host_name
from cvi_trakt.private_files import Replacement, leftovers, make_folder, replacement
from cvi_trakt.secret import Secret

SIGN_IN_REQUIRED = (
    "Trakt access token is required. Provide it using the --token option. "
    "See docs/trakt.md for instructions on obtaining a token.\n"
    "Or sign in once: cvi-trakt auth"
)
ANOTHER_FILE = "name another file with trakt.token_file (CVI_TRAKT_TOKEN_FILE)"
PYTRAKTS = frozenset(
    {"APPLICATION_ID", "CLIENT_ID", "CLIENT_SECRET", "OAUTH_EXPIRES_AT", "OAUTH_REFRESH", "OAUTH_TOKEN"}
)
LATEST = 2**37  # seconds since 1970, the year 6325: what lies behind it is no time, or one in milliseconds
LOCK_SECONDS = 60.0  # another process may be waiting for Trakt while it renews the sign-in
ROOM = 4096  # bytes that a sign-in never needs, kept free before the old one is spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A sign-in. Times are in seconds since 1970, by Trakt's clock; None where they are not known."""

    access: Secret
    refresh: Secret | None = None
    expires_at: int | None = None
    created_at: int | None = None

    def half_life(self) -> float | None:
        """Say when half of its life is over; None for a token whose life is not known."""
        if self.expires_at is None:
            return None
        if self.created_at is None or self.created_at >= self.expires_at:
            return self.expires_at
        return (self.created_at + self.expires_at) / 2


class TokenFile:
    """The sign-in of one client id in one file, in PyTrakt's format.

    ``client_secret`` is written beside the token because PyTrakt cannot renew without it. A file of
    another client id counts as not signed in, and is never replaced or deleted.
    """

    def __init__(self, path: Path, client_id: Secret, client_secret: Secret | None = None) -> None:
        self.path = path
        self._client_id = client_id
        self._client_secret = client_secret

    def read(self) -> Token | None:
        """Read the sign-in; None when there is none for this client id.

        Raises ``TokenFileError`` when the file is there and cannot be used: it is never overwritten unread.
        """
        stored = self._stored(self.path)
        access = _text(stored, "OAUTH_TOKEN")
        if access is None or self._is_foreign(stored):
            return None
        refresh = _text(stored, "OAUTH_REFRESH")
        if not all(word.isascii() and word.isprintable() for word in (access, refresh or "")):
            raise TokenFileError(f"{self.path}: the token in it is not one; move the file away and sign in again")
        created = _time(stored, "OAUTH_CREATED_AT")
        return Token(
            access=Secret(access),
            refresh=Secret(refresh) if refresh else None,
            expires_at=_time(stored, "OAUTH_EXPIRES_AT"),
            # PyTrakt does not note it, and writes the file when it gets the token
            created_at=created if created is not None else int(self.path.stat().st_mtime),
        )

    def takes_a_new_one(self) -> bool:
        """Whether a sign-in can be kept here: no other client id's stands in it, and its folder can be written to."""
        folder = self.path.parent
        return not self._is_foreign(self._stored(self.path)) and (not folder.exists() or os.access(folder, os.W_OK))

    @contextmanager
    def locked(self, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the file against other processes, waited for so long; the lock dies with the process.

        Raises ``TokenBusyError`` when another holds it, ``TokenFileError`` where nothing can be locked.

        What a killed process had written, but not put in its place, is put there first.
        """
        target = Path(os.path.realpath(self.path))
        lock = FileLock(target.with_name(target.name + ".lock"), timeout=seconds, mode=0o600)
        try:
            make_folder(target.parent)
            lock.acquire()
        except Timeout:
            raise TokenBusyError(f"{self.path}: another process holds the sign-in; run again later") from None
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            self._take_up_leftovers()
            yield
        finally:
            lock.release()

    @contextmanager
    def writer(self) -> Iterator[TokenWriter]:
        """Make ready to replace the sign-in; to be called under the lock.

        Raises ``TokenFileError`` where the file cannot be replaced, before anything is spent.
        """
        stored = self._stored(self.path)
        if self._is_foreign(stored):
            raise TokenFileError(
                f"{self.path}: belongs to another client id and is left as it is; "
                "name another file with trakt.token_file, or move this one away"
            )
        known = stored | {"APPLICATION_ID": stored.get("APPLICATION_ID"), "CLIENT_ID": self._client_id.reveal()}
        if self._client_secret is not None:
            known["CLIENT_SECRET"] = self._client_secret.reveal()
        try:
            with replacement(self.path, room=len(json.dumps(known)) + ROOM, rehearses=True) as ready:
                yield TokenWriter(self.path, ready, known)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def delete(self) -> None:
        """Take the sign-in away, if it is still this client id's; to be called under the lock.

        Raises ``TokenFileError``.
        """
        if self.read() is None:
            return
        try:
            Path(os.path.realpath(self.path)).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _is_foreign(self, stored: dict[str, Any]) -> bool:
        owner = stored.get("CLIENT_ID")
        has_token = any(stored.get(name) for name in ("OAUTH_TOKEN", "OAUTH_REFRESH"))
        return owner != self._client_id.reveal() if owner or has_token else False

    def _stored(self, path: Path) -> dict[str, Any]:
        """Read PyTrakt's keys; nothing when there is no file. Raises ``TokenFileError`` for any other file."""
        try:
            if path.exists() and not path.is_file():
                raise TokenFileError(f"{path}: is not a file; {ANOTHER_FILE}")
            stored = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise TokenFileError(
                f"{path}: the sign-in cannot be read: {error.strerror}; make it readable, or {ANOTHER_FILE}"
            ) from error
        except (ValueError, RecursionError):
            raise TokenFileError(f"{path}: not a sign-in (broken JSON); move it away and sign in again") from None
        if not isinstance(stored, dict) or (stored and not stored.keys() & PYTRAKTS):
            raise TokenFileError(f"{path}: not a sign-in; move it away and sign in again, or {ANOTHER_FILE}")
        return stored

    def _take_up_leftovers(self) -> None:
        """Put a sign-in that a killed process left beside the file in its place; take away what is older.

        What belongs to another client id, and what is newer and no sign-in, stays.
        """
        for left in leftovers(self.path):
            with suppress(OSError):
                is_newer = left.stat().st_mtime_ns > self.path.stat().st_mtime_ns
                stored = self._left(left)
                if stored.get("CLIENT_ID", self._client_id.reveal()) != self._client_id.reveal():
                    continue
                if is_newer and _text(stored, "OAUTH_TOKEN"):
                    left.replace(os.path.realpath(self.path))
                elif not is_newer:
                    left.unlink()

    def _left(self, left: Path) -> dict[str, Any]:
        try:
            return self._stored(left)
        except TokenFileError:
            return {}


class TokenWriter:
    """Writes the next sign-in into a file that is known to be writable."""

    def __init__(self, path: Path, ready: Replacement, known: dict[str, Any]) -> None:
        self._path = path
        self._ready = ready
        self._known = known

    def write(self, token: Token) -> None:
        """Put the sign-in on disk, with mode 0600; it is there when this returns. Raises ``TokenFileError``."""
        fresh = {
            "OAUTH_EXPIRES_AT": token.expires_at,
            "OAUTH_CREATED_AT": token.created_at,
            "OAUTH_REFRESH": token.refresh.reveal() if token.refresh else None,
            "OAUTH_TOKEN": token.access.reveal(),
        }
        try:
            self._ready.put(json.dumps(self._known | fresh))
        except OSError as error:
            remedy = "it is lost: make room, then sign in again: cvi-trakt auth"
            if self._ready.left is not None:
                remedy = f"it stands in {self._ready.left}: move that file to {self._path}"
            raise TokenFileError(
                f"{self._path}: the new sign-in could not be kept there ({error.strerror}); {remedy}"
            ) from error


def token_files(
    urls: tuple[str, str], public: tuple[str, str], client_id: Secret, *, home: Path | None, state_dir: Path
) -> tuple[Path, ...]:
    """Say where the sign-in at a pair of hosts, API and sign-in, may be kept; the first is preferred.

    ``~/.pytrakt.json`` serves Trakt's ``public`` hosts only, so that PyTrakt's users stay signed in
    and no other host ever sees or replaces that token. Our own files stand in the state folder, one
    for each pair of hosts and client id.
    """
    hosts = "_".join(dict.fromkeys(map(host_name, reversed(urls))))
    mark = hashlib.sha256(client_id.reveal().encode()).hexdigest()[:8]
    ours = state_dir / "tokens" / f"{hosts}-{mark}.json"
    return (home / ".pytrakt.json", ours) if urls == public and home is not None else (ours,)


def _unwritable(path: Path, error: OSError) -> NotSignedInError:
    return TokenFileError(
        f"{path}: the sign-in cannot be kept there: {error.strerror}. Make it writable, or {ANOTHER_FILE}."
    )


def _text(stored: dict[str, Any], name: str) -> str | None:
    value = stored.get(name)
    return value if isinstance(value, str) and value else None


def _time(stored: dict[str, Any], name: str) -> int | None:
    return time_of(stored.get(name))


def time_of(value: object) -> int | None:
    """Read seconds since 1970; None for what cannot be any."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < LATEST else None
