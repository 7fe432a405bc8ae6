"""The token of a run: one that was given, or the stored sign-in, renewed in time, once, on disk before use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from cvi_trakt.errors import CviError, SignInSpentError, TokenFileError
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.oauth import OAuth
from cvi_trakt.trakt_api.tokens import Token, TokenFile


class GivenToken:
    """A token from the command line or the environment: used as it is, never renewed."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def access(self) -> Secret:
        """Give the token."""
        return self._token

    def renew(self, refused: Secret) -> bool:
        """Say that there is no other."""
        del refused
        return False


class StoredSignIn:
    """The sign-in that a file holds, shared by all threads, and with other processes through the file.

    ``host`` builds the sign-in host when it is needed, and raises what is missing for that; ``now``
    gives seconds since 1970; ``warn`` hears of a renewal that failed while the token is still good.
    """

    def __init__(
        self,
        file: TokenFile,
        token: Token,
        *,
        host: Callable[[], OAuth],
        now: Callable[[], float],
        warn: Callable[[str], None],
    ) -> None:
        self.file = file
        self.token = token
        self.renewal_failed = False
        self._host = host
        self._now = now
        self._warn = warn
        self._lock = threading.Lock()

    def access(self) -> Secret:
        """Give the token to use now, renewed when half of its life is over.

        While it is good a renewal that fails is one warning. Raises ``TokenFileError``, ``TraktError``,
        or ``SettingsError`` for a missing client secret when it has expired.
        """
        with self._lock:
            half = self.token.half_life()
            if half is None or self._now() < half or self.token.refresh is None:
                return self.token.access
            expired = self.token.expires_at is not None and self._now() >= self.token.expires_at
            if expired or not self.renewal_failed:
                self._renew_in_time(expired=expired)
            return self.token.access

    def renew(self, refused: Secret) -> bool:
        """Renew after a 401; True when there is another token than the refused one.

        Raises as ``access`` does; ``SignInSpentError`` when only signing in again helps.
        """
        with self._lock:
            if self.token.access != refused:
                return True
            if self.token.refresh is None:
                return False
            self._replace(patiently=True)
            return True

    def _renew_in_time(self, *, expired: bool) -> None:
        try:
            self._replace(patiently=expired)
        except CviError as error:
            if expired:
                raise
            self.renewal_failed = True
            self._warn(f"the sign-in could not be renewed, and is good until {until(self.token)}: {error}")

    def _replace(self, *, patiently: bool) -> None:
        """Put the next token on disk, then use it; another process may have done so already.

        What is checked first is what would be lost otherwise: the refresh token works once.
        """
        with self.file.locked():
            stored = self.file.read()
            if stored is None:
                raise SignInSpentError(f"Authentication failed: signed out meanwhile: {self.file.path}. {AGAIN}")
            if stored.access != self.token.access:
                self.token = stored
                return
            if stored.refresh is None:
                raise SignInSpentError(f"Authentication failed: {self.file.path} has no refresh token. {AGAIN}")
            host = self._host()
            with self.file.writer() as writer:
                try:
                    fresh = host.renew(stored.refresh, patiently=patiently)
                except SignInSpentError as error:
                    raise SignInSpentError(
                        f"Authentication failed: the sign-in in {self.file.path} cannot be renewed: {error}. "
                        f"The file was left as it is. {AGAIN}",
                        status=error.status,
                    ) from error
                writer.write(fresh)
        self.token = fresh


AGAIN = "Sign in again: cvi-trakt auth"


def until(token: Token) -> str:
    """Say until when a token is good, in words: ``2026-11-27 10:45 UTC``."""
    if token.expires_at is None:
        return "an unknown time"
    try:
        return f"{datetime.fromtimestamp(token.expires_at, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return "an unknown time"


def find(files: tuple[TokenFile, ...]) -> tuple[TokenFile, Token] | None:
    """Find the sign-in among the files that may hold it. Raises ``TokenFileError`` for a file that cannot be used."""
    for file in files:
        token = file.read()
        if token is not None:
            return file, token
    return None


def place(files: tuple[TokenFile, ...]) -> TokenFile:
    """Choose the file for a new sign-in: the first that holds no other client id's. Raises ``TokenFileError``."""
    for file in files:
        if file.takes_a_new_one():
            return file
    raise TokenFileError(
        f"{files[-1].path}: a sign-in cannot be kept there: it holds one of another client id, or its folder "
        "cannot be written to. Name another file with trakt.token_file (CVI_TRAKT_TOKEN_FILE)."
    )
