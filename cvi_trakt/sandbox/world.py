"""What every part of the sandbox works on, and how its endpoints answer and refuse."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Response, g
from werkzeug.exceptions import HTTPException

from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.behaviour import Behaviour
from cvi_trakt.sandbox.catalogue import Catalogue
from cvi_trakt.sandbox.faults import Faults
from cvi_trakt.sandbox.limits import RateBuckets
from cvi_trakt.sandbox.state import State

_KEPT_REQUESTS: Final = 100_000


@dataclass(kw_only=True)
class World:
    """One sandbox: what it knows, remembers, and how it behaves."""

    catalogue: Catalogue
    state: State
    behaviour: Behaviour
    buckets: RateBuckets
    faults: Faults
    requests: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_KEPT_REQUESTS))

    def now(self) -> datetime:
        """The sandbox's own time."""
        return self.state.now()


def skewed(now: Callable[[], datetime], behaviour: Behaviour) -> Callable[[], datetime]:
    """Make a clock that is ahead by what the behaviour says at the moment."""
    return lambda: now() + timedelta(seconds=behaviour.clock_skew)


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, dict(headers or {}), content_type="application/json; charset=utf-8")


def refusal(status: int, error: str, description: str = "", headers: Mapping[str, str] | None = None) -> HTTPException:
    """Make the error that ends the request."""
    body = {"error": error, "error_description": description} if description else {"error": error}
    return HTTPException(response=answer(body, status, headers))


def signed_in() -> Account:
    """Give the account of the request's bearer token; the gate has made sure that there is one."""
    account = g.get("account")
    assert isinstance(account, Account)
    return account


def viewer() -> Account | None:
    """Give the account of the request's bearer token, if it has one."""
    account = g.get("account")
    return account if isinstance(account, Account) else None
