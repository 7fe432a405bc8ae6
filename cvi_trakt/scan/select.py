"""Chooses the results that a run works on, by status, and counts the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from cvi_trakt.media import ScanResult, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The results that a run works on, those it leaves out, and how many of each status those are."""

    kept: tuple[ScanResult, ...]
    left_out: tuple[ScanResult, ...]
    filtered: dict[Status, int]


def select(results: Iterable[ScanResult], statuses: Collection[Status], *, assume_healthy: bool) -> Selection:
    """Keep the results with one of these statuses.

    With ``assume_healthy`` a result without any verdict becomes HEALTHY.
    """
    kept: list[ScanResult] = []
    left_out: list[ScanResult] = []
    filtered: Counter[Status] = Counter()
    for result in results:
        if assume_healthy and result.status is Status.UNKNOWN:
            result = replace(result, status=Status.HEALTHY)
        if result.status in statuses:
            kept.append(result)
        else:
            left_out.append(result)
            filtered[result.status] += 1
    return Selection(kept=tuple(kept), left_out=tuple(left_out), filtered=dict(filtered))
