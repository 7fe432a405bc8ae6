"""Faults on demand: which requests go wrong, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, Literal, get_args

FaultKind = Literal[
    "status",
    "reset",
    "reset_mid_body",
    "truncate",
    "invalid_json",
    "html",
    "silence",
    "lost_answer",
    "delay",
]
_KINDS: Final[tuple[str, ...]] = get_args(FaultKind)
BEFORE_THE_WORK: Final = frozenset({"status", "reset", "html", "silence"})


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        method: requests of this method only.
        path: a regular expression that is found in the path.
        after: so many matching requests go well first.
        times: so many go wrong then; None for all.
    """

    kind: FaultKind
    method: str | None = None
    path: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    after: int = 0
    times: int | None = 1
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float | None = None  # a delay takes 1, a silence an hour

    def hits(self, method: str, path: str) -> bool:
        """Say whether this request goes wrong; counts it."""
        if self.times == 0 or (self.method or method) != method or not self.path.search(path):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


def fault_from_json(data: Mapping[str, Any]) -> Fault:
    """Read a fault. Raises ``ValueError`` for what is not one."""
    match = data.get("match", {})
    rest = {name: value for name, value in data.items() if name != "match"}
    if rest.get("kind") not in _KINDS:
        raise ValueError(f"kind is one of {', '.join(_KINDS)}")
    try:
        path = re.compile(match.get("path", ""))
        return Fault(method=match.get("method"), path=path, **rest)
    except (TypeError, re.error) as error:
        raise ValueError(str(error)) from error


class Faults:
    """The faults that wait for a request."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = Lock()  # two requests at once must not share the last time of one fault

    def add(self, fault: Fault) -> None:
        """Let a fault wait for its requests."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """From now on all goes well."""
        self._waiting.clear()

    def next(self, method: str, path: str) -> Fault | None:
        """Give what goes wrong with this request, the fault that was added first before others."""
        with self._lock:
            return next((fault for fault in self._waiting if fault.hits(method, path)), None)
