"""How many requests a user may make, and how much an account may hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.behaviour import RateLimits


@dataclass(slots=True)
class _Window:
    start: float
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a bucket after a request, or for how long it is empty."""

    name: str
    period: int
    limit: int
    remaining: int
    until: float
    exceeded: bool
    retry_after: int

    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        until = datetime.fromtimestamp(self.until, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        stated = {
            "name": self.name,
            "period": self.period,
            "limit": self.limit,
            "remaining": self.remaining,
            "until": until,
        }
        headers = {"X-Ratelimit": json.dumps(stated)}
        if self.exceeded:
            headers["Retry-After"] = str(self.retry_after)
        return headers


class RateBuckets:
    """Counts requests of each user in fixed windows, reads and writes apart."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._windows: dict[tuple[str, bool], _Window] = {}

    def clear(self) -> None:
        """Forget all requests."""
        self._windows.clear()

    def take(self, user: str | None, *, write: bool, limits: RateLimits) -> Allowance:
        """Count a request of the user, or of the app where nobody is signed in."""
        now = self._now().timestamp()
        period = 1 if write else limits.period
        limit = limits.writes_per_second if write else limits.reads
        key = (user or "", write)
        window = self._windows.get(key)
        if window is None or now >= window.start + period:
            window = self._windows[key] = _Window(now)
        exceeded = window.used >= limit
        window.used += not exceeded
        who = "AUTHED" if user else "UNAUTHED"
        return Allowance(
            name=f"{who}_API_{'POST' if write else 'GET'}_LIMIT",
            period=period,
            limit=limit,
            remaining=limit - window.used,
            until=window.start + period,
            exceeded=exceeded,
            retry_after=max(1, int(window.start + period - now + 0.999)),
        )


def over_limit_headers(account: Account, limit: int) -> dict[str, str]:
    """The headers of a 420."""
    return {
        "X-VIP-User": "true" if account.vip else "false",
        "X-Account-Limit": str(limit),
        "X-Upgrade-URL": "https://trakt.tv/vip",
    }
