"""What each HTTP status of Trakt means, as one of our errors with words a person can act on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cvi_trakt.errors import (
    AccountLimitError,
    ItemNotFoundError,
    RateLimitError,
    RequestRefusedError,
    TraktError,
    TraktRefusedError,
    TraktUnavailableError,
    UnauthorizedError,
)
from cvi_trakt.settings import APPS_PAGE, IMPORT_PAGE

LONGEST = 86_400.0  # seconds: a wait beyond a day is as good as for ever

_REFUSED = {
    400: "Trakt could not read the request",
    405: "Trakt does not know this method",
    409: "Trakt says that this was done already",
    412: "Trakt did not take the content type",
    422: "Trakt found the request invalid",
}


def error_for(status: int, headers: Mapping[str, str], body: str, path: str) -> TraktError | None:
    """Give the error that an answer stands for, or None for a good one.

    ``headers`` must be looked up without regard to case; ``body`` is the start of the answer's
    text and is only quoted where Trakt's own words help (422). ``path`` is the endpoint's path.
    """
    where = f"({status} on {path})"
    if 200 <= status < 300:
        return None
    if status == 401:
        return UnauthorizedError(
            f"Authentication failed: Trakt does not accept the access token {where}. "
            "Sign in again with `cvi-trakt auth`, or give a valid --token.",
            status=status,
            path=path,
        )
    if status == 403:
        return _forbidden(headers, where, path)
    if status == 404:
        return ItemNotFoundError(f"Trakt has no such item, list or user {where}.", status=status, path=path)
    if status == 420:
        return _account_limit(headers, where, path)
    if status == 423:
        state = "deactivated" if headers.get("X-Account-Deactivated") else "locked"
        return TraktRefusedError(
            f"The Trakt account is {state} {where}. Write to Trakt support: https://support.trakt.tv.",
            status=status,
            path=path,
        )
    if status == 426:
        return TraktRefusedError(f"Trakt offers this to VIP members only {where}.", status=status, path=path)
    if status == 429:
        seconds = retry_after(headers)
        wait = f"; it asks to wait {seconds:.0f} s" if seconds is not None else ""
        return RateLimitError(
            f"Rate limit exceeded: Trakt got too many requests {where}{wait}. Run again later.",
            retry_after=seconds,
            path=path,
        )
    if status >= 500:
        return TraktUnavailableError(
            f"Trakt or its edge has a fault {where}. Run again later.", status=status, path=path
        )
    words = _REFUSED.get(status, "Trakt did not take the request")
    said = f": {body[:200]}" if status == 422 and body and not _is_html(headers) else ""
    return RequestRefusedError(f"{words} {where}{said}.", status=status, path=path, reason=_oauth_reason(body))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read ``Retry-After``: seconds, or an HTTP date counted from the answer's own ``Date``."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        return min(LONGEST, max(0.0, float(value)))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(headers.get("Date", ""))
        return min(LONGEST, max(0.0, (_aware(until) - _aware(now)).total_seconds()))
    except (TypeError, ValueError):
        return None


def whole(text: str) -> int | None:
    """Read a header's whole number; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _oauth_reason(body: str) -> str:
    """Read the ``error`` of an OAuth answer (RFC 6749, section 5.2); empty for any other body."""
    try:
        reason = json.loads(body)["error"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return reason if isinstance(reason, str) else ""


def _is_html(headers: Mapping[str, str]) -> bool:
    return "html" in headers.get("Content-Type", "").lower()


def _forbidden(headers: Mapping[str, str], where: str, path: str) -> TraktError:
    if _is_html(headers) and retry_after(headers) is not None:
        return RateLimitError(
            f"Rate limit exceeded: Trakt's edge holds requests back {where}. Run again later.",
            retry_after=retry_after(headers),
            path=path,
        )
    if _is_html(headers):
        return TraktRefusedError(
            f"Trakt's edge refused the request with a page of its own {where}: "
            "this network or address may be blocked. Try again later or from elsewhere.",
            status=403,
            path=path,
        )
    return TraktRefusedError(
        f"Invalid client credentials: Trakt does not accept this client id {where}. It may be mistyped, the app "
        f"deleted, or its owner's VIP lapsed: {APPS_PAGE}. Matches found so far are kept. "
        f"Without an app, Trakt takes a CSV at {IMPORT_PAGE}.",
        status=403,
        path=path,
    )


def _account_limit(headers: Mapping[str, str], where: str, path: str) -> TraktError:
    limit = whole(headers.get("X-Account-Limit", ""))
    things = "lists" if path.rstrip("/").endswith("/lists") else "items"
    words = f" of {limit} {things}" if limit is not None else ""
    upgrade = headers.get("X-Upgrade-URL", "")
    more = f" More room: {upgrade}." if upgrade.startswith("https://") else ""
    return AccountLimitError(f"The account limit{words} is reached {where}.{more}", limit=limit, path=path)
