"""The token of a run: one that was given, or the stored sign-in, renewed in time, once, on disk before use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from cvi_trakt.errors import CviError, SignInError, SignInSpentError, TokenBusyError, TokenFileError
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.oauth import OAuth
from cvi_trakt.trakt_api.tokens import ANOTHER_FILE, LOCK_SECONDS, Token, TokenFile

T = TypeVar("T")


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

    def is_for(self, person: str) -> None:
        """Take note of whose token it is; it stays so."""


class StoredSignIn:
    """The sign-in that a file holds, shared by all threads, and with other processes through the file.

    ``host`` builds the sign-in host when it is needed, and raises what is missing for that;
    ``whose`` asks Trakt whose token it is; ``now`` gives seconds since 1970; ``warn`` hears of a
    renewal that failed while the token is still good.
    """

    def __init__(
        self,
        file: TokenFile,
        token: Token,
        *,
        host: Callable[[], OAuth],
        whose: Callable[[Secret], str],
        now: Callable[[], float],
        warn: Callable[[str], None],
    ) -> None:
        self.file = file
        self.token = token
        self.renewal_failed = False
        self._host = host
        self._whose = whose
        self._now = now
        self._warn = warn
        self._lock = threading.Lock()
        self._person: str | None = None
        self._renewed_at: float | None = None
        self._spent: SignInSpentError | None = None

    def is_for(self, person: str) -> None:
        """Hold this run to one account: a token of another one is not taken for it."""
        self._person = person

    def access(self) -> Secret:
        """Give the token to use now, renewed when half of its life is over.

        A renewal that fails is tried once: while the token is good it is a warning, after that the
        401 tells, because this machine's clock may be wrong.
        """
        with self._lock:
            if self._is_due():
                self._renew_in_time()
            return self.token.access

    def renew(self, refused: Secret) -> bool:
        """Renew after a 401; True when there is another token than the refused one.

        Raises ``TokenFileError``, ``TraktError``, ``SettingsError`` for a missing client secret, and
        ``SignInSpentError`` when only signing in again helps.
        """
        with self._lock:
            if self.token.access != refused:
                return True
            if self.token.refresh is None:
                return False
            if self._spent is not None:  # another thread has tried
                raise self._spent
            try:
                self._replace(patiently=True)
            except SignInSpentError as error:
                self._spent = error
                raise
            return True

    def _is_due(self) -> bool:
        """Whether half of the token's life is over; after a renewal of ours, by the time since then alone."""
        half = self.token.half_life()
        if half is None or self.token.refresh is None or self.renewal_failed:
            return False
        if self._renewed_at is not None:
            return self._now() - self._renewed_at >= half - (self.token.created_at or half)
        return self._now() >= half

    def _renew_in_time(self) -> None:
        try:
            self._replace(patiently=False)
        except TokenBusyError:
            return  # it is being renewed; a later request meets the new one
        except CviError as error:
            self.renewal_failed = True
            if self._now() < (self.token.expires_at or 0):
                self._warn(f"the sign-in could not be renewed, and is good until {until(self.token)}: {error}")

    def _replace(self, *, patiently: bool) -> None:
        """Put the next token on disk, then use it; another process may have done so already.

        What is checked first is what would be lost otherwise: the refresh token works once.
        """
        with self.file.locked(seconds=LOCK_SECONDS if patiently else 0):
            stored = self.file.read()
            if stored is None:
                raise SignInSpentError(f"Authentication failed: signed out meanwhile: {self.file.path}. {AGAIN}")
            if stored.access != self.token.access:
                self._check_person(stored)
                self.token = stored
            elif stored.refresh is None:
                raise SignInSpentError(f"Authentication failed: {self.file.path} has no refresh token. {AGAIN}")
            else:
                self.token = self._renewed(stored.refresh, patiently=patiently)
        self._renewed_at = self._now()

    def _renewed(self, refresh: Secret, *, patiently: bool) -> Token:
        host = self._host()
        with self.file.writer() as writer:
            try:
                return host.renew(refresh, writer.write, patiently=patiently)
            except SignInSpentError as error:
                raise SignInSpentError(
                    f"Authentication failed: the sign-in in {self.file.path} cannot be renewed: {error}. "
                    f"The file was left as it is. {AGAIN}",
                    status=error.status,
                ) from error

    def _check_person(self, token: Token) -> None:
        """Raise ``SignInError`` where somebody else has signed in while this run was at work for another account."""
        if self._person is not None and self._whose(token.access) != self._person:
            raise SignInError("Authentication failed: somebody else has signed in meanwhile. Run the command again.")


AGAIN = "Sign in again: cvi-trakt auth"


def until(token: Token) -> str:
    """Say until when a token is good, in words: ``2026-11-27 10:45 UTC``."""
    return "an unknown time" if token.expires_at is None else moment(token.expires_at)


def moment(seconds: float) -> str:
    """Give a time in seconds since 1970 in words: ``2026-11-27 10:45 UTC``."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def ask_each(
    files: tuple[TokenFile, ...], question: Callable[[TokenFile], T]
) -> tuple[list[tuple[TokenFile, T]], TokenFileError | None]:
    """Ask each file; gives the answers, and the first error: one that cannot be used is not in another's way."""
    answers: list[tuple[TokenFile, T]] = []
    unusable: TokenFileError | None = None
    for file in files:
        try:
            answers.append((file, question(file)))
        except TokenFileError as error:
            unusable = unusable or error
    return answers, unusable


def find(files: tuple[TokenFile, ...]) -> tuple[TokenFile, Token] | None:
    """Find the sign-in among the files that may hold it.

    Raises ``TokenFileError`` for a file that cannot be used, unless another one holds the sign-in.
    """
    read, unusable = ask_each(files, TokenFile.read)
    for file, token in read:
        if token is not None:
            return file, token
    if unusable is not None:
        raise unusable
    return None


def place(files: tuple[TokenFile, ...]) -> TokenFile:
    """Choose the file for a new sign-in: the first that can be written and holds no other client id's.

    Raises ``TokenFileError`` where there is none.
    """
    asked, unusable = ask_each(files, TokenFile.takes_a_new_one)
    for file, takes_one in asked:
        if takes_one:
            return file
    raise unusable or TokenFileError(
        f"{files[-1].path}: a sign-in cannot be kept there: it belongs to another client id, or its folder "
        f"cannot be written to; {ANOTHER_FILE}"
    )
