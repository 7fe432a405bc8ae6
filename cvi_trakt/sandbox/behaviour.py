"""How the sandbox behaves where Trakt's behaviour varies; set through ``PUT /_sandbox/behaviour``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """So many reads in a period of seconds, and so many writes a second."""

    reads: int = 500
    period: int = 300
    writes_per_second: int = 1


@dataclass(slots=True, kw_only=True)
class Behaviour:
    """Everything that can be switched. The defaults are Trakt on a good day.

    Attributes:
        rate_limits: None counts nothing.
        page_count_short: how much too low ``X-Pagination-Page-Count`` is.
        exact_empty: the exact search finds nothing, as it does at times.
        latency: seconds before each answer.
        device_auto: what the user does with a device code; ``pending`` waits for the activation page.
        device_interval: seconds between two polls.
        token_life: seconds that new access tokens are good for.
        sign_in_as: who signs in.
        insert_between_pages: items that appear, one after each page read, at the front of the
            watchlist or list that is being read: ``{"watchlist": [item, ...], "LIST SLUG": [...]}``.
        clock_skew: seconds that the sandbox's clock is ahead.
        account: what every call of a signed-in user meets.
    """

    rate_limits: RateLimits | None = None
    page_count_short: int = 0
    exact_empty: bool = False
    latency: float = 0.0
    device_auto: Literal["approve", "deny", "pending", "expire"] = "approve"
    device_interval: int = 1
    token_life: int = 604_800
    sign_in_as: str = "sandy"
    insert_between_pages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    clock_skew: float = 0.0
    account: Literal["ok", "locked", "deactivated", "vip_only"] = "ok"

    def change(self, wanted: Mapping[str, Any]) -> None:
        """Set what is named. Raises ``ValueError`` for an unknown name or value."""
        names = {each.name for each in fields(self)}
        for name, value in wanted.items():
            if name not in names:
                raise ValueError(f"no such behaviour: {name}")
            setattr(self, name, _rate_limits(value) if name == "rate_limits" else _checked(name, value))

    def to_json(self) -> dict[str, Any]:
        """Give all settings."""
        return asdict(self)


_WORDS = {
    "device_auto": ("approve", "deny", "pending", "expire"),
    "account": ("ok", "locked", "deactivated", "vip_only"),
}


def _checked(name: str, value: Any) -> Any:
    if name in _WORDS and value not in _WORDS[name]:
        raise ValueError(f"{name} is one of {', '.join(_WORDS[name])}")
    return value


def _rate_limits(value: Any) -> RateLimits | None:
    if isinstance(value, Mapping):
        return RateLimits(**value)
    return RateLimits() if value else None
