"""Exit codes and the errors a person can act on. Imports nothing of ours."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import ClassVar


@unique
class ExitCode(IntEnum):
    """What the process tells its caller; the table is in ``docs/CLI.md``."""

    OK = 0
    PARTIAL = 1  # ran to the end, but something failed; the report says what
    USAGE = 2  # wrong option, setting or input (Click's own code, too)
    BUSY = 3  # another run holds the store
    AUTH = 4  # not signed in, or refused
    UNAVAILABLE = 5  # no usable answer from Trakt within the retry budget
    INTERRUPTED = 130  # Ctrl-C
    TERMINATED = 143  # SIGTERM


class CviError(Exception):
    """Something a person can act on; ``str(error)`` is the line they read."""

    exit_code: ClassVar[ExitCode] = ExitCode.PARTIAL


class SettingsError(CviError):
    """A wrong setting: which file and key, what was expected."""

    exit_code = ExitCode.USAGE


class InputError(CviError):
    """Input that cannot be used: which file, why, what would do."""

    exit_code = ExitCode.USAGE


class ListNotFoundError(CviError):
    """No list of that name on the account; names the near ones."""

    exit_code = ExitCode.USAGE


class OutputError(CviError):
    """A file that the person asked for cannot be written."""

    exit_code = ExitCode.USAGE


class OutputLostError(CviError):
    """The file that the person asked for could not be written in the end, though the work was done."""


class NoTerminalError(CviError):
    """There is no terminal to ask at, or it went away."""

    exit_code = ExitCode.USAGE


class StoreError(CviError):
    """The state folder or a database in it cannot be used."""

    exit_code = ExitCode.USAGE


class StoreBusyError(CviError):
    """Another run holds the store; says which process, since when."""

    exit_code = ExitCode.BUSY


class NotSignedInError(CviError):
    """There is no token that fits this host and client id."""

    exit_code = ExitCode.AUTH


class TokenFileError(NotSignedInError):
    """The file with the sign-in cannot be read, replaced or locked; what stands in it was left as it is."""


class TokenBusyError(TokenFileError):
    """Another process holds the file with the sign-in, as it does while it renews it."""


class SignInError(CviError):
    """Signing in came to nothing: refused, too late, a wrong code."""

    exit_code = ExitCode.AUTH


class TraktError(CviError):
    """Trakt answered with something other than what was asked for.

    Attributes:
        status: the HTTP status, or None when there was no whole answer.
        path: the endpoint's path, without host and query.
    """

    def __init__(self, message: str, *, status: int | None = None, path: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.path = path


class RequestRefusedError(TraktError):
    """Trakt read the request and said no to this one (400, 405, 409, 412, 422 and other 4xx).

    Attributes:
        reason: the ``error`` of an OAuth answer, such as ``invalid_grant``; empty without one.
    """

    def __init__(self, message: str, *, status: int | None = None, path: str = "", reason: str = "") -> None:
        super().__init__(message, status=status, path=path)
        self.reason = reason

    @property
    def is_about_an_item(self) -> bool:
        """Whether another item might pass; a 405 or 412 would meet every request alike."""
        return self.status in (400, 409, 422)


class ItemNotFoundError(TraktError):
    """404: no such item, list or user; private profiles too."""


class AccountLimitError(TraktError):
    """420: the account has no room for what was sent. Repeating cannot help.

    Attributes:
        limit: the number in ``X-Account-Limit``, if it was sent.
    """

    def __init__(self, message: str, *, limit: int | None = None, path: str = "") -> None:
        super().__init__(message, status=420, path=path)
        self.limit = limit


class TraktRefusedError(TraktError):
    """Trakt refuses this client or this account: 401, 403, 423, 426."""

    exit_code = ExitCode.AUTH


class UnauthorizedError(TraktRefusedError):
    """401: the token is missing, expired or revoked."""


class SignInSpentError(UnauthorizedError):
    """The stored sign-in has ended and cannot be renewed: only signing in again helps."""


class TraktUnavailableError(TraktError):
    """No usable answer: the network, a 5xx or 52x, a broken body.

    Attributes:
        sent: whether the request may have reached Trakt, so that a write may have been done.
    """

    exit_code = ExitCode.UNAVAILABLE

    def __init__(self, message: str, *, status: int | None = None, path: str = "", sent: bool = True) -> None:
        super().__init__(message, status=status, path=path)
        self.sent = sent


class RateLimitError(TraktError):
    """429: too many requests.

    Attributes:
        retry_after: seconds that Trakt asked to wait, or None when it did not say.
    """

    exit_code = ExitCode.UNAVAILABLE

    def __init__(self, message: str, *, retry_after: float | None, path: str = "") -> None:
        super().__init__(message, status=429, path=path)
        self.retry_after = retry_after


class Terminated(KeyboardInterrupt):
    """SIGTERM: stop as on Ctrl-C, with exit code 143."""
